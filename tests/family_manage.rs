//! What patrons do about relatives who share already: limit, order, release, premiums, records, use.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

mod common;

use common::Rig;
use common::family::{Person, text_of, value};
use gongji_hal::printer::profile::text_columns;
use gongji_kiosk::domain::money::Money;
use gongji_kiosk::records::port::{AuthorisationState, DueState, Member};
use gongji_kiosk::view::model::{ListView, PageView, ViewModel};
use gongji_kiosk::visit::event::Tap;

/// The balance on home is the ledger's.
#[track_caller]
fn home_agrees(rig: &mut Rig, patron: &Person) -> Money {
    let view = rig.wait_home();
    let PageView::Home(home) = &view.page else { panic!("{view:?}") };
    let balance = rig.balance_of(patron);
    assert_eq!(home.balance, balance.to_string());
    balance
}

fn list(view: &ViewModel) -> ListView {
    let PageView::List(list) = &view.page else { panic!("{view:?}") };
    list.clone()
}

#[test]
fn a_limit_is_set_and_taken_off_again() {
    let mut rig = Rig::start();
    let patron = rig.person("showcase");
    let row = rig.family_of(&patron).members.iter().position(|m| m.who.annual_limit.is_some());
    let row = row.expect("the son has a limit");
    rig.go_home();
    rig.go_to_members();
    let limit = |rig: &Rig| rig.family_of(&patron).members[row].who.annual_limit;
    for (words, fen, told) in [
        ("3,000 元", Some(300_000), "3,000.00 元"),
        ("不限", None, "不另设限额"),
        ("别的数", Some(80_000), "800.00 元"),
    ] {
        rig.open_member(u8::try_from(row).unwrap());
        rig.tap("设定限额");
        rig.wait_title("一年最多用多少");
        rig.tap(words);
        if words == "别的数" {
            rig.type_in("800");
            rig.tap("下一步");
        }
        let review = rig.review();
        assert!(review.contains(told), "{words}: {review}");
        let before = limit(&rig);
        rig.confirm("确认限额");
        assert_eq!(limit(&rig), before, "nothing happens before the PIN is right");
        rig.prove();
        let done = rig.result("限额改好了");
        assert!(value(&done, "受理号").is_some());
        assert_eq!(limit(&rig), fen.map(Money::from_fen), "{words}");
        rig.tap("回家人管理");
        rig.wait_members();
    }
    assert_eq!(rig.writes(), (3, 3, 0, 0));
    rig.tap("返回");
    home_agrees(&mut rig, &patron);
}

#[test]
fn the_order_of_accounts_is_turned_round() {
    let mut rig = Rig::start();
    let patron = rig.person("two-donors");
    let donors = |rig: &Rig| -> Vec<_> {
        let family = rig.family_of(&patron);
        family.donors.into_iter().map(|d| (d.slot, d.who.psn_no)).collect()
    };
    let before = donors(&rig);
    assert!(before.len() >= 2);
    rig.go_home_as(&patron);
    let members = |v: &ViewModel| common::find(v, "家人管理").is_some();
    let way = if members(&rig.view) { "家人管理" } else { "谁的账户给我用" };
    rig.tap(way);
    rig.wait_members();
    rig.tap("谁的账户给您用");
    rig.wait_title("谁的账户给您用");
    rig.tap("改扣款顺序");
    rig.wait_title("第一个用谁的账户");
    // The last one first, and so on: the one that is left follows by itself.
    for left in (1..before.len()).rev() {
        let title = common::title(&rig.view).to_owned();
        rig.send(Tap::Row(u8::try_from(left).unwrap()));
        rig.wait("the next page", |v| common::title(v) != title);
    }
    let review = rig.review();
    assert!(review.contains("依次用"), "{review}");
    rig.commit("确认顺序", "扣款顺序改好了");
    let after = donors(&rig);
    let slots: Vec<u8> = after.iter().map(|(slot, _)| *slot).collect();
    assert_eq!(slots, (1..).take(before.len()).collect::<Vec<u8>>());
    let turned: Vec<_> = before.into_iter().rev().map(|(_, who)| who).collect();
    assert!(after.into_iter().map(|(_, who)| who).eq(turned));
    let paper = rig.print_receipt();
    assert!(paper.contains("扣款顺序"), "{paper}");
    assert_eq!(rig.writes(), (1, 1, 0, 0));
}

#[test]
fn a_relative_is_released_after_a_reminder_and_looked_for_again() {
    let mut rig = Rig::start();
    let patron = rig.person("showcase");
    let before = rig.family_of(&patron).members;
    let gone = before[0].who.psn_no.clone();
    rig.go_home();
    let balance = home_agrees(&mut rig, &patron);
    rig.go_to_members();
    rig.open_member(0);
    rig.tap("解除绑定");
    let reminder = rig.result("温馨提示");
    assert!(reminder.lines.concat().contains("不能再用您的账户"), "{reminder:?}");
    rig.tap("看好了，接着办");
    rig.confirm("确认解除");
    rig.prove();
    let done =
        rig.wait("the second look", |v| text_of(v).contains("已经核对：家人名单里没有这位家人了"));
    assert_eq!(common::title(&done), "已经解除了");
    let left: Vec<Member> = rig.family_of(&patron).members;
    assert_eq!(left.len(), before.len() - 1);
    assert!(left.iter().all(|member| member.who.psn_no != gone));
    let paper = rig.print_receipt();
    for words in ["解绑回执", "已解除"] {
        assert!(paper.contains(words), "{words}: {paper}");
    }
    rig.tap("回到首页");
    assert_eq!(home_agrees(&mut rig, &patron), balance, "a release moves no money");

    // The records know of it, with the day.
    rig.go_to_members();
    rig.tap("授权记录");
    let view = rig.wait(
        "the records",
        |v| matches!(&v.page, PageView::List(l) if l.title == "授权记录" && !l.loading),
    );
    let page = list(&view);
    let records = rig.records_of(&patron);
    let released =
        records.iter().filter(|r| matches!(r.state, AuthorisationState::Released(_))).count();
    assert_eq!(released, 1);
    assert_eq!(page.rows.iter().filter(|row| row.amount.contains("解除")).count(), 1, "{page:?}");
    assert_eq!(page.rows.iter().filter(|row| row.amount == "正在使用").count(), left.len());
    assert!(page.rows.iter().all(|row| row.detail.contains("受理号")), "{page:?}");
    // A line of a row has room for so many half-width characters; the rest would be cut.
    assert!(page.rows.iter().all(|row| text_columns(&row.detail) <= 40), "{page:?}");
    assert_eq!(rig.writes(), (1, 1, 0, 0));
}

#[test]
fn what_one_relative_used_is_shown_for_that_one() {
    let mut rig = Rig::start();
    let patron = rig.person("showcase");
    let members = rig.family_of(&patron).members;
    rig.go_home();
    rig.go_to_members();
    for (row, member) in (0..).zip(&members) {
        rig.open_member(row);
        let shown = text_of(&rig.view);
        assert!(shown.contains(&format!("{} 元", member.used_this_year)), "{shown}");
        rig.tap("用了多少");
        let view = rig.wait("what was used", |v| {
            matches!(&v.page, PageView::List(l) if l.title.contains("家人用了多少") && !l.loading)
        });
        let page = list(&view);
        let name = gongji_kiosk::domain::masking::mask_name(&member.who.name);
        assert!(!page.rows.is_empty());
        assert!(page.rows.iter().all(|row| row.detail.contains(&name)), "{page:?}");
        rig.tap("返回");
        rig.wait("the relative again", |v| matches!(v.page, PageView::Choice(_)));
        rig.tap("返回");
        rig.wait_members();
    }
    assert_eq!(rig.writes(), (0, 0, 0, 0));
}

#[test]
fn a_premium_is_paid_once_and_taken_back_while_it_is_on_its_way() {
    let mut rig = Rig::start();
    let patron = rig.person("payer");
    let (row, member, due) = rig.unpaid(&patron);
    let state = |rig: &Rig| {
        let dues = rig.dues(&patron, &member.who.psn_no);
        dues.into_iter().find(|found| found.serial == due.serial).unwrap().state
    };
    rig.go_home_as(&patron);
    let balance = home_agrees(&mut rig, &patron);
    rig.go_to_members();
    rig.go_to_premium(row, due.insured_year);
    let view = rig.wait("the premium", |v| matches!(v.page, PageView::Record(_)));
    assert!(text_of(&view).contains("现在还没有付款"), "{view:?}");
    rig.tap("缴这一笔");
    let review = rig.review();
    assert!(review.contains(&format!("从您的账户付 {} 元", due.amount)), "{review}");
    let done = rig.commit("确认缴费", "已经付款，等待到账");
    let acceptance = value(&done, "受理号").unwrap().to_owned();
    assert_eq!(value(&done, "账户余额"), Some(format!("{} 元", balance - due.amount).as_str()));
    assert!(matches!(state(&rig), DueState::Pending { own_payment: Some(_) }));
    let paper = rig.print_receipt();
    for words in ["共济缴费凭条", "等待到账", &acceptance, &due.amount.to_string()] {
        assert!(paper.contains(words), "{words}: {paper}");
    }
    rig.tap("回到首页");
    assert_eq!(home_agrees(&mut rig, &patron), balance - due.amount);

    // Nobody pays it a second time.
    rig.go_to_members();
    rig.go_to_premium(row, due.insured_year);
    let pending = rig.result("已付款，等待到账");
    assert_eq!(pending.reassurance.as_deref(), Some("不用再缴"));
    assert!(common::find(&rig.view, "缴这一笔").is_none());

    rig.tap("撤销这一笔");
    let reminder = rig.result("温馨提示");
    assert!(reminder.lines.concat().contains(&format!("{} 元", due.amount)), "{reminder:?}");
    rig.tap("接着撤销");
    rig.commit("确认撤销", "已经撤销了");
    assert_eq!(state(&rig), DueState::Unpaid);
    let paper = rig.print_receipt();
    assert!(paper.contains("撤销缴费凭条") && paper.contains("已撤销"), "{paper}");
    rig.tap("回到首页");
    assert_eq!(home_agrees(&mut rig, &patron), balance);
    assert_eq!(rig.writes(), (2, 2, 0, 0));

    // The list of premiums tells of the payment that came back.
    rig.tap("家人缴费");
    rig.wait("the premiums", |v| matches!(&v.page, PageView::List(l) if !l.loading));
    rig.tap("返回");
    rig.wait_home();
    assert_eq!(rig.journal().slips, 2, "the end of each receipt");
}

#[test]
fn a_premium_is_paid_from_the_list_of_premiums_and_taken_back_from_its_record() {
    let mut rig = Rig::start();
    let (patron, _, member, due) = rig.payer_within(Money::from_fen(1_500_000));
    let name = gongji_kiosk::domain::masking::mask_name(&member.who.name);
    let year = format!("{}年度居民医保", due.insured_year);
    rig.go_home_as(&patron);
    let balance = home_agrees(&mut rig, &patron);
    rig.tap("家人缴费");
    rig.wait("the premiums", |v| matches!(&v.page, PageView::List(l) if !l.loading));
    rig.tap("替家人缴费");
    let view = rig.wait_title("替谁缴费");
    let PageView::Members(page) = &view.page else { panic!("{view:?}") };
    let card = page.cards.iter().find(|card| card.who.contains(&name)).expect("the relative");
    rig.send(card.tap);
    rig.wait_title("缴哪一年的");
    rig.tap(&year);
    rig.tap("缴这一笔");
    rig.commit("确认缴费", "已经付款，等待到账");
    // At home one is told of the new balance; the list has the payment first.
    rig.print_receipt();
    rig.tap("回到首页");
    assert_eq!(home_agrees(&mut rig, &patron), balance - due.amount);
    rig.tap("家人缴费");
    rig.wait(
        "the payment",
        |v| matches!(&v.page, PageView::List(l) if l.rows.iter().any(|row| row.title == year)),
    );
    rig.tap(&year);
    rig.wait("its record", |v| matches!(v.page, PageView::Record(_)));
    rig.tap("撤销这一笔");
    rig.result("温馨提示");
    rig.tap("接着撤销");
    rig.commit("确认撤销", "已经撤销了");
    rig.print_receipt();
    rig.tap("回到首页");
    assert_eq!(home_agrees(&mut rig, &patron), balance);
    assert_eq!(rig.writes(), (2, 2, 0, 0));
}

#[test]
fn an_invitation_is_turned_down_and_is_not_there_any_more() {
    let mut rig = Rig::start();
    let patron = rig.person("invited");
    let before = rig.family_of(&patron).invitations.len();
    assert!(before > 0);
    rig.go_home_as(&patron);
    let members = common::find(&rig.view, "家人管理").is_some();
    rig.tap(if members { "家人管理" } else { "谁的账户给我用" });
    rig.wait_members();
    rig.tap("看看谁邀请您");
    rig.wait_title("邀请您共用账户");
    rig.tap("不接受");
    rig.commit("确认不接受", "已经回复不接受");
    assert_eq!(rig.family_of(&patron).invitations.len(), before - 1);
    let paper = rig.print_receipt();
    assert!(paper.contains("已谢绝"), "{paper}");
    assert_eq!(rig.writes(), (1, 1, 0, 0));
}

#[test]
fn money_is_locked_for_a_relative_in_another_province_and_comes_back_at_the_release() {
    let mut rig = Rig::start();
    let patron = rig.person("showcase");
    let relative = rig.candidate(&patron, |_| true);
    let no = relative.psn_no().reveal();
    common::family::sql(
        &rig.config.records.db,
        &format!(
            "UPDATE insurance SET insuplc_admdvs = '330100'
             WHERE person = (SELECT id FROM person WHERE psn_no = '{no}')"
        ),
    );
    let yuan = |amount: i64| Money::from_fen(amount * 100);
    rig.go_home();
    let balance = home_agrees(&mut rig, &patron);
    rig.go_to_members();
    rig.begin_to_add();
    rig.place_of(&relative.card);
    rig.relation("配偶");
    rig.hall.lift();
    rig.wait_title("给这位家人锁定多少额度");
    rig.tap("500.00 元");
    rig.tap("我愿意");
    rig.sign();
    let review = rig.review();
    assert!(review.contains("锁定额度：500.00 元"), "{review}");
    rig.commit("确认添加", "家人添加好了");
    let quota = |rig: &Rig| {
        let members = rig.family_of(&patron).members;
        let found = members.into_iter().find(|m| m.who.psn_no == *relative.psn_no());
        found.map(|member| member.quota)
    };
    assert_eq!(quota(&rig), Some(Some(yuan(500))));
    assert_eq!(rig.balance_of(&patron), balance - yuan(500));
    rig.print_receipt();
    rig.tap("回到首页");
    home_agrees(&mut rig, &patron);

    let row = u8::try_from(rig.family_of(&patron).members.len() - 1).unwrap();
    for (amount, left) in [("800", 800), ("200", 200)] {
        rig.go_to_members();
        rig.open_member(row);
        rig.tap("设定额度");
        rig.type_in(amount);
        rig.tap("下一步");
        rig.commit("确认额度", "额度改好了");
        assert_eq!(quota(&rig), Some(Some(yuan(left))));
        assert_eq!(rig.balance_of(&patron), balance - yuan(left));
        rig.print_receipt();
        rig.tap("回到首页");
        home_agrees(&mut rig, &patron);
    }
    rig.go_to_members();
    rig.open_member(row);
    rig.tap("解除绑定");
    let reminder = rig.result("温馨提示");
    assert!(reminder.lines.concat().contains("锁定的 200.00 元"), "{reminder:?}");
    rig.tap("看好了，接着办");
    rig.commit("确认解除", "已经解除了");
    assert_eq!(quota(&rig), None);
    rig.print_receipt();
    rig.tap("回到首页");
    assert_eq!(home_agrees(&mut rig, &patron), balance);
    assert_eq!(rig.writes(), (4, 4, 0, 0));
}
