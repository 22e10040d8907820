//! The embedded ledger on generated records.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod answers;
mod file;
mod histories;
mod killed;
mod operate;
mod persons;
mod settle;
mod town;

use std::path::PathBuf;
use std::sync::LazyLock;

use jiff::civil::date;

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
