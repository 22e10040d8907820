//! Why there is no slip.

use core::convert::Infallible;
use core::fmt;

use gongji_hal::printer::encode::EncodeError;

/// Why a slip could not be laid out or encoded. Names no person; rows are named by the ledger's
/// number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum SlipError {
    /// Opening balance and rows do not add up to the closing balance.
    Sums,
    /// Rows do not add up to the statement's own sums.
    Totals,
    /// The balance after this row does not follow from the row before.
    RowBalance(i64),
    /// This row is not of the period asked for; a visit is named by its place in the statement, from 1.
    OutsidePeriod(i64),
    /// This row is no use by a relative.
    ForeignRow(i64),
    /// An amount or a sum is beyond 90 billion million yuan.
    AmountTooLarge,
    /// More than [`super::PAGES_MAX`] pages; about so many of the rows fit on them.
    TooManyPages(u32),
    /// The printer command for a part of the slip does not exist.
    Encode(EncodeError<Infallible>),
}

impl fmt::Display for SlipError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Sums => f.write_str(
                "the statement's opening balance and rows do not add up to its closing balance; \
                 check the ledger",
            ),
            Self::Totals => {
                f.write_str("the statement's rows do not add up to its sums; check the ledger")
            }
            Self::RowBalance(serial) => write!(
                f,
                "the balance after row {serial} does not follow from the row before; check the ledger"
            ),
            Self::OutsidePeriod(serial) => {
                write!(f, "row {serial} is outside the statement's period; check the ledger")
            }
            Self::ForeignRow(serial) => {
                write!(f, "row {serial} is no use by a relative; check the ledger")
            }
            Self::AmountTooLarge => {
                f.write_str("an amount is too large for a slip; check the ledger")
            }
            Self::TooManyPages(rows) => write!(
                f,
                "the slip would have more than {} pages, which hold about {rows} rows; ask for a \
                 shorter period",
                super::PAGES_MAX
            ),
            Self::Encode(error) => write!(f, "the slip cannot be encoded: {error}"),
        }
    }
}

impl std::error::Error for SlipError {}

impl From<EncodeError<Infallible>> for SlipError {
    fn from(error: EncodeError<Infallible>) -> Self {
        Self::Encode(error)
    }
}
