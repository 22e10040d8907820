//! `state/table.md` tells the truth.

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;

use super::random::{any_move, any_start};
use crate::visit::Kiosk;
use crate::visit::state::Stage;
use crate::visit::state::bind::BindPage;
use crate::visit::state::members::MembersPage;
use crate::visit::state::page::Page;
use crate::visit::state::pay::PayPage;
use crate::visit::state::typed::Asks;
use crate::visit::state::write::WritePage;

const TABLE: &str = include_str!("../state/table.md");

/// Words of the table that stand for several places.
const SEVERAL: [(&str, &[&str]); 7] = [
    // Its figures are asked anew after something was written.
    ("Home", &["Opening"]),
    ("where it was opened", &["List", "Slips"]),
    (
        "where it came from",
        &["Home", "List", "Slips", "Result", "Members", "PayWhom", "PayYears", "Record"],
    ),
    (
        "what was asked before",
        &["Opening", "List", "Preparing", "Members", "Authorisations", "PayAsking"],
    ),
    (
        "the page before it",
        &["Members", "Invitations", "Reminder", "Limit", "Amount", "Order", "PayDue", "PayRemind"],
    ),
    ("another step", &STEPS),
    ("the page before it", &STEPS),
];

/// The questions of adding a relative; which comes next is decided by what is known.
const STEPS: [&str; 11] = [
    "BindConsent",
    "BindWho",
    "BindName",
    "BindRelation",
    "BindPad",
    "BindEmployer",
    "BindDays",
    "BindLimit",
    "BindAmount",
    "BindAgree",
    "BindSign",
];

/// The places outside a visit.
const STAGES: [&str; 12] = [
    "Idle",
    "HallHelp",
    "TypedNumber",
    "TypedPassword",
    "Proving",
    "Reading",
    "Refused",
    "Identifying",
    "Finishing",
    "TakeCard",
    "TakeDocument",
    "TakeSlip",
];

/// The pages of a visit.
const PAGES: [&str; 50] = [
    "Opening",
    "Home",
    "List",
    "Record",
    "Months",
    "Slips",
    "Preparing",
    "TooMany",
    "Preview",
    "Blocked",
    "Printing",
    "Printed",
    "Unfinished",
    "Help",
    "Stuck",
    "BindRefused",
    "BindConsent",
    "BindWho",
    "BindPad",
    "BindLooking",
    "BindSwap",
    "BindName",
    "BindRelation",
    "BindEmployer",
    "BindDays",
    "BindLimit",
    "BindAmount",
    "BindAgree",
    "BindSign",
    "Members",
    "Donors",
    "Authorisations",
    "Relative",
    "Invitations",
    "Reminder",
    "Limit",
    "Amount",
    "Order",
    "PayAsking",
    "PayDue",
    "PayRemind",
    "PayWhom",
    "PayYears",
    "Review",
    "Choose",
    "Pad",
    "Checking",
    "Unproved",
    "Committing",
    "Result",
];

/// Where the kiosk is, in the table's words.
pub fn place(kiosk: &Kiosk) -> &'static str {
    let page = match kiosk.stage() {
        Stage::Idle(_) => return "Idle",
        Stage::HallHelp(_) => return "HallHelp",
        Stage::Typing(state) => match state.asks {
            Asks::Number => return "TypedNumber",
            Asks::Password(..) => return "TypedPassword",
        },
        Stage::Proving(_) => return "Proving",
        Stage::Reading(_) => return "Reading",
        Stage::Refused(_) => return "Refused",
        Stage::Identifying(_) => return "Identifying",
        Stage::Finishing(_) => return "Finishing",
        Stage::TakeCard(_) => return "TakeCard",
        Stage::TakeDocument(_) => return "TakeDocument",
        Stage::TakeSlip(_) => return "TakeSlip",
        Stage::Visit(visit) => &visit.page,
    };
    match page {
        Page::Opening(_) => "Opening",
        Page::Home(_) => "Home",
        Page::List(_) => "List",
        Page::Record(_) => "Record",
        Page::Months(_) => "Months",
        Page::Slips(_) => "Slips",
        Page::Preparing(_) => "Preparing",
        Page::TooMany(_) => "TooMany",
        Page::Preview(_) => "Preview",
        Page::Blocked(_) => "Blocked",
        Page::Printing(_) => "Printing",
        Page::Printed(_) => "Printed",
        Page::Unfinished(_) => "Unfinished",
        Page::Help(_) => "Help",
        Page::Stuck(_) => "Stuck",
        Page::Bind(page) => of_binding(page),
        Page::Members(MembersPage::Loading(_) | MembersPage::List(_)) => "Members",
        Page::Members(MembersPage::Donors(_)) => "Donors",
        Page::Members(MembersPage::Records(_)) => "Authorisations",
        Page::Members(MembersPage::Relative(_)) => "Relative",
        Page::Members(MembersPage::Invitations(_)) => "Invitations",
        Page::Members(MembersPage::Reminder(_)) => "Reminder",
        Page::Members(MembersPage::Limit(_)) => "Limit",
        Page::Members(MembersPage::Amount(_)) => "Amount",
        Page::Members(MembersPage::Order(_)) => "Order",
        Page::Pay(PayPage::Asking(_)) => "PayAsking",
        Page::Pay(PayPage::Due(_)) => "PayDue",
        Page::Pay(PayPage::Remind(_)) => "PayRemind",
        Page::Pay(PayPage::Whom(_)) => "PayWhom",
        Page::Pay(PayPage::Years(_)) => "PayYears",
        Page::Write(WritePage::Review(_)) => "Review",
        Page::Write(WritePage::Choose(_)) => "Choose",
        Page::Write(WritePage::Pad(_)) => "Pad",
        Page::Write(WritePage::Checking(_)) => "Checking",
        Page::Write(WritePage::Unproved(_)) => "Unproved",
        Page::Write(WritePage::Committing(_)) => "Committing",
        Page::Write(WritePage::Done(_)) => "Result",
    }
}

fn of_binding(page: &BindPage) -> &'static str {
    match page {
        BindPage::Refused(_) => "BindRefused",
        BindPage::Reading(_) => "BindConsent",
        BindPage::Who(_) => "BindWho",
        BindPage::Pad(_) => "BindPad",
        BindPage::Looking(_) => "BindLooking",
        BindPage::Swap(_) => "BindSwap",
        BindPage::Name(_) => "BindName",
        BindPage::Relation(_) => "BindRelation",
        BindPage::Employer(_) => "BindEmployer",
        BindPage::Days(_) => "BindDays",
        BindPage::Limit(_) => "BindLimit",
        BindPage::Amount(_) => "BindAmount",
        BindPage::Agree(_) => "BindAgree",
        BindPage::Sign(_) => "BindSign",
    }
}

/// The rows: a place and what is written of where it leads.
fn rows() -> BTreeMap<&'static str, &'static str> {
    let rows = TABLE.lines().filter_map(|line| {
        let (name, leads) = line.strip_prefix("| ")?.strip_suffix(" |")?.split_once(" | ")?;
        (name != "state").then_some((name, leads))
    });
    rows.collect()
}

/// The places that a row names.
fn named(rows: &BTreeMap<&str, &'static str>, leads: &'static str) -> BTreeSet<&'static str> {
    let mut found: BTreeSet<&str> = leads
        .split(|c: char| !c.is_ascii_alphabetic())
        .filter(|word| STAGES.contains(word) || PAGES.contains(word))
        .collect();
    for (words, places) in SEVERAL {
        found.extend(places.iter().filter(|_| leads.contains(words)));
    }
    for (words, row) in [("the end", "the end"), ("whatever Idle leads to", "Idle")] {
        if leads.contains(words) {
            found.extend(named(rows, rows[row]));
        }
    }
    found
}

/// Where each place may lead, as the table says.
fn table() -> BTreeMap<&'static str, BTreeSet<&'static str>> {
    let rows = rows();
    let mut table: BTreeMap<_, _> =
        rows.iter().map(|(name, leads)| (*name, named(&rows, leads))).collect();
    let any_page: BTreeSet<&str> = ["Visit, any page", "Visit, second medium"]
        .iter()
        .flat_map(|row| table[row].clone())
        .collect();
    for page in PAGES {
        table.get_mut(page).expect("every page has a row").extend(&any_page);
    }
    table
}

/// Every way of a hall is one of the table's.
pub fn assert_holds(ways: &[(&str, &str)]) {
    let table = table();
    for (from, to) in ways {
        assert!(from == to || table[from].contains(to), "{from} leads to {to}");
    }
}

#[test]
fn every_place_has_a_row_and_every_row_a_place() {
    let rows = rows();
    for place in STAGES.iter().chain(&PAGES) {
        assert!(rows.contains_key(place), "{place}");
    }
    let others = ["the end", "Visit, any page", "Visit, second medium"];
    assert_eq!(rows.len(), STAGES.len() + PAGES.len() + others.len());
    for row in others {
        assert!(rows.contains_key(row), "{row}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn nothing_leads_where_the_table_does_not_say(
        start in any_start(),
        moves in prop::collection::vec(any_move(), 0..120)
    ) {
        let table = table();
        let mut hall = start();
        for next in moves {
            hall.play(next);
        }
        hall.wait(3_600_000);
        for (from, to) in hall.ways {
            prop_assert!(from == to || table[from].contains(to), "{from} leads to {to}");
        }
    }
}
