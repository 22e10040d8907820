//! The database file: locked, written to, damaged, and what it refuses by itself.

use super::town::{Town, binding, no, yuan};
use super::*;
use crate::domain::family::Relation;
use crate::policy::schema::MoneyModel;
use crate::records::port::{Action, Binding, OrderPlace};

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
fn the_database_itself_keeps_the_rules_of_the_family_account() {
    let mut town = Town::new();
    for (donor, money) in [("father", MoneyModel::Quota), ("mother", MoneyModel::Pool)] {
        let bind = Binding { money, amount: Some(yuan(100)), ..binding("aunt", Relation::Sibling) };
        town.done(donor, Action::Bind(Box::new(bind)));
    }
    town.done("father", Action::Bind(Box::new(binding("grandma", Relation::Parent))));
    let due = town.ledger.premium_dues(&no("father"), &no("grandma")).unwrap().remove(0);
    let pay = Action::PayPremium {
        due: due.serial,
        relative: no("grandma"),
        insured_year: due.insured_year,
        amount: due.amount,
        retained: Money::ZERO,
    };
    town.done("father", pay);
    let accounts = ["mother", "own", "father"].map(|name| match name {
        "own" => OrderPlace::Own,
        donor => OrderPlace::Donor(no(donor)),
    });
    town.done("aunt", Action::Order { accounts: accounts.into() });
    let db = connection(&town.ledger);
    let bond = "INSERT INTO authorisation (donor, beneficiary, relation, since, slot, asked_on)";
    let move_aside = |reserve: i64, kind: i64, amount: i64| {
        format!(
            "INSERT INTO movement SELECT owner, serial + 1, day, {kind}, {amount},
            balance_after_fen + {amount}, 0, place, NULL, NULL, NULL, {reserve} FROM movement
            WHERE owner = 1 ORDER BY serial DESC LIMIT 1"
        )
    };
    let [one, two, three] = [
        format!("{bond} VALUES (1, 7, 4, 20260101, 4, 20260101)"),
        format!("{bond} VALUES (5, 7, 4, 20260101, 1, 20260101)"),
        format!("{bond} VALUES (5, 7, 4, 20260101, 2, 20260101)"),
    ];
    for (what, sql) in [
        ("a pair twice", one.as_str()),
        ("a place twice", &two),
        ("one's own place for a donor", &three),
        ("a donor's place for oneself", "INSERT INTO own_place VALUES (3, 1)"),
        ("moving the own place", "UPDATE own_place SET slot = 4"),
        ("bound without a place", "UPDATE authorisation SET slot = NULL WHERE state = 2"),
        ("more than is set aside", &move_aside(1, 13, 10_001)),
        ("another one's reserve", &move_aside(2, 11, 5)),
        ("a quota as a common account", &move_aside(1, 11, 5)),
        ("a reserve without a movement", "UPDATE reserve SET balance_fen = balance_fen + 1"),
        ("a reserve that begins full", "INSERT INTO reserve (owner, balance_fen) VALUES (5, 1)"),
        ("a reserve that goes", "DELETE FROM reserve"),
        ("a changed movement", "UPDATE movement SET day = day + 1 WHERE owner = 1"),
        ("a deleted movement", "DELETE FROM movement WHERE owner = 1 AND serial > 2"),
        ("a changed outcome", "UPDATE operation SET pending = 0"),
        ("a forgotten outcome", "DELETE FROM operation"),
        (
            "paid by nobody's movement",
            "INSERT INTO premium_payment SELECT premium + 1, due,
            x'00000000000000000000000000000000', owner, serial FROM premium_payment",
        ),
        (
            "paid twice",
            "INSERT INTO premium SELECT NULL, 2, insured, 2, insured_year, paid_on,
            amount_fen, 1 FROM premium",
        ),
        ("a password of many tries", "UPDATE query_password SET tries_left = 6"),
    ] {
        assert!(db.execute(sql, []).is_err(), "{what}");
    }
    assert!(db.execute(&move_aside(1, 13, 10_000), []).is_ok());
    super::town::audit(db);
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
        "SELECT * FROM settlement WHERE patient = 1 AND setl_time BETWEEN '1' AND '2'
            ORDER BY setl_time DESC, id DESC LIMIT 9",
        "SELECT * FROM authorisation WHERE donor = 1 ORDER BY since DESC, id DESC LIMIT 9",
        "SELECT id FROM authorisation WHERE until < 20260101 AND state IN (1, 2)",
        "SELECT max(acceptance_no) FROM operation WHERE acceptance_no BETWEEN '1' AND '2'",
        "SELECT * FROM premium WHERE payer = 1 AND paid_on BETWEEN 1 AND 2
            ORDER BY paid_on DESC, id DESC LIMIT 9",
    ] {
        let mut plan = connection(&ledger).prepare(&format!("EXPLAIN QUERY PLAN {sql}")).unwrap();
        let steps: Vec<String> =
            plan.query_map([], |row| row.get(3)).unwrap().map(Result::unwrap).collect();
        assert!(steps.iter().all(|step| step.starts_with("SEARCH")), "{steps:?}");
    }
}
