//! What can happen to a visit, and what a visit asks of the world.

use std::sync::Arc;

use jiff::civil::{Date, DateTime};

use crate::domain::id_number::IdNumber;
use crate::domain::period::Period;
use crate::domain::person::{CardNo, Insured, PersonNo};
use crate::records::port::{
    AccountPage, Credential, FamilyUse, LedgerError, Overview, PageRequest, PremiumPage,
};
use crate::statement::Slip;

pub use crate::statement::SlipKind;

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
    /// 办完了，取卡
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
    /// The n-th row of the list shown.
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
    /// The outcome of [`Effect::ReadCard`].
    Read(Result<CardHolder, CardTrouble>),
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
    },
}

/// What the visit asks of the world. Outcomes come back as events.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Effect {
    /// Read the card in the slot.
    ReadCard,
    /// Power the card off.
    ReleaseCard,
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
    /// The call is over.
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
}
