//! Statements of any rows, for what must hold of every slip.
#![allow(dead_code, clippy::unwrap_used)]

use gongji_kiosk::domain::account::{Movement, MovementKind};
use gongji_kiosk::domain::insurance::CareType;
use gongji_kiosk::domain::period::Period;
use gongji_kiosk::domain::settlement::Settlement;
use gongji_kiosk::statement::Paper;
use jiff::ToSpan;
use jiff::civil::{Date, date};
use proptest::prelude::*;

use super::slips::{daughter, grandson, movement, settlement};

const KINDS: [MovementKind; 5] = [
    MovementKind::Contribution,
    MovementKind::Interest,
    MovementKind::OwnCare,
    MovementKind::FamilyCare,
    MovementKind::Refund,
];

/// A year across two.
pub fn period() -> Period {
    Period::new(date(2025, 7, 1), date(2026, 6, 30)).unwrap()
}

/// So many days after the period's first.
pub fn on(day: u16) -> Date {
    period().from().checked_add(i32::from(day).days()).unwrap()
}

pub fn papers() -> impl Strategy<Value = Paper> {
    prop_oneof![Just(Paper::Mm58), Just(Paper::Mm80)]
}

/// Text as ledgers have it.
pub fn plain_place() -> impl Strategy<Value = String> {
    "[\u{4e00}-\u{9fa5}（）a-zA-Z0-9]{1,40}"
}

/// Text as ledgers have it, and worse.
pub fn any_text() -> impl Strategy<Value = String> {
    prop_oneof![
        3 => plain_place(),
        1 => "\\PC{1,60}",
        1 => "[\u{0}-\u{7f}]{1,60}",
    ]
}

/// Settled visits in the order of their days, with amounts of up to `most` fen, that add up.
pub fn visits(
    count: usize,
    most: i64,
    place: impl Strategy<Value = String>,
) -> impl Strategy<Value = Vec<Settlement>> {
    let row = (0u16..365, 0..CareType::ALL.len(), prop::array::uniform4(0..=most), place);
    prop::collection::vec((row, any::<bool>()), 0..count).prop_map(|mut rows| {
        rows.sort_by_key(|(row, _)| row.0);
        let all = rows.into_iter();
        all.map(|((day, care, [fund, account, aid, cash], place), refund)| {
            let sign = if refund { -1 } else { 1 };
            let aid = aid.min(account);
            let parts = [fund + account + cash, fund, account, aid].map(|part| part * sign);
            let visit = settlement(&place, CareType::ALL[care], on(day), parts);
            Settlement { refund, ..visit }
        })
        .collect()
    })
}

/// Rows in the order of their days, with amounts of up to `most` fen, at places of this kind.
pub fn rows(
    count: usize,
    most: i64,
    place: impl Strategy<Value = String>,
) -> impl Strategy<Value = Vec<Movement>> {
    let row = (0u16..365, 0..KINDS.len(), -most..most, place);
    prop::collection::vec(row, 0..count).prop_map(|mut rows| {
        rows.sort_by_key(|row| row.0);
        let all = rows.into_iter().enumerate();
        all.map(|(serial, (day, kind, amount, place))| {
            movement(serial as i64, on(day), KINDS[kind], amount, &place)
        })
        .collect()
    })
}

/// Makes the rows visits of two relatives, and what was given back of them.
pub fn of_relatives(mut rows: Vec<Movement>) -> Vec<Movement> {
    for (index, row) in rows.iter_mut().enumerate() {
        let out = -row.amount.to_fen().unwrap();
        row.kind = if out > 0 { MovementKind::FamilyCare } else { MovementKind::Refund };
        row.relative = Some(if index % 3 == 0 { grandson() } else { daughter() });
        let parts = [out * 3, out * 2, out, out];
        row.settlement = Some(settlement(&row.place, CareType::Outpatient, row.date, parts));
    }
    rows
}
