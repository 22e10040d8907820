//! The thread that asks the ledger and writes into it, so that nobody else waits for it. One after the
//! other: while the ledger does not answer one, the others wait.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use crossbeam_channel::{Receiver, RecvTimeoutError, Sender, unbounded};

use crate::config::Config;
use crate::domain::period::Period;
use crate::domain::person::Insured;
use crate::records::port::{Ledger, LedgerError, OperationRequest};
use crate::statement::{Issuer, PrintSize, Profile, ReceiptFacts, Slip, SlipContext, SlipError};
use crate::visit::Limits;
use crate::visit::event::{Answer, Event, JournalNews, Query, QueryId, SlipKind, WriteOutcome};

use super::{Registrar, SharedJournal};

/// How often a journal that could not be written is tried again.
const JOURNAL_CHECK: Duration = Duration::from_secs(60);

enum Work {
    Ask(QueryId, Query),
    Operate(QueryId, Box<OperationRequest>, Instant),
}

/// Asks the ledger one question after the other; dropped, it ends after those it was given.
pub(super) struct Clerk {
    questions: Option<Sender<Work>>,
    thread: Option<JoinHandle<()>>,
}

impl Clerk {
    pub(super) fn start(
        ledger: Box<dyn Ledger>,
        registrar: Registrar,
        journal: SharedJournal,
        config: &Config,
        hotline: Option<String>,
        tell: impl Fn(Event) + Send + 'static,
    ) -> std::io::Result<Self> {
        let (questions, inbox) = unbounded();
        let profile = config.printer.as_ref().map(|p| p.profile()).unwrap_or_default();
        let issuer = Issuer {
            body: config.kiosk.issuing_body.clone(),
            hall: config.kiosk.hall.clone(),
            terminal_no: config.kiosk.terminal_no.clone(),
            hotline,
        };
        let mut desk = LedgerDesk { ledger, registrar, journal, issuer, profile };
        let thread = std::thread::Builder::new()
            .name("ledger".into())
            .spawn(move || desk.run(&inbox, &tell))?;
        Ok(Self { questions: Some(questions), thread: Some(thread) })
    }

    pub(super) fn ask(&self, id: QueryId, query: Query) {
        self.send(Work::Ask(id, query));
    }

    pub(super) fn operate(&self, id: QueryId, request: Box<OperationRequest>) {
        self.send(Work::Operate(id, request, Instant::now()));
    }

    fn send(&self, work: Work) {
        if let Some(questions) = &self.questions {
            let _ = questions.send(work);
        }
    }
}

impl Drop for Clerk {
    fn drop(&mut self) {
        self.questions = None;
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

struct LedgerDesk {
    ledger: Box<dyn Ledger>,
    registrar: Registrar,
    journal: SharedJournal,
    issuer: Issuer,
    profile: Profile,
}

impl LedgerDesk {
    fn run(&mut self, inbox: &Receiver<Work>, tell: &impl Fn(Event)) {
        let mut check_at = Instant::now() + JOURNAL_CHECK;
        loop {
            let wake = self.registrar.due().map_or(check_at, |due| due.min(check_at));
            match inbox.recv_deadline(wake) {
                Ok(Work::Ask(id, query)) => tell(self.ask(id, query)),
                Ok(Work::Operate(id, request, asked)) => tell(self.operate(id, *request, asked)),
                Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) => return,
            }
            self.registrar.reconcile(&mut *self.ledger);
            if Instant::now() >= check_at {
                check_at = Instant::now() + JOURNAL_CHECK;
                if self.journal.news() == JournalNews::Full {
                    self.journal.check();
                }
            }
        }
    }

    fn ask(&mut self, id: QueryId, query: Query) -> Event {
        // A panic in the ledger's adapter costs this answer and not the thread.
        let result = catch_unwind(AssertUnwindSafe(|| self.answer(query))).unwrap_or_else(|_| {
            Err(LedgerError::Unavailable(String::from("the ledger's adapter panicked")))
        });
        if let Err(e) = &result {
            log::warn!("ledger.refused query={} reason={e:?}", id.0);
        }
        let silent = matches!(result, Err(LedgerError::Busy | LedgerError::Unavailable(_)));
        self.registrar.heard(!silent);
        Event::Answer { id, result }
    }

    fn operate(&mut self, id: QueryId, request: OperationRequest, asked: Instant) -> Event {
        // The patron has been told by now that nothing is known of it: then it is not begun any more.
        let patience = Duration::from_millis(Limits::default().ledger_give_up_ms);
        let outcome = if asked.elapsed() >= patience {
            log::warn!("operation.not_begun it waited too long query={}", id.0);
            WriteOutcome::NotBegun
        } else {
            self.registrar.operate(&mut *self.ledger, request)
        };
        Event::Operated { id, outcome }
    }

    fn answer(&mut self, query: Query) -> Result<Answer, LedgerError> {
        let ledger = &mut self.ledger;
        match query {
            Query::Identify(credential) => ledger.identify(&credential).map(Answer::Identified),
            Query::Overview { person, today } => {
                ledger.overview(&person, today).map(Answer::Overview)
            }
            Query::Account { person, period, page } => {
                ledger.account(&person, period, page).map(Answer::Account)
            }
            Query::FamilyUse { person, relative, period, page } => {
                ledger.family_use(&person, relative.as_ref(), period, page).map(Answer::FamilyUse)
            }
            Query::Premiums { person, period, page } => {
                ledger.premiums(&person, period, page).map(Answer::Premiums)
            }
            Query::Care { person, period, page } => {
                ledger.care(&person, period, page).map(Answer::Care)
            }
            Query::FamilyAccount { person, today } => {
                let account = ledger.family_account(&person, today);
                account.map(|account| Answer::FamilyAccount(Box::new(account)))
            }
            Query::Authorisations { person, today, page } => {
                ledger.authorisations(&person, today, page).map(Answer::Authorisations)
            }
            Query::Candidate { donor, credential } => {
                let candidate = ledger.candidate(&donor, &credential);
                candidate.map(|candidate| Answer::Candidate(Box::new(candidate)))
            }
            Query::PremiumDues { payer, relative } => {
                ledger.premium_dues(&payer, &relative).map(Answer::PremiumDues)
            }
            Query::CheckPassword { person, password } => {
                ledger.check_password(&person, &password).map(Answer::Password)
            }
            Query::Receipt { person, facts, size } => self.receipt(&person, &facts, size),
            Query::Slip { person, kind, period, size } => self.slip(&person, kind, period, size),
        }
    }

    fn slip(
        &mut self,
        person: &Insured,
        kind: SlipKind,
        period: Period,
        size: PrintSize,
    ) -> Result<Answer, LedgerError> {
        let ledger = &mut self.ledger;
        let context = context(person, &self.issuer, self.profile, size);
        let slip = match kind {
            SlipKind::Account => {
                Slip::account(&ledger.account_statement(&person.psn_no, period)?, &context)
            }
            SlipKind::Family => {
                Slip::family(&ledger.family_statement(&person.psn_no, period)?, &context)
            }
            SlipKind::Care => Slip::care(&ledger.care_statement(&person.psn_no, period)?, &context),
            SlipKind::Authorisation | SlipKind::Premium => {
                let why = "a receipt is of a write, and no ledger has rows for it";
                return Err(LedgerError::Unavailable(String::from(why)));
            }
        };
        match slip {
            Err(SlipError::TooManyPages(rows)) => Err(LedgerError::TooManyRows(rows)),
            slip => drawn(slip),
        }
    }

    fn receipt(
        &self,
        person: &Insured,
        facts: &ReceiptFacts,
        size: PrintSize,
    ) -> Result<Answer, LedgerError> {
        drawn(Slip::receipt(facts, &context(person, &self.issuer, self.profile, size)))
    }
}

fn context<'a>(
    insured: &'a Insured,
    issuer: &'a Issuer,
    profile: Profile,
    size: PrintSize,
) -> SlipContext<'a> {
    SlipContext { insured, family: &[], issuer, profile, size }
}

/// The slip with its picture, drawn here so that the screen does not wait for it.
fn drawn(slip: Result<Slip, SlipError>) -> Result<Answer, LedgerError> {
    // Sums that do not agree are a damaged ledger, and never a paper.
    let slip = slip.map_err(|e| LedgerError::Unavailable(e.to_string()))?;
    slip.picture();
    Ok(Answer::Slip(Arc::new(slip)))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::panic)]
    use jiff::civil::{date, datetime};

    use super::*;
    use crate::domain::operation::OperationKind;
    use crate::records::embedded::EmbeddedLedger;
    use crate::records::generate::{self, GenerateOptions};
    use crate::records::port::Credential;
    use crate::statement::ReceiptOutcome;

    #[test]
    fn a_receipt_is_laid_out_from_its_facts_and_never_from_the_ledger() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("records.db");
        let today = date(2026, 11, 20);
        let options = GenerateOptions { persons: 12, years: 1, seed: 5, today };
        generate::generate(&options, &path, &mut |_, _| {}).unwrap();
        let number = generate::showcase(&path).unwrap().number.clone();
        let mut ledger = EmbeddedLedger::open(&path).unwrap();
        let person = ledger.identify(&Credential::Card { number, id_number: None }).unwrap();
        let issuer = Issuer {
            body: "市医疗保障局".into(),
            hall: "大厅".into(),
            terminal_no: "T1".into(),
            hotline: None,
        };
        let mut desk = LedgerDesk { ledger: Box::new(ledger), issuer, profile: Profile::default() };
        let facts = Box::new(ReceiptFacts {
            kind: OperationKind::Release,
            relative: None,
            outcome: ReceiptOutcome::Unknown { asked_at: datetime(2026, 11, 20, 9, 0, 0, 0) },
            reference: "T1-1".into(),
            fields: Vec::new(),
            documents: Vec::new(),
        });
        let size = PrintSize::Large;
        let answer = desk.answer(Query::Receipt { person: person.clone(), facts, size });
        let Ok(Answer::Slip(slip)) = answer else { panic!("{answer:?}") };
        assert_eq!((slip.kind(), slip.title()), (SlipKind::Authorisation, "解绑回执"));
        assert_eq!((slip.size(), slip.picture().is_some()), (PrintSize::Large, true));

        for kind in [SlipKind::Authorisation, SlipKind::Premium] {
            let period = Period::year(2026).unwrap();
            let answer = desk.answer(Query::Slip { person: person.clone(), kind, period, size });
            let Err(LedgerError::Unavailable(why)) = answer else { panic!("{answer:?}") };
            assert!(why.contains("a receipt is of a write"), "{why}");
        }
    }
}
