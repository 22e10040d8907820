//! The pages of the family account.

use super::desk::{self, yuan};
use super::hall::Hall;
use super::{families, persons};
use crate::domain::insurance::InsuranceType;
use crate::domain::money::Money;
use crate::domain::person::PersonNo;
use crate::records::port::{Action, FamilyAccount, LedgerError, OrderPlace};
use crate::view::model::{ChoiceView, ListView, MembersView, PadView, PageView, ReviewView};
use crate::visit::Settings;
use crate::visit::event::{Act, Answer, JournalNews, PadKey, Query, Tap};

fn members(hall: &Hall) -> MembersView {
    let PageView::Members(view) = hall.view().page else { panic!("{}", hall.title()) };
    view
}

fn choice(hall: &Hall) -> ChoiceView {
    let PageView::Choice(view) = hall.view().page else { panic!("{}", hall.title()) };
    view
}

fn list(hall: &Hall) -> ListView {
    let PageView::List(view) = hall.view().page else { panic!("{}", hall.title()) };
    view
}

fn pad(hall: &Hall) -> PadView {
    let PageView::Pad(view) = hall.view().page else { panic!("{}", hall.title()) };
    view
}

fn review(hall: &Hall) -> ReviewView {
    let PageView::Review(view) = hall.view().page else { panic!("{}", hall.title()) };
    view
}

fn labels(view: &ChoiceView) -> Vec<&str> {
    view.choices.iter().map(|choice| choice.label.as_str()).collect()
}

fn busy() -> Hall {
    Hall::at_family(desk::both_factors(), families::busy())
}

/// A family in a region with a common account.
fn pool() -> Hall {
    let settings = desk::pin_or_staff();
    let mut hall = Hall::with(settings);
    hall.card(crate::visit::event::CardNews::Inserted);
    hall.card(crate::visit::event::CardNews::Read(Ok(persons::holder())));
    let in_fujian =
        crate::domain::person::Insured { region: "350500".into(), ..persons::insured() };
    hall.answer_with(Ok(Answer::Identified(in_fujian)));
    hall.answer();
    hall.tap(Tap::Members);
    let account = FamilyAccount { pool: Some(yuan(200)), ..families::account() };
    hall.answer_with(Ok(Answer::FamilyAccount(Box::new(account))));
    hall
}

/// What would be written, if the review on the screen were confirmed.
fn written(hall: &mut Hall) -> Action {
    review(hall);
    hall.tap(Tap::Confirm);
    if hall.title() == "先核对是您本人" {
        hall.tap(Tap::Row(0));
    }
    hall.prove();
    hall.operation().1.action
}

#[test]
fn cards_say_who_since_when_and_how_much() {
    let mut hall = busy();
    let view = members(&hall);
    assert_eq!(view.cards.len(), 3);
    let card = &view.cards[0];
    assert_eq!((card.seal, card.who.as_str()), ('母', "母亲 李*"));
    assert_eq!(card.lines, ["2024年1月1日起", "今年用了 986.40 元", "看病时您的账户排在第 1 位"]);
    let card = &view.cards[1];
    assert_eq!(
        card.lines,
        [
            "2024年1月1日起，到2027年12月31日",
            "今年用了 400.00 元，最多 3,000.00 元",
            "给家人锁定了 500.00 元"
        ]
    );
    assert_eq!(view.cards[2].mark.as_deref(), Some("等家人接受"));
    assert_eq!(view.pager.unwrap().text, "第 1 页，共 2 页");
    hall.tap(Tap::NextPage);
    let view = members(&hall);
    assert_eq!((view.cards.len(), view.cards[0].mark.as_deref()), (1, Some("还没有开始")));
    hall.tap(Tap::NextPage);
    hall.tap(Tap::Row(1));
    assert_eq!(hall.kiosk.ignored().taps, 2);
    hall.tap(Tap::Row(0));
    hall.tap(Tap::Back);
    assert_eq!(members(&hall).cards.len(), 1, "back on the page it was opened from");
    hall.tap(Tap::PreviousPage);
    hall.tap(Tap::Back);
    assert_eq!(hall.title(), "张*，您好");
}

#[test]
fn the_ways_follow_what_can_be_done() {
    let primary = |hall: &Hall| hall.footer()[1].clone();
    let ways = |hall: &Hall| {
        members(hall).choices.into_iter().map(|choice| choice.label).collect::<Vec<_>>()
    };
    let hall = busy();
    assert_eq!(primary(&hall).as_deref(), Some("看看谁邀请您"));
    assert_eq!(ways(&hall), ["添加家人", "谁的账户给您用", "授权记录"]);
    let hall = Hall::at_family(desk::pin_or_staff(), families::account());
    assert_eq!(primary(&hall).as_deref(), Some("添加家人"));
    assert_eq!(ways(&hall), ["授权记录"]);
    let hall = Hall::at_family(desk::pin_or_staff(), FamilyAccount::default());
    assert_eq!(primary(&hall).as_deref(), Some("开通家庭共济"));
    assert_eq!(members(&hall).empty.as_deref(), Some("您还没有添加可以用您账户的家人。"));
    let hall = pool();
    assert_eq!(ways(&hall), ["划拨到家庭账户", "授权记录"]);
    assert_eq!(members(&hall).lead, ["家庭账户里有 200.00 元。"]);
    // Without rules, or with a full journal, the family can be looked at.
    let hall = Hall::at_family(Settings::default(), families::busy());
    assert_eq!(ways(&hall), ["谁的账户给您用", "授权记录"]);
    let mut hall = Hall::at_family(desk::pin_or_staff(), families::account());
    hall.journal(JournalNews::Full);
    assert_eq!((primary(&hall), ways(&hall)), (None, vec!["授权记录".to_owned()]));
    assert!(hall.view().notice.unwrap().contains("只能查询"));
    hall.tap(Tap::AddMember);
    assert_eq!(hall.kiosk.ignored().taps, 1);
}

#[test]
fn somebody_without_an_account_sees_whose_they_may_use() {
    let mut hall = Hall::with(desk::pin_or_staff());
    hall.put_down(persons::document());
    let resident =
        crate::domain::person::Insured { insurance: InsuranceType::Resident, ..persons::insured() };
    hall.answer_with(Ok(Answer::Identified(resident)));
    hall.answer();
    hall.tap(Tap::Members);
    let account = FamilyAccount { members: Vec::new(), ..families::busy() };
    hall.answer_with(Ok(Answer::FamilyAccount(Box::new(account))));
    let view = members(&hall);
    assert_eq!((view.cards.len(), view.empty), (0, None));
    assert_eq!(view.choices.len(), 1);
    hall.tap(Tap::Act(Act::Donors));
    let rows = list(&hall).rows;
    assert!(rows.iter().any(|row| row.detail == "没有个人账户"));
    hall.tap(Tap::Act(Act::Order));
    assert_eq!(choice(&hall).choices.len(), 2, "one's own account is not among them");
}

#[test]
fn a_ledger_in_trouble_is_told_and_asked_again() {
    let mut hall = Hall::served_with(desk::pin_or_staff());
    hall.tap(Tap::Members);
    hall.wait(hall.limits.ledger_slow_ms);
    assert_eq!(hall.title(), "比平时慢一些");
    let first = hall.question().0;
    hall.tap(Tap::Retry);
    assert_ne!(hall.question().0, first);
    hall.answer_with(Err(LedgerError::Busy));
    assert_eq!(hall.title(), "现在查询的人很多");
    hall.tap(Tap::Retry);
    hall.wait(hall.limits.ledger_give_up_ms);
    assert_eq!(hall.title(), "等了很久，没有等到回答");
    hall.tap(Tap::Back);
    assert_eq!(hall.title(), "张*，您好");
    hall.tap(Tap::Members);
    hall.tap(Tap::Back);
    assert_eq!(hall.title(), "张*，您好", "nobody has to wait");
}

#[test]
fn opening_is_a_step_of_its_own() {
    let mut hall = Hall::at_family(desk::pin_or_staff(), FamilyAccount::default());
    hall.tap(Tap::Confirm);
    assert_eq!(hall.title(), "开通家庭共济");
    assert!((2..=3).contains(&review(&hall).effects.len()));
    hall.tap(Tap::Back);
    assert_eq!(hall.title(), "家人管理");
    hall.tap(Tap::Confirm);
    assert_eq!(written(&mut hall), Action::Open);
}

#[test]
fn one_relative_and_what_can_be_done() {
    let mut hall = busy();
    hall.tap(Tap::Row(0));
    assert_eq!(hall.title(), "母亲 李*");
    assert_eq!(labels(&choice(&hall)), ["用了多少", "设定限额", "解除绑定"]);
    hall.tap(Tap::Act(Act::Use));
    let Query::FamilyUse { relative, .. } = hall.question().1 else { panic!() };
    assert_eq!(relative, Some(PersonNo::new("P2")));
    hall.answer();
    hall.tap(Tap::ChoosePeriod);
    hall.tap(Tap::QuickPeriod(3));
    hall.answer_with(Err(LedgerError::Busy));
    hall.tap(Tap::Back);
    assert_eq!(hall.title(), "母亲 李*", "back where it was opened");
    hall.tap(Tap::Act(Act::Use));
    hall.answer();
    hall.tap(Tap::Relative(None));
    hall.answer();
    hall.tap(Tap::Back);
    assert_eq!(hall.title(), "母亲 李*");
    let mut hall = busy();
    hall.tap(Tap::Row(1));
    assert_eq!(labels(&choice(&hall)), ["用了多少", "设定限额", "设定额度", "解除绑定"]);
    hall.tap(Tap::Back);
    hall.tap(Tap::Row(2));
    assert_eq!(labels(&choice(&hall)), ["收回邀请"], "who has not accepted has used nothing");
    hall.tap(Tap::Act(Act::Limit));
    assert_eq!(hall.kiosk.ignored().taps, 1);
}

#[test]
fn a_release_reminds_first() {
    let mut hall = busy();
    hall.tap(Tap::Row(1));
    hall.tap(Tap::Act(Act::Release));
    let PageView::Message(view) = hall.view().page else { panic!() };
    assert_eq!((view.title.as_str(), view.lines.len()), ("温馨提示", 5));
    assert!(view.lines.iter().any(|line| line.contains("500.00 元")), "the quota returns");
    hall.tap(Tap::Confirm);
    let view = review(&hall);
    assert!(view.effects.iter().any(|effect| effect.contains("退回您的账户")));
    assert!(view.fields.iter().any(|field| field.value == "儿子 张*"));
    hall.tap(Tap::Back);
    assert_eq!(hall.title(), "温馨提示");
    hall.tap(Tap::Confirm);
    assert_eq!(written(&mut hall), Action::Release { relative: PersonNo::new("P3") });
    // An invitation is taken back.
    let mut hall = busy();
    for tap in [Tap::Row(2), Tap::Act(Act::Release), Tap::Confirm] {
        hall.tap(tap);
    }
    assert!(hall.says("邀请收回"));
    assert_eq!(written(&mut hall), Action::Release { relative: PersonNo::new("P8") });
}

#[test]
fn a_release_tells_what_becomes_of_the_common_account() {
    // Rows 0 and 2 share what is in it, row 1 has a quota of its own; a common account may be empty.
    for (row, pool, told) in
        [(0, 30_000, true), (2, 30_000, true), (1, 30_000, false), (0, 0, false)]
    {
        let mut account = families::busy();
        account.pool = Some(Money::from_fen(pool));
        let mut hall = Hall::at_family(desk::both_factors(), account);
        hall.tap(Tap::Row(row));
        hall.tap(Tap::Act(Act::Release));
        assert_eq!(hall.says("家庭账户里有 300.00 元"), told, "{row}");
        hall.tap(Tap::Confirm);
        let effects = review(&hall).effects;
        assert!(effects.len() <= 3, "{effects:?}");
        assert_eq!(effects.concat().contains("退回您的个人账户"), told, "{row}: {effects:?}");
    }
}

fn at_limit() -> Hall {
    let mut hall = busy();
    hall.tap(Tap::Row(0));
    hall.tap(Tap::Act(Act::Limit));
    hall
}

#[test]
fn limits_are_chosen_or_entered() {
    let relative = PersonNo::new("P2");
    assert_eq!(
        labels(&choice(&at_limit())),
        ["1,000 元", "3,000 元", "5,000 元", "不限", "别的数"]
    );
    for (row, annual) in
        [(0, Some(yuan(1_000))), (1, Some(yuan(3_000))), (2, Some(yuan(5_000))), (3, None)]
    {
        let mut hall = at_limit();
        hall.tap(Tap::Row(row));
        let relative = relative.clone();
        assert_eq!(written(&mut hall), Action::Limit { relative, annual });
    }
    let mut hall = at_limit();
    hall.tap(Tap::Row(4));
    hall.keys("1800");
    assert_eq!((pad(&hall).shown.as_str(), pad(&hall).unit.as_deref()), ("1,800", Some("元")));
    hall.tap(Tap::Confirm);
    assert!(hall.says("986.40 元"), "what was used counts");
    assert_eq!(written(&mut hall), Action::Limit { relative, annual: Some(yuan(1_800)) });
}

#[test]
fn a_limit_that_the_region_does_not_take_is_told_in_plain_words() {
    // 上海: between 15,000 and 20,000.
    let table = [
        ("0", Some("限额要比 0 元多")),
        ("15000", None),
        ("20000", None),
        ("20001", Some("一年最多可以设 20,000.00 元")),
        ("9999999", Some("一年最多可以设 20,000.00 元")),
    ];
    for (digits, fault) in table {
        let mut hall = at_limit();
        hall.tap(Tap::Row(4));
        hall.tap(Tap::Confirm);
        assert_eq!(hall.kiosk.ignored().taps, 1, "nothing was entered");
        hall.keys(digits);
        hall.tap(Tap::Confirm);
        match fault {
            None => assert_eq!(hall.title(), "设定限额", "{digits}"),
            Some(words) => {
                let note = pad(&hall).note.unwrap();
                assert!(note.contains(words), "{digits}: {note}");
                hall.tap(Tap::Key(PadKey::Erase));
                assert_eq!(pad(&hall).note, None);
            }
        }
        if digits == "20000" {
            assert!(hall.says("可能办不成"), "it is not sure");
        }
    }
    // The page of choices says so, too: a region whose limit is below one of them.
    let mut hall = at_limit();
    hall.tap(Tap::Row(9));
    assert_eq!(hall.kiosk.ignored().taps, 1);
    hall.tap(Tap::Back);
    assert_eq!(hall.title(), "母亲 李*");
}

#[test]
fn money_is_moved_only_where_there_is_enough() {
    let mut hall = pool();
    hall.tap(Tap::Act(Act::Transfer));
    assert!(hall.says("2,035.75 元"));
    for (digits, words) in [("0", "比 0 元多"), ("2036", "现在有 2,035.75 元")] {
        hall.tap(Tap::Key(PadKey::Clear));
        hall.keys(digits);
        hall.tap(Tap::Confirm);
        assert!(pad(&hall).note.unwrap().contains(words), "{digits}");
    }
    hall.tap(Tap::Key(PadKey::Clear));
    hall.keys("2035");
    hall.tap(Tap::Confirm);
    assert_eq!(written(&mut hall), Action::Transfer { amount: yuan(2_035) });
}

#[test]
fn a_quota_stands_in_the_place_of_the_last() {
    let quota = |digits: &str| {
        let mut hall = busy();
        hall.tap(Tap::Row(1));
        hall.tap(Tap::Act(Act::Quota));
        hall.keys(digits);
        hall.tap(Tap::Confirm);
        hall
    };
    // 500 are locked, 2,035.75 are left.
    assert!(pad(&quota("500")).note.unwrap().contains("和现在一样"));
    assert!(pad(&quota("2536")).note.unwrap().contains("不够"));
    for (digits, amount) in [("2535", yuan(2_535)), ("0", Money::ZERO)] {
        let mut hall = quota(digits);
        let relative = PersonNo::new("P3");
        assert_eq!(written(&mut hall), Action::Quota { relative, amount });
    }
}

fn at_order() -> Hall {
    let mut hall = busy();
    hall.tap(Tap::Act(Act::Donors));
    hall.tap(Tap::Act(Act::Order));
    hall
}

#[test]
fn accounts_that_may_be_used_stand_in_their_order() {
    let mut hall = busy();
    hall.tap(Tap::Act(Act::Donors));
    let rows = list(&hall).rows;
    let titles: Vec<&str> = rows.iter().map(|row| row.title.as_str()).collect();
    assert_eq!(titles, ["儿子 王*", "自己的账户", "兄弟 王*"], "called from the patron's side");
    hall.tap(Tap::Reveal);
    assert!(hall.says("王燕"));
}

#[test]
fn the_order_is_asked_one_account_after_the_other() {
    let mut hall = at_order();
    assert_eq!(hall.title(), "第一个用谁的账户");
    assert_eq!(labels(&choice(&hall)), ["儿子 王*", "自己的账户", "兄弟 王*"]);
    hall.tap(Tap::Row(2));
    assert_eq!(hall.title(), "第二个用谁的账户");
    assert!(choice(&hall).lead.unwrap().contains("兄弟 王*"));
    hall.tap(Tap::Row(2));
    assert_eq!(hall.kiosk.ignored().taps, 1);
    hall.tap(Tap::Row(1));
    let view = review(&hall);
    let fields: Vec<_> = view.fields.iter().map(|f| (f.label.as_str(), f.value.as_str())).collect();
    assert_eq!(
        fields,
        [("第一顺位", "兄弟"), ("第二顺位", "自己的账户"), ("第三顺位", "儿子")],
        "the last one follows, and the paper names nobody"
    );
    let donor = |no| OrderPlace::Donor(PersonNo::new(no));
    let accounts = vec![donor("P22"), OrderPlace::Own, donor("P21")];
    assert_eq!(written(&mut hall), Action::Order { accounts });
    let mut hall = at_order();
    hall.tap(Tap::Row(0));
    hall.tap(Tap::Back);
    assert_eq!((hall.title().as_str(), choice(&hall).choices.len()), ("第一个用谁的账户", 3));
    hall.tap(Tap::Back);
    assert_eq!(hall.title(), "谁的账户给您用");
}

#[test]
fn an_order_that_the_region_has_no_place_for_is_told() {
    let mut account = families::busy();
    account.donors.push(families::busy().donors[0].clone());
    account.donors.push(families::busy().donors[0].clone());
    account.donors[2].who.psn_no = PersonNo::new("P31");
    account.donors[3].who.psn_no = PersonNo::new("P32");
    // Three places for donors, and four of them.
    let mut hall = Hall::at_family(desk::pin_or_staff(), account);
    hall.tap(Tap::Act(Act::Donors));
    hall.tap(Tap::Act(Act::Order));
    for _ in 0..3 {
        hall.tap(Tap::Row(0));
    }
    assert_eq!(hall.title(), "第一个用谁的账户");
    assert!(choice(&hall).lead.unwrap().contains("没有第4顺位"));
    hall.tap(Tap::Row(0));
    assert!(!hall.says("没有第4顺位"));
}

#[test]
fn one_account_has_no_order() {
    let mut account = families::busy();
    account.donors.truncate(1);
    let mut hall = Hall::at_family(desk::pin_or_staff(), account);
    hall.tap(Tap::Act(Act::Donors));
    assert_eq!(hall.footer()[1], None);
    hall.tap(Tap::Act(Act::Order));
    assert_eq!(hall.kiosk.ignored().taps, 1);
}

#[test]
fn an_invitation_is_accepted_or_not() {
    for (tap, action, confirm) in [
        (Tap::Confirm, Action::Accept { invitation: 71 }, "确认接受"),
        (Tap::Act(Act::Decline), Action::Decline { invitation: 71 }, "确认不接受"),
    ] {
        let mut hall = busy();
        hall.tap(Tap::Act(Act::Invitation));
        assert_eq!(hall.title(), "王*邀请您共用账户");
        assert!(hall.says("您是对方的母亲") && hall.says("2026年12月20日以前可以接受"));
        assert!(!hall.offered().contains(&Tap::NextPage));
        hall.tap(tap);
        if tap == Tap::Confirm {
            // Nothing is accepted unread.
            hall.agree();
            hall.sign();
        }
        assert_eq!(hall.footer()[1].as_deref(), Some(confirm));
        assert!(hall.says("王*"));
        assert_eq!(written(&mut hall), action);
    }
}

#[test]
fn invitations_are_read_one_after_the_other() {
    let mut account = families::busy();
    let mut second = account.invitations[0].clone();
    second.serial = 72;
    account.invitations.push(second);
    let mut hall = Hall::at_family(desk::pin_or_staff(), account);
    hall.tap(Tap::Act(Act::Invitation));
    hall.tap(Tap::NextPage);
    hall.tap(Tap::Confirm);
    hall.agree();
    hall.sign();
    assert_eq!(written(&mut hall), Action::Accept { invitation: 72 });
}

#[test]
fn records_turn_pages_and_say_what_became_of_each() {
    let mut hall = busy();
    hall.tap(Tap::Act(Act::Records));
    assert!(matches!(hall.view().page, PageView::Waiting(_)));
    hall.answer();
    let states: Vec<String> = list(&hall).rows.into_iter().map(|row| row.amount).collect();
    assert_eq!(states, ["正在使用", "还没有开始", "等家人接受", "没有接受"]);
    hall.tap(Tap::NextPage);
    hall.answer();
    let states: Vec<String> = list(&hall).rows.into_iter().map(|row| row.amount).collect();
    assert_eq!(states, ["已经到期", "2025年6月1日解除"]);
    hall.tap(Tap::PreviousPage);
    hall.answer_with(Err(LedgerError::Busy));
    hall.tap(Tap::Retry);
    hall.answer();
    assert_eq!(list(&hall).pager.unwrap().text, "第 1 页，共 2 页");
    hall.tap(Tap::NextPage);
    hall.answer_with(Err(LedgerError::Busy));
    hall.tap(Tap::Back);
    assert_eq!(hall.title(), "家人管理");
}

#[test]
fn names_stay_masked_on_every_page_of_the_family() {
    let ways: [&[Tap]; 8] = [
        &[],
        &[Tap::Row(0)],
        &[Tap::Row(0), Tap::Act(Act::Limit)],
        &[Tap::Row(0), Tap::Act(Act::Release)],
        &[Tap::Row(0), Tap::Act(Act::Release), Tap::Confirm],
        &[Tap::Act(Act::Donors)],
        &[Tap::Act(Act::Donors), Tap::Act(Act::Order)],
        &[Tap::Act(Act::Invitation), Tap::Confirm],
    ];
    for taps in ways {
        let mut hall = busy();
        for tap in taps {
            hall.tap(*tap);
        }
        for canary in persons::CANARIES {
            assert!(!hall.says(canary), "{canary} after {taps:?}");
        }
        hall.card(crate::visit::event::CardNews::Removed);
        assert!(hall.is_default());
    }
}
