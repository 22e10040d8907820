//! 温馨提示: what a release means, before its review.

use super::{Account, MembersPage, Relative, drafts};
use crate::domain::money::Money;
use crate::records::port::Member;
use crate::visit::cx::Cx;
use crate::visit::event::{Event, Tap};
use crate::visit::state::ignore;
use crate::visit::state::page::{Next, Page};
use crate::visit::state::write::Review;

/// The reminder.
pub(crate) struct Reminder {
    account: Account,
    member: usize,
}

impl Reminder {
    pub(super) fn enter(account: Account, member: usize) -> Page {
        Page::Members(MembersPage::Reminder(Self { account, member }))
    }

    /// Who would be released.
    pub(crate) fn who(&self) -> Option<&Member> {
        self.account.members.get(self.member)
    }

    /// What is in the common account, if it may come back with this release.
    pub(crate) fn pool(&self) -> Option<Money> {
        let shares = self.who().is_some_and(|member| member.quota.is_none());
        self.account.pool.filter(|pool| shares && !pool.is_zero())
    }

    pub(crate) fn handle(self, cx: &mut Cx, event: Event) -> Next {
        match event {
            Event::Tap(Tap::Back) => return Relative::enter(self.account, self.member).into(),
            Event::Tap(Tap::Confirm) => {
                if let Some(member) = self.who() {
                    let before = Self::enter(self.account.clone(), self.member);
                    return Review::enter(drafts::release(member, self.pool(), before)).into();
                }
                ignore(cx, &event);
            }
            other => ignore(cx, &other),
        }
        Page::Members(MembersPage::Reminder(self)).into()
    }
}
