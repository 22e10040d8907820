//! The thread that prints: the journal's number first, then the bytes, then the truth about them.

use std::collections::VecDeque;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::thread::JoinHandle;

use crossbeam_channel::{Receiver, Sender, select, unbounded};
use gongji_hal::printer::driver::ProcessIds;
use jiff::civil::{Date, DateTime};

use crate::devices::printer::{Order, Page, Printer, PrinterReport};
use crate::journal::{DeviceFact, Issue, PrintCount, PrintKind, PrintRecord, PrintState};
use crate::statement::{Slip, Stamp};
use crate::visit::event::{PrintEnd, PrintId, PrinterNews, PrinterTrouble, SlipKind};

use super::{Clock, SharedJournal};

/// How long the journal remembers slips; the law asks for six months.
const JOURNAL_DAYS: u16 = 400;

/// Slips of which a copy may still be asked for; a visit prints a few.
const ORIGINALS_MAX: usize = 16;

enum Request {
    Print { id: PrintId, slip: Arc<Slip>, copy: u16, printed_at: DateTime },
    Stop { id: PrintId },
}

/// Prints one slip at a time; dropped, it ends.
pub(super) struct Press {
    requests: Option<Sender<Request>>,
    thread: Option<JoinHandle<()>>,
}

impl Press {
    pub(super) fn start(
        journal: SharedJournal,
        clock: Clock,
        port: PathBuf,
        printer: Printer,
        reports: Receiver<PrinterReport>,
        tell: impl Fn(PrinterNews) + Send + 'static,
    ) -> std::io::Result<Self> {
        let (requests, inbox) = unbounded();
        let mut room = PressRoom {
            journal,
            clock,
            port,
            printer,
            tell,
            jobs: Vec::new(),
            originals: VecDeque::new(),
            pruned_on: None,
        };
        let thread = std::thread::Builder::new()
            .name("press".into())
            .spawn(move || room.run(&inbox, &reports))?;
        Ok(Self { requests: Some(requests), thread: Some(thread) })
    }

    pub(super) fn print(&self, id: PrintId, slip: Arc<Slip>, copy: u16, printed_at: DateTime) {
        self.send(Request::Print { id, slip, copy, printed_at });
    }

    pub(super) fn stop(&self, id: PrintId) {
        self.send(Request::Stop { id });
    }

    fn send(&self, request: Request) {
        if let Some(requests) = &self.requests {
            let _ = requests.send(request);
        }
    }
}

impl Drop for Press {
    fn drop(&mut self) {
        self.requests = None;
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

/// A slip on its way.
struct Job {
    id: PrintId,
    slip_no: String,
    pages: u16,
}

struct PressRoom<T> {
    journal: SharedJournal,
    /// The printer's port, by which the journal knows it.
    clock: Clock,
    port: PathBuf,
    printer: Printer,
    tell: T,
    /// The slips whose end has not been told. The printer takes one at a time and ends another at
    /// once, so that there are never many.
    jobs: Vec<Job>,
    /// Digest and number of the latest slips: a copy names the number of what it is a copy of.
    originals: VecDeque<([u8; 32], String)>,
    /// The day on which the journal last forgot its oldest slips.
    pruned_on: Option<Date>,
}

impl<T: Fn(PrinterNews)> PressRoom<T> {
    fn run(&mut self, requests: &Receiver<Request>, reports: &Receiver<PrinterReport>) {
        loop {
            select! {
                recv(requests) -> request => match request {
                    Ok(Request::Print { id, slip, copy, printed_at }) => {
                        self.print(id, &slip, copy, printed_at);
                    }
                    Ok(Request::Stop { id }) => self.printer.stop(id),
                    Err(_) => return,
                },
                recv(reports) -> report => match report {
                    Ok(report) => self.report(report),
                    Err(_) => return,
                },
            }
        }
    }

    fn print(&mut self, id: PrintId, slip: &Slip, copy: u16, printed_at: DateTime) {
        match self.prepare(slip, copy, printed_at) {
            Ok((slip_no, pages)) => {
                let count = slip.pages();
                self.jobs.push(Job { id, slip_no: slip_no.clone(), pages: count });
                (self.tell)(PrinterNews::Started { id, slip_no, pages: count });
                self.printer.print(Order { id, pages });
                self.prune(printed_at.date());
            }
            Err(sentence) => {
                // Without a number of its own no slip is printed: two could bear the same one.
                log::error!("print.refused {sentence}");
                let end = PrintEnd::Failed { pages: 0, trouble: Some(PrinterTrouble::Broken) };
                (self.tell)(PrinterNews::Ended { id, end });
            }
        }
    }

    /// Once a day, so that a kiosk that runs for years keeps a bounded journal.
    fn prune(&mut self, today: Date) {
        if self.pruned_on == Some(today) {
            return;
        }
        self.pruned_on = Some(today);
        match self.journal.with(|journal| journal.prune(today, JOURNAL_DAYS)) {
            Ok(0) => {}
            Ok(count) => log::info!("journal.pruned slips={count}"),
            Err(e) => log::error!("journal.refused {e}"),
        }
    }

    /// Gives the slip its number, remembers that it goes out, and makes its bytes.
    fn prepare(
        &mut self,
        slip: &Slip,
        copy: u16,
        printed_at: DateTime,
    ) -> Result<(String, Vec<Page>), String> {
        let digest = self.journal.with(|journal| Ok(slip.digest(journal.digest_key())));
        let digest = digest.map_err(|e| e.to_string())?;
        let original = self.originals.iter().find(|(of, _)| *of == digest);
        let of = original.filter(|_| copy > 0).map(|(_, no)| no.clone());
        let record = PrintRecord { kind: print_kind(slip), pages: slip.pages(), copy, of, digest };
        let issue = self.journal.with(|journal| journal.begin_print(&record, printed_at.date()));
        let issue = issue.map_err(|e| e.to_string())?;
        let Issue { slip_no, verification } = issue;
        let stamp = Stamp { slip_no: slip_no.clone(), verification, printed_at, copy };
        let pages = slip.encode(&stamp).map_err(|e| e.to_string())?;
        let sending = self
            .journal
            .with(|journal| journal.set_print_state(&slip_no, PrintState::Sending, 0, printed_at));
        sending.map_err(|e| e.to_string())?;
        if copy == 0 {
            self.originals.truncate(ORIGINALS_MAX - 1);
            self.originals.push_front((digest, slip_no.clone()));
        }
        Ok((slip_no, pages))
    }

    fn report(&mut self, report: PrinterReport) {
        match report {
            PrinterReport::Condition(condition) => (self.tell)(PrinterNews::Condition(condition)),
            PrinterReport::ProcessIds(ids) => self.learn_process_ids(ids),
            PrinterReport::Page { id, page, counts } => {
                let count = PrintCount { slips: 0, pages: 1, counts };
                self.note(id, PrintState::Sending, page, Some(count));
                (self.tell)(PrinterNews::Progress { id, pages: page });
            }
            PrinterReport::Ended { id, end } => {
                self.note_end(id, end);
                (self.tell)(PrinterNews::Ended { id, end });
                self.jobs.retain(|job| job.id != id);
            }
            _ => {}
        }
    }

    fn note_end(&mut self, id: PrintId, end: PrintEnd) {
        let all = self.jobs.iter().find(|job| job.id == id).map_or(0, |job| job.pages);
        let (state, pages) = match end {
            PrintEnd::Printed => (PrintState::Printed, all),
            PrintEnd::Unknown { pages } => (PrintState::Unknown, pages),
            PrintEnd::Failed { pages, .. } => (PrintState::Failed, pages),
        };
        let whole = PrintCount { slips: 1, ..PrintCount::default() };
        self.note(id, state, pages, (state == PrintState::Printed).then_some(whole));
    }

    fn note(&mut self, id: PrintId, state: PrintState, pages: u16, count: Option<PrintCount>) {
        let Some(job) = self.jobs.iter().find(|job| job.id == id) else { return };
        let (slip_no, at) = (&job.slip_no, (self.clock)());
        let noted = self.journal.with(|journal| match count {
            Some(count) => {
                journal.count_print_state(slip_no, state, pages, at, (&self.port, count))
            }
            None => journal.set_print_state(slip_no, state, pages, at),
        });
        if let Err(e) = noted {
            log::error!("journal.refused {e}");
        }
    }

    fn learn_process_ids(&mut self, ids: ProcessIds) {
        let Some(value) = process_ids_text(ids) else { return };
        log::info!("printer.process_ids {value}");
        let fact = DeviceFact::ProcessIds;
        let learnt =
            self.journal.with(|journal| journal.learn_device_fact(&self.port, fact, value));
        if let Err(e) = learnt {
            log::error!("journal.refused {e}");
        }
    }
}

/// What an earlier life of the kiosk learnt of the printer on `port`.
pub(super) fn known_process_ids(journal: &SharedJournal, port: &Path) -> ProcessIds {
    let known = journal.with(|journal| journal.device_fact(port, DeviceFact::ProcessIds));
    let known = known.unwrap_or_else(|e| {
        log::error!("journal.refused {e}");
        None
    });
    [ProcessIds::Supported, ProcessIds::Unsupported]
        .into_iter()
        .find(|&ids| known.as_deref() == process_ids_text(ids))
        .unwrap_or_default()
}

const fn process_ids_text(ids: ProcessIds) -> Option<&'static str> {
    match ids {
        ProcessIds::Unknown => None,
        ProcessIds::Supported => Some("yes"),
        ProcessIds::Unsupported => Some("no"),
    }
}

fn print_kind(slip: &Slip) -> PrintKind {
    match slip.kind() {
        SlipKind::Account => PrintKind::Account,
        SlipKind::Family => PrintKind::Family,
        SlipKind::Care => PrintKind::Care,
        SlipKind::Authorisation => PrintKind::Authorisation,
        SlipKind::Premium => PrintKind::Premium,
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use jiff::civil::datetime;

    use super::*;
    use crate::config::Config;
    use crate::journal::{Journal, JournalOptions};
    use crate::statement::PrintSize;

    /// The patron of the first slip has left before its end is known; the next one prints.
    #[test]
    fn the_end_of_a_slip_is_kept_although_another_was_refused_meanwhile() {
        let folder = tempfile::tempdir().unwrap();
        let db = folder.path().join("journal.db");
        let mut section = Config::shipped().unwrap().printer.unwrap();
        section.port = folder.path().join("printer");
        let begun = datetime(2026, 11, 20, 9, 41, 0, 0);
        let journal = Journal::open(&JournalOptions::new(&db, "XH03"), begun).unwrap();
        let mut room = PressRoom {
            journal: SharedJournal::new(journal, |_| {}),
            clock: || datetime(2026, 11, 22, 9, 41, 0, 0),
            port: section.port.clone(),
            // No port and nobody who listens: what it reports is told here.
            printer: Printer::start(&section, |_| {}).unwrap(),
            tell: |_| {},
            jobs: Vec::new(),
            originals: VecDeque::new(),
            pruned_on: None,
        };
        let slip = Slip::for_test(PrintSize::Normal, SlipKind::Account, 2, &[("姓名", "张*")]);
        let (first, second) = (PrintId(1), PrintId(2));
        for id in [first, second] {
            room.print(id, &slip, 0, begun);
        }
        let busy = PrintEnd::Failed { pages: 0, trouble: Some(PrinterTrouble::Away) };
        room.report(PrinterReport::Ended { id: second, end: busy });
        room.report(PrinterReport::Ended { id: first, end: PrintEnd::Printed });
        for (slip_no, state, pages) in [
            ("XH03-261120-00001", PrintState::Printed, 2),
            ("XH03-261120-00002", PrintState::Failed, 0),
        ] {
            let job = room.journal.with(|journal| journal.print_job(slip_no)).unwrap().unwrap();
            assert_eq!((job.state, job.pages_printed), (state, pages), "{slip_no}");
        }
        assert_eq!(Journal::counters(&db).unwrap()[0].slips, 1);
        assert!(room.jobs.is_empty());
    }
}
