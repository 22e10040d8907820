//! From question to question, and back.

use jiff::civil::Date;

use super::agree::Agree;
use super::amount::Amounts;
use super::days::Days;
use super::draft;
use super::employer::Employer;
use super::leave;
use super::limit::Limits;
use super::name::Name;
use super::pad::{Pad, PadKind};
use super::quest::{Ahead, Goal, Quest, Step};
use super::reading::Reading;
use super::refused::Refused;
use super::relation::Relations;
use super::sign::Sign;
use super::who::Who;
use crate::policy::rules::term;
use crate::visit::cx::Cx;
use crate::visit::patron::Patron;
use crate::visit::state::page::Page;
use crate::visit::state::write::Review;

impl Quest {
    /// The page of the first question without an answer, of a refusal, or the review.
    pub(super) fn go_on(mut self: Box<Self>, cx: &Cx, patron: &Patron) -> Page {
        let today = cx.today();
        match self.ahead(patron, today) {
            Ahead::Ask(step) => self.show(step),
            Ahead::Refused(reasons) => Refused::of_relative(self, &reasons),
            Ahead::Review if self.goal == Goal::Bind && self.days_have_gone(today) => {
                self.start = None;
                self.end = None;
                self.go_on_from(Step::Start)
            }
            Ahead::Review => self.review(cx, patron),
        }
    }

    /// The question is answered: on to the next.
    pub(super) fn answered(mut self: Box<Self>, step: Step, cx: &Cx, patron: &Patron) -> Page {
        self.trail.push(step);
        self.go_on(cx, patron)
    }

    /// One step back: to the question answered last, or out of it all.
    pub(super) fn back(mut self: Box<Self>) -> Page {
        match self.trail.pop() {
            Some(step) => {
                self.undo(step);
                self.show(step)
            }
            None => leave(&self),
        }
    }

    /// Another relative in the place of this one; what was read stays read.
    pub(super) fn another(mut self: Box<Self>) -> Page {
        while let Some(step) = self.trail.pop() {
            self.undo(step);
            if step == Step::Who {
                break;
            }
        }
        self.show(Step::Who)
    }

    /// Midnight has passed since the days were chosen, so that they can no longer be.
    fn days_have_gone(&self, today: Date) -> bool {
        term(&self.policy, self.start, self.end, today).is_err()
    }

    fn go_on_from(mut self: Box<Self>, step: Step) -> Page {
        self.trail.retain(|done| !matches!(done, Step::Start | Step::End));
        self.show(step)
    }

    fn show(self: Box<Self>, step: Step) -> Page {
        match step {
            Step::Document(n) => Reading::enter(self, n),
            Step::Who => Who::enter(self, None),
            Step::Name => Name::enter(self),
            Step::Relation => Relations::enter(self),
            Step::CardNumber => Pad::enter(self, PadKind::CardNumber),
            Step::Employer => Employer::enter(self),
            Step::Phone => Pad::enter(self, PadKind::Phone),
            Step::Start | Step::End => Days::enter(self, step == Step::End),
            Step::Limit => Limits::enter(self),
            Step::Amount => Amounts::enter(self),
            Step::Agree => Agree::enter(self),
            Step::Sign => Sign::enter(self),
        }
    }

    /// The effects; 返回 there leads to the question answered last.
    fn review(self: Box<Self>, cx: &Cx, patron: &Patron) -> Page {
        let before = Box::new(self.clone().back());
        match draft::draft(&self, cx, patron, before) {
            Ok(draft) => Review::enter(draft),
            Err(before) => *before,
        }
    }
}
