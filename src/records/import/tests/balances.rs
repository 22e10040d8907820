//! Settlements and stated balances become an account that adds up.

use proptest::prelude::*;

use super::*;

#[test]
fn a_stated_balance_is_reached_in_any_order_of_files() {
    let answer =
        json!({"infcode": 0, "refmsg_time": "20260630120000", "output": person(json!(500))});
    // 100 own, of it 30 shared; 20 later than the statement.
    let visits = json!([
        settlement("S1", "2026-03-01", 200, 100, 100, 30),
        settlement("S2", "2026-08-01", 50, 30, 20, 0)
    ]);
    for order in [[&answer, &visits], [&visits, &answer]] {
        let mut case = Case::new();
        for document in order {
            assert_eq!(case.import(document).refused, Vec::<String>::new());
        }
        let statement = case.statement();
        let amounts: Vec<Money> = statement.rows.iter().map(|row| row.amount).collect();
        assert_eq!(amounts, [yuan(570), yuan(-70), yuan(-20)]);
        assert_eq!(case.balance(), yuan(480));
        assert_eq!(statement.rows[1].settlement.as_ref().unwrap().mutual_aid, yuan(30));
        assert!(statement.rows.iter().all(|row| row.relative.is_none()));
    }
}

#[test]
fn gaps_are_closed_by_visible_adjustments() {
    let mut case = Case::new();
    // A refund lifts the account over the balance stated; a later visit costs more than is left.
    let report = case.import(&json!([
        settlement("S1", "2026-03-01", -90, 0, -90, 0),
        {"infcode": 0, "refmsg_time": "20260630120000", "output": person(json!(10))},
        settlement("S2", "2026-08-01", 50, 0, 50, 0)
    ]));
    assert_eq!(report.refused, Vec::<String>::new());
    let statement = case.statement();
    let rows: Vec<_> = statement.rows.iter().map(|row| (row.kind, row.amount)).collect();
    use MovementKind::{Adjustment, OwnCare, Refund};
    let expected =
        [(Refund, yuan(90)), (Adjustment, yuan(-80)), (Adjustment, yuan(40)), (OwnCare, yuan(-50))];
    assert_eq!(rows, expected);
    assert_eq!(statement.closing, Money::ZERO);
}

#[test]
fn without_a_stated_balance_the_report_says_so() {
    let mut case = Case::new();
    let report = case.import(&settlement("S1", "2026-03-01", 50, 20, 10, 0));
    assert!(report.warnings.iter().any(|w| w.contains("no balance is stated")), "{report}");
    assert_eq!(case.balance(), Money::ZERO);
    let mut later = settlement("S2", "2026-03-02", 50, 20, 10, 0);
    later["balc"] = json!("77.5");
    let report = case.import(&later);
    assert_eq!(report.warnings, Vec::<String>::new());
    assert_eq!(case.balance(), Money::from_fen(7750));
}

#[test]
fn a_ledger_keeps_its_own_accounts() {
    let mut case = Case::new();
    let options = crate::records::generate::GenerateOptions {
        persons: 3,
        years: 1,
        seed: 1,
        today: date(2026, 11, 22),
    };
    crate::records::generate::generate(&options, &case.db(), &mut |_, _| {}).unwrap();
    let card = crate::records::generate::showcase(&case.db()).unwrap();
    let known = |mut row: Value, pointer: &str| {
        let fields = row.pointer_mut(pointer).unwrap();
        fields["psn_no"] = json!("31000000000000000001");
        fields["certno"] = json!(card.id_number.reveal());
        fields["gend"] = json!(1);
        row
    };
    let before = case.count("SELECT sum(balance_after_fen) FROM movement");
    let row = known(settlement("S1", "2026-03-01", 50, 20, 10, 0), "");
    assert!(case.import(&row).refused[0].contains("acct_pay: would move"));
    let report = case.import(&known(person(json!(7)), "/baseinfo"));
    assert!(report.warnings.iter().any(|w| w.contains("balc was left out")), "{report}");
    assert_eq!(case.count("SELECT sum(balance_after_fen) FROM movement"), before);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn any_settlements_keep_the_account_sound(
        rows in prop::collection::vec((0i64..300, -200i64..200, 0i64..100), 1..12),
        stated in prop::option::of((0i64..300, 0i64..500)),
    ) {
        let mut case = Case::new();
        let day = |n: i64| {
            use jiff::ToSpan;
            date(2026, 1, 1).checked_add(n.days()).unwrap().to_string()
        };
        let mut document: Vec<Value> = rows.iter().enumerate().map(|(index, (at, paid, shared))| {
            let shared = paid.signum() * shared.min(&paid.abs());
            settlement(&format!("S{index}"), &day(*at), *paid, 0, *paid, shared)
        }).collect();
        let later: i64 = rows.iter().filter(|(at, ..)| stated.is_some_and(|(on, _)| *at >= on))
            .map(|(_, paid, shared)| paid - paid.signum() * shared.min(&paid.abs())).sum();
        if let Some((at, balance)) = stated {
            document.push(json!({"infcode": 0, "refmsg_time": format!("{} 00:00:00", day(at)),
                "output": person(json!(balance))}));
        }
        let report = case.import(&Value::Array(document));
        prop_assert!(report.refused.is_empty(), "{}", report);
        let statement = case.statement();
        let sum: Money = statement.rows.iter().map(|row| row.amount).sum();
        prop_assert_eq!(statement.opening + sum, statement.closing);
        prop_assert!(statement.rows.iter().all(|row| !row.balance_after.is_negative()));
        if let Some((_, balance)) = stated {
            prop_assert!(statement.closing >= yuan(balance - later));
        }
        let own = |kind| move |row: &&crate::domain::account::Movement| row.kind == kind;
        let adjusted: Money = statement.rows.iter().filter(own(MovementKind::Adjustment))
            .map(|row| row.amount).sum();
        let moved: i64 = rows.iter().map(|(_, p, s)| p - p.signum() * s.min(&p.abs())).sum();
        prop_assert_eq!(statement.closing - adjusted, yuan(-moved));
    }
}
