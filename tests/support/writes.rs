//! Requests to write, and a ledger in memory that loses answers when it is told to.
#![allow(dead_code, unused_imports, unused_macros, clippy::unwrap_used, clippy::panic)]

use std::collections::{BTreeMap, VecDeque};
use std::sync::{Arc, Mutex, PoisonError};

use gongji_kiosk::domain::money::Money;
use gongji_kiosk::domain::operation::OperationId;
use gongji_kiosk::domain::person::PersonNo;
use gongji_kiosk::records::port::{
    Action, LedgerError, Operation, OperationRequest, Outcome, ProvenFactor, Receipt, WriteRefusal,
};
use jiff::civil::{Date, DateTime, date};

pub const TODAY: Date = date(2026, 11, 20);
pub const NOW: DateTime = TODAY.at(9, 41, 0, 0);

/// The hall's time, standing still.
pub fn clock() -> DateTime {
    NOW
}

pub const PERSON: &str = "31000000000000001234";

pub fn request(action: Action) -> OperationRequest {
    OperationRequest {
        person: PersonNo::new(PERSON),
        action,
        consent: None,
        factor: ProvenFactor::CardPin,
        at: NOW,
        region: "310000".into(),
    }
}

pub fn limit(fen: i64) -> OperationRequest {
    let relative = PersonNo::new("31000000000000005678");
    request(Action::Limit { relative, annual: Some(Money::from_fen(fen)) })
}

pub fn confirmed(acceptance_no: &str) -> Outcome {
    Outcome::Confirmed(Receipt {
        acceptance_no: acceptance_no.into(),
        accepted_at: NOW,
        balance_after: None,
        pending: false,
    })
}

/// Makes a ledger of a type that has `execute` and `reconcile` and answers nothing else.
macro_rules! writes_only {
    ($ledger:ty) => {
        const _: () = {
            use gongji_kiosk::domain::operation::OperationId;
            use gongji_kiosk::domain::period::Period;
            use gongji_kiosk::domain::person::{Insured, PersonNo, QueryPassword};
            use gongji_kiosk::records::port::{
                AccountPage, AccountStatement, AuthorisationRecord, Candidate, CarePage,
                CareStatement, Credential, FamilyAccount, FamilyStatement, FamilyUse, Ledger,
                LedgerError, Operation, Outcome, Overview, Page, PageRequest, PasswordAnswer,
                PremiumDue, PremiumPage,
            };
            use jiff::civil::Date;

            fn nothing<T>() -> Result<T, LedgerError> {
                Err(LedgerError::Unavailable("it only writes".into()))
            }

            impl Ledger for $ledger {
                fn execute(&mut self, operation: &Operation) -> Result<Outcome, LedgerError> {
                    <$ledger>::execute(self, operation)
                }

                fn reconcile(&mut self, id: OperationId) -> Result<Outcome, LedgerError> {
                    <$ledger>::reconcile(self, id)
                }

                fn identify(&mut self, _: &Credential) -> Result<Insured, LedgerError> {
                    nothing()
                }

                fn overview(&mut self, _: &PersonNo, _: Date) -> Result<Overview, LedgerError> {
                    nothing()
                }

                fn account(
                    &mut self,
                    _: &PersonNo,
                    _: Period,
                    _: PageRequest,
                ) -> Result<AccountPage, LedgerError> {
                    nothing()
                }

                fn family_use(
                    &mut self,
                    _: &PersonNo,
                    _: Option<&PersonNo>,
                    _: Period,
                    _: PageRequest,
                ) -> Result<FamilyUse, LedgerError> {
                    nothing()
                }

                fn premiums(
                    &mut self,
                    _: &PersonNo,
                    _: Period,
                    _: PageRequest,
                ) -> Result<PremiumPage, LedgerError> {
                    nothing()
                }

                fn account_statement(
                    &mut self,
                    _: &PersonNo,
                    _: Period,
                ) -> Result<AccountStatement, LedgerError> {
                    nothing()
                }

                fn family_statement(
                    &mut self,
                    _: &PersonNo,
                    _: Period,
                ) -> Result<FamilyStatement, LedgerError> {
                    nothing()
                }

                fn care(
                    &mut self,
                    _: &PersonNo,
                    _: Period,
                    _: PageRequest,
                ) -> Result<CarePage, LedgerError> {
                    nothing()
                }

                fn care_statement(
                    &mut self,
                    _: &PersonNo,
                    _: Period,
                ) -> Result<CareStatement, LedgerError> {
                    nothing()
                }

                fn family_account(
                    &mut self,
                    _: &PersonNo,
                    _: Date,
                ) -> Result<FamilyAccount, LedgerError> {
                    nothing()
                }

                fn authorisations(
                    &mut self,
                    _: &PersonNo,
                    _: Date,
                    _: PageRequest,
                ) -> Result<Page<AuthorisationRecord>, LedgerError> {
                    nothing()
                }

                fn candidate(
                    &mut self,
                    _: &PersonNo,
                    _: &Credential,
                ) -> Result<Candidate, LedgerError> {
                    nothing()
                }

                fn premium_dues(
                    &mut self,
                    _: &PersonNo,
                    _: &PersonNo,
                ) -> Result<Vec<PremiumDue>, LedgerError> {
                    nothing()
                }

                fn check_password(
                    &mut self,
                    _: &PersonNo,
                    _: &QueryPassword,
                ) -> Result<PasswordAnswer, LedgerError> {
                    nothing()
                }
            }
        };
    };
}

pub(crate) use writes_only;

/// What goes wrong with a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// Nothing does.
    None,
    /// It does not arrive.
    Lost,
    /// It is done, and its answer does not arrive.
    AnswerLost,
    /// The adapter panics before it has done anything.
    PanicBefore,
    /// The adapter panics when it has done it.
    PanicAfter,
}

#[derive(Default)]
pub struct Book {
    /// What became of each id.
    pub outcomes: BTreeMap<OperationId, Outcome>,
    /// The ids in the order in which they were done.
    pub done: Vec<OperationId>,
    /// Calls of `execute`.
    pub executed: Vec<OperationId>,
    /// Calls of `reconcile`.
    pub reconciled: Vec<OperationId>,
    /// What goes wrong with the next calls; nothing with those after.
    pub faults: VecDeque<Fault>,
    /// What the next writes are refused for.
    pub refuses: Option<WriteRefusal>,
}

/// A ledger in memory; clones are the same ledger.
#[derive(Clone, Default)]
pub struct MemoryLedger(pub Arc<Mutex<Book>>);

impl MemoryLedger {
    pub fn look<T>(&self, look: impl FnOnce(&mut Book) -> T) -> T {
        look(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }

    pub fn fail(&self, faults: &[Fault]) {
        self.look(|book| book.faults.extend(faults));
    }

    fn call(&self, act: impl FnOnce(&mut Book) -> Outcome) -> Result<Outcome, LedgerError> {
        let fault = self.look(|book| book.faults.pop_front()).unwrap_or(Fault::None);
        if fault == Fault::PanicBefore {
            panic!("before");
        }
        if fault == Fault::Lost {
            return Err(LedgerError::Busy);
        }
        let outcome = self.look(act);
        if fault == Fault::PanicAfter {
            panic!("after");
        }
        if fault == Fault::AnswerLost { Err(LedgerError::Busy) } else { Ok(outcome) }
    }
}

impl MemoryLedger {
    fn execute(&mut self, operation: &Operation) -> Result<Outcome, LedgerError> {
        let id = operation.id;
        self.look(|book| book.executed.push(id));
        self.call(|book| {
            if let Some(known) = book.outcomes.get(&id) {
                return known.clone();
            }
            let outcome = match book.refuses {
                Some(why) => Outcome::Refused(why),
                None => {
                    book.done.push(id);
                    confirmed(&format!("A{:04}", book.done.len()))
                }
            };
            book.outcomes.insert(id, outcome.clone());
            outcome
        })
    }

    fn reconcile(&mut self, id: OperationId) -> Result<Outcome, LedgerError> {
        self.look(|book| book.reconciled.push(id));
        self.call(|book| {
            let voided = Outcome::Refused(WriteRefusal::Voided);
            book.outcomes.entry(id).or_insert(voided).clone()
        })
    }
}

writes_only!(MemoryLedger);
