//! What is encoded is what is read on the simulated paper.
#![cfg(feature = "sim")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use gongji_hal::{
    driver::Machine,
    printer::{
        encode::{Align, EncodeError, Encoder, QrLevel},
        profile::{Font, Paper},
        sim::{
            Bitmap, Fault, GlyphSource, NoGlyphs, PrintedLine, PrintedPaper, SimConfig, SimPrinter,
        },
    },
    time::Instant,
};
use proptest::prelude::*;

/// Every character is a black box in the left half of its cell.
struct Boxes;

impl GlyphSource for Boxes {
    fn glyph(&self, _ch: char, width: u32, height: u32) -> Option<Bitmap> {
        let mut glyph = Bitmap::new(width, height);
        for (x, y) in (0..height).flat_map(|y| (0..width / 2).map(move |x| (x, y))) {
            glyph.set(x, y);
        }
        Some(glyph)
    }
}

fn print(paper: Paper, write: impl FnOnce(&mut Encoder<Vec<u8>>)) -> PrintedPaper {
    let mut encoder = Encoder::new(Vec::new(), paper, Font::Gb18030);
    encoder.init().unwrap();
    write(&mut encoder);
    encoder.cut(0).unwrap();
    let config = SimConfig { paper, ..SimConfig::default() };
    let mut sim = SimPrinter::fed(config, Box::new(Boxes), &encoder.into_sink());
    assert_eq!(sim.lost_bytes(), 0);
    sim.take_papers().remove(0)
}

#[test]
fn text_styles_reach_the_paper() {
    let paper = print(Paper::Mm80, |e| {
        e.align(Align::Centre).unwrap();
        e.size(2, 2).unwrap();
        e.bold(true).unwrap();
        e.line("医保").unwrap();
        e.size(1, 1).unwrap();
        e.bold(false).unwrap();
        e.align(Align::Right).unwrap();
        e.line("12.50").unwrap();
        e.align(Align::Left).unwrap();
        e.text("喆").unwrap();
        e.line("堃").unwrap();
    });
    let line = |text: &str, left_dots, size, bold| PrintedLine::Text {
        text: text.into(),
        left_dots,
        size,
        bold,
    };
    let expected = [
        line("医保", (576 - 96) / 2, (2, 2), true),
        line("12.50", 576 - 60, (1, 1), false),
        line("喆堃", 0, (1, 1), false),
    ];
    assert_eq!(paper.lines(), expected);
    assert_eq!(paper.text(), "医保\n12.50\n喆堃\n");
    // 48 dots of double height, two lines of 30.
    assert_eq!(paper.bitmap().height(), 48 + 30 + 30);
    let dots = paper.bitmap();
    // The first box is 24 wide and one dot bolder, 48 high.
    assert!(dots.get(240, 0) && dots.get(264, 47) && !dots.get(265, 0) && !dots.get(239, 0));
    // ASCII boxes are 6 wide; line spacing adds 6 white rows.
    assert!(dots.get(516, 48) && dots.get(521, 71) && !dots.get(522, 48) && !dots.get(516, 72));
}

#[test]
fn line_spacing_and_feeds_move_the_paper() {
    for (spacing, expected) in [(None, 30), (Some(60), 60), (Some(0), 24)] {
        let paper = print(Paper::Mm58, |e| {
            e.line_spacing(spacing).unwrap();
            e.line("a").unwrap();
        });
        assert_eq!(paper.bitmap().height(), expected, "{spacing:?}");
    }
    let paper = print(Paper::Mm58, |e| {
        e.feed(3).unwrap();
        e.line("a").unwrap();
    });
    assert_eq!(paper.bitmap().height(), 90 + 30);
}

#[test]
fn long_lines_wrap_at_the_paper_width() {
    for (paper, columns) in [(Paper::Mm58, 32), (Paper::Mm80, 48)] {
        let text = "x".repeat(columns + 1);
        let printed = print(paper, |e| e.line(&text).unwrap());
        assert_eq!(printed.text(), format!("{}\nx\n", "x".repeat(columns)));
    }
}

#[test]
fn raster_is_printed_dot_for_dot_in_short_bands() {
    let rows = (0..72 * 50).map(|i| (i * 7 % 251) as u8).collect::<Vec<_>>();
    let paper = print(Paper::Mm80, |e| e.raster(72, &rows).unwrap());
    let bands = [24, 24, 2].map(|rows| PrintedLine::Raster { rows });
    assert_eq!(paper.lines(), bands);
    assert_eq!(&paper.bitmap().rows()[..rows.len()], rows);
}

#[test]
fn bad_raster_is_refused() {
    let mut e = Encoder::new(Vec::new(), Paper::Mm58, Font::Gb18030);
    for (row_bytes, rows) in [(0, 8), (49, 49), (8, 0), (8, 9)] {
        assert_eq!(e.raster(row_bytes, &vec![0; rows]), Err(EncodeError::Raster));
    }
    assert!(e.into_sink().is_empty());
}

#[test]
fn qr_bytes_are_exact() {
    let mut e = Encoder::new(Vec::new(), Paper::Mm58, Font::Gb18030);
    e.qr(b"GJ-0042", 6, QrLevel::Quartile).unwrap();
    #[rustfmt::skip]
    let expected = [
        0x1D, 0x28, 0x6B, 0x04, 0x00, 0x31, 0x41, 0x32, 0x00,
        0x1D, 0x28, 0x6B, 0x03, 0x00, 0x31, 0x43, 0x06,
        0x1D, 0x28, 0x6B, 0x03, 0x00, 0x31, 0x45, 0x32,
        0x1D, 0x28, 0x6B, 0x0A, 0x00, 0x31, 0x50, 0x30,
        b'G', b'J', b'-', b'0', b'0', b'4', b'2',
        0x1D, 0x28, 0x6B, 0x03, 0x00, 0x31, 0x51, 0x30,
    ];
    assert_eq!(e.into_sink(), expected);
}

#[test]
fn qr_length_is_two_bytes_and_bounded() {
    let mut e = Encoder::new(Vec::new(), Paper::Mm80, Font::Gb18030);
    e.qr(&[b'x'; 300], 3, QrLevel::Low).unwrap();
    assert_eq!(e.into_sink()[25..33], [0x1D, 0x28, 0x6B, 0x2F, 0x01, 0x31, 0x50, 0x30]);
    let mut e = Encoder::new(Vec::new(), Paper::Mm80, Font::Gb18030);
    let long = vec![b'x'; 3000];
    for (data, module, error) in [
        (&long[..0], 3, EncodeError::QrLength { max: 2331 }),
        (&long[..2332], 3, EncodeError::QrLength { max: 2331 }),
        (&long[..9], 0, EncodeError::OutOfRange),
        (&long[..9], 17, EncodeError::OutOfRange),
    ] {
        assert_eq!(e.qr(data, module, QrLevel::Medium), Err(error));
    }
    assert!(e.into_sink().is_empty());
}

#[test]
fn the_printed_qr_symbol_is_the_standard_one() {
    let paper = print(Paper::Mm80, |e| {
        e.align(Align::Centre).unwrap();
        e.qr(b"GJ-0042", 6, QrLevel::High).unwrap();
    });
    assert_eq!(paper.lines(), [PrintedLine::Qr(b"GJ-0042".to_vec())]);
    let code = qrcodegen::QrCode::encode_binary(b"GJ-0042", qrcodegen::QrCodeEcc::High).unwrap();
    // The level is boosted by that function only when it costs nothing; it is highest already.
    let side = code.size() as u32 * 6;
    let left = (576 - side) / 2;
    for (x, y) in (0..side).flat_map(|y| (0..side).map(move |x| (x, y))) {
        let module = code.get_module((x / 6) as i32, (y / 6) as i32);
        assert_eq!(paper.bitmap().get(left + x, y), module, "{x},{y}");
    }
}

#[test]
fn characters_outside_the_font_are_refused_whole() {
    let mut e = Encoder::new(Vec::new(), Paper::Mm80, Font::Gb18030);
    assert_eq!(e.line("张\u{2CB0E}"), Err(EncodeError::Unprintable('\u{2CB0E}')));
    assert_eq!(e.line("㐀"), Err(EncodeError::Unprintable('㐀')));
    assert_eq!(e.line("a\u{1B}@"), Err(EncodeError::Unprintable('\u{1B}')));
    assert_eq!(e.text("a\n"), Err(EncodeError::Unprintable('\n')));
    assert!(e.into_sink().is_empty());
    let mut e = Encoder::new(Vec::new(), Paper::Mm80, Font::Gb2312);
    assert_eq!(e.line("王喆"), Err(EncodeError::Unprintable('喆')));
}

#[test]
fn four_byte_characters_would_print_as_garbage() {
    // U+3400 in GB 18030: what the encoder must never send.
    let sim = SimPrinter::fed(
        SimConfig::default(),
        Box::new(NoGlyphs),
        &[0x1B, 0x40, 0x81, 0x39, 0xEE, 0x39, b'\n', 0x1D, 0x56, 0x42, 0],
    );
    assert_eq!(sim.papers()[0].text(), "\u{FFFD}9\u{FFFD}9\n");
}

#[test]
fn bad_sizes_are_refused() {
    let mut e = Encoder::new(Vec::new(), Paper::Mm80, Font::Gb18030);
    for (width, height) in [(0, 1), (1, 0), (9, 1), (1, 9)] {
        assert_eq!(e.size(width, height), Err(EncodeError::OutOfRange));
    }
    e.size(8, 8).unwrap();
    assert_eq!(e.into_sink(), [0x1D, 0x21, 0x77]);
}

#[test]
fn a_full_sink_is_an_error() {
    let mut buffer = heapless::Vec::<u8, 6>::new();
    let mut e = Encoder::new(&mut buffer, Paper::Mm80, Font::Gb18030);
    e.init().unwrap();
    assert!(matches!(e.line("医保"), Err(EncodeError::Sink(_))));
}

#[test]
fn bytes_past_a_full_buffer_are_lost_without_flow_control_and_kept_with_it() {
    let mut encoder = Encoder::new(Vec::new(), Paper::Mm80, Font::Gb18030);
    for row in 0..400 {
        encoder.line(&format!("{row:04} 012345678901234567890123456789")).unwrap();
    }
    let bytes = encoder.into_sink();
    for flow_control in [false, true] {
        let config = SimConfig { flow_control, speed_mm_s: 20, ..SimConfig::default() };
        let sim = SimPrinter::fed(config, Box::new(NoGlyphs), &bytes);
        assert_eq!(sim.lost_bytes() > 0, !flow_control);
        assert_eq!(sim.uncut().lines().len() == 400, flow_control);
        assert_eq!(sim.received(), bytes);
    }
}

#[test]
fn time_of_line_and_head_is_kept() {
    // 1152 bytes at 11,520 a second arrive in 100 ms; 10 lines of 30 dots take 417 ms at 90 mm/s.
    let config = SimConfig::default();
    let mut sim = SimPrinter::new(config, Box::new(NoGlyphs));
    sim.link_opened(Instant::from_millis(0));
    sim.receive(Instant::from_millis(0), &[0; 1152]);
    sim.receive(Instant::from_millis(0), &[0x10, 0x04, 0x01]);
    assert!(sim.pending_output(Instant::from_millis(99)).is_empty());
    assert_eq!(sim.pending_output(Instant::from_millis(101)), [0x12]);
    sim.output_taken(Instant::from_millis(101), 1);
    sim.receive(Instant::from_millis(1000), b"a\na\na\na\na\na\na\na\na\na\n\x1D\x72\x01");
    assert!(sim.pending_output(Instant::from_millis(1400)).is_empty());
    assert_eq!(sim.pending_output(Instant::from_millis(1430)), [0x00]);
}

#[test]
fn only_real_time_status_answers_while_stopped() {
    let at = Instant::from_millis;
    let mut sim = SimPrinter::new(SimConfig::default(), Box::new(NoGlyphs));
    sim.link_opened(at(0));
    sim.fault(at(0), Fault::PaperOut);
    let requests =
        [0x1D, 0x72, 1, 0x1D, 0x61, 0xFF, 0x10, 4, 1, 0x10, 4, 2, 0x10, 4, 3, 0x10, 4, 4];
    sim.receive(at(1), &requests);
    assert_eq!(sim.pending_output(at(100)), [0x1A, 0x32, 0x12, 0x7E]);
    sim.output_taken(at(100), 4);
    sim.load_paper(at(200), 1000);
    // The roll is short: near its end, and says so at once.
    assert_eq!(sim.pending_output(at(300)), [0x03, 0x10, 0, 0x03, 0]);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn what_is_encoded_is_what_is_read(text in "[ -~一-龥，。：]{1,24}") {
        prop_assume!(text.chars().all(|ch| Font::Gb18030.covers(ch)));
        let paper = print(Paper::Mm80, |e| e.line(&text).unwrap());
        let read = paper.text();
        // A line of 24 Chinese characters fits; nothing wraps.
        prop_assert_eq!(read, format!("{text}\n"));
    }

    #[test]
    fn the_printer_survives_any_bytes(bytes in prop::collection::vec(any::<u8>(), 0..600)) {
        let sim = SimPrinter::fed(SimConfig::default(), Box::new(NoGlyphs), &bytes);
        prop_assert!(sim.papers().len() <= bytes.len());
    }
}
