//! Writing rows into the ledger: used by `records generate` and `records import`.

use std::collections::HashMap;
use std::sync::LazyLock;

use jiff::civil::{Date, DateTime};
use rusqlite::types::Value;
use rusqlite::{OptionalExtension, Transaction, params, params_from_iter};

use super::codes::{self, RowKind, day_code, fen, time_text};
pub(crate) use super::schema::open_existing;
pub(crate) use super::schema::open_or_create;
use crate::domain::account::Balance;
use crate::domain::family::Relation;
use crate::domain::id_number::IdNumber;
use crate::domain::money::Money;
use crate::domain::person::{CardNo, Gender, PersonName, PersonNo};
use crate::domain::premium::PremiumStatus;

/// A row of `person`.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct PersonRow {
    pub psn_no: PersonNo,
    pub name: PersonName,
    pub cert_type: String,
    pub id_number: IdNumber,
    pub gender: Gender,
    pub naty: String,
    pub birth: Option<Date>,
}

/// A row of `insurance`, without its person.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct InsuranceRow {
    pub insutype: String,
    pub psn_type: String,
    pub status: String,
    pub since: Option<Date>,
    pub region: String,
    pub employer: String,
}

macro_rules! amounts {
    ($($field:ident),+) => {
        /// The amounts of `setlinfo` that every settlement has, under their national names.
        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
        pub(crate) struct Amounts { $(pub $field: Money),+ }

        impl Amounts {
            /// The national names, in the order of [`Amounts::values`].
            pub(crate) const NAMES: &'static [&'static str] = &[$(stringify!($field)),+];

            pub(crate) fn values(&self) -> Vec<Money> { vec![$(self.$field),+] }

            /// The amounts in the order of [`Amounts::NAMES`], from whatever gives them by name.
            pub(crate) fn collect<E>(
                mut by_name: impl FnMut(&'static str) -> Result<Money, E>,
            ) -> Result<Self, E> {
                Ok(Self { $($field: by_name(stringify!($field))?),+ })
            }

            /// What takes this settlement back.
            pub(crate) fn reversed(&self) -> Self { Self { $($field: -self.$field),+ } }
        }
    };
}

amounts! {
    medfee_sumamt, fulamt_ownpay_amt, overlmt_selfpay, preselfpay_amt, inscp_scp_amt, act_pay_dedc,
    hifp_pay, cvlserv_pay, hifes_pay, hifmi_pay, hifob_pay, maf_pay, oth_pay, fund_pay_sumamt,
    psn_pay, acct_pay, cash_payamt, acct_mulaid_pay
}

impl Amounts {
    /// Whether the identities of the national interface hold.
    pub(crate) fn identities_hold(&self) -> bool {
        let same_sign = self.acct_mulaid_pay.is_zero()
            || self.acct_mulaid_pay.is_negative() == self.acct_pay.is_negative();
        self.medfee_sumamt == self.fund_pay_sumamt + self.psn_pay
            && self.psn_pay == self.acct_pay + self.cash_payamt
            && self.acct_mulaid_pay.abs() <= self.acct_pay.abs()
            && same_sign
    }
}

/// A row of `settlement`.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct SettlementRow {
    pub setl_id: String,
    pub mdtrt_id: String,
    pub insutype: String,
    pub psn_type: String,
    pub place: (String, String),
    pub med_type: String,
    pub begin: Option<Date>,
    pub end: Option<Date>,
    pub settled_at: DateTime,
    pub amounts: Amounts,
    /// `pool_prop_selfpay` in ten-thousandths.
    pub fund_ratio_1e4: i64,
    /// `balc`: the account's balance after it, where known.
    pub balance: Option<Money>,
    pub refund: bool,
}

/// The columns of `settlement` before its amounts.
const SETTLEMENT_COLUMNS: [&str; 14] = [
    "setl_id",
    "mdtrt_id",
    "patient",
    "insutype",
    "psn_type",
    "place",
    "med_type",
    "begndate",
    "enddate",
    "setl_time",
    "pool_prop_selfpay_1e4",
    "balc",
    "refd_setl_flag",
    "identities_hold",
];

static SETTLEMENT_INSERT: LazyLock<String> = LazyLock::new(|| {
    let columns = [&SETTLEMENT_COLUMNS[..], Amounts::NAMES].concat();
    let marks = vec!["?"; columns.len()].join(", ");
    format!("INSERT INTO settlement ({}) VALUES ({marks})", columns.join(", "))
});

static SETTLEMENT_SELECT: LazyLock<String> = LazyLock::new(|| {
    let columns = [&SETTLEMENT_COLUMNS[..], Amounts::NAMES].concat();
    format!("SELECT {} FROM settlement WHERE setl_id = ?1", columns.join(", "))
});

/// A row of `movement`, without its owner.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct MovementRow {
    pub serial: i64,
    pub day: Date,
    pub kind: RowKind,
    pub amount: Money,
    pub after: Balance,
    pub place: i64,
    pub relative: Option<(i64, Relation)>,
    pub settlement: Option<i64>,
}

/// Writes rows in one transaction.
pub(crate) struct Writer<'t> {
    pub db: &'t Transaction<'t>,
    places: HashMap<(String, String), i64>,
}

impl<'t> Writer<'t> {
    pub(crate) fn new(db: &'t Transaction<'t>) -> Self {
        Self { db, places: HashMap::new() }
    }

    pub(crate) fn person(&self, row: &PersonRow) -> rusqlite::Result<i64> {
        let mut insert = self.db.prepare_cached(
            "INSERT INTO person (psn_no, psn_name, psn_cert_type, certno, gend, naty, brdy)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
        )?;
        insert.insert(params![
            row.psn_no.reveal(),
            row.name.reveal(),
            row.cert_type,
            row.id_number.upgraded().reveal(),
            codes::gender_code(row.gender),
            row.naty,
            row.birth.map(day_code),
        ])
    }

    pub(crate) fn card(
        &self,
        person: i64,
        number: &CardNo,
        expires: Date,
        lost: bool,
    ) -> rusqlite::Result<()> {
        let mut insert = self.db.prepare_cached(
            "INSERT INTO card (card_no, person, expires, lost) VALUES (?1, ?2, ?3, ?4)",
        )?;
        insert.execute(params![number.reveal(), person, day_code(expires), lost]).map(drop)
    }

    /// Adds the insurance, or replaces what was known of it.
    pub(crate) fn insurance(&self, person: i64, row: &InsuranceRow) -> rusqlite::Result<()> {
        let mut insert = self.db.prepare_cached(
            "INSERT OR REPLACE INTO insurance VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
        )?;
        let since = row.since.map(day_code);
        insert
            .execute(params![
                person,
                row.insutype,
                row.psn_type,
                row.status,
                since,
                row.region,
                row.employer
            ])
            .map(drop)
    }

    pub(crate) fn place(&mut self, code: &str, name: &str) -> rusqlite::Result<i64> {
        let key = (String::from(code), String::from(name));
        if let Some(id) = self.places.get(&key) {
            return Ok(*id);
        }
        let mut find =
            self.db.prepare_cached("SELECT id FROM place WHERE code = ?1 AND name = ?2")?;
        let id = match find.query_row([code, name], |row| row.get(0)).optional()? {
            Some(id) => id,
            None => {
                let mut insert =
                    self.db.prepare_cached("INSERT INTO place (code, name) VALUES (?1, ?2)")?;
                insert.insert([code, name])?
            }
        };
        self.places.insert(key, id);
        Ok(id)
    }

    pub(crate) fn settlement(
        &mut self,
        patient: i64,
        row: &SettlementRow,
    ) -> rusqlite::Result<i64> {
        let values = self.settlement_values(patient, row)?;
        self.db.prepare_cached(&SETTLEMENT_INSERT)?.insert(params_from_iter(values))
    }

    /// Whether the ledger has a settlement of this `setl_id`, and if so, whether it is this one.
    pub(crate) fn known_settlement(
        &mut self,
        patient: i64,
        row: &SettlementRow,
    ) -> rusqlite::Result<Option<bool>> {
        let values = self.settlement_values(patient, row)?;
        let mut find = self.db.prepare_cached(&SETTLEMENT_SELECT)?;
        let same = |found: &rusqlite::Row<'_>| {
            for (column, value) in values.iter().enumerate() {
                if found.get::<_, Value>(column)? != *value {
                    return Ok(false);
                }
            }
            Ok(true)
        };
        find.query_row([&row.setl_id], same).optional()
    }

    /// In the order of [`SETTLEMENT_COLUMNS`], then the amounts.
    fn settlement_values(
        &mut self,
        patient: i64,
        row: &SettlementRow,
    ) -> rusqlite::Result<Vec<Value>> {
        let place = self.place(&row.place.0, &row.place.1)?;
        let mut values: Vec<Value> = vec![
            row.setl_id.clone().into(),
            row.mdtrt_id.clone().into(),
            patient.into(),
            row.insutype.clone().into(),
            row.psn_type.clone().into(),
            place.into(),
            row.med_type.clone().into(),
            row.begin.map(day_code).into(),
            row.end.map(day_code).into(),
            time_text(row.settled_at).into(),
            row.fund_ratio_1e4.into(),
            row.balance.map(fen).transpose()?.into(),
            row.refund.into(),
            row.amounts.identities_hold().into(),
        ];
        for amount in row.amounts.values() {
            values.push(fen(amount)?.into());
        }
        Ok(values)
    }

    pub(crate) fn movement(&self, owner: i64, row: &MovementRow) -> rusqlite::Result<()> {
        let mut insert = self.db.prepare_cached(
            "INSERT INTO movement (owner, serial, day, kind, amount_fen, balance_after_fen,
                this_year_fen, place, relative, relation, settlement)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)",
        )?;
        insert
            .execute(params![
                owner,
                row.serial,
                day_code(row.day),
                row.kind.code(),
                fen(row.amount)?,
                fen(row.after.total)?,
                fen(row.after.this_year)?,
                row.place,
                row.relative.map(|(person, _)| person),
                row.relative.map(|(_, relation)| codes::relation_code(relation)),
                row.settlement,
            ])
            .map(drop)
    }

    pub(crate) fn premium(
        &self,
        payer: i64,
        insured: (i64, Option<Relation>),
        year: i16,
        paid_on: Date,
        amount: Money,
        status: PremiumStatus,
    ) -> rusqlite::Result<()> {
        let mut insert = self.db.prepare_cached(
            "INSERT INTO premium
                (payer, insured, relation, insured_year, paid_on, amount_fen, status)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
        )?;
        insert
            .execute(params![
                payer,
                insured.0,
                insured.1.map(codes::relation_code),
                year,
                day_code(paid_on),
                fen(amount)?,
                codes::premium_status_code(status),
            ])
            .map(drop)
    }
}
