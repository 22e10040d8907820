//! A small ledger of generated people and the writes that can be made in it.
#![allow(dead_code, clippy::unwrap_used, clippy::panic)]

use std::path::{Path, PathBuf};

use gongji_kiosk::domain::family::Relation;
use gongji_kiosk::domain::money::Money;
use gongji_kiosk::domain::operation::OperationId;
use gongji_kiosk::domain::person::PersonNo;
use gongji_kiosk::policy::schema::MoneyModel;
use gongji_kiosk::records::embedded::EmbeddedLedger;
use gongji_kiosk::records::generate::{self, GenerateOptions};
use gongji_kiosk::records::port::{
    AcceptedDocument, Action, Agreement, Binding, ConsentRecord, DueState, Entries, Ledger,
    Operation, OperationRequest, OrderPlace, Outcome, ProvenFactor,
};
use rusqlite::Connection;
use rusqlite::types::Value;

use super::writes::{NOW, TODAY};

/// Everything that a write changes, and nothing of what the ledger keeps of the write itself.
const EFFECTS: [&str; 7] = [
    "SELECT * FROM family_account ORDER BY 1",
    "SELECT * FROM authorisation ORDER BY 1",
    "SELECT * FROM own_place ORDER BY 1",
    "SELECT * FROM reserve ORDER BY 1",
    "SELECT * FROM movement WHERE day >= 20261120 ORDER BY 1, 2",
    "SELECT count(*), sum(serial), sum(amount_fen) FROM movement",
    "SELECT * FROM premium ORDER BY 1",
];

/// A folder in memory where there is one: what is cut off in these tests, they cut off themselves.
pub fn folder() -> tempfile::TempDir {
    let memory = Path::new("/dev/shm");
    let builder = tempfile::Builder::new();
    builder.tempdir_in(memory).or_else(|_| builder.tempdir()).unwrap()
}

/// Makes a ledger in which the passing of days up to today has left its marks.
pub fn generate(db: &Path) {
    let plan = GenerateOptions { persons: 30, years: 1, seed: 7, today: TODAY };
    generate::generate(&plan, db, &mut |_, _| {}).unwrap();
    let mut ledger = EmbeddedLedger::open(db).unwrap();
    let nobody = request("0", Action::Open);
    ledger.execute(&Operation { id: OperationId::new([0; 16]), request: nobody }).unwrap();
    let anybody = number(db, "SELECT psn_no FROM person LIMIT 1");
    let nothing = request(anybody.reveal(), Action::Decline { invitation: -1 });
    let outcome = ledger.execute(&Operation { id: OperationId::new([1; 16]), request: nothing });
    assert!(matches!(outcome.unwrap(), Outcome::Refused(_)));
}

pub fn request(person: &str, action: Action) -> OperationRequest {
    let document = AcceptedDocument {
        title: "承诺书".into(),
        version: "2026".into(),
        digest: format!("sha256:{}", "0".repeat(64)),
        accepted_at: NOW,
    };
    OperationRequest {
        person: PersonNo::new(person),
        action,
        consent: Some(ConsentRecord { documents: vec![document], signature: Some([3; 32]) }),
        factor: ProvenFactor::CardPin,
        at: NOW,
        region: "310000".into(),
    }
}

/// The number that a query finds.
pub fn number(db: &Path, sql: &str) -> PersonNo {
    let raw = Connection::open(db).unwrap();
    PersonNo::new(raw.query_row(sql, [], |row| row.get::<_, String>(0)).unwrap())
}

/// Everything that writes change, as it is.
pub fn effects(db: &Path) -> Vec<Vec<Value>> {
    let raw = Connection::open(db).unwrap();
    let mut found = Vec::new();
    for sql in EFFECTS {
        let mut query = raw.prepare(sql).unwrap();
        let columns = query.column_count();
        let rows = query
            .query_map([], |row| (0..columns).map(|column| row.get(column)).collect())
            .unwrap();
        found.extend(rows.map(Result::<Vec<Value>, _>::unwrap));
    }
    found
}

/// A donor of full right with a bound resident whose coming premium is unpaid.
const PAYER: &str = "FROM authorisation AS a JOIN person AS d ON d.id = a.donor
    JOIN person AS b ON b.id = a.beneficiary
    JOIN premium_due AS u ON u.insured = b.id AND u.insured_year = 2027
    WHERE a.state = 2 AND a.annual_limit_fen IS NULL AND NOT EXISTS
        (SELECT 1 FROM premium AS p WHERE p.insured = b.id AND p.insured_year = 2027)
    ORDER BY (SELECT balance_after_fen FROM movement WHERE owner = d.id
        ORDER BY serial DESC LIMIT 1) DESC LIMIT 1";

pub fn payer(db: &Path) -> PersonNo {
    number(db, &format!("SELECT d.psn_no {PAYER}"))
}

pub fn relative(db: &Path) -> PersonNo {
    number(db, &format!("SELECT b.psn_no {PAYER}"))
}

/// The donor with the most money to whom a resident is bound, and that resident, whatever was paid.
const BOUND: &str = "FROM authorisation AS a JOIN person AS d ON d.id = a.donor
    JOIN person AS b ON b.id = a.beneficiary
    JOIN premium_due AS u ON u.insured = b.id AND u.insured_year = 2027
    WHERE a.asked_on < 20261120 AND a.state = 2 AND NOT EXISTS
        (SELECT 1 FROM premium AS p WHERE p.insured = b.id AND p.insured_year = 2027
            AND p.paid_on < 20261120)
    ORDER BY (SELECT balance_after_fen FROM movement WHERE owner = d.id AND day < 20261120
        ORDER BY serial DESC LIMIT 1) DESC LIMIT 1";

pub fn payer_of(db: &Path) -> PersonNo {
    number(db, &format!("SELECT d.psn_no {BOUND}"))
}

pub fn relative_of(db: &Path) -> PersonNo {
    number(db, &format!("SELECT b.psn_no {BOUND}"))
}

/// Pays what is unpaid, and takes back what is on its way.
pub fn pay_or_cancel(db: &Path, payer: &PersonNo, relative: &PersonNo) -> OperationRequest {
    let mut ledger = EmbeddedLedger::open(db).unwrap();
    let dues = ledger.premium_dues(payer, relative).unwrap();
    let due = dues.into_iter().find(|due| due.insured_year == 2027).unwrap();
    if due.state == DueState::Unpaid {
        pay(db, payer, relative)
    } else {
        cancel(db, payer, relative)
    }
}

/// A resident to whom nobody but this test binds anybody.
pub fn stranger(db: &Path) -> PersonNo {
    let sql = "SELECT psn_no FROM person AS p JOIN insurance AS i ON i.person = p.id
        WHERE i.insutype = '390' AND i.psn_insu_stas = '1' AND NOT EXISTS
            (SELECT 1 FROM authorisation
                WHERE beneficiary = p.id AND state IN (1, 2) AND asked_on < 20261120)
        ORDER BY p.id LIMIT 1";
    number(db, sql)
}

pub fn bind(db: &Path, donor: &PersonNo) -> OperationRequest {
    bind_to(donor, &stranger(db))
}

pub fn bind_to(donor: &PersonNo, relative: &PersonNo) -> OperationRequest {
    let binding = Binding {
        relative: relative.clone(),
        relation: Relation::Parent,
        since: TODAY,
        until: None,
        annual_limit: Some(Money::from_fen(500_000)),
        money: MoneyModel::Authorize,
        amount: None,
        agreement: Agreement::GivenHere,
        slots: 3,
        entries: Entries::default(),
    };
    request(donor.reveal(), Action::Bind(Box::new(binding)))
}

pub fn release(donor: &PersonNo, relative: &PersonNo) -> OperationRequest {
    request(donor.reveal(), Action::Release { relative: relative.clone() })
}

pub fn limit(donor: &PersonNo, relative: &PersonNo, fen: i64) -> OperationRequest {
    let annual = Some(Money::from_fen(fen));
    request(donor.reveal(), Action::Limit { relative: relative.clone(), annual })
}

/// The own account first, or last, among the donors'.
pub fn order(db: &Path, person: &PersonNo, own_first: bool) -> OperationRequest {
    let mut ledger = EmbeddedLedger::open(db).unwrap();
    let account = ledger.family_account(person, TODAY).unwrap();
    let donors = account.donors.into_iter().map(|donor| OrderPlace::Donor(donor.who.psn_no));
    let mut accounts: Vec<_> = donors.collect();
    accounts.insert(if own_first { 0 } else { accounts.len() }, OrderPlace::Own);
    request(person.reveal(), Action::Order { accounts })
}

pub fn pay(db: &Path, payer: &PersonNo, relative: &PersonNo) -> OperationRequest {
    let mut ledger = EmbeddedLedger::open(db).unwrap();
    let dues = ledger.premium_dues(payer, relative).unwrap();
    let due = dues.into_iter().find(|due| due.insured_year == 2027).unwrap();
    let action = Action::PayPremium {
        due: due.serial,
        relative: relative.clone(),
        insured_year: due.insured_year,
        amount: due.amount,
        retained: Money::ZERO,
    };
    request(payer.reveal(), action)
}

/// Takes back the payment of [`pay`], which must be on its way.
pub fn cancel(db: &Path, payer: &PersonNo, relative: &PersonNo) -> OperationRequest {
    let mut ledger = EmbeddedLedger::open(db).unwrap();
    let dues = ledger.premium_dues(payer, relative).unwrap();
    let payment = dues.iter().find_map(|due| match due.state {
        DueState::Pending { own_payment } => own_payment,
        _ => None,
    });
    request(payer.reveal(), Action::CancelPremium { payment: payment.unwrap() })
}

/// The file and what SQLite keeps beside it.
pub fn wal(db: &Path) -> PathBuf {
    let mut name = db.as_os_str().to_owned();
    name.push("-wal");
    PathBuf::from(name)
}
