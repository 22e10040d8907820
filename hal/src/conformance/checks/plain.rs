//! A world in order, told in other words: no link, other sizes, other moments.

use std::{format, string::String, vec, vec::Vec};

use super::{Lesson, good_run, play};
use crate::{
    conformance::{Check, Subject, bench::Bench, random::Random, report::Breach},
    driver::{DeviceState, Machine},
    time::{Duration, Instant},
};

/// What nobody should answer without a link.
const STRAY: [u8; 8] = [0x03, 0x06, 0x00, 0xAA, 0x0D, 0x50, 0x12, 0xFF];
/// Sizes of pieces, tried round and round.
const SIZES: [&[usize]; 4] = [&[1], &[2], &[3, 1, 7], &[5, 64, 1, 1, 13]];

pub(super) fn closed<S: Subject>(subject: &S) -> Vec<Breach> {
    let mut breaches = play(subject, Check::SilentWhenClosed, "a link never opened", stay_closed);
    breaches.extend(play(subject, Check::SilentWhenClosed, "a link opened and lost", |bench| {
        let limits = bench.subject.limits();
        bench.open();
        bench.run_for(limits.ready);
        bench.lose();
        if bench.state() != DeviceState::NoDevice {
            let how = format!("the state told last is {:?}", bench.state());
            bench.breach(Check::LossIsTold, how);
        }
        stay_closed(bench);
    }));
    breaches
}

fn stay_closed<S: Subject>(bench: &mut Bench<'_, S>) {
    for _ in 0..3 {
        bench.driver.receive(bench.now, &STRAY);
        bench.driver.output_taken(bench.now, 1);
        bench.driver.handle_timeout(bench.now);
        for index in 0..bench.subject.commands() {
            bench.submit(index);
        }
        bench.run_for(Duration::from_secs(1));
    }
    // A link that is lost twice is lost.
    bench.driver.link_lost(bench.now);
    bench.exchange();
}

pub(super) fn same_again<S: Subject>(subject: &S, lesson: &Lesson) -> Vec<Breach> {
    play(subject, Check::Repeatable, "the same run again", |bench| {
        good_run(bench);
        if bench.said != lesson.said {
            bench.breach(Check::Repeatable, "the driver wrote other bytes".into());
        }
        if let Some(how) = difference(&lesson.told, &bench.told) {
            bench.breach(Check::Repeatable, how);
        }
    })
}

pub(super) fn other_sizes<S: Subject>(subject: &S, lesson: &Lesson) -> Vec<Breach> {
    let mut breaches = Vec::new();
    let mut random = Random::new(1);
    let drawn: Vec<usize> = (0..32).map(|_| 1 + random.below(40)).collect();
    for sizes in SIZES.iter().copied().chain([&drawn[..]]) {
        let scene = format!("bytes received in pieces of {sizes:?}");
        breaches.extend(play(subject, Check::AnySplit, &scene, |bench| {
            bench.link.pieces = sizes.to_vec();
            good_run(bench);
            if let Some(how) = difference(&lesson.told, &bench.told) {
                bench.breach(Check::AnySplit, how);
            }
        }));
        let scene = format!("writes that take {sizes:?} bytes");
        breaches.extend(play(subject, Check::ShortWrites, &scene, |bench| {
            bench.link.writes = sizes.to_vec();
            let (claims, _) = good_run(bench);
            if claims != lesson.claims {
                bench.breach(Check::ShortWrites, "a command did not succeed as before".into());
            }
        }));
    }
    breaches
}

pub(super) fn early_timeouts<S: Subject>(subject: &S, lesson: &Lesson) -> Vec<Breach> {
    play(subject, Check::EarlyTimeout, "timeouts handled before they are due", |bench| {
        bench.link.early = true;
        good_run(bench);
        if let Some(how) = difference(&lesson.told, &bench.told) {
            bench.breach(Check::EarlyTimeout, how);
        }
    })
}

/// Where two records of events part.
fn difference(first: &[(Instant, String)], second: &[(Instant, String)]) -> Option<String> {
    let shown = |event: Option<&(Instant, String)>| {
        event.map_or("nothing".into(), |(at, what)| format!("{what} at {} ms", at.as_millis()))
    };
    let ends = vec![first.len(), second.len()];
    let at = (0..ends.into_iter().max()?).find(|&at| first.get(at) != second.get(at))?;
    Some(format!("event {at} was {}, before {}", shown(second.get(at)), shown(first.get(at))))
}
