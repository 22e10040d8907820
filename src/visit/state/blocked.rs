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
    /// 等换纸 was touched: how long that is waited for.
    until_ms: Option<u64>,
}

impl Blocked {
    pub(crate) fn enter(cx: &mut Cx, job: Job, trouble: PrinterTrouble) -> Page {
        printing::call_staff_for(cx, trouble);
        Page::Blocked(Self { job, trouble, until_ms: None })
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
            Event::Tap(Tap::WaitForPaper) if !self.waiting() => {
                self.until_ms = Some(cx.after(cx.limits.print_held_ms));
            }
            Event::Tap(Tap::StopPrinting) => return Home::enter().into(),
            Event::Tick if self.until_ms.is_some_and(|until| cx.due(until)) => {
                let end = PrintEnd::Failed { pages: 0, trouble: Some(self.trouble) };
                let pages = self.job.slip.pages();
                return Unfinished::enter(self.job, end, pages).into();
            }
            other => ignore(cx, &other),
        }
        Page::Blocked(self).into()
    }

    /// The patron waits for the printer, which has its own bound.
    pub(crate) fn waiting(&self) -> bool {
        self.until_ms.is_some()
    }

    pub(crate) fn deadline(&self) -> Option<u64> {
        self.until_ms
    }
}
