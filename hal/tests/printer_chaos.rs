//! Any fault at any point, in any chunking: what is told of a job agrees with the paper.
#![cfg(feature = "sim")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

#[path = "printer_common/mod.rs"]
mod common;

use common::{Bench, Script};
use gongji_hal::{
    driver::{DeviceState, Driver},
    printer::{
        driver::{Command, JobState},
        sim::{Fault, SimConfig, Trigger},
    },
};
use proptest::prelude::*;

/// Something that happens to a job.
#[derive(Clone, Debug)]
struct Mishap {
    trigger: Trigger,
    fault: Option<Fault>,
    /// From the start of the job, in milliseconds.
    mended_after: u64,
    cancelled_after: Option<u64>,
    unplugged_after: Option<u64>,
    pages: usize,
}

fn mishap() -> impl Strategy<Value = Mishap> {
    let trigger = prop_oneof![
        4 => (0u32..14).prop_map(Trigger::AfterLines),
        4 => (0u32..Script::RASTER_ROWS as u32).prop_map(Trigger::InRasterRow),
        1 => Just(Trigger::Now),
        1 => Just(Trigger::BeforeCut),
        1 => Just(Trigger::BeforeProof),
    ];
    let fault = prop_oneof![
        Just(Fault::PaperOut),
        Just(Fault::CoverOpen),
        Just(Fault::CutterJam),
        Just(Fault::Unrecoverable),
        Just(Fault::Mute),
        Just(Fault::PowerOff),
        Just(Fault::PaperOutInImage),
        Just(Fault::PaperLow),
        Just(Fault::MuteIds),
        Just(Fault::StuckXoff),
        (300u64..2000).prop_map(|ms| Fault::PowerDip { ms }),
        (0u64..1000).prop_map(|ms| Fault::LateAnswers { ms }),
        (1u32..12).prop_map(|bytes| Fault::FlippedAnswers { bytes }),
        (1u64..20_000).prop_map(|ms| Fault::HeadHot { ms }),
        prop::collection::vec(any::<u8>(), 1..12).prop_map(Fault::Noise),
    ];
    (
        trigger,
        prop::option::weighted(0.8, fault),
        1u64..30_000,
        prop::option::weighted(0.3, 0u64..8000),
        prop::option::weighted(0.3, 0u64..8000),
        1usize..3,
    )
        .prop_map(|(trigger, fault, mended_after, cancelled_after, unplugged_after, pages)| {
            Mishap { trigger, fault, mended_after, cancelled_after, unplugged_after, pages }
        })
}

fn config() -> impl Strategy<Value = SimConfig> {
    (any::<[bool; 5]>(), prop_oneof![Just(9600u32), Just(115_200)]).prop_map(
        |([ids, asb, clear, flow, phantoms], baud)| SimConfig {
            process_ids: ids,
            asb,
            real_time_clear: clear,
            flow_control: flow,
            phantoms,
            baud,
            ..SimConfig::default()
        },
    )
}

/// Plays one job with its mishap to the end and gives the final state.
fn play(bench: &mut Bench, script: &Script, mishap: &Mishap) -> JobState {
    let begin = bench.now().as_millis();
    if let Some(fault) = &mishap.fault {
        bench.sim.fault_at(mishap.trigger, fault.clone());
    }
    bench.start(script);
    let mut acts = vec![(mishap.mended_after, 0)];
    acts.extend(mishap.cancelled_after.map(|at| (at, 1)));
    acts.extend(mishap.unplugged_after.map(|at| (at, 2)));
    acts.sort_unstable();
    for (at, act) in acts {
        bench.run((begin + at).saturating_sub(bench.now().as_millis()));
        match act {
            0 => bench.mend(),
            1 => {
                let now = bench.now();
                let _ = bench.driver.submit(now, Command::Cancel);
            }
            _ => bench.replug(),
        }
    }
    // The fault may come late; somebody passes by now and then.
    for _ in 0..20 {
        if bench.final_state().is_some() {
            break;
        }
        bench.run(10_000);
        bench.mend();
    }
    let state = bench.finish("mishap");
    for _ in 0..20 {
        bench.mend();
        bench.run(5000);
    }
    assert_eq!(bench.driver.state(), DeviceState::Online, "back in order: {:?}", bench.events);
    state
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]

    #[test]
    fn what_is_told_agrees_with_the_paper(
        config in config(),
        mishaps in prop::collection::vec(mishap(), 1..4),
        chunks in prop::collection::vec(1usize..300, 1..5),
    ) {
        let mut bench = Bench::opened_with(config, chunks);
        let mut told = Vec::new();
        for (index, mishap) in mishaps.iter().enumerate() {
            let first = index * 10;
            let script = Script::range(first..first + mishap.pages);
            told.push((script.texts(), play(&mut bench, &script, mishap)));
        }
        prop_assert!(bench.sim.uncut().is_blank(), "left in the printer");
        let papers = bench.texts();
        for (index, (texts, state)) in told.iter().enumerate() {
            let (known, doubtful) = match *state {
                JobState::Printed { pages, .. } => (usize::from(pages), 0),
                JobState::Failed { printed, .. } => (usize::from(printed), 0),
                JobState::Unknown { printed, .. } => (usize::from(printed), 1),
                other => panic!("not final: {other:?}"),
            };
            prop_assert!(known <= texts.len());
            if matches!(state, JobState::Printed { .. }) {
                prop_assert_eq!(known, texts.len());
            }
            for (page, text) in texts.iter().enumerate() {
                let mark = format!("第{}页", index * 10 + page);
                let on = papers.iter().filter(|paper| paper.contains(&mark)).collect::<Vec<_>>();
                if page < known {
                    prop_assert_eq!(on, vec![text], "{:?} of {:?}", state, mark);
                } else {
                    let most = usize::from(page < known + doubtful);
                    prop_assert!(on.len() <= most, "{:?} of {}: {:?}", state, mark, on);
                }
            }
        }
        for paper in &papers {
            let mut pages = paper
                .lines()
                .filter_map(|line| line.split_once('页').map(|(mark, _)| mark))
                .collect::<Vec<_>>();
            pages.dedup();
            prop_assert!(pages.len() <= 1, "two pages on one paper: {}", paper);
        }
    }
}
