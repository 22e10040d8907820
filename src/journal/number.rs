//! Slip numbers and verification texts.

use jiff::civil::Date;
use rusqlite::Transaction;

use super::JournalError;

/// Longest terminal number in characters: the slip number then fits a line of 58 mm paper.
pub const TERMINAL_NO_CHARS_MAX: usize = 8;
/// Random bytes of a verification text: 80 bits cannot be guessed.
const VERIFICATION_BYTES: usize = 10;
/// Crockford's base 32: no I, L, O, U to misread.
const BASE32: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// # Errors
/// [`JournalError::TerminalNo`] unless it is short and of letters and digits only.
pub fn check_terminal(terminal_no: &str) -> Result<(), JournalError> {
    let length = (1..=TERMINAL_NO_CHARS_MAX).contains(&terminal_no.len());
    let plain = terminal_no.bytes().all(|byte| byte.is_ascii_alphanumeric());
    if length && plain { Ok(()) } else { Err(JournalError::TerminalNo) }
}

/// The next slip number of a terminal: `<terminal>-<yyMMdd>-<serial>`. The serial counts on for ever
/// and alone makes the number unique; the day is for people.
pub fn next_slip(
    step: &Transaction<'_>,
    terminal_no: &str,
    today: Date,
) -> rusqlite::Result<String> {
    let serial = next(step, terminal_no)?;
    Ok(format!("{terminal_no}-{}-{serial:05}", day(today)))
}

/// The next 办理编号 of a terminal: `<terminal>-<yyMMdd>-B<serial>`. Its serials are not those of slips,
/// and the letter tells the two apart.
pub fn next_operation(
    step: &Transaction<'_>,
    terminal_no: &str,
    today: Date,
) -> rusqlite::Result<String> {
    // No terminal number has a stroke in it.
    let serial = next(step, &format!("{terminal_no}/B"))?;
    Ok(format!("{terminal_no}-{}-B{serial:05}", day(today)))
}

fn next(step: &Transaction<'_>, series: &str) -> rusqlite::Result<i64> {
    step.query_row(
        "INSERT INTO serial (terminal_no, last) VALUES (?1, 1)
         ON CONFLICT (terminal_no) DO UPDATE SET last = last + 1 RETURNING last",
        [series],
        |row| row.get(0),
    )
}

/// `yyMMdd`
fn day(today: Date) -> String {
    let (year, month, day) = (today.year().rem_euclid(100), today.month(), today.day());
    format!("{year:02}{month:02}{day:02}")
}

/// A random text of 16 letters and digits.
///
/// # Errors
/// [`JournalError::Random`].
pub fn verification() -> Result<String, JournalError> {
    let bytes = random::<VERIFICATION_BYTES>()?;
    let bits = bytes.iter().flat_map(|byte| (0..8).rev().map(move |bit| byte >> bit & 1));
    let bits: Vec<u8> = bits.collect();
    let digits = bits.chunks(5).map(|five| five.iter().fold(0, |sum, bit| sum << 1 | bit));
    Ok(digits.filter_map(|digit| BASE32.get(usize::from(digit))).map(|&c| char::from(c)).collect())
}

/// Random bytes of the operating system.
///
/// # Errors
/// [`JournalError::Random`].
pub fn random<const N: usize>() -> Result<[u8; N], JournalError> {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).map_err(|error| JournalError::Random(error.to_string()))?;
    Ok(bytes)
}
