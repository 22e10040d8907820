//! A person is served: what is known of them, and the page they look at. One value, dropped at any end.

use std::mem::discriminant;

use super::idle::Idle;
use super::opening::Opening;
use super::page::{Next, Page};
use super::take_card::TakeCard;
use super::take_slip::TakeSlip;
use super::{Stage, ignore};
use crate::domain::person::Insured;
use crate::visit::cx::Cx;
use crate::visit::event::{CardHolder, CardNews, CardTrouble, Effect, Event, Tap};
use crate::visit::patience::Patience;
use crate::visit::patron::Patron;

/// One visit.
pub(crate) struct Visit {
    pub patron: Patron,
    pub page: Page,
    pub patience: Patience,
}

impl Visit {
    /// The ledger has named the person: the visit begins.
    pub(crate) fn enter(cx: &mut Cx, holder: CardHolder, person: Insured) -> Stage {
        let mut patron = Patron::new(holder, person);
        let page = Opening::enter(cx, &mut patron);
        Stage::Visit(Box::new(Self { patron, page, patience: Patience::new(cx) }))
    }

    pub(crate) fn handle(mut self: Box<Self>, cx: &mut Cx, event: Event) -> Stage {
        match event {
            Event::Card(news) => return self.card(cx, news),
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
                if tap == Tap::Reveal && self.page.can_reveal() {
                    self.patron.toggle_reveal(cx);
                    return Stage::Visit(self);
                }
            }
            Event::Tick => {
                self.patron.tick(cx);
                if self.patron.verify_due(cx) && !self.patron.retry_verify(cx) {
                    return self.end(cx);
                }
                if self.page.waits_for_a_touch() && self.patience.tick(cx) {
                    return self.end(cx);
                }
            }
            Event::Document(_) | Event::Code(_) | Event::Printer(_) | Event::Answer { .. } => {}
        }
        self.turn(cx, event)
    }

    /// When a tick is due.
    pub(crate) fn deadline(&self) -> Option<u64> {
        let idle = self.page.waits_for_a_touch().then(|| self.patience.deadline());
        self.page.deadline().into_iter().chain(idle).chain(self.patron.deadline()).min()
    }

    /// The question whether somebody is still there lies over the page.
    pub(crate) fn warned(&self) -> bool {
        self.page.waits_for_a_touch() && self.patience.warned()
    }

    fn turn(self: Box<Self>, cx: &mut Cx, event: Event) -> Stage {
        let Self { mut patron, page, mut patience } = *self;
        let before = discriminant(&page);
        match page.handle(cx, &mut patron, event) {
            Next::End => TakeCard::enter(cx),
            Next::Page(page) => {
                if discriminant(&page) != before {
                    patience = Patience::new(cx);
                }
                Stage::Visit(Box::new(Self { patron, page, patience }))
            }
        }
    }

    fn card(mut self: Box<Self>, cx: &mut Cx, news: CardNews) -> Stage {
        match news {
            CardNews::Removed => return self.card_gone(cx),
            CardNews::Inserted if cx.devices.card_is_new() => self.patron.start_verify(cx),
            CardNews::Read(Ok(holder)) if self.patron.verifying() => {
                if holder.number != self.patron.holder.number
                    || holder.id_number != self.patron.holder.id_number
                {
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
            _ => Idle::enter(),
        }
    }

    /// The visit ends with a card in the slot.
    fn end(self: Box<Self>, cx: &mut Cx) -> Stage {
        if let Page::Printing(job) = &self.page
            && !job.stopping()
        {
            cx.emit(Effect::StopPrint { id: job.id });
        }
        TakeCard::enter(cx)
    }
}
