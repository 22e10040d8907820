//! `policy show`: what holds in a region on a day.

use jiff::Zoned;
use serde_json::Value;

use crate::commands::{Failure, table};
use crate::policy::{FieldView, Policy, words};

use super::ShowOptions;

pub(super) fn show(options: &ShowOptions) -> Result<(), Failure> {
    let section = super::section(options.config.as_deref())?;
    let packs = section.packs().map_err(Failure::new)?;
    let region = options.region.as_ref().unwrap_or(&section.region);
    let date = options.date.unwrap_or_else(|| Zoned::now().date());
    let policy = packs.at(region, date).map_err(Failure::new)?;
    if options.json {
        let text = serde_json::to_string_pretty(&policy).map_err(Failure::new)?;
        say!("{text}");
    } else {
        print(&policy);
    }
    Ok(())
}

fn print(policy: &Policy) {
    let (region, name) = (&policy.region, &policy.name);
    say!("{region} ({name}) on {}, from {}", policy.date, policy.files.join(", "));
    say!("");
    let mut sources: Vec<&str> = Vec::new();
    let mut rows = vec![["field", "confidence", "source", "file", "value"].map(str::to_owned)];
    let fields = policy.rules.fields();
    for view in &fields {
        let number = number_of(&mut sources, &view.source.title);
        rows.extend(rows_of(view, number));
    }
    for line in table::lines(&rows) {
        say!("{line}");
    }
    for fact in &policy.facts {
        let (number, confidence) =
            (number_of(&mut sources, &fact.source.title), fact.confidence.key());
        say!("");
        say!("{} · {} ({})", fact.topic.label(), fact.title, words::caption(fact));
        for line in &fact.lines {
            say!("  {line}");
        }
        say!("  [{number}] {confidence}");
    }
    say!("");
    for (index, title) in sources.iter().enumerate() {
        say!("[{}] {title}", index + 1);
    }
}

/// The number of a source in the list at the end, from 1.
fn number_of<'a>(sources: &mut Vec<&'a str>, title: &'a str) -> usize {
    let known = sources.iter().position(|other| *other == title);
    let index = known.unwrap_or_else(|| {
        sources.push(title);
        sources.len() - 1
    });
    index + 1
}

/// One row for each part of the value: a list of tables takes one each.
fn rows_of(view: &FieldView, source: usize) -> Vec<[String; 5]> {
    let mut values = parts(&view.value);
    if let (Some(note), Some(last)) = (&view.note, values.last_mut()) {
        last.push_str(&format!(" ({note})"));
    }
    let confidence = view.confidence.key().to_owned();
    let head = [view.field.to_owned(), confidence, format!("[{source}]"), view.file.clone()];
    let mut heads = std::iter::once(head).chain(std::iter::repeat_with(Default::default));
    let rows = values.into_iter().zip(&mut heads);
    rows.map(|(value, [field, confidence, source, file])| [field, confidence, source, file, value])
        .collect()
}

/// A value as lines: tables of a list each on its own, tables in those beneath.
fn parts(value: &Value) -> Vec<String> {
    let Value::Array(items) = value else { return vec![line(value)] };
    if !items.iter().any(Value::is_object) {
        return vec![line(value)];
    }
    let mut lines = Vec::new();
    for item in items {
        let Value::Object(fields) = item else {
            lines.push(line(item));
            continue;
        };
        let nested = |v: &Value| v.as_array().is_some_and(|list| list.iter().any(Value::is_object));
        let (below, own): (Vec<_>, Vec<_>) = fields.iter().partition(|(_, value)| nested(value));
        let own = own.into_iter().filter(|(_, value)| !empty(value));
        lines.push(pairs(own));
        for (_, list) in below {
            let rows = list.as_array().into_iter().flatten();
            lines.extend(rows.map(|row| format!("  {}", line(row))));
        }
    }
    lines
}

fn line(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Array(items) => items.iter().map(line).collect::<Vec<_>>().join(" "),
        Value::Object(fields) => pairs(fields.iter().filter(|(_, value)| !empty(value))),
        other => other.to_string(),
    }
}

fn empty(value: &Value) -> bool {
    value.is_null() || value.as_array().is_some_and(Vec::is_empty)
}

/// The fields of a table; of the text of a document only where it is from.
fn pairs<'a>(fields: impl Iterator<Item = (&'a String, &'a Value)>) -> String {
    let shown = fields.filter(|(name, _)| *name != "body" && *name != "inline");
    let pair = |(name, value): (&String, &Value)| match value {
        Value::Object(_) => format!("{name}=({})", line(value)),
        _ => format!("{name}={}", line(value).replace(' ', ",")),
    };
    shown.map(pair).collect::<Vec<_>>().join(" ")
}
