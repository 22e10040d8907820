//! What patrons do about their family account, by the words of the pages; and what is then in the
//! ledger, in the journal and on paper.

use std::path::Path;

use gongji_kiosk::config::Config;
use gongji_kiosk::devices::simulate::SimulatedHall;
use gongji_kiosk::devices::simulate::card_file::CardFile;
use gongji_kiosk::domain::id_number::IdNumber;
use gongji_kiosk::domain::money::Money;
use gongji_kiosk::domain::person::{CardNo, Insured, PersonNo};
use gongji_kiosk::journal::{DigestKey, Verdict, verify};
use gongji_kiosk::records::embedded::{EmbeddedLedger, mint_code};
use gongji_kiosk::records::generate::{self, CardKind, GENERATED_PIN, GenerateOptions};
use gongji_kiosk::records::port::{
    AuthorisationRecord, Candidate, Credential, DueState, FamilyAccount, Ledger, Member,
    PageRequest, PremiumDue,
};
use gongji_kiosk::statement::PrinterFont;
use gongji_kiosk::view::model::{DocumentView, MessageView, PageView, ViewModel};
use gongji_kiosk::view::words::NEXT_PAGE;
use gongji_kiosk::visit::event::{Pen, Tap};
use jiff::civil::Date;
use jiff::{Timestamp, Zoned};

use super::ledgers::Gate;
use super::{Rig, TODAY, config, fast, find, generate_records, title};

/// Most relatives that a patron of these stories adds.
const CANDIDATES_MAX: u32 = 40;

/// How the kiosk's own day is called: stories run on the wall clock.
pub fn today() -> Date {
    Zoned::now().date()
}

/// Somebody of the ledger.
pub struct Person {
    pub card: CardFile,
    pub insured: Insured,
}

impl Person {
    pub fn psn_no(&self) -> &PersonNo {
        &self.insured.psn_no
    }

    /// 李*
    pub fn masked(&self) -> String {
        gongji_kiosk::domain::masking::mask_name(&self.insured.name)
    }
}

/// Fills a new ledger of people who are insured in `region`.
pub fn generate_in(region: &str, db: &Path) {
    let options = GenerateOptions { persons: 60, years: 2, seed: 7, today: TODAY };
    generate::generate_in(&options, region, db, &mut |_, _| {}).unwrap();
}

/// Changes the ledger as its own staff might, before the kiosk is started.
pub fn sql(db: &Path, statement: &str) -> usize {
    let connection = rusqlite::Connection::open(db).unwrap();
    connection.execute(statement, []).unwrap()
}

/// Gives somebody another query password, as a window would.
pub fn set_password(db: &Path, person: &Person, password: &str) {
    let (salt, rounds, mut hash) = ([0x5A_u8; 16], 1_000_u32, [0_u8; 32]);
    pbkdf2::pbkdf2_hmac::<sha2::Sha256>(password.as_bytes(), &salt, rounds, &mut hash);
    let connection = rusqlite::Connection::open(db).unwrap();
    let set = "UPDATE query_password SET salt = ?1, hash = ?2, rounds = ?3
        WHERE person = (SELECT id FROM person WHERE psn_no = ?4)";
    let psn_no = person.psn_no().reveal();
    assert_eq!(connection.execute(set, (salt, hash, rounds, psn_no)).unwrap(), 1);
}

fn hall_in(folder: &Path) -> (SimulatedHall, Config) {
    let font = Box::new(PrinterFont::new());
    (SimulatedHall::serve(folder, fast(), font).unwrap(), config(folder))
}

impl Rig {
    /// A kiosk whose patrons are insured in `region`; `change` has the ledger's file before it starts.
    pub fn in_region(region: &str, change: impl FnOnce(&Path)) -> Self {
        Self::on_ledger(|db| {
            generate_in(region, db);
            change(db);
        })
    }

    /// A kiosk on a ledger that is made as told.
    fn on_ledger(make: impl FnOnce(&Path)) -> Self {
        let folder = tempfile::tempdir().unwrap();
        make(&folder.path().join("records.db"));
        let (hall, config) = hall_in(folder.path());
        let ledger = EmbeddedLedger::open(&config.records.db).unwrap();
        Self::run(folder, hall, config, Box::new(ledger))
    }

    /// A kiosk with a gate before its ledger; the gate falls first, so that a failed test ends.
    pub fn gated() -> (Self, Gate) {
        let folder = tempfile::tempdir().unwrap();
        generate_records(&folder.path().join("records.db"));
        let (hall, config) = hall_in(folder.path());
        let (gate, ledger) = Gate::before(EmbeddedLedger::open(&config.records.db).unwrap());
        (Self::run(folder, hall, config, Box::new(ledger)), gate)
    }

    /// The ledger, as anybody else sees it.
    pub fn ledger(&self) -> EmbeddedLedger {
        EmbeddedLedger::open(&self.config.records.db).unwrap()
    }

    /// Who the sample card with this label belongs to.
    pub fn person(&self, label: &str) -> Person {
        self.owner_of(self.card_file(label))
    }

    pub fn owner_of(&self, card: CardFile) -> Person {
        let id_number = IdNumber::parse(&card.id_number).unwrap();
        let credential = Credential::Card {
            number: CardNo::new(card.number.clone()),
            id_number: Some(id_number),
        };
        let insured = self.ledger().identify(&credential).unwrap();
        Person { card, insured }
    }

    /// A fresh 医保码 of somebody.
    pub fn code_of_person(&self, person: &Person) -> String {
        let owner = Credential::IdNumber(person.insured.id_number.clone());
        let code = mint_code(&self.config.records.db, &owner, Timestamp::now()).unwrap();
        code.reveal().to_owned()
    }

    /// Somebody whom `donor` may add: not bound yet, with a place in the order, and as told.
    pub fn candidate(&self, donor: &Person, fits: impl Fn(&Candidate) -> bool) -> Person {
        let cards =
            generate::cards(&self.config.records.db, CardKind::Normal, TODAY, CANDIDATES_MAX);
        let bound = self.family_of(donor);
        let mut ledger = self.ledger();
        for card in cards.unwrap() {
            let person = self.owner_of(CardFile::of(&card));
            let credential = Credential::IdNumber(person.insured.id_number.clone());
            let found = ledger.candidate(donor.psn_no(), &credential).unwrap();
            let other = person.psn_no() != donor.psn_no()
                && !bound.members.iter().any(|member| member.who.psn_no == *person.psn_no());
            if other && found.other_donors == 0 && fits(&found) {
                return person;
            }
        }
        panic!("nobody of the ledger fits");
    }

    /// Both sides of somebody's family account, as the ledger has it.
    pub fn family_of(&self, person: &Person) -> FamilyAccount {
        self.ledger().family_account(person.psn_no(), today()).unwrap()
    }

    pub fn balance_of(&self, person: &Person) -> Money {
        self.ledger().overview(person.psn_no(), today()).unwrap().balance.total
    }

    pub fn dues(&self, payer: &Person, relative: &PersonNo) -> Vec<PremiumDue> {
        self.ledger().premium_dues(payer.psn_no(), relative).unwrap()
    }

    /// A payer whose relative has used so little this year that `limit` leaves room for the premium,
    /// and who has more than any region asks for before a premium is paid.
    pub fn payer_within(&self, limit: Money) -> (Person, u8, Member, PremiumDue) {
        let db = &self.config.records.db;
        let cards = generate::cards(db, CardKind::Payer, TODAY, CANDIDATES_MAX).unwrap();
        let payers = cards.iter().map(|card| self.owner_of(CardFile::of(card)));
        let mut found = payers.map(|payer| {
            let (row, member, due) = self.unpaid(&payer);
            (payer, row, member, due)
        });
        let fits = |payer: &Person, member: &Member, due: &PremiumDue| {
            let most = member.who.annual_limit.map_or(limit, |own| own.min(limit));
            let enough = self.balance_of(payer) > due.amount + Money::from_fen(100_000);
            enough && member.used_this_year + due.amount <= most
        };
        let found = found.find(|(payer, _, member, due)| fits(payer, member, due));
        found.expect("somebody to pay for")
    }

    /// The first relative of whom a premium is still to be paid, and their row among the family.
    pub fn unpaid(&self, payer: &Person) -> (u8, Member, PremiumDue) {
        let members = self.family_of(payer).members;
        let found = (0..).zip(members).find_map(|(row, member)| {
            let dues = self.dues(payer, &member.who.psn_no);
            let due = dues.into_iter().find(|due| due.state == DueState::Unpaid)?;
            Some((row, member, due))
        });
        found.expect("somebody to pay for")
    }

    pub fn records_of(&self, person: &Person) -> Vec<AuthorisationRecord> {
        let page = PageRequest { index: 0, size: 50 };
        self.ledger().authorisations(person.psn_no(), today(), page).unwrap().rows
    }

    /// What the journal has of all writes; its chain must be whole and sealed.
    pub fn journal(&self) -> Verdict {
        let db = &self.config.journal.db;
        let key = DigestKey::read(&db.with_extension("key")).unwrap();
        let verdict = verify(db, Some(&key)).unwrap();
        assert!(verdict.sealed);
        verdict
    }

    /// How many writes the journal has begun, confirmed, refused and left open.
    pub fn writes(&self) -> (u64, u64, u64, u64) {
        let verdict = self.journal();
        (verdict.begun, verdict.confirmed, verdict.refused, verdict.open)
    }

    /// Puts somebody's card in and waits for home.
    pub fn go_home_as(&mut self, person: &Person) {
        self.hall.insert(person.card.card().unwrap());
        self.wait_home();
    }

    pub fn wait_home(&mut self) -> std::sync::Arc<ViewModel> {
        self.wait("home", |view| matches!(view.page, PageView::Home(_)))
    }

    /// From home to the family.
    pub fn go_to_members(&mut self) {
        self.tap("家人管理");
        self.wait_members();
    }

    pub fn wait_members(&mut self) -> std::sync::Arc<ViewModel> {
        self.wait("the family", |view| matches!(view.page, PageView::Members(_)))
    }

    /// From the family to the page of the n-th relative.
    pub fn open_member(&mut self, row: u8) {
        self.wait_members();
        self.send(Tap::Row(row));
        self.wait("one relative", |view| matches!(view.page, PageView::Choice(_)));
    }

    /// From the family to the question whom to add, through the documents.
    pub fn begin_to_add(&mut self) {
        self.tap("添加家人");
        self.agree();
        self.wait_title("要添加哪位家人");
    }

    /// Reads a document to its end, page by page, and agrees.
    pub fn agree(&mut self) {
        let document = |view: &ViewModel| matches!(view.page, PageView::Document(_));
        let mut view = self.wait("a document", document);
        loop {
            let PageView::Document(DocumentView { lines, pager, .. }) = view.page.clone() else {
                panic!("{view:?}")
            };
            assert!(!lines.is_empty());
            if !pager.next {
                break;
            }
            assert!(find(&view, "同意").is_none(), "agreed to before its end");
            self.tap(NEXT_PAGE);
            view = self.wait(
                "the next page of the document",
                |view| matches!(&view.page, PageView::Document(page) if page.lines != lines),
            );
        }
        self.tap("同意");
    }

    /// Answers what the relative is to the donor, by the official word.
    pub fn relation(&mut self, official: &str) {
        let view = self.wait_title("是您的什么人");
        let PageView::Choice(page) = &view.page else { panic!("{view:?}") };
        let found = page.choices.iter().find(|choice| choice.detail == official);
        self.send(found.unwrap_or_else(|| panic!("no {official}: {page:?}")).tap);
    }

    /// Touches the keys of the pad that is shown.
    pub fn type_in(&mut self, text: &str) {
        self.wait("a pad", |view| matches!(view.page, PageView::Pad(_)));
        for key in text.chars() {
            self.tap(&key.to_string());
        }
    }

    /// Signs with the finger.
    pub fn sign(&mut self) {
        self.wait("the field for the signature", |view| matches!(view.page, PageView::Sign(_)));
        for pen in [Pen::Down(120, 120), Pen::To(480, 200), Pen::Down(300, 80), Pen::To(320, 400)] {
            self.send(Tap::Pen(pen));
        }
        self.wait(
            "the writing",
            |view| matches!(&view.page, PageView::Sign(page) if page.ink.is_some()),
        );
        self.tap("签好了");
    }

    /// From the family to the page of a relative's premium of a year.
    pub fn go_to_premium(&mut self, row: u8, year: i16) {
        self.open_member(row);
        self.tap("替这位家人缴费");
        self.wait_title("缴哪一年的");
        self.tap(&format!("{year}年度居民医保"));
    }

    /// What the review says: fields and effects.
    pub fn review(&mut self) -> String {
        let view = self.wait("the review", |view| matches!(view.page, PageView::Review(_)));
        let PageView::Review(page) = &view.page else { panic!("{view:?}") };
        let fields = page.fields.iter().map(|field| format!("{}：{}\n", field.label, field.value));
        fields.chain(page.effects.iter().cloned()).collect()
    }

    /// Confirms what the review shows and goes to the pad of the card's PIN.
    pub fn confirm(&mut self, words: &str) {
        self.wait("the review", |view| matches!(view.page, PageView::Review(_)));
        self.tap(words);
        self.tap("社保卡密码");
        self.wait_title("请输入社保卡密码");
    }

    /// Enters the card's PIN.
    pub fn prove(&mut self) {
        self.type_in(GENERATED_PIN);
        self.tap("核对密码");
    }

    /// Confirms, proves, and waits for the result with this heading.
    pub fn commit(&mut self, words: &str, done: &str) -> MessageView {
        self.confirm(words);
        self.prove();
        self.result(done)
    }

    /// The result with this heading.
    pub fn result(&mut self, done: &str) -> MessageView {
        let view = self.wait_title(done);
        let PageView::Message(page) = &view.page else { panic!("{view:?}") };
        page.clone()
    }

    /// Prints the receipt of the result shown; its text, as it is on paper.
    pub fn print_receipt(&mut self) -> String {
        self.tap("打印回执");
        self.wait(
            "the preview",
            |view| matches!(&view.page, PageView::Preview(page) if page.picture.is_some()),
        );
        self.tap("开始打印");
        self.wait_title("单据打好了");
        self.hall.take_papers().iter().map(|paper| paper.text()).collect()
    }

    /// From any page of a visit by card to the idle page, through home where that can be touched.
    pub fn take_card(&mut self) {
        self.hall.remove();
        self.wait("idle, and nothing left", |view| *view == ViewModel::default());
    }
}

/// The value of a field of a message.
pub fn value<'a>(message: &'a MessageView, label: &str) -> Option<&'a str> {
    message.fields.iter().find(|field| field.label == label).map(|field| field.value.as_str())
}

/// What is to be read on the page.
pub fn text_of(view: &ViewModel) -> String {
    format!("{} {:?} {:?}", title(view), view.page, view.notice)
}
