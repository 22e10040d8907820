//! View models of how a visit begins: ways to identify, whose visit it is, a card that is not read.

use gongji_kiosk::view::model::*;
use gongji_kiosk::visit::event::Tap;

use super::samples::{button, choice, home_long, strings};

pub fn idle() -> ViewModel {
    ViewModel {
        page: PageView::Idle(IdleView {
            title: "请插入社保卡".into(),
            subtitle: "本机查询家人用了多少，打印单据带回家".into(),
            card: true,
            slot_hint: "插卡口在屏幕右下方".into(),
            ways: vec![],
            in_service: true,
            offers: vec![
                Offer { seal: '查', line1: "查余额".into(), line2: "查家人用款".into() },
                Offer { seal: '缴', line1: "查家人".into(), line2: "缴费情况".into() },
                Offer { seal: '印', line1: "打印单据".into(), line2: "带回家看".into() },
            ],
        }),
        primary: button("使用帮助", Tap::Help),
        ..ViewModel::default()
    }
}

pub fn out_of_service() -> ViewModel {
    ViewModel {
        page: PageView::Idle(IdleView {
            title: "本机暂时不能查询".into(),
            subtitle: "读卡器没有接好，已经通知工作人员。请到旁边的自助机或三号窗口办理。".into(),
            card: false,
            slot_hint: String::new(),
            ways: vec![],
            in_service: false,
            offers: vec![],
        }),
        primary: button("使用帮助", Tap::Help),
        staff_called: true,
        ..ViewModel::default()
    }
}

fn way(seal: char, lead: &str, label: &str, hint: &str) -> Way {
    Way { seal, lead: lead.into(), label: label.into(), hint: hint.into() }
}

/// A hall whose words for where things are need two lines, and a notice above.
pub fn idle_three_long() -> ViewModel {
    let ViewModel { page: PageView::Idle(mut page), .. } = ViewModel::default() else {
        unreachable!()
    };
    page.slot_hint = "插卡口在屏幕右下方，有绿灯的那一个，请不要插到旁边的银行卡口".into();
    page.ways = vec![
        way('证', "也可以", "放身份证", "感应区在屏幕下面的台子上，画着手的地方"),
        way('码', "也可以", "扫医保码", "扫码窗口在屏幕左下方，亮红灯的那一个"),
    ];
    ViewModel { page: PageView::Idle(page), notice: home_long().notice, ..ViewModel::default() }
}

/// The card reader is away.
pub fn idle_without_card() -> ViewModel {
    let ViewModel { page: PageView::Idle(mut page), .. } = ViewModel::default() else {
        unreachable!()
    };
    page.title = "请放身份证，或者扫医保码".into();
    page.subtitle = "插卡口暂时不能用".into();
    page.card = false;
    page.slot_hint.clear();
    page.ways = vec![
        way('证', "", "放身份证", "感应区在屏幕下方正中"),
        way('码', "", "扫医保码", "扫码窗口在屏幕左下方"),
    ];
    ViewModel { page: PageView::Idle(page), ..ViewModel::default() }
}

/// The scanner alone works.
pub fn idle_code_only() -> ViewModel {
    let ViewModel { page: PageView::Idle(mut page), .. } = idle_without_card() else {
        unreachable!()
    };
    page.title = "请扫医保码".into();
    page.ways.remove(0);
    ViewModel { page: PageView::Idle(page), ..ViewModel::default() }
}

pub fn whose() -> ViewModel {
    ViewModel {
        page: PageView::Choice(ChoiceView {
            title: "这次为谁办理？".into(),
            lead: Some("刚才插入的是另一位的社保卡。换人以后，前一位的信息会从屏幕上清除。".into()),
            choices: vec![
                choice('证', "接着为王**办理", "凭先放的身份证", Tap::Row(0)),
                choice('卡', "改为阿卜杜热合曼·***办理", "凭刚才插的社保卡", Tap::Row(1)),
            ],
            texts: vec![],
        }),
        back: button("办完了", Tap::Finish),
        primary: None,
        ..ViewModel::default()
    }
}

/// A fault with as many lines as there are.
pub fn card_mute() -> ViewModel {
    ViewModel {
        page: PageView::Message(MessageView {
            seal: '卡',
            tone: Tone::Warn,
            title: "读不到卡里的芯片".into(),
            reassurance: Some("卡没有被扣下，可以取出来".into()),
            lines: strings(&[
                "请取出卡，看看有没有插反",
                "芯片朝上，芯片一头先进，插到底",
                "芯片脏了，可以用干布轻轻擦",
                "也可以放身份证，或者扫医保码",
                "还是不行，请呼叫工作人员",
            ]),
            fields: vec![],
        }),
        back: button("取卡", Tap::Finish),
        primary: button("再试一次", Tap::Retry),
        ..ViewModel::default()
    }
}
