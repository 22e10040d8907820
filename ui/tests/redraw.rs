//! Only what has changed is drawn again, and the drawing does not depend on what was before.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod common;

use common::{family, samples};
use gongji_kiosk::view::model::{PageView, ViewModel};

#[test]
fn the_same_page_again_draws_nothing() {
    let screen = common::screen();
    for (name, vm) in samples::all() {
        screen.apply(&vm);
        assert!(screen.draw(), "{name} was not drawn");
        screen.apply(&vm.clone());
        assert!(!screen.draw(), "{name} was drawn twice");
        screen.set_clock("11月22日 上午 9:41");
        assert!(!screen.draw(), "{name}: the same clock was drawn twice");
    }
    screen.set_clock("11月22日 上午 9:42");
    assert!(screen.draw(), "a new minute was not drawn");
}

#[test]
fn another_picture_on_the_same_page_is_drawn() {
    let screen = common::screen();
    let preview = |height| {
        let mut vm = samples::preview();
        if let PageView::Preview(page) = &mut vm.page {
            page.picture = Some(samples::picture(height));
        }
        vm
    };
    screen.apply(&preview(1400));
    let first = screen.frame();
    screen.apply(&preview(1400));
    assert!(!screen.draw(), "equal pictures are one");
    screen.apply(&preview(400));
    assert!(screen.draw() && screen.frame() != first, "another picture");
    // Left and come back to: the picture was let go with the page.
    screen.apply(&ViewModel::default());
    screen.draw();
    screen.apply(&preview(1400));
    assert!(screen.frame() == first);
}

#[test]
fn ink_is_drawn_as_it_grows_and_wiped() {
    let screen = common::screen();
    let signed = |ink| {
        let mut vm = family::sign();
        if let PageView::Sign(page) = &mut vm.page {
            page.ink = ink;
        }
        vm
    };
    screen.apply(&signed(None));
    let empty = screen.frame();
    screen.apply(&signed(Some(family::ink())));
    assert!(screen.draw() && screen.frame() != empty, "ink");
    screen.apply(&signed(Some(family::ink())));
    assert!(!screen.draw(), "equal ink is one");
    screen.apply(&signed(None));
    assert!(screen.frame() == empty, "wiped");
}

#[test]
fn a_page_looks_the_same_whatever_was_before() {
    let used = common::screen();
    let pages = samples::all();
    for (_, vm) in pages.iter().rev() {
        used.apply(vm);
        used.draw();
    }
    for (name, vm) in pages.iter().step_by(3) {
        used.apply(vm);
        let fresh = common::screen();
        fresh.apply(vm);
        assert!(used.frame() == fresh.frame(), "{name}");
    }
}

#[test]
fn pages_that_were_never_drawn_leave_no_trace() {
    let pages = samples::all();
    let used = common::screen();
    let mut seed = 7_u32;
    let mut next = |below: usize| {
        seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (seed >> 16) as usize % below
    };
    for round in 0..8 {
        let mut order = Vec::new();
        for _ in 0..=next(3) {
            let (name, vm) = &pages[next(pages.len())];
            order.push(*name);
            used.apply(vm);
            let (x, y) = (next(1080) as f32, next(1920) as f32);
            used.touch(x, y);
            used.touch(500.0, 1810.0);
        }
        let last = pages.iter().find(|(name, _)| Some(name) == order.last()).unwrap();
        let fresh = common::screen();
        fresh.apply(&last.1);
        assert!(used.frame() == fresh.frame(), "round {round}: {order:?}");
    }
}
