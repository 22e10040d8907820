//! Who has invited the patron to use their account: accept it or not.

use super::{Account, MemberList, MembersPage, drafts, may_write};
use crate::records::port::Invitation;
use crate::visit::cx::Cx;
use crate::visit::event::{Act, Event, Tap};
use crate::visit::patron::Patron;
use crate::visit::state::ignore;
use crate::visit::state::page::{Next, Page};
use crate::visit::state::write::Review;

/// One invitation after the other.
pub(crate) struct Invitations {
    pub account: Account,
    /// Which of them is shown.
    pub index: usize,
}

impl Invitations {
    pub(super) fn enter(account: Account, index: usize) -> Page {
        Page::Members(MembersPage::Invitations(Self { account, index }))
    }

    /// The one shown.
    pub(crate) fn shown(&self) -> Option<&Invitation> {
        self.account.invitations.get(self.index)
    }

    /// There are several.
    pub(crate) fn has_next(&self) -> bool {
        self.account.invitations.len() > 1
    }

    pub(crate) fn handle(self, cx: &mut Cx, patron: &Patron, event: Event) -> Next {
        let writes = may_write(patron, cx.writes_possible());
        match event {
            Event::Tap(Tap::Back) => return MemberList::enter(self.account, 0).into(),
            Event::Tap(Tap::NextPage) if self.has_next() => {
                let next = self.index.saturating_add(1);
                let next = if next < self.account.invitations.len() { next } else { 0 };
                return Self::enter(self.account, next).into();
            }
            Event::Tap(Tap::Confirm) if writes => {
                if let Some(invitation) = self.shown() {
                    let before = Self::enter(self.account.clone(), self.index);
                    return Review::enter(drafts::accept(invitation, before)).into();
                }
                ignore(cx, &event);
            }
            Event::Tap(Tap::Act(Act::Decline)) if writes => {
                if let Some(invitation) = self.shown() {
                    let before = Self::enter(self.account.clone(), self.index);
                    return Review::enter(drafts::decline(invitation, before)).into();
                }
                ignore(cx, &event);
            }
            other => ignore(cx, &other),
        }
        Page::Members(MembersPage::Invitations(self)).into()
    }
}
