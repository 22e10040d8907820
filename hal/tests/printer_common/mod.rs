//! A bench: driver and simulated printer joined by a byte pipe, with told time.
#![allow(dead_code)]

use std::collections::VecDeque;

use gongji_hal::{
    driver::{DeviceState, Driver, Machine},
    printer::{
        driver::{Command, Config, Event, JobId, JobState, PrinterDriver},
        encode::{Encoder, QrLevel},
        profile::{Font, Paper},
        sim::{NoGlyphs, SimConfig, SimPrinter},
        status::Hold,
    },
    time::Instant,
};

/// Pages as bytes, with the text that a patron should read on each.
#[derive(Clone)]
pub struct Script {
    pages: Vec<(Vec<u8>, String)>,
}

impl Script {
    pub const TEXT_LINES: u32 = 6;
    pub const RASTER_ROWS: usize = 60;

    pub fn pages(count: usize) -> Self {
        Self::range(0..count)
    }

    /// Pages with these numbers.
    pub fn range(numbers: std::ops::Range<usize>) -> Self {
        Self::on(Paper::Mm80, numbers)
    }

    /// Pages with these numbers for such paper.
    pub fn on(paper: Paper, numbers: std::ops::Range<usize>) -> Self {
        Self { pages: numbers.map(|number| page(paper, number)).collect() }
    }

    /// A page of these bytes, on which this is read.
    pub fn of(bytes: Vec<u8>, text: &str) -> Self {
        Self { pages: vec![(bytes, text.to_owned())] }
    }

    pub fn numbered(number: usize) -> Self {
        Self::range(number..number + 1)
    }

    /// A page of text several times as long as the printer's buffer.
    pub fn long() -> Self {
        let mut encoder = Encoder::new(Vec::new(), Paper::Mm80, Font::Gb18030);
        let mut text = String::new();
        encoder.init().unwrap();
        for row in 0..300 {
            let line = format!("{row:03} 门诊统筹 共济支付 个人账户 123.45");
            encoder.line(&line).unwrap();
            text.push_str(&line);
            text.push('\n');
        }
        Self { pages: vec![(encoder.into_sink(), text)] }
    }

    /// A page of raster full of what looks like real-time requests.
    pub fn phantoms() -> Self {
        let mut encoder = Encoder::new(Vec::new(), Paper::Mm80, Font::Gb18030);
        encoder.init().unwrap();
        let mut rows = vec![0xFF; 72 * 480];
        for chunk in rows.chunks_mut(701) {
            chunk[..3].copy_from_slice(&[0x10, 0x04, 0x01]);
        }
        encoder.raster(72, &rows).unwrap();
        Self { pages: vec![(encoder.into_sink(), String::new())] }
    }

    pub fn page_bytes(&self) -> &[u8] {
        &self.pages[0].0
    }

    pub fn bytes(&self) -> usize {
        self.pages.iter().map(|(bytes, _)| bytes.len()).sum()
    }

    pub fn texts(&self) -> Vec<String> {
        self.pages.iter().map(|(_, text)| text.clone()).collect()
    }
}

fn page(paper: Paper, number: usize) -> (Vec<u8>, String) {
    let mut encoder = Encoder::new(Vec::new(), paper, Font::Gb18030);
    let mut text = String::new();
    encoder.init().unwrap();
    let mut line = |encoder: &mut Encoder<Vec<u8>>, content: String| {
        encoder.line(&content).unwrap();
        text.push_str(&content);
        text.push('\n');
    };
    for row in 0..Script::TEXT_LINES {
        line(&mut encoder, format!("第{number}页 第{row}行 余额 1234.56"));
    }
    let row_bytes = usize::from(paper.dots() / 8);
    encoder.raster(row_bytes, &vec![0xAA; row_bytes * Script::RASTER_ROWS]).unwrap();
    encoder.qr(format!("slip-{number}").as_bytes(), 6, QrLevel::Medium).unwrap();
    line(&mut encoder, "本凭条仅供核对".to_owned());
    encoder.feed(2).unwrap();
    (encoder.into_sink(), text)
}

/// What the host knows of such a printer.
fn known(config: &SimConfig) -> Config {
    Config { baud: config.baud, speed_mm_s: config.speed_mm_s, ..Config::default() }
}

pub struct Bench {
    pub driver: PrinterDriver,
    pub sim: SimPrinter,
    pub events: Vec<Event>,
    /// The pipe to the printer takes nothing.
    pub stuck: bool,
    /// The pipe to the printer takes so many bytes more and then nothing.
    pub stuck_after: Option<usize>,
    /// Answers to process ids and fences are lost on the way.
    pub drop_blocks: bool,
    chunks: Vec<usize>,
    turn: usize,
    ms: u64,
    linked: bool,
    script: VecDeque<Vec<u8>>,
    at: usize,
    last_page: bool,
}

impl Bench {
    pub fn new(config: SimConfig, chunks: Vec<usize>) -> Self {
        Self {
            driver: PrinterDriver::new(known(&config)),
            sim: SimPrinter::new(config, Box::new(NoGlyphs)),
            events: Vec::new(),
            stuck: false,
            stuck_after: None,
            drop_blocks: false,
            chunks,
            turn: 0,
            ms: 1000,
            linked: false,
            script: VecDeque::new(),
            at: 0,
            last_page: false,
        }
    }

    pub fn opened(config: SimConfig) -> Self {
        Self::opened_with(config, vec![4096])
    }

    /// A printer with a tear bar and no cutter.
    pub fn opened_without_cutter(config: SimConfig) -> Self {
        let mut bench = Self::new(config, vec![4096]);
        bench.driver = PrinterDriver::new(Config { cutter: false, ..known(&config) });
        bench.open()
    }

    pub fn opened_with(config: SimConfig, chunks: Vec<usize>) -> Self {
        Self::new(config, chunks).open()
    }

    /// Plugged in and in order.
    fn open(mut self) -> Self {
        self.plug();
        self.run_until(|b| b.driver.state() == DeviceState::Online, 10_000, "opening");
        self
    }

    pub fn now(&self) -> Instant {
        Instant::from_millis(self.ms)
    }

    pub fn plug(&mut self) {
        let now = self.now();
        self.sim.link_opened(now);
        self.driver.link_opened(now);
        self.linked = true;
    }

    pub fn unplug(&mut self) {
        let now = self.now();
        self.sim.link_lost(now);
        self.driver.link_lost(now);
        self.linked = false;
        self.script.clear();
    }

    pub fn replug(&mut self) {
        self.unplug();
        self.run(500);
        self.plug();
    }

    pub fn mend(&mut self) {
        let now = self.now();
        self.sim.mend(now, 50_000);
    }

    pub fn start(&mut self, script: &Script) {
        assert!(self.try_start(script), "refused");
    }

    /// Starts a job unless it is refused.
    pub fn try_start(&mut self, script: &Script) -> bool {
        let now = self.now();
        self.events.clear();
        if self.driver.submit(now, Command::Start(JobId(42))).is_err() {
            return false;
        }
        self.script = script.pages.iter().map(|(bytes, _)| bytes.clone()).collect();
        self.at = 0;
        self.last_page = false;
        self.work();
        true
    }

    pub fn paper(&self) -> Paper {
        if self.sim.uncut().bitmap().width() == 384 { Paper::Mm58 } else { Paper::Mm80 }
    }

    /// Starts, runs to the end, and gives the final state.
    pub fn print(&mut self, script: &Script) -> JobState {
        self.start(script);
        self.finish("print")
    }

    pub fn finish(&mut self, what: &str) -> JobState {
        self.run_until(|b| b.final_state().is_some(), 120_000, what);
        let state = self.final_state().unwrap();
        // Exactly one final state, and none after it.
        self.run(3000);
        let finals = self.job_states().iter().filter(|s| s.is_final()).count();
        assert_eq!(finals, 1, "{what}: {:?}", self.events);
        state
    }

    pub fn run_until(&mut self, done: impl Fn(&Self) -> bool, limit_ms: u64, what: &str) {
        let limit = self.ms + limit_ms;
        self.work();
        while !done(self) {
            assert!(self.ms < limit, "{what}: not within {limit_ms} ms: {:?}", self.events);
            self.step(limit);
        }
    }

    pub fn run(&mut self, ms: u64) {
        let limit = self.ms + ms;
        self.work();
        while self.ms < limit {
            self.step(limit);
        }
    }

    fn step(&mut self, limit: u64) {
        let next = [self.driver.next_timeout(), self.sim.next_timeout()];
        let next = next.into_iter().flatten().min().map_or(limit, Instant::as_millis);
        self.ms = next.clamp(self.ms + 1, limit.max(self.ms + 1));
        let now = self.now();
        if self.driver.next_timeout().is_some_and(|at| at <= now) {
            self.driver.handle_timeout(now);
        }
        self.sim.handle_timeout(now);
        self.work();
    }

    fn chunk(&mut self) -> usize {
        self.turn += 1;
        self.chunks[self.turn % self.chunks.len()]
    }

    /// Moves bytes and pages until nothing moves.
    fn work(&mut self) {
        loop {
            let now = self.now();
            let chunk = self.chunk();
            let mut moved = self.feed_page();
            let most = if self.stuck { 0 } else { self.stuck_after.unwrap_or(chunk).min(chunk) };
            let bytes = head(self.driver.pending_output(now), most);
            if self.linked && !bytes.is_empty() {
                if let Some(left) = &mut self.stuck_after {
                    *left -= bytes.len();
                }
                self.driver.output_taken(now, bytes.len());
                self.sim.receive(now, &bytes);
                moved = true;
            }
            let bytes = head(self.sim.pending_output(now), chunk);
            if self.linked && !bytes.is_empty() {
                self.sim.output_taken(now, bytes.len());
                if !(self.drop_blocks && bytes[0] == 0x37) {
                    self.driver.receive(now, &bytes);
                }
                moved = true;
            }
            while let Some(event) = self.driver.poll_event() {
                self.events.push(event);
                moved = true;
            }
            if !moved {
                return;
            }
        }
    }

    /// Plays the host's part of the job.
    fn feed_page(&mut self) -> bool {
        let now = self.now();
        let Some(page) = self.script.front() else { return false };
        if self.at < page.len() {
            let count = self.driver.write(now, &page[self.at..]);
            self.at += count;
            return count > 0;
        }
        if self.driver.submit(now, Command::EndPage).is_err() {
            return false;
        }
        self.script.pop_front();
        self.at = 0;
        if self.script.is_empty() {
            self.driver.submit(now, Command::Finish).unwrap();
        }
        true
    }

    pub fn held(&self) -> Option<Hold> {
        self.events.iter().rev().find_map(|event| match event {
            Event::Held { hold, .. } => Some(*hold),
            _ => None,
        })?
    }

    pub fn job_states(&self) -> Vec<JobState> {
        let state = |event: &Event| match event {
            Event::Job { state, .. } => Some(*state),
            _ => None,
        };
        self.events.iter().filter_map(state).collect()
    }

    pub fn final_state(&self) -> Option<JobState> {
        self.job_states().into_iter().find(|state| state.is_final())
    }

    pub fn pages_printed(&self) -> usize {
        self.events.iter().filter(|e| matches!(e, Event::PagePrinted { .. })).count()
    }

    /// The texts of the pieces of paper that carry anything.
    pub fn texts(&self) -> Vec<String> {
        self.sim.papers().iter().filter(|p| !p.is_blank()).map(|p| p.text()).collect()
    }
}

fn head(bytes: &[u8], chunk: usize) -> Vec<u8> {
    bytes[..bytes.len().min(chunk)].to_vec()
}
