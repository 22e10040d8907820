//! Settling a visit as the platform does at a hospital's counter: the accounts pay in the order of
//! deduction, each until its limit or until only what must stay is left; the rest is cash.

mod reverse;

use core::fmt;

use jiff::civil::{Date, DateTime};
use rusqlite::{OptionalExtension, Transaction, TransactionBehavior};

use super::booking::{self, Entry};
use super::codes::{self, RowKind};
use super::operate::{self, Bond, order};
use super::write::{Amounts, SettlementRow, Writer};
use super::{EmbeddedLedger, Failure, identify, usage};
use crate::domain::insurance::CareType;
use crate::domain::money::Money;
use crate::domain::person::{PersonName, PersonNo};
use crate::policy::Policy;
use crate::policy::rules::{Account, OrderFault, draw, limit_in_force};
use crate::policy::schema::MoneyModel;
use crate::records::port::LedgerError;

/// A visit that is to be paid.
#[derive(Clone, Debug)]
pub struct Visit {
    /// Who was there.
    pub patient: PersonNo,
    /// The institution's name.
    pub place: String,
    /// `med_type`
    pub care: CareType,
    /// `setl_time`
    pub settled_at: DateTime,
    /// `medfee_sumamt`: all of it, above zero.
    pub total: Money,
    /// `fund_pay_sumamt`: the fund's part, at most all of it.
    pub fund: Money,
}

/// What a settlement did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settled {
    /// `setl_id`
    pub setl_id: String,
    /// What accounts paid, in the order of payment; of a reversal, what they got back.
    pub shares: Vec<Share>,
    /// What was paid in cash; of a reversal, given back.
    pub cash: Money,
}

/// What one account paid.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Share {
    /// Whose account; `None`: the patient's own.
    pub donor: Option<Payer>,
    /// How much, above zero.
    pub amount: Money,
}

/// A donor whose account paid.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Payer {
    /// The ledger's number.
    pub psn_no: PersonNo,
    /// The name.
    pub name: PersonName,
    /// Where the money was.
    pub money: MoneyModel,
}

/// Why a visit was not settled, or a settlement not reversed. Nothing was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SettleError {
    /// The amounts are not those of a visit.
    Amounts,
    /// The accounts have no order by the rules of the region.
    Order(OrderFault),
    /// There is no settlement of this number.
    NoSettlement,
    /// The settlement is a reversal, or was reversed already.
    Reversed,
    /// The ledger's state.
    Ledger(LedgerError),
}

impl fmt::Display for SettleError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Amounts => f.write_str(
                "a visit costs more than nothing, and the fund pays no less than nothing and no \
                more than all; correct the amounts",
            ),
            Self::Order(OrderFault::NotStated) => f.write_str(
                "the rules of the region state no order of deduction; name another region",
            ),
            Self::Order(OrderFault::NoSuchSlot(slot)) => write!(
                f,
                "a donor has place {slot}, which the rules of the region do not know; name the \
                region in which the donors were bound"
            ),
            Self::Order(OrderFault::Twice(_) | OrderFault::WithoutSlot | OrderFault::TwoOwn) => {
                f.write_str("the order of the accounts in the ledger is damaged; restore a copy")
            }
            Self::NoSettlement => f.write_str("there is no settlement of this number; look it up"),
            Self::Reversed => f.write_str("this settlement was reversed already, or is a reversal"),
            Self::Ledger(error) => error.fmt(f),
        }
    }
}

impl core::error::Error for SettleError {}

impl From<Failure> for SettleError {
    fn from(failure: Failure) -> Self {
        Self::Ledger(failure.into())
    }
}

impl From<rusqlite::Error> for SettleError {
    fn from(error: rusqlite::Error) -> Self {
        Failure::from(error).into()
    }
}

impl EmbeddedLedger {
    /// Settles a visit by the rules of a region: writes the settlement and every movement, or
    /// nothing.
    ///
    /// # Errors
    /// See [`SettleError`].
    pub fn settle(&mut self, policy: &Policy, visit: &Visit) -> Result<Settled, SettleError> {
        self.settling(|db| settle(db, policy, visit))
    }

    /// Takes a settlement back: every account gets what it paid, and what came out of money set
    /// aside is set aside again where that still is.
    ///
    /// # Errors
    /// See [`SettleError`].
    pub fn reverse(&mut self, setl_id: &str, at: DateTime) -> Result<Settled, SettleError> {
        self.settling(|db| reverse::reverse(db, setl_id, at))
    }

    fn settling(
        &mut self,
        work: impl FnOnce(&Transaction<'_>) -> Result<Settled, SettleError>,
    ) -> Result<Settled, SettleError> {
        let result = self.transact(TransactionBehavior::Immediate, |db| {
            let result = work(&db);
            if result.is_ok() {
                db.commit()?;
            }
            match result {
                Err(SettleError::Ledger(error)) => Err(error.into()),
                other => Ok(other),
            }
        });
        result.map_err(SettleError::Ledger)?
    }
}

/// An account that may pay, with what a payment needs to be booked.
struct Source {
    account: Account,
    /// `None`: the patient's own.
    bond: Option<Bond>,
    reserve: Option<i64>,
}

fn settle(db: &Transaction<'_>, policy: &Policy, visit: &Visit) -> Result<Settled, SettleError> {
    let own_part = visit.total.checked_sub(visit.fund).ok_or(SettleError::Amounts)?;
    if visit.total <= Money::ZERO || visit.fund.is_negative() || own_part.is_negative() {
        return Err(SettleError::Amounts);
    }
    let patient = identify::row_of(db, &visit.patient)?;
    let day = visit.settled_at.date();
    operate::catch_up(db, day)?;
    let sources = sources(db, policy, patient, day)?;
    let accounts: Vec<Account> = sources.iter().map(|source| source.account).collect();
    let drawn = draw(policy, &accounts, own_part).map_err(SettleError::Order)?;
    let parts: Vec<(&Source, Money)> = drawn
        .parts
        .iter()
        .filter_map(|(index, amount)| Some((sources.get(*index)?, *amount)))
        .collect();
    let sum = |donors: bool| -> Money {
        parts.iter().filter(|(s, _)| s.bond.is_some() == donors).map(|(_, amount)| *amount).sum()
    };
    let (own, shared) = (sum(false), sum(true));
    let setl_id = next_setl_id(db, day)?;
    let amounts = Amounts {
        medfee_sumamt: visit.total,
        inscp_scp_amt: visit.total,
        hifp_pay: visit.fund,
        fund_pay_sumamt: visit.fund,
        psn_pay: own_part,
        acct_pay: own + shared,
        acct_mulaid_pay: shared,
        cash_payamt: drawn.left,
        ..Amounts::default()
    };
    let row = row(db, visit, patient, &setl_id, amounts, own)?;
    let settlement = Writer::new(db).settlement(patient, &row)?;
    let mut shares = Vec::new();
    for (source, amount) in parts {
        let paid = Paid { settlement, place: &visit.place, day, patient };
        paid.book(db, source, amount)?;
        let donor =
            source.bond.as_ref().map(|bond| payer(db, bond.donor, bond.money)).transpose()?;
        shares.push(Share { donor, amount });
    }
    Ok(Settled { setl_id, shares, cash: drawn.left })
}

/// The patient's own account and those of the donors whose authorisation holds on the day.
fn sources(
    db: &Transaction<'_>,
    policy: &Policy,
    patient: i64,
    day: Date,
) -> Result<Vec<Source>, SettleError> {
    let own = Account {
        own: true,
        slot: order::own_slot(db, patient)?,
        balance: booking::balance(db, patient)?,
        limit_left: None,
    };
    // What is set aside has left the account in which something must stay.
    let retained = policy.rules.retained_balance.as_ref().map_or(Money::ZERO, |s| s.value.0);
    let mut sources = vec![Source { account: own, bond: None, reserve: None }];
    for bond in operate::alive_as_beneficiary(db, patient)? {
        let holds = bond.since <= day && bond.until.is_none_or(|last| last >= day);
        if !holds || !operate::may_donate(db, bond.donor, day)? {
            continue;
        }
        let reserve = match bond.money {
            MoneyModel::Authorize => None,
            MoneyModel::Pool => Some(booking::common_account(db, bond.donor)?),
            MoneyModel::Quota => Some(booking::quota_account(db, bond.donor, bond.id)?),
        };
        let balance = match reserve {
            Some(reserve) => booking::set_aside(db, reserve)? + retained,
            None => booking::balance(db, bond.donor)?,
        };
        let limit = limit_in_force(policy, bond.annual_limit);
        let used = usage::this_year(db, bond.donor, patient, day)?;
        let limit_left = limit.map(|limit| limit - used);
        let account = Account { own: false, slot: bond.slot, balance, limit_left };
        sources.push(Source { account, bond: Some(bond), reserve });
    }
    Ok(sources)
}

/// A settlement while its payments are booked.
struct Paid<'a> {
    settlement: i64,
    place: &'a str,
    day: Date,
    patient: i64,
}

impl Paid<'_> {
    /// Books a payment. What was set aside comes back in the entry before, so that every use of an
    /// account is one row of it, wherever its money was.
    fn book(
        &self,
        db: &Transaction<'_>,
        source: &Source,
        amount: Money,
    ) -> Result<(), SettleError> {
        let entry = Entry {
            owner: self.patient,
            day: self.day,
            kind: RowKind::OwnCare,
            amount: -amount,
            place: ("", self.place),
            relative: None,
            settlement: Some(self.settlement),
            reserve: None,
        };
        let Some(bond) = &source.bond else { return booked(db, &entry) };
        let relative = Some((self.patient, bond.relation));
        if source.reserve.is_some() {
            let (kind, place) = match bond.money {
                MoneyModel::Pool => (RowKind::FromCommon, booking::COMMON),
                MoneyModel::Authorize | MoneyModel::Quota => (RowKind::FromQuota, booking::QUOTA),
            };
            let reserve = source.reserve;
            let owner = bond.donor;
            booked(db, &Entry { owner, kind, amount, place, relative, reserve, ..entry })?;
        }
        booked(db, &Entry { owner: bond.donor, kind: RowKind::FamilyCare, relative, ..entry })
    }
}

/// Books an entry for which there must be money.
fn booked(db: &Transaction<'_>, entry: &Entry<'_>) -> Result<(), SettleError> {
    match booking::book(db, entry)? {
        Some(_) => Ok(()),
        None => {
            let why = String::from("an account has less than was drawn from it");
            Err(SettleError::Ledger(LedgerError::Unavailable(why)))
        }
    }
}

fn row(
    db: &Transaction<'_>,
    visit: &Visit,
    patient: i64,
    setl_id: &str,
    amounts: Amounts,
    own: Money,
) -> Result<SettlementRow, SettleError> {
    let insured = identify::insured(db, patient)?;
    let insutype = insured.insurance.code();
    let psn_type = db
        .prepare_cached("SELECT psn_type FROM insurance WHERE person = ?1 AND insutype = ?2")?
        .query_row((patient, insutype), |row| row.get(0))?;
    let day = visit.settled_at.date();
    Ok(SettlementRow {
        setl_id: String::from(setl_id),
        mdtrt_id: format!("V{setl_id}"),
        insutype: String::from(insutype),
        psn_type,
        place: (String::new(), visit.place.clone()),
        med_type: String::from(visit.care.code()),
        begin: Some(day),
        end: Some(day),
        settled_at: visit.settled_at,
        amounts,
        fund_ratio_1e4: 0,
        balance: Some(booking::balance(db, patient)? - own),
        refund: false,
    })
}

fn payer(db: &Transaction<'_>, donor: i64, money: MoneyModel) -> rusqlite::Result<Payer> {
    let mut read = db.prepare_cached("SELECT psn_no, psn_name FROM person WHERE id = ?1")?;
    read.query_row([donor], |row| {
        Ok(Payer {
            psn_no: PersonNo::new(row.get::<_, String>(0)?),
            name: PersonName::new(row.get::<_, String>(1)?),
            money,
        })
    })
}

/// `K`, the day and a number of eight digits.
fn next_setl_id(db: &Transaction<'_>, day: Date) -> rusqlite::Result<String> {
    let day = codes::day_code(day);
    let mut last = db.prepare_cached(
        "SELECT setl_id FROM settlement WHERE setl_id BETWEEN ?1 AND ?2
        ORDER BY setl_id DESC LIMIT 1",
    )?;
    let span = [format!("K{day}{:08}", 0), format!("K{day}{:08}", 99_999_999)];
    let last: Option<String> = last.query_row(span, |row| row.get(0)).optional()?;
    let count = last.as_deref().and_then(|id| id.get(9..)).and_then(|count| count.parse().ok());
    Ok(format!("K{day:08}{:08}", count.unwrap_or(0u32) + 1))
}
