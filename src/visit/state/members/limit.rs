//! How much a relative may use in a year: a few amounts, none, or another one.

use super::{Account, Amount, MembersPage, Purpose, Relative, drafts};
use crate::domain::money::Money;
use crate::policy::rules::{LimitAnswer, annual_limit};
use crate::records::port::Member;
use crate::visit::cx::Cx;
use crate::visit::event::{Event, Tap};
use crate::visit::patron::Patron;
use crate::visit::state::ignore;
use crate::visit::state::page::{Next, Page};
use crate::visit::state::write::{Draft, Review};

/// One of the choices.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum LimitAmount {
    /// So many yuan.
    Yuan(u16),
    /// No limit of one's own.
    None,
    /// Another amount.
    Other,
}

/// The choices, in order.
pub(crate) const CHOICES: [LimitAmount; 5] = [
    LimitAmount::Yuan(1_000),
    LimitAmount::Yuan(3_000),
    LimitAmount::Yuan(5_000),
    LimitAmount::None,
    LimitAmount::Other,
];

/// The choice.
pub(crate) struct LimitChoice {
    account: Account,
    member: usize,
    /// Why the last one cannot be.
    pub answer: Option<LimitAnswer>,
}

impl LimitChoice {
    pub(super) fn enter(account: Account, member: usize) -> Page {
        Page::Members(MembersPage::Limit(Self { account, member, answer: None }))
    }

    /// Whose limit it is.
    pub(crate) fn who(&self) -> Option<&Member> {
        self.account.members.get(self.member)
    }

    pub(crate) fn handle(mut self, cx: &mut Cx, patron: &Patron, event: Event) -> Next {
        match event {
            Event::Tap(Tap::Back) => return Relative::enter(self.account, self.member).into(),
            Event::Tap(Tap::Row(row)) => match CHOICES.get(usize::from(row)) {
                Some(LimitAmount::Other) => {
                    return Amount::enter(self.account, Purpose::Limit(self.member)).into();
                }
                Some(LimitAmount::None) => return self.review(patron, None).into(),
                Some(LimitAmount::Yuan(yuan)) => {
                    let wanted = Money::from_fen(i64::from(*yuan) * 100);
                    return self.review(patron, Some(wanted)).into();
                }
                None => ignore(cx, &event),
            },
            other => ignore(cx, &other),
        }
        self.answer = None;
        Page::Members(MembersPage::Limit(self)).into()
    }

    fn review(mut self, patron: &Patron, wanted: Option<Money>) -> Page {
        let before = Self::enter(self.account.clone(), self.member);
        match draft(&self.account, self.member, patron, wanted, before) {
            Ok(draft) => Review::enter(draft),
            Err(answer) => {
                self.answer = Some(answer);
                Page::Members(MembersPage::Limit(self))
            }
        }
    }
}

/// The write of a limit, if the region's rules let it be.
///
/// # Errors
/// What the rules say of it.
pub(super) fn draft(
    account: &Account,
    member: usize,
    patron: &Patron,
    wanted: Option<Money>,
    before: Page,
) -> Result<Draft, LimitAnswer> {
    let not_stated = LimitAnswer::NotStated;
    let policy = patron.policy.as_deref().ok_or(not_stated)?;
    let member = account.members.get(member).ok_or(not_stated)?;
    let answer = wanted.map_or(LimitAnswer::Allowed, |wanted| annual_limit(policy, wanted));
    match answer {
        LimitAnswer::Allowed | LimitAnswer::MayBeTooHigh { .. } => {
            Ok(drafts::limit(policy, member, wanted, answer, before))
        }
        LimitAnswer::TooHigh { .. } | LimitAnswer::NotPositive | LimitAnswer::NotStated => {
            Err(answer)
        }
    }
}
