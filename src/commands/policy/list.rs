//! `policy list`: the packs there are.

use jiff::civil::Date;
use serde::Serialize;

use crate::commands::{Failure, table};
use crate::policy::{Pack, Rules};

use super::ListOptions;

/// The most rules of a pack that are named; of more, their number is told.
const NAMES_MAX: usize = 6;

#[derive(Debug, Serialize)]
struct Row<'a> {
    region: &'a str,
    name: &'a str,
    file: &'a str,
    admdvs: Option<&'a str>,
    inherits: Option<&'a str>,
    valid_from: Option<Date>,
    valid_until: Option<Date>,
    states: Vec<&'static str>,
    facts: usize,
}

pub(super) fn list(options: &ListOptions) -> Result<(), Failure> {
    let section = super::section(options.config.as_deref())?;
    let packs = section.packs().map_err(Failure::new)?;
    let rows: Vec<Row<'_>> = packs.all().iter().map(row).collect();
    if options.json {
        let text = serde_json::to_string_pretty(&rows).map_err(Failure::new)?;
        say!("{text}");
        return Ok(());
    }
    let mut lines = vec![["region", "days", "file", "states", "name"].map(str::to_owned)];
    for row in rows {
        let states = match (row.states.len(), row.inherits) {
            (0, Some(parent)) => format!("nothing; all is from {parent}"),
            (0, None) => "nothing".into(),
            (n, _) if n > NAMES_MAX => format!("{n} of {} rules", Rules::FIELDS.len()),
            _ => row.states.join(" "),
        };
        let days = days(row.valid_from, row.valid_until);
        // Names last: Chinese is wider than a column of letters.
        lines.push([row.region.into(), days, row.file.into(), states, row.name.into()]);
    }
    for line in table::lines(&lines) {
        say!("{line}");
    }
    Ok(())
}

fn row(pack: &Pack) -> Row<'_> {
    let (from, until) = (pack.valid.from(), pack.valid.to());
    Row {
        region: &pack.region,
        name: &pack.name,
        file: &pack.file,
        admdvs: pack.admdvs.as_deref(),
        inherits: pack.inherits.as_deref(),
        valid_from: (from != Date::MIN).then_some(from),
        valid_until: (until != Date::MAX).then_some(until),
        states: pack.rules.fields().iter().map(|view| view.field).collect(),
        facts: pack.facts.len(),
    }
}

fn days(from: Option<Date>, until: Option<Date>) -> String {
    match (from, until) {
        (None, None) => "always".into(),
        (Some(from), None) => format!("from {from}"),
        (None, Some(until)) => format!("until {until}"),
        (Some(from), Some(until)) => format!("{from} to {until}"),
    }
}
