//! How long a picture takes with the software renderer at 1080×1920: `cargo bench -p gongji-ui`.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

#[path = "../tests/common/mod.rs"]
mod common;

use std::cell::RefCell;
use std::rc::Rc;
use std::sync::Arc;

use common::{family, opening, samples};
use criterion::{Criterion, criterion_group, criterion_main};
use gongji_kiosk::statement::Picture;
use gongji_kiosk::view::model::PageView;
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
        if let PageView::Months(page) = &mut other.page {
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

fn family_switch(c: &mut Criterion) {
    let screen = common::screen();
    let pages = [
        family::members_full(),
        family::pad_letters(),
        family::document_full(),
        family::sign(),
        family::review_full(),
    ];
    let mut next = 0;
    c.bench_function("page switch, the five of the family account", |b| {
        b.iter(|| {
            next = (next + 1) % pages.len();
            screen.apply(&pages[next]);
            screen.draw()
        });
    });
}

fn key_to_frame(c: &mut Criterion) {
    let screen = common::screen();
    let pages = [0, 1].map(|filled| {
        let mut vm = family::pad_secret();
        if let PageView::Pad(pad) = &mut vm.page {
            pad.filled = (filled, 6);
        }
        vm
    });
    let mut next = 0;
    c.bench_function("key to changed frame", |b| {
        b.iter(|| {
            next = (next + 1) % pages.len();
            screen.apply(&pages[next]);
            screen.draw()
        });
    });
}

/// A move of the finger on the field: the tap, another picture of the ink, the frame.
fn pen_to_frame(c: &mut Criterion) {
    let screen = common::screen();
    let pages = [family::sign(), {
        let mut other = family::sign();
        if let PageView::Sign(sign) = &mut other.page {
            let ink = sign.ink.clone().unwrap();
            let mut pixels = ink.pixels().to_vec();
            pixels[0] = 0;
            let ink = Picture::new(ink.width(), ink.height(), pixels).unwrap();
            sign.ink = Some(Arc::new(ink));
        }
        other
    }];
    screen.apply(&pages[0]);
    screen.draw();
    let taps = Rc::new(RefCell::new(0));
    screen.on_tap({
        let taps = taps.clone();
        move |_| *taps.borrow_mut() += 1
    });
    screen.press(300.0, 1000.0);
    let mut next = 0;
    c.bench_function("move of the pen to frame", |b| {
        b.iter(|| {
            next += 1;
            screen.slide(300.0 + (next % 50) as f32 * 10.0, 1000.0);
            screen.apply(&pages[next % 2]);
            screen.draw()
        });
    });
    assert!(*taps.borrow() > 0, "the finger writes");
}

criterion_group!(
    benches,
    first_frame,
    page_switch,
    tap_to_frame,
    family_switch,
    key_to_frame,
    pen_to_frame
);
criterion_main!(benches);
