#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::path::PathBuf;
use std::sync::LazyLock;

use jiff::civil::date;
use proptest::prelude::*;

use super::*;
use crate::domain::account::{Movement, MovementKind};
use crate::domain::id_number::IdNumber;
use crate::domain::money::Money;
use crate::domain::person::CardNo;
use crate::domain::premium::PremiumStatus;
use crate::records::generate::{self, CardKind, GenerateOptions, ShowcaseCard};

const TODAY: Date = date(2026, 11, 22);
const SHORT: Duration = Duration::from_millis(30);

/// A generated ledger that all tests read; its directory lives as long as the tests.
static SHARED: LazyLock<(tempfile::TempDir, PathBuf)> = LazyLock::new(|| {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("ledger.db");
    let options = GenerateOptions { persons: 300, years: 3, seed: 5, today: TODAY };
    generate::generate(&options, &path, &mut |_, _| {}).unwrap();
    (dir, path)
});

fn ledger() -> EmbeddedLedger {
    EmbeddedLedger::open_with(&SHARED.1, Duration::from_secs(2)).unwrap()
}

fn connection(ledger: &EmbeddedLedger) -> &rusqlite::Connection {
    ledger.connection.as_ref().unwrap()
}

/// A copy that a test may damage.
fn own_ledger() -> (tempfile::TempDir, PathBuf) {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("own.db");
    let options = GenerateOptions { persons: 12, years: 1, seed: 5, today: TODAY };
    generate::generate(&options, &path, &mut |_, _| {}).unwrap();
    (dir, path)
}

fn credential(card: &ShowcaseCard) -> Credential {
    Credential::Card { number: card.number.clone(), id_number: Some(card.id_number.clone()) }
}

fn showcase(ledger: &mut EmbeddedLedger) -> PersonNo {
    let card = generate::showcase(&SHARED.1).unwrap();
    ledger.identify(&credential(&card)).unwrap().psn_no
}

fn everything() -> Period {
    Period::new(date(2000, 1, 1), date(2030, 1, 1)).unwrap()
}

#[test]
fn a_card_names_its_owner() {
    let mut ledger = ledger();
    let good = generate::cards(&SHARED.1, CardKind::Normal, TODAY, 2).unwrap();
    let lost = generate::cards(&SHARED.1, CardKind::Lost, TODAY, 1).unwrap();
    let (mine, other) = (&good[0], &good[1]);
    let card = |number: &CardNo, id: Option<&IdNumber>| Credential::Card {
        number: number.clone(),
        id_number: id.cloned(),
    };
    let unknown_card = CardNo::new("Z99999999");
    let unknown_id = IdNumber::parse("11010519491231002X").unwrap();
    for (credential, expected) in [
        (card(&mine.number, Some(&mine.id_number)), Ok(&mine.name)),
        // A version 3.00 card gives only its number.
        (card(&mine.number, None), Ok(&mine.name)),
        (card(&mine.number, Some(&other.id_number)), Err(LedgerError::CredentialMismatch)),
        (card(&mine.number, Some(&unknown_id)), Err(LedgerError::CredentialMismatch)),
        // The owner has another card by now.
        (card(&unknown_card, Some(&mine.id_number)), Err(LedgerError::CredentialMismatch)),
        (card(&unknown_card, Some(&unknown_id)), Err(LedgerError::UnknownPerson)),
        (card(&unknown_card, None), Err(LedgerError::UnknownPerson)),
        (card(&lost[0].number, None), Err(LedgerError::CardReportedLost)),
        (card(&lost[0].number, Some(&lost[0].id_number)), Err(LedgerError::CardReportedLost)),
    ] {
        let found = ledger.identify(&credential);
        assert_eq!(
            found.as_ref().map(|insured| &insured.name),
            expected.as_ref().map(|name| *name)
        );
    }
    let nobody = PersonNo::new("nobody");
    assert_eq!(ledger.overview(&nobody, TODAY), Err(LedgerError::UnknownPerson));
}

#[test]
fn an_old_document_number_finds_the_person() {
    let (_dir, path) = own_ledger();
    let db = rusqlite::Connection::open(&path).unwrap();
    db.execute("UPDATE person SET certno = '11010519491231002X' WHERE id = 1", []).unwrap();
    let card = generate::showcase(&path).unwrap();
    let old = IdNumber::parse("110105491231002").unwrap();
    let credential = Credential::Card { number: card.number, id_number: Some(old) };
    assert!(EmbeddedLedger::open(&path).unwrap().identify(&credential).is_ok());
}

#[test]
fn a_document_of_a_person_whose_card_is_lost_still_works() {
    let lost = generate::cards(&SHARED.1, CardKind::Lost, TODAY, 1).unwrap().remove(0);
    let mut ledger = ledger();
    assert_eq!(ledger.identify(&credential(&lost)), Err(LedgerError::CardReportedLost));
    let found = ledger.identify(&Credential::IdNumber(lost.id_number.clone())).unwrap();
    assert_eq!(found.name, lost.name);
}

#[test]
fn pages_together_are_the_whole() {
    let mut ledger = ledger();
    let person = showcase(&mut ledger);
    for period in [everything(), Period::this_year(TODAY), Period::month(2025, 3).unwrap()] {
        let whole = ledger.account_statement(&person, period).unwrap();
        for size in [1, 7, 50] {
            let mut rows = Vec::new();
            for index in 0.. {
                let page = PageRequest { index, size };
                let answer = ledger.account(&person, period, page).unwrap();
                assert_eq!(answer.page.total_rows as usize, whole.rows.len());
                assert_eq!(answer.income - answer.spending, whole.closing - whole.opening);
                assert!(!answer.income.is_negative() && !answer.spending.is_negative());
                if answer.page.rows.is_empty() {
                    break;
                }
                rows.extend(answer.page.rows);
            }
            rows.reverse();
            assert_eq!(rows, whole.rows);
        }
    }
}

#[test]
fn pages_beyond_the_end_and_odd_sizes_are_calm() {
    let mut ledger = ledger();
    let person = showcase(&mut ledger);
    for (index, size, rows) in [(u32::MAX, 50, 0), (u32::MAX, u32::MAX, 0), (0, 0, 1), (0, 99, 50)]
    {
        let page = PageRequest { index, size };
        assert_eq!(ledger.account(&person, everything(), page).unwrap().page.rows.len(), rows);
        let family = ledger.family_use(&person, None, everything(), page).unwrap();
        assert_eq!(family.page.rows.len(), rows);
        let paid = ledger.premiums(&person, everything(), page).unwrap();
        assert_eq!(paid.page.rows.len(), rows.min(paid.page.total_rows as usize));
    }
}

#[test]
fn family_use_agrees_with_its_rows() {
    let mut ledger = ledger();
    let person = showcase(&mut ledger);
    let all = |ledger: &mut EmbeddedLedger, relative: Option<&PersonNo>, period: Period| {
        let mut rows: Vec<Movement> = Vec::new();
        loop {
            let page = PageRequest { index: (rows.len() / 50) as u32, size: 50 };
            let answer = ledger.family_use(&person, relative, period, page).unwrap();
            rows.extend(answer.page.rows.iter().cloned());
            if rows.len() == answer.page.total_rows as usize {
                return (rows, answer);
            }
        }
    };
    let year = Period::this_year(TODAY);
    let (rows, answer) = all(&mut ledger, None, year);
    assert!(rows.iter().all(|row| row.relative.is_some() && row.settlement.is_some()));
    assert_eq!(answer.total, -rows.iter().map(|row| row.amount).sum::<Money>());
    assert_eq!(answer.relatives.len(), 2);
    assert_eq!(answer.by_month.len(), 11);
    for (y, m, sum) in &answer.by_month {
        let in_month = rows.iter().filter(|row| (row.date.year(), row.date.month()) == (*y, *m));
        assert_eq!(*sum, -in_month.map(|row| row.amount).sum::<Money>(), "{y}-{m}");
    }
    assert_eq!(answer.by_month.iter().map(|(.., sum)| *sum).sum::<Money>(), answer.total);

    let mut parts = Money::ZERO;
    for relative in &answer.relatives {
        let (mine, part) = all(&mut ledger, Some(&relative.psn_no), year);
        assert!(mine.iter().all(|row| row.relative.as_ref() == Some(relative)));
        assert_eq!(part.relatives.len(), 2);
        parts += part.total;
    }
    assert_eq!(parts, answer.total);
    let overview = ledger.overview(&person, TODAY).unwrap();
    assert_eq!(overview.used_this_year, answer.total);
    assert!(overview.used_by.is_sorted_by(|a, b| a.1 >= b.1));

    let (_, long) = all(&mut ledger, None, everything());
    assert_eq!(long.by_month.len(), 12);
    assert_eq!(long.by_month.last().map(|(y, m, _)| (*y, *m)), Some((2030, 1)));

    let statement = ledger.family_statement(&person, year).unwrap();
    let mut reversed = rows;
    reversed.reverse();
    assert_eq!(statement.rows, reversed);
    assert!(!statement.premiums.is_empty());
}

#[test]
fn premiums_sum_without_those_given_back() {
    let (_dir, path) = own_ledger();
    let db = rusqlite::Connection::open(&path).unwrap();
    let mut ledger = EmbeddedLedger::open(&path).unwrap();
    let card = generate::showcase(&path).unwrap();
    let person = ledger.identify(&credential(&card)).unwrap().psn_no;
    let page = PageRequest { index: 0, size: 50 };
    let before = ledger.premiums(&person, everything(), page).unwrap();
    assert!(before.page.rows.len() >= 2);
    assert_eq!(before.total, before.page.rows.iter().map(|row| row.amount).sum());
    assert!(before.page.rows.is_sorted_by(|a, b| a.paid_on >= b.paid_on));
    let serial = before.page.rows[0].serial;
    db.execute("UPDATE premium SET status = 3 WHERE id = ?1", [serial]).unwrap();
    let after = ledger.premiums(&person, everything(), page).unwrap();
    assert_eq!(after.total, before.total - before.page.rows[0].amount);
    assert_eq!(after.page.rows[0].status, PremiumStatus::Refunded);
    assert_eq!(after.page.total_rows, before.page.total_rows);
}

#[test]
fn a_new_year_makes_this_years_money_earlier_money() {
    let mut ledger = ledger();
    let person = showcase(&mut ledger);
    let now = ledger.overview(&person, TODAY).unwrap().balance;
    assert_eq!(now.this_year + now.earlier_years, now.total);
    let next = ledger.overview(&person, date(2027, 1, 2)).unwrap();
    assert_eq!(next.balance, now.carried_over());
    assert!(next.used_this_year.is_zero());
}

#[test]
fn a_statement_has_its_bound() {
    let (_dir, path) = own_ledger();
    let mut ledger = EmbeddedLedger::open(&path).unwrap();
    let card = generate::showcase(&path).unwrap();
    let person = ledger.identify(&credential(&card)).unwrap().psn_no;
    connection(&ledger)
        .execute_batch(
            "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i <= 1000)
            INSERT INTO movement SELECT m.owner, m.serial + n.i, m.day, 1, 1,
                m.balance_after_fen + n.i, m.this_year_fen, m.place, NULL, NULL, NULL
            FROM movement AS m, n WHERE m.owner = 1
                AND m.serial = (SELECT max(serial) FROM movement WHERE owner = 1) ORDER BY n.i",
        )
        .unwrap();
    let too_many = Err(LedgerError::TooManyRows(STATEMENT_ROWS_MAX));
    assert_eq!(ledger.account_statement(&person, everything()), too_many);
    let before = Period::new(date(2000, 1, 1), date(2000, 2, 1)).unwrap();
    let empty = ledger.account_statement(&person, before).unwrap();
    assert_eq!((empty.opening, empty.closing, empty.rows.len()), (Money::ZERO, Money::ZERO, 0));
    let after = Period::new(date(2029, 1, 1), date(2029, 2, 1)).unwrap();
    let standing = ledger.account_statement(&person, after).unwrap();
    let balance = ledger.overview(&person, TODAY).unwrap().balance.total;
    assert_eq!((standing.opening, standing.closing), (balance, balance));
}

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
            NULL, NULL, NULL {last}"
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
            String::from("INSERT INTO authorisation VALUES (1, 1, 1, 20200101, NULL, NULL, 1)"),
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

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn any_span_adds_up(from in 0i32..1200, days in 0i32..1200, person in 1u64..300) {
        use jiff::ToSpan;
        let mut ledger = ledger();
        let person = PersonNo::new(format!("3100{person:016}"));
        let from = date(2023, 10, 1).checked_add(from.days()).unwrap();
        let period = Period::new(from, from.checked_add(days.days()).unwrap()).unwrap();
        let statement = ledger.account_statement(&person, period).unwrap();
        let sum: Money = statement.rows.iter().map(|row| row.amount).sum();
        prop_assert_eq!(statement.opening + sum, statement.closing);
        let mut balance = statement.opening;
        for row in &statement.rows {
            balance += row.amount;
            prop_assert_eq!(row.balance_after, balance);
            prop_assert!(period.contains(row.date) && !row.place.is_empty());
        }
        prop_assert!(statement.rows.is_sorted_by(|a, b| a.serial < b.serial && a.date <= b.date));
        let page = PageRequest { index: 0, size: 10 };
        let answer = ledger.account(&person, period, page).unwrap();
        let newest: Vec<_> = statement.rows.iter().rev().take(10).cloned().collect();
        prop_assert_eq!(answer.page.rows, newest);
        let family = ledger.family_statement(&person, period).unwrap();
        let expected = statement.rows.iter().filter(|row| row.relative.is_some()
            && row.settlement.is_some()).cloned().collect::<Vec<_>>();
        prop_assert_eq!(&family.rows, &expected);
        let paid = expected.iter().filter(|row| row.kind == MovementKind::FamilyCare);
        prop_assert!(paid.clone().all(|row| row.amount.is_negative()));
    }
}
