//! The thread that asks the ledger and writes into it, so that nobody else waits for it. One after the
//! other: while the ledger does not answer one, the others wait.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use crossbeam_channel::{Receiver, RecvTimeoutError, Sender, unbounded};

use crate::config::Config;
use crate::records::port::{Ledger, LedgerError, OperationRequest};
use crate::visit::Limits;
use crate::visit::event::{Answer, Event, JournalNews, Query, QueryId, WriteOutcome};

use super::papers::Papers;
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
        let papers = Papers::new(config, hotline);
        let mut desk = LedgerDesk { ledger, registrar, journal, papers };
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
    papers: Papers,
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
            Query::Receipt { person, facts, size } => self.papers.receipt(&person, &facts, size),
            Query::Slip { person, kind, period, size } => {
                self.papers.slip(&mut **ledger, &person, kind, period, size)
            }
        }
    }
}

#[cfg(test)]
#[path = "clerk_tests.rs"]
mod tests;
