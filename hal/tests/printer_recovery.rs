//! What the driver does against traps of real printers: images, short losses of power, clones that
//! cease to answer, lost flow control, and the wrong line speed.
#![cfg(feature = "sim")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

#[path = "printer_common/mod.rs"]
mod common;

use common::{Bench, Script};
use gongji_hal::{
    driver::{DeviceState, Driver, Machine},
    printer::{
        baud::{BaudProbe, REQUEST},
        counts::Counts,
        driver::{
            Command, Config, Event, JobId, JobState, PrinterDriver, ProcessIds, Proof, Refusal,
        },
        encode::Encoder,
        profile::{Font, Paper},
        sim::{Fault, NoGlyphs, PrintedLine, SimConfig, SimPrinter, Trigger},
    },
    time::Instant,
};

/// One raster command of so many rows, whatever the printer should get.
fn one_image(rows: u16, byte: impl Fn(usize) -> u8) -> Vec<u8> {
    let [low, high] = rows.to_le_bytes();
    let mut page = vec![0x1B, 0x40, 0x1D, 0x76, 0x30, 0, 72, 0, low, high];
    page.extend((0..72 * usize::from(rows)).map(byte));
    page.push(b'\n');
    page
}

fn count(bytes: &[u8], wanted: &[u8]) -> usize {
    bytes.windows(wanted.len()).filter(|window| *window == wanted).count()
}

#[test]
fn a_high_image_is_printed_dot_for_dot_in_bands_with_questions_between() {
    for baud in [9600, 115_200] {
        let mut bench = Bench::opened(SimConfig { baud, ..SimConfig::default() });
        let page = one_image(200, |at| (at % 251) as u8);
        bench.sim.take_received();
        let end = bench.print(&Script::of(page.clone(), ""));
        assert!(matches!(end, JobState::Printed { pages: 1, .. }), "{end:?}");
        let sent = bench.sim.take_received();
        assert_eq!(count(&sent, &[0x1D, 0x76, 0x30, 0, 72, 0, 24, 0]), 8);
        assert_eq!(count(&sent, &[0x1D, 0x76, 0x30, 0, 72, 0, 8, 0]), 1);
        let mut bands = sent.windows(8).enumerate().filter(|(_, w)| w.starts_with(b"\x1Dv0"));
        for (at, head) in bands.by_ref() {
            // Right after the image: a question, or the page's own bytes never.
            let end = at + 8 + 72 * usize::from(head[6]);
            let next = &sent[end..end + 3];
            assert!(next == [0x1D, 0x72, 1] || next == [0x10, 4, 1], "{next:02X?}");
        }
        let paper = &bench.sim.papers()[0];
        assert_eq!(&paper.bitmap().rows()[..200 * 72], &page[10..10 + 200 * 72]);
    }
}

#[test]
fn a_band_is_not_followed_by_another_before_it_is_taken_in() {
    let mut bench = Bench::opened(SimConfig::default());
    bench.sim.fault_at(Trigger::InRasterRow(10), Fault::CoverOpen);
    bench.start(&Script::of(one_image(240, |_| 0x55), ""));
    bench.run(20_000);
    // The band that is being printed, and the question after it.
    assert!(bench.sim.buffered() <= 3, "{}", bench.sim.buffered());
    bench.mend();
    let end = bench.finish("mended");
    assert!(matches!(end, JobState::Printed { .. }), "{end:?}");
    assert_eq!(bench.sim.papers()[0].bitmap().ink(), 240 * 72 * 4);
}

#[test]
fn a_page_may_not_end_inside_a_command() {
    let mut bench = Bench::opened(SimConfig::default());
    let now = bench.now();
    bench.driver.submit(now, Command::Start(JobId(1))).unwrap();
    for cut in [&[0x1D, 0x76, 0x30, 0, 1][..], &[0, 3, 0, 9], &[9]] {
        assert_eq!(bench.driver.write(now, cut), cut.len());
        assert_eq!(bench.driver.submit(now, Command::EndPage), Err(Refusal::CutShort));
    }
    bench.driver.write(now, &[9]);
    bench.driver.submit(now, Command::EndPage).unwrap();
    bench.driver.submit(now, Command::Finish).unwrap();
    let end = bench.finish("whole");
    assert!(matches!(end, JobState::Printed { .. }), "{end:?}");
}

#[test]
fn requests_in_dots_bring_no_phantom_and_those_in_a_symbol_mislead_nobody() {
    let config = SimConfig { phantoms: true, asb: false, ..SimConfig::default() };
    let mut bench = Bench::opened(config);
    let seen = bench.sim.phantoms();
    bench.print(&Script::phantoms());
    assert_eq!(bench.sim.phantoms(), seen, "none from dots");

    let data = [[0x10, 0x04, 1], [0x10, 0x04, 2], [0x10, 0x04, 3], [0x10, 0x04, 4]].concat();
    for ids in [true, false] {
        let mut bench = Bench::opened(SimConfig { process_ids: ids, ..config });
        bench.sim.fault_at(Trigger::BeforeCut, Fault::PaperOut);
        bench.start(&Script::of(symbol(&data), ""));
        bench.run_until(|b| b.held().is_some(), 10_000, "held");
        assert!(bench.sim.phantoms() >= 32, "the simulator answers them");
        bench.run(30_000);
        assert_eq!(bench.driver.status().paper, gongji_hal::printer::status::Paper::Out);
        bench.mend();
        let end = bench.finish("mended");
        assert!(matches!(end, JobState::Printed { .. }), "{end:?}");
        let lines = bench.sim.papers()[0].lines();
        assert_eq!(lines, [PrintedLine::Qr(data.repeat(8))]);
    }
}

/// A page with a symbol of `data` eight times.
fn symbol(data: &[u8]) -> Vec<u8> {
    let mut encoder = Encoder::new(Vec::new(), Paper::Mm80, Font::Gb18030);
    encoder.init().unwrap();
    encoder.qr(&data.repeat(8), 3, Default::default()).unwrap();
    encoder.into_sink()
}

#[test]
fn a_short_loss_of_power_while_the_host_dawdles_is_noticed() {
    // All that was written is printed when the power goes, less than what a question is due for.
    for ids in [true, false] {
        for asb in [true, false] {
            for ms in [300, 600, 1100] {
                let what = format!("ids {ids}, asb {asb}, {ms} ms");
                let config = SimConfig { process_ids: ids, asb, ..SimConfig::default() };
                let mut bench = Bench::opened(config);
                let now = bench.now();
                bench.driver.submit(now, Command::Start(JobId(1))).unwrap();
                bench.driver.write(now, b"first line\nsecond line\n");
                bench.run_until(|b| b.sim.uncut().lines().len() == 2, 3000, &what);
                bench.run(400);
                let now = bench.now();
                bench.sim.fault(now, Fault::PowerDip { ms });
                bench.run(ms + 200);
                let now = bench.now();
                // A job that has ended by now takes none of it.
                bench.driver.write(now, b"third line\n");
                let _ = bench.driver.submit(now, Command::EndPage);
                let _ = bench.driver.submit(now, Command::Finish);
                let end = bench.finish(&what);
                assert!(matches!(end, JobState::Unknown { printed: 0, .. }), "{what}: {end:?}");
            }
        }
    }
}

#[test]
fn a_clone_that_ceases_to_answer_ids_is_believed_by_its_fences() {
    let mut bench = Bench::opened(SimConfig::default());
    assert_eq!(bench.driver.process_ids(), ProcessIds::Supported);
    let now = bench.now();
    bench.sim.fault(now, Fault::MuteIds);
    for (job, known) in [ProcessIds::Supported, ProcessIds::Unsupported].into_iter().enumerate() {
        let end = bench.print(&Script::numbered(job));
        assert_eq!(end, JobState::Printed { pages: 1, proof: Proof::Fence });
        assert_eq!(bench.driver.process_ids(), known, "after job {job}");
    }
    assert!(bench.events.contains(&Event::ProcessIds(ProcessIds::Unsupported)));
    bench.sim.take_received();
    bench.print(&Script::numbered(3));
    assert_eq!(count(&bench.sim.take_received(), b"\x1D(H"), 0, "never asked again");
    assert_eq!(bench.texts().len(), 3);
}

#[test]
fn one_answer_lost_on_the_line_does_not_change_what_is_known_of_the_printer() {
    let mut bench = Bench::opened(SimConfig::default());
    let now = bench.now();
    bench.sim.fault(now, Fault::MuteIds);
    let end = bench.print(&Script::numbered(0));
    assert_eq!(end, JobState::Printed { pages: 1, proof: Proof::Fence });
    bench.mend();
    for number in [1, 2] {
        let end = bench.print(&Script::numbered(number));
        assert_eq!(end, JobState::Printed { pages: 1, proof: Proof::ProcessId });
    }
    assert_eq!(bench.driver.process_ids(), ProcessIds::Supported);
}

#[test]
fn what_an_earlier_life_learnt_is_not_asked_again() {
    for (known, asked) in [(ProcessIds::Unsupported, 0), (ProcessIds::Unknown, 1)] {
        let config = SimConfig { process_ids: false, ..SimConfig::default() };
        let mut bench = Bench::new(config, vec![4096]);
        bench.driver =
            PrinterDriver::new(Config { process_ids: known, speed_mm_s: 90, ..Config::default() });
        bench.plug();
        bench.run_until(|b| b.driver.state() == DeviceState::Online, 10_000, "opening");
        assert_eq!(count(&bench.sim.take_received(), b"\x1D(H"), asked, "{known:?}");
        let told = bench.events.iter().any(|event| matches!(event, Event::ProcessIds(_)));
        assert_eq!(told, asked == 1);
    }
}

#[test]
fn a_lost_xon_does_not_stop_a_printer_in_order() {
    let mut bench = Bench::opened(SimConfig::default());
    let now = bench.now();
    bench.sim.fault(now, Fault::Noise(vec![0x13]));
    let end = bench.print(&Script::pages(2));
    assert!(matches!(end, JobState::Printed { pages: 2, .. }), "{end:?}");
}

#[test]
fn flow_control_in_the_middle_of_a_status_packet_is_no_answer() {
    let mut bench = Bench::opened(SimConfig { asb: false, ..SimConfig::default() });
    let now = bench.now();
    bench.driver.receive(now, &[0x18, 0x13, 0, 0x0F, 0x11, 0]);
    assert_eq!(bench.driver.status().paper, gongji_hal::printer::status::Paper::Out);
}

#[test]
fn a_stuck_link_ends_the_job_within_its_time_whatever_was_taken() {
    for (taken, failed) in [(0, true), (5, true), (200, false), (2000, false)] {
        let mut bench = Bench::opened(SimConfig::default());
        let begin = bench.now().as_millis();
        bench.stuck_after = Some(taken);
        let end = bench.print(&Script::pages(1));
        match end {
            JobState::Failed { printed: 0, .. } => assert!(failed, "{taken}"),
            JobState::Unknown { printed: 0, .. } => assert!(!failed, "{taken}"),
            other => panic!("{taken}: {other:?}"),
        }
        assert!(bench.now().as_millis() - begin < 25_000, "{taken}");
        bench.stuck_after = None;
        bench.run_until(|b| b.driver.state() == DeviceState::Online, 60_000, "back");
        let before = bench.texts().len();
        let end = bench.print(&Script::numbered(4));
        assert!(matches!(end, JobState::Printed { pages: 1, .. }), "{taken}: {end:?}");
        assert_eq!(bench.texts()[before..], Script::numbered(4).texts(), "{taken}");
    }
}

#[test]
fn a_printer_lost_in_an_image_is_freed_before_the_next_page() {
    for phantoms in [true, false] {
        for asb in [true, false] {
            let what = format!("phantoms {phantoms}, asb {asb}");
            let mut bench = Bench::opened(SimConfig {
                phantoms,
                asb,
                flow_control: false,
                ..SimConfig::default()
            });
            bench.sim.fault_at(Trigger::InRasterRow(100), Fault::PaperOutInImage);
            bench.start(&Script::of(one_image(240, |_| 0x55), ""));
            bench.run(8000);
            bench.mend();
            let end = bench.finish(&what);
            assert!(matches!(end, JobState::Unknown { printed: 0, .. }), "{what}: {end:?}");
            bench.run_until(|b| b.driver.state() == DeviceState::Online, 60_000, &what);
            assert!(bench.sim.uncut().is_blank(), "{what}");
            let before = bench.sim.papers().len();
            bench.print(&Script::numbered(4));
            let papers = &bench.sim.papers()[before..];
            let texts: Vec<String> = papers.iter().map(|paper| paper.text()).collect();
            assert_eq!(texts, Script::numbered(4).texts(), "{what}");
        }
    }
}

#[test]
fn a_printer_lost_in_an_image_is_freed_even_if_the_first_try_is_lost() {
    let config = SimConfig { asb: false, phantoms: false, ..SimConfig::default() };
    let mut bench = Bench::opened(config);
    bench.sim.fault_at(Trigger::InRasterRow(100), Fault::PaperOutInImage);
    bench.start(&Script::of(one_image(240, |_| 0x55), ""));
    bench.run_until(|b| b.sim.is_stopped(), 10_000, "stopped");
    let now = bench.now();
    bench.sim.fault(now, Fault::LostBytes { bytes: 2200 });
    bench.finish("lost");
    bench.mend();
    bench.run_until(|b| b.driver.state() == DeviceState::Online, 30_000, "freed");
    let before = bench.sim.papers().len();
    bench.print(&Script::numbered(4));
    let papers = &bench.sim.papers()[before..];
    let texts: Vec<String> = papers.iter().map(|paper| paper.text()).collect();
    assert_eq!(texts, Script::numbered(4).texts());
}

#[test]
fn an_image_of_which_bytes_were_lost_is_completed_before_the_next_page() {
    for phantoms in [true, false] {
        for process_ids in [true, false] {
            let what = format!("phantoms {phantoms}, ids {process_ids}");
            let config = SimConfig { phantoms, process_ids, baud: 9600, ..SimConfig::default() };
            let mut bench = Bench::opened(config);
            bench.start(&Script::of(one_image(240, |_| 0x55), ""));
            // The band is on the line, and its dots are lost from here.
            bench.run(500);
            assert!(bench.sim.received().ends_with(&[0x55, 0x1D, 0x72, 1]), "{what}");
            let now = bench.now();
            bench.sim.fault(now, Fault::LostBytes { bytes: 700 });
            let end = bench.finish(&what);
            assert!(matches!(end, JobState::Unknown { printed: 0, .. }), "{what}: {end:?}");
            bench.run_until(|b| b.driver.state() == DeviceState::Online, 10_000, &what);
            let before = bench.sim.papers().len();
            bench.print(&Script::numbered(4));
            let papers = &bench.sim.papers()[before..];
            let texts: Vec<String> = papers.iter().map(|paper| paper.text()).collect();
            assert_eq!(texts, Script::numbered(4).texts(), "{what}");
        }
    }
}

#[test]
fn a_page_that_is_proven_brings_its_counts() {
    let mut bench = Bench::opened(SimConfig::default());
    bench.print(&Script::pages(2));
    let counts: Vec<Counts> = bench
        .events
        .iter()
        .filter_map(|event| match event {
            Event::PagePrinted { counts, .. } => Some(*counts),
            _ => None,
        })
        .collect();
    let lines = Script::TEXT_LINES + 1 + 2;
    let raster_rows = Script::RASTER_ROWS as u32;
    assert_eq!(counts.len(), 2);
    for (counts, paper) in counts.iter().zip(bench.sim.papers()) {
        assert_eq!((counts.lines, counts.raster_rows), (lines, raster_rows));
        assert_eq!((counts.symbols, counts.cuts), (1, 1));
        // Head to cutter comes on top of what the paper shows.
        assert_eq!(counts.feed_dots, paper.bitmap().height() + 120);
    }
    bench.sim.fault_at(Trigger::BeforeCut, Fault::PowerOff);
    bench.print(&Script::pages(1));
    let any = bench.events.iter().any(|event| matches!(event, Event::PagePrinted { .. }));
    assert!(!any, "what is not proven is not counted");
}

#[test]
fn the_line_speed_of_a_printer_is_found() {
    for baud in [9600, 19_200, 38_400, 115_200] {
        let at = Instant::from_millis;
        let mut sim =
            SimPrinter::new(SimConfig { baud, ..SimConfig::default() }, Box::new(NoGlyphs));
        sim.link_opened(at(0));
        let mut probe = BaudProbe::new(57_600);
        let mut ms = 0;
        let found = loop {
            let rate = probe.next().expect("one of them");
            sim.set_host_baud(at(ms), rate);
            sim.receive(at(ms), &REQUEST);
            ms += 1000;
            let heard = sim.pending_output(at(ms)).to_vec();
            sim.output_taken(at(ms), heard.len());
            if probe.hears(&heard) {
                break rate;
            }
        };
        assert_eq!(found, baud);
    }
}

#[test]
fn a_printer_at_another_speed_is_away_and_its_scribble_is_cut_off_afterwards() {
    let mut bench = Bench::opened(SimConfig::default());
    let now = bench.now();
    bench.sim.fault(now, Fault::WrongBaud);
    bench.run(60_000);
    assert_eq!(bench.driver.state(), DeviceState::PowerOff);
    bench.mend();
    bench.run_until(|b| b.driver.state() == DeviceState::Online, 10_000, "back");
    assert!(bench.sim.uncut().is_blank());
    let before = bench.texts().len();
    let end = bench.print(&Script::numbered(2));
    assert!(matches!(end, JobState::Printed { .. }), "{end:?}");
    assert_eq!(bench.texts()[before..], Script::numbered(2).texts());
}
