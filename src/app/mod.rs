//! The running kiosk: the visit, the ledger, the printer and the staff's bell, each on a thread of
//! its own, joined by channels.

mod bell;
mod clerk;
mod conductor;
mod papers;
mod press;
mod region;
mod registrar;
mod shared_journal;

use std::sync::Arc;

use crossbeam_channel::{Sender, unbounded};
use jiff::Zoned;
use jiff::civil::DateTime;

use crate::config::Config;
use crate::devices::printer::{Printer, PrinterReport};
use crate::devices::supervise::{DeviceNews, Roster};
use crate::devices::{card, code, idcard};
use crate::journal::{Journal, JournalError};
use crate::records::embedded::EmbeddedLedger;
use crate::records::port::Ledger;
use crate::view::model::ViewModel;
use crate::visit::event::{Event, JournalNews, Tap};

use bell::Bell;
use clerk::Clerk;
use conductor::{Conductor, Desk, Message};
use press::Press;
use region::Region;

pub use registrar::Registrar;
pub use shared_journal::SharedJournal;

/// What the kiosk shows itself on.
pub trait Face: Send + 'static {
    /// The screen has changed.
    fn show(&mut self, view: &Arc<ViewModel>);
    /// The minute has changed: `11月22日 上午 9:41`.
    fn clock(&mut self, text: &str);
}

/// Tells the hall's time.
pub type Clock = fn() -> DateTime;

/// A running kiosk; dropped, it ends the visit, closes the ports and ends its threads.
pub struct App {
    inbox: Sender<Message>,
    roster: Roster,
    // Dropped in this order: first the visit, then those who work for it.
    _conductor: Conductor,
}

impl App {
    /// Starts a kiosk on the ledger that its configuration names.
    ///
    /// # Errors
    /// As [`start`](Self::start), and when there is no such ledger.
    pub fn open(config: &Config, face: impl Face) -> Result<Self, String> {
        let ledger = EmbeddedLedger::open(&config.records.db).map_err(|e| e.to_string())?;
        Self::start(config, Box::new(ledger), face)
    }

    /// Starts a kiosk.
    ///
    /// # Errors
    /// One sentence, when a pack or the region is wrong, the journal cannot be opened or a thread cannot
    /// be started. A device that is away is no error: the kiosk starts and says so.
    pub fn start(
        config: &Config,
        ledger: Box<dyn Ledger>,
        face: impl Face,
    ) -> Result<Self, String> {
        Self::start_by(wall, config, ledger, face)
    }

    /// As [`start`](Self::start), with another clock on the hall's wall.
    ///
    /// # Errors
    /// As [`start`](Self::start).
    pub fn start_by(
        clock: Clock,
        config: &Config,
        ledger: Box<dyn Ledger>,
        face: impl Face,
    ) -> Result<Self, String> {
        log::info!("kiosk.started terminal={}", config.kiosk.terminal_no);
        let region = Region::of(config, clock().date())?;
        let (inbox, outbox) = unbounded();
        let journal = open_journal(config, clock(), post(&inbox, Event::Journal))
            .map_err(|e| e.to_string())?;
        let registrar = Registrar::new(journal.clone(), clock).map_err(|e| e.to_string())?;
        let roster = Roster::default();
        let no_thread = |e: std::io::Error| format!("no thread could be started: {e}");
        let card = card::start(&config.card, post(&inbox, Event::Card), note(&roster))
            .map_err(no_thread)?;
        let idcard = match &config.idcard {
            Some(section) => {
                let reader = idcard::start(section, post(&inbox, Event::Document), note(&roster));
                Some(reader.map_err(no_thread)?)
            }
            None => None,
        };
        let code = match &config.code {
            Some(section) => {
                let scanner = code::start(section, post(&inbox, Event::Code), note(&roster));
                Some(scanner.map_err(no_thread)?)
            }
            None => None,
        };
        let press = match &config.printer {
            Some(section) => {
                let (sender, reports) = unbounded();
                let known = press::known_process_ids(&journal, &section.port);
                let journal = journal.clone();
                let note = note(&roster);
                let printer = Printer::start_known(section, known, move |report| {
                    if let PrinterReport::News(news) = &report {
                        note(news);
                    }
                    let _ = sender.send(report);
                });
                let tell = post(&inbox, Event::Printer);
                let port = section.port.clone();
                let press =
                    printer.and_then(|p| Press::start(journal, clock, port, p, reports, tell));
                Some(press.map_err(no_thread)?)
            }
            None => None,
        };
        let (hotline, tell) = (region.hotline.clone(), post(&inbox, |event| event));
        let clerk =
            Clerk::start(ledger, registrar, journal, config, hotline, tell).map_err(no_thread)?;
        let bell = Bell::new(config.staff.notify.clone());
        let desk = Desk { card, idcard, code, press, clerk, bell };
        let conductor =
            Conductor::start(config, clock, region, desk, (inbox.clone(), outbox), Box::new(face))
                .map_err(no_thread)?;
        Ok(Self { inbox, roster, _conductor: conductor })
    }

    /// How the devices are, and what has happened to them since the start.
    pub fn devices(&self) -> &Roster {
        &self.roster
    }

    /// A sender of touches; it may be used from any thread.
    pub fn touches(&self) -> impl Fn(Tap) + Send + Clone + use<> {
        let inbox = self.inbox.clone();
        move |tap| {
            let _ = inbox.send(Message::Event(Event::Tap(tap)));
        }
    }
}

impl Drop for App {
    fn drop(&mut self) {
        self.roster.log();
    }
}

/// Opens the journal and tells how it is, now and whenever that changes.
fn open_journal(
    config: &Config,
    now: DateTime,
    tell: impl Fn(JournalNews) + Send + 'static,
) -> Result<SharedJournal, JournalError> {
    let journal = Journal::open(&config.journal.options(&config.kiosk.terminal_no), now)?;
    if journal.interrupted() > 0 {
        log::warn!("journal.interrupted slips={}", journal.interrupted());
    }
    let journal = SharedJournal::new(journal, tell);
    journal.check();
    Ok(journal)
}

/// The hall's time.
fn wall() -> DateTime {
    Zoned::now().datetime()
}

/// Takes note of what happens to devices.
fn note(roster: &Roster) -> impl Fn(&DeviceNews) + Send + 'static {
    let roster = roster.clone();
    move |news| roster.note(news)
}

/// Wraps a device's news as events of the visit.
fn post<T: 'static>(inbox: &Sender<Message>, wrap: fn(T) -> Event) -> impl Fn(T) + Send + 'static {
    let inbox = inbox.clone();
    move |news| {
        let _ = inbox.send(Message::Event(wrap(news)));
    }
}
