//! One or more view models for every page.

use std::sync::Arc;

use gongji_kiosk::statement::Picture;
use gongji_kiosk::view::model::*;
use gongji_kiosk::visit::event::{PrintSize, SlipKind, Tap};

use super::family;
use super::names::rare_names;
use super::opening::*;

/// The longest name of a place that is likely.
pub const LONG_PLACE: &str = "新疆维吾尔自治区乌鲁木齐市第一人民医院(儿童医院)门诊部";

pub fn button(label: &str, tap: Tap) -> Option<Button> {
    Some(Button { label: label.into(), tap })
}

pub fn choice(seal: char, label: &str, detail: &str, tap: Tap) -> Choice {
    Choice { seal, label: label.into(), detail: detail.into(), tap }
}

pub fn field(label: &str, value: &str, part: bool) -> Field {
    Field { label: label.into(), value: value.into(), part }
}

pub fn chip(label: &str, chosen: bool, tap: Tap) -> Chip {
    Chip { label: label.into(), chosen, tap }
}

pub fn row(title: &str, detail: &str, amount: &str, incoming: bool, tap: Option<Tap>) -> Row {
    Row { title: title.into(), detail: detail.into(), amount: amount.into(), incoming, tap }
}

fn used(who: &str, amount: &str, permille: u16) -> UsedBy {
    UsedBy { who: who.into(), amount: amount.into(), permille }
}

pub fn strings(lines: &[&str]) -> Vec<String> {
    lines.iter().map(|l| (*l).into()).collect()
}

pub fn waiting() -> ViewModel {
    ViewModel {
        page: PageView::Waiting(WaitingView {
            seal: '读',
            title: "正在读卡，请稍候".into(),
            lines: strings(&["请不要拔卡，几秒钟就好。"]),
            progress: None,
        }),
        ..ViewModel::default()
    }
}

pub fn printing() -> ViewModel {
    ViewModel {
        page: PageView::Waiting(WaitingView {
            seal: '印',
            title: "正在打印第 2 页，共 3 页".into(),
            lines: strings(&["纸从屏幕下方的出纸口出来，", "打完会自动切断，请不要拉纸。"]),
            progress: Some((1, 3)),
        }),
        back: button("不打了", Tap::StopPrinting),
        ..ViewModel::default()
    }
}

fn home_choices(count: usize) -> Vec<Choice> {
    let mut all = vec![
        choice('明', "账户明细", "每一笔收入和支出", Tap::Account),
        choice('亲', "家人用了多少", "看病、买药，每一笔都在", Tap::Family),
        choice('缴', "家人缴费", "居民医保", Tap::Premiums),
        choice('印', "打印", "带回家看", Tap::Slips),
        choice('问', "使用帮助", "怎么给家人用", Tap::Help),
    ];
    all.truncate(count);
    all
}

pub fn home() -> ViewModel {
    ViewModel {
        page: PageView::Home(HomeView {
            greeting: "张*，您好".into(),
            insured_as: "职工医保 · 正常参保".into(),
            balance: "2,035.75".into(),
            this_year: "当年 1,200.00 元".into(),
            earlier_years: "历年 835.75 元".into(),
            used_title: "今年家人用了 1,386.40 元".into(),
            used_by: vec![used("母亲 李*", "986.40 元", 711), used("儿子 张*", "400.00 元", 289)],
            choices: home_choices(4),
        }),
        primary: button("办完了，取卡", Tap::Finish),
        ..ViewModel::default()
    }
}

pub fn home_long() -> ViewModel {
    ViewModel {
        page: PageView::Home(HomeView {
            greeting: "阿卜杜热合曼·***，您好".into(),
            insured_as: "职工医保 · 退休 · 正常参保".into(),
            balance: "12,345,678.90".into(),
            this_year: "当年 12,345,678.90 元".into(),
            earlier_years: "历年 12,345,678.90 元".into(),
            used_title: "今年家人用了 12,345,678.90 元".into(),
            used_by: vec![
                used("配偶 阿依古丽·***", "12,345,678.90 元", 1000),
                used("外祖母 欧阳*", "986.40 元", 300),
                used("儿子 张*", "400.00 元", 1),
                used("其他 2 位家人", "0.00 元", 0),
            ],
            choices: home_choices(5),
        }),
        notice: Some("打印机没有纸了，现在不能打印。查询照常，工作人员已经去取纸。".into()),
        primary: button("办完了，取卡", Tap::Finish),
        staff_called: true,
        ..ViewModel::default()
    }
}

pub fn bars() -> Vec<Bar> {
    [330, 130, 600, 210, 0, 460, 190, 780, 380, 260, 1000, 0]
        .iter()
        .enumerate()
        .map(|(i, p)| Bar { label: format!("{}月", i + 1), permille: *p, now: i == 10 })
        .collect()
}

pub fn list() -> ViewModel {
    ViewModel {
        page: PageView::List(ListView {
            title: "家人用了多少".into(),
            official: "共济支付情况".into(),
            summary: strings(&["2025年 共 1,386.40 元，18 笔"]),
            bars: bars(),
            chips: vec![
                chip("全部家人", true, Tap::Relative(None)),
                chip("母亲 李*", false, Tap::Relative(Some(0))),
                chip("儿子 张*", false, Tap::Relative(Some(1))),
                chip("选月份", false, Tap::ChoosePeriod),
            ],
            rows: vec![
                row(
                    "国大药房(张杨路店)",
                    "11月20日 母亲 李* · 买药",
                    "86.40",
                    false,
                    Some(Tap::Row(0)),
                ),
                row(
                    "浦东新区周浦医院",
                    "11月12日 母亲 李* · 门诊",
                    "203.00",
                    false,
                    Some(Tap::Row(1)),
                ),
                row(
                    "上海儿童医学中心",
                    "11月3日 儿子 张* · 门诊",
                    "150.05",
                    false,
                    Some(Tap::Row(2)),
                ),
                row(
                    "浦东新区周浦医院",
                    "11月2日 母亲 李* · 退回",
                    "退 64.25",
                    true,
                    Some(Tap::Row(3)),
                ),
            ],
            empty: None,
            pager: Some(Pager {
                text: "第 1 页，共 5 页".into(), previous: false, next: true
            }),
            loading: false,
        }),
        back: button("返回", Tap::Back),
        primary: button("打印这一份", Tap::Slip(SlipKind::Family)),
        ..ViewModel::default()
    }
}

pub fn list_long() -> ViewModel {
    let long_row = |n: u8| {
        row(
            LONG_PLACE,
            "2024年11月20日 外祖母 阿依古丽·*** · 门诊慢特病",
            "12,345,678.90",
            false,
            Some(Tap::Row(n)),
        )
    };
    let ViewModel { page: PageView::List(mut page), .. } = list() else { unreachable!() };
    page.title = "家人用了多少".into();
    page.summary = strings(&["共 12,345,678.90 元，1,286 笔", "2024年1月至2025年11月"]);
    page.chips = vec![
        chip("全部家人", true, Tap::Relative(None)),
        chip("配偶 阿*", false, Tap::Relative(Some(0))),
        chip("外祖母 欧阳*", false, Tap::Relative(Some(1))),
        chip("儿子 张*", false, Tap::Relative(Some(2))),
        chip("女儿 张*", false, Tap::Relative(Some(3))),
        chip("孙子 张*", false, Tap::Relative(Some(4))),
        chip("换月份", false, Tap::ChoosePeriod),
        chip("显示全名", false, Tap::Reveal),
    ];
    page.rows = vec![long_row(0), long_row(1), long_row(2), long_row(3)];
    page.pager =
        Some(Pager { text: "第 128 页，共 321 页".into(), previous: true, next: true });
    ViewModel {
        page: PageView::List(page),
        notice: Some("打印机没有纸了，现在不能打印。查询照常。".into()),
        back: button("返回", Tap::Back),
        primary: button("打印这一份", Tap::Slip(SlipKind::Family)),
        ..ViewModel::default()
    }
}

pub fn account() -> ViewModel {
    ViewModel {
        page: PageView::List(ListView {
            title: "账户明细".into(),
            official: "个人账户收支".into(),
            summary: strings(&["余额 2,035.75 元", "收入 3,600.00 元，支出 2,914.25 元，共 42 笔"]),
            bars: vec![],
            chips: vec![chip("今年", true, Tap::ChoosePeriod)],
            rows: vec![
                row("单位缴费划入", "11月15日", "收 300.00", true, None),
                row(
                    "国大药房(张杨路店)",
                    "11月14日 本人 · 买药",
                    "46.20",
                    false,
                    Some(Tap::Row(1)),
                ),
                row(
                    "浦东新区周浦医院",
                    "11月12日 母亲 李* · 门诊",
                    "203.00",
                    false,
                    Some(Tap::Row(2)),
                ),
                row("单位缴费划入", "10月15日", "收 300.00", true, None),
                row(
                    "居民医保缴费",
                    "10月9日 儿子 张* · 2026年度",
                    "400.00",
                    false,
                    Some(Tap::Row(4)),
                ),
            ],
            empty: None,
            pager: Some(Pager { text: "第 2 页，共 9 页".into(), previous: true, next: true }),
            loading: false,
        }),
        back: button("返回", Tap::Back),
        primary: button("打印这一份", Tap::Slip(SlipKind::Account)),
        ..ViewModel::default()
    }
}

pub fn list_empty() -> ViewModel {
    let ViewModel { page: PageView::List(mut page), .. } = account() else { unreachable!() };
    page.title = "家人缴费".into();
    page.official = "共济缴费情况".into();
    page.summary = strings(&["2025年 没有缴费"]);
    page.rows.clear();
    page.pager = None;
    page.empty = Some("这一段时间里，您没有给家人缴过费。".into());
    ViewModel {
        page: PageView::List(page),
        back: button("返回", Tap::Back),
        ..ViewModel::default()
    }
}

pub fn list_loading() -> ViewModel {
    let ViewModel { page: PageView::List(mut page), .. } = account() else { unreachable!() };
    page.rows.clear();
    page.pager = None;
    page.summary.clear();
    page.loading = true;
    ViewModel {
        page: PageView::List(page),
        back: button("返回", Tap::Back),
        ..ViewModel::default()
    }
}

pub fn record() -> ViewModel {
    ViewModel {
        page: PageView::Record(RecordView {
            title: "浦东新区周浦医院".into(),
            amount: "203.00 元".into(),
            fields: vec![
                field("时间", "2025年11月12日 上午 10:24", false),
                field("谁看病", "母亲 李*", false),
                field("类别", "门诊", false),
                field("医疗费总额", "486.50 元", false),
                field("基金支付", "283.50 元", false),
                field("个人账户支付", "203.00 元", false),
                field("其中共济", "203.00 元", true),
                field("个人现金支付", "0.00 元", false),
            ],
            note: None,
        }),
        back: button("返回", Tap::Back),
        primary: button("回到首页", Tap::Home),
        ..ViewModel::default()
    }
}

pub fn record_long() -> ViewModel {
    let ViewModel { page: PageView::Record(mut page), .. } = record() else { unreachable!() };
    page.title = LONG_PLACE.into();
    page.amount = "退 12,345,678.90 元".into();
    page.fields[1].value = "外祖母 阿依古丽·阿卜杜热合曼·*** 310***********1234".into();
    page.note = Some("这一笔后来退回了 64.25 元，退款记在 11月14日。".into());
    ViewModel { page: PageView::Record(page), ..record() }
}

pub fn months() -> ViewModel {
    ViewModel {
        page: PageView::Months(MonthsView {
            title: "看哪几个月".into(),
            hint: "先按开始的月份，再按最后的月份。".into(),
            quick: vec![
                chip("本月", false, Tap::QuickPeriod(0)),
                chip("近三个月", true, Tap::QuickPeriod(1)),
                chip("今年", false, Tap::QuickPeriod(2)),
                chip("去年", false, Tap::QuickPeriod(3)),
            ],
            year: "2025年".into(),
            earlier: true,
            later: false,
            months: (1..=12)
                .map(|n| MonthCell {
                    label: format!("{n}月"),
                    chosen: (9..=11).contains(&n),
                    enabled: n <= 11,
                    tap: Tap::Month(n),
                })
                .collect(),
        }),
        back: button("返回", Tap::Back),
        primary: button("看这三个月", Tap::UsePeriod),
        ..ViewModel::default()
    }
}

pub fn slips() -> ViewModel {
    ViewModel {
        page: PageView::Choice(ChoiceView {
            title: "打印哪一份".into(),
            lead: Some("打印出来的单据，名字和证件号码都遮住一部分。".into()),
            choices: vec![
                choice('明', "余额和明细", "个人账户余额及明细单", Tap::Slip(SlipKind::Account)),
                choice('亲', "家人用了多少", "共济支付情况单", Tap::Slip(SlipKind::Family)),
            ],
            texts: vec![],
        }),
        back: button("返回", Tap::Back),
        ..ViewModel::default()
    }
}

pub fn five_choices() -> ViewModel {
    let ViewModel { page: PageView::Choice(mut page), .. } = slips() else { unreachable!() };
    page.title = "您想问什么".into();
    page.choices = vec![
        choice('问', "怎么给家人用我的账户", "添加、解除、限额", Tap::Row(0)),
        choice('卡', "卡插不进去怎么办", "", Tap::Row(1)),
        choice(
            '看',
            "家人看病时账户怎样先后扣款，顺序能不能改",
            "先扣本人的，再扣您的",
            Tap::Row(2),
        ),
        choice(
            '钱',
            "账户里的钱能取出来吗",
            "不能取现，也不能转账到银行卡，只能用来看病买药",
            Tap::Row(3),
        ),
        choice('印', "单据打坏了怎么办", "可以补打，会写明是第几次打印", Tap::Row(4)),
    ];
    ViewModel { page: PageView::Choice(page), notice: home_long().notice, ..slips() }
}

pub fn help() -> ViewModel {
    let texts = [
        ("卡怎么插", "芯片朝上，芯片一头先进，插到底，听到“嗒”一声就好。"),
        (
            "家人看病怎么用我的钱",
            "家人用自己的医保卡或医保码结账，先扣家人自己的账户，不够再扣您的。",
        ),
        ("账户里的钱能取出来吗", "不能取现，也不能转账。只能用来看病、买药和缴居民医保费。"),
        ("记录不对怎么办", "请按左下角的红色按钮叫工作人员，或者拨打 12393。"),
        ("我的隐私安全吗", "拔卡以后，屏幕和机器里都不留您的资料。"),
    ];
    ViewModel {
        page: PageView::Choice(ChoiceView {
            title: "使用帮助".into(),
            lead: None,
            choices: vec![],
            texts: texts.iter().map(|(h, t)| ((*h).into(), (*t).into())).collect(),
        }),
        back: button("返回", Tap::Back),
        ..ViewModel::default()
    }
}

/// A picture that looks like lines of a slip.
pub fn picture(height: u32) -> Arc<Picture> {
    let width = 576;
    let ink = |x: u32, y: u32| {
        y % 40 < 22 && x > 20 && x < 556 - (y / 40 * 97) % 300 && (x / 3 + y) % 5 > 1
    };
    let pixels = (0..height)
        .flat_map(|y| (0..width).map(move |x| if ink(x, y) { 20 } else { 255 }))
        .collect();
    Arc::new(Picture::new(width, height, pixels).unwrap())
}

pub fn preview() -> ViewModel {
    ViewModel {
        page: PageView::Preview(PreviewView {
            title: "个人账户余额及明细单".into(),
            fields: vec![
                field("时间", "2025年1月 至 11月", false),
                field("笔数", "42 笔，共 2 页", false),
                field("收入", "3,600.00 元", false),
                field("支出", "2,914.25 元", false),
            ],
            sizes: vec![
                chip("普通字", true, Tap::Size(PrintSize::Normal)),
                chip("大字", false, Tap::Size(PrintSize::Large)),
            ],
            picture: Some(picture(1400)),
            note: "名字和证件号码已经遮住一部分。".into(),
        }),
        back: button("返回", Tap::Back),
        primary: button("打印", Tap::PrintNow),
        ..ViewModel::default()
    }
}

pub fn preview_large() -> ViewModel {
    let ViewModel { page: PageView::Preview(mut page), .. } = preview() else { unreachable!() };
    for size in &mut page.sizes {
        size.chosen = !size.chosen;
    }
    page.note = "这份单据打过。再打会标上“补打第 1 次”。".into();
    ViewModel { page: PageView::Preview(page), ..preview() }
}

pub fn done() -> ViewModel {
    ViewModel {
        page: PageView::Message(MessageView {
            seal: '成',
            tone: Tone::Good,
            title: "单据已经打好了".into(),
            reassurance: None,
            lines: strings(&["请从出纸口取走单据，共 2 页。"]),
            fields: vec![
                field("单号", "2025 1122 0007 31", false),
                field("打印时间", "上午 9:41", false),
            ],
        }),
        back: button("再打一份", Tap::PrintAgain),
        primary: button("回到首页", Tap::Home),
        ..ViewModel::default()
    }
}

pub fn paper_out() -> ViewModel {
    ViewModel {
        page: PageView::Message(MessageView {
            seal: '纸',
            tone: Tone::Warn,
            title: "打印机没有纸了".into(),
            reassurance: Some("您的业务已经办好，没有丢失。".into()),
            lines: strings(&[
                "单据打到第 1 页，共 2 页。",
                "已经通知工作人员来换纸。",
                "换好以后会接着打，不会重复。",
            ]),
            fields: vec![],
        }),
        back: button("不打了", Tap::StopPrinting),
        primary: button("等换纸", Tap::WaitForPaper),
        staff_called: true,
        ..ViewModel::default()
    }
}

pub fn call() -> ViewModel {
    ViewModel {
        page: PageView::Message(MessageView {
            seal: '助',
            tone: Tone::Call,
            title: "这张卡读不出来，可能放反了，也可能芯片脏了".into(),
            reassurance: Some("您的账户没有变动，什么都没有丢失，请放心取回您的卡。".into()),
            lines: strings(&[
                "请把卡取出来，看看芯片是不是朝上。",
                "用干布擦一擦芯片，再插一次。",
                "再不行，请按左下角的红色按钮叫工作人员，或者到三号窗口办理，不用重新排队。",
                "社保卡挂失请拨打 12333。",
            ]),
            fields: vec![
                field("受理号", "2025 1122 0007 31", false),
                field("办理窗口", LONG_PLACE, false),
                field("电话", "12393", false),
            ],
        }),
        back: button("再试一次", Tap::Retry),
        primary: button("叫工作人员来看看", Tap::CallStaff),
        notice: home_long().notice,
        ..ViewModel::default()
    }
}

pub fn take_card() -> ViewModel {
    ViewModel {
        page: PageView::Message(MessageView {
            seal: '卡',
            tone: Tone::Plain,
            title: "请取走您的卡".into(),
            reassurance: Some("屏幕上的资料已经清掉了。".into()),
            lines: strings(&["卡在屏幕右下方的插卡口里。"]),
            fields: vec![],
        }),
        ..ViewModel::default()
    }
}

pub fn still_there() -> ViewModel {
    ViewModel { overlay: Some(Overlay::StillThere { seconds: 24 }), ..list() }
}

pub fn staff_called() -> ViewModel {
    ViewModel {
        overlay: Some(Overlay::StaffCalled {
            text: "工作人员正在过来，请在这里等一等。您可以接着办，不用守着这一页。".into(),
        }),
        staff_called: true,
        ..home()
    }
}

/// All of them, by name.
pub fn all() -> Vec<(&'static str, ViewModel)> {
    let mut all = vec![
        ("01-idle", idle()),
        ("02-out-of-service", out_of_service()),
        ("03-waiting", waiting()),
        ("04-printing", printing()),
        ("05-home", home()),
        ("06-home-long", home_long()),
        ("07-list", list()),
        ("08-list-long", list_long()),
        ("09-account", account()),
        ("10-list-empty", list_empty()),
        ("11-list-loading", list_loading()),
        ("12-record", record()),
        ("13-record-long", record_long()),
        ("14-months", months()),
        ("15-slips", slips()),
        ("16-five-choices", five_choices()),
        ("17-help", help()),
        ("18-preview", preview()),
        ("19-done", done()),
        ("20-paper-out", paper_out()),
        ("21-call", call()),
        ("22-take-card", take_card()),
        ("23-still-there", still_there()),
        ("24-staff-called", staff_called()),
        ("25-idle-three", ViewModel::default()),
        ("26-idle-three-long", idle_three_long()),
        ("27-idle-without-card", idle_without_card()),
        ("28-idle-code-only", idle_code_only()),
        ("29-whose", whose()),
        ("31-card-mute", card_mute()),
        ("32-preview-large", preview_large()),
        ("33-rare-names", rare_names()),
    ];
    all.extend(family::all());
    all
}
