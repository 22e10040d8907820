//! A second card, document or code in the course of a visit: whose is it, and whose is the visit?

use super::ignore;
use crate::domain::person::Insured;
use crate::records::port::LedgerError;
use crate::visit::cx::Cx;
use crate::visit::event::{
    Answer, CardNews, CodeNews, DocumentNews, DocumentTrouble, Effect, Event, Query, QueryId,
    StaffReason,
};
use crate::visit::medium::Medium;
use crate::visit::patron::Patron;
use crate::visit::pending::{Pending, Wait};

/// How far the second medium is. Personal; lives only inside a `Visit`.
pub(crate) enum Phase {
    /// There is none.
    None,
    /// A card is in the slot and being read.
    Reading { until_ms: u64 },
    /// The ledger is asked whose it is.
    Identifying { medium: Medium, pending: Pending },
    /// It is another person's: the patron is asked for whom the visit is.
    Asking(Box<Other>),
}

/// Another person, and by what they are known.
pub(crate) struct Other {
    pub medium: Medium,
    pub person: Insured,
}

/// The second medium of a visit.
pub(crate) struct Second {
    pub phase: Phase,
    /// So long the page says that the last one could not be used.
    unused_until: Option<u64>,
}

impl Second {
    /// There is none, or the card that was put in while the first one was looked up.
    pub(crate) fn new(cx: &mut Cx, card_in: bool) -> Self {
        let mut second = Self { phase: Phase::None, unused_until: None };
        if card_in {
            second.read_card(cx);
        }
        second
    }

    /// Nothing is being looked up or asked.
    pub(crate) fn is_none(&self) -> bool {
        matches!(self.phase, Phase::None)
    }

    /// The person whom the question is about.
    pub(crate) fn other(&self) -> Option<&Other> {
        match &self.phase {
            Phase::Asking(other) => Some(other),
            _ => None,
        }
    }

    /// The page says that the last medium could not be used.
    pub(crate) fn unused(&self) -> bool {
        self.unused_until.is_some()
    }

    /// The patron keeps the visit as it is.
    pub(crate) fn drop_it(&mut self) {
        self.phase = Phase::None;
    }

    /// The other person, for whom the visit now is.
    pub(crate) fn take_other(&mut self) -> Option<Other> {
        match std::mem::replace(&mut self.phase, Phase::None) {
            Phase::Asking(other) => Some(*other),
            _ => None,
        }
    }

    /// News of the slot in a visit that no card binds.
    pub(crate) fn card(&mut self, cx: &mut Cx, news: CardNews) {
        match news {
            CardNews::Inserted if cx.devices.card_is_new() => self.read_card(cx),
            CardNews::Removed if self.is_card() => self.phase = Phase::None,
            CardNews::Removed => {}
            CardNews::Read(result) if self.reads() => match result {
                Ok(holder) => self.look_up(cx, Medium::Card(holder)),
                Err(_) => self.give_up(cx),
            },
            CardNews::Reader { working: false } if self.reads() => self.phase = Phase::None,
            other => ignore(cx, &Event::Card(other)),
        }
    }

    /// A document was put down on a page that lets it.
    pub(crate) fn document(&mut self, cx: &mut Cx, patron: &Patron, news: DocumentNews) {
        match news {
            DocumentNews::Read(Ok(holder)) => {
                let own = holder.id_number.upgraded() == patron.person.id_number.upgraded();
                if !own {
                    self.look_up(cx, Medium::Document(holder));
                }
            }
            DocumentNews::Read(Err(trouble)) => {
                if trouble == DocumentTrouble::NotGenuine {
                    cx.call_staff(StaffReason::DocumentDoubted);
                }
                self.give_up(cx);
            }
            DocumentNews::Placed | DocumentNews::Lifted | DocumentNews::Reader { .. } => {}
        }
    }

    /// A code was held up on a page that lets it.
    pub(crate) fn code(&mut self, cx: &mut Cx, patron: &Patron, news: CodeNews) {
        let CodeNews::Scanned(code) = news else { return };
        // The telephone is still before the scanner: the ledger knows its code as used by now.
        let own = matches!(&patron.began_with, Medium::Code(first) if *first == code);
        if !own {
            self.look_up(cx, Medium::Code(code));
        }
    }

    /// Whether an answer is to this question.
    pub(crate) fn asked(&self, id: QueryId) -> bool {
        matches!(&self.phase, Phase::Identifying { pending, .. } if pending.is(id))
    }

    /// The ledger has said whose it is; a card of the same person binds the visit from now on.
    pub(crate) fn answered(
        &mut self,
        cx: &Cx,
        patron: &mut Patron,
        result: Result<Answer, LedgerError>,
    ) {
        let Phase::Identifying { medium, .. } = std::mem::replace(&mut self.phase, Phase::None)
        else {
            return;
        };
        match result {
            Ok(Answer::Identified(person)) if medium.fits(&person) => {
                if person.psn_no != patron.person.psn_no {
                    self.phase = Phase::Asking(Box::new(Other { medium, person }));
                } else if let Medium::Card(holder) = medium {
                    patron.card = Some(holder);
                }
            }
            Ok(_) | Err(_) => self.give_up(cx),
        }
    }

    /// Time has passed.
    pub(crate) fn tick(&mut self, cx: &Cx) {
        if self.unused_until.is_some_and(|until| cx.due(until)) {
            self.unused_until = None;
        }
        let over = match &mut self.phase {
            Phase::Reading { until_ms } => cx.due(*until_ms),
            Phase::Identifying { pending, .. } => pending.tick(cx) == Wait::GivenUp,
            Phase::None | Phase::Asking(_) => false,
        };
        if over {
            self.give_up(cx);
        }
    }

    /// When [`Self::tick`] is due.
    pub(crate) fn deadline(&self) -> Option<u64> {
        let phase = match &self.phase {
            Phase::Reading { until_ms } => Some(*until_ms),
            Phase::Identifying { pending, .. } => Some(pending.deadline()),
            Phase::None | Phase::Asking(_) => None,
        };
        phase.into_iter().chain(self.unused_until).min()
    }

    fn read_card(&mut self, cx: &mut Cx) {
        cx.emit(Effect::ReadCard);
        self.phase = Phase::Reading { until_ms: cx.after(cx.limits.card_read_ms) };
    }

    fn look_up(&mut self, cx: &mut Cx, medium: Medium) {
        if medium.expired(cx.today()) {
            return self.give_up(cx);
        }
        let pending = cx.ask(Query::Identify(medium.credential()));
        self.unused_until = None;
        self.phase = Phase::Identifying { medium, pending };
    }

    fn give_up(&mut self, cx: &Cx) {
        self.phase = Phase::None;
        self.unused_until = Some(cx.after(cx.limits.message_ms));
    }

    fn reads(&self) -> bool {
        matches!(self.phase, Phase::Reading { .. })
    }

    fn is_card(&self) -> bool {
        match &self.phase {
            Phase::None => false,
            Phase::Reading { .. } => true,
            Phase::Identifying { medium, .. } => matches!(medium, Medium::Card(_)),
            Phase::Asking(other) => matches!(other.medium, Medium::Card(_)),
        }
    }
}
