//! What happens to a household, day by day, before anyone asks who pays.

use jiff::ToSpan;
use jiff::civil::Date;
use rand::Rng;

use super::people::{Household, Member};
use crate::domain::insurance::CareType;

/// Percent of the mean number of visits, January first: colds in winter, few visits in summer.
const SEASON_PERCENT: [u32; 12] = [140, 130, 110, 100, 95, 90, 85, 85, 90, 100, 110, 135];

/// Something that moves money or brings a bill; the numbers are indices of members.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Event {
    /// The account opens with what was there before.
    Open(usize),
    /// The monthly credit.
    Credit(usize),
    /// A settlement is given back; the number of the settlement.
    Refund(usize),
    /// A premium is given back; the number of the premium.
    RefundPremium(usize),
    /// A visit of this kind at this minute of the day.
    Visit(usize, VisitKind, u16),
    /// The premium of the year after the event's falls due.
    Premium(usize),
    /// The year's interest.
    Interest(usize),
}

/// [`CareType`], with an order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum VisitKind {
    Outpatient,
    Chronic,
    Inpatient,
    Pharmacy,
}

impl VisitKind {
    pub fn care(self) -> CareType {
        match self {
            Self::Outpatient => CareType::Outpatient,
            Self::Chronic => CareType::ChronicOutpatient,
            Self::Inpatient => CareType::Inpatient,
            Self::Pharmacy => CareType::Pharmacy,
        }
    }
}

/// Everything from the day after `start` to `today`, in no order.
pub(super) fn all(
    rng: &mut impl Rng,
    household: &Household,
    start: Date,
    today: Date,
) -> Vec<(Date, Event)> {
    let mut events = Vec::new();
    let months = core::iter::successors(Some(start.first_of_month()), |month| {
        month.checked_add(1.month()).ok().filter(|next| *next <= today)
    });
    for (index, member) in household.members.iter().enumerate() {
        events.push((start, Event::Open(index)));
        for month in months.clone() {
            let mut add = |day: i8, event| {
                let date = Date::new(month.year(), month.month(), day.min(month.days_in_month()));
                if let Ok(date) = date
                    && start < date
                    && date <= today
                    && member.birth < date
                {
                    events.push((date, event));
                }
            };
            add(rng.random_range(6..=9), Event::Credit(index));
            for _ in 0..visit_count(rng, member, month) {
                let kind = visit_kind(rng, member);
                let minute = rng.random_range(8 * 60..17 * 60);
                add(rng.random_range(1..=31), Event::Visit(index, kind, minute));
            }
            if month.month() == 12 {
                add(31, Event::Interest(index));
            }
            // October to December, each person in one of them.
            if month.month() == 10 + i8::try_from(member.home % 3).unwrap_or(0) {
                add(rng.random_range(8..=25), Event::Premium(index));
            }
        }
    }
    events
}

fn visit_count(rng: &mut impl Rng, member: &Member, month: Date) -> u32 {
    let season = usize::try_from(month.month() - 1).ok().and_then(|at| SEASON_PERCENT.get(at));
    let expected = member.visits_per_1000_months * season.copied().unwrap_or(100) / 100;
    expected / 1000 + u32::from(rng.random_ratio(expected % 1000, 1000))
}

fn visit_kind(rng: &mut impl Rng, member: &Member) -> VisitKind {
    let chronic = if member.chronic { 45 } else { 0 };
    match rng.random_range(0..100) {
        0 if member.chronic || rng.random_ratio(1, 3) => VisitKind::Inpatient,
        draw if draw <= chronic => VisitKind::Chronic,
        draw if draw <= chronic + (99 - chronic) * 55 / 100 => VisitKind::Outpatient,
        _ => VisitKind::Pharmacy,
    }
}
