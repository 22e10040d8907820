//! Everything that can befall a slip.

use insta::assert_debug_snapshot;

use super::hall::Hall;
use crate::view::model::PageView;
use crate::visit::event::{
    CardNews, Effect, PrintEnd, PrintId, PrintSize, PrinterTrouble, Query, SlipKind, StaffReason,
    Tap,
};
use crate::visit::{Ignored, Settings};
use PrinterTrouble::{Away, Broken, CoverOpen, HeadHot, PaperOut};

const TROUBLES: [(PrinterTrouble, &str); 5] = [
    (PaperOut, "打印机没有纸了"),
    (CoverOpen, "打印机的盖子开着"),
    (HeadHot, "打印机太热，要凉一会儿"),
    (Broken, "打印机出了故障"),
    (Away, "打印机没有回应"),
];

fn staff_calls(hall: &Hall) -> usize {
    let call = Effect::CallStaff { reason: StaffReason::Printer };
    hall.effects.iter().filter(|effect| **effect == call).count()
}

#[test]
fn trouble_before_printing_sends_nothing_until_it_is_gone() {
    for (trouble, title) in TROUBLES {
        let mut hall = Hall::previewing();
        hall.trouble(Some(trouble));
        hall.tap(Tap::PrintNow);
        assert_eq!(hall.title(), title);
        assert_eq!(hall.prints(), [], "{trouble:?}");
        assert_eq!(staff_calls(&hall), usize::from(trouble != HeadHot), "{trouble:?}");
        hall.tap(Tap::WaitForPaper);
        hall.trouble(None);
        assert_eq!(hall.prints().len(), 1, "{trouble:?}");
        assert_eq!(hall.title(), "正在打印");
    }
}

#[test]
fn trouble_before_printing_may_be_left() {
    let mut hall = Hall::previewing();
    hall.trouble(Some(PaperOut));
    hall.tap(Tap::PrintNow);
    assert_debug_snapshot!("blocked", hall.view());
    hall.tap(Tap::StopPrinting);
    hall.trouble(None);
    assert_eq!(hall.title(), "张*，您好");
    assert_eq!(hall.prints(), []);
}

#[test]
fn trouble_before_printing_is_not_waited_for_forever() {
    let mut hall = Hall::previewing();
    hall.trouble(Some(PaperOut));
    hall.tap(Tap::PrintNow);
    hall.tap(Tap::WaitForPaper);
    hall.wait(hall.limits.print_held_ms);
    assert_eq!(hall.title(), "单据没有打出来");
    hall.trouble(None);
    assert_eq!(hall.prints(), [], "the patron was told that it did not come");
}

#[test]
fn trouble_in_mid_slip_holds_it_and_it_goes_on() {
    for (trouble, title) in TROUBLES {
        let (mut hall, id) = Hall::printing();
        hall.started(id);
        hall.progress(id, 1);
        hall.trouble(Some(trouble));
        assert_eq!(hall.title(), title);
        assert!(format!("{:?}", hall.view()).contains("单据打到第 1 页，共 2 页"));
        assert!(format!("{:?}", hall.view()).contains("您的业务已经办好，没有丢失"));
        assert_eq!(staff_calls(&hall), usize::from(trouble != HeadHot), "{trouble:?}");
        hall.trouble(None);
        assert_eq!(hall.title(), "正在打印", "{trouble:?}");
        hall.ended(id, PrintEnd::Printed);
        assert_eq!(hall.title(), "单据打好了");
        assert_eq!(hall.prints().len(), 1, "{trouble:?}");
    }
}

#[test]
fn out_of_paper_in_mid_slip_reads_as_it_should() {
    let (mut hall, id) = Hall::printing();
    hall.started(id);
    hall.progress(id, 1);
    hall.trouble(Some(PaperOut));
    assert_debug_snapshot!("held", hall.view());
    hall.tap(Tap::WaitForPaper);
    assert_debug_snapshot!("held_waiting", hall.view());
    hall.tap(Tap::StopPrinting);
    assert_eq!(hall.effects.last(), Some(&Effect::StopPrint { id }));
    hall.ended(id, PrintEnd::Failed { pages: 1, trouble: Some(PaperOut) });
    assert_debug_snapshot!("partly_printed", hall.view());
}

#[test]
fn a_slip_held_too_long_is_stopped_and_not_called_a_success() {
    let (mut hall, id) = Hall::printing();
    hall.started(id);
    hall.trouble(Some(PaperOut));
    hall.wait(hall.limits.print_held_ms);
    assert_eq!(hall.effects.last(), Some(&Effect::StopPrint { id }));
    assert_eq!(hall.title(), "正在停下来");
    hall.wait(hall.limits.print_stop_ms);
    assert_eq!(hall.title(), "不能确定单据有没有打全");
    hall.ended(id, PrintEnd::Printed);
    assert_eq!(hall.title(), "不能确定单据有没有打全", "its end has been told already");
}

#[test]
fn a_slip_asked_to_stop_does_not_go_on() {
    let (mut hall, id) = Hall::printing();
    hall.started(id);
    hall.trouble(Some(PaperOut));
    hall.tap(Tap::StopPrinting);
    hall.trouble(None);
    hall.tap(Tap::StopPrinting);
    assert_eq!(hall.title(), "正在停下来");
    hall.wait(hall.limits.print_stop_ms);
    assert_eq!(hall.title(), "不能确定单据有没有打全");
    let stop = Effect::StopPrint { id };
    assert_eq!(hall.effects.iter().filter(|effect| **effect == stop).count(), 1);
}

#[test]
fn only_a_confirmed_slip_is_a_success() {
    let table = [
        (PrintEnd::Printed, "单据打好了"),
        (PrintEnd::Unknown { pages: 0 }, "不能确定单据有没有打全"),
        (PrintEnd::Unknown { pages: 2 }, "不能确定单据有没有打全"),
        (PrintEnd::Failed { pages: 0, trouble: None }, "单据没有打出来"),
        (PrintEnd::Failed { pages: 0, trouble: Some(CoverOpen) }, "单据没有打出来"),
        (PrintEnd::Failed { pages: 1, trouble: Some(Broken) }, "单据只打出一部分"),
    ];
    for (end, title) in table {
        let (mut hall, id) = Hall::printing();
        hall.started(id);
        hall.ended(id, end);
        assert_eq!(hall.title(), title);
        let says_done = format!("{:?}", hall.view()).contains("打好了");
        assert_eq!(says_done, end == PrintEnd::Printed, "{end:?}");
    }
}

#[test]
fn a_slip_is_printed_again_only_by_a_touch_and_with_its_number() {
    let (mut hall, id) = Hall::printing();
    hall.started(id);
    hall.tap(Tap::PrintNow);
    hall.tap(Tap::PrintAgain);
    hall.ended(id, PrintEnd::Unknown { pages: 1 });
    hall.wait(5_000);
    assert_eq!(hall.prints(), [(id, 0)]);
    assert_debug_snapshot!("unknown", hall.view());
    for copy in 1..4 {
        hall.tap(Tap::PrintAgain);
        let id = hall.print_id();
        assert_eq!(hall.prints().last(), Some(&(id, copy)));
        hall.started(id);
        hall.ended(id, PrintEnd::Failed { pages: 0, trouble: None });
    }
}

#[test]
fn a_slip_that_never_began_is_still_the_first() {
    let (mut hall, id) = Hall::printing();
    hall.ended(id, PrintEnd::Failed { pages: 0, trouble: Some(PaperOut) });
    hall.tap(Tap::PrintAgain);
    let again = hall.print_id();
    assert_eq!(hall.prints(), [(id, 0), (again, 0)]);
    assert_ne!(id, again);
}

#[test]
fn the_same_slip_made_anew_is_a_further_copy() {
    let (mut hall, id) = Hall::printing();
    hall.started(id);
    hall.ended(id, PrintEnd::Printed);
    hall.tap(Tap::Home);
    hall.tap(Tap::Account);
    hall.answer();
    hall.tap(Tap::Slip(SlipKind::Account));
    hall.answer();
    assert_eq!(hall.footer()[1].as_deref(), Some("补打一份"));
    hall.tap(Tap::PrintNow);
    assert_eq!(hall.prints().last().unwrap().1, 1);
}

#[test]
fn a_silent_printer_is_stopped_and_the_outcome_is_unknown() {
    let (mut hall, id) = Hall::printing();
    hall.wait(hall.limits.print_silence_ms - 1);
    hall.started(id);
    hall.wait(hall.limits.print_silence_ms - 1);
    assert_eq!(hall.title(), "正在打印");
    hall.wait(1);
    assert_eq!(hall.effects.last(), Some(&Effect::StopPrint { id }));
    hall.wait(hall.limits.print_stop_ms);
    assert_eq!(hall.title(), "不能确定单据有没有打全");
}

#[test]
fn the_card_taken_while_printing_lets_the_slip_come() {
    let (mut hall, id) = Hall::printing();
    hall.started(id);
    assert_eq!(hall.card(CardNews::Removed), []);
    assert_debug_snapshot!("take_slip", hall.view());
    hall.assert_nothing_personal();
    hall.progress(id, 1);
    hall.ended(PrintId(77), PrintEnd::Printed);
    assert_eq!(hall.title(), "请取走单据", "another slip has ended");
    hall.ended(id, PrintEnd::Printed);
    assert!(hall.is_default());
}

#[test]
fn the_card_taken_while_held_stops_the_slip() {
    for before in [true, false] {
        let (mut hall, id) = Hall::printing();
        hall.started(id);
        if before {
            hall.trouble(Some(PaperOut));
        }
        hall.card(CardNews::Removed);
        if !before {
            hall.trouble(Some(PaperOut));
            hall.trouble(Some(CoverOpen));
        }
        let stop = Effect::StopPrint { id };
        assert_eq!(hall.effects.iter().filter(|effect| **effect == stop).count(), 1);
        hall.wait(hall.limits.print_stop_ms);
        assert!(hall.kiosk.is_idle());
        hall.trouble(None);
        assert!(hall.is_default());
    }
}

#[test]
fn the_next_card_waits_for_the_last_slip() {
    let (mut hall, id) = Hall::printing();
    hall.started(id);
    hall.card(CardNews::Removed);
    assert_eq!(hall.card(CardNews::Inserted), []);
    assert_eq!(hall.title(), "请取走单据");
    assert_eq!(hall.ended(id, PrintEnd::Printed), [Effect::ReadCard]);
    assert_eq!(hall.title(), "正在读您的卡");
}

#[test]
fn a_slip_without_end_does_not_keep_the_kiosk() {
    let (mut hall, id) = Hall::printing();
    hall.card(CardNews::Removed);
    hall.wait(hall.limits.print_silence_ms);
    assert_eq!(hall.effects.last(), Some(&Effect::StopPrint { id }));
    hall.wait(hall.limits.print_stop_ms);
    assert!(hall.is_default());
}

#[test]
fn news_of_another_slip_mean_nothing() {
    let (mut hall, id) = Hall::printing();
    hall.started(id);
    let before = hall.view();
    hall.ended(PrintId(id.0 + 100), PrintEnd::Printed);
    hall.progress(PrintId(id.0 + 100), 2);
    assert_eq!(hall.view(), before);
    assert_eq!(hall.kiosk.ignored().stale, 2);
    hall.progress(id, u16::MAX);
    let PageView::Waiting(view) = hall.view().page else { panic!() };
    assert_eq!(view.progress, Some((2, 2)));
}

#[test]
fn without_a_printer_nothing_is_offered_and_the_reason_is_told() {
    let mut hall = Hall::with(Settings { printer: false, ..Settings::default() });
    assert_eq!(hall.view().notice.as_deref(), Some("这台机器不打印单据，查询照常。"));
    hall.card(CardNews::Inserted);
    hall.card(CardNews::Read(Ok(super::persons::holder())));
    hall.answer();
    hall.answer();
    let offered = hall.offered();
    assert!(!offered.contains(&Tap::Slips));
    hall.tap(Tap::Account);
    hall.answer();
    assert_eq!(hall.footer()[1], None);
    hall.tap(Tap::Slip(SlipKind::Account));
    assert_eq!(hall.kiosk.ignored(), Ignored { taps: 1, ..Ignored::default() });
}

#[test]
fn large_print_is_fetched_anew_and_copies_keep_the_size() {
    let mut hall = Hall::previewing();
    let size = |hall: &Hall| match hall.question().1 {
        Query::Slip { size, .. } => size,
        other => panic!("{other:?}"),
    };
    assert_eq!(size(&hall), PrintSize::Normal);
    assert_eq!(hall.tap(Tap::Size(PrintSize::Normal)), [], "it is this size");
    for wanted in [PrintSize::Large, PrintSize::Normal, PrintSize::Large] {
        hall.tap(Tap::Size(wanted));
        assert_eq!(size(&hall), wanted);
        hall.answer();
        assert!(matches!(hall.view().page, PageView::Preview(_)));
    }
    hall.tap(Tap::PrintNow);
    let id = hall.print_id();
    hall.started(id);
    hall.ended(id, PrintEnd::Failed { pages: 1, trouble: None });
    hall.tap(Tap::PrintAgain);
    let sizes: Vec<_> = hall
        .effects
        .iter()
        .filter_map(|effect| match effect {
            Effect::Print { slip, copy, .. } => Some((slip.size(), *copy)),
            _ => None,
        })
        .collect();
    assert_eq!(sizes, [(PrintSize::Large, 0), (PrintSize::Large, 1)]);
}

#[test]
fn a_slow_ledger_is_asked_again_for_the_same_size() {
    let mut hall = Hall::previewing();
    hall.tap(Tap::Size(PrintSize::Large));
    hall.wait(hall.limits.ledger_slow_ms);
    hall.tap(Tap::Retry);
    let Query::Slip { size, .. } = hall.question().1 else { panic!() };
    assert_eq!(size, PrintSize::Large);
    hall.answer_with(Err(crate::records::port::LedgerError::Busy));
    hall.tap(Tap::Retry);
    let Query::Slip { size, .. } = hall.question().1 else { panic!() };
    assert_eq!(size, PrintSize::Large);
}

#[test]
fn a_slip_that_was_printed_in_another_size_is_a_further_copy() {
    let (mut hall, id) = Hall::printing();
    hall.started(id);
    hall.ended(id, PrintEnd::Printed);
    hall.tap(Tap::Home);
    hall.tap(Tap::Account);
    hall.answer();
    hall.tap(Tap::Slip(SlipKind::Account));
    hall.answer();
    hall.tap(Tap::Size(PrintSize::Large));
    hall.answer();
    hall.tap(Tap::PrintNow);
    assert_eq!(hall.prints().last().map(|(_, copy)| *copy), Some(1));
}
