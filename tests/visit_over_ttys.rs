//! A whole visit over kernel ttys: card in, records seen, both statements printed, card out.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

mod common;

use common::{Rig, is_idle, title};
use gongji_hal::printer::sim::SimConfig;
use gongji_kiosk::config::PaperWidth;
use gongji_kiosk::view::model::{PageView, ViewModel};

#[test]
fn a_patron_sees_the_records_and_takes_both_statements_home() {
    let mut rig = Rig::start();
    let idle = rig.view.clone();
    assert_eq!(*idle, ViewModel::default(), "a healthy kiosk that serves nobody");

    let home = rig.go_home();
    let PageView::Home(page) = &home.page else { panic!("{home:?}") };
    assert!(page.greeting.contains('*'), "{}", page.greeting);
    assert!(!page.used_by.is_empty());
    let balance = page.balance.clone();

    rig.tap("账户明细");
    let list = rig.wait_title("账户明细");
    let PageView::List(page) = &list.page else { panic!("{list:?}") };
    assert!(!page.rows.is_empty() && page.rows.len() <= 5);
    let row = page.rows[0].title.clone();
    rig.tap(&row);
    rig.wait("one record", |v| matches!(v.page, PageView::Record(_)));
    rig.tap("返回");
    rig.wait_title("账户明细");
    rig.tap("返回");

    rig.tap("家人用了多少");
    let list = rig.wait_title("家人用了多少");
    let PageView::List(page) = &list.page else { panic!("{list:?}") };
    assert!(!page.bars.is_empty(), "the chart");
    rig.tap("换月份");
    rig.wait("the months", |v| matches!(v.page, PageView::Months(_)));
    rig.tap("去年");
    rig.wait_title("家人用了多少");
    rig.tap("返回");

    rig.tap("家人缴费");
    rig.wait_title("家人缴费");
    rig.tap("返回");

    for (choice, name) in
        [("余额和明细", "个人账户余额及明细单"), ("家人用了多少", "共济支付情况单")]
    {
        rig.tap("打印单据");
        rig.wait_title("打印哪一份");
        rig.tap(choice);
        rig.wait("the preview", |v| matches!(&v.page, PageView::Preview(p) if p.picture.is_some()));
        rig.tap("开始打印");
        rig.wait_title("单据打好了");
        let papers = rig.hall.take_papers();
        let text: String = papers.iter().map(|p| p.text()).collect();
        assert!(text.contains(name), "{text}");
        assert!(text.contains("仅供核对"), "{text}");
        if name.starts_with('个') {
            assert!(text.contains(&balance), "the balance of the screen is on paper: {text}");
        }
        rig.tap("回到首页");
    }

    rig.tap("办完了，取卡");
    rig.wait_title("请取走您的卡");
    rig.hall.remove();
    assert_eq!(rig.wait_idle(), idle, "nothing is left");
}

#[test]
fn a_visit_ends_when_the_card_is_taken_from_any_page() {
    let mut rig = Rig::start();
    for choice in ["", "账户明细", "家人用了多少", "家人缴费", "打印单据", "使用帮助"]
    {
        rig.go_home();
        if !choice.is_empty() {
            rig.tap(choice);
            rig.wait(choice, |v| !matches!(v.page, PageView::Home(_)));
        }
        rig.hall.remove();
        let left = rig.wait_idle();
        assert_eq!(*left, ViewModel::default(), "after {choice}");
    }
}

#[test]
fn narrow_paper_takes_the_same_statement() {
    let printer = SimConfig {
        paper: gongji_hal::printer::profile::Paper::Mm58,
        process_ids: false,
        ..common::fast()
    };
    let mut rig = Rig::with(printer, |config| {
        config.printer.as_mut().unwrap().paper = PaperWidth::Mm58;
    });
    rig.go_home();
    rig.preview_account_slip();
    rig.tap("开始打印");
    rig.wait_title("单据打好了");
    let papers = rig.hall.take_papers();
    assert!(!papers.is_empty());
    assert!(papers.iter().all(|paper| paper.bitmap().width() == 384));
}

#[test]
fn a_kiosk_without_a_printer_answers_and_says_so() {
    let mut rig = Rig::with(common::fast(), |config| config.printer = None);
    let notice = rig.view.notice.clone().unwrap_or_default();
    assert!(notice.contains("不打印单据"), "{notice}");
    let home = rig.go_home();
    assert!(common::find(&home, "打印单据").is_none());
    rig.tap("账户明细");
    let list = rig.wait_title("账户明细");
    assert!(common::find(&list, "打印这一份").is_none());
}

#[test]
fn cards_that_cannot_be_used_get_a_page_each_and_the_kiosk_goes_on() {
    let mut rig = Rig::start();
    for (label, heading) in [("expired", "过了有效期"), ("lost", "已经挂失")] {
        rig.insert(label);
        rig.wait_title(heading);
        rig.hall.remove();
        rig.wait("idle", is_idle);
    }
    let stranger = common::stranger();
    rig.hall.insert(stranger.card().unwrap());
    rig.wait_title("没有查到");
    rig.hall.remove();
    rig.wait("idle", is_idle);
    for (change, heading) in [(true, "读不到卡里的芯片"), (false, "这不是社保卡")] {
        let mut file = rig.card_file("showcase");
        file.mute = change;
        file.other_card = !change;
        rig.hall.insert(file.card().unwrap());
        rig.wait_title(heading);
        rig.hall.remove();
        rig.wait("idle", is_idle);
    }
    rig.go_home();
}

#[test]
fn a_card_that_gives_only_its_number_is_named_by_the_ledger() {
    let mut rig = Rig::start();
    let mut file = rig.card_file("showcase");
    file.version = "3.00".into();
    file.number_only = true;
    rig.hall.insert(file.card().unwrap());
    let home = rig.wait("home", |v| matches!(v.page, PageView::Home(_)));
    assert!(title(&home).contains("您好"));
}
