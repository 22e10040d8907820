//! Premium records: 90100.

use rusqlite::params;

use super::fields::{Fields, Problem, problem};
use super::person::{self, Trouble};
use crate::domain::person::PersonNo;
use crate::records::embedded::codes::time_text;
use crate::records::embedded::write::Writer;

/// One row of 90100.
pub(super) struct Collection {
    psn_no: PersonNo,
    area: String,
    insutype: String,
    clct_type: String,
    clct_flag: String,
    begin: i64,
    end: i64,
    time: Option<String>,
}

/// Reads one row; the person is named in it or in the request (`asked_for`).
pub(super) fn read(fields: Fields<'_>, asked_for: Option<&str>) -> Result<Collection, Problem> {
    let psn_no = fields.text("psn_no")?.or_else(|| asked_for.map(String::from));
    let Some(psn_no) = psn_no else {
        let what = "is missing: 90100 answers without it, so save the request (input) in the file";
        return problem("psn_no", what);
    };
    let (begin, end) = (month(fields, "accrym_begn")?, month(fields, "accrym_end")?);
    if end < begin {
        return problem("accrym_end", "is before accrym_begn; correct it at its source");
    }
    Ok(Collection {
        psn_no: PersonNo::new(psn_no),
        area: fields.text("poolarea_no")?.unwrap_or_default(),
        insutype: fields.required("insutype")?,
        clct_type: fields.text("clct_type")?.unwrap_or_default(),
        clct_flag: fields.required("clct_flag")?,
        begin,
        end,
        time: fields.time("clct_time")?.map(time_text),
    })
}

/// Stores a row; whether anything was new. A booked premium of the residents' insurance turns the
/// payment that waited for it into one that arrived.
pub(super) fn store(writer: &Writer<'_>, row: &Collection) -> Result<bool, Trouble> {
    let Some(person) = person::find(writer, &row.psn_no)? else {
        let what = "names nobody in the ledger; import the 1101 answer for them first";
        return Ok(problem("psn_no", what)?);
    };
    let mut insert = writer.db.prepare_cached(
        "INSERT INTO collection VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
        ON CONFLICT DO UPDATE SET clct_flag = ?5, clct_time = ?8
        WHERE (clct_flag, clct_time) IS NOT (?5, ?8)",
    )?;
    let changed = insert.execute(params![
        person,
        row.area,
        row.insutype,
        row.clct_type,
        row.clct_flag,
        row.begin,
        row.end,
        row.time,
    ])? > 0;
    if row.insutype == "390" && row.clct_flag == "1" {
        let mut arrive = writer.db.prepare_cached(
            "UPDATE premium SET status = 2 WHERE insured = ?1 AND insured_year = ?2 AND status = 1",
        )?;
        arrive.execute([person, row.begin / 100])?;
    }
    Ok(changed)
}

fn month(fields: Fields<'_>, field: &'static str) -> Result<i64, Problem> {
    let text = fields.required(field)?;
    let number = (text.len() == 6).then(|| text.parse::<i64>().ok()).flatten();
    match number {
        Some(number) if number >= 190_001 && (1..=12).contains(&(number % 100)) => Ok(number),
        _ => problem(field, "is not a month such as 202601; correct it at its source"),
    }
}
