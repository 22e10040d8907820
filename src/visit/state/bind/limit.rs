//! The most that the relative may use in a year.

use super::BindPage;
use super::pad::{Pad, PadKind};
use super::quest::{Quest, Step};
use crate::domain::money::Money;
use crate::policy::rules::{LimitAnswer, annual_limit};
use crate::visit::cx::Cx;
use crate::visit::event::{Act, Event, Tap};
use crate::visit::patron::Patron;
use crate::visit::state::ignore;
use crate::visit::state::page::{Next, Page};

/// The limits offered, in fen.
const OFFERED_FEN: [i64; 3] = [100_000, 300_000, 500_000];

/// The choice.
pub(crate) struct Limits {
    pub quest: Box<Quest>,
}

impl Limits {
    pub(super) fn enter(quest: Box<Quest>) -> Page {
        Page::Bind(BindPage::Limit(Self { quest }))
    }

    /// The limits offered that the region takes, with what must be known of them.
    pub(crate) fn choices(&self) -> Vec<(Money, LimitAnswer)> {
        let all = OFFERED_FEN.into_iter().map(Money::from_fen);
        let answered = all.map(|wanted| (wanted, annual_limit(&self.quest.policy, wanted)));
        let taken =
            |answer| matches!(answer, LimitAnswer::Allowed | LimitAnswer::MayBeTooHigh { .. });
        answered.filter(|(_, answer)| taken(*answer)).collect()
    }

    pub(crate) fn handle(mut self, cx: &mut Cx, patron: &Patron, event: Event) -> Next {
        match event {
            Event::Tap(Tap::Row(n)) if usize::from(n) < self.choices().len() => {
                let chosen = self.choices().get(usize::from(n)).map(|(amount, _)| *amount);
                self.quest.limit = Some(chosen);
                return self.quest.answered(Step::Limit, cx, patron).into();
            }
            Event::Tap(Tap::Skip) => {
                self.quest.limit = Some(None);
                return self.quest.answered(Step::Limit, cx, patron).into();
            }
            Event::Tap(Tap::Act(Act::Type)) => {
                return Pad::enter(self.quest, PadKind::Limit).into();
            }
            Event::Tap(Tap::Back) => return self.quest.back().into(),
            other => ignore(cx, &other),
        }
        Page::Bind(BindPage::Limit(self)).into()
    }
}
