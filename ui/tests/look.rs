//! The numbers of the look: contrast, type sizes, and that the code takes them from the theme.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod common;

use std::fs;
use std::path::{Path, PathBuf};

use gongji_ui::slint::{Color, ComponentHandle};

/// Relative luminance (WCAG 2.2).
fn luminance(color: Color) -> f64 {
    let part = |value: u8| {
        let share = f64::from(value) / 255.0;
        if share <= 0.04045 { share / 12.92 } else { ((share + 0.055) / 1.055).powf(2.4) }
    };
    0.2126 * part(color.red()) + 0.7152 * part(color.green()) + 0.0722 * part(color.blue())
}

fn contrast(one: Color, other: Color) -> f64 {
    let (one, other) = (luminance(one), luminance(other));
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

#[test]
fn words_stand_out_from_their_ground_by_seven_to_one() {
    let screen = common::screen();
    let p = screen.app().global::<gongji_ui::Theme>().get_palette();
    for (name, words, ground) in [
        ("ink on ground", p.ink, p.ground),
        ("ink on paper", p.ink, p.paper),
        ("ink on amber", p.ink, p.warn_paper),
        ("ink on a pressed row", p.ink, p.accent_pale),
        ("soft on ground", p.soft, p.ground),
        ("soft on paper", p.soft, p.paper),
        ("soft on the label column", p.soft, p.shade),
        ("soft on a pressed row", p.soft, p.accent_pale),
        ("accent on ground", p.accent, p.ground),
        ("accent on paper", p.accent, p.paper),
        ("accent on a pressed button", p.accent, p.accent_pale),
        ("on accent", p.on_accent, p.accent),
        ("on pressed accent", p.on_accent, p.accent_down),
        ("pale on accent", p.accent_pale, p.accent),
        ("seal on its paper", p.seal, p.seal_paper),
        ("seal on paper", p.seal, p.paper),
        ("seal on ground", p.seal, p.ground),
        ("on seal", p.on_accent, p.seal),
        ("on pressed seal", p.on_accent, p.seal_down),
        ("ok on ground", p.ok, p.ground),
        ("ok on paper", p.ok, p.paper),
        ("ok on a pressed row", p.ok, p.accent_pale),
        ("on ok", p.on_accent, p.ok),
        ("warn on amber", p.warn, p.warn_paper),
        ("on warn", p.on_accent, p.warn),
    ] {
        let ratio = contrast(words, ground);
        assert!(ratio >= 7.0, "{name}: {ratio:.2}");
    }
}

#[test]
fn type_is_large_and_lines_are_apart() {
    let screen = common::screen();
    let theme = screen.app().global::<gongji_ui::Theme>();
    let (t, s) = (theme.get_type(), theme.get_size());
    assert!(t.caption >= 36.0);
    for size in [t.body, t.lead, t.button, t.title, t.figure, t.figure_long] {
        assert!(size >= 42.0, "{size}");
    }
    for target in [s.button, s.chip, s.row, s.row_min] {
        assert!(target >= 80.0, "{target}");
    }
    // The font's own line height, from its metrics, times the closest factor in use.
    let face = ttf_parser::Face::parse(gongji_fonts::REGULAR, 0).unwrap();
    let natural = f32::from(face.ascender() - face.descender() + face.line_gap())
        / f32::from(face.units_per_em());
    assert!(natural * t.close >= 1.3, "{natural} × {}", t.close);
}

fn slint_files(directory: &Path, files: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(directory).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            slint_files(&path, files);
        } else if path.extension().is_some_and(|e| e == "slint") {
            files.push(path);
        }
    }
}

#[test]
fn the_pages_take_their_type_from_the_theme_and_hold_no_clock() {
    let mut files = Vec::new();
    for directory in ["adapters", "pages", "panel", "widgets"] {
        slint_files(&Path::new(env!("CARGO_MANIFEST_DIR")).join(directory), &mut files);
    }
    assert!(files.len() > 20);
    for path in files {
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let text = fs::read_to_string(&path).unwrap();
        assert!(!text.contains("Timer"), "{name}: time lives in the core");
        for (number, line) in text.lines().enumerate() {
            let line = line.trim();
            if let Some(value) = line.strip_prefix("font-size:") {
                // Seals measure their sign by their own size; a fitted text is given two sizes.
                assert!(
                    !value.trim().starts_with(|c: char| c.is_ascii_digit()),
                    "{name}:{}: {line}",
                    number + 1
                );
                let caption = value.contains("caption");
                assert!(
                    !caption || name == "bar_chart.slint" || name == "panel.slint",
                    "{name}:{}: captions are for the chart",
                    number + 1
                );
            }
            if line.starts_with("text: \"") || line.starts_with("label: \"") {
                assert!(
                    line.contains('›') || line.contains("国"),
                    "{name}:{}: use @tr",
                    number + 1
                );
            }
        }
    }
}
