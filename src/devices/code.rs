//! The code scanner on its port.

use gongji_hal::code::{ScannerCommand, ScannerConfig, ScannerDriver, ScannerEvent};
use gongji_hal::driver::Driver;
use gongji_hal::printer::status::Paper;
use gongji_hal::time::Instant;

use crate::config::CodeSection;
use crate::domain::person::InsuranceCode;
use crate::visit::event::CodeNews;

use super::serial::{OpenError, SerialSettings};
use super::supervise::{Device, DeviceNews, Supervisor};
use super::worker::{Duty, Worker};

/// The code scanner of a running kiosk.
pub struct CodeScanner(Worker<ScannerCommand>);

impl CodeScanner {
    /// From now on the scanner is lit and what it reads is told, or (as at first) dropped unseen.
    /// It holds across losses of the scanner.
    pub fn accept(&self, on: bool) {
        self.0.order(ScannerCommand::Accept(on));
    }
}

/// Starts the owner of the code scanner's port for a kiosk: `tell` gets what the visit must know,
/// `note` what concerns the scanner itself.
///
/// # Errors
/// When no thread can be started.
pub fn start(
    section: &CodeSection,
    tell: impl Fn(CodeNews) + Send + 'static,
    note: impl Fn(&DeviceNews) + Send + 'static,
) -> std::io::Result<CodeScanner> {
    let mut told = None;
    let watch = watch(section, move |report| {
        let news = match report {
            CodeReport::News(news) => {
                note(&news);
                let working = news.working();
                let is_new = told.replace(working) != Some(working);
                is_new.then_some(CodeNews::Scanner { working })
            }
            CodeReport::Event(event) => news(&event),
            CodeReport::CannotOpen(_) => None,
        };
        if let Some(news) = news {
            tell(news);
        }
    })?;
    Ok(CodeScanner(watch))
}

/// What the owner of the port reports, before it is put in the visit's terms.
#[derive(Debug)]
#[allow(clippy::large_enum_variant, reason = "a few a visit, and a box would copy a secret")]
pub enum CodeReport {
    /// The driver's own event.
    Event(ScannerEvent),
    /// How the scanner's port is, debounced.
    News(DeviceNews),
    /// The port cannot be opened.
    CannotOpen(OpenError),
}

/// Starts the owner of the code scanner's port, with the driver's own events.
///
/// # Errors
/// When no thread can be started.
pub fn watch(
    section: &CodeSection,
    report: impl FnMut(CodeReport) + Send + 'static,
) -> std::io::Result<Worker<ScannerCommand>> {
    let settings = SerialSettings {
        path: section.port.clone(),
        baud: section.baud,
        two_stop_bits: false,
        xon_xoff: false,
    };
    let config = ScannerConfig { sends_trigger: section.trigger };
    let supervisor = Supervisor::new(Device::Code);
    let duty = CodeDuty { driver: ScannerDriver::new(config), supervisor, report };
    Worker::start("code", settings, duty)
}

struct CodeDuty<F> {
    driver: ScannerDriver,
    supervisor: Supervisor,
    report: F,
}

impl<F: FnMut(CodeReport) + Send + 'static> Duty for CodeDuty<F> {
    type Driver = ScannerDriver;
    type Order = ScannerCommand;

    fn driver(&mut self) -> &mut ScannerDriver {
        &mut self.driver
    }

    fn order(&mut self, now: Instant, order: ScannerCommand) {
        let Ok(()) = self.driver.submit(now, order);
    }

    fn settle(&mut self, now: Instant) {
        while let Some(event) = self.driver.poll_event() {
            log_event(&event);
            if let ScannerEvent::State(state) = event {
                self.supervisor.observe(now, state, Paper::Unknown);
            }
            self.tell_news(now);
            (self.report)(CodeReport::Event(event));
        }
        self.tell_news(now);
    }

    fn next_timeout(&self) -> Option<Instant> {
        self.supervisor.next_timeout()
    }

    fn cannot_open(&mut self, now: Instant, error: &OpenError) {
        log::warn!("code.port {error}");
        self.supervisor.cannot_open(now, error);
        (self.report)(CodeReport::CannotOpen(error.clone()));
    }
}

impl<F: FnMut(CodeReport)> CodeDuty<F> {
    fn tell_news(&mut self, now: Instant) {
        while let Some(news) = self.supervisor.poll(now) {
            (self.report)(CodeReport::News(news));
        }
    }
}

/// One line an event, and nothing of what a code says, nor how long it is.
fn log_event(event: &ScannerEvent) {
    match event {
        ScannerEvent::State(state) => log::debug!("code.state {state:?}"),
        ScannerEvent::Accepting(on) => log::debug!("code.accepting {on}"),
        ScannerEvent::Scanned(_) => log::info!("code.scanned"),
        ScannerEvent::Dropped(error) => log::info!("code.dropped reason={error}"),
        _ => {}
    }
}

/// Puts an event in the visit's terms; `None` when the visit need not know. The scan itself is wiped
/// when whoever holds the event drops it.
fn news(event: &ScannerEvent) -> Option<CodeNews> {
    match event {
        ScannerEvent::Scanned(scan) => Some(CodeNews::Scanned(InsuranceCode::new(scan.reveal()))),
        _ => None,
    }
}

#[cfg(test)]
#[path = "code_tests.rs"]
mod tests;
