//! Every fault of the line, the reader and the document, and how a reading ends under it.
#![cfg(feature = "sim")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod idcard_rig;

use gongji_hal::{
    driver::DeviceState,
    idcard::{
        IdCardError, SamStatus, TextError,
        framing::Request,
        sim::{AfterReading, FaultPoint, IdCardFault, SimIdDocument},
        status::SAM_STATUSES,
    },
    time::Duration,
};
use idcard_rig::{KINDS, Rig, document, named};
use proptest::prelude::*;

const LATE: Duration = Duration::from_millis(700);

/// A fault, where it strikes, and how the reading ends.
type Case = (IdCardFault, Request, Result<&'static str, IdCardError>);

fn table() -> Vec<Case> {
    use Request::{Find, ReadText, Select};
    let mine = Ok("张三丰");
    let swap = || IdCardFault::Swap(Box::new(named("李四")));
    let mut table = vec![
        (IdCardFault::JunkBeforeFrame, ReadText, mine),
        (IdCardFault::JunkBeforeFrame, Select, mine),
        (IdCardFault::HalfFrameThenSilence, ReadText, mine),
        (IdCardFault::HalfFrameThenSilence, Select, mine),
        (IdCardFault::HalfFrameThenSilence, Find, mine),
        (IdCardFault::WrongChecksum(2), ReadText, mine),
        (IdCardFault::WrongChecksum(9), ReadText, Err(IdCardError::Transmission)),
        (IdCardFault::WrongChecksum(2), Select, mine),
        (IdCardFault::WrongChecksum(2), Find, mine),
        (IdCardFault::DropAnswers(2), Find, mine),
        (IdCardFault::DropAnswers(2), Select, mine),
        (IdCardFault::DropAnswers(1), ReadText, mine),
        (IdCardFault::DropAnswers(9), ReadText, Err(IdCardError::TimedOut)),
        (IdCardFault::DropAnswers(9), Select, Err(IdCardError::ReaderLost)),
        (IdCardFault::Late(LATE), Find, mine),
        (IdCardFault::Late(LATE), Select, mine),
        (IdCardFault::Late(LATE), ReadText, mine),
        (IdCardFault::Late(Duration::from_millis(1600)), ReadText, mine),
        (IdCardFault::Lift, ReadText, Err(IdCardError::LiftedOff)),
        (swap(), ReadText, Ok("李四")),
        (swap(), Select, Ok("李四")),
        (IdCardFault::Status(0x41), ReadText, mine),
        (IdCardFault::Status(0x81), Select, mine),
        (IdCardFault::Status(0x80), Find, mine),
        (IdCardFault::Status(0x60), ReadText, Err(IdCardError::Sam(SamStatus::SelfTest))),
        (IdCardFault::Status(0x66), Select, Err(IdCardError::Sam(SamStatus::NotAuthorised))),
        (IdCardFault::Status(0x24), ReadText, Err(IdCardError::Sam(SamStatus::UnknownCommand))),
    ];
    for bit in [0, 41, 50, 60, 75, 90, 110, 600, 3000, 10_000, 10_359] {
        table.push((IdCardFault::FlipBit(bit), ReadText, mine));
        table.push((IdCardFault::FlipBit(bit), Select, mine));
    }
    table
}

#[test]
fn every_fault_ends_as_it_should() {
    for kind in [AfterReading::Hides, AfterReading::FindsAgain] {
        for (index, (fault, request, expected)) in table().into_iter().enumerate() {
            let mut rig = Rig::accepting(kind);
            let what = format!("case {index}, {fault:?} in {request:?} on {kind:?}");
            rig.reader.inject_at(FaultPoint::next(request), fault);
            rig.reader.place(document());
            let start = rig.now;
            let result = rig.result();
            let took = rig.now.since(start).as_millis();
            let name = result.as_ref().map(|read| read.name());
            assert_eq!(name, expected.as_ref().copied(), "{what}: {:?}", rig.told);
            assert!(took <= 5300, "{what}: {took} ms");
            // Whatever happened, the reader and another document work afterwards.
            rig.reader.clear_faults();
            rig.reader.lift();
            rig.run_for(6000);
            assert_eq!(rig.state(), DeviceState::Online, "{what}");
            assert!(!rig.driver.is_document_present(), "{what}");
            rig.results.clear();
            rig.reader.place(named("王五"));
            assert_eq!(rig.result().unwrap().name(), "王五", "{what}");
        }
    }
}

/// Each status byte, what it makes of a reading that gets it again and again, and the state.
#[test]
fn every_status_is_told_apart() {
    let others = [(0x00, SamStatus::Other(0x00)), (0x7E, SamStatus::Other(0x7E))];
    for (code, status) in SAM_STATUSES.into_iter().chain(others) {
        assert_eq!((SamStatus::from_code(code), status.code()), (status, code));
        let mut rig = Rig::accepting(AfterReading::FindsAgain);
        for _ in 0..20 {
            let point = FaultPoint::next(Request::ReadText);
            rig.reader.inject_at(point, IdCardFault::Status(code));
        }
        rig.reader.place(document());
        let error = rig.result().unwrap_err();
        let state = rig.state();
        let expected = match status {
            // A good status without a text is no answer at all.
            SamStatus::Done | SamStatus::Found => (IdCardError::TimedOut, DeviceState::Online),
            SamStatus::Checksum | SamStatus::Length => {
                (IdCardError::Transmission, DeviceState::Online)
            }
            SamStatus::DocumentRejectsSam
            | SamStatus::SamRejectsDocument
            | SamStatus::Verification => (IdCardError::Sam(status), DeviceState::SuspectedFraud),
            SamStatus::SelfTest | SamStatus::NotAuthorised => {
                (IdCardError::Sam(status), DeviceState::HardwareError)
            }
            _ => (IdCardError::Sam(status), DeviceState::UserError),
        };
        assert_eq!((error, state), expected, "{code:02X}");
        assert!(!error.to_string().is_empty() && !status.to_string().is_empty());
        rig.reader.clear_faults();
        rig.reader.lift();
        rig.run_for(4000);
        assert_eq!(rig.state(), DeviceState::Online, "{code:02X}");
    }
}

#[test]
fn a_document_that_fails_is_told_once_and_may_succeed_later() {
    let mut rig = Rig::accepting(AfterReading::FindsAgain);
    for _ in 0..9 {
        rig.reader.inject(IdCardFault::Status(0x41));
    }
    rig.reader.place(document());
    rig.run_for(30_000);
    let failed = "Sam(ReadFailed)";
    let expected = ["Placed", "UserError", failed, "Online", "Read 张三丰"];
    assert_eq!(rig.news(), expected);
}

#[test]
fn a_document_that_cannot_be_understood_is_told_with_its_reason() {
    let wrong = SimIdDocument::resident().number("999999194001010017").build().unwrap();
    for kind in [AfterReading::Hides, AfterReading::FindsAgain] {
        let mut rig = Rig::accepting(kind);
        rig.reader.place(wrong.clone());
        let error = rig.result().unwrap_err();
        assert_eq!(error, IdCardError::Text(TextError::CheckCharacter));
        assert_eq!(rig.state(), DeviceState::UserError);
        rig.run_for(20_000);
        assert!(rig.results.is_empty());
        rig.reader.lift();
        rig.run_for(2500);
        assert_eq!(rig.state(), DeviceState::Online, "{:?}", rig.told);
    }
}

#[test]
fn a_module_that_is_not_well_is_a_matter_for_a_technician_until_it_is() {
    for code in [0x60, 0x66] {
        let mut rig = Rig::new(AfterReading::Hides);
        for _ in 0..1000 {
            rig.reader.inject(IdCardFault::Status(code));
        }
        rig.run_for(10_000);
        assert_eq!(rig.news(), ["HardwareError"], "{code:02X}");
        rig.reader.clear_faults();
        rig.run_for(2000);
        assert_eq!(rig.state(), DeviceState::Online);
    }
}

#[test]
fn a_reader_that_refuses_to_look_is_off_line() {
    for code in [0x21, 0x23, 0x24] {
        let mut rig = Rig::new(AfterReading::Hides);
        rig.reader.inject_at(FaultPoint::next(Request::Find), IdCardFault::Status(code));
        rig.run_for(1000);
        assert_eq!(rig.news(), ["Offline"], "{code:02X}");
        rig.run_for(2000);
        assert_eq!(rig.state(), DeviceState::Online);
    }
}

#[test]
fn a_text_that_comes_after_its_time_is_not_taken_for_another_document() {
    let mut rig = Rig::accepting(AfterReading::FindsAgain);
    for _ in 0..3 {
        let point = FaultPoint::next(Request::ReadText);
        rig.reader.inject_at(point, IdCardFault::Late(Duration::from_millis(5500)));
    }
    rig.reader.place(document());
    assert_eq!(rig.result().unwrap_err(), IdCardError::ReaderLost);
    rig.reader.place(named("李四"));
    assert_eq!(rig.result().unwrap().name(), "李四");
}

#[test]
fn the_names_of_faults_are_read() {
    for good in
        ["junk", "half", "checksum 2", "flip 9", "drop", "silence", "late 80", "lift", "sw3 41"]
    {
        assert!(good.parse::<IdCardFault>().is_ok(), "{good}");
    }
    for bad in ["", "junk 3", "checksum x", "drop 1 2", "sw3", "sw3 ZZ", "burn"] {
        let error = bad.parse::<IdCardFault>().expect_err(bad);
        assert!(error.to_string().contains("is no fault of the ID card reader"), "{bad}");
    }
}

fn any_fault() -> impl Strategy<Value = (IdCardFault, FaultPoint)> {
    let fault = prop_oneof![
        Just(IdCardFault::JunkBeforeFrame),
        Just(IdCardFault::HalfFrameThenSilence),
        (1u32..5).prop_map(IdCardFault::WrongChecksum),
        any::<u32>().prop_map(IdCardFault::FlipBit),
        (1u32..8).prop_map(IdCardFault::DropAnswers),
        (1u64..4000).prop_map(|ms| IdCardFault::Late(Duration::from_millis(ms))),
        any::<u8>().prop_map(IdCardFault::Status),
        Just(IdCardFault::Lift),
        Just(IdCardFault::Swap(Box::new(named("李四")))),
    ];
    (fault, 0u32..12).prop_map(|(fault, skip)| (fault, FaultPoint { request: None, skip }))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    /// Whatever happens: what is read is one document's, and all is well afterwards.
    #[test]
    fn any_faults_in_any_order(
        kind in prop::sample::select(KINDS.to_vec()),
        faults in prop::collection::vec(any_fault(), 1..6),
        pieces in prop::collection::vec(1usize..80, 1..10),
    ) {
        let mut rig = Rig::accepting(kind);
        rig.pieces = pieces;
        for (fault, point) in faults {
            rig.reader.inject_at(point, fault);
        }
        rig.reader.place(document());
        rig.run_for(15_000);
        for read in rig.results.drain(..).flatten() {
            prop_assert!(["张三丰", "李四"].contains(&read.name()));
        }
        rig.reader.clear_faults();
        rig.reader.lift();
        rig.run_for(8000);
        rig.results.clear();
        prop_assert!(!rig.driver.is_document_present(), "{:?}", rig.told);
        rig.reader.place(named("王五"));
        let read = rig.result();
        prop_assert_eq!(read.unwrap().name().to_string(), "王五");
    }

    /// Noise never breaks the driver, and it finds back.
    #[test]
    fn any_noise(bytes in prop::collection::vec(any::<u8>(), 0..600), apart in 1usize..60) {
        let mut rig = Rig::accepting(AfterReading::FindsAgain);
        rig.reader.place(document());
        for piece in bytes.chunks(apart) {
            rig.noise(piece);
            rig.run_for(20);
        }
        rig.run_for(8000);
        prop_assert_eq!(rig.state(), DeviceState::Online);
        prop_assert!(rig.told.iter().any(|told| told == "Read 张三丰"), "{:?}", rig.told);
    }
}
