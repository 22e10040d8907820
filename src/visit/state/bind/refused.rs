//! It cannot be: every reason, and the way on from each.

use super::quest::{Goal, Quest};
use super::{BindPage, leave};
use crate::policy::rules::Refusal;
use crate::policy::{Policy, words};
use crate::view::messages::bind as texts;
use crate::visit::cx::Cx;
use crate::visit::event::{Event, Tap};
use crate::visit::state::ignore;
use crate::visit::state::page::{Next, Page};

/// Reasons of a page; a line is left for the way on.
const REASONS_MAX: usize = 4;

/// What cannot be done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Cannot {
    /// The patron cannot share the account.
    Share,
    /// This relative cannot be added.
    Add,
    /// The invitation cannot be answered any more.
    Answer,
}

/// Reasons with one way on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Group {
    pub reasons: Vec<String>,
    pub way_on: String,
}

/// The reasons, page by page.
pub(crate) struct Refused {
    pub cannot: Cannot,
    pub groups: Vec<Group>,
    /// The page shown, from 0.
    pub page: usize,
    /// Where it goes on, when it is about one relative.
    quest: Option<Box<Quest>>,
}

impl Refused {
    /// The kiosk has no rules for this person.
    pub(super) fn without_rules() -> Page {
        let reasons = vec![texts::NO_RULES.into()];
        let group = Group { reasons, way_on: texts::NO_RULES_WAY_ON.into() };
        Self { cannot: Cannot::Share, groups: vec![group], page: 0, quest: None }.page()
    }

    /// The patron cannot share the account with anybody.
    pub(super) fn of_donor(policy: &Policy, reasons: &[Refusal]) -> Page {
        let groups = groups(policy, reasons);
        Self { cannot: Cannot::Share, groups, page: 0, quest: None }.page()
    }

    /// This relative cannot be added.
    pub(super) fn of_relative(quest: Box<Quest>, reasons: &[Refusal]) -> Page {
        let groups = groups(&quest.policy, reasons);
        Self { cannot: Cannot::Add, groups, page: 0, quest: Some(quest) }.page()
    }

    /// The card number was typed wrong too often.
    pub(super) fn wrong_card_number(quest: Box<Quest>) -> Page {
        Self::at_a_window(quest, Cannot::Add, texts::WRONG_CARD_NUMBER)
    }

    /// The employer is not on record, and cannot be typed here.
    pub(super) fn employer_not_on_record(quest: Box<Quest>) -> Page {
        Self::at_a_window(quest, Cannot::Add, texts::EMPLOYER_NOT_ON_RECORD)
    }

    /// The invitation has run out.
    pub(super) fn invitation_ran_out(quest: Box<Quest>) -> Page {
        let group = Group {
            reasons: vec![texts::INVITATION_RAN_OUT.into()],
            way_on: texts::INVITATION_RAN_OUT_WAY_ON.into(),
        };
        let quest = Some(quest);
        Self { cannot: Cannot::Answer, groups: vec![group], page: 0, quest }.page()
    }

    fn at_a_window(quest: Box<Quest>, cannot: Cannot, reason: &str) -> Page {
        // As what no pack states: to a window, with both documents.
        let way_on = words::way_on(&quest.policy, &Refusal::NotStated(""));
        let groups = vec![Group { reasons: vec![reason.into()], way_on }];
        Self { cannot, groups, page: 0, quest: Some(quest) }.page()
    }

    fn page(self) -> Page {
        Page::Bind(BindPage::Refused(self))
    }

    /// There are further reasons.
    pub(crate) fn more(&self) -> bool {
        self.page + 1 < self.groups.len()
    }

    /// Another relative can be added.
    pub(crate) fn others(&self) -> bool {
        let bind = |quest: &Quest| matches!(quest.goal, Goal::Bind(_));
        !self.more() && self.quest.as_deref().is_some_and(bind)
    }

    pub(crate) fn handle(mut self, cx: &mut Cx, event: Event) -> Next {
        match event {
            Event::Tap(Tap::NextPage) if self.more() => self.page += 1,
            Event::Tap(Tap::Back) if self.page > 0 => self.page -= 1,
            Event::Tap(Tap::Back) => {
                return match self.quest {
                    Some(quest) if self.cannot == Cannot::Add => quest.back(cx).into(),
                    _ => leave(cx).into(),
                };
            }
            Event::Tap(Tap::AddMember) if self.others() => {
                return match self.quest {
                    Some(quest) => quest.another().into(),
                    None => leave(cx).into(),
                };
            }
            other => ignore(cx, &other),
        }
        self.page().into()
    }
}

/// The reasons in their order, those with one way on together, no sentence twice.
fn groups(policy: &Policy, reasons: &[Refusal]) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    for refusal in reasons {
        let (reason, way_on) = (words::reason(refusal), words::way_on(policy, refusal));
        if groups.iter().any(|group| group.reasons.contains(&reason)) {
            continue;
        }
        let open = |group: &&mut Group| group.way_on == way_on && group.reasons.len() < REASONS_MAX;
        match groups.iter_mut().find(open) {
            Some(group) => group.reasons.push(reason),
            None => groups.push(Group { reasons: vec![reason], way_on }),
        }
    }
    groups
}
