//! Adding a relative: the way from page to page, and back.

use jiff::civil::date;

use super::bind_people::{candidate, card, document, donor, empty_account, mother, person};
use super::hall::{Begun, Hall};
use super::persons::TODAY;
use super::{desk, table};
use crate::domain::account::RelativeRef;
use crate::domain::family::{Beneficiary, Relation};
use crate::domain::insurance::InsuranceType;
use crate::domain::money::Money;
use crate::records::port::{Action, Agreement, FamilyAccount, Invitation, Member, MemberState};
use crate::view::model::PageView;
use crate::visit::event::{Act, Answer, CardNews, Tap};

/// What a page of the family account may offer besides its rows.
pub const ACTS: [Act; 14] = [
    Act::Limit,
    Act::Release,
    Act::Order,
    Act::Transfer,
    Act::Quota,
    Act::Records,
    Act::Donors,
    Act::Use,
    Act::CancelPremium,
    Act::Invitation,
    Act::Decline,
    Act::Type,
    Act::SwapCard,
    Act::Receipt,
];

/// An invitation to the patron, who is somebody's mother.
pub fn invitation() -> Invitation {
    Invitation {
        serial: 4,
        from: RelativeRef {
            psn_no: mother("350500").psn_no,
            name: mother("350500").name,
            gender: mother("350500").gender,
            relation: Relation::Parent,
        },
        invited_on: date(2026, 11, 20),
        expires: Some(date(2026, 12, 20)),
        annual_limit: Some(Money::from_fen(300_000)),
    }
}

/// A patron of a region who has been invited, and looks at that.
fn invited(invitation: Invitation) -> Hall {
    invited_in("350500", invitation)
}

fn invited_in(place: &str, invitation: Invitation) -> Hall {
    let mut hall = Hall::at_home_as(donor(place));
    hall.tap(Tap::Members);
    let account = FamilyAccount { invitations: vec![invitation], ..empty_account() };
    hall.answer_with(Ok(Answer::FamilyAccount(Box::new(account))));
    hall.tap(Tap::Act(Act::Invitation));
    hall
}

/// At each page of the way.
pub fn starts() -> Vec<Begun> {
    vec![
        || {
            let mut hall = Hall::at_home_as(donor("310101"));
            hall.add(empty_account());
            hall
        },
        || Hall::asked_who("310101"),
        || Hall::asked_who("650100"),
        || Hall::asked_who_by_document("650100"),
        || {
            let mut hall = Hall::asked_who("310101");
            hall.press("输入身份证号码");
            hall
        },
        || {
            let mut hall = Hall::asked_who("310101");
            hall.press("换插家人的卡");
            hall.card(CardNews::Removed);
            hall
        },
        || Hall::asked_relation("610100", &candidate(mother("610100"))),
        || Hall::asked_relation("650100", &candidate(mother("650100"))),
        || {
            let mut hall = Hall::asked_relation("350500", &candidate(mother("350500")));
            hall.press("母亲");
            hall
        },
        || {
            let mut hall = Hall::asked_relation("310101", &candidate(mother("310101")));
            hall.press("母亲");
            hall.press("不另外设");
            hall
        },
        || to_the_signature("310101"),
        || {
            let mut hall = invited(invitation());
            hall.tap(Tap::Confirm);
            hall
        },
    ]
}

/// A patron who is about to sign.
fn to_the_signature(place: &str) -> Hall {
    let mut hall = Hall::asked_relation(place, &candidate(mother(place)));
    hall.press("母亲");
    hall.press("不另外设");
    hall.press("我愿意");
    assert!(matches!(hall.view().page, PageView::Sign(_)));
    hall
}

fn review(place: &str) -> Hall {
    let mut hall = to_the_signature(place);
    hall.sign();
    assert!(matches!(hall.view().page, PageView::Review(_)));
    hall
}

#[test]
fn every_page_goes_back_one_step() {
    let mut hall = review("310101");
    let mut titles = vec![hall.title()];
    while !matches!(hall.view().page, PageView::Members(_)) {
        let back = hall.view().back.expect("a way back");
        hall.tap(back.tap);
        titles.push(hall.title());
        assert!(titles.len() < 30, "{titles:?}");
    }
    let asked =
        ["请用手指写上您的名字", "请家人本人看", "一年最多让家人用多少？", "欧阳*是您的什么人？"];
    let found: Vec<&str> =
        titles.iter().map(String::as_str).filter(|title| asked.contains(title)).collect();
    assert_eq!(found, asked);
}

#[test]
fn what_was_answered_before_going_back_is_asked_again() {
    let mut hall = review("310101");
    for _ in 0..3 {
        hall.press("返回");
    }
    assert_eq!(hall.title(), "一年最多让家人用多少？");
    hall.press("1,000.00 元");
    hall.press("我愿意");
    assert!(matches!(hall.view().page, PageView::Review(_)), "signed already: {}", hall.title());
    assert_eq!(hall.binding().annual_limit, Some(Money::from_fen(100_000)));
}

#[test]
fn a_document_declined_leads_back_and_is_not_accepted() {
    let mut hall = Hall::at_home_as(donor("310101"));
    hall.add(empty_account());
    hall.press("不同意，返回");
    assert!(matches!(hall.view().page, PageView::Members(_)));
    hall.add(empty_account());
    assert_eq!(hall.title(), "承诺书", "it was not accepted");
    hall.agree();
    // Back to the document, and now declined.
    hall.press("返回");
    assert_eq!(hall.title(), "承诺书");
    hall.press("不同意，返回");
    hall.add(empty_account());
    assert_eq!(hall.title(), "承诺书", "it was taken back");
}

#[test]
fn in_one_visit_nobody_reads_or_signs_twice() {
    let mut hall = review("310101");
    let first = hall.draft().consent.clone().unwrap();
    hall.add(empty_account());
    assert_eq!(hall.title(), "要添加哪位家人？");
    assert!(hall.read().contains("不用再看"), "{}", hall.read());
    let brother = candidate(person(305, date(1950, 5, 1), InsuranceType::Employee, "310101"));
    hall.put_down(document(&brother.insured));
    hall.tell(&brother);
    hall.press("父亲");
    hall.press("不另外设");
    hall.press("我愿意");
    assert_eq!(hall.draft().consent.as_ref(), Some(&first));
}

#[test]
fn a_visit_begun_anew_reads_anew() {
    let mut hall = review("310101");
    hall.card(CardNews::Removed);
    hall.assert_nothing_of_the_relative();
    let mut hall = Hall::at_home_as(donor("310101"));
    hall.add(empty_account());
    assert_eq!(hall.title(), "承诺书");
}

#[test]
fn a_child_under_sixteen_joins_and_an_older_one_is_asked() {
    let born = |year| candidate(person(203, date(year, 11, 22), InsuranceType::Resident, "310101"));
    for (year, asked) in [(2010, true), (2011, false)] {
        let mut hall = Hall::asked_relation("310101", &born(year));
        hall.press("儿子");
        hall.press("不另外设");
        assert_eq!(hall.title() == "请家人本人看", asked, "{year}");
        if !asked {
            hall.sign();
            assert_eq!(hall.binding().agreement, Agreement::JoinsAlone);
        }
    }
}

#[test]
fn somebody_bound_is_not_bound_again() {
    let kin = mother("310101");
    let who = Beneficiary {
        psn_no: kin.psn_no.clone(),
        name: kin.name.clone(),
        id_number: kin.id_number.clone(),
        gender: kin.gender,
        relation: Relation::Parent,
        since: TODAY,
        annual_limit: None,
    };
    let member = Member {
        who,
        until: None,
        state: MemberState::Invited,
        slot: 1,
        used_this_year: Money::ZERO,
        quota: None,
    };
    let mut hall = Hall::at_home_as(donor("310101"));
    hall.add(FamilyAccount { members: vec![member], ..empty_account() });
    hall.agree();
    hall.put_down(document(&kin));
    hall.tell(&candidate(kin));
    hall.press("母亲");
    assert!(hall.read().contains("已经添加过了"), "{}", hall.read());
}

#[test]
fn parents_in_law_only_where_the_region_takes_them() {
    let labels = |hall: &Hall| match hall.view().page {
        PageView::Choice(page) => page.choices.into_iter().map(|c| c.label).collect::<Vec<_>>(),
        _ => panic!("{}", hall.title()),
    };
    let mut hall = Hall::asked_relation("650100", &candidate(mother("650100")));
    assert_eq!(labels(&hall), ["妻子", "母亲", "女儿", "其他亲属"]);
    hall.press("其他亲属");
    assert_eq!(labels(&hall), ["姐妹", "祖母", "外祖母", "孙女", "外孙女"]);
    hall.press("返回");
    assert_eq!(labels(&hall).len(), 4);
    let hall = Hall::asked_relation("310101", &candidate(mother("310101")));
    assert_eq!(labels(&hall), ["妻子", "母亲", "女儿"]);
}

#[test]
fn an_invitation_is_read_signed_and_accepted() {
    let mut hall = invited(invitation());
    hall.tap(Tap::Confirm);
    assert_eq!(hall.title(), "办理须知");
    hall.agree();
    hall.sign();
    assert_eq!(hall.draft().action, Action::Accept { invitation: 4 });
    let consent = hall.draft().consent.as_ref().unwrap();
    assert!(consent.signature.is_some() && consent.documents.len() == 1);
    assert!(hall.draft().effects.concat().contains("3,000.00 元"));
    for _ in 0..2 {
        let back = hall.view().back.unwrap();
        hall.tap(back.tap);
    }
    assert_eq!(hall.title(), "办理须知");
    hall.press("不同意，返回");
    assert!(hall.offered().contains(&Tap::Act(Act::Decline)), "{}", hall.title());
}

/// Whoever is invited is asked nothing that the inviter has said already.
#[test]
fn accepting_asks_no_days_where_binding_does() {
    let mut hall = invited_in("610102", invitation());
    hall.tap(Tap::Confirm);
    hall.agree();
    hall.sign();
    assert_eq!(hall.draft().action, Action::Accept { invitation: 4 });
}

#[test]
fn an_invitation_is_declined_without_reading() {
    let mut hall = invited(invitation());
    hall.tap(Tap::Act(Act::Decline));
    assert_eq!(hall.draft().action, Action::Decline { invitation: 4 });
    assert_eq!(hall.draft().consent, None);
}

#[test]
fn an_invitation_that_ran_out_is_not_accepted() {
    let mut hall = invited(Invitation { expires: Some(date(2026, 11, 21)), ..invitation() });
    hall.tap(Tap::Confirm);
    assert!(hall.read().contains("已经过了期限"), "{}", hall.read());
    hall.press("返回");
    assert!(hall.offered().contains(&Tap::Act(Act::Decline)));
}

/// From home to the result, with a PIN, and to the next relative.
#[test]
fn a_relative_is_added_from_home_to_the_result_and_then_another() {
    let mut hall = Hall::at_home_as(donor("310101"));
    hall.tap(Tap::Members);
    hall.answer_with(Ok(Answer::FamilyAccount(Box::new(empty_account()))));
    hall.press("添加家人");
    hall.agree();
    hall.put_down(document(&mother("310101")));
    hall.tell(&candidate(mother("310101")));
    for words in ["母亲", "不另外设", "我愿意"] {
        hall.press(words);
    }
    hall.sign();
    hall.tap(Tap::Confirm);
    // By the card's PIN, of what the packs let be proved.
    hall.tap(Tap::Row(0));
    hall.keys(desk::PIN);
    hall.tap(Tap::Confirm);
    hall.verified(Ok(()));
    let requests = hall.operations();
    let (_, request) = requests.last().unwrap();
    assert!(matches!(&request.action, Action::Bind(_)));
    assert!(request.consent.as_ref().unwrap().signature.is_some());
    hall.operated(desk::confirmed());
    hall.press("再加一位家人");
    // What the account has changed to is asked for first.
    hall.answer();
    hall.answer_with(Ok(Answer::FamilyAccount(Box::new(empty_account()))));
    assert_eq!(hall.title(), "要添加哪位家人？");
    assert!(hall.read().contains("不用再看"));
    hall.press("返回");
    assert!(hall.can_press("添加家人"), "{}", hall.title());
    table::assert_holds(&hall.ways);
}

#[test]
fn every_page_ends_by_itself_and_leaves_nothing() {
    for begin in starts() {
        let mut hall = begin();
        hall.wait(3_600_000);
        assert!(hall.kiosk.is_idle());
        hall.assert_nothing_of_the_relative();
        let mut hall = begin();
        if hall.visit().is_some_and(|visit| visit.patron.card.is_some()) {
            hall.card(CardNews::Removed);
            if hall.visit().is_some() {
                // The exchange of cards: whoever puts another card in ends it.
                hall.wait(hall.limits.swap_ms);
            }
            hall.assert_nothing_of_the_relative();
        }
    }
}

#[test]
fn a_second_persons_card_does_not_get_another_persons_relative() {
    // The relative's own card, shown in a visit by document, is not 这次为谁办理.
    let kin = mother("310101");
    let mut hall = Hall::asked_who_by_document("310101");
    hall.card(CardNews::Inserted);
    hall.card(CardNews::Read(Ok(card(&kin))));
    hall.tell(&candidate(kin));
    assert!(!hall.asks_for_whom());
    assert_eq!(hall.served(), Some("P1"));
    assert_eq!(hall.title(), "请取出家人的卡");
    hall.card(CardNews::Removed);
    assert_eq!(hall.title(), "欧阳*是您的什么人？");
}
