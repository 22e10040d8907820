//! A relative is added at the kiosk: by document, by the relative's own card, or refused with a reason.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

mod common;

use common::family::{Person, today, value};
use common::{Rig, TODAY, find};
use gongji_kiosk::devices::simulate::card_file::CardFile;
use gongji_kiosk::domain::family::Relation;
use gongji_kiosk::domain::insurance::InsuranceType;
use gongji_kiosk::records::generate::{self, CardKind};
use gongji_kiosk::records::port::MemberState;
use gongji_kiosk::view::model::{MembersView, PageView, ViewModel};

/// The patron, at home, and somebody whom he may add as his wife.
fn at_home() -> (Rig, Person, Person) {
    let mut rig = Rig::start();
    let patron = rig.person("showcase");
    let relative = rig.candidate(&patron, |c| c.insured.insurance == InsuranceType::Employee);
    rig.go_home();
    (rig, patron, relative)
}

/// From the question what the relative is to the result; what the review said.
fn answer_and_commit(rig: &mut Rig) -> String {
    rig.relation("配偶");
    rig.wait_title("一年最多让家人用多少");
    rig.tap("不另外设");
    rig.wait_title("请家人本人看");
    rig.tap("我愿意");
    rig.sign();
    let review = rig.review();
    rig.confirm("确认添加");
    rig.prove();
    review
}

/// The relative is in the ledger once, and the journal has one write, confirmed.
#[track_caller]
fn is_bound(rig: &Rig, patron: &Person, relative: &Person) {
    let family = rig.family_of(patron);
    let found: Vec<_> =
        family.members.iter().filter(|m| m.who.psn_no == *relative.psn_no()).collect();
    let [member] = found[..] else { panic!("{} times", found.len()) };
    assert_eq!(member.state, MemberState::Active);
    assert_eq!(member.who.relation, Relation::Spouse);
    assert_eq!((member.who.since, member.until), (today(), None));
    assert_eq!((member.who.annual_limit, member.slot), (None, 1));
    let donors = rig.family_of(relative).donors;
    assert!(donors.iter().any(|donor| donor.who.psn_no == *patron.psn_no()));
    assert_eq!(rig.writes(), (1, 1, 0, 0));
}

#[test]
fn a_relative_is_added_by_document_and_the_receipt_comes() {
    let (mut rig, patron, relative) = at_home();
    let before = rig.family_of(&patron).members.len();
    rig.go_to_members();
    rig.begin_to_add();
    rig.place_of(&relative.card);
    rig.wait_title("是您的什么人");
    rig.hall.lift();
    let review = answer_and_commit(&mut rig);
    for words in [relative.masked().as_str(), "授权使用", "本人已在这里同意", "不另设限额"]
    {
        assert!(review.contains(words), "{words}: {review}");
    }
    assert!(!review.contains(relative.insured.name.reveal()), "masked: {review}");
    let done = rig.result("家人添加好了");
    let acceptance = value(&done, "受理号").unwrap().to_owned();
    let reference = value(&done, "办理编号").unwrap().to_owned();
    is_bound(&rig, &patron, &relative);

    let record = rig.records_of(&patron).into_iter().find(|r| r.who.psn_no == *relative.psn_no());
    assert_eq!(record.unwrap().acceptance_no.as_deref(), Some(acceptance.as_str()));

    let paper = rig.print_receipt();
    for words in ["授权回执", "已添加", &acceptance, &reference, "承诺书", "仅供核对"]
    {
        assert!(paper.contains(words), "{words}: {paper}");
    }
    assert!(!paper.contains(relative.insured.name.reveal()), "{paper}");
    assert!(!paper.contains("补打"), "{paper}");
    rig.tap("回到首页");
    rig.wait_home();
    rig.go_to_members();
    let view = rig.view.clone();
    let PageView::Members(MembersView { cards, .. }) = &view.page else { panic!("{view:?}") };
    assert_eq!(cards.len(), before + 1);
    assert!(cards.iter().any(|card| card.who.contains(&relative.masked())), "{cards:?}");
}

#[test]
fn a_relative_is_added_by_their_own_card_in_the_place_of_the_patrons() {
    let (mut rig, patron, relative) = at_home();
    rig.go_to_members();
    rig.begin_to_add();
    rig.tap("换插家人的卡");
    rig.wait_title("请取出您的卡");
    rig.hall.remove();
    rig.wait_title("请插入家人的卡");
    rig.hall.insert(relative.card.card().unwrap());
    rig.wait_title("请取出家人的卡，插回您自己的卡");
    rig.hall.remove();
    rig.wait_title("请插回您自己的卡");
    rig.insert("showcase");
    answer_and_commit(&mut rig);
    rig.result("家人添加好了");
    is_bound(&rig, &patron, &relative);
    rig.take_card();
}

#[test]
fn another_card_in_the_exchange_ends_the_visit_and_adds_nobody() {
    let (mut rig, patron, relative) = at_home();
    let before = rig.family_of(&patron);
    rig.go_to_members();
    rig.begin_to_add();
    rig.tap("换插家人的卡");
    rig.wait_title("请取出您的卡");
    rig.hall.remove();
    rig.wait_title("请插入家人的卡");
    rig.hall.insert(relative.card.card().unwrap());
    rig.wait_title("请取出家人的卡，插回您自己的卡");
    rig.hall.remove();
    rig.wait_title("请插回您自己的卡");
    rig.insert("lost");
    rig.wait_title("请取走您的卡");
    rig.take_card();
    assert_eq!(rig.family_of(&patron), before);
    assert_eq!(rig.writes(), (0, 0, 0, 0));
}

#[test]
fn who_is_bound_already_is_refused_with_the_reason() {
    let (mut rig, patron, _) = at_home();
    let before = rig.family_of(&patron);
    rig.go_to_members();
    rig.begin_to_add();
    let mother = rig.card_file("relative");
    rig.place_of(&mother);
    rig.wait_title("是您的什么人");
    rig.hall.lift();
    rig.relation("父母");
    let refused = rig.result("现在不能添加这位家人");
    let told = refused.lines.concat();
    assert!(told.contains("已经添加过了"), "{told}");
    assert_eq!(refused.reassurance.as_deref(), Some("您的账户和钱都没有变。"));
    let view = rig.view.clone();
    for way in ["换一位家人", "返回", "呼叫工作人员"] {
        assert!(find(&view, way).is_some(), "{way}");
    }
    rig.tap("换一位家人");
    rig.wait_title("要添加哪位家人");
    rig.hall.remove();
    rig.wait("idle", |view| *view == ViewModel::default());
    assert_eq!(rig.family_of(&patron), before);
    assert_eq!(rig.writes(), (0, 0, 0, 0));
}

#[test]
fn whose_insurance_does_not_hold_is_refused_with_the_reason_and_the_way_on() {
    for (change, reason) in [
        ("UPDATE insurance SET psn_insu_stas = 2", "这位家人的医保现在暂停了"),
        ("UPDATE insurance SET psn_insu_stas = 3", "这位家人的医保现在已经终止"),
    ] {
        let mut rig = Rig::start();
        let patron = rig.person("showcase");
        let relative = rig.candidate(&patron, |_| true);
        let no = relative.psn_no().reveal();
        let change =
            format!("{change} WHERE person = (SELECT id FROM person WHERE psn_no = '{no}')");
        assert!(common::family::sql(&rig.config.records.db, &change) > 0);
        rig.go_home();
        rig.go_to_members();
        rig.begin_to_add();
        rig.place_of(&relative.card);
        rig.relation("子女");
        let refused = rig.result("现在不能添加这位家人");
        let told = refused.lines.concat();
        assert!(told.contains(reason) && told.contains("12393"), "{told}");
        assert_eq!(rig.writes(), (0, 0, 0, 0));
    }
}

#[test]
fn an_account_is_opened_before_the_first_relative_is_added_by_code_in_a_visit_by_document() {
    let mut rig = Rig::start();
    let everybody = |rig: &Rig, opened: bool| {
        let cards = generate::cards(&rig.config.records.db, CardKind::Normal, TODAY, 60).unwrap();
        let mut owners = cards.iter().map(|card| rig.owner_of(CardFile::of(card)));
        owners.find(|owner| rig.family_of(owner).opened_on.is_some() == opened).unwrap()
    };
    let patron = everybody(&rig, false);
    let relative = rig.candidate(&patron, |_| true);
    rig.place_of(&patron.card);
    rig.wait_home();
    rig.hall.lift();
    rig.go_to_members();
    assert!(find(&rig.view, "添加家人").is_none(), "nobody is added before it is open");
    rig.tap("开通家庭共济");
    rig.review();
    rig.tap("确认开通");
    rig.wait_title("请输入查询密码");
    rig.prove();
    rig.result("家庭共济开通了");
    assert_eq!(rig.family_of(&patron).opened_on, Some(today()));
    let paper = rig.print_receipt();
    assert!(paper.contains("家庭共济开通回执") && paper.contains("已开通"), "{paper}");
    rig.tap("回到首页");
    rig.wait_home();
    rig.go_to_members();
    rig.begin_to_add();
    rig.scan(&rig.code_of_person(&relative));
    rig.relation("子女");
    rig.tap("1,000.00 元");
    rig.tap("家人现在不方便");
    // Nobody signs who cannot write.
    rig.tap("我写不了字");
    rig.review();
    rig.tap("确认添加");
    rig.wait_title("请输入查询密码");
    rig.prove();
    rig.result("邀请发出去了");
    let family = rig.family_of(&patron);
    let [member] = &family.members[..] else { panic!("{}", family.members.len()) };
    assert_eq!(member.state, MemberState::Invited);
    assert_eq!(rig.writes(), (2, 2, 0, 0));

    // The invitation is taken back; the relative finds none.
    rig.tap("再加一位家人");
    rig.wait_title("要添加哪位家人");
    rig.tap("返回");
    rig.open_member(0);
    rig.tap("收回邀请");
    rig.wait_title("温馨提示");
    rig.tap("看好了，接着办");
    rig.review();
    rig.tap("确认解除");
    rig.wait_title("请输入查询密码");
    rig.prove();
    rig.wait("the second look", |v| format!("{v:?}").contains("已经核对"));
    assert!(rig.family_of(&patron).members.is_empty());
    assert!(rig.family_of(&relative).invitations.is_empty());
    assert_eq!(rig.writes(), (3, 3, 0, 0));
}

#[test]
fn in_a_visit_by_document_the_relatives_card_is_read_and_must_be_taken_out() {
    let mut rig = Rig::start();
    let patron = rig.person("showcase");
    let relative = rig.candidate(&patron, |_| true);
    rig.place("showcase");
    rig.wait_home();
    rig.hall.lift();
    rig.go_to_members();
    rig.begin_to_add();
    rig.hall.insert(relative.card.card().unwrap());
    rig.wait_title("请取出家人的卡");
    rig.hall.remove();
    rig.relation("配偶");
    rig.tap("不另外设");
    rig.tap("我愿意");
    rig.sign();
    rig.review();
    rig.tap("确认添加");
    rig.wait_title("请输入查询密码");
    rig.prove();
    rig.result("家人添加好了");
    is_bound(&rig, &patron, &relative);
    // Back to the family, and out.
    rig.tap("再加一位家人");
    rig.wait_title("要添加哪位家人");
    rig.tap("返回");
    rig.wait_members();
    rig.tap("返回");
    rig.wait_home();
    rig.tap("办完了");
    rig.wait("idle", |view| *view == ViewModel::default());
}
