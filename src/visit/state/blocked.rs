//! The patron wants to print, but the printer cannot; nothing has been sent to it.

use super::home::Home;
use super::ignore;
use super::page::{Next, Page};
use super::preview::Job;
use super::printing::{self, Printing};
use super::unfinished::Unfinished;
use crate::visit::cx::Cx;
use crate::visit::event::{Event, PrintEnd, PrinterNews, PrinterTrouble, Tap};
use crate::visit::patron::Patron;

/// What hinders the printer, and whether the patron waits for it to go.
pub(crate) struct Blocked {
    pub job: Job,
    pub trouble: PrinterTrouble,
    /// 等换纸 was touched.
    pub waiting: bool,
    until_ms: u64,
}

impl Blocked {
    pub(crate) fn enter(cx: &mut Cx, job: Job, trouble: PrinterTrouble) -> Page {
        printing::call_staff_for(cx, trouble);
        let until_ms = cx.after(cx.limits.print_held_ms);
        Page::Blocked(Self { job, trouble, waiting: false, until_ms })
    }

    pub(crate) fn handle(mut self, cx: &mut Cx, patron: &mut Patron, event: Event) -> Next {
        match event {
            Event::Printer(PrinterNews::Condition(condition)) => match condition.trouble {
                // The patron has touched 开始打印, and nothing has been printed since.
                None => return Printing::enter(cx, patron, self.job).into(),
                Some(trouble) => {
                    self.trouble = trouble;
                    printing::call_staff_for(cx, trouble);
                }
            },
            Event::Tap(Tap::WaitForPaper) if !self.waiting => {
                self.waiting = true;
                self.until_ms = cx.after(cx.limits.print_held_ms);
            }
            Event::Tap(Tap::StopPrinting) => return Home::enter().into(),
            Event::Tick if cx.due(self.until_ms) => {
                let end = PrintEnd::Failed { pages: 0, trouble: Some(self.trouble) };
                let pages = self.job.slip.pages();
                return Unfinished::enter(self.job, end, pages).into();
            }
            other => ignore(cx, &other),
        }
        Page::Blocked(self).into()
    }

    pub(crate) fn deadline(&self) -> u64 {
        self.until_ms
    }
}
