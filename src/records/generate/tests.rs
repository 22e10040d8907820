#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::PathBuf;

use jiff::civil::date;
use rusqlite::types::Value;

use super::*;
use crate::domain::account::MovementKind;
use crate::domain::family::Relation;
use crate::domain::period::Period;
use crate::domain::person::{Gender, QueryPassword};
use crate::domain::premium::PremiumStatus;
use crate::records::embedded::EmbeddedLedger;
use crate::records::port::{Credential, DueState, Ledger, PageRequest, PasswordAnswer};

const TODAY: Date = date(2026, 11, 22);

fn options(persons: u32, seed: u64) -> GenerateOptions {
    GenerateOptions { persons, years: 3, seed, today: TODAY }
}

fn generated(persons: u32, seed: u64) -> (tempfile::TempDir, PathBuf, Summary) {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("ledger.db");
    let summary = generate(&options(persons, seed), &path, &mut |_, _| {}).unwrap();
    (dir, path, summary)
}

fn count(connection: &Connection, sql: &str) -> i64 {
    connection.query_row(sql, [], |row| row.get(0)).unwrap()
}

/// Every value of every table, in order.
fn digest(path: &PathBuf) -> u64 {
    let connection = Connection::open(path).unwrap();
    let mut hasher = DefaultHasher::new();
    let tables = "SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name";
    let mut names = connection.prepare(tables).unwrap();
    let names: Vec<String> =
        names.query_map([], |r| r.get(0)).unwrap().map(Result::unwrap).collect();
    for name in names {
        let mut all = connection.prepare(&format!("SELECT * FROM {name} ORDER BY 1, 2")).unwrap();
        let columns = all.column_count();
        let mut rows = all.query([]).unwrap();
        while let Some(row) = rows.next().unwrap() {
            for column in 0..columns {
                format!("{:?}", row.get::<_, Value>(column).unwrap()).hash(&mut hasher);
            }
        }
    }
    hasher.finish()
}

#[test]
fn same_options_same_content() {
    let (_a, first, summary) = generated(40, 7);
    let (_b, again, same) = generated(40, 7);
    let (_c, other, _) = generated(40, 8);
    assert_eq!(summary, same);
    assert_eq!(digest(&first), digest(&again));
    assert_ne!(digest(&first), digest(&other));
}

#[test]
fn counts_are_what_is_in_the_file() {
    let (_dir, path, summary) = generated(120, 3);
    let db = Connection::open(&path).unwrap();
    assert_eq!(summary.persons, 120);
    for (table, counted) in [
        ("person", u64::from(summary.persons)),
        ("card", u64::from(summary.cards)),
        ("settlement", summary.settlements),
        ("movement", summary.movements),
        ("premium", summary.premiums),
    ] {
        assert_eq!(count(&db, &format!("SELECT count(*) FROM {table}")) as u64, counted, "{table}");
        assert!(counted > 0, "{table}");
    }
}

#[test]
fn the_rules_of_the_field_hold_exactly() {
    for seed in 1..=4 {
        let (_dir, path, _) = generated(150, seed);
        let db = Connection::open(&path).unwrap();
        db.execute_batch("CREATE INDEX for_this_test ON movement (settlement)").unwrap();
        for (what, broken) in [
            (
                "total = fund + own",
                "SELECT count(*) FROM settlement
                WHERE medfee_sumamt <> fund_pay_sumamt + psn_pay",
            ),
            (
                "own = account + cash",
                "SELECT count(*) FROM settlement
                WHERE psn_pay <> acct_pay + cash_payamt",
            ),
            ("marked", "SELECT count(*) FROM settlement WHERE identities_hold = 0"),
            (
                "fund is the sum of its parts",
                "SELECT count(*) FROM settlement WHERE fund_pay_sumamt <>
                hifp_pay + cvlserv_pay + hifes_pay + hifmi_pay + hifob_pay + maf_pay + oth_pay",
            ),
            (
                "total is the sum of its parts",
                "SELECT count(*) FROM settlement WHERE medfee_sumamt <>
                fulamt_ownpay_amt + overlmt_selfpay + preselfpay_amt + inscp_scp_amt",
            ),
            (
                "only a refund is negative",
                "SELECT count(*) FROM settlement
                WHERE (medfee_sumamt < 0) <> refd_setl_flag OR cash_payamt * medfee_sumamt < 0",
            ),
            (
                "account part = movements",
                "SELECT count(*) FROM settlement AS s WHERE acct_pay <>
                -(SELECT coalesce(sum(amount_fen), 0) FROM movement WHERE settlement = s.id)",
            ),
            (
                "family part = donors' movements",
                "SELECT count(*) FROM settlement AS s
                WHERE acct_mulaid_pay <> -(SELECT coalesce(sum(amount_fen), 0) FROM movement
                    WHERE settlement = s.id AND owner <> s.patient)",
            ),
            (
                "family rows name the patient",
                "SELECT count(*) FROM movement AS m
                JOIN settlement AS s ON s.id = m.settlement
                WHERE m.kind IN (4, 7) AND m.relative <> s.patient",
            ),
            (
                "relatives are authorised",
                "SELECT count(*) FROM movement AS m
                WHERE m.relative IS NOT NULL AND NOT EXISTS (SELECT 1 FROM authorisation AS a
                    WHERE a.donor = m.owner AND a.beneficiary = m.relative
                    AND a.relation = m.relation AND a.since <= m.day)",
            ),
            (
                "minors never share",
                "SELECT count(*) FROM authorisation AS a
                JOIN person AS p ON p.id = a.donor WHERE p.brdy > 20080101",
            ),
            (
                "premiums = movements",
                "SELECT (SELECT coalesce(sum(amount_fen), 0) FROM premium
                WHERE status <> 3) <> -(SELECT sum(amount_fen) FROM movement WHERE kind IN (5, 8))",
            ),
            ("nothing is later than today", "SELECT count(*) FROM movement WHERE day > 20261122"),
            (
                "nothing precedes birth",
                "SELECT count(*) FROM settlement AS s
                JOIN person AS p ON p.id = s.patient
                WHERE replace(substr(s.setl_time, 1, 10), '-', '') < p.brdy || ''",
            ),
        ] {
            assert_eq!(count(&db, broken), 0, "seed {seed}: {what}");
        }
    }
}

#[test]
fn the_population_is_believable() {
    let (_dir, path, _) = generated(1500, 11);
    let db = Connection::open(&path).unwrap();
    for (what, sql, low, high) in [
        ("elderly %", "SELECT 100 * avg(brdy < 19661122) FROM person", 20, 50),
        ("minors %", "SELECT 100 * avg(brdy > 20081122) FROM person", 5, 25),
        ("employees %", "SELECT 100 * avg(insutype = '310') FROM insurance", 40, 80),
        ("women %", "SELECT 100 * avg(gend = 2) FROM person", 40, 60),
        ("lost cards", "SELECT sum(lost) FROM card", 5, 60),
        ("expired cards", "SELECT count(*) FROM card WHERE expires < 20261122", 5, 60),
        ("dots", "SELECT count(*) FROM person WHERE psn_name LIKE '%·%'", 3, 60),
        (
            "compound",
            "SELECT count(*) FROM person WHERE psn_name GLOB '欧阳*' OR psn_name GLOB '诸葛*'",
            1,
            60,
        ),
        ("refunds", "SELECT count(*) FROM settlement WHERE refd_setl_flag = 1", 50, 2000),
        (
            "winter over summer %",
            "SELECT 100 * sum(substr(setl_time, 6, 2) IN ('12', '01', '02'))
            / sum(substr(setl_time, 6, 2) IN ('06', '07', '08')) FROM settlement",
            120,
            220,
        ),
        ("kinds of care", "SELECT count(DISTINCT med_type) FROM settlement", 4, 4),
        ("pending premiums", "SELECT count(*) FROM premium WHERE status = 1", 1, 300),
        ("refunded premiums", "SELECT count(*) FROM premium WHERE status = 3", 1, 100),
    ] {
        let found: f64 =
            db.query_row(&format!("SELECT CAST(({sql}) AS REAL)"), [], |r| r.get(0)).unwrap();
        assert!((f64::from(low)..=f64::from(high)).contains(&found), "{what}: {found}");
    }
    for kind in [CardKind::Normal, CardKind::Expired, CardKind::Lost, CardKind::RareName] {
        let found = cards(&path, kind, TODAY, 3).unwrap();
        assert_eq!(found.len(), 3, "{kind:?}");
        assert_eq!(found.iter().all(|card| card.expires >= TODAY), kind != CardKind::Expired);
    }
}

#[test]
fn the_showcase_person_has_a_full_story() {
    for seed in [1, 2, 42] {
        let (_dir, path, _) = generated(20, seed);
        let card = showcase(&path).unwrap();
        assert!(card.expires > TODAY);
        let mut ledger = EmbeddedLedger::open(&path).unwrap();
        let credential = Credential::Card { number: card.number, id_number: Some(card.id_number) };
        let person = ledger.identify(&credential).unwrap();
        assert_eq!(person.name, card.name);
        let overview = ledger.overview(&person.psn_no, TODAY).unwrap();
        let balance = overview.balance.total;
        let near = Money::from_fen(180_000)..Money::from_fen(220_000);
        assert!(near.contains(&balance), "seed {seed}: {balance}");
        let mut relatives: Vec<_> = overview
            .used_by
            .iter()
            .map(|(b, used)| (b.relation, b.gender, *used > Money::ZERO))
            .collect();
        relatives.sort_by_key(|(relation, ..)| *relation == Relation::Child);
        let mother = (Relation::Parent, Gender::Female, true);
        assert_eq!(relatives, [mother, (Relation::Child, Gender::Male, true)]);

        let this_year = Period::this_year(TODAY);
        let page = PageRequest { index: 0, size: 8 };
        let family = ledger.family_use(&person.psn_no, None, this_year, page).unwrap();
        assert!(family.page.total_rows > 4 * 8, "{}", family.page.total_rows);
        let paid = ledger.premiums(&person.psn_no, this_year, page).unwrap();
        assert_eq!(paid.page.total_rows, 2);
        assert!(paid.page.rows.iter().all(|row| row.status != PremiumStatus::Refunded));
        let account = ledger.account(&person.psn_no, this_year, page).unwrap();
        assert!(account.page.rows.iter().all(|row| row.kind != MovementKind::Adjustment));
    }
}

#[test]
fn family_accounts_are_whole() {
    let (_dir, path, _) = generated(400, 9);
    let db = Connection::open(&path).unwrap();
    for (what, broken) in [
        (
            "who shares has a family account",
            "SELECT count(*) FROM authorisation AS a
            LEFT JOIN family_account AS f ON f.person = a.donor
            WHERE f.opened_on IS NULL OR f.opened_on > a.since",
        ),
        ("everybody has a password", "SELECT count(*) - 400 FROM query_password"),
        (
            "residents alone are asked",
            "SELECT count(*) FROM premium_due AS d JOIN insurance AS i ON i.person = d.insured
            WHERE i.insutype <> '390' OR d.insured_year NOT IN (2026, 2027)",
        ),
        (
            "what was paid for the coming year is what was asked",
            "SELECT count(*) FROM premium AS p LEFT JOIN premium_due AS d
                ON d.insured = p.insured AND d.insured_year = p.insured_year
            WHERE p.status <> 3 AND p.insured_year = 2027
                AND p.amount_fen IS NOT d.amount_fen",
        ),
        (
            "residents are asked for the coming year",
            "SELECT count(*) FROM insurance WHERE insutype = '390' AND person NOT IN
                (SELECT insured FROM premium_due WHERE insured_year = 2027)",
        ),
    ] {
        assert_eq!(count(&db, broken), 0, "{what}");
    }
    for (what, sql, least) in [
        ("invited", "SELECT count(*) FROM authorisation WHERE state = 1", 3),
        ("groups", "SELECT count(DISTINCT person_group) FROM premium_due", 4),
        ("assisted", "SELECT count(*) FROM premium_due WHERE assistance IS NOT NULL", 1),
    ] {
        assert!(count(&db, sql) >= least, "{what}");
    }
    let unpaid = "SELECT count(*) FROM premium_due AS d WHERE insured_year = 2027 AND NOT EXISTS
        (SELECT 1 FROM premium WHERE insured = d.insured AND insured_year = 2027 AND status <> 3)";
    let all = count(&db, "SELECT count(*) FROM premium_due WHERE insured_year = 2027");
    assert!(2 * count(&db, unpaid) > all, "{} of {all} are unpaid", count(&db, unpaid));

    let mut ledger = EmbeddedLedger::open(&path).unwrap();
    let mut person = |kind| {
        let card = cards(&path, kind, TODAY, 1).unwrap().remove(0);
        ledger.identify(&Credential::IdNumber(card.id_number)).unwrap().psn_no
    };
    let (payer, invited, both) =
        (person(CardKind::Payer), person(CardKind::Invited), person(CardKind::TwoDonors));
    assert_eq!(ledger.family_account(&invited, TODAY).unwrap().invitations.len(), 1);
    assert!(ledger.family_account(&both, TODAY).unwrap().donors.len() >= 2);
    let members = ledger.family_account(&payer, TODAY).unwrap().members;
    let unpaid = members.iter().any(|member| {
        let dues = ledger.premium_dues(&payer, &member.who.psn_no).unwrap();
        dues.iter().any(|due| due.insured_year == 2027 && due.state == DueState::Unpaid)
    });
    assert!(unpaid);
    let right = ledger.check_password(&payer, &QueryPassword::new(GENERATED_PIN)).unwrap();
    assert!(matches!(right, PasswordAnswer::Right(_)));
}

#[test]
fn premiums_asked_follow_the_place() {
    for (region, sql, expected) in [
        ("310000", "SELECT max(amount_fen) FROM premium_due AS d WHERE insured_year = 2027", None),
        ("430100", "SELECT min(amount_fen) FROM premium_due", Some(28_000)),
    ] {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("x.db");
        // On this day nobody has paid for 2025, for which the packs state premiums.
        let options = GenerateOptions { today: date(2024, 9, 30), ..options(60, 4) };
        generate_in(&options, region, &path, &mut |_, _| {}).unwrap();
        let db = Connection::open(&path).unwrap();
        let places = format!("SELECT count(*) FROM insurance WHERE insuplc_admdvs <> '{region}'");
        assert_eq!(count(&db, &places), 0);
        if let Some(amount) = expected {
            assert_eq!(count(&db, sql), amount, "{region}");
        }
        let shanghai = "SELECT count(*) FROM premium_due WHERE insured_year = 2025
            AND amount_fen NOT IN (65500, 82500, 99500, 35500)";
        assert_eq!(count(&db, shanghai) == 0, region == "310000");
    }
}

#[test]
fn tells_how_far_it_is() {
    let dir = tempfile::tempdir().unwrap();
    let mut heard = Vec::new();
    let path = dir.path().join("x.db");
    generate(&options(30, 1), &path, &mut |done, of| heard.push((done, of))).unwrap();
    assert!(heard.len() > 3 && heard.is_sorted());
    assert_eq!(heard.last(), Some(&(30, 30)));
}

#[test]
fn refuses_what_makes_no_sense_and_what_is_there() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("x.db");
    let good = options(10, 1);
    for bad in [
        GenerateOptions { persons: 2, ..good },
        GenerateOptions { persons: PERSONS_MAX + 1, ..good },
        GenerateOptions { years: 0, ..good },
        GenerateOptions { years: YEARS_MAX + 1, ..good },
        GenerateOptions { today: date(1970, 1, 1), ..good },
    ] {
        let error = generate(&bad, &path, &mut |_, _| {}).unwrap_err();
        assert!(matches!(error, RecordsError::Options(_)), "{error}");
        assert!(!path.exists());
    }
    generate(&good, &path, &mut |_, _| {}).unwrap();
    let before = digest(&path);
    let again = generate(&good, &path, &mut |_, _| {});
    assert_eq!(again, Err(RecordsError::NotEmpty(path.clone())));
    assert_eq!(digest(&path), before);
    assert!(matches!(showcase(&dir.path().join("y.db")), Err(RecordsError::NoLedger(_))));
}

#[test]
fn text_for_fonts_is_complete() {
    let (_dir, path, _) = generated(400, 5);
    let known: HashSet<char> = all_text().flat_map(str::chars).collect();
    let db = Connection::open(&path).unwrap();
    let sql = "SELECT psn_name FROM person UNION ALL SELECT name FROM place";
    let mut names = db.prepare(sql).unwrap();
    for name in names.query_map([], |row| row.get::<_, String>(0)).unwrap() {
        let missing: String = name.unwrap().chars().filter(|c| !known.contains(c)).collect();
        assert_eq!(missing, "");
    }
}
