//! Finding the records in a file: whole exchanges with their envelope, or bare bodies.

use jiff::civil::DateTime;
use serde_json::{Map, Value};

use super::fields::{Fields, parse_envelope_time};

/// What a record is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Kind {
    /// The output of 1101.
    Person,
    /// A `setlinfo` of 5203.
    Settlement,
    /// A row of 90100.
    Collection,
}

/// One record, where it stands, and what its exchange says around it.
pub(super) struct Record<'v> {
    pub kind: Kind,
    /// Such as `output.setlinfo[2]`.
    pub path: String,
    pub fields: Fields<'v>,
    /// `psn_no` of the request, if the file has it.
    pub asked_for: Option<String>,
    /// When the platform answered, if the file says so.
    pub answered_at: Option<DateTime>,
}

/// A record, or the sentence saying why something is none.
pub(super) type Found<'v> = Result<Record<'v>, (String, String)>;

/// Everything in the document, in its order.
pub(super) fn records(document: &Value) -> Vec<Found<'_>> {
    match document {
        Value::Array(items) => items
            .iter()
            .enumerate()
            .flat_map(|(index, item)| exchange(item, &format!("[{index}]")))
            .collect(),
        other => exchange(other, ""),
    }
}

fn exchange<'v>(item: &'v Value, path: &str) -> Vec<Found<'v>> {
    let Value::Object(object) = item else {
        return vec![Err((String::from(path), String::from(NOT_AN_OBJECT)))];
    };
    let fields = Fields(object);
    let Some(output) = object.get("output") else {
        return body(item, path, &Around::default());
    };
    let path = join(path, "output");
    if let Some(code) = fields.text("infcode").ok().flatten()
        && code != "0"
    {
        let why = "infcode: is not 0, so the platform refused; ask it again and save the answer";
        return vec![Err((path, String::from(why)))];
    }
    body(output, &path, &Around::of(fields))
}

const NOT_AN_OBJECT: &str = "is not an object in { }; give the output of 1101, 5203 or 90100";
const UNKNOWN: &str = "holds none of baseinfo, setlinfo, setl_id and accrym_begn; give the output \
    of 1101, 5203 or 90100";

/// What an envelope says about all its records.
#[derive(Clone, Default)]
struct Around {
    asked_for: Option<String>,
    answered_at: Option<DateTime>,
}

impl Around {
    fn of(envelope: Fields<'_>) -> Self {
        let request = envelope.list("input").unwrap_or_default();
        let inner = request.first().and_then(|input| input.list("data").ok()).unwrap_or_default();
        let asked = inner.iter().chain(&request);
        let mut numbers = asked.filter_map(|input| input.text("psn_no").ok().flatten());
        let times = ["respond_time", "refmsg_time", "inf_time"];
        let mut times = times.iter().filter_map(|name| envelope.text(name).ok().flatten());
        Self {
            asked_for: numbers.next(),
            answered_at: times.find_map(|text| parse_envelope_time(&text)),
        }
    }

    fn record<'v>(&self, kind: Kind, path: String, fields: &'v Map<String, Value>) -> Found<'v> {
        let Self { asked_for, answered_at } = self.clone();
        Ok(Record { kind, path, fields: Fields(fields), asked_for, answered_at })
    }
}

fn body<'v>(body: &'v Value, path: &str, around: &Around) -> Vec<Found<'v>> {
    let list = match body {
        Value::Array(rows) => rows,
        Value::Object(object) => match object.get("setlinfo") {
            Some(Value::Array(rows)) => {
                return settlements(rows, &join(path, "setlinfo"), around);
            }
            Some(one) => {
                return vec![row(one, join(path, "setlinfo"), Some(Kind::Settlement), around)];
            }
            None => return vec![row(body, String::from(path), None, around)],
        },
        _ => return vec![Err((String::from(path), String::from(NOT_AN_OBJECT)))],
    };
    let rows = list.iter().enumerate();
    rows.map(|(index, item)| row(item, format!("{path}[{index}]"), None, around)).collect()
}

fn settlements<'v>(rows: &'v [Value], path: &str, around: &Around) -> Vec<Found<'v>> {
    let kind = Some(Kind::Settlement);
    let rows = rows.iter().enumerate();
    rows.map(|(index, item)| row(item, format!("{path}[{index}]"), kind, around)).collect()
}

fn row<'v>(item: &'v Value, path: String, kind: Option<Kind>, around: &Around) -> Found<'v> {
    let Value::Object(object) = item else { return Err((path, String::from(NOT_AN_OBJECT))) };
    let has = |name: &str| object.contains_key(name);
    let kind = kind.or(match () {
        () if has("baseinfo") => Some(Kind::Person),
        () if has("setl_id") || has("medfee_sumamt") => Some(Kind::Settlement),
        () if has("accrym_begn") || has("clct_flag") => Some(Kind::Collection),
        () => None,
    });
    match kind {
        Some(kind) => around.record(kind, path, object),
        None => Err((path, String::from(UNKNOWN))),
    }
}

fn join(path: &str, name: &str) -> String {
    if path.is_empty() { String::from(name) } else { format!("{path}.{name}") }
}
