#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use jiff::civil::date;
use proptest::prelude::*;
use serde_json::json;

use super::*;
use crate::domain::account::MovementKind;
use crate::domain::id_number::IdNumber;
use crate::domain::money::Money;
use crate::domain::period::Period;
use crate::domain::person::{CardNo, PersonNo};
use crate::records::embedded::EmbeddedLedger;
use crate::records::port::{AccountStatement, Credential, Ledger, LedgerError};

/// The worked example of GB 11643, which belongs to nobody.
const CERTNO: &str = "11010519491231002X";
const NAME: &str = "张甲乙";

struct Case {
    dir: tempfile::TempDir,
    files: u32,
}

impl Case {
    fn new() -> Self {
        Self { dir: tempfile::tempdir().unwrap(), files: 0 }
    }

    fn db(&self) -> PathBuf {
        self.dir.path().join("ledger.db")
    }

    fn write(&mut self, bytes: &[u8]) -> PathBuf {
        self.files += 1;
        let path = self.dir.path().join(format!("{}.json", self.files));
        std::fs::write(&path, bytes).unwrap();
        path
    }

    /// Imports one document at noon of 22 November 2026.
    fn import(&mut self, document: &Value) -> FileReport {
        self.import_bytes(document.to_string().as_bytes())
    }

    fn import_bytes(&mut self, bytes: &[u8]) -> FileReport {
        let path = self.write(bytes);
        let now = date(2026, 11, 22).at(12, 0, 0, 0);
        let mut report = import_at(&[path], &self.db(), now).unwrap();
        report.files.remove(0)
    }

    fn count(&self, sql: &str) -> i64 {
        let db = Connection::open(self.db()).unwrap();
        db.query_row(sql, [], |row| row.get(0)).unwrap()
    }

    fn statement(&self) -> AccountStatement {
        let period = Period::new(date(2000, 1, 1), date(2030, 1, 1)).unwrap();
        let mut ledger = EmbeddedLedger::open(&self.db()).unwrap();
        ledger.account_statement(&PersonNo::new("3100000001"), period).unwrap()
    }

    fn balance(&self) -> Money {
        let mut ledger = EmbeddedLedger::open(&self.db()).unwrap();
        let person = PersonNo::new("3100000001");
        ledger.overview(&person, date(2026, 11, 22)).unwrap().balance.total
    }
}

fn person(balance: Value) -> Value {
    json!({
        "baseinfo": {"psn_no": "3100000001", "psn_cert_type": "01", "certno": CERTNO,
            "psn_name": NAME, "gend": 2, "naty": "01", "brdy": "1949-12-31", "age": 76.9},
        "insuinfo": [{"balc": balance, "insutype": 310, "psn_type": "1201", "psn_insu_stas": "1",
            "psn_insu_date": "2001-01-01 00:00:00", "insuplc_admdvs": "310101", "emp_name": ""}],
        "idetinfo": []
    })
}

fn settlement(id: &str, day: &str, total: i64, fund: i64, account: i64, shared: i64) -> Value {
    json!({
        "setl_id": id, "mdtrt_id": format!("M{id}"), "psn_no": "3100000001", "psn_name": NAME,
        "psn_cert_type": "01", "certno": CERTNO, "gend": "2", "brdy": "1949-12-31",
        "insutype": "310", "psn_type": "1201", "fixmedins_code": "H31990100101",
        "fixmedins_name": "春晖街道社区卫生服务中心", "setl_time": format!("{day} 09:30:00"),
        "med_type": "11", "medfee_sumamt": total, "fund_pay_sumamt": fund,
        "psn_pay": total - fund, "acct_pay": account, "cash_payamt": total - fund - account,
        "acct_mulaid_pay": shared, "balc": "", "refd_setl_flag": if total < 0 { "1" } else { "0" }
    })
}

fn yuan(yuan: i64) -> Money {
    Money::from_fen(yuan * 100)
}

#[test]
fn persons_go_in_from_an_envelope() {
    let mut case = Case::new();
    let answer = json!({"infcode": 0, "refmsg_time": "20261101093000123",
        "err_msg": "", "output": person(json!("1,386.40"))});
    let report = case.import(&answer);
    assert_eq!((report.persons, &report.refused), (1, &vec![]), "{report}");
    assert_eq!(case.balance().to_string(), "1,386.40");
    let statement = case.statement();
    assert_eq!(statement.rows.len(), 1);
    assert_eq!(statement.rows[0].kind, MovementKind::Adjustment);
    assert_eq!(statement.rows[0].date, date(2026, 11, 1));

    // A card that the ledger does not know is accepted by its document number.
    let mut ledger = EmbeddedLedger::open(&case.db()).unwrap();
    let id_number = IdNumber::parse(CERTNO).unwrap();
    let number = CardNo::new("A00000001");
    let insured = ledger
        .identify(&Credential::Card { number: number.clone(), id_number: Some(id_number) })
        .unwrap();
    assert_eq!(insured.name.reveal(), NAME);
    assert_eq!(insured.region, "310101");
    let alone = Credential::Card { number, id_number: None };
    assert_eq!(ledger.identify(&alone), Err(LedgerError::UnknownPerson));
}

#[test]
fn both_spellings_and_every_kind_of_amount() {
    let mut case = Case::new();
    let mut other = settlement("S2", "2026-03-02", 100, 60, 40, 0);
    let row = other.as_object_mut().unwrap();
    row.remove("psn_pay");
    row.remove("cash_payamt");
    row.insert("psn_part_amt".into(), json!("40.00"));
    row.insert("psn_cash_pay".into(), json!(""));
    row.insert("hifp_pay".into(), json!(60.0));
    let document = json!({"infcode": "0", "output": {"setlinfo":
        [settlement("S1", "2026-03-01", 50, 20, 10, 0), other]}});
    let report = case.import(&document);
    assert_eq!((report.settlements, report.refused.len()), (2, 0), "{report}");
    assert_eq!(case.count("SELECT count(*) FROM settlement WHERE identities_hold"), 2);
    assert_eq!(case.count("SELECT psn_pay FROM settlement WHERE setl_id = 'S2'"), 4000);
    assert_eq!(case.count("SELECT hifp_pay FROM settlement WHERE setl_id = 'S2'"), 6000);
}

#[test]
fn documents_of_every_shape() {
    let row = settlement("S1", "2026-03-01", 50, 20, 10, 0);
    for document in [
        json!({"infcode": 0, "output": {"setlinfo": [row.clone()]}}),
        json!({"output": {"setlinfo": row.clone(), "setldetail": []}}),
        json!({"setlinfo": [row.clone()]}),
        json!([row.clone()]),
        json!([{"infcode": "0", "output": {"setlinfo": [row.clone()]}}, person(json!(5))]),
        row.clone(),
    ] {
        let mut case = Case::new();
        let report = case.import(&document);
        assert_eq!((report.settlements, report.refused.len()), (1, 0), "{document}: {report}");
    }
}

#[test]
fn one_broken_row_keeps_the_whole_file_out() {
    let mut case = Case::new();
    case.import(&person(json!(100)));
    let good = settlement("S1", "2026-03-01", 50, 20, 10, 0);
    let mut cents = settlement("S2", "2026-03-01", 50, 20, 10, 0);
    cents["acct_pay"] = json!(10.005);
    let mut when = settlement("S3", "2026-03-01", 50, 20, 10, 0);
    when["setl_time"] = json!("1 March");
    let report = case.import(&json!({"output": {"setlinfo": [good, cents, 7, when]}}));
    assert_eq!((report.settlements, report.refused.len()), (0, 3));
    assert_eq!(case.count("SELECT count(*) FROM settlement"), 0);
    for (sentence, begin) in report.refused.iter().zip([
        "row 2 (output.setlinfo[1]): acct_pay: has a part smaller than a fen",
        "row 3 (output.setlinfo[2]): is not an object",
        "row 4 (output.setlinfo[3]): setl_time: is not a date",
    ]) {
        assert!(sentence.starts_with(begin), "{sentence}");
    }
    let text = report.to_string();
    assert!(text.contains("2.json: nothing went in, because 3 things are wrong:"), "{text}");
    assert!(!text.contains(NAME) && !text.contains(CERTNO) && !text.contains("3100000001"));
}

#[test]
fn every_field_that_can_be_wrong_is_named() {
    let base = || settlement("S1", "2026-03-01", 50, 20, 10, 0);
    let with = |field: &str, value: Value| {
        let mut row = base();
        row[field] = value;
        row
    };
    let without = |field: &str| {
        let mut row = base();
        row.as_object_mut().unwrap().remove(field);
        row
    };
    let changed = |pointer: &str, value: Value| {
        let mut person = person(json!(1));
        *person.pointer_mut(pointer).unwrap() = value;
        person
    };
    for (document, words) in [
        (with("setl_id", json!(" ")), "setl_id: is missing"),
        (without("medfee_sumamt"), "medfee_sumamt: is missing"),
        (without("psn_pay"), "psn_pay: is missing (and so is psn_part_amt)"),
        (with("psn_part_amt", json!(31)), "psn_pay: differs from psn_part_amt"),
        (with("med_type", json!("00")), "med_type: is of no group"),
        (with("certno", json!("110105194912310021")), "psn_no: names nobody"),
        (with("psn_name", json!("")), "psn_no: names nobody"),
        (without("psn_no"), "psn_no: is missing"),
        (with("fixmedins_name", json!(null)), "fixmedins_name: is missing"),
        (with("begndate", json!("2026-02-30")), "begndate: is not a date"),
        (changed("/baseinfo/certno", json!("1101051949123100")), "certno: the document number"),
        (changed("/baseinfo/psn_no", json!({})), "psn_no: is neither text"),
        (changed("/baseinfo", json!([])), "baseinfo: is empty"),
        (changed("/baseinfo", json!(1)), "baseinfo: is neither an array"),
        (changed("/insuinfo/0/balc", json!(-1)), "balc: is below zero"),
        (changed("/insuinfo/0/psn_insu_stas", json!(9)), "psn_insu_stas: is not 0"),
        (changed("/insuinfo/0/insuplc_admdvs", json!("上海")), "insuplc_admdvs: is not six"),
        (json!({"infcode": -1, "output": {}}), "infcode: is not 0"),
        (json!({"hello": 1}), "holds none of"),
        (json!(7), "is not an object"),
        (json!([[]]), "is not an object"),
    ] {
        let mut case = Case::new();
        let report = case.import(&document);
        assert_eq!(report.refused.len(), 1, "{document}");
        assert!(report.refused[0].contains(words), "{words} / {}", report.refused[0]);
        assert_eq!(case.count("SELECT count(*) FROM person"), 0);
    }
}

#[test]
fn files_that_are_no_json_say_where() {
    let mut case = Case::new();
    let deep = [b"[".repeat(100_000), b"]".repeat(100_000)].concat();
    for (bytes, words) in [
        (&b"{\n  \"output\": {,}\n}"[..], "line 2, column 14"),
        (b"{\"output\": [", "ends too early"),
        (b"", "ends too early"),
        (b"\xC4\xE3", "not JSON"),
        (&deep, "not JSON"),
    ] {
        let report = case.import_bytes(bytes);
        assert_eq!(report.refused.len(), 1);
        assert!(report.refused[0].contains(words), "{}", report.refused[0]);
    }
    let with_mark = [&b"\xEF\xBB\xBF"[..], person(json!(1)).to_string().as_bytes()].concat();
    assert_eq!(case.import_bytes(&with_mark).persons, 1);
    let missing = case.dir.path().join("missing.json");
    let good = case.write(person(json!(1)).to_string().as_bytes());
    let report = import(&[missing, good], &case.db()).unwrap();
    assert!(report.files[0].refused[0].contains("cannot be read"));
    assert!(report.files[1].refused.is_empty() && !report.is_complete());
}

#[test]
fn importing_again_changes_nothing() {
    let mut case = Case::new();
    let document = json!([person(json!(100)), settlement("S1", "2026-03-01", 50, 20, 10, 0)]);
    case.import(&document);
    let before = case.statement();
    let again = case.import(&document);
    assert_eq!((again.persons, again.settlements, again.already_there), (0, 0, 2), "{again}");
    assert_eq!(case.statement(), before);
    let mut other = settlement("S1", "2026-03-01", 50, 20, 10, 0);
    other["cash_payamt"] = json!(21);
    let refused = case.import(&other).refused;
    assert!(refused[0].contains("setl_id: is in the ledger with other contents"), "{refused:?}");
    // Twice in one file is once.
    let row = settlement("S2", "2026-03-02", 50, 20, 10, 0);
    let twice = case.import(&json!([row.clone(), row]));
    assert_eq!((twice.settlements, twice.already_there), (1, 1));
}

#[test]
fn rows_that_do_not_add_up_go_in_marked() {
    let mut case = Case::new();
    let mut row = settlement("S1", "2026-03-01", 50, 20, 10, 0);
    row["medfee_sumamt"] = json!(51);
    let report = case.import(&row);
    assert_eq!((report.settlements, report.refused.len()), (1, 0));
    assert!(report.warnings[0].contains("does not hold"), "{:?}", report.warnings);
    assert_eq!(case.count("SELECT count(*) FROM settlement WHERE identities_hold = 0"), 1);
}

#[test]
fn a_stated_balance_is_reached_in_any_order_of_files() {
    let answer =
        json!({"infcode": 0, "refmsg_time": "20260630120000", "output": person(json!(500))});
    // 100 own, of it 30 shared; 20 later than the statement.
    let visits = json!([
        settlement("S1", "2026-03-01", 200, 100, 100, 30),
        settlement("S2", "2026-08-01", 50, 30, 20, 0)
    ]);
    for order in [[&answer, &visits], [&visits, &answer]] {
        let mut case = Case::new();
        for document in order {
            assert_eq!(case.import(document).refused, Vec::<String>::new());
        }
        let statement = case.statement();
        let amounts: Vec<Money> = statement.rows.iter().map(|row| row.amount).collect();
        assert_eq!(amounts, [yuan(570), yuan(-70), yuan(-20)]);
        assert_eq!(case.balance(), yuan(480));
        assert_eq!(statement.rows[1].settlement.as_ref().unwrap().mutual_aid, yuan(30));
        assert!(statement.rows.iter().all(|row| row.relative.is_none()));
    }
}

#[test]
fn gaps_are_closed_by_visible_adjustments() {
    let mut case = Case::new();
    // A refund lifts the account over the balance stated; a later visit costs more than is left.
    let report = case.import(&json!([
        settlement("S1", "2026-03-01", -90, 0, -90, 0),
        {"infcode": 0, "refmsg_time": "20260630120000", "output": person(json!(10))},
        settlement("S2", "2026-08-01", 50, 0, 50, 0)
    ]));
    assert_eq!(report.refused, Vec::<String>::new());
    let statement = case.statement();
    let rows: Vec<_> = statement.rows.iter().map(|row| (row.kind, row.amount)).collect();
    use MovementKind::{Adjustment, OwnCare, Refund};
    let expected =
        [(Refund, yuan(90)), (Adjustment, yuan(-80)), (Adjustment, yuan(40)), (OwnCare, yuan(-50))];
    assert_eq!(rows, expected);
    assert_eq!(statement.closing, Money::ZERO);
}

#[test]
fn without_a_stated_balance_the_report_says_so() {
    let mut case = Case::new();
    let report = case.import(&settlement("S1", "2026-03-01", 50, 20, 10, 0));
    assert!(report.warnings.iter().any(|w| w.contains("no balance is stated")), "{report}");
    assert_eq!(case.balance(), Money::ZERO);
    let mut later = settlement("S2", "2026-03-02", 50, 20, 10, 0);
    later["balc"] = json!("77.5");
    let report = case.import(&later);
    assert_eq!(report.warnings, Vec::<String>::new());
    assert_eq!(case.balance(), Money::from_fen(7750));
}

#[test]
fn premium_records_settle_what_is_pending() {
    let mut case = Case::new();
    case.import(&person(json!(0)));
    let db = Connection::open(case.db()).unwrap();
    db.execute_batch(
        "INSERT INTO person VALUES (9, 'donor', '李', '01', 'X', 1, '01', NULL);
        INSERT INTO premium VALUES (1, 9, 1, 2, 2027, 20261101, 65500, 1);",
    )
    .unwrap();
    let answer = |flag: &str, input: Value| {
        json!({"input": input, "infcode": 0, "output": [{"poolarea_no": "310000",
            "insutype": "390", "clct_type": "10", "clct_flag": flag, "accrym_begn": "202701",
            "accrym_end": 202712, "clct_time": "2026-11-05 00:00:00"}]})
    };
    let asked = || json!({"data": {"psn_no": "3100000001"}});
    let nobody = case.import(&answer("1", json!({})));
    assert!(nobody.refused[0].contains("psn_no: is missing: 90100"), "{nobody}");
    assert_eq!(case.import(&answer("0", asked())).collections, 1);
    assert_eq!(case.count("SELECT status FROM premium"), 1);
    assert_eq!(case.import(&answer("1", asked())).collections, 1);
    assert_eq!(case.count("SELECT status FROM premium"), 2);
    assert_eq!(case.import(&answer("1", asked())).already_there, 1);
    let stranger = case.import(&answer("1", json!({"psn_no": "0"})));
    assert!(stranger.refused[0].contains("psn_no: names nobody"), "{stranger}");
}

#[test]
fn a_ledger_keeps_its_own_accounts() {
    let mut case = Case::new();
    let options = crate::records::generate::GenerateOptions {
        persons: 3,
        years: 1,
        seed: 1,
        today: date(2026, 11, 22),
    };
    crate::records::generate::generate(&options, &case.db(), &mut |_, _| {}).unwrap();
    let card = crate::records::generate::showcase(&case.db()).unwrap();
    let known = |mut row: Value, pointer: &str| {
        let fields = row.pointer_mut(pointer).unwrap();
        fields["psn_no"] = json!("31000000000000000001");
        fields["certno"] = json!(card.id_number.reveal());
        fields["gend"] = json!(1);
        row
    };
    let before = case.count("SELECT sum(balance_after_fen) FROM movement");
    let row = known(settlement("S1", "2026-03-01", 50, 20, 10, 0), "");
    assert!(case.import(&row).refused[0].contains("acct_pay: would move"));
    let report = case.import(&known(person(json!(7)), "/baseinfo"));
    assert!(report.warnings.iter().any(|w| w.contains("balc was left out")), "{report}");
    assert_eq!(case.count("SELECT sum(balance_after_fen) FROM movement"), before);
}

#[test]
fn numbers_of_different_persons_are_not_mixed() {
    let mut case = Case::new();
    case.import(&person(json!(1)));
    let mut same_document = person(json!(1));
    same_document["baseinfo"]["psn_no"] = json!("3100000002");
    assert!(case.import(&same_document).refused[0].contains("certno: is in the ledger"));
    let mut same_number = person(json!(1));
    same_number["baseinfo"]["certno"] = json!("440524188001010014");
    assert!(case.import(&same_number).refused[0].contains("psn_no: is in the ledger"));
    let mut renamed = person(json!(1));
    renamed["baseinfo"]["psn_name"] = json!("张乙");
    assert_eq!(case.import(&renamed).persons, 1);
    // The old 15-digit number is the same person.
    let mut old = renamed;
    old["baseinfo"]["certno"] = json!("110105491231002");
    assert_eq!(case.import(&old).already_there, 1);
}

#[test]
fn a_locked_ledger_is_an_error_of_the_command() {
    let mut case = Case::new();
    case.import(&person(json!(1)));
    let holder = Connection::open(case.db()).unwrap();
    holder.execute_batch("BEGIN IMMEDIATE").unwrap();
    let mut connection = open_or_create(&case.db(), std::time::Duration::from_millis(20)).unwrap();
    let path = case.write(person(json!(2)).to_string().as_bytes());
    let error = file(&mut connection, &path, date(2026, 1, 1).at(0, 0, 0, 0)).unwrap_err();
    let error = RecordsError::of_sqlite(&case.db(), &error);
    assert!(error.to_string().contains("another program is using the ledger"), "{error}");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn any_settlements_keep_the_account_sound(
        rows in prop::collection::vec((0i64..300, -200i64..200, 0i64..100), 1..12),
        stated in prop::option::of((0i64..300, 0i64..500)),
    ) {
        let mut case = Case::new();
        let day = |n: i64| {
            use jiff::ToSpan;
            date(2026, 1, 1).checked_add(n.days()).unwrap().to_string()
        };
        let mut document: Vec<Value> = rows.iter().enumerate().map(|(index, (at, paid, shared))| {
            let shared = paid.signum() * shared.min(&paid.abs());
            settlement(&format!("S{index}"), &day(*at), *paid, 0, *paid, shared)
        }).collect();
        let later: i64 = rows.iter().filter(|(at, ..)| stated.is_some_and(|(on, _)| *at >= on))
            .map(|(_, paid, shared)| paid - paid.signum() * shared.min(&paid.abs())).sum();
        if let Some((at, balance)) = stated {
            document.push(json!({"infcode": 0, "refmsg_time": format!("{} 00:00:00", day(at)),
                "output": person(json!(balance))}));
        }
        let report = case.import(&Value::Array(document));
        prop_assert!(report.refused.is_empty(), "{}", report);
        let statement = case.statement();
        let sum: Money = statement.rows.iter().map(|row| row.amount).sum();
        prop_assert_eq!(statement.opening + sum, statement.closing);
        prop_assert!(statement.rows.iter().all(|row| !row.balance_after.is_negative()));
        if let Some((_, balance)) = stated {
            prop_assert!(statement.closing >= yuan(balance - later));
        }
        let own = |kind| move |row: &&crate::domain::account::Movement| row.kind == kind;
        let adjusted: Money = statement.rows.iter().filter(own(MovementKind::Adjustment))
            .map(|row| row.amount).sum();
        let moved: i64 = rows.iter().map(|(_, p, s)| p - p.signum() * s.min(&p.abs())).sum();
        prop_assert_eq!(statement.closing - adjusted, yuan(-moved));
    }

    #[test]
    fn any_json_is_judged(text in "[\\[\\]{}:,\"a-z0-9.]{0,40}", number in any::<f64>()) {
        let mut case = Case::new();
        case.import_bytes(text.as_bytes());
        let mut row = settlement("S1", "2026-03-01", 50, 20, 10, 0);
        row["balc"] = json!(number);
        row["output"] = json!({"setlinfo": [number, {"baseinfo": number}]});
        prop_assert!(!case.import(&row).refused.is_empty());
    }
}
