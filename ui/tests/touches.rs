//! Every place that can be touched: its size, its meaning, and how a touch begins and ends.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod common;

use std::cell::RefCell;
use std::collections::{BTreeMap, HashSet};
use std::rc::Rc;

use common::samples;
use gongji_kiosk::view::model::*;
use gongji_kiosk::view::screen::{Headless, PanelAction, PanelState};
use gongji_kiosk::visit::event::Tap;
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

/// The label and meaning of everything that `vm` lets be touched.
fn expected(vm: &ViewModel) -> BTreeMap<String, Tap> {
    let mut all = BTreeMap::new();
    let staff = if vm.staff_called { "已呼叫工作人员" } else { "呼叫工作人员" };
    all.insert(staff.to_owned(), Tap::CallStaff);
    match &vm.overlay {
        Some(Overlay::StillThere { .. }) => {
            all.insert("我还在".into(), Tap::StillHere);
            return all;
        }
        Some(Overlay::StaffCalled { .. }) => {
            all.insert("不用来了".into(), Tap::StaffDone);
            all.insert("知道了，接着办".into(), Tap::StillHere);
            return all;
        }
        None => {}
    }
    for button in vm.back.iter().chain(&vm.primary) {
        all.insert(button.label.clone(), button.tap);
    }
    match &vm.page {
        PageView::Home(page) => all.extend(page.choices.iter().map(|c| (c.label.clone(), c.tap))),
        PageView::Choice(page) => all.extend(page.choices.iter().map(|c| (c.label.clone(), c.tap))),
        PageView::List(page) => {
            all.extend(page.chips.iter().map(|c| (c.label.clone(), c.tap)));
            if let Some(pager) = &page.pager {
                all.extend(pager.previous.then(|| ("上一页".into(), Tap::PreviousPage)));
                all.extend(pager.next.then(|| ("下一页".into(), Tap::NextPage)));
            }
        }
        PageView::Preview(page) => all.extend(page.sizes.iter().map(|c| (c.label.clone(), c.tap))),
        PageView::Months(page) => {
            all.extend(page.quick.iter().map(|c| (c.label.clone(), c.tap)));
            all.extend(page.months.iter().filter(|m| m.enabled).map(|m| (m.label.clone(), m.tap)));
            all.extend(page.earlier.then(|| ("前一年".into(), Tap::Year(-1))));
            all.extend(page.later.then(|| ("后一年".into(), Tap::Year(1))));
        }
        _ => {}
    }
    all
}

/// Rows are told apart by their order, since two may have the same words.
fn expected_rows(vm: &ViewModel) -> Vec<Tap> {
    match &vm.page {
        PageView::List(page) if vm.overlay.is_none() => {
            page.rows.iter().filter_map(|r| r.tap).collect()
        }
        _ => Vec::new(),
    }
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
    for (name, vm) in samples::all().into_iter().step_by(4) {
        screen.apply(&vm);
        screen.draw();
        let mut boxes: BTreeMap<String, (f32, f32, f32, f32)> = BTreeMap::new();
        for (x, y, tap) in screen.touch_map(STEP) {
            let b = boxes.entry(format!("{tap:?}")).or_insert((x, y, x, y));
            *b = (b.0.min(x), b.1.min(y), b.2.max(x), b.3.max(y));
        }
        let wanted: HashSet<String> = expected(&vm)
            .values()
            .chain(&expected_rows(&vm))
            .map(|tap| format!("{tap:?}"))
            .collect();
        assert_eq!(boxes.keys().cloned().collect::<HashSet<_>>(), wanted, "{name}");
        for (tap, (left, top, right, bottom)) in boxes {
            // The grid misses up to one step at each side.
            let least = LEAST_SIDE - f32::from(STEP);
            assert!(right - left >= least && bottom - top >= least, "{name} {tap}");
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
        let mut rows = Vec::new();
        let mut expected = expected(&vm);
        for button in buttons(&screen) {
            let label = button.accessible_label().unwrap().to_string();
            let enabled = button.accessible_enabled() == Some(true);
            let (x, y) = middle(&button);
            screen.touch(x, y);
            let got = taps.take();
            match expected.remove(&label) {
                // Under an overlay the page's own buttons are still drawn, but cannot be hit.
                Some(tap) if enabled => assert_eq!(got, [tap], "{name} {label}"),
                _ if vm.overlay.is_some() => {
                    assert!(
                        got.iter().all(|t| matches!(t, Tap::StillHere | Tap::StaffDone)),
                        "{name}"
                    );
                }
                _ if enabled => rows.extend(got),
                _ => assert_eq!(got, [], "{name} {label} cannot be touched"),
            }
        }
        assert_eq!(expected, BTreeMap::new(), "{name}: not on the screen");
        assert_eq!(rows, expected_rows(&vm), "{name}");
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
    for vm in [samples::home(), samples::list(), samples::months(), samples::still_there()] {
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
