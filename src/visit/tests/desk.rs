//! What a hall needs for writes: rules, a PIN, a journal, and the ways to a review.

use std::sync::{Arc, OnceLock};

use jiff::civil::date;

use super::hall::Hall;
use super::{families, persons};
use crate::domain::money::Money;
use crate::policy::built_in::FILES;
use crate::policy::{Packs, PolicyFile, overlay};
use crate::records::port::{Action, FamilyAccount, OperationRequest, Receipt, WriteRefusal};
use crate::view::model::ViewModel;
use crate::visit::Settings;
use crate::visit::event::{
    Act, Answer, CardNews, Effect, Event, JournalNews, PadKey, PinTrouble, QueryId, Tap,
    WriteOutcome,
};
use crate::visit::settings::Rulebook;
use crate::visit::state::Stage;
use crate::visit::state::home::Home;
use crate::visit::state::write::{Draft, Review};

/// What must be in no effect's `Debug` and on no screen.
pub const PIN: &str = "271828";
/// 受理号 of the tests.
pub const ACCEPTANCE: &str = "SL20261122-0001";
/// 办理编号 of the tests.
pub const REFERENCE: &str = "BL-0042";

/// The built-in packs with these second factors, and this rule for the order of accounts.
fn packs(factors: &str, order: &str) -> Arc<Packs> {
    let national = FILES.iter().find(|file| file.name == "national.toml").unwrap();
    let line = |line: &str| match line.split_once(" = ").map(|(field, _)| field) {
        Some("second_factors") => {
            let (_, rest) = line.split_once(']').unwrap();
            format!("second_factors = {{ value = [{factors}]{rest}\n")
        }
        Some("deduction_order") => format!("{}\n", line.replace("own_then_slots", order)),
        _ => format!("{line}\n"),
    };
    let text: String = national.text.lines().map(line).collect();
    assert!(text.contains(factors) && text.contains(order));
    let files = overlay(&FILES, &[PolicyFile { name: "national.toml", text: &text }]);
    Arc::new(Packs::load(&files).unwrap())
}

fn settings(packs: &Arc<Packs>, region: &str) -> Settings {
    Settings { rules: Some(Rulebook::new(Arc::clone(packs), region)), ..Settings::default() }
}

/// A kiosk where a card's PIN will do, or staff.
pub fn pin_or_staff() -> Settings {
    static PACKS: OnceLock<Arc<Packs>> = OnceLock::new();
    let factors = r#""card_pin", "staff""#;
    settings(PACKS.get_or_init(|| packs(factors, "own_then_slots")), "shanghai")
}

/// A kiosk where a PIN, a query password or staff will do, and one's own account has a place in the
/// order.
pub fn both_factors() -> Settings {
    static PACKS: OnceLock<Arc<Packs>> = OnceLock::new();
    let factors = r#""card_pin", "query_password", "staff""#;
    settings(PACKS.get_or_init(|| packs(factors, "as_bound")), "shanghai")
}

/// A kiosk where only the query password will do.
pub fn password_only() -> Settings {
    static PACKS: OnceLock<Arc<Packs>> = OnceLock::new();
    let factors = r#""query_password""#;
    settings(PACKS.get_or_init(|| packs(factors, "own_then_slots")), "shanghai")
}

/// The ledger's word that it is done.
pub fn receipt() -> Receipt {
    Receipt {
        acceptance_no: ACCEPTANCE.into(),
        accepted_at: date(2026, 11, 22).at(9, 42, 0, 0),
        balance_after: None,
        pending: false,
    }
}

/// Every outcome that a write can have.
pub fn confirmed() -> WriteOutcome {
    WriteOutcome::Confirmed { receipt: receipt(), reference: REFERENCE.into() }
}

/// See [`confirmed`].
pub fn refused(why: WriteRefusal) -> WriteOutcome {
    WriteOutcome::Refused { why, reference: REFERENCE.into() }
}

/// See [`confirmed`].
pub fn unknown() -> WriteOutcome {
    WriteOutcome::Unknown { reference: REFERENCE.into() }
}

impl Hall {
    /// A patron at home, by card, at a kiosk with these settings.
    pub fn served_with(settings: Settings) -> Self {
        let mut hall = Self::with(settings);
        hall.card(CardNews::Inserted);
        hall.card(CardNews::Read(Ok(persons::holder())));
        hall.answer();
        hall.answer();
        assert_eq!(hall.title(), "张*，您好");
        hall
    }

    /// A patron at 家人管理, with this family account.
    pub fn at_family(settings: Settings, account: FamilyAccount) -> Self {
        let mut hall = Self::served_with(settings);
        hall.tap(Tap::Members);
        hall.answer_with(Ok(Answer::FamilyAccount(Box::new(account))));
        assert_eq!(hall.title(), "家人管理");
        hall
    }

    /// A patron who reads what a release of the mother will do.
    pub fn at_review(settings: Settings) -> Self {
        let mut hall = Self::at_family(settings, families::busy());
        for tap in [Tap::Row(0), Tap::Act(Act::Release), Tap::Confirm] {
            hall.tap(tap);
        }
        assert_eq!(hall.footer()[1].as_deref(), Some("确认解除"));
        hall
    }

    /// A patron before the pad of the card's PIN.
    pub fn at_pad() -> Self {
        let mut hall = Self::at_review(pin_or_staff());
        hall.tap(Tap::Confirm);
        assert_eq!(hall.title(), "请输入社保卡密码");
        hall
    }

    /// A write that is on its way.
    pub fn committing() -> Self {
        let mut hall = Self::at_pad();
        hall.prove();
        assert_eq!(hall.title(), "正在办理，请不要拔卡");
        hall
    }

    /// A patron before the review of a write, put together from outside.
    pub fn reviewing(settings: Settings, action: Action) -> Self {
        let mut hall = Self::served_with(settings);
        let draft = Draft {
            action,
            relative: None,
            consent: None,
            fields: vec![("年度限额".into(), "3,000.00 元".into())],
            effects: vec!["家人可以用您的账户。".into()],
            before: Box::new(Home::enter()),
        };
        let Stage::Visit(visit) = &mut hall.kiosk.stage else { panic!("nobody is served") };
        visit.page = Review::enter(draft);
        hall
    }

    /// Digits on the pad.
    pub fn keys(&mut self, digits: &str) {
        for digit in digits.bytes() {
            self.tap(Tap::Key(PadKey::Character(digit)));
        }
    }

    /// The PIN is entered, and the card holds it right.
    pub fn prove(&mut self) {
        self.keys(PIN);
        self.tap(Tap::Confirm);
        self.verified(Ok(()));
    }

    pub fn verified(&mut self, result: Result<(), PinTrouble>) -> Vec<Effect> {
        self.card(CardNews::Verified(result))
    }

    /// The write sent last.
    pub fn operation(&self) -> (QueryId, OperationRequest) {
        self.operations().pop().expect("nothing was written")
    }

    /// All writes sent.
    pub fn operations(&self) -> Vec<(QueryId, OperationRequest)> {
        let sent = |effect: &Effect| match effect {
            Effect::Operate { id, request } => Some((*id, (**request).clone())),
            _ => None,
        };
        self.effects.iter().filter_map(sent).collect()
    }

    /// What became of the write sent last.
    pub fn operated(&mut self, outcome: WriteOutcome) -> Vec<Effect> {
        let (id, _) = self.operation();
        self.step(Event::Operated { id, outcome })
    }

    pub fn journal(&mut self, news: JournalNews) -> Vec<Effect> {
        self.step(Event::Journal(news))
    }

    /// Everything on the screen as text.
    pub fn text(&self) -> String {
        format!("{:?}", self.view())
    }

    /// The screen, as far as it says these words.
    pub fn says(&self, words: &str) -> bool {
        self.text().contains(words)
    }
}

/// An amount of whole yuan.
pub fn yuan(amount: i64) -> Money {
    Money::from_fen(amount * 100)
}

/// Whether a screen has an action at the right of its footer.
pub fn has_primary(view: &ViewModel, tap: Tap) -> bool {
    view.primary.as_ref().is_some_and(|button| button.tap == tap)
}
