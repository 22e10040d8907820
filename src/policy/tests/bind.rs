//! Who may be bound: the rules that hold everywhere, and those of each region.

use std::collections::BTreeSet;
use std::slice::from_ref;

use jiff::civil::{Date, date};

use crate::domain::family::Relation;
use crate::domain::insurance::{InsuranceStatus, InsuranceType};
use crate::domain::person::Insured;
use crate::policy::rules::{BindDecision, BindRequest, ConsentNeed, Party, Refusal, bind, share};
use crate::policy::schema::{Area, MoneyModel};
use crate::policy::{Packs, PolicyFile, words};

use super::people::{bound, decide, pack_text, person, policy, policy_with, refused, stated};

use InsuranceStatus::{Ended, NotInsured, Suspended};
use InsuranceType::{Employee, LongTermCare, Resident, RetiredCadre};
use Relation::{Child, Grandchild, MaternalGrandparent, Parent, ParentInLaw, Sibling, Spouse};

const TODAY: Date = date(2025, 11, 20);
const NEW_YEAR: Date = date(2026, 11, 20);

fn donor(place: &str) -> Insured {
    person(1, date(1960, 5, 1), Employee, place)
}

fn relative(place: &str) -> Insured {
    person(2, date(1958, 5, 1), Resident, place)
}

/// Region, day, donor's place, relative's place, relation; what the relative has to do and where the
/// money is, or the first reason.
type Row = (
    &'static str,
    Date,
    &'static str,
    &'static str,
    Relation,
    Result<(ConsentNeed, MoneyModel), Refusal>,
);

#[test]
fn each_region_binds_and_refuses() {
    let agree = Ok((ConsentNeed::Agree, MoneyModel::Authorize));
    let locked = Ok((ConsentNeed::Agree, MoneyModel::Quota));
    let invited = Ok((ConsentNeed::AcceptInvitation, MoneyModel::Pool));
    let near = || vec![Spouse, Parent, Child];
    let not_kin = |asked| Err(Refusal::Relation { asked, allowed: near() });
    let nearest = Relation::ALL.iter().copied().filter(|r| *r != ParentInLaw).collect();
    let in_law = Err(Refusal::Relation { asked: ParentInLaw, allowed: nearest });
    let table: Vec<Row> = vec![
        ("national", TODAY, "330100", "330100", Spouse, agree.clone()),
        ("national", TODAY, "330100", "330200", Spouse, Err(Refusal::TooFar(Area::City))),
        ("national", NEW_YEAR, "330100", "430100", Spouse, locked.clone()),
        // A place that cannot be read may be in another province.
        ("national", NEW_YEAR, "330100", "医保", Spouse, locked.clone()),
        ("shanghai", TODAY, "310115", "310000", Parent, agree.clone()),
        ("shanghai", TODAY, "310115", "320500", Parent, Err(Refusal::TooFar(Area::City))),
        ("shanghai", NEW_YEAR, "310115", "320500", Parent, locked),
        ("beijing", TODAY, "110105", "110108", Child, agree.clone()),
        ("beijing", date(2022, 12, 1), "110105", "110108", Child, agree.clone()),
        ("beijing", date(2022, 11, 30), "110105", "110108", Child, not_launched(2022, 12, 1)),
        ("guangdong", TODAY, "440100", "440100", Child, agree.clone()),
        ("guangdong", TODAY, "440100", "440100", Sibling, not_kin(Sibling)),
        ("jiangsu", TODAY, "320500", "320500", Parent, agree.clone()),
        ("jiangsu", TODAY, "320500", "320100", Parent, Err(Refusal::TooFar(Area::City))),
        ("fujian", TODAY, "350500", "350500", Spouse, invited),
        ("fujian", date(2020, 6, 30), "350500", "350500", Spouse, not_launched(2020, 7, 1)),
        ("hainan", TODAY, "460100", "460100", Spouse, agree.clone()),
        ("hainan", TODAY, "460100", "460100", Grandchild, not_kin(Grandchild)),
        ("jiangxi", TODAY, "360100", "360100", Child, agree.clone()),
        ("jiangxi", TODAY, "360100", "360700", Child, Err(Refusal::TooFar(Area::City))),
        ("shanxi", TODAY, "140100", "140100", Parent, agree.clone()),
        ("shanxi", TODAY, "140100", "140100", ParentInLaw, not_kin(ParentInLaw)),
        ("shaanxi", TODAY, "610100", "610100", Parent, agree.clone()),
        ("shaanxi", TODAY, "610100", "610400", Parent, Err(Refusal::TooFar(Area::City))),
        ("urumqi", TODAY, "650100", "652300", Sibling, agree.clone()),
        ("urumqi", TODAY, "650100", "652300", MaternalGrandparent, agree.clone()),
        ("urumqi", TODAY, "650100", "650100", ParentInLaw, in_law),
        ("urumqi", NEW_YEAR, "650100", "610100", Sibling, Err(Refusal::TooFar(Area::Province))),
        ("shandong", TODAY, "370100", "370100", Spouse, agree.clone()),
        ("shandong", TODAY, "370100", "医保", Spouse, Err(Refusal::PlaceUnknown(Area::City))),
        ("hunan", TODAY, "430100", "430100", Child, agree.clone()),
        ("hunan", TODAY, "430100", "430100", Sibling, not_kin(Sibling)),
        ("tianjin", TODAY, "120101", "120102", Spouse, agree.clone()),
        ("tianjin", date(2022, 6, 30), "120101", "120102", Spouse, not_launched(2022, 7, 1)),
        ("inner-mongolia", TODAY, "150100", "150100", Parent, agree),
        ("inner-mongolia", TODAY, "150100", "150200", Parent, Err(Refusal::TooFar(Area::City))),
    ];
    let with = |permitted: bool| -> BTreeSet<&str> {
        table.iter().filter(|row| row.5.is_ok() == permitted).map(|row| row.0).collect()
    };
    assert_eq!((with(true).len(), with(false).len()), (15, 15), "a region lacks a case");
    for (region, on, mine, theirs, relation, expected) in table {
        let policy = policy(region, on);
        let found = match decide(&policy, &donor(mine), &relative(theirs), relation, on) {
            BindDecision::Permitted(terms) => Ok((terms.consent, terms.money)),
            BindDecision::Refused(mut reasons) => {
                assert_eq!(reasons.len(), 1, "{region}: {reasons:?}");
                Err(reasons.remove(0))
            }
        };
        assert_eq!(found, expected, "{region} {on} {mine} {theirs} {relation:?}");
    }
}

fn not_launched<T>(year: i16, month: i8, day: i8) -> Result<T, Refusal> {
    Err(Refusal::NotLaunched { from: date(year, month, day) })
}

#[test]
fn what_holds_everywhere_is_refused_everywhere() {
    let policy = policy("urumqi", TODAY);
    let refusal =
        |donor: &Insured, other: &Insured| refused(decide(&policy, donor, other, Sibling, TODAY));
    let (mine, theirs) = (donor("650100"), relative("650100"));
    let with = |base: &Insured, change: fn(&mut Insured)| {
        let mut changed = base.clone();
        change(&mut changed);
        changed
    };
    let table: [(Insured, Insured, Refusal); 9] = [
        (
            with(&mine, |p| p.insurance = Resident),
            theirs.clone(),
            Refusal::DonorInsurance(Resident),
        ),
        (
            with(&mine, |p| p.insurance = RetiredCadre),
            theirs.clone(),
            Refusal::DonorInsurance(RetiredCadre),
        ),
        (with(&mine, |p| p.status = Suspended), theirs.clone(), Refusal::DonorStatus(Suspended)),
        (with(&mine, |p| p.status = NotInsured), theirs.clone(), Refusal::DonorStatus(NotInsured)),
        (person(3, date(2007, 11, 21), Employee, "650100"), theirs.clone(), Refusal::DonorMinor),
        (
            mine.clone(),
            with(&theirs, |p| p.insurance = LongTermCare),
            Refusal::BeneficiaryInsurance(LongTermCare),
        ),
        (
            mine.clone(),
            with(&theirs, |p| p.insurance = RetiredCadre),
            Refusal::BeneficiaryInsurance(RetiredCadre),
        ),
        (mine.clone(), with(&theirs, |p| p.status = Ended), Refusal::BeneficiaryStatus(Ended)),
        (mine.clone(), mine.clone(), Refusal::Oneself),
    ];
    for (donor, other, expected) in table {
        assert_eq!(refusal(&donor, &other), [expected]);
    }
    // One day later the minor is of age.
    let grown = person(3, date(2007, 11, 20), Employee, "650100");
    let grown = decide(&policy, &grown, &theirs, Sibling, TODAY);
    assert!(matches!(grown, BindDecision::Permitted(_)), "{grown:?}");
}

#[test]
fn a_donor_whose_age_nobody_knows_goes_to_a_window() {
    let policy = policy("shanghai", TODAY);
    let (mine, theirs) = (donor("310000"), relative("310000"));
    for birth in [None, Some(date(2026, 1, 1)), Some(date(1800, 1, 1))] {
        let donor = Party { insured: &mine, birth };
        let request = BindRequest {
            donor,
            beneficiary: Party::of(&theirs),
            relation: Spouse,
            bound: &[],
            other_donors: 0,
            on: TODAY,
        };
        assert_eq!(refused(bind(&policy, &request)), [Refusal::DonorAgeUnknown], "{birth:?}");
    }
}

#[test]
fn all_reasons_are_told_in_a_fixed_order() {
    let policy = policy("beijing", date(2020, 1, 1));
    let mut mine = person(1, date(2010, 1, 1), Resident, "110105");
    mine.status = Ended;
    let mut theirs = person(2, date(1990, 1, 1), LongTermCare, "130100");
    theirs.status = Suspended;
    let on = date(2020, 1, 1);
    let expected = [
        Refusal::NotLaunched { from: date(2022, 12, 1) },
        Refusal::DonorInsurance(Resident),
        Refusal::DonorStatus(Ended),
        Refusal::DonorMinor,
        Refusal::BeneficiaryInsurance(LongTermCare),
        Refusal::BeneficiaryStatus(Suspended),
        Refusal::Relation { asked: Sibling, allowed: vec![Spouse, Parent, Child] },
        Refusal::TooFar(Area::City),
    ];
    assert_eq!(refused(decide(&policy, &mine, &theirs, Sibling, on)), expected);
}

#[test]
fn a_pair_is_bound_once_by_number_or_by_document() {
    let policy = policy("shanghai", TODAY);
    let (mine, theirs) = (donor("310000"), relative("310000"));
    let mut renumbered = theirs.clone();
    renumbered.psn_no = crate::domain::person::PersonNo::new("P99");
    for known in [&theirs, &renumbered] {
        let bound = [bound(known, Parent, TODAY)];
        let request = BindRequest {
            donor: Party::of(&mine),
            beneficiary: Party::of(&theirs),
            relation: Parent,
            bound: &bound,
            other_donors: 0,
            on: TODAY,
        };
        assert_eq!(refused(bind(&policy, &request)), [Refusal::AlreadyBound]);
    }
}

#[test]
fn counts_are_kept() {
    let policy = policy_with(
        &(stated("members_max", "2") + &stated("relation_max", "{ spouse = 1 }")),
        TODAY,
    );
    let (mine, theirs) = (donor("330100"), relative("330100"));
    let other = |no| person(no, date(1990, 1, 1), Resident, "330100");
    let wife = bound(&other(4), Spouse, TODAY);
    let child = bound(&other(5), Child, TODAY);
    let ask = |relation, bound: &[_]| {
        let (donor, beneficiary) = (Party::of(&mine), Party::of(&theirs));
        match bind(
            &policy,
            &BindRequest { donor, beneficiary, relation, bound, other_donors: 0, on: TODAY },
        ) {
            BindDecision::Permitted(_) => Vec::new(),
            BindDecision::Refused(reasons) => reasons,
        }
    };
    assert_eq!(ask(Spouse, &[]), []);
    assert_eq!(ask(Child, from_ref(&wife)), []);
    let full_of = Refusal::TooManyOf { relation: Spouse, most: 1 };
    assert_eq!(ask(Spouse, from_ref(&wife)), *from_ref(&full_of));
    assert_eq!(ask(Child, &[wife.clone(), child.clone()]), [Refusal::TooMany { most: 2 }]);
    assert_eq!(ask(Spouse, &[wife, child]), [Refusal::TooMany { most: 2 }, full_of]);
}

#[test]
fn a_donor_needs_a_place_in_the_order() {
    let policy = policy("shanghai", TODAY);
    let (mine, theirs) = (donor("310000"), relative("310000"));
    let ask = |other_donors| {
        let (donor, beneficiary) = (Party::of(&mine), Party::of(&theirs));
        let relation = Parent;
        let request =
            BindRequest { donor, beneficiary, relation, bound: &[], other_donors, on: TODAY };
        bind(&policy, &request)
    };
    assert!(matches!(ask(2), BindDecision::Permitted(_)));
    assert_eq!(refused(ask(3)), [Refusal::NoSlotLeft { slots: 3 }]);
}

#[test]
fn nothing_of_a_person_is_formatted() {
    let mine = donor("310000");
    let party = Party::of(&mine);
    let text = format!("{party:?}");
    assert_eq!(text, "Party(…)");
}

#[test]
fn parents_in_law_and_minor_children_only() {
    let policy = policy_with(
        &(stated("relatives", "[\"parent_in_law\", \"child\"]") + &stated("children", "\"minor\"")),
        TODAY,
    );
    let mine = donor("330100");
    let child = |birth| person(6, birth, Resident, "330100");
    let ask = |other: &Insured, relation| decide(&policy, &mine, other, relation, TODAY);
    assert!(matches!(ask(&relative("330100"), ParentInLaw), BindDecision::Permitted(_)));
    let minor = child(date(2007, 11, 21));
    assert!(matches!(ask(&minor, Child), BindDecision::Permitted(_)));
    let grown = refused(ask(&child(date(2007, 11, 20)), Child));
    assert_eq!(grown, [Refusal::ChildOfAge { under: 18 }]);
    let request = BindRequest {
        donor: Party::of(&mine),
        beneficiary: Party { insured: &minor, birth: None },
        relation: Child,
        bound: &[],
        other_donors: 0,
        on: TODAY,
    };
    assert_eq!(refused(bind(&policy, &request)), [Refusal::ChildAgeUnknown]);
}

#[test]
fn consent_is_as_the_region_has_it() {
    let mine = donor("330100");
    let child = |birth| person(6, birth, Resident, "330100");
    let (young, sixteen) = (child(date(2009, 11, 21)), child(date(2009, 11, 20)));
    let alone = ConsentNeed::JoinsAlone { under: 16 };
    for (rule, of_young, of_sixteen) in [
        ("{ kind = \"none\" }", ConsentNeed::NotNeeded, ConsentNeed::NotNeeded),
        ("{ kind = \"needed\" }", ConsentNeed::Agree, ConsentNeed::Agree),
        ("{ kind = \"needed\", joins_alone_under = 16 }", alone, ConsentNeed::Agree),
        ("{ kind = \"invite\", joins_alone_under = 16 }", alone, ConsentNeed::AcceptInvitation),
    ] {
        let policy = policy_with(&stated("consent", rule), TODAY);
        for (child, expected) in [(&young, of_young), (&sixteen, of_sixteen)] {
            match decide(&policy, &mine, child, Child, TODAY) {
                BindDecision::Permitted(terms) => assert_eq!(terms.consent, expected, "{rule}"),
                refused => panic!("{rule}: {refused:?}"),
            }
        }
        // Nobody of unknown age joins without a word.
        let request = BindRequest {
            donor: Party::of(&mine),
            beneficiary: Party { insured: &young, birth: None },
            relation: Child,
            bound: &[],
            other_donors: 0,
            on: TODAY,
        };
        match bind(&policy, &request) {
            BindDecision::Permitted(terms) => assert_eq!(terms.consent, of_sixteen, "{rule}"),
            refused => panic!("{rule}: {refused:?}"),
        }
    }
}

#[test]
fn what_a_pack_does_not_state_is_not_guessed() {
    let text = pack_text("");
    let packs = Packs::load(&[PolicyFile { name: "a.toml", text: &text }]).unwrap();
    let bare = packs.at("test", TODAY).unwrap();
    let decision = decide(&bare, &donor("330100"), &relative("330100"), Spouse, TODAY);
    let fields = ["relatives", "area", "consent", "money_model", "documents", "entry_fields"];
    let fields = fields.into_iter().chain(["second_factors"]);
    let expected: Vec<Refusal> = fields.map(Refusal::NotStated).collect();
    assert_eq!(refused(decision), expected);
    let way = words::way_on(&bare, &expected[0]);
    assert_eq!(way, "请带上双方的身份证件，到窗口办理。也可以问工作人员。");
}

#[test]
fn what_hinders_a_donor_is_found_before_anybody_is_named() {
    let on = date(2026, 11, 22);
    let policy = policy("national", on);
    let adult = person(1, date(1970, 1, 1), InsuranceType::Employee, "330100");
    assert_eq!(share(&policy, Party::of(&adult), &[], on), []);
    let minor = Insured {
        status: InsuranceStatus::Suspended,
        ..person(2, date(2012, 1, 1), InsuranceType::Resident, "330100")
    };
    let reasons = [
        Refusal::DonorInsurance(InsuranceType::Resident),
        Refusal::DonorStatus(InsuranceStatus::Suspended),
        Refusal::DonorMinor,
    ];
    assert_eq!(share(&policy, Party::of(&minor), &[], on), reasons);
    let one = stated("members_max", "1");
    let full = policy_with(&one, on);
    let kin = [bound(&minor, Relation::Child, on)];
    assert_eq!(share(&full, Party::of(&adult), &kin, on), [Refusal::TooMany { most: 1 }]);
    assert_eq!(share(&full, Party::of(&adult), &[], on), []);
    let later = policy_with(&stated("launch", "2027-01-01"), on);
    let from = date(2027, 1, 1);
    assert_eq!(share(&later, Party::of(&adult), &[], on), [Refusal::NotLaunched { from }]);
    // What no pack states is not guessed.
    let mut silent = policy;
    silent.rules.relatives = None;
    silent.rules.consent = None;
    let silence = [Refusal::NotStated("relatives"), Refusal::NotStated("consent")];
    assert_eq!(share(&silent, Party::of(&adult), &[], on), silence);
}
