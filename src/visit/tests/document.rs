//! The end of a visit while a document lies on the reader, and the reader away.

use super::hall::{Hall, Step};
use super::persons;
use crate::view::messages;
use crate::visit::event::{Answer, CardNews, CardTrouble, DocumentNews, Effect, StaffReason, Tap};
use crate::visit::state::Stage;

const AWAY: DocumentNews = DocumentNews::Reader { working: false };
const BACK: DocumentNews = DocumentNews::Reader { working: true };
const LEFT: Effect = Effect::CallStaff { reason: StaffReason::DocumentLeft };

/// A visit that has ended while its document lies there.
fn left() -> Hall {
    let mut hall = Hall::home_by_document();
    hall.tap(Tap::Finish);
    assert!(hall.takes_document());
    hall.assert_nothing_personal();
    hall
}

#[test]
fn every_end_asks_for_the_document_that_lies_there() {
    let ends: [(&str, Step); 3] = [
        ("finished", |hall| drop(hall.tap(Tap::Finish))),
        ("left alone", |hall| hall.wait(hall.limits.idle_ms + hall.limits.warning_ms)),
        ("finished at the question", |hall| {
            hall.put_down(persons::other_document());
            hall.answer_with(Ok(Answer::Identified(persons::other_insured())));
            hall.tap(Tap::Finish);
        }),
    ];
    for (name, end) in ends {
        for lifted in [false, true] {
            let mut hall = Hall::home_by_document();
            if lifted {
                hall.document(DocumentNews::Lifted);
            }
            end(&mut hall);
            // A further document that was shown lies there, too.
            let lies = !lifted || name == "finished at the question";
            assert_eq!(hall.takes_document(), lies, "{name}");
            assert_eq!(hall.kiosk.is_idle(), !lies, "{name}");
            hall.assert_nothing_personal();
        }
    }
}

#[test]
fn a_document_is_reminded_of_then_staff_are_called_and_the_kiosk_serves_on() {
    let mut hall = left();
    hall.wait(hall.limits.remind_card_ms - 1);
    assert!(!hall.effects.contains(&Effect::RemindDocument));
    hall.wait(1);
    assert_eq!(hall.effects.last(), Some(&Effect::RemindDocument));
    hall.wait(hall.limits.take_card_ms - hall.limits.remind_card_ms - 1);
    assert!(hall.takes_document());
    hall.wait(1);
    assert_eq!(hall.effects.last(), Some(&LEFT));
    assert!(hall.kiosk.is_idle());
    assert_eq!(hall.view().notice.as_deref(), Some(messages::DOCUMENT_LEFT));
    assert_eq!(hall.effects.iter().filter(|e| **e == Effect::RemindDocument).count(), 1);
    // It lies there still: others are served, and it is asked for again.
    hall.scan(persons::CODE);
    hall.answer();
    hall.answer();
    hall.tap(Tap::Finish);
    assert!(hall.takes_document());
    assert_eq!(hall.document(DocumentNews::Lifted), [Effect::DismissStaff]);
    assert!(hall.is_default());
}

#[test]
fn a_document_taken_in_time_calls_nobody() {
    let mut hall = left();
    assert_eq!(hall.document(DocumentNews::Lifted), []);
    assert!(hall.is_default());
    let mut hall = left();
    hall.wait(hall.limits.remind_card_ms);
    assert_eq!(hall.document(DocumentNews::Lifted), [Effect::DismissStaff]);
    hall.wait(hall.limits.take_card_ms);
    assert!(hall.is_default() && !hall.effects.contains(&LEFT));
}

#[test]
fn a_card_put_in_while_a_document_is_asked_for_begins_the_next_visit() {
    let mut hall = left();
    assert_eq!(hall.card(CardNews::Inserted), [Effect::ReadCard]);
    assert!(matches!(hall.kiosk.stage(), Stage::Reading(_)));
}

#[test]
fn the_card_is_asked_for_first_and_then_the_document() {
    let mut hall = Hall::at_home();
    hall.put_down(persons::document());
    hall.tap(Tap::Finish);
    assert!(hall.takes_card());
    hall.card(CardNews::Removed);
    assert!(hall.takes_document());
    hall.document(DocumentNews::Lifted);
    assert!(hall.is_default());
    // And when the card is simply taken.
    let mut hall = Hall::at_home();
    hall.put_down(persons::document());
    hall.card(CardNews::Removed);
    assert!(hall.takes_document());
}

#[test]
fn staff_are_called_for_a_document_left_beside_a_card() {
    let mut hall = Hall::at_home();
    hall.put_down(persons::document());
    hall.tap(Tap::Finish);
    hall.wait(hall.limits.take_card_ms);
    assert!(hall.effects.contains(&LEFT));
    assert!(hall.effects.contains(&Effect::CallStaff { reason: StaffReason::CardLeft }));
    assert_eq!(hall.card(CardNews::Removed), [], "the document still lies there");
    assert_eq!(hall.document(DocumentNews::Lifted), [Effect::DismissStaff]);
    assert!(hall.is_default());
}

#[test]
fn lifting_a_document_does_not_end_the_reminder_of_a_card() {
    let mut hall = Hall::at_home();
    hall.put_down(persons::document());
    hall.tap(Tap::Finish);
    hall.wait(hall.limits.remind_card_ms);
    assert_eq!(hall.effects.last(), Some(&Effect::RemindCard));
    assert_eq!(hall.document(DocumentNews::Lifted), []);
    assert_eq!(hall.card(CardNews::Removed), [Effect::DismissStaff]);
}

#[test]
fn a_visit_by_document_goes_on_without_its_reader() {
    let mut hall = Hall::home_by_document();
    hall.document(AWAY);
    assert_eq!(hall.served(), Some("P1"));
    hall.tap(Tap::Account);
    hall.answer();
    hall.tap(Tap::Back);
    // What cannot be seen is not asked for.
    hall.tap(Tap::Finish);
    assert!(hall.kiosk.is_idle());
    hall.assert_nothing_personal();
}

#[test]
fn a_document_that_still_lies_there_when_its_reader_is_back_is_asked_for() {
    let mut hall = Hall::home_by_document();
    hall.document(AWAY);
    hall.document(BACK);
    hall.tap(Tap::Finish);
    assert!(hall.takes_document());
    // One that was lifted meanwhile is told so, and not asked for.
    let mut hall = Hall::home_by_document();
    hall.document(AWAY);
    hall.document(BACK);
    hall.document(DocumentNews::Lifted);
    hall.tap(Tap::Finish);
    assert!(hall.is_default());
}

#[test]
fn nobody_waits_for_a_document_on_a_reader_that_went_away() {
    let mut hall = left();
    hall.wait(hall.limits.remind_card_ms);
    assert_eq!(hall.document(AWAY), [Effect::DismissStaff]);
    assert!(hall.kiosk.is_idle());
    assert!(hall.view().notice.is_none(), "what cannot be seen is not told of");
    hall.document(BACK);
    assert!(hall.kiosk.is_idle(), "nothing begins by itself");
    assert_eq!(hall.view().notice.as_deref(), Some(messages::DOCUMENT_LEFT));
}

#[test]
fn the_reader_lost_while_a_document_is_looked_up_loses_nothing() {
    let mut hall = Hall::new();
    hall.put_down(persons::document());
    hall.document(AWAY);
    hall.answer();
    hall.answer();
    assert_eq!(hall.served(), Some("P1"));
}

#[test]
fn a_document_forgotten_while_nobody_asked_for_it_begins_no_visit() {
    let (mut hall, _) = Hall::printing();
    assert_eq!(hall.accepts.last(), Some(&(false, false)));
    hall.document(DocumentNews::Placed);
    hall.card(CardNews::Removed);
    hall.wait(hall.limits.print_held_ms + hall.limits.print_stop_ms);
    hall.wait(hall.limits.take_card_ms);
    assert!(hall.kiosk.is_idle());
    assert_eq!(hall.accepts.last(), Some(&(false, true)));
    hall.document(DocumentNews::Lifted);
    assert_eq!(hall.accepts.last(), Some(&(true, true)));
    hall.document(DocumentNews::Placed);
    assert_eq!(hall.accepts.last(), Some(&(true, true)));
}

#[test]
fn a_document_put_down_just_before_the_end_begins_no_visit() {
    // It was asked for, but its reading was not over.
    let mut hall = Hall::at_home();
    hall.document(DocumentNews::Placed);
    hall.tap(Tap::Finish);
    hall.card(CardNews::Removed);
    assert!(hall.takes_document());
    hall.wait(hall.limits.take_card_ms);
    assert!(hall.kiosk.is_idle());
    assert_eq!(hall.accepts.last(), Some(&(false, true)));
    // Nor when its reader was away at the end.
    let mut hall = Hall::at_home();
    hall.document(DocumentNews::Placed);
    hall.document(AWAY);
    hall.card(CardNews::Removed);
    assert!(hall.kiosk.is_idle());
    hall.document(BACK);
    assert_eq!(hall.accepts.last(), Some(&(false, true)));
    assert_eq!(hall.view().notice.as_deref(), Some(messages::DOCUMENT_LEFT));
    hall.document(DocumentNews::Lifted);
    assert_eq!(hall.accepts.last(), Some(&(true, true)));
}

#[test]
fn a_forgotten_document_is_not_read_in_the_next_ones_visit() {
    let next: [(&str, Step); 2] = [
        ("at home", |hall| {
            hall.card(CardNews::Read(Ok(persons::other_holder())));
            hall.answer_with(Ok(Answer::Identified(persons::other_insured())));
            hall.answer();
            assert_eq!(hall.served(), Some("P7"));
        }),
        ("refused", |hall| drop(hall.unreadable(CardTrouble::Mute))),
    ];
    for (name, step) in next {
        let mut hall = Hall::at_home();
        hall.document(DocumentNews::Placed);
        hall.card(CardNews::Removed);
        assert!(hall.takes_document(), "{name}");
        hall.card(CardNews::Inserted);
        step(&mut hall);
        assert_eq!(hall.accepts.last(), Some(&(false, true)), "{name}");
        hall.document(DocumentNews::Lifted);
        assert_eq!(hall.accepts.last(), Some(&(true, true)), "{name}: the next one's own is");
    }
}

#[test]
fn a_document_put_down_beside_the_card_is_read_when_a_page_asks_for_it() {
    let mut hall = Hall::new();
    hall.card(CardNews::Inserted);
    hall.document(DocumentNews::Placed);
    assert_eq!(hall.accepts.last(), Some(&(false, false)));
    hall.unreadable(CardTrouble::Mute);
    assert_eq!(hall.accepts.last(), Some(&(true, true)));
}
