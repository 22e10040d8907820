//! Lays out what is printed, from the ledger's rows or from what became of a write.

use std::sync::Arc;

use crate::config::Config;
use crate::domain::period::Period;
use crate::domain::person::Insured;
use crate::records::port::{Ledger, LedgerError};
use crate::statement::{Issuer, PrintSize, Profile, ReceiptFacts, Slip, SlipContext, SlipError};
use crate::visit::event::{Answer, SlipKind};

/// Who gives slips out here, and on which printer.
pub(super) struct Papers {
    issuer: Issuer,
    profile: Profile,
}

impl Papers {
    pub(super) fn new(config: &Config, hotline: Option<String>) -> Self {
        let profile = config.printer.as_ref().map(|p| p.profile()).unwrap_or_default();
        let issuer = Issuer {
            body: config.kiosk.issuing_body.clone(),
            hall: config.kiosk.hall.clone(),
            terminal_no: config.kiosk.terminal_no.clone(),
            hotline,
        };
        Self { issuer, profile }
    }

    pub(super) fn slip(
        &self,
        ledger: &mut dyn Ledger,
        person: &Insured,
        kind: SlipKind,
        period: Period,
        size: PrintSize,
    ) -> Result<Answer, LedgerError> {
        let context = self.context(person, size);
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
        slip.map(drawn).map_err(refused)
    }

    pub(super) fn receipt(
        &self,
        person: &Insured,
        facts: &ReceiptFacts,
        size: PrintSize,
    ) -> Result<Answer, LedgerError> {
        Slip::receipt(facts, &self.context(person, size)).map(drawn).map_err(damaged)
    }

    fn context<'a>(&'a self, insured: &'a Insured, size: PrintSize) -> SlipContext<'a> {
        SlipContext { insured, family: &[], issuer: &self.issuer, profile: self.profile, size }
    }
}

/// The slip with its picture, drawn here so that the screen does not wait for it.
fn drawn(slip: Slip) -> Answer {
    slip.picture();
    Answer::Slip(Arc::new(slip))
}

/// Why there is no statement: a shorter period helps against its length only.
fn refused(error: SlipError) -> LedgerError {
    match error {
        SlipError::TooManyPages(rows) => LedgerError::TooManyRows(rows),
        error => damaged(error),
    }
}

/// Sums that do not agree are a damaged ledger, and never a paper.
fn damaged(error: SlipError) -> LedgerError {
    LedgerError::Unavailable(error.to_string())
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
    fn a_receipt_is_laid_out_from_its_facts_and_a_record_from_the_ledger() {
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
        let papers = Papers { issuer, profile: Profile::default() };
        let facts = ReceiptFacts {
            kind: OperationKind::Release,
            relative: None,
            outcome: ReceiptOutcome::Unknown { asked_at: datetime(2026, 11, 20, 9, 0, 0, 0) },
            reference: "T1-1".into(),
            fields: Vec::new(),
            documents: Vec::new(),
        };
        let size = PrintSize::Large;
        let answer = papers.receipt(&person, &facts, size);
        let Ok(Answer::Slip(slip)) = answer else { panic!("{answer:?}") };
        assert_eq!((slip.kind(), slip.title()), (SlipKind::Authorisation, "解绑回执"));
        assert_eq!((slip.size(), slip.picture().is_some()), (PrintSize::Large, true));

        let (kind, period) = (SlipKind::Care, Period::year(2026).unwrap());
        let answer = papers.slip(&mut ledger, &person, kind, period, size);
        let Ok(Answer::Slip(slip)) = answer else { panic!("{answer:?}") };
        assert_eq!((slip.kind(), slip.title()), (SlipKind::Care, "医保报销记录单"));
        assert!(slip.rows() > 0, "the showcase person has been to a doctor");

        for kind in [SlipKind::Authorisation, SlipKind::Premium] {
            let answer = papers.slip(&mut ledger, &person, kind, period, size);
            let Err(LedgerError::Unavailable(why)) = answer else { panic!("{answer:?}") };
            assert!(why.contains("a receipt is of a write"), "{why}");
        }
    }

    #[test]
    fn only_a_slip_that_is_too_long_asks_for_a_shorter_period() {
        assert_eq!(refused(SlipError::TooManyPages(480)), LedgerError::TooManyRows(480));
        let damaged = refused(SlipError::Totals);
        assert!(matches!(damaged, LedgerError::Unavailable(why) if why.contains("do not add up")));
    }
}
