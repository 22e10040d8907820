//! Query passwords: how they are kept, tried, and what the ledger says of a right one.

use jiff::Timestamp;
use rusqlite::{OptionalExtension, Transaction};
use sha2::{Digest, Sha256};
use std::time::Duration;
use zeroize::Zeroizing;

use super::Failure;
use super::insurance_code::random;
use crate::domain::person::{PasswordToken, QueryPassword};
use crate::records::port::PasswordAnswer;

/// How often somebody may be wrong before a window must help.
pub const PASSWORD_TRIES: u8 = 5;
/// How long the ledger's word that a password was right can be used.
pub const TOKEN_VALID: Duration = Duration::from_secs(5 * 60);
/// Rounds of PBKDF2. Six digits are few whatever the rounds: what guards them is that tries are
/// counted; rounds and salt make a stolen file costly to read.
const ROUNDS: u32 = 20_000;
/// Bytes of a salt.
pub(crate) const SALT_BYTES: usize = 16;

/// A password as it is kept.
#[derive(Clone)]
pub(crate) struct KeptPassword {
    pub salt: [u8; SALT_BYTES],
    pub hash: [u8; 32],
    pub rounds: u32,
}

impl KeptPassword {
    /// How a password is kept under a salt, which should be random and a person's own.
    pub fn of(password: &QueryPassword, salt: [u8; SALT_BYTES]) -> Self {
        Self { salt, hash: derive(password, &salt, ROUNDS), rounds: ROUNDS }
    }

    /// Gives a person this password in the place of any other, with all tries.
    pub fn store(&self, db: &Transaction<'_>, person: i64) -> rusqlite::Result<()> {
        db.prepare_cached(
            "INSERT OR REPLACE INTO query_password (person, salt, hash, rounds)
            VALUES (?1, ?2, ?3, ?4)",
        )?
        .execute((person, &self.salt, &self.hash, self.rounds))
        .map(drop)
    }

    fn is(&self, password: &QueryPassword) -> bool {
        let other = derive(password, &self.salt, self.rounds);
        // Every byte is looked at, so that the time says nothing.
        self.hash.iter().zip(other).fold(0, |differ, (a, b)| differ | (a ^ b)) == 0
    }
}

/// Holds a password against the one that is kept; counts the try. The caller commits.
pub(super) fn check(
    db: &Transaction<'_>,
    person: i64,
    password: &QueryPassword,
    now: Timestamp,
) -> Result<PasswordAnswer, Failure> {
    let mut read = db.prepare_cached(
        "SELECT salt, hash, rounds, tries_left FROM query_password WHERE person = ?1",
    )?;
    let found = read
        .query_row([person], |row| {
            let kept = KeptPassword { salt: row.get(0)?, hash: row.get(1)?, rounds: row.get(2)? };
            Ok((kept, row.get::<_, u8>(3)?))
        })
        .optional()?;
    let Some((kept, tries)) = found else { return Ok(PasswordAnswer::NotSet) };
    if tries == 0 {
        return Ok(PasswordAnswer::Locked);
    }
    let right = kept.is(password);
    let left = if right { PASSWORD_TRIES } else { tries - 1 };
    db.prepare_cached("UPDATE query_password SET tries_left = ?2 WHERE person = ?1")?
        .execute((person, left))?;
    match (right, left) {
        (true, _) => Ok(PasswordAnswer::Right(make_token(db, person, now)?)),
        (false, 0) => Ok(PasswordAnswer::Locked),
        (false, tries_left) => Ok(PasswordAnswer::Wrong { tries_left }),
    }
}

/// Uses a token up; whether it was this person's and still good.
pub(super) fn redeem(
    db: &Transaction<'_>,
    person: i64,
    token: &PasswordToken,
    now: Timestamp,
) -> rusqlite::Result<bool> {
    let mut take = db.prepare_cached(
        "DELETE FROM password_token WHERE digest = ?1 AND person = ?2 RETURNING made_at",
    )?;
    let made_at: Option<i64> =
        take.query_row((digest(token), person), |row| row.get(0)).optional()?;
    Ok(made_at.is_some_and(|made_at| (oldest(now)..=now.as_second()).contains(&made_at)))
}

fn make_token(db: &Transaction<'_>, person: i64, now: Timestamp) -> Result<PasswordToken, Failure> {
    db.execute("DELETE FROM password_token WHERE made_at < ?1", [oldest(now)])?;
    let bytes = random::<SALT_BYTES>()?;
    let text: Zeroizing<String> =
        bytes.iter().map(|byte| format!("{byte:02x}")).collect::<String>().into();
    let token = PasswordToken::new(text.as_str());
    db.execute(
        "INSERT INTO password_token (digest, person, made_at) VALUES (?1, ?2, ?3)",
        (digest(&token), person, now.as_second()),
    )?;
    Ok(token)
}

fn oldest(now: Timestamp) -> i64 {
    now.as_second().saturating_sub_unsigned(TOKEN_VALID.as_secs())
}

/// A token has 128 random bits: a plain digest says nothing of it.
fn digest(token: &PasswordToken) -> [u8; 32] {
    Sha256::digest(token.reveal().as_bytes()).into()
}

fn derive(password: &QueryPassword, salt: &[u8], rounds: u32) -> [u8; 32] {
    let mut hash = [0; 32];
    pbkdf2::pbkdf2_hmac::<Sha256>(password.reveal().as_bytes(), salt, rounds, &mut hash);
    hash
}
