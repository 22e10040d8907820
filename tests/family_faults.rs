//! Writes when something goes wrong: each is done once or not at all, and the truth is told.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

mod common;

use common::Rig;
use common::family::{Person, text_of, value};
use common::ledgers::Gate;
use gongji_kiosk::domain::money::Money;
use gongji_kiosk::records::generate::GENERATED_PIN;
use gongji_kiosk::view::model::{PageView, ViewModel};

/// What the son may use in a year after each of these stories; before them it is something else.
fn new_limit() -> Option<Money> {
    Some(Money::from_fen(300_000))
}

/// The patron, and the row of the son among the family.
fn patron_of(rig: &Rig) -> (Person, u8) {
    let patron = rig.person("showcase");
    let members = rig.family_of(&patron).members;
    let row = members.iter().position(|m| m.who.annual_limit.is_some()).expect("the son");
    (patron, u8::try_from(row).unwrap())
}

/// From home to the review of another limit for the son.
fn review_limit(rig: &mut Rig, row: u8) {
    rig.go_to_members();
    rig.open_member(row);
    rig.tap("设定限额");
    rig.wait_title("一年最多用多少");
    rig.tap("3,000 元");
    rig.review();
}

fn limit(rig: &Rig, patron: &Person, row: u8) -> Option<Money> {
    rig.family_of(patron).members[usize::from(row)].who.annual_limit
}

/// A kiosk behind a gate, whose patron is about to enter the PIN.
fn at_the_pad() -> (Rig, Gate, Person, u8) {
    let (mut rig, gate) = Rig::gated();
    let (patron, row) = patron_of(&rig);
    rig.go_home();
    review_limit(&mut rig, row);
    rig.confirm("确认限额");
    (rig, gate, patron, row)
}

#[test]
fn a_wrong_pin_changes_nothing_and_the_right_one_after_it_counts() {
    let mut rig = Rig::start();
    let (patron, row) = patron_of(&rig);
    let before = limit(&rig, &patron, row);
    rig.go_home();
    review_limit(&mut rig, row);
    rig.confirm("确认限额");
    for (pin, told) in [("654321", "还可以试 2 次"), ("000000", "只能再试 1 次")] {
        rig.type_in(pin);
        rig.tap("核对密码");
        let pad = rig.wait("the pad again", |v| text_of(v).contains(told));
        let PageView::Pad(page) = &pad.page else { panic!("{pad:?}") };
        assert_eq!((page.filled.0, page.shown.as_str()), (0, ""), "nothing is left in it");
        assert_eq!(limit(&rig, &patron, row), before);
        assert_eq!(rig.writes(), (0, 0, 0, 0));
    }
    rig.prove();
    rig.result("限额改好了");
    assert_eq!(limit(&rig, &patron, row), new_limit());
    assert_eq!(rig.writes(), (1, 1, 0, 0));
}

#[test]
fn three_wrong_pins_lock_the_card_and_leave_the_query_password() {
    let mut rig = Rig::start();
    let (patron, row) = patron_of(&rig);
    rig.go_home();
    review_limit(&mut rig, row);
    rig.confirm("确认限额");
    for told in ["还可以试 2 次", "只能再试 1 次", "社保卡密码已经锁住"] {
        rig.type_in("654321");
        rig.tap("核对密码");
        rig.wait(told, |v| text_of(v).contains(told));
    }
    rig.tap("换一种方式");
    rig.wait_title("请输入查询密码");
    rig.prove();
    rig.result("限额改好了");
    assert_eq!(limit(&rig, &patron, row), new_limit());
    assert_eq!(rig.writes(), (1, 1, 0, 0));
}

#[test]
fn a_card_pulled_while_a_write_is_on_its_way_ends_the_visit_and_not_the_write() {
    let (mut rig, gate, patron, row) = at_the_pad();
    gate.shut();
    rig.prove();
    rig.wait_title("正在办理，请不要拔卡");
    let before = rig.seen.len();
    rig.hall.remove();
    rig.wait_title("正在办完刚才的业务");
    gate.open();
    let done = rig.result("刚才的业务办好了");
    assert!(value(&done, "受理号").is_some() && value(&done, "办理编号").is_some());
    let names: Vec<String> = [patron.insured.name.reveal(), &patron.masked()]
        .into_iter()
        .map(str::to_owned)
        .chain(
            rig.family_of(&patron)
                .members
                .iter()
                .map(|member| gongji_kiosk::domain::masking::mask_name(&member.who.name)),
        )
        .collect();
    let after = &rig.seen[before..];
    let finishing = after.iter().skip_while(|v| !common::title(v).contains("正在办完"));
    for view in finishing {
        let shown = format!("{view:?}");
        assert!(!names.iter().any(|name| shown.contains(name)), "{shown}");
        assert!(!shown.contains("3,000"), "no amount: {shown}");
    }
    rig.tap("知道了");
    rig.wait("the screen of a kiosk that served nobody", |v| *v == ViewModel::default());
    assert_eq!(limit(&rig, &patron, row), new_limit());
    assert_eq!(rig.writes(), (1, 1, 0, 0));
}

/// The kiosk is told nothing of a write, says so, and is started anew on the same files.
fn told_nothing(cut: impl FnOnce(&Gate)) -> (Rig, Person, u8) {
    let (mut rig, gate, patron, row) = at_the_pad();
    cut(&gate);
    rig.prove();
    let unknown = rig.result("正在核实");
    let reference = value(&unknown, "办理编号").unwrap().to_owned();
    assert_eq!(value(&unknown, "受理号"), None);
    let told = unknown.lines.concat();
    assert!(told.contains("请先不要再办同一件事"), "{told}");
    assert!(!format!("{unknown:?}").contains("办好了"));
    assert_eq!(rig.writes(), (1, 0, 0, 1));
    // It can be taken home on paper, which claims nothing either.
    gate.open();
    let paper = rig.print_receipt();
    assert!(paper.contains(&reference) && paper.contains("正在核实，尚未确认"), "{paper}");
    gate.cut();
    rig.hall.remove();
    rig.restart();
    rig.until("the journal settled", |rig| (rig.journal().open == 0).then_some(()));
    rig.wait("in service", |v| *v == ViewModel::default());
    (rig, patron, row)
}

#[test]
fn a_write_that_never_arrived_is_refused_after_the_next_start() {
    let (mut rig, patron, row) = told_nothing(Gate::cut);
    let before = limit(&rig, &patron, row);
    assert_ne!(before, new_limit());
    assert_eq!(rig.writes(), (1, 0, 1, 0));
    // And it can be done anew.
    rig.go_home();
    review_limit(&mut rig, row);
    rig.commit("确认限额", "限额改好了");
    assert_eq!(limit(&rig, &patron, row), new_limit());
    assert_eq!(rig.writes(), (2, 1, 1, 0));
}

#[test]
fn a_write_whose_answer_was_lost_is_confirmed_after_the_next_start() {
    let (rig, patron, row) = told_nothing(Gate::cut_behind_a_write);
    assert_eq!(limit(&rig, &patron, row), new_limit());
    assert_eq!(rig.writes(), (1, 1, 0, 0));
}

#[test]
fn a_receipt_waits_for_paper_and_the_write_is_not_made_again() {
    let mut rig = Rig::start();
    let (patron, row) = patron_of(&rig);
    rig.go_home();
    review_limit(&mut rig, row);
    rig.commit("确认限额", "限额改好了");
    rig.order("fault printer paper-out after 6 lines");
    rig.tap("打印回执");
    rig.wait("the preview", |v| matches!(v.page, PageView::Preview(_)));
    rig.tap("开始打印");
    let held = rig.result("打印机没有纸了");
    assert_eq!(held.reassurance.as_deref(), Some("您的业务已经办好，没有丢失"));
    rig.tap("等换纸");
    rig.order("printer paper in");
    rig.wait_title("单据打好了");
    let papers = rig.hall.take_papers();
    let text: String = papers.iter().map(|paper| paper.text()).collect();
    assert_eq!(text.matches("限额设定回执").count(), papers.len(), "once a page: {text}");
    assert!(!text.contains("补打"), "{text}");
    assert_eq!(limit(&rig, &patron, row), new_limit());
    assert_eq!(rig.writes(), (1, 1, 0, 0));
}

#[test]
fn staff_can_be_called_while_a_write_is_on_its_way() {
    let (mut rig, gate, patron, row) = at_the_pad();
    gate.shut();
    rig.prove();
    rig.wait_title("正在办理，请不要拔卡");
    rig.tap("呼叫工作人员");
    let called = rig.wait("staff called", |v| v.overlay.is_some());
    assert_eq!(common::title(&called), "正在办理，请不要拔卡", "it goes on beneath");
    rig.tap("知道了，接着办");
    rig.wait("the page again", |v| v.overlay.is_none());
    gate.open();
    rig.result("限额改好了");
    assert_eq!(limit(&rig, &patron, row), new_limit());
    assert_eq!(rig.writes(), (1, 1, 0, 0));
}

/// A patron who came with the ID card alone, about to enter the query password.
fn by_document() -> (Rig, Person, u8) {
    let mut rig = Rig::start();
    let (patron, row) = patron_of(&rig);
    rig.place("showcase");
    rig.wait_home();
    rig.hall.lift();
    review_limit(&mut rig, row);
    rig.tap("确认限额");
    rig.wait_title("请输入查询密码");
    (rig, patron, row)
}

#[test]
fn a_visit_by_document_is_proved_by_the_query_password_after_three_wrong_ones() {
    let (mut rig, patron, row) = by_document();
    for left in [4, 3, 2] {
        rig.type_in("000000");
        rig.tap("核对密码");
        let told = format!("还可以试 {left} 次");
        rig.wait("the pad again", |v| text_of(v).contains(&told));
    }
    assert_eq!(rig.writes(), (0, 0, 0, 0));
    rig.type_in(GENERATED_PIN);
    rig.tap("核对密码");
    rig.result("限额改好了");
    assert_eq!(limit(&rig, &patron, row), new_limit());
    assert_eq!(rig.writes(), (1, 1, 0, 0));
}

#[test]
fn a_query_password_that_is_locked_stays_locked_for_the_next_visit() {
    let (mut rig, patron, row) = by_document();
    for told in ["试 4 次", "试 3 次", "试 2 次", "再试 1 次", "查询密码已经锁住"]
    {
        rig.type_in("000000");
        rig.tap("核对密码");
        rig.wait(told, |v| text_of(v).contains(told));
    }
    rig.tap("返回");
    rig.review();
    rig.tap("确认限额");
    // The card could still prove it; it is not here.
    rig.wait_title("要先核对社保卡密码");
    assert_ne!(limit(&rig, &patron, row), new_limit());
    assert_eq!(rig.writes(), (0, 0, 0, 0));
}
