//! Laying out, encoding and drawing a slip of thirty rows.
#![allow(missing_docs, clippy::unwrap_used)]

#[path = "../tests/support/slips.rs"]
mod slips;

use std::hint::black_box;

use criterion::{Criterion, criterion_group, criterion_main};
use gongji_kiosk::domain::account::MovementKind;
use gongji_kiosk::domain::period::Period;
use gongji_kiosk::statement::{Paper, Slip};
use jiff::civil::date;

const ROWS: i64 = 30;

fn slip(c: &mut Criterion) {
    let place = "上海市徐汇区枫林街道社区卫生服务中心";
    let row =
        |serial| slips::movement(serial, date(2026, 3, 5), MovementKind::OwnCare, -100, place);
    let period = Period::year(2026).unwrap();
    let statement = slips::account_statement(period, 1_000_000, (0..ROWS).map(row).collect());
    let (owner, issuer, stamp) = (slips::owner(), slips::issuer(), slips::stamp());
    let context = slips::context(&owner, &[], &issuer, Paper::Mm80);
    let lay_out = || Slip::account(&statement, &context).unwrap();
    let laid_out = lay_out();
    c.bench_function("slip/lay out 30 rows", |b| b.iter(|| black_box(lay_out())));
    c.bench_function("slip/encode 30 rows", |b| b.iter(|| black_box(laid_out.encode(&stamp))));
    c.bench_function("slip/draw 30 rows", |b| b.iter(|| black_box(laid_out.page_pictures(&stamp))));
}

criterion_group!(benches, slip);
criterion_main!(benches);
