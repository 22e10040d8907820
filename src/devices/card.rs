//! The contact card reader on its port.

use gongji_hal::card::{
    CardCommand, CardCommandKind, CardDriver, CardError, CardEvent, SocialCard,
};
use gongji_hal::driver::{DeviceState, Driver};
use gongji_hal::time::Instant;
use jiff::civil::Date;

use crate::config::CardSection;
use crate::domain::id_number::IdNumber;
use crate::domain::person::CardNo;
use crate::visit::event::{CardHolder, CardNews, CardTrouble};

use super::serial::{OpenError, SerialSettings};
use super::worker::{Duty, Worker};

/// The card reader of a running kiosk.
pub struct CardReader(Worker<CardCommand>);

impl CardReader {
    /// Asks for the card to be read; the outcome comes as news.
    pub fn read(&self) {
        self.0.order(CardCommand::Read);
    }

    /// Cuts the card's power before the patron takes it.
    pub fn release(&self) {
        self.0.order(CardCommand::PowerOff);
    }
}

/// Starts the owner of the card reader's port for a kiosk.
///
/// # Errors
/// When no thread can be started.
pub fn start(
    section: &CardSection,
    tell: impl Fn(CardNews) + Send + 'static,
) -> std::io::Result<CardReader> {
    let watch = watch(section, move |report| {
        if let Some(news) = news(report) {
            tell(news);
        }
    })?;
    Ok(CardReader(watch))
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
    /// A command was refused: there is no reader or no card.
    Refused(CardCommandKind),
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
    Worker::start("card", settings, CardDuty { driver: CardDriver::new(), report })
}

struct CardDuty<F> {
    driver: CardDriver,
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
        if let Err(refusal) = self.driver.submit(now, order) {
            log::info!("card.refused command={kind:?} reason={refusal}");
            (self.report)(CardReport::Refused(kind));
        }
    }

    fn settle(&mut self, _now: Instant) {
        while let Some(event) = self.driver.poll_event() {
            match &event {
                CardEvent::State(state) => log::info!("card.state {state:?}"),
                CardEvent::Reader { firmware, .. } => log::info!("card.reader firmware={firmware}"),
                CardEvent::Read(Err(error)) => log::info!("card.unread reason={error}"),
                _ => {}
            }
            (self.report)(CardReport::Event(event));
        }
    }

    fn cannot_open(&mut self, error: &OpenError) {
        log::warn!("card.port {error}");
        (self.report)(CardReport::CannotOpen(error.clone()));
    }
}

/// Puts a report in the visit's terms; `None` when the visit need not know.
fn news(report: CardReport) -> Option<CardNews> {
    match report {
        CardReport::Event(CardEvent::State(state)) => {
            let working = matches!(state, DeviceState::Online | DeviceState::Busy);
            Some(CardNews::Reader { working })
        }
        CardReport::Event(CardEvent::Present) => Some(CardNews::Inserted),
        CardReport::Event(CardEvent::Removed) => Some(CardNews::Removed),
        CardReport::Event(CardEvent::Read(Ok(card))) => Some(CardNews::Read(holder(&card))),
        CardReport::Event(CardEvent::Read(Err(error))) => Some(CardNews::Read(Err(trouble(error)))),
        CardReport::Refused(CardCommandKind::Read) => {
            Some(CardNews::Read(Err(CardTrouble::ReaderAway)))
        }
        CardReport::CannotOpen(_) => Some(CardNews::Reader { working: false }),
        CardReport::Event(_) | CardReport::Refused(_) => None,
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

fn civil(date: gongji_hal::card::Date) -> Option<Date> {
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
