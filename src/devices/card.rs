//! The contact card reader on its port.

use std::sync::Arc;

use gongji_hal::card::{
    CardCommand, CardCommandKind, CardDriver, CardError, CardEvent, CardRefusal, Pin, SocialCard,
    VerifyError,
};
use gongji_hal::driver::Driver;
use gongji_hal::printer::status::Paper;
use gongji_hal::time::Instant;
use jiff::civil::Date;

use crate::config::CardSection;
use crate::domain::id_number::IdNumber;
use crate::domain::person::{CardNo, CardPin};
use crate::visit::event::{CardHolder, CardNews, CardTrouble, PinTrouble};

use super::serial::{OpenError, SerialSettings};
use super::supervise::{Device, DeviceNews, Supervisor, What};
use super::worker::{Duty, Worker};

/// The card reader of a running kiosk.
pub struct CardReader {
    worker: Worker<CardCommand>,
    tell: Arc<dyn Fn(CardNews) + Send + Sync>,
}

impl CardReader {
    /// Asks for the card to be read; the outcome comes as news.
    pub fn read(&self) {
        self.worker.order(CardCommand::Read);
    }

    /// Has the card that was read check a PIN, once; the outcome comes as news.
    pub fn verify(&self, pin: &CardPin) {
        match Pin::new(pin.reveal()) {
            Ok(pin) => self.worker.order(CardCommand::Verify(pin)),
            // No card has such a PIN, so none was asked.
            Err(_) => (self.tell)(CardNews::Verified(Err(PinTrouble::NotPossible))),
        }
    }

    /// Cuts the card's power before the patron takes it.
    pub fn release(&self) {
        self.worker.order(CardCommand::PowerOff);
    }
}

/// Starts the owner of the card reader's port for a kiosk: `tell` gets what the visit must know, `note`
/// what concerns the reader itself.
///
/// # Errors
/// When no thread can be started.
pub fn start(
    section: &CardSection,
    tell: impl Fn(CardNews) + Send + Sync + 'static,
    note: impl Fn(&DeviceNews) + Send + 'static,
) -> std::io::Result<CardReader> {
    let tell: Arc<dyn Fn(CardNews) + Send + Sync> = Arc::new(tell);
    let told = Arc::clone(&tell);
    let worker = watch(section, move |report| {
        if let CardReport::News(news) = &report {
            note(news);
        }
        if let Some(news) = news(report) {
            told(news);
        }
    })?;
    Ok(CardReader { worker, tell })
}

/// What the owner of the port reports, before it is put in the visit's terms.
#[derive(Debug)]
#[allow(
    clippy::large_enum_variant,
    reason = "a few a visit, and a box would copy what a card says"
)]
pub enum CardReport {
    /// The driver's own event.
    Event(CardEvent),
    /// How the reader is, debounced.
    News(DeviceNews),
    /// A command was refused.
    Refused {
        /// Which kind.
        kind: CardCommandKind,
        /// Why.
        reason: CardRefusal,
    },
    /// The port cannot be opened.
    CannotOpen(OpenError),
}

/// Starts the owner of the card reader's port, with the driver's own events.
///
/// # Errors
/// When no thread can be started.
pub fn watch(
    section: &CardSection,
    report: impl FnMut(CardReport) + Send + 'static,
) -> std::io::Result<Worker<CardCommand>> {
    let settings = SerialSettings {
        path: section.port.clone(),
        baud: section.baud,
        two_stop_bits: true,
        xon_xoff: false,
    };
    let supervisor = Supervisor::new(Device::Card);
    Worker::start("card", settings, CardDuty { driver: CardDriver::new(), supervisor, report })
}

struct CardDuty<F> {
    driver: CardDriver,
    supervisor: Supervisor,
    report: F,
}

impl<F: FnMut(CardReport) + Send + 'static> Duty for CardDuty<F> {
    type Driver = CardDriver;
    type Order = CardCommand;

    fn driver(&mut self) -> &mut CardDriver {
        &mut self.driver
    }

    fn order(&mut self, now: Instant, order: CardCommand) {
        let kind = order.kind();
        if let Err(reason) = self.driver.submit(now, order) {
            log::info!("card.refused command={kind:?} reason={reason}");
            (self.report)(CardReport::Refused { kind, reason });
        }
    }

    fn settle(&mut self, now: Instant) {
        while let Some(event) = self.driver.poll_event() {
            match &event {
                CardEvent::State(state) => {
                    log::debug!("card.state {state:?}");
                    self.supervisor.observe(now, *state, Paper::Unknown);
                }
                CardEvent::Reader { firmware, .. } => log::info!("card.reader firmware={firmware}"),
                CardEvent::Read(Err(error)) => log::info!("card.unread reason={error}"),
                _ => {}
            }
            // Before what comes next: after a reader's return the state of its slot follows.
            self.tell_news(now);
            (self.report)(CardReport::Event(event));
        }
        self.tell_news(now);
    }

    fn next_timeout(&self) -> Option<Instant> {
        self.supervisor.next_timeout()
    }

    fn cannot_open(&mut self, now: Instant, error: &OpenError) {
        log::warn!("card.port {error}");
        self.supervisor.cannot_open(now, error);
        (self.report)(CardReport::CannotOpen(error.clone()));
    }
}

impl<F: FnMut(CardReport)> CardDuty<F> {
    fn tell_news(&mut self, now: Instant) {
        while let Some(news) = self.supervisor.poll(now) {
            (self.report)(CardReport::News(news));
        }
    }
}

/// Puts a report in the visit's terms; `None` when the visit need not know.
fn news(report: CardReport) -> Option<CardNews> {
    match report {
        CardReport::News(news) => match news.what {
            What::Changed if !news.working() => None,
            // Also after a flicker: the card may be another one now, and is read again.
            _ => Some(CardNews::Reader { working: news.working() }),
        },
        CardReport::Event(CardEvent::Present) => Some(CardNews::Inserted),
        CardReport::Event(CardEvent::Removed) => Some(CardNews::Removed),
        CardReport::Event(CardEvent::Read(Ok(card))) => Some(CardNews::Read(holder(&card))),
        CardReport::Event(CardEvent::Read(Err(error))) => Some(CardNews::Read(Err(trouble(error)))),
        CardReport::Refused { kind: CardCommandKind::Read, .. } => {
            Some(CardNews::Read(Err(CardTrouble::ReaderAway)))
        }
        CardReport::Event(CardEvent::Verified(result)) => {
            Some(CardNews::Verified(result.map_err(pin_trouble)))
        }
        CardReport::Refused { kind: CardCommandKind::Verify, .. } => {
            Some(CardNews::Verified(Err(PinTrouble::NotPossible)))
        }
        CardReport::Event(_) | CardReport::Refused { .. } | CardReport::CannotOpen(_) => None,
    }
}

/// What a card says, in the domain's types.
///
/// # Errors
/// `Unreadable` when the card holds a document number that cannot be one.
pub fn holder(card: &SocialCard) -> Result<CardHolder, CardTrouble> {
    let id_number = match &card.id_number {
        Some(text) => Some(IdNumber::parse(text).map_err(|_| CardTrouble::Unreadable)?),
        None => None,
    };
    Ok(CardHolder {
        number: CardNo::new(card.number.as_str()),
        id_number,
        expires: card.expires.and_then(civil),
    })
}

/// A day as cards and documents hold it, as a day of the calendar.
pub(super) fn civil(date: gongji_hal::card::Date) -> Option<Date> {
    let year = i16::try_from(date.year).ok()?;
    Date::new(year, i8::try_from(date.month).ok()?, i8::try_from(date.day).ok()?).ok()
}

fn trouble(error: CardError) -> CardTrouble {
    match error {
        CardError::Removed => CardTrouble::PulledOut,
        CardError::Mute | CardError::TimedOut => CardTrouble::Mute,
        CardError::NotSocialCard | CardError::UnsupportedProtocol => CardTrouble::NotSocialCard,
        CardError::ReaderLost => CardTrouble::ReaderAway,
        _ => CardTrouble::Unreadable,
    }
}

fn pin_trouble(error: VerifyError) -> PinTrouble {
    match error {
        VerifyError::WrongPin { tries_left } => PinTrouble::Wrong { tries_left },
        VerifyError::Blocked => PinTrouble::Blocked,
        VerifyError::NotAllowed(_)
        | VerifyError::Rejected(_)
        | VerifyError::Removed
        | VerifyError::ReaderLost
        | VerifyError::TimedOut => PinTrouble::NotPossible,
        _ => PinTrouble::Unknown,
    }
}
