#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::path::PathBuf;

use gongji_hal::driver::Machine;
use gongji_hal::idcard::sim::{AfterReading, SimIdDocument, SimIdDocumentBuilder, SimIdReader};
use gongji_hal::idcard::status::SAM_STATUSES;
use gongji_hal::idcard::{SamStatus, TextError};
use jiff::civil::{Date, date};

use super::*;

fn document(builder: SimIdDocumentBuilder) -> IdDocument {
    gongji_hal::idcard::text::parse(builder.build().unwrap().text()).unwrap()
}

#[test]
fn each_kind_of_document_becomes_a_holder() {
    let last = Some(date(2099, 5, 1));
    let table: [(SimIdDocumentBuilder, &str, &str, Option<Date>); 6] = [
        (
            SimIdDocument::resident().number("11010519491231002X"),
            "11010519491231002X",
            "张三丰",
            last,
        ),
        (
            SimIdDocument::resident().valid_until(None).name("\u{20bb7}·买买提"),
            "9",
            "\u{20bb7}·买买提",
            None,
        ),
        (SimIdDocument::hong_kong_macao_taiwan(), "81", "陈大文", last),
        (SimIdDocument::foreigner_2017(), "ZZZ110040010101", "DOE, JANE MARY", last),
        (SimIdDocument::foreigner_2023(), "911999", "简多伊", last),
        (SimIdDocument::foreigner_2023().name(""), "911999", "DOE, JANE MARY", last),
    ];
    for (builder, number, name, expires) in table {
        let holder = holder(&document(builder)).unwrap();
        assert!(holder.id_number.reveal().starts_with(number), "{number}");
        assert_eq!((holder.name.reveal(), holder.expires), (name, expires));
    }
}

#[test]
fn residents_of_taiwan_hong_kong_and_macao_are_taken() {
    for region in ["810000", "820000", "830000"] {
        let digits = format!("{region}19600308002");
        let check = gongji_hal::idcard::number::check_character(&digits).unwrap();
        let number = format!("{digits}{check}");
        let builder = SimIdDocument::hong_kong_macao_taiwan().number(&number);
        assert_eq!(holder(&document(builder)).unwrap().id_number.reveal(), number);
    }
}

#[test]
fn a_number_that_cannot_be_one_is_unreadable() {
    // The reader's own check passes them: no province 17, no month 13.
    for digits in ["17010519491231002", "11010519491331002"] {
        let check = gongji_hal::idcard::number::check_character(digits).unwrap();
        let builder = SimIdDocument::resident().number(&format!("{digits}{check}"));
        assert_eq!(holder(&document(builder)), Err(DocumentTrouble::Unreadable), "{digits}");
    }
    let builder = SimIdDocument::foreigner_2017().number("ZZZ110040130101");
    assert_eq!(holder(&document(builder)), Err(DocumentTrouble::Unreadable));
}

#[test]
fn errors_become_what_the_patron_can_do_about_them() {
    use DocumentTrouble::{LiftedOff, NotGenuine, Unreadable};
    for (error, expected) in [
        (IdCardError::LiftedOff, Some(LiftedOff)),
        (IdCardError::Text(TextError::Name), Some(Unreadable)),
        (IdCardError::Transmission, Some(Unreadable)),
        (IdCardError::TimedOut, Some(Unreadable)),
        (IdCardError::ReaderLost, None),
        (IdCardError::Cancelled, None),
    ] {
        assert_eq!(trouble(error), expected, "{error}");
    }
    for (code, status) in SAM_STATUSES {
        let expected = if matches!(code, 0x31..=0x33) { NotGenuine } else { Unreadable };
        assert_eq!(trouble(IdCardError::Sam(status)), Some(expected), "{code:02X}");
    }
    assert_eq!(trouble(IdCardError::Sam(SamStatus::Other(0x77))), Some(Unreadable));
}

#[test]
fn a_bad_document_is_no_bad_reader() {
    use DeviceState::*;
    for state in [Online, Busy, UserError, SuspectedFraud] {
        assert!(can_read(state), "{state:?}");
    }
    for state in [NoDevice, PowerOff, Offline, HardwareError] {
        assert!(!can_read(state), "{state:?}");
    }
}

/// Moves bytes between the driver and a simulated reader for so many milliseconds.
fn run(
    duty: &mut IdCardDuty<impl FnMut(IdCardReport) + Send + 'static>,
    reader: &mut SimIdReader,
    time: &mut u64,
    ms: u64,
) {
    let until = *time + ms;
    while *time < until {
        let now = Instant::from_millis(*time);
        let bytes = duty.driver.pending_output(now).to_vec();
        duty.driver.output_taken(now, bytes.len());
        reader.receive(now, &bytes);
        let bytes = reader.pending_output(now).to_vec();
        reader.output_taken(now, bytes.len());
        duty.driver.receive(now, &bytes);
        for machine in [&mut duty.driver as &mut dyn Machine, reader] {
            if machine.next_timeout().is_some_and(|at| at <= now) {
                machine.handle_timeout(now);
            }
        }
        duty.settle(now);
        *time += 5;
    }
}

#[test]
fn documents_stay_accepted_when_the_reader_comes_back() {
    let (sender, reports) = crossbeam_channel::unbounded();
    let mut duty = IdCardDuty {
        driver: IdCardDriver::default(),
        supervisor: Supervisor::new(Device::IdCard),
        report: move |report| {
            let _ = sender.send(report);
        },
    };
    let mut reader = SimIdReader::new(AfterReading::Hides);
    let mut time = 1000;
    // Ordered while there is no port, as at the kiosk's start.
    duty.order(Instant::from_millis(time), IdCardCommand::Accept(true));
    for _ in 0..2 {
        let now = Instant::from_millis(time);
        reader.link_opened(now);
        duty.driver.link_opened(now);
        reader.place(SimIdDocument::resident().build().unwrap());
        run(&mut duty, &mut reader, &mut time, 3000);
        let read =
            |report: &IdCardReport| matches!(report, IdCardReport::Event(IdCardEvent::Read(Ok(_))));
        assert_eq!(reports.try_iter().filter(read).count(), 1);
        reader.lift();
        run(&mut duty, &mut reader, &mut time, 3000);
        let lifted =
            |report: &IdCardReport| matches!(report, IdCardReport::Event(IdCardEvent::Lifted));
        assert_eq!(reports.try_iter().filter(lifted).count(), 1);
        let now = Instant::from_millis(time);
        reader.link_lost(now);
        duty.driver.link_lost(now);
        duty.settle(now);
    }
}

#[test]
fn a_port_that_is_not_there_is_told() {
    let section = IdCardSection {
        port: PathBuf::from("/no/such/port"),
        baud: 115_200,
        probes_by_reset: true,
    };
    let (sender, news) = crossbeam_channel::unbounded();
    let tell = move |news| {
        let _ = sender.send(news);
    };
    let reader = start(&section, tell, |_| {}).unwrap();
    reader.accept(true);
    assert_eq!(news.recv(), Ok(DocumentNews::Reader { working: false }));
}
