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

const PAPER_OUT: [u8; 4] = [0x1A, 0x32, 0x12, 0x7E];
const FENCE: [u8; 3] = [0x1D, 0x72, 1];

fn count(bytes: &[u8], wanted: &[u8]) -> usize {
    bytes.windows(wanted.len()).filter(|window| *window == wanted).count()
}

/// Ends the page; gives the process id asked for and the answers to the page's questions.
fn end_page(hand: &mut Hand) -> ([u8; 7], Vec<u8>) {
    let now = hand.now();
    hand.driver.write(now, b"a line\n");
    hand.driver.submit(now, Command::EndPage).unwrap();
    let sent = hand.sent();
    let at = sent.windows(3).position(|w| w == [0x1D, 0x28, 0x48]).expect("a process id is asked");
    let mut id = [0x37, 0x22, 0, 0, 0, 0, 0];
    id[2..6].copy_from_slice(&sent[at + 7..at + 11]);
    (id, vec![0; count(&sent, &FENCE)])
}

/// As [`end_page`], with the job, and the fence is answered.
fn end_job(hand: &mut Hand) -> [u8; 7] {
    let (id, fences) = end_page(hand);
    hand.driver.submit(hand.now(), Command::Finish).unwrap();
    hand.answer(&fences);
    hand.answer(&[0x10, 0, 0, 0]);
    id
}

fn final_state(hand: &Hand) -> Option<JobState> {
    hand.events.iter().find_map(|event| match event {
        Event::Job { state, .. } if state.is_final() => Some(*state),
        _ => None,
    })
}

#[test]
fn a_process_id_after_its_fence_still_proves_the_page() {
    // The fence tells that all was taken in; printing may take longer, and longer still when the
    // paper ends meanwhile.
    for held in [false, true] {
        let mut hand = Hand::in_job(SimConfig::default());
        let id = end_job(&mut hand);
        if held {
            hand.answer(&[0x18, 0, 0x0F, 0]);
            hand.wait(10_000);
            hand.sent();
            hand.answer(&PAPER_OUT);
            hand.wait(60);
            hand.answer(&[0x10, 0, 0, 0]);
            hand.wait(100);
            hand.sent();
            hand.answer(&OK);
        }
        hand.wait(400);
        hand.sent();
        assert_eq!(final_state(&hand), None, "held {held}");
        hand.answer(&id);
        let end = JobState::Printed { pages: 1, proof: Proof::ProcessId };
        assert_eq!(final_state(&hand), Some(end), "held {held}");
    }
}

#[test]
fn a_fence_without_its_process_id_proves_the_page_only_with_a_clean_status() {
    // In order all the time, never, or no more when it is asked last.
    for (ok_until, proven) in [(u64::MAX, true), (0, false), (1600, false)] {
        let mut hand = Hand::in_job(SimConfig::default());
        end_job(&mut hand);
        let begin = hand.ms;
        for _ in 0..300 {
            hand.wait(10);
            if !hand.sent().is_empty() {
                let ok = hand.ms - begin < ok_until;
                hand.answer(if ok { &OK } else { &PAPER_OUT });
            }
        }
        let fence = JobState::Printed { pages: 1, proof: Proof::Fence };
        assert_eq!(final_state(&hand), proven.then_some(fence), "in order until {ok_until}");
    }
}

#[test]
fn late_fences_of_one_page_are_not_taken_for_the_next_ones() {
    let mut hand = Hand::in_job(SimConfig::default());
    let (id, fences) = end_page(&mut hand);
    hand.answer(&fences[..1]);
    hand.answer(&id);
    assert_eq!(hand.driver.write(hand.now(), b"x"), 0, "the fence's answers still come");
    hand.answer(&fences[1..]);
    assert_eq!(hand.driver.write(hand.now(), b"x"), 1);
    // Lost, they are waited for no longer than a second.
    let mut hand = Hand::in_job(SimConfig::default());
    let (id, fences) = end_page(&mut hand);
    hand.answer(&fences[..1]);
    hand.answer(&id);
    hand.wait(1000);
    assert_eq!(hand.driver.write(hand.now(), b"x"), 1);
}

#[test]
fn the_roll_s_end_in_an_ordered_answer_is_looked_into_at_once() {
    let mut hand = Hand::in_job(without_asb());
    hand.wait(1);
    hand.sent();
    hand.answer(&OK);
    hand.wait(60);
    hand.answer(&[0x0F]);
    hand.wait(1);
    assert_eq!(count(&hand.sent(), &[0x10, 4, 4]), 1);
    hand.answer(&PAPER_OUT);
    hand.wait(60);
    assert_eq!(hand.driver.status().paper, Paper::Out);
}

#[test]
fn even_a_small_image_is_asked_after_before_anything_follows() {
    let mut hand = Hand::in_job(SimConfig::default());
    let image = [0x1D, 0x76, 0x30, 0, 1, 0, 3, 0, 0xAA, 0xAA, 0xAA];
    hand.driver.write(hand.now(), &[&image[..], b"text\n"].concat());
    assert_eq!(hand.sent(), [&image[..], &FENCE].concat());
    hand.answer(&[0]);
    assert_eq!(hand.sent(), b"text\n");
}

#[test]
fn what_is_given_up_is_cleared_from_the_printer() {
    let mut hand = Hand::in_job(SimConfig::default());
    let now = hand.now();
    hand.driver.write(now, b"a line\n");
    hand.sent();
    hand.answer(&[0x18, 0, 0x0F, 0]);
    hand.driver.submit(now, Command::Cancel).unwrap();
    assert_eq!(count(&hand.sent(), &[0x10, 0x14, 8, 1, 3, 0x14, 1, 6, 2, 8]), 1);
}
