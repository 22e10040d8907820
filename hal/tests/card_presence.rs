//! Cards and readers that come and go.
#![cfg(feature = "sim")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod card_rig;

use card_rig::{KINDS, Rig, card, named};
use gongji_hal::{
    card::{
        CardCommand, CardDriver, CardError,
        frame::lrc,
        message::Command,
        sim::{CardFault, FaultPoint, ReaderKind},
    },
    driver::{DeviceState, Driver, Machine},
    time::{Duration, Instant},
};

#[test]
fn a_card_that_comes_and_goes_is_told_once() {
    for kind in KINDS {
        let mut rig = Rig::new(kind);
        rig.run_for(1000);
        rig.told.clear();
        // A reader without card events is asked often enough.
        let soon = if kind == ReaderKind::Sec1210 { 600 } else { 250 };
        rig.insert(card());
        rig.run_for(soon);
        assert_eq!(rig.told, ["Present"]);
        rig.run_for(5000);
        rig.remove();
        rig.run_for(soon);
        assert_eq!(rig.told, ["Present", "Removed"]);
    }
}

#[test]
fn a_card_that_was_in_before_the_reader_answered_is_told() {
    let mut rig = Rig::new(ReaderKind::GemPcTwin);
    rig.insert(card());
    rig.run_for(1000);
    assert_eq!(rig.told.last().map(String::as_str), Some("Present"));
}

#[test]
fn a_card_is_seen_without_card_events() {
    let mut rig = Rig::new(ReaderKind::GemCorePosPro);
    // The reader refuses to send them.
    rig.reader
        .inject_at(FaultPoint { command: Some(Command::Escape), skip: 1 }, CardFault::CardError(0));
    rig.run_for(1000);
    rig.reader.link_lost(rig.now);
    rig.reader.link_opened(rig.now);
    rig.told.clear();
    rig.insert(card());
    rig.run_for(600);
    assert_eq!(rig.told, ["Present"]);
    rig.remove();
    rig.run_for(600);
    assert_eq!(rig.told, ["Present", "Removed"]);
}

#[test]
fn bouncing_contacts_are_one_card() {
    let mut rig = Rig::new(ReaderKind::GemPcTwin);
    rig.run_for(1000);
    rig.told.clear();
    for _ in 0..6 {
        rig.insert(card());
        rig.run_for(13);
        rig.remove();
        rig.run_for(9);
    }
    rig.insert(card());
    rig.run_for(1000);
    assert_eq!(rig.told, ["Present"]);
}

#[test]
fn false_card_events_change_nothing() {
    for kind in KINDS {
        let mut rig = Rig::with_card(kind, card());
        rig.read().0.unwrap();
        rig.told.clear();
        rig.noise(&[0x50, 0x02]);
        rig.run_for(100);
        rig.noise(&[0x50, 0x03]);
        rig.run_for(1000);
        assert_eq!(rig.told, Vec::<String>::new());
        // In mid-reading, too: the card still has its power, so it is the same card.
        rig.driver.submit(rig.now, CardCommand::Read).unwrap();
        rig.run_for(100);
        rig.noise(&[0x50, 0x02]);
        rig.run_for(2000);
        assert!(rig.results.remove(0).is_ok());
    }
}

#[test]
fn a_card_event_during_a_heartbeat_is_followed_up_at_once() {
    let mut rig = Rig::with_card(ReaderKind::GemCorePosPro, card());
    rig.reader.inject(CardFault::Late(Duration::from_millis(150)));
    while rig.reader.faults_left() > 0 {
        rig.run_for(1);
    }
    let polls = rig.reader.commands_of(0x65);
    rig.noise(&[0x50, 0x02]);
    rig.run_for(200);
    assert_eq!(rig.reader.commands_of(0x65), polls + 1);
}

#[test]
fn two_cards_are_never_mixed() {
    for (offset, kind) in KINDS.into_iter().enumerate() {
        let mut ended_ok = 0;
        // Swapped at moments all over a reading, faster than any hand.
        for ms in (offset as u64..450).step_by(3) {
            let mut rig = Rig::with_card(kind, card());
            rig.driver.submit(rig.now, CardCommand::Read).unwrap();
            rig.run_for(ms + 1);
            rig.insert(named("李四"));
            rig.run_for(3000);
            assert_eq!(rig.results.len(), 1, "after {ms} ms");
            match rig.results.remove(0) {
                // Without card events an exchanged card looks like one that fell silent.
                Err(CardError::Mute) if kind == ReaderKind::Sec1210 => {}
                Err(error) => assert_eq!(error, CardError::Removed, "after {ms} ms"),
                Ok(read) => {
                    let first = read.card_id.starts_with("9999");
                    let name = if first { "张三丰" } else { "李四" };
                    assert_eq!(read.name.as_deref(), Some(name), "after {ms} ms");
                    ended_ok += 1;
                }
            }
            rig.run_for(1000);
            let second = rig.read().0.unwrap();
            assert_eq!(second.name.as_deref(), Some("李四"));
        }
        assert!((1..140).contains(&ended_ok), "{ended_ok}");
    }
}

#[test]
fn a_swap_after_the_reading_is_told_however_fast() {
    for kind in KINDS {
        let mut rig = Rig::with_card(kind, card());
        rig.read().0.unwrap();
        rig.told.clear();
        rig.insert(named("李四"));
        rig.run_for(1000);
        assert_eq!(rig.told, ["Removed", "Present"]);
    }
}

#[test]
fn a_card_pulled_in_mid_reading_is_told_as_removed() {
    let mut rig = Rig::with_card(ReaderKind::GemPcTwin, card());
    rig.reader.inject_at(FaultPoint::transfer(5), CardFault::Pull);
    assert_eq!(rig.read().0.unwrap_err(), CardError::Removed);
    rig.run_for(1000);
    assert_eq!(rig.told, ["Read", "Removed"]);
}

#[test]
fn a_reader_that_falls_silent_is_told_and_found_again() {
    for kind in KINDS {
        let mut rig = Rig::with_card(kind, card());
        rig.cut = true;
        rig.run_for(1500);
        assert_eq!(rig.told, ["PowerOff"]);
        assert_eq!(rig.state(), DeviceState::PowerOff);
        rig.run_for(60_000);
        rig.cut = false;
        rig.told.clear();
        rig.run_for(3500);
        let told: Vec<_> = rig.told.iter().map(|t| t.split(' ').next().unwrap()).collect();
        assert_eq!(told, ["Reader", "Online", "Present"]);
        assert!(rig.read().0.is_ok());
    }
}

#[test]
fn a_lost_link_ends_the_reading_and_a_new_one_starts_over() {
    let mut rig = Rig::with_card(ReaderKind::GemPcTwin, card());
    rig.driver.submit(rig.now, CardCommand::Read).unwrap();
    rig.run_for(100);
    rig.driver.link_lost(rig.now);
    rig.reader.link_lost(rig.now);
    assert_eq!(rig.driver.next_timeout(), None);
    assert!(rig.driver.pending_output(rig.now).is_empty());
    rig.driver.receive(rig.now, &[0x50, 0x02]);
    rig.driver.handle_timeout(rig.now);
    rig.run_for(1000);
    assert_eq!(rig.results.remove(0).unwrap_err(), CardError::ReaderLost);
    assert_eq!(rig.told, ["Read", "NoDevice"]);
    rig.remove();
    rig.told.clear();
    rig.reader.link_opened(rig.now);
    rig.driver.link_opened(rig.now);
    rig.run_for(1000);
    assert_eq!(rig.told, ["PowerOff", "Reader SIM-TWIN 1.00 true", "Online", "Removed"]);
}

#[test]
fn a_line_of_nothing_but_garbage_is_a_fault_of_the_hardware() {
    let mut rig = Rig::with_card(ReaderKind::GemCorePosPro, card());
    rig.reader.inject(CardFault::WrongLrc(1000));
    rig.run_for(3000);
    assert_eq!(rig.state(), DeviceState::HardwareError);
    rig.reader.clear_faults();
    rig.run_for(3000);
    assert_eq!(rig.state(), DeviceState::Online);
}

#[test]
fn a_reader_that_reports_a_fault_of_its_slot_needs_a_technician() {
    let mut rig = Rig::with_card(ReaderKind::GemCorePosPro, card());
    rig.reader.inject_at(FaultPoint::next(Command::SlotStatus), CardFault::CardError(0x05));
    rig.run_for(1500);
    assert_eq!(rig.told, ["HardwareError", "Online"]);
}

#[test]
fn a_command_that_is_partly_written_stays_whole_however_often_it_is_sent_again() {
    for taken in 0..=14 {
        let mut driver = CardDriver::new();
        driver.link_opened(Instant::from_millis(0));
        let mut line = driver.pending_output(Instant::from_millis(0))[..taken].to_vec();
        driver.output_taken(Instant::from_millis(0), taken);
        // Twice not answered, and not a byte goes out in between.
        let mut due = Instant::from_millis(0);
        for _ in 0..2 {
            due = driver.next_timeout().unwrap();
            driver.handle_timeout(due);
        }
        line.extend_from_slice(driver.pending_output(due));
        let frames: Vec<_> = line.chunks(14).collect();
        assert_eq!(frames.len(), if taken == 0 { 1 } else { 2 }, "{taken}");
        for frame in frames {
            assert_eq!((&frame[..3], lrc(frame)), (&[0x03, 0x06, 0x6B][..], 0), "{taken}");
        }
    }
}

#[test]
fn events_that_nobody_takes_do_not_hide_the_end_of_a_command() {
    let mut rig = Rig::with_card(ReaderKind::GemCorePosPro, card());
    rig.driver.submit(rig.now, CardCommand::Read).unwrap();
    rig.driver.link_lost(rig.now);
    for _ in 0..100 {
        rig.driver.link_opened(rig.now);
        rig.driver.link_lost(rig.now);
    }
    rig.run_for(10);
    assert_eq!(rig.results.remove(0).unwrap_err(), CardError::ReaderLost);
    assert!(rig.told.len() <= 17);
}
