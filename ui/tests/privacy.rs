//! After a visit nothing of it is left in any property, list or pixel.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod common;

use std::fmt::Debug;
use std::fs;
use std::path::Path;

use common::samples;
use gongji_kiosk::view::model::*;
use gongji_kiosk::visit::event::Tap;
use gongji_ui as ui;
use gongji_ui::slint::{ComponentHandle, Model, ModelRc};

const CANARY: &str = "金丝雀";

fn list<T: Debug + 'static>(model: ModelRc<T>) -> String {
    format!("{:?}", model.iter().collect::<Vec<_>>())
}

/// The value of every property of every global.
fn held(app: &ui::App) -> Vec<(&'static str, String)> {
    let frame = app.global::<ui::Frame>();
    let idle = app.global::<ui::IdleData>();
    let waiting = app.global::<ui::WaitingData>();
    let home = app.global::<ui::HomeData>();
    let rows = app.global::<ui::ListData>();
    let record = app.global::<ui::RecordData>();
    let months = app.global::<ui::MonthsData>();
    let choice = app.global::<ui::ChoiceData>();
    let preview = app.global::<ui::PreviewData>();
    let message = app.global::<ui::MessageData>();
    let members = app.global::<ui::MembersData>();
    let pad = app.global::<ui::PadData>();
    let document = app.global::<ui::DocumentData>();
    let sign = app.global::<ui::SignData>();
    let review = app.global::<ui::ReviewData>();
    vec![
        ("Frame.page", format!("{:?}", frame.get_page())),
        ("Frame.text", format!("{:?}", frame.get_text())),
        ("Frame.clock", frame.get_clock().into()),
        ("Frame.motion", frame.get_motion().to_string()),
        ("Frame.card-at-slot", frame.get_card_at_slot().to_string()),
        ("IdleData.text", format!("{:?}", idle.get_text())),
        ("IdleData.offers", list(idle.get_offers())),
        ("IdleData.ways", list(idle.get_ways())),
        ("WaitingData.text", format!("{:?}", waiting.get_text())),
        ("WaitingData.lines", list(waiting.get_lines())),
        ("HomeData.text", format!("{:?}", home.get_text())),
        ("HomeData.used-by", list(home.get_used_by())),
        ("HomeData.choices", list(home.get_choices())),
        ("ListData.text", format!("{:?}", rows.get_text())),
        ("ListData.summary", list(rows.get_summary())),
        ("ListData.bars", list(rows.get_bars())),
        ("ListData.chips", list(rows.get_chips())),
        ("ListData.rows", list(rows.get_rows())),
        ("RecordData.text", format!("{:?}", record.get_text())),
        ("RecordData.fields", list(record.get_fields())),
        ("MonthsData.text", format!("{:?}", months.get_text())),
        ("MonthsData.quick", list(months.get_quick())),
        ("MonthsData.months", list(months.get_months())),
        ("ChoiceData.text", format!("{:?}", choice.get_text())),
        ("ChoiceData.choices", list(choice.get_choices())),
        ("ChoiceData.facts", list(choice.get_facts())),
        ("ChoiceData.texts", list(choice.get_texts())),
        ("PreviewData.text", format!("{:?}", preview.get_text())),
        ("PreviewData.picture", format!("{:?}", preview.get_picture().size())),
        ("PreviewData.fields", list(preview.get_fields())),
        ("PreviewData.sizes", list(preview.get_sizes())),
        ("MessageData.text", format!("{:?}", message.get_text())),
        ("MessageData.lines", list(message.get_lines())),
        ("MessageData.fields", list(message.get_fields())),
        ("MembersData.text", format!("{:?}", members.get_text())),
        ("MembersData.lead", list(members.get_lead())),
        ("MembersData.cards", list(members.get_cards())),
        ("MembersData.choices", list(members.get_choices())),
        ("PadData.text", format!("{:?}", pad.get_text())),
        ("PadData.lead", list(pad.get_lead())),
        ("PadData.cells", list(pad.get_cells())),
        ("PadData.keys", list(pad.get_keys())),
        ("PadData.other", list(pad.get_other())),
        ("DocumentData.text", format!("{:?}", document.get_text())),
        ("DocumentData.lines", list(document.get_lines())),
        ("SignData.text", format!("{:?}", sign.get_text())),
        ("SignData.lead", list(sign.get_lead())),
        ("SignData.ink", format!("{:?}", sign.get_ink().size())),
        ("SignData.other", list(sign.get_other())),
        ("ReviewData.text", format!("{:?}", review.get_text())),
        ("ReviewData.fields", list(review.get_fields())),
        ("ReviewData.effects", list(review.get_effects())),
    ]
}

#[test]
fn the_walk_knows_every_property() {
    let screen = common::screen();
    let known: Vec<_> = held(screen.app()).into_iter().map(|(name, _)| name).collect();
    let mut found = 0;
    for file in ["adapters/frame.slint", "adapters/pages.slint", "adapters/family.slint"] {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(file);
        let mut global = String::new();
        for line in fs::read_to_string(path).unwrap().lines() {
            if let Some(rest) = line.strip_prefix("export global ") {
                global = rest.split_whitespace().next().unwrap().to_owned();
            }
            if let Some(at) = line.find("property <") {
                let name = line[at..].split('>').next_back().unwrap();
                let name = name.split(['>', ':', ';']).next().unwrap().trim();
                let full = format!("{global}.{name}");
                assert!(known.contains(&full.as_str()), "{full} is not looked at");
                found += 1;
            }
        }
    }
    assert_eq!(found, known.len());
}

fn canary(words: &str) -> String {
    format!("{CANARY}{words}")
}

fn field() -> Field {
    Field { label: canary("项"), value: canary("值"), part: true }
}

fn choice() -> Choice {
    Choice { seal: '丝', label: canary("选"), detail: canary("细"), tap: Tap::Account }
}

fn chip() -> Chip {
    Chip { label: canary("片"), chosen: true, tap: Tap::ChoosePeriod }
}

/// Every page with a canary in every text.
fn canary_pages() -> Vec<PageView> {
    let words = || vec![canary("一"), canary("二")];
    let mut pages = vec![
        PageView::Waiting(WaitingView {
            seal: '雀',
            title: canary("题"),
            lines: words(),
            progress: Some((1, 2)),
        }),
        PageView::Home(HomeView {
            greeting: canary("您好"),
            insured_as: canary("保"),
            balance: canary("1"),
            this_year: canary("2"),
            earlier_years: canary("3"),
            used_title: canary("4"),
            used_by: vec![UsedBy { who: canary("谁"), amount: canary("5"), permille: 500 }],
            choices: vec![choice()],
        }),
        PageView::List(ListView {
            title: canary("题"),
            official: canary("称"),
            summary: words(),
            bars: vec![Bar { label: canary("月"), permille: 1000, now: true }],
            chips: vec![chip()],
            rows: vec![Row {
                title: canary("处"),
                detail: canary("细"),
                amount: canary("6"),
                incoming: true,
                tap: Some(Tap::Row(0)),
            }],
            empty: Some(canary("空")),
            pager: Some(Pager { text: canary("页"), previous: true, next: true }),
            loading: true,
        }),
        PageView::Record(RecordView {
            title: canary("题"),
            amount: canary("7"),
            fields: vec![field()],
            note: Some(canary("注")),
        }),
        PageView::Months(MonthsView {
            title: canary("题"),
            hint: canary("示"),
            quick: vec![chip()],
            year: canary("年"),
            earlier: true,
            later: true,
            months: vec![MonthCell {
                label: canary("月"),
                chosen: true,
                enabled: true,
                tap: Tap::Month(1),
            }],
        }),
        PageView::Choice(ChoiceView {
            title: canary("题"),
            lead: Some(canary("导")),
            choices: vec![choice()],
            texts: vec![(canary("问"), canary("答"))],
        }),
        PageView::Preview(PreviewView {
            title: canary("题"),
            fields: vec![field()],
            sizes: vec![chip()],
            picture: Some(samples::picture(300)),
            note: canary("注"),
        }),
        PageView::Message(MessageView {
            seal: '金',
            tone: Tone::Call,
            title: canary("题"),
            reassurance: Some(canary("安")),
            lines: words(),
            fields: vec![field()],
        }),
    ];
    pages.push(PageView::Choice(ChoiceView {
        title: canary("题"),
        lead: None,
        choices: vec![],
        texts: vec![(canary("问"), canary("答"))],
    }));
    pages.extend(canary_family());
    pages
}

/// The same for the pages of the family account.
fn canary_family() -> Vec<PageView> {
    let words = || vec![canary("一"), canary("二")];
    let pad = |shown: String, filled| {
        PageView::Pad(PadView {
            title: canary("题"),
            lead: words(),
            shown,
            filled,
            secret: false,
            unit: Some(canary("元")),
            note: Some(canary("注")),
            keys: PadKeys::DigitsX,
            other: Some(choice()),
        })
    };
    vec![
        PageView::Members(MembersView {
            title: canary("题"),
            official: canary("称"),
            lead: words(),
            cards: vec![MemberCard {
                seal: '雀',
                who: canary("谁"),
                lines: words(),
                mark: Some(canary("记")),
                tap: Tap::Row(0),
            }],
            empty: Some(canary("空")),
            choices: vec![choice()],
            pager: Some(Pager { text: canary("页"), previous: true, next: true }),
        }),
        pad(canary("码"), (4, 18)),
        // In cells, a character each.
        pad("金丝雀".into(), (3, 6)),
        PageView::Document(DocumentView {
            title: canary("题"),
            lead: Some(canary("导")),
            lines: words(),
            pager: Pager { text: canary("页"), previous: true, next: true },
            note: canary("注"),
        }),
        PageView::Sign(SignView {
            title: canary("题"),
            lead: words(),
            ink: Some(samples::picture(300)),
            can_wipe: true,
            other: Some(choice()),
        }),
        PageView::Review(ReviewView {
            title: canary("题"),
            fields: vec![field()],
            effects: words(),
            note: canary("注"),
        }),
    ]
}

#[test]
fn after_a_visit_the_screen_is_as_new() {
    let fresh = common::screen();
    fresh.apply(&ViewModel::default());
    let (fresh_values, fresh_frame) = (held(fresh.app()), fresh.frame());
    let fresh_map = fresh.touch_map(40);

    let used = common::screen();
    for page in canary_pages() {
        let vm = ViewModel {
            page,
            back: samples::button(&canary("回"), Tap::Back),
            primary: samples::button(&canary("行"), Tap::Home),
            overlay: Some(Overlay::StaffCalled { text: canary("人") }),
            notice: Some(canary("告")),
            staff_called: true,
        };
        used.apply(&vm);
        used.draw();
        assert!(held(used.app()).iter().any(|(_, v)| v.contains(CANARY)), "the canary was shown");
        used.apply(&ViewModel::default());
        let values = held(used.app());
        for (name, value) in &values {
            assert!(!value.contains(CANARY), "{name}: {value}");
        }
        assert_eq!(values, fresh_values);
        assert!(used.frame() == fresh_frame, "a pixel is left of {vm:?}");
        // The touch map of the former page is gone too.
        assert_eq!(used.touch_map(40), fresh_map);
    }
}

#[test]
fn a_page_is_emptied_as_soon_as_the_next_one_comes() {
    let screen = common::screen();
    for page in canary_pages() {
        screen.apply(&ViewModel { page, ..ViewModel::default() });
        screen.draw();
        screen.apply(&samples::take_card());
        for (name, value) in held(screen.app()) {
            assert!(!value.contains(CANARY), "{name}: {value}");
        }
        assert_eq!(screen.app().global::<ui::PreviewData>().get_picture().size().width, 0);
        assert_eq!(screen.app().global::<ui::SignData>().get_ink().size().width, 0);
        assert_eq!(list(screen.app().global::<ui::PadData>().get_cells()), "[]");
    }
}
