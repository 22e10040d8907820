//! Fictional persons and their records.

use std::sync::{Arc, OnceLock};

use jiff::civil::{Date, date};

use crate::domain::account::{Balance, Movement, MovementKind, RelativeRef};
use crate::domain::family::{Beneficiary, Relation};
use crate::domain::id_number::IdNumber;
use crate::domain::insurance::{CareType, InsuranceStatus, InsuranceType};
use crate::domain::money::Money;
use crate::domain::person::{CardNo, Gender, Insured, PersonName, PersonNo};
use crate::domain::premium::{PremiumPayment, PremiumStatus};
use crate::domain::settlement::Settlement;
use crate::records::port::{AccountPage, FamilyUse, Overview, Page, PageRequest, PremiumPage};
use crate::statement::Slip;
use crate::visit::event::{Answer, CardHolder, DocumentHolder, PrintSize, Query, SlipKind};
use crate::visit::tests::families;

pub const TODAY: Date = date(2026, 11, 22);

/// What must never be seen after a visit.
pub const CANARIES: [&str; 9] = [
    "李百灵",
    "张云雀",
    "王燕",
    "张鹤",
    "周画眉",
    "CANARY901",
    "310101194701010010",
    "310101195203030021",
    CODE,
];

/// A 医保码.
pub const CODE: &str = "CANARYCODE012345678901234567";

pub fn holder() -> CardHolder {
    CardHolder {
        number: CardNo::new("CANARY901"),
        id_number: Some(IdNumber::parse("310101194701010010").unwrap()),
        expires: Some(date(2030, 1, 1)),
    }
}

pub fn other_holder() -> CardHolder {
    CardHolder { number: CardNo::new("OTHER9012"), id_number: None, expires: None }
}

pub fn document() -> DocumentHolder {
    DocumentHolder {
        id_number: insured().id_number,
        name: PersonName::new("张云雀"),
        expires: None,
    }
}

pub fn other_document() -> DocumentHolder {
    let Insured { id_number, name, .. } = other_insured();
    DocumentHolder { id_number, name, expires: Some(date(2040, 1, 1)) }
}

pub fn other_insured() -> Insured {
    Insured {
        psn_no: PersonNo::new("P7"),
        name: PersonName::new("周画眉"),
        id_number: IdNumber::parse("310101195203030021").unwrap(),
        ..insured()
    }
}

pub fn insured() -> Insured {
    Insured {
        psn_no: PersonNo::new("P1"),
        name: PersonName::new("张云雀"),
        id_number: IdNumber::parse("310101194701010010").unwrap(),
        gender: Gender::Female,
        insurance: InsuranceType::Employee,
        status: InsuranceStatus::Normal,
        region: "310101".into(),
    }
}

fn beneficiary(no: &str, name: &str, gender: Gender, relation: Relation) -> Beneficiary {
    Beneficiary {
        psn_no: PersonNo::new(no),
        name: PersonName::new(name),
        id_number: IdNumber::parse("310101192001010010").unwrap(),
        gender,
        relation,
        since: date(2024, 1, 1),
        annual_limit: None,
    }
}

pub fn overview(relatives: usize) -> Overview {
    let all = [
        (beneficiary("P2", "李百灵", Gender::Female, Relation::Parent), 98_640),
        (beneficiary("P3", "张云雀", Gender::Male, Relation::Child), 40_000),
        (beneficiary("P4", "王燕", Gender::Male, Relation::Spouse), 0),
        (beneficiary("P5", "张鹤", Gender::Female, Relation::Sibling), 0),
    ];
    let used_by: Vec<_> =
        all.into_iter().take(relatives).map(|(b, fen)| (b, Money::from_fen(fen))).collect();
    let used = used_by.iter().filter_map(|(_, m)| m.to_fen()).sum();
    Overview {
        balance: Balance {
            total: Money::from_fen(203_575),
            this_year: Money::from_fen(120_000),
            earlier_years: Money::from_fen(83_575),
        },
        used_by,
        used_this_year: Money::from_fen(used),
        first_record: Some(date(2023, 4, 2)),
    }
}

fn mother() -> RelativeRef {
    RelativeRef {
        psn_no: PersonNo::new("P2"),
        name: PersonName::new("李百灵"),
        gender: Gender::Female,
        relation: Relation::Parent,
    }
}

fn settlement(refund: bool) -> Settlement {
    let m = |fen: i64| Money::from_fen(if refund { -fen } else { fen });
    Settlement {
        setl_id: "S1".into(),
        institution: "浦东新区周浦医院".into(),
        care: CareType::Outpatient,
        settled_at: date(2026, 11, 12).at(9, 30, 0, 0),
        total: m(50_000),
        fund: m(29_700),
        own: m(20_300),
        account: m(20_300),
        mutual_aid: m(20_300),
        cash: m(0),
        refund,
    }
}

fn movement(serial: i64, day: Date, kind: MovementKind, fen: i64, place: &str) -> Movement {
    let family = matches!(kind, MovementKind::FamilyCare | MovementKind::Refund);
    let care = family.then(|| settlement(kind == MovementKind::Refund));
    Movement {
        serial,
        date: day,
        kind,
        amount: Money::from_fen(fen),
        balance_after: Money::from_fen(203_575),
        place: place.into(),
        relative: family.then(mother),
        settlement: care,
    }
}

fn movements() -> Vec<Movement> {
    use MovementKind::{Contribution, FamilyCare, Interest, OwnCare, Refund};
    vec![
        movement(9, date(2026, 11, 20), FamilyCare, -8_640, "国大药房(张杨路店)"),
        movement(8, date(2026, 11, 12), FamilyCare, -20_300, "浦东新区周浦医院"),
        movement(7, date(2026, 11, 2), Refund, 6_425, "浦东新区周浦医院"),
        movement(6, date(2026, 11, 1), Contribution, 12_000, "上海某某有限公司"),
        movement(5, date(2026, 10, 8), OwnCare, -4_500, "上海儿童医学中心"),
        movement(4, date(2025, 12, 31), Interest, 123, "上海市医保中心"),
    ]
}

pub fn page<T: Clone>(all: &[T], request: PageRequest) -> Page<T> {
    let from = (request.index * request.size) as usize;
    let rows = all.iter().skip(from).take(request.size as usize).cloned().collect();
    Page { rows, index: request.index, total_rows: all.len() as u32 }
}

fn premiums() -> Vec<PremiumPayment> {
    [
        (3, 2027, date(2026, 11, 3), PremiumStatus::Pending),
        (2, 2026, date(2025, 11, 5), PremiumStatus::Arrived),
        (1, 2025, date(2024, 11, 5), PremiumStatus::Refunded),
    ]
    .into_iter()
    .map(|(serial, insured_year, paid_on, status)| PremiumPayment {
        serial,
        insured_year,
        paid_on,
        amount: Money::from_fen(40_000),
        relative: (serial != 2).then(mother),
        status,
    })
    .collect()
}

/// A slip of two pages; laid out once, as its picture takes long to draw.
pub fn slip(kind: SlipKind, size: PrintSize) -> Arc<Slip> {
    static SLIPS: OnceLock<[Arc<Slip>; 10]> = OnceLock::new();
    let fields = [("姓名", "张*"), ("笔数", "18 笔"), ("页数", "2 页")];
    let make = |(kind, size)| Arc::new(Slip::for_test(size, kind, 2, &fields));
    let all = [
        (SlipKind::Account, PrintSize::Normal),
        (SlipKind::Account, PrintSize::Large),
        (SlipKind::Family, PrintSize::Normal),
        (SlipKind::Family, PrintSize::Large),
        (SlipKind::Care, PrintSize::Normal),
        (SlipKind::Care, PrintSize::Large),
        (SlipKind::Authorisation, PrintSize::Normal),
        (SlipKind::Authorisation, PrintSize::Large),
        (SlipKind::Premium, PrintSize::Normal),
        (SlipKind::Premium, PrintSize::Large),
    ];
    let slips = SLIPS.get_or_init(|| all.map(make));
    let at = all.iter().position(|one| *one == (kind, size)).unwrap();
    Arc::clone(&slips[at])
}

/// What a ledger in good health answers.
pub fn answer(query: &Query) -> Answer {
    match query {
        Query::Identify(_) => Answer::Identified(insured()),
        Query::Overview { .. } => Answer::Overview(overview(2)),
        Query::Account { page: request, .. } => Answer::Account(AccountPage {
            page: page(&movements(), *request),
            income: Money::from_fen(18_548),
            spending: Money::from_fen(33_440),
        }),
        Query::FamilyUse { page: request, .. } => Answer::FamilyUse(FamilyUse {
            page: page(&movements()[..3], *request),
            total: Money::from_fen(22_515),
            by_month: vec![
                (2026, 9, Money::ZERO),
                (2026, 10, Money::from_fen(11_000)),
                (2026, 11, Money::from_fen(22_515)),
            ],
            relatives: vec![mother()],
        }),
        Query::Premiums { page: request, .. } => Answer::Premiums(PremiumPage {
            page: page(&premiums(), *request),
            total: Money::from_fen(80_000),
        }),
        Query::Slip { kind, size, .. } => Answer::Slip(slip(*kind, *size)),
        Query::Receipt { facts, size, .. } => Answer::Slip(slip(facts.slip_kind(), *size)),
        other => families::answer(other),
    }
}
