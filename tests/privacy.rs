//! After each end of a visit nothing of the patron is left: not in the log, not in a file, not on the
//! screen, not on the next patron's slip.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

mod common;

use std::path::Path;
use std::sync::{Mutex, Once, PoisonError};

use common::family::{Person, set_password};
use common::{Rig, process, title};
use gongji_hal::printer::sim::PrintedPaper;
use gongji_kiosk::devices::simulate::idcard_file::IdCardFile;
use gongji_kiosk::domain::id_number::IdNumber;
use gongji_kiosk::domain::masking::{mask_card_no, mask_id_number};
use gongji_kiosk::domain::money::Money;
use gongji_kiosk::domain::person::CardNo;
use gongji_kiosk::records::embedded::EmbeddedLedger;
use gongji_kiosk::records::generate;
use gongji_kiosk::records::port::{Credential, Ledger};
use gongji_kiosk::view::model::{PageView, ViewModel};
use gongji_kiosk::visit::event::Tap;

/// What must not be found of a person and their relatives.
struct Canaries(Vec<String>);

impl Canaries {
    /// Those of the showcase person of `db`.
    fn of(db: &Path) -> Self {
        let card = generate::showcase(db).unwrap();
        let (number, id_number) = (card.number.clone(), Some(card.id_number.clone()));
        let mut ledger = EmbeddedLedger::open(db).unwrap();
        let insured = ledger.identify(&Credential::Card { number, id_number }).unwrap();
        let overview = ledger.overview(&insured.psn_no, common::TODAY).unwrap();
        let own = [card.name.reveal(), card.number.reveal(), card.id_number.reveal()];
        let mut found: Vec<String> = own.map(str::to_owned).into();
        found.push(insured.psn_no.reveal().to_owned());
        for (relative, _) in &overview.used_by {
            found.push(relative.name.reveal().to_owned());
            found.push(relative.id_number.reveal().to_owned());
            found.push(relative.psn_no.reveal().to_owned());
        }
        assert!(found.len() >= 10, "the showcase person has two relatives");
        assert!(found.iter().all(|canary| canary.chars().count() >= 2), "{}", found.len());
        Self(found)
    }

    /// Those of somebody of the ledger.
    fn of_person(person: &Person) -> Self {
        let insured = &person.insured;
        let own = [insured.name.reveal(), insured.id_number.reveal(), insured.psn_no.reveal()];
        let mut found: Vec<String> = own.map(str::to_owned).into();
        found.push(person.card.number.clone());
        assert!(found.iter().all(|canary| canary.chars().count() >= 2), "{}", found.len());
        Self(found)
    }

    /// The canaries that `bytes` hold, in UTF-8 or as a Chinese printer or card spells them.
    fn in_bytes(&self, bytes: &[u8]) -> Vec<&str> {
        let has = |needle: &[u8]| bytes.windows(needle.len()).any(|window| window == needle);
        let spelt = |canary: &&String| {
            let (coded, ..) = encoding_rs::GB18030.encode(canary);
            has(canary.as_bytes()) || has(&coded)
        };
        self.0.iter().filter(spelt).map(String::as_str).collect()
    }

    #[track_caller]
    fn assert_absent(&self, place: &str, bytes: &[u8]) {
        let found = self.in_bytes(bytes);
        assert!(found.is_empty(), "{place} holds {found:?}");
    }
}

/// The whole kiosk as a process, with the log at its most talkative.
#[cfg(feature = "ui")]
mod in_a_process {
    use super::*;
    use common::process::{Program, Simulator, kiosk_folder, write_cards};

    struct Place {
        folder: tempfile::TempDir,
        /// Cards and devices live elsewhere: they are the patron's and the hall's.
        hall: tempfile::TempDir,
        simulator: Simulator,
        kiosk: Program,
        canaries: Canaries,
    }

    impl Place {
        fn start() -> Self {
            let (folder, hall) = (kiosk_folder(), tempfile::tempdir().unwrap());
            let db = folder.path().join("records.db");
            write_cards(&db, &hall.path().join("cards"));
            let simulator = Simulator::start(hall.path());
            let devices = format!("\"{}/hall/", hall.path().display());
            let text = process::configuration().replace("\"hall/", &devices);
            std::fs::write(folder.path().join("kiosk.toml"), text).unwrap();
            let args = ["run", "--config", "kiosk.toml", "--headless", "--log", "trace"];
            let kiosk = Program::start(folder.path(), &args);
            let canaries = Canaries::of(&db);
            let mut place = Self { folder, hall, simulator, kiosk, canaries };
            place.wait("请插入社保卡");
            place
        }

        #[track_caller]
        fn wait(&mut self, words: &str) {
            let heading = self.kiosk.ask(&format!("wait {words}"));
            assert!(heading.contains(words), "waited for {words}, came {heading}");
        }

        #[track_caller]
        fn tap(&mut self, words: &str) {
            assert_eq!(self.kiosk.ask(&format!("tap {words}")), "ok", "{words}");
        }

        fn put_in(&self, label: &str) {
            let cards = self.hall.path().join("cards");
            self.simulator.must(&format!("card insert {}/{label}.toml", cards.display()));
        }

        fn go_to_preview(&mut self) {
            self.tap("打印单据");
            self.wait("打印哪一份");
            self.tap("家人用了多少");
            self.wait("共济支付情况单");
        }

        /// Looks into every file of the kiosk's folder but the ledger, which is no memory of a visit.
        fn look_into_files(&self) {
            let mut looked = Vec::new();
            for (path, bytes) in process::files(self.folder.path()) {
                let name = path.file_name().unwrap().to_str().unwrap().to_owned();
                if name == "records.db" {
                    let found = self.canaries.in_bytes(&bytes);
                    assert_eq!(found.len(), self.canaries.0.len(), "the search is blind");
                } else if !name.starts_with("records.db") {
                    self.canaries.assert_absent(&name, &bytes);
                    looked.push(name);
                }
            }
            for name in ["journal.db", "journal.db-wal", "kiosk.toml"] {
                let there = looked.iter().any(|n| n == name);
                assert!(there || name.ends_with("-wal"), "{name} was not looked into: {looked:?}");
            }
        }

        /// Ends the kiosk and looks at everything it has said.
        fn end(mut self) {
            self.look_into_files();
            self.kiosk.say("quit");
            let outcome = self.kiosk.end();
            assert_eq!(outcome.status, Some(0), "{}", outcome.err);
            assert!(outcome.err.contains("kiosk.started"), "the log was kept: {}", outcome.err);
            self.canaries.assert_absent("standard output", outcome.out.as_bytes());
            self.canaries.assert_absent("the log", outcome.err.as_bytes());
            self.look_into_files();
        }
    }

    #[test]
    fn a_whole_visit_leaves_nothing() {
        let mut place = Place::start();
        place.put_in("showcase");
        place.wait("您好");
        for page in ["账户明细", "家人用了多少", "家人缴费"] {
            place.tap(page);
            place.wait(page);
            place.tap("返回");
            place.wait("您好");
        }
        place.go_to_preview();
        place.tap("开始打印");
        place.wait("单据打好了");
        place.tap("回到首页");
        place.wait("您好");
        place.tap("办完了，取卡");
        place.wait("请取走您的卡");
        place.simulator.must("card remove");
        place.wait("请插入社保卡");
        place.end();
    }

    #[test]
    fn a_card_pulled_from_a_held_slip_leaves_nothing() {
        let mut place = Place::start();
        place.put_in("showcase");
        place.wait("您好");
        place.go_to_preview();
        place.simulator.must("fault printer paper-out after 6 lines");
        place.tap("开始打印");
        place.wait("打印机没有纸了");
        place.simulator.must("card remove");
        place.wait("请插入社保卡");
        place.end();
    }

    #[test]
    fn cards_that_are_refused_leave_nothing() {
        let mut place = Place::start();
        place.simulator.must("fault card pull");
        place.put_in("showcase");
        place.wait("卡取出得早了一点");
        place.put_in("mute");
        place.wait("读不到卡里的芯片");
        place.simulator.must("card remove");
        place.wait("请插入社保卡");
        // A patron who pulls the card out of home.
        place.put_in("showcase");
        place.wait("您好");
        place.simulator.must("card remove");
        place.wait("请插入社保卡");
        place.end();
    }
}

fn text(papers: &[PrintedPaper]) -> String {
    papers.iter().map(PrintedPaper::text).collect()
}

/// The masked numbers by which a slip or a screen shows whose it is.
fn masked(rig: &Rig, label: &str) -> [String; 2] {
    let file = rig.card_file(label);
    let id_number = IdNumber::parse(&file.id_number).unwrap();
    [mask_id_number(&id_number), mask_card_no(&CardNo::new(file.number))]
}

/// Prints the account slip of whoever is at home.
fn print_account_slip(rig: &mut Rig) {
    rig.preview_account_slip();
    rig.tap("开始打印");
    rig.wait_title("单据打好了");
}

/// Puts another person's card in, prints, and fails if anything of the first person is seen or printed.
#[track_caller]
fn next_patron_sees_nothing_of(rig: &mut Rig, first: &[String], canaries: &Canaries) {
    let seen_before = rig.seen.len();
    rig.insert("normal");
    rig.wait("home", |view| matches!(view.page, PageView::Home(_)));
    print_account_slip(rig);
    let printed = text(&rig.hall.take_papers());
    let own = masked(rig, "normal");
    assert!(printed.contains(&own[0]), "it is the second patron's slip: {printed}");
    canaries.assert_absent("the next slip", printed.as_bytes());
    for canary in first {
        assert!(!printed.contains(canary), "{canary} is on the next slip: {printed}");
    }
    for view in &rig.seen[seen_before..] {
        let view = format!("{view:?}");
        canaries.assert_absent("the next patron's screen", view.as_bytes());
        assert!(!first.iter().any(|canary| view.contains(canary)), "{view}");
    }
}

#[test]
fn the_next_patron_gets_nothing_of_the_last_one() {
    let mut rig = Rig::start();
    let canaries = Canaries::of(&rig.config.records.db);
    let first = masked(&rig, "showcase");
    rig.go_home();
    print_account_slip(&mut rig);
    let printed = text(&rig.hall.take_papers());
    assert!(printed.contains(&first[0]), "a slip says, masked, whose it is: {printed}");
    canaries.assert_absent("the patron's own slip", printed.as_bytes());
    rig.tap("回到首页");
    rig.wait("home", |view| matches!(view.page, PageView::Home(_)));
    rig.tap("办完了，取卡");
    rig.wait_title("请取走您的卡");
    // Gone already, while the card is still in the slot.
    let shown = format!("{:?}", rig.view);
    canaries.assert_absent("the screen", shown.as_bytes());
    assert!(!first.iter().any(|canary| shown.contains(canary)), "{shown}");
    rig.hall.remove();
    rig.wait("the screen of a kiosk that served nobody", |v| *v == ViewModel::default());
    next_patron_sees_nothing_of(&mut rig, &first, &canaries);
}

/// Everything that is logged, at the most talkative level.
struct Keeper(Mutex<String>);

static LOG: Keeper = Keeper(Mutex::new(String::new()));

impl log::Log for Keeper {
    fn enabled(&self, _: &log::Metadata<'_>) -> bool {
        true
    }

    fn log(&self, record: &log::Record<'_>) {
        let line = format!("{} {} {}\n", record.level(), record.target(), record.args());
        self.0.lock().unwrap_or_else(PoisonError::into_inner).push_str(&line);
    }

    fn flush(&self) {}
}

/// Keeps everything that this program logs from now on.
fn keep_the_log() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| log::set_logger(&LOG).unwrap());
    log::set_max_level(log::LevelFilter::Trace);
}

fn logged() -> String {
    LOG.0.lock().unwrap_or_else(PoisonError::into_inner).clone()
}

/// Ends the visit and takes the document away that may lie there.
fn finish(rig: &mut Rig) {
    rig.send(Tap::Finish);
    rig.wait("the end of the visit", |v| !matches!(v.page, PageView::Home(_)));
    rig.hall.lift();
    rig.hall.remove();
    rig.wait("the screen of a kiosk that served nobody", |v| *v == ViewModel::default());
}

#[test]
fn documents_and_codes_leave_nothing_but_what_the_ledger_knows() {
    keep_the_log();
    let mut rig = Rig::start();
    let is_home = |v: &ViewModel| matches!(v.page, PageView::Home(_));
    let mut canaries = Canaries::of(&rig.config.records.db);
    let first = masked(&rig, "showcase");

    rig.place("showcase");
    rig.wait("home by document", is_home);
    print_account_slip(&mut rig);
    rig.hall.take_papers();
    rig.tap("回到首页");
    rig.wait("home", is_home);
    finish(&mut rig);

    let codes = [rig.code_of("showcase"), rig.code_of("showcase")];
    rig.scan(&codes[0]);
    rig.wait("home by code", is_home);
    finish(&mut rig);

    // Refused: a code that was used, a document whose name is another's, one that is not genuine.
    rig.scan(&codes[1]);
    rig.wait("home by code", is_home);
    finish(&mut rig);
    rig.scan(&codes[0]);
    rig.wait("a used code refused", |v| matches!(v.page, PageView::Message(_)));
    let file = IdCardFile { name: "顾长卿".into(), ..rig.document_file("showcase") };
    rig.hall.place(file.document().unwrap());
    rig.wait_title("姓名对不上");
    rig.hall.lift();
    rig.order("fault idcard sw3 31 3");
    rig.place("showcase");
    rig.wait("a document that is not genuine", |v| {
        matches!(v.page, PageView::Message(_)) && !title(v).contains("姓名对不上")
    });
    rig.hall.lift();
    rig.order("fault idcard clear");
    rig.tap("知道了");
    rig.wait("the screen of a kiosk that served nobody", |v| *v == ViewModel::default());

    // Asked for whom, beside another's card; the question is left alone and the visit ended.
    rig.insert("normal");
    rig.wait("home by card", is_home);
    rig.place("showcase");
    rig.wait_title("这次为谁办理");
    rig.hall.remove();
    rig.hall.lift();
    rig.wait("the screen of a kiosk that served nobody", |v| *v == ViewModel::default());

    // A number typed: with a password that is wrong, then with the right one.
    let patron = rig.person("showcase");
    set_password(&rig.config.records.db, &patron, PASSWORD);
    rig.type_both(&patron.card.id_number, WRONG_PASSWORD);
    rig.wait("the pad again", |v| format!("{v:?}").contains("还可以试 2 次"));
    rig.type_in(PASSWORD);
    rig.tap("核对密码");
    rig.wait("home by number", is_home);
    finish(&mut rig);

    canaries.0.extend(codes.iter().cloned());
    canaries.0.extend(["顾长卿", PASSWORD, WRONG_PASSWORD].map(str::to_owned));
    next_patron_sees_nothing_of(&mut rig, &first, &canaries);
    rig.stop();
    let log = logged();
    for line in ["idcard.read", "idcard.unread", "code.scanned", "ledger.refused"] {
        assert!(log.contains(line), "the log was kept: {line}");
    }
    canaries.assert_absent("the log", log.as_bytes());
    let mut looked = 0;
    for (path, bytes) in process::files(rig.folder.path()) {
        let name = path.file_name().unwrap().to_str().unwrap();
        if name.starts_with("records.db") {
            // The ledger knows its persons, but no code.
            let found = canaries.in_bytes(&bytes);
            assert!(!found.iter().any(|c| codes.iter().any(|code| code == c)), "{name}");
        } else {
            canaries.assert_absent(name, &bytes);
            looked += 1;
        }
    }
    assert!(looked > 0, "the journal was looked into");
}

#[test]
fn a_fault_end_leaves_nothing_for_the_next_patron() {
    let mut rig = Rig::start();
    let canaries = Canaries::of(&rig.config.records.db);
    let first = masked(&rig, "showcase");
    rig.go_home();
    rig.preview_account_slip();
    rig.order("fault printer paper-out after 8 lines");
    rig.tap("开始打印");
    rig.wait_title("打印机没有纸了");
    rig.hall.remove();
    rig.wait("no page of the patron", |v| matches!(v.page, PageView::Idle(_)));
    rig.order("printer paper in");
    rig.wait("the screen of a kiosk that served nobody", |v| *v == ViewModel::default());
    // What the printer had on its paper already is cut off and lies in the tray.
    rig.hall.take_papers();
    next_patron_sees_nothing_of(&mut rig, &first, &canaries);
}

/// The PIN of the patron's card in the story of writes, long enough to be met nowhere by chance.
const PIN: &str = "907315824617";
/// A PIN that is wrong: as secret as the right one.
const WRONG_PIN: &str = "610293847561";
/// The patron's query password.
const PASSWORD: &str = "918273";
/// One that is wrong.
const WRONG_PASSWORD: &str = "736451";
/// What is typed as the relative's telephone.
const PHONE: &str = "13899990517";

#[test]
fn a_binding_and_a_payment_leave_nothing_but_what_the_ledger_knows() {
    keep_the_log();
    let mut rig = Rig::in_region("610102", |_| {});
    let (mut patron, row, payee, due) = rig.payer_within(Money::from_fen(1_000_000));
    let relative = rig.candidate(&patron, |c| c.employer.is_none());
    patron.card.pin = Some(PIN.into());
    set_password(&rig.config.records.db, &patron, PASSWORD);
    let mut canaries = Canaries::of_person(&patron);
    canaries.0.extend(Canaries::of_person(&relative).0);
    let who = &payee.who;
    let own = [who.name.reveal(), who.id_number.reveal(), who.psn_no.reveal()];
    canaries.0.extend(own.map(str::to_owned));
    let seen_before = rig.seen.len();

    rig.go_home_as(&patron);
    rig.go_to_members();
    rig.begin_to_add();
    rig.place_of(&relative.card);
    rig.relation("父母");
    rig.hall.lift();
    rig.tap("没有工作单位");
    rig.type_in(PHONE);
    rig.tap("输好了");
    rig.tap("今天");
    rig.tap("一年");
    rig.tap("不另外设");
    rig.tap("我愿意");
    rig.sign();
    rig.confirm("确认添加");
    rig.type_in(WRONG_PIN);
    rig.tap("核对密码");
    rig.wait("the pad again", |v| format!("{v:?}").contains("还可以试 2 次"));
    rig.type_in(PIN);
    rig.tap("核对密码");
    rig.result("家人添加好了");
    let mut papers = rig.print_receipt();
    rig.tap("回到首页");
    rig.wait("home", |v| matches!(v.page, PageView::Home(_)));
    rig.go_to_members();
    rig.go_to_premium(row, due.insured_year);
    rig.tap("缴这一笔");
    rig.tap("确认缴费");
    rig.tap("查询密码");
    rig.type_in(PASSWORD);
    rig.tap("核对密码");
    rig.result("已经付款，等待到账");
    papers.push_str(&rig.print_receipt());
    // Nobody has asked for full names, so none was shown; nor any secret.
    let secrets = [PIN, WRONG_PIN, PASSWORD].map(str::to_owned);
    canaries.0.extend(secrets);
    for view in &rig.seen[seen_before..] {
        canaries.assert_absent("the patron's own screen", format!("{view:?}").as_bytes());
    }
    canaries.assert_absent("the receipts", papers.as_bytes());
    assert!(!papers.contains(PHONE), "{papers}");
    assert!(papers.contains("授权回执") && papers.contains("共济缴费凭条"), "{papers}");
    rig.take_card();
    assert_eq!(rig.writes(), (2, 2, 0, 0));

    canaries.0.push(PHONE.into());
    rig.insert("normal");
    rig.wait("home", |v| matches!(v.page, PageView::Home(_)));
    rig.hall.remove();
    rig.wait("the screen of a kiosk that served nobody", |v| *v == ViewModel::default());
    canaries.assert_absent("the idle screen", format!("{:?}", rig.view).as_bytes());
    rig.stop();
    let log = logged();
    for line in ["operation.begun", "operation.confirmed"] {
        assert!(log.contains(line), "the log was kept: {line}");
    }
    canaries.assert_absent("the log", log.as_bytes());
    let mut looked = Vec::new();
    for (path, bytes) in process::files(rig.folder.path()) {
        let name = path.file_name().unwrap().to_str().unwrap().to_owned();
        if name.starts_with("records.db") {
            // The ledger keeps a password by its hash alone, and no PIN.
            for secret in [PIN, WRONG_PIN, PASSWORD] {
                let held = bytes.windows(secret.len()).any(|w| w == secret.as_bytes());
                assert!(!held, "{name} holds a secret");
            }
        } else {
            canaries.assert_absent(&name, &bytes);
            looked.push(name);
        }
    }
    assert!(looked.iter().any(|name| name == "journal.db"), "{looked:?}");
}
