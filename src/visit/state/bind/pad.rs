//! Something is typed: a document number, a card number, a telephone number, an amount.

use zeroize::Zeroizing;

use super::BindPage;
use super::amount::{AmountFault, Amounts, amount_fault};
use super::limit::Limits;
use super::looking::Looking;
use super::quest::{Quest, Step};
use super::refused::Refused;
use super::who::Who;
use crate::domain::id_number::{IdNumber, IdNumberError};
use crate::domain::money::Money;
use crate::policy::rules::{LimitAnswer, annual_limit};
use crate::visit::cx::Cx;
use crate::visit::entered::Entered;
use crate::visit::event::{Event, PadKey, Tap};
use crate::visit::patron::Patron;
use crate::visit::state::ignore;
use crate::visit::state::page::{Next, Page};

/// Characters of a document number (GB 11643).
const ID_NUMBER_LENGTH: u8 = 18;
/// Characters of the number of a current 社会保障卡.
const CARD_NUMBER_LENGTH: u8 = 9;
/// Digits of a mobile telephone number.
const PHONE_LENGTH: u8 = 11;
/// Most digits of an amount in whole yuan.
const YUAN_DIGITS_MAX: u8 = 6;
/// So often a card number may be typed that the ledger does not know as the relative's.
pub(crate) const CARD_NUMBER_TRIES_MAX: u8 = 3;

/// What is typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum PadKind {
    /// The relative's document number.
    IdNumber,
    /// The number of the relative's card.
    CardNumber,
    /// The relative's telephone number.
    Phone,
    /// The most a year, in yuan.
    Limit,
    /// The amount to move or to lock, in yuan.
    Amount,
}

/// What is wrong with what was typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum PadFault {
    /// It is no document number.
    IdNumber(IdNumberError),
    /// It is the patron's own.
    Own,
    /// It is not the number of the relative's card; so many tries are left.
    CardNumber { tries_left: u8 },
    /// It is no mobile telephone number.
    Phone,
    /// The region does not take this limit.
    Limit(LimitAnswer),
    /// The amount cannot be.
    Amount(AmountFault),
}

impl PadKind {
    /// Most characters, and whether fewer will do.
    pub(crate) fn length(self) -> (u8, bool) {
        match self {
            Self::IdNumber => (ID_NUMBER_LENGTH, false),
            Self::CardNumber => (CARD_NUMBER_LENGTH, false),
            Self::Phone => (PHONE_LENGTH, false),
            Self::Limit | Self::Amount => (YUAN_DIGITS_MAX, true),
        }
    }

    /// The characters it takes.
    fn takes(self) -> fn(u8) -> bool {
        match self {
            Self::IdNumber => |c| c.is_ascii_digit() || c == b'X',
            Self::CardNumber => |c| c.is_ascii_digit() || c.is_ascii_uppercase(),
            Self::Phone | Self::Limit | Self::Amount => |c| c.is_ascii_digit(),
        }
    }
}

/// The pad and what is in.
pub(crate) struct Pad {
    pub quest: Box<Quest>,
    pub kind: PadKind,
    entered: Entered,
    pub fault: Option<PadFault>,
}

impl Pad {
    pub(super) fn enter(quest: Box<Quest>, kind: PadKind) -> Page {
        let entered = Entered::of(kind.length().0, kind.takes());
        Page::Bind(BindPage::Pad(Self { quest, kind, entered, fault: None }))
    }

    /// As much is in as is wanted.
    pub(crate) fn complete(&self) -> bool {
        let (most, fewer) = self.kind.length();
        if fewer { self.filled() > 0 } else { self.filled() == most }
    }

    /// How many characters are in.
    pub(crate) fn filled(&self) -> u8 {
        self.entered.count()
    }

    /// What is in; it is shown as it is typed, so that it can be compared.
    pub(crate) fn typed(&self) -> &str {
        self.entered.reveal()
    }

    pub(crate) fn handle(mut self, cx: &mut Cx, patron: &Patron, event: Event) -> Next {
        match event {
            Event::Tap(Tap::Key(key)) if self.entered.key(key) => self.fault = None,
            Event::Tap(Tap::Confirm) if self.complete() => return self.confirm(cx, patron).into(),
            Event::Tap(Tap::Back) => return self.back().into(),
            other => ignore(cx, &other),
        }
        self.page().into()
    }

    fn page(self) -> Page {
        Page::Bind(BindPage::Pad(self))
    }

    fn back(self) -> Page {
        match self.kind {
            PadKind::IdNumber => Who::enter(self.quest, None),
            PadKind::CardNumber | PadKind::Phone => self.quest.back(),
            PadKind::Limit => Limits::enter(self.quest),
            PadKind::Amount => Amounts::enter(self.quest),
        }
    }

    fn wrong(mut self, fault: PadFault) -> Page {
        self.fault = Some(fault);
        self.page()
    }

    fn confirm(mut self, cx: &mut Cx, patron: &Patron) -> Page {
        match self.kind {
            PadKind::IdNumber => self.id_number(cx, patron),
            PadKind::CardNumber => self.card_number(cx, patron),
            PadKind::Phone if is_mobile(self.typed()) => {
                self.quest.phone = Some(self.copy());
                self.quest.answered(Step::Phone, cx, patron)
            }
            PadKind::Phone => self.wrong(PadFault::Phone),
            PadKind::Limit => {
                let wanted = self.yuan();
                match annual_limit(&self.quest.policy, wanted) {
                    LimitAnswer::Allowed | LimitAnswer::MayBeTooHigh { .. } => {
                        self.quest.limit = Some(Some(wanted));
                        self.quest.answered(Step::Limit, cx, patron)
                    }
                    fault => self.wrong(PadFault::Limit(fault)),
                }
            }
            PadKind::Amount => {
                let wanted = self.yuan();
                match amount_fault(&self.quest, patron, cx.today(), wanted) {
                    None => {
                        self.quest.amount = Some(Some(wanted));
                        self.quest.answered(Step::Amount, cx, patron)
                    }
                    Some(fault) => self.wrong(PadFault::Amount(fault)),
                }
            }
        }
    }

    fn id_number(self, cx: &mut Cx, patron: &Patron) -> Page {
        match IdNumber::parse(self.typed()) {
            Err(error) => self.wrong(PadFault::IdNumber(error)),
            Ok(number) if number.upgraded() == patron.person.id_number.upgraded() => {
                self.wrong(PadFault::Own)
            }
            Ok(number) => Looking::typed(cx, patron, self.quest, number),
        }
    }

    /// What the ledger knows as the relative's card must be what was typed.
    fn card_number(mut self, cx: &Cx, patron: &Patron) -> Page {
        let known = self.quest.found.as_ref().and_then(|found| found.candidate.card.as_ref());
        if known.is_none_or(|card| card.reveal() == self.typed()) {
            self.quest.card = Some(self.copy());
            return self.quest.answered(Step::CardNumber, cx, patron);
        }
        self.quest.card_tries = self.quest.card_tries.saturating_add(1);
        match CARD_NUMBER_TRIES_MAX.saturating_sub(self.quest.card_tries) {
            0 => Refused::wrong_card_number(self.quest),
            tries_left => {
                self.entered.key(PadKey::Clear);
                self.wrong(PadFault::CardNumber { tries_left })
            }
        }
    }

    /// The amount typed; its digits always fit.
    fn yuan(&self) -> Money {
        self.typed().parse().unwrap_or(Money::ZERO)
    }

    /// What is in, to be kept; it is wiped too.
    fn copy(&self) -> Zeroizing<String> {
        Zeroizing::new(self.typed().to_owned())
    }
}

/// Mobile numbers have eleven digits and begin with 13 to 19.
fn is_mobile(number: &str) -> bool {
    let mut digits = number.bytes();
    number.len() == usize::from(PHONE_LENGTH)
        && digits.next() == Some(b'1')
        && digits.next().is_some_and(|second| (b'3'..=b'9').contains(&second))
}

#[cfg(test)]
mod tests {
    #[test]
    fn mobile_numbers_are_told_from_others() {
        for (number, is) in [
            ("13800001234", true),
            ("19912345678", true),
            ("12345678901", false),
            ("23800001234", false),
            ("1380000123", false),
            ("02155551234", false),
        ] {
            assert_eq!(super::is_mobile(number), is, "{number}");
        }
    }
}
