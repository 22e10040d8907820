//! Which slip, and of which time.

use super::home::Home;
use super::ignore;
use super::months::Months;
use super::page::{Next, Origin, Page};
use super::preparing::Preparing;
use crate::domain::period::Period;
use crate::visit::cx::Cx;
use crate::visit::event::{Event, PrintSize, SlipKind, Tap};
use crate::visit::paper::Paper;
use crate::visit::patron::Patron;

/// The choice of a slip.
pub(crate) struct Slips {
    pub period: Period,
}

impl Slips {
    pub(crate) fn enter(period: Period) -> Page {
        Page::Slips(Self { period })
    }

    pub(crate) fn handle(self, cx: &mut Cx, patron: &Patron, event: Event) -> Next {
        match event {
            Event::Tap(Tap::Back) => Home::enter().into(),
            Event::Tap(Tap::ChoosePeriod) => Months::enter(cx, patron, Origin::Slips(self)).into(),
            Event::Tap(Tap::Slip(
                kind @ (SlipKind::Account | SlipKind::Family | SlipKind::Care),
            )) => {
                let paper = Paper::Statement { kind, period: self.period };
                Preparing::enter(cx, patron, Origin::Slips(self), paper, PrintSize::Normal).into()
            }
            other => {
                ignore(cx, &other);
                Page::Slips(self).into()
            }
        }
    }
}
