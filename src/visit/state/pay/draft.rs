//! The writes of a payment and of taking it back, put together.

use super::{Due, Remind, Standard, Standing};
use crate::domain::account::RelativeRef;
use crate::domain::money::Money;
use crate::records::port::Action;
use crate::view::messages::{lists, pay, yuan};
use crate::visit::patron::Patron;
use crate::visit::state::page::Page;
use crate::visit::state::write::Draft;

/// The payment of a premium; `None` unless it may be paid. Its argument is the page before the review.
pub(super) fn payment(patron: &Patron, page: &Due) -> Option<impl FnOnce(Page) -> Draft + use<>> {
    let (due, Standing::Payable { standard, .. }) = (page.due()?, &page.standing) else {
        return None;
    };
    let relative = page.years.payee.relative();
    let who = who(&relative);
    let (year, amount) = (due.insured_year, due.amount);
    let retained = patron.policy.as_ref()?.rules.retained_balance.as_ref();
    let action = Action::PayPremium {
        due: due.serial,
        relative: relative.psn_no.clone(),
        insured_year: year,
        amount,
        retained: retained.map_or(Money::ZERO, |stated| stated.value.0),
    };
    let balance = patron.overview.as_ref()?.balance.total;
    let mut fields = fields(year, amount);
    if let Standard::Agrees { quote, region } = standard {
        fields.push((pay::LABEL_STANDARD.into(), pay::standard_of(quote.standard, region)));
        fields.extend(quote.subsidy.map(|subsidy| (pay::LABEL_SUBSIDY.into(), yuan(subsidy))));
    }
    let effects = vec![
        pay::effect_pay(amount, who, year),
        pay::effect_left(balance - amount),
        pay::EFFECT_ARRIVES.into(),
    ];
    let draft = |before| Draft {
        action,
        relative: Some(relative),
        consent: None,
        fields,
        effects,
        before: Box::new(before),
    };
    Some(draft)
}

/// The cancellation of a payment. Its argument is the page before the review.
pub(super) fn cancellation(
    page: &Remind,
    payment: i64,
    amount: Money,
) -> impl FnOnce(Page) -> Draft + use<> {
    let relative = page.relative.clone();
    let year = page.insured_year;
    let effects = vec![pay::effect_cancel(amount), pay::effect_unpaid(who(&relative), year)];
    move |before| Draft {
        action: Action::CancelPremium { payment },
        relative: Some(relative),
        consent: None,
        fields: fields(year, amount),
        effects,
        before: Box::new(before),
    }
}

fn fields(year: i16, amount: Money) -> Vec<(String, String)> {
    vec![(lists::LABEL_YEAR.into(), lists::year(year)), (pay::LABEL_AMOUNT.into(), yuan(amount))]
}

fn who(relative: &RelativeRef) -> &'static str {
    relative.relation.label(relative.gender)
}
