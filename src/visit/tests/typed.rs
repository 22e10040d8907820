//! A visit begins with a number and a password that are typed.

use super::desk::{self, PIN};
use super::hall::{Begun, Hall, Step};
use super::{families, persons};
use crate::records::port::{Credential, LedgerError, PasswordAnswer};
use crate::view::model::{PadKeys, PadView, PageView, ViewModel};
use crate::visit::event::{Act, Answer, CardNews, Effect, Event, PadKey, Query, QueryId, Tap};
use crate::visit::medium::MediumKind;
use crate::visit::state::refused::Refusal;
use crate::visit::{Limits, Settings};

/// The number of the patron of all tests.
const NUMBER: &str = "310101194701010010";
const QUESTION: &str = "没有带卡和证件怎么办";
const BEGIN: &str = "输入身份证号码";

impl Hall {
    /// Before the pad of the number.
    pub fn typing() -> Self {
        let mut hall = Self::with(desk::both_factors());
        for words in ["使用帮助", QUESTION, BEGIN] {
            hall.touch(words);
        }
        assert_eq!(hall.title(), "请输入您的身份证号码");
        hall
    }

    /// Before the pad of the password.
    pub fn typing_password() -> Self {
        let mut hall = Self::typing();
        hall.keys(NUMBER);
        hall.touch("输好了");
        assert_eq!(hall.title(), "请输入查询密码");
        hall
    }

    /// The ledger is asked who has the number.
    pub fn proving() -> Self {
        let mut hall = Self::typing_password();
        hall.submit();
        hall
    }

    /// At home, without anything to take away.
    pub fn home_by_typing() -> Self {
        let mut hall = Self::proving();
        hall.answer_all();
        assert!(matches!(hall.view().page, PageView::Home(_)));
        hall
    }

    fn submit(&mut self) {
        self.keys(PIN);
        self.touch("核对密码");
        assert_eq!(self.title(), "正在核对号码和密码");
    }
}

fn pad(hall: &Hall) -> PadView {
    let PageView::Pad(pad) = hall.view().page else { panic!("no pad, but {}", hall.title()) };
    pad
}

fn questions(hall: &Hall) -> Vec<Query> {
    let asked = |effect: &Effect| match effect {
        Effect::Query { query, .. } => Some(query.clone()),
        _ => None,
    };
    hall.effects.iter().filter_map(asked).collect()
}

#[test]
fn a_visit_begins_with_number_and_password() {
    let mut hall = Hall::typing();
    assert_eq!(pad(&hall).keys, PadKeys::DigitsX);
    hall.keys(NUMBER);
    assert_eq!(pad(&hall).shown, "310101 19470101 0010".replacen("19470101", "1947 0101", 1));
    hall.touch("输好了");
    hall.keys(PIN);
    let shown = pad(&hall);
    assert_eq!((shown.shown.as_str(), shown.secret, shown.filled), ("●●●●●●", true, (6, 6)));
    assert_eq!(questions(&hall), [], "nothing is asked before the password is there");
    hall.touch("核对密码");
    let Query::Identify(Credential::IdNumber(number)) = hall.question().1 else { panic!() };
    assert_eq!(number.reveal(), NUMBER);
    hall.answer();
    assert!(hall.visit().is_none(), "nobody is served before the password is right");
    assert_eq!(hall.title(), "正在核对号码和密码");
    let Query::CheckPassword { person, password } = hall.question().1 else { panic!() };
    assert_eq!((&person, password.reveal()), (&persons::insured().psn_no, PIN));
    hall.answer_all();
    assert!(matches!(hall.view().page, PageView::Home(_)));
    let patron = &hall.visit().unwrap().patron;
    assert_eq!((patron.medium(), patron.card.is_none()), (MediumKind::Typed, true));
    assert_eq!(hall.kiosk.ignored().taps, 0);
    hall.touch("办完了");
    assert_eq!(hall.view(), ViewModel::default());
    assert!(hall.kiosk.is_idle() && !hall.effects.contains(&Effect::ReleaseCard));
}

#[test]
fn what_is_typed_is_in_no_debug() {
    let hall = Hall::home_by_typing();
    let text = format!("{:?}", hall.effects);
    for secret in [NUMBER, PIN, "token"] {
        assert!(!text.contains(secret), "{text}");
    }
    assert!(!format!("{:?}", Hall::typing_password().view()).contains("0010"));
}

#[test]
fn a_number_that_no_document_has_is_told_at_once() {
    for (typed, told) in [
        ("310101194701010011", "有一位按错了"),
        ("310101194713010010", "没有这一天"),
        ("001011947010100100", "最前面两位不对"),
        ("31010119470101X010", "X 只能在最后一位"),
    ] {
        let mut hall = Hall::typing();
        hall.keys(typed);
        hall.touch("输好了");
        assert!(pad(&hall).note.unwrap().contains(told), "{typed}");
        hall.tap(Tap::Key(PadKey::Erase));
        assert_eq!((pad(&hall).note, pad(&hall).filled.0), (None, 17));
        hall.tap(Tap::Confirm);
        assert_eq!((hall.kiosk.ignored().taps, questions(&hall)), (1, vec![]));
    }
}

type Told = fn(&mut Hall);

/// Everything that can be wrong, as the ledger tells it.
const WRONG: [(&str, Told); 6] = [
    ("unknown", |hall| hall.answer_with(Err(LedgerError::UnknownPerson))),
    ("two persons", |hall| hall.answer_with(Err(LedgerError::CredentialMismatch))),
    ("wrong", |hall| password(hall, PasswordAnswer::Wrong { tries_left: 4 })),
    ("wrong again", |hall| password(hall, PasswordAnswer::Wrong { tries_left: 1 })),
    ("locked", |hall| password(hall, PasswordAnswer::Locked)),
    ("not set", |hall| password(hall, PasswordAnswer::NotSet)),
];

fn password(hall: &mut Hall, answer: PasswordAnswer) {
    hall.answer();
    hall.wait(700);
    hall.answer_with(Ok(Answer::Password(answer)));
}

#[test]
fn whatever_is_wrong_looks_the_same_and_takes_as_long() {
    let mut first: Option<Vec<ViewModel>> = None;
    for (name, told) in WRONG {
        let mut hall = Hall::typing_password();
        let mut seen = Vec::new();
        for tries_left in [2, 1, 0] {
            hall.submit();
            let since = hall.ms;
            told(&mut hall);
            hall.wait(Limits::default().typed_wrong_ms - 1 - (hall.ms - since));
            assert_eq!(hall.title(), "正在核对号码和密码", "{name}");
            seen.push(hall.view());
            hall.wait(1);
            seen.push(hall.view());
            if tries_left > 0 {
                let pad = pad(&hall);
                let note = pad.note.unwrap();
                assert!(note.contains("号码或者密码不对") && pad.filled.0 == 0, "{note}");
                assert!(note.contains(&format!("还可以试 {tries_left} 次")), "{note}");
            }
        }
        assert_eq!(hall.refusal(), Some(Refusal::NotProved), "{name}");
        assert!(hall.says("窗口") && hall.says("锁住") && hall.says("插社保卡"), "{name}");
        hall.touch("知道了");
        assert_eq!(hall.view(), ViewModel::default(), "{name}");
        assert_eq!(first.get_or_insert_with(|| seen.clone()), &seen, "{name}");
    }
}

#[test]
fn a_wrong_number_can_be_mended_and_tried_again() {
    let mut hall = Hall::proving();
    hall.answer_with(Err(LedgerError::UnknownPerson));
    hall.wait(Limits::default().typed_wrong_ms);
    hall.touch("返回");
    assert_eq!((pad(&hall).filled.0, pad(&hall).note), (18, None));
    hall.touch("全部清除");
    hall.keys(NUMBER);
    hall.touch("输好了");
    hall.submit();
    hall.answer_all();
    assert_eq!(hall.served(), Some(persons::insured().psn_no.reveal()));
}

#[test]
fn without_the_ledger_no_try_is_used_up() {
    let mut hall = Hall::proving();
    for n in 0..5 {
        if n % 2 == 1 {
            hall.answer();
        }
        hall.answer_with(Err(LedgerError::Busy));
        assert!(pad(&hall).note.unwrap().contains("次数没有少"));
        hall.submit();
    }
    hall.wait(hall.limits.ledger_give_up_ms);
    assert!(pad(&hall).note.unwrap().contains("没有等到"));
    hall.submit();
    hall.tap(Tap::Finish);
    assert_eq!(hall.kiosk.ignored().taps, 1, "not before it is slow");
    hall.wait(hall.limits.ledger_slow_ms);
    hall.touch("不等了");
    assert_eq!(hall.view(), ViewModel::default());
    let (id, _) = hall.question();
    hall.step(Event::Answer { id, result: Ok(Answer::Identified(persons::insured())) });
    assert_eq!((hall.kiosk.is_idle(), hall.kiosk.ignored().stale), (true, 1));
}

#[test]
fn an_answer_to_another_question_proves_nothing() {
    let mut hall = Hall::proving();
    let right = persons::answer(&Query::CheckPassword {
        person: persons::insured().psn_no,
        password: crate::domain::person::QueryPassword::new(PIN),
    });
    hall.step(Event::Answer { id: QueryId(u64::MAX), result: Ok(right.clone()) });
    assert_eq!(hall.title(), "正在核对号码和密码");
    hall.answer_with(Ok(right));
    assert!(hall.visit().is_none() && pad(&hall).note.is_some());
}

#[test]
fn it_can_be_given_up_at_every_step() {
    let mut hall = Hall::typing_password();
    for (title, words) in [
        ("请输入查询密码", "返回"),
        ("请输入您的身份证号码", "返回"),
        (QUESTION, "返回"),
        ("使用帮助", "返回"),
    ] {
        assert_eq!(hall.title(), title);
        hall.touch(words);
    }
    assert_eq!(hall.view(), ViewModel::default());
    let mut hall = Hall::typing_password();
    hall.touch("不记得密码");
    assert_eq!(hall.refusal(), Some(Refusal::NoPassword));
    assert!(hall.says("窗口") && questions(&hall).is_empty());
    hall.touch("知道了");
    assert!(hall.is_default());
    // The next one finds nothing of it.
    for words in ["使用帮助", QUESTION, BEGIN] {
        hall.touch(words);
    }
    assert_eq!(pad(&hall).filled.0, 0);
}

#[test]
fn a_card_document_or_code_begins_its_own_visit() {
    let begin: [(MediumKind, Step); 3] = [
        (MediumKind::Card, |hall| {
            hall.card(CardNews::Inserted);
            hall.card(CardNews::Read(Ok(persons::other_holder())));
        }),
        (MediumKind::Document, |hall| drop(hall.put_down(persons::other_document()))),
        (MediumKind::Code, |hall| drop(hall.scan("OTHERCODE"))),
    ];
    let pages: [Begun; 3] = [Hall::typing, Hall::typing_password, Hall::proving];
    for (n, page) in pages.into_iter().enumerate() {
        for (kind, show) in begin {
            let mut hall = page();
            let asks = hall.accepts.last().copied();
            assert_eq!(asks, Some((n < 2, n < 2)));
            if n == 2 && kind != MediumKind::Card {
                continue;
            }
            show(&mut hall);
            hall.answer_with(Ok(Answer::Identified(persons::other_insured())));
            hall.answer();
            assert_eq!(hall.served(), Some(persons::other_insured().psn_no.reveal()));
            assert_eq!(hall.visit().unwrap().patron.medium(), kind);
        }
    }
}

#[test]
fn it_is_offered_only_before_a_visit_where_a_password_will_do() {
    let offers = |hall: &mut Hall| {
        hall.tap(Tap::Help);
        let mut found = false;
        for _ in 0..3 {
            found |= hall.says(QUESTION);
            hall.tap(Tap::NextPage);
        }
        found
    };
    for (settings, offered) in [
        (desk::both_factors(), true),
        (desk::password_only(), true),
        (desk::pin_or_staff(), false),
        (Settings::default(), false),
    ] {
        assert_eq!(offers(&mut Hall::with(settings)), offered);
    }
    assert!(!offers(&mut Hall::at_family(desk::both_factors(), families::busy())));
    // With somebody else's card in the slot nobody is served.
    let mut hall = Hall::at_family(desk::both_factors(), families::busy());
    hall.tap(Tap::Back);
    hall.tap(Tap::Finish);
    hall.wait(hall.limits.take_card_ms);
    assert!(hall.kiosk.is_idle() && !offers(&mut hall));
}

#[test]
fn each_write_asks_again() {
    let mut hall = Hall::home_by_typing();
    hall.tap(Tap::Members);
    hall.answer_with(Ok(Answer::FamilyAccount(Box::new(families::busy()))));
    for tap in [Tap::Row(0), Tap::Act(Act::Release), Tap::Confirm, Tap::Confirm] {
        hall.tap(tap);
    }
    assert_eq!((hall.title().as_str(), hall.operations().len()), ("请输入查询密码", 0));
    hall.keys(PIN);
    hall.tap(Tap::Confirm);
    hall.answer();
    assert_eq!(hall.operations().len(), 1);
}

#[test]
fn ones_own_card_put_in_later_binds_the_visit() {
    let mut hall = Hall::home_by_typing();
    hall.card(CardNews::Inserted);
    hall.card(CardNews::Read(Ok(persons::holder())));
    hall.answer();
    assert_eq!(hall.visit().unwrap().patron.medium(), MediumKind::Card);
    hall.card(CardNews::Removed);
    assert!(hall.is_default());
}
