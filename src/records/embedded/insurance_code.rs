//! One-time 医保码: made by the sandbox in place of a patron's phone, decoded by the ledger once.

use std::path::Path;
use std::time::Duration;

use hmac::{Hmac, Mac};
use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, Transaction, TransactionBehavior};
use sha2::Sha256;
use zeroize::Zeroizing;

use super::{BUSY_TIMEOUT, Failure, identify, schema};
use crate::domain::person::InsuranceCode;
use crate::records::error::RecordsError;
use crate::records::port::{Credential, LedgerError};

/// Characters of a code (28, as those of the national platform have).
pub const CODE_CHARS: usize = 28;
/// How long a code can be used after it was made.
pub const CODE_VALID: Duration = Duration::from_secs(5 * 60);
/// How long a code is remembered after it was made.
const CODE_KEPT: Duration = Duration::from_secs(24 * 60 * 60);
/// What codes are made of: digits and capitals that are not mistaken for one another.
const ALPHABET: [u8; 32] = *b"0123456789ABCDEFGHJKLMNPQRSTUVWX";

/// Makes a fresh code of a person, as the patron's phone would show it.
///
/// # Errors
/// The file cannot be used, the person is not in it, or the system gives no random bytes.
pub fn mint_code(
    db: &Path,
    person: &Credential,
    now: Timestamp,
) -> Result<InsuranceCode, RecordsError> {
    let mut connection = schema::open_existing(db, BUSY_TIMEOUT)?;
    let code = mint(&mut connection, person, now);
    code.map_err(|failure| match failure {
        Failure::Sqlite(error) => RecordsError::of_sqlite(db, &error),
        Failure::Ledger(error) => RecordsError::Options(format!("{}: {error}", db.display())),
    })
}

fn mint(
    connection: &mut Connection,
    person: &Credential,
    now: Timestamp,
) -> Result<InsuranceCode, Failure> {
    let db = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let insured = identify::identify(&db, person)?;
    let person = identify::row_of(&db, &insured.psn_no)?;
    let oldest = now.as_second().saturating_sub_unsigned(CODE_KEPT.as_secs());
    db.execute("DELETE FROM insurance_code WHERE made_at < ?1", [oldest])?;
    let bytes = random::<CODE_CHARS>()?;
    let letter = |byte: &u8| ALPHABET.get(usize::from(byte % 32)).copied().unwrap_or(b'0');
    let text: String = bytes.iter().map(letter).map(char::from).collect();
    let code = InsuranceCode::new(text);
    let key = key(&db)?;
    let digest = digest(&code, &key);
    db.execute(
        "INSERT INTO insurance_code (digest, person, made_at) VALUES (?1, ?2, ?3)",
        (digest, person, now.as_second()),
    )?;
    db.commit()?;
    Ok(code)
}

/// The row of the person whose code it is; from now on the code is used.
///
/// # Errors
/// `CodeInvalid` when it is not known, used already, too old, or made in the future.
pub(super) fn redeem(
    db: &Transaction<'_>,
    code: &InsuranceCode,
    now: Timestamp,
) -> Result<i64, Failure> {
    let key = key(db)?;
    let digest = digest(code, &key);
    let oldest = now.as_second().saturating_sub_unsigned(CODE_VALID.as_secs());
    let mut take = db.prepare_cached(
        "UPDATE insurance_code SET used_at = ?2
        WHERE digest = ?1 AND used_at IS NULL AND made_at BETWEEN ?3 AND ?2
        RETURNING person",
    )?;
    let person = take.query_row((digest, now.as_second(), oldest), |row| row.get(0)).optional()?;
    person.ok_or(Failure::Ledger(LedgerError::CodeInvalid))
}

fn digest(code: &InsuranceCode, key: &[u8; 32]) -> [u8; 32] {
    // A key of any length is taken.
    let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(key) else { return [0; 32] };
    mac.update(code.reveal().as_bytes());
    mac.finalize().into_bytes().into()
}

/// The key of this ledger's digests, made at the first call.
fn key(db: &Transaction<'_>) -> Result<Zeroizing<[u8; 32]>, Failure> {
    let stored: Option<[u8; 32]> = db
        .query_row("SELECT value FROM secret WHERE name = 'insurance_code'", [], |row| row.get(0))
        .optional()?;
    if let Some(key) = stored {
        return Ok(Zeroizing::new(key));
    }
    let key = random::<32>()?;
    db.execute("INSERT INTO secret (name, value) VALUES ('insurance_code', ?1)", [key.as_slice()])?;
    Ok(key)
}

pub(super) fn random<const N: usize>() -> Result<Zeroizing<[u8; N]>, Failure> {
    let mut bytes = Zeroizing::new([0; N]);
    getrandom::fill(bytes.as_mut_slice()).map_err(|error| {
        let why = format!("the system gives no random bytes: {error}");
        Failure::Ledger(LedgerError::Unavailable(why))
    })?;
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
    use std::path::PathBuf;

    use jiff::{SignedDuration, civil::date};

    use super::*;
    use crate::records::embedded::EmbeddedLedger;
    use crate::records::generate::{self, GenerateOptions, ShowcaseCard};
    use crate::records::port::Ledger;

    fn town() -> (tempfile::TempDir, PathBuf, ShowcaseCard) {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("ledger.db");
        let today = date(2026, 11, 22);
        let options = GenerateOptions { persons: 3, years: 1, seed: 5, today };
        generate::generate(&options, &path, &mut |_, _| {}).unwrap();
        let card = generate::showcase(&path).unwrap();
        (dir, path, card)
    }

    fn mint_ago(path: &Path, card: &ShowcaseCard, seconds: i64) -> Credential {
        let person = Credential::IdNumber(card.id_number.clone());
        let made_at = Timestamp::now() - SignedDuration::from_secs(seconds);
        Credential::Code(mint_code(path, &person, made_at).unwrap())
    }

    #[test]
    fn a_code_names_its_person_once() {
        let (_dir, path, card) = town();
        let code = mint_ago(&path, &card, 0);
        let mut ledger = EmbeddedLedger::open(&path).unwrap();
        assert_eq!(ledger.identify(&code).unwrap().name, card.name);
        assert_eq!(ledger.identify(&code), Err(LedgerError::CodeInvalid));
        // Nor by another kiosk.
        let mut other = EmbeddedLedger::open(&path).unwrap();
        assert_eq!(other.identify(&code), Err(LedgerError::CodeInvalid));
        // A fresh one works.
        assert!(other.identify(&mint_ago(&path, &card, 0)).is_ok());
    }

    #[test]
    fn a_code_is_good_for_five_minutes() {
        let (_dir, path, card) = town();
        let mut ledger = EmbeddedLedger::open(&path).unwrap();
        let valid = CODE_VALID.as_secs() as i64;
        for (age, good) in [(0, true), (valid - 5, true), (valid + 5, false), (-60, false)] {
            let code = mint_ago(&path, &card, age);
            assert_eq!(ledger.identify(&code).is_ok(), good, "{age} s");
        }
    }

    #[test]
    fn what_is_no_code_is_refused() {
        let (_dir, path, card) = town();
        let mut ledger = EmbeddedLedger::open(&path).unwrap();
        mint_ago(&path, &card, 0);
        for text in ["", "x", "0000000000000000000000000000", "'; DROP TABLE person; --"] {
            let code = Credential::Code(InsuranceCode::new(text));
            assert_eq!(ledger.identify(&code), Err(LedgerError::CodeInvalid), "{text}");
        }
        let nobody = Credential::Card {
            number: crate::domain::person::CardNo::new("nobody"),
            id_number: None,
        };
        let error = mint_code(&path, &nobody, Timestamp::now()).unwrap_err().to_string();
        assert!(error.contains("nobody has this"), "{error}");
        assert_eq!(error.lines().count(), 1);
    }

    #[test]
    fn the_file_never_holds_a_code_and_forgets_old_ones() {
        let (_dir, path, card) = town();
        let Credential::Code(old) = mint_ago(&path, &card, 25 * 60 * 60) else { panic!() };
        let Credential::Code(code) = mint_ago(&path, &card, 0) else { panic!() };
        assert_eq!(code.reveal().len(), CODE_CHARS);
        assert!(code.reveal().bytes().all(|byte| ALPHABET.contains(&byte)));
        assert_ne!(old, code);
        let db = Connection::open(&path).unwrap();
        let count: i64 =
            db.query_row("SELECT count(*) FROM insurance_code", [], |row| row.get(0)).unwrap();
        assert_eq!(count, 1, "the old one is forgotten");
        drop(db);
        for name in ["ledger.db", "ledger.db-wal"] {
            let bytes = std::fs::read(path.with_file_name(name)).unwrap_or_default();
            let needle = code.reveal().as_bytes();
            assert!(!bytes.windows(needle.len()).any(|window| window == needle), "{name}");
        }
    }
}
