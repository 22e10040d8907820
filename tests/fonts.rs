//! The shipped fonts hold every character the kiosk may show: boxes in place of letters carry as
//! much ink as letters, so only the fonts' own character maps can tell.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

#[path = "fonts/literals.rs"]
mod literals;

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use ttf_parser::{Face, OutlineBuilder, name_id};

const TGH2013: &str = include_str!("../ui/fonts/tgh2013.txt");
const TGH2013_COUNT: usize = 8105;

/// Both weights with their OpenType weight class.
static FACES: LazyLock<[(Face<'static>, u16); 2]> = LazyLock::new(|| {
    [(gongji_fonts::REGULAR, 400), (gongji_fonts::BOLD, 700)]
        .map(|(bytes, weight)| (Face::parse(bytes, 0).expect("a whole font"), weight))
});

/// Glyph 0 is the picture of what is missing.
fn maps(face: &Face<'_>, c: char) -> bool {
    face.glyph_index(c).is_some_and(|glyph| glyph.0 != 0)
}

/// Characters of `text` that either weight cannot draw, each once, by the fonts' own maps.
fn missing(text: &str) -> BTreeSet<char> {
    text.chars()
        .filter(|&c| !gongji_fonts::is_invisible(c))
        .filter(|&c| FACES.iter().any(|(face, _)| !maps(face, c)))
        .collect()
}

/// Fails with the characters of `text` that one of the fonts lacks.
#[track_caller]
fn assert_covered(text: &str) {
    let missing = missing(text);
    assert!(missing.is_empty(), "{} lacks {}", gongji_fonts::FAMILY, name_all(&missing));
}

fn name_all(chars: &BTreeSet<char>) -> String {
    chars.iter().fold(String::new(), |mut out, &c| {
        write!(out, "{c} (U+{:04X}) ", u32::from(c)).expect("writing to a string");
        out
    })
}

fn tgh2013() -> String {
    TGH2013.lines().filter(|line| !line.starts_with('#')).collect()
}

/// The GB 2312 area of GBK; its undefined cells decode to private-use characters or not at all.
fn gb2312() -> String {
    let mut out = String::new();
    for lead in 0xa1..=0xf7_u8 {
        for trail in 0xa1..=0xfe_u8 {
            let cell = [lead, trail];
            let (text, had_errors) = encoding_rs::GBK.decode_without_bom_handling(&cell);
            out.extend(
                text.chars().filter(|c| !had_errors && !('\u{e000}'..='\u{f8ff}').contains(c)),
            );
        }
    }
    out
}

#[test]
fn the_table_of_general_characters_is_whole() {
    let table = tgh2013();
    let distinct: BTreeSet<char> = table.chars().collect();
    assert_eq!(distinct.len(), TGH2013_COUNT);
    assert_eq!(table.chars().count(), TGH2013_COUNT, "a character occurs twice");
    assert_eq!(distinct.iter().filter(|&&c| c > '\u{ffff}').count(), 196, "beyond the first plane");
    assert_eq!(table.chars().next(), Some('一'));
    assert_covered(&table);
}

#[test]
fn gb2312_is_covered() {
    let table = gb2312();
    let ideographs = table.chars().filter(|c| ('\u{4e00}'..='\u{9fff}').contains(c)).count();
    assert_eq!(ideographs, 6763);
    assert_covered(&table);
}

#[test]
fn names_are_covered() {
    let basic: String = ('\u{4e00}'..='\u{9fa5}').collect();
    assert_covered(&basic);
    assert_covered("喆堃珺翀玥祎㐂𬭎𫖯𬬭镕犇䶮");
}

#[test]
fn the_faces_stay_small() {
    const FACE_BYTES_MAX: usize = 6_000_000;
    for bytes in [gongji_fonts::REGULAR, gongji_fonts::BOLD] {
        assert!(bytes.len() <= FACE_BYTES_MAX, "{} bytes", bytes.len());
    }
}

#[test]
fn latin_and_signs_are_covered() {
    let ascii: String = (' '..='~').collect();
    let latin1: String = ('\u{a0}'..='\u{ff}').collect();
    let full_width: String = ('！'..='～').collect();
    assert_covered(&ascii);
    assert_covered(&latin1);
    assert_covered(&full_width);
    assert_covered("·…—“”‘’《》「」『』【】、。〇〓›‹✓×−¥￥№←↑→↓①②③④⑤⑥⑦⑧⑨⑩≥≤±℃");
}

#[test]
fn a_missing_character_is_noticed() {
    assert_eq!(missing("医保\n💊，⌫"), BTreeSet::from(['💊', '⌫']));
}

#[test]
fn the_list_of_characters_is_what_the_fonts_map() {
    let listed: BTreeSet<char> = ('\0'..=char::MAX).filter(|&c| gongji_fonts::covers(c)).collect();
    for (face, weight) in &*FACES {
        let mut mapped = BTreeSet::new();
        for table in face.tables().cmap.expect("a character map").subtables {
            if table.is_unicode() {
                table.codepoints(|code| mapped.extend(char::from_u32(code)));
            }
        }
        mapped.retain(|&c| maps(face, c));
        let differ: BTreeSet<char> = listed.symmetric_difference(&mapped).copied().collect();
        assert!(differ.is_empty(), "in one only, weight {weight}: {}", name_all(&differ));
    }
}

#[test]
fn every_character_has_a_picture() {
    struct Ink(bool);
    impl OutlineBuilder for Ink {
        fn move_to(&mut self, _: f32, _: f32) {}
        fn line_to(&mut self, _: f32, _: f32) {
            self.0 = true;
        }
        fn quad_to(&mut self, _: f32, _: f32, _: f32, _: f32) {
            self.0 = true;
        }
        fn curve_to(&mut self, _: f32, _: f32, _: f32, _: f32, _: f32, _: f32) {
            self.0 = true;
        }
        fn close(&mut self) {}
    }
    for (face, weight) in &*FACES {
        for c in tgh2013().chars().chain('!'..='~') {
            let mut ink = Ink(false);
            let glyph = face.glyph_index(c).unwrap();
            face.outline_glyph(glyph, &mut ink);
            assert!(ink.0, "{c} (U+{:04X}) is empty in weight {weight}", u32::from(c));
        }
    }
}

#[test]
fn the_two_weights_are_one_family() {
    let styles = FACES.each_ref().map(|(face, weight)| {
        assert_eq!(face.weight().to_number(), *weight);
        let name = |id| {
            let found = face.names().into_iter().find(|n| n.name_id == id && n.is_unicode());
            found.and_then(|n| n.to_string())
        };
        assert_eq!(name(name_id::FAMILY).as_deref(), Some(gongji_fonts::FAMILY));
        assert_eq!(name(name_id::TYPOGRAPHIC_FAMILY), None);
        assert!(name(name_id::LICENSE).unwrap().contains("Open Font License"));
        assert!(name(name_id::COPYRIGHT_NOTICE).is_some());
        (face.is_bold(), name(name_id::SUBFAMILY).unwrap())
    });
    assert_eq!(styles, [(false, "Regular".to_owned()), (true, "Bold".to_owned())]);
}

#[test]
fn lines_and_columns_of_both_weights_agree() {
    for (face, weight) in &*FACES {
        assert_eq!(face.units_per_em(), 1000);
        assert_eq!((face.ascender(), face.descender(), face.line_gap()), (1160, -288, 0));
        let advance = |c| face.glyph_hor_advance(face.glyph_index(c).unwrap()).unwrap();
        for c in '0'..='9' {
            assert_eq!(advance(c), advance('0'), "digits of weight {weight} differ in width");
        }
        for c in "医，。（￥９".chars() {
            assert_eq!(advance(c), 1000, "{c} of weight {weight}");
        }
    }
}

#[test]
fn the_licence_goes_with_the_fonts() {
    assert!(gongji_fonts::LICENCE.contains("SIL OPEN FONT LICENSE Version 1.1"));
    assert!(gongji_fonts::LICENCE.contains("Adobe"));
    assert!(gongji_fonts::LICENCE.contains("DISCLAIMER"));
}

#[test]
fn every_character_of_the_sources_is_covered() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut files = Vec::new();
    collect_files(&root.join("src"), "rs", &mut files);
    collect_files(&root.join("ui"), "slint", &mut files);
    for kind in ["rs", "slint"] {
        let found = files.iter().any(|file| file.extension().is_some_and(|e| e == kind));
        assert!(found, "no .{kind} file was found: the test looks in the wrong place");
    }
    let mut complaints = String::new();
    for file in &files {
        let source = std::fs::read_to_string(file).expect("a source file is UTF-8");
        for (line, text) in literals::shown_text(&source) {
            for c in missing(&text) {
                let shown = file.strip_prefix(root).unwrap_or(file).display();
                writeln!(complaints, "{shown}:{line}: {c} (U+{:04X})", u32::from(c)).unwrap();
            }
        }
    }
    assert!(
        complaints.is_empty(),
        "not in the shipped fonts; choose another character, or add it to ui/fonts/characters.py \
         and run ui/fonts/make.sh:\n{complaints}"
    );
}

#[test]
fn generated_names_and_places_are_covered() {
    let text: String = gongji_kiosk::records::generate::all_text().collect();
    let distinct: BTreeSet<char> = text.chars().collect();
    assert!(distinct.len() > 200, "only {} characters were found", distinct.len());
    assert!(text.contains("王建国") && text.contains('喆'));
    assert_covered(&text);
}

/// Source files below `dir`; tests may hold what no patron is shown.
fn collect_files(dir: &Path, extension: &str, out: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(dir).expect("a directory of sources") {
        let path = entry.expect("a directory entry").path();
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        if path.is_dir() && name != "tests" && name != "target" {
            collect_files(&path, extension, out);
        } else if path.extension().is_some_and(|e| e == extension) && name != "tests.rs" {
            out.push(path);
        }
    }
}
