//! Each mistake in a pack is one sentence with file and line.

use crate::policy::{Packs, PolicyFile, built_in, overlay, text_digest};

use super::people::{pack_text, stated};

/// What is found when `text` is loaded as `test.toml` beside the built-in packs.
fn found(text: &str) -> Vec<String> {
    let own = [PolicyFile { name: "test.toml", text }];
    let problems = Packs::load(&overlay(&built_in::FILES, &own)).err().unwrap_or_default();
    problems.iter().map(ToString::to_string).collect()
}

/// Fails unless the pack's one mistake is this, on this line.
#[track_caller]
fn one(text: &str, line: usize, words: &str) {
    let found = found(text);
    assert_eq!(found.len(), 1, "{words}: {found:?}\n{text}");
    assert!(found[0].starts_with(&format!("test.toml: line {line}: ")), "{words}: {found:?}");
    assert!(found[0].contains(words), "{words}: {found:?}");
    assert_eq!(found[0].lines().count(), 1);
}

#[test]
fn a_pack_without_a_mistake_has_none() {
    assert_eq!(found(&pack_text(&stated("area", "\"city\""))), [""; 0]);
}

#[test]
fn each_mistake_of_a_value_is_named_with_its_line() {
    let line_three: &[(&str, &str, &str)] = &[
        ("relative", "[\"spouse\"]", "unknown field `relative`"),
        ("relatives", "[\"spouse\", \"cousin\"]", "unknown variant `cousin`"),
        ("relatives", "[]", "relatives is empty"),
        ("relatives", "[\"child\", \"child\"]", "子女 is named twice"),
        ("relation_max", "{ spouse = 0 }", "relation_max of 配偶 is 0"),
        ("relation_max", "{ cousin = 1 }", "unknown variant `cousin`"),
        ("members_max", "0", "members_max is 0"),
        ("members_max", "-1", "invalid value"),
        ("area", "\"town\"", "unknown variant `town`"),
        (
            "consent",
            "{ kind = \"none\", joins_alone_under = 16 }",
            "joins_alone_under says nothing",
        ),
        ("consent", "{ kind = \"needed\", joins_alone_under = 30 }", "takes 1 to 18"),
        ("consent", "{ kind = \"needed\", age = 16 }", "unknown field `age`"),
        ("entry_fields", "[\"name\", \"name\"]", "name is named twice"),
        ("second_factors", "[]", "a write always needs one"),
        ("annual_limit", "-5", "an amount is not negative, and this is -5"),
        ("annual_limit", "\"some\"", "\"some\" is not an amount"),
        ("annual_limit", "{ least = 9, most = 8 }", "`least` below `most`"),
        ("annual_limit", "1.5", "expected \"none\", an amount (10000), or"),
        ("premium_balance_threshold", "-1000", "an amount is not negative"),
        ("retained_balance", "\"1.001\"", "more than two decimals"),
        ("retained_balance", "1234567890123", "more than twelve digits"),
        ("deduction_order", "{ rule = \"as_bound\", slots = 0 }", "slots takes 1 to 9"),
        ("query", "{ by = [] }", "by is empty"),
        ("query", "{ by = [\"month\"], longest_months = 0 }", "longest_months is 0"),
        ("hotline", "\"call us\"", "hotline takes 3 to 20 digits"),
        ("window", "{ address = \" \" }", "address is empty"),
        ("label", "\"\"", "label is empty"),
        ("launch", "\"2020-07-01\"", "invalid type: string"),
        ("launch", "2020-02-30", "day"),
        ("launch", "2020-07-01T10:00:00", "without a time"),
        ("premium_times_a_year", "0", "premium_times_a_year is 0"),
        (
            "masking",
            "{ name = \"surname\", id_number = [9, 9], phone = [3, 4] }",
            "masking of id_number shows more than 10",
        ),
        (
            "premium_assistance",
            "[{ category = \"destitute\", covers = \"all\", reduction = 5 }]",
            "leaves nothing for a reduction",
        ),
        (
            "premium_assistance",
            "[{ category = \"destitute\", covers = \"all\" }, \
              { category = \"destitute\", covers = \"part\" }]",
            "特困人员 is named twice",
        ),
        ("premium_windows", "[{ insured_year = 2025 }]", "neither from nor to"),
        (
            "premium_windows",
            "[{ insured_year = 2025, from = 2025-02-01, to = 2025-01-01 }]",
            "ends on 2025-01-01 before it begins on 2025-02-01",
        ),
        (
            "premium_windows",
            "[{ insured_year = 2025, to = 2025-02-01 }, { insured_year = 2025, from = 2025-01-01 }]",
            "two windows of 2025 overlap",
        ),
        ("premium_windows", "[{ insured_year = 25, to = 2025-02-01 }]", "2000 to 2100"),
        ("documents", "[]", "documents is empty"),
    ];
    for (name, value, words) in line_three {
        one(&pack_text(&stated(name, value)), 3, words);
    }
}

#[test]
fn a_value_needs_its_source_and_confidence() {
    let value = |rest: &str| pack_text(&format!("area = {{ value = \"city\", {rest} }}\n"));
    one(&value("confidence = \"seed\""), 3, "missing field `source`");
    one(&value("source = \"s\""), 3, "missing field `confidence`");
    one(&value("source = \"s\", confidence = \"sure\""), 3, "unknown variant `sure`");
    one(
        &value("source = \"hearsay\", confidence = \"seed\""),
        3,
        "\"hearsay\" is not in [sources]",
    );
    one(&pack_text("").replace("试点的通知", ""), 5, "a source needs a title");
    let fact = "\n[[facts]]\ntopic = \"usage\"\ntitle = \"怎么用\"\nlines = []\nsource = \"s\"\n\
                confidence = \"seed\"\n";
    one(&(pack_text("") + fact), 7, "a fact needs a title and lines");
}

#[test]
fn the_identity_of_a_pack_is_checked() {
    let with = |good: &str, bad: &str| pack_text("valid_from = 2025-01-01\n").replace(good, bad);
    one(&with("\"test\"", "\"Test 1\""), 1, "region takes 1 to 40 small letters");
    one(&with("\"试点\"", "\" \""), 2, "name is empty");
    one(&with("2025-01-01", "2025-01-01\nvalid_until = 2024-12-31"), 4, "is before valid_from");
    one(&with("valid_from = 2025-01-01", "admdvs = \"312\""), 3, "admdvs takes");
    one(&with("valid_from = 2025-01-01", "admdvs = \"31\""), 3, "is also that of shanghai.toml");
    one(
        &with("valid_from = 2025-01-01", "inherits = \"atlantis\""),
        3,
        "no pack is of that region",
    );
    one(&with("valid_from", "inherits = \"test\"\nvalid_from"), 3, "has no earlier pack");
    one(&with("[sources]", "[sources"), 5, "unclosed table");
    one(&with("region = \"test\"\n", ""), 1, "missing field `region`");
}

#[test]
fn premium_tables_cover_each_group_and_age_once() {
    let table = |rows: &str, rest: &str| {
        pack_text(&format!(
            "[premium]\nsource = \"s\"\nconfidence = \"seed\"\n[[premium.value]]\n\
             insured_year = 2025\nrows = [\n{rows}\n]\n{rest}\n"
        ))
    };
    let row = |rest: &str| format!("    {{ personal = 400{rest} }},");
    let young = row(", to_age = 59");
    assert_eq!(found(&table(&row(""), "")), [""; 0]);
    assert_eq!(found(&table(&[&young, &*row(", from_age = 60")].join("\n"), "")), [""; 0]);
    let gap = table(&[&young, &*row(", from_age = 61")].join("\n"), "");
    one(&gap, 3, "a gap: no row is for 非在校人员 aged 60 to 60");
    let told = "no_rule = [{ from_age = 60, to_age = 60, say = \"没有写\" }]";
    assert_eq!(found(&gap.replace("]\n\n", &format!("]\n{told}\n"))), [""; 0]);
    let twice = table(&[&young, &*row(", from_age = 59")].join("\n"), "");
    one(&twice, 10, "an overlap: 2 rows are for 非在校人员 aged 59");
    let pupils = table(&[&row(""), &*row(", groups = [\"pupil\"]")].join("\n"), "");
    one(&pupils, 10, "an overlap: 2 rows are for 中小学生 aged 0");
    let only = table(&row(", groups = [\"pupil\", \"infant\", \"neither\"]"), "");
    one(&only, 3, "a gap: no row is for 大学生 aged 0 to 150");
    one(&table(&row(", from_age = 9, to_age = 8"), ""), 9, "exchange them");
    one(&table(&row(", to_age = 200"), ""), 9, "above 150");
    one(&table(&row(", subsidy = 1, total = 400"), ""), 9, "not the sum of its parts, 401.00");
    one(&table(&row(", subsidy = 1, total = 402"), ""), 9, "not the sum of its parts, 401.00");
    one(&table(&row(", persnal = 1"), ""), 9, "unknown field `persnal`");
    one(&table(&row(""), "").replace("2025", "25"), 3, "insured_year 25");
    let again = format!("[[premium.value]]\ninsured_year = 2025\nrows = [\n{}\n]", row(""));
    one(&table(&row(""), &again), 3, "insured_year 2025 is named twice");
    let silent = table(&young, "no_rule = [\n    { from_age = 60, say = \"\" },\n]");
    one(&silent, 12, "say is empty");
}

#[test]
fn documents_have_the_text_whose_digest_they_state() {
    let document = |title: &str, digest: &str, text: &str| {
        pack_text(&format!(
            "[documents]\nsource = \"s\"\nconfidence = \"seed\"\n[[documents.value]]\n\
             title = \"{title}\"\nversion = \"1\"\ndigest = \"{digest}\"\ntext = {text}\n"
        ))
    };
    let inline = "{ inline = \"同意\", source = \"s\", confidence = \"confirmed\" }";
    let digest = text_digest("同意");
    assert_eq!(digest.len(), 71);
    assert_eq!(found(&document("承诺书", &digest, inline)), [""; 0]);
    one(&document("承诺书", &text_digest("不同意"), inline), 9, &digest);
    one(&document("", &digest, inline), 9, "needs a title and a version");
    let text = |inside: &str| {
        let text = format!("{{ {inside}, source = \"s\", confidence = \"seed\" }}");
        document("承诺书", &digest, &text)
    };
    one(&text("file = \"gone.txt\""), 10, "gone.txt is not beside the pack");
    one(&text("file = \"notice.txt\", inline = \"同意\""), 10, "either inline or file");
    one(&text("inline = \" \""), 10, "its text has 1 characters");
    let hearsay = inline.replace("\"s\"", "\"hearsay\"");
    one(&document("承诺书", &digest, &hearsay), 10, "\"hearsay\" is not in [sources]");
    let two = format!(
        "[[documents.value]]\ntitle = \"承诺书\"\nversion = \"2\"\ndigest = \"{digest}\"\n\
         text = {inline}\n"
    );
    one(&(document("承诺书", &digest, inline) + &two), 3, "the document 承诺书 is named twice");
}

#[test]
fn packs_of_one_region_do_not_overlap_and_chains_end() {
    let load = |texts: &[(&str, &str)]| -> Vec<String> {
        let files: Vec<_> = texts.iter().map(|(name, text)| PolicyFile { name, text }).collect();
        let found = Packs::load(&files).err().unwrap_or_default();
        found.iter().map(ToString::to_string).collect()
    };
    let pack = |region: &str, rest: &str| format!("region = \"{region}\"\nname = \"甲\"\n{rest}");
    let (old, new) = (pack("a", "valid_until = 2025-12-31"), pack("a", "valid_from = 2026-01-01"));
    assert_eq!(load(&[("old.toml", &old), ("new.toml", &new)]), [""; 0]);
    let late = pack("a", "valid_from = 2025-12-31");
    let overlap = load(&[("old.toml", &old), ("new.toml", &late)]);
    assert_eq!(overlap.len(), 1);
    assert!(
        overlap[0].starts_with("new.toml: line 3: the days of this pack overlap with old.toml")
    );
    let open = load(&[("old.toml", &pack("a", "")), ("new.toml", &new)]);
    assert!(open[0].contains("end the earlier one with valid_until"), "{open:?}");

    let circle = load(&[
        ("a.toml", &pack("a", "inherits = \"b\"")),
        ("b.toml", &pack("b", "inherits = \"c\"")),
        ("c.toml", &pack("c", "inherits = \"a\"")),
    ]);
    assert_eq!(circle.len(), 3, "{circle:?}");
    assert!(circle[0].starts_with("a.toml: line 3: inherits in a circle: a.toml, b.toml, c.toml"));

    let child = pack("c", "inherits = \"a\"");
    let orphan = load(&[("old.toml", &old), ("c.toml", &child)]);
    assert_eq!(
        orphan,
        ["c.toml: line 3: inherits from a, which has no pack for 2026-01-01; add one".to_owned()]
    );
    assert_eq!(load(&[("old.toml", &old), ("new.toml", &new), ("c.toml", &child)]), [""; 0]);
    let short = pack("c", "inherits = \"a\"\nvalid_until = 2025-06-30");
    assert_eq!(load(&[("old.toml", &old), ("c.toml", &short)]), [""; 0]);
}

#[test]
fn values_that_should_not_stay_are_warned_of() {
    let warnings: Vec<String> =
        built_in::packs().unwrap().warnings().iter().map(ToString::to_string).collect();
    let has = |file: &str, words: &str| {
        warnings.iter().any(|w| w.starts_with(&format!("{file}: line ")) && w.contains(words))
    };
    assert!(
        has("national.toml", "the text of 承诺书 is the kiosk's sample wording"),
        "{warnings:?}"
    );
    assert!(has("national.toml", "consent is not confirmed for this region"), "{warnings:?}");
    assert!(has("fujian.toml", "办理须知"), "{warnings:?}");
    assert_eq!(warnings.len(), 6, "{warnings:?}");
}
