//! A visit by card, by identity document and by 医保码, over kernel ttys; and by a number that is typed.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

mod common;

use common::Rig;
use gongji_hal::driver::Machine;
use gongji_kiosk::devices::supervise::{Device, What};
use gongji_kiosk::records::generate::GENERATED_PIN;
use gongji_kiosk::view::model::{PageView, ViewModel};
use gongji_kiosk::visit::event::Tap;

/// The home page of the sample person, as their card shows it.
fn home_of(rig: &mut Rig, label: &str) -> PageView {
    rig.insert(label);
    let home = rig.wait("home", |v| matches!(v.page, PageView::Home(_)));
    rig.hall.remove();
    rig.wait("idle", |v| *v == ViewModel::default());
    home.page.clone()
}

fn finish(rig: &mut Rig) {
    rig.send(Tap::Finish);
    rig.wait("the end of the visit", |v| !matches!(v.page, PageView::Home(_)));
}

/// Answers the question for whom the visit is with its n-th choice.
fn choose(rig: &mut Rig, row: u8) {
    rig.wait_title("这次为谁办理");
    rig.send(Tap::Row(row));
}

#[test]
fn each_medium_leads_the_same_person_home() {
    let mut rig = Rig::start();
    let home = home_of(&mut rig, "showcase");

    rig.place("showcase");
    rig.wait("home by document", |v| v.page == home);
    rig.hall.lift();
    rig.until("the document seen lifted", |rig| rig.lit().then_some(()));
    finish(&mut rig);
    rig.wait("idle", |v| *v == ViewModel::default());

    let code = rig.code_of("showcase");
    rig.scan(&code);
    rig.wait("home by code", |v| v.page == home);
    finish(&mut rig);
    rig.wait("idle", |v| *v == ViewModel::default());

    rig.scan(&rig.code_of("showcase"));
    rig.wait("home by a fresh code", |v| v.page == home);
    finish(&mut rig);
    rig.wait("idle", |v| *v == ViewModel::default());
    // The first one was used, and is refused from now on.
    rig.scan(&code);
    rig.wait("a refusal", |v| matches!(v.page, PageView::Message(_)));
    rig.scan(&rig.code_of("showcase"));
    rig.wait("home by a fresh code", |v| v.page == home);
}

#[test]
fn a_number_typed_leads_home_and_by_itself_to_nothing() {
    let mut rig = Rig::start();
    let home = home_of(&mut rig, "showcase");
    let number = rig.card_file("showcase").id_number;
    let mut told = Vec::new();
    for (number, password) in
        [(common::stranger().id_number.as_str(), GENERATED_PIN), (number.as_str(), "000000")]
    {
        rig.type_both(number, password);
        let wrong =
            |view: &ViewModel| matches!(&view.page, PageView::Pad(pad) if pad.note.is_some());
        told.push(rig.wait("the word that it is wrong", wrong));
        rig.tap("不记得密码");
        rig.tap("知道了");
        rig.wait("idle", |v| *v == ViewModel::default());
    }
    assert_eq!(told[0], told[1], "who types a number learns whether its owner is insured");
    rig.type_both(&number, GENERATED_PIN);
    rig.wait("home by number", |v| v.page == home);
    rig.tap("办完了");
    rig.wait("idle", |v| *v == ViewModel::default());
}

#[test]
fn a_document_that_lies_there_at_the_end_is_asked_for_and_begins_nothing() {
    let mut rig = Rig::start();
    rig.place("showcase");
    rig.wait("home", |v| matches!(v.page, PageView::Home(_)));
    finish(&mut rig);
    rig.wait_title("请拿走您的身份证");
    rig.hall.lift();
    rig.wait("idle", |v| *v == ViewModel::default());
    // The same one again is a new visit.
    rig.place("showcase");
    rig.wait("home", |v| matches!(v.page, PageView::Home(_)));
}

#[test]
fn documents_that_cannot_be_used_are_refused_and_the_kiosk_goes_on() {
    let mut rig = Rig::start();
    for label in ["expired", "foreigner-2017", "hk-macao-taiwan"] {
        rig.place(label);
        rig.wait(label, |v| matches!(v.page, PageView::Message(_)));
        rig.hall.lift();
        rig.tap("知道了");
        rig.wait("idle", |v| *v == ViewModel::default());
    }
    rig.order("fault idcard sw3 31 3");
    rig.place("showcase");
    rig.wait("not genuine", |v| matches!(v.page, PageView::Message(_)));
    rig.hall.lift();
    rig.order("fault idcard clear");
    rig.place("showcase");
    rig.wait("home", |v| matches!(v.page, PageView::Home(_)));
}

#[test]
fn a_visit_by_document_outlives_its_reader_and_asks_for_the_document_when_it_is_back() {
    let mut rig = Rig::start();
    rig.place("showcase");
    let home = rig.wait("home", |v| matches!(v.page, PageView::Home(_)));
    rig.order("idcard unplug");
    let count = |rig: &Rig, what| rig.devices().count(Device::IdCard, what);
    rig.until("the loss told", |rig| (count(rig, What::Lost) > 0).then_some(()));
    rig.tap("账户明细");
    rig.wait_title("账户明细");
    rig.tap("返回");
    rig.wait("home again", |v| v.page == home.page);
    let returned = count(&rig, What::Returned);
    rig.order("idcard replug");
    rig.until("the return told", |rig| (count(rig, What::Returned) > returned).then_some(()));
    rig.tap("家人缴费");
    rig.wait_title("家人缴费");
    rig.tap("返回");
    rig.wait("home again", |v| v.page == home.page);
    finish(&mut rig);
    rig.wait_title("请拿走您的身份证");
    rig.hall.lift();
    rig.wait("idle", |v| *v == ViewModel::default());
}

#[test]
fn the_media_of_two_persons_are_asked_about() {
    let mut rig = Rig::start();
    let first = home_of(&mut rig, "showcase");
    let other = home_of(&mut rig, "normal");
    assert_ne!(first, other);

    rig.place("showcase");
    rig.wait("home by document", |v| v.page == first);
    rig.hall.lift();
    // By code, and the first one's visit is kept.
    rig.scan(&rig.code_of("normal"));
    choose(&mut rig, 0);
    rig.wait("home as before", |v| v.page == first);
    // By card, and the visit becomes the other's: the card ends it.
    rig.insert("normal");
    choose(&mut rig, 1);
    rig.wait("the other's home", |v| v.page == other);
    rig.hall.remove();
    rig.wait("idle", |v| *v == ViewModel::default());

    // By document, in a visit that a card binds.
    rig.insert("showcase");
    rig.wait("home by card", |v| v.page == first);
    rig.place("normal");
    choose(&mut rig, 1);
    rig.wait("the other's home", |v| v.page == other);
    rig.hall.remove();
    finish(&mut rig);
    rig.wait_title("请拿走您的身份证");
    rig.hall.lift();
    rig.wait("idle", |v| *v == ViewModel::default());
}

#[test]
fn the_card_of_the_same_person_binds_a_visit_by_code() {
    let mut rig = Rig::start();
    rig.scan(&rig.code_of("showcase"));
    rig.wait("home", |v| matches!(v.page, PageView::Home(_)));
    rig.insert("showcase");
    // The light goes out while the card is read and looked up.
    rig.until("the card being looked at", |rig| (!rig.lit()).then_some(()));
    rig.until("the card known", |rig| rig.lit().then_some(()));
    rig.hall.remove();
    rig.wait("idle", |v| *v == ViewModel::default());
}

#[test]
fn a_code_held_up_where_none_is_asked_for_is_not_seen_or_dropped() {
    let mut rig = Rig::start();
    rig.order("code light always");
    rig.go_home();
    rig.preview_account_slip();
    rig.order("fault printer paper-out after 8 lines");
    rig.print_preview();
    rig.wait_title("打印机没有纸了");
    let code = rig.code_of("normal");
    assert!(rig.hall.scan(&code), "the scanner is always lit");
    let unsent = |rig: &Rig| rig.hall.code().with(|scanner, _| scanner.next_timeout()).flatten();
    rig.until("the code sent", |rig| unsent(rig).is_none().then_some(()));
    rig.tap("等换纸");
    rig.wait("waiting for paper", |v| common::find(v, "等换纸").is_none());
    rig.hall.remove();
    rig.wait("idle", |v| matches!(v.page, PageView::Idle(_)));
    rig.order("printer paper in");
    rig.wait("in service", |v| *v == ViewModel::default());
    // Nobody has used it.
    rig.scan(&code);
    rig.wait("home", |v| matches!(v.page, PageView::Home(_)));
}

#[test]
fn a_person_whose_card_is_lost_is_served_by_document() {
    let mut rig = Rig::start();
    rig.insert("lost");
    rig.wait_title("已经挂失");
    rig.hall.remove();
    rig.wait("idle", |v| *v == ViewModel::default());
    let lost = rig.card_file("lost");
    rig.place_of(&lost);
    rig.wait("home by document", |v| matches!(v.page, PageView::Home(_)));
}
