//! The region of `[policy]` in the running kiosk: what patrons read of it, and a start that is refused.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

mod common;

use std::path::Path;
use std::sync::Arc;

use common::{Rig, config, fast, generate_records};
use gongji_kiosk::app::{App, Face};
use gongji_kiosk::config::Config;
use gongji_kiosk::view::model::{PageView, ViewModel};

const QUESTION: &str = "什么是家庭共济";

/// Has a hall whose own pack replaces that of 海南 and names another number.
fn hainan(config: &mut Config) {
    let folder = config.records.db.parent().unwrap().join("policy");
    std::fs::create_dir(&folder).unwrap();
    let pack = "region = \"hainan\"\nname = \"海南\"\ninherits = \"national\"\n\
        hotline = { value = \"0898-12393\", source = \"s\", confidence = \"confirmed\" }\n\
        [sources]\ns = { title = \"通知\" }\n";
    std::fs::write(folder.join("hainan.toml"), pack).unwrap();
    config.policy.dir = Some(folder);
    config.policy.region = "hainan".into();
}

#[test]
fn help_and_slips_name_the_region_and_its_hotline() {
    let mut rig = Rig::with(fast(), hainan);
    rig.go_home();
    rig.tap("使用帮助");
    rig.tap(QUESTION);
    let page = rig.wait_title(QUESTION);
    let PageView::Choice(help) = &page.page else { panic!("{page:?}") };
    let lead = "以海南医保部门公布为准。也可以打电话 0898-12393 询问。";
    assert_eq!(help.lead.as_deref(), Some(lead));
    rig.tap("返回");
    rig.tap("返回");
    rig.wait("home", |view| matches!(view.page, PageView::Home(_)));
    rig.preview_account_slip();
    rig.print_preview();
    rig.wait_title("单据打好了");
    let text: String = rig.hall.take_papers().iter().map(|paper| paper.text()).collect();
    assert!(text.contains("0898-12393"), "{text}");
}

struct Blind;

impl Face for Blind {
    fn show(&mut self, _: &Arc<ViewModel>) {}
    fn clock(&mut self, _: &str) {}
}

/// Why a kiosk whose configuration was changed so does not start.
fn refused(folder: &Path, change: impl FnOnce(&mut Config)) -> String {
    let mut config = config(folder);
    change(&mut config);
    let sentence = App::open(&config, Blind).err().unwrap();
    assert_eq!(sentence.lines().count(), 1, "{sentence}");
    assert!(!config.journal.db.exists(), "nothing is begun before the packs are read");
    sentence
}

#[test]
fn a_wrong_pack_or_region_refuses_the_start() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    generate_records(&folder.join("records.db"));
    let unknown = refused(folder, |config| config.policy.region = "atlantis".into());
    let begin = "region of [policy]: no pack is of the region atlantis; there are: beijing, ";
    assert!(unknown.starts_with(begin), "{unknown}");
    let gone = refused(folder, |config| config.policy.dir = Some(folder.join("gone")));
    assert!(gone.contains("gone: cannot be read"), "{gone}");
    let broken = refused(folder, |config| {
        hainan(config);
        let file = config.policy.dir.as_ref().unwrap().join("hainan.toml");
        let text = std::fs::read_to_string(&file).unwrap().replace("0898-", "call ");
        std::fs::write(&file, text).unwrap();
    });
    assert!(broken.contains("policy/hainan.toml: line 4: hotline takes"), "{broken}");
    let ended = refused(folder, |config| {
        let file = folder.join("policy/hainan.toml");
        let text = std::fs::read_to_string(&file).unwrap().replace("call ", "0898-");
        let text = text.replacen("inherits", "valid_until = 2020-12-31\ninherits", 1);
        std::fs::write(&file, text).unwrap();
        config.policy.dir = Some(folder.join("policy"));
        config.policy.region = "hainan".into();
    });
    assert!(ended.starts_with("region of [policy]: no pack of hainan holds on "), "{ended}");
}
