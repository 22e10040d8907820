//! The driver against the simulated printer, fault by fault, through a byte pipe with told time.
#![cfg(feature = "sim")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

#[path = "printer_common/mod.rs"]
mod common;

use common::{Bench, Script};
use gongji_hal::{
    driver::{DeviceState, Driver, Machine},
    printer::{
        driver::{Command, Event, JobId, JobState, ProcessIds, Proof, Reason, Refusal},
        sim::{Fault, SimConfig, Trigger},
        status::{Hold, Paper},
    },
};

fn without_ids() -> SimConfig {
    SimConfig { process_ids: false, ..SimConfig::default() }
}

#[test]
fn a_job_is_printed_once_and_proven() {
    for (config, proof) in [(SimConfig::default(), Proof::ProcessId), (without_ids(), Proof::Fence)]
    {
        let mut bench = Bench::opened(config);
        assert_eq!(bench.driver.state(), DeviceState::Online);
        let end = bench.print(&Script::pages(3));
        assert_eq!(end, JobState::Printed { pages: 3, proof });
        assert_eq!(bench.texts(), Script::pages(3).texts());
        let states = bench.job_states();
        assert_eq!(states[..3], [JobState::Queued, JobState::Sending, JobState::Sent]);
        assert_eq!(bench.sim.lost_bytes(), 0);
        assert_eq!(bench.driver.state(), DeviceState::Online);
    }
}

#[test]
fn a_printer_with_a_tear_bar_is_never_told_to_cut() {
    for (config, proof) in [(SimConfig::default(), Proof::ProcessId), (without_ids(), Proof::Fence)]
    {
        let mut bench = Bench::opened_without_cutter(config);
        let end = bench.print(&Script::pages(2));
        assert_eq!(end, JobState::Printed { pages: 2, proof });
        let sent = bench.sim.take_processed();
        assert!(!sent.windows(2).any(|pair| pair == [0x1D, 0x56]));
        let cuts: Vec<u32> = bench
            .events
            .iter()
            .filter_map(|event| match event {
                Event::PagePrinted { counts, .. } => Some(counts.cuts),
                _ => None,
            })
            .collect();
        assert_eq!(cuts, [0, 0]);
    }
}

#[test]
fn support_of_process_ids_is_found_out_and_told_once() {
    for (config, found) in
        [(SimConfig::default(), ProcessIds::Supported), (without_ids(), ProcessIds::Unsupported)]
    {
        let mut bench = Bench::opened(config);
        assert_eq!(bench.driver.process_ids(), found);
        let told =
            |bench: &Bench| bench.events.iter().filter(|e| **e == Event::ProcessIds(found)).count();
        assert_eq!(told(&bench), 1);
        bench.replug();
        bench.run(3000);
        assert_eq!(told(&bench), 1);
        assert_eq!(bench.driver.state(), DeviceState::Online);
    }
}

/// The points of a job at which a fault comes: none printed, in text, in raster, before the cut of
/// the first page, before its proof.
fn points() -> Vec<Trigger> {
    vec![
        Trigger::AfterLines(0),
        Trigger::AfterLines(2),
        Trigger::AfterLines(Script::TEXT_LINES + 1),
        Trigger::BeforeCut,
        Trigger::BeforeProof,
    ]
}

#[test]
fn what_a_person_can_mend_holds_the_job_and_prints_it_once() {
    let mendable: [(Fault, Hold, DeviceState); 3] = [
        (Fault::PaperOut, Hold::PaperOut, DeviceState::UserError),
        (Fault::CoverOpen, Hold::CoverOpen, DeviceState::UserError),
        (Fault::CutterJam, Hold::Cutter, DeviceState::HardwareError),
    ];
    for asb in [true, false] {
        for ids in [true, false] {
            for (fault, hold, state) in &mendable {
                for point in points() {
                    let what = format!("{fault:?} at {point:?}, ids {ids}, asb {asb}");
                    let config = SimConfig { process_ids: ids, asb, ..SimConfig::default() };
                    let mut bench = Bench::opened(config);
                    bench.sim.fault_at(point, fault.clone());
                    bench.start(&Script::pages(2));
                    bench.run_until(|b| b.held() == Some(*hold), 20_000, &what);
                    assert_eq!(bench.driver.state(), *state, "{what}");
                    // Longer than any deadline: only the host may give up.
                    bench.run(60_000);
                    assert_eq!(bench.final_state(), None, "{what}");
                    bench.mend();
                    let end = bench.finish(&what);
                    assert!(matches!(end, JobState::Printed { pages: 2, .. }), "{what}: {end:?}");
                    assert_eq!(bench.texts(), Script::pages(2).texts(), "{what}");
                    assert_eq!(bench.held(), None, "{what}");
                }
            }
        }
    }
}

#[test]
fn a_hot_head_cools_by_itself() {
    for point in points() {
        let mut bench = Bench::opened(SimConfig::default());
        bench.sim.fault_at(point, Fault::HeadHot { ms: 45_000 });
        let end = bench.print(&Script::pages(2));
        assert!(matches!(end, JobState::Printed { pages: 2, .. }), "{point:?}: {end:?}");
        assert!(
            bench.events.iter().any(|e| matches!(e, Event::Held { hold: Some(Hold::HeadHot), .. }))
        );
        assert_eq!(bench.texts(), Script::pages(2).texts(), "{point:?}");
    }
}

#[test]
fn a_fault_before_the_first_byte_prints_nothing() {
    for (fault, hold) in [(Fault::PaperOut, Hold::PaperOut), (Fault::CoverOpen, Hold::CoverOpen)] {
        let mut bench = Bench::opened(SimConfig { asb: false, ..SimConfig::default() });
        let now = bench.now();
        bench.sim.fault(now, fault);
        bench.start(&Script::pages(1));
        bench.run_until(|b| b.held() == Some(hold), 3000, "held");
        bench.run(30_000);
        let now = bench.now();
        bench.driver.submit(now, Command::Cancel).unwrap();
        let end = bench.finish("cancelled");
        assert_eq!(end, JobState::Failed { printed: 0, reason: Reason::Cancelled });
        bench.mend();
        bench.run(3000);
        assert_eq!(bench.texts(), Vec::<String>::new());
        let end = bench.print(&Script::pages(1));
        assert!(matches!(end, JobState::Printed { pages: 1, .. }));
        assert_eq!(bench.texts(), Script::pages(1).texts());
    }
}

#[test]
fn a_job_cancelled_while_held_is_in_doubt_and_leaves_nothing_for_the_next_one() {
    for clear in [true, false] {
        for ids in [true, false] {
            for point in points() {
                let what = format!("{point:?}, clear {clear}, ids {ids}");
                let mut bench = Bench::opened(SimConfig {
                    real_time_clear: clear,
                    process_ids: ids,
                    ..SimConfig::default()
                });
                bench.sim.fault_at(point, Fault::PaperOut);
                bench.start(&Script::pages(1));
                bench.run_until(|b| b.held().is_some(), 20_000, &what);
                let now = bench.now();
                bench.driver.submit(now, Command::Cancel).unwrap();
                let end = bench.finish(&what);
                let doubt = JobState::Unknown { printed: 0, reason: Reason::Cancelled };
                assert_eq!(end, doubt, "{what}");
                bench.run(2000);
                bench.mend();
                bench.run_until(|b| b.driver.state() == DeviceState::Online, 20_000, &what);
                assert!(bench.sim.uncut().is_blank(), "{what}");
                let before = bench.texts().len();
                assert!(before <= 1, "{what}");
                let end = bench.print(&Script::numbered(7));
                assert!(matches!(end, JobState::Printed { pages: 1, .. }), "{what}: {end:?}");
                assert_eq!(bench.texts()[before..], Script::numbered(7).texts(), "{what}");
            }
        }
    }
}

#[test]
fn a_lost_link_leaves_the_job_in_doubt_and_nothing_is_sent_again() {
    for ids in [true, false] {
        for after in [1, 40, 200, 700, 1500, 3000] {
            let what = format!("{after} ms, ids {ids}");
            let mut bench = Bench::opened(SimConfig { process_ids: ids, ..SimConfig::default() });
            bench.start(&Script::pages(1));
            bench.run_until(|b| b.job_states().contains(&JobState::Sending), 3000, &what);
            bench.run(after);
            if bench.final_state().is_some() {
                continue;
            }
            bench.replug();
            let end = bench.finish(&what);
            assert_eq!(end, JobState::Unknown { printed: 0, reason: Reason::LinkLost }, "{what}");
            bench.run_until(|b| b.driver.state() == DeviceState::Online, 60_000, &what);
            assert!(bench.texts().len() <= 1, "{what}: {:?}", bench.texts());
            let before = bench.texts().len();
            let end = bench.print(&Script::numbered(9));
            assert!(matches!(end, JobState::Printed { pages: 1, .. }), "{what}: {end:?}");
            assert_eq!(bench.texts()[before..], Script::numbered(9).texts(), "{what}");
        }
    }
}

#[test]
fn a_link_lost_before_the_first_byte_fails_the_job() {
    let mut bench = Bench::opened(SimConfig::default());
    let now = bench.now();
    bench.driver.submit(now, Command::Start(JobId(1))).unwrap();
    bench.driver.write(now, b"abc\n");
    bench.driver.link_lost(now);
    let end = bench.finish("lost");
    assert_eq!(end, JobState::Failed { printed: 0, reason: Reason::LinkLost });
    assert!(bench.driver.pending_output(now).is_empty());
    assert_eq!(bench.driver.next_timeout(), None);
    assert_eq!(bench.driver.state(), DeviceState::NoDevice);
    let refused = bench.driver.submit(now, Command::Start(JobId(2)));
    assert_eq!(refused, Err(Refusal::NotReady(DeviceState::NoDevice)));
}

#[test]
fn the_first_page_counts_when_the_second_is_lost() {
    let mut bench = Bench::opened(SimConfig::default());
    bench.start(&Script::pages(2));
    bench.run_until(|b| b.pages_printed() == 1, 20_000, "first page");
    bench.run_until(|b| b.sim.uncut().lines().len() > 2, 20_000, "second page begun");
    bench.replug();
    let end = bench.finish("lost");
    assert_eq!(end, JobState::Unknown { printed: 1, reason: Reason::LinkLost });
}

#[test]
fn silence_is_unknown_and_power_off() {
    for fault in [Fault::Mute, Fault::PowerOff] {
        let mut bench = Bench::opened(SimConfig::default());
        assert_eq!(bench.driver.status().paper, Paper::Ok);
        let now = bench.now();
        bench.sim.fault(now, fault);
        bench.run(10_000);
        assert_eq!(bench.driver.state(), DeviceState::PowerOff);
        assert_eq!(bench.driver.status().paper, Paper::Unknown);
        assert!(bench.driver.status().hold().is_some());
        let now = bench.now();
        let refused = bench.driver.submit(now, Command::Start(JobId(2)));
        assert_eq!(refused, Err(Refusal::NotReady(DeviceState::PowerOff)));
        bench.mend();
        bench.run(10_000);
        assert_eq!(bench.driver.state(), DeviceState::Online);
    }
}

#[test]
fn a_printer_that_loses_power_in_mid_job_leaves_it_in_doubt() {
    for point in points() {
        let mut bench = Bench::opened(SimConfig::default());
        bench.sim.fault_at(point, Fault::PowerOff);
        let end = bench.print(&Script::pages(1));
        let doubt = JobState::Unknown { printed: 0, reason: Reason::NotAnswering };
        assert_eq!(end, doubt, "{point:?}");
        bench.mend();
        bench.run_until(|b| b.driver.state() == DeviceState::Online, 20_000, "back");
        let before = bench.texts().len();
        let end = bench.print(&Script::numbered(5));
        assert!(matches!(end, JobState::Printed { pages: 1, .. }), "{point:?}: {end:?}");
        assert_eq!(bench.texts()[before..], Script::numbered(5).texts(), "{point:?}");
    }
}

#[test]
fn a_mute_printer_that_prints_is_in_doubt_not_failed() {
    let mut bench = Bench::opened(SimConfig::default());
    bench.sim.fault_at(Trigger::AfterLines(1), Fault::Mute);
    let end = bench.print(&Script::pages(1));
    assert_eq!(end, JobState::Unknown { printed: 0, reason: Reason::NotAnswering });
}

#[test]
fn an_unrecoverable_fault_ends_the_job() {
    let mut bench = Bench::opened(SimConfig::default());
    bench.sim.fault_at(Trigger::AfterLines(1), Fault::Unrecoverable);
    let end = bench.print(&Script::pages(1));
    assert_eq!(end, JobState::Unknown { printed: 0, reason: Reason::Unrecoverable });
    assert_eq!(bench.driver.state(), DeviceState::HardwareError);
}

#[test]
fn a_printer_without_any_proof_leaves_the_job_in_doubt_at_its_deadline() {
    let mut bench = Bench::opened(SimConfig::default());
    bench.drop_blocks = true;
    let end = bench.print(&Script::pages(1));
    assert_eq!(end, JobState::Unknown { printed: 0, reason: Reason::Deadline });
}

#[test]
fn a_link_that_takes_nothing_fails_the_job_at_its_deadline_without_a_byte() {
    let mut bench = Bench::opened(SimConfig::default());
    bench.stuck = true;
    let end = bench.print(&Script::pages(1));
    assert_eq!(end, JobState::Failed { printed: 0, reason: Reason::Deadline });
    bench.run(30_000);
    assert_eq!(bench.driver.state(), DeviceState::PowerOff);
    bench.stuck = false;
    bench.run(10_000);
    assert_eq!(bench.driver.state(), DeviceState::Online);
    let end = bench.print(&Script::pages(1));
    assert!(matches!(end, JobState::Printed { .. }));
    assert_eq!(bench.texts(), Script::pages(1).texts());
}

#[test]
fn phantom_answers_do_not_mislead() {
    let config = SimConfig { phantoms: true, ..without_ids() };
    let mut bench = Bench::opened(config);
    let end = bench.print(&Script::phantoms());
    assert!(matches!(end, JobState::Printed { pages: 1, .. }), "{end:?}");
    assert!(!bench.events.iter().any(|e| matches!(e, Event::Held { hold: Some(_), .. })));
}

#[test]
fn near_end_is_told_and_does_not_hold() {
    let config = SimConfig { roll_mm: 2000, ..SimConfig::default() };
    let mut bench = Bench::opened(config);
    assert_eq!(bench.driver.status().paper, Paper::NearEnd);
    let end = bench.print(&Script::pages(1));
    assert!(matches!(end, JobState::Printed { .. }));
}

#[test]
fn check_status_answers_once_whatever_happens() {
    let mut bench = Bench::opened(SimConfig::default());
    let checked = |bench: &Bench| {
        bench
            .events
            .iter()
            .filter_map(|e| match e {
                Event::Checked(status) => Some(status.paper),
                _ => None,
            })
            .collect::<Vec<_>>()
    };
    let now = bench.now();
    bench.driver.submit(now, Command::CheckStatus).unwrap();
    assert_eq!(bench.driver.submit(now, Command::CheckStatus), Err(Refusal::Busy));
    bench.run(1000);
    assert_eq!(checked(&bench), [Paper::Ok]);
    let now = bench.now();
    bench.sim.fault(now, Fault::Mute);
    bench.driver.submit(now, Command::CheckStatus).unwrap();
    bench.run(5000);
    assert_eq!(checked(&bench), [Paper::Ok, Paper::Unknown]);
    let now = bench.now();
    bench.driver.submit(now, Command::CheckStatus).unwrap();
    bench.driver.link_lost(now);
    bench.run(1);
    assert_eq!(checked(&bench), [Paper::Ok, Paper::Unknown, Paper::Unknown]);
}

#[test]
fn commands_out_of_order_are_refused() {
    let mut bench = Bench::opened(SimConfig::default());
    let now = bench.now();
    for command in [Command::EndPage, Command::Finish, Command::Cancel] {
        assert_eq!(bench.driver.submit(now, command), Err(Refusal::NoJob));
    }
    assert_eq!(bench.driver.write(now, b"x"), 0);
    bench.driver.submit(now, Command::Start(JobId(1))).unwrap();
    assert_eq!(bench.driver.submit(now, Command::Start(JobId(2))), Err(Refusal::Busy));
    assert_eq!(bench.driver.submit(now, Command::EndPage), Err(Refusal::Empty));
    assert_eq!(bench.driver.submit(now, Command::Finish), Err(Refusal::Empty));
    assert_eq!(bench.driver.write(now, b"x\n"), 2);
    assert_eq!(bench.driver.submit(now, Command::Finish), Err(Refusal::Page));
    bench.driver.submit(now, Command::EndPage).unwrap();
    assert_eq!(bench.driver.submit(now, Command::EndPage), Err(Refusal::Page));
    assert_eq!(bench.driver.write(now, b"x"), 0);
    bench.driver.submit(now, Command::Finish).unwrap();
    assert_eq!(bench.driver.submit(now, Command::Finish), Err(Refusal::Page));
    let end = bench.finish("small job");
    assert!(matches!(end, JobState::Printed { pages: 1, .. }));
    assert_eq!(bench.texts(), ["x\n"]);
}

#[test]
fn a_short_loss_of_power_is_not_taken_for_a_printed_page() {
    for ids in [true, false] {
        for point in [Trigger::AfterLines(0), Trigger::AfterLines(3), Trigger::BeforeCut] {
            let what = format!("{point:?}, ids {ids}");
            // Shorter than any status round could notice.
            let config = SimConfig { process_ids: ids, boot_ms: 0, ..SimConfig::default() };
            let mut bench = Bench::opened(config);
            bench.sim.fault_at(point, Fault::PowerOff);
            bench.start(&Script::pages(1));
            bench.run_until(|b| b.sim.is_stopped(), 20_000, &what);
            bench.run(5);
            bench.mend();
            let end = bench.finish(&what);
            assert!(matches!(end, JobState::Unknown { printed: 0, .. }), "{what}: {end:?}");
        }
    }
}

#[test]
fn no_byte_is_lost_without_flow_control() {
    let config =
        SimConfig { flow_control: false, speed_mm_s: 20, asb: false, ..SimConfig::default() };
    let mut bench = Bench::opened(config);
    let end = bench.print(&Script::long());
    assert!(matches!(end, JobState::Printed { pages: 1, .. }), "{end:?}");
    assert_eq!(bench.texts(), Script::long().texts());
    assert_eq!(bench.sim.lost_bytes(), 0);
}

#[test]
fn a_text_page_takes_hardly_longer_than_line_or_head_allow() {
    let bytes = Script::long().bytes() as u64;
    let dots = 300 * 30 + 120;
    for (baud, speed_mm_s) in [(115_200, 90), (9600, 260), (19_200, 90)] {
        for process_ids in [true, false] {
            let config = SimConfig { baud, speed_mm_s, process_ids, ..SimConfig::default() };
            let mut bench = Bench::opened(config);
            bench.start(&Script::long());
            let begin = bench.now().as_millis();
            bench.run_until(|b| b.pages_printed() == 1, 120_000, "long page");
            let took = bench.now().as_millis() - begin;
            let line = bytes * 10_000 / u64::from(baud);
            let head = dots * 1000 / (u64::from(speed_mm_s) * 8);
            let least = line.max(head);
            assert!(took * 9 <= least * 10, "{baud} baud, {speed_mm_s} mm/s: {took} of {least} ms");
        }
    }
}

#[test]
fn a_link_lost_at_any_byte_of_an_image_head_leaves_a_usable_printer() {
    let config = SimConfig { baud: 9600, flow_control: false, ..without_ids() };
    for after in (240..270).step_by(2) {
        let what = format!("{after} ms");
        let mut bench = Bench::opened_with(config, vec![1]);
        bench.start(&Script::pages(1));
        bench.run(after);
        bench.replug();
        bench.run_until(|b| b.driver.state() == DeviceState::Online, 60_000, &what);
        let before = bench.texts().len();
        let end = bench.print(&Script::numbered(3));
        assert!(matches!(end, JobState::Printed { pages: 1, .. }), "{what}: {end:?}");
        assert_eq!(bench.texts()[before..], Script::numbered(3).texts(), "{what}");
    }
}

#[test]
fn a_page_whose_beginning_was_lost_is_not_proven_by_its_end() {
    for ids in [true, false] {
        let config = SimConfig { process_ids: ids, boot_ms: 0, ..SimConfig::default() };
        let mut bench = Bench::opened(config);
        bench.start(&Script::pages(0));
        let now = bench.now();
        let line = b"0123456789\n";
        assert_eq!(bench.driver.write(now, &line.repeat(100)), 1100);
        bench.run_until(|b| b.sim.uncut().lines().len() == 5, 3000, "in print");
        let now = bench.now();
        bench.sim.fault(now, Fault::PowerOff);
        bench.mend();
        bench.run(10);
        let now = bench.now();
        assert_eq!(bench.driver.write(now, line), 11);
        bench.driver.submit(now, Command::EndPage).unwrap();
        bench.driver.submit(now, Command::Finish).unwrap();
        let end = bench.finish("lost");
        assert!(matches!(end, JobState::Unknown { printed: 0, .. }), "ids {ids}: {end:?}");
        if ids {
            assert_eq!(end, JobState::Unknown { printed: 0, reason: Reason::BytesLost });
        }
    }
}
