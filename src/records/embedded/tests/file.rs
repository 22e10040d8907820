//! The database file: locked, written to, damaged, and what it refuses by itself.

use super::*;

#[test]
fn a_locked_ledger_is_busy_within_the_bound() {
    let (_dir, path) = own_ledger();
    let card = generate::showcase(&path).unwrap();
    let mut ledger = EmbeddedLedger::open_with(&path, SHORT).unwrap();
    connection(&ledger).pragma_update(None, "journal_mode", "delete").unwrap();
    let holder = rusqlite::Connection::open(&path).unwrap();
    holder.execute_batch("BEGIN EXCLUSIVE").unwrap();
    assert_eq!(ledger.identify(&credential(&card)), Err(LedgerError::Busy));
    assert!(matches!(EmbeddedLedger::open_with(&path, SHORT), Err(RecordsError::Busy(_))));
    holder.execute_batch("ROLLBACK").unwrap();
    assert!(ledger.identify(&credential(&card)).is_ok());
    assert!(BUSY_TIMEOUT <= Duration::from_secs(2));
}

#[test]
fn a_writer_does_not_stop_readers() {
    let (_dir, path) = own_ledger();
    let card = generate::showcase(&path).unwrap();
    let mut ledger = EmbeddedLedger::open_with(&path, SHORT).unwrap();
    let writer = rusqlite::Connection::open(&path).unwrap();
    writer.execute_batch("BEGIN IMMEDIATE; UPDATE card SET lost = 1").unwrap();
    assert!(ledger.identify(&credential(&card)).is_ok());
    writer.execute_batch("COMMIT").unwrap();
    assert_eq!(ledger.identify(&credential(&card)), Err(LedgerError::CardReportedLost));
}

#[test]
fn damage_is_one_sentence_without_anything_personal() {
    let (_dir, path) = own_ledger();
    let card = generate::showcase(&path).unwrap();
    let mut bytes = std::fs::read(&path).unwrap();
    bytes.iter_mut().skip(4096).for_each(|byte| *byte = 0x5A);
    std::fs::write(&path, bytes).unwrap();
    let mut ledger = match EmbeddedLedger::open(&path) {
        Ok(ledger) => ledger,
        Err(error) => return assert!(matches!(error, RecordsError::Unusable(..)), "{error}"),
    };
    let Err(LedgerError::Unavailable(why)) = ledger.identify(&credential(&card)) else {
        panic!("damage went unnoticed");
    };
    assert!(why.contains("SQLite") && why.lines().count() == 1, "{why}");
    assert!(!why.contains(card.id_number.reveal()) && !why.contains(card.name.reveal()));
}

#[test]
fn the_database_refuses_what_cannot_be() {
    let (_dir, path) = own_ledger();
    let db = rusqlite::Connection::open(&path).unwrap();
    db.pragma_update(None, "foreign_keys", true).unwrap();
    let last = "FROM movement AS m WHERE m.owner = 1
        AND m.serial = (SELECT max(serial) FROM movement WHERE owner = 1)";
    let columns = |serial: &str, day: &str, amount: &str, after: &str| {
        format!(
            "INSERT INTO movement SELECT 1, {serial}, {day}, 1, {amount}, {after}, 0, m.place,
            NULL, NULL, NULL, NULL {last}"
        )
    };
    let after = "m.balance_after_fen + 5";
    for (what, sql, taken) in [
        ("a gap", columns("m.serial + 2", "m.day", "5", after), false),
        ("a day back", columns("m.serial + 1", "m.day - 1", "5", after), false),
        ("a wrong sum", columns("m.serial + 1", "m.day", "6", after), false),
        (
            "below zero",
            columns("m.serial + 1", "m.day", "-900000", "m.balance_after_fen - 900000"),
            false,
        ),
        ("what follows", columns("m.serial + 1", "m.day", "5", after), true),
        (
            "oneself",
            String::from(
                "INSERT INTO authorisation (donor, beneficiary, relation, since, slot, asked_on)
                VALUES (1, 1, 1, 20200101, 8, 20200101)",
            ),
            false,
        ),
        (
            "a stranger's card",
            String::from("INSERT INTO card VALUES ('X', 999999, NULL, 0)"),
            false,
        ),
        (
            "paid twice",
            String::from(
                "INSERT INTO premium SELECT NULL, payer, insured, relation,
            insured_year, paid_on, amount_fen, 1 FROM premium WHERE status = 2 LIMIT 1",
            ),
            false,
        ),
        (
            "a false mark",
            String::from("UPDATE settlement SET cash_payamt = cash_payamt + 1"),
            false,
        ),
    ] {
        assert_eq!(db.execute(&sql, []).is_ok(), taken, "{what}");
    }
}

#[test]
fn page_one_is_found_by_index_alone() {
    let ledger = ledger();
    for sql in [
        "SELECT serial FROM movement INDEXED BY movement_by_day
            WHERE owner = 1 AND day BETWEEN 1 AND 2 ORDER BY day DESC, serial DESC LIMIT 1",
        "SELECT * FROM movement WHERE owner = 1 AND serial BETWEEN 1 AND 2 ORDER BY serial DESC",
        "SELECT serial, amount_fen FROM movement INDEXED BY movement_family_use WHERE owner = 1
            AND day BETWEEN 1 AND 2 AND kind IN (4, 7) ORDER BY day DESC, serial DESC LIMIT 9",
        "SELECT * FROM premium WHERE payer = 1 AND paid_on BETWEEN 1 AND 2
            ORDER BY paid_on DESC, id DESC LIMIT 9",
    ] {
        let mut plan = connection(&ledger).prepare(&format!("EXPLAIN QUERY PLAN {sql}")).unwrap();
        let steps: Vec<String> =
            plan.query_map([], |row| row.get(3)).unwrap().map(Result::unwrap).collect();
        assert!(steps.iter().all(|step| step.starts_with("SEARCH")), "{steps:?}");
    }
}
