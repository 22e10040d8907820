//! Adding a relative: what is shown of them, and what goes wrong with it.

use jiff::civil::date;

use super::bind_people::{
    RELATIVE, candidate, card, document, donor, empty_account, mother, settings,
};
use super::hall::{Hall, Step};
use super::persons;
use crate::domain::person::{InsuranceCode, PersonName};
use crate::records::port::{Agreement, Credential, LedgerError};
use crate::view::model::PageView;
use crate::visit::Settings;
use crate::visit::event::{
    Answer, CardHolder, CardNews, CardTrouble, CodeNews, DocumentHolder, DocumentNews,
    DocumentTrouble, Effect, Query, StaffReason,
};
use crate::visit::medium::MediumKind;

fn notice(hall: &Hall) -> String {
    assert_eq!(hall.title(), "要添加哪位家人？");
    hall.view().notice.unwrap_or_default()
}

fn credential(hall: &Hall) -> Credential {
    match hall.question().1 {
        Query::Candidate { credential, .. } => credential,
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_relatives_document_or_code_is_not_taken_for_another_patrons() {
    let kin = mother("310101");
    let shows: [(Step, Credential); 2] = [
        (
            |hall| drop(hall.put_down(document(&mother("310101")))),
            Credential::IdNumber(kin.id_number.clone()),
        ),
        (|hall| drop(hall.scan("KINCODE")), Credential::Code(InsuranceCode::new("KINCODE"))),
    ];
    for (show, wanted) in shows {
        for mut hall in [Hall::asked_who("310101"), Hall::asked_who_by_document("310101")] {
            show(&mut hall);
            assert_eq!(credential(&hall), wanted);
            assert!(!hall.asks_for_whom());
            hall.tell(&candidate(kin.clone()));
            assert_eq!(hall.title(), format!("{}是您的什么人？", RELATIVE.1));
            assert_eq!(hall.served(), Some("P1"));
            for words in ["母亲", "不另外设", "我愿意", "我写不了字"] {
                hall.press(words);
            }
            assert_eq!(hall.binding().agreement, Agreement::GivenHere);
        }
    }
}

#[test]
fn what_is_put_down_too_early_waits_until_it_is_asked_for() {
    let mut hall = Hall::at_home_as(donor("310101"));
    hall.add(empty_account());
    assert_eq!(hall.accepts.last(), Some(&(false, false)));
    hall.document(DocumentNews::Placed);
    hall.scan("KINCODE");
    assert_eq!(hall.title(), "承诺书");
    hall.agree();
    // Now the devices are told to read it.
    assert_eq!(hall.accepts.last(), Some(&(true, true)));
    hall.put_down(document(&mother("310101")));
    hall.tell(&candidate(mother("310101")));
    assert!(hall.title().ends_with("是您的什么人？"));
    assert_eq!(hall.accepts.last(), Some(&(false, false)));
    hall.scan("KINCODE");
    assert!(!hall.asks_for_whom() && hall.title().ends_with("是您的什么人？"));
}

#[test]
fn what_cannot_be_used_is_told_and_tried_again() {
    let expired =
        DocumentHolder { expires: Some(date(2026, 11, 21)), ..document(&mother("310101")) };
    let own = document(&donor("310101"));
    let table: [(DocumentNews, &str); 5] = [
        (DocumentNews::Read(Ok(own)), "这是您自己的证件"),
        (DocumentNews::Read(Ok(expired)), "过期了"),
        (DocumentNews::Read(Err(DocumentTrouble::Unreadable)), "没有读出来"),
        (DocumentNews::Read(Err(DocumentTrouble::LiftedOff)), "拿得太快"),
        (DocumentNews::Read(Err(DocumentTrouble::NotGenuine)), "已经请工作人员"),
    ];
    for (news, words) in table {
        let mut hall = Hall::asked_who("310101");
        let asked = hall.effects.len();
        let doubted = matches!(news, DocumentNews::Read(Err(DocumentTrouble::NotGenuine)));
        hall.document(news);
        assert!(notice(&hall).contains(words), "{words}: {}", notice(&hall));
        let called = Effect::CallStaff { reason: StaffReason::DocumentDoubted };
        let new = &hall.effects[asked..];
        assert!(!new.iter().any(|effect| matches!(effect, Effect::Query { .. })), "{words}");
        assert_eq!(new.contains(&called), doubted, "{words}");
        hall.put_down(document(&mother("310101")));
        hall.tell(&candidate(mother("310101")));
        assert!(hall.title().ends_with("是您的什么人？"), "{words}");
    }
}

#[test]
fn what_the_ledger_says_against_a_medium_is_told() {
    for (error, words) in [
        (LedgerError::UnknownPerson, "查不到这个人"),
        (LedgerError::CodeInvalid, "刷新以后再扫"),
        (LedgerError::CredentialMismatch, "登记不一样"),
        (LedgerError::CardReportedLost, "已经挂失"),
        (LedgerError::Busy, "查询的人很多"),
    ] {
        let mut hall = Hall::asked_who("310101");
        hall.scan("KINCODE");
        hall.answer_with(Err(error));
        assert!(notice(&hall).contains(words), "{words}");
    }
    // The patron's own code, by the ledger's word.
    let mut hall = Hall::asked_who("310101");
    hall.scan("OWNCODE");
    hall.tell(&candidate(donor("310101")));
    assert!(notice(&hall).contains("您自己的证件"));
    // A document with another name than the ledger's.
    let mut hall = Hall::asked_who("310101");
    hall.put_down(DocumentHolder {
        name: PersonName::new("别人"), ..document(&mother("310101"))
    });
    hall.tell(&candidate(mother("310101")));
    assert!(notice(&hall).contains("登记不一样"));
}

#[test]
fn the_code_that_the_visit_began_with_is_the_patrons_own() {
    let mut hall = Hall::with(settings());
    hall.scan(persons::CODE);
    hall.answer();
    hall.answer();
    hall.add(empty_account());
    hall.agree();
    hall.scan(persons::CODE);
    assert!(notice(&hall).contains("您自己的证件"));
}

#[test]
fn only_ways_whose_device_works_are_offered() {
    let words = |hall: &Hall| hall.read();
    let hall = Hall::asked_who("310101");
    for way in ["放身份证", "扫医保码", "换插家人的卡", "输入身份证号码"] {
        assert!(words(&hall).contains(way), "{way}");
    }
    let mut hall = Hall::asked_who("310101");
    hall.document(DocumentNews::Reader { working: false });
    assert!(!words(&hall).contains("放身份证"));
    hall.code(CodeNews::Scanner { working: false });
    assert!(!words(&hall).contains("扫医保码"));
    hall.card(CardNews::Reader { working: false });
    assert!(!words(&hall).contains("换插家人的卡"));
    assert!(hall.can_press("输入身份证号码"));
    let bare = Settings { documents: false, codes: false, ..settings() };
    let mut hall = Hall::with(bare);
    hall.card(CardNews::Inserted);
    hall.card(CardNews::Read(Ok(persons::holder())));
    hall.answer_with(Ok(Answer::Identified(donor("310101"))));
    hall.answer();
    hall.add(empty_account());
    hall.agree();
    assert!(!words(&hall).contains("放身份证") && !words(&hall).contains("扫医保码"));
}

#[test]
fn in_a_visit_without_a_card_the_relatives_is_simply_put_in() {
    let kin = mother("650100");
    let mut hall = Hall::asked_who_by_document("650100");
    assert!(hall.read().contains("插社保卡") && !hall.can_press("换插家人的卡"));
    assert_eq!(hall.card(CardNews::Inserted), [Effect::ReadCard]);
    assert_eq!(hall.title(), "正在读家人的卡");
    hall.card(CardNews::Read(Ok(card(&kin))));
    hall.tell(&candidate(kin.clone()));
    // It must be out of the slot before anything else.
    assert_eq!(hall.title(), "请取出家人的卡");
    assert!(!hall.read().contains(RELATIVE.1));
    hall.card(CardNews::Removed);
    for words in ["母亲", "不另外设", "我愿意", "我写不了字"] {
        hall.press(words);
    }
    // The number of a card that was read need not be typed.
    let number = card(&kin).number;
    let read = hall.binding().entries.card.as_deref().map(String::as_str);
    assert!(read == Some(number.reveal()));
}

#[test]
fn mishaps_of_a_card_in_a_visit_without_one() {
    let kin = mother("650100");
    let expired = CardHolder { expires: Some(date(2026, 1, 1)), ..card(&kin) };
    let table = [
        (CardNews::Read(Err(CardTrouble::Mute)), "没有读出来"),
        (CardNews::Read(Err(CardTrouble::PulledOut)), "取得太快"),
        (CardNews::Read(Ok(expired)), "过期了"),
    ];
    for (news, words) in table {
        let mut hall = Hall::asked_who_by_document("650100");
        hall.card(CardNews::Inserted);
        hall.card(news);
        assert!(notice(&hall).contains(words), "{words}");
        // The card in the slot can be read again.
        assert_eq!(hall.press("读插卡口里的卡"), [Effect::ReadCard]);
        hall.card(CardNews::Removed);
        assert_eq!(notice(&hall), "");
    }
    let mut hall = Hall::asked_who_by_document("650100");
    hall.card(CardNews::Inserted);
    hall.wait(hall.limits.card_read_ms);
    assert!(notice(&hall).contains("没有读出来"));
    // Left in the slot when the visit ends, it is asked for.
    hall.wait(600_000);
    hall.assert_nothing_of_the_relative();
}

#[test]
fn the_patrons_own_card_binds_the_visit_on_the_way() {
    let mut hall = Hall::asked_who_by_document("310101");
    hall.card(CardNews::Inserted);
    hall.card(CardNews::Read(Ok(persons::holder())));
    assert!(notice(&hall).contains("您自己的证件"));
    assert_eq!(hall.visit().unwrap().patron.medium(), MediumKind::Card);
    assert!(hall.can_press("换插家人的卡"));
    hall.card(CardNews::Removed);
    assert!(hall.visit().is_none());
    // A card that names nobody: the ledger does.
    let mut hall = Hall::asked_who_by_document("310101");
    hall.card(CardNews::Inserted);
    hall.card(CardNews::Read(Ok(CardHolder { id_number: None, ..persons::holder() })));
    hall.tell(&candidate(donor("310101")));
    assert!(notice(&hall).contains("您自己的证件"));
    assert_eq!(hall.visit().unwrap().patron.medium(), MediumKind::Card);
}

#[test]
fn a_relatives_card_left_in_the_slot_ends_the_visit_and_is_asked_for() {
    let kin = mother("310101");
    let mut hall = Hall::asked_who_by_document("310101");
    hall.card(CardNews::Inserted);
    hall.card(CardNews::Read(Ok(card(&kin))));
    hall.tell(&candidate(kin));
    hall.wait(hall.limits.swap_ms - hall.limits.warning_ms);
    assert!(hall.still_there());
    hall.wait(hall.limits.warning_ms);
    assert!(hall.takes_card());
    hall.assert_nothing_of_the_relative();
    assert!(!matches!(hall.view().page, PageView::Home(_)));
}
