//! Only what has changed is drawn again, and the drawing does not depend on what was before.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod common;

use common::samples;
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
    screen.apply(&preview(700));
    assert!(screen.draw() && screen.frame() != first, "another picture");
    // Left and come back to: the picture was let go with the page.
    screen.apply(&ViewModel::default());
    screen.draw();
    screen.apply(&preview(1400));
    assert!(screen.frame() == first);
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
