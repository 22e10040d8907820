//! The device of `ADDING_A_DEVICE.md`, and that the conformance suite notices a bad driver.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, unreachable_pub)]

use gongji_hal::{
    conformance::{Broken, Check, check, play},
    driver::{DeviceState, Driver, Machine},
    time::Instant,
};
use proptest::prelude::*;

#[path = "../examples/call_lamp/driver.rs"]
mod driver;
mod flawed;
#[path = "../examples/call_lamp/protocol.rs"]
mod protocol;
#[path = "../examples/call_lamp/sim.rs"]
mod sim;
#[path = "../examples/call_lamp/subject.rs"]
mod subject;

use driver::{Call, Lamp, LampEvent, LampRefusal};
use protocol::{FRAME_BYTES, Frame, NUMBER_MAX, Parser, What};
use sim::SimLamp;
use subject::LampSubject;

#[test]
fn the_lamp_keeps_the_contracts() -> Result<(), Broken> {
    check(&LampSubject).verdict()
}

/// Runs a lamp and its driver for a while and gives what was told.
fn run(lamp: &mut SimLamp, driver: &mut Lamp, from: u64, ms: u64) -> Vec<LampEvent> {
    let mut told = Vec::new();
    for now in (from..from + ms).map(Instant::from_millis) {
        let said = driver.pending_output(now).to_vec();
        driver.output_taken(now, said.len());
        lamp.receive(now, &said);
        let answered = lamp.pending_output(now).to_vec();
        lamp.output_taken(now, answered.len());
        driver.receive(now, &answered);
        driver.handle_timeout(now);
        told.extend(core::iter::from_fn(|| driver.poll_event()));
    }
    told
}

#[test]
fn a_number_is_lit_and_the_button_is_told() {
    let (mut lamp, mut driver) = (SimLamp::default(), Lamp::new());
    lamp.link_opened(Instant::from_millis(0));
    driver.link_opened(Instant::from_millis(0));
    let online = [DeviceState::PowerOff, DeviceState::Online].map(LampEvent::State);
    assert_eq!(run(&mut lamp, &mut driver, 0, 100), online);
    let at = Instant::from_millis(100);
    assert_eq!(driver.submit(at, Call(NUMBER_MAX + 1)), Err(LampRefusal::TooHigh));
    assert_eq!(driver.submit(at, Call(7)), Ok(()));
    assert_eq!(driver.submit(at, Call(8)), Err(LampRefusal::Busy));
    lamp.press(at);
    let told = run(&mut lamp, &mut driver, 100, 100);
    assert!(told.contains(&LampEvent::Called(Ok(7))), "{told:?}");
    assert!(told.contains(&LampEvent::Pressed), "{told:?}");
    assert_eq!(lamp.last_lit(), 7);
}

#[test]
fn every_excerpt_of_the_page_is_in_the_sources() {
    let page = include_str!("../ADDING_A_DEVICE.md");
    let mut count = 0;
    for excerpt in page.split("```rust\n").skip(1) {
        let (code, _) = excerpt.split_once("```").expect("the excerpt ends");
        let (name, code) = code.split_once('\n').expect("the excerpt begins with its file");
        let name = name.strip_prefix("// ").expect("the first line names the file");
        let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join(name);
        let source = std::fs::read_to_string(&path).unwrap_or_else(|_| panic!("no file {name}"));
        for part in code.split("// …\n") {
            assert!(source.contains(part.trim_end()), "not in {name}:\n{part}");
        }
        count += 1;
    }
    assert!(count >= 5, "{count} excerpts");
}

#[test]
fn every_broken_driver_breaks_its_check() {
    for (flaw, broken) in flawed::FLAWS {
        let report = check(&flawed::Flawed(flaw));
        assert!(report.breach(broken).is_some(), "{flaw:?} is not noticed:\n{report}");
    }
    let found: Vec<Check> = flawed::FLAWS.iter().map(|(_, check)| *check).collect();
    for check in Check::ALL {
        assert!(found.contains(&check), "no driver breaks {check:?}");
    }
}

#[test]
fn a_panic_is_reported_and_not_passed_on() {
    let report = check(&flawed::Flawed(flawed::Flaw::PanicsOnJunk));
    let sentence = report.breach(Check::Junk).unwrap();
    assert!(sentence.contains("there was a panic"), "{sentence}");
    let shown = format!("{:?}", report.verdict().unwrap_err());
    assert!(shown.contains("Junk: junk on the line is survived; but with "), "{shown}");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn any_script_keeps_the_contracts(script in prop::collection::vec(any::<u8>(), 0..400)) {
        prop_assert_eq!(play(&LampSubject, &script), Ok(()));
    }

    #[test]
    fn a_frame_is_found_behind_any_junk(
        junk in prop::collection::vec(prop_oneof![any::<u8>(), Just(2u8)], 0..40),
        number: u8,
        value: u16,
    ) {
        let frame = Frame { number, what: What::Show, is_answer: true, value };
        let mut parser = Parser::default();
        let bytes = [&junk[..], &frame.encode()].concat();
        let early = bytes.windows(FRAME_BYTES).take(bytes.len() - FRAME_BYTES);
        let is_frame = |window: &[u8]| window.try_into().is_ok_and(|w| Frame::decode(w).is_some());
        prop_assume!(!early.into_iter().any(is_frame), "the junk is a frame");
        let last = bytes.iter().filter_map(|&byte| parser.push(byte)).last();
        prop_assert_eq!(last, Some(frame));
    }
}

#[test]
fn scripts_notice_a_bad_driver() {
    let script = [7, 0, 2, 20, 8, 0, 2, 20];
    assert_eq!(play(&LampSubject, &script), Ok(()));
    let how = play(&flawed::Flawed(flawed::Flaw::SpeaksWhenClosed), &script).unwrap_err();
    assert!(how.starts_with("SilentWhenClosed: "), "{how}");
}
