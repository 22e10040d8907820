//! The simulated devices in one process and the kiosk in another, over kernel ttys.
#![cfg(feature = "ui")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

mod common;

use std::path::Path;

use common::process::{Program, Simulator, kiosk_folder, write_cards};

fn set_up() -> (tempfile::TempDir, Simulator) {
    let folder = kiosk_folder();
    write_cards(&folder.path().join("records.db"), &folder.path().join("cards"));
    let simulator = Simulator::start(folder.path());
    (folder, simulator)
}

fn start_kiosk(folder: &Path) -> Program {
    Program::start(folder, &["run", "--config", "kiosk.toml", "--headless"])
}

fn put_in(folder: &Path, simulator: &Simulator, label: &str) {
    simulator.must(&format!("card insert {}/cards/{label}.toml", folder.display()));
}

/// Waits for a heading that holds these words.
#[track_caller]
fn wait(kiosk: &mut Program, words: &str) {
    let heading = kiosk.ask(&format!("wait {words}"));
    assert!(heading.contains(words), "waited for {words}, came {heading}");
}

#[track_caller]
fn tap(kiosk: &mut Program, words: &str) {
    assert_eq!(kiosk.ask(&format!("tap {words}")), "ok", "{words}");
}

fn holds(bytes: &[u8], text: &str) -> bool {
    let (coded, ..) = encoding_rs::GB18030.encode(text);
    bytes.windows(coded.len()).any(|window| *window == *coded)
}

#[test]
fn a_card_is_read_and_a_slip_is_printed() {
    let (folder, mut simulator) = set_up();
    let mut kiosk = start_kiosk(folder.path());
    wait(&mut kiosk, "请插入社保卡");
    put_in(folder.path(), &simulator, "showcase");
    wait(&mut kiosk, "您好");
    assert_eq!(kiosk.ask("picture home.png"), "home.png");
    tap(&mut kiosk, "打印单据");
    wait(&mut kiosk, "打印哪一份");
    tap(&mut kiosk, "余额和明细");
    wait(&mut kiosk, "个人账户余额及明细单");
    tap(&mut kiosk, "开始打印");
    wait(&mut kiosk, "单据打好了");
    assert!(kiosk.ask("text").contains("[呼叫工作人员]"));
    tap(&mut kiosk, "回到首页");
    wait(&mut kiosk, "您好");
    tap(&mut kiosk, "办完了，取卡");
    wait(&mut kiosk, "请取走您的卡");
    simulator.must("card remove");
    wait(&mut kiosk, "请插入社保卡");
    kiosk.say("quit");
    let outcome = kiosk.end();
    assert_eq!((outcome.status, outcome.err.as_str()), (Some(0), ""), "{outcome:?}");

    simulator.program.terminate();
    assert_eq!(simulator.program.end().status, Some(0));
    let bytes = simulator.printed();
    assert!(holds(&bytes, "个人账户余额及明细单") && holds(&bytes, "仅供核对"));

    let picture = std::fs::File::open(folder.path().join("home.png")).unwrap();
    let reader = png::Decoder::new(std::io::BufReader::new(picture)).read_info().unwrap();
    assert_eq!((reader.info().width, reader.info().height), (1080, 1920));
}

#[test]
fn the_end_of_the_input_ends_the_kiosk_and_wrong_orders_are_named() {
    let (folder, _simulator) = set_up();
    let mut kiosk = start_kiosk(folder.path());
    wait(&mut kiosk, "请插入社保卡");
    let outcome = kiosk.end();
    assert_eq!((outcome.status, outcome.err.as_str()), (Some(0), ""), "{outcome:?}");

    let mut kiosk = start_kiosk(folder.path());
    kiosk.say("frobnicate");
    let outcome = kiosk.end();
    assert_eq!(outcome.status, Some(1));
    let sentence = outcome.err.strip_prefix("gongji-kiosk: 'frobnicate' is not known; say wait");
    assert_eq!(sentence.map(|rest| rest.lines().count()), Some(1), "{outcome:?}");
}

#[test]
fn a_second_kiosk_with_the_same_journal_is_refused() {
    let (folder, _simulator) = set_up();
    let mut first = start_kiosk(folder.path());
    wait(&mut first, "请插入社保卡");
    let args = ["run", "--config", "kiosk.toml", "--headless"];
    let (status, sentence) = common::process::fails(folder.path(), &args);
    assert_eq!(status, Some(1));
    assert!(sentence.contains("journal.db") && sentence.contains("stop it"), "{sentence}");
}

#[test]
fn the_kiosk_recovers_when_all_devices_vanish_in_mid_visit() {
    let (folder, mut simulator) = set_up();
    let mut kiosk = start_kiosk(folder.path());
    wait(&mut kiosk, "请插入社保卡");
    put_in(folder.path(), &simulator, "showcase");
    wait(&mut kiosk, "您好");
    simulator.program.kill();
    // The loss of the devices does not end a visit: the records can still be seen.
    tap(&mut kiosk, "账户明细");
    wait(&mut kiosk, "账户明细");
    tap(&mut kiosk, "返回");
    wait(&mut kiosk, "您好");

    // The devices come back with an empty slot: the card is gone, and so is the visit.
    let mut simulator = Simulator::start(folder.path());
    wait(&mut kiosk, "请插入社保卡");
    put_in(folder.path(), &simulator, "showcase");
    wait(&mut kiosk, "您好");
    tap(&mut kiosk, "打印单据");
    wait(&mut kiosk, "打印哪一份");
    tap(&mut kiosk, "家人用了多少");
    wait(&mut kiosk, "共济支付情况单");
    tap(&mut kiosk, "开始打印");
    wait(&mut kiosk, "单据打好了");
    kiosk.say("quit");
    assert_eq!(kiosk.end().status, Some(0));
    simulator.program.terminate();
    assert_eq!(simulator.program.end().status, Some(0));
    assert!(holds(&simulator.printed(), "共济支付情况单"));
}

#[test]
fn a_kiosk_that_is_told_to_end_ends() {
    let (folder, _simulator) = set_up();
    let mut kiosk = start_kiosk(folder.path());
    wait(&mut kiosk, "请插入社保卡");
    kiosk.terminate();
    kiosk.end();
    // Its ports and its journal are free again.
    let mut again = start_kiosk(folder.path());
    wait(&mut again, "请插入社保卡");
}
