//! A whole kiosk for tests: simulated devices on kernel ttys, a generated ledger in a SQLite file,
//! the running app, and a face that keeps what would be on the screen.
#![allow(dead_code, clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

pub mod family;
pub mod ledgers;
pub mod process;

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

use crossbeam_channel::{Receiver, Sender, unbounded};
use gongji_hal::printer::sim::SimConfig;
use gongji_kiosk::app::{App, Face};
use gongji_kiosk::config::{Config, PaperWidth};
use gongji_kiosk::devices::simulate::SimulatedHall;
use gongji_kiosk::devices::simulate::card_file::{self, CardFile};
use gongji_kiosk::devices::simulate::idcard_file::{self, IdCardFile};
use gongji_kiosk::devices::supervise::Roster;
use gongji_kiosk::domain::id_number::IdNumber;
use gongji_kiosk::domain::person::PersonName;
use gongji_kiosk::records::embedded::{EmbeddedLedger, mint_code};
use gongji_kiosk::records::generate::{self, GenerateOptions};
use gongji_kiosk::records::port::{Credential, Ledger};
use gongji_kiosk::statement::PrinterFont;
use gongji_kiosk::view::model::{PageView, ViewModel};
pub use gongji_kiosk::view::words::heading as title;
use gongji_kiosk::view::words::touchables;
use gongji_kiosk::visit::event::Tap;
use jiff::Timestamp;
use jiff::civil::date;

/// How long a test waits for what must happen; far beyond what it takes on a busy machine.
pub const PATIENCE: Duration = Duration::from_secs(40);

/// Between two questions to a device that tells nothing by itself.
const MOMENT: Duration = Duration::from_millis(10);

/// The last day of the generated records.
pub const TODAY: jiff::civil::Date = date(2026, 11, 20);

/// The clock on the wall of the tests' halls: it stands still, so that no test depends on the day.
pub fn clock() -> jiff::civil::DateTime {
    TODAY.at(9, 41, 0, 0)
}

/// A face that hands every screen to the test.
struct Camera(Sender<Arc<ViewModel>>);

impl Face for Camera {
    fn show(&mut self, view: &Arc<ViewModel>) {
        let _ = self.0.send(Arc::clone(view));
    }

    fn clock(&mut self, _text: &str) {}
}

pub struct Rig {
    pub folder: tempfile::TempDir,
    pub hall: SimulatedHall,
    pub config: Config,
    app: Option<App>,
    views: Receiver<Arc<ViewModel>>,
    /// The screen as it is.
    pub view: Arc<ViewModel>,
    /// Every screen since the start.
    pub seen: Vec<Arc<ViewModel>>,
}

impl Rig {
    pub fn start() -> Self {
        Self::with(fast(), |_| {})
    }

    /// A kiosk whose printer and configuration are changed before it starts.
    pub fn with(printer: SimConfig, change: impl FnOnce(&mut Config)) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let db = folder.path().join("records.db");
        generate_records(&db);
        let hall =
            SimulatedHall::serve(folder.path(), printer, Box::new(PrinterFont::new())).unwrap();
        let mut config = config(folder.path());
        change(&mut config);
        let ledger = EmbeddedLedger::open(&config.records.db).unwrap();
        Self::run(folder, hall, config, Box::new(ledger))
    }

    pub fn run(
        folder: tempfile::TempDir,
        hall: SimulatedHall,
        config: Config,
        ledger: Box<dyn Ledger>,
    ) -> Self {
        let (sender, views) = unbounded();
        let app = App::start_by(clock, &config, ledger, Camera(sender)).unwrap();
        let view = Arc::new(ViewModel::default());
        let printer = config.printer.is_some();
        let mut rig = Self { folder, hall, config, app: Some(app), views, view, seen: Vec::new() };
        // The first screen says that no device has answered yet.
        rig.wait("devices that do not answer yet", |v| *v != ViewModel::default());
        rig.wait("idle and in service", |v| is_idle(v) && (v.notice.is_none() || !printer));
        rig
    }

    /// Waits until the screen is as told.
    pub fn wait(&mut self, what: &str, fits: impl Fn(&ViewModel) -> bool) -> Arc<ViewModel> {
        let until = Instant::now() + PATIENCE;
        loop {
            while let Ok(view) = self.views.try_recv() {
                self.keep(view);
            }
            if fits(&self.view) {
                return Arc::clone(&self.view);
            }
            match self.views.recv_deadline(until) {
                Ok(view) => self.keep(view),
                Err(_) => panic!("waited for: {what}; the screen shows {:#?}", self.view),
            }
        }
    }

    fn keep(&mut self, view: Arc<ViewModel>) {
        self.seen.push(Arc::clone(&view));
        self.view = view;
    }

    /// Waits for a page with these words in its title.
    pub fn wait_title(&mut self, words: &str) -> Arc<ViewModel> {
        self.wait(&format!("a page titled {words}"), |view| title(view).contains(words))
    }

    pub fn wait_idle(&mut self) -> Arc<ViewModel> {
        self.wait("the idle page", is_idle)
    }

    /// Waits for the idle page of a kiosk that takes no cards now.
    pub fn wait_no_slot(&mut self) -> Arc<ViewModel> {
        let no_slot = |view: &ViewModel| matches!(&view.page, PageView::Idle(idle) if !idle.card);
        self.wait("idle, without the card slot", no_slot)
    }

    /// Touches what bears these words; it must be on the screen, or come.
    pub fn tap(&mut self, label: &str) {
        let bears = |view: &ViewModel| find(view, label).is_some();
        let view = self.wait(&format!("something to touch: {label}"), bears);
        self.send(find(&view, label).unwrap());
    }

    /// Types number and password to begin a visit, from idle on.
    pub fn type_both(&mut self, number: &str, password: &str) {
        for words in ["使用帮助", "没有带卡和证件怎么办", "输入身份证号码"] {
            self.tap(words);
        }
        self.wait_title("请输入您的身份证号码");
        self.type_in(number);
        self.tap("输好了");
        self.wait_title("请输入查询密码");
        self.type_in(password);
        self.tap("核对密码");
    }

    pub fn send(&self, tap: Tap) {
        (self.app.as_ref().unwrap().touches())(tap);
    }

    /// The sample card with this label.
    pub fn card_file(&self, label: &str) -> CardFile {
        let samples = card_file::samples(&self.config.records.db, TODAY).unwrap();
        let found = samples.into_iter().find(|(name, _, _)| *name == label);
        found.unwrap_or_else(|| panic!("no sample card is labelled {label}")).2
    }

    pub fn insert(&self, label: &str) {
        self.hall.insert(self.card_file(label).card().unwrap());
    }

    /// The sample document with this label.
    pub fn document_file(&self, label: &str) -> IdCardFile {
        let samples = idcard_file::samples(&self.config.records.db, TODAY).unwrap();
        let found = samples.into_iter().find(|(name, _, _)| *name == label);
        found.unwrap_or_else(|| panic!("no sample document is labelled {label}")).2
    }

    /// Puts a sample document on the ID card reader.
    pub fn place(&self, label: &str) {
        self.hall.place(self.document_file(label).document().unwrap());
    }

    /// Puts the document of a card's owner on the ID card reader.
    pub fn place_of(&self, card: &CardFile) {
        let number = IdNumber::parse(&card.id_number).unwrap();
        let file = IdCardFile::of(&number, &PersonName::new(card.name.clone()), TODAY).unwrap();
        self.hall.place(file.document().unwrap());
    }

    /// A fresh code of the owner of the sample card with this label.
    pub fn code_of(&self, label: &str) -> String {
        let number = IdNumber::parse(&self.card_file(label).id_number).unwrap();
        let person = Credential::IdNumber(number);
        let code = mint_code(&self.config.records.db, &person, Timestamp::now()).unwrap();
        code.reveal().to_owned()
    }

    /// Holds a code before the scanner as soon as it is lit.
    pub fn scan(&mut self, code: &str) {
        self.until("the scanner lit", |rig| rig.hall.scan(code).then_some(()));
    }

    /// The scanner is lit: the page asks for a code, or lets one be shown.
    pub fn lit(&self) -> bool {
        self.hall.code().with(|scanner, _| scanner.is_lit()).unwrap_or_default()
    }

    /// Asks again, with each new screen or a moment later, until there is an answer.
    pub fn until<T>(&mut self, what: &str, mut answer: impl FnMut(&Self) -> Option<T>) -> T {
        let until = Instant::now() + PATIENCE;
        loop {
            while let Ok(view) = self.views.recv_timeout(MOMENT) {
                self.keep(view);
            }
            if let Some(answer) = answer(self) {
                return answer;
            }
            assert!(Instant::now() < until, "waited for: {what}; {:#?}", self.view);
        }
    }

    /// Puts the showcase card in and waits for home.
    pub fn go_home(&mut self) -> Arc<ViewModel> {
        self.insert("showcase");
        self.wait("home", |view| matches!(view.page, PageView::Home(_)))
    }

    /// From home to a preview of the account statement.
    pub fn preview_account_slip(&mut self) {
        self.tap("打印单据");
        self.wait_title("打印哪一份");
        self.tap("余额和明细");
        self.wait("the preview", |view| matches!(view.page, PageView::Preview(_)));
    }

    /// Prints what the preview shows, be it a copy.
    pub fn print_preview(&mut self) {
        let button = |v: &ViewModel| find(v, "开始打印").or_else(|| find(v, "补打一份"));
        let view = self.wait("a preview to print", |v| button(v).is_some());
        self.send(button(&view).unwrap());
    }

    pub fn order(&self, line: &str) {
        self.hall.order(line).unwrap();
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// How the kiosk knows its devices to be.
    pub fn devices(&self) -> &Roster {
        self.app.as_ref().unwrap().devices()
    }

    /// Ends the kiosk and starts it again, with the same devices as they are.
    pub fn restart(&mut self) {
        self.stop();
        let (sender, views) = unbounded();
        let ledger = EmbeddedLedger::open(&self.config.records.db).unwrap();
        self.app =
            Some(App::start_by(clock, &self.config, Box::new(ledger), Camera(sender)).unwrap());
        self.views = views;
        self.seen.clear();
        self.view = Arc::new(ViewModel::default());
    }

    /// Ends the kiosk and waits for its threads.
    pub fn stop(&mut self) {
        self.app = None;
    }
}

pub fn generate_records(db: &Path) {
    let options = GenerateOptions { persons: 60, years: 2, seed: 7, today: TODAY };
    generate::generate(&options, db, &mut |_, _| {}).unwrap();
}

/// The shipped configuration with its files in `folder`.
pub fn config(folder: &Path) -> Config {
    let shipped = Path::new(env!("CARGO_MANIFEST_DIR")).join("deploy/kiosk.toml");
    let mut config = Config::load(&shipped).unwrap();
    config.records.db = folder.join("records.db");
    config.journal.db = folder.join("journal.db");
    config.card.port = folder.join("card");
    if let Some(idcard) = &mut config.idcard {
        idcard.port = folder.join("idcard");
    }
    if let Some(code) = &mut config.code {
        code.port = folder.join("code");
    }
    if let Some(printer) = &mut config.printer {
        printer.port = folder.join("printer");
        printer.paper = PaperWidth::Mm80;
    }
    config
}

pub fn is_idle(view: &ViewModel) -> bool {
    matches!(&view.page, PageView::Idle(idle) if idle.in_service)
}

pub fn find(view: &ViewModel, label: &str) -> Option<Tap> {
    touchables(view).into_iter().find(|(words, _)| words == label).map(|(_, tap)| tap)
}

/// A card of somebody whom no ledger knows.
pub fn stranger() -> CardFile {
    CardFile {
        number: "Z00000001".into(),
        id_number: "110101195001010017".into(),
        name: "测试人".into(),
        issued: date(2020, 1, 1),
        expires: date(2040, 1, 1),
        version: "2.00".into(),
        protocol: Default::default(),
        pin: None,
        atr: None,
        number_only: false,
        mute: false,
        other_card: false,
    }
}

/// A printer that loses no time; what it prints and how it fails is the same.
pub fn fast() -> SimConfig {
    SimConfig { speed_mm_s: 1500, ..SimConfig::default() }
}
