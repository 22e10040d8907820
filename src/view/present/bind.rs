//! Adding a relative: which page, and the plainest of them.

use jiff::civil::Date;

use super::format::{button, lines, name};
use super::{Screen, bind_choices, bind_media, bind_papers};
use crate::view::messages::{self, bind as words};
use crate::view::model::{Choice, ChoiceView, MessageView, PageView, Tone};
use crate::visit::Kiosk;
use crate::visit::event::Tap;
use crate::visit::patron::Patron;
use crate::visit::state::bind::BindPage;
use crate::visit::state::bind::name::Name;
use crate::visit::state::bind::refused::{Cannot, Refused};

pub(super) fn present(kiosk: &Kiosk, patron: &Patron, page: &BindPage, today: Date) -> Screen {
    match page {
        BindPage::Refused(page) => refusal(page),
        BindPage::Reading(page) => bind_papers::reading(page),
        BindPage::Who(page) => bind_media::who(kiosk, patron, page),
        BindPage::Pad(page) => bind_papers::pad(page),
        BindPage::Looking(page) => bind_media::looking(page.pending.slow()),
        BindPage::Swap(page) => bind_media::swap(patron, page),
        BindPage::Name(page) => is_it(page),
        BindPage::Relation(page) => bind_choices::relation(page),
        BindPage::Employer(_) => bind_choices::employer(),
        BindPage::Days(page) => bind_choices::days(page, today),
        BindPage::Limit(page) => bind_choices::limit(page),
        BindPage::Amount(page) => bind_choices::amount(patron, page, today),
        BindPage::Agree(page) => bind_choices::agree(patron, page, today),
        BindPage::Sign(page) => bind_papers::sign(page),
    }
}

/// A choice in words.
pub(super) fn choice((seal, label, detail): (char, &str, &str), tap: Tap) -> Choice {
    Choice { seal, label: label.into(), detail: detail.into(), tap }
}

/// A page of choices with 返回.
pub(super) fn choices(title: &str, lead: Option<&str>, choices: Vec<Choice>) -> Screen {
    asking(ChoiceView {
        title: title.into(),
        lead: lead.map(Into::into),
        choices,
        texts: Vec::new(),
    })
}

/// The same, ready made.
pub(super) fn asking(view: ChoiceView) -> Screen {
    Screen::new(PageView::Choice(view)).back(button(messages::BACK, Tap::Back))
}

fn refusal(page: &Refused) -> Screen {
    let title = match page.cannot {
        Cannot::Share => words::CANNOT_SHARE,
        Cannot::Add => words::CANNOT_ADD,
        Cannot::Accept => words::CANNOT_ACCEPT,
    };
    let group = page.groups.get(page.page);
    let mut told: Vec<String> = group.map(|group| group.reasons.clone()).unwrap_or_default();
    told.extend(group.map(|group| group.way_on.clone()));
    let screen = Screen::message(MessageView {
        seal: words::CANNOT_SEAL,
        tone: Tone::Warn,
        title: title.into(),
        reassurance: Some(words::NOTHING_CHANGED.into()),
        lines: told,
        fields: Vec::new(),
    })
    .back(button(messages::BACK, Tap::Back));
    if page.more() {
        screen.primary(button(words::MORE_REASONS, Tap::NextPage))
    } else if page.others() {
        screen.primary(button(words::ANOTHER_RELATIVE, Tap::AddMember))
    } else {
        screen
    }
}

fn is_it(page: &Name) -> Screen {
    let found = page.quest.found.as_ref();
    let who = found.map(|found| name(&found.candidate.insured.name, false)).unwrap_or_default();
    let view = ChoiceView {
        title: words::is_it(&who),
        lead: Some(lines(&words::IS_IT_LINES).join("。")),
        choices: vec![choice(words::IT_IS_NOT, Tap::Skip)],
        texts: Vec::new(),
    };
    asking(view).primary(button(words::IT_IS, Tap::Confirm))
}
