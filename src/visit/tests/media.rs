//! A visit begun by a document or a code, and why one does not begin.

use jiff::civil::date;

use super::hall::{Begun, Hall};
use super::persons;
use crate::domain::id_number::IdNumber;
use crate::domain::person::{InsuranceCode, PersonName};
use crate::records::port::{Credential, LedgerError};
use crate::view::model::PageView;
use crate::visit::Settings;
use crate::visit::event::{
    Answer, CardHolder, CardNews, CardTrouble, CodeNews, DocumentHolder, DocumentNews,
    DocumentTrouble, Effect, Event, Query, SlipKind, StaffReason, Tap,
};
use crate::visit::medium::MediumKind;
use crate::visit::pending::LedgerTrouble;
use crate::visit::state::Stage;
use crate::visit::state::refused::Refusal;

const DOUBTED: Effect = Effect::CallStaff { reason: StaffReason::DocumentDoubted };

fn identified(hall: &Hall) -> Credential {
    match hall.question().1 {
        Query::Identify(credential) => credential,
        other => panic!("{other:?}"),
    }
}

fn by_document() -> Hall {
    let mut hall = Hall::new();
    hall.put_down(persons::document());
    hall
}

fn by_code() -> Hall {
    let mut hall = Hall::new();
    hall.scan(persons::CODE);
    hall
}

#[test]
fn a_visit_begins_by_each_medium_from_idle_and_from_help() {
    let document = Credential::IdNumber(persons::insured().id_number);
    let code = Credential::Code(InsuranceCode::new(persons::CODE));
    for help in [false, true] {
        for (show, expected, kind) in [
            (
                Event::Document(DocumentNews::Read(Ok(persons::document()))),
                &document,
                MediumKind::Document,
            ),
            (
                Event::Code(CodeNews::Scanned(InsuranceCode::new(persons::CODE))),
                &code,
                MediumKind::Code,
            ),
        ] {
            let mut hall = Hall::new();
            if help {
                hall.tap(Tap::Help);
            }
            let effects = hall.step(show);
            assert!(matches!(effects[..], [Effect::Query { .. }]), "{effects:?}");
            assert_eq!(&identified(&hall), expected);
            hall.assert_nothing_personal();
            hall.answer();
            hall.answer();
            assert_eq!(hall.served(), Some("P1"));
            assert_eq!(hall.visit().unwrap().patron.medium(), kind);
            assert!(hall.visit().unwrap().patron.card.is_none());
        }
    }
}

#[test]
fn lifting_the_document_does_not_end_the_visit() {
    let mut hall = Hall::home_by_document();
    for taps in [&[][..], &[Tap::Account], &[Tap::Slips, Tap::Slip(SlipKind::Account)]] {
        for tap in taps {
            hall.tap(*tap);
            if *tap != Tap::Slips {
                hall.answer();
            }
        }
        hall.put_down(persons::document());
        let before = hall.view();
        hall.document(DocumentNews::Lifted);
        assert_eq!((hall.served(), hall.view()), (Some("P1"), before), "{taps:?}");
        hall.tap(Tap::Back);
        hall.tap(Tap::Back);
    }
    // And it may be lifted while the ledger is asked.
    let mut hall = by_document();
    hall.document(DocumentNews::Lifted);
    hall.answer();
    assert_eq!(hall.served(), Some("P1"));
    assert_eq!(hall.kiosk.ignored().device, 0);
}

#[test]
fn each_document_trouble_is_told_and_a_doubted_one_calls_staff_once() {
    use DocumentTrouble::{LiftedOff, NotGenuine, Unreadable};
    for (trouble, called) in [(LiftedOff, 0), (Unreadable, 0), (NotGenuine, 1)] {
        let mut hall = Hall::new();
        for _ in 0..2 {
            hall.document(DocumentNews::Read(Err(trouble)));
            assert_eq!(hall.refusal(), Some(Refusal::Document(trouble)));
            hall.document(DocumentNews::Lifted);
            assert_eq!(hall.refusal(), Some(Refusal::Document(trouble)), "it stands");
        }
        let calls = hall.effects.iter().filter(|effect| **effect == DOUBTED).count();
        assert_eq!(calls, called, "{trouble:?}");
        hall.tap(Tap::Back);
        assert!(hall.kiosk.is_idle(), "{trouble:?}");
        // The call outlives the page, but not for ever.
        hall.wait(hall.limits.staff_call_ms);
        let dismissed = hall.effects.contains(&Effect::DismissStaff);
        assert_eq!(dismissed, called > 0, "{trouble:?}");
        assert_eq!(hall.kiosk.next_deadline(), None);
    }
}

#[test]
fn a_document_is_expired_from_the_day_after() {
    for (expires, refused) in
        [(Some(date(2026, 11, 21)), true), (Some(date(2026, 11, 22)), false), (None, false)]
    {
        let mut hall = Hall::new();
        let effects = hall.put_down(DocumentHolder { expires, ..persons::document() });
        let why = refused.then_some(Refusal::Expired(MediumKind::Document));
        assert_eq!(hall.refusal(), why, "{expires:?}");
        assert_eq!(effects.is_empty(), refused, "{expires:?}");
    }
}

#[test]
fn a_document_of_another_name_is_refused() {
    for (name, fits) in
        [("张云雀", true), ("张 云雀", true), ("张云?", true), ("张百灵", false), ("", false)]
    {
        let mut hall = Hall::new();
        hall.put_down(DocumentHolder { name: PersonName::new(name), ..persons::document() });
        hall.answer();
        let why = (!fits).then_some(Refusal::Mismatch(MediumKind::Document));
        assert_eq!(hall.refusal(), why, "{name}");
        assert_eq!(hall.served().is_some(), fits, "{name}");
    }
}

#[test]
fn what_the_ledger_says_of_a_document_or_a_code() {
    use MediumKind::{Code, Document};
    let away = || LedgerError::Unavailable("x".into());
    let table: [(Begun, LedgerError, Refusal); 9] = [
        (by_document, LedgerError::UnknownPerson, Refusal::UnknownPerson(Document)),
        (by_document, LedgerError::CredentialMismatch, Refusal::Mismatch(Document)),
        (by_document, LedgerError::Busy, Refusal::Ledger(LedgerTrouble::Busy, Document)),
        (by_document, away(), Refusal::Ledger(LedgerTrouble::Away, Document)),
        (by_code, LedgerError::CodeInvalid, Refusal::CodeInvalid),
        (by_code, LedgerError::UnknownPerson, Refusal::UnknownPerson(Code)),
        (by_code, LedgerError::Busy, Refusal::Ledger(LedgerTrouble::Busy, Code)),
        (by_code, away(), Refusal::Ledger(LedgerTrouble::Away, Code)),
        (by_code, LedgerError::TooManyRows(9), Refusal::Ledger(LedgerTrouble::Away, Code)),
    ];
    for (begin, error, why) in table {
        let mut hall = begin();
        hall.answer_with(Err(error.clone()));
        assert_eq!(hall.refusal(), Some(why), "{error:?}");
        hall.assert_nothing_personal();
        // The message stands until somebody touches, and then is asked whether they are there.
        hall.wait(hall.limits.idle_ms);
        assert!(hall.still_there(), "{why:?}");
        hall.wait(hall.limits.warning_ms);
        assert!(hall.refusal().is_none(), "{why:?}");
        hall.document(DocumentNews::Lifted);
        assert!(hall.is_default(), "{why:?}");
    }
}

#[test]
fn a_slow_ledger_is_asked_again_for_a_document_and_never_for_a_code() {
    for (begin, again) in [(by_document as fn() -> Hall, true), (by_code, false)] {
        let mut hall = begin();
        let first = hall.question().0;
        hall.wait(hall.limits.ledger_slow_ms);
        hall.tap(Tap::Retry);
        assert_eq!(hall.question().0 != first, again);
        hall.wait(hall.limits.ledger_give_up_ms);
        assert!(matches!(hall.refusal(), Some(Refusal::Ledger(LedgerTrouble::Silent, _))));
    }
}

#[test]
fn after_a_refusal_any_other_medium_may_be_tried() {
    let refusals: [fn() -> Hall; 4] = [
        || {
            let mut hall = Hall::new();
            hall.document(DocumentNews::Read(Err(DocumentTrouble::Unreadable)));
            hall
        },
        || {
            let mut hall = by_code();
            hall.answer_with(Err(LedgerError::CodeInvalid));
            hall
        },
        || {
            let mut hall = Hall::new();
            hall.card(CardNews::Inserted);
            hall.unreadable(CardTrouble::Mute);
            hall
        },
        || {
            let mut hall = Hall::new();
            hall.card(CardNews::Inserted);
            hall.card(CardNews::Removed);
            hall
        },
    ];
    for refused in refusals {
        let mut hall = refused();
        let card_in = hall.takes_card() || hall.footer()[0].is_some();
        hall.put_down(persons::document());
        hall.answer();
        hall.answer();
        assert_eq!(hall.served(), Some("P1"));
        let mut hall = refused();
        hall.scan(persons::CODE);
        hall.answer();
        hall.answer();
        assert_eq!(hall.served(), Some("P1"));
        // A card that was refused and left in the slot binds nothing, and is asked for at the end.
        if card_in && hall.kiosk.devices().slot != crate::visit::devices::Slot::Empty {
            hall.tap(Tap::Finish);
            assert!(hall.takes_card());
        }
    }
}

#[test]
fn a_card_put_in_while_a_code_is_looked_up_binds_the_visit_if_it_is_the_same_persons() {
    let mut hall = by_code();
    assert_eq!(hall.card(CardNews::Inserted), []);
    hall.answer();
    assert_eq!(hall.served(), Some("P1"));
    assert!(hall.effects.contains(&Effect::ReadCard));
    let overview = hall.effects.iter().find_map(|effect| match effect {
        Effect::Query { id, query: Query::Overview { .. } } => Some(*id),
        _ => None,
    });
    hall.card(CardNews::Read(Ok(persons::holder())));
    hall.answer();
    let result = Ok(Answer::Overview(persons::overview(2)));
    hall.step(Event::Answer { id: overview.unwrap(), result });
    assert_eq!(hall.served(), Some("P1"));
    assert_eq!(hall.card(CardNews::Removed), []);
    assert!(hall.is_default());

    // Taken out again before the answer, it is nothing.
    let mut hall = by_code();
    hall.card(CardNews::Inserted);
    hall.card(CardNews::Removed);
    hall.answer();
    hall.answer();
    assert_eq!(hall.served(), Some("P1"));
    assert!(!hall.effects.contains(&Effect::ReadCard));
}

#[test]
fn a_card_put_in_while_a_bad_code_is_looked_up_is_the_next_attempt() {
    let mut hall = by_code();
    hall.card(CardNews::Inserted);
    hall.answer_with(Err(LedgerError::CodeInvalid));
    assert!(matches!(hall.kiosk.stage(), Stage::Reading(_)));
    hall.card(CardNews::Read(Ok(persons::holder())));
    hall.answer();
    assert_eq!(hall.served(), Some("P1"));
}

#[test]
fn nothing_is_taken_where_the_page_does_not_ask() {
    let steps: [(&str, Begun); 6] = [
        ("reading", || {
            let mut hall = Hall::new();
            hall.card(CardNews::Inserted);
            hall
        }),
        ("identifying", by_document),
        ("opening", || {
            let mut hall = by_document();
            hall.answer();
            hall
        }),
        ("printing", || Hall::printing().0),
        ("take card", || {
            let mut hall = Hall::at_home();
            hall.tap(Tap::Finish);
            hall
        }),
        ("take slip", || {
            let (mut hall, _) = Hall::printing();
            hall.card(CardNews::Removed);
            hall
        }),
    ];
    for (name, step) in steps {
        let mut hall = step();
        assert_eq!(hall.accepts.last(), Some(&(false, false)), "{name}");
        let before = hall.view();
        assert_eq!(hall.scan("OTHER"), [], "{name}");
        assert_eq!(hall.put_down(persons::other_document()), [], "{name}");
        assert_eq!(hall.view(), before, "{name}");
    }
}

#[test]
fn what_is_accepted_follows_the_page_and_is_said_again_to_a_device_that_came_back() {
    const BOTH: (bool, bool) = (true, true);
    const NONE: (bool, bool) = (false, false);
    let mut hall = Hall::new();
    assert!(hall.accepts.iter().all(|accepts| *accepts == BOTH), "{:?}", hall.accepts);
    hall.accepts.clear();
    hall.put_down(persons::document());
    hall.answer();
    assert_eq!(hall.accepts, [NONE], "once");
    hall.answer();
    assert_eq!(hall.accepts, [NONE, BOTH], "home");
    hall.tap(Tap::Account);
    hall.answer();
    assert_eq!(hall.accepts, [NONE, BOTH], "lists are as home");
    hall.accepts.clear();
    for (news, expected) in [
        (Event::Document(DocumentNews::Reader { working: false }), None),
        (Event::Document(DocumentNews::Reader { working: true }), Some(BOTH)),
        (Event::Code(CodeNews::Scanner { working: false }), None),
        (Event::Code(CodeNews::Scanner { working: true }), Some(BOTH)),
        (Event::Card(CardNews::Reader { working: true }), None),
    ] {
        hall.step(news.clone());
        assert_eq!(hall.accepts.pop(), expected, "{news:?}");
        assert!(hall.accepts.is_empty());
    }
    hall.put_down(persons::other_document());
    assert_eq!(hall.accepts, [NONE], "one at a time");
    hall.code(CodeNews::Scanner { working: true });
    assert_eq!(hall.accepts, [NONE, NONE], "said again as it is");
    hall.answer_with(Ok(Answer::Identified(persons::other_insured())));
    hall.tap(Tap::Row(0));
    assert_eq!(hall.accepts, [NONE, NONE, BOTH]);
}

#[test]
fn a_device_that_the_hall_has_not_is_not_told_to_accept() {
    for (documents, codes) in [(true, false), (false, true), (false, false)] {
        let hall = Hall::with(Settings { documents, codes, ..Settings::default() });
        assert_eq!(hall.accepts.last(), Some(&(documents, codes)));
    }
}

#[test]
fn a_card_left_in_the_slot_lets_nobody_begin_until_it_is_taken() {
    let mut hall = Hall::at_home();
    hall.tap(Tap::Finish);
    hall.wait(hall.limits.take_card_ms);
    assert_eq!(hall.accepts.last(), Some(&(false, false)));
    assert_eq!(hall.put_down(persons::document()), []);
    assert_eq!(hall.scan(persons::CODE), []);
    assert!(hall.kiosk.is_idle());
    hall.card(CardNews::Removed);
    assert_eq!(hall.accepts.last(), Some(&(true, true)));
    assert!(matches!(hall.scan(persons::CODE)[..], [Effect::Query { .. }]));
}

#[test]
fn a_card_of_old_number_and_a_document_of_new_number_are_one_persons() {
    // Numbers of fifteen digits are upgraded before they are compared.
    let old = IdNumber::parse("310101470101001").unwrap();
    let new = persons::insured().id_number;
    assert_eq!(old.upgraded(), new.upgraded());
    let mut hall = Hall::home_by_document();
    assert_eq!(hall.put_down(DocumentHolder { id_number: old, ..persons::document() }), []);
    let card = CardHolder { id_number: None, ..persons::holder() };
    assert_eq!(hall.card(CardNews::Inserted), [Effect::ReadCard]);
    hall.card(CardNews::Read(Ok(card)));
    hall.answer();
    assert!(hall.visit().unwrap().patron.card.is_some());
}

#[test]
fn help_tells_of_the_ways_that_the_kiosk_has() {
    for (documents, codes, detail, texts) in [
        (true, true, "插卡、放身份证或者扫码", 4),
        (true, false, "插卡或者放身份证", 3),
        (false, true, "插卡或者扫码", 3),
        (false, false, "卡插不进、读不出怎么办", 2),
    ] {
        let mut hall = Hall::with(Settings { documents, codes, ..Settings::default() });
        hall.tap(Tap::Help);
        let PageView::Choice(page) = hall.view().page else { panic!() };
        assert_eq!(page.choices[0].detail, detail);
        hall.tap(Tap::Row(0));
        let PageView::Choice(page) = hall.view().page else { panic!() };
        assert_eq!(page.texts.len(), texts, "{detail}");
    }
}
