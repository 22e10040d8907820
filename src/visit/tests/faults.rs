//! Every fault of card and ledger, in the states it can come to.

use super::hall::Hall;
use super::persons;
use crate::domain::insurance::InsuranceType;
use crate::records::port::LedgerError;
use crate::view::model::PageView;
use crate::visit::event::{
    Answer, CardHolder, CardNews, CardTrouble, Effect, Event, Query, QueryId, SlipKind, Tap,
};
use jiff::civil::date;

/// Heading, 返回-place, primary.
type Expected<'a> = (&'a str, Option<&'a str>, Option<&'a str>);

fn check(hall: &Hall, (title, back, primary): Expected, what: &str) {
    assert_eq!(hall.title(), title, "{what}");
    assert_eq!(hall.footer(), [back, primary].map(|b| b.map(str::to_owned)), "{what}");
    hall.assert_nothing_personal();
}

#[test]
fn each_card_trouble_has_its_page_and_its_way_on() {
    use CardTrouble::{Mute, NotSocialCard, PulledOut, ReaderAway, Unreadable};
    let retry = Some("再试一次");
    let take = Some("取卡");
    let table: [(CardTrouble, Expected); 5] = [
        (PulledOut, ("卡取出得早了一点", None, take)),
        (Mute, ("读不到卡里的芯片", take, retry)),
        (NotSocialCard, ("这不是社保卡", None, take)),
        (Unreadable, ("这张卡读不出来", take, retry)),
        (ReaderAway, ("读卡器没有回应", take, retry)),
    ];
    for (trouble, expected) in table {
        let mut hall = Hall::new();
        hall.card(CardNews::Inserted);
        hall.unreadable(trouble);
        check(&hall, expected, &format!("{trouble:?}"));
        hall.card(CardNews::Removed);
        if trouble == PulledOut {
            check(&hall, ("卡取出得早了一点", None, Some("知道了")), "card gone");
            hall.wait(hall.limits.message_ms);
        }
        assert!(hall.is_default(), "{trouble:?}");
    }
}

#[test]
fn a_second_attempt_reads_the_card_again() {
    let mut hall = Hall::new();
    hall.card(CardNews::Inserted);
    hall.unreadable(CardTrouble::Mute);
    assert_eq!(hall.tap(Tap::Retry), [Effect::ReadCard]);
    hall.card(CardNews::Read(Ok(persons::holder())));
    hall.answer();
    hall.answer();
    assert_eq!(hall.title(), "张*，您好");
}

#[test]
fn a_card_pulled_out_while_read_may_be_put_in_again() {
    let mut hall = Hall::new();
    hall.card(CardNews::Inserted);
    hall.card(CardNews::Removed);
    assert_eq!(hall.title(), "卡取出得早了一点");
    assert_eq!(hall.card(CardNews::Inserted), [Effect::ReadCard]);
}

#[test]
fn an_expired_card_is_refused_from_the_day_after() {
    for (expires, refused) in
        [(Some(date(2026, 11, 21)), true), (Some(date(2026, 11, 22)), false), (None, false)]
    {
        let mut hall = Hall::new();
        hall.card(CardNews::Inserted);
        hall.card(CardNews::Read(Ok(CardHolder { expires, ..persons::holder() })));
        assert_eq!(hall.title() == "这张卡过了有效期", refused, "{expires:?}");
    }
}

#[test]
fn what_the_ledger_says_of_a_card() {
    let retry = Some("再试一次");
    let take = Some("取卡");
    let table: [(LedgerError, Expected); 5] = [
        (LedgerError::UnknownPerson, ("没有查到这张卡的参保记录", None, take)),
        (LedgerError::CardReportedLost, ("这张卡已经挂失", None, take)),
        (LedgerError::CredentialMismatch, ("卡和登记的证件对不上", None, take)),
        (LedgerError::Busy, ("现在查询的人很多", take, retry)),
        (LedgerError::Unavailable("x".into()), ("现在连不上医保系统", take, retry)),
    ];
    for (error, expected) in table {
        let mut hall = Hall::new();
        hall.card(CardNews::Inserted);
        hall.card(CardNews::Read(Ok(persons::holder())));
        hall.answer_with(Err(error.clone()));
        check(&hall, expected, &format!("{error:?}"));
        assert_eq!(hall.tap(Tap::Finish), [Effect::ReleaseCard]);
        assert_eq!(hall.title(), "请取走您的卡");
    }
}

/// Brings a patron to each page that waits for the ledger.
fn waiting_pages() -> Vec<(&'static str, Hall)> {
    let mut identifying = Hall::new();
    identifying.card(CardNews::Inserted);
    identifying.card(CardNews::Read(Ok(persons::holder())));
    let mut opening = Hall::new();
    opening.card(CardNews::Inserted);
    opening.card(CardNews::Read(Ok(persons::holder())));
    opening.answer();
    let mut pages = vec![("identifying", identifying), ("opening", opening)];
    for (name, tap) in
        [("account", Tap::Account), ("family", Tap::Family), ("premiums", Tap::Premiums)]
    {
        let mut hall = Hall::at_home();
        hall.tap(tap);
        pages.push((name, hall));
    }
    let mut slip = Hall::at_home();
    slip.tap(Tap::Slips);
    slip.tap(Tap::Slip(SlipKind::Account));
    pages.push(("preparing", slip));
    pages
}

#[test]
fn a_ledger_in_trouble_has_its_page_on_every_page_that_asks() {
    for (error, title) in [
        (LedgerError::Busy, "现在查询的人很多"),
        (LedgerError::Unavailable("x".into()), "现在连不上医保系统"),
    ] {
        for (name, mut hall) in waiting_pages() {
            hall.answer_with(Err(error.clone()));
            assert_eq!(hall.title(), title, "{name}");
            assert!(hall.footer()[0].is_some(), "{name} has no way back");
            let before = hall.question().0;
            let effects = hall.tap(Tap::Retry);
            assert!(!effects.is_empty(), "{name} asks nothing again");
            if name != "identifying" {
                assert_ne!(hall.question().0, before, "{name} uses an id twice");
                hall.answer();
                assert_ne!(hall.title(), title, "{name}");
            }
        }
    }
}

#[test]
fn a_slow_ledger_is_told_then_given_up() {
    for (name, mut hall) in waiting_pages() {
        hall.wait(hall.limits.ledger_slow_ms - 1);
        assert_ne!(hall.title(), "比平时慢一些", "{name}");
        hall.wait(1);
        assert_eq!(hall.title(), "比平时慢一些", "{name}");
        assert!(hall.footer().iter().all(Option::is_some), "{name}");
        hall.wait(hall.limits.ledger_give_up_ms - hall.limits.ledger_slow_ms);
        assert_eq!(hall.title(), "等了很久，没有等到回答", "{name}");
    }
}

#[test]
fn a_late_answer_is_taken_and_a_stale_one_is_not() {
    for (name, mut hall) in waiting_pages() {
        hall.wait(hall.limits.ledger_slow_ms);
        let (stale, query) = hall.question();
        hall.tap(Tap::Retry);
        let before = hall.view();
        hall.step(Event::Answer { id: stale, result: Ok(persons::answer(&query)) });
        assert_eq!(hall.view(), before, "{name} took a stale answer");
        assert_eq!(hall.kiosk.ignored().stale, 1, "{name}");
        hall.wait(hall.limits.ledger_slow_ms);
        hall.answer();
        assert_ne!(hall.title(), "比平时慢一些", "{name} did not take a late answer");
    }
}

#[test]
fn an_answer_to_another_question_is_no_answer() {
    for (name, mut hall) in waiting_pages() {
        let wrong = match hall.question().1 {
            Query::Premiums { .. } => Answer::Identified(persons::insured()),
            _ => persons::answer(&Query::Premiums {
                person: persons::insured().psn_no,
                period: crate::domain::period::Period::day(persons::TODAY),
                page: crate::records::port::PageRequest { index: 0, size: 4 },
            }),
        };
        hall.answer_with(Ok(wrong));
        assert_eq!(hall.title(), "现在连不上医保系统", "{name}");
    }
}

#[test]
fn an_answer_after_the_visit_is_ignored() {
    for (name, mut hall) in waiting_pages() {
        let (id, query) = hall.question();
        hall.card(CardNews::Removed);
        hall.step(Event::Answer { id, result: Ok(persons::answer(&query)) });
        assert!(hall.is_default(), "{name}");
        hall.step(Event::Answer { id: QueryId(9_999), result: Err(LedgerError::Busy) });
        assert_eq!(hall.kiosk.ignored().stale, 2, "{name}");
    }
}

#[test]
fn too_many_rows_lead_to_a_shorter_time() {
    let mut hall = Hall::at_home();
    hall.tap(Tap::Slips);
    hall.tap(Tap::Slip(SlipKind::Account));
    hall.answer_with(Err(LedgerError::TooManyRows(500)));
    assert_eq!(hall.title(), "这段时间的记录太多");
    hall.tap(Tap::ChoosePeriod);
    assert!(matches!(hall.view().page, PageView::Months(_)));
    hall.tap(Tap::QuickPeriod(0));
    assert_eq!(hall.title(), "打印哪一份");
}

#[test]
fn a_resident_has_no_account_and_home_says_so() {
    let mut hall = Hall::new();
    hall.card(CardNews::Inserted);
    hall.card(CardNews::Read(Ok(persons::holder())));
    let mut resident = persons::insured();
    resident.insurance = InsuranceType::Resident;
    hall.answer_with(Ok(Answer::Identified(resident)));
    hall.answer_with(Ok(Answer::Overview(persons::overview(0))));
    insta::assert_debug_snapshot!("home_resident", hall.view());
    for tap in [Tap::Account, Tap::Family, Tap::Premiums, Tap::Slips] {
        hall.tap(tap);
    }
    assert_eq!(hall.kiosk.ignored().taps, 4);
}

#[test]
fn a_person_without_relatives_learns_where_to_add_one() {
    let mut hall = Hall::new();
    hall.card(CardNews::Inserted);
    hall.card(CardNews::Read(Ok(persons::holder())));
    hall.answer();
    hall.answer_with(Ok(Answer::Overview(persons::overview(0))));
    let PageView::Home(home) = hall.view().page else { panic!() };
    assert_eq!(home.used_title, "您还没有添加可以用您账户的家人");
    hall.tap(Tap::Family);
    let Answer::FamilyUse(mut use_) = persons::answer(&hall.question().1) else { panic!() };
    use_.page.rows.clear();
    use_.page.total_rows = 0;
    hall.answer_with(Ok(Answer::FamilyUse(use_)));
    let PageView::List(list) = hall.view().page else { panic!() };
    assert!(list.empty.unwrap().contains("您还没有添加"));
    assert!(list.pager.is_none());
}
