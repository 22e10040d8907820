//! Made-up writes and a year of visits, to print.
#![allow(dead_code, clippy::unwrap_used)]

use gongji_kiosk::domain::account::RelativeRef;
use gongji_kiosk::domain::insurance::CareType;
use gongji_kiosk::domain::operation::OperationKind;
use gongji_kiosk::domain::period::Period;
use gongji_kiosk::domain::settlement::Settlement;
use gongji_kiosk::records::port::{AcceptedDocument, CareStatement, CareSums, Receipt};
use gongji_kiosk::statement::{PrintSize, ReceiptFacts, ReceiptOutcome, Slip, SlipContext};
use jiff::civil::{date, datetime};

use super::slips::{context, daughter, fen, grandson, issuer, owner, settlement};
use gongji_kiosk::statement::Paper;

/// The four ways in which a slip is laid out, with a name for each.
pub const LAYOUTS: [(&str, Paper, PrintSize); 4] = [
    ("80", Paper::Mm80, PrintSize::Normal),
    ("58", Paper::Mm58, PrintSize::Normal),
    ("80_large", Paper::Mm80, PrintSize::Large),
    ("58_large", Paper::Mm58, PrintSize::Large),
];

/// Calls `make` with the owner's context for this paper and size.
pub fn on<T>(paper: Paper, size: PrintSize, make: impl FnOnce(&SlipContext<'_>) -> T) -> T {
    make(&SlipContext { size, ..context(&owner(), &[], &issuer(), paper) })
}

pub fn receipt(facts: &ReceiptFacts, paper: Paper, size: PrintSize) -> Slip {
    on(paper, size, |context| Slip::receipt(facts, context)).unwrap()
}

pub fn care(statement: &CareStatement, paper: Paper, size: PrintSize) -> Slip {
    on(paper, size, |context| Slip::care(statement, context)).unwrap()
}

/// A write that is done, with the fields that its kind has.
pub fn facts(kind: OperationKind) -> ReceiptFacts {
    let (relative, fields) = matter(kind);
    let consent = matches!(kind, OperationKind::Open | OperationKind::Bind | OperationKind::Accept);
    let documents = if consent { vec![promise()] } else { Vec::new() };
    let moves = matches!(
        kind,
        OperationKind::Transfer | OperationKind::PayPremium | OperationKind::CancelPremium
    );
    let fields = fields.iter().map(|(label, value)| ((*label).into(), (*value).into())).collect();
    ReceiptFacts {
        kind,
        relative,
        outcome: ReceiptOutcome::Done(Receipt {
            acceptance_no: "SL3101202611200042".into(),
            accepted_at: datetime(2026, 11, 20, 9, 4, 12, 0),
            balance_after: moves.then(|| fen(168_075)),
            pending: false,
        }),
        reference: "XH03-20261120-0042".into(),
        fields,
        documents,
    }
}

type Fields = &'static [(&'static str, &'static str)];

/// For whom, and the fields.
fn matter(kind: OperationKind) -> (Option<RelativeRef>, Fields) {
    match kind {
        OperationKind::Open | OperationKind::Order => (None, order_fields(kind)),
        OperationKind::Bind => (
            Some(daughter()),
            &[("授权期限", "2026年11月20日起，长期有效"), ("年度限额", "5,000.00元")],
        ),
        OperationKind::Accept | OperationKind::Decline => {
            (Some(daughter()), &[("邀请日期", "2026年11月18日")])
        }
        OperationKind::Release => (Some(daughter()), &[("解绑日期", "2026年11月20日")]),
        OperationKind::Limit => (Some(daughter()), &[("年度限额", "8,000.00元")]),
        OperationKind::Transfer => (None, &[("划拨金额", "500.00元")]),
        OperationKind::Quota => (Some(grandson()), &[("锁定额度", "1,200.00元")]),
        OperationKind::PayPremium | OperationKind::CancelPremium => {
            (Some(grandson()), &[("参保年度", "2027年度"), ("缴费金额", "355.00元")])
        }
    }
}

fn order_fields(kind: OperationKind) -> Fields {
    match kind {
        OperationKind::Order => {
            &[("第一顺位", "本人账户"), ("第二顺位", "女儿的账户"), ("第三顺位", "妻子的账户")]
        }
        _ => &[],
    }
}

/// A document of consent.
pub fn promise() -> AcceptedDocument {
    AcceptedDocument {
        title: "职工医保个人账户家庭共济授权承诺书".into(),
        version: "2026.1".into(),
        digest: format!("sha256:{}", "0".repeat(64)),
        accepted_at: datetime(2026, 11, 20, 9, 3, 0, 0),
    }
}

/// The same write, taken but not yet in effect.
pub fn pending(kind: OperationKind) -> ReceiptFacts {
    let mut facts = facts(kind);
    if let ReceiptOutcome::Done(receipt) = &mut facts.outcome {
        receipt.pending = true;
    }
    facts
}

/// The same write, with no answer from the ledger.
pub fn unknown(kind: OperationKind) -> ReceiptFacts {
    let asked_at = datetime(2026, 11, 20, 9, 4, 0, 0);
    ReceiptFacts { outcome: ReceiptOutcome::Unknown { asked_at }, ..facts(kind) }
}

/// Visits of a year with their sums.
pub fn care_statement(period: Period, rows: Vec<Settlement>) -> CareStatement {
    let mut sums = CareSums::default();
    for row in &rows {
        sums.total += row.total;
        sums.fund += row.fund;
        sums.account += row.account;
        sums.mutual_aid += row.mutual_aid;
        sums.cash += row.cash;
    }
    CareStatement { period, rows, sums }
}

/// What a retired patron had done in a year: a hospital stay and what was given back among it.
pub fn care_year() -> CareStatement {
    use CareType::{ChronicOutpatient, Inpatient, Outpatient, Pharmacy};
    let sixth = "上海市第六人民医院";
    let clinic = "上海市徐汇区枫林街道社区卫生服务中心";
    let pharmacy = "国药控股国大药房上海连锁有限公司徐汇枫林店";
    care_statement(
        Period::new(date(2026, 1, 1), date(2026, 11, 20)).unwrap(),
        vec![
            settlement(clinic, Outpatient, date(2026, 1, 8), [12_650, 8_855, 3_795, 0]),
            settlement(
                sixth,
                Inpatient,
                date(2026, 3, 19),
                [1_846_320, 1_532_445, 186_975, 60_000],
            ),
            settlement(pharmacy, Pharmacy, date(2026, 5, 2), [6_480, 0, 6_480, 0]),
            settlement(sixth, Outpatient, date(2026, 6, 30), [45_600, 31_920, 10_640, 8_640]),
            settlement(sixth, Outpatient, date(2026, 7, 1), [-6_400, -4_480, -1_920, -1_920]),
            settlement(clinic, ChronicOutpatient, date(2026, 11, 16), [21_040, 17_884, 0, 0]),
        ],
    )
}
