//! What the shipped packs state: the tables of the regions, one value each.

use std::collections::BTreeSet;

use jiff::civil::{Date, date};
use serde_json::{Value, json};

use crate::domain::masking::{mask_id_number, mask_name};
use crate::domain::person::PersonName;
use crate::policy::schema::{
    AgeDay, Area, Assistance, Children, Confidence, ConsentKind, Coverage, DeductionRule,
    EntryField, Masking, MoneyModel, NameMask, PersonGroup, QueryBy, SecondFactor, Topic,
};
use crate::policy::{NoPolicy, Packs, PolicyFile, Rules, built_in, overlay, text_digest, words};

use super::people::{person, policy, policy_with};
use crate::domain::insurance::InsuranceType;

const LATE_2025: Date = date(2025, 12, 31);
const EARLY_2026: Date = date(2026, 1, 1);

const REGIONS: [(&str, &str); 15] = [
    ("national", "全国"),
    ("shanghai", "上海"),
    ("beijing", "北京"),
    ("guangdong", "广东"),
    ("jiangsu", "江苏"),
    ("fujian", "福建(泉州)"),
    ("hainan", "海南"),
    ("jiangxi", "江西"),
    ("shanxi", "山西"),
    ("shaanxi", "陕西"),
    ("urumqi", "新疆(乌鲁木齐)"),
    ("shandong", "山东"),
    ("hunan", "湖南"),
    ("tianjin", "天津"),
    ("inner-mongolia", "内蒙古"),
];

#[test]
fn every_region_has_its_pack_on_both_sides_of_the_year() {
    let packs = built_in::packs().unwrap_or_else(|problems| {
        let lines: Vec<String> = problems.iter().map(ToString::to_string).collect();
        panic!("{}", lines.join("\n"))
    });
    let regions: BTreeSet<&str> = packs.all().iter().map(|pack| pack.region.as_str()).collect();
    assert_eq!(regions, REGIONS.iter().map(|(region, _)| *region).collect());
    for (region, name) in REGIONS {
        for day in [date(2020, 1, 1), LATE_2025, EARLY_2026, date(2030, 1, 1)] {
            let policy = packs.at(region, day).unwrap();
            assert_eq!((policy.name.as_str(), policy.date), (name, day));
            assert_eq!(packs.at(name, day).unwrap(), policy);
        }
    }
}

#[test]
fn every_file_of_the_folder_is_built_in() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/deploy/policy");
    let entries = std::fs::read_dir(folder).unwrap();
    let there: BTreeSet<String> =
        entries.map(|e| e.unwrap().file_name().into_string().unwrap()).collect();
    let built: BTreeSet<String> = built_in::FILES.iter().map(|f| f.name.to_owned()).collect();
    assert_eq!(there, built);
}

/// Region, day, field, value; and the file that states it.
type Row = (&'static str, Date, &'static str, Value, &'static str);

fn table() -> Vec<Row> {
    let near = json!(["spouse", "parent", "child"]);
    let nearest = json!([
        "spouse",
        "parent",
        "child",
        "sibling",
        "grandparent",
        "maternal_grandparent",
        "grandchild",
        "maternal_grandchild"
    ]);
    let three = json!(["name", "id_number", "relation"]);
    let card = json!(["name", "id_number", "relation", "card_number"]);
    let eight = json!([
        "name",
        "id_number",
        "relation",
        "insured_place",
        "employer",
        "phone",
        "start_date",
        "end_date"
    ]);
    let range = |least: &str, most: &str| json!({ "least": least, "most": most });
    let (east, west) = (range("15000.00", "20000.00"), range("5000.00", "10000.00"));
    let slots = json!({ "rule": "own_then_slots", "slots": 3 });
    let consent = json!({ "kind": "needed", "joins_alone_under": 16 });
    let invite = json!({ "kind": "invite", "joins_alone_under": null });
    let late = LATE_2025;
    vec![
        ("national", late, "relatives", near.clone(), "national.toml"),
        ("guangdong", late, "relatives", near.clone(), "national.toml"),
        ("shanghai", late, "relatives", near, "national.toml"),
        ("urumqi", late, "relatives", nearest, "urumqi.toml"),
        ("national", late, "area", json!("city"), "national.toml"),
        ("national", EARLY_2026, "area", json!("nation"), "national-2026.toml"),
        ("shanghai", late, "area", json!("city"), "national.toml"),
        ("shanghai", EARLY_2026, "area", json!("nation"), "national-2026.toml"),
        ("urumqi", late, "area", json!("province"), "urumqi.toml"),
        ("urumqi", EARLY_2026, "area", json!("province"), "urumqi.toml"),
        ("national", EARLY_2026, "consent", consent.clone(), "national.toml"),
        ("jiangxi", late, "consent", consent, "national.toml"),
        ("fujian", late, "consent", invite, "fujian.toml"),
        ("national", late, "money_model", json!("authorize"), "national.toml"),
        ("fujian", late, "money_model", json!("pool"), "fujian.toml"),
        ("tianjin", EARLY_2026, "money_model_cross_province", json!("quota"), "national-2026.toml"),
        ("national", late, "entry_fields", three.clone(), "national.toml"),
        ("hainan", late, "entry_fields", three, "national.toml"),
        ("urumqi", late, "entry_fields", card, "urumqi.toml"),
        ("shaanxi", late, "entry_fields", eight, "shaanxi.toml"),
        ("national", late, "annual_limit", json!("none"), "national.toml"),
        ("shandong", late, "annual_limit", json!("none"), "national.toml"),
        ("shanghai", late, "annual_limit", east.clone(), "shanghai.toml"),
        ("beijing", late, "annual_limit", east, "beijing.toml"),
        ("jiangxi", late, "annual_limit", west.clone(), "jiangxi.toml"),
        ("shanxi", late, "annual_limit", west.clone(), "shanxi.toml"),
        ("shaanxi", late, "annual_limit", west.clone(), "shaanxi.toml"),
        ("urumqi", late, "annual_limit", west.clone(), "urumqi.toml"),
        ("hunan", late, "annual_limit", west.clone(), "hunan.toml"),
        ("inner-mongolia", late, "annual_limit", west, "inner-mongolia.toml"),
        ("shaanxi", late, "premium_balance_threshold", json!("1000.00"), "shaanxi.toml"),
        ("national", late, "deduction_order", slots.clone(), "national.toml"),
        ("urumqi", late, "deduction_order", slots, "national.toml"),
        (
            "shandong",
            late,
            "premium_windows",
            json!([{ "insured_year": 2025, "from": "2024-10-10", "to": "2024-12-31" }]),
            "shandong.toml",
        ),
        (
            "hunan",
            late,
            "premium_windows",
            json!([{ "insured_year": 2025, "from": null, "to": "2025-03-31" }]),
            "hunan.toml",
        ),
        ("jiangsu", late, "premium_times_a_year", json!(1), "national.toml"),
        ("national", late, "hotline", json!("12393"), "national.toml"),
        ("fujian", late, "launch", json!("2020-07-01"), "fujian.toml"),
        ("tianjin", late, "launch", json!("2022-07-01"), "tianjin.toml"),
        ("beijing", late, "launch", json!("2022-12-01"), "beijing.toml"),
        ("beijing", late, "label", json!("家庭共济"), "national.toml"),
        (
            "national",
            late,
            "query",
            json!({ "by": ["month", "range", "year"], "longest_months": null }),
            "national.toml",
        ),
    ]
}

#[test]
fn packs_state_what_the_sources_state() {
    for (region, day, field, value, file) in table() {
        let policy = policy(region, day);
        let found = policy.rules.fields().into_iter().find(|view| view.field == field);
        let found = found.unwrap_or_else(|| panic!("{region} states no {field}"));
        assert_eq!(found.value, value, "{region} {field}");
        assert_eq!(&*found.file, file, "{region} {field}");
        assert!(!found.source.title.is_empty());
    }
}

#[test]
fn no_pack_says_again_what_it_inherits() {
    let packs = built_in::packs().unwrap();
    for pack in packs.all() {
        let Some(parent) = &pack.inherits else { continue };
        let days = [LATE_2025, EARLY_2026].into_iter().filter(|day| pack.valid.contains(*day));
        let inherited: Vec<Rules> = days
            .map(|day| match *parent == pack.region {
                true => policy(parent, pack.valid.from().yesterday().unwrap()).rules,
                false => policy(parent, day).rules,
            })
            .collect();
        for own in pack.rules.fields() {
            let same = |rules: &Rules| {
                rules
                    .fields()
                    .iter()
                    .any(|view| (view.field, &view.value) == (own.field, &own.value))
            };
            assert!(!inherited.iter().all(same), "{}: {} is as in {parent}", pack.file, own.field);
        }
    }
}

#[test]
fn what_no_source_states_is_absent() {
    let stated_by = |field: &str| -> Vec<&str> {
        let states = |region: &str| {
            policy(region, LATE_2025).rules.fields().iter().any(|view| view.field == field)
        };
        REGIONS.iter().map(|(region, _)| *region).filter(|region| states(region)).collect()
    };
    for field in ["children", "relation_max", "members_max", "retained_balance", "window"] {
        assert_eq!(stated_by(field), [""; 0], "{field}");
    }
    assert_eq!(stated_by("premium_balance_threshold"), ["shaanxi"]);
    assert_eq!(stated_by("launch"), ["beijing", "fujian", "tianjin"]);
    assert_eq!(stated_by("premium_windows"), ["shandong", "hunan"]);
    assert_eq!(stated_by("money_model_cross_province"), [""; 0]);
}

#[test]
fn documents_are_those_of_the_region_with_sample_texts() {
    for (region, title) in [
        ("national", "承诺书"),
        ("shanghai", "承诺书"),
        ("guangdong", "告知书"),
        ("shanxi", "告知书"),
        ("jiangsu", "个人承诺书"),
        ("fujian", "办理须知"),
    ] {
        let documents = policy(region, EARLY_2026).rules.documents.unwrap().value;
        assert_eq!(documents.len(), 1);
        assert_eq!(documents[0].title, title, "{region}");
        let text = documents[0].text.get_ref();
        assert_eq!(text.confidence, Confidence::Sample);
        assert!(text.body.lines().count() >= 5 && text.body.contains("不能取现金"), "{region}");
    }
}

#[test]
fn masking_is_what_the_kiosk_does() {
    let Masking { id_number, phone, .. } =
        policy("national", LATE_2025).rules.masking.unwrap().value;
    let shown = person(1, date(1950, 1, 1), InsuranceType::Employee, "310000");
    let masked = mask_id_number(&shown.id_number);
    let stars = masked.find('*').unwrap()..=masked.rfind('*').unwrap();
    let kept = [*stars.start(), masked.len() - 1 - *stars.end()];
    assert_eq!(kept, id_number.map(usize::from));
    assert_eq!(phone, [3, 4]);
    assert_eq!(mask_name(&PersonName::new("张三丰")), "张*");
}

#[test]
fn a_child_without_a_field_has_its_parents() {
    let national = policy("national", EARLY_2026);
    let child = policy_with("", EARLY_2026);
    assert_eq!(child.rules, national.rules);
    assert_eq!(child.facts, national.facts);
    assert_eq!(child.files, ["test.toml", "national-2026.toml", "national.toml"]);
    assert_eq!(policy("hainan", EARLY_2026).rules, national.rules);
}

#[test]
fn a_hall_may_replace_and_add_packs() {
    let area = "area = { value = \"nation\", source = \"s\", confidence = \"confirmed\" }\n";
    let sources = "[sources]\ns = { title = \"通知\" }\n";
    let own =
        format!("region = \"hainan\"\nname = \"海南\"\ninherits = \"national\"\n{area}{sources}");
    let new = format!("region = \"tibet\"\nname = \"西藏\"\nadmdvs = \"54\"\n{area}{sources}");
    let near = new.replace("tibet", "pudong").replace("西藏", "浦东").replace("54", "310115");
    let files = [
        PolicyFile { name: "pudong.toml", text: &near },
        PolicyFile { name: "hainan.toml", text: &own },
        PolicyFile { name: "tibet.toml", text: &new },
    ];
    let packs = Packs::load(&overlay(&built_in::FILES, &files)).unwrap();
    let area = |region| packs.at(region, LATE_2025).unwrap().rules.area.unwrap();
    assert_eq!(area("hainan").confidence, Confidence::Confirmed);
    assert_eq!(&*area("西藏").file, "tibet.toml");
    let tibet = packs.at("tibet", LATE_2025).unwrap();
    assert!(tibet.rules.relatives.is_none(), "a pack without a parent inherits nothing");
    for (place, region) in [("540102", "tibet"), ("310115", "pudong"), ("310104", "shanghai")] {
        assert_eq!(packs.of_place(place, LATE_2025, "national").unwrap().region, region);
    }
}

#[test]
fn a_place_finds_its_pack() {
    let packs = built_in::packs().unwrap();
    for (place, region) in [
        ("310115", "shanghai"),
        ("350500", "fujian"),
        ("350100", "national"),
        ("650102", "urumqi"),
        ("659001", "national"),
        ("150100", "inner-mongolia"),
        ("", "national"),
        ("医保", "national"),
    ] {
        assert_eq!(
            packs.of_place(place, EARLY_2026, "national").unwrap().region,
            region,
            "{place}"
        );
    }
}

#[test]
fn what_there_is_not_is_said() {
    let packs = built_in::packs().unwrap();
    let unknown = packs.at("atlantis", LATE_2025).unwrap_err();
    assert!(unknown.to_string().contains("atlantis; there are: beijing, fujian"), "{unknown}");
    let old = "region = \"a\"\nname = \"甲\"\nvalid_until = 2024-12-31\n";
    let packs = Packs::load(&[PolicyFile { name: "a.toml", text: old }]).unwrap();
    let none = packs.at("a", LATE_2025).unwrap_err();
    assert_eq!(none, NoPolicy::NotThatDay { region: "a".into(), date: LATE_2025 });
    assert!(none.to_string().contains("no pack of a holds on 2025-12-31"));
}

#[test]
fn facts_say_their_region_year_and_whose_word_counts() {
    let beijing = policy("beijing", LATE_2025);
    let captions: Vec<String> = beijing.facts.iter().map(words::caption).collect();
    assert_eq!(captions[0], "北京 · 2025年 · 以当地医保部门公布为准");
    assert!(captions.contains(&"辽宁 · 以当地医保部门公布为准".to_owned()));
    assert!(captions.iter().all(|caption| caption.ends_with(words::LOCAL_RULES)));
    let topics: BTreeSet<Topic> = beijing.facts.iter().map(|fact| fact.topic).collect();
    assert_eq!(topics.len(), Topic::ALL.len(), "{topics:?}");
    let text: String = beijing.facts.iter().flat_map(|fact| fact.lines.clone()).collect();
    for fact in ["1800", "90%、87%、85%", "95%、92%、90%", "80%、65%、55%", "三个月", "死亡证明"]
    {
        assert!(text.contains(fact), "{fact}");
    }
    assert!(policy("shanghai", LATE_2025).facts[0].lines[0].contains("500 元"));
}

#[test]
fn every_word_of_the_packs_can_be_drawn() {
    for file in built_in::FILES {
        for c in file.text.chars().filter(|c| !c.is_control()) {
            assert!(gongji_fonts::covers(c), "{}: {c} (U+{:04X})", file.name, u32::from(c));
        }
    }
}

#[test]
fn the_manual_names_every_field_and_word() {
    let manual = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/policy.md");
    let manual = std::fs::read_to_string(manual).unwrap();
    let mut words: Vec<&str> = Rules::FIELDS.iter().map(|(field, _)| *field).collect();
    words.extend(Area::ALL.iter().map(|word| word.key()));
    words.extend(Confidence::ALL.iter().map(|word| word.key()));
    words.extend(ConsentKind::ALL.iter().map(|word| word.key()));
    words.extend(MoneyModel::ALL.iter().map(|word| word.key()));
    words.extend(Children::ALL.iter().map(|word| word.key()));
    words.extend(EntryField::ALL.iter().map(|word| word.key()));
    words.extend(DeductionRule::ALL.iter().map(|word| word.key()));
    words.extend(PersonGroup::ALL.iter().map(|word| word.key()));
    words.extend(Assistance::ALL.iter().map(|word| word.key()));
    words.extend(Coverage::ALL.iter().map(|word| word.key()));
    words.extend(AgeDay::ALL.iter().map(|word| word.key()));
    words.extend(QueryBy::ALL.iter().map(|word| word.key()));
    words.extend(SecondFactor::ALL.iter().map(|word| word.key()));
    words.extend(NameMask::ALL.iter().map(|word| word.key()));
    words.extend(Topic::ALL.iter().map(|word| word.key()));
    for word in words {
        let said = [format!("`{word}`"), format!("\"{word}\"")];
        assert!(said.iter().any(|said| manual.contains(said)), "{word} is not explained");
    }
}

#[test]
fn the_examples_of_the_manual_are_sound() {
    let manual = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/policy.md");
    let manual = std::fs::read_to_string(manual).unwrap();
    let head = "region = \"test\"\nname = \"试点\"\n";
    let sources = "\n[sources]\nnotice = { title = \"通知\" }\n";
    let digest =
        text_digest(built_in::FILES.iter().find(|f| f.name == "commitment.txt").unwrap().text);
    let mut examples = 0;
    for block in manual.split("```toml\n").skip(1) {
        let block = block.split("```").next().unwrap();
        // The kiosk's own configuration is no pack.
        if block.contains("dir = ") {
            continue;
        }
        let mut text = block.replace("sha256:2b4b7d06…", &digest);
        if !text.contains("region = \"hainan\"") {
            text = format!("{head}{text}");
        }
        if !text.contains("[sources]") {
            text += sources;
        }
        let text =
            text.replace("\"hainan\"", "\"test\"").replace("admdvs = \"46\"", "admdvs = \"99\"");
        let own = [PolicyFile { name: "test.toml", text: &text }];
        let loaded = Packs::load(&overlay(&built_in::FILES, &own));
        assert!(loaded.is_ok(), "{text}\n{:?}", loaded.err());
        examples += 1;
    }
    assert_eq!(examples, 5);
}
