//! Help: the questions and their answers, with a visit behind it or without.

use std::sync::Arc;

use super::home::Home;
use super::idle::Idle;
use super::page::{Next, Page};
use super::typed::{self, Typing};
use super::{Stage, ignore};
use crate::policy::Policy;
use crate::view::handbook::{self, QUESTIONS_PER_PAGE, Topic};
use crate::visit::Settings;
use crate::visit::cx::Cx;
use crate::visit::event::{Act, Event, Tap};
use crate::visit::patience::Patience;
use crate::visit::patron::Patron;

/// Which question is looked at, and which page.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Help {
    /// The page of questions, from 0.
    pub questions: usize,
    /// The question whose answer is shown, and the page of the answer, from 0.
    pub open: Option<(Topic, usize)>,
    /// A visit can begin from here by typing a number.
    pub typing: bool,
}

/// What a touch has led to.
enum Turned {
    /// To a page of help.
    To(Help),
    /// Out of it.
    Out,
    /// Nowhere: the page does not offer it.
    Nowhere,
}

impl Help {
    pub(crate) fn enter() -> Page {
        Page::Help(Self::default())
    }

    pub(crate) fn handle(self, cx: &mut Cx, patron: &Patron, event: Event) -> Next {
        if let Event::Tap(tap) = event {
            match self.turn(cx.settings, patron.policy.as_deref(), tap) {
                Turned::To(help) => return Page::Help(help).into(),
                Turned::Out => return Home::enter().into(),
                Turned::Nowhere => {}
            }
        }
        ignore(cx, &event);
        Page::Help(self).into()
    }

    /// The answer shown offers to type a number.
    pub(crate) fn offers_typing(self) -> bool {
        self.typing && matches!(self.open, Some((Topic::NoCard, _)))
    }

    /// Every question here.
    pub(crate) fn topics(self, settings: &Settings, policy: Option<&Policy>) -> Vec<Topic> {
        let mut topics = handbook::topics(settings, policy);
        topics.retain(|topic| self.typing || *topic != Topic::NoCard);
        topics
    }

    /// The questions of the page shown.
    pub(crate) fn shown(self, topics: &[Topic]) -> &[Topic] {
        topics.chunks(QUESTIONS_PER_PAGE).nth(self.questions).unwrap_or_default()
    }

    /// Pages are turned in a ring: after the last comes the first.
    fn turn(self, settings: &Settings, policy: Option<&Policy>, tap: Tap) -> Turned {
        let Self { questions, open, typing } = self;
        let ring = |at: usize, pages: usize| {
            (pages > 1)
                .then(|| at.saturating_add(1))
                .map(|next| if next < pages { next } else { 0 })
        };
        let to = match (tap, open) {
            (Tap::Back, Some(_)) => Some(Self { open: None, ..self }),
            (Tap::Back, None) => return Turned::Out,
            (Tap::NextPage, Some((topic, page))) => {
                let pages = handbook::pages(settings, policy, topic).len();
                ring(page, pages).map(|page| Self { open: Some((topic, page)), ..self })
            }
            (Tap::NextPage, None) => {
                let pages = self.topics(settings, policy).len().div_ceil(QUESTIONS_PER_PAGE);
                ring(questions, pages).map(|questions| Self { questions, open, typing })
            }
            (Tap::Row(row), None) => {
                let topics = self.topics(settings, policy);
                let topic = self.shown(&topics).get(usize::from(row));
                topic.map(|topic| Self { open: Some((*topic, 0)), ..self })
            }
            _ => None,
        };
        to.map_or(Turned::Nowhere, Turned::To)
    }
}

/// Help without a visit.
pub(crate) struct HallHelp {
    /// What lies behind.
    pub idle: Idle,
    pub help: Help,
    /// The rules of the kiosk's own region.
    pub policy: Option<Arc<Policy>>,
    pub patience: Patience,
}

impl HallHelp {
    pub(crate) fn enter(cx: &Cx, idle: Idle) -> Stage {
        let rules = cx.settings.rules.as_ref();
        let policy = rules.and_then(|rules| rules.own(cx.today())).map(Arc::new);
        let patience = Patience::new(cx);
        let typing = typed::allowed(policy.as_deref()) && !idle.blocked_by_card(cx.devices);
        let help = Help { typing, ..Help::default() };
        Stage::HallHelp(Self { idle, help, policy, patience })
    }

    /// The same page once more.
    pub(super) fn again(self, cx: &Cx) -> Stage {
        Stage::HallHelp(Self { patience: Patience::new(cx), ..self })
    }

    pub(crate) fn handle(mut self, cx: &mut Cx, event: Event) -> Stage {
        match event {
            Event::Card(_) | Event::Document(_) | Event::Code(_) => {
                return match self.idle.handle(cx, event) {
                    Stage::Idle(idle) => Stage::HallHelp(Self { idle, ..self }),
                    begun => begun,
                };
            }
            Event::Tick => {
                if self.patience.tick(cx) {
                    return Stage::Idle(self.idle);
                }
            }
            Event::Tap(Tap::StillHere) if self.patience.warned() => {
                self.patience = Patience::new(cx);
            }
            Event::Tap(Tap::Act(Act::Type))
                if self.help.offers_typing() && !self.patience.warned() =>
            {
                return Typing::enter(cx, self);
            }
            Event::Tap(tap) if !self.patience.warned() => {
                self.patience = Patience::new(cx);
                match self.help.turn(cx.settings, self.policy.as_deref(), tap) {
                    Turned::To(help) => self.help = help,
                    Turned::Out => return Stage::Idle(self.idle),
                    Turned::Nowhere => ignore(cx, &event),
                }
            }
            other => ignore(cx, &other),
        }
        Stage::HallHelp(self)
    }

    pub(crate) fn deadline(&self) -> u64 {
        self.patience.deadline()
    }
}
