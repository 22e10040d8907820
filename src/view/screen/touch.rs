//! What a touched control means on the page that is shown.

use gongji_ui::Control;

use crate::view::model::{PageView, ViewModel};
use crate::visit::event::Tap;

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
        (Control::Previous, P::List(page)) => {
            page.pager.as_ref().filter(|p| p.previous).map(|_| Tap::PreviousPage)
        }
        (Control::Next, P::List(page)) => {
            page.pager.as_ref().filter(|p| p.next).map(|_| Tap::NextPage)
        }
        (Control::Quick, P::Months(page)) => page.quick.get(index).map(|c| c.tap),
        (Control::Month, P::Months(page)) => {
            page.months.get(index).filter(|m| m.enabled).map(|m| m.tap)
        }
        (Control::Earlier, P::Months(page)) => page.earlier.then_some(Tap::Year(-1)),
        (Control::Later, P::Months(page)) => page.later.then_some(Tap::Year(1)),
        _ => None,
    }
}
