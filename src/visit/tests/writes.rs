//! Writes, from their review to their result.

use super::desk::{self, ACCEPTANCE, REFERENCE, yuan};
use super::hall::Hall;
use super::{families, persons};
use crate::domain::operation::OperationKind;
use crate::domain::person::PersonNo;
use crate::records::port::{Action, FamilyAccount, LedgerError, Receipt, WriteRefusal};
use crate::statement::{ReceiptFacts, ReceiptOutcome};
use crate::view::model::{MessageView, PageView, Tone};
use crate::view::words::touchables;
use crate::visit::Settings;
use crate::visit::event::{
    Act, Answer, CardNews, Effect, PrintEnd, PrinterTrouble, Query, SlipKind, Tap, WriteOutcome,
};
use crate::visit::paper::Paper;

fn message(hall: &Hall) -> MessageView {
    let PageView::Message(view) = hall.view().page else { panic!("{}", hall.title()) };
    view
}

fn value(view: &MessageView, label: &str) -> Option<String> {
    view.fields.iter().find(|field| field.label == label).map(|field| field.value.clone())
}

/// A write of each kind.
fn action(kind: OperationKind) -> Action {
    use crate::domain::family::Relation;
    use crate::policy::schema::MoneyModel;
    use crate::records::port::{Agreement, Binding, Entries};
    let relative = PersonNo::new("P2");
    match kind {
        OperationKind::Open => Action::Open,
        OperationKind::Bind => Action::Bind(Box::new(Binding {
            relative,
            relation: Relation::Parent,
            since: persons::TODAY,
            until: None,
            annual_limit: None,
            money: MoneyModel::Authorize,
            amount: None,
            agreement: Agreement::NotNeeded,
            slots: 3,
            entries: Entries::default(),
        })),
        OperationKind::Accept => Action::Accept { invitation: 1 },
        OperationKind::Decline => Action::Decline { invitation: 1 },
        OperationKind::Release => Action::Release { relative },
        OperationKind::Order => Action::Order { accounts: Vec::new() },
        OperationKind::Limit => Action::Limit { relative, annual: Some(yuan(3_000)) },
        OperationKind::Transfer => Action::Transfer { amount: yuan(1) },
        OperationKind::Quota => Action::Quota { relative, amount: yuan(1) },
        OperationKind::PayPremium => Action::PayPremium {
            due: 1,
            relative,
            insured_year: 2027,
            amount: yuan(400),
            retained: yuan(0),
        },
        OperationKind::CancelPremium => Action::CancelPremium { payment: 1 },
    }
}

fn sent(kind: OperationKind) -> Hall {
    let mut hall = Hall::reviewing(desk::pin_or_staff(), action(kind));
    hall.tap(Tap::Confirm);
    hall.prove();
    hall
}

#[test]
fn every_kind_goes_from_review_to_result_once() {
    for kind in OperationKind::ALL {
        let mut hall = Hall::reviewing(desk::pin_or_staff(), action(*kind));
        assert_eq!(hall.title(), kind.label());
        let PageView::Review(review) = hall.view().page else { panic!() };
        let confirm = hall.footer()[1].clone().unwrap();
        assert!(confirm.starts_with("确认"), "{confirm}");
        assert!(review.note.starts_with("现在还没有"), "{}", review.note);
        assert!(review.note.contains(&confirm), "{}", review.note);
        assert_eq!(hall.operations(), [], "nothing before the touch");
        hall.tap(Tap::Confirm);
        hall.prove();
        assert_eq!(hall.title(), "正在办理，请不要拔卡");
        let (_, request) = hall.operation();
        assert_eq!((request.action, request.person.reveal()), (action(*kind), "P1"));
        assert_eq!((request.region.as_str(), request.at), ("310101", hall.now().wall));
        hall.operated(desk::confirmed());
        let view = message(&hall);
        assert_eq!((view.seal, view.tone), ('成', Tone::Good), "{kind:?}");
        assert_eq!(value(&view, "受理号").as_deref(), Some(ACCEPTANCE));
        assert_eq!(value(&view, "办理编号").as_deref(), Some(REFERENCE));
        assert!(view.lines.len() <= 5, "{kind:?}");
        assert_eq!(hall.operations().len(), 1, "{kind:?}");
    }
}

#[test]
fn what_has_yet_to_happen_is_not_called_done() {
    for kind in OperationKind::ALL {
        let mut hall = sent(*kind);
        let receipt = Receipt { pending: true, balance_after: Some(yuan(8)), ..desk::receipt() };
        hall.operated(WriteOutcome::Confirmed { receipt, reference: REFERENCE.into() });
        let view = message(&hall);
        assert!(view.lines.len() >= 2, "{kind:?} says what has yet to happen");
        assert_eq!(value(&view, "账户余额").as_deref(), Some("8.00 元"));
        if *kind == OperationKind::Bind {
            assert_eq!(view.title, "邀请发出去了");
        }
        if *kind == OperationKind::PayPremium {
            assert_eq!(view.title, "已经付款，等待到账");
        }
    }
}

#[test]
fn every_refusal_says_why_and_how_to_go_on() {
    let mut seen = Vec::new();
    for why in WriteRefusal::ALL {
        let mut hall = sent(OperationKind::Limit);
        hall.operated(desk::refused(*why));
        let view = message(&hall);
        assert_eq!((view.title.as_str(), view.tone), ("这次没有办成", Tone::Warn), "{why:?}");
        assert_eq!(view.lines.len(), 2, "{why:?}");
        assert!(!hall.says(why.code()) && !hall.says("好了"), "{why:?}");
        assert_eq!(value(&view, "办理编号").as_deref(), Some(REFERENCE));
        assert!(!seen.contains(&view.lines), "{why:?} says what another one says");
        seen.push(view.lines);
        let again = matches!(why, WriteRefusal::FactorRejected | WriteRefusal::Voided);
        assert_eq!(desk::has_primary(&hall.view(), Tap::Retry), again, "{why:?}");
        assert!(
            !hall.offered().contains(&Tap::Act(Act::Receipt)),
            "there is no receipt of nothing"
        );
        if again {
            hall.tap(Tap::Retry);
            assert_eq!(hall.title(), "设定限额");
            hall.tap(Tap::Confirm);
            hall.prove();
            let ids: Vec<_> = hall.operations().into_iter().map(|(id, _)| id).collect();
            assert!(ids.len() == 2 && ids[0] != ids[1], "a new write has a new number");
        }
    }
}

#[test]
fn the_unknown_is_never_called_a_success() {
    let mut hall = sent(OperationKind::PayPremium);
    hall.operated(desk::unknown());
    let view = message(&hall);
    assert_eq!((view.title.as_str(), view.tone), ("正在核实", Tone::Warn));
    assert_eq!(value(&view, "办理编号").as_deref(), Some(REFERENCE));
    for word in ["成功", "好了", "已经付款"] {
        assert!(!hall.says(word), "{word}");
    }
    assert!(!hall.offered().contains(&Tap::Retry), "it is not repeated blindly");
}

#[test]
fn nothing_begun_is_told_as_nothing() {
    let mut hall = sent(OperationKind::Release);
    hall.operated(WriteOutcome::NotBegun);
    assert_eq!(message(&hall).title, "现在只能查询");
    assert!(hall.says("什么都没有变"));
    hall.tap(Tap::Home);
    assert_eq!(hall.title(), "张*，您好", "the balance is as it was");
}

#[test]
fn a_silent_ledger_is_given_up_and_its_late_word_is_still_told() {
    let mut hall = Hall::committing();
    hall.wait(hall.limits.ledger_give_up_ms - 1);
    assert_eq!(hall.title(), "正在办理，请不要拔卡");
    hall.wait(1);
    assert_eq!(message(&hall).title, "正在核实");
    assert_eq!(value(&message(&hall), "办理编号"), None, "the kiosk has told no number");
    hall.operated(desk::confirmed());
    assert_eq!(message(&hall).title, "已经解除了");
    hall.operated(desk::refused(WriteRefusal::Voided));
    assert_eq!(message(&hall).title, "已经解除了", "what is told does not change again");
    assert_eq!(hall.kiosk.ignored().stale, 1);
}

#[test]
fn a_late_word_after_the_visit_means_nothing() {
    let mut hall = Hall::committing();
    hall.wait(hall.limits.ledger_give_up_ms);
    hall.card(CardNews::Removed);
    assert!(hall.is_default());
    hall.operated(desk::confirmed());
    assert!(hall.is_default());
    assert_eq!(hall.kiosk.ignored().stale, 1);
}

#[test]
fn nothing_but_the_outcome_interrupts_a_write() {
    let mut hall = Hall::committing();
    let taps = [Tap::Back, Tap::Home, Tap::Finish, Tap::Confirm, Tap::Retry, Tap::Row(0)];
    for tap in taps {
        hall.tap(tap);
    }
    assert_eq!(hall.kiosk.ignored().taps, 6);
    hall.tap(Tap::CallStaff);
    hall.tap(Tap::StaffDone);
    hall.trouble(Some(PrinterTrouble::Broken));
    hall.put_down(persons::other_document());
    hall.scan("OTHERCODE");
    hall.card(CardNews::Reader { working: false });
    hall.wait(hall.limits.ledger_give_up_ms - 1);
    assert_eq!(hall.title(), "正在办理，请不要拔卡");
    assert!(!hall.still_there());
    hall.operated(desk::confirmed());
    assert_eq!(message(&hall).title, "已经解除了");
    assert_eq!(hall.operations().len(), 1);
}

#[test]
fn a_result_stands_as_long_as_any_page() {
    let mut hall = Hall::committing();
    hall.wait(hall.limits.ledger_give_up_ms - 1);
    hall.operated(desk::confirmed());
    hall.answer();
    hall.wait(hall.limits.idle_ms - 1);
    assert!(!hall.still_there(), "the time of the write is not the patron's");
}

#[test]
fn the_card_taken_in_mid_write_ends_the_visit_and_not_the_write() {
    let outcomes = [
        (desk::confirmed(), "刚才的业务办好了", Some(ACCEPTANCE)),
        (desk::refused(WriteRefusal::NotBound), "刚才的业务没有办成", None),
        (WriteOutcome::NotBegun, "刚才的业务没有办成", None),
        (desk::unknown(), "正在核实", None),
    ];
    for (outcome, title, acceptance) in outcomes {
        let mut hall = Hall::committing();
        hall.card(CardNews::Removed);
        assert!(hall.visit().is_none(), "the patron is gone from the kiosk");
        assert_eq!(hall.title(), "正在办完刚才的业务");
        hall.assert_nothing_personal();
        hall.wait(1_000);
        let begun = outcome == WriteOutcome::NotBegun;
        hall.operated(outcome);
        let view = message(&hall);
        assert_eq!(view.title, title);
        assert_eq!(value(&view, "受理号").as_deref(), acceptance);
        assert_eq!(value(&view, "办理编号").is_none(), begun);
        hall.assert_nothing_personal();
        hall.wait(hall.limits.message_ms - 1);
        assert_eq!(hall.title(), title);
        hall.wait(1);
        assert!(hall.is_default());
    }
}

#[test]
fn a_write_that_nobody_waits_for_is_given_up_and_told_when_it_is_known() {
    let mut hall = Hall::committing();
    hall.wait(1_000);
    hall.card(CardNews::Removed);
    hall.wait(hall.limits.ledger_give_up_ms - 1_000);
    assert_eq!(hall.title(), "正在核实");
    hall.operated(desk::confirmed());
    assert_eq!(hall.title(), "刚才的业务办好了");
    hall.tap(Tap::Back);
    assert!(hall.is_default());
}

#[test]
fn the_next_card_waits_for_the_last_write() {
    let mut hall = Hall::committing();
    hall.card(CardNews::Removed);
    assert_eq!(hall.card(CardNews::Inserted), []);
    assert_eq!(hall.title(), "正在办完刚才的业务");
    hall.operated(desk::confirmed());
    assert_eq!(hall.title(), "刚才的业务办好了");
    assert_eq!(hall.tap(Tap::Back), [Effect::ReadCard]);
}

#[test]
fn another_card_found_in_mid_write_ends_the_visit_and_not_the_write() {
    let mut hall = Hall::committing();
    hall.card(CardNews::Reader { working: false });
    hall.card(CardNews::Reader { working: true });
    hall.card(CardNews::Inserted);
    hall.card(CardNews::Read(Ok(persons::other_holder())));
    assert_eq!(hall.title(), "正在办完刚才的业务");
    hall.assert_nothing_personal();
    hall.operated(desk::confirmed());
    assert_eq!(hall.tap(Tap::Back), [Effect::ReleaseCard]);
    assert!(hall.takes_card());
}

#[test]
fn a_patron_without_a_card_may_leave_in_mid_write() {
    let mut hall = Hall::with(desk::password_only());
    hall.put_down(persons::document());
    hall.answer();
    hall.answer();
    hall.tap(Tap::Members);
    hall.answer();
    for tap in [Tap::Row(0), Tap::Act(Act::Release), Tap::Confirm, Tap::Confirm] {
        hall.tap(tap);
    }
    hall.keys(desk::PIN);
    hall.tap(Tap::Confirm);
    hall.answer();
    assert_eq!(hall.title(), "正在办理，请不要走开");
    hall.operated(desk::confirmed());
    hall.wait(3_600_000);
    assert!(hall.kiosk.is_idle());
    hall.assert_nothing_personal();
}

#[test]
fn home_is_asked_anew_after_a_write_that_may_be_done() {
    for outcome in [desk::confirmed(), desk::unknown()] {
        let mut hall = sent(OperationKind::PayPremium);
        hall.operated(outcome);
        hall.tap(Tap::Home);
        assert!(matches!(hall.question().1, Query::Overview { .. }));
        assert_eq!(hall.title(), "正在查您的账户");
        hall.answer();
        assert_eq!(hall.title(), "张*，您好");
        hall.tap(Tap::Help);
        hall.tap(Tap::Back);
        assert_eq!(hall.title(), "张*，您好", "once is enough");
    }
    let mut hall = sent(OperationKind::Limit);
    hall.operated(desk::confirmed());
    hall.tap(Tap::Members);
    assert!(matches!(hall.question().1, Query::Overview { .. }), "amounts are checked against it");
    hall.answer();
    assert!(matches!(hall.question().1, Query::FamilyAccount { .. }));
    hall.answer();
    assert_eq!(hall.title(), "家人管理");
}

#[test]
fn after_a_release_the_ledger_is_asked_whether_the_person_is_gone() {
    let gone = FamilyAccount { members: Vec::new(), ..families::busy() };
    let table: [(Result<Answer, LedgerError>, &str, &str); 3] = [
        (Ok(Answer::FamilyAccount(Box::new(gone))), "已经解除了", "名单里没有这位家人了"),
        (
            Ok(Answer::FamilyAccount(Box::new(families::busy()))),
            "正在核实",
            "名单里还看得到这位家人",
        ),
        (Err(LedgerError::Busy), "已经解除了", "名单还没有核对到"),
    ];
    for (answer, title, words) in table {
        let mut hall = Hall::committing();
        hall.operated(desk::confirmed());
        assert!(hall.says("正在核对家人名单"));
        hall.answer_with(answer);
        assert_eq!(message(&hall).title, title);
        assert!(hall.says(words), "{words}");
    }
    let mut hall = Hall::committing();
    hall.operated(desk::confirmed());
    hall.wait(hall.limits.ledger_give_up_ms);
    assert!(hall.says("名单还没有核对到"));
}

/// A write that is done, and its receipt before the patron.
fn receipt_shown(kind: OperationKind, outcome: WriteOutcome) -> Hall {
    let mut hall = sent(kind);
    hall.operated(outcome);
    assert_eq!(hall.footer()[1].as_deref(), Some("打印回执"));
    hall.tap(Tap::Act(Act::Receipt));
    hall.answer();
    assert!(matches!(hall.view().page, PageView::Preview(_)));
    hall
}

#[test]
fn a_receipt_says_what_was_written_and_what_became_of_it() {
    for (kind, slip) in [
        (OperationKind::Limit, SlipKind::Authorisation),
        (OperationKind::PayPremium, SlipKind::Premium),
    ] {
        let hall = receipt_shown(kind, desk::confirmed());
        let (_, Query::Receipt { facts, person, .. }) = hall.question() else { panic!() };
        assert_eq!((facts.kind, facts.slip_kind()), (kind, slip));
        assert_eq!(facts.outcome, ReceiptOutcome::Done(desk::receipt()));
        assert_eq!((facts.reference.as_str(), person.psn_no.reveal()), (REFERENCE, "P1"));
        assert_eq!(facts.fields, [("年度限额".to_owned(), "3,000.00 元".to_owned())]);
        let hall = receipt_shown(kind, desk::unknown());
        let (_, Query::Receipt { facts, .. }) = hall.question() else { panic!() };
        assert_eq!(facts.outcome, ReceiptOutcome::Unknown { asked_at: hall.now().wall });
    }
}

#[test]
fn a_receipt_printed_again_is_marked_and_no_other_one_is() {
    let mut hall = receipt_shown(OperationKind::Limit, desk::confirmed());
    let (_, Query::Receipt { facts, .. }) = hall.question() else { panic!() };
    hall.tap(Tap::PrintNow);
    let id = hall.print_id();
    assert_eq!(hall.prints(), [(id, 0)]);
    hall.started(id);
    hall.ended(id, PrintEnd::Unknown { pages: 0 });
    hall.tap(Tap::PrintAgain);
    let id = hall.print_id();
    assert_eq!(hall.prints().last(), Some(&(id, 1)));
    hall.started(id);
    hall.ended(id, PrintEnd::Printed);
    hall.tap(Tap::Home);
    assert!(
        matches!(hall.question().1, Query::Overview { .. }),
        "home is asked anew, late as it is"
    );
    hall.answer();
    // Another write of the same kind is another receipt.
    let visit = hall.visit().unwrap();
    let paper = |facts| Paper::Receipt(facts);
    let other = Box::new(ReceiptFacts { reference: "BL-2".into(), ..*facts.clone() });
    assert_eq!(visit.patron.next_copy(&paper(facts)), 2);
    assert_eq!(visit.patron.next_copy(&paper(other)), 0);
}

#[test]
fn back_from_the_receipt_the_result_is_as_it_was() {
    let mut hall = Hall::committing();
    hall.operated(desk::confirmed());
    hall.tap(Tap::Act(Act::Receipt));
    hall.tap(Tap::Back);
    assert!(hall.says("正在核对家人名单"), "the answer was missed, and is asked for again");
    assert!(matches!(hall.question().1, Query::FamilyAccount { .. }));
    hall.answer_with(Ok(Answer::FamilyAccount(Box::default())));
    assert!(hall.says("名单里没有这位家人了"));
    hall.tap(Tap::Act(Act::Receipt));
    hall.answer_with(Err(LedgerError::Busy));
    assert_eq!(hall.title(), "现在查询的人很多");
    hall.tap(Tap::Retry);
    hall.answer_with(Err(LedgerError::TooManyRows(500)));
    assert_eq!(hall.title(), "现在连不上医保系统", "a receipt has no time to be chosen shorter");
    hall.tap(Tap::Retry);
    hall.answer();
    hall.tap(Tap::Back);
    assert!(hall.says(ACCEPTANCE));
}

#[test]
fn a_printer_in_trouble_does_not_call_the_unknown_done() {
    let mut hall = receipt_shown(OperationKind::Limit, desk::unknown());
    hall.trouble(Some(PrinterTrouble::PaperOut));
    hall.tap(Tap::PrintNow);
    assert!(hall.says("办理的结果还在核实") && !hall.says("已经办好"));
}

#[test]
fn without_a_printer_no_receipt_is_offered() {
    let settings = Settings { printer: false, ..desk::pin_or_staff() };
    let mut hall = Hall::reviewing(settings, action(OperationKind::Limit));
    hall.tap(Tap::Confirm);
    hall.prove();
    hall.operated(desk::confirmed());
    let labels: Vec<String> = touchables(&hall.view()).into_iter().map(|(l, _)| l).collect();
    assert_eq!(labels, ["呼叫工作人员", "回到首页", "回家人管理"]);
    assert!(!hall.says("打印"));
    hall.tap(Tap::Act(Act::Receipt));
    assert_eq!(hall.kiosk.ignored().taps, 1);
}

#[test]
fn the_rules_of_a_patron_are_those_of_their_own_region() {
    let hall = Hall::committing();
    let policy = hall.visit().and_then(|visit| visit.patron.policy.clone());
    assert_eq!(policy.map(|policy| policy.region.clone()).as_deref(), Some("shanghai"));
}
