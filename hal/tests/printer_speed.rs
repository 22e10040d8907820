//! How near the driver comes to what the line or the head allow, in told time: a slip of thirty
//! lines of text from the host's order to its proof.
#![cfg(feature = "sim")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

#[path = "printer_common/mod.rs"]
mod common;

use common::{Bench, Script};
use gongji_hal::printer::{
    driver::JobState,
    encode::Encoder,
    profile::{Font, Paper},
    sim::SimConfig,
};

const LINES: u32 = 30;
/// Dots of a line, and of the way to the cutter.
const LINE_DOTS: u64 = 30;
const CUT_DOTS: u64 = 120;

/// A slip as a hall prints it; the lines fit the paper.
fn slip(paper: Paper) -> Script {
    let mut encoder = Encoder::new(Vec::new(), paper, Font::Gb18030);
    encoder.init().unwrap();
    let mut text = String::new();
    for row in 0..LINES {
        let line = match paper {
            Paper::Mm58 => format!("{row:02} 门诊统筹 共济支付 123.45"),
            Paper::Mm80 => format!("{row:02} 11月20日 门诊统筹 共济支付 个人账户 123.45"),
        };
        encoder.line(&line).unwrap();
        text.push_str(&line);
        text.push('\n');
    }
    Script::of(encoder.into_sink(), &text)
}

/// The least time in milliseconds that line and head need together: a line is printed when the one
/// before it is and its own bytes are there, and the cut comes last.
fn least(config: &SimConfig, page: &[u8]) -> u64 {
    let byte_us = 10_000_000 / u64::from(config.baud);
    let dot_us = |dots: u64| dots * 1_000_000 / (u64::from(config.speed_mm_s) * 8);
    let (mut sent, mut printed) = (0, 0);
    for line in page.split_inclusive(|&byte| byte == b'\n') {
        sent += line.len() as u64 * byte_us;
        printed = sent.max(printed) + dot_us(LINE_DOTS);
    }
    (printed + dot_us(CUT_DOTS)) / 1000
}

/// Least time and time taken in milliseconds.
fn measure(config: SimConfig) -> (u64, u64) {
    let script = slip(config.paper);
    let mut bench = Bench::opened(config);
    bench.run(60_000);
    let begin = bench.now().as_millis();
    bench.start(&script);
    bench.run_until(|b| b.final_state().is_some(), 60_000, "slip");
    let took = bench.now().as_millis() - begin;
    assert!(matches!(bench.final_state(), Some(JobState::Printed { pages: 1, .. })));
    assert_eq!(bench.texts(), script.texts());
    (least(&config, script.page_bytes()), took)
}

#[test]
fn a_slip_of_thirty_lines_takes_hardly_longer_than_line_or_head_allow() {
    let mut slow = Vec::new();
    for process_ids in [true, false] {
        for paper in [Paper::Mm58, Paper::Mm80] {
            for baud in [9600, 38_400, 115_200] {
                for speed_mm_s in [90, 150, 250] {
                    for asb in [true, false] {
                        let config = SimConfig {
                            paper,
                            baud,
                            speed_mm_s,
                            process_ids,
                            asb,
                            ..SimConfig::default()
                        };
                        let (least, took) = measure(config);
                        let percent = least * 100 / took;
                        let row = format!(
                            "ids {process_ids}, asb {asb}, {paper:?}, {baud} baud, \
                             {speed_mm_s} mm/s: {took} ms of {least} ms, {percent} %"
                        );
                        println!("{row}");
                        if percent < 90 {
                            slow.push(row);
                        }
                    }
                }
            }
        }
    }
    assert!(slow.is_empty(), "{}", slow.join("\n"));
}
