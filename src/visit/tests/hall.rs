//! A hall with one kiosk: its clock, its effects, and what its devices say back.

use jiff::civil::Date;

use crate::domain::person::InsuranceCode;
use crate::records::port::LedgerError;
use crate::view::model::{Overlay, PageView, ViewModel};
use crate::view::present;
use crate::view::words::touchables;
use crate::visit::event::{
    Answer, CardNews, CardTrouble, CodeNews, DocumentHolder, DocumentNews, Effect, Event, Now,
    PrintEnd, PrintId, PrinterCondition, PrinterNews, PrinterTrouble, Query, QueryId, SlipKind,
    Tap,
};
use crate::visit::state::Stage;
use crate::visit::state::refused::Refusal;
use crate::visit::tests::{pay, persons, table};
use crate::visit::{Kiosk, Limits, Settings};

/// Something that happens in a hall.
pub type Step = fn(&mut Hall);
/// A hall at some point of a visit.
pub type Begun = fn() -> Hall;

pub struct Hall {
    pub kiosk: Kiosk,
    pub limits: Limits,
    pub ms: u64,
    /// The hall's date.
    pub today: Date,
    /// All effects but `Accept`.
    pub effects: Vec<Effect>,
    /// What the devices were told to accept: documents, codes.
    pub accepts: Vec<(bool, bool)>,
    /// Where each event led: from, to.
    pub ways: Vec<(&'static str, &'static str)>,
}

impl Hall {
    /// A kiosk whose devices are well.
    pub fn new() -> Self {
        Self::with(Settings::default())
    }

    pub fn with(settings: Settings) -> Self {
        let limits = Limits::default();
        let kiosk = Kiosk::new(settings, limits.clone());
        let mut hall = Self {
            kiosk,
            limits,
            ms: 1_000,
            today: persons::TODAY,
            effects: Vec::new(),
            accepts: Vec::new(),
            ways: Vec::new(),
        };
        hall.card(CardNews::Reader { working: true });
        hall.document(DocumentNews::Reader { working: true });
        hall.code(CodeNews::Scanner { working: true });
        hall.trouble(None);
        hall
    }

    /// A patron at home.
    pub fn at_home() -> Self {
        Self::at_home_with(Settings::default())
    }

    /// The same at a kiosk with these settings.
    pub fn at_home_with(settings: Settings) -> Self {
        let mut hall = Self::with(settings);
        hall.card(CardNews::Inserted);
        hall.card(CardNews::Read(Ok(persons::holder())));
        hall.answer();
        hall.answer();
        assert!(matches!(hall.view().page, PageView::Home(_)));
        hall
    }

    /// A patron at home who has put a document down; it lies there.
    pub fn home_by_document() -> Self {
        let mut hall = Self::new();
        hall.put_down(persons::document());
        hall.answer();
        hall.answer();
        assert!(matches!(hall.view().page, PageView::Home(_)));
        hall
    }

    /// A patron at home who has held a code up.
    pub fn home_by_code() -> Self {
        let mut hall = Self::new();
        hall.scan(persons::CODE);
        hall.answer();
        hall.answer();
        assert!(matches!(hall.view().page, PageView::Home(_)));
        hall
    }

    /// At home by document, asked whether it shall be for another, who has put a document down.
    pub fn asked_for_whom() -> Self {
        let mut hall = Self::home_by_document();
        hall.put_down(persons::other_document());
        hall.answer_with(Ok(Answer::Identified(persons::other_insured())));
        assert!(hall.asks_for_whom());
        hall
    }

    /// A patron at home, at a kiosk that knows the rules of every region.
    pub fn home_with_rules() -> Self {
        let mut hall = Self::with(pay::settings("shanghai"));
        hall.card(CardNews::Inserted);
        hall.card(CardNews::Read(Ok(persons::holder())));
        hall.answer_all();
        assert!(matches!(hall.view().page, PageView::Home(_)));
        hall
    }

    /// A patron who has touched all of this, each page as it came up.
    fn touched(words: &[&str]) -> Self {
        let mut hall = Self::home_with_rules();
        for words in words {
            hall.touch(words);
            hall.answer_all();
        }
        hall
    }

    /// A patron who is asked whose premium shall be paid.
    pub fn paying() -> Self {
        Self::touched(&["家人缴费", "替家人缴费"])
    }

    /// A patron who looks at what a premium costs.
    pub fn at_a_premium() -> Self {
        Self::touched(&["家人缴费", "替家人缴费", "儿子 张*", "2027年度居民医保"])
    }

    /// A patron who is reminded what it means to take a payment back.
    pub fn reminded() -> Self {
        Self::touched(&["家人缴费", "2027年度居民医保", "撤销这一笔"])
    }

    /// A patron who has just touched 开始打印.
    pub fn printing() -> (Self, PrintId) {
        let mut hall = Self::previewing();
        hall.tap(Tap::PrintNow);
        let id = hall.print_id();
        (hall, id)
    }

    /// A patron who looks at the preview of a slip.
    pub fn previewing() -> Self {
        let mut hall = Self::at_home();
        hall.tap(Tap::Account);
        hall.answer();
        hall.tap(Tap::Slip(SlipKind::Account));
        hall.answer();
        assert!(matches!(hall.view().page, PageView::Preview(_)));
        hall
    }

    pub fn now(&self) -> Now {
        Now { uptime_ms: self.ms, wall: self.today.at(9, 41, 0, 0) }
    }

    pub fn step(&mut self, event: Event) -> Vec<Effect> {
        let from = table::place(&self.kiosk);
        let mut effects = self.kiosk.step(self.now(), event);
        self.ways.push((from, table::place(&self.kiosk)));
        effects.retain(|effect| match effect {
            Effect::Accept { documents, codes } => {
                self.accepts.push((*documents, *codes));
                false
            }
            _ => true,
        });
        self.effects.extend(effects.iter().cloned());
        effects
    }

    pub fn tap(&mut self, tap: Tap) -> Vec<Effect> {
        self.step(Event::Tap(tap))
    }

    /// Touches what has these words, or begins with them.
    pub fn touch(&mut self, words: &str) -> Vec<Effect> {
        let all = crate::view::words::touchables(&self.view());
        let found = all.iter().find(|(label, _)| label == words);
        let found = found.or_else(|| all.iter().find(|(label, _)| label.starts_with(words)));
        let (_, tap) = found.unwrap_or_else(|| panic!("{words} is not among {all:?}"));
        self.tap(*tap)
    }

    pub fn card(&mut self, news: CardNews) -> Vec<Effect> {
        self.step(Event::Card(news))
    }

    pub fn document(&mut self, news: DocumentNews) -> Vec<Effect> {
        self.step(Event::Document(news))
    }

    pub fn code(&mut self, news: CodeNews) -> Vec<Effect> {
        self.step(Event::Code(news))
    }

    /// A document is put down and read.
    pub fn put_down(&mut self, holder: DocumentHolder) -> Vec<Effect> {
        self.document(DocumentNews::Read(Ok(holder)))
    }

    /// A code is held up.
    pub fn scan(&mut self, text: &str) -> Vec<Effect> {
        self.code(CodeNews::Scanned(InsuranceCode::new(text)))
    }

    pub fn unreadable(&mut self, trouble: CardTrouble) -> Vec<Effect> {
        self.card(CardNews::Read(Err(trouble)))
    }

    pub fn trouble(&mut self, trouble: Option<PrinterTrouble>) -> Vec<Effect> {
        let condition = PrinterCondition { trouble, paper_low: false };
        self.step(Event::Printer(PrinterNews::Condition(condition)))
    }

    pub fn started(&mut self, id: PrintId) {
        let slip_no = "0007 31".to_owned();
        self.step(Event::Printer(PrinterNews::Started { id, slip_no, pages: 2 }));
    }

    pub fn progress(&mut self, id: PrintId, pages: u16) {
        self.step(Event::Printer(PrinterNews::Progress { id, pages }));
    }

    pub fn ended(&mut self, id: PrintId, end: PrintEnd) -> Vec<Effect> {
        self.step(Event::Printer(PrinterNews::Ended { id, end }))
    }

    /// The question asked last.
    pub fn question(&self) -> (QueryId, Query) {
        let asked = self.effects.iter().rev().find_map(|effect| match effect {
            Effect::Query { id, query } => Some((*id, query.clone())),
            _ => None,
        });
        asked.expect("nothing was asked")
    }

    /// The ledger answers the question asked last, as a ledger in good health does.
    pub fn answer(&mut self) {
        let (_, query) = self.question();
        self.answer_with(Ok(persons::answer(&query)));
    }

    /// The ledger answers until the page does not wait for it any more.
    pub fn answer_all(&mut self) {
        while matches!(self.view().page, PageView::Waiting(_)) {
            self.answer();
        }
    }

    /// The ledger answers the question asked last.
    pub fn answer_with(&mut self, result: Result<Answer, LedgerError>) {
        let (id, _) = self.question();
        self.step(Event::Answer { id, result });
    }

    /// The slip sent last.
    pub fn print_id(&self) -> PrintId {
        self.prints().last().expect("nothing was printed").0
    }

    /// All slips sent: id and copy.
    pub fn prints(&self) -> Vec<(PrintId, u16)> {
        let print = |effect: &Effect| match effect {
            Effect::Print { id, copy, .. } => Some((*id, *copy)),
            _ => None,
        };
        self.effects.iter().filter_map(print).collect()
    }

    /// Time passes; the kiosk gets its ticks when they are due.
    pub fn wait(&mut self, ms: u64) {
        let end = self.ms + ms;
        while let Some(due) = self.kiosk.next_deadline().filter(|due| *due <= end) {
            self.ms = self.ms.max(due);
            self.step(Event::Tick);
            let next = self.kiosk.next_deadline();
            assert!(next.is_none_or(|next| next > self.ms), "a tick left its deadline standing");
        }
        self.ms = end;
    }

    pub fn view(&self) -> ViewModel {
        present(&self.kiosk, self.now())
    }

    /// Heading of the page.
    pub fn title(&self) -> String {
        crate::view::words::heading(&self.view()).to_owned()
    }

    /// Words of the buttons in the footer.
    pub fn footer(&self) -> [Option<String>; 2] {
        let view = self.view();
        [view.back, view.primary].map(|button| button.map(|button| button.label))
    }

    pub fn is_default(&self) -> bool {
        self.view() == ViewModel::default()
    }

    /// The visit, if somebody is served.
    pub fn visit(&self) -> Option<&crate::visit::state::Visit> {
        match self.kiosk.stage() {
            Stage::Visit(visit) => Some(visit),
            _ => None,
        }
    }

    /// Whose visit it is, by the ledger's number.
    pub fn served(&self) -> Option<&str> {
        self.visit().map(|visit| visit.patron.person.psn_no.reveal())
    }

    /// The question for whom the visit is lies over the page.
    pub fn asks_for_whom(&self) -> bool {
        self.visit().is_some_and(|visit| visit.other().is_some())
    }

    /// Why no visit could begin.
    pub fn refusal(&self) -> Option<Refusal> {
        match self.kiosk.stage() {
            Stage::Refused(state) => Some(state.why),
            _ => None,
        }
    }

    pub fn takes_document(&self) -> bool {
        matches!(self.kiosk.stage(), Stage::TakeDocument(_))
    }

    pub fn takes_card(&self) -> bool {
        matches!(self.kiosk.stage(), Stage::TakeCard(_))
    }

    /// Every touch that the screen offers.
    pub fn offered(&self) -> Vec<Tap> {
        let view = self.view();
        match view.overlay {
            // Under these questions 呼叫工作人员 is drawn, and means nothing yet.
            Some(Overlay::StillThere { .. }) => vec![Tap::StillHere],
            Some(Overlay::StaffCalled { .. }) => vec![Tap::StaffDone, Tap::StillHere],
            None => touchables(&view).into_iter().map(|(_, tap)| tap).collect(),
        }
    }

    pub fn still_there(&self) -> bool {
        matches!(self.view().overlay, Some(Overlay::StillThere { .. }))
    }

    /// Nothing of the visit is to be seen.
    pub fn assert_nothing_personal(&self) {
        let text = format!("{:?}", self.view());
        for canary in persons::CANARIES.iter().chain(&["张*", "李*", "周*", "0007 31", "2,035.75"])
        {
            assert!(!text.contains(canary), "{canary} is still in {text}");
        }
    }
}
