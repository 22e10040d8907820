//! What the kiosk writes into the ledger, each write once.

use jiff::civil::{Date, DateTime};
use zeroize::Zeroizing;

use crate::domain::family::Relation;
use crate::domain::money::Money;
use crate::domain::operation::{OperationId, OperationKind};
use crate::domain::person::{PasswordToken, PersonNo};
use crate::policy::schema::MoneyModel;

/// A write with the id under which the ledger takes it once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Operation {
    /// Stored in the journal before this is sent.
    pub id: OperationId,
    /// What is written.
    pub request: OperationRequest,
}

/// What is to be written, for whom, and what allows it. Personal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OperationRequest {
    /// Whose family account it is (for `Accept`, `Decline` and `Order`: the beneficiary).
    pub person: PersonNo,
    /// What.
    pub action: Action,
    /// What was read and accepted, for what needs it.
    pub consent: Option<ConsentRecord>,
    /// What the person has proved.
    pub factor: ProvenFactor,
    /// When the person said so, by the hall's clock.
    pub at: DateTime,
    /// 医保区划 whose rules allowed it: six digits.
    pub region: String,
}

/// A write.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Action {
    /// 组建家庭账户
    Open,
    /// Bind a relative, or invite one. Opens the family account if it is not open.
    Bind(Box<Binding>),
    /// Become a member of the inviter's family account.
    Accept {
        /// [`super::Invitation::serial`]
        invitation: i64,
    },
    /// Turn an invitation down.
    Decline {
        /// [`super::Invitation::serial`]
        invitation: i64,
    },
    /// Release a relative from now on, or take an invitation back. What is left of a quota returns.
    Release {
        /// Whom.
        relative: PersonNo,
    },
    /// Set the order in which accounts are drawn for this person: every active donor once, and one's
    /// own account where the region lets it be placed.
    Order {
        /// First to last.
        accounts: Vec<OrderPlace>,
    },
    /// Limit what a relative may use in a year.
    Limit {
        /// Whom.
        relative: PersonNo,
        /// The most, above zero; `None`: no limit of one's own.
        annual: Option<Money>,
    },
    /// 划拨: move money into the common account.
    Transfer {
        /// How much, above zero.
        amount: Money,
    },
    /// Lock an amount for a relative, in the place of what was locked before.
    Quota {
        /// For whom.
        relative: PersonNo,
        /// How much; zero returns all.
        amount: Money,
    },
    /// Pay a premium that the tax office asks.
    PayPremium {
        /// [`super::PremiumDue::serial`]
        due: i64,
        /// Whose premium it is.
        relative: PersonNo,
        /// The year insured, as the patron saw it.
        insured_year: i16,
        /// The amount, as the patron saw it.
        amount: Money,
        /// What must stay in the account by the region's rules.
        retained: Money,
    },
    /// Take a payment back that has not arrived.
    CancelPremium {
        /// [`super::DueState::Pending`]
        payment: i64,
    },
}

impl Action {
    /// Which kind.
    pub fn kind(&self) -> OperationKind {
        match self {
            Self::Open => OperationKind::Open,
            Self::Bind(_) => OperationKind::Bind,
            Self::Accept { .. } => OperationKind::Accept,
            Self::Decline { .. } => OperationKind::Decline,
            Self::Release { .. } => OperationKind::Release,
            Self::Order { .. } => OperationKind::Order,
            Self::Limit { .. } => OperationKind::Limit,
            Self::Transfer { .. } => OperationKind::Transfer,
            Self::Quota { .. } => OperationKind::Quota,
            Self::PayPremium { .. } => OperationKind::PayPremium,
            Self::CancelPremium { .. } => OperationKind::CancelPremium,
        }
    }
}

/// A place in the order of deduction.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum OrderPlace {
    /// One's own account.
    Own,
    /// A donor's.
    Donor(PersonNo),
}

/// How a relative is bound.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Binding {
    /// Whom.
    pub relative: PersonNo,
    /// What they are to the donor.
    pub relation: Relation,
    /// First day.
    pub since: Date,
    /// Last day, where the region has one.
    pub until: Option<Date>,
    /// The most they may use in a year, above zero, if limited.
    pub annual_limit: Option<Money>,
    /// Where the shared money is.
    pub money: MoneyModel,
    /// The amount to transfer or to lock at once, in those models.
    pub amount: Option<Money>,
    /// How the relative has agreed.
    pub agreement: Agreement,
    /// Most donors that may have a place with the relative.
    pub slots: u8,
    /// What the region asks besides.
    pub entries: Entries,
}

/// How a relative has agreed to be bound.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Agreement {
    /// The region asks for none.
    NotNeeded,
    /// A child who joins without saying so.
    JoinsAlone,
    /// The relative agreed here, known by the own card, document or code.
    GivenHere,
    /// The relative has yet to accept, at a kiosk or elsewhere: this is an invitation.
    Awaited,
}

/// What some regions ask besides (陕西, 乌鲁木齐). Personal.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Entries {
    /// The number of the relative's 社会保障卡.
    pub card: Option<Zeroizing<String>>,
    /// 参保地
    pub insured_place: Option<String>,
    /// 工作单位, or the community.
    pub employer: Option<Zeroizing<String>>,
    /// 手机号码
    pub phone: Option<Zeroizing<String>>,
}

impl core::fmt::Debug for Entries {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("Entries(…)")
    }
}

/// What a person has read and accepted. Holds no text and no picture, only their digests.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConsentRecord {
    /// The documents, in the order in which they were read.
    pub documents: Vec<AcceptedDocument>,
    /// SHA-256 of the signature's picture; `None` when the person could not write.
    pub signature: Option<[u8; 32]>,
}

/// A document that was accepted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AcceptedDocument {
    /// 承诺书
    pub title: String,
    /// Its version in the pack.
    pub version: String,
    /// `sha256:` and 64 hexadecimal digits, as the pack states it.
    pub digest: String,
    /// When it was accepted, by the hall's clock.
    pub accepted_at: DateTime,
}

/// What a person has proved before a write.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ProvenFactor {
    /// The card has held its PIN right.
    CardPin,
    /// The ledger has held the query password right.
    QueryPassword(PasswordToken),
}

/// What the ledger says of a query password.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PasswordAnswer {
    /// It is right.
    Right(PasswordToken),
    /// It is not; so many tries are left, at least one.
    Wrong {
        /// How many.
        tries_left: u8,
    },
    /// Too many wrong ones: only a window can help.
    Locked,
    /// The person has none.
    NotSet,
}

/// What became of an operation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It is done.
    Confirmed(Receipt),
    /// It is not done, and will not be.
    Refused(WriteRefusal),
}

/// The ledger's word that a write is done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Receipt {
    /// 受理号
    pub acceptance_no: String,
    /// When it was done, by the ledger's clock.
    pub accepted_at: DateTime,
    /// The personal account's balance after it, where it moved money.
    pub balance_after: Option<Money>,
    /// Something has yet to happen: the relative must accept, or the money must arrive.
    pub pending: bool,
}

/// Why the ledger did not take a write. Nothing personal.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum WriteRefusal {
    /// The relative is bound already.
    AlreadyBound,
    /// The relative is not bound (any more).
    NotBound,
    /// Every place in the relative's order is taken.
    NoSlotLeft,
    /// The order does not name every account once.
    OrderIncomplete,
    /// The invitation was answered, taken back, or ran out.
    InvitationGone,
    /// The person's insurance does not allow it.
    NotInsured,
    /// The balance is too small.
    BalanceTooSmall,
    /// What the relative may still use is too little.
    LimitTooSmall,
    /// The premium is paid or on its way.
    AlreadyPaid,
    /// The premium is not what the patron saw, or there is none.
    DueChanged,
    /// The payment has arrived, or was taken back already.
    NotPending,
    /// The family account is open already.
    AlreadyOpen,
    /// What was proved is not good (any more).
    FactorRejected,
    /// The id was closed before it reached the ledger: see [`super::Ledger::reconcile`].
    Voided,
    /// The ledger does not do this kind of write.
    NotOffered,
}

impl WriteRefusal {
    /// Every reason.
    pub const ALL: &'static [Self] = &[
        Self::AlreadyBound,
        Self::NotBound,
        Self::NoSlotLeft,
        Self::OrderIncomplete,
        Self::InvitationGone,
        Self::NotInsured,
        Self::BalanceTooSmall,
        Self::LimitTooSmall,
        Self::AlreadyPaid,
        Self::DueChanged,
        Self::NotPending,
        Self::AlreadyOpen,
        Self::FactorRejected,
        Self::Voided,
        Self::NotOffered,
    ];

    /// The word in databases and logs.
    pub fn code(self) -> &'static str {
        match self {
            Self::AlreadyBound => "already_bound",
            Self::NotBound => "not_bound",
            Self::NoSlotLeft => "no_slot_left",
            Self::OrderIncomplete => "order_incomplete",
            Self::InvitationGone => "invitation_gone",
            Self::NotInsured => "not_insured",
            Self::BalanceTooSmall => "balance_too_small",
            Self::LimitTooSmall => "limit_too_small",
            Self::AlreadyPaid => "already_paid",
            Self::DueChanged => "due_changed",
            Self::NotPending => "not_pending",
            Self::AlreadyOpen => "already_open",
            Self::FactorRejected => "factor_rejected",
            Self::Voided => "voided",
            Self::NotOffered => "not_offered",
        }
    }

    /// The reason of a word; `None` for any other.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|reason| reason.code() == code)
    }
}
