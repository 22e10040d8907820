//! The ledger is asked who the relative is.

use super::BindPage;
use super::note::Note;
use super::quest::{Found, Quest, Step};
use super::swap::Swap;
use super::who::{Who, own_card};
use crate::domain::id_number::IdNumber;
use crate::records::port::{Candidate, Credential, LedgerError};
use crate::visit::cx::Cx;
use crate::visit::devices::Slot;
use crate::visit::event::{Answer, Event, Query, Tap};
use crate::visit::medium::Medium;
use crate::visit::patron::Patron;
use crate::visit::pending::{LedgerTrouble, Pending, Wait};
use crate::visit::state::ignore;
use crate::visit::state::page::{Next, Page};

/// Waiting for the answer.
pub(crate) struct Looking {
    pub quest: Box<Quest>,
    /// What was shown; `None`: the number was typed.
    medium: Option<Medium>,
    pub pending: Pending,
}

impl Looking {
    /// Somebody's medium was shown.
    pub(super) fn enter(cx: &mut Cx, patron: &Patron, quest: Box<Quest>, medium: Medium) -> Page {
        let pending = ask(cx, patron, medium.credential());
        Page::Bind(BindPage::Looking(Self { quest, medium: Some(medium), pending }))
    }

    /// Somebody's number was typed.
    pub(super) fn typed(cx: &mut Cx, patron: &Patron, quest: Box<Quest>, number: IdNumber) -> Page {
        let pending = ask(cx, patron, Credential::IdNumber(number));
        Page::Bind(BindPage::Looking(Self { quest, medium: None, pending }))
    }

    pub(crate) fn handle(mut self, cx: &mut Cx, patron: &mut Patron, event: Event) -> Next {
        match event {
            Event::Answer { id, result } if self.pending.is(id) => {
                return self.told(cx, patron, result).into();
            }
            Event::Tick => {
                if self.pending.tick(cx) == Wait::GivenUp {
                    let silent = Note::Ledger(LedgerTrouble::Silent);
                    return Who::enter(self.quest, Some(silent)).into();
                }
            }
            Event::Tap(Tap::Back) => return Who::enter(self.quest, None).into(),
            // The slot is looked at when the answer is there.
            Event::Card(_) => {}
            other => ignore(cx, &other),
        }
        Page::Bind(BindPage::Looking(self)).into()
    }

    fn told(self, cx: &Cx, patron: &mut Patron, result: Result<Answer, LedgerError>) -> Page {
        let Self { mut quest, medium, .. } = self;
        let found = found(patron, medium.as_ref(), result);
        if matches!(found, Err(Note::Own))
            && let Some(medium) = &medium
            && cx.devices.slot == Slot::Present
        {
            own_card(patron, medium);
            return Who::enter(quest, Some(Note::Own));
        }
        // A card that binds nobody must be out of the slot before the way goes on.
        if patron.card.is_none() && matches!(medium, Some(Medium::Card(_))) {
            return Swap::take_out(cx, patron, quest, found);
        }
        match found {
            Ok(found) => {
                quest.found = Some(found);
                quest.answered(Step::Who, cx, patron)
            }
            Err(note) => Who::enter(quest, Some(note)),
        }
    }
}

/// Puts the question.
pub(super) fn ask(cx: &mut Cx, patron: &Patron, credential: Credential) -> Pending {
    cx.ask(Query::Candidate { donor: patron.person.psn_no.clone(), credential })
}

/// What the ledger's answer comes to.
pub(super) fn found(
    patron: &Patron,
    medium: Option<&Medium>,
    result: Result<Answer, LedgerError>,
) -> Result<Found, Note> {
    let candidate: Candidate = match result {
        Ok(Answer::Candidate(candidate)) => *candidate,
        Ok(_) => return Err(Note::Ledger(LedgerTrouble::Away)),
        Err(error) => return Err((&error).into()),
    };
    if candidate.insured.psn_no == patron.person.psn_no {
        return Err(Note::Own);
    }
    if medium.is_some_and(|medium| !medium.fits(&candidate.insured)) {
        return Err(Note::Mismatch);
    }
    let card = match medium {
        Some(Medium::Card(holder)) => Some(holder.number.clone()),
        Some(Medium::Document(_) | Medium::Code(_) | Medium::Typed(_)) => candidate.card.clone(),
        None => None,
    };
    Ok(Found { candidate, shown: medium.map(Medium::kind), card })
}
