//! The help pages say what the region's pack states, with region and year, and cut nothing.

use std::collections::BTreeSet;

use gongji_hal::printer::profile::text_columns;
use jiff::civil::date;

use super::hall::Hall;
use super::pay::{settings, with_pack};
use super::persons;
use crate::domain::person::Insured;
use crate::policy::schema::Confidence;
use crate::policy::{Policy, built_in};
use crate::view::model::{ChoiceView, PageView};
use crate::visit::Settings;
use crate::visit::event::{Answer, CardNews, Tap};

/// The regions, as files name them, with a place of each.
const REGIONS: [(&str, &str); 15] = [
    ("national", "130100"),
    ("shanghai", "310101"),
    ("beijing", "110105"),
    ("guangdong", "440100"),
    ("jiangsu", "320100"),
    ("fujian", "350500"),
    ("hainan", "460100"),
    ("jiangxi", "360100"),
    ("shanxi", "140100"),
    ("shaanxi", "610100"),
    ("urumqi", "650100"),
    ("shandong", "370100"),
    ("hunan", "430100"),
    ("tianjin", "120101"),
    ("inner-mongolia", "150100"),
];

const LOCAL: &str = "以当地医保部门公布为准";

/// Help before a visit.
fn hall_help(settings: Settings) -> Hall {
    let mut hall = Hall::with(settings);
    hall.tap(Tap::Help);
    hall
}

fn page(hall: &Hall) -> ChoiceView {
    let PageView::Choice(page) = hall.view().page else { panic!("{:?}", hall.view().page) };
    page
}

/// All pages of the answer that is open.
fn answer(hall: &mut Hall) -> Vec<ChoiceView> {
    let mut pages = vec![page(hall)];
    while hall.footer()[1].as_deref() == Some("下一页") {
        hall.touch("下一页");
        pages.push(page(hall));
    }
    if pages.len() > 1 {
        hall.touch("从头看");
        assert_eq!(page(hall), pages[0], "the pages are no ring");
    }
    pages
}

/// Every question with the pages of its answer.
fn all(hall: &mut Hall) -> Vec<(String, Vec<ChoiceView>)> {
    let mut found = Vec::new();
    loop {
        let questions = page(hall);
        assert!((1..=5).contains(&questions.choices.len()));
        for choice in questions.choices {
            hall.touch(&choice.label);
            assert_eq!(hall.title(), choice.label);
            found.push((choice.label, answer(hall)));
            hall.touch("返回");
        }
        match hall.footer()[1].as_deref() {
            Some("别的问题") => drop(hall.touch("别的问题")),
            Some("前面的问题") => {
                hall.touch("前面的问题");
                return found;
            }
            other => {
                assert_eq!(other, None);
                return found;
            }
        }
    }
}

/// The words of an answer, all pages together.
fn text(found: &[(String, Vec<ChoiceView>)], question: &str) -> String {
    let (_, pages) = found.iter().find(|(label, _)| label == question).expect(question);
    let texts = pages.iter().flat_map(|page| &page.texts);
    texts.map(|(heading, text)| format!("{heading}\n{text}\n")).collect()
}

/// Rows of body text on the page, headings and spaces counted as they are drawn.
fn height(page: &ChoiceView) -> usize {
    let rows = |text: &str, columns: usize| -> usize {
        text.split('\n').map(|line| text_columns(line).div_ceil(columns).max(1)).sum()
    };
    page.texts.iter().map(|(heading, text)| rows(heading, 34) + rows(text, 38) + 1).sum()
}

fn policy_of(region: &str) -> Policy {
    built_in::packs().unwrap().at(region, persons::TODAY).unwrap()
}

#[test]
fn every_region_answers_its_questions_on_pages_that_fit() {
    for (region, _) in REGIONS {
        let mut hall = hall_help(settings(region));
        let found = all(&mut hall);
        // Ten in a visit too, and how to begin one without a card.
        assert_eq!(found.len(), 11, "{region}");
        for (question, pages) in &found {
            for (n, page) in pages.iter().enumerate() {
                assert!(!page.texts.is_empty(), "{region} {question}");
                assert!(height(page) <= 17, "{region} {question} page {n}: {}", height(page));
                let lead = page.lead.clone().unwrap_or_default();
                assert!(text_columns(&lead) <= 3 * 34, "{region} {question}: {lead}");
            }
        }
        assert_eq!(hall.kiosk.ignored().taps, 0, "{region}");
        hall.touch("返回");
        assert!(hall.is_default(), "{region}");
    }
}

#[test]
fn every_fact_is_shown_whole_with_region_year_and_caution() {
    for (region, _) in REGIONS {
        let found = all(&mut hall_help(settings(region)));
        let all: String = found.iter().map(|(question, _)| text(&found, question)).collect();
        let policy = policy_of(region);
        assert!(!policy.facts.is_empty());
        for fact in &policy.facts {
            let year = fact.year.map(|year| format!(" · {year}年")).unwrap_or_default();
            let caption = format!("{}{year} · {LOCAL}", fact.region);
            let whole = format!("{}\n{}\n{caption}\n", fact.title, fact.lines.join("\n"));
            assert!(all.contains(&whole), "{region} does not say {whole} in {all}");
        }
    }
}

#[test]
fn premiums_are_those_of_the_regions_table() {
    let own = |region: &str| text(&all(&mut hall_help(settings(region))), "居民医保缴多少");
    for (region, _) in REGIONS {
        let text = own(region);
        let (row, whose) = match region {
            "shanghai" => ("60岁到69岁：自己缴 825 元，财政补 6,701 元。", "上海"),
            "hunan" => ("每个人：自己缴 280 元。", "湖南"),
            _ => ("每个人：自己缴 400 元，财政补 670 元。", "全国"),
        };
        assert!(text.contains("2025年度的标准"), "{region}: {text}");
        assert!(text.contains(row), "{region}: {text}");
        assert!(text.contains(&format!("{whose} · 2025年 · {LOCAL}")), "{region}: {text}");
    }
    let shanghai = own("shanghai");
    for row in [
        "70岁以上（含）：自己缴 655 元，财政补 6,871 元。",
        "19岁到59岁：自己缴 995 元，财政补 3,511 元。",
        "婴幼儿、中小学生：自己缴 355 元，财政补 2,461 元。",
        "大学生：自己缴 355 元，财政补 1,191 元。",
        "18岁及以下、不在学校读书的人，缴费标准里没有写。",
        "特困人员：全额资助。",
    ] {
        assert!(shanghai.contains(row), "{shanghai}");
    }
    assert!(own("shandong").contains("2025年度的：2024年10月10日到2024年12月31日。"));
    assert!(own("hunan").contains("2025年度的：到2025年3月31日为止。"));
}

#[test]
fn what_differs_is_told_with_the_region_that_says_so() {
    let own = |region: &str| text(&all(&mut hall_help(settings(region))), "各地有什么不同");
    let urumqi = own("urumqi");
    assert!(urumqi.starts_with("新疆(乌鲁木齐)的规定\n"), "{urumqi}");
    assert!(urumqi.contains("外孙子女"));
    assert!(urumqi.contains("家人的参保地：同一省份。"));
    assert!(own("shaanxi").contains("余额要超过 1,000 元"));
    assert!(own("fujian").contains("您划拨的钱会转到家庭账户"));
    for (region, _) in REGIONS {
        let (text, name) = (own(region), policy_of(region).name);
        assert!(text.contains(&format!("2026年 · {LOCAL}")), "{region}: {text}");
        let states = !matches!(region, "hainan" | "guangdong" | "jiangsu" | "shandong" | "tianjin");
        assert_eq!(text.contains(&format!("{name}的规定")), states, "{region}: {text}");
    }
}

#[test]
fn what_is_not_confirmed_is_never_told() {
    for (region, _) in REGIONS {
        let found = all(&mut hall_help(settings(region)));
        let all: String = found.iter().map(|(question, _)| text(&found, question)).collect();
        let policy = policy_of(region);
        let open = policy.rules.fields().into_iter().filter(|f| f.confidence == Confidence::Open);
        let open: Vec<_> = open.map(|field| field.field).collect();
        // Nobody says of the nation whether a relative must agree.
        if open.contains(&"consent") {
            assert!(!all.contains("16岁") && !all.contains("家人同意"), "{region}: {all}");
        }
    }
    let rumour = "传闻里的比例";
    for (confidence, told) in [("open", false), ("seed", true)] {
        let text = with_pack(&format!(
            "[[facts]]\ntopic = \"reimbursement\"\ntitle = \"{rumour}\"\nsource = \"s\"\n\
             confidence = \"{confidence}\"\nlines = [\"报 99%。\"]\n"
        ));
        let found = all(&mut hall_help(text));
        assert_eq!(self::text(&found, "看病能报多少").contains(rumour), told);
    }
}

#[test]
fn the_way_to_a_window_has_address_and_hours() {
    let question = "这台机器办不了的事";
    let settings = with_pack(
        "hotline = { value = \"0591-12393\", source = \"s\", confidence = \"public\" }\n\
         window = { value = { address = \"鼓楼区试点路 1 号一楼\", hours = \"周一到周五 9:00–17:00\" }, \
         source = \"s\", confidence = \"public\" }",
    );
    let said = text(&all(&mut hall_help(settings)), question);
    for words in ["鼓楼区试点路 1 号一楼", "周一到周五 9:00–17:00", "0591-12393"] {
        assert!(said.contains(words), "{said}");
    }
    let said = text(&all(&mut hall_help(self::settings("hainan"))), question);
    for words in ["余额", "异地就医备案", "医保码激活", "重置银行密码", "窗口", "12393"]
    {
        assert!(said.contains(words), "{said}");
    }
}

#[test]
fn a_long_fact_goes_on_on_the_next_page() {
    let line = "这一行说明很长，".repeat(12);
    let lines = vec![format!("\"{line}\""); 6].join(", ");
    let settings = with_pack(&format!(
        "[[facts]]\ntopic = \"scope\"\ntitle = \"很长的说明\"\nsource = \"s\"\n\
         confidence = \"public\"\nlines = [{lines}]\n"
    ));
    let found = all(&mut hall_help(settings));
    let said = text(&found, "账户里的钱能付什么");
    assert_eq!(said.matches(&line).count(), 6);
    assert!(said.contains("很长的说明（续）"));
    assert!(found.iter().flat_map(|(_, pages)| pages).all(|page| height(page) <= 17));
}

#[test]
fn without_rules_the_five_questions_of_the_kiosk_itself_stay() {
    let mut hall = hall_help(Settings::default());
    let found = all(&mut hall);
    let questions: BTreeSet<&str> = found.iter().map(|(label, _)| label.as_str()).collect();
    assert_eq!(questions.len(), 5);
    assert!(text(&found, "怎么添加或者解除家人").contains("到窗口"));
    assert_eq!(hall.footer()[1], None);
    hall.tap(Tap::NextPage);
    hall.tap(Tap::Row(5));
    assert_eq!(hall.kiosk.ignored().taps, 2);
    let mut hall = hall_help(settings("national"));
    assert!(text(&all(&mut hall), "怎么添加或者解除家人").contains("在这里办"));
}

#[test]
fn in_a_visit_help_is_of_the_patrons_own_region() {
    for (region, place) in REGIONS {
        let mut hall = Hall::with(settings("shanghai"));
        hall.today = date(2026, 11, 22);
        hall.card(CardNews::Inserted);
        hall.card(CardNews::Read(Ok(persons::holder())));
        let insured = Insured { region: place.into(), ..persons::insured() };
        hall.answer_with(Ok(Answer::Identified(insured)));
        hall.answer();
        hall.tap(Tap::Help);
        let found = all(&mut hall);
        // A place without a pack of its own has the rules of the kiosk's region.
        let told = if region == "national" { "shanghai" } else { region };
        let mut expected = all(&mut hall_help(settings(told)));
        expected.retain(|(question, _)| question != "没有带卡和证件怎么办");
        let same = |found: &[(String, Vec<ChoiceView>)]| -> Vec<Vec<(String, String)>> {
            found.iter().map(|(_, p)| p.iter().flat_map(|p| p.texts.clone()).collect()).collect()
        };
        assert_eq!(same(&found), same(&expected), "{region}");
        expected.clear();
        hall.touch("返回");
        assert!(matches!(hall.view().page, PageView::Home(_)), "{region}");
    }
}
