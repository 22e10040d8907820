//! The pages of a write.

use super::Screen;
use super::format::{button, field, lines, relative, shown};
use crate::policy::schema::{SecondFactor, ServiceWindow};
use crate::view::messages::{self, write as texts};
use crate::view::model::{
    Choice, ChoiceView, Field, MessageView, PadKeys, PadView, PageView, ReviewView, Tone,
    WaitingView,
};
use crate::visit::Kiosk;
use crate::visit::event::Tap;
use crate::visit::patron::Patron;
use crate::visit::state::write::factor;
use crate::visit::state::write::{
    Checking, Choose, Done, Fate, Offer, Pad, PadNote, Review, Unproved, Why, WritePage,
};

use super::outcome;

pub(super) fn present(kiosk: &Kiosk, patron: &Patron, page: &WritePage) -> Screen {
    match page {
        WritePage::Review(page) => review(kiosk, page),
        WritePage::Choose(page) => choose(patron, page),
        WritePage::Pad(page) => pad(page),
        WritePage::Checking(page) => checking(page),
        WritePage::Unproved(page) => unproved(kiosk, patron, page),
        WritePage::Committing(_) => committing(patron),
        WritePage::Done(page) => done(kiosk, patron, page),
    }
}

fn review(kiosk: &Kiosk, page: &Review) -> Screen {
    let draft = &page.draft;
    let kind = draft.action.kind();
    let who = draft.relative.as_ref().map(|who| field(texts::LABEL_WHO, relative(who, false)));
    let fields = draft.fields.iter().map(|(label, value)| field(label, shown(value)));
    let possible = kiosk.writes_possible();
    let view = ReviewView {
        title: kind.label().into(),
        fields: who.into_iter().chain(fields).collect(),
        effects: draft.effects.iter().map(|effect| shown(effect)).collect(),
        note: match possible {
            true => texts::review_note(kind),
            false => texts::REVIEW_QUERIES_ONLY.into(),
        },
    };
    Screen::new(PageView::Review(view))
        .back(button(messages::BACK, Tap::Back))
        .primary(button(texts::words(kind).confirm, Tap::Confirm).filter(|_| possible))
}

fn choice((seal, label, detail): (char, &str, &str), tap: Tap) -> Choice {
    Choice { seal, label: label.into(), detail: detail.into(), tap }
}

fn choose(patron: &Patron, page: &Choose) -> Screen {
    let words = |factor: &SecondFactor| match factor {
        SecondFactor::CardPin => texts::CHOICE_PIN,
        SecondFactor::QueryPassword | SecondFactor::Staff => texts::CHOICE_PASSWORD,
    };
    let factors = (0u8..).zip(&page.factors);
    let mut choices: Vec<Choice> =
        factors.map(|(n, factor)| choice(words(factor), Tap::Row(n))).collect();
    if factor::asked(patron).contains(&SecondFactor::Staff) {
        choices.push(choice(texts::CHOICE_STAFF, Tap::CallStaff));
    }
    let view = ChoiceView {
        title: texts::CHOOSE_TITLE.into(),
        lead: Some(texts::CHOOSE_LEAD.into()),
        choices,
        texts: Vec::new(),
    };
    Screen::new(PageView::Choice(view)).back(button(messages::BACK, Tap::Back))
}

fn pad(page: &Pad) -> Screen {
    let (title, lead) = match page.factor {
        SecondFactor::CardPin => texts::PIN,
        SecondFactor::QueryPassword | SecondFactor::Staff => texts::PASSWORD,
    };
    let view = PadView {
        title: title.into(),
        lead: lines(&lead),
        shown: "●".repeat(usize::from(page.filled())),
        filled: (page.filled(), page.wanted()),
        secret: true,
        unit: None,
        note: page.note.map(|note| match note {
            PadNote::Wrong { tries_left } => texts::wrong(tries_left),
            PadNote::NotChecked(_) => texts::NOT_CHECKED.into(),
        }),
        keys: PadKeys::Digits,
        other: Some(choice(texts::FORGOTTEN, Tap::Skip)),
    };
    Screen::new(PageView::Pad(view))
        .back(button(messages::BACK, Tap::Back))
        .primary(button(texts::CHECK, Tap::Confirm).filter(|_| page.complete()))
}

fn checking(page: &Checking) -> Screen {
    let (seal, title) = texts::CHECKING;
    let texts: &[&str] = match (page.by_the_card(), page.slow()) {
        (true, _) => &texts::CHECKING_CARD,
        (false, false) => &texts::CHECKING_LEDGER,
        (false, true) => &texts::CHECKING_SLOW,
    };
    waiting(seal, title, texts)
}

fn waiting(seal: char, title: &str, texts: &[&str]) -> Screen {
    Screen::new(PageView::Waiting(WaitingView {
        seal,
        title: title.into(),
        lines: lines(texts),
        progress: None,
    }))
}

fn committing(patron: &Patron) -> Screen {
    let (seal, title, texts) = texts::COMMITTING;
    let title = if patron.card.is_some() { title } else { texts::COMMITTING_NO_CARD };
    waiting(seal, title, &texts)
}

fn unproved(kiosk: &Kiosk, patron: &Patron, page: &Unproved) -> Screen {
    let devices = kiosk.devices();
    let usable = factor::usable(devices, patron);
    let words = match page.why {
        Why::NoRules => &texts::NO_RULES,
        Why::NoneUsable => none_usable(kiosk, patron),
        Why::PinBlocked => &texts::PIN_BLOCKED,
        Why::PinNotPossible => &texts::PIN_NOT_POSSIBLE,
        Why::PinUnknown => &texts::PIN_UNKNOWN,
        Why::PasswordLocked => &texts::PASSWORD_LOCKED,
        Why::PasswordNotSet => &texts::PASSWORD_NOT_SET,
        Why::PasswordUnknown => &texts::PASSWORD_UNKNOWN,
        Why::Forgotten(SecondFactor::CardPin) => &texts::PIN_FORGOTTEN,
        Why::Forgotten(_) => &texts::PASSWORD_FORGOTTEN,
    };
    let mut told = lines(words.lines);
    if factor::asked(patron).contains(&SecondFactor::Staff) {
        told.push(texts::STAFF_MAY_HELP.into());
    }
    let retry = match page.why {
        Why::NoneUsable if usable.is_empty() && devices.reader_working => texts::CARD_IS_IN,
        Why::NoneUsable | Why::PinNotPossible | Why::PinUnknown | Why::PasswordUnknown => {
            messages::RETRY
        }
        _ => texts::ANOTHER_WAY,
    };
    Screen::message(MessageView {
        seal: '核',
        tone: Tone::Warn,
        title: words.title.into(),
        reassurance: Some(texts::UNPROVED_NOTHING_DONE.into()),
        lines: told,
        fields: people(kiosk, patron),
    })
    .back(button(messages::BACK, Tap::Back))
    .primary(button(retry, Tap::Retry).filter(|_| page.retry_helps(devices, patron)))
}

/// Why the kiosk can check nothing now.
fn none_usable(kiosk: &Kiosk, patron: &Patron) -> &'static texts::Unproved {
    let card = SecondFactor::CardPin;
    let asked = factor::asked(patron);
    match asked.contains(&card) && !patron.is_barred(card) {
        true if kiosk.devices().reader_working => &texts::CARD_NEEDED,
        true => &texts::READER_NEEDED,
        false if patron.is_barred(card) => &texts::PIN_BLOCKED,
        false if patron.is_barred(SecondFactor::QueryPassword) => &texts::PASSWORD_LOCKED,
        false => &texts::NOTHING_USABLE,
    }
}

fn done(kiosk: &Kiosk, patron: &Patron, page: &Done) -> Screen {
    let printer = kiosk.settings().printer;
    let [back, primary] = page.offers(printer).map(|offer| {
        let label = match offer {
            Offer::Receipt => texts::OFFER_RECEIPT,
            Offer::Members => texts::OFFER_MEMBERS,
            Offer::Home => messages::HOME,
            Offer::Again => texts::OFFER_AGAIN,
        };
        button(label, offer.tap())
    });
    let mut view = outcome::told(page, printer);
    if !matches!(page.fate, Fate::Confirmed { .. }) {
        view.fields.extend(people(kiosk, patron));
    }
    Screen::message(view).back(back).primary(primary)
}

/// Where a person is found: the window and the telephone of the patron's region, as far as they are
/// known.
pub(super) fn people(kiosk: &Kiosk, patron: &Patron) -> Vec<Field> {
    let rules = patron.policy.as_ref().map(|policy| &policy.rules);
    let window = rules.and_then(|rules| rules.window.as_ref()).map(|stated| {
        let ServiceWindow { address, hours } = &stated.value;
        let hours = hours.iter().map(String::as_str);
        let words: Vec<&str> = [address.as_str()].into_iter().chain(hours).collect();
        field(texts::LABEL_WINDOW, shown(&words.join(messages::DOT)))
    });
    let regions = rules.and_then(|rules| rules.hotline.as_ref()).map(|stated| &stated.value);
    let hotline = kiosk.settings().hotline.as_ref().or(regions);
    let hotline = hotline.map(|number| field(texts::LABEL_HOTLINE, shown(number)));
    window.into_iter().chain(hotline).collect()
}

/// 受理号 and 办理编号.
pub(super) fn numbers(acceptance_no: Option<&str>, reference: Option<&str>) -> Vec<Field> {
    let acceptance = acceptance_no.map(|no| field(texts::LABEL_ACCEPTANCE, shown(no)));
    let reference = reference.map(|no| field(texts::LABEL_REFERENCE, shown(no)));
    acceptance.into_iter().chain(reference).collect()
}
