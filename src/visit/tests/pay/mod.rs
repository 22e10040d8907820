//! Paying a relative's premium, with the packs that are built in and a ledger that answers as told.

mod refused;
mod regions;
mod status;

use std::sync::{Arc, OnceLock};

use jiff::civil::{Date, date};

use super::hall::Hall;
use super::persons;
use crate::domain::family::{Beneficiary, Relation};
use crate::domain::id_number::{IdNumber, check_digit};
use crate::domain::insurance::{InsuranceStatus, InsuranceType};
use crate::domain::money::Money;
use crate::domain::person::{Gender, Insured, PersonName, PersonNo};
use crate::policy::schema::{Assistance, PersonGroup};
use crate::policy::{Packs, PolicyFile, built_in, overlay};
use crate::records::port::{
    Action, Candidate, DueState, FamilyAccount, Member, MemberState, PremiumDue,
};
use crate::view::model::{MessageView, PageView, RecordView, ReviewView};
use crate::visit::Settings;
use crate::visit::event::{Answer, CardNews, Query, Tap};
use crate::visit::settings::Rulebook;
use crate::visit::state::page::Page;
use crate::visit::state::write::{Draft, WritePage};

/// Settings with the packs that are built in, of a kiosk in a region.
pub fn settings(region: &str) -> Settings {
    static PACKS: OnceLock<Arc<Packs>> = OnceLock::new();
    let packs = PACKS.get_or_init(|| Arc::new(built_in::packs().unwrap()));
    let rules = Some(Rulebook::new(Arc::clone(packs), region));
    Settings { rules, ..Settings::default() }
}

/// A kiosk of a region that inherits from the nation, with these lines of its own.
pub fn with_pack(own: &str) -> Settings {
    let text = format!(
        "region = \"test\"\nname = \"试点\"\ninherits = \"national\"\n{own}\n[sources]\n\
         s = {{ title = \"试点的通知\" }}\n"
    );
    let pack = [PolicyFile { name: "test.toml", text: &text }];
    let packs = Packs::load(&overlay(&built_in::FILES, &pack)).unwrap();
    let rules = Some(Rulebook::new(Arc::new(packs), "test"));
    Settings { rules, ..Settings::default() }
}

/// A patron, one relative of theirs, and what the tax office asks of that relative.
#[derive(Clone)]
pub struct Scene {
    /// The kiosk's region, as files name it.
    pub kiosk: &'static str,
    /// Rules of the place 13, which has no pack that is built in.
    pub own_rules: Option<&'static str>,
    /// 医保区划 of the patron, and of the relative.
    pub place: &'static str,
    pub relative_place: &'static str,
    pub today: Date,
    /// The relative's day of birth.
    pub born: Date,
    pub insurance: InsuranceType,
    pub status: InsuranceStatus,
    pub state: MemberState,
    pub annual_limit: Option<Money>,
    pub used: Money,
    pub balance: Money,
    pub dues: Vec<PremiumDue>,
}

pub fn yuan(amount: i64) -> Money {
    Money::from_fen(amount * 100)
}

/// A premium to be paid.
pub fn unpaid(insured_year: i16, amount: i64, group: PersonGroup) -> PremiumDue {
    let (serial, assistance) = (41, None);
    let (amount, state) = (yuan(amount), DueState::Unpaid);
    PremiumDue { serial, insured_year, amount, group, assistance, state }
}

/// The same for somebody in a category of assistance.
pub fn assisted(insured_year: i16, amount: i64, category: Assistance) -> PremiumDue {
    let assistance = Some(category);
    PremiumDue { assistance, ..unpaid(insured_year, amount, PersonGroup::Neither) }
}

impl Scene {
    /// A mother of 50 in a place, one premium of 2025 asked, and enough in the account.
    pub fn new(kiosk: &'static str, place: &'static str, today: Date, amount: i64) -> Self {
        Self {
            kiosk,
            own_rules: None,
            place,
            relative_place: place,
            today,
            born: date(today.year() - 50, 6, 15),
            insurance: InsuranceType::Resident,
            status: InsuranceStatus::Normal,
            state: MemberState::Active,
            annual_limit: None,
            used: Money::ZERO,
            balance: yuan(5_000),
            dues: vec![unpaid(2025, amount, PersonGroup::Neither)],
        }
    }

    fn member(&self) -> Member {
        let who = Beneficiary {
            psn_no: PersonNo::new("P2"),
            name: PersonName::new("李百灵"),
            id_number: number(self.born),
            gender: Gender::Female,
            relation: Relation::Parent,
            since: date(2023, 1, 1),
            annual_limit: self.annual_limit,
        };
        let (until, quota, slot) = (None, None, 1);
        Member { who, until, state: self.state, slot, used_this_year: self.used, quota }
    }

    /// What the ledger answers.
    pub fn answer(&self, query: &Query) -> Answer {
        let who = self.member().who;
        match query {
            Query::Identify(_) => {
                Answer::Identified(Insured { region: self.place.into(), ..persons::insured() })
            }
            Query::Overview { .. } => {
                let mut overview = persons::overview(1);
                overview.balance.total = self.balance;
                Answer::Overview(overview)
            }
            Query::FamilyAccount { .. } => Answer::FamilyAccount(Box::new(FamilyAccount {
                opened_on: Some(date(2023, 1, 1)),
                members: vec![self.member()],
                ..FamilyAccount::default()
            })),
            Query::Candidate { .. } => Answer::Candidate(Box::new(Candidate {
                birth: who.id_number.birth(),
                insured: Insured {
                    psn_no: who.psn_no,
                    name: who.name,
                    id_number: who.id_number,
                    gender: who.gender,
                    insurance: self.insurance,
                    status: self.status,
                    region: self.relative_place.into(),
                },
                employer: None,
                card: None,
                other_donors: 0,
            })),
            Query::PremiumDues { payer, relative } => {
                assert_eq!((payer.reveal(), relative.reveal()), ("P1", "P2"));
                Answer::PremiumDues(self.dues.clone())
            }
            other => persons::answer(other),
        }
    }

    /// The ledger answers until nothing is asked any more.
    pub fn play(&self, hall: &mut Hall) {
        while matches!(hall.view().page, PageView::Waiting(_)) {
            let answer = self.answer(&hall.question().1);
            hall.answer_with(Ok(answer));
        }
    }

    /// The patron is asked whose premium it is.
    pub fn at_whom(&self) -> Hall {
        let own = |rules| with_pack(&format!("admdvs = \"13\"\n{rules}"));
        let mut hall = Hall::with(self.own_rules.map_or_else(|| settings(self.kiosk), own));
        hall.today = self.today;
        hall.card(CardNews::Inserted);
        hall.card(CardNews::Read(Ok(persons::holder())));
        self.play(&mut hall);
        hall.tap(Tap::Premiums);
        self.play(&mut hall);
        hall.touch("替家人缴费");
        self.play(&mut hall);
        hall
    }

    /// The patron looks at the years of the relative.
    pub fn at_years(&self) -> Hall {
        let mut hall = self.at_whom();
        hall.touch("母亲 李*");
        self.play(&mut hall);
        assert_eq!(hall.title(), "缴哪一年的");
        hall
    }

    /// The patron looks at the newest premium.
    pub fn at_due(&self) -> Hall {
        let mut hall = self.at_years();
        let year = self.dues[0].insured_year;
        hall.touch(&format!("{year}年度居民医保"));
        hall
    }
}

/// A number of somebody born on a day.
fn number(born: Date) -> IdNumber {
    let day = format!("{:04}{:02}{:02}", born.year(), born.month(), born.day());
    let body = format!("310101{day}002");
    IdNumber::parse(&format!("{body}{}", char::from(check_digit(body.as_bytes())))).unwrap()
}

pub fn record(hall: &Hall) -> RecordView {
    let PageView::Record(record) = hall.view().page else { panic!("{:?}", hall.view().page) };
    record
}

pub fn message(hall: &Hall) -> MessageView {
    let PageView::Message(message) = hall.view().page else { panic!("{:?}", hall.view().page) };
    message
}

pub fn review(hall: &Hall) -> ReviewView {
    let PageView::Review(review) = hall.view().page else { panic!("{:?}", hall.view().page) };
    review
}

/// What is about to be written.
pub fn draft(hall: &Hall) -> &Draft {
    let Some(visit) = hall.visit() else { panic!("nobody is served") };
    let Page::Write(WritePage::Review(review)) = &visit.page else { panic!("no review") };
    &review.draft
}

/// What is about to be written: due, year, amount, what must stay.
pub fn paid(hall: &Hall) -> (i64, i16, Money, Money) {
    let Action::PayPremium { due, relative, insured_year, amount, retained } = &draft(hall).action
    else {
        panic!("no payment");
    };
    assert_eq!(relative.reveal(), "P2");
    (*due, *insured_year, *amount, *retained)
}
