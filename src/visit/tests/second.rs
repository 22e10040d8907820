//! A second card, document or code in the course of a visit.

use super::hall::{Hall, Step};
use super::persons;
use crate::domain::person::InsuranceCode;
use crate::records::port::{Credential, LedgerError};
use crate::visit::event::{
    Answer, CardHolder, CardNews, CardTrouble, CodeNews, DocumentHolder, DocumentNews,
    DocumentTrouble, Effect, Event, PrintEnd, Query, SlipKind, StaffReason, Tap,
};
use crate::visit::medium::MediumKind;
use jiff::civil::date;

fn others() -> Result<Answer, LedgerError> {
    Ok(Answer::Identified(persons::other_insured()))
}

/// Puts a card in, which reads well.
fn put_in(hall: &mut Hall, holder: CardHolder) {
    assert_eq!(hall.card(CardNews::Inserted), [Effect::ReadCard]);
    hall.card(CardNews::Read(Ok(holder)));
}

/// The ways to show a second medium.
const SHOW: [(MediumKind, Step); 3] = [
    (MediumKind::Card, |hall| put_in(hall, persons::other_holder())),
    (MediumKind::Document, |hall| drop(hall.put_down(persons::other_document()))),
    (MediumKind::Code, |hall| drop(hall.scan("OTHERCODE"))),
];

/// Visits in which a second medium of this kind can be shown.
fn visits(kind: MediumKind) -> Vec<Hall> {
    let mut halls = vec![Hall::home_by_document(), Hall::home_by_code()];
    if kind != MediumKind::Card {
        halls.push(Hall::at_home());
    }
    halls
}

/// At the question for whom the visit is.
fn asked() -> Vec<(MediumKind, Hall)> {
    let mut all = Vec::new();
    for (kind, show) in SHOW {
        for mut hall in visits(kind) {
            show(&mut hall);
            assert!(!hall.asks_for_whom());
            hall.answer_with(others());
            assert!(hall.asks_for_whom(), "{kind:?}");
            assert_eq!(hall.served(), Some("P1"), "{kind:?}");
            all.push((kind, hall));
        }
    }
    all
}

#[test]
fn a_card_of_the_same_person_binds_the_visit() {
    for mut hall in visits(MediumKind::Card) {
        let page = hall.view().page;
        put_in(&mut hall, persons::holder());
        hall.answer();
        assert_eq!((hall.served(), hall.view().page), (Some("P1"), page));
        assert_eq!(hall.visit().unwrap().patron.medium(), MediumKind::Card);
        hall.card(CardNews::Removed);
        assert!(hall.visit().is_none(), "its removal ends the visit");
        hall.assert_nothing_personal();
    }
}

#[test]
fn a_card_that_was_taken_before_it_was_known_binds_nothing() {
    let mut hall = Hall::home_by_code();
    hall.card(CardNews::Inserted);
    hall.card(CardNews::Removed);
    assert_eq!(hall.served(), Some("P1"), "taken while it is read");
    put_in(&mut hall, persons::holder());
    hall.card(CardNews::Removed);
    hall.answer();
    assert_eq!(hall.served(), Some("P1"), "taken while it is looked up");
    assert!(hall.visit().unwrap().patron.card.is_none());
    assert_eq!(hall.kiosk.ignored().stale, 1);
}

#[test]
fn the_card_that_binds_a_visit_is_verified_as_one_that_began_it() {
    for (found, goes_on) in [(persons::holder(), true), (persons::other_holder(), false)] {
        let mut hall = Hall::home_by_code();
        put_in(&mut hall, persons::holder());
        hall.answer();
        hall.card(CardNews::Reader { working: false });
        hall.card(CardNews::Reader { working: true });
        assert_eq!(hall.card(CardNews::Inserted), [Effect::ReadCard]);
        hall.card(CardNews::Read(Ok(found)));
        assert_eq!(hall.served().is_some(), goes_on);
    }
}

#[test]
fn other_media_of_the_same_person_change_nothing() {
    for mut hall in [Hall::home_by_document(), Hall::home_by_code(), Hall::at_home()] {
        let page = hall.view().page;
        assert_eq!(hall.put_down(persons::document()), [], "the ledger need not be asked");
        hall.scan("ANOTHERCODE");
        hall.answer();
        assert!(!hall.asks_for_whom());
        assert_eq!((hall.served(), hall.view().page), (Some("P1"), page));
    }
    // The telephone is still before the scanner.
    let mut hall = Hall::home_by_code();
    assert_eq!(hall.scan(persons::CODE), []);
    assert!(!hall.visit().unwrap().second.unused());
}

#[test]
fn the_first_ones_visit_can_be_kept() {
    for (kind, mut hall) in asked() {
        hall.tap(Tap::Row(0));
        assert_eq!(hall.served(), Some("P1"), "{kind:?}");
        assert!(!hall.asks_for_whom());
        hall.tap(Tap::Account);
        hall.answer();
        assert_eq!(hall.title(), "账户明细");
        // Nothing of the other is left, and what was shown can be taken away.
        hall.card(CardNews::Reader { working: true });
        hall.document(DocumentNews::Lifted);
        assert_eq!(hall.served(), Some("P1"), "{kind:?}");
    }
}

#[test]
fn another_card_that_is_taken_away_leaves_the_visit_as_it_was() {
    let mut hall = Hall::home_by_document();
    put_in(&mut hall, persons::other_holder());
    hall.answer_with(others());
    hall.card(CardNews::Removed);
    assert!(!hall.asks_for_whom(), "the question goes with it");
    assert_eq!(hall.served(), Some("P1"));
    put_in(&mut hall, persons::other_holder());
    hall.answer_with(others());
    hall.tap(Tap::Row(0));
    hall.card(CardNews::Removed);
    assert_eq!(hall.served(), Some("P1"), "it binds nothing");
}

#[test]
fn the_visit_can_become_the_others() {
    for (kind, mut hall) in asked() {
        let by_card = hall.visit().unwrap().patron.card.is_some();
        hall.tap(Tap::Row(1));
        assert_eq!(hall.served(), Some("P7"), "{kind:?}");
        let patron = &hall.visit().unwrap().patron;
        assert!(patron.overview.is_none(), "nothing of the first one is taken along");
        assert_eq!(patron.card.is_some(), kind == MediumKind::Card, "{kind:?}");
        assert_eq!(hall.effects.contains(&Effect::ReleaseCard), by_card, "{kind:?}");
        let Query::Overview { person, .. } = hall.question().1 else { panic!() };
        assert_eq!(person.reveal(), "P7");
        hall.answer();
        // The first one's card may be taken; the other's ends the visit.
        hall.card(CardNews::Removed);
        assert_eq!(hall.served().is_some(), kind != MediumKind::Card, "{kind:?}");
    }
}

#[test]
fn at_the_question_the_visit_can_be_ended() {
    for (kind, mut hall) in asked() {
        hall.tap(Tap::Finish);
        assert!(hall.visit().is_none(), "{kind:?}");
        hall.assert_nothing_personal();
    }
}

#[test]
fn nobody_answers_and_the_first_ones_visit_goes_on_with_its_own_time() {
    for (kind, mut hall) in asked() {
        hall.wait(hall.limits.idle_ms);
        assert!(hall.still_there(), "{kind:?}");
        let ignored = hall.kiosk.ignored().taps;
        hall.tap(Tap::Row(1));
        assert_eq!(hall.kiosk.ignored().taps, ignored + 1, "the other question lies above it");
        hall.wait(hall.limits.warning_ms);
        assert!(!hall.asks_for_whom() && !hall.still_there(), "{kind:?}");
        assert_eq!(hall.served(), Some("P1"), "{kind:?}");
        hall.wait(hall.limits.idle_ms + hall.limits.warning_ms);
        assert!(hall.visit().is_none(), "{kind:?}");
        hall.assert_nothing_personal();
    }
}

#[test]
fn nothing_but_an_answer_is_taken_at_the_question() {
    let mut hall = Hall::asked_for_whom();
    let ignored = hall.kiosk.ignored().taps;
    for tap in [Tap::Account, Tap::Back, Tap::Home, Tap::Row(2), Tap::Slips, Tap::Reveal] {
        hall.tap(tap);
        assert!(hall.asks_for_whom(), "{tap:?}");
    }
    assert_eq!(hall.kiosk.ignored().taps, ignored + 6);
    assert_eq!(hall.scan("THIRDCODE"), [], "and no third medium");
    hall.tap(Tap::CallStaff);
    assert!(hall.effects.contains(&Effect::CallStaff { reason: StaffReason::Asked }));
}

#[test]
fn a_second_medium_that_cannot_be_used_is_told_and_the_visit_goes_on() {
    let cases: [(&str, Step); 9] = [
        ("mute card", |hall| {
            hall.card(CardNews::Inserted);
            hall.unreadable(CardTrouble::Mute);
        }),
        ("silent card", |hall| {
            hall.card(CardNews::Inserted);
            hall.wait(hall.limits.card_read_ms);
        }),
        ("expired card", |hall| {
            let expires = Some(date(2026, 11, 21));
            put_in(hall, CardHolder { expires, ..persons::other_holder() });
        }),
        ("unreadable document", |hall| {
            hall.document(DocumentNews::Read(Err(DocumentTrouble::Unreadable)));
        }),
        ("expired document", |hall| {
            let expires = Some(date(2026, 11, 21));
            hall.put_down(DocumentHolder { expires, ..persons::other_document() });
        }),
        ("document of another name", |hall| {
            hall.put_down(DocumentHolder {
                name: persons::insured().name,
                ..persons::other_document()
            });
            hall.answer_with(others());
        }),
        ("used code", |hall| {
            hall.scan("OTHERCODE");
            hall.answer_with(Err(LedgerError::CodeInvalid));
        }),
        ("busy ledger", |hall| {
            hall.scan("OTHERCODE");
            hall.answer_with(Err(LedgerError::Busy));
        }),
        ("silent ledger", |hall| {
            hall.put_down(persons::other_document());
            hall.wait(hall.limits.ledger_give_up_ms);
        }),
    ];
    for (name, case) in cases {
        let mut hall = Hall::home_by_code();
        case(&mut hall);
        assert!(hall.visit().unwrap().second.unused(), "{name}");
        assert!(!hall.asks_for_whom(), "{name}");
        assert_eq!(hall.accepts.last(), Some(&(true, true)), "{name}: another may be shown");
        hall.wait(hall.limits.message_ms);
        assert!(!hall.visit().unwrap().second.unused(), "{name}: for a while");
        assert_eq!(hall.served(), Some("P1"), "{name}");
    }
}

#[test]
fn a_doubted_second_document_calls_staff() {
    let mut hall = Hall::home_by_code();
    let effects = hall.document(DocumentNews::Read(Err(DocumentTrouble::NotGenuine)));
    assert_eq!(effects, [Effect::CallStaff { reason: StaffReason::DocumentDoubted }]);
    assert_eq!(hall.served(), Some("P1"));
}

#[test]
fn while_printing_only_a_card_is_read_and_the_question_comes_after_the_slip() {
    let mut hall = Hall::home_by_document();
    hall.tap(Tap::Slips);
    hall.tap(Tap::Slip(SlipKind::Account));
    hall.answer();
    hall.tap(Tap::PrintNow);
    let id = hall.print_id();
    hall.started(id);
    assert_eq!(hall.scan("OTHERCODE"), []);
    assert_eq!(hall.put_down(persons::other_document()), []);
    put_in(&mut hall, persons::other_holder());
    hall.answer_with(others());
    assert!(!hall.asks_for_whom());
    hall.ended(id, PrintEnd::Printed);
    assert!(hall.asks_for_whom());
    hall.wait(hall.limits.idle_ms - 1);
    assert!(!hall.still_there(), "with all its time");
    hall.tap(Tap::Row(0));
    assert_eq!(hall.served(), Some("P1"));
}

#[test]
fn a_card_that_binds_a_visit_while_printing_lets_the_slip_come_when_it_is_taken() {
    let mut hall = Hall::home_by_document();
    hall.tap(Tap::Slips);
    hall.tap(Tap::Slip(SlipKind::Account));
    hall.answer();
    hall.tap(Tap::PrintNow);
    let id = hall.print_id();
    hall.started(id);
    put_in(&mut hall, persons::holder());
    hall.answer();
    assert_eq!(hall.card(CardNews::Removed), []);
    hall.assert_nothing_personal();
    hall.ended(id, PrintEnd::Printed);
    assert!(hall.takes_document());
}

#[test]
fn whoever_shows_something_is_still_there() {
    let own: [fn(&mut Hall); 3] = [
        |hall| drop(hall.put_down(persons::document())),
        |hall| drop(hall.scan("ANOTHERCODE")),
        |hall| drop(hall.card(CardNews::Inserted)),
    ];
    for show in own {
        let mut hall = Hall::home_by_document();
        hall.wait(hall.limits.idle_ms);
        assert!(hall.still_there());
        show(&mut hall);
        assert!(!hall.still_there());
        hall.wait(hall.limits.idle_ms - 1);
        assert!(!hall.still_there(), "with all its time");
    }
    // A reader that comes and goes is nobody.
    let mut hall = Hall::home_by_document();
    hall.wait(hall.limits.idle_ms);
    hall.document(DocumentNews::Reader { working: true });
    hall.document(DocumentNews::Lifted);
    hall.code(CodeNews::Scanner { working: true });
    hall.card(CardNews::Reader { working: true });
    assert!(hall.still_there());
}

#[test]
fn a_card_put_in_takes_the_place_of_a_document_that_is_looked_up() {
    let mut hall = Hall::home_by_code();
    hall.put_down(persons::other_document());
    let (document, _) = hall.question();
    put_in(&mut hall, persons::holder());
    hall.step(Event::Answer { id: document, result: others() });
    assert!(!hall.asks_for_whom(), "its answer is stale");
    let Query::Identify(Credential::Card { .. }) = hall.question().1 else { panic!() };
    hall.answer();
    assert_eq!(hall.visit().unwrap().patron.medium(), MediumKind::Card);
}

#[test]
fn the_reader_away_while_a_second_card_is_read_gives_it_up() {
    let mut hall = Hall::home_by_code();
    hall.card(CardNews::Inserted);
    hall.card(CardNews::Reader { working: false });
    assert!(hall.visit().unwrap().second.is_none());
    hall.card(CardNews::Reader { working: true });
    assert_eq!(hall.card(CardNews::Inserted), [Effect::ReadCard], "and reads it when it is back");
}

#[test]
fn each_code_is_asked_about_once() {
    let mut hall = Hall::home_by_document();
    hall.scan("OTHERCODE");
    let code = Credential::Code(InsuranceCode::new("OTHERCODE"));
    assert_eq!(hall.question().1, Query::Identify(code));
    assert_eq!(hall.scan("OTHERCODE"), []);
}
