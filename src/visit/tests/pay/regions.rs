//! One premium of every region, by the rules of its pack: paid, or the reason why not.

use jiff::civil::{Date, date};

use super::{Scene, message, paid, record, review, unpaid, yuan};
use crate::domain::money::Money;
use crate::policy::schema::PersonGroup;
use crate::view::model::PageView;

/// What a region's rules lead to.
#[derive(Clone, Copy, Debug)]
enum Expected {
    /// It is paid: personal share and subsidy as the region's table says, and whose table.
    Paid(i64, Option<i64>, &'static str),
    /// It is paid, and no standard is known.
    PaidAsAsked,
    /// It cannot be paid: the page says this.
    Not(&'static [&'static str]),
}
use Expected::{Not, Paid, PaidAsAsked};

const WINTER: Date = date(2025, 1, 15);

#[test]
fn one_premium_of_every_region() {
    // Kiosk, place, day, what is asked for 2025, and what comes of it.
    let table: [(&str, &str, Date, i64, Expected); 25] = [
        ("national", "130100", WINTER, 400, Paid(400, Some(670), "全国")),
        ("beijing", "110105", WINTER, 400, Paid(400, Some(670), "全国")),
        ("guangdong", "440100", WINTER, 400, Paid(400, Some(670), "全国")),
        ("jiangsu", "320100", WINTER, 400, Paid(400, Some(670), "全国")),
        ("fujian", "350500", WINTER, 400, Paid(400, Some(670), "全国")),
        ("hainan", "460100", WINTER, 400, Paid(400, Some(670), "全国")),
        ("jiangxi", "360100", WINTER, 400, Paid(400, Some(670), "全国")),
        ("shanxi", "140100", WINTER, 400, Paid(400, Some(670), "全国")),
        ("shaanxi", "610100", WINTER, 400, Paid(400, Some(670), "全国")),
        ("urumqi", "650100", WINTER, 400, Paid(400, Some(670), "全国")),
        ("tianjin", "120101", WINTER, 400, Paid(400, Some(670), "全国")),
        ("inner-mongolia", "150100", WINTER, 400, Paid(400, Some(670), "全国")),
        // 山东 2024-10-10…2024-12-31
        ("shandong", "370100", date(2024, 10, 9), 400, Not(&["2024年10月10日起可以缴"])),
        ("shandong", "370100", date(2024, 10, 10), 400, Paid(400, Some(670), "全国")),
        ("shandong", "370100", date(2024, 12, 31), 400, Paid(400, Some(670), "全国")),
        ("shandong", "370100", date(2025, 1, 1), 400, Not(&["2024年12月31日已经结束", "窗口"])),
        // 湖南 2025: 280, until 2025-03-31
        ("hunan", "430100", date(2025, 3, 31), 280, Paid(280, None, "湖南")),
        ("hunan", "430100", date(2025, 4, 1), 280, Not(&["2025年3月31日已经结束", "12393"])),
        ("hunan", "430100", WINTER, 400, Not(&["400.00 元", "280.00 元", "窗口"])),
        // 上海: the row of somebody of 50
        ("shanghai", "310101", WINTER, 995, Paid(995, Some(3511), "上海")),
        ("shanghai", "310101", WINTER, 400, Not(&["400.00 元", "995.00 元", "窗口"])),
        // Whose region has a table that does not agree.
        ("beijing", "110105", WINTER, 410, Not(&["410.00 元", "400.00 元", "12393"])),
        // Nothing is stated for 2026 (the asked year is set below).
        ("guangdong", "440100", date(2025, 11, 5), 400, PaidAsAsked),
        ("shanghai", "310101", date(2025, 11, 5), 995, PaidAsAsked),
        ("hunan", "430100", date(2026, 2, 5), 400, PaidAsAsked),
    ];
    for (kiosk, place, today, amount, expected) in table {
        let mut scene = Scene::new(kiosk, place, today, amount);
        if matches!(expected, PaidAsAsked) {
            scene.dues[0].insured_year = 2026;
        }
        check(&scene, expected);
    }
}

#[test]
fn shanghai_asks_by_age_and_group() {
    use PersonGroup::{Infant, Neither, Pupil, UniversityStudent};
    const NO_ROW: &str = "18岁及以下、不在学校读书的人，缴费标准里没有写";
    let table: [(Date, PersonGroup, i64, Expected); 13] = [
        (date(1950, 3, 1), Neither, 655, Paid(655, Some(6871), "上海")),
        (date(1960, 3, 1), Neither, 825, Paid(825, Some(6701), "上海")),
        (date(1985, 3, 1), Neither, 995, Paid(995, Some(3511), "上海")),
        (date(2005, 12, 31), Neither, 995, Paid(995, Some(3511), "上海")),
        (date(2015, 3, 1), Pupil, 355, Paid(355, Some(2461), "上海")),
        (date(2024, 3, 1), Infant, 355, Paid(355, Some(2461), "上海")),
        (date(2004, 3, 1), UniversityStudent, 355, Paid(355, Some(1191), "上海")),
        (date(2007, 1, 10), Pupil, 355, Paid(355, Some(2461), "上海")),
        // 18 years old, neither pupil nor student, all the year.
        (date(2007, 1, 10), Neither, 995, Not(&[NO_ROW, "窗口"])),
        (date(2007, 1, 10), Neither, 355, Not(&[NO_ROW, "12393"])),
        // The amount of another row.
        (date(1950, 3, 1), Neither, 825, Not(&["825.00 元", "655.00 元"])),
        // Reaches another row during the year, and no day is stated on which the age counts.
        (date(1955, 6, 15), Neither, 825, PaidAsAsked),
        (date(2006, 6, 15), Neither, 995, PaidAsAsked),
    ];
    for (born, group, amount, expected) in table {
        let mut scene = Scene::new("shanghai", "310101", WINTER, amount);
        scene.born = born;
        scene.dues = vec![unpaid(2025, amount, group)];
        check(&scene, expected);
    }
}

#[test]
fn the_standard_is_that_of_the_place_where_the_relative_is_insured() {
    // The patron is of 上海, the relative of 湖南: 280 there, and not 995.
    let mut scene = Scene::new("shanghai", "310101", WINTER, 280);
    scene.relative_place = "430100";
    check(&scene, Paid(280, None, "湖南"));
    scene.today = date(2025, 4, 1);
    check(&scene, Not(&["2025年3月31日已经结束"]));
    // A place without a pack of its own: what holds nation-wide, and not what holds in 上海.
    let mut scene = Scene::new("shanghai", "310101", WINTER, 400);
    scene.relative_place = "130100";
    check(&scene, Paid(400, Some(670), "全国"));
}

fn check(scene: &Scene, expected: Expected) {
    let mut hall = scene.at_due();
    let what = format!("{} {} {:?} {expected:?}", scene.kiosk, scene.today, scene.dues);
    let asked = (scene.dues[0].insured_year, scene.dues[0].amount);
    if let Not(words) = expected {
        let view = message(&hall);
        let text = view.lines.concat();
        for word in words {
            assert!(text.contains(word), "{what}: {text}");
        }
        assert_eq!(hall.footer()[1], None, "{what} can be paid");
        return;
    }
    let view = record(&hall);
    assert_eq!(view.amount, format!("{} 元", asked.1), "{what}");
    let value = |label: &str| {
        view.fields.iter().find(|field| field.label == label).map(|field| field.value.clone())
    };
    let note = view.note.clone().unwrap_or_default();
    assert!(note.contains("现在还没有付款"), "{what}: {note}");
    match expected {
        Paid(personal, subsidy, region) => {
            let told = |amount: Option<i64>| amount.map(|amount| format!("{} 元", yuan(amount)));
            assert_eq!(value("个人缴费标准"), told(Some(personal)), "{what}");
            assert_eq!(value("财政补助"), told(subsidy), "{what}");
            assert!(note.contains(&format!("{region}2025年")), "{what}: {note}");
            assert!(note.contains("以当地医保部门公布为准"), "{what}: {note}");
        }
        _ => {
            assert_eq!(value("个人缴费标准"), None, "{what}");
            assert!(note.contains("税务部门的应缴金额"), "{what}: {note}");
        }
    }
    hall.touch("缴这一笔");
    assert_eq!(paid(&hall), (41, asked.0, asked.1, Money::ZERO), "{what}");
    let PageView::Review(_) = hall.view().page else { panic!("{what}") };
    let effects = review(&hall).effects.concat();
    let words = format!("从您的账户付 {} 元，替母亲缴{}年度", asked.1, asked.0);
    assert!(effects.contains(&words), "{what}: {effects}");
    hall.touch("返回");
    assert_eq!(record(&hall), view, "{what}: not as it was");
}
