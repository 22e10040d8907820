//! Of which year the premium is, and how far each one is.

use super::judge::{self, Standing};
use super::{Due, PayPage, Payee};
use crate::records::port::PremiumDue;
use crate::visit::cx::Cx;
use crate::visit::event::{Event, Tap};
use crate::visit::limits::ROWS_PER_PAGE_MAX;
use crate::visit::patron::Patron;
use crate::visit::state::ignore;
use crate::visit::state::page::{Next, Page};

/// The premiums that are asked of a relative.
pub(crate) struct Years {
    pub payee: Payee,
    /// At most [`ROWS_PER_PAGE_MAX`], newest year first, each with how it stands.
    pub dues: Vec<(PremiumDue, Standing)>,
    behind: Box<Page>,
}

impl Years {
    pub(super) fn enter(
        cx: &Cx,
        patron: &Patron,
        payee: Payee,
        mut dues: Vec<PremiumDue>,
        behind: Box<Page>,
    ) -> Page {
        dues.truncate(ROWS_PER_PAGE_MAX as usize);
        let standings: Vec<Standing> =
            dues.iter().map(|due| judge::due(cx, patron, &payee, due, &dues)).collect();
        let dues = dues.into_iter().zip(standings).collect();
        Page::Pay(PayPage::Years(Box::new(Self { payee, dues, behind })))
    }

    /// How one of them stands now; `None` when there is no such row.
    pub(super) fn standing(&self, cx: &Cx, patron: &Patron, row: u8) -> Option<Standing> {
        let all: Vec<PremiumDue> = self.dues.iter().map(|(due, _)| due.clone()).collect();
        let due = all.get(usize::from(row))?;
        Some(judge::due(cx, patron, &self.payee, due, &all))
    }

    pub(super) fn handle(self: Box<Self>, cx: &mut Cx, patron: &Patron, event: Event) -> Next {
        match event {
            Event::Tap(Tap::Back) => return self.behind.resume(cx, patron).into(),
            Event::Tap(Tap::Row(row)) => match self.standing(cx, patron, row) {
                Some(standing) => return Due::enter(self, row, standing).into(),
                None => ignore(cx, &event),
            },
            other => ignore(cx, &other),
        }
        Page::Pay(PayPage::Years(self)).into()
    }
}
