//! The ID card reader on its port.

use gongji_hal::driver::{DeviceState, Driver};
use gongji_hal::idcard::{
    IdCardCommand, IdCardConfig, IdCardDriver, IdCardError, IdCardEvent, IdDocument,
};
use gongji_hal::printer::status::Paper;
use gongji_hal::time::Instant;

use crate::config::IdCardSection;
use crate::domain::id_number::IdNumber;
use crate::domain::person::PersonName;
use crate::visit::event::{DocumentHolder, DocumentNews, DocumentTrouble};

use super::card::civil;
use super::serial::{OpenError, SerialSettings};
use super::supervise::{Device, DeviceNews, Supervisor};
use super::worker::{Duty, Worker};

/// The ID card reader of a running kiosk.
pub struct IdCardReader(Worker<IdCardCommand>);

impl IdCardReader {
    /// From now on every document that is put down is read, or (as at first) none. It holds across
    /// losses of the reader.
    pub fn accept(&self, on: bool) {
        self.0.order(IdCardCommand::Accept(on));
    }
}

/// Starts the owner of the ID card reader's port for a kiosk: `tell` gets what the visit must know,
/// `note` what concerns the reader itself.
///
/// # Errors
/// When no thread can be started.
pub fn start(
    section: &IdCardSection,
    tell: impl Fn(DocumentNews) + Send + 'static,
    note: impl Fn(&DeviceNews) + Send + 'static,
) -> std::io::Result<IdCardReader> {
    let mut told = None;
    let watch = watch(section, move |report| {
        let news = match report {
            IdCardReport::News(news) => {
                note(&news);
                let working = can_read(news.state);
                // A document that cannot be read changes the state, not whether others can be.
                let is_new = told.replace(working) != Some(working);
                is_new.then_some(DocumentNews::Reader { working })
            }
            IdCardReport::Event(event) => news(&event),
            IdCardReport::Refused(_) | IdCardReport::CannotOpen(_) => None,
        };
        if let Some(news) = news {
            tell(news);
        }
    })?;
    Ok(IdCardReader(watch))
}

/// What the owner of the port reports, before it is put in the visit's terms.
#[derive(Debug)]
#[allow(
    clippy::large_enum_variant,
    reason = "a few a visit, and a box would copy what a document says"
)]
pub enum IdCardReport {
    /// The driver's own event.
    Event(IdCardEvent),
    /// How the reader is, debounced.
    News(DeviceNews),
    /// A command was refused: there is no reader, or it is being started anew.
    Refused(IdCardCommand),
    /// The port cannot be opened.
    CannotOpen(OpenError),
}

/// Starts the owner of the ID card reader's port, with the driver's own events.
///
/// # Errors
/// When no thread can be started.
pub fn watch(
    section: &IdCardSection,
    report: impl FnMut(IdCardReport) + Send + 'static,
) -> std::io::Result<Worker<IdCardCommand>> {
    let settings = SerialSettings {
        path: section.port.clone(),
        baud: section.baud,
        two_stop_bits: false,
        xon_xoff: false,
    };
    let config = IdCardConfig { probes_by_reset: section.probes_by_reset };
    let supervisor = Supervisor::new(Device::IdCard);
    let duty = IdCardDuty { driver: IdCardDriver::new(config), supervisor, report };
    Worker::start("idcard", settings, duty)
}

struct IdCardDuty<F> {
    driver: IdCardDriver,
    supervisor: Supervisor,
    report: F,
}

impl<F: FnMut(IdCardReport) + Send + 'static> Duty for IdCardDuty<F> {
    type Driver = IdCardDriver;
    type Order = IdCardCommand;

    fn driver(&mut self) -> &mut IdCardDriver {
        &mut self.driver
    }

    fn order(&mut self, now: Instant, order: IdCardCommand) {
        if let Err(refusal) = self.driver.submit(now, order) {
            log::info!("idcard.refused command={order:?} reason={refusal}");
            (self.report)(IdCardReport::Refused(order));
        }
    }

    fn settle(&mut self, now: Instant) {
        while let Some(event) = self.driver.poll_event() {
            log_event(&event);
            if let IdCardEvent::State(state) = event {
                self.supervisor.observe(now, state, Paper::Unknown);
            }
            self.tell_news(now);
            (self.report)(IdCardReport::Event(event));
        }
        self.tell_news(now);
    }

    fn next_timeout(&self) -> Option<Instant> {
        self.supervisor.next_timeout()
    }

    fn cannot_open(&mut self, now: Instant, error: &OpenError) {
        log::warn!("idcard.port {error}");
        self.supervisor.cannot_open(now, error);
        (self.report)(IdCardReport::CannotOpen(error.clone()));
    }
}

impl<F: FnMut(IdCardReport)> IdCardDuty<F> {
    fn tell_news(&mut self, now: Instant) {
        while let Some(news) = self.supervisor.poll(now) {
            (self.report)(IdCardReport::News(news));
        }
    }
}

/// One line an event, and nothing of what a document says.
fn log_event(event: &IdCardEvent) {
    match event {
        IdCardEvent::State(state) => log::debug!("idcard.state {state:?}"),
        IdCardEvent::Reader { sam_id: Some(sam_id) } => log::info!("idcard.reader sam={sam_id}"),
        IdCardEvent::Reader { sam_id: None } => log::info!("idcard.reader sam=unknown"),
        IdCardEvent::Placed => log::debug!("idcard.placed"),
        IdCardEvent::Read(Ok(_)) => log::info!("idcard.read"),
        IdCardEvent::Read(Err(error)) => log::info!("idcard.unread reason={error}"),
        IdCardEvent::Lifted => log::debug!("idcard.lifted"),
        IdCardEvent::Accepting(on) => log::debug!("idcard.accepting {on}"),
        IdCardEvent::Reset(Ok(())) => log::info!("idcard.reset"),
        IdCardEvent::Reset(Err(error)) => log::info!("idcard.reset failed reason={error}"),
        _ => {}
    }
}

/// Whether documents can be read. One that cannot be read, or is not genuine, is no fault of the
/// reader: the next one can.
const fn can_read(state: DeviceState) -> bool {
    use DeviceState::{Busy, Online, SuspectedFraud, UserError};
    matches!(state, Online | Busy | UserError | SuspectedFraud)
}

/// Puts an event in the visit's terms; `None` when the visit need not know.
fn news(event: &IdCardEvent) -> Option<DocumentNews> {
    match event {
        IdCardEvent::Read(Ok(document)) => Some(DocumentNews::Read(holder(document))),
        IdCardEvent::Read(Err(error)) => {
            trouble(*error).map(|trouble| DocumentNews::Read(Err(trouble)))
        }
        IdCardEvent::Placed => Some(DocumentNews::Placed),
        IdCardEvent::Lifted => Some(DocumentNews::Lifted),
        _ => None,
    }
}

/// What a document says, in the domain's types.
///
/// # Errors
/// `Unreadable` when its number cannot be one, or it is valid to a day that does not exist.
pub fn holder(document: &IdDocument) -> Result<DocumentHolder, DocumentTrouble> {
    let id_number = IdNumber::parse(&document.number).map_err(|_| DocumentTrouble::Unreadable)?;
    let expires = match document.valid_until {
        Some(day) => Some(civil(day).ok_or(DocumentTrouble::Unreadable)?),
        None => None,
    };
    Ok(DocumentHolder { id_number, name: PersonName::new(document.name()), expires })
}

/// `None` when nothing is wrong with the document: the reader is gone, or nobody wants to know.
fn trouble(error: IdCardError) -> Option<DocumentTrouble> {
    match error {
        IdCardError::ReaderLost | IdCardError::Cancelled => None,
        IdCardError::LiftedOff => Some(DocumentTrouble::LiftedOff),
        error if error.is_suspicious() => Some(DocumentTrouble::NotGenuine),
        _ => Some(DocumentTrouble::Unreadable),
    }
}

#[cfg(test)]
#[path = "idcard_tests.rs"]
mod tests;
