//! The same kiosk for people of four regions: each binds, is refused and pays by the rules of its own.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

mod common;

use std::path::Path;

use common::Rig;
use common::family::{Person, sql, text_of, today, value};
use gongji_kiosk::domain::family::Relation;
use gongji_kiosk::domain::money::Money;
use gongji_kiosk::records::port::{DueState, Member, MemberState};
use gongji_kiosk::view::model::{PageView, ViewModel};
use gongji_kiosk::view::words::CLEAR;

fn yuan(amount: i64) -> Money {
    Money::from_fen(amount * 100)
}

/// The member whom the ledger has for `relative`.
#[track_caller]
fn bound(rig: &Rig, patron: &Person, relative: &Person) -> Member {
    let members = rig.family_of(patron).members;
    let mut found = members.into_iter().filter(|m| m.who.psn_no == *relative.psn_no());
    let member = found.next().expect("bound");
    assert!(found.next().is_none(), "bound twice");
    member
}

/// Where the card of `relative` stands among the family.
fn row_of(rig: &Rig, patron: &Person, relative: &Person) -> u8 {
    let members = rig.family_of(patron).members;
    let at = members.iter().position(|m| m.who.psn_no == *relative.psn_no()).expect("bound");
    u8::try_from(at).unwrap()
}

/// From the family to the question what the relative is, by the relative's document.
fn show_document(rig: &mut Rig, relative: &Person) {
    rig.begin_to_add();
    rig.place_of(&relative.card);
    rig.wait_title("是您的什么人");
    rig.hall.lift();
}

/// The relation is answered and refused for this reason; nothing is written.
#[track_caller]
fn is_refused(rig: &mut Rig, relation: &str, reason: &str) {
    let before = rig.journal().begun;
    rig.relation(relation);
    let refused = rig.result("现在不能添加这位家人");
    let told = refused.lines.concat();
    assert!(told.contains(reason), "{told}");
    assert!(told.contains("窗口") || told.contains("您不用再做什么"), "{told}");
    assert_eq!(rig.journal().begun, before);
}

/// Pays the premium of a year for the relative in a row of the family; what the page said of it.
fn pay(rig: &mut Rig, patron: &Person, row: u8, year: i16, amount: Money) -> String {
    let before = rig.balance_of(patron);
    rig.go_to_premium(row, year);
    let view = rig.wait("the premium", |v| matches!(v.page, PageView::Record(_)));
    let told = text_of(&view);
    rig.tap("缴这一笔");
    let done = rig.commit("确认缴费", "已经付款，等待到账");
    assert_eq!(value(&done, "账户余额"), Some(format!("{} 元", before - amount).as_str()));
    assert_eq!(rig.balance_of(patron), before - amount);
    told
}

/// Asks another premium of whoever has `psn_no`, as the tax office might.
fn ask_premium(db: &Path, psn_no: &str, year: i16, amount: Money) {
    let person = format!("(SELECT id FROM person WHERE psn_no = '{psn_no}')");
    let fen = amount.to_fen().unwrap();
    sql(db, &format!("DELETE FROM premium_due WHERE insured = {person} AND insured_year = {year}"));
    let added = sql(
        db,
        &format!(
            "INSERT INTO premium_due (insured, insured_year, amount_fen, person_group)
             SELECT {person}, {year}, {fen}, 'neither'"
        ),
    );
    assert_eq!(added, 1);
}

#[test]
fn shanghai_bounds_the_limit_adds_nobody_twice_and_says_when_the_table_has_no_row() {
    let mut rig = Rig::in_region("310115", |_| {});
    let patron = rig.person("payer");
    let relative = rig.candidate(&patron, |_| true);
    let (row, member, due) = rig.unpaid(&patron);
    let db = rig.config.records.db.clone();
    // The tax office asks for a year whose table has no row for the relative.
    ask_premium(&db, member.who.psn_no.reveal(), 2025, yuan(123));
    let no = member.who.psn_no.reveal();
    sql(
        &db,
        &format!(
            "UPDATE premium SET insured_year = 2019 WHERE insured_year = 2025
             AND insured = (SELECT id FROM person WHERE psn_no = '{no}')"
        ),
    );

    rig.go_home_as(&patron);
    rig.go_to_members();
    show_document(&mut rig, &relative);
    rig.relation("配偶");
    rig.tap("别的数");
    rig.type_in("25000");
    rig.tap("输好了");
    rig.wait("the bound", |v| text_of(v).contains("一年最多可以设 20,000.00 元"));
    rig.tap(CLEAR);
    rig.type_in("20000");
    rig.tap("输好了");
    rig.tap("我愿意");
    rig.sign();
    let review = rig.review();
    for words in ["年度限额：20,000.00 元", "太高可能办不成"] {
        assert!(review.contains(words), "{words}: {review}");
    }
    rig.commit("确认添加", "家人添加好了");
    let member = bound(&rig, &patron, &relative);
    assert_eq!((member.state, member.who.annual_limit), (MemberState::Active, Some(yuan(20_000))));

    rig.tap("再加一位家人");
    // What was read in this visit is not read again.
    rig.wait_title("要添加哪位家人");
    rig.place_of(&relative.card);
    rig.wait_title("是您的什么人");
    rig.hall.lift();
    is_refused(&mut rig, "配偶", "已经添加过了");

    rig.tap("返回");
    rig.wait_title("是您的什么人");
    rig.tap("返回");
    rig.wait_title("要添加哪位家人");
    rig.tap("返回");
    rig.wait_members();
    let told = pay(&mut rig, &patron, row, due.insured_year, due.amount);
    assert!(told.contains(&format!("没有这里{}年度的缴费标准", due.insured_year)), "{told}");
    rig.tap("回到首页");
    rig.wait_home();
    rig.go_to_members();
    rig.go_to_premium(row, 2025);
    // The relative is a child who goes to no school: the table has no row, and nobody guesses.
    let view = rig.wait_title("这一笔要到窗口问清楚");
    let told = text_of(&view);
    assert!(told.contains("18岁及以下、不在学校读书的人，缴费标准里没有写"), "{told}");
    assert!(common::find(&view, "缴这一笔").is_none());
    assert_eq!(rig.writes(), (2, 2, 0, 0));
}

#[test]
fn fujian_invites_the_relative_accepts_in_their_own_visit_and_money_is_moved() {
    let mut rig = Rig::in_region("350502", |_| {});
    let patron = rig.person("showcase");
    let relative = rig.candidate(&patron, |_| true);
    let balance = rig.balance_of(&patron);
    rig.go_home_as(&patron);
    rig.go_to_members();
    show_document(&mut rig, &relative);
    rig.relation("配偶");
    rig.tap("1,000.00 元");
    rig.wait_title("现在划拨多少到家庭账户");
    rig.tap("500.00 元");
    rig.wait_title("要等家人同意才生效");
    rig.tap("发出邀请");
    rig.sign();
    let review = rig.review();
    assert!(review.contains("划拨金额：500.00 元"), "{review}");
    rig.commit("确认添加", "邀请发出去了");
    let member = bound(&rig, &patron, &relative);
    assert_eq!((member.state, member.who.annual_limit), (MemberState::Invited, Some(yuan(1_000))));
    let paper = rig.print_receipt();
    for words in ["授权回执", "等家人接受", "办理须知"] {
        assert!(paper.contains(words), "{words}: {paper}");
    }
    assert_eq!(rig.balance_of(&patron), balance - yuan(500));
    assert_eq!(rig.family_of(&patron).pool, Some(yuan(500)));
    rig.take_card();

    // The relative comes, reads what the region asks to be read, and accepts.
    rig.go_home_as(&relative);
    rig.go_to_members();
    rig.tap("看看谁邀请您");
    let invitation = rig.wait_title("邀请您共用账户");
    assert!(text_of(&invitation).contains("1,000.00 元"), "{invitation:?}");
    rig.tap("接受邀请");
    rig.agree();
    rig.sign();
    rig.commit("确认接受", "邀请接受好了");
    assert_eq!(bound(&rig, &patron, &relative).state, MemberState::Active);
    let donors = rig.family_of(&relative).donors;
    assert!(donors.iter().any(|donor| donor.who.psn_no == *patron.psn_no()));
    assert!(rig.family_of(&relative).invitations.is_empty());
    rig.take_card();

    // More money into the common account, but no more than there is.
    rig.go_home_as(&patron);
    rig.go_to_members();
    rig.tap("划拨到家庭账户");
    rig.type_in("9000");
    rig.tap("下一步");
    rig.wait("the refusal", |v| text_of(v).contains("账户里可以用的钱不够"));
    rig.tap(CLEAR);
    rig.type_in("300");
    rig.tap("下一步");
    rig.commit("确认划拨", "划拨好了");
    assert_eq!(rig.family_of(&patron).pool, Some(yuan(800)));
    rig.tap("回家人管理");
    let view = rig.wait_members();
    assert!(text_of(&view).contains("家庭账户里有 800.00 元"), "{view:?}");
    rig.tap("返回");
    let view = rig.wait_home();
    let PageView::Home(home) = &view.page else { panic!("{view:?}") };
    assert_eq!(home.balance, (balance - yuan(800)).to_string());
    assert_eq!(rig.balance_of(&patron), balance - yuan(800));
    assert_eq!(rig.writes(), (3, 3, 0, 0));
}

#[test]
fn fujian_refuses_whose_insurance_is_paused_and_pays_what_is_asked() {
    let mut rig = Rig::in_region("350502", |_| {});
    let patron = rig.person("payer");
    let paused = rig.candidate(&patron, |_| true);
    let no = paused.psn_no().reveal();
    sql(
        &rig.config.records.db,
        &format!(
            "UPDATE insurance SET psn_insu_stas = 2
             WHERE person = (SELECT id FROM person WHERE psn_no = '{no}')"
        ),
    );
    let (row, _, due) = rig.unpaid(&patron);
    rig.go_home_as(&patron);
    rig.go_to_members();
    show_document(&mut rig, &paused);
    is_refused(&mut rig, "子女", "暂停了");
    rig.take_card();
    rig.go_home_as(&patron);
    rig.go_to_members();
    let told = pay(&mut rig, &patron, row, due.insured_year, due.amount);
    assert!(told.contains("税务部门的应缴金额"), "{told}");
    assert_eq!(rig.writes(), (1, 1, 0, 0));
}

#[test]
fn shaanxi_asks_for_employer_telephone_and_days_and_keeps_a_thousand() {
    let mut rig = Rig::in_region("610102", |_| {});
    let patron = rig.person("showcase");
    let db = rig.config.records.db.clone();
    let kin = rig.person("relative");
    let row = row_of(&rig, &patron, &kin);
    assert!((yuan(2_000)..yuan(2_100)).contains(&rig.balance_of(&patron)));
    for year in [2020, 2021] {
        ask_premium(&db, kin.psn_no().reveal(), year, yuan(1_100));
    }
    let relative = rig.candidate(&patron, |c| c.employer.is_none());

    rig.go_home_as(&patron);
    rig.go_to_members();
    show_document(&mut rig, &relative);
    rig.relation("父母");
    rig.wait_title("这位家人有工作单位吗");
    rig.tap("没有工作单位");
    rig.wait_title("请输入家人的手机号码");
    rig.type_in("13800001234");
    rig.tap("输好了");
    rig.wait_title("从哪一天开始");
    rig.tap("明年 1 月 1 日");
    rig.wait_title("到哪一天为止");
    rig.tap("两年");
    rig.tap("不另外设");
    rig.tap("我愿意");
    rig.sign();
    let review = rig.review();
    assert!(review.contains("参保地：陕西"), "{review}");
    rig.commit("确认添加", "家人添加好了");
    let member = bound(&rig, &patron, &relative);
    let first = today().last_of_year().tomorrow().unwrap();
    assert_eq!(member.state, MemberState::NotYet);
    assert_eq!(member.who.since, first);
    assert_eq!(member.until, Some(jiff::civil::date(first.year() + 1, 12, 31)));
    assert_eq!(member.who.relation, Relation::Parent);

    // The first premium may be paid, and then too little is left for the second.
    rig.tap("再加一位家人");
    rig.wait_title("要添加哪位家人");
    rig.place_of(&relative.card);
    rig.wait_title("是您的什么人");
    rig.hall.lift();
    is_refused(&mut rig, "父母", "已经添加过了");
    rig.take_card();
    rig.go_home_as(&patron);
    rig.go_to_members();
    let told = pay(&mut rig, &patron, row, 2021, yuan(1_100));
    assert!(told.contains("税务部门的应缴金额"), "{told}");
    rig.tap("回到首页");
    rig.wait_home();
    rig.go_to_members();
    rig.go_to_premium(row, 2020);
    let view = rig.wait_title("这一笔现在不能缴");
    let told = text_of(&view);
    assert!(told.contains("账户余额要超过 1,000.00 元"), "{told}");
    let dues = rig.dues(&patron, kin.psn_no());
    let of = |year| dues.iter().find(|due| due.insured_year == year).unwrap().state.clone();
    assert_eq!(of(2020), DueState::Unpaid);
    assert!(matches!(of(2021), DueState::Pending { own_payment: Some(_) }));
    assert_eq!(rig.writes(), (2, 2, 0, 0));
}

#[test]
fn urumqi_takes_a_grandchild_by_number_and_card_number_and_nobody_from_another_province() {
    let mut rig = Rig::in_region("650102", |_| {});
    let (patron, row, _, due) = rig.payer_within(yuan(10_000));
    let db = rig.config.records.db.clone();
    let relative = rig.candidate(&patron, |c| c.card.is_some());
    let far = rig.candidate(&patron, |c| c.insured.psn_no != *relative.psn_no());
    let no = far.psn_no().reveal();
    sql(
        &db,
        &format!(
            "UPDATE insurance SET insuplc_admdvs = '330100'
             WHERE person = (SELECT id FROM person WHERE psn_no = '{no}')"
        ),
    );

    rig.go_home_as(&patron);
    rig.go_to_members();
    rig.begin_to_add();
    rig.tap("输入身份证号码");
    rig.type_in(&relative.card.id_number);
    rig.tap("输好了");
    let view = rig.wait("the question whether it is they", |v| text_of(v).contains("吗？"));
    let asked = text_of(&view);
    assert!(asked.contains(&relative.masked()), "{asked}");
    assert!(!asked.contains(relative.insured.name.reveal()), "{asked}");
    rig.tap("是，接着办");
    rig.wait_title("是您的什么人");
    rig.tap("其他亲属");
    let official = "外孙子女";
    rig.wait("the other relatives", |v| {
        matches!(&v.page, PageView::Choice(page) if page.choices.iter().any(|c| c.detail == official))
    });
    rig.relation(official);
    // A card number that is not the relative's, then theirs.
    rig.wait_title("请输入家人的社保卡号");
    let wrong = rig.card_file("lost").number;
    rig.type_in(&wrong);
    rig.tap("输好了");
    rig.wait("the fault", |v| text_of(v).contains("还可以输 2 次"));
    rig.type_in(&relative.card.number);
    rig.tap("输好了");
    rig.tap("不另外设");
    rig.wait_title("要等家人同意才生效");
    rig.tap("发出邀请");
    rig.sign();
    rig.commit("确认添加", "邀请发出去了");
    let member = bound(&rig, &patron, &relative);
    assert_eq!(member.state, MemberState::Invited);
    assert_eq!(member.who.relation, Relation::MaternalGrandchild);

    rig.tap("再加一位家人");
    rig.wait_title("要添加哪位家人");
    rig.place_of(&far.card);
    rig.wait_title("是您的什么人");
    rig.hall.lift();
    is_refused(&mut rig, "父母", "两个人要在同一个省参保");
    rig.take_card();

    rig.go_home_as(&patron);
    rig.go_to_members();
    let told = pay(&mut rig, &patron, row, due.insured_year, due.amount);
    assert!(told.contains("税务部门的应缴金额"), "{told}");
    rig.hall.remove();
    rig.wait("idle", |v| *v == ViewModel::default());
    assert_eq!(rig.writes(), (2, 2, 0, 0));
}

#[test]
fn nobody_is_sent_to_raise_a_limit_that_the_region_bounds() {
    let mut rig = Rig::in_region("650102", |_| {});
    let patron = rig.person("showcase");
    let members = rig.family_of(&patron).members;
    let (row, member) =
        (0..).zip(&members).find(|(_, member)| member.who.annual_limit.is_none()).unwrap();
    // 乌鲁木齐 lets a relative use 10,000 a year: what is left of it is one too little.
    let left = yuan(10_000) - member.used_this_year;
    let db = rig.config.records.db.clone();
    ask_premium(&db, member.who.psn_no.reveal(), 2020, left + yuan(1));
    rig.go_home();
    rig.go_to_members();
    rig.go_to_premium(row, 2020);
    let refused = rig.result("这一笔现在不能缴").lines.concat();
    let told = format!("今年还剩 {left} 元");
    for words in ["一位家人一年最多用 10,000.00 元", &told, "请家人自己缴"] {
        assert!(refused.contains(words), "{words}: {refused}");
    }
    assert!(!refused.contains("改高"), "{refused}");
    assert_eq!(rig.writes(), (0, 0, 0, 0));
}

#[test]
fn fujian_gives_the_common_account_back_when_its_only_invitation_is_taken_back() {
    let mut rig = Rig::in_region("350502", |_| {});
    let patron = rig.person("showcase");
    let relative = rig.candidate(&patron, |_| true);
    let balance = rig.balance_of(&patron);
    rig.go_home_as(&patron);
    rig.go_to_members();
    show_document(&mut rig, &relative);
    rig.relation("配偶");
    rig.tap("不另外设");
    rig.tap("500.00 元");
    rig.tap("发出邀请");
    rig.sign();
    rig.commit("确认添加", "邀请发出去了");
    assert_eq!(rig.balance_of(&patron), balance - yuan(500));
    rig.print_receipt();
    rig.tap("回到首页");
    rig.wait_home();
    rig.go_to_members();
    rig.open_member(row_of(&rig, &patron, &relative));
    rig.tap("收回邀请");
    let reminder = rig.result("温馨提示").lines.concat();
    assert!(reminder.contains("家庭账户里有 500.00 元"), "{reminder}");
    rig.tap("看好了，接着办");
    let review = rig.review();
    assert!(review.contains("里面的钱退回您的个人账户"), "{review}");
    let done = rig.commit("确认解除", "已经解除了");
    assert_eq!(value(&done, "账户余额"), Some(format!("{balance} 元").as_str()));
    assert_eq!(rig.balance_of(&patron), balance);
    assert_eq!(rig.writes(), (2, 2, 0, 0));
}
