//! Every operation: done, refused, done twice.

use super::town::{PASSWORD, Town, bind, binding, no, yuan};
use super::*;
use crate::domain::family::Relation::{Child, Parent, Sibling, Spouse};
use crate::domain::person::{PasswordToken, QueryPassword};
use crate::policy::schema::MoneyModel;
use crate::records::port::{
    AcceptedDocument, Action, Agreement, AuthorisationState, Binding, ConsentRecord, DueState,
    MemberState, OrderPlace, ProvenFactor, WriteRefusal,
};
use WriteRefusal::*;

const PAGE: PageRequest = PageRequest { index: 0, size: 20 };

fn order(accounts: &[&str]) -> Action {
    let place = |name: &&str| match *name {
        "own" => OrderPlace::Own,
        donor => OrderPlace::Donor(no(donor)),
    };
    Action::Order { accounts: accounts.iter().map(place).collect() }
}

fn release(relative: &str) -> Action {
    Action::Release { relative: no(relative) }
}

fn invite(relative: &str) -> Action {
    let relation = Parent;
    let agreement = Agreement::Awaited;
    Action::Bind(Box::new(Binding { agreement, ..binding(relative, relation) }))
}

fn set_aside(relative: &str, money: MoneyModel, amount: i64) -> Action {
    let amount = Some(yuan(amount));
    Action::Bind(Box::new(Binding { money, amount, ..binding(relative, Parent) }))
}

fn pay(due: i64, relative: &str, year: i16, amount: i64, retained: i64) -> Action {
    Action::PayPremium {
        due,
        relative: no(relative),
        insured_year: year,
        amount: yuan(amount),
        retained: yuan(retained),
    }
}

/// The number of somebody's record for a year.
fn due(town: &mut Town, relative: &str, year: i16) -> i64 {
    let dues = town.ledger.premium_dues(&no("father"), &no(relative)).unwrap();
    dues.iter().find(|due| due.insured_year == year).unwrap().serial
}

#[test]
fn an_account_is_opened_once() {
    let mut town = Town::new();
    assert_eq!(town.family("father").opened_on, None);
    let receipt = town.done("father", Action::Open);
    assert_eq!(receipt.acceptance_no, "2026112200000001");
    assert_eq!((receipt.balance_after, receipt.pending), (None, false));
    assert_eq!(town.family("father").opened_on, Some(TODAY));
    town.refused("father", Action::Open, AlreadyOpen);
    for person in ["grandma", "paused", "young", "nobody"] {
        town.refused(person, Action::Open, NotInsured);
    }
}

#[test]
fn a_relative_is_bound_once_and_gets_the_first_free_place() {
    let mut town = Town::new();
    let receipt = town.done("father", bind("grandma", Parent));
    assert_eq!(receipt.acceptance_no.len(), 16);
    let family = town.family("father");
    assert_eq!(family.opened_on, Some(TODAY), "binding opens the account");
    let member = &family.members[0];
    assert_eq!((member.state, member.slot), (MemberState::Active, 1));
    assert_eq!(member.who.psn_no, no("grandma"));
    town.refused("father", bind("grandma", Parent), AlreadyBound);
    town.refused("father", bind("father", Sibling), NotOffered);
    town.refused("grandma", bind("son", Child), NotInsured);
    town.refused("father", bind("paused", Sibling), NotInsured);
    town.refused("father", bind("nobody", Sibling), NotInsured);
    let long_ago = Binding { until: Some(date(2026, 1, 1)), ..binding("son", Child) };
    town.refused("father", Action::Bind(Box::new(long_ago)), NotOffered);
    let nothing = Binding { annual_limit: Some(Money::ZERO), ..binding("son", Child) };
    town.refused("father", Action::Bind(Box::new(nothing)), LimitTooSmall);

    town.done("mother", bind("grandma", Parent));
    let two = Binding { slots: 2, ..binding("grandma", Parent) };
    town.refused("aunt", Action::Bind(Box::new(two)), NoSlotLeft);
    town.done("aunt", bind("grandma", Parent));
    let slots = |town: &mut Town| {
        let donors = town.family("grandma").donors;
        donors.iter().map(|d| (d.who.psn_no.reveal().to_owned(), d.slot)).collect::<Vec<_>>()
    };
    let taken = [("father", 1), ("mother", 2), ("aunt", 3)].map(|(n, s)| (n.to_owned(), s));
    assert_eq!(slots(&mut town), taken);
    town.done("mother", release("grandma"));
    town.done("mother", bind("grandma", Parent));
    assert_eq!(slots(&mut town), taken, "the place that became free");
}

#[test]
fn an_authorisation_lasts_from_its_first_to_its_last_day() {
    let mut town = Town::new();
    let (since, until) = (date(2026, 12, 1), Some(date(2026, 12, 31)));
    let later = Binding { since, until, ..binding("grandma", Parent) };
    town.done("father", Action::Bind(Box::new(later)));
    assert_eq!(town.family("father").members[0].state, MemberState::NotYet);
    let due = due(&mut town, "grandma", 2027);
    town.refused("father", pay(due, "grandma", 2027, 400, 0), NotBound);
    let new_year = date(2027, 1, 1);
    let after = town.ledger.family_account(&no("father"), new_year).unwrap();
    assert!(after.members.is_empty());
    // The pair is free again from the day after.
    assert!(matches!(
        town.run_on(new_year, "father", bind("grandma", Parent)),
        Outcome::Confirmed(_)
    ));
    let all = town.ledger.authorisations(&no("father"), new_year, PAGE).unwrap();
    let states: Vec<_> = all.rows.iter().map(|row| row.state).collect();
    assert_eq!(states, [AuthorisationState::Active, AuthorisationState::Ended]);
}

#[test]
fn an_invitation_waits_and_is_answered_once() {
    let mut town = Town::new();
    assert!(town.done("father", invite("grandma")).pending);
    town.refused("father", invite("grandma"), AlreadyBound);
    assert_eq!(town.family("father").members[0].state, MemberState::Invited);
    assert!(town.family("grandma").donors.is_empty());
    let invitation = town.family("grandma").invitations[0].serial;
    town.refused("son", Action::Accept { invitation }, InvitationGone);
    town.refused("grandma", Action::Accept { invitation: invitation + 1 }, InvitationGone);
    assert!(!town.done("grandma", Action::Accept { invitation }).pending);
    town.refused("grandma", Action::Accept { invitation }, InvitationGone);
    town.refused("grandma", Action::Decline { invitation }, InvitationGone);
    assert_eq!(town.family("grandma").donors[0].slot, 1);

    town.done("mother", invite("grandma"));
    let invitation = town.family("grandma").invitations[0].serial;
    town.done("grandma", Action::Decline { invitation });
    town.refused("grandma", Action::Accept { invitation }, InvitationGone);
    town.done("mother", invite("grandma"));
    let invitation = town.family("grandma").invitations[0].serial;
    town.done("mother", release("grandma"));
    town.refused("grandma", Action::Accept { invitation }, InvitationGone);
    let page = town.ledger.authorisations(&no("mother"), TODAY, PAGE).unwrap();
    let states: Vec<_> = page.rows.iter().map(|row| row.state).collect();
    assert_eq!(states, [AuthorisationState::Released(TODAY), AuthorisationState::Declined]);
}

#[test]
fn an_invitation_needs_a_place_and_an_insured_donor_when_it_is_accepted() {
    let mut town = Town::new();
    for donor in ["father", "mother"] {
        let one = Binding { slots: 1, agreement: Agreement::Awaited, ..binding("son", Child) };
        town.done(donor, Action::Bind(Box::new(one)));
    }
    let invitations = town.family("son").invitations;
    town.done("son", Action::Accept { invitation: invitations[0].serial });
    town.refused("son", Action::Accept { invitation: invitations[1].serial }, NoSlotLeft);
    town.done("father", release("son"));
    let db = rusqlite::Connection::open(&town.path).unwrap();
    db.execute("UPDATE insurance SET psn_insu_stas = '2' WHERE person = 2", []).unwrap();
    town.refused("son", Action::Accept { invitation: invitations[1].serial }, NotInsured);
}

#[test]
fn what_is_released_can_no_longer_be_used() {
    let mut town = Town::new();
    town.refused("father", release("grandma"), NotBound);
    town.refused("father", release("nobody"), NotBound);
    town.done("father", bind("grandma", Parent));
    assert_eq!(town.done("father", release("grandma")).balance_after, None);
    town.refused("father", release("grandma"), NotBound);
    let overview = town.ledger.overview(&no("father"), TODAY).unwrap();
    assert!(overview.used_by.is_empty() && town.family("father").members.is_empty());
}

#[test]
fn an_order_names_every_account_once() {
    let mut town = Town::new();
    for donor in ["father", "mother"] {
        town.done(donor, bind("aunt", Sibling));
    }
    for wrong in [
        &["father"][..],
        &["father", "father"],
        &["mother", "father", "son"],
        &["own", "father", "mother", "own"],
        &["nobody", "father"],
        &[],
        &["own"; 300],
    ] {
        town.refused("aunt", order(wrong), OrderIncomplete);
    }
    for (accounts, own) in [
        (&["mother", "father"][..], None),
        (&["mother", "own", "father"], Some(2)),
        (&["father", "mother", "own"], Some(3)),
        (&["father", "mother"], None),
    ] {
        town.done("aunt", order(accounts));
        let family = town.family("aunt");
        let mut found: Vec<_> =
            family.donors.iter().map(|d| (d.slot, d.who.psn_no.reveal())).collect();
        found.extend(family.own_slot.map(|slot| (slot, "own")));
        found.sort_unstable();
        let expected: Vec<_> = (1u8..).zip(accounts.iter().copied()).collect();
        assert_eq!((found, family.own_slot), (expected, own));
    }
    // One's own place is kept free by those who come later.
    town.done("aunt", order(&["own", "father", "mother"]));
    town.done("father", release("aunt"));
    town.done("father", bind("aunt", Sibling));
    assert_eq!(town.family("aunt").donors[0].slot, 2);
}

#[test]
fn a_limit_holds_for_premiums_too() {
    let mut town = Town::new();
    let limit = |annual| Action::Limit { relative: no("grandma"), annual };
    town.refused("father", limit(Some(yuan(500))), NotBound);
    town.done("father", bind("grandma", Parent));
    town.refused("father", limit(Some(Money::ZERO)), LimitTooSmall);
    town.done("father", limit(Some(yuan(399))));
    assert_eq!(town.family("father").members[0].who.annual_limit, Some(yuan(399)));
    let due = due(&mut town, "grandma", 2027);
    town.refused("father", pay(due, "grandma", 2027, 400, 0), LimitTooSmall);
    town.done("father", limit(Some(yuan(400))));
    town.done("father", pay(due, "grandma", 2027, 400, 0));
    assert_eq!(town.family("father").members[0].used_this_year, yuan(400));
    assert_eq!(town.family("grandma").donors[0].used_this_year, yuan(400));
    town.done("father", limit(None));
    assert_eq!(town.family("father").members[0].who.annual_limit, None);
}

#[test]
fn a_common_account_is_filled_and_returns_when_nobody_is_left() {
    let mut town = Town::new();
    town.refused("father", Action::Transfer { amount: yuan(1) }, NotOffered);
    assert_eq!(town.family("father").pool, None);
    let receipt = town.done("father", set_aside("grandma", MoneyModel::Pool, 500));
    assert_eq!(receipt.balance_after, Some(yuan(2500)));
    town.done("father", set_aside("son", MoneyModel::Pool, 0));
    for (amount, reason) in [(2501, BalanceTooSmall), (0, NotOffered), (-1, NotOffered)] {
        town.refused("father", Action::Transfer { amount: yuan(amount) }, reason);
    }
    let receipt = town.done("father", Action::Transfer { amount: yuan(100) });
    assert_eq!(receipt.balance_after, Some(yuan(2400)));
    assert_eq!(town.family("father").pool, Some(yuan(600)));
    assert_eq!(town.done("father", release("grandma")).balance_after, None);
    assert_eq!(town.done("father", release("son")).balance_after, Some(yuan(3000)));
    assert_eq!(town.family("father").pool, Some(Money::ZERO));
    let kinds = town.ledger.account(&no("father"), everything(), PAGE).unwrap().page.rows;
    assert!(kinds[..3].iter().all(|row| row.kind == MovementKind::Transfer));
}

#[test]
fn a_quota_is_locked_changed_and_returned() {
    let mut town = Town::new();
    town.refused("father", set_aside("grandma", MoneyModel::Quota, 3001), BalanceTooSmall);
    let quota = |amount| Action::Quota { relative: no("grandma"), amount: yuan(amount) };
    town.refused("father", quota(5), NotBound);
    town.done("father", set_aside("grandma", MoneyModel::Quota, 500));
    town.done("father", bind("son", Child));
    let other = Action::Quota { relative: no("son"), amount: yuan(5) };
    town.refused("father", other, NotOffered);
    for (amount, left) in [(800, 2200), (300, 2700), (0, 3000), (3000, 0)] {
        assert_eq!(town.done("father", quota(amount)).balance_after, Some(yuan(left)));
        assert_eq!(town.family("father").members[0].quota, Some(yuan(amount)));
    }
    assert_eq!(town.done("father", quota(3000)).balance_after, None, "nothing moved");
    town.refused("father", quota(3001), BalanceTooSmall);
    town.refused("father", quota(-1), NotOffered);
    assert_eq!(town.done("father", release("grandma")).balance_after, Some(yuan(3000)));
    // An invitation that is declined gives it back too, and tells the answering person nothing.
    let mut invitation = binding("grandma", Parent);
    (invitation.agreement, invitation.money) = (Agreement::Awaited, MoneyModel::Quota);
    invitation.amount = Some(yuan(70));
    town.done("father", Action::Bind(Box::new(invitation)));
    assert_eq!(town.balance("father"), yuan(2930));
    let invitation = town.family("grandma").invitations[0].serial;
    assert_eq!(town.done("grandma", Action::Decline { invitation }).balance_after, None);
    assert_eq!(town.balance("father"), yuan(3000));
}

#[test]
fn a_premium_is_paid_once_by_whoever_is_first() {
    let mut town = Town::new();
    let number = due(&mut town, "grandma", 2027);
    town.refused("father", pay(number, "grandma", 2027, 400, 0), NotBound);
    for donor in ["father", "mother"] {
        town.done(donor, bind("grandma", Parent));
    }
    town.done("father", bind("aunt", Sibling));
    let sons = due(&mut town, "son", 2027);
    for (action, reason) in [
        (pay(999, "grandma", 2027, 400, 0), DueChanged),
        (pay(sons, "grandma", 2027, 400, 0), DueChanged),
        (pay(number, "grandma", 2026, 400, 0), DueChanged),
        (pay(number, "grandma", 2027, 401, 0), DueChanged),
        (pay(number, "grandma", 2027, 400, 2601), BalanceTooSmall),
        (pay(number, "aunt", 2027, 400, 0), NotInsured),
        (pay(number, "nobody", 2027, 400, 0), NotBound),
    ] {
        town.refused("father", action, reason);
    }
    let receipt = town.done("father", pay(number, "grandma", 2027, 400, 2600));
    assert_eq!((receipt.balance_after, receipt.pending), (Some(yuan(2600)), true));
    town.refused("mother", pay(number, "grandma", 2027, 400, 0), AlreadyPaid);
    town.refused("father", pay(number, "grandma", 2027, 400, 0), AlreadyPaid);
    let state = |town: &mut Town, payer: &str| {
        let dues = town.ledger.premium_dues(&no(payer), &no("grandma")).unwrap();
        assert!(dues.is_sorted_by(|a, b| a.insured_year > b.insured_year));
        dues.into_iter().find(|due| due.serial == number).unwrap().state
    };
    let DueState::Pending { own_payment: Some(payment) } = state(&mut town, "father") else {
        panic!("not pending");
    };
    assert_eq!(state(&mut town, "mother"), DueState::Pending { own_payment: None });
    let cancel = Action::CancelPremium { payment };
    town.refused("mother", cancel.clone(), NotPending);
    assert_eq!(town.done("father", cancel.clone()).balance_after, Some(yuan(3000)));
    town.refused("father", cancel, NotPending);
    assert_eq!(state(&mut town, "father"), DueState::Unpaid);
    // Now the other one pays; after a while it has arrived.
    town.done("mother", pay(number, "grandma", 2027, 400, 0));
    let DueState::Pending { own_payment: Some(payment) } = state(&mut town, "mother") else {
        panic!("not pending");
    };
    let late = town.run_on(date(2026, 12, 7), "mother", Action::CancelPremium { payment });
    assert_eq!(late, Outcome::Refused(NotPending));
    assert_eq!(state(&mut town, "mother"), DueState::Arrived);
}

#[test]
fn an_id_is_done_once_whatever_is_asked_under_it() {
    let mut town = Town::new();
    town.done("father", bind("grandma", Parent));
    let number = due(&mut town, "grandma", 2027);
    let id = town.id();
    let request = Town::request("father", pay(number, "grandma", 2027, 400, 0));
    let operation = Operation { id, request };
    let first = town.ledger.execute(&operation).unwrap();
    let before = town.contents();
    assert_eq!(town.ledger.execute(&operation).unwrap(), first);
    let other = Operation { id, request: Town::request("mother", Action::Open) };
    assert_eq!(town.ledger.execute(&other).unwrap(), first);
    assert_eq!(town.ledger.reconcile(id).unwrap(), first);
    // A refusal stays one, even where the same would be allowed now.
    let id = town.id();
    let again = Operation { id, request: Town::request("father", bind("grandma", Parent)) };
    assert_eq!(town.ledger.execute(&again).unwrap(), Outcome::Refused(AlreadyBound));
    assert_eq!(town.contents(), before);
    town.done("father", release("grandma"));
    assert_eq!(town.ledger.execute(&again).unwrap(), Outcome::Refused(AlreadyBound));
    assert_eq!(town.ledger.reconcile(id).unwrap(), Outcome::Refused(AlreadyBound));
    // What never arrived is closed for ever.
    let id = town.id();
    let late = Operation { id, request: Town::request("mother", Action::Open) };
    assert_eq!(town.ledger.reconcile(id).unwrap(), Outcome::Refused(Voided));
    assert_eq!(town.ledger.execute(&late).unwrap(), Outcome::Refused(Voided));
    assert_eq!(town.ledger.reconcile(id).unwrap(), Outcome::Refused(Voided));
    assert_eq!(town.family("mother").opened_on, None);
}

#[test]
fn numbers_are_counted_by_the_day() {
    let mut town = Town::new();
    let first = town.done("father", bind("grandma", Parent)).acceptance_no;
    town.refused("father", bind("grandma", Parent), AlreadyBound);
    let second = town.done("father", bind("son", Child)).acceptance_no;
    assert_eq!((&*first, &*second), ("2026112200000001", "2026112200000002"));
    let outcome = town.run_on(date(2026, 11, 23), "mother", bind("son", Child));
    let Outcome::Confirmed(receipt) = outcome else { panic!() };
    assert_eq!(receipt.acceptance_no, "2026112300000001");
    let page = town.ledger.authorisations(&no("father"), TODAY, PAGE).unwrap();
    assert_eq!(page.rows[0].acceptance_no.as_deref(), Some("2026112200000002"));
}

#[test]
fn what_was_accepted_is_kept_with_what_was_done() {
    let mut town = Town::new();
    let accepted_at = TODAY.at(9, 59, 0, 0);
    let document = AcceptedDocument {
        title: "承诺书".into(),
        version: "3".into(),
        digest: "sha256:00".into(),
        accepted_at,
    };
    let consent = ConsentRecord { documents: vec![document], signature: Some([7; 32]) };
    let mut request = Town::request("father", bind("grandma", Parent));
    request.consent = Some(consent.clone());
    let id = town.id();
    town.ledger.execute(&Operation { id, request: request.clone() }).unwrap();
    let count = "SELECT count(*) FROM consent JOIN operation ON id = operation
        WHERE version = '3' AND length(signature) = 32";
    assert_eq!(town.number(count), 1);
    let id = town.id();
    town.ledger.execute(&Operation { id, request }).unwrap();
    assert_eq!(town.number("SELECT count(*) FROM consent"), 1, "a refused one keeps none");
}

#[test]
fn a_password_is_tried_five_times() {
    let mut town = Town::new();
    let mut check = |person: &str, text: &str| {
        town.ledger.check_password(&no(person), &QueryPassword::new(text))
    };
    assert_eq!(check("aunt", PASSWORD), Ok(PasswordAnswer::NotSet));
    assert_eq!(check("nobody", PASSWORD), Err(LedgerError::UnknownPerson));
    for tries_left in [4, 3] {
        assert_eq!(check("father", "000000"), Ok(PasswordAnswer::Wrong { tries_left }));
    }
    assert!(matches!(check("father", PASSWORD), Ok(PasswordAnswer::Right(_))));
    for tries_left in [4, 3, 2, 1] {
        assert_eq!(check("father", ""), Ok(PasswordAnswer::Wrong { tries_left }));
    }
    for text in ["000000", PASSWORD] {
        assert_eq!(check("father", text), Ok(PasswordAnswer::Locked));
    }
    assert!(matches!(check("mother", PASSWORD), Ok(PasswordAnswer::Right(_))));
    for name in ["town.db", "town.db-wal"] {
        let bytes = std::fs::read(town.path.with_file_name(name)).unwrap_or_default();
        assert!(!bytes.windows(6).any(|window| window == PASSWORD.as_bytes()), "{name}");
    }
}

#[test]
fn a_token_is_good_for_one_write_of_its_person_for_a_while() {
    let mut town = Town::new();
    let open = |town: &mut Town, person: &str, token: &PasswordToken| {
        let mut request = Town::request(person, Action::Open);
        request.factor = ProvenFactor::QueryPassword(token.clone());
        let id = town.id();
        town.ledger.execute(&Operation { id, request }).unwrap()
    };
    let fathers = town.token("father");
    assert_eq!(open(&mut town, "mother", &fathers), Outcome::Refused(FactorRejected));
    assert!(matches!(open(&mut town, "father", &fathers), Outcome::Confirmed(_)));
    assert_eq!(open(&mut town, "father", &fathers), Outcome::Refused(FactorRejected));
    let made_up = PasswordToken::new("00");
    assert_eq!(open(&mut town, "mother", &made_up), Outcome::Refused(FactorRejected));
    let old = town.token("mother");
    let db = rusqlite::Connection::open(&town.path).unwrap();
    let age = |seconds: i64| format!("UPDATE password_token SET made_at = made_at - {seconds}");
    db.execute(&age(TOKEN_VALID.as_secs() as i64 + 5), []).unwrap();
    assert_eq!(open(&mut town, "mother", &old), Outcome::Refused(FactorRejected));
    let fresh = town.token("mother");
    db.execute(&age(TOKEN_VALID.as_secs() as i64 - 5), []).unwrap();
    assert!(matches!(open(&mut town, "mother", &fresh), Outcome::Confirmed(_)));
    // A token is used up by a refusal too.
    let spent = town.token("mother");
    assert_eq!(open(&mut town, "mother", &spent), Outcome::Refused(AlreadyOpen));
    assert_eq!(open(&mut town, "mother", &spent), Outcome::Refused(FactorRejected));
}

#[test]
fn a_candidate_is_told_with_what_is_asked_of_them() {
    let mut town = Town::new();
    for donor in ["mother", "aunt"] {
        town.done(donor, bind("father", Spouse));
    }
    let card = Credential::Card { number: CardNo::new("C0"), id_number: None };
    let found = town.ledger.candidate(&no("mother"), &card).unwrap();
    assert_eq!(found.insured.psn_no, no("father"));
    assert_eq!(found.birth, Some(date(1970, 6, 1)));
    assert_eq!(found.employer.as_deref(), Some("工厂"));
    assert_eq!(found.card, Some(CardNo::new("C0")));
    assert_eq!(found.other_donors, 1, "oneself is no other");
    let unknown = Credential::Card { number: CardNo::new("C9"), id_number: None };
    assert_eq!(town.ledger.candidate(&no("mother"), &unknown), Err(LedgerError::UnknownPerson));
}

#[test]
fn a_clock_that_is_behind_does_not_stop_an_account() {
    let mut town = Town::new();
    town.done("father", set_aside("grandma", MoneyModel::Quota, 10));
    let yesterday = date(2026, 11, 21);
    let quota = Action::Quota { relative: no("grandma"), amount: yuan(20) };
    assert!(matches!(town.run_on(yesterday, "father", quota), Outcome::Confirmed(_)));
    let rows = town.ledger.account(&no("father"), everything(), PAGE).unwrap().page.rows;
    assert_eq!(rows[0].date, TODAY);
}
