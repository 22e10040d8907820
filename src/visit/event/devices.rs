//! What the devices report, in the visit's terms.

use jiff::civil::Date;

use crate::domain::id_number::IdNumber;
use crate::domain::person::{CardNo, InsuranceCode, PersonName};

use super::PrintId;

/// What a card said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CardHolder {
    /// Record 07.
    pub number: CardNo,
    /// Record 08, if the card gave it.
    pub id_number: Option<IdNumber>,
    /// Record 06: the last day the card is valid.
    pub expires: Option<Date>,
}

/// Why a card could not be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum CardTrouble {
    /// Taken out too early.
    PulledOut,
    /// No answer from the chip: upside down, dirty, or broken.
    Mute,
    /// Some other chip card.
    NotSocialCard,
    /// Answers that make no sense.
    Unreadable,
    /// The reader itself is away.
    ReaderAway,
}

/// What the card reader reports.
///
/// After `Reader { working: true }` the state of the slot follows, as `Inserted` or `Removed`. A `Read`
/// is of the card last `Inserted`: the outcome of a reading never comes after that card's `Removed`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CardNews {
    /// The reader answers and can be used, or not.
    Reader {
        /// It can be used.
        working: bool,
    },
    /// A card is in the slot.
    Inserted,
    /// The slot is empty.
    Removed,
    /// The outcome of [`Effect::ReadCard`](super::Effect::ReadCard).
    Read(Result<CardHolder, CardTrouble>),
    /// The outcome of [`Effect::VerifyPin`](super::Effect::VerifyPin).
    Verified(Result<(), PinTrouble>),
}

/// Why a PIN is not known to be right.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum PinTrouble {
    /// It is wrong.
    Wrong {
        /// How often it may be tried again, at least once.
        tries_left: u8,
    },
    /// The card takes no PIN any more: its issuer must help.
    Blocked,
    /// The card or the reader cannot check one; no try was used up.
    NotPossible,
    /// What the card said was lost; a try may be used up.
    Unknown,
}

/// What an identity document says that was put on the ID card reader.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DocumentHolder {
    /// Its number.
    pub id_number: IdNumber,
    /// The Chinese name on it, or the English one where there is no other.
    pub name: PersonName,
    /// The last day it is valid; `None` for 长期.
    pub expires: Option<Date>,
}

/// Why a document could not be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum DocumentTrouble {
    /// Lifted too early.
    LiftedOff,
    /// Answers that make no sense, or a number that cannot be one.
    Unreadable,
    /// The reader's security module does not accept the document.
    NotGenuine,
}

/// What the ID card reader reports.
///
/// A document lying on the reader is read once; it must be lifted before it is read again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DocumentNews {
    /// The reader answers and can be used, or not.
    Reader {
        /// It can be used.
        working: bool,
    },
    /// A document was put down. It is read if documents are accepted, or as soon as they are.
    Placed,
    /// A document was put down and read, while documents are accepted.
    Read(Result<DocumentHolder, DocumentTrouble>),
    /// No document lies on the reader any more.
    Lifted,
}

/// What the code scanner reports.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CodeNews {
    /// The scanner's port can be used, or not; a scanner says nothing of itself.
    Scanner {
        /// It can be used.
        working: bool,
    },
    /// A code was held before the scanner, while codes are accepted.
    Scanned(InsuranceCode),
}

/// What hinders the printer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum PrinterTrouble {
    /// No paper.
    PaperOut,
    /// The cover is open.
    CoverOpen,
    /// The head is hot; it goes on by itself.
    HeadHot,
    /// The cutter is stuck, or another fault for a technician.
    Broken,
    /// It does not answer.
    Away,
}

/// The printer's condition, as far as the visit cares.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct PrinterCondition {
    /// What hinders it, if anything. A printer never heard of is `Away`.
    pub trouble: Option<PrinterTrouble>,
    /// Paper is near its end: staff should know, the patron need not.
    pub paper_low: bool,
}

/// How a slip ended. Only `Printed` may be called a success.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum PrintEnd {
    /// The printer has confirmed every page.
    Printed,
    /// It cannot be known: the link was lost after the first byte.
    Unknown {
        /// Pages confirmed.
        pages: u16,
    },
    /// Not, or only in part, printed.
    Failed {
        /// Pages confirmed.
        pages: u16,
        /// Why.
        trouble: Option<PrinterTrouble>,
    },
}

/// What the printer reports of a slip and of itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PrinterNews {
    /// Its condition has changed.
    Condition(PrinterCondition),
    /// The journal has given the slip its number and the first byte is on its way.
    Started {
        /// Which slip.
        id: PrintId,
        /// The number on the paper.
        slip_no: String,
        /// How many pages it has.
        pages: u16,
    },
    /// So many pages are known to be on paper.
    Progress {
        /// Which slip.
        id: PrintId,
        /// Pages known to be on paper.
        pages: u16,
    },
    /// The slip has ended.
    Ended {
        /// Which slip.
        id: PrintId,
        /// How.
        end: PrintEnd,
    },
}
