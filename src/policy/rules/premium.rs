//! What 居民医保 costs a person.

use jiff::civil::Date;
use toml::Spanned;

use crate::domain::money::Money;
use crate::policy::packs::Policy;
use crate::policy::schema::{
    AGE_MAX, AgeDay, Assistance, Coverage, Covers, PersonGroup, PremiumRow, PremiumTable,
};

use super::age::full_years;

/// Whose premium of which year.
///
/// Personal: its `Debug` does not show the day of birth.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct PremiumQuestion {
    /// The day of birth, if it is known.
    pub birth: Option<Date>,
    /// The group.
    pub group: PersonGroup,
    /// The category of assistance, if there is one.
    pub assistance: Option<Assistance>,
    /// The year insured.
    pub insured_year: i16,
    /// The day of payment.
    pub on: Date,
}

impl core::fmt::Debug for PremiumQuestion {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        write!(f, "PremiumQuestion({}, …)", self.insured_year)
    }
}

/// What it costs, a year.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PremiumQuote {
    /// What the person pays.
    pub personal: Money,
    /// 个人缴费 before assistance.
    pub standard: Money,
    /// 财政补助, where it is stated.
    pub subsidy: Option<Money>,
    /// The age that counted; `None` where the age does not matter or is not known.
    pub age: Option<u8>,
}

/// Why there is no answer. It is one: the patron goes to a window.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NoPremium {
    /// No premium is stated for this year.
    Year {
        /// The year insured.
        insured_year: i16,
    },
    /// The premium depends on the age, and nothing says how old the person is.
    AgeUnknown,
    /// The person reaches another row during the year, and nothing says which day counts.
    AgeDayNotStated,
    /// The table says that nothing is stated for such a person.
    NoRule {
        /// What the patron is told.
        say: String,
    },
    /// There is assistance, but nothing says how much.
    AssistanceNotStated(Assistance),
}

/// A premium, or that there is no rule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PremiumAnswer {
    /// What it costs.
    Costs(PremiumQuote),
    /// No answer is given; nothing is guessed.
    NoRule(NoPremium),
}

/// What the premium of a year costs a person who is insured in the policy's region.
pub fn premium(policy: &Policy, question: &PremiumQuestion) -> PremiumAnswer {
    match costs(policy, question) {
        Ok(quote) => PremiumAnswer::Costs(quote),
        Err(why) => PremiumAnswer::NoRule(why),
    }
}

fn costs(policy: &Policy, question: &PremiumQuestion) -> Result<PremiumQuote, NoPremium> {
    let insured_year = question.insured_year;
    let tables = policy.rules.premium.as_ref().map(|stated| stated.value.as_slice());
    let table = tables.unwrap_or_default().iter().find(|t| t.insured_year == insured_year);
    let table = table.ok_or(NoPremium::Year { insured_year })?;
    let (row, age) = row(table, question)?;
    let standard = row.personal.0;
    let personal = match question.assistance {
        None => standard,
        Some(category) => assisted(policy, category, standard)?,
    };
    Ok(PremiumQuote { personal, standard, subsidy: row.subsidy.map(|s| s.0), age })
}

/// A row of the table, or what it says of people in none.
type Found<'t> = Result<&'t PremiumRow, &'t str>;

fn row<'t>(
    table: &'t PremiumTable,
    question: &PremiumQuestion,
) -> Result<(&'t PremiumRow, Option<u8>), NoPremium> {
    let group = question.group;
    let known = ages(table, question);
    // Who may be of any age has an answer where it is the same for every age.
    let (first, last) = known.unwrap_or((0, AGE_MAX));
    let same = |a: Found<'t>, b: Found<'t>| match (a, b) {
        (Ok(a), Ok(b)) => core::ptr::eq(a, b),
        (Err(a), Err(b)) => a == b,
        _ => false,
    };
    let found = lookup(table, group, first);
    if !(first..=last).all(|age| same(found, lookup(table, group, age))) {
        return Err(known.map_or(NoPremium::AgeUnknown, |_| NoPremium::AgeDayNotStated));
    }
    let age = Some(first).filter(|_| first == last);
    found.map(|row| (row, age)).map_err(|say| NoPremium::NoRule { say: say.into() })
}

fn lookup(table: &PremiumTable, group: PersonGroup, age: u8) -> Found<'_> {
    let row = table.rows.iter().map(Spanned::get_ref).find(|row| row.covers(group, age));
    let gap = || table.no_rule.iter().map(Spanned::get_ref).find(|gap| gap.covers(group, age));
    row.ok_or_else(|| gap().map_or("", |gap| &gap.say))
}

/// The youngest and the oldest that the person may be on the day that counts.
fn ages(table: &PremiumTable, question: &PremiumQuestion) -> Option<(u8, u8)> {
    let birth = question.birth?;
    let year_day = |month, day| Date::new(question.insured_year, month, day).ok();
    let (first, last) = (year_day(1, 1)?, year_day(12, 31)?);
    let (from, to) = match table.age_on {
        Some(AgeDay::Payment) => (question.on, question.on),
        Some(AgeDay::YearStart) => (first, first),
        Some(AgeDay::YearEnd) => (last, last),
        None => (question.on.min(first), question.on.max(last)),
    };
    let oldest = full_years(birth, to)?;
    // Born between the two days: not yet a year old on the first.
    Some((full_years(birth, from).unwrap_or(0).min(oldest), oldest))
}

fn assisted(policy: &Policy, category: Assistance, standard: Money) -> Result<Money, NoPremium> {
    let rules = policy.rules.premium_assistance.as_ref().map(|stated| stated.value.as_slice());
    let rule = rules.unwrap_or_default().iter().find(|rule| rule.category == category);
    let rule = rule.ok_or(NoPremium::AssistanceNotStated(category))?;
    match (rule.covers, rule.reduction) {
        (Coverage::All, _) => Ok(Money::ZERO),
        (Coverage::Part, Some(less)) => Ok((standard - less.0).max(Money::ZERO)),
        (Coverage::Part, None) => Err(NoPremium::AssistanceNotStated(category)),
    }
}
