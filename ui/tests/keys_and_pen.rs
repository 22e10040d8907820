//! The pad of keys and the field for the signature: sizes, secrets, strokes.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod common;

use std::cell::RefCell;
use std::rc::Rc;

use common::family;
use gongji_kiosk::view::model::*;
use gongji_kiosk::view::screen::Headless;
use gongji_kiosk::visit::event::{Pen, SIGNATURE_HEIGHT, SIGNATURE_WIDTH, Tap};
use gongji_ui as ui;
use gongji_ui::slint::{ComponentHandle, Model};
use i_slint_backend_testing::{AccessibleRole, ElementHandle, ElementQuery};

/// The least width and height of a key, logical pixels.
const DIGIT_KEY: (f32, f32) = (150.0, 120.0);
const LETTER_KEY: (f32, f32) = (100.0, 100.0);
/// A secret that a view by mistake hands over in plain.
const SECRET: &str = "739518";

fn of_role(screen: &Headless, role: AccessibleRole) -> Vec<ElementHandle> {
    ElementQuery::from_root(screen.app()).match_accessible_role(role).find_all()
}

fn recorder(screen: &Headless) -> Rc<RefCell<Vec<Tap>>> {
    let taps = Rc::new(RefCell::new(Vec::new()));
    screen.on_tap({
        let taps = taps.clone();
        move |tap| taps.borrow_mut().push(tap)
    });
    taps
}

#[test]
fn keys_are_large_and_apart() {
    let screen = common::screen();
    for (vm, count, least) in [
        (family::pad_secret_wrong(), 10, DIGIT_KEY),
        (family::pad_empty(), 10, DIGIT_KEY),
        (family::with_notice(family::pad_number()), 11, DIGIT_KEY),
        (family::pad_letters(), 36, LETTER_KEY),
    ] {
        screen.apply(&vm);
        screen.draw();
        let is_key = |e: &ElementHandle| {
            let label = e.accessible_label().unwrap();
            label.chars().count() == 1 || label == "退一格" || label == "全部清除"
        };
        let keys: Vec<_> =
            of_role(&screen, AccessibleRole::Button).into_iter().filter(is_key).collect();
        assert_eq!(keys.len(), count + 2);
        let rooms: Vec<_> = keys.iter().map(|k| (k.absolute_position(), k.size())).collect();
        for (n, (at, size)) in rooms.iter().enumerate() {
            let label = keys[n].accessible_label();
            assert!(size.width >= least.0 && size.height >= least.1, "{label:?}: {size:?}");
            for (other, other_size) in &rooms[..n] {
                let apart = at.x >= other.x + other_size.width + 11.0
                    || other.x >= at.x + size.width + 11.0
                    || at.y >= other.y + other_size.height + 11.0
                    || other.y >= at.y + size.height + 11.0;
                assert!(apart, "{label:?} is too near to another key");
            }
        }
    }
}

#[test]
fn keys_stand_still_while_words_change_above_them() {
    let screen = common::screen();
    let place = |vm: &ViewModel| {
        screen.apply(vm);
        screen.draw();
        let key = ElementHandle::find_by_accessible_label(screen.app(), "5").next().unwrap();
        (key.absolute_position().x, key.absolute_position().y)
    };
    let plain = family::pad_secret();
    let PageView::Pad(mut pad) = plain.page.clone() else { unreachable!() };
    pad.filled = (0, 6);
    pad.note = Some("刚才的密码不对，还可以试 2 次。".into());
    pad.lead.clear();
    assert_eq!(place(&plain), place(&ViewModel { page: PageView::Pad(pad), ..plain.clone() }));
}

#[test]
fn a_secret_is_neither_drawn_nor_spoken() {
    let screen = common::screen();
    let show = |shown: &str, wanted: u8| {
        let ViewModel { page: PageView::Pad(mut pad), .. } = family::pad_secret() else {
            unreachable!()
        };
        pad.shown = shown.into();
        pad.filled = (6, wanted);
        screen.apply(&ViewModel { page: PageView::Pad(pad), ..family::pad_secret() });
        screen.frame()
    };
    for wanted in [6, 12, 0] {
        assert!(show(SECRET, wanted) == show("●●●●●●", wanted), "{wanted} wanted");
        show(SECRET, wanted);
        let data = screen.app().global::<ui::PadData>();
        let cells: Vec<_> = data.get_cells().iter().collect();
        let held = format!("{:?} {cells:?}", data.get_text());
        assert!(!held.contains(SECRET), "{held}");
        // No element tells more than how many there are; the keys have their own labels.
        for element in of_role(&screen, AccessibleRole::Text) {
            let label = element.accessible_label().unwrap_or_default();
            let value = element.accessible_value().unwrap_or_default();
            assert!(!label.contains(SECRET) && !label.contains('●'), "{label}");
            assert!(!value.contains(SECRET) && !value.contains('●'), "{value}");
        }
        let said = if wanted > 0 {
            format!("已按 6 位，共 {wanted} 位")
        } else {
            "已按 6 位".into()
        };
        assert!(ElementHandle::find_by_accessible_label(screen.app(), &said).next().is_some());
    }
}

#[test]
fn what_is_no_secret_is_shown_and_spoken() {
    let screen = common::screen();
    for (vm, spoken) in [
        (family::pad_amount(), "15,000.00元"),
        (family::pad_number(), "310101 19541120 123"),
        (family::pad_letters(), "A12 345 67"),
    ] {
        screen.apply(&vm);
        screen.draw();
        let texts = of_role(&screen, AccessibleRole::Text);
        let is_spoken = |e: &&ElementHandle| e.accessible_label().is_some_and(|l| l == spoken);
        assert_eq!(texts.iter().filter(is_spoken).count(), 1, "{spoken}");
    }
}

/// The left upper corner of the field's inside.
fn field(screen: &Headless) -> (f32, f32) {
    let label = "签名框，请用手指在里面写";
    let field = ElementHandle::find_by_accessible_label(screen.app(), label).next().unwrap();
    let (at, size) = (field.absolute_position(), field.size());
    let border = (size.width - f32::from(SIGNATURE_WIDTH)) / 2.0;
    assert_eq!(size.height, f32::from(SIGNATURE_HEIGHT) + 2.0 * border);
    // In the lower half, where a hand rests.
    assert!(at.y + size.height / 2.0 > 960.0, "{at:?}");
    (at.x + border, at.y + border)
}

#[test]
fn a_finger_writes_in_the_units_of_the_field() {
    let screen = common::screen();
    let taps = recorder(&screen);
    screen.apply(&family::sign_empty());
    screen.draw();
    let (x, y) = field(&screen);
    let at = |dx: f32, dy: f32| (x + dx + 0.5, y + dy + 0.5);
    let (x0, y0) = at(100.0, 50.0);
    screen.press(x0, y0);
    for (dx, dy) in [(101.0, 50.0), (103.0, 52.0), (104.0, 50.0), (500.0, 300.0), (980.0, 300.0)] {
        let (x, y) = at(dx, dy);
        screen.slide(x, y);
    }
    // Off the field and back while the finger stays down: a new stroke.
    let (x1, y1) = at(900.0, 300.0);
    screen.slide(x1, y1);
    screen.release(x1, y1);
    let written: Vec<_> = taps.take();
    let wanted = [Pen::Down(100, 50), Pen::To(104, 50), Pen::To(500, 300), Pen::Down(900, 300)];
    assert_eq!(written, wanted.map(Tap::Pen));
    // Without a finger down nothing is written.
    screen.slide(x0, y0);
    assert_eq!(taps.take(), []);
}

#[test]
fn an_overlay_takes_the_finger_off_the_field() {
    let screen = common::screen();
    let taps = recorder(&screen);
    screen.apply(&family::sign());
    screen.draw();
    let (x, y) = field(&screen);
    screen.press(x + 10.0, y + 10.0);
    assert_eq!(taps.take(), [Tap::Pen(Pen::Down(10, 10))]);
    let overlay = Some(Overlay::StillThere { seconds: 20 });
    screen.apply(&ViewModel { overlay, ..family::sign() });
    screen.slide(x + 60.0, y + 60.0);
    assert_eq!(taps.take(), []);
}

#[test]
fn the_ink_is_drawn_where_it_was_written() {
    let screen = common::screen();
    let ink = family::ink();
    screen.apply(&family::sign());
    let frame = screen.frame();
    let (x, y) = field(&screen);
    let side = usize::try_from(ink.width()).unwrap();
    let mut black = 0;
    for (n, grey) in ink.pixels().iter().enumerate() {
        if *grey == 0 {
            let (px, py) = (x as usize + n % side, y as usize + n / side);
            let at = (py * frame.width as usize + px) * 3;
            // The line to write on runs over the ink.
            black += usize::from(frame.rgb[at..at + 3] == [0, 0, 0]);
        }
    }
    let all = ink.pixels().iter().filter(|grey| **grey == 0).count();
    assert!(black * 100 >= all * 97, "{black} of {all}");
}
