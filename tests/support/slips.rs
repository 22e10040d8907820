//! Fictional people and statements to print.
#![allow(dead_code, clippy::unwrap_used)]

use gongji_kiosk::domain::account::{Movement, MovementKind, RelativeRef};
use gongji_kiosk::domain::family::{Beneficiary, Relation};
use gongji_kiosk::domain::id_number::{IdNumber, check_digit};
use gongji_kiosk::domain::insurance::{CareType, InsuranceStatus, InsuranceType};
use gongji_kiosk::domain::money::Money;
use gongji_kiosk::domain::period::Period;
use gongji_kiosk::domain::person::{Gender, Insured, PersonName, PersonNo};
use gongji_kiosk::domain::premium::{PremiumPayment, PremiumStatus};
use gongji_kiosk::domain::settlement::Settlement;
use gongji_kiosk::records::port::{AccountStatement, FamilyStatement};
use gongji_kiosk::statement::{Issuer, Paper, PrintSize, Profile, SlipContext, Stamp};
use jiff::civil::{Date, date, datetime};

/// The owner's plain name: it must never be on paper.
pub const OWNER_NAME: &str = "张建国";
/// A relative's plain name.
pub const DAUGHTER_NAME: &str = "李晓梅";

pub fn fen(fen: i64) -> Money {
    Money::from_fen(fen)
}

/// A made-up number of county 310199, which no county has.
pub fn id_number(birth: &str, serial: u16) -> IdNumber {
    let mut number = format!("310199{birth}{serial:03}");
    number.push(char::from(check_digit(number.as_bytes())));
    IdNumber::parse(&number).unwrap()
}

pub fn owner() -> Insured {
    Insured {
        psn_no: PersonNo::new("P0001"),
        name: PersonName::new(OWNER_NAME),
        id_number: id_number("19450612", 7),
        gender: Gender::Male,
        insurance: InsuranceType::Employee,
        status: InsuranceStatus::Normal,
        region: "310000".to_owned(),
    }
}

pub fn issuer() -> Issuer {
    Issuer {
        body: "上海市医疗保障局".to_owned(),
        hall: "徐汇区医疗保障服务大厅".to_owned(),
        terminal_no: "XH03".to_owned(),
        hotline: Some("12393".to_owned()),
    }
}

pub fn stamp() -> Stamp {
    Stamp {
        slip_no: "XH03-261120-00042".to_owned(),
        verification: "K7QW2M9XTR4HVB6D".to_owned(),
        printed_at: datetime(2026, 11, 20, 9, 5, 0, 0),
        copy: 0,
    }
}

pub fn context<'a>(
    insured: &'a Insured,
    family: &'a [Beneficiary],
    issuer: &'a Issuer,
    paper: Paper,
) -> SlipContext<'a> {
    SlipContext { insured, family, issuer, profile: Profile::usual(paper), size: PrintSize::Normal }
}

pub fn daughter() -> RelativeRef {
    RelativeRef {
        psn_no: PersonNo::new("P0002"),
        name: PersonName::new(DAUGHTER_NAME),
        gender: Gender::Female,
        relation: Relation::Child,
    }
}

pub fn grandson() -> RelativeRef {
    RelativeRef {
        psn_no: PersonNo::new("P0003"),
        name: PersonName::new("欧阳子涵"),
        gender: Gender::Male,
        relation: Relation::MaternalGrandchild,
    }
}

pub fn wife() -> Beneficiary {
    Beneficiary {
        psn_no: PersonNo::new("P0004"),
        name: PersonName::new("王秀英"),
        id_number: id_number("19480301", 22),
        gender: Gender::Female,
        relation: Relation::Spouse,
        since: date(2023, 3, 1),
        annual_limit: None,
    }
}

pub fn settlement(
    institution: &str,
    care: CareType,
    on: Date,
    [total, fund, account, mutual_aid]: [i64; 4],
) -> Settlement {
    Settlement {
        setl_id: "S1".to_owned(),
        institution: institution.to_owned(),
        care,
        settled_at: on.at(10, 0, 0, 0),
        total: fen(total),
        fund: fen(fund),
        own: fen(total - fund),
        account: fen(account),
        mutual_aid: fen(mutual_aid),
        cash: fen(total - fund - account),
        refund: total < 0,
    }
}

pub fn movement(serial: i64, on: Date, kind: MovementKind, amount: i64, place: &str) -> Movement {
    Movement {
        serial,
        date: on,
        kind,
        amount: fen(amount),
        balance_after: Money::ZERO,
        place: place.to_owned(),
        relative: None,
        settlement: None,
    }
}

/// A statement whose balances follow from the opening balance.
pub fn account_statement(period: Period, opening: i64, rows: Vec<Movement>) -> AccountStatement {
    let mut balance = fen(opening);
    let rows: Vec<Movement> = rows
        .into_iter()
        .map(|mut row| {
            balance += row.amount;
            row.balance_after = balance;
            row
        })
        .collect();
    AccountStatement { period, opening: fen(opening), closing: balance, rows }
}

/// A realistic quarter of a retired patron's account.
pub fn quarter() -> AccountStatement {
    use CareType::{Outpatient, Pharmacy};
    use MovementKind::{Contribution, FamilyCare, FamilyPremium, OwnCare, Refund};
    let period = Period::new(date(2026, 9, 1), date(2026, 11, 20)).unwrap();
    let clinic = "上海市徐汇区枫林街道社区卫生服务中心";
    let care = |mut row: Movement, kind| {
        let out = -row.amount.to_fen().unwrap();
        let aid = if row.kind == FamilyCare { out } else { 0 };
        row.settlement = Some(settlement(&row.place, kind, row.date, [out * 4, out * 3, out, aid]));
        row
    };
    let for_relative = |mut row: Movement, relative| {
        row.relative = Some(relative);
        row
    };
    let rows = vec![
        movement(1, date(2026, 9, 5), Contribution, 14_000, "上海市医疗保障事业管理中心"),
        care(movement(2, date(2026, 9, 11), OwnCare, -3_850, clinic), Outpatient),
        for_relative(
            care(
                movement(3, date(2026, 9, 18), FamilyCare, -8_640, "上海市第六人民医院"),
                Outpatient,
            ),
            daughter(),
        ),
        movement(4, date(2026, 10, 5), Contribution, 14_000, "上海市医疗保障事业管理中心"),
        for_relative(
            movement(5, date(2026, 10, 12), FamilyPremium, -35_500, "国家税务总局上海市税务局"),
            grandson(),
        ),
        care(
            movement(
                6,
                date(2026, 10, 21),
                OwnCare,
                -6_230,
                "国药控股国大药房上海连锁有限公司徐汇枫林店",
            ),
            Pharmacy,
        ),
        for_relative(
            movement(7, date(2026, 10, 23), Refund, 1_280, "上海市第六人民医院"),
            daughter(),
        ),
        movement(8, date(2026, 11, 5), Contribution, 14_000, "上海市医疗保障事业管理中心"),
        care(movement(9, date(2026, 11, 16), OwnCare, -2_460, clinic), Outpatient),
    ];
    account_statement(period, 216_975, rows)
}

/// What two relatives used in the same quarter, a refund and two premiums among it.
pub fn family_quarter() -> FamilyStatement {
    use CareType::{Outpatient, Pharmacy};
    use MovementKind::{FamilyCare, Refund};
    let visit = |serial, on, kind, place: &str, care, relative, parts: [i64; 4]| {
        let mut row = movement(serial, on, kind, -parts[3], place);
        row.settlement = Some(settlement(place, care, on, parts));
        row.relative = Some(relative);
        row
    };
    let sixth = "上海市第六人民医院";
    FamilyStatement {
        period: Period::new(date(2026, 9, 1), date(2026, 11, 20)).unwrap(),
        rows: vec![
            visit(
                3,
                date(2026, 9, 18),
                FamilyCare,
                sixth,
                Outpatient,
                daughter(),
                [45_600, 31_920, 10_640, 8_640],
            ),
            visit(
                7,
                date(2026, 10, 23),
                Refund,
                sixth,
                Outpatient,
                daughter(),
                [-6_400, -5_120, -1_280, -1_280],
            ),
            visit(
                8,
                date(2026, 11, 2),
                FamilyCare,
                "国药控股国大药房上海连锁有限公司徐汇枫林店",
                Pharmacy,
                grandson(),
                [4_580, 0, 4_580, 4_580],
            ),
        ],
        premiums: vec![
            PremiumPayment {
                serial: 5,
                insured_year: 2027,
                paid_on: date(2026, 10, 12),
                amount: fen(35_500),
                relative: Some(grandson()),
                status: PremiumStatus::Arrived,
            },
            PremiumPayment {
                serial: 9,
                insured_year: 2027,
                paid_on: date(2026, 11, 10),
                amount: fen(99_500),
                relative: Some(daughter()),
                status: PremiumStatus::Refunded,
            },
        ],
    }
}
