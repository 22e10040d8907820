//! The ID card reader and its line over a tty: disturbed, silent, unplugged; a document lifted early.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

mod common;

use crossbeam_channel::{Receiver, unbounded};
use gongji_hal::idcard::sim::SimIdDocument;
use gongji_kiosk::devices::idcard::{self, IdCardReader};
use gongji_kiosk::devices::simulate::SimulatedHall;
use gongji_kiosk::devices::supervise::{Device, Roster, What};
use gongji_kiosk::statement::PrinterFont;
use gongji_kiosk::visit::event::{DocumentNews, DocumentTrouble};

struct Desk {
    _folder: tempfile::TempDir,
    hall: SimulatedHall,
    _reader: IdCardReader,
    news: Receiver<DocumentNews>,
    roster: Roster,
}

impl Desk {
    fn start() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let font = Box::new(PrinterFont::new());
        let hall = SimulatedHall::serve(folder.path(), common::fast(), font).unwrap();
        let section = common::config(folder.path()).idcard.unwrap();
        let (tell, news) = unbounded();
        let roster = Roster::default();
        let note = roster.clone();
        let tell = move |n| drop(tell.send(n));
        let reader = idcard::start(&section, tell, move |n| note.note(n)).unwrap();
        reader.accept(true);
        let desk = Self { _folder: folder, hall, _reader: reader, news, roster };
        assert_eq!(desk.next(), DocumentNews::Reader { working: true });
        desk
    }

    /// The next news but that a document was put down.
    #[track_caller]
    fn next(&self) -> DocumentNews {
        loop {
            let news = self.news.recv_timeout(common::PATIENCE).expect("news");
            if news != DocumentNews::Placed {
                return news;
            }
        }
    }

    fn order(&self, line: &str) {
        self.hall.order(line).unwrap();
    }

    fn place(&self) {
        self.hall.place(SimIdDocument::resident().build().unwrap());
    }

    /// Waits until the document is read, whatever comes first of a first try.
    #[track_caller]
    fn read(&self) {
        loop {
            match self.next() {
                DocumentNews::Read(Ok(_)) => return,
                DocumentNews::Read(Err(DocumentTrouble::Unreadable)) => {}
                other => panic!("{other:?}"),
            }
        }
    }

    fn lift(&self) {
        self.hall.lift();
        assert_eq!(self.next(), DocumentNews::Lifted);
    }
}

#[test]
fn a_document_is_read_over_a_disturbed_line() {
    let desk = Desk::start();
    for fault in ["junk", "half", "checksum", "checksum 2", "flip 40", "drop", "late 200"] {
        desk.order(&format!("fault idcard {fault}"));
        desk.place();
        desk.read();
        desk.lift();
    }
    assert_eq!(desk.roster.count(Device::IdCard, What::Lost), 0, "no disturbance is a loss");
}

#[test]
fn what_is_wrong_with_a_document_is_told_apart() {
    let desk = Desk::start();
    desk.order("fault idcard lift");
    desk.place();
    assert_eq!(desk.next(), DocumentNews::Read(Err(DocumentTrouble::LiftedOff)));
    assert_eq!(desk.next(), DocumentNews::Lifted);
    // The security module does not accept it (33): an attempt to deceive, which is told.
    for _ in 0..8 {
        desk.order("fault idcard sw3 33");
    }
    desk.place();
    assert_eq!(desk.next(), DocumentNews::Read(Err(DocumentTrouble::NotGenuine)));
    desk.order("fault idcard clear");
    assert!(desk.roster.count(Device::IdCard, What::Fraud) > 0);
}

#[test]
fn a_silent_and_an_unplugged_reader_come_back() {
    let desk = Desk::start();
    for (lost, back) in
        [("fault idcard silence", "fault idcard clear"), ("idcard unplug", "idcard replug")]
    {
        desk.order(lost);
        assert_eq!(desk.next(), DocumentNews::Reader { working: false }, "{lost}");
        desk.order(back);
        assert_eq!(desk.next(), DocumentNews::Reader { working: true }, "{back}");
        // Accepting holds across the loss.
        desk.place();
        desk.read();
        desk.lift();
    }
    assert_eq!(desk.roster.count(Device::IdCard, What::Lost), 2);
}
