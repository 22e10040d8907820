//! Settlements as rows: every amount of `setlinfo`, its identities, and writing them.

use std::sync::LazyLock;

use jiff::civil::{Date, DateTime};
use rusqlite::types::Value;
use rusqlite::{OptionalExtension, params_from_iter};

use super::codes::{day_code, fen, time_text};
use super::write::Writer;
use crate::domain::money::Money;

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

impl Writer<'_> {
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
}
