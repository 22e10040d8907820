//! One record, label by label.

use jiff::civil::Date;

use super::format::{button, field, kind, relative, shown};
use super::lists::premium_person;
use super::{Screen, care};
use crate::domain::account::{Movement, MovementKind};
use crate::domain::dates::short_date;
use crate::domain::premium::{PremiumPayment, PremiumStatus};
use crate::domain::settlement::Settlement;
use crate::view::messages::{self, lists, pay, yuan};
use crate::view::model::{Field, PageView, RecordView};
use crate::visit::Kiosk;
use crate::visit::event::{Act, Tap};
use crate::visit::patron::Patron;
use crate::visit::state::record::{Entry, Offer, Record};

pub(super) fn present(kiosk: &Kiosk, patron: &Patron, page: &Record, today: Date) -> Screen {
    let view = match &page.entry {
        Entry::Care(settlement) => care::record(settlement, today),
        Entry::Movement(movement) => self::movement(patron, movement, today),
        Entry::Premium(premium) => self::premium(patron, premium, today),
    };
    let primary = match page.offer(patron, kiosk.writes_possible()) {
        Some(Offer::Cancel(..)) => button(pay::CANCEL, Tap::Act(Act::CancelPremium)),
        Some(Offer::Pay(_)) => button(pay::PAY_FOR_THIS_ONE, Tap::PayPremium),
        None => None,
    };
    Screen::new(PageView::Record(view)).back(button(messages::BACK, Tap::Back)).primary(primary)
}

fn movement(patron: &Patron, movement: &Movement, today: Date) -> RecordView {
    let refund = movement.kind == MovementKind::Refund;
    let amount = yuan(movement.amount.abs());
    let settlement = movement.settlement.as_ref();
    let what = kind(movement.kind, settlement.map(|settlement| settlement.care));
    let when = format!("{}{}{what}", short_date(movement.date, today), messages::DOT);
    let mut fields = vec![field(lists::LABEL_DATE, when)];
    if let Some(person) = &movement.relative {
        fields.push(field(lists::LABEL_WHO, relative(person, patron.revealed())));
    }
    if let Some(settlement) = settlement {
        fields.extend(self::settlement(settlement));
    } else {
        fields.push(field(lists::LABEL_BALANCE_AFTER, yuan(movement.balance_after)));
    }
    RecordView {
        title: shown(&movement.place),
        amount: match (refund, movement.amount.is_negative()) {
            (true, _) => lists::refunded(&amount),
            (false, true) => amount,
            (false, false) => lists::came_in(&amount),
        },
        fields,
        note: settlement
            .filter(|settlement| !adds_up(settlement))
            .map(|_| lists::RECORD_DOES_NOT_ADD_UP.into()),
    }
}

pub(super) fn settlement(settlement: &Settlement) -> Vec<Field> {
    let amount = |label, amount| field(label, yuan(amount));
    vec![
        amount(lists::LABEL_TOTAL, settlement.total),
        amount(lists::LABEL_FUND, settlement.fund),
        amount(lists::LABEL_OWN, settlement.own),
        amount(lists::LABEL_ACCOUNT, settlement.account),
        Field { part: true, ..amount(lists::LABEL_MUTUAL_AID, settlement.mutual_aid) },
        amount(lists::LABEL_CASH, settlement.cash),
    ]
}

/// `total = fund + own` and `own = account + cash`; imported rows may break it.
pub(super) fn adds_up(settlement: &Settlement) -> bool {
    let fen = |amount: crate::domain::money::Money| amount.to_fen().map(i128::from);
    let sums = || {
        let own = fen(settlement.own)?;
        Some(
            fen(settlement.total)? == fen(settlement.fund)?.checked_add(own)?
                && own == fen(settlement.account)?.checked_add(fen(settlement.cash)?)?,
        )
    };
    sums().unwrap_or(false)
}

fn premium(patron: &Patron, premium: &PremiumPayment, today: Date) -> RecordView {
    let amount = yuan(premium.amount.abs());
    RecordView {
        title: lists::premium_title(premium.insured_year),
        amount: match premium.status {
            PremiumStatus::Refunded => lists::refunded(&amount),
            PremiumStatus::Pending | PremiumStatus::Arrived => amount,
        },
        fields: vec![
            field(lists::LABEL_FOR_WHOM, premium_person(patron, premium)),
            field(lists::LABEL_YEAR, lists::year(premium.insured_year)),
            field(lists::LABEL_PAID_ON, short_date(premium.paid_on, today)),
            field(lists::LABEL_STATUS, premium.status.label()),
        ],
        note: (premium.status == PremiumStatus::Pending)
            .then(|| lists::PREMIUM_PENDING_NOTE.into()),
    }
}
