//! How much is moved into the common account (划拨), or locked for the relative.

use jiff::civil::Date;

use super::BindPage;
use super::pad::{Pad, PadKind};
use super::quest::{Quest, Step};
use crate::domain::money::Money;
use crate::policy::rules::{LimitAnswer, annual_limit, spendable};
use crate::policy::schema::MoneyModel;
use crate::visit::cx::Cx;
use crate::visit::event::{Act, Event, Tap};
use crate::visit::patron::Patron;
use crate::visit::state::ignore;
use crate::visit::state::page::{Next, Page};

/// The amounts offered, in fen.
const OFFERED_FEN: [i64; 3] = [10_000, 50_000, 100_000];

/// The choice.
pub(crate) struct Amounts {
    pub quest: Box<Quest>,
}

/// Why an amount cannot be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum AmountFault {
    /// It is nothing.
    Nothing,
    /// There is not so much that may be spent.
    TooMuch { spendable: Money },
    /// More than the region lets a relative use in a year.
    AboveLimit { most: Money },
}

/// What is wrong with an amount; what the balance is, the ledger has told home.
pub(crate) fn amount_fault(
    quest: &Quest,
    patron: &Patron,
    on: Date,
    wanted: Money,
) -> Option<AmountFault> {
    if wanted <= Money::ZERO {
        return Some(AmountFault::Nothing);
    }
    let balance = patron.overview.as_ref().map(|overview| overview.balance.total);
    let spendable = balance.map(|balance| spendable(&quest.policy, balance));
    if let Some(spendable) = spendable.filter(|spendable| wanted > *spendable) {
        return Some(AmountFault::TooMuch { spendable });
    }
    let quota = quest.terms(patron, on).is_some_and(|terms| terms.money == MoneyModel::Quota);
    match annual_limit(&quest.policy, wanted) {
        LimitAnswer::TooHigh { most } if quota => Some(AmountFault::AboveLimit { most }),
        _ => None,
    }
}

impl Amounts {
    pub(super) fn enter(quest: Box<Quest>) -> Page {
        Page::Bind(BindPage::Amount(Self { quest }))
    }

    /// The amounts offered that can be.
    pub(crate) fn choices(&self, patron: &Patron, on: Date) -> Vec<Money> {
        let all = OFFERED_FEN.into_iter().map(Money::from_fen);
        all.filter(|wanted| amount_fault(&self.quest, patron, on, *wanted).is_none()).collect()
    }

    /// Nothing may be moved for now; a locked amount is what the relative lives on.
    pub(crate) fn optional(&self, patron: &Patron, on: Date) -> bool {
        self.quest.terms(patron, on).is_some_and(|terms| terms.money == MoneyModel::Pool)
    }

    pub(crate) fn handle(mut self, cx: &mut Cx, patron: &Patron, event: Event) -> Next {
        let today = cx.today();
        let choices = self.choices(patron, today);
        match event {
            Event::Tap(Tap::Row(n)) if usize::from(n) < choices.len() => {
                self.quest.amount = Some(choices.get(usize::from(n)).copied());
                return self.quest.answered(Step::Amount, cx, patron).into();
            }
            Event::Tap(Tap::Skip) if self.optional(patron, today) => {
                self.quest.amount = Some(None);
                return self.quest.answered(Step::Amount, cx, patron).into();
            }
            Event::Tap(Tap::Act(Act::Type)) => {
                return Pad::enter(self.quest, PadKind::Amount).into();
            }
            Event::Tap(Tap::Back) => return self.quest.back().into(),
            other => ignore(cx, &other),
        }
        Page::Bind(BindPage::Amount(self)).into()
    }
}
