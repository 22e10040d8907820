//! Pages, sums and statements agree with each other.

use proptest::prelude::*;

use super::*;

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
                m.balance_after_fen + n.i, m.this_year_fen, m.place, NULL, NULL, NULL, NULL
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
