//! The thread that owns the visit: events in, effects out, the screen after each.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use crossbeam_channel::{Receiver, RecvTimeoutError, Sender};
use jiff::civil::DateTime;

use crate::config::Config;
use crate::devices::card::CardReader;
use crate::devices::code::CodeScanner;
use crate::devices::idcard::IdCardReader;
use crate::view;
use crate::view::model::ViewModel;
use crate::visit::event::{Effect, Event, Now, StaffReason};
use crate::visit::{Kiosk, Limits, Settings};

use super::bell::Bell;
use super::clerk::Clerk;
use super::press::Press;
use super::region::Region;
use super::{Clock, Face};

/// How long the thread sleeps at most, so that the clock on the screen is right.
const CLOCK_WAIT: Duration = Duration::from_secs(60);

/// What reaches the conductor.
pub(super) enum Message {
    Event(Event),
    Stop,
}

/// Those who carry out what the visit asks for.
pub(super) struct Desk {
    pub(super) card: CardReader,
    pub(super) idcard: Option<IdCardReader>,
    pub(super) code: Option<CodeScanner>,
    pub(super) press: Option<Press>,
    pub(super) clerk: Clerk,
    pub(super) bell: Bell,
}

/// The running conductor; dropped, it ends the visit.
pub(super) struct Conductor {
    inbox: Sender<Message>,
    thread: Option<JoinHandle<()>>,
}

impl Conductor {
    pub(super) fn start(
        config: &Config,
        clock: Clock,
        region: Region,
        desk: Desk,
        (inbox, messages): (Sender<Message>, Receiver<Message>),
        face: Box<dyn Face>,
    ) -> std::io::Result<Self> {
        let score = Score::new(config, clock, region, desk, face);
        let thread = std::thread::Builder::new()
            .name("visit".into())
            .spawn(move || score.play(&messages))?;
        Ok(Self { inbox, thread: Some(thread) })
    }
}

impl Drop for Conductor {
    fn drop(&mut self) {
        let _ = self.inbox.send(Message::Stop);
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

struct Score {
    kiosk: Kiosk,
    desk: Desk,
    face: Box<dyn Face>,
    shown: Arc<ViewModel>,
    wall: Clock,
    clock: String,
    start: Instant,
}

impl Score {
    fn new(config: &Config, clock: Clock, region: Region, desk: Desk, face: Box<dyn Face>) -> Self {
        let (settings, limits) = plan(config, region);
        Self {
            kiosk: Kiosk::new(settings, limits),
            desk,
            face,
            shown: Arc::new(ViewModel::default()),
            wall: clock,
            clock: String::new(),
            start: Instant::now(),
        }
    }

    fn now(&self) -> Now {
        let uptime = self.start.elapsed().as_millis();
        Now { uptime_ms: u64::try_from(uptime).unwrap_or(u64::MAX), wall: (self.wall)() }
    }

    fn play(mut self, messages: &Receiver<Message>) {
        self.show();
        loop {
            match messages.recv_timeout(self.patience()) {
                Ok(Message::Event(event)) => self.take(event),
                Ok(Message::Stop) | Err(RecvTimeoutError::Disconnected) => break,
                Err(RecvTimeoutError::Timeout) => self.take(Event::Tick),
            }
            self.show();
        }
        // Nothing of a patron stays on the screen while the kiosk shuts down.
        self.face.show(&Arc::new(ViewModel::default()));
    }

    /// How long nothing needs to be done: until the visit's next deadline or the next minute.
    fn patience(&self) -> Duration {
        let now = self.now();
        let seconds = u64::try_from(now.wall.second()).unwrap_or(0);
        let minute = CLOCK_WAIT.saturating_sub(Duration::from_secs(seconds));
        match self.kiosk.next_deadline() {
            Some(at) => minute.min(Duration::from_millis(at.saturating_sub(now.uptime_ms))),
            None => minute,
        }
    }

    fn take(&mut self, event: Event) {
        let now = self.now();
        let kiosk = &mut self.kiosk;
        // A fault in the visit's own code must not stand before a patron: the visit is dropped, the
        // kiosk goes on.
        let effects = match catch_unwind(AssertUnwindSafe(|| kiosk.step(now, event))) {
            Ok(effects) => effects,
            Err(_) => {
                // The visit was taken out to be stepped, so that it is gone by now.
                log::error!("visit.panicked the visit was dropped");
                vec![Effect::ReleaseCard]
            }
        };
        for effect in effects {
            self.perform(effect);
        }
    }

    fn perform(&mut self, effect: Effect) {
        match effect {
            Effect::ReadCard => self.desk.card.read(),
            Effect::ReleaseCard => self.desk.card.release(),
            Effect::Accept { documents, codes } => {
                if let Some(reader) = &self.desk.idcard {
                    reader.accept(documents);
                }
                if let Some(scanner) = &self.desk.code {
                    scanner.accept(codes);
                }
            }
            Effect::Query { id, query } => self.desk.clerk.ask(id, query),
            Effect::VerifyPin { pin } => self.desk.card.verify(&pin),
            Effect::Operate { id, request } => self.desk.clerk.operate(id, request),
            Effect::Print { id, slip, copy } => {
                let printed_at = self.now().wall;
                if let Some(press) = &self.desk.press {
                    press.print(id, slip, copy, printed_at);
                }
            }
            Effect::StopPrint { id } => {
                if let Some(press) = &self.desk.press {
                    press.stop(id);
                }
            }
            Effect::CallStaff { reason } => self.desk.bell.call(reason),
            Effect::RemindCard => self.desk.bell.remind(StaffReason::CardLeft),
            Effect::RemindDocument => self.desk.bell.remind(StaffReason::DocumentLeft),
            Effect::DismissStaff => self.desk.bell.dismiss(),
        }
    }

    fn show(&mut self) {
        let now = self.now();
        let clock = clock_text(now.wall);
        if clock != self.clock {
            self.face.clock(&clock);
            self.clock = clock;
        }
        let view = view::present(&self.kiosk, now);
        if view != *self.shown {
            self.shown = Arc::new(view);
            self.face.show(&self.shown);
        }
    }
}

/// What the configuration and the region mean for the visit.
fn plan(config: &Config, region: Region) -> (Settings, Limits) {
    let settings = Settings {
        region: region.name,
        rules: Some(region.rules),
        slot_hint: Some(config.kiosk.slot_hint.clone()),
        document_hint: Some(config.kiosk.document_hint.clone()),
        code_hint: Some(config.kiosk.code_hint.clone()),
        hotline: region.hotline,
        documents: config.idcard.is_some(),
        codes: config.code.is_some(),
        printer: config.printer.is_some(),
        staff_told: !config.staff.notify.is_empty(),
    };
    let limits = Limits {
        idle_ms: u64::from(config.visit.idle_seconds) * 1000,
        warning_ms: u64::from(config.visit.warning_seconds) * 1000,
        ..Limits::default()
    };
    (settings, limits)
}

/// `11月22日 上午 9:41`
fn clock_text(wall: DateTime) -> String {
    let half = match wall.hour() {
        0..=4 => "凌晨",
        5..=11 => "上午",
        12 => "中午",
        13..=17 => "下午",
        _ => "晚上",
    };
    let hour = if wall.hour() > 12 { wall.hour() - 12 } else { wall.hour() };
    format!("{}月{}日 {half} {hour}:{:02}", wall.month(), wall.day(), wall.minute())
}
