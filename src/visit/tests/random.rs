//! Any events in any order.

use std::collections::HashSet;

use proptest::prelude::*;

use super::hall::Hall;
use super::{desk, families, persons};
use crate::domain::person::InsuranceCode;
use crate::records::port::{LedgerError, PasswordAnswer, WriteRefusal};
use crate::view::model::{PageView, ViewModel};
use crate::visit::event::{
    self, Act, Answer, CardNews, CardTrouble, CodeNews, DocumentHolder, DocumentNews,
    DocumentTrouble, Effect, Event, JournalNews, PadKey, PinTrouble, PrintEnd, PrintId, PrintSize,
    PrinterNews, PrinterTrouble, Query, QueryId, SlipKind, Tap, WriteOutcome,
};
use crate::visit::state::Stage;
use crate::visit::state::bind::BindPage;
use crate::visit::state::page::Page;

/// What may happen next; what depends on the kiosk is made when it happens.
#[derive(Clone, Debug)]
pub enum Move {
    Offered(prop::sample::Index),
    Tap(Tap),
    Card(CardNews),
    Document(DocumentNews),
    Code(CodeNews),
    Trouble(Option<PrinterTrouble>),
    Answer,
    /// The ledger names the other person, if it is asked who it is.
    Other,
    Fail(LedgerError),
    /// The ledger tells of a family with everything in it, if it is asked for one.
    Busy,
    Password(PasswordAnswer),
    Verified(Result<(), PinTrouble>),
    /// Of the write sent last, or of none.
    Operated(WriteOutcome, bool),
    Journal(JournalNews),
    Stale(u64),
    Started,
    Progress(u16),
    Ended(PrintEnd, bool),
    Wait(u64),
}

fn any_tap() -> impl Strategy<Value = Tap> {
    use Tap::*;
    prop_oneof![
        prop::sample::select(vec![
            CallStaff,
            StaffDone,
            Help,
            Back,
            Home,
            Finish,
            StillHere,
            Retry,
            Account,
            Family,
            Premiums,
            Slips,
            Members,
            AddMember,
            Confirm,
            Skip,
            Act(self::Act::Limit),
            Act(self::Act::Release),
            Act(self::Act::Order),
            Act(self::Act::Donors),
            Act(self::Act::Records),
            Act(self::Act::Invitation),
            Act(self::Act::Decline),
            Act(self::Act::Receipt),
            Key(PadKey::Erase),
            Key(PadKey::Clear),
            NextPage,
            PreviousPage,
            ChoosePeriod,
            UsePeriod,
            PrintNow,
            StopPrinting,
            WaitForPaper,
            PrintAgain,
            Reveal,
            Relative(None),
            Slip(SlipKind::Account),
            Slip(SlipKind::Family),
            Slip(SlipKind::Care),
            Care,
            PayPremium,
            Confirm,
            Act(self::Act::CancelPremium),
            Size(PrintSize::Normal),
            Size(PrintSize::Large),
        ]),
        prop::sample::select(super::bind::ACTS.to_vec()).prop_map(Act),
        (any::<i16>(), any::<i16>()).prop_map(|(x, y)| Pen(event::Pen::To(x, y))),
        any::<u8>().prop_map(Row),
        any::<u8>().prop_map(|key| Key(PadKey::Character(key))),
        any::<u8>().prop_map(|n| Relative(Some(n))),
        any::<u8>().prop_map(QuickPeriod),
        any::<i8>().prop_map(Year),
        any::<u8>().prop_map(Month),
    ]
}

fn any_trouble() -> impl Strategy<Value = Option<PrinterTrouble>> {
    use PrinterTrouble::*;
    prop::sample::select(vec![
        None,
        None,
        None,
        Some(PaperOut),
        Some(CoverOpen),
        Some(HeadHot),
        Some(Broken),
        Some(Away),
    ])
}

fn any_card() -> impl Strategy<Value = CardNews> {
    use CardTrouble::*;
    prop_oneof![
        4 => Just(CardNews::Inserted),
        2 => Just(CardNews::Removed),
        6 => Just(CardNews::Read(Ok(persons::holder()))),
        1 => Just(CardNews::Read(Ok(persons::other_holder()))),
        2 => prop::sample::select(vec![PulledOut, Mute, NotSocialCard, Unreadable, ReaderAway])
            .prop_map(|trouble| CardNews::Read(Err(trouble))),
        2 => any::<bool>().prop_map(|working| CardNews::Reader { working }),
    ]
}

fn any_document() -> impl Strategy<Value = DocumentNews> {
    use DocumentTrouble::*;
    let expired = Some(jiff::civil::date(2026, 11, 21));
    prop_oneof![
        4 => Just(DocumentNews::Read(Ok(persons::document()))),
        4 => Just(DocumentNews::Read(Ok(persons::other_document()))),
        1 => Just(DocumentNews::Read(Ok(DocumentHolder { expires: expired, ..persons::document() }))),
        2 => prop::sample::select(vec![LiftedOff, Unreadable, NotGenuine])
            .prop_map(|trouble| DocumentNews::Read(Err(trouble))),
        3 => Just(DocumentNews::Placed),
        4 => Just(DocumentNews::Lifted),
        2 => any::<bool>().prop_map(|working| DocumentNews::Reader { working }),
    ]
}

fn any_code() -> impl Strategy<Value = CodeNews> {
    prop_oneof![
        4 => prop::sample::select(vec![persons::CODE, "OTHERCODE"])
            .prop_map(|text| CodeNews::Scanned(InsuranceCode::new(text))),
        1 => any::<bool>().prop_map(|working| CodeNews::Scanner { working }),
    ]
}

fn any_end() -> impl Strategy<Value = PrintEnd> {
    prop_oneof![
        Just(PrintEnd::Printed),
        (0..4u16).prop_map(|pages| PrintEnd::Unknown { pages }),
        (0..4u16, any_trouble()).prop_map(|(pages, trouble)| PrintEnd::Failed { pages, trouble }),
    ]
}

fn any_error() -> impl Strategy<Value = LedgerError> {
    prop::sample::select(vec![
        LedgerError::UnknownPerson,
        LedgerError::CardReportedLost,
        LedgerError::CredentialMismatch,
        LedgerError::CodeInvalid,
        LedgerError::Busy,
        LedgerError::Unavailable("x".into()),
        LedgerError::TooManyRows(500),
    ])
}

fn any_password() -> impl Strategy<Value = PasswordAnswer> {
    use PasswordAnswer::*;
    prop::sample::select(vec![Wrong { tries_left: 1 }, Wrong { tries_left: 4 }, Locked, NotSet])
}

fn any_verdict() -> impl Strategy<Value = Result<(), PinTrouble>> {
    use PinTrouble::*;
    let wrong = Err(Wrong { tries_left: 2 });
    prop::sample::select(vec![
        Ok(()),
        Ok(()),
        wrong,
        wrong,
        Err(Blocked),
        Err(NotPossible),
        Err(Unknown),
    ])
}

fn any_outcome() -> impl Strategy<Value = WriteOutcome> {
    prop_oneof![
        3 => Just(desk::confirmed()),
        1 => Just(desk::unknown()),
        1 => Just(WriteOutcome::NotBegun),
        1 => prop::sample::select(WriteRefusal::ALL).prop_map(desk::refused),
    ]
}

/// Where a sequence begins: deep states are rarely reached by chance.
pub fn any_start() -> impl Strategy<Value = fn() -> Hall> {
    let starts: Vec<fn() -> Hall> = vec![
        Hall::new,
        Hall::at_home,
        Hall::home_by_document,
        Hall::home_by_code,
        Hall::typing,
        Hall::typing_password,
        Hall::proving,
        Hall::home_by_typing,
        Hall::asked_for_whom,
        Hall::home_with_rules,
        Hall::paying,
        Hall::at_a_premium,
        Hall::reminded,
        Hall::previewing,
        || Hall::printing().0,
        || Hall::at_family(desk::both_factors(), families::busy()),
        || Hall::at_review(desk::pin_or_staff()),
        || Hall::at_review(desk::both_factors()),
        Hall::at_pad,
        || {
            let mut hall = Hall::at_family(desk::both_factors(), families::busy());
            hall.tap(Tap::Act(Act::Donors));
            hall.tap(Tap::Act(Act::Order));
            hall
        },
        || {
            let mut hall = Hall::at_family(desk::both_factors(), families::busy());
            hall.tap(Tap::Row(1));
            hall.tap(Tap::Act(Act::Quota));
            hall
        },
        Hall::committing,
        || {
            let mut hall = Hall::committing();
            hall.operated(desk::confirmed());
            hall
        },
    ];
    let starts = [starts, super::bind::starts()].concat();
    prop::sample::select(starts)
}

pub fn any_move() -> impl Strategy<Value = Move> {
    prop_oneof![
        16 => any::<prop::sample::Index>().prop_map(Move::Offered),
        3 => any_tap().prop_map(Move::Tap),
        6 => any_card().prop_map(Move::Card),
        5 => any_document().prop_map(Move::Document),
        3 => any_code().prop_map(Move::Code),
        2 => any_trouble().prop_map(Move::Trouble),
        12 => Just(Move::Answer),
        4 => Just(Move::Other),
        1 => any_error().prop_map(Move::Fail),
        1 => (0..60u64).prop_map(Move::Stale),
        2 => Just(Move::Started),
        2 => (0..4u16).prop_map(Move::Progress),
        2 => (any_end(), any::<bool>()).prop_map(|(end, own)| Move::Ended(end, own)),
        4 => Just(Move::Busy),
        1 => any_password().prop_map(Move::Password),
        4 => any_verdict().prop_map(Move::Verified),
        3 => (any_outcome(), any::<bool>()).prop_map(|(outcome, own)| Move::Operated(outcome, own)),
        1 => prop::sample::select(vec![JournalNews::Room, JournalNews::Filling, JournalNews::Full])
            .prop_map(Move::Journal),
        3 => prop_oneof![0..2_000u64, 0..70_000u64, 0..400_000u64].prop_map(Move::Wait),
    ]
}

impl Hall {
    pub fn play(&mut self, next: Move) {
        match next {
            Move::Offered(index) => {
                let tap = *index.get(&self.offered());
                let before = self.kiosk.ignored().taps;
                self.tap(tap);
                assert_eq!(self.kiosk.ignored().taps, before, "{tap:?} was offered, then ignored");
            }
            Move::Tap(tap) => self.any_tap(tap),
            Move::Card(news) => drop(self.card(news)),
            Move::Document(news) => drop(self.document(news)),
            Move::Code(news) => drop(self.code(news)),
            Move::Trouble(trouble) => drop(self.trouble(trouble)),
            Move::Answer if self.has_asked() => self.answer(),
            Move::Fail(error) if self.has_asked() => self.answer_with(Err(error)),
            Move::Other if self.has_asked() => {
                self.answer_with(Ok(Answer::Identified(persons::other_insured())));
            }
            Move::Answer | Move::Fail(_) | Move::Other => {}
            Move::Busy => {
                if self.has_asked() && matches!(self.question().1, Query::FamilyAccount { .. }) {
                    let account = Box::new(families::busy());
                    self.answer_with(Ok(Answer::FamilyAccount(account)));
                }
            }
            Move::Password(answer) => {
                if self.has_asked() && matches!(self.question().1, Query::CheckPassword { .. }) {
                    self.answer_with(Ok(Answer::Password(answer)));
                }
            }
            Move::Verified(result) => drop(self.verified(result)),
            Move::Operated(outcome, true) if !self.operations().is_empty() => {
                self.operated(outcome);
            }
            Move::Operated(outcome, _) => {
                self.step(Event::Operated { id: QueryId(u64::MAX), outcome });
            }
            Move::Journal(news) => drop(self.journal(news)),
            Move::Stale(id) => {
                let result = Ok(Answer::Identified(persons::insured()));
                self.step(Event::Answer { id: QueryId(id), result });
            }
            Move::Started => self.news(|id| {
                let slip_no = "0007 31".to_owned();
                PrinterNews::Started { id, slip_no, pages: 2 }
            }),
            Move::Progress(pages) => self.news(|id| PrinterNews::Progress { id, pages }),
            Move::Ended(end, true) => self.news(|id| PrinterNews::Ended { id, end }),
            Move::Ended(end, false) => drop(self.ended(PrintId(u64::MAX), end)),
            Move::Wait(ms) => self.wait(ms),
        }
    }

    /// A touch that the page does not offer changes nothing but its patience.
    fn any_tap(&mut self, tap: Tap) {
        let view = self.view();
        // Where there is no button for them: names may be shown anywhere they are, staff may come.
        let signing = matches!((tap, &view.page), (Tap::Pen(_), PageView::Sign(_)));
        let anywhere = signing || matches!(tap, Tap::Reveal | Tap::StaffDone | Tap::StillHere);
        let free = anywhere || self.offered().contains(&tap);
        let before = self.kiosk.ignored().taps;
        self.tap(tap);
        if !free {
            assert_eq!(self.kiosk.ignored().taps, before + 1, "{tap:?} was not offered, yet taken");
            assert_eq!(self.view(), view, "{tap:?} was not offered");
        }
    }

    /// Also under the question whether somebody is there, which one touch answers.
    fn staff_can_be_called(&self) -> bool {
        let offered = self.offered();
        [Tap::CallStaff, Tap::StaffDone, Tap::StillHere].iter().any(|tap| offered.contains(tap))
    }

    fn has_asked(&self) -> bool {
        self.effects.iter().any(|effect| matches!(effect, Effect::Query { .. }))
    }

    fn news(&mut self, news: impl Fn(PrintId) -> PrinterNews) {
        if let Some((id, _)) = self.prints().last() {
            self.step(Event::Printer(news(*id)));
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn whatever_happens(
        start in any_start(),
        moves in prop::collection::vec(any_move(), 0..120)
    ) {
        let mut hall = start();
        for next in moves {
            hall.play(next);
            let idle = hall.kiosk.is_idle();
            prop_assert!(idle || hall.kiosk.next_deadline().is_some(), "a state without bound");
            prop_assert!(hall.staff_can_be_called(), "nobody to ask");
            if hall.visit().is_none() {
                hall.assert_nothing_personal();
            }
            let accepted = hall.kiosk.stage().asks_for_media(hall.kiosk.devices());
            let forgotten = hall.kiosk.devices().document_forgotten();
            prop_assert_eq!(hall.accepts.last(), Some(&(accepted && !forgotten, accepted)));
        }
        // Nothing is sent twice, and a further copy has a number of its own.
        let prints = hall.prints();
        let ids: HashSet<_> = prints.iter().map(|(id, _)| *id).collect();
        prop_assert_eq!(ids.len(), prints.len());

        // No write is sent under a number that was used before.
        let writes = hall.operations();
        let ids: HashSet<_> = writes.iter().map(|(id, _)| *id).collect();
        prop_assert_eq!(ids.len(), writes.len());

        // Left alone, it reaches idle.
        hall.wait(3_600_000);
        prop_assert!(hall.kiosk.is_idle());
        hall.assert_nothing_personal();
        hall.card(CardNews::Reader { working: true });
        hall.card(CardNews::Removed);
        hall.document(DocumentNews::Reader { working: true });
        hall.document(DocumentNews::Lifted);
        hall.code(CodeNews::Scanner { working: true });
        hall.trouble(None);
        hall.journal(JournalNews::Room);
        prop_assert_eq!(hall.view(), ViewModel::default());
        prop_assert_eq!(hall.kiosk.next_deadline(), None);
    }

    #[test]
    fn the_media_taken_away_and_the_slip_ended_leave_nothing(
        start in any_start(),
        moves in prop::collection::vec(any_move(), 0..60)
    ) {
        let mut hall = start();
        for next in moves {
            hall.play(next);
        }
        let swapping = |page: &Page| matches!(page, Page::Bind(BindPage::Swap(_)));
        let bound = hall
            .visit()
            .is_some_and(|visit| visit.patron.card.is_some() && !swapping(&visit.page));
        hall.card(CardNews::Reader { working: true });
        hall.trouble(None);
        hall.card(CardNews::Removed);
        prop_assert!(!bound || hall.visit().is_none(), "a card that binds ends the visit");
        hall.document(DocumentNews::Reader { working: true });
        hall.document(DocumentNews::Lifted);
        hall.code(CodeNews::Scanner { working: true });
        hall.news(|id| PrinterNews::Ended { id, end: PrintEnd::Printed });
        let typing = matches!(hall.kiosk.stage(), Stage::Typing(_) | Stage::Proving(_));
        if typing || hall.visit().is_some() {
            // No card bound it: it ends by itself.
            hall.wait(3_600_000);
        }
        if matches!(hall.kiosk.stage(), Stage::Identifying(_)) {
            hall.answer_with(Err(LedgerError::Busy));
        }
        hall.assert_nothing_personal();
        if matches!(hall.kiosk.stage(), Stage::Finishing(_)) {
            // A write that was on its way is finished first.
            hall.wait(3_600_000);
        }
        // Left over can be what is not a visit: help, or the word that a card came out too early.
        hall.tap(Tap::StillHere);
        hall.tap(Tap::StaffDone);
        hall.tap(Tap::Back);
        hall.tap(Tap::Back);
        prop_assert_eq!(hall.view(), ViewModel::default());
    }
}
