//! What a document may look like, and how a wrong one is named.

use proptest::prelude::*;

use super::*;

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

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

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
