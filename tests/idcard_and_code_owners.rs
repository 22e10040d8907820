//! The owners of the ID card reader's and the code scanner's ports, as a kiosk has them.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

mod common;

use std::fmt::Debug;
use std::path::Path;
use std::sync::{Mutex, Once, PoisonError};
use std::time::Instant;

use common::process::run;
use common::{PATIENCE, TODAY, config, fast, generate_records};
use crossbeam_channel::{Receiver, unbounded};
use gongji_hal::idcard::sim::SimIdDocument;
use gongji_kiosk::config::Config;
use gongji_kiosk::devices::simulate::{SimulatedHall, card_file, idcard_file};
use gongji_kiosk::devices::supervise::{Device, Roster};
use gongji_kiosk::devices::{code, idcard};
use gongji_kiosk::domain::id_number::IdNumber;
use gongji_kiosk::domain::person::{InsuranceCode, PersonName};
use gongji_kiosk::records::embedded::EmbeddedLedger;
use gongji_kiosk::records::port::{Credential, Ledger};
use gongji_kiosk::statement::PrinterFont;
use gongji_kiosk::visit::event::{CodeNews, DocumentHolder, DocumentNews, DocumentTrouble};
use jiff::civil::date;

/// Keeps every line of the log, at the most talkative level.
struct Keeper;

static LINES: Mutex<Vec<String>> = Mutex::new(Vec::new());

impl log::Log for Keeper {
    fn enabled(&self, _: &log::Metadata) -> bool {
        true
    }

    fn log(&self, record: &log::Record) {
        let line = format!("{} {}", record.target(), record.args());
        LINES.lock().unwrap_or_else(PoisonError::into_inner).push(line);
    }

    fn flush(&self) {}
}

fn keep_log() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        log::set_logger(&Keeper).unwrap();
        log::set_max_level(log::LevelFilter::Trace);
    });
}

fn log_text() -> String {
    LINES.lock().unwrap_or_else(PoisonError::into_inner).join("\n")
}

fn hall() -> (tempfile::TempDir, SimulatedHall, Config) {
    keep_log();
    let folder = tempfile::tempdir().unwrap();
    let font = Box::new(PrinterFont::new());
    let hall = SimulatedHall::serve(folder.path(), fast(), font).unwrap();
    let config = config(folder.path());
    (folder, hall, config)
}

#[track_caller]
fn next<T: Debug>(news: &Receiver<T>) -> T {
    news.recv_timeout(PATIENCE).expect("no news came")
}

#[track_caller]
fn until(what: &str, mut is_so: impl FnMut() -> bool) {
    let end = Instant::now() + PATIENCE;
    while !is_so() {
        assert!(Instant::now() < end, "waited for {what}");
        std::thread::yield_now();
    }
}

fn person(name: &str, number: &str) -> SimIdDocument {
    SimIdDocument::resident().name(name).number(number).build().unwrap()
}

#[test]
fn documents_are_told_in_the_visits_terms_and_the_log_holds_nothing_of_them() {
    const NAME: &str = "司马金丝雀";
    const NUMBER: &str = "31010319400229351X";
    let (_folder, hall, config) = hall();
    let roster = Roster::default();
    let (sender, news) = unbounded();
    let noted = roster.clone();
    let tell = move |news| {
        let _ = sender.send(news);
    };
    let section = config.idcard.unwrap();
    let reader = idcard::start(&section, tell, move |news| noted.note(news)).unwrap();
    reader.accept(true);
    assert_eq!(next(&news), DocumentNews::Reader { working: true });
    let holder = DocumentHolder {
        id_number: IdNumber::parse(NUMBER).unwrap(),
        name: PersonName::new(NAME),
        expires: Some(date(2099, 5, 1)),
    };
    hall.place(person(NAME, NUMBER));
    assert_eq!(next(&news), DocumentNews::Placed);
    let read = next(&news);
    assert!(!format!("{read:?}").contains(NAME) && !format!("{read:?}").contains(NUMBER));
    assert_eq!(read, DocumentNews::Read(Ok(holder.clone())));
    hall.lift();
    assert_eq!(next(&news), DocumentNews::Lifted);

    // A document that is not genuine, and one that cannot be understood, are no fault of the reader.
    hall.order("fault idcard sw3 33 3").unwrap();
    hall.place(person(NAME, NUMBER));
    assert_eq!(next(&news), DocumentNews::Placed);
    assert_eq!(next(&news), DocumentNews::Read(Err(DocumentTrouble::NotGenuine)));
    hall.lift();
    assert_eq!(next(&news), DocumentNews::Lifted);
    hall.place(person(NAME, "310103194002293511"));
    assert_eq!(next(&news), DocumentNews::Placed);
    assert_eq!(next(&news), DocumentNews::Read(Err(DocumentTrouble::Unreadable)));
    hall.lift();
    assert_eq!(next(&news), DocumentNews::Lifted);

    hall.order("fault idcard lift").unwrap();
    hall.place(person(NAME, NUMBER));
    assert_eq!(next(&news), DocumentNews::Placed);
    assert_eq!(next(&news), DocumentNews::Read(Err(DocumentTrouble::LiftedOff)));
    assert_eq!(next(&news), DocumentNews::Lifted);

    // Documents are still accepted by a reader that comes back.
    hall.idcard().unplug();
    assert_eq!(next(&news), DocumentNews::Reader { working: false });
    assert!(!roster.is_working(Device::IdCard));
    hall.idcard().replug().unwrap();
    assert_eq!(next(&news), DocumentNews::Reader { working: true });
    hall.place(person(NAME, NUMBER));
    assert_eq!(next(&news), DocumentNews::Placed);
    assert_eq!(next(&news), DocumentNews::Read(Ok(holder)));
    drop(reader);

    let log = log_text();
    for line in
        ["idcard.reader sam=05.01-", "idcard.read\n", "idcard.unread reason=", "idcard.lifted"]
    {
        assert!(log.contains(line), "{line} was not logged: {log}");
    }
    for canary in [NAME, NUMBER, "1940", "310103"] {
        assert!(!log.contains(canary), "{canary} is in the log");
    }
}

#[test]
fn codes_are_told_in_the_visits_terms_and_the_log_holds_nothing_of_them() {
    let (_folder, hall, config) = hall();
    let (sender, news) = unbounded();
    let tell = move |news| {
        let _ = sender.send(news);
    };
    let scanner = code::start(&config.code.unwrap(), tell, |_| {}).unwrap();
    assert_eq!(next(&news), CodeNews::Scanner { working: true });
    assert!(!hall.scan("SECRET-0"), "the light is out until a code is wanted");
    scanner.accept(true);
    until("the light", || hall.scan("SECRET-1 金丝雀"));
    let scanned = next(&news);
    assert!(!format!("{scanned:?}").contains("SECRET"));
    assert_eq!(scanned, CodeNews::Scanned(InsuranceCode::new("SECRET-1 金丝雀")));
    // Noise is told to nobody; the code that follows is.
    until("the light", || hall.scan("SECRET\u{1b}-2"));
    until("the light", || hall.scan("SECRET-3"));
    assert_eq!(next(&news), CodeNews::Scanned(InsuranceCode::new("SECRET-3")));

    hall.code().unplug();
    assert_eq!(next(&news), CodeNews::Scanner { working: false });
    hall.code().replug().unwrap();
    assert_eq!(next(&news), CodeNews::Scanner { working: true });
    until("the light of a scanner that came back", || hall.scan("SECRET-3"));
    assert_eq!(next(&news), CodeNews::Scanned(InsuranceCode::new("SECRET-3")));
    until("the light again", || hall.code().with(|scanner, _| scanner.is_lit()).unwrap());
    scanner.accept(false);
    until("the light to go out", || !hall.code().with(|scanner, _| scanner.is_lit()).unwrap());
    drop(scanner);
    assert_eq!(news.try_recv().ok(), None);

    let log = log_text();
    for line in ["code.scanned", "code.dropped reason=what the scanner sent is no text"] {
        assert!(log.contains(line), "{line} was not logged: {log}");
    }
    assert!(!log.contains("SECRET") && !log.contains("金丝雀"), "{log}");
}

#[test]
fn a_scanner_that_is_always_lit_is_heard_only_while_codes_are_wanted() {
    let (_folder, hall, config) = hall();
    hall.order("code light always").unwrap();
    let (sender, reports) = unbounded();
    let mut section = config.code.unwrap();
    section.trigger = false;
    let scanner = code::start(
        &section,
        move |news| {
            let _ = sender.send(news);
        },
        |_| {},
    )
    .unwrap();
    scanner.accept(true);
    assert_eq!(next(&reports), CodeNews::Scanner { working: true });
    assert!(hall.scan("CODE-1"));
    assert_eq!(next(&reports), CodeNews::Scanned(InsuranceCode::new("CODE-1")));
}

#[test]
fn samples_are_of_persons_of_the_ledger_and_of_strangers() {
    let folder = tempfile::tempdir().unwrap();
    let db = folder.path().join("records.db");
    generate_records(&db);
    let samples = idcard_file::samples(&db, TODAY).unwrap();
    let labels: Vec<&str> = samples.iter().map(|(label, ..)| *label).collect();
    let known = ["showcase", "normal", "relative", "expired"];
    assert_eq!(labels[..4], known);
    assert_eq!(labels[4..], ["hk-macao-taiwan", "foreigner-2017", "foreigner-2023"]);
    let mut ledger = EmbeddedLedger::open(&db).unwrap();
    let mut persons = Vec::new();
    for (label, _, file) in &samples {
        let document = file.document().unwrap_or_else(|(key, why)| panic!("{label}: {key} {why}"));
        let read = gongji_hal::idcard::text::parse(document.text()).unwrap();
        let holder = idcard::holder(&read).unwrap();
        let is_expired = holder.expires.is_some_and(|last| last < TODAY);
        assert_eq!(is_expired, *label == "expired", "{label}");
        match ledger.identify(&Credential::IdNumber(holder.id_number)) {
            Ok(person) => {
                assert!(known.contains(label), "{label}");
                assert_eq!(person.name, holder.name, "{label}");
                persons.push(person.psn_no);
            }
            Err(_) => assert!(!known.contains(label), "{label}"),
        }
    }
    assert_eq!(persons[0], persons[3]);
    assert!(persons[0] != persons[1] && persons[0] != persons[2]);
    let overview = ledger.overview(&persons[0], TODAY).unwrap();
    let relatives: Vec<_> = overview.used_by.iter().map(|(relative, _)| &relative.psn_no).collect();
    assert!(relatives.contains(&&persons[2]), "the relative may use the account");
    // The same relative's card is at hand, with its PIN.
    let cards = card_file::samples(&db, TODAY).unwrap();
    let (_, _, card) = cards.iter().find(|(label, ..)| *label == "relative").unwrap();
    assert_eq!(card.id_number, samples[2].2.number);
    assert_eq!(card.card().unwrap().pin_tries_left(), Some(3));
}

#[test]
fn generating_writes_documents_beside_the_cards() {
    let (folder, hall, _) = hall();
    let line = "records generate --persons 20 --years 1 --db r.db --cards cards";
    let outcome = run(folder.path(), &line.split(' ').collect::<Vec<_>>());
    assert_eq!(outcome.status, Some(0), "{outcome:?}");
    let cards = folder.path().join("cards");
    let is_document = |path: &Path| path.to_string_lossy().ends_with(".idcard.toml");
    let mut documents = 0;
    for entry in std::fs::read_dir(&cards).unwrap() {
        let path = entry.unwrap().path();
        let order = if is_document(&path) { "idcard place" } else { "card insert" };
        assert_eq!(hall.order(&format!("{order} {}", path.display())).as_deref(), Ok("ok"));
        documents += usize::from(is_document(&path));
    }
    assert_eq!(documents, 7);
    assert!(outcome.out.contains("cards/showcase.idcard.toml: the showcase person's own"));
}
