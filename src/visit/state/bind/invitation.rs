//! Somebody shares an account with the patron: it is accepted, or not.

use super::BindPage;
use super::draft;
use super::quest::{Goal, Quest, Step};
use super::refused::Refused;
use crate::records::port::Invitation;
use crate::visit::cx::Cx;
use crate::visit::event::{Act, Event, Tap};
use crate::visit::patron::Patron;
use crate::visit::state::ignore;
use crate::visit::state::page::{Next, Page};
use crate::visit::state::write::Review;

/// The invitation.
pub(crate) struct Invited {
    pub quest: Box<Quest>,
}

impl Invited {
    pub(super) fn enter(quest: Box<Quest>) -> Page {
        Page::Bind(BindPage::Invited(Self { quest }))
    }

    /// What is answered.
    pub(crate) fn invitation(&self) -> Option<&Invitation> {
        match &self.quest.goal {
            Goal::Answer(invitation) => Some(invitation),
            Goal::Bind(_) => None,
        }
    }

    pub(crate) fn handle(mut self, cx: &mut Cx, patron: &Patron, event: Event) -> Next {
        match event {
            Event::Tap(Tap::Confirm) => {
                let last_day = self.invitation().and_then(|invitation| invitation.expires);
                if last_day.is_some_and(|last_day| last_day < cx.today()) {
                    return Refused::invitation_ran_out(self.quest).into();
                }
                self.quest.accepted = true;
                return self.quest.answered(Step::Invitation, cx, patron).into();
            }
            Event::Tap(Tap::Act(Act::Decline)) => {
                if let Some(invitation) = self.invitation().cloned() {
                    let before = Box::new(Self::enter(self.quest));
                    return Review::enter(draft::decline(&invitation, patron, before)).into();
                }
            }
            Event::Tap(Tap::Back) => return self.quest.back(cx).into(),
            other => ignore(cx, &other),
        }
        Page::Bind(BindPage::Invited(self)).into()
    }
}
