//! Every fault of the line, the reader and the card, and how a reading ends under it.
#![cfg(feature = "sim")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod card_rig;

use card_rig::{KINDS, Rig, card, named};
use gongji_hal::{
    card::{
        CardCommand, CardError, Protocol, Unreadable,
        message::Command,
        sim::{CardFault, FaultPoint, ReaderKind, SimCard, T1Fault},
    },
    driver::{DeviceState, Driver, Machine},
    idcard::number::is_check_right,
    time::Duration,
};
use proptest::prelude::*;

const DISTURBED: Result<(), CardError> = Err(CardError::Unreadable(Unreadable::Transmission));

/// A fault, where it strikes, how the reading ends, and how often the card was powered for it.
type Case = (CardFault, FaultPoint, Result<(), CardError>, u64);

fn table() -> Vec<Case> {
    let power = FaultPoint::next(Command::PowerOn);
    let parameters = FaultPoint::next(Command::SetParameters);
    let block = FaultPoint::transfer(4);
    vec![
        (CardFault::Nak(1), power, Ok(()), 2),
        (CardFault::Nak(2), power, Ok(()), 3),
        (CardFault::Nak(3), power, DISTURBED, 3),
        (CardFault::WrongLrc(2), power, Ok(()), 3),
        (CardFault::WrongLrc(3), power, DISTURBED, 3),
        (CardFault::DropAnswers(1), power, Ok(()), 2),
        (CardFault::DropAnswers(9), power, Err(CardError::ReaderLost), 3),
        (CardFault::HalfFrameThenSilence, power, Ok(()), 2),
        (CardFault::JunkBeforeFrame, power, Ok(()), 1),
        (CardFault::AskTime(5), power, Ok(()), 1),
        (CardFault::AskTimeFramed(5), power, Ok(()), 1),
        (CardFault::AskTime(50), power, Err(CardError::Mute), 1),
        (CardFault::Mute, power, Ok(()), 2),
        (CardFault::CardError(0xF6), power, Ok(()), 2),
        (CardFault::Pull, power, Err(CardError::Removed), 1),
        (CardFault::Nak(2), parameters, Ok(()), 1),
        (CardFault::CardError(0x0A), parameters, Ok(()), 1),
        (CardFault::WrongLrc(2), parameters, Ok(()), 1),
        (CardFault::DropAnswers(2), parameters, Ok(()), 1),
        (CardFault::Late(Duration::from_millis(400)), parameters, Ok(()), 1),
        (CardFault::Nak(1), block, Ok(()), 2),
        (CardFault::WrongLrc(1), block, Ok(()), 2),
        (CardFault::HalfFrameThenSilence, block, Ok(()), 2),
        (CardFault::JunkBeforeFrame, block, Ok(()), 1),
        (CardFault::DropAnswers(1), block, Ok(()), 2),
        (CardFault::Late(Duration::from_millis(1700)), block, Ok(()), 2),
        (CardFault::AskTime(8), block, Ok(()), 1),
        (CardFault::AskTimeFramed(8), block, Ok(()), 1),
        (CardFault::AskTime(50), block, Err(CardError::Mute), 1),
        (CardFault::AskTimeFramed(50), block, Err(CardError::Mute), 1),
        (CardFault::Mute, block, Ok(()), 2),
        (CardFault::CardError(0xFD), block, Ok(()), 2),
        (CardFault::Pull, block, Err(CardError::Removed), 1),
        (CardFault::Swap(Box::new(named("李四"))), block, Err(CardError::Removed), 1),
        // Each restart begins with block 0 again, so these strike every time.
        (CardFault::Nak(3), FaultPoint::transfer(0), DISTURBED, 3),
        (CardFault::WrongLrc(3), FaultPoint::transfer(0), DISTURBED, 3),
        (CardFault::DropAnswers(3), FaultPoint::transfer(0), Err(CardError::TimedOut), 3),
    ]
}

/// Where the table has the exchanged card.
const SWAP: usize = 33;

#[test]
fn every_fault_ends_as_it_should() {
    for kind in KINDS {
        for (index, (fault, point, expected, powered)) in table().into_iter().enumerate() {
            let mut rig = Rig::with_card(kind, card());
            rig.reader.inject_at(point, fault);
            let (result, took) = rig.read();
            let result = result.map(|read| assert_eq!(read.name.as_deref(), Some("张三丰")));
            // Without card events an exchanged card looks like one that fell silent.
            let blind = kind == ReaderKind::Sec1210 && result == Err(CardError::Mute);
            assert!(
                result == expected || blind && index == SWAP,
                "case {index} on {kind:?}: {result:?}"
            );
            assert_eq!(rig.reader.commands_of(0x62), powered, "case {index} on {kind:?}");
            assert!(took <= 5000, "case {index} on {kind:?}: {took} ms");
            // Whatever happened, the reader and a good card work afterwards.
            rig.reader.clear_faults();
            // A reader that asks for time again and again is busy with that for a while.
            rig.run_for(25_000);
            assert_eq!(rig.state(), DeviceState::Online, "case {index} on {kind:?}");
            rig.insert(card());
            rig.run_for(1000);
            assert!(rig.read().0.is_ok(), "case {index} on {kind:?}: not well again");
        }
    }
}

#[test]
fn a_block_is_never_sent_twice() {
    // A good reading sends so many blocks; a disturbed one starts again with the first.
    let mut rig = Rig::with_card(KINDS[0], card());
    rig.read().0.unwrap();
    let blocks = rig.reader.commands_of(0x6F);
    for skip in 0..blocks as u32 {
        let mut rig = Rig::with_card(KINDS[0], card());
        rig.reader.inject_at(FaultPoint::transfer(skip), CardFault::WrongLrc(1));
        rig.read().0.unwrap();
        let sent = rig.reader.commands_of(0x6F);
        assert_eq!(sent, u64::from(skip) + 1 + blocks, "after {skip} blocks");
    }
}

#[test]
fn half_a_frame_is_noticed_before_the_command_is_overdue() {
    for command in [Command::PowerOn, Command::Transfer] {
        let mut rig = Rig::with_card(KINDS[0], card());
        rig.reader.inject_at(FaultPoint::next(command), CardFault::HalfFrameThenSilence);
        let (result, took) = rig.read();
        assert!(result.is_ok() && took < 1200, "{took} ms");
    }
}

#[test]
fn a_card_that_is_silent_in_every_try_is_given_up_in_time() {
    let mut rig = Rig::with_card(KINDS[1], card());
    for _ in 0..20 {
        rig.reader.inject_at(FaultPoint::next(Command::Transfer), CardFault::AskTime(3));
    }
    let (result, took) = rig.read();
    assert_eq!(result.unwrap_err(), CardError::TimedOut);
    assert!((4_900..=5_000).contains(&took), "{took} ms");
    rig.reader.clear_faults();
    rig.run_for(5000);
    assert!(rig.read().0.is_ok());
}

#[test]
fn an_answer_of_an_earlier_life_is_dropped() {
    let mut rig = Rig::with_card(KINDS[1], card());
    // A good-looking slot status of another command: no card.
    let mut stale = vec![0x03, 0x06, 0x81, 0, 0, 0, 0, 0, 0x77, 0x02, 0, 0];
    stale.push(stale.iter().fold(0, |sum, byte| sum ^ byte));
    // The right answers are slow, so that it comes in before them.
    for _ in 0..20 {
        rig.reader.inject(CardFault::Late(Duration::from_millis(200)));
    }
    for _ in 0..40 {
        rig.noise(&stale);
        rig.run_for(50);
    }
    assert!(rig.reader.faults_left() < 18);
    assert!(rig.driver.is_card_present());
    assert_eq!(rig.told, Vec::<String>::new());
}

#[test]
fn a_mute_card_is_given_up_by_every_reader() {
    for kind in KINDS {
        let mut rig = Rig::with_card(kind, SimCard::builder().mute().build().unwrap());
        let (result, took) = rig.read();
        assert_eq!(result.unwrap_err(), CardError::Mute);
        assert!(took <= 5000, "{kind}: {took} ms");
    }
}

#[test]
fn a_reader_that_falls_silent_at_any_moment_ends_the_reading_in_time() {
    for protocol in [Protocol::T0, Protocol::T1] {
        for (index, kind) in KINDS.into_iter().enumerate() {
            for ms in (0..600).step_by(23 + index) {
                let made = SimCard::builder().protocol(protocol).build().unwrap();
                let mut rig = Rig::with_card(kind, made);
                let start = rig.now;
                rig.driver.submit(start, CardCommand::Read).unwrap();
                rig.run_for(ms);
                if !rig.results.is_empty() {
                    break;
                }
                rig.cut = true;
                rig.run_for(5000 - ms);
                assert_eq!(rig.results.len(), 1, "{kind} {protocol:?} after {ms} ms");
                let error = rig.results.remove(0).unwrap_err();
                let known = matches!(error, CardError::ReaderLost | CardError::TimedOut);
                assert!(known, "{kind} {protocol:?} after {ms} ms: {error}");
                rig.cut = false;
                rig.run_for(6000);
                assert!(rig.read().0.is_ok(), "{kind} {protocol:?} after {ms} ms");
            }
        }
    }
}

#[test]
fn a_card_that_asks_for_time_without_end_is_given_up_in_time() {
    let made = || SimCard::builder().protocol(Protocol::T1).build().unwrap();
    for fault in
        [CardFault::T1(T1Fault::Wtx(10_000)), CardFault::AskTime(99), CardFault::AskTimeFramed(99)]
    {
        let mut rig = Rig::with_card(ReaderKind::GemPcTwin, made());
        rig.reader.inject_at(FaultPoint::transfer(3), fault.clone());
        let (result, took) = rig.read();
        // A reset may have helped in the time that was left.
        assert!(result.is_err() || rig.reader.commands_of(0x62) == 2, "{fault:?}");
        assert!((4000..=5000).contains(&took), "{fault:?}: {took} ms");
    }
}

#[test]
fn answers_of_other_slots_are_not_taken() {
    for kind in KINDS {
        for command in [Command::SlotStatus, Command::PowerOn, Command::Transfer] {
            let mut rig = Rig::with_card(kind, card());
            rig.reader.inject_at(FaultPoint::next(command), CardFault::OtherSlot);
            rig.run_for(1000);
            assert!(rig.driver.is_card_present(), "{kind} {command:?}");
            assert!(rig.read().0.is_ok(), "{kind} {command:?}");
            assert_eq!(rig.reader.faults_left(), 0);
            assert_eq!(rig.told, ["Read"], "{kind} {command:?}");
        }
    }
}

#[test]
fn the_names_of_faults_are_read() {
    for good in [
        "mute",
        "lrc 2",
        "nak",
        "time 3",
        "time-framed",
        "half",
        "junk",
        "drop 4",
        "late 9",
        "pull",
        "swap",
        "slot",
        "error F6",
        "t1-edc",
        "t1-lost 2",
        "t1-lost-answer",
        "t1-garbled 3",
        "t1-sequence",
        "t1-half",
        "t1-wtx 4",
        "t1-ifs 16",
        "t1-abort",
        "t1-resynch",
    ] {
        assert!(good.parse::<CardFault>().is_ok(), "{good}");
    }
    for bad in [
        "",
        "mute 3",
        "nak x",
        "nak 1 2",
        "error ZZ",
        "burn",
        "t1",
        "t1-ifs 0",
        "t1-ifs 255",
        "t1-abort 1",
        "t1-edc x",
        "swap 1",
    ] {
        let error = bad.parse::<CardFault>().expect_err(bad);
        assert!(error.to_string().contains("is no fault of the card reader"), "{bad}");
    }
}

#[test]
fn simulated_persons_have_numbers_that_can_be() {
    let swap = || "swap".parse::<CardFault>().unwrap();
    let CardFault::Swap(another) = swap() else { panic!("another fault") };
    for made in [card(), *another] {
        let read = Rig::with_card(KINDS[0], made).read().0.unwrap();
        assert!(is_check_right(read.id_number.as_deref().unwrap()), "{:?}", read.name);
    }
}

#[test]
fn the_names_of_readers_are_read() {
    for kind in ReaderKind::ALL {
        assert_eq!(kind.name().parse(), Ok(kind));
        assert_eq!(kind.name().to_lowercase().parse(), Ok(kind));
        assert_eq!(kind.to_string(), kind.name());
    }
    let error = "GemPC".parse::<ReaderKind>().unwrap_err().to_string();
    assert!(error.ends_with("GemCoreSIMPro2 or SEC1210"), "{error}");
}

fn any_fault() -> impl Strategy<Value = (CardFault, FaultPoint)> {
    let fault = prop_oneof![
        Just(CardFault::Mute),
        (1u32..5).prop_map(CardFault::WrongLrc),
        (1u32..5).prop_map(CardFault::Nak),
        (1u32..20).prop_map(CardFault::AskTime),
        (1u32..20).prop_map(CardFault::AskTimeFramed),
        Just(CardFault::HalfFrameThenSilence),
        Just(CardFault::JunkBeforeFrame),
        (1u32..8).prop_map(CardFault::DropAnswers),
        (1u64..4000).prop_map(|ms| CardFault::Late(Duration::from_millis(ms))),
        Just(CardFault::Pull),
        Just(CardFault::Swap(Box::new(named("李四")))),
        any::<u8>().prop_map(CardFault::CardError),
    ];
    (fault, 0u32..12).prop_map(|(fault, skip)| (fault, FaultPoint { command: None, skip }))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    /// Whatever happens: a reading ends in time, names one person, and all is well afterwards.
    #[test]
    fn any_faults_in_any_order(
        kind in prop::sample::select(&KINDS[..]),
        faults in prop::collection::vec(any_fault(), 1..5),
        pieces in prop::collection::vec(1usize..40, 1..10),
    ) {
        let mut rig = Rig::with_card(kind, card());
        rig.pieces = pieces;
        for (point, fault) in faults.into_iter().map(|(fault, point)| (point, fault)) {
            rig.reader.inject_at(point, fault);
        }
        let (result, took) = rig.read();
        prop_assert!(took <= 5_000, "{} ms", took);
        if let Ok(read) = result {
            prop_assert_eq!(read.card_id.starts_with("9999"), read.name.as_deref() == Some("张三丰"));
        }
        rig.reader.clear_faults();
        rig.run_for(8000);
        rig.insert(card());
        rig.run_for(1000);
        prop_assert!(rig.read().0.is_ok());
    }

    /// Noise in both directions never breaks the driver, and it finds back.
    #[test]
    fn any_noise(bytes in prop::collection::vec(any::<u8>(), 0..600), apart in 1usize..60) {
        let mut rig = Rig::with_card(KINDS[0], card());
        for piece in bytes.chunks(apart) {
            rig.noise(piece);
            rig.reader.receive(rig.now, piece);
            rig.run_for(7);
        }
        rig.run_for(8000);
        rig.insert(card());
        rig.run_for(1000);
        prop_assert!(rig.read().0.is_ok());
    }
}
