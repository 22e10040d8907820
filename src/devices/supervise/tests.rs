#![allow(clippy::unwrap_used)]

use proptest::prelude::*;

use super::*;

const STATES: [DeviceState; 8] = [
    DeviceState::NoDevice,
    DeviceState::PowerOff,
    DeviceState::Offline,
    DeviceState::Online,
    DeviceState::Busy,
    DeviceState::HardwareError,
    DeviceState::UserError,
    DeviceState::SuspectedFraud,
];

fn at(ms: u64) -> Instant {
    Instant::from_millis(ms)
}

/// Plays observations and lets time pass to `end`: what was told, and when.
fn play(observed: &[(u64, DeviceState, Paper)], end: u64) -> Vec<(u64, What, DeviceState)> {
    let mut health = Health::new();
    let mut told = Vec::new();
    let mut observed = observed.iter().peekable();
    loop {
        let timeout = health.next_timeout().map(Instant::as_millis);
        let next = observed.peek().map(|(ms, ..)| *ms);
        let Some(ms) = next.into_iter().chain(timeout).min().filter(|ms| *ms <= end) else {
            return told;
        };
        if next == Some(ms) {
            let (_, state, paper) = observed.next().unwrap();
            health.observe(at(ms), *state, *paper);
        }
        while let Some(news) = health.poll(at(ms)) {
            told.push((ms, news.what, news.state));
        }
    }
}

#[test]
fn each_turn_is_told_as_what_it_is() {
    use DeviceState::{
        Busy, HardwareError, NoDevice, Offline, Online, PowerOff, SuspectedFraud, UserError,
    };
    let flicker = FLICKER.as_millis();
    let (ok, no) = (Paper::Ok, Paper::Unknown);
    type Row<'a> = (&'a str, &'a [(u64, DeviceState, Paper)], &'a [(u64, What, DeviceState)]);
    let table: &[Row] = &[
        ("never there", &[], &[(flicker, What::Lost, NoDevice)]),
        ("there at the start", &[(50, Online, no)], &[(50, What::Returned, Online)]),
        (
            "a flicker",
            &[(50, Online, no), (100, NoDevice, no), (300, PowerOff, no), (700, Online, no)],
            &[(50, What::Returned, Online), (700, What::Flickered, Online)],
        ),
        (
            "unplugged, then mute, then well",
            &[(50, Busy, no), (100, NoDevice, no), (2000, PowerOff, no), (2500, Online, no)],
            &[
                (50, What::Returned, Busy),
                (100 + flicker, What::Lost, NoDevice),
                (2000, What::Changed, PowerOff),
                (2500, What::Returned, Online),
            ],
        ),
        (
            "the time away is counted over all its kinds",
            &[(50, Online, no), (100, NoDevice, no), (500, PowerOff, no), (800, Offline, no)],
            &[(50, What::Returned, Online), (100 + flicker, What::Lost, Offline)],
        ),
        (
            "work is no news",
            &[(50, Online, ok), (100, Busy, ok), (200, Online, ok)],
            &[(50, What::Returned, Online)],
        ),
        (
            "paper",
            &[
                (50, Online, ok),
                (60, Busy, Paper::NearEnd),
                (70, Online, Paper::NearEnd),
                (80, UserError, Paper::Out),
                (90, Online, ok),
                (100, Online, Paper::NearEnd),
                (110, Online, ok),
                (2000, Online, Paper::NearEnd),
            ],
            &[
                (50, What::Returned, Online),
                (60, What::PaperLow, Busy),
                (80, What::NeedsPaper, UserError),
                (90, What::Returned, Online),
                (2000, What::PaperLow, Online),
            ],
        ),
        (
            "cover, then paper out, then away for a moment",
            &[
                (50, Online, ok),
                (60, UserError, ok),
                (70, UserError, Paper::Out),
                (80, NoDevice, no),
                (90, UserError, Paper::Out),
            ],
            &[
                (50, What::Returned, Online),
                (60, What::NeedsHand, UserError),
                (70, What::NeedsPaper, UserError),
            ],
        ),
        (
            "faults",
            &[(50, HardwareError, no), (60, HardwareError, no), (70, SuspectedFraud, no)],
            &[(50, What::Fault, HardwareError), (70, What::Fraud, SuspectedFraud)],
        ),
    ];
    for (name, observed, expected) in table {
        assert_eq!(play(observed, 5000), *expected, "{name}");
    }
}

#[test]
fn each_kind_of_trouble_has_its_advice() {
    let taken = OpenError::Taken("port: in use".into());
    let missing = OpenError::Missing("port: no such port".into());
    let table = [
        (Some(&missing), DeviceState::NoDevice, Paper::Unknown, Advice::Maintenance),
        (Some(&taken), DeviceState::NoDevice, Paper::Unknown, Advice::Configuration),
        (None, DeviceState::PowerOff, Paper::Unknown, Advice::Reset),
        (None, DeviceState::UserError, Paper::Out, Advice::Clear),
        (None, DeviceState::UserError, Paper::Ok, Advice::Clear),
        (None, DeviceState::HardwareError, Paper::Ok, Advice::Maintenance),
        (None, DeviceState::SuspectedFraud, Paper::Unknown, Advice::Suspend),
        (None, DeviceState::Online, Paper::Ok, Advice::None),
    ];
    for (error, state, paper, advice) in table {
        let mut supervisor = Supervisor::new(Device::Printer);
        match error {
            Some(error) => supervisor.cannot_open(at(0), error),
            None => supervisor.observe(at(0), state, paper),
        }
        let late = at(FLICKER.as_millis());
        let news = supervisor.poll(late).unwrap();
        assert_eq!((news.state, news.advice), (state, advice), "{error:?} {state:?}");
        // A port that can be opened again is configured well.
        supervisor.observe(late, DeviceState::Online, Paper::Ok);
        assert_eq!(supervisor.poll(late).map(|n| n.advice), {
            (state != DeviceState::Online).then_some(Advice::None)
        });
    }
}

#[test]
fn the_roster_counts_and_remembers() {
    let roster = Roster::default();
    let mut supervisor = Supervisor::new(Device::Card);
    let mut ms = 0;
    for _ in 0..3 {
        for state in [DeviceState::Online, DeviceState::PowerOff] {
            supervisor.observe(at(ms), state, Paper::Unknown);
            ms += FLICKER.as_millis();
            while let Some(news) = supervisor.poll(at(ms)) {
                roster.note(&news);
            }
        }
    }
    let twin = roster.clone();
    assert_eq!(twin.count(Device::Card, What::Returned), 3);
    assert_eq!(twin.count(Device::Card, What::Lost), 3);
    assert_eq!(twin.count(Device::Card, What::Flickered), 0);
    assert!(!twin.is_working(Device::Card) && twin.standing(Device::Printer).is_none());
    assert_eq!(twin.standing(Device::Card).unwrap().state, DeviceState::PowerOff);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    /// Whatever happens, a device that settles is told as it is, in bounded time, and never told to be
    /// lost when it was away for less than the bound.
    #[test]
    fn what_settles_is_told(steps in prop::collection::vec((0u64..2000, 0usize..STATES.len()), 1..40)) {
        let mut ms = 0;
        let observed: Vec<_> = steps
            .iter()
            .map(|(wait, state)| {
                ms += wait;
                (ms, STATES[*state], Paper::Ok)
            })
            .collect();
        let last = observed.last().unwrap().1;
        let told = play(&observed, ms + 10 * FLICKER.as_millis());
        let working = |s: DeviceState| matches!(s, DeviceState::Online | DeviceState::Busy);
        let (_, _, end) = told.last().unwrap();
        prop_assert!(*end == last || (working(*end) && working(last)), "{told:?}");
        for (when, what, _) in &told {
            if *what == What::Lost {
                let away = |s: DeviceState| {
                    matches!(s, DeviceState::NoDevice | DeviceState::PowerOff | DeviceState::Offline)
                };
                let from = when - FLICKER.as_millis();
                let inside = observed.iter().filter(|(ms, ..)| from < *ms && ms < when);
                prop_assert!(inside.clone().all(|(_, s, _)| away(*s)), "{told:?}");
            }
        }
        // A loss is told once until the device is back.
        let mut lost = false;
        for (_, what, _) in told {
            prop_assert!(!(what == What::Lost && lost));
            lost = matches!(what, What::Lost) || (lost && what == What::Changed);
        }
    }
}
