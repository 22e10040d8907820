//! The relative's card in the place of the patron's own, with every mishap.

use super::bind_people::{RELATIVE, candidate, card, mother};
use super::hall::{Hall, Step};
use super::persons;
use crate::records::port::{Credential, LedgerError};
use crate::visit::event::{Answer, CardHolder, CardNews, CardTrouble, Effect, Query, Tap};
use crate::visit::limits::WARNING_MS_MIN;
use jiff::civil::date;

fn kin() -> CardHolder {
    card(&mother("310101"))
}

/// The patron's own card is out, the relative's is asked for.
fn out() -> Hall {
    let mut hall = Hall::asked_who("310101");
    hall.press("换插家人的卡");
    assert_eq!(hall.title(), "请取出您的卡");
    hall.card(CardNews::Removed);
    assert_eq!(hall.title(), "请插入家人的卡");
    hall
}

/// The relative's card was read, and the ledger is asked.
fn read() -> Hall {
    let mut hall = out();
    assert_eq!(hall.card(CardNews::Inserted), [Effect::ReadCard]);
    hall.card(CardNews::Read(Ok(kin())));
    hall
}

/// The relative is known; their card is to be taken out.
fn known() -> Hall {
    let mut hall = read();
    hall.tell(&candidate(mother("310101")));
    assert_eq!(hall.title(), "请取出家人的卡，插回您自己的卡");
    hall
}

/// The slot is empty again, and the patron's own card is asked for.
fn empty() -> Hall {
    let mut hall = known();
    hall.card(CardNews::Removed);
    assert_eq!(hall.title(), "请插回您自己的卡");
    hall
}

fn put_back(hall: &mut Hall) {
    assert_eq!(hall.card(CardNews::Inserted), [Effect::ReadCard]);
    hall.card(CardNews::Read(Ok(persons::holder())));
}

#[test]
fn cards_change_places_and_the_way_goes_on() {
    let mut hall = read();
    let Query::Candidate { credential, .. } = hall.question().1 else { panic!() };
    let CardHolder { number, id_number, .. } = kin();
    assert_eq!(credential, Credential::Card { number, id_number });
    hall.tell(&candidate(mother("310101")));
    hall.card(CardNews::Removed);
    put_back(&mut hall);
    assert_eq!(hall.title(), format!("{}是您的什么人？", RELATIVE.1));
    assert_eq!(hall.served(), Some("P1"));
    // From now on taking the card ends the visit, as ever.
    hall.card(CardNews::Removed);
    hall.assert_nothing_of_the_relative();
}

#[test]
fn nothing_personal_is_shown_meanwhile() {
    for begin in [out, read, known, empty] {
        let hall = begin();
        let text = hall.read();
        for canary in persons::CANARIES.iter().chain(&["张*", RELATIVE.0, RELATIVE.1, "2,035.75"])
        {
            assert!(!text.contains(canary), "{canary} in {text}");
        }
    }
}

#[test]
fn only_in_the_exchange_the_card_may_be_taken_out() {
    let mut hall = Hall::asked_who("310101");
    hall.card(CardNews::Removed);
    assert!(hall.visit().is_none());
    let mut hall = Hall::asked_who("310101");
    hall.press("换插家人的卡");
    hall.press("返回");
    assert_eq!(hall.title(), "要添加哪位家人？");
    hall.card(CardNews::Removed);
    assert!(hall.visit().is_none());
}

#[test]
fn another_card_put_back_ends_the_visit() {
    let same_number = CardHolder { id_number: None, ..persons::holder() };
    for wrong in [kin(), persons::other_holder(), same_number] {
        let mut hall = empty();
        hall.card(CardNews::Inserted);
        hall.card(CardNews::Read(Ok(wrong)));
        assert!(hall.takes_card());
        hall.assert_nothing_of_the_relative();
    }
}

#[test]
fn a_card_put_back_that_cannot_be_read_is_tried_twice() {
    let mut hall = empty();
    hall.card(CardNews::Inserted);
    assert_eq!(hall.unreadable(CardTrouble::Mute), [Effect::ReadCard]);
    hall.card(CardNews::Read(Ok(persons::holder())));
    assert!(hall.title().ends_with("是您的什么人？"));
    let mut hall = empty();
    hall.card(CardNews::Inserted);
    hall.unreadable(CardTrouble::Mute);
    hall.wait(hall.limits.card_read_ms);
    assert!(hall.takes_card());
    hall.assert_nothing_of_the_relative();
}

#[test]
fn a_card_put_back_and_taken_out_again_may_be_put_back_once_more() {
    let mut hall = empty();
    hall.card(CardNews::Inserted);
    hall.card(CardNews::Removed);
    assert_eq!(hall.title(), "请插回您自己的卡");
    put_back(&mut hall);
    assert!(hall.title().ends_with("是您的什么人？"));
}

#[test]
fn without_a_card_in_time_the_visit_ends_after_a_warning() {
    for begin in [out, known, empty] {
        let mut hall = begin();
        let (all, warning) = (hall.limits.swap_ms, hall.limits.warning_ms);
        assert!(warning >= WARNING_MS_MIN && all <= 60_000);
        hall.wait(all - warning - 1);
        assert!(!hall.still_there());
        hall.wait(1);
        assert!(hall.still_there());
        hall.wait(warning - 1);
        assert!(hall.visit().is_some());
        hall.wait(1);
        hall.assert_nothing_of_the_relative();
    }
}

#[test]
fn one_touch_gives_more_time() {
    for _ in 0..2 {
        let mut hall = empty();
        for _ in 0..10 {
            hall.wait(hall.limits.swap_ms - 1);
            assert!(hall.still_there());
            hall.tap(Tap::StillHere);
            assert!(!hall.still_there());
        }
        put_back(&mut hall);
        assert!(hall.title().ends_with("是您的什么人？"));
    }
}

#[test]
fn staff_who_are_called_give_more_time() {
    let mut hall = out();
    hall.press("呼叫工作人员");
    hall.wait(hall.limits.staff_wait_ms - 1);
    assert!(hall.visit().is_some() && !hall.still_there());
}

#[test]
fn the_own_card_in_the_relatives_place_is_told() {
    let mut hall = out();
    put_back(&mut hall);
    assert_eq!(hall.title(), "要添加哪位家人？");
    assert!(hall.read().contains("您自己的证件"));
    hall.card(CardNews::Removed);
    assert!(hall.visit().is_none(), "it binds the visit again");
}

#[test]
fn an_unusable_card_is_taken_out_and_tried_again() {
    let expired = CardHolder { expires: Some(date(2026, 11, 21)), ..kin() };
    let table: [(CardNews, &str); 3] = [
        (CardNews::Read(Ok(expired)), "过期了"),
        (CardNews::Read(Err(CardTrouble::Unreadable)), "没有读出来"),
        (CardNews::Read(Err(CardTrouble::PulledOut)), "取得太快"),
    ];
    for (news, words) in table {
        let mut hall = out();
        hall.card(CardNews::Inserted);
        hall.card(news);
        assert_eq!(hall.title(), "请取出这张卡，再试一次");
        assert!(hall.read().contains(words), "{words}");
        hall.card(CardNews::Removed);
        assert_eq!(hall.title(), "请插入家人的卡");
    }
    let mut hall = out();
    hall.card(CardNews::Inserted);
    hall.wait(hall.limits.card_read_ms);
    assert_eq!(hall.title(), "请取出这张卡，再试一次");
    hall.press("不换了");
    hall.card(CardNews::Removed);
    put_back(&mut hall);
    assert_eq!(hall.title(), "要添加哪位家人？");
}

#[test]
fn giving_up_leads_back_with_the_own_card() {
    let mut hall = out();
    hall.press("不换了");
    assert_eq!(hall.title(), "请插回您自己的卡");
    put_back(&mut hall);
    assert_eq!(hall.title(), "要添加哪位家人？");
    // While the ledger is asked.
    let mut hall = read();
    hall.press("返回");
    hall.card(CardNews::Removed);
    put_back(&mut hall);
    assert_eq!(hall.title(), "要添加哪位家人？");
}

#[test]
fn what_the_ledger_says_is_told_when_the_own_card_is_back() {
    let ends: [(Step, &str); 4] = [
        (|hall| hall.answer_with(Err(LedgerError::CardReportedLost)), "已经挂失"),
        (|hall| hall.answer_with(Err(LedgerError::Busy)), "查询的人很多"),
        (
            |hall| {
                let own = candidate(super::bind_people::donor("310101"));
                hall.answer_with(Ok(Answer::Candidate(Box::new(own))));
            },
            "您自己的证件",
        ),
        (
            |hall| {
                // Every second touch, so that the ledger's bound comes first.
                for _ in 0..3 {
                    hall.wait(hall.limits.ledger_give_up_ms / 3);
                    hall.tap(Tap::StillHere);
                }
            },
            "没有等到回答",
        ),
    ];
    for (end, words) in ends {
        let mut hall = read();
        end(&mut hall);
        assert_eq!(hall.title(), "请取出家人的卡，插回您自己的卡", "{words}");
        hall.card(CardNews::Removed);
        put_back(&mut hall);
        assert_eq!(hall.title(), "要添加哪位家人？");
        assert!(hall.read().contains(words), "{words}");
    }
}

#[test]
fn who_is_quick_may_put_the_own_card_back_before_the_answer() {
    let mut hall = read();
    hall.card(CardNews::Removed);
    hall.tell(&candidate(mother("310101")));
    assert_eq!(hall.title(), "请插回您自己的卡");
    put_back(&mut hall);
    assert!(hall.title().ends_with("是您的什么人？"));
    let mut hall = read();
    hall.card(CardNews::Removed);
    hall.card(CardNews::Inserted);
    hall.tell(&candidate(mother("310101")));
    assert_eq!(hall.title(), "正在核对您的卡");
    hall.card(CardNews::Read(Ok(persons::holder())));
    assert!(hall.title().ends_with("是您的什么人？"));
}

#[test]
fn a_reader_that_goes_away_does_not_let_another_card_in() {
    // Before the card is out, everything is as ever.
    let mut hall = Hall::asked_who("310101");
    hall.press("换插家人的卡");
    hall.card(CardNews::Reader { working: false });
    assert_eq!(hall.title(), "要添加哪位家人？");
    hall.card(CardNews::Reader { working: true });
    assert_eq!(hall.card(CardNews::Inserted), [Effect::ReadCard]);
    hall.card(CardNews::Read(Ok(kin())));
    assert!(hall.takes_card());
    // While the own card is being read.
    let mut hall = empty();
    hall.card(CardNews::Inserted);
    hall.card(CardNews::Reader { working: false });
    hall.card(CardNews::Reader { working: true });
    assert_eq!(hall.card(CardNews::Inserted), [Effect::ReadCard]);
    hall.card(CardNews::Read(Ok(kin())));
    assert!(hall.takes_card());
}
