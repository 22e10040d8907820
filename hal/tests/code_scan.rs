//! The code scanner: framing, prefixes, repeats, the trigger, and every fault.
#![cfg(feature = "sim")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use gongji_hal::{
    code::{
        Scan, ScanError, ScanFramer, ScannerCommand, ScannerConfig, ScannerDriver, ScannerEvent,
        driver::{TRIGGER_OFF, TRIGGER_ON},
        limits::SCAN_BYTES_MAX,
        sim::{ScannerFault, SimScanner, Terminator, Trigger},
    },
    driver::{DeviceState, Driver, Machine},
    time::{Duration, Instant},
};
use proptest::prelude::*;

const NOTHING: [&str; 0] = [];

struct Rig {
    driver: ScannerDriver,
    scanner: SimScanner,
    now: Instant,
}

impl Rig {
    fn new(trigger: Trigger) -> Self {
        let mut rig = Self {
            driver: ScannerDriver::default(),
            scanner: SimScanner::new(trigger),
            now: Instant::from_millis(1000),
        };
        rig.scanner.link_opened(rig.now);
        rig.driver.link_opened(rig.now);
        rig
    }

    fn accepting(trigger: Trigger) -> Self {
        let mut rig = Self::new(trigger);
        rig.accept(true);
        rig.run_for(10);
        rig.told();
        rig
    }

    fn accept(&mut self, on: bool) {
        self.driver.submit(self.now, ScannerCommand::Accept(on)).unwrap();
    }

    fn scan(&mut self, content: &str) -> bool {
        self.scanner.scan(self.now, content)
    }

    fn run_for(&mut self, ms: u64) {
        let end = self.now + Duration::from_millis(ms);
        loop {
            let out = self.driver.pending_output(self.now).to_vec();
            self.driver.output_taken(self.now, out.len());
            self.scanner.receive(self.now, &out);
            let back = self.scanner.pending_output(self.now).to_vec();
            self.scanner.output_taken(self.now, back.len());
            self.driver.receive(self.now, &back);
            if !out.is_empty() || !back.is_empty() {
                continue;
            }
            let due = [self.driver.next_timeout(), self.scanner.next_timeout()];
            let next = due.into_iter().flatten().min().filter(|next| *next < end);
            self.now = self.now.max(next.unwrap_or(end));
            self.driver.handle_timeout(self.now);
            if next.is_none() {
                return;
            }
        }
    }

    fn told(&mut self) -> Vec<String> {
        told(&mut self.driver)
    }
}

fn told(driver: &mut ScannerDriver) -> Vec<String> {
    let mut told = Vec::new();
    while let Some(event) = driver.poll_event() {
        told.push(match event {
            ScannerEvent::Scanned(scan) => scan.reveal().to_string(),
            other => format!("{other:?}"),
        });
    }
    told
}

#[test]
fn scans_end_with_cr_cr_lf_or_silence_and_lose_their_prefix() {
    for terminator in [Terminator::Cr, Terminator::CrLf, Terminator::Nothing] {
        for prefix in [false, true] {
            let mut rig = Rig::accepting(Trigger::AlwaysOn);
            rig.scanner.set_terminator(terminator);
            rig.scanner.set_aim_prefix(prefix);
            for content in ["A1", "]C", "https://example.invalid/码?a=1", &"x".repeat(512)] {
                assert!(rig.scan(content));
                rig.run_for(1500);
                assert_eq!(rig.told(), [content], "{terminator:?} {prefix}");
            }
        }
    }
}

#[test]
fn frames_are_parsed_as_they_should() {
    let long = vec![b'x'; SCAN_BYTES_MAX + 1];
    let table: &[(&[u8], Result<&str, ScanError>)] = &[
        (b"ABC", Ok("ABC")),
        (b"]Q1ABC", Ok("ABC")),
        (b"]d2ABC", Ok("ABC")),
        (b"]QxABC", Ok("]QxABC")),
        (b"]]1ABC", Ok("]]1ABC")),
        (b"]Q1]Q1", Ok("]Q1")),
        (b"]Q1", Err(ScanError::Garbage)),
        (b"", Err(ScanError::Garbage)),
        (b"A\x1DB", Err(ScanError::Garbage)),
        (b"A\x00", Err(ScanError::Garbage)),
        (b"A\x7F", Err(ScanError::Garbage)),
        (b"A\xC2\x85", Err(ScanError::Garbage)),
        (b"A\xFF", Err(ScanError::Garbage)),
        (&long, Err(ScanError::TooLong)),
        (&long[1..], Ok(core::str::from_utf8(&long[1..]).unwrap())),
    ];
    for (frame, expected) in table {
        let scan = Scan::parse(frame);
        assert_eq!(scan.as_ref().map(Scan::reveal), expected.as_ref().copied(), "{frame:02X?}");
    }
    assert_eq!(format!("{:?}", Scan::parse(b"SECRET")), "Ok(Scan { .. })");
    assert!(ScanError::TooLong.to_string().contains(&SCAN_BYTES_MAX.to_string()));
}

#[test]
fn a_code_that_is_held_is_told_once() {
    let mut rig = Rig::accepting(Trigger::AlwaysOn);
    for _ in 0..10 {
        rig.scan("SAME");
        rig.run_for(700);
    }
    assert_eq!(rig.told(), ["SAME"]);
    for (content, expected) in [("OTHER", "OTHER"), ("SAME", "SAME")] {
        rig.scan(content);
        rig.run_for(700);
        assert_eq!(rig.told(), [expected]);
    }
    rig.run_for(1500);
    rig.scan("SAME");
    rig.run_for(700);
    assert_eq!(rig.told(), ["SAME"]);
}

#[test]
fn a_scan_is_dropped_unseen_while_none_is_accepted() {
    let mut rig = Rig::new(Trigger::AlwaysOn);
    rig.scan("EARLY");
    rig.run_for(1000);
    assert_eq!(rig.told(), ["State(Online)"]);
    // One that is under way when that changes, either way.
    for (first, then) in [(false, true), (true, false)] {
        rig.accept(first);
        rig.scan("A-CODE-THAT-TAKES-SOME-TIME-ON-ITS-WAY");
        rig.run_for(70);
        rig.accept(then);
        rig.run_for(1000);
        assert_eq!(rig.told(), [format!("Accepting({then})")]);
    }
    rig.accept(true);
    rig.scan("LATE");
    rig.run_for(1000);
    rig.accept(false);
    assert_eq!(rig.told(), ["Accepting(false)"], "a scan that was not taken is dropped");
}

#[test]
fn the_light_is_on_only_while_scans_are_accepted() {
    let mut rig = Rig::new(Trigger::Commanded);
    rig.run_for(10);
    assert!(!rig.scanner.is_lit() && !rig.scan("DARK"));
    rig.accept(true);
    rig.run_for(10);
    for content in ["ONE", "TWO", "THREE"] {
        assert!(rig.scan(content), "the light was renewed");
        assert!(!rig.scanner.is_lit());
        rig.run_for(1000);
    }
    rig.accept(false);
    rig.run_for(10);
    assert!(!rig.scanner.is_lit());
    rig.run_for(20_000);
    assert!(!rig.scanner.is_lit());
    // A scanner that was away, or put itself out, is lit again.
    rig.accept(true);
    rig.run_for(10);
    rig.scanner.link_lost(rig.now);
    rig.scanner.link_opened(rig.now);
    rig.run_for(5100);
    assert!(rig.scanner.is_lit());
}

#[test]
fn trigger_bytes_stay_whole_on_the_line() {
    let now = Instant::from_millis(0);
    for taken in 0..=3 {
        let mut driver = ScannerDriver::default();
        driver.link_opened(now);
        let mut line = Vec::new();
        let mut take = |driver: &mut ScannerDriver, count: usize| {
            let out = driver.pending_output(now);
            let count = count.min(out.len());
            line.extend_from_slice(&out[..count]);
            driver.output_taken(now, count);
        };
        take(&mut driver, taken);
        driver.submit(now, ScannerCommand::Accept(true)).unwrap();
        take(&mut driver, 1);
        driver.submit(now, ScannerCommand::Accept(false)).unwrap();
        take(&mut driver, 100);
        assert!(line.ends_with(&TRIGGER_OFF), "{taken} {line:02X?}");
        for command in line.chunks(3) {
            assert!(command == TRIGGER_ON || command == TRIGGER_OFF, "{taken} {line:02X?}");
        }
    }
    let mut driver = ScannerDriver::new(ScannerConfig { sends_trigger: false });
    driver.link_opened(now);
    driver.submit(now, ScannerCommand::Accept(true)).unwrap();
    assert!(driver.pending_output(now).is_empty());
}

#[test]
fn every_fault_ends_as_it_should() {
    let content = "CODE-0123456789";
    let table: Vec<(ScannerFault, Vec<&str>)> = vec![
        (ScannerFault::JunkBeforeScan, vec!["Dropped(Garbage)", content]),
        (ScannerFault::HalfThenSilence, vec!["CODE-012"]),
        (ScannerFault::TooLong, vec!["Dropped(TooLong)"]),
        (ScannerFault::FlipBit(7), vec!["Dropped(Garbage)"]),
        (ScannerFault::FlipBit(8), vec!["CNDE-0123456789"]),
        (ScannerFault::Late(Duration::from_millis(800)), vec![content]),
    ];
    for (fault, expected) in table {
        let mut rig = Rig::accepting(Trigger::AlwaysOn);
        rig.scanner.inject(fault);
        rig.scan(content);
        rig.run_for(3000);
        assert_eq!(rig.told(), expected, "{fault:?}");
        assert_eq!(rig.scanner.faults_left(), 0);
        rig.scan("NEXT");
        rig.run_for(1000);
        assert_eq!(rig.told(), ["NEXT"], "{fault:?}");
    }
    for good in ["junk", "half", "long", "flip 3", "late", "late 80"] {
        assert!(good.parse::<ScannerFault>().is_ok(), "{good}");
    }
    for bad in ["", "junk 1", "late x", "flip 1 2", "burn"] {
        let error = bad.parse::<ScannerFault>().expect_err(bad);
        assert!(error.to_string().contains("is no fault of the code scanner"), "{bad}");
    }
}

#[test]
fn a_lost_link_is_told_and_half_a_scan_forgotten() {
    let mut rig = Rig::accepting(Trigger::AlwaysOn);
    rig.driver.receive(rig.now, b"HALF-");
    rig.driver.link_lost(rig.now);
    assert_eq!(rig.driver.next_timeout(), None);
    assert!(rig.driver.pending_output(rig.now).is_empty());
    rig.driver.receive(rig.now, b"LOST\r");
    rig.driver.handle_timeout(rig.now);
    assert_eq!(
        (rig.told(), rig.driver.state()),
        (vec!["State(NoDevice)".into()], DeviceState::NoDevice)
    );
    rig.driver.link_opened(rig.now);
    rig.driver.receive(rig.now, b"NEW\r");
    assert_eq!(rig.told(), ["State(Online)", "NEW"]);
    assert!(rig.driver.accepts());
}

#[test]
fn a_host_that_is_late_still_tells_two_scans_apart() {
    let mut rig = Rig::accepting(Trigger::AlwaysOn);
    rig.driver.receive(rig.now, b"FIRST");
    rig.driver.receive(rig.now + Duration::from_millis(200), b"SECOND\r");
    let last = rig.told();
    assert_eq!(last, ["SECOND"], "the one not taken gave way to the next");
    assert_eq!(rig.told(), NOTHING);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    /// Whatever comes, in whatever pieces, the same is told.
    #[test]
    fn any_split_of_bytes_gives_the_same_events(
        bytes in prop::collection::vec(
            prop_oneof![4 => any::<u8>(), 4 => 0x20u8..0x7F, 1 => Just(b'\r'), 1 => Just(b'\n')],
            0..1500,
        ),
        pieces in prop::collection::vec(1usize..50, 1..8),
    ) {
        let now = Instant::from_millis(5);
        let feed = |pieces: &[usize]| {
            let mut driver = ScannerDriver::default();
            driver.link_opened(now);
            driver.submit(now, ScannerCommand::Accept(true)).unwrap();
            let (mut rest, mut events) = (&bytes[..], Vec::new());
            for piece in pieces.iter().cycle() {
                let (head, tail) = rest.split_at(rest.len().min(*piece));
                driver.receive(now, head);
                rest = tail;
                if rest.is_empty() {
                    break;
                }
            }
            driver.handle_timeout(now + Duration::from_secs(1));
            events.extend(told(&mut driver));
            events
        };
        prop_assert_eq!(feed(&[usize::MAX]), feed(&pieces));
    }

    /// A framer finds each line once, and never more than it may hold.
    #[test]
    fn lines_are_scans(lines in prop::collection::vec("[!-\\[^-~]{1,600}", 0..6)) {
        let mut framer = ScanFramer::new();
        let mut found = Vec::new();
        for byte in lines.join("\r\n").bytes() {
            found.extend(framer.push(byte));
        }
        found.extend(framer.end());
        prop_assert_eq!(found.len(), lines.len());
        for (found, line) in found.iter().zip(&lines) {
            match found {
                Ok(scan) => prop_assert_eq!(scan.reveal(), line),
                Err(error) => {
                    prop_assert_eq!(*error, ScanError::TooLong);
                    prop_assert!(line.len() > SCAN_BYTES_MAX);
                }
            }
        }
        prop_assert!(!framer.is_waiting());
    }
}

#[test]
fn a_scan_is_dropped_when_none_was_accepted_for_a_moment_in_its_middle() {
    let mut rig = Rig::accepting(Trigger::AlwaysOn);
    rig.driver.receive(rig.now, b"HALF-");
    rig.accept(false);
    rig.accept(true);
    rig.driver.receive(rig.now, b"REST\r");
    rig.driver.receive(rig.now, b"NEXT\r");
    assert_eq!(rig.told(), ["Accepting(true)", "NEXT"]);
}

#[test]
fn news_that_nobody_takes_hide_neither_a_scan_nor_the_end_of_a_command() {
    let mut rig = Rig::new(Trigger::AlwaysOn);
    rig.accept(true);
    rig.driver.receive(rig.now, b"GOOD\r");
    for _ in 0..100 {
        rig.driver.receive(rig.now, b"\x01\r");
    }
    let told = rig.told();
    assert_eq!(told[..2], ["Accepting(true)", "GOOD"]);
    assert!(told[2..].iter().all(|told| told == "Dropped(Garbage)"), "{told:?}");
}
