//! Scripted visits without a display, through the real byte protocols over ptys.

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use gongji_hal::code::limits::REPEAT_WINDOW;

use crate::commands::Failure;
use crate::commands::session::Session;
use crate::domain::person::InsuranceCode;
use crate::statement::{Picture, png};
use crate::view::model::{PageView, ViewModel};
use crate::visit::event::PrintSize;

use super::stage::{Phone, Stage};

/// A step of the visit.
enum Step {
    /// Waits until all devices have answered.
    Ready,
    /// Puts in the card with this label.
    Insert(&'static str),
    /// Takes the card out.
    Remove,
    /// Puts the document with this label on the ID card reader.
    Place(&'static str),
    /// Takes the document off.
    Lift,
    /// Holds up a fresh code of the person whom the demonstration is about.
    Scan,
    /// Holds the same code up once more.
    ScanAgain,
    /// An order to the simulated devices.
    Devices(&'static str),
    /// Waits for a page with these words in its heading.
    Wait(&'static str),
    /// Touches what bears these words.
    Tap(&'static str),
    /// Touches the first row of the list, or the first of a few choices.
    FirstRow,
    /// Waits for what lies over the page.
    Overlay,
    /// Waits for the preview in large print.
    LargePrint,
    /// Waits for the page of one record.
    Record,
    /// Keeps a picture of the screen.
    Picture(&'static str),
    /// Takes the paper out of the printer and keeps it.
    Paper(&'static str),
}

use Step::{
    Devices, FirstRow, Insert, LargePrint, Lift, Overlay, Paper, Picture as Shot, Place, Ready,
    Record, Remove, Scan, ScanAgain, Tap, Wait,
};

/// The visits, by card, document and code: what patrons do, and what can go wrong on the way.
const SCRIPT: &[Step] = &[
    Ready,
    Shot("idle"),
    Tap("使用帮助"),
    Wait("使用帮助"),
    Shot("help"),
    Tap("什么是家庭共济"),
    Wait("什么是家庭共济"),
    Shot("help-answer"),
    Tap("返回"),
    Wait("使用帮助"),
    Tap("返回"),
    Wait("请插入社保卡"),
    Insert("showcase"),
    Wait("您好"),
    Shot("home"),
    Tap("账户明细"),
    Wait("账户明细"),
    Shot("account"),
    Tap("下一页"),
    FirstRow,
    Record,
    Shot("record"),
    Tap("返回"),
    Wait("账户明细"),
    Tap("返回"),
    Wait("您好"),
    Tap("家人用了多少"),
    Wait("家人用了多少"),
    Shot("family"),
    Tap("换月份"),
    Wait("看哪几个月"),
    Tap("前一年"),
    Tap("3月"),
    Tap("6月"),
    Shot("months"),
    Tap("看这段时间"),
    Wait("家人用了多少"),
    Tap("返回"),
    Wait("您好"),
    Tap("家人缴费"),
    Wait("家人缴费"),
    Shot("premiums"),
    Tap("返回"),
    Wait("您好"),
    Tap("呼叫工作人员"),
    Overlay,
    Shot("staff-called"),
    Tap("知道了，接着办"),
    Tap("打印单据"),
    Wait("打印哪一份"),
    Shot("slips"),
    Tap("余额和明细"),
    Wait("个人账户余额及明细单"),
    Shot("preview"),
    Tap("开始打印"),
    Wait("正在打印"),
    Shot("printing"),
    Wait("单据打好了"),
    Shot("printed"),
    Paper("account"),
    Tap("回到首页"),
    Wait("您好"),
    Tap("打印单据"),
    Wait("打印哪一份"),
    Tap("家人用了多少"),
    Wait("共济支付情况单"),
    Devices("fault printer paper-out after 12 lines"),
    Tap("开始打印"),
    Wait("打印机没有纸了"),
    Shot("paper-out"),
    Devices("printer paper in"),
    Wait("单据打好了"),
    Paper("family"),
    Tap("回到首页"),
    Wait("您好"),
    Tap("办完了，取卡"),
    Wait("请取走您的卡"),
    Shot("take-card"),
    Remove,
    Wait("请插入社保卡"),
    Insert("expired"),
    Wait("过了有效期"),
    Shot("card-expired"),
    Remove,
    Wait("请插入社保卡"),
    Insert("mute"),
    Wait("读不到卡里的芯片"),
    Shot("card-mute"),
    Remove,
    Wait("请插入社保卡"),
    Place("showcase"),
    Wait("您好"),
    Shot("home-by-document"),
    Insert("normal"),
    Wait("这次为谁办理"),
    Shot("whose-visit"),
    FirstRow,
    Wait("您好"),
    Remove,
    Tap("打印单据"),
    Wait("打印哪一份"),
    Tap("换月份"),
    Wait("看哪几个月"),
    Tap("本月"),
    Wait("打印哪一份"),
    Tap("余额和明细"),
    Wait("个人账户余额及明细单"),
    Tap("大字"),
    LargePrint,
    Shot("preview-large"),
    Tap("开始打印"),
    Wait("单据打好了"),
    Paper("large"),
    Tap("办完了"),
    Wait("请拿走您的身份证"),
    Shot("take-document"),
    Lift,
    Wait("请插入社保卡"),
    Place("expired"),
    Wait("过了有效期"),
    Shot("document-expired"),
    Lift,
    Tap("知道了"),
    Wait("请插入社保卡"),
    Scan,
    Wait("您好"),
    Shot("home-by-code"),
    Tap("办完了"),
    Wait("请插入社保卡"),
    ScanAgain,
    Wait("这个医保码已经失效"),
    Shot("code-used"),
    Tap("知道了"),
    Wait("请插入社保卡"),
];

/// How long the scanner may take to be lit once the page asks for a code, and how often it is looked at.
const LIGHT_PATIENCE: Duration = Duration::from_secs(10);
const LIGHT_INTERVAL: Duration = Duration::from_millis(20);

/// Plays the visit and leaves a picture of each screen and slip in `out`.
pub(super) fn play(out: &Path) -> Result<(), Failure> {
    std::fs::create_dir_all(out).map_err(|e| {
        Failure::new(format!("{}: cannot be made: {e}; take another with --out", out.display()))
    })?;
    let stage = Stage::set().map_err(Failure::new)?;
    let session = Session::start(&stage.config).map_err(Failure::new)?;
    let mut player =
        Player { stage: &stage, session, out, screens: 0, files: Vec::new(), steps: 0, code: None };
    for step in SCRIPT {
        player.take(step).map_err(Failure::new)?;
    }
    player.summary();
    Ok(())
}

struct Player<'a> {
    stage: &'a Stage,
    session: Session,
    out: &'a Path,
    screens: usize,
    files: Vec<PathBuf>,
    steps: usize,
    /// The code held up last.
    code: Option<InsuranceCode>,
}

impl Player<'_> {
    fn take(&mut self, step: &Step) -> Result<(), String> {
        self.steps += 1;
        let large = crate::visit::event::Tap::Size(PrintSize::Large);
        match step {
            Ready => self.ready(),
            Insert(label) => self.insert(label),
            Remove => {
                self.stage.hall.remove();
                Ok(())
            }
            Place(label) => self.place(label),
            Lift => {
                self.stage.hall.lift();
                Ok(())
            }
            Scan => {
                self.code = Some(self.stage.fresh_code(Phone::Showcase)?);
                self.scan()
            }
            ScanAgain => {
                // A phone that stays before the scanner is one scan to it.
                std::thread::sleep(Duration::from_millis(REPEAT_WINDOW.as_millis()));
                self.scan()
            }
            LargePrint => self.session.wait_for("the preview in large print", |view| {
                let PageView::Preview(page) = &view.page else { return false };
                page.sizes.iter().any(|size| size.chosen && size.tap == large)
            }),
            Devices(order) => self.stage.hall.order(order).map(drop),
            Wait(words) => self.session.wait(words),
            Tap(words) => self.session.tap(words),
            FirstRow => self.session.tap_first_row(),
            Overlay => self.session.wait_for("the staff message", |view| view.overlay.is_some()),
            Record => {
                self.session.wait_for("one record", |view| matches!(view.page, PageView::Record(_)))
            }
            Shot(name) => self.picture(name),
            Paper(name) => self.paper(name),
        }
    }

    fn ready(&mut self) -> Result<(), String> {
        let idle = ViewModel::default();
        // Told at first: nothing has answered yet.
        self.session.wait_for("devices that do not answer yet", |view| view.notice.is_some())?;
        self.session.wait_for("devices that answer", move |view| *view == idle)
    }

    fn insert(&self, label: &str) -> Result<(), String> {
        let card = self.stage.cards.iter().find(|card| card.label == label);
        let card = card.ok_or_else(|| format!("no generated card is labelled {label}"))?;
        self.stage.hall.insert(card.file.card()?);
        Ok(())
    }

    fn place(&self, label: &str) -> Result<(), String> {
        let document = self.stage.documents.iter().find(|document| document.label == label);
        let document =
            document.ok_or_else(|| format!("no generated document is labelled {label}"))?;
        let (key, why) = match document.file.document() {
            Ok(document) => {
                self.stage.hall.place(document);
                return Ok(());
            }
            Err(wrong) => wrong,
        };
        Err(format!("the generated document {label}: {key} {why}"))
    }

    /// A patron holds the phone still until the scanner is lit and has seen it.
    fn scan(&self) -> Result<(), String> {
        let code = self.code.as_ref().ok_or("there is no code to hold up")?;
        let until = Instant::now() + LIGHT_PATIENCE;
        while !self.stage.hall.scan(code.reveal()) {
            if Instant::now() >= until {
                let patience = LIGHT_PATIENCE.as_secs();
                return Err(format!("the scanner was not lit within {patience} s"));
            }
            std::thread::sleep(LIGHT_INTERVAL);
        }
        Ok(())
    }

    fn picture(&mut self, name: &str) -> Result<(), String> {
        self.screens += 1;
        let file = self.out.join(format!("{:02}-{name}.png", self.screens));
        self.session.picture(&file)?;
        self.files.push(file);
        Ok(())
    }

    fn paper(&mut self, name: &str) -> Result<(), String> {
        let bytes = self.out.join(format!("slip-{name}.escpos"));
        std::fs::write(&bytes, self.stage.hall.take_printed_bytes())
            .map_err(|e| format!("{}: cannot be written: {e}", bytes.display()))?;
        self.files.push(bytes);
        for (index, page) in self.stage.hall.take_papers().iter().enumerate() {
            let file = self.out.join(format!("slip-{name}-{}.png", index + 1));
            let picture = Picture::of_paper(page).ok_or("a slip is too long to draw")?;
            png::write(&picture, &file).map_err(|e| e.to_string())?;
            self.files.push(file);
        }
        Ok(())
    }

    fn summary(&self) {
        say!("three visits: {} steps, {} screens", self.steps, self.screens);
        for file in &self.files {
            say!("{}", file.display());
        }
    }
}
