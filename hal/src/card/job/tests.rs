#![allow(clippy::unwrap_used, clippy::panic)]

use heapless::Vec;

use super::{Job, Next, Patience};
use crate::{
    card::{
        error::CardError,
        limits::COMMAND_LIMIT,
        message::{Command, ERROR_MUTE, IccState, Reply},
    },
    time::Instant,
};

const ATR: [u8; 2] = [0x3B, 0x00];
const OTHER_ATR: [u8; 3] = [0x3B, 0x01, 0x55];

fn at(ms: u64) -> Instant {
    Instant::from_millis(ms)
}

fn reply(icc: IccState, result: Result<(), u8>, data: &[u8]) -> Reply {
    Reply { icc, result, data: Vec::from_slice(data).unwrap() }
}

fn ask(job: &mut Job, now: u64) -> (Command, Patience) {
    match job.next(at(now)) {
        Next::Ask(request, patience) => (request.command, patience),
        Next::Complete(_) => panic!("nothing was read yet"),
    }
}

/// Answers what the job asks for until a block for the card is due.
fn powered(job: &mut Job, atr: &[u8]) -> Result<(), CardError> {
    assert_eq!(ask(job, 0).0, Command::PowerOff);
    job.receive(&reply(IccState::Inactive, Ok(()), &[]))?;
    assert_eq!(ask(job, 0).0, Command::PowerOn);
    job.receive(&reply(IccState::Active, Ok(()), atr))?;
    assert_eq!(ask(job, 0).0, Command::SetParameters);
    job.receive(&reply(IccState::Active, Ok(()), &[]))?;
    assert_eq!(ask(job, 0).0, Command::Transfer);
    Ok(())
}

fn job() -> Job {
    let mut job = Job::new(at(10_000), true);
    powered(&mut job, &ATR).unwrap();
    job
}

#[test]
fn a_card_without_power_is_not_the_card_that_was_powered() {
    for (result, expected) in [
        (Ok(()), CardError::Removed),
        (Err(0xFD), CardError::Removed),
        // A reader may cut the power of a mute card; it must not be powered again unseen.
        (Err(ERROR_MUTE), CardError::Mute),
    ] {
        let outcome = job().receive(&reply(IccState::Inactive, result, &[0x90, 0x00]));
        assert_eq!(outcome, Err(expected));
    }
    let outcome = job().receive(&reply(IccState::Absent, Err(ERROR_MUTE), &[]));
    assert_eq!(outcome, Err(CardError::Removed));
}

#[test]
fn a_restart_begins_without_power_and_wants_the_same_card() {
    let disturb = |job: &mut Job| job.receive(&reply(IccState::Active, Err(0xFD), &[])).unwrap();
    let mut same = job();
    disturb(&mut same);
    assert_eq!(powered(&mut same, &ATR), Ok(()));

    let mut other = job();
    disturb(&mut other);
    assert_eq!(powered(&mut other, &OTHER_ATR), Err(CardError::Removed));

    let mut moved = job();
    disturb(&mut moved);
    moved.card_moved();
    assert_eq!(powered(&mut moved, &ATR), Err(CardError::Removed));
}

#[test]
fn the_limit_of_an_apdu_covers_all_its_blocks() {
    let mut job = job();
    let first = ask(&mut job, 100).1.deadline;
    job.receive(&reply(IccState::Active, Ok(()), &[0x61, 0x13])).unwrap();
    assert_eq!(ask(&mut job, 3000).1.deadline, first);
    job.receive(&reply(IccState::Active, Ok(()), &[0x90, 0x00])).unwrap();
    assert_eq!(ask(&mut job, 3000).1.deadline, at(3000) + COMMAND_LIMIT);
    // And the whole reading bounds each of them.
    let mut late = self::job();
    late.receive(&reply(IccState::Active, Ok(()), &[0x90, 0x00])).unwrap();
    assert_eq!(ask(&mut late, 9000).1.deadline, at(10_000));
}
