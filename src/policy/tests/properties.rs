//! What holds for all people, all days and all packs.

use jiff::ToSpan;
use jiff::civil::{Date, date};
use proptest::prelude::*;

use crate::domain::family::{Beneficiary, Relation};
use crate::domain::insurance::{InsuranceStatus, InsuranceType};
use crate::domain::money::Money;
use crate::domain::person::Insured;
use crate::policy::rules::{
    Account, BindDecision, BindRequest, NoPremium, Party, PaymentRequest, PremiumAnswer,
    PremiumQuestion, Refusal, bind, draw, full_years, pay_premium, premium, spendable,
};
use crate::policy::schema::{AGE_MAX, Covers, PersonGroup};
use crate::policy::{Packs, Policy, PolicyFile, built_in, overlay, words};

use super::people::{bound, keeping, pack_text, person, policy, policy_with, stated};

const REGIONS: [&str; 6] = ["national", "shanghai", "beijing", "fujian", "shaanxi", "urumqi"];
const PLACES: [&str; 8] =
    ["310115", "310000", "350500", "350100", "650100", "652300", "610100", "医保"];

fn day() -> impl Strategy<Value = Date> {
    (0i32..6000).prop_map(|days| date(2015, 1, 1).saturating_add(days.days()))
}

fn any_person(no: core::ops::Range<u16>) -> impl Strategy<Value = Insured> {
    (
        no,
        0i32..46_000,
        prop::sample::select(InsuranceType::ALL),
        prop::sample::select(InsuranceStatus::ALL),
        prop::sample::select(&PLACES[..]),
    )
        .prop_map(|(no, days, insurance, status, place)| {
            // Half of them are in order, or hardly anybody would ever be permitted.
            let (insurance, status) = match no % 2 {
                0 => (InsuranceType::Employee, InsuranceStatus::Normal),
                _ => (insurance, status),
            };
            let birth = date(1900, 1, 1).saturating_add(days.days());
            Insured { status, ..person(no, birth, insurance, place) }
        })
}

/// One request, owned.
#[derive(Clone, Debug)]
struct Case {
    region: &'static str,
    on: Date,
    donor: Insured,
    other: Insured,
    known_birth: bool,
    relation: Relation,
    family: Vec<Beneficiary>,
    other_donors: usize,
}

fn case() -> impl Strategy<Value = Case> {
    (
        prop::sample::select(&REGIONS[..]),
        day(),
        any_person(0..4),
        any_person(0..6),
        prop::bool::weighted(0.9),
        prop::sample::select(&Relation::ALL[..]),
        prop::collection::vec(any_person(4..9), 0..3),
        0usize..5,
    )
        .prop_map(|(region, on, donor, other, known_birth, relation, family, other_donors)| {
            Case {
                region,
                on,
                donor,
                other,
                known_birth,
                relation,
                family: family.iter().map(|p| bound(p, Relation::Child, on)).collect(),
                other_donors,
            }
        })
}

impl Case {
    fn request(&self) -> BindRequest<'_> {
        let birth = self.donor.id_number.birth().filter(|_| self.known_birth);
        BindRequest {
            donor: Party { insured: &self.donor, birth },
            beneficiary: Party::of(&self.other),
            relation: self.relation,
            bound: &self.family,
            other_donors: self.other_donors,
            on: self.on,
        }
    }

    /// The rules that hold everywhere, written out once more: which are broken?
    fn broken_everywhere(&self) -> Vec<Refusal> {
        let (donor, other) = (&self.donor, &self.other);
        let born = donor.id_number.birth().filter(|_| self.known_birth);
        let age = born.and_then(|born| full_years(born, self.on));
        let basic = [InsuranceType::Employee, InsuranceType::Resident];
        let normal = InsuranceStatus::Normal;
        [
            (donor.insurance != InsuranceType::Employee, Refusal::DonorInsurance(donor.insurance)),
            (donor.status != normal, Refusal::DonorStatus(donor.status)),
            (age.is_some_and(|age| age < 18), Refusal::DonorMinor),
            (age.is_none(), Refusal::DonorAgeUnknown),
            (!basic.contains(&other.insurance), Refusal::BeneficiaryInsurance(other.insurance)),
            (other.status != normal, Refusal::BeneficiaryStatus(other.status)),
            (donor.psn_no == other.psn_no || donor.id_number == other.id_number, Refusal::Oneself),
            (
                self.family
                    .iter()
                    .any(|b| b.psn_no == other.psn_no || b.id_number == other.id_number),
                Refusal::AlreadyBound,
            ),
        ]
        .into_iter()
        .filter_map(|(broken, refusal)| broken.then_some(refusal))
        .collect()
    }
}

fn regional(refusal: &Refusal) -> bool {
    matches!(
        refusal,
        Refusal::NotLaunched { .. }
            | Refusal::Relation { .. }
            | Refusal::NoSlotLeft { .. }
            | Refusal::TooFar(_)
            | Refusal::PlaceUnknown(_)
    )
}

fn group() -> impl Strategy<Value = PersonGroup> {
    prop::sample::select(PersonGroup::ALL)
}

/// A table of 2025 whose rows begin at these ages, the first at birth.
fn table_from(ages: &[u8]) -> String {
    let ends = ages.iter().skip(1).map(|next| format!(", to_age = {}", next - 1));
    let ends = ends.chain([String::new()]);
    let rows = ages.iter().zip(ends).enumerate().map(|(index, (from, to))| {
        format!("{{ from_age = {from}{to}, personal = {} }}", index + 1)
    });
    let rows: Vec<String> = rows.collect();
    format!("[{{ insured_year = 2025, age_on = \"payment_day\", rows = [{}] }}]", rows.join(", "))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn a_decision_is_whole_and_the_same_twice(case in case()) {
        let policy = policy(case.region, case.on);
        let decision = bind(&policy, &case.request());
        prop_assert_eq!(&decision, &bind(&policy, &case.request()));
        let broken = case.broken_everywhere();
        match decision {
            BindDecision::Permitted(terms) => {
                prop_assert_eq!(broken, []);
                prop_assert!(case.other_donors < 3);
                prop_assert!(!terms.documents.is_empty() && !terms.second_factors.is_empty());
                let relatives = &policy.rules.relatives.as_ref().unwrap().value;
                prop_assert!(relatives.contains(&case.relation));
            }
            BindDecision::Refused(reasons) => {
                prop_assert!(!reasons.is_empty());
                let everywhere = reasons.iter().filter(|r| !regional(r)).cloned();
                prop_assert_eq!(everywhere.collect::<Vec<_>>(), broken);
                for refusal in &reasons {
                    for text in [words::reason(refusal), words::way_on(&policy, refusal)] {
                        prop_assert!(text.ends_with('。'), "{}", text);
                    }
                }
            }
        }
    }

    #[test]
    fn a_payment_that_is_allowed_leaves_what_must_stay(
        case in case(), balance in 0i64..300_000, amount in 1i64..100_000, payments in 0u8..3,
        limit in prop::option::of(0i64..100_000), used in 0i64..100_000,
        kept in 0i64..2_000,
    ) {
        let policy = keeping(Money::from_fen(kept * 100), case.on);
        let (balance, amount) = (Money::from_fen(balance), Money::from_fen(amount));
        let request = PaymentRequest {
            donor: Party::of(&case.donor), beneficiary: Party::of(&case.other),
            bound: &case.family, insured_year: 2025, amount, balance, payments,
            own_limit: limit.map(Money::from_fen), used_this_year: Money::from_fen(used),
            on: case.on,
        };
        let reasons = pay_premium(&policy, &request);
        prop_assert_eq!(&reasons, &pay_premium(&policy, &request));
        let left = balance - amount;
        let enough = left >= Money::from_fen(kept * 100);
        let small = |r: &Refusal| matches!(r, Refusal::BalanceTooSmall { .. });
        prop_assert_eq!(reasons.iter().any(small), !enough);
        if reasons.is_empty() {
            prop_assert!(payments == 0 && enough);
            prop_assert!(limit.is_none_or(|limit| amount <= Money::from_fen(limit - used)));
        }
    }

    #[test]
    fn drawing_spreads_exactly_the_amount(
        balances in prop::collection::vec((0i64..50_000, prop::option::of(0i64..50_000)), 1..4),
        amount in -100i64..150_000, kept in 0i64..100, own in any::<bool>(),
    ) {
        let policy = keeping(Money::from_fen(kept * 100), date(2025, 1, 1));
        let accounts: Vec<Account> = (1u8..).zip(&balances).map(|(slot, (balance, limit))| Account {
            own: own && slot == 1,
            slot: Some(slot),
            balance: Money::from_fen(*balance),
            limit_left: limit.map(Money::from_fen),
        }).collect();
        let amount = Money::from_fen(amount);
        let drawn = draw(&policy, &accounts, amount).unwrap();
        let sum: Money = drawn.parts.iter().map(|(_, part)| *part).sum();
        prop_assert_eq!(sum + drawn.left, amount.max(Money::ZERO));
        let most = |a: &Account| {
            let free = spendable(&policy, a.balance);
            a.limit_left.map_or(free, |limit| free.min(limit))
        };
        let mut reached = true;
        for (index, part) in &drawn.parts {
            prop_assert!(*part > Money::ZERO && *part <= most(&accounts[*index]));
            prop_assert!(reached, "a later account pays before an earlier one is used up");
            reached = *part == most(&accounts[*index]);
        }
        if drawn.left > Money::ZERO {
            let all: Money = accounts.iter().map(most).sum();
            prop_assert_eq!(sum, all);
        }
    }

    #[test]
    fn age_only_grows(days in 0i32..50_000, a in 0i32..50_000, b in 0i32..50_000) {
        let birth = date(1890, 1, 1).saturating_add(days.days());
        let on = |days: i32| birth.saturating_add(days.days());
        let (young, old) = (full_years(birth, on(a.min(b))), full_years(birth, on(a.max(b))));
        prop_assert!(young <= old && young.is_some());
        prop_assert_eq!(full_years(birth, birth), Some(0));
    }

    #[test]
    fn every_premium_is_answered(
        region in prop::sample::select(&REGIONS[..]), birth in prop::option::of(0i32..46_000),
        group in group(), year in 2023i16..2028, on in day(),
    ) {
        let birth = birth.map(|days| date(1900, 1, 1).saturating_add(days.days()));
        let question = PremiumQuestion { birth, group, assistance: None, insured_year: year, on };
        let policy = policy(region, on);
        let answer = premium(&policy, &question);
        prop_assert_eq!(&answer, &premium(&policy, &question));
        match answer {
            PremiumAnswer::Costs(quote) => {
                prop_assert!(year == 2025 && quote.personal == quote.standard);
            }
            PremiumAnswer::NoRule(why) => {
                prop_assert_eq!(year == 2025, !matches!(why, NoPremium::Year { .. }));
                prop_assert!(words::no_premium(&policy, &why).ends_with('。'));
                let silent = matches!(&why, NoPremium::NoRule { say } if say.is_empty());
                prop_assert!(!silent);
            }
        }
    }
}

fn errors(text: &str) -> Vec<String> {
    let own = [PolicyFile { name: "test.toml", text }];
    let found = Packs::load(&own).err().unwrap_or_default();
    found.iter().map(ToString::to_string).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    #[test]
    fn a_table_without_gaps_covers_each_age_once_and_one_with_a_gap_is_refused(
        cuts in prop::collection::btree_set(1u8..AGE_MAX, 1..6), missing in any::<prop::sample::Index>(),
    ) {
        let ages: Vec<u8> = [0].into_iter().chain(cuts).collect();
        let whole = pack_text(&stated("premium", &table_from(&ages)));
        prop_assert_eq!(errors(&whole), Vec::<String>::new());
        let packs = Packs::load(&[PolicyFile { name: "test.toml", text: &whole }]).unwrap();
        let on = date(2160, 6, 1);
        let policy = packs.at("test", on).unwrap();
        for age in 0..=AGE_MAX {
            let birth = Some(date(2160 - i16::from(age), 1, 1));
            let question = PremiumQuestion {
                birth, group: PersonGroup::Neither, assistance: None, insured_year: 2025, on,
            };
            let row = ages.iter().filter(|from| **from <= age).count();
            match premium(&policy, &question) {
                PremiumAnswer::Costs(quote) => {
                    prop_assert_eq!(quote.personal, Money::from_fen(row as i64 * 100));
                    prop_assert_eq!(quote.age, Some(age));
                }
                PremiumAnswer::NoRule(why) => panic!("{age}: {why:?}"),
            }
        }
        let gone = missing.get(&ages);
        let from = format!("from_age = {gone},");
        let with_gap = whole.replacen(&from, "from_age = 150,", 1).replacen(
            &format!("{{ from_age = {gone} "), "{ from_age = 150 ", 1,
        );
        prop_assert_eq!(errors(&with_gap).len(), 1, "{}", with_gap);
    }

    #[test]
    fn a_field_that_a_child_does_not_state_is_its_parents(chosen in prop::collection::vec(any::<bool>(), 8)) {
        let fields = [
            ("label", "\"账户共济\""), ("area", "\"province\""), ("members_max", "5"),
            ("money_model", "\"pool\""), ("annual_limit", "123"), ("hotline", "\"12345\""),
            ("consent", "{ kind = \"none\" }"), ("launch", "2001-01-01"),
        ];
        let own: Vec<_> = fields.iter().zip(&chosen).filter(|(_, c)| **c).map(|(f, _)| *f).collect();
        let text: String = own.iter().map(|(name, value)| stated(name, value)).collect();
        let on = date(2026, 5, 1);
        let (child, parent) = (policy_with(&text, on), policy("national", on));
        let view = |policy: &Policy, field: &str| {
            policy.rules.fields().into_iter().find(|view| view.field == field)
        };
        for &(field, _) in crate::policy::Rules::FIELDS {
            let mine = view(&child, field);
            if own.iter().any(|(name, _)| *name == field) {
                prop_assert_eq!(&*mine.unwrap().file, "test.toml", "{}", field);
            } else {
                prop_assert_eq!(mine, view(&parent, field), "{}", field);
            }
        }
    }

    #[test]
    fn any_text_is_judged(
        file in prop::sample::select(&built_in::FILES[..]), at in any::<prop::sample::Index>(),
        length in 0usize..40, put in "[\\PC\n\"\\[\\]{}=0-9-]{0,12}",
    ) {
        let mut chars: Vec<char> = file.text.chars().collect();
        let at = at.index(chars.len());
        let end = (at + length).min(chars.len());
        chars.splice(at..end, put.chars());
        let broken: String = chars.into_iter().collect();
        let own = [PolicyFile { name: file.name, text: &broken }];
        for problem in Packs::load(&overlay(&built_in::FILES, &own)).err().unwrap_or_default() {
            let sentence = problem.to_string();
            prop_assert_eq!(sentence.lines().count(), 1, "{}", sentence);
            prop_assert!(sentence.contains(": "), "{}", sentence);
        }
    }
}

#[test]
fn shipped_tables_cover_each_group_and_age_once() {
    let packs = built_in::packs().unwrap();
    let stated = packs.all().iter().filter_map(|pack| pack.rules.premium.as_ref());
    let mut tables = 0;
    for table in stated.flat_map(|stated| &stated.value) {
        tables += 1;
        for group in PersonGroup::ALL {
            for age in 0..=AGE_MAX {
                let rows = table.rows.iter().filter(|r| r.get_ref().covers(*group, age)).count();
                let none = table.no_rule.iter().filter(|r| r.get_ref().covers(*group, age)).count();
                assert_eq!(rows + none, 1, "{} {group:?} {age}", table.insured_year);
            }
        }
    }
    assert_eq!(tables, 3);
}
