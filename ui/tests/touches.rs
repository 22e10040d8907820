//! Every place that can be touched: its size, its meaning, and how a touch begins and ends.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod common;

use std::cell::RefCell;
use std::collections::{BTreeMap, HashSet, VecDeque};
use std::rc::Rc;

use common::{family, samples};
use gongji_kiosk::view::model::*;
use gongji_kiosk::view::screen::{Headless, PanelAction, PanelState};
use gongji_kiosk::view::words::{CALL_STAFF, touchables};
use gongji_kiosk::visit::event::{Pen, Tap};
use gongji_ui::slint::ComponentHandle;
use i_slint_backend_testing::{AccessibleRole, ElementHandle, ElementQuery};

/// The least side of anything touchable, logical pixels (20 mm).
const LEAST_SIDE: f32 = 80.0;
/// The width and height of the screen.
const SCREEN: (f32, f32) = (1080.0, 1920.0);

fn buttons(screen: &Headless) -> Vec<ElementHandle> {
    ElementQuery::from_root(screen.app()).match_accessible_role(AccessibleRole::Button).find_all()
}

fn middle(element: &ElementHandle) -> (f32, f32) {
    let (at, size) = (element.absolute_position(), element.size());
    (at.x + size.width / 2.0, at.y + size.height / 2.0)
}

fn recorder(screen: &Headless) -> Rc<RefCell<Vec<Tap>>> {
    let taps = Rc::new(RefCell::new(Vec::new()));
    screen.on_tap({
        let taps = taps.clone();
        move |tap| taps.borrow_mut().push(tap)
    });
    taps
}

/// The labels of everything that `vm` lets be touched, with their meanings in reading order: two
/// things may have the same words.
fn expected(vm: &ViewModel) -> BTreeMap<String, VecDeque<Tap>> {
    let mut all = BTreeMap::<_, VecDeque<_>>::new();
    for (mut words, tap) in touchables(vm) {
        if tap == Tap::CallStaff && words == CALL_STAFF && vm.staff_called {
            words = format!("已{CALL_STAFF}");
        }
        all.entry(words).or_default().push_back(tap);
    }
    all
}

/// A stroke begins wherever the finger is in the field, so that places are not told apart.
fn name(tap: Tap) -> String {
    if matches!(tap, Tap::Pen(Pen::Down(..))) { "the field".into() } else { format!("{tap:?}") }
}

#[test]
fn every_target_is_large_and_on_the_screen() {
    let screen = common::screen();
    for (name, vm) in samples::all() {
        screen.apply(&vm);
        screen.draw();
        let mut places = 0;
        for button in buttons(&screen).iter().filter(|b| b.accessible_enabled() == Some(true)) {
            let (at, size) = (button.absolute_position(), button.size());
            let label = button.accessible_label().unwrap();
            assert!(!label.is_empty(), "{name}: a target without words");
            assert!(
                size.width >= LEAST_SIDE && size.height >= LEAST_SIDE,
                "{name} {label}: {size:?}"
            );
            assert!(at.x >= 0.0 && at.y >= 0.0, "{name} {label}: {at:?}");
            assert!(
                at.x + size.width <= SCREEN.0 && at.y + size.height <= SCREEN.1,
                "{name} {label}: {at:?} {size:?}"
            );
            places += 1;
        }
        assert!(places > 0, "{name}: nothing can be touched, not even to call staff");
    }
}

#[test]
fn what_a_finger_can_hit_is_as_large_as_what_it_sees() {
    let screen = common::screen();
    const STEP: u16 = 40;
    for (page, vm) in samples::all().into_iter().step_by(4) {
        screen.apply(&vm);
        screen.draw();
        let mut boxes: BTreeMap<String, (f32, f32, f32, f32)> = BTreeMap::new();
        for (x, y, tap) in screen.touch_map(STEP) {
            let b = boxes.entry(name(tap)).or_insert((x, y, x, y));
            *b = (b.0.min(x), b.1.min(y), b.2.max(x), b.3.max(y));
        }
        let mut wanted: HashSet<String> = expected(&vm).into_values().flatten().map(name).collect();
        if matches!(vm.page, PageView::Sign(_)) {
            wanted.insert("the field".into());
        }
        assert_eq!(boxes.keys().cloned().collect::<HashSet<_>>(), wanted, "{page}");
        for (tap, (left, top, right, bottom)) in boxes {
            // The grid misses up to one step at each side.
            let least = LEAST_SIDE - f32::from(STEP);
            assert!(right - left >= least && bottom - top >= least, "{page} {tap}");
        }
    }
}

#[test]
fn a_touch_means_what_the_page_says() {
    let screen = common::screen();
    let taps = recorder(&screen);
    for (name, vm) in samples::all() {
        screen.apply(&vm);
        screen.draw();
        let mut expected = expected(&vm);
        for button in buttons(&screen) {
            let label = button.accessible_label().unwrap().to_string();
            let enabled = button.accessible_enabled() == Some(true);
            let (x, y) = middle(&button);
            screen.touch(x, y);
            let got = taps.take();
            let wanted = expected.get_mut(&label).filter(|_| enabled).and_then(VecDeque::pop_front);
            match wanted {
                // Under an overlay the page's own buttons are still drawn, but cannot be hit.
                None if vm.overlay.is_some() => {
                    let over = |tap: &Tap| matches!(tap, Tap::StillHere | Tap::StaffDone);
                    assert!(got.iter().all(over), "{name}");
                }
                wanted => assert_eq!(got, Vec::from_iter(wanted), "{name} {label}"),
            }
        }
        expected.retain(|_, taps| !taps.is_empty());
        assert_eq!(expected, BTreeMap::new(), "{name}: not on the screen");
    }
}

#[test]
fn a_finger_that_slides_off_or_on_does_nothing() {
    let screen = common::screen();
    let taps = recorder(&screen);
    screen.apply(&samples::home());
    screen.draw();
    for button in buttons(&screen) {
        let (x, y) = middle(&button);
        let label = button.accessible_label().unwrap();
        screen.press(x, y);
        screen.slide(4.0, 140.0);
        screen.release(4.0, 140.0);
        assert_eq!(taps.take(), [], "{label}: left");
        screen.press(x, y);
        screen.release(4.0, 140.0);
        assert_eq!(taps.take(), [], "{label}: left at once");
        screen.press(4.0, 140.0);
        screen.slide(x, y);
        screen.release(x, y);
        assert_eq!(taps.take(), [], "{label}: entered");
    }
}

#[test]
fn a_pressed_target_looks_pressed() {
    let screen = common::screen();
    for vm in [
        samples::home(),
        samples::list(),
        samples::months(),
        samples::still_there(),
        family::members_full(),
        family::pad_number(),
        family::document_full(),
        family::sign(),
    ] {
        screen.apply(&vm);
        let still = screen.frame();
        for button in buttons(&screen).iter().filter(|b| b.accessible_enabled() == Some(true)) {
            let (x, y) = middle(button);
            if vm.overlay.is_some() && button.accessible_label().unwrap() != "我还在" {
                continue;
            }
            screen.press(x, y);
            assert!(screen.frame() != still, "{:?}", button.accessible_label());
            screen.release(4.0, 140.0);
            assert!(screen.frame() == still, "{:?}", button.accessible_label());
        }
    }
}

#[test]
fn the_scaled_window_is_hit_where_it_is_drawn() {
    for (width, height) in [(540, 960), (720, 1280), (1920, 1080), (2160, 3840)] {
        let screen = Headless::with_size(width, height, false).unwrap();
        let taps = recorder(&screen);
        screen.apply(&samples::home());
        screen.draw();
        for tap in [Tap::Account, Tap::Slips, Tap::Finish, Tap::CallStaff] {
            assert!(screen.touch_tap(tap), "{tap:?} at {width}x{height}");
            assert_eq!(taps.take(), [tap], "{width}x{height}");
        }
        assert!(!screen.touch_tap(Tap::PrintNow), "not on this page");
    }
}

#[test]
fn a_touch_that_comes_after_its_page_does_nothing() {
    let screen = common::screen();
    let taps = recorder(&screen);
    screen.apply(&samples::list());
    screen.draw();
    let (x, y) = screen.find(Tap::Row(3)).unwrap();
    screen.press(x, y);
    screen.apply(&samples::waiting());
    screen.release(x, y);
    assert_eq!(taps.take(), []);
}

#[test]
fn the_panel_plays_the_devices() {
    let screen = Headless::with_size(1840, 1920, true).unwrap();
    let done = Rc::new(RefCell::new(Vec::new()));
    screen.on_panel({
        let done = done.clone();
        move |action| done.borrow_mut().push(action)
    });
    let cards = vec!["甲".to_owned(), "乙".to_owned()];
    let documents = vec!["丙".to_owned(), "丁".to_owned()];
    let codes = vec!["戊".to_owned()];
    let idle = PanelState { cards, documents, codes, ..PanelState::default() };
    let inserted = PanelState {
        inserted: Some(1),
        placed: Some(0),
        code_linked: false,
        cover_open: true,
        paper_out: true,
        printer_linked: false,
        paper: Some(samples::picture(400)),
        ..idle.clone()
    };
    for (state, label, action) in [
        (&idle, "插卡：乙", Some(PanelAction::InsertCard(1))),
        (&idle, "用完纸", Some(PanelAction::PaperOut)),
        (&idle, "开盖", Some(PanelAction::Cover { open: true })),
        (&idle, "拔下打印机的线", Some(PanelAction::PrinterLink { linked: false })),
        (&idle, "拔下读卡器的线", Some(PanelAction::ReaderLink { linked: false })),
        (&idle, "撕下这张纸", None),
        (&idle, "放证：丁", Some(PanelAction::PlaceDocument(1))),
        (&idle, "扫码：戊", Some(PanelAction::ScanCode(0))),
        (&idle, "拔下身份证阅读器的线", Some(PanelAction::DocumentLink { linked: false })),
        (&idle, "拔下扫码器的线", Some(PanelAction::CodeLink { linked: false })),
        (&inserted, "拿起：丙", Some(PanelAction::LiftDocument)),
        (&inserted, "放证：丁", None),
        (&inserted, "扫码：戊", None),
        (&inserted, "接上扫码器的线", Some(PanelAction::CodeLink { linked: true })),
        (&inserted, "拔卡：乙", Some(PanelAction::RemoveCard)),
        (&inserted, "插卡：甲", None),
        (&inserted, "换纸", Some(PanelAction::LoadPaper)),
        (&inserted, "关盖", Some(PanelAction::Cover { open: false })),
        (&inserted, "接上打印机的线", Some(PanelAction::PrinterLink { linked: true })),
        (&inserted, "撕下这张纸", Some(PanelAction::TearPaper)),
    ] {
        screen.apply_panel(state);
        screen.draw();
        let button = ElementHandle::find_by_accessible_label(screen.app(), label).next().unwrap();
        let (x, y) = middle(&button);
        screen.touch(x, y);
        assert_eq!(done.take(), Vec::from_iter(action), "{label}");
    }
    assert!(screen.app().window().size().width == 1840);
}
