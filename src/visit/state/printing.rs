//! A slip is with the printer.

use super::ignore;
use super::page::{Next, Page};
use super::preview::Job;
use super::printed::Printed;
use super::unfinished::Unfinished;
use crate::visit::cx::Cx;
use crate::visit::event::{
    Effect, Event, PrintEnd, PrintId, PrinterCondition, PrinterNews, PrinterTrouble, StaffReason,
    Tap,
};
use crate::visit::patron::Patron;

/// What the slip waits for.
enum Phase {
    /// The printer; without any news until then it is stopped.
    Running { silent_at_ms: u64 },
    /// Paper, or a repair.
    Held { trouble: PrinterTrouble, until_ms: u64 },
    /// Its end, after it was asked to stop.
    Stopping { until_ms: u64 },
}

/// The slip on its way.
pub(crate) struct Printing {
    pub id: PrintId,
    pub job: Job,
    /// The number the journal has given it.
    slip_no: Option<String>,
    /// Pages of the slip.
    pub pages: u16,
    /// Pages known to be on paper.
    pub pages_done: u16,
    /// 等换纸 was touched.
    pub waiting: bool,
    phase: Phase,
}

impl Printing {
    /// Sends the slip; the one place that does.
    pub(crate) fn enter(cx: &mut Cx, patron: &mut Patron, job: Job) -> Page {
        let id = cx.print_id();
        let copy = patron.next_copy(&job.paper);
        cx.emit(Effect::Print { id, slip: job.slip.clone(), copy });
        let phase = Phase::Running { silent_at_ms: cx.after(cx.limits.print_silence_ms) };
        let pages = job.slip.pages();
        Page::Printing(Self { id, job, slip_no: None, pages, pages_done: 0, waiting: false, phase })
    }

    /// What holds the slip.
    pub(crate) fn trouble(&self) -> Option<PrinterTrouble> {
        match self.phase {
            Phase::Held { trouble, .. } => Some(trouble),
            _ => None,
        }
    }

    /// The slip waits for paper or a repair.
    pub(crate) fn held(&self) -> bool {
        self.trouble().is_some()
    }

    /// The slip was asked to stop.
    pub(crate) fn stopping(&self) -> bool {
        matches!(self.phase, Phase::Stopping { .. })
    }

    pub(crate) fn handle(mut self, cx: &mut Cx, patron: &mut Patron, event: Event) -> Next {
        match event {
            Event::Printer(PrinterNews::Started { id, slip_no, pages }) if id == self.id => {
                self.slip_no = Some(slip_no);
                self.pages = pages;
                self.heard(cx);
            }
            Event::Printer(PrinterNews::Progress { id, pages }) if id == self.id => {
                self.pages_done = self.pages_done.max(pages.min(self.pages));
                self.heard(cx);
            }
            Event::Printer(PrinterNews::Ended { id, end }) if id == self.id => {
                return self.ended(patron, end).into();
            }
            Event::Printer(PrinterNews::Condition(condition)) => self.condition(cx, condition),
            Event::Tap(Tap::StopPrinting) if !self.stopping() => self.stop(cx),
            Event::Tap(Tap::WaitForPaper) if self.held() && !self.waiting => self.waiting = true,
            Event::Tick if cx.due(self.deadline()) => {
                if self.stopping() {
                    // The printer was asked to stop and says nothing: it cannot be known.
                    let pages = self.pages_done;
                    return self.ended(patron, PrintEnd::Unknown { pages }).into();
                }
                self.stop(cx);
            }
            other => ignore(cx, &other),
        }
        Page::Printing(self).into()
    }

    pub(crate) fn deadline(&self) -> u64 {
        match self.phase {
            Phase::Running { silent_at_ms } => silent_at_ms,
            Phase::Held { until_ms, .. } | Phase::Stopping { until_ms } => until_ms,
        }
    }

    fn heard(&mut self, cx: &Cx) {
        if let Phase::Running { silent_at_ms } = &mut self.phase {
            *silent_at_ms = cx.after(cx.limits.print_silence_ms);
        }
    }

    fn condition(&mut self, cx: &mut Cx, condition: PrinterCondition) {
        match (&mut self.phase, condition.trouble) {
            (Phase::Stopping { .. }, _) => {}
            (Phase::Held { trouble, .. }, Some(now)) => *trouble = now,
            (Phase::Running { .. }, Some(trouble)) => {
                self.waiting = false;
                let until_ms = cx.after(cx.limits.print_held_ms);
                self.phase = Phase::Held { trouble, until_ms };
            }
            (_, None) => {
                let silent_at_ms = cx.after(cx.limits.print_silence_ms);
                self.phase = Phase::Running { silent_at_ms };
            }
        }
        if let Some(trouble) = self.trouble() {
            call_staff_for(cx, trouble);
        }
    }

    fn stop(&mut self, cx: &mut Cx) {
        cx.emit(Effect::StopPrint { id: self.id });
        self.phase = Phase::Stopping { until_ms: cx.after(cx.limits.print_stop_ms) };
    }

    fn ended(self, patron: &mut Patron, end: PrintEnd) -> Page {
        let nothing_sent =
            self.slip_no.is_none() && matches!(end, PrintEnd::Failed { pages: 0, .. });
        if !nothing_sent {
            patron.note_begun(&self.job.paper);
        }
        match end {
            PrintEnd::Printed => Printed::enter(self.slip_no, self.pages),
            end => Unfinished::enter(self.job, end, self.pages),
        }
    }
}

/// Calls staff when a person must see to the printer; a hot head cools by itself.
pub(crate) fn call_staff_for(cx: &mut Cx, trouble: PrinterTrouble) {
    if trouble != PrinterTrouble::HeadHot {
        cx.call_staff(StaffReason::Printer);
    }
}
