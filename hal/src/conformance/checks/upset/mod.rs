//! A world out of order, at every point of every command.

mod kind;
mod strike;

use std::{format, string::String, vec::Vec};

use super::{Lesson, play};
use crate::{
    conformance::{
        Check, Outcome, Subject,
        bench::{Bench, Link},
        report::Breach,
    },
    driver::DeviceState,
};
use kind::Upset;
use strike::strike;

/// At how many points of a command it is upset at most.
const CUTS_MAX: usize = 12;
/// The first moves are all tried, for that is where commands begin.
const FIRST_CUTS: usize = 3;
/// How often junk is made up anew for each point.
const JUNK_SEEDS: u64 = 4;

pub(super) fn all<S: Subject>(subject: &S, lesson: &Lesson) -> Vec<Breach> {
    let mut breaches = Vec::new();
    let faults = (0..subject.faults()).map(Upset::Fault);
    let upsets: Vec<Upset> = Upset::ALL.into_iter().chain(faults).collect();
    for upset in upsets {
        let idle = format!("{} before any command", upset.scene());
        breaches.extend(play(subject, upset.check(), &idle, |bench| {
            prepare(bench, lesson, upset);
            bench.open();
            strike(bench, lesson, upset, 0);
            recover(bench, lesson);
        }));
        for (command, &moves) in lesson.moves.iter().enumerate() {
            let seeds = if upset.check() == Check::Junk { JUNK_SEEDS } else { 1 };
            for (cut, seed) in cuts(moves).into_iter().flat_map(|c| (0..seeds).map(move |s| (c, s)))
            {
                let scene =
                    format!("{} {cut} moves into {}", upset.scene(), part(subject, command));
                breaches.extend(play(subject, upset.check(), &scene, |bench| {
                    prepare(bench, lesson, upset);
                    let seed = cut as u64 * JUNK_SEEDS + seed;
                    in_the_middle(bench, lesson, upset, (command, cut, seed));
                }));
            }
        }
    }
    breaches
}

/// What is upset: a command, or the reading after all commands.
fn part<S: Subject>(subject: &S, command: usize) -> String {
    if command < subject.commands() {
        format!("command {command}")
    } else {
        "a reading unasked".into()
    }
}

/// The moves of a command before which it is upset.
fn cuts(moves: usize) -> Vec<usize> {
    let mut cuts: Vec<usize> = (0..moves.min(FIRST_CUTS)).collect();
    let spread = CUTS_MAX - FIRST_CUTS;
    cuts.extend((1..=spread).map(|n| moves * n / spread));
    cuts.sort_unstable();
    cuts.dedup();
    cuts
}

fn prepare<S: Subject>(bench: &mut Bench<'_, S>, lesson: &Lesson, upset: Upset) {
    if bench.subject.tells_junk() || upset.check() != Check::Junk {
        bench.claims = lesson.claims.clone();
    }
    if bench.subject.tells_junk() {
        bench.findable = lesson.findable.clone();
    }
}

fn in_the_middle<S: Subject>(
    bench: &mut Bench<'_, S>,
    lesson: &Lesson,
    upset: Upset,
    (command, cut, seed): (usize, usize, u64),
) {
    let limits = bench.subject.limits();
    bench.open();
    let unasked = command >= bench.subject.commands();
    if !bench.begin(if unasked { 0 } else { command }, limits.ready) {
        return bench.breach(Check::Repeatable, "the command was not accepted".into());
    }
    if unasked {
        bench.finish(limits.command);
        bench.present_again();
    }
    bench.stop_at = Some(bench.moves + cut);
    if unasked {
        bench.find();
    } else {
        bench.finish(limits.command);
    }
    bench.stop_at = None;
    strike(bench, lesson, upset, seed);
    if upset == Upset::LateHost {
        bench.all_ended(Check::LateHost, "when the host polled again");
    } else if !bench.finish(limits.command) {
        if bench.subject.cancel(&mut bench.driver, bench.now) {
            bench.finish(limits.command);
        }
        bench.all_ended(Check::InTime, "when their time was over");
    }
    if matches!(upset, Upset::Silent | Upset::Deaf) {
        silence_is_told(bench);
    }
    recover(bench, lesson);
}

fn silence_is_told<S: Subject>(bench: &mut Bench<'_, S>) {
    let Some(gone) = bench.subject.limits().gone else { return };
    bench.run_for(gone);
    if bench.is_online() {
        let how = format!("the state told last is {:?}", bench.state());
        bench.breach(Check::SilenceIsTold, how);
    }
}

/// Ends the disturbance; from then on a command must succeed within its limits.
fn recover<S: Subject>(bench: &mut Bench<'_, S>, lesson: &Lesson) {
    let limits = bench.subject.limits();
    bench.link = Link::default();
    bench.subject.mend(&mut bench.simulator, bench.now);
    if !bench.is_open() {
        bench.open();
    }
    let end = bench.now + limits.ready + limits.command;
    let mut last: String = "no command was accepted".into();
    while bench.now < end {
        match bench.run_command(0) {
            Some(Outcome::Success(_)) => return back_online(bench, lesson),
            Some(Outcome::Failure(why)) => last = format!("command 0 failed: {why}"),
            None => bench.all_ended(Check::InTime, "when their time was over"),
        }
    }
    bench.breach(Check::Recovery, last);
}

fn back_online<S: Subject>(bench: &mut Bench<'_, S>, lesson: &Lesson) {
    if lesson.findable.is_some() && !(bench.present_again() && bench.find()) {
        bench.breach(Check::Recovery, "the medium was not read".into());
    }
    bench.run_for(bench.subject.limits().ready);
    if bench.state() != DeviceState::Online {
        let how = format!("the state told last is {:?}", bench.state());
        bench.breach(Check::Recovery, how);
    }
}
