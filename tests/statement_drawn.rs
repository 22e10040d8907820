//! What the printer cannot make by itself is drawn: rare characters and, if need be, QR symbols.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

#[path = "support/drawn.rs"]
mod drawn;
#[path = "support/paper.rs"]
mod paper;
#[path = "support/slips.rs"]
mod slips;

use drawn::ReadLine;
use gongji_hal::printer::sim::PrintedLine;
use gongji_kiosk::domain::account::{MovementKind, RelativeRef};
use gongji_kiosk::domain::period::Period;
use gongji_kiosk::domain::person::{PersonName, PersonNo};
use gongji_kiosk::records::port::{AccountStatement, FamilyStatement};
use gongji_kiosk::statement::{
    Font, GETA, Issuer, Paper, Picture, PrintSize, PrinterFont, Profile, QrPrinting, Slip,
    SlipContext,
};
use jiff::civil::date;
use slips::{context, daughter, issuer, movement, owner, stamp};

/// Characters of names that most printers lack.
const RARE: &str = "喆堃珺翀玥祎㐂𬭎𫖯𬬭";
/// With what drawn lines are read.
const WORDS: &str = "女儿小计笔，*.0123456789看病买药缴费康大药房徐汇店";

const PROFILES: [Profile; 4] = [
    Profile::MM58,
    Profile::MM80,
    Profile { font: Font::Gb2312, ..Profile::MM58 },
    Profile { font: Font::Gb2312, ..Profile::MM80 },
];

fn alphabet() -> String {
    format!("{WORDS}{RARE}")
}

/// One visit of each of ten relatives with a rare name.
fn ten_relatives() -> FamilyStatement {
    let visit = |(serial, ch): (usize, char)| {
        let day = 1 + i8::try_from(serial).unwrap();
        let on = date(2026, 9, day);
        let mut row = movement(serial as i64, on, MovementKind::FamilyCare, -3_850, "第六医院");
        row.relative = Some(RelativeRef {
            psn_no: PersonNo::new(format!("P1{serial:03}")),
            name: PersonName::new(format!("{ch}大明")),
            ..daughter()
        });
        row
    };
    FamilyStatement {
        period: Period::new(date(2026, 9, 1), date(2026, 11, 20)).unwrap(),
        rows: RARE.chars().enumerate().map(visit).collect(),
        premiums: Vec::new(),
    }
}

/// Visits at a pharmacy with a rare name; the row's relative has one too.
fn account_at(place: &str) -> AccountStatement {
    let mut row = movement(1, date(2026, 9, 5), MovementKind::FamilyCare, -1_200, place);
    row.relative = Some(RelativeRef { name: PersonName::new("喆大明"), ..daughter() });
    let period = Period::new(date(2026, 9, 1), date(2026, 11, 20)).unwrap();
    slips::account_statement(period, 100_000, vec![row])
}

/// Calls `make` with a context of a printer and a size.
fn with<T>(profile: Profile, size: PrintSize, make: impl FnOnce(&SlipContext<'_>) -> T) -> T {
    let (owner, issuer) = (owner(), issuer());
    make(&SlipContext { profile, size, ..context(&owner, &[], &issuer, profile.paper) })
}

fn account(place: &str, profile: Profile, size: PrintSize) -> Slip {
    with(profile, size, |context| Slip::account(&account_at(place), context)).unwrap()
}

fn family(profile: Profile, size: PrintSize) -> Slip {
    with(profile, size, |context| Slip::family(&ten_relatives(), context)).unwrap()
}

/// All lines of a slip, from its bytes.
fn read(slip: &Slip) -> Vec<ReadLine> {
    let pages = slip.encode(&stamp()).unwrap();
    pages.iter().flat_map(|bytes| drawn::lines(bytes, &alphabet())).collect()
}

#[test]
fn every_rare_name_is_on_the_paper() {
    for (profile, size) in PROFILES
        .into_iter()
        .flat_map(|profile| [(profile, PrintSize::Normal), (profile, PrintSize::Large)])
    {
        let lines = read(&family(profile, size));
        let text = drawn::text(&lines);
        for ch in RARE.chars() {
            let name = format!("女儿 {ch}*");
            let named = lines.iter().filter(|line| line.text.starts_with(&name));
            assert!(named.count() >= 3, "{profile:?} {size:?}: {name} in {text}");
        }
        assert!(!text.contains(GETA) && !text.contains("打不出"), "{text}");
    }
}

#[test]
fn drawn_lines_read_as_agreed() {
    let text = |profile, size| drawn::text(&read(&family(profile, size)));
    insta::assert_snapshot!("rare_names_80", text(Profile::MM80, PrintSize::Normal));
    insta::assert_snapshot!("rare_names_58_large", text(Profile::MM58, PrintSize::Large));
}

#[test]
fn only_lines_with_a_character_that_the_printer_lacks_are_drawn() {
    for profile in PROFILES {
        for line in read(&family(profile, PrintSize::Normal)) {
            let lacks = line.text.chars().any(|ch| !profile.font.covers(ch));
            assert_eq!(line.drawn, lacks, "{profile:?}: {}", line.text);
        }
    }
}

#[test]
fn size_and_emphasis_are_kept_in_a_drawn_line() {
    for (profile, size, text, expected) in [
        (Profile::MM80, PrintSize::Normal, "女儿 𬭎*", ((2, 2), true)),
        (Profile::MM58, PrintSize::Large, "女儿 𬭎*", ((2, 2), true)),
        (Profile::MM80, PrintSize::Normal, "女儿 𬭎* 小计 1笔", ((1, 1), true)),
    ] {
        let lines = read(&family(profile, size));
        let found = lines.iter().filter(|line| line.drawn && line.text.starts_with(text));
        let look: Vec<_> = found.map(|line| (line.size, line.bold)).collect();
        assert!(look.contains(&expected), "{text}: {look:?}");
    }
}

/// How a page looks on the simulated printer with the project's face.
fn look(slip: &Slip, profile: Profile) -> Vec<gongji_hal::printer::sim::PrintedPaper> {
    let pages = slip.encode(&stamp()).unwrap();
    let print = |bytes: &zeroize::Zeroizing<Vec<u8>>| {
        paper::run(bytes, profile.paper, Box::new(PrinterFont::new())).uncut().clone()
    };
    pages.iter().map(print).collect()
}

#[test]
fn a_drawn_line_stands_where_the_printer_would_have_written_it() {
    let statement = account_at("喆康大药房徐汇店（镕犇里）");
    // The body stands in the middle, the place at its indent.
    let issuer = Issuer { body: "堃翀县医疗保障局".to_owned(), ..issuer() };
    let owner = owner();
    for base in [Profile::MM58, Profile::MM80] {
        let lacking = Profile { font: Font::Gb2312, ..base };
        let print = |profile: Profile| {
            let usual = context(&owner, &[], &issuer, profile.paper);
            look(&Slip::account(&statement, &SlipContext { profile, ..usual }).unwrap(), profile)
        };
        let (written, drawn) = (print(base), print(lacking));
        let raster = |line: &PrintedLine| matches!(line, PrintedLine::Raster { .. });
        assert!(drawn[0].lines().iter().any(raster) && !written[0].lines().iter().any(raster));
        assert!(written[0].bitmap() == drawn[0].bitmap(), "{:?}: dots differ", base.paper);
    }
}

#[test]
fn a_drawn_qr_symbol_is_the_printers_own() {
    for base in [Profile::MM58, Profile::MM80] {
        let drawing = Profile { qr: QrPrinting::Raster, ..base };
        for size in [PrintSize::Normal, PrintSize::Large] {
            let native = look(&account("药店", base, size), base);
            let drawn = look(&account("药店", drawing, size), drawing);
            let (native, drawn) = (native.last().unwrap(), drawn.last().unwrap());
            assert_eq!((paper::qr_codes(native).len(), paper::qr_codes(drawn).len()), (1, 0));
            assert!(native.bitmap() == drawn.bitmap(), "{:?} {size:?}: dots differ", base.paper);
        }
    }
}

#[test]
fn a_character_that_nobody_has_is_marked_beside_drawn_ones() {
    let slip = account("𬭎康药店😀", Profile::MM80, PrintSize::Normal);
    let pages = slip.encode(&stamp()).unwrap();
    let signs = format!("{}{GETA}", alphabet());
    let text = drawn::text(&drawn::lines(&pages[0], &signs));
    assert!(text.contains("女儿 喆*，𬭎康药店〓"), "{text}");
    assert_eq!(text.matches("打不出来的字").count(), 1);
}

#[test]
fn the_picture_is_the_paper() {
    for profile in [Profile::MM58, Profile { font: Font::Gb2312, ..Profile::MM80 }] {
        for size in [PrintSize::Normal, PrintSize::Large] {
            let slip = family(profile, size);
            let papers = look(&slip, profile);
            let pictures = slip.page_pictures(&stamp()).unwrap();
            assert_eq!(papers.len(), pictures.len());
            for (paper, picture) in papers.iter().zip(&pictures) {
                assert!(Picture::of_paper(paper).as_ref() == Some(picture), "{size:?}");
            }
        }
    }
}

#[test]
fn a_printer_with_a_tear_bar_is_sent_no_cut() {
    let cut = [0x1D, 0x56, 0x42];
    let has_cut = |bytes: &[u8]| bytes.windows(3).any(|window| window == cut);
    let tearing = Profile { cutter: false, ..Profile::MM58 };
    let pages = |profile| account("药店", profile, PrintSize::Normal).escpos(&stamp()).unwrap();
    assert!(has_cut(&pages(Profile::MM58)) && !has_cut(&pages(tearing)));
    let dots = |profile| {
        let slip = account("药店", profile, PrintSize::Normal);
        look(&slip, profile)[0].bitmap().height()
    };
    let way_to_the_bar = 15 * 8;
    assert_eq!(dots(tearing), dots(Profile::MM58) + way_to_the_bar);
}

#[test]
fn paper_knows_its_size() {
    let slip = account("药店", Profile::MM58, PrintSize::Large);
    assert_eq!((slip.paper(), slip.size()), (Paper::Mm58, PrintSize::Large));
    let normal = account("药店", Profile::MM58, PrintSize::Normal);
    let key = [7; 32];
    assert_ne!(slip.digest(&key), normal.digest(&key), "what is on paper differs");
}
