//! Movements of an imported account, derived from its settlements and its stated balance.

use jiff::civil::DateTime;
use rusqlite::OptionalExtension;

use crate::domain::account::Balance;
use crate::domain::money::Money;
use crate::records::embedded::codes::RowKind;
use crate::records::embedded::write::{MovementRow, Writer};

/// What the first row of an imported account says instead of a place.
const OPENING: &str = "期初余额";
/// What a row says that closes a gap in the records.
const RECONCILED: &str = "余额核对";

/// One thing in the life of the account, in order of time.
enum Step {
    Own { settlement: i64, place: i64, at: DateTime, amount: Money },
    Stated { at: DateTime, balance: Money },
}

/// Writes the account of a person anew; whether its balance had to be assumed.
pub(super) fn derive(writer: &mut Writer<'_>, person: i64) -> rusqlite::Result<bool> {
    let own = own_movements(writer, person)?;
    let stated = stated_balance(writer, person)?;
    if own.is_empty() && stated.is_none() {
        return Ok(false);
    }
    writer
        .db
        .prepare_cached("INSERT OR IGNORE INTO imported_account VALUES (?1, NULL, NULL)")?
        .execute([person])?;
    writer.db.prepare_cached("DELETE FROM movement WHERE owner = ?1")?.execute([person])?;
    let (steps, opening) = order(own, stated);
    let mut account =
        Account { writer, person, balance: Balance::default(), serial: 0, year: None };
    if let Some(first) = steps.first().map(Step::at) {
        account.adjust(first, opening, OPENING)?;
    }
    for step in steps {
        match step {
            Step::Own { settlement, place, at, amount } => {
                let short = account.balance.total + amount;
                if short.is_negative() {
                    account.adjust(at, -short, RECONCILED)?;
                }
                let kind = if amount.is_negative() { RowKind::OwnCare } else { RowKind::OwnRefund };
                account.post(at, kind, amount, place, Some(settlement))?;
            }
            Step::Stated { at, balance } => {
                let gap = balance - account.balance.total;
                account.adjust(at, gap, RECONCILED)?;
            }
        }
    }
    Ok(stated.is_none())
}

impl Step {
    fn at(&self) -> DateTime {
        match self {
            Self::Own { at, .. } | Self::Stated { at, .. } => *at,
        }
    }
}

/// The steps in order, and the balance before them: what was stated less what moved until then.
fn order(own: Vec<Step>, stated: Option<(DateTime, Money)>) -> (Vec<Step>, Money) {
    let Some((at, balance)) = stated else { return (own, Money::ZERO) };
    let split = own.partition_point(|step| step.at() <= at);
    let moved = own.iter().take(split).map(|step| match step {
        Step::Own { amount, .. } => *amount,
        Step::Stated { .. } => Money::ZERO,
    });
    let opening = (balance - moved.sum::<Money>()).max(Money::ZERO);
    let mut steps = own;
    steps.insert(split, Step::Stated { at, balance });
    (steps, opening)
}

/// What the person's settlements took from (or gave back to) their own account, oldest first.
fn own_movements(writer: &Writer<'_>, person: i64) -> rusqlite::Result<Vec<Step>> {
    let mut select = writer.db.prepare_cached(
        "SELECT id, place, setl_time, acct_mulaid_pay - acct_pay FROM settlement
        WHERE patient = ?1 AND acct_pay <> acct_mulaid_pay ORDER BY setl_time, setl_id",
    )?;
    let rows = select.query_map([person], |row| {
        Ok(Step::Own {
            settlement: row.get(0)?,
            place: row.get(1)?,
            at: time(row.get_ref(2)?.as_str()?)?,
            amount: Money::from_fen(row.get(3)?),
        })
    })?;
    rows.collect()
}

/// The balance last stated: by 1101, or else by the latest settlement that has a `balc`.
fn stated_balance(writer: &Writer<'_>, person: i64) -> rusqlite::Result<Option<(DateTime, Money)>> {
    let mut select = writer.db.prepare_cached(
        "SELECT stated_at, stated_fen, 0 AS rank FROM imported_account
            WHERE person = ?1 AND stated_fen IS NOT NULL
        UNION ALL
        SELECT * FROM (SELECT setl_time, balc, 1 FROM settlement
            WHERE patient = ?1 AND balc >= 0 ORDER BY setl_time DESC, setl_id DESC LIMIT 1)
        ORDER BY rank LIMIT 1",
    )?;
    let row = |row: &rusqlite::Row<'_>| {
        Ok((time(row.get_ref(0)?.as_str()?)?, Money::from_fen(row.get(1)?)))
    };
    select.query_row([person], row).optional()
}

fn time(text: &str) -> rusqlite::Result<DateTime> {
    text.parse().map_err(|error: jiff::Error| {
        rusqlite::Error::FromSqlConversionFailure(0, rusqlite::types::Type::Text, error.into())
    })
}

struct Account<'w, 't> {
    writer: &'w mut Writer<'t>,
    person: i64,
    balance: Balance,
    serial: i64,
    year: Option<i16>,
}

impl Account<'_, '_> {
    fn adjust(&mut self, at: DateTime, amount: Money, why: &str) -> rusqlite::Result<()> {
        if amount.is_zero() {
            return Ok(());
        }
        let place = self.writer.place("", why)?;
        self.post(at, RowKind::Adjustment, amount, place, None)
    }

    fn post(
        &mut self,
        at: DateTime,
        kind: RowKind,
        amount: Money,
        place: i64,
        settlement: Option<i64>,
    ) -> rusqlite::Result<()> {
        if self.year.is_some_and(|year| year < at.year()) {
            self.balance = self.balance.carried_over();
        }
        self.year = Some(at.year());
        let after = self.balance.after(kind.movement_kind(), amount);
        // Callers have made sure that it suffices; the database would refuse the row as well.
        let after = after.ok_or(rusqlite::Error::StatementChangedRows(0))?;
        self.balance = after;
        self.serial += 1;
        let (serial, day) = (self.serial, at.date());
        let (relative, reserve) = (None, None);
        let row =
            MovementRow { serial, day, kind, amount, after, place, relative, settlement, reserve };
        self.writer.movement(self.person, &row)
    }
}
