//! What holds in a region, and where a person is found there.

use super::Paragraph;
use super::facts::told;
use super::premium::amount;
use crate::policy::schema::{AnnualLimit, Yuan};
use crate::policy::{Policy, Stated, words};
use crate::view::messages::{self, help};

/// The rules that differ from place to place, a paragraph of each region that states some of them.
pub(super) fn of(policy: &Policy) -> Vec<Paragraph> {
    let rules = &policy.rules;
    let mut all = Vec::new();
    let year = policy.date.year();
    let mut tell = |region: Option<(&str, String)>| {
        let Some((region, line)) = region else { return };
        let heading = help::here(region);
        match all.iter_mut().find(|p: &&mut Paragraph| p.heading == heading) {
            Some(Paragraph { lines, .. }) => lines.insert(lines.len().saturating_sub(1), line),
            None => {
                let lines = vec![line, caption(region, Some(year))];
                all.push(Paragraph { heading, lines });
            }
        }
    };
    tell(line(rules.relatives.as_ref(), |relatives| {
        let labels: Vec<&str> = relatives.iter().map(|one| one.official_label()).collect();
        help::relatives(&labels.join("、"))
    }));
    tell(line(rules.area.as_ref(), |area| help::area(area.label())));
    tell(line(rules.annual_limit.as_ref(), limit));
    tell(line(rules.money_model.as_ref(), |model| words::money(*model).into()));
    tell(line(rules.premium_balance_threshold.as_ref(), |above: &Yuan| {
        help::threshold(&amount(*above))
    }));
    tell(line(rules.retained_balance.as_ref(), |kept: &Yuan| help::retained(&amount(*kept))));
    // The region's own first, then what it takes over.
    let own = help::here(&policy.name);
    all.sort_by_key(|paragraph| paragraph.heading != own);
    all
}

/// Where a person is found: address, hours, telephone.
pub(super) fn window(policy: &Policy) -> Paragraph {
    let rules = &policy.rules;
    let mut lines = match rules.window.as_ref().filter(|stated| told(stated.confidence)) {
        Some(stated) => {
            let hours = stated.value.hours.as_ref().map(|hours| help::window_hours(hours));
            let address = help::window_at(&stated.value.address);
            [Some(address), hours].into_iter().flatten().collect()
        }
        None => vec![help::AT_WINDOW.to_owned()],
    };
    let hotline = rules.hotline.as_ref().filter(|stated| told(stated.confidence));
    lines.extend(hotline.map(|stated| help::hotline(&stated.value)));
    Paragraph { heading: help::WHERE.into(), lines }
}

/// 上海 · 2025年 · 以当地医保部门公布为准
pub(super) fn caption(region: &str, year: Option<i16>) -> String {
    let year = year.map(messages::lists::year);
    let parts = [Some(region.to_owned()), year, Some(words::LOCAL_RULES.to_owned())];
    parts.into_iter().flatten().collect::<Vec<_>>().join(messages::DOT)
}

fn line<T>(stated: Option<&Stated<T>>, say: impl FnOnce(&T) -> String) -> Option<(&str, String)> {
    let stated = stated.filter(|stated| told(stated.confidence))?;
    Some((&stated.region, say(&stated.value)))
}

fn limit(limit: &AnnualLimit) -> String {
    match limit {
        AnnualLimit::None => help::NO_LIMIT.into(),
        AnnualLimit::Fixed(most) => help::limit(&amount(*most)),
        AnnualLimit::Range { least, most } => help::limit_between(&amount(*least), &amount(*most)),
    }
}
