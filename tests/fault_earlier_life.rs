//! The printer answers questions of an earlier life: nothing of it is taken for a proof.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

mod common;

use common::{Rig, title};
use gongji_hal::printer::sim::Fault;
use gongji_kiosk::devices::supervise::{Device, What};

/// Answers that mean "all well, all printed" when they belong to a question.
fn old_answers() -> Vec<u8> {
    let mut bytes = vec![0x12; 8];
    // Process ids, fences and automatic status.
    for id in 0..16u8 {
        bytes.extend([0x37, 0x22, b'0', b'0', b'0', b'0' + id, 0x00]);
    }
    bytes.extend([0x00; 8]);
    bytes.extend([0x10, 0x00, 0x00, 0x00]);
    bytes
}

fn send_old_answers(rig: &Rig) {
    rig.hall.printer().with(|printer, now| printer.fault(now, Fault::Noise(old_answers())));
}

#[test]
fn a_held_slip_is_not_proven_by_them() {
    let mut rig = Rig::start();
    rig.go_home();
    rig.preview_account_slip();
    rig.order("fault printer cover-open after 5 lines");
    rig.print_preview();
    rig.wait_title("打印机的盖子开着");
    let before = rig.seen.len();
    for _ in 0..5 {
        send_old_answers(&rig);
    }
    assert!(rig.hall.take_papers().is_empty());
    assert!(!rig.seen[before..].iter().any(|v| title(v).contains("打好了")));
    rig.order("printer cover close");
    rig.wait_title("单据打好了");
    let text: String = rig.hall.take_papers().iter().map(|p| p.text()).collect();
    assert_eq!(text.matches("期初余额").count(), 1, "printed once: {text}");
}

/// How often the printer was away, for a moment or longer, and came back.
fn came_back(rig: &Rig) -> u64 {
    [What::Flickered, What::Returned]
        .map(|what| rig.devices().count(Device::Printer, what))
        .iter()
        .sum()
}

#[test]
fn after_a_replug_they_are_dropped() {
    let mut rig = Rig::start();
    rig.go_home();
    // While the driver drops what comes, and after that.
    for late_ms in [40, 150, 700] {
        rig.order(&format!("fault printer late-answers {late_ms}"));
        let before = came_back(&rig);
        rig.order("printer unplug");
        rig.order("printer replug");
        for _ in 0..3 {
            send_old_answers(&rig);
        }
        rig.until("the printer back", |rig| (came_back(rig) > before).then_some(()));
        rig.preview_account_slip();
        assert!(rig.hall.take_papers().is_empty(), "nothing was sent");
        rig.print_preview();
        let end = rig.wait("an end", |v| {
            title(v).contains("打好了")
                || title(v).contains("没有打")
                || title(v).contains("不能确定")
        });
        let text: String = rig.hall.take_papers().iter().map(|p| p.text()).collect();
        let whole = text.contains("期末余额");
        assert!(whole || !title(&end).contains("打好了"), "success only when it is on paper");
        rig.tap("回到首页");
    }
}

/// The first process id that is asked for in these bytes.
fn process_id(bytes: &[u8]) -> &[u8] {
    const ASK: [u8; 7] = [0x1D, 0x28, 0x48, 0x06, 0x00, 0x30, 0x30];
    let at = bytes.windows(ASK.len()).position(|window| window == ASK).expect("one is asked for");
    &bytes[at + ASK.len()..][..4]
}

#[test]
fn a_kiosk_that_is_started_again_asks_with_other_process_ids() {
    let mut rig = Rig::start();
    let mut first_ids = std::collections::BTreeSet::new();
    // There are 32768 of them: two starts may chance upon the same one, three will not.
    for _ in 0..3 {
        rig.go_home();
        rig.preview_account_slip();
        rig.print_preview();
        rig.wait_title("单据打好了");
        first_ids.insert(process_id(&rig.hall.take_printed_bytes()).to_vec());
        rig.hall.remove();
        rig.restart();
        rig.wait("the devices being asked", |v| *v != Default::default());
        rig.wait("idle and well", |v| *v == Default::default());
    }
    assert!(first_ids.len() > 1, "{first_ids:?}");
}
