//! How the world is upset.

use std::{vec, vec::Vec};

use super::{super::Lesson, kind::Upset};
use crate::{
    conformance::{Subject, bench::Bench, random::Random},
    time::Duration,
};

/// How far time leaps.
const LEAP: Duration = Duration::from_secs(3600);
/// How long a link stays away.
const AWAY: Duration = Duration::from_millis(700);
/// Bytes of junk at once at most.
const JUNK_BYTES_MAX: usize = 90;
/// Pieces of junk while a command is under way, and the moves between two of them.
const JUNK_PIECES: usize = 3;
const JUNK_MOVES: usize = 2;

pub(super) fn strike<S: Subject>(
    bench: &mut Bench<'_, S>,
    lesson: &Lesson,
    upset: Upset,
    seed: u64,
) {
    let subject = bench.subject;
    let mut random = Random::new(seed);
    match upset {
        Upset::Lost => {
            bench.lose();
            bench.run_for(AWAY);
        }
        Upset::LostAndBack => {
            bench.lose();
            bench.open();
        }
        Upset::OpenedAgain => bench.open(),
        Upset::Silent => bench.link.to_driver = false,
        Upset::Deaf => bench.link.to_device = false,
        Upset::Stuck => bench.link.writes = vec![0],
        Upset::MediumGone => {
            subject.remove(&mut bench.simulator, bench.now);
        }
        Upset::Fault(index) => subject.fail(&mut bench.simulator, bench.now, index),
        Upset::Leap => bench.now = bench.now + LEAP,
        Upset::AnyJunk => junk(bench, |_| random.bytes(JUNK_BYTES_MAX, &[])),
        Upset::LikelyJunk => junk(bench, |_| random.bytes(JUNK_BYTES_MAX, &lesson.heard)),
        Upset::SpoiltAnswers => {
            let heard = bench.heard.clone();
            junk(bench, |_| spoilt(&mut random, &heard));
        }
        Upset::BadLine => {
            bench.link.flips = Some(random);
            bench.run_for(AWAY);
        }
        Upset::OtherCommands => {
            for index in 0..subject.commands() {
                bench.submit(index);
            }
        }
        Upset::LateHost => {
            bench.link.polls = false;
            bench.lose();
            bench.run_for(AWAY);
            bench.open();
            bench.run_for(subject.limits().ready);
            bench.link.polls = true;
            bench.exchange();
        }
    }
    bench.exchange();
}

fn junk<S: Subject>(bench: &mut Bench<'_, S>, mut make: impl FnMut(usize) -> Vec<u8>) {
    for piece in 0..JUNK_PIECES {
        let bytes = make(piece);
        bench.junk(&bytes);
        bench.stop_at = Some(bench.moves + JUNK_MOVES);
        bench.run_for(bench.subject.limits().ready);
        bench.stop_at = None;
    }
}

/// A piece of what the device said, with one bit flipped.
fn spoilt(random: &mut Random, heard: &[u8]) -> Vec<u8> {
    let start = random.below(heard.len());
    let count = random.below(JUNK_BYTES_MAX);
    let mut piece: Vec<u8> = heard.iter().skip(start).take(count).copied().collect();
    let (at, bit) = (random.below(piece.len()), random.below(8));
    if let Some(byte) = piece.get_mut(at) {
        *byte ^= 1 << bit;
    }
    piece
}
