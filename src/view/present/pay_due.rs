//! One premium: what it costs, or why it cannot be paid here.

use jiff::civil::Date;

use super::Screen;
use super::format::{button, field, lines, relative};
use super::pay::message;
use crate::domain::dates::long_date;
use crate::domain::money::Money;
use crate::policy::Policy;
use crate::policy::rules::Refusal;
use crate::policy::words;
use crate::records::port::PremiumDue;
use crate::view::messages::{self, lists, pay, yuan};
use crate::view::model::{Button, Field, PageView, RecordView, Tone};
use crate::visit::event::{Act, Tap};
use crate::visit::patron::Patron;
use crate::visit::state::pay::{Due, Standard, Standing, Unknown};

/// Reasons on one page, each with its way on; the screen has no room for more.
const REASONS_MAX: usize = 2;

pub(super) fn due(patron: &Patron, page: &Due) -> Screen {
    let back = button(messages::BACK, Tap::Back);
    // A page of a premium has one, and rules; without them it stays empty but for the way back.
    let (Some(due), Some(policy)) = (page.due(), patron.policy.as_deref()) else {
        let (seal, title) = pay::ASK_AT_WINDOW;
        let view = message(seal, Tone::Warn, title, Some(pay::NOTHING_TAKEN), Vec::new());
        return Screen::message(view).back(back);
    };
    let (screen, primary) = match &page.standing {
        Standing::Payable { standard, until } => {
            let screen = payable(patron, page, due, standard, *until);
            (screen, button(pay::GO_ON, Tap::Confirm))
        }
        Standing::Pending { own_payment } => pending(own_payment.is_some()),
        other => (no_payment(policy, due, other), None),
    };
    screen.back(back).primary(primary)
}

fn payable(
    patron: &Patron,
    page: &Due,
    due: &PremiumDue,
    standard: &Standard,
    until: Option<Date>,
) -> Screen {
    let payee = &page.years.payee;
    let mut fields = vec![
        field(lists::LABEL_FOR_WHOM, relative(&payee.relative(), patron.revealed())),
        field(pay::LABEL_GROUP, due.group.label()),
    ];
    fields.extend(due.assistance.map(|category| field(pay::LABEL_ASSISTANCE, category.label())));
    if let Standard::Agrees { quote, .. } = standard {
        fields.push(field(pay::LABEL_STANDARD, yuan(quote.standard)));
        let part = |subsidy| Field { part: true, ..field(pay::LABEL_SUBSIDY, yuan(subsidy)) };
        fields.extend(quote.subsidy.map(part));
    }
    let window = |until| field(pay::LABEL_WINDOW, pay::until(&long_date(until)));
    fields.extend(until.map(window));
    let balance = patron.overview.as_ref().map_or(Money::ZERO, |overview| overview.balance.total);
    fields.push(field(pay::LABEL_BALANCE, yuan(balance)));
    fields.push(field(pay::LABEL_LEFT, yuan(balance - due.amount)));
    let year = due.insured_year;
    let note = match standard {
        Standard::Agrees { region, .. } => pay::note_agrees(region, year),
        Standard::NotKnown(Unknown::Year) => pay::note_no_year(year),
        Standard::NotKnown(Unknown::Age) => pay::NOTE_NO_AGE.into(),
        Standard::NotKnown(Unknown::Assistance) => pay::NOTE_NO_ASSISTANCE.into(),
    };
    Screen::new(PageView::Record(RecordView {
        title: lists::premium_title(year),
        amount: yuan(due.amount),
        fields,
        note: Some(note),
    }))
}

fn pending(own: bool) -> (Screen, Option<Button>) {
    let (seal, title) = pay::PENDING_PAGE;
    let more = if own { pay::PENDING_CAN_CANCEL } else { pay::PENDING_NOT_OWN };
    let texts = lines(&[pay::PENDING_LINE, more]);
    let screen = Screen::message(message(seal, Tone::Plain, title, Some(pay::NO_NEED), texts));
    let cancel = own.then(|| button(pay::CANCEL, Tap::Act(Act::CancelPremium)));
    (screen, cancel.flatten())
}

/// Nothing can or need be paid.
fn no_payment(policy: &Policy, due: &PremiumDue, standing: &Standing) -> Screen {
    let (tone, (seal, title), reassurance, texts) = match standing {
        Standing::Refused(reasons) => {
            (Tone::Warn, pay::REFUSED, pay::NOTHING_TAKEN, refused(policy, reasons))
        }
        Standing::NoRule(why) => {
            let texts = vec![words::no_premium(policy, why)];
            (Tone::Warn, pay::ASK_AT_WINDOW, pay::NOTHING_TAKEN, texts)
        }
        Standing::Differs { standard } => {
            let texts = vec![
                pay::asked_amount(due.amount),
                pay::standard_amount(*standard),
                words::to_window(policy),
            ];
            (Tone::Warn, pay::ASK_AT_WINDOW, pay::NOTHING_TAKEN, texts)
        }
        Standing::Nothing => {
            let (seal, title, texts) = pay::NOTHING_DUE;
            (Tone::Good, (seal, title), pay::NO_NEED, lines(&texts))
        }
        Standing::Arrived | Standing::Pending { .. } | Standing::Payable { .. } => {
            let (seal, title, texts) = pay::ARRIVED_PAGE;
            (Tone::Good, (seal, title), pay::NO_NEED, lines(&texts))
        }
    };
    Screen::message(message(seal, tone, title, Some(reassurance), texts))
}

/// The first reasons, each with its way on.
fn refused(policy: &Policy, reasons: &[Refusal]) -> Vec<String> {
    let told = reasons.iter().take(REASONS_MAX);
    told.flat_map(|reason| [words::reason(reason), words::way_on(policy, reason)]).collect()
}
