//! How long a picture takes with the software renderer at 1080×1920: `cargo bench -p gongji-ui`.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

#[path = "../tests/common/mod.rs"]
mod common;

use std::cell::RefCell;
use std::rc::Rc;

use common::{opening, samples};
use criterion::{Criterion, criterion_group, criterion_main};
use gongji_kiosk::visit::event::Tap;

fn first_frame(c: &mut Criterion) {
    // Fonts are registered and glyphs cached by the first one; what a cold process takes beyond this
    // is measured from outside.
    c.bench_function("first frame of a new screen", |b| {
        b.iter(|| {
            let screen = common::screen();
            screen.apply(&opening::idle());
            screen.draw()
        });
    });
}

fn page_switch(c: &mut Criterion) {
    let screen = common::screen();
    let pages = [samples::home(), samples::list()];
    let mut next = 0;
    c.bench_function("page switch, home and list", |b| {
        b.iter(|| {
            next = (next + 1) % pages.len();
            screen.apply(&pages[next]);
            screen.draw()
        });
    });
}

fn tap_to_frame(c: &mut Criterion) {
    let screen = Rc::new(common::screen());
    let pages = [samples::months(), {
        let mut other = samples::months();
        if let gongji_kiosk::view::model::PageView::Months(page) = &mut other.page {
            page.months[0].chosen = true;
        }
        other
    }];
    screen.apply(&pages[0]);
    screen.draw();
    let (x, y) = screen.find(Tap::Month(1)).unwrap();
    let taps = Rc::new(RefCell::new(0));
    screen.on_tap({
        let taps = taps.clone();
        move |_| *taps.borrow_mut() += 1
    });
    c.bench_function("press to frame", |b| {
        b.iter(|| {
            screen.press(x, y);
            let drawn = screen.draw();
            screen.release(4.0, 140.0);
            screen.draw();
            drawn
        });
    });
    c.bench_function("tap to changed frame", |b| {
        b.iter(|| {
            screen.touch(x, y);
            let count = *taps.borrow();
            screen.apply(&pages[count % 2]);
            screen.draw()
        });
    });
}

criterion_group!(benches, first_frame, page_switch, tap_to_frame);
criterion_main!(benches);
