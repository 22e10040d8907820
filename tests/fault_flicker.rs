//! A device is away for a moment: the patron is not bothered, and is not mistaken for another.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

mod common;

use std::collections::HashMap;
use std::time::Instant;

use common::Rig;
use crossbeam_channel::{Receiver, unbounded};
use gongji_hal::driver::DeviceState;
use gongji_kiosk::devices::printer::{Order, Printer, PrinterReport};
use gongji_kiosk::devices::simulate::SimulatedHall;
use gongji_kiosk::devices::supervise::{Device, What};
use gongji_kiosk::statement::PrinterFont;
use gongji_kiosk::view::model::{PageView, ViewModel};
use gongji_kiosk::visit::event::{PrintEnd, PrintId, PrinterTrouble};

/// Pulls the plug and puts it back; returns what was shown until the kiosk has seen it.
fn flicker(rig: &mut Rig, device: Device, between: impl FnOnce(&Rig)) -> usize {
    let before = rig.seen.len();
    rig.order(&format!("{device} unplug"));
    between(rig);
    rig.order(&format!("{device} replug"));
    before
}

fn wait_seen(rig: &Rig, device: Device, count: u64) {
    let until = std::time::Instant::now() + common::PATIENCE;
    let seen =
        || rig.devices().count(device, What::Flickered) + rig.devices().count(device, What::Lost);
    while seen() < count {
        assert!(std::time::Instant::now() < until, "{device} was not seen to be away");
        std::thread::yield_now();
    }
}

#[test]
fn nothing_of_it_is_shown() {
    let mut rig = Rig::start();
    let home = rig.go_home();
    for (count, device) in [(1, Device::Card), (1, Device::Printer), (2, Device::Card)] {
        let before = flicker(&mut rig, device, |_| {});
        wait_seen(&rig, device, count);
        // The next page comes after all that the flicker could show.
        rig.tap("使用帮助");
        rig.wait("help", |v| v.page != home.page);
        rig.tap("返回");
        rig.wait("home", |v| v.page == home.page);
        if rig.devices().count(device, What::Lost) == 0 {
            let notices = rig.seen[before..].iter().filter(|v| v.notice.is_some()).count();
            assert_eq!(notices, 0, "{device}: a flicker is no news");
        }
    }
    rig.hall.remove();
    rig.wait("idle", |v| *v == ViewModel::default());
}

#[test]
fn a_card_exchanged_meanwhile_ends_the_visit() {
    let mut rig = Rig::start();
    rig.go_home();
    let other = rig.card_file("lost").card().unwrap();
    flicker(&mut rig, Device::Card, |rig| rig.hall.insert(other));
    rig.wait("no page of the first patron", |v| {
        !matches!(v.page, PageView::Home(_) | PageView::List(_))
    });
}

#[test]
fn a_card_taken_meanwhile_ends_the_visit() {
    let mut rig = Rig::start();
    rig.go_home();
    flicker(&mut rig, Device::Card, |rig| rig.hall.remove());
    rig.wait("idle", |v| *v == ViewModel::default());
}

/// A printer and the owner of its port, without a kiosk.
struct Press {
    _folder: tempfile::TempDir,
    hall: SimulatedHall,
    printer: Printer,
    reports: Receiver<PrinterReport>,
    last: u64,
    /// Nothing of an absence is left to tell.
    in_order: bool,
    /// An absence was told since [`Press::wait_in_order`].
    lost: bool,
}

const AWAY: PrintEnd = PrintEnd::Failed { pages: 0, trouble: Some(PrinterTrouble::Away) };
const STOPPED: PrintEnd = PrintEnd::Failed { pages: 0, trouble: None };

impl Press {
    fn start() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let font = Box::new(PrinterFont::new());
        let hall = SimulatedHall::serve(folder.path(), common::fast(), font).unwrap();
        let section = common::config(folder.path()).printer.unwrap();
        let (sender, reports) = unbounded();
        let printer = Printer::start(&section, move |report| drop(sender.send(report))).unwrap();
        let (last, in_order, lost) = (0, false, false);
        let mut press = Self { _folder: folder, hall, printer, reports, last, in_order, lost };
        press.wait_in_order();
        press
    }

    #[track_caller]
    fn next(&mut self) -> PrinterReport {
        let report = self.reports.recv_timeout(common::PATIENCE).expect("a report");
        match &report {
            PrinterReport::State(DeviceState::NoDevice) => self.in_order = false,
            PrinterReport::News(news) => {
                self.lost |= news.what == What::Lost;
                self.in_order |= matches!(news.what, What::Returned | What::Flickered);
            }
            _ => {}
        }
        report
    }

    #[track_caller]
    fn wait_in_order(&mut self) {
        while !self.in_order {
            self.next();
        }
        self.lost = false;
    }

    #[track_caller]
    fn unplug(&mut self) {
        self.hall.printer().unplug();
        while self.next() != PrinterReport::State(DeviceState::NoDevice) {}
    }

    fn print(&mut self) -> PrintId {
        self.last += 1;
        let id = PrintId(self.last);
        let page = format!("slip {}\n", self.last).into_bytes();
        self.printer.print(Order { id, pages: vec![page.into()] });
        id
    }

    /// Waits for the end of the next slip to end.
    #[track_caller]
    fn next_end(&mut self) -> (PrintId, PrintEnd) {
        loop {
            if let PrinterReport::Ended { id, end } = self.next() {
                return (id, end);
            }
        }
    }

    /// Waits for the end of the only slip.
    #[track_caller]
    fn end(&mut self, of: PrintId) -> PrintEnd {
        let (id, end) = self.next_end();
        assert_eq!(id, of, "{end:?}");
        end
    }

    /// Tries until the machine was quick enough for the printer to be away for a moment only; an
    /// absence that was told must end slips as away.
    #[track_caller]
    fn until(&mut self, wanted: PrintEnd, mut slip: impl FnMut(&mut Self) -> PrintEnd) {
        let until = Instant::now() + common::PATIENCE;
        loop {
            let end = slip(self);
            if end == wanted {
                return;
            }
            assert!(self.lost, "{end:?} of a printer that is away for a moment");
            assert_eq!(end, AWAY);
            assert!(Instant::now() < until, "never quick enough");
            self.wait_in_order();
        }
    }
}

#[test]
fn a_slip_that_comes_while_the_printer_is_away_for_a_moment_is_printed() {
    let mut press = Press::start();
    press.until(PrintEnd::Printed, |press| {
        press.hall.take_papers();
        press.unplug();
        let (first, second) = (press.print(), press.print());
        press.hall.printer().replug().unwrap();
        let ends = HashMap::from([press.next_end(), press.next_end()]);
        if !press.lost {
            assert_eq!(ends[&second], AWAY, "one at a time, also while it waits");
        }
        ends[&first]
    });
    let papers = press.hall.take_papers();
    let text: String = papers.iter().map(|paper| paper.text()).collect();
    assert_eq!(text.matches("slip").count(), 1, "{text}");
}

#[test]
fn a_slip_that_comes_while_the_printer_stays_away_ends_as_failed() {
    let mut press = Press::start();
    for _ in 0..2 {
        press.unplug();
        let slip = press.print();
        assert_eq!(press.end(slip), AWAY);
        assert!(press.lost, "no sooner than the patron is told");
        press.hall.printer().replug().unwrap();
        press.wait_in_order();
    }
    let slip = press.print();
    assert_eq!(press.end(slip), PrintEnd::Printed);
    assert_eq!(press.hall.take_papers().len(), 1, "nothing of the others");
}

#[test]
fn a_slip_that_is_stopped_while_it_waits_ends_without_trouble_and_never_comes() {
    let mut press = Press::start();
    press.until(STOPPED, |press| {
        press.unplug();
        let slip = press.print();
        press.printer.stop(PrintId(slip.0 + 1));
        press.printer.stop(slip);
        let end = press.end(slip);
        press.hall.printer().replug().unwrap();
        end
    });
    press.wait_in_order();
    let slip = press.print();
    assert_eq!(press.end(slip), PrintEnd::Printed);
    assert_eq!(press.hall.take_papers().len(), 1, "only the one that was not stopped");
}
