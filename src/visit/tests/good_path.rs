//! A whole visit, page by page.

use insta::assert_debug_snapshot;

use super::hall::Hall;
use super::persons;
use crate::visit::event::{CardNews, Effect, PrintEnd, SlipKind, Tap};

#[test]
fn a_visit_from_card_to_card() {
    let mut hall = Hall::new();
    assert!(hall.is_default());
    assert_debug_snapshot!("idle", hall.view());
    assert_eq!(hall.card(CardNews::Inserted), [Effect::ReadCard]);
    assert_debug_snapshot!("reading", hall.view());
    hall.card(CardNews::Read(Ok(persons::holder())));
    assert_debug_snapshot!("identifying", hall.view());
    hall.answer();
    hall.answer();
    assert_debug_snapshot!("home", hall.view());

    hall.tap(Tap::Account);
    assert_debug_snapshot!("account_fetching", hall.view());
    hall.answer();
    assert_debug_snapshot!("account", hall.view());
    hall.tap(Tap::NextPage);
    assert_debug_snapshot!("account_loading", hall.view());
    hall.answer();
    assert_debug_snapshot!("account_last_page", hall.view());
    hall.tap(Tap::PreviousPage);
    hall.answer();
    hall.tap(Tap::Row(1));
    assert_debug_snapshot!("record", hall.view());
    hall.tap(Tap::Back);
    assert_eq!(hall.title(), "账户明细");
    hall.tap(Tap::Back);

    hall.tap(Tap::Family);
    hall.answer();
    assert_debug_snapshot!("family", hall.view());
    hall.tap(Tap::ChoosePeriod);
    assert_debug_snapshot!("months", hall.view());
    hall.tap(Tap::Back);
    hall.tap(Tap::Back);

    hall.tap(Tap::Premiums);
    hall.answer();
    assert_debug_snapshot!("premiums", hall.view());
    hall.tap(Tap::Row(0));
    assert_debug_snapshot!("premium_record", hall.view());
    hall.tap(Tap::Back);
    hall.tap(Tap::Back);

    hall.tap(Tap::Help);
    assert_debug_snapshot!("help", hall.view());
    hall.tap(Tap::Row(1));
    assert_debug_snapshot!("help_answer", hall.view());
    hall.tap(Tap::Back);
    hall.tap(Tap::Back);

    hall.tap(Tap::Slips);
    assert_debug_snapshot!("slips", hall.view());
    hall.tap(Tap::Slip(SlipKind::Family));
    assert_debug_snapshot!("preparing", hall.view());
    hall.answer();
    assert_debug_snapshot!("preview", hall.view());
    hall.tap(Tap::PrintNow);
    let id = hall.print_id();
    hall.started(id);
    hall.progress(id, 1);
    assert_debug_snapshot!("printing", hall.view());
    hall.ended(id, PrintEnd::Printed);
    assert_debug_snapshot!("printed", hall.view());
    assert_eq!(hall.tap(Tap::Finish), [Effect::ReleaseCard]);
    assert_debug_snapshot!("take_card", hall.view());
    hall.assert_nothing_personal();
    hall.card(CardNews::Removed);
    assert!(hall.is_default());
    assert_eq!(hall.kiosk.next_deadline(), None);
    assert_eq!(hall.kiosk.ignored(), crate::visit::Ignored::default());
}

#[test]
fn the_card_may_be_taken_at_any_page() {
    let steps: [&[Tap]; 6] = [
        &[],
        &[Tap::Account],
        &[Tap::Slips],
        &[Tap::Slips, Tap::ChoosePeriod],
        &[Tap::Help],
        &[Tap::CallStaff],
    ];
    for taps in steps {
        let mut hall = Hall::at_home();
        for tap in taps {
            hall.tap(*tap);
        }
        hall.card(CardNews::Removed);
        assert!(hall.is_default(), "after {taps:?}");
        assert_eq!(hall.kiosk.next_deadline(), None, "after {taps:?}");
    }
}
