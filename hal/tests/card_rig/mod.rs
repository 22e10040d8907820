//! A driver and a simulated reader, joined by a pipe, in told time.

#![allow(dead_code, clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use gongji_hal::{
    card::{
        CardCommand, CardDriver, CardError, CardEvent, Pin, SocialCard, VerifyError,
        sim::{ReaderKind, SimCard, SimReader},
    },
    driver::{DeviceState, Driver, Machine},
    time::{Duration, Instant},
};

pub const KINDS: [ReaderKind; 6] = ReaderKind::ALL;

/// Steps without progress of time after which a machine counts as spinning.
const STEPS_MAX: usize = 20_000;

pub struct Rig {
    pub driver: CardDriver,
    pub reader: SimReader,
    pub now: Instant,
    /// What the driver told, results of reading aside.
    pub told: Vec<String>,
    pub results: Vec<Result<SocialCard, CardError>>,
    pub verified: Vec<Result<(), VerifyError>>,
    /// Sizes of the pieces in which bytes arrive, used round and round.
    pub pieces: Vec<usize>,
    /// Time that each piece takes.
    pub piece_time: Duration,
    /// Bytes go nowhere, in both directions.
    pub cut: bool,
    next_piece: usize,
}

impl Rig {
    pub fn new(kind: ReaderKind) -> Self {
        let mut rig = Self {
            driver: CardDriver::new(),
            reader: SimReader::new(kind),
            now: Instant::from_millis(1000),
            told: Vec::new(),
            results: Vec::new(),
            verified: Vec::new(),
            pieces: vec![usize::MAX],
            piece_time: Duration::from_millis(0),
            cut: false,
            next_piece: 0,
        };
        rig.reader.link_opened(rig.now);
        rig.driver.link_opened(rig.now);
        rig
    }

    /// A rig whose reader has answered and told of `card`.
    pub fn with_card(kind: ReaderKind, card: SimCard) -> Self {
        let mut rig = Self::new(kind);
        rig.run_for(1000);
        rig.insert(card);
        rig.run_for(1000);
        assert!(rig.driver.is_card_present(), "{:?}", rig.told);
        rig.told.clear();
        rig
    }

    pub fn insert(&mut self, card: SimCard) {
        self.reader.insert(self.now, card);
    }

    pub fn remove(&mut self) {
        self.reader.remove(self.now);
    }

    /// Reads the card and returns how that ended and after how many milliseconds.
    pub fn read(&mut self) -> (Result<SocialCard, CardError>, u64) {
        let start = self.now;
        self.driver.submit(start, CardCommand::Read).expect("the command is taken");
        let end = start + Duration::from_secs(30);
        while self.results.is_empty() {
            assert!(self.now < end, "no result after 30 s");
            self.step(end);
        }
        assert_eq!(self.results.len(), 1);
        (self.results.remove(0), self.now.since(start).as_millis())
    }

    /// Has the card check a PIN; how that ended and after how many milliseconds.
    pub fn verify(&mut self, pin: &str) -> (Result<(), VerifyError>, u64) {
        let start = self.now;
        self.driver.submit(start, CardCommand::Verify(Pin::new(pin).unwrap())).expect("taken");
        let end = start + Duration::from_secs(30);
        while self.verified.is_empty() {
            assert!(self.now < end, "no result after 30 s");
            self.step(end);
        }
        (self.verified.remove(0), self.now.since(start).as_millis())
    }

    pub fn run_for(&mut self, ms: u64) {
        let end = self.now + Duration::from_millis(ms);
        let mut steps = 0;
        while self.now < end {
            let before = self.now;
            self.step(end);
            steps = if self.now == before { steps + 1 } else { 0 };
            assert!(steps < STEPS_MAX, "a machine spins");
        }
    }

    /// Moves what there is to move, then goes to the next moment that anybody waits for.
    fn step(&mut self, end: Instant) {
        self.exchange();
        let due = [self.driver.next_timeout(), self.reader.next_timeout()];
        let next = due.into_iter().flatten().min().unwrap_or(end).min(end);
        self.now = self.now.max(next);
        for (at, is_driver) in [(due[0], true), (due[1], false)] {
            if at.is_some_and(|at| at <= self.now) {
                if is_driver {
                    self.driver.handle_timeout(self.now);
                } else {
                    self.reader.handle_timeout(self.now);
                }
            }
        }
        self.exchange();
    }

    fn exchange(&mut self) {
        let mut steps = 0;
        loop {
            let piece = self.pieces[self.next_piece % self.pieces.len()];
            let out = self.driver.pending_output(self.now);
            let bytes = out[..out.len().min(piece)].to_vec();
            self.driver.output_taken(self.now, bytes.len());
            let back = self.reader.pending_output(self.now);
            let answer = back[..back.len().min(piece)].to_vec();
            self.reader.output_taken(self.now, answer.len());
            if bytes.is_empty() && answer.is_empty() {
                break;
            }
            self.next_piece += 1;
            self.now = self.now + self.piece_time;
            if !self.cut {
                self.reader.receive(self.now, &bytes);
                self.driver.receive(self.now, &answer);
            }
            steps += 1;
            assert!(steps < STEPS_MAX, "bytes without end");
        }
        while let Some(event) = self.driver.poll_event() {
            match event {
                CardEvent::Read(result) => {
                    self.told.push("Read".into());
                    self.results.push(result);
                }
                CardEvent::Verified(result) => {
                    self.told.push("Verified".into());
                    self.verified.push(result);
                }
                CardEvent::Reader { firmware, echo } => {
                    self.told.push(format!("Reader {firmware} {echo}"));
                }
                CardEvent::State(state) => self.told.push(format!("{state:?}")),
                other => self.told.push(format!("{other:?}")),
            }
        }
    }

    /// Noise on the line towards the driver.
    pub fn noise(&mut self, bytes: &[u8]) {
        self.driver.receive(self.now, bytes);
    }

    pub fn state(&self) -> DeviceState {
        self.driver.state()
    }
}

pub fn card() -> SimCard {
    SimCard::builder().build().expect("the default card is valid")
}

pub fn named(name: &str) -> SimCard {
    SimCard::builder().name(name).card_id([name.len() as u8; 16]).build().expect("valid")
}
