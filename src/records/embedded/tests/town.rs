//! A small town made by hand, for tests of writes.

use rusqlite::{Connection, OptionalExtension};

use super::*;
use crate::domain::account::Balance;
use crate::domain::family::Relation;
use crate::domain::operation::OperationId;
use crate::domain::person::{Gender, PasswordToken, PersonName, QueryPassword};
use crate::policy::schema::MoneyModel;
use crate::records::embedded::codes::RowKind;
use crate::records::embedded::password::KeptPassword;
use crate::records::embedded::write::{InsuranceRow, MovementRow, PersonRow, Writer};
use crate::records::port::{
    Action, Agreement, Binding, Entries, OperationRequest, ProvenFactor, WriteRefusal,
};

/// Number, document, sex (as digit 17 has it), birth, insurance, state, yuan in the account.
const PEOPLE: [(&str, i16, &str, &str, i64); 8] = [
    ("father", 1970, "310", "1", 3000),
    ("mother", 1972, "310", "1", 800),
    ("grandma", 1945, "390", "1", 0),
    ("son", 2005, "390", "1", 0),
    ("baby", 2020, "390", "1", 0),
    ("paused", 1975, "310", "2", 500),
    ("aunt", 1968, "310", "1", 400),
    ("young", 2010, "310", "1", 100),
];

/// The password of everybody but the aunt, who has none.
pub(super) const PASSWORD: &str = "135790";

static KEPT: LazyLock<KeptPassword> =
    LazyLock::new(|| KeptPassword::of(&QueryPassword::new(PASSWORD), [7; 16]));

pub(super) struct Town {
    _dir: tempfile::TempDir,
    pub path: PathBuf,
    pub ledger: EmbeddedLedger,
    operations: u128,
}

pub(super) fn yuan(yuan: i64) -> Money {
    Money::from_fen(yuan * 100)
}

pub(super) fn no(name: &str) -> PersonNo {
    PersonNo::new(name)
}

/// The plainest binding.
pub(super) fn binding(relative: &str, relation: Relation) -> Binding {
    Binding {
        relative: no(relative),
        relation,
        since: TODAY,
        until: None,
        annual_limit: None,
        money: MoneyModel::Authorize,
        amount: None,
        agreement: Agreement::GivenHere,
        slots: 3,
        entries: Entries::default(),
    }
}

pub(super) fn bind(relative: &str, relation: Relation) -> Action {
    Action::Bind(Box::new(binding(relative, relation)))
}

impl Town {
    pub fn new() -> Self {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("town.db");
        let mut made = write::open_or_create(&path, SHORT).unwrap();
        // No test pulls the plug of the machine.
        made.pragma_update(None, "synchronous", "off").unwrap();
        let db = made.transaction().unwrap();
        for (index, person) in PEOPLE.iter().enumerate() {
            settle_in(&db, index, person);
        }
        db.commit().unwrap();
        let ledger = EmbeddedLedger::open(&path).unwrap();
        connection(&ledger).pragma_update(None, "synchronous", "off").unwrap();
        Self { _dir: dir, path, ledger, operations: 0 }
    }

    /// A request of somebody today.
    pub fn request(person: &str, action: Action) -> OperationRequest {
        OperationRequest {
            person: no(person),
            action,
            consent: None,
            factor: ProvenFactor::CardPin,
            at: TODAY.at(10, 0, 0, 0),
            region: String::from("310000"),
        }
    }

    pub fn id(&mut self) -> OperationId {
        self.operations += 1;
        OperationId::new(self.operations.to_be_bytes())
    }

    pub fn run(&mut self, person: &str, action: Action) -> Outcome {
        self.run_on(TODAY, person, action)
    }

    pub fn run_on(&mut self, day: Date, person: &str, action: Action) -> Outcome {
        let mut request = Self::request(person, action);
        request.at = day.at(10, 0, 0, 0);
        let id = self.id();
        self.ledger.execute(&Operation { id, request }).unwrap()
    }

    /// Does what must succeed.
    #[track_caller]
    pub fn done(&mut self, person: &str, action: Action) -> crate::records::port::Receipt {
        let outcome = self.run(person, action.clone());
        audit(connection(&self.ledger));
        match outcome {
            Outcome::Confirmed(receipt) => receipt,
            Outcome::Refused(reason) => panic!("{person} {action:?}: {reason:?}"),
        }
    }

    #[track_caller]
    pub fn refused(&mut self, person: &str, action: Action, reason: WriteRefusal) {
        let before = self.contents();
        assert_eq!(self.run(person, action.clone()), Outcome::Refused(reason), "{action:?}");
        assert_eq!(self.contents(), before, "{action:?} was refused and left something");
    }

    pub fn family(&mut self, person: &str) -> FamilyAccount {
        self.ledger.family_account(&no(person), TODAY).unwrap()
    }

    pub fn balance(&mut self, person: &str) -> Money {
        self.ledger.overview(&no(person), TODAY).unwrap().balance.total
    }

    pub fn token(&mut self, person: &str) -> PasswordToken {
        let password = QueryPassword::new(PASSWORD);
        match self.ledger.check_password(&no(person), &password).unwrap() {
            PasswordAnswer::Right(token) => token,
            other => panic!("{other:?}"),
        }
    }

    pub fn number(&self, sql: &str) -> i64 {
        connection(&self.ledger).query_row(sql, [], |row| row.get(0)).unwrap()
    }

    /// Everything but the operations themselves.
    pub fn contents(&self) -> Vec<String> {
        let db = connection(&self.ledger);
        let tables = [
            "family_account",
            "authorisation",
            "own_place",
            "reserve",
            "movement",
            "premium",
            "premium_due",
            "premium_payment",
            "consent",
            "settlement",
        ];
        let mut all = Vec::new();
        for table in tables {
            let mut select = db.prepare(&format!("SELECT * FROM {table}")).unwrap();
            let columns = select.column_count();
            let mut rows = select.query([]).unwrap();
            while let Some(row) = rows.next().unwrap() {
                let values = (0..columns)
                    .map(|column| row.get::<_, rusqlite::types::Value>(column).unwrap());
                all.push(format!("{table} {:?}", values.collect::<Vec<_>>()));
            }
        }
        all
    }
}

fn settle_in(
    db: &Transaction<'_>,
    index: usize,
    (name, year, insutype, status, yuan): &(&str, i16, &str, &str, i64),
) {
    let mut writer = Writer::new(db);
    let head = format!("310101{year}0601001");
    let id_number = (0..=9).map(|d| format!("{head}{d}")).chain([format!("{head}X")]);
    // One of the eleven is right; each person another district, so that none is there twice.
    let id_number = id_number
        .map(|text| text.replacen("310101", &format!("31010{}", index + 1), 1))
        .find_map(|text| IdNumber::parse(&text).ok())
        .unwrap();
    let id = writer
        .person(&PersonRow {
            psn_no: no(name),
            name: PersonName::new("张三"),
            cert_type: "01".into(),
            id_number,
            gender: Gender::Male,
            naty: "01".into(),
            birth: Date::new(*year, 6, 1).ok(),
        })
        .unwrap();
    writer
        .insurance(
            id,
            &InsuranceRow {
                insutype: (*insutype).into(),
                psn_type: "1101".into(),
                status: (*status).into(),
                since: None,
                region: "310000".into(),
                employer: "工厂".into(),
            },
        )
        .unwrap();
    writer.card(id, &CardNo::new(format!("C{index}")), date(2030, 1, 1), false).unwrap();
    if *yuan > 0 {
        let amount = super::town::yuan(*yuan);
        let after = Balance::default().after(RowKind::Contribution.movement_kind(), amount);
        let place = writer.place("", "单位").unwrap();
        let row = MovementRow {
            serial: 1,
            day: date(2026, 1, 5),
            kind: RowKind::Contribution,
            amount,
            after: after.unwrap(),
            place,
            relative: None,
            settlement: None,
            reserve: None,
        };
        writer.movement(id, &row).unwrap();
    }
    if *insutype == "390" {
        for (year, yuan) in [(2026, 380), (2027, 400)] {
            db.execute(
                "INSERT INTO premium_due (insured, insured_year, amount_fen, person_group)
                VALUES (?1, ?2, ?3, 'neither')",
                [id, year, yuan * 100],
            )
            .unwrap();
        }
    }
    if *name != "aunt" {
        KEPT.store(db, id).unwrap();
    }
}

/// Everything that must always hold of money in a ledger.
pub(super) fn audit(db: &Connection) {
    for (what, broken) in [
        (
            "a balance is the sum of its movements",
            "SELECT count(*) FROM (SELECT owner, sum(amount_fen) AS total,
                max(serial) AS last FROM movement GROUP BY owner) AS a
            JOIN movement AS m ON m.owner = a.owner AND m.serial = a.last
            WHERE m.balance_after_fen <> a.total OR a.total < 0",
        ),
        (
            "every entry has two legs that sum to zero",
            "SELECT count(*) FROM (SELECT 1 FROM posting GROUP BY owner, serial
                HAVING sum(amount_fen) <> 0 OR count(*) <> 2 OR count(DISTINCT account) <> 2)",
        ),
        (
            "money set aside is the sum of its legs",
            "SELECT count(*) FROM reserve AS r WHERE balance_fen < 0 OR balance_fen <>
                (SELECT coalesce(sum(amount_fen), 0) FROM posting
                WHERE account = 'reserve:' || r.id)",
        ),
        (
            "the tax office has what was paid and not given back",
            "SELECT (SELECT coalesce(sum(amount_fen), 0) FROM premium WHERE status <> 3)
                <> (SELECT coalesce(sum(amount_fen), 0) FROM posting
                WHERE account = 'tax_office')",
        ),
        (
            "no premium is paid twice",
            "SELECT count(*) FROM (SELECT 1 FROM premium WHERE status <> 3
                GROUP BY insured, insured_year HAVING count(*) > 1)",
        ),
        (
            "accounts paid what the settlement says",
            "SELECT count(*) FROM settlement AS s WHERE acct_pay <>
                -(SELECT coalesce(sum(amount_fen), 0) FROM movement
                WHERE settlement = s.id AND kind IN (3, 4, 6, 7))
            OR acct_mulaid_pay <> -(SELECT coalesce(sum(amount_fen), 0) FROM movement
                WHERE settlement = s.id AND kind IN (4, 7)) OR identities_hold = 0",
        ),
        (
            "places are taken once, one's own among them",
            "SELECT count(*) FROM (SELECT beneficiary AS p, slot FROM authorisation WHERE state = 2
                UNION ALL SELECT person, slot FROM own_place)
                GROUP BY p, slot HAVING count(*) > 1 OR slot > 10",
        ),
        (
            "what has ended holds no money",
            "SELECT count(*) FROM reserve AS r JOIN authorisation AS a ON a.id = r.authorisation
                WHERE a.state > 2 AND r.balance_fen <> 0",
        ),
        ("every reference is there", "SELECT count(*) FROM pragma_foreign_key_check"),
    ] {
        let found = db.query_row(broken, [], |row| row.get::<_, i64>(0)).optional().unwrap();
        assert_eq!(found.unwrap_or(0), 0, "{what}");
    }
}
