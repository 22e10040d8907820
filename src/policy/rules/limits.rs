//! Limits, terms, entries and queries.

use jiff::civil::Date;

use crate::domain::money::Money;
use crate::domain::period::Period;
use crate::policy::packs::Policy;
use crate::policy::schema::{AnnualLimit, EntryField};

/// Whether a limit that a patron sets for a relative is within the region's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LimitAnswer {
    /// It is.
    Allowed,
    /// It may be: the region's own limit is known only to lie between these.
    MayBeTooHigh {
        /// Surely allowed up to here.
        least: Money,
        /// Surely not allowed above.
        most: Money,
    },
    /// It is too high.
    TooHigh {
        /// The highest.
        most: Money,
    },
    /// A limit is above zero.
    NotPositive,
    /// The packs do not say whether there is one.
    NotStated,
}

/// Whether a patron may limit a relative to this much a year.
pub fn annual_limit(policy: &Policy, wanted: Money) -> LimitAnswer {
    if wanted <= Money::ZERO {
        return LimitAnswer::NotPositive;
    }
    match policy.rules.annual_limit.as_ref().map(|stated| stated.value) {
        None => LimitAnswer::NotStated,
        Some(AnnualLimit::None) => LimitAnswer::Allowed,
        Some(AnnualLimit::Fixed(most)) if wanted > most.0 => LimitAnswer::TooHigh { most: most.0 },
        Some(AnnualLimit::Fixed(_)) => LimitAnswer::Allowed,
        Some(AnnualLimit::Range { least, most }) => {
            let (least, most) = (least.0, most.0);
            if wanted > most {
                LimitAnswer::TooHigh { most }
            } else if wanted > least {
                LimitAnswer::MayBeTooHigh { least, most }
            } else {
                LimitAnswer::Allowed
            }
        }
    }
}

/// The most a relative may use in a year: the lower of the patron's own limit and the region's; of a
/// range the upper end, which the region's surely does not exceed. `None`: there is no limit.
pub fn limit_in_force(policy: &Policy, own: Option<Money>) -> Option<Money> {
    let regions = match policy.rules.annual_limit.as_ref().map(|stated| stated.value) {
        None | Some(AnnualLimit::None) => None,
        Some(AnnualLimit::Fixed(most) | AnnualLimit::Range { most, .. }) => Some(most.0),
    };
    own.into_iter().chain(regions).min()
}

/// What is entered for a relative in this region, in the order in which it is asked.
pub fn entry_fields(policy: &Policy) -> &[EntryField] {
    policy.rules.entry_fields.as_ref().map_or(&[], |stated| &stated.value)
}

/// What is still to be entered.
pub fn missing_entries(policy: &Policy, entered: &[EntryField]) -> Vec<EntryField> {
    let fields = entry_fields(policy).iter().copied();
    fields.filter(|field| !entered.contains(field)).collect()
}

/// Why a term of authorisation cannot be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TermFault {
    /// It ends before it begins.
    EndBeforeStart,
    /// It begins before today.
    StartInThePast,
    /// The region asks for a first day.
    StartNeeded,
    /// The region asks for a last day.
    EndNeeded,
    /// The region knows no last day: an authorisation holds until it is released.
    NoEndHere,
}

/// The first and last day of an authorisation. Where the region asks for no days it begins today
/// and has no end.
///
/// # Errors
/// When the days cannot be.
pub fn term(
    policy: &Policy,
    start: Option<Date>,
    end: Option<Date>,
    today: Date,
) -> Result<(Date, Option<Date>), TermFault> {
    let asks = |field| entry_fields(policy).contains(&field);
    let first = match start {
        Some(first) if first < today => return Err(TermFault::StartInThePast),
        Some(first) => first,
        None if asks(EntryField::StartDate) => return Err(TermFault::StartNeeded),
        None => today,
    };
    match end {
        Some(_) if !asks(EntryField::EndDate) => Err(TermFault::NoEndHere),
        Some(last) if last < first => Err(TermFault::EndBeforeStart),
        None if asks(EntryField::EndDate) => Err(TermFault::EndNeeded),
        _ => Ok((first, end)),
    }
}

/// Whether records of a period may be asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum QueryAnswer {
    /// They may.
    Allowed,
    /// The period is too long.
    TooLong {
        /// The longest, in months.
        longest_months: u16,
    },
}

/// Whether records of a period may be asked for; without a stated bound, every period may.
pub fn query(policy: &Policy, period: Period) -> QueryAnswer {
    let longest = policy.rules.query.as_ref().and_then(|stated| stated.value.longest_months);
    match longest {
        Some(most) if period.month_count() > u32::from(most) => {
            QueryAnswer::TooLong { longest_months: most }
        }
        _ => QueryAnswer::Allowed,
    }
}
