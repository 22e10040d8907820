//! One relative: what they may use and have used, and what can be done about it.

use super::{Account, Amount, LimitChoice, MemberList, MembersPage, Purpose, Reminder, may_write};
use crate::records::port::{Member, MemberState};
use crate::visit::cx::Cx;
use crate::visit::event::{Act, Event, Tap};
use crate::visit::patron::Patron;
use crate::visit::state::family::FamilyList;
use crate::visit::state::ignore;
use crate::visit::state::page::{Next, Page};
use crate::visit::state::pay::Asking;

/// The relative.
pub(crate) struct Relative {
    pub account: Account,
    /// Which of the members.
    pub member: usize,
}

impl Relative {
    pub(super) fn enter(account: Account, member: usize) -> Page {
        Page::Members(MembersPage::Relative(Self { account, member }))
    }

    /// Back there, as it was.
    pub(crate) fn resume(self) -> Page {
        Page::Members(MembersPage::Relative(self))
    }

    /// Who it is.
    pub(crate) fn who(&self) -> Option<&Member> {
        self.account.members.get(self.member)
    }

    /// What can be done.
    pub(crate) fn acts(&self, patron: &Patron, writes_possible: bool) -> Vec<Act> {
        let Some(member) = self.who() else { return Vec::new() };
        let writes = may_write(patron, writes_possible);
        let bound = member.state != MemberState::Invited;
        // Whoever was bound with a quota has one, though it may be nothing now.
        let quota = member.quota.is_some();
        [
            (bound && patron.has_account(), Act::Use),
            (writes && bound, Act::Limit),
            (writes && bound && quota, Act::Quota),
            (writes, Act::Release),
        ]
        .into_iter()
        .filter_map(|(offered, act)| offered.then_some(act))
        .collect()
    }

    /// Their premium can be paid, if one is asked.
    pub(crate) fn can_pay(&self, patron: &Patron, writes_possible: bool) -> bool {
        let active = self.who().is_some_and(|member| member.state == MemberState::Active);
        active && patron.has_account() && may_write(patron, writes_possible)
    }

    pub(crate) fn handle(self, cx: &mut Cx, patron: &Patron, event: Event) -> Next {
        match event {
            Event::Tap(Tap::PayPremium) if self.can_pay(patron, cx.writes_possible()) => {
                let relative = self.who().map(|member| member.who.psn_no.clone());
                return Asking::enter(cx, patron, relative, self.resume()).into();
            }
            Event::Tap(Tap::Back) => {
                return MemberList::enter_at(self.account, self.member).into();
            }
            Event::Tap(Tap::Act(act)) if self.acts(patron, cx.writes_possible()).contains(&act) => {
                return self.go(cx, patron, act);
            }
            other => ignore(cx, &other),
        }
        self.resume().into()
    }

    fn go(self, cx: &mut Cx, patron: &Patron, act: Act) -> Next {
        let Some(member) = self.who() else {
            return self.resume().into();
        };
        match act {
            Act::Use => {
                let relative = member.who.psn_no.clone();
                FamilyList::enter_from(cx, patron, relative, self).into()
            }
            Act::Limit => LimitChoice::enter(self.account, self.member).into(),
            Act::Quota => Amount::enter(self.account, Purpose::Quota(self.member)).into(),
            _ => Reminder::enter(self.account, self.member).into(),
        }
    }
}
