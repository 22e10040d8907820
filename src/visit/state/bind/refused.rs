//! It cannot be: every reason, and the way on from each.

use super::BindPage;
use super::quest::Quest;
use crate::policy::rules::Refusal;
use crate::policy::{Policy, words};
use crate::view::messages::bind as texts;
use crate::visit::cx::Cx;
use crate::visit::event::{Event, Tap};
use crate::visit::state::ignore;
use crate::visit::state::members::{Account, MemberList};
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
    /// The invitation cannot be accepted any more.
    Accept,
}

/// Reasons with one way on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Group {
    pub reasons: Vec<String>,
    pub way_on: String,
}

/// Where 返回 leads.
enum From {
    /// To the family, as there are no rules to ask by.
    Family(Account),
    /// To whatever was asked before.
    Quest(Box<Quest>),
}

/// The reasons, page by page.
pub(crate) struct Refused {
    pub cannot: Cannot,
    pub groups: Vec<Group>,
    /// The page shown, from 0.
    pub page: usize,
    from: From,
}

impl Refused {
    /// The kiosk has no rules for this person.
    pub(super) fn without_rules(account: Account) -> Page {
        let group = Group::of(texts::NO_RULES, texts::NO_RULES_WAY_ON.into());
        let from = From::Family(account);
        Self { cannot: Cannot::Share, groups: vec![group], page: 0, from }.page()
    }

    /// The patron cannot share the account with anybody.
    pub(super) fn of_donor(quest: Box<Quest>, reasons: &[Refusal]) -> Page {
        let groups = groups(&quest.policy, reasons);
        Self { cannot: Cannot::Share, groups, page: 0, from: From::Quest(quest) }.page()
    }

    /// This relative cannot be added.
    pub(super) fn of_relative(quest: Box<Quest>, reasons: &[Refusal]) -> Page {
        let groups = groups(&quest.policy, reasons);
        Self { cannot: Cannot::Add, groups, page: 0, from: From::Quest(quest) }.page()
    }

    /// The card number was typed wrong too often.
    pub(super) fn wrong_card_number(quest: Box<Quest>) -> Page {
        Self::at_a_window(quest, texts::WRONG_CARD_NUMBER)
    }

    /// The employer is not on record, and cannot be typed here.
    pub(super) fn employer_not_on_record(quest: Box<Quest>) -> Page {
        Self::at_a_window(quest, texts::EMPLOYER_NOT_ON_RECORD)
    }

    /// The invitation has run out.
    pub(super) fn invitation_ran_out(quest: Box<Quest>) -> Page {
        let group = Group::of(texts::INVITATION_RAN_OUT, texts::INVITATION_RAN_OUT_WAY_ON.into());
        let from = From::Quest(quest);
        Self { cannot: Cannot::Accept, groups: vec![group], page: 0, from }.page()
    }

    fn at_a_window(quest: Box<Quest>, reason: &str) -> Page {
        // As what no pack states: to a window, with both documents.
        let way_on = words::way_on(&quest.policy, &Refusal::NotStated(""));
        let groups = vec![Group::of(reason, way_on)];
        Self { cannot: Cannot::Add, groups, page: 0, from: From::Quest(quest) }.page()
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
        !self.more() && self.cannot == Cannot::Add
    }

    pub(crate) fn handle(mut self, cx: &mut Cx, event: Event) -> Next {
        match event {
            Event::Tap(Tap::NextPage) if self.more() => {
                self.page = self.page.saturating_add(1);
                self.page().into()
            }
            Event::Tap(Tap::Back) if self.page > 0 => {
                self.page = self.page.saturating_sub(1);
                self.page().into()
            }
            Event::Tap(Tap::Back) => match self.from {
                From::Family(account) => MemberList::enter(account, 0).into(),
                From::Quest(quest) => quest.back().into(),
            },
            Event::Tap(Tap::AddMember) if self.others() => match self.from {
                From::Family(account) => MemberList::enter(account, 0).into(),
                From::Quest(quest) => quest.another().into(),
            },
            other => {
                ignore(cx, &other);
                self.page().into()
            }
        }
    }
}

impl Group {
    fn of(reason: &str, way_on: String) -> Self {
        Self { reasons: vec![reason.into()], way_on }
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
