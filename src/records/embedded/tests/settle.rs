//! Visits are paid in the order of deduction, within limits, and taken back.

use super::town::{Town, audit, bind, binding, no, yuan};
use super::*;
use crate::domain::family::Relation::{Child, Parent};
use crate::domain::insurance::CareType;
use crate::policy::rules::OrderFault;
use crate::policy::schema::MoneyModel;
use crate::policy::{Packs, Policy, PolicyFile, built_in, overlay};
use crate::records::embedded::settle::{SettleError, Settled, Visit};
use crate::records::port::{Action, Binding, OrderPlace};

/// 海南 with fields of a test's own.
pub(super) fn policy(fields: &[(&str, &str)]) -> Policy {
    let mut pack = String::from("region = \"hainan\"\nname = \"海南\"\ninherits = \"national\"\n");
    for (field, value) in fields {
        pack +=
            &format!("{field} = {{ value = {value}, source = \"s\", confidence = \"open\" }}\n");
    }
    pack += "[sources]\ns = { title = \"x\" }\n";
    let files = overlay(&built_in::FILES, &[PolicyFile { name: "hainan.toml", text: &pack }]);
    Packs::load(&files).unwrap().at("hainan", TODAY).unwrap()
}

pub(super) fn visit(patient: &str, total: i64, fund: i64) -> Visit {
    Visit {
        patient: no(patient),
        place: String::from("第一医院"),
        care: CareType::Outpatient,
        settled_at: TODAY.at(11, 0, 0, 0),
        total: yuan(total),
        fund: yuan(fund),
    }
}

/// Who paid how many yuan, and the cash.
fn paid(settled: &Settled) -> (Vec<(&str, i64)>, i64) {
    let yuan = |amount: Money| amount.to_fen().unwrap() / 100;
    let who = |share: &'_ crate::records::embedded::settle::Share| -> i64 { yuan(share.amount) };
    let shares = settled.shares.iter();
    let shares = shares
        .map(|s| (s.donor.as_ref().map_or("own", |donor| donor.psn_no.reveal()), who(s)))
        .collect();
    (shares, yuan(settled.cash))
}

#[test]
fn accounts_pay_in_their_order_and_the_rest_is_cash() {
    let mut town = Town::new();
    town.done("mother", bind("aunt", Parent));
    town.done("father", bind("aunt", Parent));
    let policy = policy(&[]);
    // Own 400, then mother 800, then father 3000.
    for (total, fund, expected) in [
        (300, 100, (vec![("own", 200)], 0)),
        (300, 0, (vec![("own", 200), ("mother", 100)], 0)),
        (900, 0, (vec![("mother", 700), ("father", 200)], 0)),
        (5000, 1000, (vec![("father", 2800)], 1200)),
        (10, 10, (vec![], 0)),
        (7, 0, (vec![], 7)),
    ] {
        let settled = town.ledger.settle(&policy, &visit("aunt", total, fund)).unwrap();
        audit(connection(&town.ledger));
        assert_eq!(paid(&settled), expected, "{total}");
    }
    let page = PageRequest { index: 0, size: 9 };
    let care = town.ledger.care(&no("aunt"), Period::this_year(TODAY), page).unwrap();
    assert_eq!(care.page.total_rows, 6);
    assert_eq!(care.page.rows[0].setl_id, "K2026112200000006");
    let sums = care.sums;
    assert_eq!(sums.total, yuan(6517));
    assert_eq!(sums.total, sums.fund + sums.account + sums.cash);
    assert_eq!(sums.mutual_aid, yuan(100 + 700 + 200 + 2800));
    let statement = town.ledger.care_statement(&no("aunt"), Period::this_year(TODAY)).unwrap();
    assert!(statement.rows.iter().rev().eq(&care.page.rows) && statement.sums == sums);
}

#[test]
fn an_order_of_ones_own_is_kept_to() {
    let mut town = Town::new();
    for donor in ["father", "mother"] {
        town.done(donor, bind("aunt", Parent));
    }
    let accounts =
        vec![OrderPlace::Donor(no("mother")), OrderPlace::Own, OrderPlace::Donor(no("father"))];
    town.done("aunt", Action::Order { accounts });
    let free = policy(&[("deduction_order", "{ rule = \"as_bound\", slots = 3 }")]);
    let settled = town.ledger.settle(&free, &visit("aunt", 1300, 0)).unwrap();
    assert_eq!(paid(&settled), (vec![("mother", 800), ("own", 400), ("father", 100)], 0));
    let few = policy(&[("deduction_order", "{ rule = \"own_then_slots\", slots = 2 }")]);
    let before = town.contents();
    let refused = town.ledger.settle(&few, &visit("aunt", 1, 0));
    assert_eq!(refused, Err(SettleError::Order(OrderFault::NoSuchSlot(3))));
    assert_eq!(town.contents(), before);
}

#[test]
fn limits_and_what_must_stay_are_respected() {
    let mut town = Town::new();
    let limited = Binding { annual_limit: Some(yuan(250)), ..binding("grandma", Parent) };
    town.done("father", Action::Bind(Box::new(limited)));
    town.done("mother", bind("grandma", Parent));
    let strict = policy(&[("retained_balance", "300"), ("annual_limit", "450")]);
    for (total, expected) in [
        (200, (vec![("father", 200)], 0)),
        // 50 are left of the father's limit; the mother may give 450 and must keep 300.
        (400, (vec![("father", 50), ("mother", 350)], 0)),
        (400, (vec![("mother", 100)], 300)),
    ] {
        let settled = town.ledger.settle(&strict, &visit("grandma", total, 0)).unwrap();
        assert_eq!(paid(&settled), expected, "{total}");
    }
    // A new year, a new limit; but of the mother's 350 only 50 may go.
    let mut next = visit("grandma", 400, 0);
    next.settled_at = date(2027, 1, 2).at(9, 0, 0, 0);
    let settled = town.ledger.settle(&strict, &next).unwrap();
    assert_eq!(paid(&settled), (vec![("father", 250), ("mother", 50)], 100));
    audit(connection(&town.ledger));
}

#[test]
fn who_may_not_share_does_not_pay() {
    let mut town = Town::new();
    let (since, until) = (date(2026, 12, 1), Some(date(2026, 12, 31)));
    let later = Binding { since, until, ..binding("grandma", Parent) };
    town.done("father", Action::Bind(Box::new(later)));
    town.done("mother", bind("grandma", Parent));
    let plain = policy(&[]);
    let settle = |town: &mut Town, day: Date| {
        let visit = Visit { settled_at: day.at(8, 0, 0, 0), ..visit("grandma", 1, 0) };
        let settled = town.ledger.settle(&plain, &visit).unwrap();
        paid(&settled).0.first().map(|(who, _)| String::from(*who))
    };
    assert_eq!(settle(&mut town, TODAY).as_deref(), Some("mother"));
    assert_eq!(settle(&mut town, date(2026, 12, 1)).as_deref(), Some("father"));
    assert_eq!(settle(&mut town, date(2027, 1, 1)).as_deref(), Some("mother"));
    let db = rusqlite::Connection::open(&town.path).unwrap();
    db.execute("UPDATE insurance SET psn_insu_stas = '2' WHERE person = 2", []).unwrap();
    assert_eq!(settle(&mut town, date(2027, 1, 1)), None);
}

#[test]
fn money_set_aside_pays_and_comes_back() {
    let page = PageRequest { index: 0, size: 9 };
    for (money, left) in [(MoneyModel::Pool, 60), (MoneyModel::Quota, 60)] {
        let mut town = Town::new();
        let aside = Binding { money, amount: Some(yuan(100)), ..binding("grandma", Parent) };
        town.done("father", Action::Bind(Box::new(aside)));
        // What must stay in the account does not hold back what has left it.
        let strict = policy(&[("retained_balance", "2950")]);
        let first = town.ledger.settle(&strict, &visit("grandma", 40, 0)).unwrap();
        assert_eq!(paid(&first), (vec![("father", 40)], 0));
        assert_eq!(first.shares[0].donor.as_ref().unwrap().money, money);
        let aside = |town: &mut Town| {
            let family = town.family("father");
            family.pool.or(family.members.first().and_then(|m| m.quota))
        };
        assert_eq!(aside(&mut town), Some(yuan(left)));
        assert_eq!(town.balance("father"), yuan(2900), "the personal account is not touched");
        let second = town.ledger.settle(&strict, &visit("grandma", 90, 0)).unwrap();
        assert_eq!(paid(&second), (vec![("father", 60)], 30));
        audit(connection(&town.ledger));
        let year = Period::this_year(TODAY);
        let used = town.ledger.family_use(&no("father"), None, year, page).unwrap();
        assert_eq!((used.total, used.page.total_rows), (yuan(100), 2));

        let at = TODAY.at(12, 0, 0, 0);
        let back = town.ledger.reverse(&first.setl_id, at).unwrap();
        assert_eq!(paid(&back), (vec![("father", 40)], 0));
        assert_eq!(back.shares, first.shares);
        assert_eq!((aside(&mut town), town.balance("father")), (Some(yuan(40)), yuan(2900)));
        assert_eq!(town.family("father").members[0].used_this_year, yuan(60));
        // After the release it comes back to the personal account.
        town.done("father", Action::Release { relative: no("grandma") });
        assert_eq!(town.balance("father"), yuan(2940));
        town.ledger.reverse(&second.setl_id, at).unwrap();
        assert_eq!(town.balance("father"), yuan(3000));
        audit(connection(&town.ledger));
    }
}

#[test]
fn a_settlement_is_taken_back_once_and_whole() {
    let mut town = Town::new();
    town.done("mother", bind("aunt", Parent));
    let plain = policy(&[]);
    let settled = town.ledger.settle(&plain, &visit("aunt", 2000, 500)).unwrap();
    assert_eq!(paid(&settled), (vec![("own", 400), ("mother", 800)], 300));
    let at = date(2026, 11, 25).at(9, 0, 0, 0);
    let back = town.ledger.reverse(&settled.setl_id, at).unwrap();
    assert_eq!((paid(&back).1, back.setl_id.as_str()), (300, "K2026112500000001"));
    assert_eq!((town.balance("aunt"), town.balance("mother")), (yuan(400), yuan(800)));
    audit(connection(&town.ledger));
    for (id, error) in [
        (settled.setl_id.as_str(), SettleError::Reversed),
        (back.setl_id.as_str(), SettleError::Reversed),
        ("K9", SettleError::NoSettlement),
    ] {
        assert_eq!(town.ledger.reverse(id, at), Err(error));
    }
    let care = town.ledger.care_statement(&no("aunt"), everything()).unwrap();
    assert!(care.rows[1].refund && care.sums.total.is_zero() && care.sums.cash.is_zero());
}

#[test]
fn amounts_that_cannot_be_are_refused_in_one_sentence() {
    let mut town = Town::new();
    town.done("father", bind("son", Child));
    let before = town.contents();
    let plain = policy(&[]);
    for (total, fund) in [(0, 0), (-5, 0), (5, -1), (5, 6)] {
        let error = town.ledger.settle(&plain, &visit("son", total, fund)).unwrap_err();
        assert_eq!(error, SettleError::Amounts);
        assert_eq!(error.to_string().lines().count(), 1);
    }
    let unknown = town.ledger.settle(&plain, &visit("nobody", 1, 0));
    assert_eq!(unknown, Err(SettleError::Ledger(LedgerError::UnknownPerson)));
    assert_eq!(town.contents(), before);
}
