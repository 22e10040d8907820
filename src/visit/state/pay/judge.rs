//! Whether a premium may be paid now, and what it should cost.

use jiff::civil::Date;

use super::Payee;
use crate::domain::money::Money;
use crate::domain::person::Insured;
use crate::policy::Policy;
use crate::policy::rules::{
    self, NoPremium, Party, PaymentRequest, PremiumAnswer, PremiumQuestion, PremiumQuote,
    PremiumWindowAnswer, Refusal,
};
use crate::policy::schema::Confidence;
use crate::records::port::{DueState, PremiumDue};
use crate::visit::cx::Cx;
use crate::visit::patron::Patron;

/// How a premium stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Standing {
    /// It can be paid.
    Payable {
        /// What the region says of the amount.
        standard: Standard,
        /// The last day on which it can, where one is stated.
        until: Option<Date>,
    },
    /// It cannot, for these reasons: at least one.
    Refused(Vec<Refusal>),
    /// The region's table says that it has no row for such a person.
    NoRule(NoPremium),
    /// The tax office asks another amount than the region's table says.
    Differs {
        /// What the table says.
        standard: Money,
    },
    /// Nothing is asked.
    Nothing,
    /// It is paid and on its way.
    Pending {
        /// The number of the payment, when it was made from this account.
        own_payment: Option<i64>,
    },
    /// 已到账
    Arrived,
}

/// What the region says of the amount.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Standard {
    /// The same as the tax office, by the table of this region.
    Agrees {
        /// What the table says.
        quote: PremiumQuote,
        /// Whose table it is, as patrons call it.
        region: String,
    },
    /// Nothing that the kiosk knows; the amount of the tax office stands.
    NotKnown(Unknown),
}

/// Why the kiosk knows no standard.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Unknown {
    /// None is stated for the year.
    Year,
    /// It depends on the age, and the age, or the day on which it counts, is not known.
    Age,
    /// How much assistance there is is not stated.
    Assistance,
}

/// All that the judgement needs.
pub(super) struct Case<'a> {
    /// Who pays, and the rules of their region.
    pub donor: &'a Insured,
    pub policy: &'a Policy,
    /// Whose premium it is, and the rules of the place where they are insured.
    pub payee: &'a Payee,
    pub place: &'a Policy,
    /// The premium, and all that are asked of the person.
    pub due: &'a PremiumDue,
    pub all: &'a [PremiumDue],
    /// What is in the account.
    pub balance: Money,
    pub today: Date,
}

/// How a premium stands today. Without rules nothing is written, and no page leads here.
pub(super) fn due(
    cx: &Cx,
    patron: &Patron,
    payee: &Payee,
    due: &PremiumDue,
    all: &[PremiumDue],
) -> Standing {
    let today = cx.today();
    let Some(policy) = patron.policy.as_deref() else {
        return Standing::Refused(vec![Refusal::NotStated("premium")]);
    };
    let rules = cx.settings.rules.as_ref();
    let place = rules.and_then(|rules| rules.of_relative(&payee.insured.region, today));
    judge(&Case {
        donor: &patron.person,
        policy,
        payee,
        place: place.as_ref().unwrap_or(policy),
        due,
        all,
        balance: patron.overview.as_ref().map_or(Money::ZERO, |overview| overview.balance.total),
        today,
    })
}

pub(super) fn judge(case: &Case<'_>) -> Standing {
    match case.due.state {
        DueState::Pending { own_payment } => return Standing::Pending { own_payment },
        DueState::Arrived => return Standing::Arrived,
        DueState::Unpaid => {}
    }
    let amount = case.due.amount;
    if amount <= Money::ZERO {
        return Standing::Nothing;
    }
    let reasons = refusals(case);
    if !reasons.is_empty() {
        return Standing::Refused(reasons);
    }
    let until = match rules::premium_window(case.place, case.due.insured_year, case.today) {
        PremiumWindowAnswer::Open { until } => until,
        _ => None,
    };
    let payable = |standard| Standing::Payable { standard, until };
    // What nobody has confirmed for the region is not held against the tax office.
    let stated = case.place.rules.premium.as_ref();
    let Some(stated) = stated.filter(|stated| stated.confidence != Confidence::Open) else {
        return payable(Standard::NotKnown(Unknown::Year));
    };
    let question = PremiumQuestion {
        birth: case.payee.birth,
        group: case.due.group,
        assistance: case.due.assistance,
        insured_year: case.due.insured_year,
        on: case.today,
    };
    let unknown = match rules::premium(case.place, &question) {
        PremiumAnswer::Costs(quote) if quote.personal != amount => {
            return Standing::Differs { standard: quote.personal };
        }
        PremiumAnswer::Costs(quote) => {
            let region = stated.region.clone();
            return payable(Standard::Agrees { quote, region });
        }
        PremiumAnswer::NoRule(why @ NoPremium::NoRule { .. }) => return Standing::NoRule(why),
        PremiumAnswer::NoRule(NoPremium::Year { .. }) => Unknown::Year,
        PremiumAnswer::NoRule(NoPremium::AgeUnknown | NoPremium::AgeDayNotStated) => Unknown::Age,
        PremiumAnswer::NoRule(NoPremium::AssistanceNotStated(_)) => Unknown::Assistance,
    };
    payable(Standard::NotKnown(unknown))
}

/// Every reason against it. The account's rules are those of the donor's region; when and how often the
/// premium is paid is ruled where the relative is insured.
fn refusals(case: &Case<'_>) -> Vec<Refusal> {
    let mut policy = case.policy.clone();
    policy.rules.premium_windows.clone_from(&case.place.rules.premium_windows);
    policy.rules.premium_times_a_year.clone_from(&case.place.rules.premium_times_a_year);
    let member = &case.payee.member;
    let of_year = case.all.iter().filter(|due| due.insured_year == case.due.insured_year);
    let paid = of_year.filter(|due| due.state != DueState::Unpaid).count();
    let request = PaymentRequest {
        donor: Party::of(case.donor),
        beneficiary: Party { insured: &case.payee.insured, birth: case.payee.birth },
        bound: core::slice::from_ref(&member.who),
        insured_year: case.due.insured_year,
        amount: case.due.amount,
        balance: case.balance,
        payments: u8::try_from(paid).unwrap_or(u8::MAX),
        own_limit: member.who.annual_limit,
        used_this_year: member.used_this_year,
        on: case.today,
    };
    rules::pay_premium(&policy, &request)
}
