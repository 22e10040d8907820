//! What 居民医保 costs, as paragraphs: a year's table, who is assisted, and when it is paid.

use super::Paragraph;
use super::facts::told;
use super::region::caption;
use crate::domain::dates::long_date;
use crate::policy::Policy;
use crate::policy::schema::{PersonGroup, PremiumRow, PremiumTable, PremiumWindow, Yuan};
use crate::view::messages::help;

/// Everything about premiums that the region's rules state.
pub(super) fn of(policy: &Policy) -> Vec<Paragraph> {
    let mut all = Vec::new();
    if let Some(stated) = policy.rules.premium.as_ref().filter(|s| told(s.confidence)) {
        all.extend(stated.value.iter().map(|table| year(table, &stated.region)));
    }
    if let Some(stated) = policy.rules.premium_windows.as_ref().filter(|s| told(s.confidence)) {
        let mut lines: Vec<String> = stated.value.iter().map(window).collect();
        lines.push(caption(&stated.region, None));
        all.push(Paragraph { heading: help::WINDOWS.into(), lines });
    }
    if let Some(stated) = policy.rules.premium_assistance.as_ref().filter(|s| told(s.confidence)) {
        let assisted = stated.value.iter();
        let mut lines: Vec<String> = assisted
            .map(|rule| format!("{}：{}。", rule.category.label(), rule.covers.label()))
            .collect();
        lines.push(caption(&stated.region, None));
        all.push(Paragraph { heading: help::ASSISTANCE.into(), lines });
    }
    all
}

fn year(table: &PremiumTable, region: &str) -> Paragraph {
    let mut lines: Vec<String> = table.rows.iter().map(|one| row(one.get_ref())).collect();
    lines.extend(table.no_rule.iter().map(|gap| gap.get_ref().say.clone()));
    lines.push(caption(region, Some(table.insured_year)));
    Paragraph { heading: help::premium_year(table.insured_year), lines }
}

fn row(row: &PremiumRow) -> String {
    let subsidy = row.subsidy.map(amount);
    help::premium_row(&who(row), &amount(row.personal), subsidy.as_deref())
}

/// Who pays it: 70岁以上, 婴幼儿、中小学生.
fn who(row: &PremiumRow) -> String {
    let ages = help::ages(row.from_age, row.to_age);
    // Those who are in no school are told by their age.
    let plain = row.groups.is_empty() || (row.groups == [PersonGroup::Neither] && ages.is_some());
    let labels: Vec<&str> = row.groups.iter().map(|group| group.label()).collect();
    let groups = labels.join("、");
    match (plain, ages) {
        (true, Some(ages)) => ages,
        (true, None) => help::EVERYBODY.into(),
        (false, Some(ages)) => groups + &ages,
        (false, None) => groups,
    }
}

fn window(window: &PremiumWindow) -> String {
    let (from, to) =
        (window.from.map(|day| long_date(day.0)), window.to.map(|day| long_date(day.0)));
    help::window(window.insured_year, from.as_deref(), to.as_deref())
}

/// Without fen where there are none.
pub(super) fn amount(amount: Yuan) -> String {
    let text = amount.0.to_string();
    text.strip_suffix(".00").map_or(text.clone(), str::to_owned)
}
