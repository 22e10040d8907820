//! Documents that come, stay, go and change places, on readers of every sort.
#![cfg(feature = "sim")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod idcard_rig;

use gongji_hal::{
    driver::{DeviceState, Driver, Machine},
    idcard::{
        IdCardCommand, IdCardConfig, IdCardError, IdCardRefusal,
        framing::Request,
        limits::COMMAND_LIMIT,
        sim::{AfterReading, IdCardFault},
    },
    time::Duration,
};
use idcard_rig::{KINDS, Rig, document, named};

const NOTHING: [&str; 0] = [];

#[test]
fn the_reader_is_opened_and_named() {
    let mut rig = Rig::fresh(AfterReading::Hides, IdCardConfig::default());
    rig.run_for(500);
    assert_eq!(rig.news(), ["PowerOff", "Online", "Reader 05.01-20050077-0001234567-0000000001"]);
    assert_eq!(rig.state(), DeviceState::Online);
}

#[test]
fn a_document_that_stays_is_told_once() {
    for kind in KINDS {
        let mut rig = Rig::accepting(kind);
        rig.reader.place(document());
        rig.run_for(1000);
        assert_eq!(rig.news(), ["Placed", "Read 张三丰"], "{kind:?}");
        rig.run_for(600);
        assert_eq!(rig.news(), NOTHING, "{kind:?}");
        if kind != AfterReading::HidesForGood {
            rig.run_for(60_000);
            assert_eq!(rig.news(), NOTHING, "{kind:?}");
        }
        assert_eq!(rig.state(), DeviceState::Online, "{kind:?}");
    }
}

#[test]
fn lifting_is_told_on_every_reader() {
    for kind in KINDS {
        for after_ms in [1000, 3000, 10_000] {
            let mut rig = Rig::accepting(kind);
            rig.reader.place(document());
            rig.run_for(after_ms);
            if kind != AfterReading::HidesForGood {
                assert_eq!(rig.news(), ["Placed", "Read 张三丰"], "{kind:?} {after_ms}");
            }
            rig.news();
            rig.reader.lift();
            rig.run_for(2500);
            let early = kind == AfterReading::HidesForGood && after_ms > 1500;
            let expected: &[&str] = if early { &[] } else { &["Lifted"] };
            assert_eq!(rig.news(), expected, "{kind:?} {after_ms}");
            assert!(!rig.driver.is_document_present());
            rig.reader.place(document());
            rig.run_for(1500);
            assert_eq!(rig.news(), ["Placed", "Read 张三丰"], "{kind:?} {after_ms}");
        }
    }
}

#[test]
fn without_a_probe_lifting_is_told_with_the_next_document() {
    let mut rig = Rig::fresh(AfterReading::HidesForGood, IdCardConfig { probes_by_reset: false });
    rig.submit(IdCardCommand::Accept(true));
    rig.run_for(1000);
    rig.news();
    rig.reader.place(document());
    rig.run_for(20_000);
    assert_eq!(rig.news(), ["Placed", "Read 张三丰"]);
    assert_eq!(rig.reader.commands_of(Request::Reset), 1);
    rig.reader.lift();
    rig.run_for(20_000);
    assert_eq!(rig.news(), NOTHING);
    rig.reader.place(named("李四"));
    rig.run_for(1500);
    assert_eq!(rig.news(), ["Lifted", "Placed", "Read 李四"]);
}

#[test]
fn another_document_in_its_place_is_noticed_though_nobody_saw_the_change() {
    for kind in KINDS {
        for after_ms in [700, 1000, 2000, 5000] {
            let mut rig = Rig::accepting(kind);
            rig.reader.place(document());
            rig.run_for(after_ms);
            rig.reader.place(named("李四"));
            rig.run_for(5000);
            let told = rig.news();
            let read: Vec<_> = told.iter().filter(|t| t.starts_with("Read")).collect();
            assert_eq!(read, ["Read 张三丰", "Read 李四"], "{kind:?} {after_ms} {told:?}");
            let at = |what: &str| told.iter().rposition(|t| t == what).expect(what);
            assert!(at("Placed") < at("Read 李四"), "{told:?}");
            assert!(told.iter().position(|t| t == "Lifted").unwrap() < at("Placed"), "{told:?}");
        }
    }
}

#[test]
fn a_document_is_noticed_and_never_read_while_none_is_accepted() {
    for kind in KINDS {
        let mut rig = Rig::new(kind);
        rig.reader.place(document());
        rig.run_for(10_000);
        assert_eq!(rig.news(), ["Placed"]);
        assert_eq!(rig.reader.commands_of(Request::Select), 0);
        assert_eq!(rig.reader.commands_of(Request::ReadText), 0);
        rig.reader.lift();
        rig.run_for(1000);
        assert_eq!(rig.news(), ["Lifted"]);
        rig.reader.place(document());
        rig.run_for(1000);
        rig.submit(IdCardCommand::Accept(true));
        rig.run_for(1000);
        assert_eq!(rig.news(), ["Placed", "Accepting(true)", "Read 张三丰"]);
    }
}

#[test]
fn a_document_of_the_last_patron_is_not_read_again_for_the_next() {
    for kind in [AfterReading::Hides, AfterReading::FindsAgain] {
        let mut rig = Rig::accepting(kind);
        rig.reader.place(document());
        rig.run_for(2000);
        rig.submit(IdCardCommand::Accept(false));
        rig.run_for(10_000);
        rig.submit(IdCardCommand::Accept(true));
        rig.run_for(10_000);
        let told = rig.news();
        let expected = ["Placed", "Read 张三丰", "Accepting(false)", "Accepting(true)"];
        assert_eq!(told, expected, "{kind:?}");
        rig.reader.lift();
        rig.run_for(2500);
        assert_eq!(rig.news(), ["Lifted"], "{kind:?}");
    }
}

#[test]
fn lifting_is_told_while_no_document_is_accepted() {
    for kind in KINDS {
        let mut rig = Rig::accepting(kind);
        rig.reader.place(document());
        rig.run_for(1000);
        rig.submit(IdCardCommand::Accept(false));
        rig.run_for(10);
        rig.news();
        rig.reader.lift();
        rig.run_for(2500);
        assert_eq!(rig.news(), ["Lifted"], "{kind:?}");
    }
}

#[test]
fn a_flicker_is_no_document() {
    let mut rig = Rig::new(AfterReading::Hides);
    for _ in 0..20 {
        rig.reader.place(document());
        rig.run_for(31);
        rig.reader.lift();
        rig.run_for(270);
    }
    assert_eq!(rig.news(), NOTHING);
    // A document that is not found now and then has not been lifted.
    for kind in KINDS {
        let mut rig = Rig::new(kind);
        rig.reader.place(document());
        rig.run_for(1000);
        assert_eq!(rig.news(), ["Placed"]);
        for _ in 0..10 {
            rig.reader.inject(IdCardFault::Status(0x80));
            rig.run_for(900);
        }
        assert_eq!(rig.news(), NOTHING);
        assert_eq!(rig.reader.faults_left(), 0);
    }
}

#[test]
fn a_flicker_of_a_document_that_was_read_is_not_told() {
    let mut rig = Rig::accepting(AfterReading::FindsAgain);
    rig.reader.place(document());
    rig.run_for(2000);
    rig.news();
    for _ in 0..5 {
        rig.reader.inject(IdCardFault::Status(0x80));
        rig.run_for(2000);
    }
    assert_eq!(rig.news(), NOTHING);
    assert_eq!(rig.reader.faults_left(), 0);
}

#[test]
fn a_result_that_nobody_takes_is_wiped_when_documents_are_not_wanted_any_more() {
    let mut rig = Rig::accepting(AfterReading::Hides);
    rig.reader.place(document());
    // Events are not taken: the machines are moved by hand.
    let mut now = rig.now;
    for _ in 0..3000 {
        now = now + Duration::from_millis(1);
        rig.driver.handle_timeout(now);
        let out = rig.driver.pending_output(now).to_vec();
        rig.driver.output_taken(now, out.len());
        rig.reader.receive(now, &out);
        let back = rig.reader.pending_output(now).to_vec();
        rig.reader.output_taken(now, back.len());
        rig.driver.receive(now, &back);
    }
    assert_eq!(rig.reader.commands_of(Request::ReadText), 1);
    rig.driver.submit(now, IdCardCommand::Accept(false)).unwrap();
    let mut told = Vec::new();
    while let Some(event) = rig.driver.poll_event() {
        told.push(format!("{event:?}"));
    }
    assert_eq!(told, ["Placed", "Accepting(false)"]);
}

#[test]
fn accepting_no_document_ends_a_reading_unseen() {
    for ms in (20..700).step_by(20) {
        let mut rig = Rig::accepting(AfterReading::Hides);
        rig.reader.place(document());
        rig.run_for(ms);
        rig.submit(IdCardCommand::Accept(false));
        let before = rig.results.len();
        rig.run_for(3000);
        assert_eq!(rig.results.len(), before, "after {ms} ms");
        assert_eq!(rig.state(), DeviceState::Online);
        assert!(rig.driver.is_document_present());
    }
}

#[test]
fn a_reading_can_be_cancelled_at_any_time() {
    let mut cancelled = 0;
    for ms in (10..900).step_by(10) {
        let mut rig = Rig::accepting(AfterReading::FindsAgain);
        rig.reader.place(document());
        rig.run_for(ms);
        rig.submit(IdCardCommand::Cancel);
        rig.run_for(3000);
        assert!(rig.results.len() == 1, "after {ms} ms: {:?}", rig.told);
        if rig.results.remove(0).is_err_and(|error| error == IdCardError::Cancelled) {
            cancelled += 1;
            // It is left alone until it is lifted.
            rig.run_for(20_000);
            assert!(rig.results.is_empty(), "after {ms} ms: {:?}", rig.told);
            rig.reader.lift();
            rig.run_for(1000);
            rig.reader.place(named("李四"));
            assert_eq!(rig.result().unwrap().name(), "李四");
        }
    }
    assert!((30..80).contains(&cancelled), "{cancelled}");
}

#[test]
fn a_reset_ends_once_and_in_time() {
    let mut rig = Rig::accepting(AfterReading::Hides);
    rig.submit(IdCardCommand::Reset);
    assert_eq!(rig.state(), DeviceState::Busy);
    let again = rig.driver.submit(rig.now, IdCardCommand::Reset);
    assert_eq!(again, Err(IdCardRefusal::Busy));
    rig.run_for(500);
    assert_eq!(rig.news(), ["Reader 05.01-20050077-0001234567-0000000001", "Reset(Ok(()))"]);
    rig.submit(IdCardCommand::Reset);
    rig.submit(IdCardCommand::Cancel);
    rig.run_for(10);
    assert_eq!(rig.news(), ["Reset(Err(Cancelled))"]);
    rig.run_for(1000);
    rig.news();
    rig.reader.inject(IdCardFault::Silence);
    rig.submit(IdCardCommand::Reset);
    rig.run_for(5000);
    assert_eq!(rig.news(), ["Reset(Err(ReaderLost))", "PowerOff"]);
    let gone = rig.driver.submit(rig.now, IdCardCommand::Reset);
    assert_eq!(gone, Err(IdCardRefusal::NoReader));
    rig.reader.clear_faults();
    rig.run_for(4000);
    assert_eq!(rig.state(), DeviceState::Online);
}

#[test]
fn a_reader_that_falls_silent_is_told_and_found_again() {
    for kind in [AfterReading::Hides, AfterReading::FindsAgain] {
        let mut rig = Rig::accepting(kind);
        rig.cut = true;
        rig.run_for(1800);
        assert_eq!(rig.news(), ["PowerOff"]);
        rig.run_for(60_000);
        rig.cut = false;
        rig.reader.place(document());
        rig.run_for(3000);
        let told: Vec<_> = rig.told.iter().map(|told| told.split(' ').next().unwrap()).collect();
        assert_eq!(told, ["Online", "Reader", "Placed", "Read"]);
    }
}

#[test]
fn a_reader_that_falls_silent_at_any_moment_of_a_reading_is_told_with_its_end() {
    for after_ms in (0..700).step_by(7) {
        let mut rig = Rig::accepting(AfterReading::Hides);
        rig.reader.place(document());
        rig.run_for(after_ms);
        rig.news();
        rig.cut = true;
        rig.run_for(COMMAND_LIMIT.as_millis());
        let told = rig.news();
        assert_eq!(rig.state(), DeviceState::PowerOff, "after {after_ms} ms: {told:?}");
        // Whatever was under way has ended, and of one that is read nothing more is told.
        let ends = told.iter().position(|news| news == "PowerOff").unwrap();
        assert_eq!(ends + 1, told.len(), "after {after_ms} ms: {told:?}");
        assert!(told.len() <= 2 || told[ends - 1] == "ReaderLost", "after {after_ms}: {told:?}");
    }
}

#[test]
fn a_lost_link_ends_the_reading_and_a_new_one_starts_over() {
    let mut rig = Rig::accepting(AfterReading::Hides);
    rig.reader.place(document());
    rig.run_for(500);
    rig.driver.link_lost(rig.now);
    rig.reader.link_lost(rig.now);
    assert_eq!(rig.driver.next_timeout(), None);
    assert!(rig.driver.pending_output(rig.now).is_empty());
    rig.noise(&[0xAA; 7]);
    rig.driver.handle_timeout(rig.now);
    rig.run_for(1000);
    assert_eq!(rig.news(), ["Placed", "ReaderLost", "NoDevice"]);
    rig.reader.lift();
    rig.reader.place(named("李四"));
    rig.reader.link_opened(rig.now);
    rig.driver.link_opened(rig.now);
    rig.run_for(2000);
    let told = rig.news();
    assert_eq!(told.last().unwrap(), "Read 李四", "{told:?}");
}

#[test]
fn events_that_nobody_takes_do_not_hide_the_end_of_a_reading() {
    let mut rig = Rig::accepting(AfterReading::Hides);
    rig.reader.place(document());
    rig.run_for(400);
    rig.driver.link_lost(rig.now);
    for _ in 0..100 {
        rig.driver.link_opened(rig.now);
        rig.driver.link_lost(rig.now);
    }
    rig.run_for(10);
    assert_eq!(rig.results.remove(0).unwrap_err(), IdCardError::ReaderLost);
    assert!(rig.told.len() <= 17);
}

#[test]
fn a_document_that_was_lifted_and_put_down_again_is_read_again() {
    let mut rig = Rig::accepting(AfterReading::Hides);
    rig.reader.place(document());
    rig.run_for(1000);
    assert_eq!(rig.news(), ["Placed", "Read 张三丰"]);
    rig.reader.lift();
    rig.run_for(100);
    rig.reader.place(document());
    rig.run_for(1000);
    assert_eq!(rig.news(), ["Lifted", "Placed", "Read 张三丰"]);
}

#[test]
fn a_command_that_is_partly_written_stays_whole_on_the_line() {
    for taken in 0..=10 {
        let mut rig = Rig::new(AfterReading::Hides);
        rig.driver.link_lost(rig.now);
        rig.driver.link_opened(rig.now);
        let mut line = rig.driver.pending_output(rig.now)[..taken].to_vec();
        rig.driver.output_taken(rig.now, taken);
        // Twice not answered in time: it is sent again, and not a byte goes out in between.
        let mut due = rig.now;
        for _ in 0..2 {
            due = rig.driver.next_timeout().unwrap();
            rig.driver.handle_timeout(due);
        }
        line.extend_from_slice(rig.driver.pending_output(due));
        let expected = if taken == 0 { 10 } else { 20 };
        assert_eq!(line.len(), expected, "{taken}");
        assert_eq!(line[..10], line[expected - 10..], "{taken}");
    }
}
