//! Nothing is cut off: the last character of each text changes the picture. An ellipsis, an edge or
//! another element over it would hide it.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod common;

use common::family;
use gongji_kiosk::view::model::*;
use gongji_kiosk::view::screen::{Frame, Headless};
use i_slint_backend_testing::{AccessibleRole, ElementHandle, ElementQuery};

/// Where the footer begins, logical pixels.
const FOOTER: f32 = 1692.0;

/// Every text of choices; the smaller words may give way to a notice.
fn of_choices(choices: &mut [Choice], notice: bool) -> Vec<&mut String> {
    let both = choices.iter_mut().flat_map(|c| [(&mut c.label, false), (&mut c.detail, true)]);
    both.filter(|(_, detail)| !(*detail && notice)).map(|(text, _)| text).collect()
}

fn of_fields(fields: &mut [Field]) -> Vec<&mut String> {
    fields.iter_mut().flat_map(|f| [&mut f.label, &mut f.value]).collect()
}

/// Every text that must be read on the page.
fn texts(page: &mut PageView, notice: bool) -> Vec<&mut String> {
    let mut all: Vec<&mut String> = Vec::new();
    match page {
        PageView::Members(p) => {
            all.extend([&mut p.title, &mut p.official]);
            all.extend(&mut p.lead);
            for card in &mut p.cards {
                all.push(&mut card.who);
                all.extend(&mut card.lines);
                all.extend(&mut card.mark);
            }
            all.extend(&mut p.empty);
            all.extend(of_choices(&mut p.choices, notice));
            all.extend(p.pager.as_mut().map(|g| &mut g.text));
        }
        PageView::Pad(p) => {
            all.push(&mut p.title);
            all.extend(&mut p.lead);
            if !p.secret && !p.shown.is_empty() {
                all.push(&mut p.shown);
            }
            all.extend(&mut p.unit);
            all.extend(&mut p.note);
            all.extend(of_choices(p.other.as_mut_slice(), notice));
        }
        PageView::Document(p) => {
            all.push(&mut p.title);
            all.extend(&mut p.lead);
            all.extend(p.lines.iter_mut().filter(|l| !l.is_empty()));
            all.extend([&mut p.pager.text, &mut p.note]);
        }
        PageView::Sign(p) => {
            all.push(&mut p.title);
            all.extend(&mut p.lead);
            all.extend(of_choices(p.other.as_mut_slice(), notice));
        }
        PageView::Review(p) => {
            all.push(&mut p.title);
            all.extend(of_fields(&mut p.fields));
            all.extend(&mut p.effects);
            all.push(&mut p.note);
        }
        PageView::Message(p) => {
            all.push(&mut p.title);
            all.extend(&mut p.reassurance);
            all.extend(&mut p.lines);
            all.extend(of_fields(&mut p.fields));
        }
        PageView::Choice(p) => {
            all.push(&mut p.title);
            all.extend(&mut p.lead);
            all.extend(of_choices(&mut p.choices, notice));
            all.extend(p.texts.iter_mut().flat_map(|(label, value)| [label, value]));
        }
        PageView::Home(p) => all.extend(of_choices(&mut p.choices, notice)),
        _ => {}
    }
    all
}

/// Another character of the same width.
fn other(last: char) -> char {
    match last {
        '0' => '8',
        c if c.is_ascii() => '0',
        '国' => '医',
        _ => '国',
    }
}

/// The picture of `vm`, no part of it left from before: what is drawn again in part may differ at the
/// edges of that part.
fn drawn_anew(screen: &Headless, vm: &ViewModel) -> Frame {
    screen.apply(&ViewModel::default());
    screen.draw();
    screen.apply(vm);
    screen.frame()
}

#[test]
fn every_text_is_whole() {
    let screen = common::screen();
    let mut cut = Vec::new();
    let mut looked_at = 0;
    for (name, vm) in family::all() {
        let whole = drawn_anew(&screen, &vm);
        let notice = vm.notice.is_some();
        let count = texts(&mut vm.page.clone(), notice).len();
        for n in 0..count {
            let mut changed = vm.clone();
            let mut all = texts(&mut changed.page, notice);
            let text = &mut all[n];
            let former = text.clone();
            let last = text.pop().unwrap();
            text.push(other(last));
            if drawn_anew(&screen, &changed) == whole {
                cut.push(format!("{name}: {former}"));
            }
            looked_at += 1;
        }
    }
    assert!(cut.is_empty(), "cut off:\n{}", cut.join("\n"));
    assert!(looked_at > 200, "only {looked_at} texts");
}

fn room(element: &ElementHandle) -> (f32, f32, f32, f32) {
    let (at, size) = (element.absolute_position(), element.size());
    (at.x, at.y, at.x + size.width, at.y + size.height)
}

#[test]
fn nothing_runs_into_the_footer_or_into_another() {
    let screen = common::screen();
    let of_role = |screen: &Headless, role| {
        ElementQuery::from_root(screen.app()).match_accessible_role(role).find_all()
    };
    for (name, vm) in family::all() {
        screen.apply(&vm);
        screen.draw();
        let mut rooms: Vec<(String, f32, f32, f32, f32)> = Vec::new();
        for element in of_role(&screen, AccessibleRole::Text)
            .into_iter()
            .chain(of_role(&screen, AccessibleRole::Button))
        {
            let (left, top, right, bottom) = room(&element);
            let label = element.accessible_label().unwrap_or_default().to_string();
            if label.is_empty() || top >= FOOTER {
                continue;
            }
            assert!(bottom <= FOOTER, "{name}: {label} ends at {bottom}");
            assert!(left >= 0.0 && right <= 1080.0, "{name}: {label} from {left} to {right}");
            // A button's own words lie on it.
            for (other, l, t, r, b) in rooms.iter().filter(|(other, ..)| *other != label) {
                // Two lines of a text may touch by the slack of their line height.
                let apart =
                    left >= r - 1.0 || *l >= right - 1.0 || top >= b - 8.0 || *t >= bottom - 8.0;
                assert!(apart, "{name}: {label} lies over {other}");
            }
            rooms.push((label, left, top, right, bottom));
        }
    }
}

#[test]
fn the_effects_stay_on_their_amber() {
    let screen = common::screen();
    for vm in [family::review(), family::review_full(), family::review_short()] {
        let PageView::Review(page) = &vm.page else { unreachable!() };
        screen.apply(&vm);
        screen.draw();
        let amber = ElementHandle::find_by_element_id(screen.app(), "ReviewPage::amber");
        let (left, top, right, bottom) = room(&Vec::from_iter(amber)[0]);
        for words in page.effects.iter().chain([&page.note]) {
            let text = ElementHandle::find_by_accessible_label(screen.app(), words).next().unwrap();
            let (l, t, r, b) = room(&text);
            assert!(left < l && top < t && r < right && b < bottom, "{words}");
        }
    }
}
