//! A driver and a simulated ID card reader, joined by a pipe, in told time.

#![allow(dead_code, clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use gongji_hal::{
    driver::{DeviceState, Driver, Machine},
    idcard::{
        IdCardCommand, IdCardConfig, IdCardDriver, IdCardError, IdCardEvent, IdDocument,
        sim::{AfterReading, SimIdDocument, SimIdReader},
    },
    time::{Duration, Instant},
};

pub const KINDS: [AfterReading; 3] =
    [AfterReading::Hides, AfterReading::HidesForGood, AfterReading::FindsAgain];

/// Steps without progress of time after which a machine counts as spinning.
const STEPS_MAX: usize = 20_000;

pub struct Rig {
    pub driver: IdCardDriver,
    pub reader: SimIdReader,
    pub now: Instant,
    /// What the driver told; of documents only whose they are.
    pub told: Vec<String>,
    pub results: Vec<Result<IdDocument, IdCardError>>,
    /// Sizes of the pieces in which bytes arrive, used round and round.
    pub pieces: Vec<usize>,
    /// Bytes go nowhere, in both directions.
    pub cut: bool,
    next_piece: usize,
}

impl Rig {
    /// A rig whose reader has answered.
    pub fn new(after: AfterReading) -> Self {
        let mut rig = Self::fresh(after, IdCardConfig::default());
        rig.run_for(1000);
        assert_eq!(rig.state(), DeviceState::Online, "{:?}", rig.told);
        rig.told.clear();
        rig
    }

    /// A rig that accepts documents.
    pub fn accepting(after: AfterReading) -> Self {
        let mut rig = Self::new(after);
        rig.submit(IdCardCommand::Accept(true));
        rig.run_for(10);
        rig.told.clear();
        rig
    }

    /// A rig that has just been switched on.
    pub fn fresh(after: AfterReading, config: IdCardConfig) -> Self {
        let mut rig = Self {
            driver: IdCardDriver::new(config),
            reader: SimIdReader::new(after),
            now: Instant::from_millis(1000),
            told: Vec::new(),
            results: Vec::new(),
            pieces: vec![usize::MAX],
            cut: false,
            next_piece: 0,
        };
        rig.reader.link_opened(rig.now);
        rig.driver.link_opened(rig.now);
        rig
    }

    pub fn submit(&mut self, command: IdCardCommand) {
        self.driver.submit(self.now, command).expect("the command is taken");
    }

    pub fn state(&self) -> DeviceState {
        self.driver.state()
    }

    /// What was told since the last call.
    pub fn news(&mut self) -> Vec<String> {
        core::mem::take(&mut self.told)
    }

    /// Goes on until a reading has ended, and returns how.
    pub fn result(&mut self) -> Result<IdDocument, IdCardError> {
        let end = self.now + Duration::from_secs(30);
        while self.results.is_empty() {
            assert!(self.now < end, "no result after 30 s: {:?}", self.told);
            self.step(end);
        }
        self.results.remove(0)
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
        if due[0].is_some_and(|at| at <= self.now) {
            self.driver.handle_timeout(self.now);
        }
        if due[1].is_some_and(|at| at <= self.now) {
            self.reader.handle_timeout(self.now);
        }
        self.exchange();
    }

    fn exchange(&mut self) {
        for _ in 0..STEPS_MAX {
            let piece = self.pieces[self.next_piece % self.pieces.len()];
            let out = self.driver.pending_output(self.now);
            let bytes = out[..out.len().min(piece)].to_vec();
            self.driver.output_taken(self.now, bytes.len());
            let back = self.reader.pending_output(self.now);
            let answer = back[..back.len().min(piece)].to_vec();
            self.reader.output_taken(self.now, answer.len());
            if bytes.is_empty() && answer.is_empty() {
                return self.take_events();
            }
            self.next_piece += 1;
            if !self.cut {
                self.reader.receive(self.now, &bytes);
                self.driver.receive(self.now, &answer);
            }
        }
        panic!("bytes without end");
    }

    fn take_events(&mut self) {
        while let Some(event) = self.driver.poll_event() {
            match event {
                IdCardEvent::Read(result) => {
                    self.told.push(match &result {
                        Ok(document) => format!("Read {}", document.name()),
                        Err(error) => format!("{error:?}"),
                    });
                    self.results.push(result);
                }
                IdCardEvent::Reader { sam_id } => {
                    let sam_id = sam_id.map_or_else(|| "-".into(), |id| id.to_string());
                    self.told.push(format!("Reader {sam_id}"));
                }
                IdCardEvent::State(state) => self.told.push(format!("{state:?}")),
                other => self.told.push(format!("{other:?}")),
            }
        }
    }

    /// Noise on the line towards the driver.
    pub fn noise(&mut self, bytes: &[u8]) {
        self.driver.receive(self.now, bytes);
    }
}

pub fn document() -> SimIdDocument {
    SimIdDocument::resident().build().expect("the default document is valid")
}

pub fn named(name: &str) -> SimIdDocument {
    SimIdDocument::resident().name(name).build().expect("valid")
}
