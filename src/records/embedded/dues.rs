//! Premiums that the tax office asks of a person (应缴记录).

use rusqlite::Transaction;
use rusqlite::types::Type;

use super::{Failure, codes, rows};
use crate::policy::schema::{Assistance, PersonGroup};
use crate::records::port::{DueState, PremiumDue};

/// The most records that are told.
const DUES_MAX: u8 = 5;

/// What is asked of `relative`, newest year first. What the tax office says it has booked (90100)
/// has arrived, whoever paid it.
pub(super) fn read(
    db: &Transaction<'_>,
    payer: i64,
    relative: i64,
) -> Result<Vec<PremiumDue>, Failure> {
    let mut select = db.prepare_cached(
        "SELECT d.id, d.insured_year, d.amount_fen, d.person_group, d.assistance,
            p.status, p.id, p.payer = ?2,
            EXISTS (SELECT 1 FROM collection AS c WHERE c.person = d.insured
                AND c.insutype = '390' AND c.clct_flag = '1'
                AND c.accrym_begn <= d.insured_year * 100 + 1
                AND c.accrym_end >= d.insured_year * 100 + 12)
        FROM premium_due AS d LEFT JOIN premium AS p
            ON p.insured = d.insured AND p.insured_year = d.insured_year AND p.status <> 3
        WHERE d.insured = ?1 ORDER BY d.insured_year DESC LIMIT ?3",
    )?;
    let found = select.query_map((relative, payer, DUES_MAX), |row| {
        let group: String = row.get(3)?;
        let assistance: Option<String> = row.get(4)?;
        let bad = |column| codes::conversion(column, Type::Text);
        let state = match (row.get::<_, Option<i64>>(5)?, row.get(8)?) {
            (Some(2), _) | (_, true) => DueState::Arrived,
            (Some(_), false) => {
                let own = row.get::<_, Option<bool>>(7)?.unwrap_or(false);
                DueState::Pending { own_payment: if own { row.get(6)? } else { None } }
            }
            (None, false) => DueState::Unpaid,
        };
        Ok(PremiumDue {
            serial: row.get(0)?,
            insured_year: row.get(1)?,
            amount: rows::money(row, 2)?,
            group: PersonGroup::ALL
                .iter()
                .copied()
                .find(|known| known.key() == group)
                .ok_or_else(|| bad(3))?,
            assistance: match assistance {
                None => None,
                Some(word) => {
                    let known = Assistance::ALL.iter().copied().find(|a| a.key() == word);
                    Some(known.ok_or_else(|| bad(4))?)
                }
            },
            state,
        })
    })?;
    Ok(found.collect::<rusqlite::Result<_>>()?)
}
