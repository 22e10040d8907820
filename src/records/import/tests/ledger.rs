//! What goes into the ledger, once, and beside what it holds already.

use super::*;

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
