//! A card is left in the slot after its visit: sound and light after five seconds.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

mod common;

use std::path::Path;

use common::{Rig, fast};
use gongji_kiosk::view::model::ViewModel;

/// What the hall's program was told so far.
fn told(path: &Path) -> Vec<String> {
    let text = std::fs::read_to_string(path).unwrap_or_default();
    text.lines().map(str::to_owned).collect()
}

/// The page comes at once and staff a minute later; `src/visit/tests/reader.rs` tells that time.
#[test]
fn sound_and_light_remind_and_end_when_the_card_is_taken() {
    let mut told_in = std::path::PathBuf::new();
    let mut rig = Rig::with(fast(), |config| {
        let folder = config.records.db.parent().unwrap().to_path_buf();
        told_in = folder.join("told");
        let script = format!("echo \"$@\" >> {}", told_in.display());
        config.staff.notify = ["sh", "-c", &script, "sh"].map(str::to_owned).to_vec();
    });
    rig.go_home();
    rig.tap("办完了，取卡");
    rig.wait_title("请取走您的卡");
    assert!(told(&told_in).is_empty(), "not yet");
    let until = std::time::Instant::now() + common::PATIENCE;
    let wait = |words: &str| {
        while !told(&told_in).iter().any(|line| line == words) {
            assert!(std::time::Instant::now() < until, "{:?}", told(&told_in));
            std::thread::yield_now();
        }
    };
    wait("remind card-left");
    rig.hall.remove();
    rig.wait("idle", |v| *v == ViewModel::default());
    wait("dismiss");
    assert_eq!(told(&told_in), ["remind card-left", "dismiss"], "nobody was called");
}
