//! What must be known before a premium is paid, asked of the ledger one thing after the other.

use super::{PayPage, Payee, Remind, Whom, Years};
use crate::domain::account::RelativeRef;
use crate::domain::insurance::InsuranceType;
use crate::domain::person::PersonNo;
use crate::records::port::{
    Candidate, Credential, DueState, FamilyAccount, LedgerError, Member, MemberState, PremiumDue,
};
use crate::visit::cx::Cx;
use crate::visit::event::{Answer, Event, Query, Tap};
use crate::visit::patron::Patron;
use crate::visit::pending::{LedgerTrouble, Pending, Wait};
use crate::visit::state::ignore;
use crate::visit::state::page::{Next, Page};
use crate::visit::state::stuck::{Blocker, Stuck};

/// Waiting for the ledger.
pub(crate) struct Asking {
    step: Step,
    pub pending: Pending,
}

/// What is asked, and all that was learned before.
pub(crate) struct Step {
    question: Question,
    /// The page it was asked from.
    behind: Box<Page>,
}

enum Question {
    /// Who is bound; of them only this one, or all.
    Family(Option<PersonNo>),
    /// What is in the account now.
    Balance(Option<PersonNo>, Box<FamilyAccount>),
    /// How the members are insured, one after the other.
    Insured(Gathering),
    /// What premiums are asked of a relative.
    Dues(Box<Payee>),
    /// Whether a payment of this year can still be taken back.
    Payment(RelativeRef, i16),
}

/// The members, as far as the ledger has told how they are insured.
struct Gathering {
    /// The one asked about now, and those still to be asked about.
    member: Member,
    rest: std::vec::IntoIter<Member>,
    /// Those in 居民医保.
    payees: Vec<Payee>,
    /// Only one was wanted.
    single: bool,
}

/// What an answer has led to.
enum Came {
    Ask(Step),
    Page(Page),
    Stuck(LedgerTrouble, Step),
}

impl Asking {
    /// Begins with the question whose premium it is; or with one relative's.
    pub(crate) fn enter(
        cx: &mut Cx,
        patron: &Patron,
        only: Option<PersonNo>,
        behind: Page,
    ) -> Page {
        Step { question: Question::Family(only), behind: Box::new(behind) }.ask(cx, patron)
    }

    /// Looks whether a payment of a year can be taken back.
    pub(crate) fn payment(
        cx: &mut Cx,
        patron: &Patron,
        relative: RelativeRef,
        insured_year: i16,
        behind: Page,
    ) -> Page {
        let question = Question::Payment(relative, insured_year);
        Step { question, behind: Box::new(behind) }.ask(cx, patron)
    }

    /// Asks what premiums there are of a relative.
    pub(super) fn dues(cx: &mut Cx, patron: &Patron, payee: Payee, behind: Page) -> Page {
        let question = Question::Dues(Box::new(payee));
        Step { question, behind: Box::new(behind) }.ask(cx, patron)
    }

    pub(super) fn handle(
        mut self: Box<Self>,
        cx: &mut Cx,
        patron: &mut Patron,
        event: Event,
    ) -> Next {
        match event {
            Event::Answer { id, result } if self.pending.is(id) => {
                let came = match result {
                    Ok(answer) => self.step.answered(cx, patron, answer),
                    Err(error) => self.step.refused(&error),
                };
                match came {
                    Came::Ask(step) => step.ask(cx, patron).into(),
                    Came::Page(page) => page.into(),
                    Came::Stuck(why, step) => {
                        Stuck::enter(why, Blocker::Pay(Box::new(step))).into()
                    }
                }
            }
            Event::Tick => match self.pending.tick(cx) {
                Wait::GivenUp => {
                    let blocker = Blocker::Pay(Box::new(self.step));
                    Stuck::enter(LedgerTrouble::Silent, blocker).into()
                }
                Wait::On => Page::Pay(PayPage::Asking(self)).into(),
            },
            Event::Tap(Tap::Retry) if self.pending.slow() => self.step.ask(cx, patron).into(),
            Event::Tap(Tap::Back) => self.step.give_up(cx, patron).into(),
            other => {
                ignore(cx, &other);
                Page::Pay(PayPage::Asking(self)).into()
            }
        }
    }
}

impl Step {
    /// Puts the question, for the first time or again.
    pub(crate) fn ask(self, cx: &mut Cx, patron: &Patron) -> Page {
        let (person, today) = (patron.person.psn_no.clone(), cx.today());
        let query = match &self.question {
            Question::Family(_) => Query::FamilyAccount { person, today },
            Question::Balance(..) => Query::Overview { person, today },
            Question::Insured(gathering) => Query::Candidate {
                donor: person,
                credential: Credential::IdNumber(gathering.member.who.id_number.clone()),
            },
            Question::Dues(payee) => {
                let relative = payee.member.who.psn_no.clone();
                Query::PremiumDues { payer: person, relative }
            }
            Question::Payment(relative, _) => {
                Query::PremiumDues { payer: person, relative: relative.psn_no.clone() }
            }
        };
        let pending = cx.ask(query);
        Page::Pay(PayPage::Asking(Box::new(Asking { step: self, pending })))
    }

    /// Back to where it was asked.
    pub(crate) fn give_up(self, cx: &mut Cx, patron: &Patron) -> Page {
        self.behind.resume(cx, patron)
    }

    fn answered(self, cx: &Cx, patron: &mut Patron, answer: Answer) -> Came {
        let Self { question, behind } = self;
        match (question, answer) {
            (Question::Family(only), Answer::FamilyAccount(family)) => {
                Came::Ask(Self { question: Question::Balance(only, family), behind })
            }
            (Question::Balance(only, family), Answer::Overview(overview)) => {
                patron.overview = Some(overview);
                Gathering::begin(only.as_ref(), *family, behind)
            }
            (Question::Insured(gathering), Answer::Candidate(candidate)) => {
                gathering.told(Some(*candidate), behind)
            }
            (Question::Dues(payee), Answer::PremiumDues(dues)) => {
                Came::Page(Years::enter(cx, patron, *payee, dues, behind))
            }
            (Question::Payment(relative, year), Answer::PremiumDues(dues)) => {
                Came::Page(payment(relative, year, dues, behind))
            }
            (question, _) => Came::Stuck(LedgerTrouble::Away, Self { question, behind }),
        }
    }

    /// The ledger gave no answer. A member whom it does not know cannot be paid for; the others can.
    fn refused(self, error: &LedgerError) -> Came {
        let unknown = matches!(
            error,
            LedgerError::UnknownPerson | LedgerError::CredentialMismatch | LedgerError::CodeInvalid
        );
        match self.question {
            Question::Insured(gathering) if unknown => gathering.told(None, self.behind),
            question => Came::Stuck(error.into(), Self { question, behind: self.behind }),
        }
    }
}

impl Gathering {
    /// Begins with the first member whose authorisation holds.
    fn begin(only: Option<&PersonNo>, family: FamilyAccount, behind: Box<Page>) -> Came {
        let wanted = |member: &Member| {
            member.state == MemberState::Active
                && only.is_none_or(|only| member.who.psn_no == *only)
        };
        let members: Vec<Member> = family.members.into_iter().filter(wanted).collect();
        Self::next(members.into_iter(), Vec::new(), only.is_some(), behind)
    }

    fn next(
        mut rest: std::vec::IntoIter<Member>,
        mut payees: Vec<Payee>,
        single: bool,
        behind: Box<Page>,
    ) -> Came {
        if let Some(member) = rest.next() {
            let question = Question::Insured(Self { member, rest, payees, single });
            return Came::Ask(Step { question, behind });
        }
        match payees.pop() {
            Some(payee) if single => {
                Came::Ask(Step { question: Question::Dues(Box::new(payee)), behind })
            }
            last => {
                payees.extend(last);
                Came::Page(Whom::enter(payees, single, behind))
            }
        }
    }

    /// The ledger has told how the member is insured, or that it does not know them.
    fn told(self, candidate: Option<Candidate>, behind: Box<Page>) -> Came {
        let Self { member, rest, mut payees, single } = self;
        let resident = candidate.filter(|candidate| {
            let insured = &candidate.insured;
            insured.psn_no == member.who.psn_no && insured.insurance == InsuranceType::Resident
        });
        let payee = resident.map(|Candidate { insured, birth, .. }| {
            let birth = birth.or_else(|| insured.id_number.birth());
            Payee { member, insured, birth }
        });
        payees.extend(payee);
        Self::next(rest, payees, single, behind)
    }
}

/// The reminder before a payment is taken back, or the word that it is too late.
fn payment(relative: RelativeRef, year: i16, dues: Vec<PremiumDue>, behind: Box<Page>) -> Page {
    let own = |due: PremiumDue| match due.state {
        DueState::Pending { own_payment: Some(payment) } if due.insured_year == year => {
            Some((payment, due.amount))
        }
        _ => None,
    };
    match dues.into_iter().find_map(own) {
        Some((payment, amount)) => Remind::enter(payment, relative, year, amount, behind),
        None => Remind::too_late(relative, year, behind),
    }
}
