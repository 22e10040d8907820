//! What a touched control means on the page that is shown.

use gongji_ui::Control;

use crate::view::model::{PadKeys, PageView, Pager, ViewModel};
use crate::view::words::pad_keys;
use crate::visit::event::{PadKey, Pen, Tap};

/// The tap that `vm` gives to a control. None if the page has no such control any more: a touch may
/// have been on its way while the page changed.
pub(super) fn meaning(vm: &ViewModel, control: Control, index: usize) -> Option<Tap> {
    use PageView as P;
    if vm.overlay.is_some() {
        return match control {
            Control::StillHere => Some(Tap::StillHere),
            Control::StaffDone => Some(Tap::StaffDone),
            Control::Staff => Some(Tap::CallStaff),
            _ => None,
        };
    }
    match (control, &vm.page) {
        (Control::Staff, _) => Some(Tap::CallStaff),
        (Control::Back, _) => vm.back.as_ref().map(|b| b.tap),
        (Control::Primary, _) => vm.primary.as_ref().map(|b| b.tap),
        (Control::Choice, P::Home(page)) => page.choices.get(index).map(|c| c.tap),
        (Control::Choice, P::Choice(page)) => page.choices.get(index).map(|c| c.tap),
        (Control::Chip, P::List(page)) => page.chips.get(index).map(|c| c.tap),
        (Control::Chip, P::Preview(page)) => page.sizes.get(index).map(|c| c.tap),
        (Control::Row, P::List(page)) => page.rows.get(index).and_then(|r| r.tap),
        (Control::Previous, _) => pager(&vm.page).filter(|p| p.previous).map(|_| Tap::PreviousPage),
        (Control::Next, _) => pager(&vm.page).filter(|p| p.next).map(|_| Tap::NextPage),
        (Control::Quick, P::Months(page)) => page.quick.get(index).map(|c| c.tap),
        (Control::Month, P::Months(page)) => {
            page.months.get(index).filter(|m| m.enabled).map(|m| m.tap)
        }
        (Control::Earlier, P::Months(page)) => page.earlier.then_some(Tap::Year(-1)),
        (Control::Later, P::Months(page)) => page.later.then_some(Tap::Year(1)),
        (Control::Card, P::Members(page)) => page.cards.get(index).map(|c| c.tap),
        (Control::Choice, P::Members(page)) => page.choices.get(index).map(|c| c.tap),
        (Control::Key, P::Pad(page)) => {
            board(page.keys).get(index).map(|key| Tap::Key(PadKey::Character(*key)))
        }
        (Control::Erase, P::Pad(_)) => Some(Tap::Key(PadKey::Erase)),
        (Control::Clear, P::Pad(_)) => Some(Tap::Key(PadKey::Clear)),
        (Control::Other, P::Pad(page)) => page.other.as_ref().map(|c| c.tap),
        (Control::Wipe, P::Sign(page)) => page.can_wipe.then_some(Tap::Pen(Pen::Wipe)),
        (Control::Other, P::Sign(page)) => page.other.as_ref().map(|c| c.tap),
        _ => None,
    }
}

/// Whether a finger can write on what `vm` shows.
pub(super) fn can_write(vm: &ViewModel) -> bool {
    vm.overlay.is_none() && matches!(vm.page, PageView::Sign(_))
}

/// The characters of a pad in the order of the screen: as on a telephone 0 comes after 9.
pub(super) fn board(keys: PadKeys) -> Vec<u8> {
    let (zero, others): (Vec<u8>, Vec<u8>) = pad_keys(keys).partition(|key| *key == b'0');
    let (digits, letters): (Vec<u8>, Vec<u8>) = others.into_iter().partition(u8::is_ascii_digit);
    [digits, zero, letters].concat()
}

fn pager(page: &PageView) -> Option<&Pager> {
    match page {
        PageView::List(page) => page.pager.as_ref(),
        PageView::Members(page) => page.pager.as_ref(),
        PageView::Document(page) => Some(&page.pager),
        _ => None,
    }
}
