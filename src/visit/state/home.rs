//! The balance, who used how much, and what can be done.

use super::account::AccountList;
use super::care::CareList;
use super::family::FamilyList;
use super::help::Help;
use super::ignore;
use super::members::MembersPage;
use super::page::{Next, Page};
use super::premiums::PremiumList;
use super::slips::Slips;
use crate::domain::period::Period;
use crate::visit::cx::Cx;
use crate::visit::event::{Event, Tap};
use crate::visit::patron::Patron;
use crate::visit::periods;

/// Premiums are paid once a year: this many years before the current one are shown at first.
const PREMIUM_YEARS: i16 = 2;

/// The home page; what it shows is the patron's overview.
pub(crate) struct Home;

impl Home {
    pub(crate) fn enter() -> Page {
        Page::Home(Self)
    }

    pub(crate) fn handle(self, cx: &mut Cx, patron: &mut Patron, event: Event) -> Next {
        let today = cx.today();
        let Event::Tap(tap) = event else {
            ignore(cx, &event);
            return Page::Home(self).into();
        };
        match tap {
            Tap::Finish => Next::End,
            Tap::Help => Help::enter().into(),
            Tap::Account if patron.has_account() => {
                AccountList::enter(cx, patron, periods::three_months(today)).into()
            }
            Tap::Family if patron.has_account() => {
                FamilyList::enter(cx, patron, Period::this_year(today), None).into()
            }
            Tap::Members => MembersPage::enter(cx, patron).into(),
            Tap::Premiums if patron.has_account() => {
                let period = periods::recent_years(today, PREMIUM_YEARS);
                PremiumList::enter(cx, patron, period).into()
            }
            // Who has an account finds them beside its details.
            Tap::Care if !patron.has_account() => {
                CareList::enter(cx, patron, Period::this_year(today), None).into()
            }
            Tap::Slips if patron.has_account() && cx.settings.printer => {
                Slips::enter(patron.bounded(Period::this_year(today))).into()
            }
            _ => {
                ignore(cx, &event);
                Page::Home(self).into()
            }
        }
    }
}
