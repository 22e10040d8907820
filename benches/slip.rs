//! Laying out, encoding and drawing a slip of thirty rows; encoding beside another encoder.
#![allow(missing_docs, clippy::unwrap_used)]

#[path = "../tests/support/slips.rs"]
mod slips;

use std::cell::RefCell;
use std::hint::black_box;
use std::rc::Rc;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use escpos::driver::Driver;
use escpos::printer::Printer;
use escpos::utils::{
    Encoder as TextEncoder, JustifyMode, Protocol, QRCodeCorrectionLevel, QRCodeModel, QRCodeOption,
};
use gongji_hal::printer::encode::{Align, Encoder, QrLevel};
use gongji_kiosk::domain::account::MovementKind;
use gongji_kiosk::domain::period::Period;
use gongji_kiosk::statement::{Font, Paper, PrintSize, Slip, SlipContext};
use jiff::civil::date;

const ROWS: i64 = 30;
const QR_MODULE_DOTS: u8 = 6;
/// Room for a receipt, so that neither side grows its buffer.
const RECEIPT_BYTES: usize = 4096;
const QR_TEXT: &str = "XH03-261120-00042:K7QW2M9XTR4HVB6D";

fn slip(c: &mut Criterion) {
    let place = "上海市徐汇区枫林街道社区卫生服务中心";
    let row =
        |serial| slips::movement(serial, date(2026, 3, 5), MovementKind::OwnCare, -100, place);
    let period = Period::year(2026).unwrap();
    let statement = slips::account_statement(period, 1_000_000, (0..ROWS).map(row).collect());
    let (owner, issuer, stamp) = (slips::owner(), slips::issuer(), slips::stamp());
    let context = slips::context(&owner, &[], &issuer, Paper::Mm80);
    for (name, size) in [("normal", PrintSize::Normal), ("large", PrintSize::Large)] {
        let context = SlipContext { size, ..context };
        let lay_out = || Slip::account(&statement, &context).unwrap();
        let laid_out = lay_out();
        let mut group = c.benchmark_group(format!("slip of 30 rows, {name}"));
        group.bench_function("lay out", |b| b.iter(|| black_box(lay_out())));
        group.bench_function("encode", |b| b.iter(|| black_box(laid_out.encode(&stamp))));
        group.bench_function("draw", |b| b.iter(|| black_box(laid_out.page_pictures(&stamp))));
        group.finish();
    }
}

/// Thirty lines as a slip has them.
fn lines() -> Vec<String> {
    let line = |n| format!("9月{n:<2}日  本人看病 徐汇区枫林街道    -38.50  2,271.25");
    (1..=ROWS).map(line).collect()
}

fn ours(lines: &[String]) -> Vec<u8> {
    let bytes = Vec::with_capacity(RECEIPT_BYTES);
    let mut encoder = Encoder::new(bytes, Paper::Mm80, Font::Gb18030);
    encoder.init().unwrap();
    encoder.align(Align::Centre).unwrap();
    encoder.size(2, 2).unwrap();
    encoder.line("个人账户明细").unwrap();
    encoder.size(1, 1).unwrap();
    encoder.align(Align::Left).unwrap();
    for line in lines {
        encoder.line(line).unwrap();
    }
    encoder.align(Align::Centre).unwrap();
    encoder.qr(QR_TEXT.as_bytes(), QR_MODULE_DOTS, QrLevel::Medium).unwrap();
    encoder.into_sink()
}

/// A link that keeps what is sent.
#[derive(Clone)]
struct Kept(Rc<RefCell<Vec<u8>>>);

impl Driver for Kept {
    fn name(&self) -> String {
        String::new()
    }

    fn write(&self, data: &[u8]) -> escpos::errors::Result<()> {
        self.0.borrow_mut().extend_from_slice(data);
        Ok(())
    }

    fn read(&self, _: &mut [u8]) -> escpos::errors::Result<usize> {
        Ok(0)
    }

    fn flush(&self) -> escpos::errors::Result<()> {
        Ok(())
    }
}

fn theirs(lines: &[String]) -> Vec<u8> {
    let kept = Kept(Rc::new(RefCell::new(Vec::with_capacity(RECEIPT_BYTES))));
    let protocol = Protocol::new(TextEncoder::new(encoding_rs::GB18030));
    let mut printer = Printer::new(kept.clone(), protocol, None);
    printer.init().unwrap();
    printer.custom(&[0x1C, 0x26]).unwrap();
    printer.justify(JustifyMode::CENTER).unwrap().size(2, 2).unwrap();
    printer.writeln("个人账户明细").unwrap().size(1, 1).unwrap();
    printer.justify(JustifyMode::LEFT).unwrap();
    for line in lines {
        printer.writeln(line).unwrap();
    }
    let (model, level) = (QRCodeModel::Model2, QRCodeCorrectionLevel::M);
    let option = QRCodeOption::new(model, QR_MODULE_DOTS, level);
    printer.justify(JustifyMode::CENTER).unwrap().qrcode_option(QR_TEXT, option).unwrap();
    printer.print().unwrap();
    kept.0.take()
}

fn beside_escpos(c: &mut Criterion) {
    let lines = lines();
    let text = encoding_rs::GB18030.encode(&lines.concat()).0.len();
    for (name, receipt) in [("ours", ours(&lines)), ("escpos", theirs(&lines))] {
        assert!(receipt.len() > text, "{name}: {} bytes", receipt.len());
        println!("{name}: {} bytes", receipt.len());
    }
    let mut group = c.benchmark_group("30 lines and a QR symbol");
    group.throughput(Throughput::Elements(1));
    group.bench_function("gongji-hal", |b| b.iter(|| black_box(ours(black_box(&lines)))));
    group.bench_function("escpos", |b| b.iter(|| black_box(theirs(black_box(&lines)))));
    group.finish();
}

criterion_group!(benches, slip, beside_escpos);
criterion_main!(benches);
