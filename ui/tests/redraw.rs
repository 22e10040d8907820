//! Only what has changed is drawn again, and the drawing does not depend on what was before.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod common;

use common::samples;

#[test]
fn the_same_page_again_draws_nothing() {
    let screen = common::screen();
    for (name, vm) in samples::all() {
        screen.apply(&vm);
        assert!(screen.draw(), "{name} was not drawn");
        screen.apply(&vm.clone());
        // A picture has no identity of its own and is drawn anew.
        if name != "18-preview" {
            assert!(!screen.draw(), "{name} was drawn twice");
        }
        screen.set_clock("11月22日 上午 9:41");
        if name != "18-preview" {
            assert!(!screen.draw(), "{name}: the same clock was drawn twice");
        }
    }
    screen.set_clock("11月22日 上午 9:42");
    assert!(screen.draw(), "a new minute was not drawn");
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
