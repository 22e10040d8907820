//! Premiums, windows, payments, limits, deduction.

use jiff::civil::{Date, date};

use crate::domain::family::Relation;
use crate::domain::insurance::{InsuranceStatus, InsuranceType};
use crate::domain::money::Money;
use crate::domain::period::Period;
use crate::policy::rules::{
    Account, LimitAnswer, NoPremium, OrderFault, Party, PaymentRequest, PremiumAnswer,
    PremiumQuestion, PremiumWindowAnswer, QueryAnswer, Refusal, TermFault, WayOn, annual_limit,
    deduction_order, draw, limit_in_force, missing_entries, pay_premium, premium, premium_window,
    query, spendable, term,
};
use crate::policy::schema::{Assistance, EntryField, PersonGroup};
use crate::policy::{Policy, words};

use super::people::{bound, person, policy, policy_with, stated};

use PersonGroup::{Infant, Neither, Pupil, UniversityStudent};

const PAYDAY: Date = date(2024, 12, 1);
const TODAY: Date = date(2025, 6, 1);

fn yuan(yuan: i64) -> Money {
    Money::from_fen(yuan * 100)
}

fn question(born: i16, group: PersonGroup) -> PremiumQuestion {
    PremiumQuestion {
        birth: Some(date(born, 1, 1)),
        group,
        assistance: None,
        insured_year: 2025,
        on: PAYDAY,
    }
}

/// Personal share and subsidy, or why there is none.
fn costs(policy: &Policy, question: &PremiumQuestion) -> Result<(Money, Option<Money>), NoPremium> {
    match premium(policy, question) {
        PremiumAnswer::Costs(quote) => Ok((quote.personal, quote.subsidy)),
        PremiumAnswer::NoRule(why) => Err(why),
    }
}

#[test]
fn shanghai_2025_by_age_and_group() {
    let shanghai = policy("shanghai", PAYDAY);
    for (born, group, personal, subsidy) in [
        (1940, Neither, 655, 6871),
        (1954, Neither, 655, 6871),
        (1956, Neither, 825, 6701),
        (1964, Neither, 825, 6701),
        (1966, Neither, 995, 3511),
        (2005, Neither, 995, 3511),
        (2012, Pupil, 355, 2461),
        (2007, Pupil, 355, 2461),
        (2023, Infant, 355, 2461),
        (2005, UniversityStudent, 355, 1191),
    ] {
        let found = costs(&shanghai, &question(born, group));
        assert_eq!(found, Ok((yuan(personal), Some(yuan(subsidy)))), "{born} {group:?}");
    }
}

#[test]
fn shanghai_has_no_rule_for_who_left_school_at_eighteen() {
    let shanghai = policy("shanghai", PAYDAY);
    let eighteen = question(2007, Neither);
    let in_spring = PremiumQuestion { on: date(2025, 3, 1), ..eighteen };
    assert_eq!(costs(&shanghai, &eighteen), costs(&shanghai, &in_spring));
    // Nineteen on the last day of the year: another row begins, and no day is stated.
    let nearly = PremiumQuestion { birth: Some(date(2006, 12, 31)), ..in_spring };
    assert_eq!(costs(&shanghai, &nearly), Err(NoPremium::AgeDayNotStated));
    let Err(why) = costs(&shanghai, &eighteen) else { panic!("a premium was guessed") };
    assert!(matches!(&why, NoPremium::NoRule { say } if say.starts_with("18岁及以下")), "{why:?}");
    let said = words::no_premium(&shanghai, &why);
    assert!(said.ends_with("请到窗口问清楚再缴。也可以打电话 12393 询问。"), "{said}");
    let unknown = PremiumQuestion { birth: None, ..eighteen };
    assert_eq!(costs(&shanghai, &unknown), Err(NoPremium::AgeUnknown));
    let student = PremiumQuestion { group: UniversityStudent, ..unknown };
    assert_eq!(costs(&shanghai, &student), Ok((yuan(355), Some(yuan(1191)))));
}

#[test]
fn a_group_without_a_rule_at_any_age_hears_so_even_when_its_age_is_unknown() {
    let table = "[{ insured_year = 2025, rows = [{ groups = [\"neither\", \"pupil\", \"infant\"], \
                 personal = 400 }], no_rule = [{ groups = [\"university_student\"], \
                 say = \"大学生的标准没有写。\" }] }]";
    let policy = policy_with(&stated("premium", table), PAYDAY);
    let unknown = |group| PremiumQuestion { birth: None, ..question(0, group) };
    let silent = Err(NoPremium::NoRule { say: "大学生的标准没有写。".into() });
    assert_eq!(costs(&policy, &unknown(UniversityStudent)), silent);
    assert_eq!(costs(&policy, &unknown(Pupil)), Ok((yuan(400), None)));
}

#[test]
fn the_age_counts_on_the_stated_day() {
    let rows = "[{ to_age = 59, personal = 400 }, { from_age = 60, personal = 300 }]";
    let table = |age_on: &str| {
        let table = format!("[{{ insured_year = 2025, {age_on} rows = {rows} }}]");
        policy_with(&stated("premium", &table), PAYDAY)
    };
    // Sixty on 1 June 2025; pays on 1 December 2024.
    let asked = PremiumQuestion { birth: Some(date(1965, 6, 1)), ..question(0, Neither) };
    for (age_on, expected) in [
        ("age_on = \"payment_day\",", Ok((yuan(400), None))),
        ("age_on = \"insured_year_start\",", Ok((yuan(400), None))),
        ("age_on = \"insured_year_end\",", Ok((yuan(300), None))),
        ("", Err(NoPremium::AgeDayNotStated)),
    ] {
        assert_eq!(costs(&table(age_on), &asked), expected, "{age_on}");
    }
    let late = PremiumQuestion { on: date(2025, 6, 1), ..asked };
    assert_eq!(costs(&table("age_on = \"payment_day\","), &late), Ok((yuan(300), None)));
}

#[test]
fn each_region_has_a_premium_or_says_that_there_is_none() {
    for (region, year, expected) in [
        ("national", 2025, Ok((yuan(400), Some(yuan(670))))),
        ("hunan", 2025, Ok((yuan(280), None))),
        ("beijing", 2025, Ok((yuan(400), Some(yuan(670))))),
        ("guangdong", 2025, Ok((yuan(400), Some(yuan(670))))),
        ("jiangsu", 2025, Ok((yuan(400), Some(yuan(670))))),
        ("fujian", 2025, Ok((yuan(400), Some(yuan(670))))),
        ("hainan", 2025, Ok((yuan(400), Some(yuan(670))))),
        ("jiangxi", 2025, Ok((yuan(400), Some(yuan(670))))),
        ("shanxi", 2025, Ok((yuan(400), Some(yuan(670))))),
        ("shaanxi", 2025, Ok((yuan(400), Some(yuan(670))))),
        ("urumqi", 2025, Ok((yuan(400), Some(yuan(670))))),
        ("shandong", 2025, Ok((yuan(400), Some(yuan(670))))),
        ("tianjin", 2025, Ok((yuan(400), Some(yuan(670))))),
        ("inner-mongolia", 2025, Ok((yuan(400), Some(yuan(670))))),
        ("shanghai", 2026, Err(NoPremium::Year { insured_year: 2026 })),
        ("hunan", 2026, Err(NoPremium::Year { insured_year: 2026 })),
        ("national", 2024, Err(NoPremium::Year { insured_year: 2024 })),
    ] {
        let asked = PremiumQuestion { insured_year: year, ..question(1970, Neither) };
        assert_eq!(costs(&policy(region, PAYDAY), &asked), expected, "{region}");
    }
    // Where one row is for everybody, no age is needed.
    let unknown = PremiumQuestion { birth: None, ..question(0, Neither) };
    assert_eq!(costs(&policy("hunan", PAYDAY), &unknown), Ok((yuan(280), None)));
}

#[test]
fn assistance_is_whole_or_as_stated() {
    let national = policy("national", PAYDAY);
    let assisted = |policy: &Policy, category| {
        let asked = PremiumQuestion { assistance: Some(category), ..question(1970, Neither) };
        match premium(policy, &asked) {
            PremiumAnswer::Costs(quote) => Ok((quote.personal, quote.standard)),
            PremiumAnswer::NoRule(why) => Err(why),
        }
    };
    assert_eq!(assisted(&national, Assistance::Destitute), Ok((yuan(0), yuan(400))));
    for category in [Assistance::LowIncome, Assistance::FallenBack, Assistance::Monitored] {
        let none = Err(NoPremium::AssistanceNotStated(category));
        assert_eq!(assisted(&national, category), none);
    }
    let rule = "[{ category = \"low_income\", covers = \"part\", reduction = 250 }]";
    let own = policy_with(&stated("premium_assistance", rule), PAYDAY);
    assert_eq!(assisted(&own, Assistance::LowIncome), Ok((yuan(150), yuan(400))));
    let unstated = Err(NoPremium::AssistanceNotStated(Assistance::Destitute));
    assert_eq!(assisted(&own, Assistance::Destitute), unstated);
}

#[test]
fn windows_open_and_close_on_their_days() {
    use PremiumWindowAnswer::{Closed, NotOpen, NotStated, Open};
    let (first, last) = (date(2024, 10, 10), date(2024, 12, 31));
    let spring = date(2025, 3, 31);
    for (region, year, on, expected) in [
        ("shandong", 2025, date(2024, 10, 9), NotOpen { from: first }),
        ("shandong", 2025, first, Open { until: Some(last) }),
        ("shandong", 2025, last, Open { until: Some(last) }),
        ("shandong", 2025, date(2025, 1, 1), Closed { to: last }),
        ("shandong", 2026, first, NotStated),
        ("shandong", 2024, first, NotStated),
        ("hunan", 2025, date(2025, 2, 28), Open { until: Some(spring) }),
        ("hunan", 2025, spring, Open { until: Some(spring) }),
        ("hunan", 2025, date(2025, 4, 1), Closed { to: spring }),
        ("shanghai", 2025, first, NotStated),
    ] {
        let policy = policy(region, on);
        assert_eq!(premium_window(&policy, year, on), expected, "{region} {on}");
        assert!(words::premium_window(expected).ends_with('。'));
    }
    let twice = "[{ insured_year = 2025, from = 2024-10-01, to = 2024-10-31 }, \
                  { insured_year = 2025, from = 2024-12-01 }]";
    let twice = policy_with(&stated("premium_windows", twice), PAYDAY);
    let on = |month, day| premium_window(&twice, 2025, date(2024, month, day));
    assert_eq!(on(10, 5), Open { until: Some(date(2024, 10, 31)) });
    assert_eq!(on(11, 5), NotOpen { from: date(2024, 12, 1) });
    assert_eq!(on(12, 5), Open { until: None });
}

#[test]
fn nobody_is_sent_to_raise_a_limit_that_the_region_bounds() {
    // 陕西: at most 10,000 a year.
    let shaanxi = policy("shaanxi", TODAY);
    let mine = person(1, date(1960, 1, 1), InsuranceType::Employee, "610100");
    let theirs = person(2, date(1962, 1, 1), InsuranceType::Resident, "610100");
    let family = [bound(&theirs, Relation::Spouse, date(2024, 1, 1))];
    let regions = |left| Refusal::RegionsLimitTooSmall { most: yuan(10_000), left: yuan(left) };
    let own = |left| Refusal::LimitTooSmall { left: yuan(left) };
    for (limit, used, reasons) in [
        (None, 9_600, vec![]),
        (None, 9_601, vec![regions(399)]),
        (None, 12_000, vec![regions(0)]),
        (Some(5_000), 9_601, vec![regions(399)]),
        (Some(5_000), 4_601, vec![own(399)]),
        (Some(15_000), 9_601, vec![regions(399)]),
    ] {
        let request = PaymentRequest {
            donor: Party::of(&mine),
            beneficiary: Party::of(&theirs),
            bound: &family,
            insured_year: 2025,
            amount: yuan(400),
            balance: yuan(5_000),
            payments: 0,
            own_limit: limit.map(yuan),
            used_this_year: yuan(used),
            on: TODAY,
        };
        assert_eq!(pay_premium(&shaanxi, &request), reasons, "{limit:?}, {used}");
    }
    let refusal = regions(399);
    assert_eq!(refusal.way_on(), WayOn::Later);
    assert!(!words::way_on(&shaanxi, &refusal).contains("改高"));
}

#[test]
fn a_premium_is_paid_once_in_time_and_from_enough() {
    let shaanxi = policy("shaanxi", TODAY);
    let mine = person(1, date(1960, 1, 1), InsuranceType::Employee, "610100");
    let theirs = person(2, date(1962, 1, 1), InsuranceType::Resident, "610100");
    let family = [bound(&theirs, Relation::Spouse, date(2024, 1, 1))];
    let good = PaymentRequest {
        donor: Party::of(&mine),
        beneficiary: Party::of(&theirs),
        bound: &family,
        insured_year: 2025,
        amount: yuan(400),
        balance: Money::from_fen(100_001),
        payments: 0,
        own_limit: None,
        used_this_year: yuan(1),
        on: TODAY,
    };
    assert_eq!(pay_premium(&shaanxi, &good), []);
    let threshold = Refusal::BalanceThreshold { above: yuan(1000) };
    let at_threshold = PaymentRequest { balance: yuan(1000), ..good };
    assert_eq!(pay_premium(&shaanxi, &at_threshold), [threshold]);
    let limited = PaymentRequest { own_limit: Some(yuan(400)), ..good };
    let left = yuan(399);
    assert_eq!(pay_premium(&shaanxi, &limited), [Refusal::LimitTooSmall { left }]);
    let enough = PaymentRequest { own_limit: Some(yuan(401)), ..good };
    assert_eq!(pay_premium(&shaanxi, &enough), []);
    let twice_a_year = policy_with(&stated("premium_times_a_year", "2"), TODAY);
    assert_eq!(pay_premium(&twice_a_year, &PaymentRequest { payments: 1, ..good }), []);
    let third = PaymentRequest { payments: 2, ..good };
    let paid = Refusal::AlreadyPaid { insured_year: 2025 };
    assert_eq!(pay_premium(&twice_a_year, &third), [paid]);
    let again = PaymentRequest { payments: 1, ..good };
    assert_eq!(pay_premium(&shaanxi, &again), [Refusal::AlreadyPaid { insured_year: 2025 }]);
    let stranger = PaymentRequest { bound: &[], ..good };
    assert_eq!(pay_premium(&shaanxi, &stranger), [Refusal::NotBound]);
    let mut employee = theirs.clone();
    employee.insurance = InsuranceType::Employee;
    employee.status = InsuranceStatus::Suspended;
    let employee = PaymentRequest { beneficiary: Party::of(&employee), ..good };
    assert_eq!(
        pay_premium(&shaanxi, &employee),
        [
            Refusal::NotResident(InsuranceType::Employee),
            Refusal::BeneficiaryStatus(InsuranceStatus::Suspended)
        ]
    );
    let poor = PaymentRequest { balance: yuan(399), ..good };
    let small = Refusal::BalanceTooSmall { spendable: yuan(399), retained: yuan(0) };
    assert_eq!(pay_premium(&policy("hainan", TODAY), &poor), [small]);
    let hunan = policy("hunan", TODAY);
    let closed = Refusal::WindowClosed { to: date(2025, 3, 31) };
    assert_eq!(pay_premium(&hunan, &good), [closed]);

    let keeps = policy_with(&stated("retained_balance", "500"), TODAY);
    assert_eq!(spendable(&keeps, yuan(899)), yuan(399));
    assert_eq!(spendable(&keeps, yuan(300)), yuan(0));
    let kept = PaymentRequest { balance: yuan(899), ..good };
    let small = Refusal::BalanceTooSmall { spendable: yuan(399), retained: yuan(500) };
    assert_eq!(
        words::reason(&small),
        "账户里可以用的钱不够，现在有 399.00 元；另外要留下 500.00 元。"
    );
    assert_eq!(pay_premium(&keeps, &kept), [small]);
    assert_eq!(pay_premium(&keeps, &PaymentRequest { balance: yuan(900), ..good }), []);
}

#[test]
fn limits_are_within_the_regions() {
    let (least, most) = (yuan(15_000), yuan(20_000));
    for (region, wanted, expected) in [
        ("shanghai", 15_000, LimitAnswer::Allowed),
        ("shanghai", 15_001, LimitAnswer::MayBeTooHigh { least, most }),
        ("beijing", 20_001, LimitAnswer::TooHigh { most }),
        ("shaanxi", 10_001, LimitAnswer::TooHigh { most: yuan(10_000) }),
        ("national", 1_000_000, LimitAnswer::Allowed),
        ("national", 0, LimitAnswer::NotPositive),
        ("national", -1, LimitAnswer::NotPositive),
    ] {
        assert_eq!(annual_limit(&policy(region, TODAY), yuan(wanted)), expected, "{region}");
    }
    let fixed = policy_with(&stated("annual_limit", "5000"), TODAY);
    assert_eq!(annual_limit(&fixed, yuan(5000)), LimitAnswer::Allowed);
    let too_high = annual_limit(&fixed, yuan(5001));
    assert_eq!(too_high, LimitAnswer::TooHigh { most: yuan(5000) });
    for (policy, own, expected) in [
        (&fixed, None, Some(5000)),
        (&fixed, Some(6000), Some(5000)),
        (&fixed, Some(4000), Some(4000)),
        (&policy("shanghai", TODAY), None, Some(20_000)),
        (&policy("national", TODAY), None, None),
        (&policy("national", TODAY), Some(300), Some(300)),
    ] {
        assert_eq!(limit_in_force(policy, own.map(yuan)), expected.map(yuan));
    }
    assert_eq!(words::limit(too_high).as_deref(), Some("一年最多可以设 5,000.00 元。"));
}

#[test]
fn entries_and_terms_are_as_the_region_asks() {
    use EntryField::{CardNumber, EndDate, IdNumber, Name, StartDate};
    let urumqi = policy("urumqi", TODAY);
    assert_eq!(missing_entries(&urumqi, &[Name, EntryField::Relation]), [IdNumber, CardNumber]);
    let shaanxi = policy("shaanxi", TODAY);
    assert_eq!(missing_entries(&shaanxi, EntryField::ALL), []);
    let missing = missing_entries(&shaanxi, &[]);
    assert!(missing.ends_with(&[StartDate, EndDate]) && missing.len() == 8, "{missing:?}");

    let (next, later) = (date(2025, 6, 2), date(2026, 6, 1));
    for (policy, start, end, expected) in [
        (&shaanxi, Some(next), Some(later), Ok((next, Some(later)))),
        (&shaanxi, Some(TODAY), Some(TODAY), Ok((TODAY, Some(TODAY)))),
        (&shaanxi, Some(later), Some(next), Err(TermFault::EndBeforeStart)),
        (&shaanxi, Some(date(2025, 5, 31)), Some(later), Err(TermFault::StartInThePast)),
        (&shaanxi, None, Some(later), Err(TermFault::StartNeeded)),
        (&shaanxi, Some(next), None, Err(TermFault::EndNeeded)),
        (&urumqi, None, None, Ok((TODAY, None))),
        (&urumqi, None, Some(later), Err(TermFault::NoEndHere)),
    ] {
        assert_eq!(term(policy, start, end, TODAY), expected, "{start:?} {end:?}");
    }
}

#[test]
fn queries_are_bounded_where_a_bound_is_stated() {
    let decade = Period::months((2016, 1), (2025, 12)).unwrap();
    assert_eq!(query(&policy("national", TODAY), decade), QueryAnswer::Allowed);
    let rule = "{ by = [\"month\"], longest_months = 12 }";
    let year = policy_with(&stated("query", rule), TODAY);
    assert_eq!(query(&year, decade), QueryAnswer::TooLong { longest_months: 12 });
    assert_eq!(query(&year, Period::year(2025).unwrap()), QueryAnswer::Allowed);
}

fn account(own: bool, slot: Option<u8>, balance: i64, limit: Option<i64>) -> Account {
    Account { own, slot, balance: yuan(balance), limit_left: limit.map(yuan) }
}

#[test]
fn accounts_are_drawn_in_their_order() {
    let national = policy("national", TODAY);
    let accounts = [
        account(false, Some(2), 100, None),
        account(false, Some(1), 100, Some(30)),
        account(true, None, 50, None),
    ];
    assert_eq!(deduction_order(&national, &accounts), Ok(vec![2, 1, 0]));
    let drawn = draw(&national, &accounts, yuan(200)).unwrap();
    assert_eq!(drawn.parts, [(2, yuan(50)), (1, yuan(30)), (0, yuan(100))]);
    assert_eq!(drawn.left, yuan(20));
    let little = draw(&national, &accounts, yuan(60)).unwrap();
    assert_eq!((little.parts, little.left), (vec![(2, yuan(50)), (1, yuan(10))], yuan(0)));

    let order = "{ rule = \"as_bound\", slots = 3 }";
    let keeps = stated("retained_balance", "20") + &stated("deduction_order", order);
    let as_bound = policy_with(&keeps, TODAY);
    let mut accounts = accounts;
    accounts[2].slot = Some(4);
    assert_eq!(deduction_order(&as_bound, &accounts), Ok(vec![1, 0, 2]));
    let drawn = draw(&as_bound, &accounts, yuan(200)).unwrap();
    assert_eq!(drawn.parts, [(1, yuan(30)), (0, yuan(80)), (2, yuan(30))]);
    assert_eq!(drawn.left, yuan(60));
}

#[test]
fn an_order_that_is_none_is_said() {
    let national = policy("national", TODAY);
    let donor = |slot| account(false, slot, 1, None);
    let own = account(true, None, 1, None);
    for (accounts, fault) in [
        (vec![donor(Some(1)), donor(Some(1))], OrderFault::Twice(1)),
        (vec![donor(Some(4))], OrderFault::NoSuchSlot(4)),
        (vec![donor(Some(0))], OrderFault::NoSuchSlot(0)),
        (vec![own, donor(None)], OrderFault::WithoutSlot),
        (vec![own, own], OrderFault::TwoOwn),
    ] {
        assert_eq!(deduction_order(&national, &accounts), Err(fault));
        assert!(words::order(fault).contains("请"));
    }
}
