//! `records import`: JSON in the field names of the national interface.
//!
//! A file holds the answer to 1101 (`baseinfo`, `insuinfo`, `idetinfo`), to 5203 (`setlinfo`) or to
//! 90100, bare or in its envelope, or an array of these. Each file goes in whole or not at all.
//! A settlement that is there already is counted, not added; one that differs is refused.
//!
//! # How settlements become account movements
//!
//! - `acct_pay − acct_mulaid_pay` is what the patient's own account paid: a movement of theirs.
//! - `acct_mulaid_pay` was paid by a relative's account. 5203 does not say whose, so it is a
//!   movement of nobody; the settlement keeps the amount.
//! - The balance is the one 1101 stated last (`balc` of insurance 310, at the answer's time, or at
//!   the time of the import when the file does not say), else the `balc` of the latest settlement.
//!   Settlements after that time move it on.
//! - The first row of the account is an opening balance, such that opening + Σ movements = balance.
//!   Where that alone would make the balance negative on the way (credits are not part of these
//!   files), an adjustment stands at the gap. So a balance always follows from the rows before it.
//! - An account is written anew whenever a file touches it, in order of time, so the order of the
//!   files does not matter. An account that the ledger keeps itself is never touched.

mod account;
mod collection;
mod document;
mod fields;
mod person;
mod report;
mod settlement;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use jiff::civil::DateTime;
use rusqlite::Connection;
use serde_json::Value;

use self::collection::Collection;
use self::document::{Kind, Record};
use self::person::{Person, Trouble};
use self::settlement::Settlement;
use super::embedded::BUSY_TIMEOUT;
use super::embedded::write::{Writer, open_or_create};
use super::error::RecordsError;

pub use report::{FileReport, ImportReport};

/// The largest file that is read, in bytes.
const FILE_SIZE_MAX: u64 = 256 * 1024 * 1024;

/// Imports files into a ledger, which is made if it is not there. A file that does not go in
/// leaves no trace; the report says why, and the next file is tried.
///
/// # Errors
/// The ledger is in use or cannot be written. Nothing that is wrong with a file is an error here.
pub fn import(files: &[PathBuf], db: &Path) -> Result<ImportReport, RecordsError> {
    import_at(files, db, jiff::Zoned::now().datetime())
}

/// As [`import`], at a given time.
fn import_at(files: &[PathBuf], db: &Path, now: DateTime) -> Result<ImportReport, RecordsError> {
    let mut connection = open_or_create(db, BUSY_TIMEOUT)?;
    let mut report = ImportReport::default();
    for path in files {
        let done = file(&mut connection, path, now);
        report.files.push(done.map_err(|error| RecordsError::of_sqlite(db, &error))?);
    }
    Ok(report)
}

/// One record, read and checked.
enum Item {
    Person(Box<Person>),
    Settlement(Box<Settlement>),
    Collection(Box<Collection>),
}

/// A record with its place in the file, for sentences.
struct Located {
    at: String,
    item: Item,
}

fn file(connection: &mut Connection, path: &Path, now: DateTime) -> rusqlite::Result<FileReport> {
    let mut report = FileReport { path: path.to_path_buf(), ..FileReport::default() };
    let document = match load(path) {
        Ok(document) => document,
        Err(sentence) => {
            report.refused.push(sentence);
            return Ok(report);
        }
    };
    let mut items = read(&document, &mut report);
    if report.refused.is_empty() {
        // Persons first: the other records need them.
        items.sort_by_key(|located| match located.item {
            Item::Person(_) => Kind::Person,
            Item::Settlement(_) => Kind::Settlement,
            Item::Collection(_) => Kind::Collection,
        });
        let transaction = connection.transaction()?;
        let mut writer = Writer::new(&transaction);
        let stored = store(&mut writer, &items, now, &mut report);
        drop(writer);
        stored?;
        if report.refused.is_empty() {
            transaction.commit()?;
        } else {
            transaction.rollback()?;
        }
    }
    if !report.refused.is_empty() {
        let FileReport { path, refused, .. } = report;
        return Ok(FileReport { path, refused, ..FileReport::default() });
    }
    Ok(report)
}

fn load(path: &Path) -> Result<Value, String> {
    let unreadable = |error: std::io::Error| format!("cannot be read ({error}); check the path");
    let size = std::fs::metadata(path).map_err(unreadable)?.len();
    if size > FILE_SIZE_MAX {
        return Err(format!("is larger than {FILE_SIZE_MAX} bytes; split it"));
    }
    let bytes = std::fs::read(path).map_err(unreadable)?;
    // Some systems put a byte order mark in front.
    let text = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(&bytes);
    serde_json::from_slice(text).map_err(|error| {
        let (line, column) = (error.line(), error.column());
        let what = match error.classify() {
            serde_json::error::Category::Eof => "the file ends too early",
            _ => "this is not JSON (in UTF-8)",
        };
        format!("line {line}, column {column}: {what}; save the answer again")
    })
}

/// All records of a document; what is wrong with any goes into the report.
fn read(document: &Value, report: &mut FileReport) -> Vec<Located> {
    let mut items = Vec::new();
    for (row, found) in (1..).zip(document::records(document)) {
        let record = match found {
            Ok(record) => record,
            Err((path, what)) => {
                report.refused.push(format!("{}: {what}", place(row, &path)));
                continue;
            }
        };
        let at = place(row, &record.path);
        match item(&record) {
            Ok(item) => {
                let warnings = match &item {
                    Item::Person(person) => &person.warnings[..],
                    Item::Settlement(settlement) => &settlement.warnings,
                    Item::Collection(_) => &[],
                };
                report.warnings.extend(warnings.iter().map(|what| format!("{at}: {what}")));
                items.push(Located { at, item });
            }
            Err(problem) => report.refused.push(format!("{at}: {problem}")),
        }
    }
    items
}

fn item(record: &Record<'_>) -> Result<Item, fields::Problem> {
    let asked_for = record.asked_for.as_deref();
    Ok(match record.kind {
        Kind::Person => Item::Person(Box::new(person::read(record.fields, record.answered_at)?)),
        Kind::Settlement => Item::Settlement(Box::new(settlement::read(record.fields, asked_for)?)),
        Kind::Collection => Item::Collection(Box::new(collection::read(record.fields, asked_for)?)),
    })
}

/// `row 3 (output.setlinfo[2])`
fn place(row: usize, path: &str) -> String {
    if path.is_empty() { format!("row {row}") } else { format!("row {row} ({path})") }
}

fn store(
    writer: &mut Writer<'_>,
    items: &[Located],
    now: DateTime,
    report: &mut FileReport,
) -> rusqlite::Result<()> {
    let mut touched = BTreeSet::new();
    for Located { at, item } in items {
        match store_one(writer, item, now, report, at, &mut touched) {
            Ok(()) => {}
            Err(Trouble::Problem(problem)) => report.refused.push(format!("{at}: {problem}")),
            Err(Trouble::Sqlite(error)) => return Err(error),
        }
    }
    if !report.refused.is_empty() {
        return Ok(());
    }
    let mut assumed = 0;
    for person in touched {
        assumed += u32::from(account::derive(writer, person)?);
    }
    if assumed > 0 {
        report.warnings.push(format!(
            "for {assumed} of the persons no balance is stated anywhere, so their accounts show \
            only what must have been there; import their 1101 answers"
        ));
    }
    Ok(())
}

fn store_one(
    writer: &mut Writer<'_>,
    item: &Item,
    now: DateTime,
    report: &mut FileReport,
    at: &str,
    touched: &mut BTreeSet<i64>,
) -> Result<(), Trouble> {
    let (counter, new) = match item {
        Item::Person(person) => {
            let (id, mut new) = person::store(writer, person)?;
            if let Some(balance) = person.balance {
                let time = person.answered_at.unwrap_or(now);
                match person::store_balance(writer, id, balance, time)? {
                    Some(changed) => {
                        new |= changed;
                        touched.insert(id);
                    }
                    None => report.warnings.push(format!(
                        "{at}: balc was left out, because this ledger keeps the account itself"
                    )),
                }
            }
            (&mut report.persons, new)
        }
        Item::Settlement(settlement) => {
            let (patient, new) = settlement::store(writer, settlement)?;
            if new && !settlement::own_part(&settlement.row.amounts).is_zero() {
                touched.insert(patient);
            }
            (&mut report.settlements, new)
        }
        Item::Collection(row) => (&mut report.collections, collection::store(writer, row)?),
    };
    *if new { counter } else { &mut report.already_there } += 1;
    Ok(())
}

#[cfg(test)]
mod tests;
