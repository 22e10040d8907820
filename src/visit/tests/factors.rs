//! How a patron proves who they are before a write.

use super::desk::{self, PIN};
use super::hall::Hall;
use super::persons;
use crate::records::port::{LedgerError, PasswordAnswer, ProvenFactor};
use crate::view::model::{PadView, PageView};
use crate::visit::Settings;
use crate::visit::event::{
    Answer, CardNews, Effect, Event, JournalNews, PadKey, PinTrouble, Query, QueryId, StaffReason,
    Tap,
};

fn pad(hall: &Hall) -> PadView {
    let PageView::Pad(pad) = hall.view().page else { panic!("no pad, but {}", hall.title()) };
    pad
}

/// A patron who has entered the PIN and waits for the card.
fn card_asked() -> Hall {
    let mut hall = Hall::at_pad();
    hall.keys(PIN);
    hall.tap(Tap::Confirm);
    hall
}

/// A patron who has entered the query password and waits for the ledger.
fn ledger_asked() -> Hall {
    let mut hall = Hall::at_review(desk::password_only());
    hall.tap(Tap::Confirm);
    hall.keys(PIN);
    hall.tap(Tap::Confirm);
    hall
}

/// A patron without a card, at the review of a release.
fn review_by_document(settings: Settings) -> Hall {
    let mut hall = Hall::with(settings);
    hall.put_down(persons::document());
    for _ in 0..2 {
        hall.answer();
    }
    hall.tap(Tap::Members);
    hall.answer();
    for tap in [Tap::Row(0), Tap::Act(crate::visit::event::Act::Release), Tap::Confirm] {
        hall.tap(tap);
    }
    hall
}

#[test]
fn the_pin_goes_to_the_card_alone_and_is_nowhere_else() {
    let mut hall = Hall::at_pad();
    for (n, digit) in (1u8..).zip(PIN.bytes()) {
        hall.tap(Tap::Key(PadKey::Character(digit)));
        let pad = pad(&hall);
        assert_eq!((pad.filled.0, pad.shown.chars().count()), (n, usize::from(n)));
        assert!(pad.secret && pad.shown.chars().all(|dot| dot == '●'));
        assert_eq!(hall.footer()[1].is_some(), n >= 4, "{n} digits");
    }
    let sent = hall.tap(Tap::Confirm);
    let [Effect::VerifyPin { pin }] = sent.as_slice() else { panic!("{sent:?}") };
    assert_eq!(pin.reveal(), PIN);
    assert!(!format!("{sent:?}").contains(PIN));
    assert_eq!(hall.title(), "正在核对密码");
    hall.verified(Ok(()));
    assert_eq!(hall.operation().1.factor, ProvenFactor::CardPin);
    assert!(!hall.text().contains(PIN) && !format!("{:?}", hall.effects).contains(PIN));
}

#[test]
fn the_password_goes_to_the_ledger_and_its_token_to_the_write() {
    let hall = &mut ledger_asked();
    let (_, Query::CheckPassword { person, password }) = hall.question() else { panic!() };
    assert_eq!((person.reveal(), password.reveal()), ("P1", PIN));
    assert!(!format!("{:?}", hall.effects).contains(PIN));
    hall.answer();
    let ProvenFactor::QueryPassword(token) = hall.operation().1.factor else { panic!() };
    assert_eq!(token.reveal(), "token");
}

#[test]
fn a_password_has_six_digits_and_a_pin_at_most_twelve() {
    let mut hall = Hall::at_review(desk::password_only());
    hall.tap(Tap::Confirm);
    hall.keys("12345");
    assert_eq!(hall.footer()[1], None);
    hall.tap(Tap::Confirm);
    assert_eq!(hall.kiosk.ignored().taps, 1);
    hall.keys("67");
    assert_eq!(pad(&hall).filled, (6, 6), "a seventh digit is not taken");
    let mut hall = Hall::at_pad();
    hall.keys("1234567890123456");
    assert_eq!(pad(&hall).filled, (12, 0));
    hall.tap(Tap::Key(PadKey::Erase));
    assert_eq!(pad(&hall).filled, (11, 0));
    hall.tap(Tap::Key(PadKey::Clear));
    assert_eq!(pad(&hall).filled, (0, 0));
    hall.tap(Tap::Key(PadKey::Character(b'X')));
    assert_eq!(hall.kiosk.ignored().taps, 1, "the pad has no letters");
}

#[test]
fn what_was_entered_is_gone_when_the_pad_is_left() {
    for leave in [Tap::Back, Tap::Skip] {
        let mut hall = Hall::at_pad();
        hall.keys(PIN);
        hall.tap(leave);
        hall.tap(Tap::Back);
        assert_eq!(hall.title(), if leave == Tap::Back { "温馨提示" } else { "解除绑定" });
        if leave == Tap::Back {
            hall.tap(Tap::Confirm);
        }
        hall.tap(Tap::Confirm);
        assert_eq!(pad(&hall).filled.0, 0, "after {leave:?}");
    }
}

#[test]
fn a_wrong_pin_tells_the_tries_left_and_warns_before_the_last() {
    let mut hall = card_asked();
    hall.verified(Err(PinTrouble::Wrong { tries_left: 2 }));
    assert!(pad(&hall).note.unwrap().contains("还可以试 2 次"));
    assert_eq!(pad(&hall).filled.0, 0, "the wrong digits are gone");
    hall.keys(PIN);
    hall.tap(Tap::Confirm);
    hall.verified(Err(PinTrouble::Wrong { tries_left: 1 }));
    let note = pad(&hall).note.unwrap();
    assert!(note.contains("只能再试 1 次") && note.contains("锁住"), "{note}");
    hall.keys(PIN);
    hall.tap(Tap::Confirm);
    hall.verified(Err(PinTrouble::Blocked));
    assert_eq!(hall.title(), "社保卡密码已经锁住");
    assert_eq!(hall.footer(), [Some("返回".into()), None], "nothing is left but a person");
    assert!(hall.says("12393"), "whom the patron may telephone");
    hall.tap(Tap::Retry);
    assert_eq!(hall.kiosk.ignored().taps, 1);
    hall.tap(Tap::Back);
    hall.tap(Tap::Confirm);
    assert_eq!(hall.title(), "社保卡密码已经锁住", "the card is not asked again in this visit");
    assert_eq!(hall.operations(), []);
}

#[test]
fn every_trouble_of_a_pin_is_told_as_it_is() {
    let table = [
        (PinTrouble::Blocked, "社保卡密码已经锁住", "解锁", false),
        (PinTrouble::NotPossible, "这张卡现在不能核对密码", "次数没有少", true),
        (PinTrouble::Unknown, "没有等到卡的回答", "可能已经算试过", true),
    ];
    for (trouble, title, words, again) in table {
        let mut hall = card_asked();
        hall.verified(Err(trouble));
        assert_eq!(hall.title(), title);
        assert!(hall.says(words) && hall.says("还没有办，什么都没有变"), "{trouble:?}");
        assert_eq!(hall.footer()[1].is_some(), again, "{trouble:?}");
        if again {
            hall.tap(Tap::Retry);
            assert_eq!(pad(&hall).note, None);
        }
        assert_eq!(hall.operations(), []);
    }
}

#[test]
fn a_card_that_says_nothing_may_have_used_a_try() {
    let mut hall = card_asked();
    hall.wait(hall.limits.pin_check_ms - 1);
    assert_eq!(hall.title(), "正在核对密码");
    hall.wait(1);
    assert_eq!(hall.title(), "没有等到卡的回答");
    hall.verified(Ok(()));
    assert_eq!(hall.operations(), [], "its word came too late");
    assert_eq!(hall.kiosk.ignored().device, 1);
}

#[test]
fn every_answer_about_a_password_is_told_as_it_is() {
    let wrong = |tries_left| Ok(Answer::Password(PasswordAnswer::Wrong { tries_left }));
    let table = [
        (wrong(3), "请输入查询密码", "还可以试 3 次", false),
        (wrong(1), "请输入查询密码", "只能再试 1 次", false),
        (Ok(Answer::Password(PasswordAnswer::Locked)), "查询密码已经锁住", "重设", false),
        (Ok(Answer::Password(PasswordAnswer::NotSet)), "您还没有设查询密码", "设密码", false),
        (Err(LedgerError::Busy), "请输入查询密码", "次数没有少", false),
        (Err(LedgerError::Unavailable("x".into())), "请输入查询密码", "次数没有少", false),
        (Ok(Answer::PremiumDues(Vec::new())), "没有等到医保系统的回答", "可能已经算试过", true),
    ];
    for (answer, title, words, again) in table {
        let mut hall = ledger_asked();
        let told = format!("{answer:?}");
        hall.answer_with(answer);
        assert_eq!(hall.title(), title, "{told}");
        assert!(hall.says(words), "{told}: {}", hall.text());
        assert_eq!(hall.footer()[1].is_some(), again, "{told}");
        assert_eq!(hall.operations(), []);
    }
    let mut hall = ledger_asked();
    hall.wait(hall.limits.ledger_slow_ms);
    assert!(hall.says("不用再输密码"));
    hall.wait(hall.limits.ledger_give_up_ms);
    assert_eq!(hall.title(), "没有等到医保系统的回答");
}

#[test]
fn where_several_will_do_the_patron_chooses_and_staff_prove_nothing() {
    let mut hall = Hall::at_review(desk::both_factors());
    hall.tap(Tap::Confirm);
    assert_eq!(hall.title(), "先核对是您本人");
    let called = hall.tap(Tap::CallStaff);
    assert_eq!(called, [Effect::CallStaff { reason: StaffReason::Asked }]);
    hall.tap(Tap::StaffDone);
    assert_eq!(hall.title(), "先核对是您本人", "staff who come prove nothing to the kiosk");
    assert_eq!(hall.operations(), []);
    hall.tap(Tap::Row(1));
    assert_eq!(hall.title(), "请输入查询密码");
    hall.tap(Tap::Skip);
    assert_eq!(hall.footer()[1].as_deref(), Some("换一种方式"));
    hall.tap(Tap::Retry);
    hall.tap(Tap::Row(0));
    assert_eq!(hall.title(), "请输入社保卡密码");
    hall.keys(PIN);
    hall.tap(Tap::Confirm);
    hall.verified(Err(PinTrouble::Blocked));
    assert_eq!(hall.footer()[1].as_deref(), Some("换一种方式"));
    hall.tap(Tap::Retry);
    assert_eq!(hall.title(), "请输入查询密码", "it is the only one left");
    hall.tap(Tap::Row(7));
    assert_eq!(hall.kiosk.ignored().taps, 1);
}

#[test]
fn a_patron_without_a_card_is_asked_to_put_it_in() {
    let mut hall = review_by_document(desk::pin_or_staff());
    hall.tap(Tap::Confirm);
    assert_eq!(hall.title(), "要先核对社保卡密码");
    assert_eq!(hall.footer()[1].as_deref(), Some("插好了"));
    hall.tap(Tap::Retry);
    assert_eq!(hall.title(), "要先核对社保卡密码");
    hall.card(CardNews::Inserted);
    hall.card(CardNews::Read(Ok(persons::holder())));
    hall.tap(Tap::Retry);
    assert_eq!(hall.title(), "要先核对社保卡密码", "the ledger has not said whose card it is");
    hall.answer();
    hall.tap(Tap::Retry);
    assert_eq!(hall.title(), "请输入社保卡密码");
    hall.prove();
    assert_eq!(hall.operations().len(), 1);
}

#[test]
fn without_a_working_reader_no_pin_is_asked_for() {
    let mut hall = Hall::at_review(desk::pin_or_staff());
    hall.card(CardNews::Reader { working: false });
    hall.tap(Tap::Confirm);
    assert_eq!(hall.title(), "现在不能核对社保卡密码");
    hall.card(CardNews::Reader { working: true });
    hall.card(CardNews::Inserted);
    hall.tap(Tap::Retry);
    assert_eq!(hall.title(), "要先核对社保卡密码", "it may be another card");
    hall.card(CardNews::Read(Ok(persons::holder())));
    hall.tap(Tap::Retry);
    assert_eq!(hall.title(), "请输入社保卡密码");
}

#[test]
fn a_reader_lost_before_the_digits_are_sent_sends_nothing() {
    let mut hall = Hall::at_pad();
    hall.keys(PIN);
    hall.card(CardNews::Reader { working: false });
    assert_eq!(hall.tap(Tap::Confirm), []);
    assert_eq!(hall.title(), "现在不能核对社保卡密码");
}

#[test]
fn a_word_about_a_card_that_may_be_another_proves_nothing() {
    let mut hall = card_asked();
    hall.card(CardNews::Reader { working: false });
    hall.card(CardNews::Reader { working: true });
    hall.card(CardNews::Inserted);
    hall.verified(Ok(()));
    assert_eq!(hall.title(), "没有等到卡的回答");
    assert_eq!(hall.operations(), []);
}

#[test]
fn the_card_taken_while_it_is_asked_ends_the_visit_and_writes_nothing() {
    let mut hall = card_asked();
    hall.card(CardNews::Removed);
    assert!(hall.is_default());
    hall.verified(Ok(()));
    assert!(hall.is_default());
    assert_eq!(hall.operations(), []);
}

#[test]
fn a_word_nobody_asked_for_means_nothing() {
    let mut hall = Hall::at_pad();
    let before = hall.view();
    hall.verified(Ok(()));
    hall.step(Event::Operated { id: QueryId(9_999), outcome: desk::confirmed() });
    assert_eq!(hall.view(), before);
    let ignored = hall.kiosk.ignored();
    assert_eq!((ignored.device, ignored.stale), (1, 1));
}

#[test]
fn without_rules_nothing_is_written() {
    use crate::records::port::Action;
    let mut hall = Hall::reviewing(Settings::default(), Action::Open);
    hall.tap(Tap::Confirm);
    assert_eq!(hall.title(), "这里现在不能办理");
    assert_eq!(hall.footer()[1], None);
    hall.tap(Tap::Back);
    assert_eq!(hall.title(), "开通家庭共济");
}

#[test]
fn a_full_journal_refuses_before_anything_is_asked() {
    let mut hall = Hall::at_review(desk::pin_or_staff());
    let called = [Effect::CallStaff { reason: StaffReason::Journal }];
    assert_eq!(hall.journal(JournalNews::Filling), called);
    assert!(desk::has_primary(&hall.view(), Tap::Confirm), "everything works");
    assert_eq!(hall.journal(JournalNews::Full), [], "staff know");
    assert!(hall.says("现在只能查询"));
    hall.tap(Tap::Confirm);
    assert_eq!(hall.kiosk.ignored().taps, 1);
    assert_eq!(hall.journal(JournalNews::Room), [Effect::DismissStaff]);
    hall.tap(Tap::Confirm);
    assert_eq!(hall.title(), "请输入社保卡密码");
}
