//! Which second factors the patron can prove here and now. One is enough.

use super::{Choose, Draft, Pad, Unproved, Why};
use crate::policy::schema::SecondFactor;
use crate::visit::cx::Cx;
use crate::visit::devices::{Devices, Slot};
use crate::visit::patron::Patron;
use crate::visit::state::page::Page;

/// Those that the region's rules take, in their order; none where they state none.
pub(crate) fn asked(patron: &Patron) -> &[SecondFactor] {
    let stated = patron.policy.as_ref().and_then(|policy| policy.rules.second_factors.as_ref());
    stated.map_or(&[], |stated| &stated.value)
}

/// Those of them that the kiosk can check now. Staff are a way out, and prove nothing to the kiosk.
pub(crate) fn usable(devices: &Devices, patron: &Patron) -> Vec<SecondFactor> {
    let asked = asked(patron).iter().copied();
    asked.filter(|factor| can_check(devices, patron, *factor)).collect()
}

/// Whether the kiosk can check this one now.
pub(crate) fn can_check(devices: &Devices, patron: &Patron, factor: SecondFactor) -> bool {
    let device = match factor {
        SecondFactor::CardPin => card_is_known(devices, patron),
        SecondFactor::QueryPassword => true,
        SecondFactor::Staff => false,
    };
    device && !patron.is_barred(factor)
}

/// The card that binds the visit lies in the slot, and it is known to be that card.
pub(super) fn card_is_known(devices: &Devices, patron: &Patron) -> bool {
    let lies = devices.reader_working && devices.slot == Slot::Present;
    patron.card.is_some() && lies && !patron.verifying()
}

/// Asks for a second factor: at once where there is one, else by which.
pub(super) fn begin(cx: &Cx, patron: &Patron, draft: Draft) -> Page {
    if patron.policy.is_none() {
        return Unproved::enter(draft, Why::NoRules);
    }
    let usable = usable(cx.devices, patron);
    match usable.as_slice() {
        [] => Unproved::enter(draft, Why::NoneUsable),
        [only] => Pad::enter(cx, patron, draft, *only, None),
        _ => Choose::enter(draft, usable),
    }
}
