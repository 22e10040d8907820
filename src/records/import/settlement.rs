//! Settlements: `setlinfo` of 5203.

use rust_decimal::Decimal;

use super::fields::{Fields, Problem, problem};
use super::person::{self, Trouble};
use crate::domain::insurance::CareType;
use crate::domain::money::Money;
use crate::domain::person::PersonNo;
use crate::records::embedded::write::{Amounts, PersonRow, SettlementRow, Writer};

/// A settlement and what its row says of the patient.
pub(super) struct Settlement {
    pub row: SettlementRow,
    pub psn_no: PersonNo,
    /// Who the patient is, when the row says it in full.
    pub patient: Result<PersonRow, Problem>,
    pub warnings: Vec<String>,
}

/// Reads one `setlinfo`; `asked_for` is the `psn_no` of the request.
pub(super) fn read(fields: Fields<'_>, asked_for: Option<&str>) -> Result<Settlement, Problem> {
    let mut warnings = Vec::new();
    let amounts = Amounts::collect(|name| amount(fields, name))?;
    let refund = amounts.medfee_sumamt.is_negative();
    // Systems disagree on what the flag marks (the reversal, or what was reversed): the sign decides.
    let flagged = matches!(fields.text("refd_setl_flag")?.as_deref(), Some("1"));
    if flagged != refund {
        warnings.push(String::from("refd_setl_flag disagrees with the sign of medfee_sumamt"));
    }
    if !amounts.identities_hold() {
        warnings.push(String::from(
            "medfee_sumamt = fund_pay_sumamt + psn_pay, psn_pay = acct_pay + cash_payamt or \
            acct_mulaid_pay <= acct_pay does not hold; the row is marked",
        ));
    }
    let Some(settled_at) = fields.time("setl_time")? else {
        return problem("setl_time", "is missing or blank; the record cannot go without it");
    };
    let med_type = fields.required("med_type")?;
    if CareType::of_med_type(&med_type).is_none() {
        return problem("med_type", "is of no group known here; see dictionary 1901");
    }
    let psn_no = fields.text("psn_no")?.or_else(|| asked_for.map(String::from));
    let Some(psn_no) = psn_no else {
        return problem("psn_no", "is missing, in the row and in the request; add it");
    };
    let balance = fields.text("balc")?.map(|_| fields.amount("balc")).transpose()?.flatten();
    let patient = person::read_row(fields, &mut warnings);
    let row = SettlementRow {
        setl_id: fields.required("setl_id")?,
        mdtrt_id: fields.text("mdtrt_id")?.unwrap_or_default(),
        insutype: fields.text("insutype")?.unwrap_or_default(),
        psn_type: fields.text("psn_type")?.unwrap_or_default(),
        place: (
            fields.text("fixmedins_code")?.unwrap_or_default(),
            fields.required("fixmedins_name")?,
        ),
        med_type,
        begin: fields.day("begndate")?,
        end: fields.day("enddate")?,
        settled_at,
        amounts,
        fund_ratio_1e4: fund_ratio(fields, &mut warnings)?,
        balance,
        refund,
    };
    Ok(Settlement { row, psn_no: PersonNo::new(psn_no), patient, warnings })
}

/// Stores a settlement; whether it is new. Its patient must be known, or told in full by the row.
pub(super) fn store(
    writer: &mut Writer<'_>,
    settlement: &Settlement,
) -> Result<(i64, bool), Trouble> {
    let patient = match (person::find(writer, &settlement.psn_no)?, &settlement.patient) {
        (_, Ok(row)) => person::find_or_add(writer, row)?.0,
        (Some(known), Err(_)) => known,
        (None, Err(why)) => {
            let what = format!(
                "names nobody in the ledger, and the row cannot add them ({why}); \
                import the 1101 answer for them first"
            );
            return Ok(problem("psn_no", what)?);
        }
    };
    let row = &settlement.row;
    match writer.known_settlement(patient, row)? {
        Some(true) => return Ok((patient, false)),
        Some(false) => {
            return Ok(problem(
                "setl_id",
                "is in the ledger with other contents; find out which of the two is right",
            )?);
        }
        None => {}
    }
    if !own_part(&row.amounts).is_zero() && person::kept_by_ledger(writer, patient)? {
        return Ok(problem(
            "acct_pay",
            "would move an account that this ledger keeps itself; import into another file",
        )?);
    }
    writer.settlement(patient, row)?;
    Ok((patient, true))
}

/// What the patient's own account paid: 个人账户支付 less the part relatives' accounts paid.
pub(super) fn own_part(amounts: &Amounts) -> Money {
    amounts.acct_pay - amounts.acct_mulaid_pay
}

fn amount(fields: Fields<'_>, name: &'static str) -> Result<Money, Problem> {
    match name {
        "psn_pay" => fields.amount_of_either(["psn_pay", "psn_part_amt"]),
        "cash_payamt" => fields.amount_of_either(["cash_payamt", "psn_cash_pay"]),
        "medfee_sumamt" | "fund_pay_sumamt" | "acct_pay" => match fields.amount(name)? {
            Some(amount) => Ok(amount),
            None => problem(name, "is missing; the record cannot go without it"),
        },
        _ => Ok(fields.amount(name)?.unwrap_or_default()),
    }
}

/// `pool_prop_selfpay`, a ratio from 0 to 1; anything else is left out with a warning.
fn fund_ratio(fields: Fields<'_>, warnings: &mut Vec<String>) -> Result<i64, Problem> {
    let Some(text) = fields.text("pool_prop_selfpay")? else { return Ok(0) };
    let ratio = Decimal::from_str_exact(&text).ok();
    let ratio = ratio.filter(|ratio| (Decimal::ZERO..=Decimal::ONE).contains(ratio));
    let in_1e4 = ratio.and_then(|ratio| ratio.checked_mul(Decimal::from(10_000)));
    let in_1e4 = in_1e4.and_then(|number| i64::try_from(number.trunc().mantissa()).ok());
    if in_1e4.is_none() {
        warnings.push(String::from("pool_prop_selfpay is not between 0 and 1 and was left out"));
    }
    Ok(in_1e4.unwrap_or(0))
}
