//! Draws every sample page into `target/gallery`, to be looked at.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod common;

use std::fs::{self, File};
use std::io::BufWriter;
use std::path::Path;

use gongji_kiosk::view::screen::{Frame, Headless, PanelState};

fn save(screen: &Headless, name: &str) -> Frame {
    let directory = Path::new(env!("CARGO_TARGET_TMPDIR")).join("../gallery");
    fs::create_dir_all(&directory).unwrap();
    let file = File::create(directory.join(format!("{name}.png"))).unwrap();
    let frame = screen.frame();
    frame.write_png(BufWriter::new(file)).unwrap();
    frame
}

#[test]
fn every_page_can_be_drawn_and_no_two_look_the_same() {
    let screen = common::screen();
    let mut frames = Vec::new();
    for (name, vm) in common::samples::all() {
        screen.apply(&vm);
        frames.push((name, save(&screen, name)));
    }
    for (i, (name, frame)) in frames.iter().enumerate() {
        for (other, other_frame) in &frames[..i] {
            assert!(frame != other_frame, "{name} looks like {other}");
        }
    }
}

#[test]
fn the_window_with_the_panel_fits_a_full_hd_screen() {
    let screen = Headless::with_size(1012, 1056, true).unwrap();
    screen.set_clock("11月22日 上午 9:41");
    screen.apply(&common::samples::home());
    screen.apply_panel(&PanelState {
        cards: [
            "王建国",
            "另一个人",
            "王建国的家人",
            "已过期",
            "已挂失",
            "生僻字姓名",
            "只给卡号",
            "芯片坏了",
            "银行卡",
        ]
        .map(String::from)
        .to_vec(),
        pin: "123456".into(),
        inserted: Some(0),
        documents: [
            "王建国",
            "另一个人",
            "王建国的家人",
            "已过期",
            "港澳台居民",
            "外国人（旧版）",
            "外国人",
        ]
        .map(String::from)
        .to_vec(),
        placed: Some(1),
        codes: ["王建国", "另一个人", "刚用过的码"].map(String::from).to_vec(),
        status: "读卡器 19,200 bps，打印机 115,200 bps，纸还有 42 米".into(),
        paper: Some(common::samples::picture(1200)),
        ..PanelState::default()
    });
    save(&screen, "30-panel");
}
