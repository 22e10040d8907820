//! Adding a relative: pads, days, amounts, and the signature.

use jiff::civil::date;

use super::bind_people::{RELATIVE, candidate, document, donor, empty_account, mother, person};
use super::hall::Hall;
use super::persons;
use crate::domain::id_number::IdNumber;
use crate::domain::insurance::InsuranceType;
use crate::domain::money::Money;
use crate::domain::person::CardNo;
use crate::records::port::{Agreement, Candidate, Credential, LedgerError};
use crate::view::model::{PadView, PageView, SignView};
use crate::visit::event::{PadKey, Pen, Query, Tap};

fn pad(hall: &Hall) -> PadView {
    match hall.view().page {
        PageView::Pad(pad) => pad,
        _ => panic!("no pad but {}", hall.title()),
    }
}

fn field(hall: &Hall) -> SignView {
    match hall.view().page {
        PageView::Sign(sign) => sign,
        _ => panic!("no field but {}", hall.title()),
    }
}

#[test]
fn a_number_is_typed_and_the_name_is_never_shown_in_full() {
    let kin = mother("310101");
    let number = kin.id_number.reveal().to_owned();
    let mut hall = Hall::asked_who("310101");
    hall.press("输入身份证号码");
    assert!(!hall.can_press("输好了"));
    hall.type_in(&number);
    assert_eq!(
        pad(&hall).shown,
        format!("{} {} {} {}", &number[..6], &number[6..10], &number[10..14], &number[14..])
    );
    hall.press("输好了");
    let Query::Candidate { donor, credential } = hall.question().1 else { panic!() };
    assert_eq!(donor, persons::insured().psn_no);
    assert_eq!(credential, Credential::IdNumber(IdNumber::parse(&number).unwrap()));
    hall.tell(&candidate(kin));
    assert_eq!(hall.title(), format!("是{}吗？", RELATIVE.1));
    hall.press("是，接着办");
    hall.press("母亲");
    hall.press("不另外设");
    // Who is not here cannot agree here.
    assert_eq!(hall.title(), "要等家人同意才生效");
    assert!(!hall.can_press("我愿意"));
    hall.press("发出邀请");
    hall.sign();
    assert_eq!(hall.binding().agreement, Agreement::Awaited);
    assert!(hall.draft().effects[0].contains("邀请"), "{:?}", hall.draft().effects);
}

#[test]
fn somebody_else_is_not_taken() {
    let kin = mother("310101");
    let mut hall = Hall::asked_who("310101");
    hall.press("输入身份证号码");
    hall.type_in(kin.id_number.reveal());
    hall.press("输好了");
    hall.tell(&candidate(kin));
    hall.press("不是这个人");
    assert_eq!(hall.title(), "要添加哪位家人？");
    assert!(!hall.read().contains(RELATIVE.1));
    // One step back is the document, not the person who was not meant.
    hall.press("返回");
    assert_eq!(hall.title(), "承诺书");
}

#[test]
fn wrong_numbers_get_a_plain_hint() {
    let own = persons::insured().id_number.reveal().to_owned();
    let right = mother("310101").id_number.reveal().to_owned();
    let mut wrong = right.clone();
    wrong.replace_range(16..17, if right.as_bytes()[16] == b'2' { "3" } else { "2" });
    let table = [
        (wrong.as_str(), "有一位按错了"),
        ("00010119520303102X", "最前面两位"),
        ("310101195213031020", "没有这一天"),
        ("31010119520303X020", "X 只能在最后一位"),
        (own.as_str(), "您自己的号码"),
    ];
    for (number, hint) in table {
        let mut hall = Hall::asked_who("310101");
        hall.press("输入身份证号码");
        hall.type_in(number);
        hall.press("输好了");
        let note = pad(&hall).note.unwrap_or_default();
        assert!(note.contains(hint), "{hint}: {note}");
        // What is in stays in, to be mended.
        assert_eq!(pad(&hall).filled, (18, 18));
        hall.press("退一格");
        assert_eq!(pad(&hall).note, None);
    }
}

#[test]
fn keys_do_what_they_say() {
    let mut hall = Hall::asked_who("310101");
    hall.press("输入身份证号码");
    hall.type_in("31");
    hall.press("退一格");
    assert_eq!(pad(&hall).shown, "3");
    hall.type_in("1010119520303X0201");
    assert_eq!(pad(&hall).filled, (18, 18), "no more than there is room for");
    hall.press("全部清除");
    hall.press("退一格");
    assert_eq!(pad(&hall).shown, "");
    let before = hall.kiosk.ignored().taps;
    hall.tap(Tap::Key(PadKey::Character(b'A')));
    assert_eq!(hall.kiosk.ignored().taps, before + 1);
    hall.press("返回");
    assert_eq!(hall.title(), "要添加哪位家人？");
}

#[test]
fn a_number_that_the_ledger_does_not_know_can_be_tried_again() {
    for (error, words) in [
        (LedgerError::UnknownPerson, "查不到这个人"),
        (LedgerError::Busy, "查询的人很多"),
        (LedgerError::Unavailable("x".into()), "连不上医保系统"),
    ] {
        let mut hall = Hall::asked_who("310101");
        hall.press("输入身份证号码");
        hall.type_in(mother("310101").id_number.reveal());
        hall.press("输好了");
        hall.answer_with(Err(error));
        assert_eq!(hall.title(), "要添加哪位家人？");
        assert!(hall.view().notice.unwrap_or_default().contains(words), "{words}");
    }
    let mut hall = Hall::asked_who("310101");
    hall.press("输入身份证号码");
    hall.type_in(mother("310101").id_number.reveal());
    hall.press("输好了");
    hall.wait(hall.limits.ledger_slow_ms);
    assert_eq!(hall.title(), "比平时慢一些");
    hall.wait(hall.limits.ledger_give_up_ms);
    assert!(hall.view().notice.unwrap_or_default().contains("没有等到回答"));
}

/// Urumqi: the number of the relative's card is asked, unless a medium of theirs was read.
fn typed_in_urumqi(known: Option<&str>) -> Hall {
    let kin = Candidate { card: known.map(CardNo::new), ..candidate(mother("650100")) };
    let mut hall = Hall::asked_who("650100");
    hall.press("输入身份证号码");
    hall.type_in(kin.insured.id_number.reveal());
    hall.press("输好了");
    hall.tell(&kin);
    hall.press("是，接着办");
    hall.press("母亲");
    assert_eq!(hall.title(), "请输入家人的社保卡号");
    hall
}

#[test]
fn in_urumqi_the_card_number_of_who_was_typed_is_typed_too() {
    for known in [None, Some("B12345678")] {
        let mut hall = typed_in_urumqi(known);
        hall.type_in("B12345678");
        hall.press("输好了");
        assert_eq!(hall.title(), "一年最多让家人用多少？");
        hall.press("不另外设");
        hall.press("发出邀请");
        hall.sign();
        let card = hall.binding().entries.card.as_deref().map(String::as_str) == Some("B12345678");
        assert!(card, "{known:?}");
        assert!(!format!("{:?}", hall.draft().fields).contains("B12345678"));
    }
}

#[test]
fn a_wrong_card_number_can_be_tried_three_times() {
    let mut hall = typed_in_urumqi(Some("B12345678"));
    for left in ["2", "1"] {
        hall.type_in("B12345679");
        hall.press("输好了");
        assert_eq!(pad(&hall).shown, "");
        assert!(pad(&hall).note.unwrap().contains(&format!("还可以输 {left} 次")));
    }
    hall.type_in("B12345679");
    hall.press("输好了");
    assert_eq!(hall.title(), "现在不能添加这位家人");
    assert!(hall.read().contains("双方的身份证件"), "{}", hall.read());
    // Going back gives no further tries.
    hall.press("返回");
    hall.press("母亲");
    hall.type_in("B12345679");
    hall.press("输好了");
    assert_eq!(hall.title(), "现在不能添加这位家人");
}

#[test]
fn in_shaanxi_an_employer_on_record_is_not_asked() {
    let kin = Candidate { employer: Some("某某厂".into()), ..candidate(mother("610100")) };
    let mut hall = Hall::asked_relation("610100", &kin);
    hall.press("母亲");
    assert_eq!(hall.title(), "请输入家人的手机号码");
    hall.type_in("02155551234");
    hall.press("输好了");
    assert!(pad(&hall).note.is_some());
    hall.press("全部清除");
    hall.type_in("13800001234");
    hall.press("输好了");
    assert_eq!(hall.title(), "从哪一天开始？");
    hall.press("今天");
    hall.press("一年");
    hall.press("不另外设");
    hall.press("我愿意");
    hall.sign();
    let binding = hall.binding();
    assert_eq!((binding.since, binding.until), (persons::TODAY, Some(date(2027, 11, 21))));
    assert!(binding.entries.employer.as_deref().is_some_and(|employer| employer == "某某厂"));
    assert!(!hall.read().contains("某某厂") && !hall.read().contains("13800001234"));
}

#[test]
fn in_shaanxi_an_employer_that_cannot_be_typed_leads_to_a_window() {
    let mut hall = Hall::asked_relation("610100", &candidate(mother("610100")));
    hall.press("母亲");
    hall.press("有工作单位");
    assert!(hall.read().contains("不能输入汉字") && hall.read().contains("到窗口办理"));
}

#[test]
fn a_limit_above_the_regions_is_not_taken() {
    let mut hall = Hall::asked_relation("610100", &candidate(mother("610100")));
    for words in ["母亲", "没有工作单位"] {
        hall.press(words);
    }
    hall.type_in("13800001234");
    for words in ["输好了", "今天", "五年", "别的数"] {
        hall.press(words);
    }
    for (typed, hint) in [("10001", "最多可以设 10,000.00 元"), ("0", "比 0 元多")] {
        hall.press("全部清除");
        hall.type_in(typed);
        hall.press("输好了");
        assert!(pad(&hall).note.unwrap_or_default().contains(hint), "{typed}");
    }
    hall.press("返回");
    assert_eq!(hall.title(), "一年最多让家人用多少？");
}

#[test]
fn no_more_is_moved_than_there_is() {
    // The patron has 2,035.75.
    let mut hall = Hall::asked_relation("350500", &candidate(mother("350500")));
    hall.press("母亲");
    hall.press("不另外设");
    assert_eq!(hall.title(), "现在划拨多少到家庭账户？");
    hall.press("别的数");
    hall.type_in("2036");
    hall.press("输好了");
    assert!(pad(&hall).note.unwrap_or_default().contains("2,035.75"));
    hall.press("返回");
    hall.press("先不划拨");
    hall.press("发出邀请");
    hall.sign();
    assert_eq!(hall.binding().amount, None);
    assert_eq!(hall.field("划拨金额").as_deref(), Some("暂不划拨"));
}

#[test]
fn a_locked_amount_cannot_be_left_out() {
    let mut hall = Hall::asked_relation("360100", &candidate(mother("330100")));
    hall.press("母亲");
    assert_eq!(hall.title(), "给这位家人锁定多少额度？");
    let before = hall.kiosk.ignored().taps;
    hall.tap(Tap::Skip);
    assert_eq!(hall.kiosk.ignored().taps, before + 1);
    hall.press("别的数");
    hall.type_in("0");
    hall.press("输好了");
    assert!(pad(&hall).note.is_some());
    hall.press("全部清除");
    hall.type_in("1234");
    hall.press("输好了");
    hall.press("我愿意");
    hall.sign();
    assert_eq!(hall.binding().amount, Some(Money::from_fen(123_400)));
    assert_eq!(hall.binding().annual_limit, None);
}

/// A patron who is about to sign.
fn signing() -> Hall {
    let mut hall = Hall::asked_relation("310101", &candidate(mother("310101")));
    for words in ["母亲", "不另外设", "我愿意"] {
        hall.press(words);
    }
    hall
}

#[test]
fn a_dot_is_no_signature() {
    let mut hall = signing();
    assert_eq!(field(&hall).ink, None);
    hall.tap(Tap::Pen(Pen::Down(10, 10)));
    assert!(field(&hall).ink.is_some() && !hall.can_press("签好了"));
    hall.press("擦掉重写");
    assert_eq!(field(&hall).ink, None);
    assert!(!hall.can_press("擦掉重写"));
    hall.sign();
    assert!(matches!(hall.view().page, PageView::Review(_)));
}

#[test]
fn the_same_strokes_give_the_same_digest_and_others_another() {
    let digest = |x: i16| {
        let mut hall = signing();
        hall.tap(Tap::Pen(Pen::Down(10, 10)));
        hall.tap(Tap::Pen(Pen::To(x, 200)));
        hall.press("签好了");
        hall.draft().consent.as_ref().unwrap().signature.unwrap()
    };
    assert_eq!(digest(300), digest(300));
    assert_ne!(digest(300), digest(301));
}

#[test]
fn who_cannot_write_goes_on_without() {
    let mut hall = signing();
    hall.press("我写不了字");
    assert_eq!(hall.draft().consent.as_ref().unwrap().signature, None);
}

#[test]
fn the_slot_is_the_next_one_of_the_relative() {
    let shared = Candidate {
        other_donors: 1,
        ..candidate(person(305, date(1950, 5, 1), InsuranceType::Employee, "310101"))
    };
    let mut hall = Hall::at_home_as(donor("310101"));
    hall.add(empty_account());
    hall.agree();
    hall.put_down(document(&shared.insured));
    hall.tell(&shared);
    for words in ["父亲", "不另外设", "我愿意", "我写不了字"] {
        hall.press(words);
    }
    assert_eq!(hall.field("扣款顺位").as_deref(), Some("第 2 顺位，以医保系统为准"));
}
