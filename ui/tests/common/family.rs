//! View models of the family account's pages: plain, fullest, emptiest.

use std::sync::Arc;

use gongji_kiosk::statement::Picture;
use gongji_kiosk::view::model::*;
use gongji_kiosk::visit::event::{Act, SIGNATURE_HEIGHT, SIGNATURE_WIDTH, SlipKind, Tap};

use super::samples::{button, choice, field, home_long, strings};

fn card(seal: char, who: &str, lines: &[&str], mark: Option<&str>, n: u8) -> MemberCard {
    MemberCard {
        seal,
        who: who.into(),
        lines: strings(lines),
        mark: mark.map(Into::into),
        tap: Tap::Row(n),
    }
}

fn page(page: PageView, primary: Option<Button>) -> ViewModel {
    ViewModel { page, back: button("返回", Tap::Back), primary, ..ViewModel::default() }
}

/// The same with a sentence of two lines under the heading bar.
pub fn with_notice(vm: ViewModel) -> ViewModel {
    ViewModel { notice: home_long().notice, ..vm }
}

pub fn members() -> ViewModel {
    page(
        PageView::Members(MembersView {
            title: "我的家人".into(),
            official: "家庭共济账户".into(),
            lead: strings(&["这些家人看病买药，可以用您账户里的钱。"]),
            cards: vec![
                card(
                    '母',
                    "母亲 李*",
                    &["2025年3月1日起可以用", "今年用了 986.40 元", "每年最多用 15,000.00 元"],
                    None,
                    0,
                ),
                card(
                    '子',
                    "儿子 张*",
                    &["2025年6月20日起可以用", "今年用了 400.00 元", "没有限额"],
                    Some("等家人接受"),
                    1,
                ),
            ],
            empty: None,
            choices: vec![
                choice('加', "添加家人", "父母、配偶、子女", Tap::AddMember),
                choice('序', "扣款顺序", "先用谁的", Tap::Act(Act::Order)),
            ],
            pager: None,
        }),
        None,
    )
}

pub fn members_full() -> ViewModel {
    let full = |seal, who: &str, mark, n| {
        let lines = [
            "11月20日起，到明年11月19日止",
            "今年用了 986.40 元，最多 15,000.00 元",
            "看病时您的账户排在第 3 位",
        ];
        card(seal, who, &lines, mark, n)
    };
    page(
        PageView::Members(MembersView {
            title: "我的家人".into(),
            official: "家庭共济账户".into(),
            lead: strings(&[
                "下面的家人看病买药，可以用您账户里的钱。",
                "按一位家人，可以设限额、解除、看用了多少。",
            ]),
            cards: vec![
                full('母', "外祖母 欧阳*", Some("等家人接受"), 0),
                full('配', "配偶 阿依古丽·***", None, 1),
                full('子', "儿子 张*", Some("还没有生效"), 2),
            ],
            empty: None,
            choices: vec![
                choice('加', "添加家人", "父母、配偶、子女", Tap::AddMember),
                choice('序', "扣款先后顺序", "先用谁的", Tap::Act(Act::Order)),
                choice('录', "授权记录", "加过谁、解过谁", Tap::Act(Act::Records)),
                choice('划', "划一笔钱", "给家人的账户", Tap::Act(Act::Transfer)),
            ],
            pager: Some(Pager {
                text: "第 1 页，共 2 页".into(), previous: false, next: true
            }),
        }),
        None,
    )
}

/// Three, and little besides.
pub fn members_three() -> ViewModel {
    let ViewModel { page: PageView::Members(mut view), .. } = members() else { unreachable!() };
    let mut third = view.cards[0].clone();
    (third.seal, third.who, third.tap) = ('父', "父亲 张*".into(), Tap::Row(2));
    view.cards.push(third);
    page(PageView::Members(view), None)
}

pub fn members_one() -> ViewModel {
    let ViewModel { page: PageView::Members(mut view), .. } = members() else { unreachable!() };
    view.cards.truncate(1);
    view.cards[0].mark = Some("您发了邀请，等家人在手机上接受".into());
    view.lead.clear();
    page(PageView::Members(view), None)
}

pub fn members_empty() -> ViewModel {
    page(
        PageView::Members(MembersView {
            title: "我的家人".into(),
            official: "家庭共济账户".into(),
            lead: vec![],
            cards: vec![],
            empty: Some("您还没有添加家人。添加以后，家人看病、买药都可以用您账户里的钱。".into()),
            choices: vec![choice('加', "添加家人", "父母、配偶、子女", Tap::AddMember)],
            pager: None,
        }),
        None,
    )
}

/// One relative: what is known, and what can be done.
pub fn relative() -> ViewModel {
    let facts = [
        ("什么时候可以用", "11月20日起，到2026年11月19日"),
        ("一年最多用多少", "15,000.00 元"),
        ("今年用了多少", "986.40 元"),
        ("排在第几位", "看病时您的账户排在第 1 位"),
    ];
    page(
        PageView::Choice(ChoiceView {
            title: "母亲 李*".into(),
            lead: Some("还没有开始。".into()),
            choices: vec![
                choice('明', "用了多少", "每一笔看病买药", Tap::Act(Act::Use)),
                choice('限', "设定限额", "一年最多用多少", Tap::Act(Act::Limit)),
                choice('额', "设定额度", "锁定一笔钱给家人用", Tap::Act(Act::Quota)),
                choice('解', "解除绑定", "家人不再用您的账户", Tap::Act(Act::Release)),
            ],
            texts: facts.map(|(label, value)| (label.into(), value.into())).to_vec(),
        }),
        None,
    )
}

fn pad(keys: PadKeys) -> PadView {
    PadView {
        title: "请输入社保卡密码".into(),
        lead: strings(&["六位数字。请用手挡一挡，别让旁人看见。"]),
        shown: "●●●".into(),
        filled: (3, 6),
        secret: true,
        unit: None,
        note: None,
        keys,
        other: Some(choice('忘', "忘记密码了", "到窗口重新设", Tap::Skip)),
    }
}

pub fn pad_secret() -> ViewModel {
    page(PageView::Pad(pad(PadKeys::Digits)), button("确认", Tap::Confirm))
}

pub fn pad_secret_wrong() -> ViewModel {
    let mut view = pad(PadKeys::Digits);
    view.lead.push("输错三次，卡会锁住，要到银行或者窗口解锁。".into());
    view.shown.clear();
    view.filled = (0, 6);
    view.note =
        Some("刚才的密码不对，还可以试 2 次。记不清了，请不要再试，可以按“忘记密码了”。".into());
    with_notice(page(PageView::Pad(view), None))
}

pub fn pad_empty() -> ViewModel {
    let view = PadView {
        title: "每年最多用多少".into(),
        lead: vec![],
        shown: String::new(),
        filled: (0, 0),
        secret: false,
        unit: Some("元".into()),
        note: None,
        keys: PadKeys::Digits,
        other: None,
    };
    page(PageView::Pad(view), None)
}

pub fn pad_amount() -> ViewModel {
    let ViewModel { page: PageView::Pad(mut view), .. } = pad_empty() else { unreachable!() };
    view.lead = strings(&["家人一年里最多用您账户里的这么多钱。"]);
    view.shown = "15,000.00".into();
    view.filled = (7, 0);
    view.other = Some(choice('无', "不设限额", "用到账户里没有钱为止", Tap::Skip));
    page(PageView::Pad(view), button("就设这么多", Tap::Confirm))
}

pub fn pad_number() -> ViewModel {
    let view = PadView {
        title: "请输入家人的身份证号码".into(),
        lead: strings(&["身份证正面最下面一行，一共十八位。"]),
        shown: "310101 19541120 123".into(),
        filled: (17, 18),
        secret: false,
        unit: None,
        note: Some("最后一位不对，请对着身份证再看一遍。".into()),
        keys: PadKeys::DigitsX,
        other: Some(choice('证', "放家人的身份证", "不用自己输入", Tap::Act(Act::SwapCard))),
    };
    page(PageView::Pad(view), button("输好了", Tap::Confirm))
}

pub fn pad_letters() -> ViewModel {
    let view = PadView {
        title: "请输入家人的社保卡号".into(),
        lead: strings(&["卡号在卡的正面，照片下面。", "有字母，也有数字，一共九位。"]),
        shown: "A12 345 67".into(),
        filled: (8, 9),
        secret: false,
        unit: None,
        note: Some("没有找到这张卡，请对着卡再看一遍。".into()),
        keys: PadKeys::Letters,
        other: Some(choice('卡', "改为插家人的卡", "不用自己输入", Tap::Act(Act::SwapCard))),
    };
    with_notice(page(PageView::Pad(view), button("输好了", Tap::Confirm)))
}

/// Lines of at most 24 full-width characters.
pub fn document() -> ViewModel {
    let text = [
        "一、本人自愿把职工医保个人账户里的钱给家人使用。家人必须参加了基本医疗保险，而且参保正常。",
        "二、家人可以用这些钱：在定点医院看病时，付应当由个人负担的费用；在定点药店买药、买医疗器械和\
         医用耗材；缴居民基本医疗保险费、长期护理保险费。",
        "三、结账的时候，先扣家人自己账户里的钱，不够的再扣本人的。家人必须出示自己的医保卡或者医保码。",
        "四、本人随时可以在自助机、手机和窗口解除。解除以后家人不能再用，已经用掉的钱不退回。家人停保的\
         ，共济自动停止，恢复参保以后重新办理。",
        "五、本人保证填写的亲属关系真实，愿意承担责任。",
    ];
    let mut lines: Vec<String> = Vec::new();
    for paragraph in text {
        if !lines.is_empty() {
            lines.push(String::new());
        }
        let characters: Vec<char> = paragraph.chars().collect();
        lines.extend(characters.chunks(24).map(String::from_iter));
    }
    page(
        PageView::Document(DocumentView {
            title: "家庭共济承诺书".into(),
            lead: None,
            lines,
            pager: Pager { text: "第 1 页，共 3 页".into(), previous: false, next: true },
            note: "请慢慢看，看完按“下一页”。".into(),
        }),
        None,
    )
}

/// Every line as long as it may be.
pub fn document_full() -> ViewModel {
    let line = "本人自愿把职工医保个人账户里的钱给下面写明的家人使用";
    let lines = (0..16).map(|n| line.chars().cycle().skip(n).take(24).collect()).collect();
    with_notice(page(
        PageView::Document(DocumentView {
            title: "职工基本医疗保险个人账户家庭共济授权承诺书".into(),
            lead: Some("请家人本人看这一份，本人看完再按同意。".into()),
            lines,
            pager: Pager { text: "第 12 页，共 13 页".into(), previous: true, next: true },
            note: "看完最后一页，再按“同意”。".into(),
        }),
        None,
    ))
}

pub fn document_last() -> ViewModel {
    page(
        PageView::Document(DocumentView {
            title: "家庭共济承诺书".into(),
            lead: None,
            lines: strings(&["（本页是最后一页。）"]),
            pager: Pager { text: "第 3 页，共 3 页".into(), previous: true, next: false },
            note: "都看清楚了，请按“同意”。".into(),
        }),
        button("看完了，同意", Tap::Confirm),
    )
}

/// What a finger has written: 王建国, roughly, by strokes of a round pen.
pub fn ink() -> Arc<Picture> {
    const STROKES: &[&[(i32, i32)]] = &[
        &[(110, 150), (270, 140)],
        &[(120, 245), (262, 238)],
        &[(192, 145), (186, 340)],
        &[(96, 345), (290, 332)],
        &[(400, 130), (510, 120), (500, 200), (392, 215)],
        &[(370, 170), (540, 158)],
        &[(452, 90), (448, 330)],
        &[(380, 270), (530, 258)],
        &[(372, 120), (330, 200), (372, 232), (322, 330), (420, 372), (590, 378)],
        &[(660, 110), (656, 370)],
        &[(660, 112), (850, 104), (846, 372)],
        &[(656, 366), (850, 360)],
        &[(700, 170), (806, 164)],
        &[(700, 236), (800, 230)],
        &[(752, 166), (750, 304)],
        &[(694, 306), (812, 298)],
        &[(776, 256), (800, 280)],
    ];
    let (width, height) = (i32::from(SIGNATURE_WIDTH), i32::from(SIGNATURE_HEIGHT));
    let mut pixels = vec![255_u8; (width * height) as usize];
    let mut dot = |x: i32, y: i32| {
        for dy in -5..=5_i32 {
            for dx in -5..=5_i32 {
                if dx * dx + dy * dy <= 27 {
                    pixels[((y + dy) * width + x + dx) as usize] = 0;
                }
            }
        }
    };
    for stroke in STROKES {
        for pair in stroke.windows(2) {
            let ((x, y), (to_x, to_y)) = (pair[0], pair[1]);
            let steps = (to_x - x).abs().max((to_y - y).abs());
            for n in 0..=steps {
                dot(x + (to_x - x) * n / steps, y + (to_y - y) * n / steps);
            }
        }
    }
    Arc::new(Picture::new(width as u32, height as u32, pixels).unwrap())
}

pub fn sign_empty() -> ViewModel {
    page(
        PageView::Sign(SignView {
            title: "请用手指写上您的名字".into(),
            lead: vec![],
            ink: None,
            can_wipe: false,
            other: None,
        }),
        None,
    )
}

pub fn sign() -> ViewModel {
    page(
        PageView::Sign(SignView {
            title: "请用手指写上您的名字".into(),
            lead: strings(&[
                "写在下面的框里，写得不好看也没有关系。",
                "签名只用来证明是您本人同意的。",
            ]),
            ink: Some(ink()),
            can_wipe: true,
            other: Some(choice('助', "我写不了字", "请工作人员来帮忙", Tap::Skip)),
        }),
        button("写好了", Tap::Confirm),
    )
}

pub fn review() -> ViewModel {
    page(
        PageView::Review(ReviewView {
            title: "请看清楚再确认".into(),
            fields: vec![
                field("添加的家人", "李*（母亲）", false),
                field("证件号码", "310***********1234", false),
                field("她的参保", "居民医保 · 正常参保", false),
                field("每年最多用", "15,000.00 元", false),
                field("从哪天起", "今天，11月22日", false),
            ],
            effects: strings(&[
                "李*看病买药，可以用您账户里的钱。",
                "她仍然要刷自己的医保卡。",
                "您随时可以在这里解除。",
            ]),
            note: "现在还没有添加。按“确认添加”以后才会生效。".into(),
        }),
        button("确认添加", Tap::Confirm),
    )
}

pub fn review_full() -> ViewModel {
    with_notice(page(
        PageView::Review(ReviewView {
            title: "请看清楚再确认".into(),
            fields: vec![
                field("添加的家人", "阿依古丽·***（配偶的外祖母）", false),
                field("证件号码", "310***********1234", false),
                field("家人的参保", "城乡居民医保 · 正常参保", false),
                field("参保的地方", "新疆维吾尔自治区乌鲁木齐市", false),
                field("每年最多用", "12,345,678.90 元", false),
                field("其中住院", "12,345,678.90 元", true),
                field("从哪天起", "2025年11月22日", false),
                field("到哪天止", "2026年11月21日", false),
            ],
            effects: strings(&[
                "阿依古丽·***看病买药，自己账户里的钱用完以后，可以用您账户里的钱。",
                "家人仍然要刷自己的医保卡，您的卡请您自己收好，不要借给别人。",
                "您随时可以在这里解除，解除以后家人就不能再用了，用掉的不退回。",
            ]),
            note: "现在还没有添加。按“确认添加”以后才会生效，按“返回”什么都不会变。".into(),
        }),
        button("确认添加", Tap::Confirm),
    ))
}

pub fn review_short() -> ViewModel {
    page(
        PageView::Review(ReviewView {
            title: "确认解除吗".into(),
            fields: vec![field("解除的家人", "李*（母亲）", false)],
            effects: vec![],
            note: "现在还没有解除。按“确认解除”以后才会生效。".into(),
        }),
        button("确认解除", Tap::Confirm),
    )
}

/// The result of a write, with as many lines and fields as there may be.
pub fn result_full() -> ViewModel {
    page(
        PageView::Message(MessageView {
            seal: '成',
            tone: Tone::Good,
            title: "已经添加好了".into(),
            reassurance: Some("外祖母 欧阳*现在可以用您的个人账户".into()),
            lines: strings(&[
                "家人看病买药时，刷自己的医保卡就行。",
                "先扣家人自己账户里的钱，不够的部分再扣您账户里的钱。",
                "您可以给家人设每年最多用多少，也可以随时在这里解除。",
                "回执已经打好，请从出纸口取走，带回家收好。",
                "有问题请拨打 12393，或者到三号窗口问。",
            ]),
            fields: vec![
                field("受理号", "2025 1122 0007 31", false),
                field("办理编号", "GJ03-2025-1122-0007-31-8Q", false),
                field("生效时间", "今天，11月22日起", false),
            ],
        }),
        button("回到首页", Tap::Home),
    )
}

/// Home with as many choices as there may be.
pub fn home_five() -> ViewModel {
    let ViewModel { page: PageView::Home(mut home), .. } = super::samples::home() else {
        unreachable!()
    };
    home.choices = vec![
        choice('亲', "家人管理", "添加、解除、限额、先后顺序", Tap::Members),
        choice('明', "账户明细", "每一笔收入和支出", Tap::Account),
        choice('缴', "替家人缴费", "居民医保", Tap::PayPremium),
        choice('医', "看病报销", "自己的看病记录", Tap::Care),
        choice('印', "打印", "带回家看", Tap::Slip(SlipKind::Account)),
    ];
    ViewModel { page: PageView::Home(home), ..super::samples::home() }
}

/// All of them, by name.
pub fn all() -> Vec<(&'static str, ViewModel)> {
    vec![
        ("40-members", members()),
        ("41-members-full", members_full()),
        ("42-members-one", members_one()),
        ("43-members-empty", members_empty()),
        ("44-members-full-notice", with_notice(members_full())),
        ("44-members-three", members_three()),
        ("44-members-notice", with_notice(members())),
        ("44-relative", relative()),
        ("44-relative-notice", with_notice(relative())),
        ("45-pad-secret", pad_secret()),
        ("46-pad-secret-wrong", pad_secret_wrong()),
        ("47-pad-empty", pad_empty()),
        ("48-pad-amount", pad_amount()),
        ("49-pad-number", pad_number()),
        ("50-pad-letters", pad_letters()),
        ("51-document", document()),
        ("52-document-full", document_full()),
        ("53-document-last", document_last()),
        ("54-sign-empty", sign_empty()),
        ("55-sign", sign()),
        ("56-review", review()),
        ("57-review-full", review_full()),
        ("58-review-short", review_short()),
        ("59-result-full", result_full()),
        ("60-home-five", home_five()),
    ]
}
