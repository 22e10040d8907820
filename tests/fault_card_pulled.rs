//! The card is pulled out while it is being read, or another one is put in its place.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

mod common;

use common::Rig;
use gongji_kiosk::view::model::{PageView, ViewModel};

#[test]
fn a_card_pulled_in_mid_apdu_is_asked_for_again() {
    let mut rig = Rig::start();
    rig.hall.card().with(|reader, _| {
        use gongji_hal::card::sim::{CardFault, FaultPoint};
        reader.inject_at(FaultPoint::transfer(3), CardFault::Pull);
    });
    rig.insert("showcase");
    rig.wait_title("卡取出得早了一点");
    rig.wait("idle again, without a touch", |v| *v == ViewModel::default());
    rig.go_home();
}

#[test]
fn a_card_exchanged_in_mid_apdu_never_mixes_two_people() {
    let mut rig = Rig::start();
    let other = rig.card_file("lost").card().unwrap();
    rig.hall.card().with(|reader, _| {
        use gongji_hal::card::sim::{CardFault, FaultPoint};
        reader.inject_at(FaultPoint::transfer(4), CardFault::Swap(Box::new(other)));
    });
    rig.insert("showcase");
    // Whatever is read next is the second card's, which was reported lost.
    rig.wait("the second card's page", |v| {
        common::title(v).contains("挂失") || common::title(v).contains("卡取出得早了一点")
    });
    assert!(!rig.seen.iter().any(|v| matches!(v.page, PageView::Home(_))));
}

#[test]
fn a_card_pulled_by_order_at_its_first_block_is_asked_for_again() {
    let mut rig = Rig::start();
    rig.order("fault card pull");
    rig.insert("showcase");
    rig.wait_title("卡取出得早了一点");
    let wrong = rig.hall.order("fault card pull after x blocks").unwrap_err();
    assert!(wrong.starts_with("after x blocks: takes"), "{wrong}");
}

#[test]
fn a_card_exchanged_by_order_at_its_sixth_block_never_mixes_two_people() {
    let mut rig = Rig::start();
    rig.order("fault card swap after 5 blocks");
    rig.insert("showcase");
    // In its place comes a good card of somebody whom no ledger knows.
    rig.wait_title("没有查到这张卡的参保记录");
    assert!(!rig.seen.iter().any(|v| matches!(v.page, PageView::Home(_))));
}
