//! The receipt printer on its port.

mod feed;
mod speed;

use gongji_hal::driver::{DeviceState, Driver};
use gongji_hal::printer::counts::Counts;
use gongji_hal::printer::driver::{
    Command, Config, Event, JobId, JobState, PrinterDriver, ProcessIds, Reason, Refusal,
};
use gongji_hal::printer::status::{Hold, Paper, Status};
use gongji_hal::time::Instant;
use zeroize::Zeroizing;

use crate::config::PrinterSection;
use crate::visit::event::{PrintEnd, PrintId, PrinterCondition, PrinterTrouble};

use super::serial::{OpenError, SerialSettings};
use super::supervise::{Device, DeviceNews, Supervisor};
use super::timing::RoundTrips;
use super::worker::{Duty, Worker};
use feed::Feed;

pub use speed::answers_at;

/// The bytes of a page, without feed and cut; wiped when dropped.
pub type Page = Zeroizing<Vec<u8>>;

/// A slip ready for the printer.
pub struct Order {
    /// Which slip.
    pub id: PrintId,
    /// At least one page; each is cut off by the driver.
    pub pages: Vec<Page>,
}

/// What the owner of the printer's port reports.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PrinterReport {
    /// Its condition has changed.
    Condition(PrinterCondition),
    /// The device's state has changed.
    State(DeviceState),
    /// How the device is, debounced.
    News(DeviceNews),
    /// What it says of itself has changed.
    Status(Status),
    /// What it answered when it was asked how it is; all unknown if it did not.
    Checked(Status),
    /// It was found out whether it proves single pages.
    ProcessIds(ProcessIds),
    /// A page is known to be on paper.
    Page {
        /// Of which slip.
        id: PrintId,
        /// Which page, from 1.
        page: u16,
        /// What it took of the printer.
        counts: Counts,
    },
    /// The driver's own word on how far a slip is, before `Ended`.
    Job {
        /// Which slip.
        id: PrintId,
        /// How far it is.
        state: JobState,
    },
    /// A slip has ended.
    Ended {
        /// Which slip.
        id: PrintId,
        /// How.
        end: PrintEnd,
    },
    /// The port cannot be opened.
    CannotOpen(OpenError),
}

pub(super) enum Request {
    Print(Order),
    Stop(PrintId),
    Check,
}

/// The printer of a running kiosk.
pub struct Printer(Worker<Request>);

impl Printer {
    /// Starts the owner of the printer's port.
    ///
    /// # Errors
    /// When no thread can be started, or the system gives no random number.
    pub fn start(
        section: &PrinterSection,
        report: impl FnMut(PrinterReport) + Send + 'static,
    ) -> std::io::Result<Self> {
        Self::start_known(section, ProcessIds::Unknown, report)
    }

    /// As [`start`](Self::start), with what an earlier life learnt of the printer
    /// ([`PrinterReport::ProcessIds`]).
    ///
    /// # Errors
    /// When no thread can be started, or the system gives no random number.
    pub fn start_known(
        section: &PrinterSection,
        process_ids: ProcessIds,
        report: impl FnMut(PrinterReport) + Send + 'static,
    ) -> std::io::Result<Self> {
        let settings = settings(section, section.baud);
        // What the configuration says of the printer stands above what was learnt.
        let process_ids = match section.profile().process_ids {
            ProcessIds::Unknown => process_ids,
            told => told,
        };
        let config = Config {
            baud: section.baud,
            process_ids,
            first_process_id: first_process_id()?,
            cutter: section.cutter,
            ..Config::default()
        };
        let duty = PrinterDuty {
            driver: PrinterDriver::new(config),
            supervisor: Supervisor::new(Device::Printer),
            report,
            feed: None,
            waiting: None,
            hold: Some(Hold::Unknown),
            condition: None,
            left_behind: false,
        };
        Ok(Self(Worker::start("printer", settings, duty)?))
    }

    /// Prints a slip once; how it ends comes as a report. One slip at a time: another one meanwhile
    /// ends at once as failed.
    pub fn print(&self, order: Order) {
        self.0.order(Request::Print(order));
    }

    /// Stops a slip; how it ended comes as a report.
    pub fn stop(&self, id: PrintId) {
        self.0.order(Request::Stop(id));
    }

    /// Asks the printer how it is; it comes as [`PrinterReport::Checked`].
    pub fn check(&self) {
        self.0.order(Request::Check);
    }

    /// How long the printer takes to answer.
    pub fn round_trips(&self) -> &RoundTrips {
        self.0.round_trips()
    }
}

fn settings(section: &PrinterSection, baud: u32) -> SerialSettings {
    let PrinterSection { port, xon_xoff, .. } = section;
    SerialSettings { path: port.clone(), baud, two_stop_bits: false, xon_xoff: *xon_xoff }
}

/// The number of the first page's process id: another one at each start, so that an answer to an
/// earlier life's question is not taken for one's own.
fn first_process_id() -> std::io::Result<u32> {
    getrandom::u32().map_err(|e| std::io::Error::other(e.to_string()))
}

struct PrinterDuty<F> {
    driver: PrinterDriver,
    supervisor: Supervisor,
    report: F,
    feed: Option<Feed>,
    /// A slip that came while the printer was away for a moment of which nobody is told.
    waiting: Option<Order>,
    /// What the printer waits for at the moment.
    hold: Option<Hold>,
    /// What was reported last.
    condition: Option<PrinterCondition>,
    /// A slip ended in doubt with a part of it perhaps still in the port's own buffer.
    left_behind: bool,
}

impl<F: FnMut(PrinterReport) + Send + 'static> Duty for PrinterDuty<F> {
    type Driver = PrinterDriver;
    type Order = Request;

    fn driver(&mut self) -> &mut PrinterDriver {
        &mut self.driver
    }

    fn order(&mut self, now: Instant, order: Request) {
        match order {
            Request::Print(order) => self.begin(now, order),
            Request::Check => {
                self.take_events(now);
                if self.driver.submit(now, Command::CheckStatus).is_err() {
                    (self.report)(PrinterReport::Checked(Status::UNKNOWN));
                }
            }
            Request::Stop(id) => {
                if self.feed.as_ref().is_some_and(|feed| feed.id() == id) {
                    self.take_events(now);
                    let _ = self.driver.submit(now, Command::Cancel);
                }
                if self.waiting.take_if(|order| order.id == id).is_some() {
                    let end = PrintEnd::Failed { pages: 0, trouble: None };
                    (self.report)(PrinterReport::Ended { id, end });
                }
            }
        }
    }

    fn settle(&mut self, now: Instant) {
        loop {
            self.take_events(now);
            self.begin_waiting(now);
            let Some(feed) = &mut self.feed else { return };
            if !feed.advance(&mut self.driver, now) {
                return;
            }
        }
    }

    fn next_timeout(&self) -> Option<Instant> {
        self.supervisor.next_timeout()
    }

    fn wants_fresh_port(&mut self) -> bool {
        core::mem::take(&mut self.left_behind)
    }

    fn cannot_open(&mut self, now: Instant, error: &OpenError) {
        log::warn!("printer.port {error}");
        self.supervisor.cannot_open(now, error);
        (self.report)(PrinterReport::CannotOpen(error.clone()));
    }
}

impl<F: FnMut(PrinterReport)> PrinterDuty<F> {
    fn begin(&mut self, now: Instant, order: Order) {
        self.take_events(now);
        if self.feed.is_some() || self.waiting.is_some() {
            return self.refuse(order.id, Refusal::Busy);
        }
        self.waiting = Some(order);
        self.begin_waiting(now);
    }

    /// Begins the slip that waits, if there is one and the printer takes it now.
    fn begin_waiting(&mut self, now: Instant) {
        let Some(order) = self.waiting.take() else { return };
        match self.driver.submit(now, Command::Start(JobId(order.id.0))) {
            Ok(()) => self.feed = Some(Feed::new(order)),
            Err(_) if self.is_away_unnoticed() => self.waiting = Some(order),
            Err(refusal) => self.refuse(order.id, refusal),
        }
    }

    fn refuse(&mut self, id: PrintId, refusal: Refusal) {
        log::warn!("printer.refused reason={refusal}");
        let trouble = Some(self.trouble().unwrap_or(PrinterTrouble::Away));
        (self.report)(PrinterReport::Ended { id, end: PrintEnd::Failed { pages: 0, trouble } });
    }

    /// The printer is away, but perhaps only for a moment: the patron still sees it in order.
    fn is_away_unnoticed(&self) -> bool {
        self.trouble() == Some(PrinterTrouble::Away) && self.supervisor.may_flicker()
    }

    fn take_events(&mut self, now: Instant) {
        while let Some(event) = self.driver.poll_event() {
            self.take_event(event);
        }
        self.supervisor.observe(now, self.driver.state(), self.driver.status().paper);
        while let Some(news) = self.supervisor.poll(now) {
            (self.report)(PrinterReport::News(news));
        }
        self.tell_condition();
    }

    fn take_event(&mut self, event: Event) {
        match event {
            Event::State(state) => {
                log::debug!("printer.state {state:?}");
                (self.report)(PrinterReport::State(state));
            }
            Event::Status(status) => {
                log::info!("printer.status {status:?}");
                (self.report)(PrinterReport::Status(status));
            }
            Event::Checked(status) => (self.report)(PrinterReport::Checked(status)),
            Event::ProcessIds(ids) => (self.report)(PrinterReport::ProcessIds(ids)),
            Event::PagePrinted { job, page, counts, .. } => {
                (self.report)(PrinterReport::Page { id: PrintId(job.0), page, counts });
            }
            Event::Job { job, state } => {
                let id = PrintId(job.0);
                log::info!("printer.job id={} {state:?}", id.0);
                (self.report)(PrinterReport::Job { id, state });
                if state.is_final() {
                    self.feed = None;
                    // Stopped in the line it would come out in front of the next patron.
                    let stuck = matches!(
                        state,
                        JobState::Unknown { reason: Reason::NotAnswering | Reason::Deadline, .. }
                    );
                    self.left_behind |= stuck;
                    let end = self.end(state);
                    (self.report)(PrinterReport::Ended { id, end });
                }
            }
            _ => {}
        }
    }

    fn tell_condition(&mut self) {
        let status = self.driver.status();
        self.hold = status.hold();
        let trouble = self.trouble();
        if self.is_away_unnoticed() {
            return;
        }
        let paper_low = status.paper == Paper::NearEnd;
        let condition = PrinterCondition { trouble, paper_low };
        if self.condition != Some(condition) {
            self.condition = Some(condition);
            (self.report)(PrinterReport::Condition(condition));
        }
    }

    fn trouble(&self) -> Option<PrinterTrouble> {
        match self.driver.state() {
            DeviceState::NoDevice | DeviceState::PowerOff => return Some(PrinterTrouble::Away),
            // In order, but still being asked who it is.
            DeviceState::Offline if self.hold.is_none() => return Some(PrinterTrouble::Away),
            _ => {}
        }
        self.hold.map(|hold| match hold {
            Hold::PaperOut => PrinterTrouble::PaperOut,
            Hold::CoverOpen => PrinterTrouble::CoverOpen,
            Hold::HeadHot => PrinterTrouble::HeadHot,
            Hold::Unknown | Hold::Offline => PrinterTrouble::Away,
            _ => PrinterTrouble::Broken,
        })
    }

    fn end(&self, state: JobState) -> PrintEnd {
        match state {
            JobState::Printed { .. } => PrintEnd::Printed,
            JobState::Failed { printed, reason } => {
                PrintEnd::Failed { pages: printed, trouble: self.end_trouble(reason) }
            }
            JobState::Unknown { printed, .. } => PrintEnd::Unknown { pages: printed },
            // Not final: never asked for.
            _ => PrintEnd::Unknown { pages: 0 },
        }
    }

    fn end_trouble(&self, reason: Reason) -> Option<PrinterTrouble> {
        match reason {
            Reason::Cancelled => None,
            Reason::Unrecoverable => Some(PrinterTrouble::Broken),
            Reason::LinkLost | Reason::NotAnswering => Some(PrinterTrouble::Away),
            _ => self.trouble().or(Some(PrinterTrouble::Away)),
        }
    }
}
