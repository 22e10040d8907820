//! A ledger that answers when a test lets it, or whose answers get lost.

use std::sync::{Arc, Condvar, Mutex, PoisonError};

use gongji_kiosk::domain::operation::OperationId;
use gongji_kiosk::domain::period::Period;
use gongji_kiosk::domain::person::{Insured, PersonNo, QueryPassword};
use gongji_kiosk::records::port::{
    AccountPage, AccountStatement, AuthorisationRecord, Candidate, CarePage, CareStatement,
    Credential, FamilyAccount, FamilyStatement, FamilyUse, Ledger, LedgerError, Operation, Outcome,
    Overview, Page, PageRequest, PasswordAnswer, PremiumDue, PremiumPage,
};
use jiff::civil::Date;

/// How the way to a ledger is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Way {
    Open,
    /// Questions wait.
    Shut,
    /// Questions do not arrive.
    Cut,
    /// The next write arrives and is done; its answer does not, nor does any question after it.
    CutBehindAWrite,
}

/// Opens and shuts the way to a ledger. When the last hand lets go of it, the way is open.
pub struct Gate(Arc<(Mutex<Way>, Condvar)>);

impl Gate {
    /// A gate, open, and `ledger` behind it.
    pub fn before(ledger: impl Ledger) -> (Self, Gated<impl Ledger>) {
        let state = Arc::new((Mutex::new(Way::Open), Condvar::new()));
        (Self(Arc::clone(&state)), Gated { ledger, state })
    }

    /// Questions wait from now on.
    pub fn shut(&self) {
        self.set(Way::Shut);
    }

    /// Questions that wait go on.
    pub fn open(&self) {
        self.set(Way::Open);
    }

    /// No question arrives from now on: each is answered by the line, which is dead.
    pub fn cut(&self) {
        self.set(Way::Cut);
    }

    /// The next write is done and its answer lost; then the line is dead.
    pub fn cut_behind_a_write(&self) {
        self.set(Way::CutBehindAWrite);
    }

    fn set(&self, way: Way) {
        *self.0.0.lock().unwrap_or_else(PoisonError::into_inner) = way;
        self.0.1.notify_all();
    }
}

impl Drop for Gate {
    fn drop(&mut self) {
        // The kiosk's own end must not wait for a test that has failed.
        self.open();
    }
}

/// A ledger behind a [`Gate`].
pub struct Gated<L> {
    ledger: L,
    state: Arc<(Mutex<Way>, Condvar)>,
}

impl<L> Gated<L> {
    fn pass(&mut self) -> Result<&mut L, LedgerError> {
        let (way, changed) = &*self.state;
        let way = way.lock().unwrap_or_else(PoisonError::into_inner);
        let way = changed.wait_while(way, |way| *way == Way::Shut);
        match *way.unwrap_or_else(PoisonError::into_inner) {
            Way::Cut => Err(dead()),
            Way::Open | Way::Shut | Way::CutBehindAWrite => Ok(&mut self.ledger),
        }
    }

    /// Whether the answer to a write is lost; the line is dead from then on.
    fn loses_the_answer(&self) -> bool {
        let mut way = self.state.0.lock().unwrap_or_else(PoisonError::into_inner);
        let lost = *way == Way::CutBehindAWrite;
        if lost {
            *way = Way::Cut;
        }
        lost
    }
}

fn dead() -> LedgerError {
    LedgerError::Unavailable("the line is dead".into())
}

impl<L: Ledger> Ledger for Gated<L> {
    fn identify(&mut self, credential: &Credential) -> Result<Insured, LedgerError> {
        self.pass()?.identify(credential)
    }

    fn overview(&mut self, person: &PersonNo, today: Date) -> Result<Overview, LedgerError> {
        self.pass()?.overview(person, today)
    }

    fn account(
        &mut self,
        person: &PersonNo,
        period: Period,
        page: PageRequest,
    ) -> Result<AccountPage, LedgerError> {
        self.pass()?.account(person, period, page)
    }

    fn family_use(
        &mut self,
        person: &PersonNo,
        relative: Option<&PersonNo>,
        period: Period,
        page: PageRequest,
    ) -> Result<FamilyUse, LedgerError> {
        self.pass()?.family_use(person, relative, period, page)
    }

    fn premiums(
        &mut self,
        person: &PersonNo,
        period: Period,
        page: PageRequest,
    ) -> Result<PremiumPage, LedgerError> {
        self.pass()?.premiums(person, period, page)
    }

    fn account_statement(
        &mut self,
        person: &PersonNo,
        period: Period,
    ) -> Result<AccountStatement, LedgerError> {
        self.pass()?.account_statement(person, period)
    }

    fn family_statement(
        &mut self,
        person: &PersonNo,
        period: Period,
    ) -> Result<FamilyStatement, LedgerError> {
        self.pass()?.family_statement(person, period)
    }

    fn care(
        &mut self,
        person: &PersonNo,
        period: Period,
        page: PageRequest,
    ) -> Result<CarePage, LedgerError> {
        self.pass()?.care(person, period, page)
    }

    fn care_statement(
        &mut self,
        person: &PersonNo,
        period: Period,
    ) -> Result<CareStatement, LedgerError> {
        self.pass()?.care_statement(person, period)
    }

    fn family_account(
        &mut self,
        person: &PersonNo,
        today: Date,
    ) -> Result<FamilyAccount, LedgerError> {
        self.pass()?.family_account(person, today)
    }

    fn authorisations(
        &mut self,
        person: &PersonNo,
        today: Date,
        page: PageRequest,
    ) -> Result<Page<AuthorisationRecord>, LedgerError> {
        self.pass()?.authorisations(person, today, page)
    }

    fn candidate(
        &mut self,
        donor: &PersonNo,
        credential: &Credential,
    ) -> Result<Candidate, LedgerError> {
        self.pass()?.candidate(donor, credential)
    }

    fn premium_dues(
        &mut self,
        payer: &PersonNo,
        relative: &PersonNo,
    ) -> Result<Vec<PremiumDue>, LedgerError> {
        self.pass()?.premium_dues(payer, relative)
    }

    fn check_password(
        &mut self,
        person: &PersonNo,
        password: &QueryPassword,
    ) -> Result<PasswordAnswer, LedgerError> {
        self.pass()?.check_password(person, password)
    }

    fn execute(&mut self, operation: &Operation) -> Result<Outcome, LedgerError> {
        let outcome = self.pass()?.execute(operation);
        if self.loses_the_answer() { Err(dead()) } else { outcome }
    }

    fn reconcile(&mut self, id: OperationId) -> Result<Outcome, LedgerError> {
        self.pass()?.reconcile(id)
    }
}
