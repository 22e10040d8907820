//! The checks: what is tried, and what must hold then.

mod plain;
mod upset;

use core::any::Any;
use std::{
    format,
    panic::{AssertUnwindSafe, catch_unwind},
    string::{String, ToString},
    vec::Vec,
};

use super::{Check, Outcome, Report, Subject, bench::Bench, report::Breach};
use crate::time::Instant;

/// What a good run teaches for the bad ones.
pub(super) struct Lesson {
    /// What each command claims.
    claims: Vec<Option<String>>,
    /// What is read unasked, if anything.
    findable: Option<String>,
    /// In how many moves each command ends, and at last a reading unasked.
    moves: Vec<usize>,
    /// The bytes that the device sent.
    heard: Vec<u8>,
    /// The bytes that the driver sent.
    said: Vec<u8>,
    /// What was told, and when.
    told: Vec<(Instant, String)>,
}

/// Runs every check of a driver with its simulated device.
///
/// Deterministic: the same subject gives the same report. A panic of either side is caught and
/// reported.
pub fn check<S: Subject>(subject: &S) -> Report {
    let mut report = Report::default();
    let (lesson, breaches) = learn(subject);
    report.add(breaches);
    report.add(plain::closed(subject));
    if report.breach(Check::Works).is_none() {
        report.add(plain::same_again(subject, &lesson));
        report.add(plain::other_sizes(subject, &lesson));
        report.add(plain::early_timeouts(subject, &lesson));
        report.add(upset::all(subject, &lesson));
    }
    report
}

/// Plays a scene on a bench of its own; a panic breaks `check`.
fn play<S: Subject>(
    subject: &S,
    check: Check,
    scene: &str,
    act: impl FnOnce(&mut Bench<'_, S>),
) -> Vec<Breach> {
    let mut bench = Bench::closed(subject, scene);
    if let Err(panic) = catch_unwind(AssertUnwindSafe(|| act(&mut bench))) {
        bench.breach(check, format!("there was a panic: {}", message(&*panic)));
    }
    bench.breaches
}

fn message(panic: &(dyn Any + Send)) -> String {
    let text = panic.downcast_ref::<&str>().map(ToString::to_string);
    text.or_else(|| panic.downcast_ref::<String>().cloned()).unwrap_or_default()
}

/// Every command once, one after the other, then a while of nothing.
fn good_run<S: Subject>(bench: &mut Bench<'_, S>) -> (Vec<Option<String>>, Vec<usize>) {
    let limits = bench.subject.limits();
    let (mut claims, mut moves) = (Vec::new(), Vec::new());
    bench.open();
    for index in 0..bench.subject.commands() {
        let accepted = bench.begin(index, limits.ready);
        let start = bench.moves;
        if !accepted || !bench.finish(limits.command) {
            claims.push(None);
            break;
        }
        moves.push(bench.moves - start);
        claims.push(match bench.outcomes.last() {
            Some((command, Outcome::Success(claim))) if *command == index => Some(claim.clone()),
            _ => None,
        });
    }
    if bench.present_again() {
        let start = bench.moves;
        if bench.find() {
            moves.push(bench.moves - start);
        }
    }
    bench.run_for(limits.gone.unwrap_or(limits.ready));
    (claims, moves)
}

fn learn<S: Subject>(subject: &S) -> (Lesson, Vec<Breach>) {
    let mut lesson = Lesson {
        claims: Vec::new(),
        findable: None,
        moves: Vec::new(),
        heard: Vec::new(),
        said: Vec::new(),
        told: Vec::new(),
    };
    let breaches = play(subject, Check::Works, "a device in order", |bench| {
        (lesson.claims, lesson.moves) = good_run(bench);
        for index in 0..subject.commands() {
            if !matches!(lesson.claims.get(index), Some(Some(_))) {
                bench.breach(Check::Works, format!("command {index} did not succeed"));
            }
        }
        if !bench.is_online() {
            let how = format!("the state told last is {:?}", bench.state());
            bench.breach(Check::Works, how);
        }
        lesson.findable = bench.found.last().cloned();
        lesson.heard = bench.heard.clone();
        lesson.said = bench.said.clone();
        lesson.told = bench.told.clone();
    });
    (lesson, breaches)
}
