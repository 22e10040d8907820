//! The relative's card in the slot, in the place of the patron's own: out, in, out, in again.
//!
//! The one state in which the card that binds the visit may be taken out. Nothing personal is shown
//! meanwhile. Whatever card is put back must be that same one; any other, or none in time, ends the
//! visit.

use super::BindPage;
use super::looking;
use super::note::Note;
use super::phase::{Came, Phase};
use super::quest::{Found, Quest, Step};
use super::who::Who;
use crate::visit::cx::Cx;
use crate::visit::devices::Slot;
use crate::visit::event::{CardHolder, CardNews, CardTrouble, Effect, Event, Tap};
use crate::visit::medium::{Medium, MediumKind};
use crate::visit::patience::Patience;
use crate::visit::patron::Patron;
use crate::visit::pending::{LedgerTrouble, Wait};
use crate::visit::state::ignore;
use crate::visit::state::page::{Next, Page};

/// The exchange of cards.
pub(crate) struct Swap {
    pub quest: Box<Quest>,
    pub phase: Phase,
    /// So long nothing may happen; the patron is warned before.
    clock: Patience,
}

impl Swap {
    /// Asks for the patron's own card to be taken out.
    pub(super) fn enter(quest: Box<Quest>, cx: &Cx) -> Page {
        Self { quest, phase: Phase::TakeOwn, clock: clock(cx) }.page()
    }

    /// In a visit that no card binds: asks for the relative's card to be taken out.
    pub(super) fn take_out(
        cx: &Cx,
        patron: &Patron,
        quest: Box<Quest>,
        found: Result<Found, Note>,
    ) -> Page {
        let came = found.map(Box::new).map_err(Some);
        let swap = Self { quest, phase: Phase::PutOther, clock: clock(cx) };
        match cx.devices.slot {
            Slot::Empty => swap.done(cx, patron, came),
            Slot::Present | Slot::Unknown => swap.at(cx, Phase::TakeOther(came)),
        }
    }

    pub(crate) fn handle(mut self, cx: &mut Cx, patron: &mut Patron, event: Event) -> Next {
        match event {
            Event::Card(news) => self.card(cx, patron, news),
            Event::Tick => self.tick(cx, patron),
            Event::Tap(Tap::Back) => self.back(cx),
            Event::Answer { id, result } if self.phase.asked(id) => {
                let Phase::Looking { card, gone, .. } = self.phase else {
                    return self.page().into();
                };
                let medium = Medium::Card(card);
                let came = looking::found(patron, Some(&medium), result);
                self.phase = Phase::PutOther;
                self.known(cx, came.map(Box::new).map_err(Some), gone).into()
            }
            other => {
                ignore(cx, &other);
                self.page().into()
            }
        }
    }

    /// When a tick is due.
    pub(crate) fn deadline(&self) -> Option<u64> {
        self.phase.deadline().into_iter().chain(self.clock().map(Patience::deadline)).min()
    }

    /// The clock, while the patron's own card is not in the slot.
    pub(crate) fn clock(&self) -> Option<&Patience> {
        (!matches!(self.phase, Phase::TakeOwn)).then_some(&self.clock)
    }

    /// Somebody has touched the screen.
    pub(crate) fn touched(&mut self, cx: &Cx) {
        self.clock = clock(cx);
    }

    fn page(self) -> Page {
        Page::Bind(BindPage::Swap(self))
    }

    /// Something has happened: on to this phase, with the time for it.
    fn at(mut self, cx: &Cx, phase: Phase) -> Page {
        self.phase = phase;
        self.clock = clock(cx);
        self.page()
    }

    fn back(self, cx: &mut Cx) -> Next {
        match self.phase {
            Phase::TakeOwn => Who::enter(self.quest, None).into(),
            Phase::PutOther => self.at(cx, Phase::PutOwn(Err(None))).into(),
            Phase::TakeUnusable(_) => self.at(cx, Phase::TakeOther(Err(None))).into(),
            Phase::Looking { gone, .. } => {
                let swap = Self { phase: Phase::PutOther, ..self };
                swap.known(cx, Err(None), gone).into()
            }
            _ => {
                ignore(cx, &Event::Tap(Tap::Back));
                self.page().into()
            }
        }
    }

    fn tick(mut self, cx: &mut Cx, patron: &Patron) -> Next {
        if self.clock().is_some() && self.clock.tick(cx) {
            return Next::End;
        }
        match &mut self.phase {
            Phase::Reading { until_ms } if cx.due(*until_ms) => {
                let note = Note::Unreadable(MediumKind::Card);
                self.at(cx, Phase::TakeUnusable(note)).into()
            }
            Phase::Looking { pending, gone, .. } => {
                let gone = *gone;
                if pending.tick(cx) == Wait::On {
                    return self.page().into();
                }
                let silent = Some(Note::Ledger(LedgerTrouble::Silent));
                self.known(cx, Err(silent), gone).into()
            }
            Phase::Verifying { until_ms, .. } if cx.due(*until_ms) => {
                self.read(cx, patron, Err(CardTrouble::Mute))
            }
            _ => self.page().into(),
        }
    }

    fn card(self, cx: &mut Cx, patron: &mut Patron, news: CardNews) -> Next {
        match news {
            CardNews::Removed => self.removed(cx, patron).into(),
            CardNews::Inserted if cx.devices.card_is_new() => self.inserted(cx, patron),
            CardNews::Read(result) => self.read(cx, patron, result),
            CardNews::Reader { working: false } => match self.phase {
                Phase::TakeOwn => Who::enter(self.quest, Some(Note::ReaderAway)).into(),
                Phase::Reading { .. } => self.at(cx, Phase::PutOther).into(),
                Phase::Verifying { came, .. } => {
                    let swap = Self { phase: Phase::PutOther, ..self };
                    swap.at(cx, Phase::PutOwn(came)).into()
                }
                _ => self.page().into(),
            },
            other => {
                ignore(cx, &Event::Card(other));
                self.page().into()
            }
        }
    }

    fn removed(self, cx: &Cx, patron: &Patron) -> Page {
        let Self { quest, phase, clock } = self;
        let swap = |phase| Self { quest, phase, clock };
        match phase {
            Phase::TakeOwn | Phase::Reading { .. } | Phase::TakeUnusable(_) => {
                swap(Phase::PutOther).at(cx, Phase::PutOther)
            }
            Phase::Looking { card, pending, .. } => {
                swap(Phase::Looking { card, pending, gone: true }).page()
            }
            Phase::TakeOther(came) if patron.card.is_none() => {
                swap(Phase::PutOther).done(cx, patron, came)
            }
            Phase::TakeOther(came) | Phase::Verifying { came, .. } => {
                swap(Phase::PutOther).at(cx, Phase::PutOwn(came))
            }
            phase @ (Phase::PutOther | Phase::PutOwn(_)) => swap(phase).page(),
        }
    }

    fn inserted(self, cx: &mut Cx, patron: &mut Patron) -> Next {
        let until_ms = cx.after(cx.limits.card_read_ms);
        match self.phase {
            Phase::TakeOwn => {
                // The reader was away for a moment: is it still the same card?
                patron.start_verify(cx);
                Who::enter(self.quest, None).into()
            }
            Phase::PutOther => {
                cx.emit(Effect::ReadCard);
                self.at(cx, Phase::Reading { until_ms }).into()
            }
            Phase::PutOwn(came) => {
                let swap = Self { phase: Phase::PutOther, ..self };
                swap.verify(cx, came).into()
            }
            _ => self.page().into(),
        }
    }

    fn read(self, cx: &mut Cx, patron: &Patron, read: Result<CardHolder, CardTrouble>) -> Next {
        let Self { quest, phase, clock } = self;
        let swap = |phase| Self { quest, phase, clock };
        match (phase, read) {
            (Phase::Reading { .. }, Ok(card)) if patron.has_card(&card) => {
                Who::enter(swap(Phase::TakeOwn).quest, Some(Note::Own)).into()
            }
            (Phase::Reading { .. }, Ok(card)) => {
                let medium = Medium::Card(card.clone());
                let swap = swap(Phase::PutOther);
                if medium.expired(cx.today()) {
                    return swap.at(cx, Phase::TakeUnusable(Note::Expired)).into();
                }
                let pending = looking::ask(cx, patron, medium.credential());
                swap.at(cx, Phase::Looking { card, pending, gone: false }).into()
            }
            (Phase::Reading { .. }, Err(trouble)) => {
                swap(Phase::PutOther).at(cx, Phase::TakeUnusable(trouble.into())).into()
            }
            (Phase::Verifying { came, .. }, Ok(card)) => {
                if patron.has_card(&card) {
                    swap(Phase::PutOther).done(cx, patron, came).into()
                } else {
                    Next::End
                }
            }
            (Phase::Verifying { came, .. }, Err(CardTrouble::ReaderAway)) => {
                swap(Phase::PutOther).at(cx, Phase::PutOwn(came)).into()
            }
            (Phase::Verifying { attempts_left, came, .. }, Err(_)) => {
                let Some(attempts_left) = attempts_left.checked_sub(1) else { return Next::End };
                let until_ms = cx.after(cx.limits.card_read_ms);
                cx.emit(Effect::ReadCard);
                let again = Phase::Verifying { attempts_left, until_ms, came };
                swap(Phase::PutOther).at(cx, again).into()
            }
            (phase, read) => {
                ignore(cx, &Event::Card(CardNews::Read(read)));
                swap(phase).page().into()
            }
        }
    }

    /// It is known what came of the relative's card; `gone`: it has been taken out meanwhile.
    fn known(self, cx: &mut Cx, came: Came, gone: bool) -> Page {
        match (cx.devices.slot, gone) {
            (Slot::Empty, _) => self.at(cx, Phase::PutOwn(came)),
            // Whoever was quick has put the own card back already.
            (Slot::Present, true) => self.verify(cx, came),
            _ => self.at(cx, Phase::TakeOther(came)),
        }
    }

    fn verify(self, cx: &mut Cx, came: Came) -> Page {
        cx.emit(Effect::ReadCard);
        let until_ms = cx.after(cx.limits.card_read_ms);
        let attempts_left = cx.limits.verify_attempts_max.saturating_sub(1);
        self.at(cx, Phase::Verifying { attempts_left, until_ms, came })
    }

    /// The exchange is over.
    fn done(self, cx: &Cx, patron: &Patron, came: Came) -> Page {
        let mut quest = self.quest;
        match came {
            Ok(found) => {
                quest.found = Some(*found);
                quest.answered(Step::Who, cx, patron)
            }
            Err(note) => Who::enter(quest, note),
        }
    }
}

fn clock(cx: &Cx) -> Patience {
    Patience::of(cx, cx.limits.swap_ms.saturating_sub(cx.limits.warning_ms))
}
