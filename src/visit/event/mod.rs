//! What can happen to a visit, and what a visit asks of the world.

mod devices;

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
    /// 家人管理: the family account.
    Members,
    /// 看病报销记录: one's own visits.
    Care,
    /// 替家人缴费
    PayPremium,
    /// Add a relative.
    AddMember,
    /// Something to do on the page shown besides its rows.
    Act(Act),
    /// A key of the pad.
    Key(PadKey),
    /// The finger on the field for the signature.
    Pen(Pen),
    /// The page shown is agreed to, taken, or confirmed: its one primary action.
    Confirm,
    /// What the page asks is not wanted or not possible: go on without it.
    Skip,
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

/// What a page of the family account offers besides its rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Act {
    /// 设定限额
    Limit,
    /// 解除绑定
    Release,
    /// 设定扣款顺序
    Order,
    /// 划拨
    Transfer,
    /// 设定额度
    Quota,
    /// 谁的账户给我用: whose accounts the patron may use.
    Donors,
    /// 授权记录
    Records,
    /// 用了多少: what this relative used.
    Use,
    /// 撤销代缴
    CancelPremium,
    /// An invitation: look at it.
    Invitation,
    /// An invitation: turn it down.
    Decline,
    /// Type the number on the screen.
    Type,
    /// Put the relative's card into the slot in the place of one's own.
    SwapCard,
    /// Print the receipt.
    Receipt,
}

/// A key of the pad on the screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum PadKey {
    /// `0`–`9` or `A`–`Z`, as ASCII.
    Character(u8),
    /// Take the last one back.
    Erase,
    /// Take all back.
    Clear,
}

/// The finger on the field for the signature; the field is [`SIGNATURE_WIDTH`] × [`SIGNATURE_HEIGHT`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Pen {
    /// A stroke begins here.
    Down(i16, i16),
    /// It goes on to here.
    To(i16, i16),
    /// Wipe the field.
    Wipe,
}

/// Width of the field for the signature, in its own units.
pub const SIGNATURE_WIDTH: i16 = 960;
/// Height of the field for the signature, in its own units.
pub const SIGNATURE_HEIGHT: i16 = 480;

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
