//! A person is served: what is known of them, and the page they look at. One value, dropped at any end.

use super::finishing::Finishing;
use super::opening::Opening;
use super::page::{Next, Page};
use super::second::{Other, Second};
use super::take_slip::TakeSlip;
use super::write::WritePage;
use super::{Stage, end, ignore, leave};
use crate::domain::person::Insured;
use crate::visit::cx::Cx;
use crate::visit::event::{CardNews, CardTrouble, CodeNews, DocumentNews, Effect, Event, Tap};
use crate::visit::medium::Medium;
use crate::visit::patience::Patience;
use crate::visit::patron::Patron;

/// One visit.
pub(crate) struct Visit {
    pub patron: Patron,
    pub page: Page,
    pub patience: Patience,
    /// A second medium, and the question whose visit it is.
    pub second: Second,
}

impl Visit {
    /// The ledger has named the person: the visit begins. `card_in`: a card was put in meanwhile.
    pub(crate) fn enter(cx: &mut Cx, medium: Medium, person: Insured, card_in: bool) -> Stage {
        let mut patron = Patron::new(cx, medium, person);
        let page = Opening::enter(cx, &mut patron);
        let second = Second::new(cx, card_in);
        Stage::Visit(Box::new(Self { patron, page, patience: Patience::new(cx), second }))
    }

    /// The page lets a second medium be shown.
    pub(crate) fn asks_for_media(&self) -> bool {
        self.second.is_none() && self.page.waits_for_a_touch()
    }

    /// The person whom the question lying over the page is about: 这次为谁办理？
    pub(crate) fn other(&self) -> Option<&Other> {
        self.second.other().filter(|_| self.page.waits_for_a_touch())
    }

    pub(crate) fn handle(mut self: Box<Self>, cx: &mut Cx, event: Event) -> Stage {
        match event {
            Event::Card(news) => return self.card(cx, news),
            Event::Document(news) => {
                if self.asks_for_media() {
                    self.shown(cx, matches!(news, DocumentNews::Read(_)));
                    self.second.document(cx, &self.patron, news);
                }
                return Stage::Visit(self);
            }
            Event::Code(news) => {
                if self.asks_for_media() {
                    self.shown(cx, matches!(news, CodeNews::Scanned(_)));
                    self.second.code(cx, &self.patron, news);
                }
                return Stage::Visit(self);
            }
            Event::Answer { id, result } if self.second.asked(id) => {
                self.second.answered(cx, &mut self.patron, result);
                if self.other().is_some() {
                    self.patience = Patience::new(cx);
                }
                return Stage::Visit(self);
            }
            Event::Tap(Tap::StillHere) if self.warned() => {
                self.patience = Patience::new(cx);
                return Stage::Visit(self);
            }
            Event::Tap(_) if self.warned() => {
                ignore(cx, &event);
                return Stage::Visit(self);
            }
            Event::Tap(tap) => {
                self.patience = Patience::new(cx);
                if self.other().is_some() {
                    return self.chosen(cx, tap);
                }
                if tap == Tap::Reveal && self.page.can_reveal() {
                    self.patron.toggle_reveal(cx);
                    return Stage::Visit(self);
                }
            }
            Event::Tick => {
                if self.ticked(cx) {
                    return self.end(cx);
                }
            }
            Event::Printer(_)
            | Event::Answer { .. }
            | Event::Operated { .. }
            | Event::Journal(_) => {}
        }
        self.turn(cx, event)
    }

    /// When a tick is due.
    pub(crate) fn deadline(&self) -> Option<u64> {
        let idle = self.page.waits_for_a_touch().then(|| self.patience.deadline());
        let second = self.second.deadline();
        let patron = self.patron.deadline();
        self.page.deadline().into_iter().chain(idle).chain(second).chain(patron).min()
    }

    /// The question whether somebody is still there lies over the page.
    pub(crate) fn warned(&self) -> bool {
        self.page.waits_for_a_touch() && self.patience.warned()
    }

    /// Time has passed; true when the visit must end.
    fn ticked(&mut self, cx: &mut Cx) -> bool {
        self.patron.tick(cx);
        self.second.tick(cx);
        if self.patron.verify_due(cx) && !self.patron.retry_verify(cx) {
            return true;
        }
        if !self.page.waits_for_a_touch() || !self.patience.tick(cx) {
            return false;
        }
        if self.other().is_none() {
            return true;
        }
        // Nobody has answered for whom the visit is: it stays what it was, with its own time.
        self.second.drop_it();
        self.patience = Patience::new(cx);
        false
    }

    fn turn(self: Box<Self>, cx: &mut Cx, event: Event) -> Stage {
        let Self { mut patron, page, mut patience, second } = *self;
        let (before, waited) = (page.which(), page.waits_for_a_touch());
        match page.handle(cx, &mut patron, event) {
            Next::End => end(cx),
            Next::Page(page) => {
                let page = match page {
                    Page::Home(_) if patron.overview_stale => Opening::enter(cx, &mut patron),
                    page => page,
                };
                // A page that was waited for has its whole time to be read.
                let came_up = page.waits_for_a_touch() && !waited;
                if came_up || page.which() != before {
                    patience = Patience::new(cx);
                }
                Stage::Visit(Box::new(Self { patron, page, patience, second }))
            }
        }
    }

    /// A touch on the question for whom the visit is.
    fn chosen(mut self: Box<Self>, cx: &mut Cx, tap: Tap) -> Stage {
        match tap {
            Tap::Row(0) => self.second.drop_it(),
            Tap::Row(1) => {
                if let Some(other) = self.second.take_other() {
                    if self.patron.card.is_some() {
                        cx.emit(Effect::ReleaseCard);
                    }
                    return Self::enter(cx, other.medium, other.person, false);
                }
            }
            Tap::Finish => return self.end(cx),
            _ => ignore(cx, &Event::Tap(tap)),
        }
        Stage::Visit(self)
    }

    /// Whoever shows something is there.
    fn shown(&mut self, cx: &Cx, something: bool) {
        if something {
            self.patience = Patience::new(cx);
        }
    }

    fn card(mut self: Box<Self>, cx: &mut Cx, news: CardNews) -> Stage {
        if self.patron.card.is_none() {
            self.shown(cx, news == CardNews::Inserted && cx.devices.card_is_new());
            self.second.card(cx, news);
            return Stage::Visit(self);
        }
        match news {
            CardNews::Removed => return self.card_gone(cx),
            CardNews::Verified(_) if self.checks_pin() => return self.turn(cx, Event::Card(news)),
            CardNews::Inserted if cx.devices.card_is_new() => self.patron.start_verify(cx),
            CardNews::Read(Ok(holder)) if self.patron.verifying() => {
                if !self.patron.has_card(&holder) {
                    return self.end(cx);
                }
                self.patron.end_verify();
            }
            // Without the reader nothing can be verified: it begins anew when a card is reported.
            CardNews::Read(Err(CardTrouble::ReaderAway)) | CardNews::Reader { working: false } => {
                self.patron.end_verify();
            }
            CardNews::Read(Err(_)) if self.patron.verifying() => {
                if !self.patron.retry_verify(cx) {
                    return self.end(cx);
                }
            }
            other => ignore(cx, &Event::Card(other)),
        }
        Stage::Visit(self)
    }

    /// The patron has taken the card: the visit is over, but a slip on its way still comes.
    fn card_gone(self: Box<Self>, cx: &mut Cx) -> Stage {
        match &self.page {
            Page::Printing(job) => TakeSlip::enter(cx, job.id, job.held(), job.stopping()),
            Page::Write(WritePage::Committing(write)) => Finishing::enter(cx, write),
            _ => leave(cx),
        }
    }

    /// The card in the slot has been asked for a PIN.
    fn checks_pin(&self) -> bool {
        matches!(&self.page, Page::Write(WritePage::Checking(page)) if page.by_the_card())
    }

    /// The visit ends before the patron has taken everything away.
    fn end(self: Box<Self>, cx: &mut Cx) -> Stage {
        if let Page::Write(WritePage::Committing(write)) = &self.page {
            return Finishing::enter(cx, write);
        }
        if let Page::Printing(job) = &self.page
            && !job.stopping()
        {
            cx.emit(Effect::StopPrint { id: job.id });
        }
        end(cx)
    }
}
