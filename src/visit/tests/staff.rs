//! 呼叫工作人员 on every page.

use super::hall::Hall;
use crate::view::model::Overlay;
use crate::visit::Settings;
use crate::visit::event::{CardNews, Effect, StaffReason, Tap};

const ASKED: Effect = Effect::CallStaff { reason: StaffReason::Asked };

#[test]
fn staff_can_be_called_everywhere_and_dismissed() {
    let pages: [fn() -> Hall; 5] = [
        Hall::new,
        Hall::at_home,
        Hall::previewing,
        || Hall::printing().0,
        || {
            let mut hall = Hall::new();
            hall.card(CardNews::Inserted);
            hall
        },
    ];
    for page in pages {
        let mut hall = page();
        let before = hall.view();
        assert_eq!(hall.tap(Tap::CallStaff), [ASKED]);
        assert!(matches!(hall.view().overlay, Some(Overlay::StaffCalled { .. })));
        assert!(hall.view().staff_called);
        assert_eq!(hall.tap(Tap::StillHere), [], "the message goes, the call stays");
        assert!(hall.view().overlay.is_none() && hall.view().staff_called);
        assert_eq!(hall.tap(Tap::CallStaff), [], "nobody is called twice");
        assert_eq!(hall.tap(Tap::StaffDone), [Effect::DismissStaff]);
        assert_eq!(hall.view(), before);
        assert_eq!(hall.kiosk.ignored().taps, 0);
    }
}

#[test]
fn the_message_takes_all_touches_and_goes_by_itself() {
    let mut hall = Hall::at_home();
    hall.tap(Tap::CallStaff);
    hall.tap(Tap::Account);
    assert_eq!(hall.kiosk.ignored().taps, 1);
    assert_eq!(hall.title(), "张*，您好");
    hall.wait(hall.limits.staff_overlay_ms);
    assert!(hall.view().overlay.is_none());
    hall.tap(Tap::Account);
    assert_eq!(hall.kiosk.ignored().taps, 1);
}

#[test]
fn whoever_waits_for_staff_has_more_time() {
    let mut hall = Hall::at_home();
    hall.tap(Tap::CallStaff);
    hall.wait(hall.limits.staff_wait_ms - 1);
    assert!(!hall.still_there());
    hall.wait(1);
    assert!(hall.still_there());
}

#[test]
fn the_call_ends_with_the_visit() {
    let mut hall = Hall::at_home();
    hall.tap(Tap::CallStaff);
    assert_eq!(hall.card(CardNews::Removed), [Effect::DismissStaff]);
    assert!(hall.is_default());
}

#[test]
fn a_call_nobody_answers_is_forgotten() {
    let mut hall = Hall::new();
    hall.tap(Tap::CallStaff);
    hall.wait(hall.limits.staff_call_ms);
    assert_eq!(hall.effects.last(), Some(&Effect::DismissStaff));
    assert!(hall.is_default());
}

#[test]
fn the_hotline_of_the_hall_is_named() {
    let mut hall = Hall::with(Settings { hotline: Some("12393".into()), ..Settings::default() });
    hall.tap(Tap::CallStaff);
    let Some(Overlay::StaffCalled { text }) = hall.view().overlay else { panic!() };
    assert!(text.contains("12393"));
}
