//! The card reader never answers: before a visit, within one, and while a card is read.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

mod common;

use common::Rig;
use gongji_hal::card::sim::{CardFault, FaultPoint};
use gongji_hal::driver::DeviceState;
use gongji_kiosk::devices::supervise::{Device, What};
use gongji_kiosk::view::model::{PageView, ViewModel};

const FOR_EVER: CardFault = CardFault::DropAnswers(u32::MAX);

fn silence(rig: &Rig) {
    rig.hall.card().with(|reader, _| reader.inject(FOR_EVER));
}

fn answer_again(rig: &Rig) {
    rig.hall.card().with(|reader, _| reader.clear_faults());
}

#[test]
fn an_idle_kiosk_says_so_and_knows_that_the_port_is_there() {
    let mut rig = Rig::start();
    silence(&rig);
    rig.wait_no_slot();
    assert_eq!(rig.devices().standing(Device::Card).unwrap().state, DeviceState::PowerOff);
    answer_again(&rig);
    rig.wait("in service again", |v| *v == ViewModel::default());
    assert_eq!(rig.devices().count(Device::Card, What::Returned), 2);
    rig.go_home();
}

#[test]
fn a_visit_goes_on_and_ends_when_the_card_is_taken() {
    let mut rig = Rig::start();
    rig.go_home();
    silence(&rig);
    rig.wait("the notice", |v| v.notice.as_deref().is_some_and(|n| n.contains("读卡器")));
    rig.tap("账户明细");
    rig.wait_title("账户明细");
    rig.tap("返回");
    rig.preview_account_slip();
    rig.tap("开始打印");
    rig.wait_title("单据打好了");
    answer_again(&rig);
    rig.wait("no notice", |v| v.notice.is_none());
    assert!(!matches!(rig.view.page, PageView::Idle(_)), "the same card was read again");
    rig.hall.remove();
    rig.wait("idle", |v| *v == ViewModel::default());
}

#[test]
fn a_reading_is_given_up_and_the_patron_is_told() {
    let mut rig = Rig::start();
    rig.hall.card().with(|reader, _| reader.inject_at(FaultPoint::transfer(1), FOR_EVER));
    rig.insert("showcase");
    rig.wait("a page that says so", |v| matches!(v.page, PageView::Message(_)));
    answer_again(&rig);
    rig.hall.remove();
    rig.wait("idle", |v| *v == ViewModel::default());
    rig.go_home();
}
