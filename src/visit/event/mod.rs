//! What can happen to a visit, and what a visit asks of the world.

mod devices;

use std::sync::Arc;

use jiff::civil::{Date, DateTime};

use crate::domain::period::Period;
use crate::domain::person::{Insured, PersonNo};
use crate::records::port::{
    AccountPage, Credential, FamilyUse, LedgerError, Overview, PageRequest, PremiumPage,
};
use crate::statement::Slip;

pub use crate::statement::{PrintSize, SlipKind};
pub use devices::{
    CardHolder, CardNews, CardTrouble, CodeNews, DocumentHolder, DocumentNews, DocumentTrouble,
    PrintEnd, PrinterCondition, PrinterNews, PrinterTrouble,
};

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

/// What a touch means; the view gives each button its meaning.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Tap {
    /// 呼叫工作人员
    CallStaff,
    /// Staff are no longer needed, or are here.
    StaffDone,
    /// 使用帮助
    Help,
    /// One step back.
    Back,
    /// 回到首页
    Home,
    /// 办完了, and other words that end the visit.
    Finish,
    /// 我还在; under the message that staff are called: 知道了，接着办.
    StillHere,
    /// 再试一次
    Retry,
    /// 账户明细
    Account,
    /// 家人用了多少
    Family,
    /// 家人缴费
    Premiums,
    /// 打印: choose a slip.
    Slips,
    /// 下一页
    NextPage,
    /// 上一页
    PreviousPage,
    /// The n-th row of the list shown, or the n-th of a few choices.
    Row(u8),
    /// All relatives (`None`), or the n-th.
    Relative(Option<u8>),
    /// Open the choice of months.
    ChoosePeriod,
    /// The n-th of the ready-made periods.
    QuickPeriod(u8),
    /// In the choice of months: a year back or on.
    Year(i8),
    /// In the choice of months: month 1..=12 of the year shown.
    Month(u8),
    /// In the choice of months: take the chosen months.
    UsePeriod,
    /// Print what is shown, or the n-th slip of the choice.
    Slip(SlipKind),
    /// In the preview: another size of print.
    Size(PrintSize),
    /// The preview is right: print it.
    PrintNow,
    /// 不打了
    StopPrinting,
    /// 等换纸
    WaitForPaper,
    /// Print the slip again, marked 补打.
    PrintAgain,
    /// Show or hide names in full for a while.
    Reveal,
}

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
    /// To [`Query::Slip`]: the slip, laid out, with its picture.
    Slip(Arc<Slip>),
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
    /// Time has passed; due when [`super::Kiosk::next_deadline`] has come.
    Tick,
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
    /// Fetch the rows of a slip, lay it out and draw its preview.
    Slip {
        /// Whose.
        person: Insured,
        /// Which of the two.
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
}
