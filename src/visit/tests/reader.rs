//! The reader away and back, and cards left in the slot.

use super::hall::Hall;
use super::persons;
use crate::domain::person::CardNo;
use crate::view::model::{PageView, ViewModel};
use crate::visit::Settings;
use crate::visit::event::{CardHolder, CardNews, CardTrouble, Effect, StaffReason, Tap};

const AWAY: CardNews = CardNews::Reader { working: false };
const BACK: CardNews = CardNews::Reader { working: true };

#[test]
fn idle_without_a_reader_says_so_and_recovers() {
    // With no other way to begin it is out of service.
    let only_cards = Settings { documents: false, codes: false, ..Settings::default() };
    let mut hall = Hall::with(only_cards);
    let before = hall.view();
    hall.card(AWAY);
    let PageView::Idle(idle) = hall.view().page else { panic!() };
    assert!(!idle.in_service);
    assert_eq!(idle.title, "这台机器暂时不能插卡");
    hall.card(BACK);
    assert_eq!(hall.view(), before);

    let mut hall = Hall::new();
    hall.card(AWAY);
    let PageView::Idle(idle) = hall.view().page else { panic!() };
    assert!(idle.in_service && !idle.card);
    assert_eq!(idle.ways.len(), 2);
    hall.card(BACK);
    assert!(hall.is_default());
}

#[test]
fn the_visit_goes_on_without_the_reader() {
    let mut hall = Hall::at_home();
    hall.card(AWAY);
    assert!(matches!(hall.view().page, PageView::Home(_)));
    assert!(hall.view().notice.unwrap().contains("您可以继续办理"));
    hall.tap(Tap::Account);
    hall.answer();
    assert_eq!(hall.title(), "账户明细");
    hall.tap(Tap::Back);
    hall.tap(Tap::Finish);
    hall.assert_nothing_personal();
    hall.wait(hall.limits.take_card_ms);
    assert!(hall.kiosk.is_idle());
    let called = Effect::CallStaff { reason: StaffReason::CardLeft };
    assert!(!hall.effects.contains(&called), "nobody knows whether a card is left");
}

#[test]
fn the_same_card_found_again_goes_on() {
    let mut hall = Hall::at_home();
    hall.card(AWAY);
    hall.card(BACK);
    assert_eq!(hall.card(CardNews::Inserted), [Effect::ReadCard]);
    hall.card(CardNews::Read(Ok(persons::holder())));
    assert_eq!(hall.title(), "张*，您好");
    assert_eq!(hall.view().notice, None);
    hall.wait(hall.limits.card_read_ms * 3);
    assert_eq!(hall.title(), "张*，您好");
}

#[test]
fn another_card_found_ends_the_visit() {
    let same = persons::holder;
    let others = [
        persons::other_holder(),
        CardHolder { number: CardNo::new("OTHER9012"), ..same() },
        CardHolder { id_number: None, ..same() },
    ];
    for other in others {
        let mut hall = Hall::at_home();
        hall.card(AWAY);
        hall.card(BACK);
        hall.card(CardNews::Inserted);
        assert_eq!(hall.card(CardNews::Read(Ok(other))), [Effect::ReleaseCard]);
        hall.assert_nothing_personal();
        assert_eq!(hall.title(), "请取走您的卡");
    }
}

#[test]
fn another_card_found_while_printing_stops_the_slip() {
    let (mut hall, id) = Hall::printing();
    hall.started(id);
    hall.card(AWAY);
    hall.card(BACK);
    hall.card(CardNews::Inserted);
    let effects = hall.card(CardNews::Read(Ok(persons::other_holder())));
    assert_eq!(effects, [Effect::StopPrint { id }, Effect::ReleaseCard]);
    hall.assert_nothing_personal();
}

#[test]
fn a_card_that_cannot_be_verified_ends_the_visit() {
    let mut hall = Hall::at_home();
    hall.card(AWAY);
    hall.card(BACK);
    hall.card(CardNews::Inserted);
    assert_eq!(hall.unreadable(CardTrouble::Mute), [Effect::ReadCard]);
    hall.wait(hall.limits.card_read_ms);
    assert_eq!(hall.title(), "请取走您的卡");
    hall.assert_nothing_personal();
}

#[test]
fn an_empty_slot_found_ends_the_visit() {
    let mut hall = Hall::at_home();
    hall.card(AWAY);
    hall.card(BACK);
    hall.card(CardNews::Removed);
    assert!(hall.is_default());
}

#[test]
fn a_second_reading_that_nobody_asked_for_means_nothing() {
    let mut hall = Hall::at_home();
    hall.card(CardNews::Read(Ok(persons::other_holder())));
    hall.card(CardNews::Inserted);
    assert_eq!(hall.title(), "张*，您好");
    assert_eq!(hall.kiosk.ignored().device, 2);
}

#[test]
fn the_reader_lost_while_reading_has_its_page() {
    let mut hall = Hall::new();
    hall.card(CardNews::Inserted);
    hall.card(AWAY);
    assert_eq!(hall.title(), "读卡器没有回应");
    hall.card(BACK);
    assert_eq!(hall.card(CardNews::Inserted), [Effect::ReadCard]);
}

#[test]
fn a_card_left_calls_staff_and_begins_no_visit() {
    let mut hall = Hall::at_home();
    hall.tap(Tap::Finish);
    assert_eq!(hall.title(), "请取走您的卡");
    hall.wait(hall.limits.remind_card_ms - 1);
    assert_ne!(hall.effects.last(), Some(&Effect::RemindCard));
    hall.wait(1);
    assert_eq!(hall.effects.last(), Some(&Effect::RemindCard), "sound and light");
    hall.wait(hall.limits.take_card_ms - hall.limits.remind_card_ms - 1);
    assert_eq!(hall.title(), "请取走您的卡");
    assert_eq!(hall.effects.last(), Some(&Effect::RemindCard), "once");
    hall.wait(1);
    assert_eq!(hall.effects.last(), Some(&Effect::CallStaff { reason: StaffReason::CardLeft }));
    assert_eq!(hall.title(), "请先取走插卡口里的卡");
    assert_ne!(hall.view(), ViewModel::default());
    // The reader blinks: the card it finds is the one left.
    hall.card(AWAY);
    hall.card(BACK);
    assert_eq!(hall.card(CardNews::Inserted), []);
    hall.tap(Tap::Help);
    hall.card(AWAY);
    hall.card(BACK);
    assert_eq!(hall.card(CardNews::Inserted), []);
    hall.tap(Tap::Back);
    assert_eq!(hall.card(CardNews::Removed), [Effect::DismissStaff]);
    assert!(hall.is_default());
    assert_eq!(hall.card(CardNews::Inserted), [Effect::ReadCard]);
}

#[test]
fn a_card_taken_in_time_ends_the_reminder_and_calls_nobody() {
    let mut hall = Hall::at_home();
    hall.tap(Tap::Finish);
    hall.wait(hall.limits.remind_card_ms);
    assert_eq!(hall.card(CardNews::Removed), [Effect::DismissStaff]);
    hall.wait(hall.limits.take_card_ms);
    let called = Effect::CallStaff { reason: StaffReason::CardLeft };
    assert!(hall.is_default() && !hall.effects.contains(&called));

    // One that is taken at once is not reminded of.
    let mut hall = Hall::at_home();
    hall.tap(Tap::Finish);
    assert_eq!(hall.card(CardNews::Removed), []);
}

#[test]
fn a_reader_that_works_again_without_having_been_away_has_its_card_read_again() {
    let mut hall = Hall::at_home();
    hall.card(BACK);
    assert_eq!(hall.view().notice, None);
    assert_eq!(hall.card(CardNews::Inserted), [Effect::ReadCard]);
    hall.card(CardNews::Read(Ok(persons::other_holder())));
    hall.assert_nothing_personal();
}
