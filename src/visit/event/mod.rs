//! What can happen to a visit, and what a visit asks of the world.

mod devices;
mod tap;

use std::sync::Arc;

use jiff::civil::{Date, DateTime};

use crate::domain::period::Period;
use crate::domain::person::{CardPin, Insured, PersonNo, QueryPassword};
use crate::records::port::{
    AccountPage, AuthorisationRecord, Candidate, CarePage, Credential, FamilyAccount, FamilyUse,
    LedgerError, OperationRequest, Overview, Page, PageRequest, PasswordAnswer, PremiumDue,
    PremiumPage, Receipt, WriteRefusal,
};
use crate::statement::{ReceiptFacts, Slip};

pub use crate::statement::{PrintSize, SlipKind};
pub use devices::{
    CardHolder, CardNews, CardTrouble, CodeNews, DocumentHolder, DocumentNews, DocumentTrouble,
    PinTrouble, PrintEnd, PrinterCondition, PrinterNews, PrinterTrouble,
};
pub use tap::{Act, PadKey, Pen, SIGNATURE_HEIGHT, SIGNATURE_WIDTH, Tap};

/// The time of an event.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Now {
    /// Milliseconds since the kiosk started; never goes back.
    pub uptime_ms: u64,
    /// The hall's wall clock, for dates and headings only.
    pub wall: DateTime,
}

/// Ties an answer to its question; never used twice while the kiosk runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct QueryId(pub u64);

/// Ties printer news to the slip asked for; never used twice while the kiosk runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct PrintId(pub u64);

/// An answer of the ledger.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    /// To [`Query::Identify`].
    Identified(Insured),
    /// To [`Query::Overview`].
    Overview(Overview),
    /// To [`Query::Account`].
    Account(AccountPage),
    /// To [`Query::FamilyUse`].
    FamilyUse(FamilyUse),
    /// To [`Query::Premiums`].
    Premiums(PremiumPage),
    /// To [`Query::Slip`] and [`Query::Receipt`]: the slip, laid out, with its picture.
    Slip(Arc<Slip>),
    /// To [`Query::Care`].
    Care(CarePage),
    /// To [`Query::FamilyAccount`].
    FamilyAccount(Box<FamilyAccount>),
    /// To [`Query::Authorisations`].
    Authorisations(Page<AuthorisationRecord>),
    /// To [`Query::Candidate`].
    Candidate(Box<Candidate>),
    /// To [`Query::PremiumDues`].
    PremiumDues(Vec<PremiumDue>),
    /// To [`Query::CheckPassword`].
    Password(PasswordAnswer),
}

/// Something that happened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Event {
    /// The screen was touched.
    Tap(Tap),
    /// News of the card reader.
    Card(CardNews),
    /// News of the ID card reader.
    Document(DocumentNews),
    /// News of the code scanner.
    Code(CodeNews),
    /// News of the printer.
    Printer(PrinterNews),
    /// The ledger has answered.
    Answer {
        /// The question.
        id: QueryId,
        /// What came of it.
        result: Result<Answer, LedgerError>,
    },
    /// What became of [`Effect::Operate`].
    Operated {
        /// Which.
        id: QueryId,
        /// What became of it.
        outcome: WriteOutcome,
    },
    /// How the journal is.
    Journal(JournalNews),
    /// Time has passed; due when [`super::Kiosk::next_deadline`] has come.
    Tick,
}

/// What became of a write, as the kiosk knows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum WriteOutcome {
    /// It is done.
    Confirmed {
        /// The ledger's word.
        receipt: Receipt,
        /// The kiosk's own number of the write (办理编号).
        reference: String,
    },
    /// It is not done, and will not be.
    Refused {
        /// Why.
        why: WriteRefusal,
        /// The kiosk's own number of the write.
        reference: String,
    },
    /// It is not known; the kiosk asks the ledger again, now and after a restart, until it is.
    Unknown {
        /// The kiosk's own number of the write, by which staff find it.
        reference: String,
    },
    /// The journal could not take it, or the ledger does not answer: nothing was sent.
    NotBegun,
}

/// How the journal is, as far as it concerns a patron.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum JournalNews {
    /// It has room.
    Room,
    /// It is nearly full: staff are told, everything works.
    Filling,
    /// It is full or cannot be written: queries only.
    Full,
}

/// A question to the ledger.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Query {
    /// Who owns the credential.
    Identify(Credential),
    /// What home shows.
    Overview {
        /// Whose account.
        person: PersonNo,
        /// Bounds the year.
        today: Date,
    },
    /// Movements of the account.
    Account {
        /// Whose account.
        person: PersonNo,
        /// Over which days.
        period: Period,
        /// Which rows.
        page: PageRequest,
    },
    /// What relatives used.
    FamilyUse {
        /// Whose account.
        person: PersonNo,
        /// Used by this relative, or by all.
        relative: Option<PersonNo>,
        /// Over which days.
        period: Period,
        /// Which rows.
        page: PageRequest,
    },
    /// Premiums paid from the account.
    Premiums {
        /// Whose account.
        person: PersonNo,
        /// Over which days.
        period: Period,
        /// Which rows.
        page: PageRequest,
    },
    /// One's own settled visits.
    Care {
        /// Whose.
        person: PersonNo,
        /// Over which days.
        period: Period,
        /// Which rows.
        page: PageRequest,
    },
    /// Both sides of a family account.
    FamilyAccount {
        /// Whose.
        person: PersonNo,
        /// As of which day.
        today: Date,
    },
    /// Whom the account is and was shared with.
    Authorisations {
        /// Whose account.
        person: PersonNo,
        /// As of which day.
        today: Date,
        /// Which rows.
        page: PageRequest,
    },
    /// Somebody to be bound.
    Candidate {
        /// To whose account.
        donor: PersonNo,
        /// By what they are known.
        credential: Credential,
    },
    /// What premiums are asked of a relative.
    PremiumDues {
        /// From whose account they would be paid.
        payer: PersonNo,
        /// Of whom.
        relative: PersonNo,
    },
    /// Whether a query password is right.
    CheckPassword {
        /// Whose.
        person: PersonNo,
        /// As it was entered.
        password: QueryPassword,
    },
    /// Lay out the receipt of a write and draw its preview.
    Receipt {
        /// Whose.
        person: Insured,
        /// What it says.
        facts: Box<ReceiptFacts>,
        /// How large.
        size: PrintSize,
    },
    /// Fetch the rows of a slip, lay it out and draw its preview.
    Slip {
        /// Whose.
        person: Insured,
        /// Which.
        kind: SlipKind,
        /// Over which days.
        period: Period,
        /// How large.
        size: PrintSize,
    },
}

/// What the visit asks of the world. Outcomes come back as events.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Effect {
    /// Read the card in the slot.
    ReadCard,
    /// Power the card off.
    ReleaseCard,
    /// From now on read documents and take codes, or not: what is put down or held up while the page
    /// does not ask for it is not looked at. Said again when a device has come back.
    Accept {
        /// Documents are read.
        documents: bool,
        /// Codes are taken.
        codes: bool,
    },
    /// Ask the ledger.
    Query {
        /// Comes back with the answer.
        id: QueryId,
        /// The question.
        query: Query,
    },
    /// Have the card in the slot check a PIN, once; comes back as [`CardNews::Verified`].
    VerifyPin {
        /// As it was entered.
        pin: CardPin,
    },
    /// Write into the ledger: the journal makes and keeps the id first. Comes back as
    /// [`Event::Operated`], always, within the ledger's own bound.
    Operate {
        /// Comes back with the outcome.
        id: QueryId,
        /// What.
        request: Box<OperationRequest>,
    },
    /// Print a slip; `copy` counts from 0, anything above is marked 补打 with that number.
    Print {
        /// Comes back with all news of the slip.
        id: PrintId,
        /// The slip.
        slip: Arc<Slip>,
        /// Which copy.
        copy: u16,
    },
    /// Stop a slip; what is not yet on paper shall not come.
    StopPrint {
        /// Which slip.
        id: PrintId,
    },
    /// Tell the staff that a person is wanted at this kiosk.
    CallStaff {
        /// Why.
        reason: StaffReason,
    },
    /// Remind whoever stands near that a card is in the slot: sound and light.
    RemindCard,
    /// The same for a document on the ID card reader.
    RemindDocument,
    /// The call or the reminder is over.
    DismissStaff,
}

/// Why staff are called.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum StaffReason {
    /// The patron touched 呼叫工作人员.
    Asked,
    /// The printer needs paper, its cover closed, or a repair.
    Printer,
    /// A card was left in the slot.
    CardLeft,
    /// A document was left on the reader.
    DocumentLeft,
    /// The reader's security module does not hold a document genuine.
    DocumentDoubted,
    /// The journal is nearly full, or full.
    Journal,
}
