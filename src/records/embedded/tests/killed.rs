//! A write that is cut off in its middle leaves nothing, and can be made afterwards.

use super::settle::{policy, visit};
use super::town::{Town, audit, bind, binding, no, yuan};
use super::*;
use crate::domain::family::Relation::{Child, Parent};
use crate::policy::schema::MoneyModel;
use crate::records::embedded::settle::SettleError;
use crate::records::port::{Action, Binding, OrderPlace};

/// Makes the ledger's own connection fail after the given kind of write; when it fails, the ledger
/// drops the connection, as the end of a process does, and opens the file anew.
fn cut(town: &Town, after: &str) {
    connection(&town.ledger)
        .execute_batch(&format!(
            "CREATE TEMP TRIGGER cut AFTER {after} BEGIN SELECT RAISE(ABORT, 'cut'); END"
        ))
        .unwrap();
}

/// Father, grandma, son and mother with everything that the actions below need.
fn town() -> Town {
    let mut town = Town::new();
    let quota =
        Binding { money: MoneyModel::Quota, amount: Some(yuan(100)), ..binding("grandma", Parent) };
    town.done("father", Action::Bind(Box::new(quota)));
    town.done("mother", bind("grandma", Parent));
    let agreement = crate::records::port::Agreement::Awaited;
    let invite = Binding { agreement, ..binding("baby", Child) };
    town.done("father", Action::Bind(Box::new(invite)));
    let pay = pay(&mut town, "mother", 2026);
    town.done("mother", pay);
    town
}

fn pay(town: &mut Town, payer: &str, year: i16) -> Action {
    let dues = town.ledger.premium_dues(&no(payer), &no("grandma")).unwrap();
    let due = dues.into_iter().find(|due| due.insured_year == year).unwrap();
    Action::PayPremium {
        due: due.serial,
        relative: no("grandma"),
        insured_year: year,
        amount: due.amount,
        retained: Money::ZERO,
    }
}

#[test]
fn a_write_that_is_cut_off_leaves_nothing_and_is_done_once_afterwards() {
    let mut points = 0;
    for after in [
        "INSERT ON main.operation",
        "INSERT ON main.movement",
        "INSERT ON main.authorisation",
        "UPDATE ON main.authorisation",
        "INSERT ON main.family_account",
        "INSERT ON main.own_place",
        "INSERT ON main.reserve",
        "UPDATE ON main.reserve",
        "INSERT ON main.premium",
        "UPDATE ON main.premium",
        "INSERT ON main.premium_payment",
    ] {
        for number in 0..10 {
            let mut town = town();
            let invitation = town.family("baby").invitations[0].serial;
            let payment = town.number("SELECT id FROM premium WHERE status = 1");
            let accounts = ["mother", "father"].map(|donor| OrderPlace::Donor(no(donor)));
            let accounts = accounts.into_iter().chain([OrderPlace::Own]).collect();
            let (person, action) = match number {
                0 => ("aunt", bind("son", Child)),
                1 => ("father", Action::Release { relative: no("grandma") }),
                2 => ("father", Action::Quota { relative: no("grandma"), amount: yuan(200) }),
                3 => ("father", Action::Transfer { amount: yuan(20) }),
                4 => ("grandma", Action::Order { accounts }),
                5 => ("mother", Action::CancelPremium { payment }),
                6 => ("mother", pay(&mut town, "mother", 2027)),
                7 => ("baby", Action::Accept { invitation }),
                8 => ("father", Action::Limit { relative: no("grandma"), annual: Some(yuan(5)) }),
                _ => ("aunt", Action::Open),
            };
            let before = town.contents();
            let operation = Operation { id: town.id(), request: Town::request(person, action) };
            cut(&town, after);
            match town.ledger.execute(&operation) {
                Err(LedgerError::Unavailable(_)) => points += 1,
                Ok(Outcome::Confirmed(_)) => continue,
                other => panic!("{after}, {operation:?}: {other:?}"),
            }
            // The connection is opened anew by the next question.
            assert!(town.ledger.family_account(&no("father"), TODAY).is_ok());
            assert_eq!(town.contents(), before, "{after}");
            let first = town.ledger.execute(&operation).unwrap();
            assert!(matches!(first, Outcome::Confirmed(_)), "{after}: {first:?}");
            let done = town.contents();
            assert_eq!(town.ledger.execute(&operation).unwrap(), first);
            assert_eq!(town.contents(), done);
            audit(connection(&town.ledger));
        }
    }
    assert!(points >= 30, "only {points} points");
}

#[test]
fn a_settlement_that_is_cut_off_leaves_nothing() {
    let plain = policy(&[]);
    for after in ["INSERT ON main.settlement", "INSERT ON main.movement", "UPDATE ON main.reserve"]
    {
        let mut town = town();
        let before = town.contents();
        cut(&town, after);
        let cut_off = town.ledger.settle(&plain, &visit("grandma", 300, 0));
        assert!(matches!(cut_off, Err(SettleError::Ledger(LedgerError::Unavailable(_)))));
        let settled = town.ledger.settle(&plain, &visit("grandma", 300, 0)).unwrap();
        assert_ne!(town.contents(), before);
        let paid = town.contents();
        cut(&town, after);
        let at = TODAY.at(18, 0, 0, 0);
        assert!(town.ledger.reverse(&settled.setl_id, at).is_err());
        assert!(town.ledger.family_account(&no("father"), TODAY).is_ok());
        assert_eq!(town.contents(), paid);
        town.ledger.reverse(&settled.setl_id, at).unwrap();
        audit(connection(&town.ledger));
    }
}
