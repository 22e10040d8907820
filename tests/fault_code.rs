//! The code scanner and its line over a tty: spoilt scans, ends of scans, unplugged.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

mod common;

use crossbeam_channel::{Receiver, unbounded};
use gongji_kiosk::devices::code::{self, CodeScanner};
use gongji_kiosk::devices::simulate::SimulatedHall;
use gongji_kiosk::domain::person::InsuranceCode;
use gongji_kiosk::statement::PrinterFont;
use gongji_kiosk::visit::event::CodeNews;

struct Desk {
    _folder: tempfile::TempDir,
    hall: SimulatedHall,
    scanner: CodeScanner,
    news: Receiver<CodeNews>,
    count: u32,
}

impl Desk {
    fn start() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let font = Box::new(PrinterFont::new());
        let hall = SimulatedHall::serve(folder.path(), common::fast(), font).unwrap();
        let section = common::config(folder.path()).code.unwrap();
        let (tell, news) = unbounded();
        let scanner = code::start(&section, move |n| drop(tell.send(n)), |_| {}).unwrap();
        scanner.accept(true);
        let desk = Self { _folder: folder, hall, scanner, news, count: 0 };
        assert_eq!(desk.next(), CodeNews::Scanner { working: true });
        desk
    }

    #[track_caller]
    fn next(&self) -> CodeNews {
        self.news.recv_timeout(common::PATIENCE).expect("news")
    }

    /// Holds a code before the scanner, as soon as its light is on; another one each time.
    #[track_caller]
    fn scan(&mut self) -> CodeNews {
        self.count += 1;
        let text = format!("CODE-{:06}", self.count);
        let until = std::time::Instant::now() + common::PATIENCE;
        while self.hall.order(&format!("code scan {text}")).is_err() {
            assert!(std::time::Instant::now() < until, "the light stays out");
            std::thread::yield_now();
        }
        CodeNews::Scanned(InsuranceCode::new(text))
    }
}

#[test]
fn a_code_is_taken_whatever_ends_it() {
    let mut desk = Desk::start();
    for order in ["code ends crlf", "code ends nothing", "code prefix on", "code ends cr"] {
        desk.hall.order(order).unwrap();
        let expected = desk.scan();
        assert_eq!(desk.next(), expected, "{order}");
    }
}

#[test]
fn a_spoilt_scan_does_not_spoil_the_next() {
    let mut desk = Desk::start();
    // Longer than a code can be: dropped. On a machine that is slow to hand bytes on, silence may cut
    // it, and its end looks like a code; it is never the code itself.
    desk.hall.order("fault code long").unwrap();
    let spoilt = desk.scan();
    let expected = desk.scan();
    loop {
        let news = desk.next();
        assert_ne!(news, spoilt);
        if news == expected {
            break;
        }
    }
    desk.hall.order("fault code late 200").unwrap();
    let expected = desk.scan();
    assert_eq!(desk.next(), expected);
}

#[test]
fn an_unplugged_scanner_comes_back_lit() {
    let mut desk = Desk::start();
    for _ in 0..2 {
        desk.hall.order("code unplug").unwrap();
        assert_eq!(desk.next(), CodeNews::Scanner { working: false });
        desk.hall.order("code replug").unwrap();
        assert_eq!(desk.next(), CodeNews::Scanner { working: true });
        let expected = desk.scan();
        assert_eq!(desk.next(), expected);
    }
    desk.scanner.accept(false);
}
