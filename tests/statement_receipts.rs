//! Receipts of writes, read back from the paper of the simulated printer.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

#[path = "support/drawn.rs"]
mod drawn;
#[path = "support/paper.rs"]
mod paper;
#[path = "support/receipts.rs"]
mod receipts;
#[path = "support/rows.rs"]
mod rows;
#[path = "support/slips.rs"]
mod slips;

use gongji_hal::printer::sim::PrintedLine;
use gongji_kiosk::domain::account::RelativeRef;
use gongji_kiosk::domain::family::Relation;
use gongji_kiosk::domain::operation::OperationKind;
use gongji_kiosk::domain::person::{Gender, PersonName, PersonNo};
use gongji_kiosk::records::port::{AcceptedDocument, Receipt};
use gongji_kiosk::statement::{
    Font, LARGE_PAGE_DOTS_MAX, PAGE_DOTS_MAX, Paper, PrintSize, Profile, REMARK, ReceiptFacts,
    ReceiptOutcome, Slip, SlipContext, SlipError, SlipKind, Stamp,
};
use paper::{qr_codes, read, text_of};
use proptest::prelude::*;
use receipts::{LAYOUTS, facts, pending, promise, receipt, unknown};
use rows::any_text;
use slips::{DAUGHTER_NAME, OWNER_NAME, context, daughter, fen, issuer, owner, stamp};

/// The title, and the text between the person and the foot.
fn body(facts: &ReceiptFacts, paper: Paper, size: PrintSize) -> String {
    let slip = receipt(facts, paper, size);
    assert_eq!(slip.pages(), 1, "{:?}", facts.kind);
    let text = text_of(&slip, &stamp());
    let begin = text.find('━').unwrap();
    let end = text.rfind('━').unwrap() + '━'.len_utf8();
    format!("{}\n{}\n", slip.title(), &text[begin..end])
}

/// All of a normal slip on wide paper as one line.
fn flat(facts: &ReceiptFacts) -> String {
    text_of(&receipt(facts, Paper::Mm80, PrintSize::Normal), &stamp()).replace('\n', "")
}

fn done(facts: &mut ReceiptFacts) -> &mut Receipt {
    match &mut facts.outcome {
        ReceiptOutcome::Done(receipt) => receipt,
        ReceiptOutcome::Unknown { .. } => panic!("not done"),
    }
}

#[test]
fn receipts_read_as_agreed() {
    for (name, paper, size) in LAYOUTS {
        for (kind, facts) in [
            ("authorisation", facts(OperationKind::Bind)),
            ("premium", pending(OperationKind::PayPremium)),
            ("unknown", unknown(OperationKind::PayPremium)),
        ] {
            let text = text_of(&receipt(&facts, paper, size), &stamp());
            insta::assert_snapshot!(format!("{kind}_{name}"), text);
        }
        let all = OperationKind::ALL.iter();
        let done: String = all.map(|kind| body(&facts(*kind), paper, size)).collect();
        insta::assert_snapshot!(format!("every_kind_{name}"), done);
    }
}

#[test]
fn every_kind_has_its_paper_and_its_words() {
    use OperationKind::*;
    use SlipKind::{Authorisation, Premium};
    for (kind, slip_kind, title, verdict, waits) in [
        (Open, Authorisation, "家庭共济开通回执", "已开通", "等待生效"),
        (Bind, Authorisation, "授权回执", "已添加", "等家人接受"),
        (Accept, Authorisation, "接受邀请回执", "已接受", "等待生效"),
        (Decline, Authorisation, "不接受邀请回执", "已谢绝", "等待生效"),
        (Release, Authorisation, "解绑回执", "已解除", "等待生效"),
        (Order, Authorisation, "扣款顺序设定回执", "已设定", "等待生效"),
        (Limit, Authorisation, "限额设定回执", "已设定", "等待生效"),
        (Transfer, Authorisation, "划拨回执", "已划拨", "等待到账"),
        (Quota, Authorisation, "额度设定回执", "已设定", "等待到账"),
        (PayPremium, Premium, "共济缴费凭条", "已缴费", "等待到账"),
        (CancelPremium, Premium, "撤销缴费凭条", "已撤销", "等待到账"),
    ] {
        for (facts, wanted, other) in
            [(facts(kind), verdict, waits), (pending(kind), waits, verdict)]
        {
            let slip = receipt(&facts, Paper::Mm80, PrintSize::Normal);
            assert_eq!((slip.kind(), slip.title(), slip.rows()), (slip_kind, title, 0));
            let lines = text_of(&slip, &stamp());
            assert!(lines.lines().any(|line| line == wanted), "{kind:?}: {lines}");
            assert!(!lines.contains(other), "{kind:?}: {lines}");
            assert!(!lines.contains("起止日期"), "a receipt spans no time: {lines}");
            let summary: Vec<&str> = slip.summary().iter().map(|(label, _)| &**label).collect();
            assert_eq!(summary[..2], ["办理事项", "结果"]);
            assert_eq!(slip.summary()[1].1, wanted);
            assert!(summary.ends_with(&["受理号", "办理编号"]) && summary.len() <= 5);
        }
    }
}

#[test]
fn what_is_not_known_is_never_called_done() {
    let verdicts =
        ["已开通", "已添加", "已接受", "已谢绝", "已解除", "已设定", "已划拨", "已缴费", "已撤销"];
    let wanted = [
        "正在核实，尚未确认",
        "请先不要再办一次",
        "凭办理编号到窗口询问，也可拨打12393",
        "受理号    还没有",
        "申请时间  2026年11月20日 09:04",
        "办理编号  XH03-20261120-0042",
    ];
    for kind in OperationKind::ALL {
        let facts = unknown(*kind);
        let text = flat(&facts);
        for wanted in wanted {
            assert!(text.contains(wanted), "{kind:?} lacks {wanted}: {text}");
        }
        for never in verdicts.into_iter().chain(["成功", "受理时间", "账户余额", "SL3101"])
        {
            assert!(!text.contains(never), "{kind:?} says {never}: {text}");
        }
        let slip = receipt(&facts, Paper::Mm80, PrintSize::Normal);
        assert_eq!(slip.summary()[1].1, "正在核实，尚未确认");
    }
    let mut silent = issuer();
    silent.hotline = None;
    let owner = owner();
    let context = context(&owner, &[], &silent, Paper::Mm80);
    let slip = Slip::receipt(&unknown(OperationKind::Bind), &context).unwrap();
    let text = text_of(&slip, &stamp()).replace('\n', "");
    assert!(text.contains("凭办理编号到窗口询问。") && !text.contains("拨打"), "{text}");
}

#[test]
fn what_became_of_it_is_largest() {
    for (_, paper, size) in LAYOUTS {
        let normal = size == PrintSize::Normal;
        let cases = [
            (facts(OperationKind::Bind), "已添加"),
            (pending(OperationKind::PayPremium), "等待到账"),
            (unknown(OperationKind::PayPremium), "正在核实，尚未确认"),
        ];
        for (facts, verdict) in cases {
            let papers = read(&receipt(&facts, paper, size), &stamp());
            let most = if normal { (2, 2) } else { (3, 3) };
            let large = papers[0].lines().iter().filter_map(|line| match line {
                PrintedLine::Text { text, size, bold: true, .. } if *size == most => {
                    Some(text.trim())
                }
                _ => None,
            });
            let large: String = large.collect();
            assert!(large.contains(verdict), "{paper:?} {size:?}: {large}");
        }
    }
}

#[test]
fn the_balance_is_there_where_money_moved() {
    let paid = flat(&facts(OperationKind::PayPremium));
    assert!(paid.contains("账户余额  1,680.75元"), "{paid}");
    assert!(!flat(&facts(OperationKind::Limit)).contains("余额"));
    let mut beyond = facts(OperationKind::PayPremium);
    let too_much = (0..20).fold(fen(i64::MAX), |sum, _| sum + fen(i64::MAX));
    done(&mut beyond).balance_after = Some(too_much);
    let refused = receipts::on(Paper::Mm80, PrintSize::Normal, |context| {
        Slip::receipt(&beyond, context).map(|_| ()).unwrap_err()
    });
    assert_eq!(refused, SlipError::AmountTooLarge);
}

#[test]
fn an_invitation_says_what_the_patron_is_to_whom() {
    // The owner, a man, is the parent of the daughter who invites.
    let mut facts = facts(OperationKind::Accept);
    facts.relative = Some(RelativeRef { relation: Relation::Parent, ..daughter() });
    let text = flat(&facts);
    assert!(text.contains("邀请人    李*，您是其父亲"), "{text}");
    facts.kind = OperationKind::Release;
    assert!(flat(&facts).contains("家人      母亲 李*"), "as the ledger has it of others");
}

#[test]
fn documents_are_listed_with_their_versions() {
    let mut facts = facts(OperationKind::Bind);
    let mut notice = promise();
    (notice.title, notice.version) = ("《办理须知》".into(), "2025-12".into());
    facts.documents.push(notice);
    let text = flat(&facts);
    assert_eq!(text.matches("已阅读并同意").count(), 1);
    let wanted = "《职工医保个人账户家庭共济授权承诺书》  版本：2026.1《办理须知》  版本：2025-12";
    assert!(text.contains(wanted), "{text}");
    assert!(!text.contains("sha256"), "{text}");
}

#[test]
fn a_receipt_has_the_frame_of_every_slip() {
    for (_, paper, size) in LAYOUTS {
        let slip = receipt(&facts(OperationKind::Release), paper, size);
        let papers = read(&slip, &Stamp { copy: 2, ..stamp() });
        let text: String = papers[0].text().lines().collect();
        for wanted in [
            "上海市医疗保障局",
            "解绑回执",
            "张*",
            "310***********0076",
            "XH03",
            "第1页，共1页",
            "XH03-261120-00042",
            REMARK,
        ] {
            assert!(text.contains(wanted), "{wanted}: {text}");
        }
        assert_eq!(text.matches("补打第2次").count(), 2, "in the head and in the foot: {text}");
        assert_eq!(qr_codes(&papers[0]), [b"XH03-261120-00042:K7QW2M9XTR4HVB6D".to_vec()]);
    }
}

#[test]
fn no_plain_name_or_number_is_on_a_receipt() {
    let id = owner().id_number;
    let given = [&OWNER_NAME[3..], &DAUGHTER_NAME[3..]];
    let plain = [OWNER_NAME, DAUGHTER_NAME, "欧阳子涵", "P0001", "P0002", "P0003", id.reveal()];
    let birth = ["19450612", "1945年", "1945-06-12"];
    for kind in OperationKind::ALL {
        for facts in [facts(*kind), pending(*kind), unknown(*kind)] {
            let slip = receipt(&facts, Paper::Mm80, PrintSize::Normal);
            let text = text_of(&slip, &stamp()) + &format!("{slip:?} {:?}", slip.summary());
            let bytes = slip.escpos(&stamp()).unwrap();
            for canary in plain.into_iter().chain(given).chain(birth) {
                let (coded, _, _) = encoding_rs::GB18030.encode(canary);
                assert!(!text.contains(canary), "{kind:?} {canary}: {text}");
                assert!(!bytes.windows(coded.len()).any(|window| window == &*coded));
            }
            assert!(!format!("{slip:?}").contains('*'), "{slip:?}");
        }
    }
}

#[test]
fn rare_names_and_places_are_drawn() {
    let mut facts = facts(OperationKind::Bind);
    facts.relative = Some(RelativeRef { name: PersonName::new("喆大明"), ..daughter() });
    let (owner, issuer) = (owner(), issuer());
    for (_, paper, size) in LAYOUTS {
        let profile = Profile { font: Font::Gb2312, ..Profile::usual(paper) };
        let context = SlipContext { profile, size, ..context(&owner, &[], &issuer, profile.paper) };
        let slip = Slip::receipt(&facts, &context).unwrap();
        let bytes = slip.encode(&stamp()).unwrap();
        let lines = drawn::lines(&bytes[0], "家人女儿喆* ");
        let named: Vec<_> = lines.iter().filter(|line| line.text.contains("女儿 喆*")).collect();
        assert!(matches!(named[..], [line] if line.drawn && line.bold), "{named:?}");
    }
}

#[test]
fn what_nobody_can_draw_is_marked_and_explained() {
    let stranger = RelativeRef {
        psn_no: PersonNo::new("P0009"),
        name: PersonName::new("😀大明"),
        gender: Gender::Male,
        relation: Relation::Sibling,
    };
    let mut facts = facts(OperationKind::Bind);
    assert!(!flat(&facts).contains('〓'));
    facts.relative = Some(stranger);
    let text = flat(&facts);
    assert!(text.contains("兄弟 〓*") && text.contains("打不出来的字"), "{text}");
}

#[test]
fn the_digest_follows_what_became_of_it() {
    let digest =
        |facts: &ReceiptFacts| receipt(facts, Paper::Mm80, PrintSize::Normal).digest(&[1; 32]);
    let (kind, mut other) = (OperationKind::PayPremium, facts(OperationKind::PayPremium));
    assert_eq!(digest(&facts(kind)), digest(&facts(kind)));
    assert_ne!(digest(&facts(kind)), digest(&pending(kind)));
    assert_ne!(digest(&facts(kind)), digest(&unknown(kind)));
    other.reference.push('1');
    assert_ne!(digest(&facts(kind)), digest(&other));
}

/// A receipt of any kind and outcome with any texts.
fn any_facts() -> impl Strategy<Value = ReceiptFacts> {
    let field = (any_text(), any_text());
    let texts = (any_text(), any_text(), any_text());
    let documents = prop::collection::vec((any_text(), any_text()), 0..8);
    let balance = prop::option::of(any::<i64>());
    let all = (prop::collection::vec(field, 0..40), texts, documents, balance);
    (0..OperationKind::ALL.len(), 0u8..3, all).prop_map(|(kind, outcome, all)| {
        let (fields, (name, reference, acceptance_no), documents, balance) = all;
        let kind = OperationKind::ALL[kind];
        let mut facts = if outcome == 0 { unknown(kind) } else { facts(kind) };
        if let ReceiptOutcome::Done(receipt) = &mut facts.outcome {
            receipt.pending = outcome == 1;
            receipt.acceptance_no = acceptance_no;
            receipt.balance_after = balance.map(fen);
        }
        facts.reference = reference;
        facts.fields = fields;
        if let Some(relative) = &mut facts.relative {
            relative.name = PersonName::new(name);
        }
        let document = |(title, version)| AcceptedDocument { title, version, ..promise() };
        facts.documents = documents.into_iter().map(document).collect();
        facts
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    /// `read` itself holds every line to the width of the paper.
    #[test]
    fn any_text_is_held_to_its_page(facts in any_facts(), layout in 0..LAYOUTS.len()) {
        let (_, paper, size) = LAYOUTS[layout];
        let slip = receipt(&facts, paper, size);
        let pages = read(&slip, &stamp());
        prop_assert_eq!(pages.len(), usize::from(slip.pages()));
        let most = if size == PrintSize::Large { LARGE_PAGE_DOTS_MAX } else { PAGE_DOTS_MAX };
        for (index, page) in pages.iter().enumerate() {
            let text: String = page.text().lines().collect();
            let last = index + 1 == pages.len();
            prop_assert!(page.bitmap().height() <= most, "{} dots", page.bitmap().height());
            let count = format!("第{}页，共{}页", index + 1, pages.len());
            prop_assert!(text.contains(&count) && text.contains(slip.title()), "{}", text);
            prop_assert_eq!(text.contains("后面还有"), !last);
            prop_assert_eq!(text.contains(REMARK), last);
            prop_assert_eq!(qr_codes(page).len(), usize::from(last));
            prop_assert!(!text.contains("转下页") && !text.contains("接上页"), "no sums: {}", text);
        }
    }

    /// Every word that the printer has is on the paper, in its order.
    #[test]
    fn no_text_is_cut(
        fields in prop::collection::vec(("[一-龥]{1,12}", "[一-龥，0-9a-z]{1,90}"), 1..6),
        layout in 0..LAYOUTS.len(),
    ) {
        let (_, paper, size) = LAYOUTS[layout];
        let facts = ReceiptFacts { fields: fields.clone(), ..facts(OperationKind::Limit) };
        let slip = receipt(&facts, paper, size);
        let text: String =
            text_of(&slip, &stamp()).chars().filter(|ch| !ch.is_whitespace()).collect();
        for (label, value) in fields {
            // The font of the printer lacks some, which are drawn and not read back here.
            if (label.clone() + &value).chars().all(|ch| Profile::MM80.font.covers(ch)) {
                prop_assert!(text.contains(&(label.clone() + &value)), "{}{}: {}", label, value, text);
            }
        }
    }
}
