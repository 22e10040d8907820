//! The paper ends in mid-slip: the patron is told, the slip goes on by itself, nothing comes twice.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

mod common;

use common::Rig;
use gongji_kiosk::config::QrWay;
use gongji_kiosk::view::model::{PageView, ViewModel};

#[test]
fn the_slip_goes_on_after_new_paper_and_comes_once() {
    let mut rig = Rig::start();
    rig.go_home();
    rig.preview_account_slip();
    rig.order("fault printer paper-out after 8 lines");
    rig.tap("开始打印");
    let held = rig.wait_title("打印机没有纸了");
    let PageView::Message(page) = &held.page else { panic!("{held:?}") };
    assert_eq!(page.reassurance.as_deref(), Some("您的业务已经办好，没有丢失"));
    assert!(rig.hall.take_papers().is_empty(), "nothing is cut while there is no paper");
    rig.tap("等换纸");
    rig.order("printer paper in");
    rig.wait_title("单据打好了");
    let papers = rig.hall.take_papers();
    let text: String = papers.iter().map(|p| p.text()).collect();
    assert_eq!(text.matches("凭条编号").count(), papers.len(), "each page once: {text}");
    assert_eq!(text.matches("期初余额").count(), 1, "printed once: {text}");
    assert!(!text.contains("补打"), "{text}");
}

#[test]
fn not_waiting_ends_the_slip_and_nothing_of_it_comes_later() {
    let mut rig = Rig::start();
    rig.go_home();
    rig.preview_account_slip();
    rig.order("fault printer paper-out after 8 lines");
    rig.tap("开始打印");
    rig.wait_title("打印机没有纸了");
    rig.tap("不打了");
    let ended = rig.wait("the truth about the slip", |v| {
        common::title(v).contains("没有打出来")
            || common::title(v).contains("不能确定")
            || common::title(v).contains("一部分")
    });
    assert!(!format!("{ended:?}").contains("打好了"), "no success that did not happen");
    rig.hall.remove();
    rig.wait("idle, whatever the printer does", |v| matches!(v.page, PageView::Idle(_)));
    rig.order("printer paper in");
    rig.wait("a healthy kiosk", |v| *v == ViewModel::default());
    // The next patron's slip must hold nothing of the last one's: only a cut-off piece may come.
    rig.insert("showcase");
    rig.wait("home", |v| matches!(v.page, PageView::Home(_)));
    rig.preview_account_slip();
    rig.tap("开始打印");
    rig.wait_title("单据打好了");
    let papers = rig.hall.take_papers();
    let whole = papers.iter().filter(|p| p.text().contains("仅供核对")).count();
    assert_eq!(whole, 1, "one whole slip, the second one");
}

#[test]
fn a_printer_without_paper_before_the_first_byte_is_said_before_printing() {
    let mut rig = Rig::start();
    rig.go_home();
    rig.order("printer paper out");
    rig.wait("the notice", |v| v.notice.as_deref().is_some_and(|n| n.contains("不能打印")));
    rig.tap("账户明细");
    rig.wait_title("账户明细");
    rig.order("printer paper in");
    rig.wait("no notice", |v| v.notice.is_none());
}

#[test]
fn a_printer_that_loses_its_place_in_an_image_is_found_again() {
    let mut rig = Rig::with(common::fast(), |config| {
        config.printer.as_mut().unwrap().qr = QrWay::Raster;
    });
    rig.go_home();
    for row in [3, 40] {
        rig.preview_account_slip();
        let before = rig.seen.len();
        rig.order(&format!("fault printer paper-out-in-image in raster row {row}"));
        rig.print_preview();
        rig.wait_title("打印机没有纸了");
        rig.tap("不打了");
        rig.wait_title("不能确定");
        let printed = |v: &std::sync::Arc<ViewModel>| common::title(v).contains("打好了");
        assert!(!rig.seen[before..].iter().any(printed), "row {row}");
        rig.order("printer paper in");
        rig.tap("回到首页");
        rig.wait("a printer in order", |v| v.notice.is_none());
        rig.hall.take_papers();
        rig.preview_account_slip();
        rig.print_preview();
        rig.wait_title("单据打好了");
        let text: String = rig.hall.take_papers().iter().map(|p| p.text()).collect();
        assert_eq!(text.matches("期初余额").count(), 1, "row {row}: {text}");
        rig.tap("回到首页");
    }
}
