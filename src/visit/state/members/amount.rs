//! An amount in whole yuan is entered: a limit, money for the common account, a quota.

use super::{Account, LimitChoice, MemberList, MembersPage, Relative, drafts, limit};
use crate::domain::money::Money;
use crate::policy::rules::{LimitAnswer, Refusal, spendable};
use crate::records::port::Member;
use crate::visit::cx::Cx;
use crate::visit::entered::Entered;
use crate::visit::event::{Event, Tap};
use crate::visit::patron::Patron;
use crate::visit::state::ignore;
use crate::visit::state::page::{Next, Page};
use crate::visit::state::write::{Draft, Review};

/// Most digits of an amount in yuan; far above any personal account.
const YUAN_DIGITS_MAX: u8 = 7;

/// What the amount is for; a relative by their place among the members.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Purpose {
    /// The most a relative may use in a year.
    Limit(usize),
    /// Locked for a relative.
    Quota(usize),
    /// Moved into the common account.
    Transfer,
}

/// Why an amount cannot be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Fault {
    /// As a limit.
    Limit(LimitAnswer),
    /// There is not so much.
    Balance(Refusal),
    /// Nothing would be moved.
    Zero,
    /// It is so already.
    Same,
}

/// The pad.
pub(crate) struct Amount {
    account: Account,
    pub purpose: Purpose,
    entered: Entered,
    pub fault: Option<Fault>,
}

impl Amount {
    pub(super) fn enter(account: Account, purpose: Purpose) -> Page {
        let entered = Entered::new(YUAN_DIGITS_MAX);
        Page::Members(MembersPage::Amount(Self { account, purpose, entered, fault: None }))
    }

    /// For whom, where it is for a relative.
    pub(crate) fn who(&self) -> Option<&Member> {
        match self.purpose {
            Purpose::Limit(member) | Purpose::Quota(member) => self.account.members.get(member),
            Purpose::Transfer => None,
        }
    }

    /// The amount, once a digit is in.
    pub(crate) fn amount(&self) -> Option<Money> {
        let yuan: i64 = self.entered.reveal().parse().ok()?;
        yuan.checked_mul(100).map(Money::from_fen)
    }

    /// How many digits are in.
    pub(crate) fn filled(&self) -> u8 {
        self.entered.count()
    }

    pub(crate) fn handle(mut self, cx: &mut Cx, patron: &Patron, event: Event) -> Next {
        match event {
            Event::Tap(Tap::Key(key)) if self.entered.key(key) => self.fault = None,
            Event::Tap(Tap::Back) => return self.back().into(),
            Event::Tap(Tap::Confirm) => match self.amount() {
                Some(amount) => match self.draft(patron, amount) {
                    Ok(draft) => return Review::enter(draft).into(),
                    Err(fault) => self.fault = Some(fault),
                },
                None => ignore(cx, &event),
            },
            other => ignore(cx, &other),
        }
        Page::Members(MembersPage::Amount(self)).into()
    }

    fn back(self) -> Page {
        match self.purpose {
            Purpose::Limit(member) => LimitChoice::enter(self.account, member),
            Purpose::Quota(member) => Relative::enter(self.account, member),
            Purpose::Transfer => MemberList::enter(self.account, 0),
        }
    }

    fn draft(&self, patron: &Patron, amount: Money) -> Result<Draft, Fault> {
        let before = Self::enter(self.account.clone(), self.purpose);
        match self.purpose {
            Purpose::Limit(member) => {
                limit::draft(&self.account, member, patron, Some(amount), before)
                    .map_err(Fault::Limit)
            }
            Purpose::Quota(member) => {
                let not_stated = Fault::Limit(LimitAnswer::NotStated);
                let member = self.account.members.get(member).ok_or(not_stated)?;
                let locked = member.quota.unwrap_or_default();
                if amount == locked {
                    return Err(Fault::Same);
                }
                affordable(patron, amount - locked)?;
                Ok(drafts::quota(member, amount, before))
            }
            Purpose::Transfer if amount.is_zero() => Err(Fault::Zero),
            Purpose::Transfer => {
                affordable(patron, amount)?;
                Ok(drafts::transfer(amount, before))
            }
        }
    }
}

/// Whether so much can leave the account, as far as is known; the ledger decides.
fn affordable(patron: &Patron, amount: Money) -> Result<(), Fault> {
    let (Some(policy), Some(overview)) = (patron.policy.as_deref(), patron.overview.as_ref())
    else {
        return Err(Fault::Limit(LimitAnswer::NotStated));
    };
    let spendable = spendable(policy, overview.balance.total);
    let stated = policy.rules.retained_balance.as_ref();
    let retained = stated.map_or(Money::ZERO, |stated| stated.value.0);
    match amount > spendable {
        true => Err(Fault::Balance(Refusal::BalanceTooSmall { spendable, retained })),
        false => Ok(()),
    }
}
