//! The thread that asks the ledger, so that nobody else waits for it.

use std::sync::Arc;
use std::thread::JoinHandle;

use crossbeam_channel::{Receiver, Sender, unbounded};

use crate::config::Config;
use crate::domain::period::Period;
use crate::domain::person::Insured;
use crate::records::port::{Ledger, LedgerError};
use crate::statement::{Issuer, PrintSize, Profile, Slip, SlipContext};
use crate::visit::event::{Answer, Query, QueryId, SlipKind};

type Asked = (QueryId, Query);

/// Asks the ledger one question after the other; dropped, it ends after the one under way.
pub(super) struct Clerk {
    questions: Option<Sender<Asked>>,
    thread: Option<JoinHandle<()>>,
}

impl Clerk {
    pub(super) fn start(
        ledger: Box<dyn Ledger>,
        config: &Config,
        hotline: Option<String>,
        answer: impl Fn(QueryId, Result<Answer, LedgerError>) + Send + 'static,
    ) -> std::io::Result<Self> {
        let (questions, inbox) = unbounded();
        let profile = config.printer.as_ref().map(|p| p.profile()).unwrap_or_default();
        let issuer = Issuer {
            body: config.kiosk.issuing_body.clone(),
            hall: config.kiosk.hall.clone(),
            terminal_no: config.kiosk.terminal_no.clone(),
            hotline,
        };
        let mut desk = LedgerDesk { ledger, issuer, profile };
        let thread = std::thread::Builder::new()
            .name("ledger".into())
            .spawn(move || desk.run(&inbox, &answer))?;
        Ok(Self { questions: Some(questions), thread: Some(thread) })
    }

    pub(super) fn ask(&self, id: QueryId, query: Query) {
        if let Some(questions) = &self.questions {
            let _ = questions.send((id, query));
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
    issuer: Issuer,
    profile: Profile,
}

impl LedgerDesk {
    fn run(
        &mut self,
        inbox: &Receiver<Asked>,
        answer: &impl Fn(QueryId, Result<Answer, LedgerError>),
    ) {
        for (id, query) in inbox {
            let result = self.answer(query);
            if let Err(e) = &result {
                log::warn!("ledger.refused query={} reason={e:?}", id.0);
            }
            answer(id, result);
        }
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
            Query::Receipt { .. } => {
                Err(LedgerError::Unavailable(String::from("no receipt can be laid out yet")))
            }
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
        let (issuer, profile) = (&self.issuer, self.profile);
        let context = SlipContext { insured: person, family: &[], issuer, profile, size };
        let slip = match kind {
            SlipKind::Account => {
                let data = self.ledger.account_statement(&person.psn_no, period)?;
                Slip::account(&data, &context)
            }
            SlipKind::Family => {
                let data = self.ledger.family_statement(&person.psn_no, period)?;
                Slip::family(&data, &context)
            }
            SlipKind::Care | SlipKind::Authorisation | SlipKind::Premium => {
                return Err(LedgerError::Unavailable(String::from("no such slip yet")));
            }
        };
        // Sums that do not agree are a damaged ledger, and never a paper.
        let slip = slip.map_err(|e| LedgerError::Unavailable(e.to_string()))?;
        // Drawn here, so that the screen does not wait for it.
        slip.picture();
        Ok(Answer::Slip(Arc::new(slip)))
    }
}
