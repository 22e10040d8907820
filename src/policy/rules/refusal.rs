//! Why something is refused. The sentences are in `policy::words`.

use jiff::civil::Date;

use crate::domain::family::Relation;
use crate::domain::insurance::{InsuranceStatus, InsuranceType};
use crate::domain::money::Money;
use crate::policy::schema::Area;

/// One reason. It holds nothing personal: no name, no number, no day of birth.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Refusal {
    /// The region has no family accounts yet.
    NotLaunched {
        /// The first day.
        from: Date,
    },
    /// The donor is not in 职工医保.
    DonorInsurance(InsuranceType),
    /// The donor's insurance is not in normal state.
    DonorStatus(InsuranceStatus),
    /// The donor is under 18.
    DonorMinor,
    /// Nothing says how old the donor is.
    DonorAgeUnknown,
    /// The beneficiary is in neither 职工医保 nor 居民医保.
    BeneficiaryInsurance(InsuranceType),
    /// The beneficiary's insurance is not in normal state.
    BeneficiaryStatus(InsuranceStatus),
    /// Donor and beneficiary are one person.
    Oneself,
    /// The pair is bound.
    AlreadyBound,
    /// The region does not take this relation.
    Relation {
        /// The one that was asked for.
        asked: Relation,
        /// Those that are taken.
        allowed: Vec<Relation>,
    },
    /// The region takes only children under this age, in years.
    ChildOfAge {
        /// The age.
        under: u8,
    },
    /// Nothing says how old the child is.
    ChildAgeUnknown,
    /// As many relatives as there may be.
    TooMany {
        /// How many there may be.
        most: u16,
    },
    /// As many relatives of this kind as there may be.
    TooManyOf {
        /// The kind.
        relation: Relation,
        /// How many there may be.
        most: u16,
    },
    /// As many donors share with the beneficiary as have a place in the order.
    NoSlotLeft {
        /// How many places there are.
        slots: u8,
    },
    /// The two are insured too far apart.
    TooFar(Area),
    /// Where one of them is insured cannot be told, and it matters.
    PlaceUnknown(Area),
    /// The packs do not state a field that is needed.
    NotStated(&'static str),
    /// The relative is not bound, so nothing can be paid for them.
    NotBound,
    /// Only who is in 居民医保 pays its premium.
    NotResident(InsuranceType),
    /// The premium of this year has been paid.
    AlreadyPaid {
        /// The year insured.
        insured_year: i16,
    },
    /// The premium cannot be paid yet.
    WindowNotOpen {
        /// The first day.
        from: Date,
    },
    /// The premium can no longer be paid.
    WindowClosed {
        /// The last day.
        to: Date,
    },
    /// The balance is not above what it must be before a premium may be paid.
    BalanceThreshold {
        /// What it must be above.
        above: Money,
    },
    /// What the relative may still use this year is less than the premium.
    LimitTooSmall {
        /// What is left of the limit.
        left: Money,
    },
    /// What the region lets a relative use in a year is too little for the premium, whatever the
    /// patron's own limit is.
    RegionsLimitTooSmall {
        /// The region's limit.
        most: Money,
        /// What is left of it.
        left: Money,
    },
    /// What may be spent is less than the premium.
    BalanceTooSmall {
        /// What may be spent.
        spendable: Money,
        /// What must stay in the account.
        retained: Money,
    },
}

/// How a patron gets on after a refusal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WayOn {
    /// Nothing more is to be done: it is done already.
    Nothing,
    /// Come again later, or ask.
    Later,
    /// Do something else at this kiosk first.
    Here,
    /// Go to a window with these documents.
    Window {
        /// What to bring.
        bring: &'static [&'static str],
    },
}

/// Both identity documents (domain: buying for somebody else takes both).
const BOTH_DOCUMENTS: &[&str] = &["双方的身份证件"];
const OWN_DOCUMENT: &[&str] = &["您的身份证件"];
const KINSHIP: &[&str] = &["双方的身份证件", "能说明亲属关系的证件"];
const RELATIVE_DOCUMENT: &[&str] = &["家人的身份证件"];

impl Refusal {
    /// How the patron gets on.
    pub fn way_on(&self) -> WayOn {
        match self {
            Self::AlreadyBound | Self::AlreadyPaid { .. } => WayOn::Nothing,
            Self::NotLaunched { .. } | Self::WindowNotOpen { .. } => WayOn::Later,
            Self::BalanceThreshold { .. } | Self::BalanceTooSmall { .. } => WayOn::Later,
            Self::RegionsLimitTooSmall { .. } => WayOn::Later,
            Self::Oneself | Self::TooMany { .. } | Self::TooManyOf { .. } => WayOn::Here,
            Self::NotBound | Self::LimitTooSmall { .. } => WayOn::Here,
            Self::DonorInsurance(_) | Self::DonorStatus(_) | Self::DonorMinor => {
                WayOn::Window { bring: OWN_DOCUMENT }
            }
            Self::DonorAgeUnknown => WayOn::Window { bring: OWN_DOCUMENT },
            Self::BeneficiaryInsurance(_) | Self::BeneficiaryStatus(_) | Self::NotResident(_) => {
                WayOn::Window { bring: RELATIVE_DOCUMENT }
            }
            Self::Relation { .. } | Self::ChildOfAge { .. } | Self::ChildAgeUnknown => {
                WayOn::Window { bring: KINSHIP }
            }
            Self::TooFar(_)
            | Self::PlaceUnknown(_)
            | Self::NotStated(_)
            | Self::NoSlotLeft { .. } => WayOn::Window { bring: BOTH_DOCUMENTS },
            Self::WindowClosed { .. } => WayOn::Window { bring: RELATIVE_DOCUMENT },
        }
    }
}
