//! Adding a relative in every region: one that is permitted, with the region's documents, entries,
//! consent and money, and one that is refused, with its reason and way on.

use jiff::civil::date;

use super::bind_people::{candidate, donor, empty_account, mother, person};
use super::hall::Hall;
use super::persons::{self, TODAY};
use super::table;
use crate::domain::family::Relation;
use crate::domain::insurance::{InsuranceStatus, InsuranceType};
use crate::domain::money::Money;
use crate::policy::schema::MoneyModel;
use crate::records::port::{Agreement, Candidate};
use crate::view::model::PageView;

/// A region, what is asked there, and what comes of it.
struct Case {
    /// 医保区划 of the patron, and of the relative.
    places: (&'static str, &'static str),
    /// The document that is read.
    document: &'static str,
    relative: fn(&str) -> Candidate,
    /// What is pressed once the relative is known, up to the signature.
    pressed: &'static [&'static str],
    relation: Relation,
    money: MoneyModel,
    /// In fen: the limit, and the amount moved or locked.
    fen: (Option<i64>, Option<i64>),
    agreement: Agreement,
    /// Fields of the review that tell the region's own.
    fields: &'static [(&'static str, &'static str)],
}

fn kin(place: &str) -> Candidate {
    candidate(mother(place))
}

fn child_of_six(place: &str) -> Candidate {
    candidate(person(203, date(2020, 5, 1), InsuranceType::Resident, place))
}

fn husband(place: &str) -> Candidate {
    candidate(person(305, date(1950, 5, 1), InsuranceType::Employee, place))
}

fn grandson(place: &str) -> Candidate {
    let insured = person(407, date(1998, 5, 1), InsuranceType::Resident, place);
    Candidate { card: Some(persons::other_holder().number), ..candidate(insured) }
}

const PLAIN: Case = Case {
    places: ("330100", "330100"),
    document: "承诺书",
    relative: kin,
    pressed: &["母亲", "不另外设", "我愿意"],
    relation: Relation::Parent,
    money: MoneyModel::Authorize,
    fen: (None, None),
    agreement: Agreement::GivenHere,
    fields: &[
        ("与本人关系", "母亲"),
        ("授权期限", "2026年11月22日起，长期有效"),
        ("共济方式", "授权使用"),
        ("年度限额", "不另设限额"),
        ("家人同意", "本人已在这里同意"),
        ("扣款顺位", "第 1 顺位，以医保系统为准"),
    ],
};

fn cases() -> Vec<(&'static str, Case)> {
    vec![
        ("全国", PLAIN),
        ("上海", Case { places: ("310101", "310115"), ..PLAIN }),
        (
            "北京",
            Case {
                places: ("110101", "110105"),
                relative: husband,
                pressed: &["丈夫", "5,000.00 元", "我愿意"],
                relation: Relation::Spouse,
                fen: (Some(500_000), None),
                fields: &[("年度限额", "5,000.00 元")],
                ..PLAIN
            },
        ),
        ("广东", Case { places: ("440100", "440300"), document: "告知书", ..PLAIN }),
        ("江苏", Case { places: ("320100", "320500"), document: "个人承诺书", ..PLAIN }),
        (
            "福建",
            Case {
                places: ("350500", "350500"),
                document: "办理须知",
                pressed: &["母亲", "1,000.00 元", "500.00 元", "发出邀请"],
                money: MoneyModel::Pool,
                fen: (Some(100_000), Some(50_000)),
                agreement: Agreement::Awaited,
                fields: &[("划拨金额", "500.00 元"), ("家人同意", "等家人接受邀请")],
                ..PLAIN
            },
        ),
        (
            "海南",
            Case {
                places: ("460100", "460200"),
                relative: child_of_six,
                pressed: &["儿子", "3,000.00 元"],
                relation: Relation::Child,
                fen: (Some(300_000), None),
                agreement: Agreement::JoinsAlone,
                fields: &[("家人同意", "没满 16 岁，不需要本人同意")],
                ..PLAIN
            },
        ),
        // In another province the money is locked, since 2026.
        (
            "江西",
            Case {
                places: ("360100", "330100"),
                pressed: &["母亲", "1,000.00 元", "我愿意"],
                money: MoneyModel::Quota,
                fen: (None, Some(100_000)),
                fields: &[("锁定额度", "1,000.00 元"), ("共济方式", "锁定额度")],
                ..PLAIN
            },
        ),
        ("山西", Case { places: ("140100", "140200"), document: "告知书", ..PLAIN }),
        (
            "陕西",
            Case {
                places: ("610100", "610300"),
                pressed: &[
                    "母亲",
                    "没有工作单位",
                    "1",
                    "3",
                    "8",
                    "0",
                    "0",
                    "0",
                    "0",
                    "1",
                    "2",
                    "3",
                    "4",
                    "输好了",
                    "下个月 1 日",
                    "两年",
                    "不另外设",
                    "我愿意",
                ],
                fields: &[("授权期限", "2026年12月1日至2028年11月30日"), ("参保地", "陕西")],
                ..PLAIN
            },
        ),
        (
            "乌鲁木齐",
            Case {
                places: ("650100", "650200"),
                relative: grandson,
                pressed: &["其他亲属", "外孙", "不另外设", "我愿意"],
                relation: Relation::MaternalGrandchild,
                fields: &[("与本人关系", "外孙")],
                ..PLAIN
            },
        ),
        ("山东", Case { places: ("370100", "370200"), ..PLAIN }),
        (
            "湖南",
            Case {
                places: ("430100", "430200"),
                pressed: &["母亲", "别的数", "8", "0", "0", "0", "输好了", "我愿意"],
                fen: (Some(800_000), None),
                fields: &[("年度限额", "8,000.00 元")],
                ..PLAIN
            },
        ),
        ("天津", Case { places: ("120101", "120102"), ..PLAIN }),
        (
            "内蒙古",
            Case {
                places: ("150100", "150200"),
                pressed: &["母亲", "1,000.00 元", "家人现在不方便"],
                fen: (Some(100_000), None),
                agreement: Agreement::Awaited,
                fields: &[("家人同意", "等家人接受邀请")],
                ..PLAIN
            },
        ),
    ]
}

#[test]
fn in_every_region_a_relative_can_be_added() {
    for (region, case) in cases() {
        let (own, theirs) = case.places;
        let mut hall = Hall::at_home_as(donor(own));
        hall.add(empty_account());
        assert_eq!(hall.title(), case.document, "{region}");
        hall.agree();
        let relative = (case.relative)(theirs);
        hall.put_down(super::bind_people::document(&relative.insured));
        hall.tell(&relative);
        for words in case.pressed {
            hall.press(words);
        }
        hall.sign();
        assert!(matches!(hall.view().page, PageView::Review(_)), "{region}: {}", hall.title());
        let binding = hall.binding();
        assert_eq!(binding.relative, relative.insured.psn_no, "{region}");
        assert_eq!(binding.relation, case.relation, "{region}");
        assert_eq!(binding.money, case.money, "{region}");
        assert_eq!(binding.annual_limit, case.fen.0.map(Money::from_fen), "{region}");
        assert_eq!(binding.amount, case.fen.1.map(Money::from_fen), "{region}");
        assert_eq!(binding.agreement, case.agreement, "{region}");
        assert_eq!(binding.slots, 3, "{region}");
        for (label, value) in case.fields {
            assert_eq!(hall.field(label).as_deref(), Some(*value), "{region}: {label}");
        }
        let draft = hall.draft();
        assert!(draft.fields.len() <= 8 && (2..=3).contains(&draft.effects.len()), "{region}");
        let consent = draft.consent.as_ref().unwrap();
        assert_eq!(consent.documents.len(), 1, "{region}");
        assert_eq!(consent.documents[0].title, case.document, "{region}");
        assert!(consent.documents[0].digest.starts_with("sha256:"), "{region}");
        assert_eq!(consent.documents[0].accepted_at.date(), TODAY, "{region}");
        assert!(consent.signature.is_some(), "{region}");
        table::assert_holds(&hall.ways);
    }
}

#[test]
fn entries_are_those_that_the_region_asks_for() {
    for (region, case) in cases() {
        let relative = (case.relative)(case.places.1);
        let mut hall = Hall::asked_relation(case.places.0, &relative);
        for words in case.pressed {
            hall.press(words);
        }
        hall.press("我写不了字");
        assert_eq!(hall.draft().consent.as_ref().unwrap().signature, None, "{region}");
        let entries = &hall.binding().entries;
        let is = [
            entries.card.as_deref().map(String::as_str),
            entries.insured_place.as_deref(),
            entries.employer.as_deref().map(String::as_str),
            entries.phone.as_deref().map(String::as_str),
        ];
        let wanted = match region {
            "陕西" => {
                [None, Some("610300"), Some("无工作单位，社区由窗口补登"), Some("13800001234")]
            }
            "乌鲁木齐" => [Some("OTHER9012"), None, None, None],
            _ => [None; 4],
        };
        assert!(is == wanted, "{region}: entries differ");
    }
}

/// A region, the patron's place, the relative, what they are said to be, why not, and the way on.
type Refused =
    (&'static str, &'static str, fn() -> Candidate, &'static str, &'static str, &'static str);

/// The way to a window.
const TO_A_WINDOW: &str = "到窗口办理。也可以打电话 12393 询问。";

fn paused(place: &str) -> Candidate {
    let mut relative = kin(place);
    relative.insured.status = InsuranceStatus::Suspended;
    relative
}

fn shared_by_three(place: &str) -> Candidate {
    Candidate { other_donors: 3, ..kin(place) }
}

fn retired_cadre(place: &str) -> Candidate {
    candidate(person(102, date(1952, 3, 3), InsuranceType::RetiredCadre, place))
}

fn not_insured(place: &str) -> Candidate {
    let mut relative = kin(place);
    relative.insured.status = InsuranceStatus::NotInsured;
    relative
}

const REFUSED: [Refused; 15] = [
    ("全国", "330100", || paused("330100"), "母亲", "这位家人的医保现在暂停了", TO_A_WINDOW),
    ("上海", "310101", || shared_by_three("310101"), "母亲", "没有空的顺位了", "双方的身份证件"),
    (
        "北京",
        "110101",
        || retired_cadre("110101"),
        "母亲",
        "没有参加职工医保或者居民医保",
        TO_A_WINDOW,
    ),
    ("广东", "440100", || not_insured("440100"), "母亲", "现在没有参保", "家人的身份证件"),
    ("江苏", "320100", || shared_by_three("320100"), "母亲", "已经有3个人", TO_A_WINDOW),
    ("福建", "350500", || paused("350500"), "母亲", "暂停了", "家人的身份证件"),
    ("海南", "460100", || retired_cadre("460100"), "母亲", "不能使用您的账户", TO_A_WINDOW),
    ("江西", "360100", || paused("360100"), "母亲", "暂停了", TO_A_WINDOW),
    ("山西", "140100", || not_insured("140100"), "母亲", "没有参保", TO_A_WINDOW),
    ("陕西", "610100", || shared_by_three("610100"), "母亲", "没有空的顺位了", TO_A_WINDOW),
    ("乌鲁木齐", "650100", || kin("330100"), "母亲", "两个人要在同一个省参保", TO_A_WINDOW),
    ("山东", "370100", || paused("370100"), "母亲", "暂停了", TO_A_WINDOW),
    ("湖南", "430100", || retired_cadre("430100"), "母亲", "不能使用您的账户", TO_A_WINDOW),
    ("天津", "120101", || not_insured("120101"), "母亲", "没有参保", TO_A_WINDOW),
    ("内蒙古", "150100", || paused("150100"), "母亲", "暂停了", TO_A_WINDOW),
];

#[test]
fn in_every_region_a_refusal_has_its_reason_and_a_way_on() {
    for (region, place, relative, relation, reason, way_on) in REFUSED {
        let mut hall = Hall::asked_relation(place, &relative());
        hall.press(relation);
        assert_eq!(hall.title(), "现在不能添加这位家人", "{region}");
        let PageView::Message(message) = hall.view().page else { panic!("{region}") };
        assert!(message.lines.len() <= 5, "{region}");
        let lines = message.lines.concat();
        assert!(lines.contains(reason), "{region}: {lines}");
        assert!(lines.contains(way_on), "{region}: {lines}");
        // On with somebody else; what was read need not be read again.
        hall.press("换一位家人");
        assert_eq!(hall.title(), "要添加哪位家人？", "{region}");
    }
}

#[test]
fn every_reason_is_told() {
    let mut relative = paused("330100");
    relative.other_donors = 3;
    let mut hall = Hall::asked_relation("650100", &relative);
    hall.press("母亲");
    let mut told = String::new();
    loop {
        told.push_str(&hall.read());
        if !hall.can_press("还有别的原因") {
            break;
        }
        hall.press("还有别的原因");
    }
    for reason in ["暂停了", "没有空的顺位", "同一个省"] {
        assert!(told.contains(reason), "{reason}: {told}");
    }
    hall.press("返回");
    hall.press("返回");
    assert!(hall.title().ends_with("是您的什么人？"), "{}", hall.title());
}

#[test]
fn only_who_may_share_is_asked_anything() {
    let resident = InsuranceType::Resident;
    let table = [
        (
            crate::domain::person::Insured { insurance: resident, ..donor("310101") },
            "您参加的是居民医保",
        ),
        (
            crate::domain::person::Insured {
                status: InsuranceStatus::Suspended,
                ..donor("310101")
            },
            "您的医保现在暂停了",
        ),
        (person(1, date(2010, 1, 1), InsuranceType::Employee, "310101"), "没满18岁"),
    ];
    for (patron, reason) in table {
        let mut hall = Hall::at_home_as(patron);
        hall.add(empty_account());
        assert_eq!(hall.title(), "现在不能添加家人");
        assert!(hall.read().contains(reason), "{}", hall.read());
        assert!(hall.read().contains("您的身份证件"), "{}", hall.read());
        hall.press("返回");
        assert!(matches!(hall.view().page, PageView::Members(_)));
    }
}

#[test]
fn without_rules_nothing_is_begun() {
    let mut hall = Hall::at_home();
    hall.add(empty_account());
    assert_eq!(hall.title(), "现在不能添加家人");
    assert!(hall.read().contains("没有您参保地的规定"), "{}", hall.read());
}

#[test]
fn the_review_of_a_binding_tells_that_a_limit_may_be_too_high() {
    // 上海: between 15,000 and 20,000.
    for (yuan, told) in [("15000", false), ("15001", true), ("20000", true)] {
        let mut hall = Hall::asked_relation("310101", &kin("310101"));
        hall.press("母亲");
        hall.press("别的数");
        hall.type_in(yuan);
        for words in ["输好了", "我愿意", "我写不了字"] {
            hall.press(words);
        }
        let effects = &hall.draft().effects;
        assert_eq!(effects.len(), 3, "{yuan}");
        assert_eq!(effects.concat().contains("太高可能办不成"), told, "{yuan}: {effects:?}");
    }
}
