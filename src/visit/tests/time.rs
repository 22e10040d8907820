//! Every state is left without a touch, and none without a warning.

use super::hall::Hall;
use super::{desk, families, persons};
use crate::records::port::WriteRefusal;
use crate::view::model::Overlay;
use crate::visit::event::{
    Act, CardNews, CardTrouble, DocumentNews, DocumentTrouble, PrintEnd, PrinterTrouble, Query,
    SlipKind, Tap, WriteOutcome,
};
use crate::visit::limits::{ROWS_PER_PAGE_MAX, WARNING_MS_MIN};
use crate::visit::{Kiosk, Limits, Settings};

fn after(taps: &[Tap]) -> Hall {
    let mut hall = Hall::at_home();
    for tap in taps {
        hall.tap(*tap);
        if matches!(tap, Tap::Account | Tap::Care | Tap::Family | Tap::Premiums) {
            hall.answer();
        }
    }
    hall
}

fn inserted() -> Hall {
    let mut hall = Hall::new();
    hall.card(CardNews::Inserted);
    hall
}

fn identifying() -> Hall {
    let mut hall = inserted();
    hall.card(CardNews::Read(Ok(persons::holder())));
    hall
}

fn opening() -> Hall {
    let mut hall = identifying();
    hall.answer();
    hall
}

fn refused() -> Hall {
    let mut hall = inserted();
    hall.unreadable(CardTrouble::Mute);
    hall
}

fn by_document() -> Hall {
    let mut hall = Hall::new();
    hall.put_down(persons::document());
    hall
}

fn by_code() -> Hall {
    let mut hall = Hall::new();
    hall.scan(persons::CODE);
    hall
}

fn refused_document() -> Hall {
    let mut hall = Hall::new();
    hall.document(DocumentNews::Read(Err(DocumentTrouble::NotGenuine)));
    hall
}

fn take_document() -> Hall {
    let mut hall = Hall::home_by_document();
    hall.tap(Tap::Finish);
    hall
}

fn held() -> Hall {
    let (mut hall, id) = Hall::printing();
    hall.started(id);
    hall.trouble(Some(PrinterTrouble::PaperOut));
    hall
}

fn ended(end: PrintEnd) -> Hall {
    let (mut hall, id) = Hall::printing();
    hall.started(id);
    hall.ended(id, end);
    hall
}

fn hall_help() -> Hall {
    let mut hall = Hall::new();
    hall.tap(Tap::Help);
    hall
}

fn questions() -> Hall {
    let mut hall = Hall::home_with_rules();
    hall.tap(Tap::Help);
    hall.tap(Tap::NextPage);
    hall
}

fn asking() -> Hall {
    let mut hall = Hall::home_with_rules();
    hall.tap(Tap::Premiums);
    hall.answer();
    hall.tap(Tap::PayPremium);
    hall
}

fn reviewing() -> Hall {
    let mut hall = Hall::at_a_premium();
    hall.tap(Tap::Confirm);
    hall
}

fn blocked() -> Hall {
    let mut hall = Hall::previewing();
    hall.trouble(Some(PrinterTrouble::PaperOut));
    hall.tap(Tap::PrintNow);
    hall
}

/// A patron at a page of the family account.
fn family(taps: &[Tap]) -> Hall {
    let mut hall = Hall::at_family(desk::both_factors(), families::busy());
    for tap in taps {
        hall.tap(*tap);
        if *tap == Tap::Act(Act::Records) {
            hall.answer();
        }
    }
    hall
}

/// A patron who reads what a write will do, and touches these.
fn review(taps: &[Tap]) -> Hall {
    let mut hall = Hall::at_review(desk::both_factors());
    for tap in taps {
        hall.tap(*tap);
    }
    hall
}

fn checking() -> Hall {
    let mut hall = Hall::at_pad();
    hall.keys(desk::PIN);
    hall.tap(Tap::Confirm);
    hall
}

fn checking_password() -> Hall {
    let mut hall = review(&[Tap::Confirm, Tap::Row(1)]);
    hall.keys(desk::PIN);
    hall.tap(Tap::Confirm);
    hall
}

fn finishing(outcome: Option<WriteOutcome>) -> Hall {
    let mut hall = Hall::committing();
    hall.card(CardNews::Removed);
    if let Some(outcome) = outcome {
        hall.operated(outcome);
    }
    hall
}

fn done(outcome: WriteOutcome) -> Hall {
    let mut hall = Hall::committing();
    hall.operated(outcome);
    // The second look at the family, after a release.
    if matches!(hall.question().1, Query::FamilyAccount { .. }) {
        hall.answer();
    }
    hall
}

/// A hall in each state, by name, and whether the state waits for a touch.
fn states() -> Vec<(&'static str, bool, Hall)> {
    vec![
        ("help without a visit", true, hall_help()),
        ("reading", false, inserted()),
        ("refused", true, refused()),
        ("typing a number", true, Hall::typing()),
        ("typing a password", true, Hall::typing_password()),
        ("proving", false, Hall::proving()),
        ("home by typing", true, Hall::home_by_typing()),
        ("identifying", false, identifying()),
        ("opening", false, opening()),
        ("home", true, after(&[])),
        ("account", true, after(&[Tap::Account])),
        ("family", true, after(&[Tap::Family])),
        ("premiums", true, after(&[Tap::Premiums])),
        ("record", true, after(&[Tap::Account, Tap::Row(0)])),
        ("months", true, after(&[Tap::Account, Tap::ChoosePeriod])),
        ("slips", true, after(&[Tap::Slips])),
        ("care", true, after(&[Tap::Account, Tap::Care])),
        ("one's own record", true, after(&[Tap::Account, Tap::Care, Tap::Row(2)])),
        ("help answer", true, after(&[Tap::Help, Tap::Row(1)])),
        ("questions", true, questions()),
        ("asking for a payment", false, asking()),
        ("whose premium", true, Hall::paying()),
        ("premium", true, Hall::at_a_premium()),
        ("reminder", true, Hall::reminded()),
        ("review of a payment", true, reviewing()),
        ("help", true, after(&[Tap::Help])),
        ("preparing", false, after(&[Tap::Slips, Tap::Slip(SlipKind::Account)])),
        ("preview", true, Hall::previewing()),
        ("blocked", true, blocked()),
        ("printing", false, Hall::printing().0),
        ("held", false, held()),
        ("printed", true, ended(PrintEnd::Printed)),
        ("unfinished", true, ended(PrintEnd::Unknown { pages: 0 })),
        ("take card", false, after(&[Tap::Finish])),
        ("identifying a document", false, by_document()),
        ("identifying a code", false, by_code()),
        ("refused document", true, refused_document()),
        ("home by document", true, Hall::home_by_document()),
        ("home by code", true, Hall::home_by_code()),
        ("take document", false, take_document()),
        ("family, asked for", false, after(&[Tap::Members])),
        ("family", true, family(&[])),
        ("donors", true, family(&[Tap::Act(Act::Donors)])),
        ("records", true, family(&[Tap::Act(Act::Records)])),
        ("relative", true, family(&[Tap::Row(0)])),
        ("invitation", true, family(&[Tap::Act(Act::Invitation)])),
        ("reminder", true, family(&[Tap::Row(0), Tap::Act(Act::Release)])),
        ("limit", true, family(&[Tap::Row(0), Tap::Act(Act::Limit)])),
        ("amount", true, family(&[Tap::Row(0), Tap::Act(Act::Limit), Tap::Row(4)])),
        ("order", true, family(&[Tap::Act(Act::Donors), Tap::Act(Act::Order)])),
        ("review", true, Hall::at_review(desk::pin_or_staff())),
        ("choice of the factor", true, review(&[Tap::Confirm])),
        ("pad", true, Hall::at_pad()),
        ("pad of the password", true, review(&[Tap::Confirm, Tap::Row(1)])),
        ("card checks", false, checking()),
        ("ledger checks", false, checking_password()),
        ("no factor", true, review(&[Tap::Confirm, Tap::Row(0), Tap::Skip])),
        ("committing", false, Hall::committing()),
        ("finishing", false, finishing(None)),
        ("finished", false, finishing(Some(desk::confirmed()))),
        ("not known", false, finishing(Some(desk::unknown()))),
        ("done", true, done(desk::confirmed())),
        ("refused write", true, done(desk::refused(WriteRefusal::Voided))),
        ("not begun", true, done(WriteOutcome::NotBegun)),
    ]
}

#[test]
fn every_state_reaches_idle_by_ticks_alone() {
    for (name, _, mut hall) in states() {
        assert!(hall.kiosk.next_deadline().is_some(), "{name} has no bound");
        hall.wait(3_600_000);
        assert!(hall.kiosk.is_idle(), "{name}");
        hall.assert_nothing_personal();
        hall.card(CardNews::Removed);
        hall.document(DocumentNews::Lifted);
        hall.trouble(None);
        assert!(hall.is_default(), "{name}");
    }
}

#[test]
fn no_page_that_waits_for_a_touch_leaves_without_a_warning() {
    for (name, waits, mut hall) in states() {
        if !waits {
            continue;
        }
        let page = hall.view().page;
        hall.wait(hall.limits.idle_ms - 1);
        assert!(!hall.still_there(), "{name} asks too early");
        hall.wait(1);
        assert!(hall.still_there(), "{name} does not ask");
        hall.wait(hall.limits.warning_ms - 1);
        assert!(hall.still_there(), "{name} leaves too early");
        assert_eq!(hall.view().page, page, "{name}");
        hall.wait(1);
        assert!(!hall.still_there(), "{name} does not leave");
        assert_ne!(hall.view().page, page, "{name}");
        hall.assert_nothing_personal();
    }
}

#[test]
fn one_tap_extends_again_and_again_and_nothing_else_does() {
    for (name, waits, mut hall) in states() {
        if !waits {
            continue;
        }
        let before = hall.view();
        for _ in 0..12 {
            hall.wait(hall.limits.idle_ms);
            let ignored = hall.kiosk.ignored().taps;
            for tap in [Tap::Back, Tap::Finish, Tap::Help, Tap::CallStaff, Tap::Reveal, Tap::Row(0)]
            {
                hall.tap(tap);
            }
            assert_eq!(hall.kiosk.ignored().taps, ignored + 6, "{name}");
            assert!(hall.still_there(), "{name}");
            hall.tap(Tap::StillHere);
            assert_eq!(hall.view(), before, "{name}");
        }
    }
}

#[test]
fn the_warning_counts_down() {
    let mut hall = Hall::at_home();
    hall.wait(hall.limits.idle_ms);
    let mut seen = Vec::new();
    while let Some(Overlay::StillThere { seconds }) = hall.view().overlay {
        seen.push(u64::from(seconds));
        hall.wait(1_000);
    }
    let expected: Vec<u64> = (1..=hall.limits.warning_ms / 1_000).rev().collect();
    assert_eq!(seen, expected);
}

#[test]
fn a_touch_that_means_nothing_still_shows_that_somebody_is_there() {
    let mut hall = Hall::at_home();
    hall.wait(hall.limits.idle_ms - 1);
    hall.tap(Tap::UsePeriod);
    assert_eq!(hall.kiosk.ignored().taps, 1);
    hall.wait(hall.limits.idle_ms - 1);
    assert!(!hall.still_there());
}

#[test]
fn limits_are_put_inside_their_bounds() {
    let limits = Limits { warning_ms: 1, rows_per_page: 99, ..Limits::default() };
    let kiosk = Kiosk::new(Settings::default(), limits);
    assert_eq!(kiosk.limits.warning_ms, WARNING_MS_MIN);
    assert_eq!(kiosk.limits.rows_per_page, ROWS_PER_PAGE_MAX);
}
