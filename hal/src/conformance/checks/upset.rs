//! A world out of order, at every point of every command.

use std::{format, string::String, vec, vec::Vec};

use super::{Lesson, play};
use crate::{
    conformance::{Check, Outcome, Subject, bench::Bench, random::Random, report::Breach},
    driver::DeviceState,
    time::Duration,
};

/// At how many points of a command it is upset at most.
const CUTS_MAX: usize = 12;
/// The first moves are all tried, for that is where commands begin.
const FIRST_CUTS: usize = 3;
/// How often junk is made up anew for each point.
const JUNK_SEEDS: u64 = 4;
/// How far time leaps.
const LEAP: Duration = Duration::from_secs(3600);
/// How long a link stays away.
const AWAY: Duration = Duration::from_millis(700);
/// Bytes of junk at once at most.
const JUNK_BYTES_MAX: usize = 90;
/// Pieces of junk while a command is under way, and the moves between two of them.
const JUNK_PIECES: usize = 3;
const JUNK_MOVES: usize = 2;

/// What happens in the middle of a command.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Upset {
    Lost,
    LostAndBack,
    OpenedAgain,
    Silent,
    Deaf,
    Stuck,
    MediumGone,
    Fault(usize),
    Leap,
    AnyJunk,
    LikelyJunk,
    SpoiltAnswers,
    BadLine,
    OtherCommands,
    LateHost,
}

impl Upset {
    const ALL: [Self; 14] = [
        Self::Lost,
        Self::LostAndBack,
        Self::OpenedAgain,
        Self::Silent,
        Self::Deaf,
        Self::Stuck,
        Self::MediumGone,
        Self::Leap,
        Self::AnyJunk,
        Self::LikelyJunk,
        Self::SpoiltAnswers,
        Self::BadLine,
        Self::OtherCommands,
        Self::LateHost,
    ];

    fn scene(self) -> String {
        let scene = match self {
            Self::Lost => "a link lost",
            Self::LostAndBack => "a link lost and back at once",
            Self::OpenedAgain => "a link opened again without being lost",
            Self::Silent => "a device fallen silent",
            Self::Deaf => "a device fallen deaf",
            Self::Stuck => "a link that takes no bytes",
            Self::MediumGone => "the medium taken away",
            Self::Fault(index) => return format!("failure {index} of the device"),
            Self::Leap => "an hour gone at once",
            Self::AnyJunk => "any bytes on the line",
            Self::LikelyJunk => "bytes of the device in another order on the line",
            Self::SpoiltAnswers => "pieces of the device's answers with a bit flipped",
            Self::BadLine => "a line that flips bits",
            Self::OtherCommands => "other commands in the middle of one",
            Self::LateHost => "a host that polls only after the link was lost",
        };
        scene.into()
    }

    const fn check(self) -> Check {
        match self {
            Self::AnyJunk | Self::LikelyJunk | Self::SpoiltAnswers | Self::BadLine => Check::Junk,
            Self::Leap => Check::TimeLeap,
            Self::LateHost => Check::LateHost,
            _ => Check::OneFinalEvent,
        }
    }
}

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

fn strike<S: Subject>(bench: &mut Bench<'_, S>, lesson: &Lesson, upset: Upset, seed: u64) {
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
    bench.link = super::super::bench::Link::default();
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
