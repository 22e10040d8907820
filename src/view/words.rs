//! The words on a screen: its heading, and what can be touched by its words.

use crate::visit::event::{PadKey, Pen, Tap};

use super::model::{Button, Overlay, PadKeys, PageView, Pager, ViewModel};

/// The words of 呼叫工作人员, on every page.
pub const CALL_STAFF: &str = "呼叫工作人员";
/// The words of 上一页 and 下一页.
pub const PREVIOUS_PAGE: &str = "上一页";
/// See [`PREVIOUS_PAGE`].
pub const NEXT_PAGE: &str = "下一页";
/// The words of the button that keeps a visit.
pub const STILL_HERE: &str = "我还在";
/// The words of the button that ends a call.
pub const STAFF_DONE: &str = "不用来了";
/// The words of the button that closes the message of a call.
pub const STAFF_READ: &str = "知道了，接着办";
/// The words of the buttons that turn the years.
pub const EARLIER_YEAR: &str = "前一年";
/// See [`EARLIER_YEAR`].
pub const LATER_YEAR: &str = "后一年";
/// The words of the key that takes the last character back.
pub const ERASE: &str = "退一格";
/// The words of the key that takes all back.
pub const CLEAR: &str = "全部清除";
/// The words of the button that wipes the field for the signature.
pub const WIPE: &str = "擦掉重写";

/// Everything that can be touched now, with its words, in reading order.
///
/// What lies over the page takes all touches, so that nothing beneath it is named.
pub fn touchables(view: &ViewModel) -> Vec<(String, Tap)> {
    let mut found = Vec::new();
    match &view.overlay {
        Some(Overlay::StillThere { .. }) => {
            return vec![(STILL_HERE.into(), Tap::StillHere), (CALL_STAFF.into(), Tap::CallStaff)];
        }
        Some(Overlay::StaffCalled { .. }) => {
            return vec![
                (STAFF_DONE.into(), Tap::StaffDone),
                (STAFF_READ.into(), Tap::StillHere),
                (CALL_STAFF.into(), Tap::CallStaff),
            ];
        }
        None => {}
    }
    of_page(&view.page, &mut found);
    found.push((CALL_STAFF.into(), Tap::CallStaff));
    for Button { label, tap } in [&view.back, &view.primary].into_iter().flatten() {
        found.push((label.clone(), *tap));
    }
    found
}

/// The heading of the page.
pub fn heading(view: &ViewModel) -> &str {
    match &view.page {
        PageView::Idle(page) => &page.title,
        PageView::Waiting(page) => &page.title,
        PageView::Home(page) => &page.greeting,
        PageView::List(page) => &page.title,
        PageView::Record(page) => &page.title,
        PageView::Months(page) => &page.title,
        PageView::Choice(page) => &page.title,
        PageView::Preview(page) => &page.title,
        PageView::Message(page) => &page.title,
        PageView::Members(page) => &page.title,
        PageView::Pad(page) => &page.title,
        PageView::Document(page) => &page.title,
        PageView::Sign(page) => &page.title,
        PageView::Review(page) => &page.title,
    }
}

fn of_page(page: &PageView, found: &mut Vec<(String, Tap)>) {
    match page {
        PageView::Home(home) => {
            found.extend(home.choices.iter().map(|c| (c.label.clone(), c.tap)));
        }
        PageView::Choice(choice) => {
            found.extend(choice.choices.iter().map(|c| (c.label.clone(), c.tap)));
        }
        PageView::List(list) => {
            found.extend(list.chips.iter().map(|c| (c.label.clone(), c.tap)));
            let rows = list.rows.iter().filter_map(|r| r.tap.map(|tap| (r.title.clone(), tap)));
            found.extend(rows);
            of_pager(list.pager.as_ref(), found);
        }
        PageView::Months(months) => {
            found.extend(months.quick.iter().map(|c| (c.label.clone(), c.tap)));
            let cells = months.months.iter().filter(|m| m.enabled);
            found.extend(cells.map(|m| (m.label.clone(), m.tap)));
            if months.earlier {
                found.push((EARLIER_YEAR.into(), Tap::Year(-1)));
            }
            if months.later {
                found.push((LATER_YEAR.into(), Tap::Year(1)));
            }
        }
        PageView::Preview(preview) => {
            found.extend(preview.sizes.iter().map(|c| (c.label.clone(), c.tap)));
        }
        PageView::Members(members) => {
            found.extend(members.cards.iter().map(|c| (c.who.clone(), c.tap)));
            found.extend(members.choices.iter().map(|c| (c.label.clone(), c.tap)));
            of_pager(members.pager.as_ref(), found);
        }
        PageView::Pad(pad) => {
            found.extend(pad_keys(pad.keys).map(|c| (char::from(c).into(), key(c))));
            found.push((ERASE.into(), Tap::Key(PadKey::Erase)));
            found.push((CLEAR.into(), Tap::Key(PadKey::Clear)));
            found.extend(pad.other.iter().map(|c| (c.label.clone(), c.tap)));
        }
        PageView::Document(document) => of_pager(Some(&document.pager), found),
        PageView::Sign(sign) => {
            if sign.can_wipe {
                found.push((WIPE.into(), Tap::Pen(Pen::Wipe)));
            }
            found.extend(sign.other.iter().map(|c| (c.label.clone(), c.tap)));
        }
        PageView::Idle(_)
        | PageView::Waiting(_)
        | PageView::Record(_)
        | PageView::Message(_)
        | PageView::Review(_) => {}
    }
}

fn of_pager(pager: Option<&Pager>, found: &mut Vec<(String, Tap)>) {
    if pager.is_some_and(|p| p.previous) {
        found.push((PREVIOUS_PAGE.into(), Tap::PreviousPage));
    }
    if pager.is_some_and(|p| p.next) {
        found.push((NEXT_PAGE.into(), Tap::NextPage));
    }
}

/// The characters of a pad, in order, as ASCII.
pub fn pad_keys(keys: PadKeys) -> impl Iterator<Item = u8> {
    let letters: &[u8] = match keys {
        PadKeys::Digits => b"",
        PadKeys::DigitsX => b"X",
        PadKeys::Letters => b"ABCDEFGHIJKLMNOPQRSTUVWXYZ",
    };
    (b'0'..=b'9').chain(letters.iter().copied())
}

const fn key(character: u8) -> Tap {
    Tap::Key(PadKey::Character(character))
}
