//! What the ledger knows of a family account.

use jiff::civil::Date;

use crate::domain::account::RelativeRef;
use crate::domain::family::Beneficiary;
use crate::domain::money::Money;
use crate::domain::person::{CardNo, Insured};
use crate::policy::schema::{Assistance, PersonGroup};

/// Both sides of a person's family account, as of a day.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FamilyAccount {
    /// The day it was opened (组建); `None`: not yet, so nobody can be bound.
    pub opened_on: Option<Date>,
    /// Who may use this person's account, longest first; released ones are not among them.
    pub members: Vec<Member>,
    /// Whose accounts this person may use, in the order in which they are drawn.
    pub donors: Vec<Donor>,
    /// Where the person's own account stands among `donors` (1 is first), where that can be set;
    /// `None`: before all of them.
    pub own_slot: Option<u8>,
    /// Who has invited this person and waits for an answer.
    pub invitations: Vec<Invitation>,
    /// What is in the common account (划拨), where there is one.
    pub pool: Option<Money>,
}

/// How far an authorisation is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum MemberState {
    /// It can be used.
    Active,
    /// It begins on a later day.
    NotYet,
    /// The relative has been invited, or has yet to agree.
    Invited,
}

/// A relative who may use the account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Member {
    /// Who, since when, with which limit.
    pub who: Beneficiary,
    /// The last day of the authorisation, if it has one.
    pub until: Option<Date>,
    /// How far it is.
    pub state: MemberState,
    /// The place of this account among those that the relative may use (第一顺位 is 1).
    pub slot: u8,
    /// What the relative has used since 1 January, premiums included, refunds taken off.
    pub used_this_year: Money,
    /// The amount locked for the relative, in the quota model.
    pub quota: Option<Money>,
}

/// Somebody whose account this person may use.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Donor {
    /// Who; `relation` is what *this person* is to the donor.
    pub who: RelativeRef,
    /// First day of the authorisation.
    pub since: Date,
    /// Its last day, if it has one.
    pub until: Option<Date>,
    /// The most that may be used in a year, if limited.
    pub annual_limit: Option<Money>,
    /// The place of the donor's account (第一顺位 is 1).
    pub slot: u8,
    /// What this person has used of it since 1 January.
    pub used_this_year: Money,
}

/// An invitation that waits for this person's answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Invitation {
    /// The ledger's own number of it.
    pub serial: i64,
    /// Who invites; `relation` is what *this person* is to them.
    pub from: RelativeRef,
    /// The day of the invitation.
    pub invited_on: Date,
    /// The last day on which it can be accepted, if there is one.
    pub expires: Option<Date>,
    /// The most that may be used in a year, if limited.
    pub annual_limit: Option<Money>,
}

/// Somebody who may be bound, as the ledger knows them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Candidate {
    /// Who, and how they are insured.
    pub insured: Insured,
    /// `brdy`, where it is known.
    pub birth: Option<Date>,
    /// `emp_name`, where there is one.
    pub employer: Option<String>,
    /// The number of their valid 社会保障卡, where there is one.
    pub card: Option<CardNo>,
    /// How many others share with them already.
    pub other_donors: u8,
}

/// One authorisation that is or was (授权记录).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AuthorisationRecord {
    /// Who may or might use the account.
    pub who: RelativeRef,
    /// First day.
    pub since: Date,
    /// Last day, if it has or had one.
    pub until: Option<Date>,
    /// What became of it.
    pub state: AuthorisationState,
    /// The acceptance number of the binding, where one is known.
    pub acceptance_no: Option<String>,
    /// All that was used under it, refunds taken off.
    pub used: Money,
}

/// What became of an authorisation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum AuthorisationState {
    /// It can be used.
    Active,
    /// It begins on a later day.
    NotYet,
    /// It waits for the relative.
    Invited,
    /// The relative did not want it, or the invitation ran out.
    Declined,
    /// It was released on this day.
    Released(Date),
    /// Its last day has passed.
    Ended,
}

/// A premium that the tax office asks of a relative (应缴记录).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PremiumDue {
    /// The ledger's own number of the record.
    pub serial: i64,
    /// The year insured.
    pub insured_year: i16,
    /// The personal share that is asked.
    pub amount: Money,
    /// As what the person is insured.
    pub group: PersonGroup,
    /// The category of assistance, if there is one.
    pub assistance: Option<Assistance>,
    /// Whether it is still to be paid.
    pub state: DueState,
}

/// Whether a premium is still to be paid.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DueState {
    /// It is.
    Unpaid,
    /// Paid, on its way to the tax office.
    Pending {
        /// Paid from this account, so that it can be taken back: the number of the payment.
        own_payment: Option<i64>,
    },
    /// 已到账
    Arrived,
}
