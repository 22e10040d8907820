//! Answers in an order and at times that only real printers give them: the driver played by hand.
#![cfg(feature = "sim")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

#[path = "printer_common/mod.rs"]
mod common;

use common::Bench;
use gongji_hal::{
    driver::{Driver, Machine},
    printer::{
        driver::{Command, Event, JobId, JobState, PrinterDriver, Proof},
        sim::SimConfig,
        status::Paper,
    },
    time::Instant,
};

/// A driver whose printer is played by the test from here on.
struct Hand {
    driver: PrinterDriver,
    ms: u64,
    events: Vec<Event>,
}

const OK: [u8; 4] = [0x12; 4];

impl Hand {
    /// With a job begun and its first question answered.
    fn in_job(config: SimConfig) -> Self {
        let bench = Bench::opened(config);
        let ms = bench.now().as_millis() + 1;
        let mut hand = Self { driver: bench.driver, ms, events: Vec::new() };
        hand.driver.submit(hand.now(), Command::Start(JobId(5))).unwrap();
        hand.wait(1);
        assert!(!hand.sent().is_empty());
        hand.answer(&OK);
        // Whether or not the line had to be quiet.
        hand.wait(60);
        hand
    }

    fn now(&self) -> Instant {
        Instant::from_millis(self.ms)
    }

    fn answer(&mut self, bytes: &[u8]) {
        self.driver.receive(self.now(), bytes);
        self.take_events();
    }

    fn take_events(&mut self) {
        while let Some(event) = self.driver.poll_event() {
            self.events.push(event);
        }
    }

    fn wait(&mut self, ms: u64) {
        for _ in 0..ms {
            self.ms += 1;
            let now = self.now();
            if self.driver.next_timeout().is_some_and(|at| at <= now) {
                self.driver.handle_timeout(now);
            }
        }
        self.take_events();
    }

    /// Takes at most so many of the bytes that the driver sends.
    fn take(&mut self, most: usize) -> Vec<u8> {
        let mut all = Vec::new();
        loop {
            let now = self.now();
            let bytes = self.driver.pending_output(now).to_vec();
            let count = bytes.len().min(most - all.len());
            if count == 0 {
                return all;
            }
            self.driver.output_taken(now, count);
            all.extend_from_slice(&bytes[..count]);
        }
    }

    fn sent(&mut self) -> Vec<u8> {
        self.take(usize::MAX)
    }

    fn checked(&self) -> Option<Paper> {
        self.events.iter().find_map(|event| match event {
            Event::Checked(status) => Some(status.paper),
            _ => None,
        })
    }
}

/// A symbol whose content, not its dots, holds a request: it cannot be made harmless.
fn symbol() -> Vec<u8> {
    let mut bytes = vec![0x1D, 0x28, 0x6B, 43, 0, 0x31, 0x50, 0x30];
    bytes.extend([0x41; 20]);
    bytes.extend([0x10, 0x04, 0x01]);
    bytes.extend([0x42; 17]);
    bytes
}

fn without_asb() -> SimConfig {
    SimConfig { asb: false, ..SimConfig::default() }
}

#[test]
fn a_phantom_before_the_answers_is_not_taken_for_the_first_of_them() {
    // The request in the symbol leaves before the round begins, or while it waits to leave.
    for first in [usize::MAX, 20] {
        let mut hand = Hand::in_job(without_asb());
        let now = hand.now();
        hand.driver.write(now, &symbol());
        hand.take(first);
        hand.driver.submit(now, Command::CheckStatus).unwrap();
        hand.wait(1);
        let sent = hand.sent();
        assert!(sent.ends_with(&[0x10, 4, 4]), "{sent:02X?}");
        // The phantom, and three of four answers; the roll's comes a moment later.
        hand.answer(&OK);
        hand.wait(5);
        assert_eq!(hand.checked(), None, "nothing is believed yet");
        hand.answer(&[0x7E]);
        hand.wait(200);
        assert!(!hand.sent().is_empty(), "asked again");
        hand.answer(&[0x1A, 0x32, 0x12, 0x7E]);
        hand.wait(100);
        assert_eq!(hand.checked(), Some(Paper::Out), "first {first}");
    }
}

/// Ends the page and the job, answers the page's own questions, and gives the process id asked for.
fn end_page(hand: &mut Hand) -> [u8; 4] {
    let now = hand.now();
    hand.driver.write(now, b"a line\n");
    hand.driver.submit(now, Command::EndPage).unwrap();
    hand.driver.submit(now, Command::Finish).unwrap();
    let sent = hand.sent();
    let at = sent.windows(3).position(|w| w == [0x1D, 0x28, 0x48]).expect("a process id is asked");
    let fences = sent.windows(3).filter(|w| *w == [0x1D, 0x72, 1]).count();
    hand.answer(&vec![0; fences]);
    hand.answer(&[0x10, 0, 0, 0]);
    sent[at + 7..at + 11].try_into().unwrap()
}

fn final_state(hand: &Hand) -> Option<JobState> {
    hand.events.iter().find_map(|event| match event {
        Event::Job { state, .. } if state.is_final() => Some(*state),
        _ => None,
    })
}

#[test]
fn a_process_id_after_its_fence_still_proves_the_page() {
    // The fence tells that all was taken in; printing may take longer.
    let mut hand = Hand::in_job(SimConfig::default());
    let [a, b, c, d] = end_page(&mut hand);
    hand.wait(1000);
    hand.sent();
    assert_eq!(final_state(&hand), None);
    hand.answer(&[0x37, 0x22, a, b, c, d, 0]);
    assert_eq!(final_state(&hand), Some(JobState::Printed { pages: 1, proof: Proof::ProcessId }));
}

#[test]
fn a_fence_without_its_process_id_proves_the_page_only_with_a_clean_status() {
    for (status, proven) in [(OK, true), ([0x1A, 0x32, 0x12, 0x7E], false)] {
        let mut hand = Hand::in_job(SimConfig::default());
        end_page(&mut hand);
        for _ in 0..30 {
            hand.wait(100);
            if !hand.sent().is_empty() {
                hand.answer(&status);
            }
        }
        let end = final_state(&hand);
        let fence = JobState::Printed { pages: 1, proof: Proof::Fence };
        assert_eq!(end, proven.then_some(fence), "{status:02X?}");
    }
}
