//! Hands a slip's bytes to the printer driver as it has room for them.

use gongji_hal::driver::Driver;
use gongji_hal::printer::driver::{Command, PrinterDriver, Refusal};
use gongji_hal::time::Instant;

use crate::visit::event::PrintId;

use super::Order;

/// A slip on its way to the driver.
pub(super) struct Feed {
    order: Order,
    page: usize,
    offset: usize,
    finished: bool,
}

impl Feed {
    pub(super) fn new(order: Order) -> Self {
        Self { order, page: 0, offset: 0, finished: false }
    }

    pub(super) fn id(&self) -> PrintId {
        self.order.id
    }

    /// Does the next step if the driver takes it; returns whether it did.
    pub(super) fn advance(&mut self, driver: &mut PrinterDriver, now: Instant) -> bool {
        if self.finished {
            return false;
        }
        let Some(page) = self.order.pages.get(self.page) else {
            self.finished = driver.submit(now, Command::Finish).is_ok();
            return self.finished;
        };
        let rest = page.get(self.offset..).unwrap_or_default();
        if rest.is_empty() {
            return match driver.submit(now, Command::EndPage) {
                Ok(()) => {
                    self.page += 1;
                    self.offset = 0;
                    true
                }
                Err(Refusal::CutShort) => {
                    // Nothing that comes later would complete it.
                    log::error!("printer.page breaks off inside a command");
                    self.finished = driver.submit(now, Command::Cancel).is_ok();
                    self.finished
                }
                Err(_) => false,
            };
        }
        let taken = driver.write(now, rest);
        self.offset += taken;
        taken > 0
    }
}
