//! One filler a page: the view's values into its Slint global. `None` empties it.

use gongji_ui as ui;
use gongji_ui::slint::{ComponentHandle, SharedString};

use super::family::FamilyLists;
use super::items::{chip, choice, field, share, sign, text};
use super::picture::ShownPicture;
use super::rows::Rows;
use crate::view::model as m;

/// The lists of all pages, made once and handed to Slint once.
pub(super) struct Lists {
    offers: Rows<ui::OfferItem>,
    ways: Rows<ui::WayItem>,
    waiting_lines: Rows<SharedString>,
    used_by: Rows<ui::UsedItem>,
    home_choices: Rows<ui::ChoiceItem>,
    summary: Rows<SharedString>,
    bars: Rows<ui::BarItem>,
    chips: Rows<ui::ChipItem>,
    rows: Rows<ui::RowItem>,
    record_fields: Rows<ui::FieldItem>,
    quick: Rows<ui::ChipItem>,
    months: Rows<ui::MonthItem>,
    choices: Rows<ui::ChoiceItem>,
    facts: Rows<ui::FieldItem>,
    texts: Rows<ui::TextItem>,
    preview_fields: Rows<ui::FieldItem>,
    sizes: Rows<ui::ChipItem>,
    preview_picture: ShownPicture,
    message_lines: Rows<SharedString>,
    message_fields: Rows<ui::FieldItem>,
    family: FamilyLists,
}

impl Lists {
    pub(super) fn new(app: &ui::App) -> Self {
        let lists = Self {
            offers: Rows::new(),
            ways: Rows::new(),
            waiting_lines: Rows::new(),
            used_by: Rows::new(),
            home_choices: Rows::new(),
            summary: Rows::new(),
            bars: Rows::new(),
            chips: Rows::new(),
            rows: Rows::new(),
            record_fields: Rows::new(),
            quick: Rows::new(),
            months: Rows::new(),
            choices: Rows::new(),
            facts: Rows::new(),
            texts: Rows::new(),
            preview_fields: Rows::new(),
            sizes: Rows::new(),
            preview_picture: ShownPicture::default(),
            message_lines: Rows::new(),
            message_fields: Rows::new(),
            family: FamilyLists::new(app),
        };
        let idle = app.global::<ui::IdleData>();
        idle.set_offers(lists.offers.model());
        idle.set_ways(lists.ways.model());
        app.global::<ui::WaitingData>().set_lines(lists.waiting_lines.model());
        let home = app.global::<ui::HomeData>();
        home.set_used_by(lists.used_by.model());
        home.set_choices(lists.home_choices.model());
        let list = app.global::<ui::ListData>();
        list.set_summary(lists.summary.model());
        list.set_bars(lists.bars.model());
        list.set_chips(lists.chips.model());
        list.set_rows(lists.rows.model());
        app.global::<ui::RecordData>().set_fields(lists.record_fields.model());
        let months = app.global::<ui::MonthsData>();
        months.set_quick(lists.quick.model());
        months.set_months(lists.months.model());
        let choice = app.global::<ui::ChoiceData>();
        choice.set_choices(lists.choices.model());
        choice.set_facts(lists.facts.model());
        choice.set_texts(lists.texts.model());
        let preview = app.global::<ui::PreviewData>();
        preview.set_fields(lists.preview_fields.model());
        preview.set_sizes(lists.sizes.model());
        let message = app.global::<ui::MessageData>();
        message.set_lines(lists.message_lines.model());
        message.set_fields(lists.message_fields.model());
        lists
    }

    /// Fills the global of `page`.
    pub(super) fn fill(&self, app: &ui::App, page: &m::PageView) {
        match page {
            m::PageView::Idle(page) => self.idle(app, Some(page)),
            m::PageView::Waiting(page) => self.waiting(app, Some(page)),
            m::PageView::Home(page) => self.home(app, Some(page)),
            m::PageView::List(page) => self.list(app, Some(page)),
            m::PageView::Record(page) => self.record(app, Some(page)),
            m::PageView::Months(page) => self.months(app, Some(page)),
            m::PageView::Choice(page) => self.choice(app, Some(page)),
            m::PageView::Preview(page) => self.preview(app, Some(page)),
            m::PageView::Message(page) => self.message(app, Some(page)),
            m::PageView::Members(page) => self.family.members(app, Some(page)),
            m::PageView::Pad(page) => self.family.pad(app, Some(page)),
            m::PageView::Document(page) => self.family.document(app, Some(page)),
            m::PageView::Sign(page) => self.family.sign(app, Some(page)),
            m::PageView::Review(page) => self.family.review(app, Some(page)),
        }
    }

    /// Empties the global of a page that is no longer shown.
    pub(super) fn clear(&self, app: &ui::App, kind: ui::PageKind) {
        match kind {
            ui::PageKind::Idle => self.idle(app, None),
            ui::PageKind::Waiting => self.waiting(app, None),
            ui::PageKind::Home => self.home(app, None),
            ui::PageKind::List => self.list(app, None),
            ui::PageKind::Record => self.record(app, None),
            ui::PageKind::Months => self.months(app, None),
            ui::PageKind::Choice => self.choice(app, None),
            ui::PageKind::Preview => self.preview(app, None),
            ui::PageKind::Message => self.message(app, None),
            ui::PageKind::Members => self.family.members(app, None),
            ui::PageKind::Pad => self.family.pad(app, None),
            ui::PageKind::Document => self.family.document(app, None),
            ui::PageKind::Sign => self.family.sign(app, None),
            ui::PageKind::Review => self.family.review(app, None),
        }
    }

    fn idle(&self, app: &ui::App, page: Option<&m::IdleView>) {
        let data = app.global::<ui::IdleData>();
        data.set_text(page.map_or_else(Default::default, |p| ui::IdleText {
            title: text(&p.title),
            subtitle: text(&p.subtitle),
            card: p.card,
            slot_hint: text(&p.slot_hint),
            in_service: p.in_service,
        }));
        self.offers.set(page.into_iter().flat_map(|p| &p.offers).map(|o| ui::OfferItem {
            seal: sign(o.seal),
            line1: text(&o.line1),
            line2: text(&o.line2),
        }));
        self.ways.set(page.into_iter().flat_map(|p| &p.ways).map(|w| ui::WayItem {
            seal: sign(w.seal),
            lead: text(&w.lead),
            label: text(&w.label),
            hint: text(&w.hint),
        }));
    }

    fn waiting(&self, app: &ui::App, page: Option<&m::WaitingView>) {
        let data = app.global::<ui::WaitingData>();
        data.set_text(page.map_or_else(Default::default, |p| {
            let (done, all) = p.progress.unwrap_or_default();
            ui::WaitingText {
                seal: sign(p.seal),
                title: text(&p.title),
                known: p.progress.is_some(),
                done: done.into(),
                all: all.into(),
            }
        }));
        self.waiting_lines.set(page.into_iter().flat_map(|p| &p.lines).map(text));
    }

    fn home(&self, app: &ui::App, page: Option<&m::HomeView>) {
        let data = app.global::<ui::HomeData>();
        data.set_text(page.map_or_else(Default::default, |p| ui::HomeText {
            greeting: text(&p.greeting),
            insured_as: text(&p.insured_as),
            balance: text(&p.balance),
            this_year: text(&p.this_year),
            earlier_years: text(&p.earlier_years),
            used_title: text(&p.used_title),
        }));
        self.used_by.set(page.into_iter().flat_map(|p| &p.used_by).map(|u| ui::UsedItem {
            who: text(&u.who),
            amount: text(&u.amount),
            part: share(u.permille),
        }));
        self.home_choices.set(page.into_iter().flat_map(|p| &p.choices).map(choice));
    }

    fn list(&self, app: &ui::App, page: Option<&m::ListView>) {
        let data = app.global::<ui::ListData>();
        data.set_text(page.map_or_else(Default::default, |p| ui::ListText {
            title: text(&p.title),
            official: text(&p.official),
            empty: p.empty.as_ref().map(text).unwrap_or_default(),
            has_pager: p.pager.is_some(),
            pager: p.pager.as_ref().map(|g| text(&g.text)).unwrap_or_default(),
            previous: p.pager.as_ref().is_some_and(|g| g.previous),
            next: p.pager.as_ref().is_some_and(|g| g.next),
            loading: p.loading,
        }));
        self.summary.set(page.into_iter().flat_map(|p| &p.summary).map(text));
        self.bars.set(page.into_iter().flat_map(|p| &p.bars).map(|b| ui::BarItem {
            label: text(&b.label),
            part: share(b.permille),
            now: b.now,
        }));
        self.chips.set(page.into_iter().flat_map(|p| &p.chips).map(chip));
        self.rows.set(page.into_iter().flat_map(|p| &p.rows).map(|r| ui::RowItem {
            title: text(&r.title),
            detail: text(&r.detail),
            amount: text(&r.amount),
            incoming: r.incoming,
            opens: r.tap.is_some(),
        }));
    }

    fn record(&self, app: &ui::App, page: Option<&m::RecordView>) {
        app.global::<ui::RecordData>().set_text(page.map_or_else(Default::default, |p| {
            ui::RecordText {
                title: text(&p.title),
                amount: text(&p.amount),
                note: p.note.as_ref().map(text).unwrap_or_default(),
            }
        }));
        self.record_fields.set(page.into_iter().flat_map(|p| &p.fields).map(field));
    }

    fn months(&self, app: &ui::App, page: Option<&m::MonthsView>) {
        app.global::<ui::MonthsData>().set_text(page.map_or_else(Default::default, |p| {
            ui::MonthsText {
                title: text(&p.title),
                hint: text(&p.hint),
                year: text(&p.year),
                earlier: p.earlier,
                later: p.later,
            }
        }));
        self.quick.set(page.into_iter().flat_map(|p| &p.quick).map(chip));
        self.months.set(page.into_iter().flat_map(|p| &p.months).map(|c| ui::MonthItem {
            label: text(&c.label),
            chosen: c.chosen,
            enabled: c.enabled,
        }));
    }

    fn choice(&self, app: &ui::App, page: Option<&m::ChoiceView>) {
        app.global::<ui::ChoiceData>().set_text(page.map_or_else(Default::default, |p| {
            ui::ChoiceText {
                title: text(&p.title),
                lead: p.lead.as_ref().map(text).unwrap_or_default(),
            }
        }));
        self.choices.set(page.into_iter().flat_map(|p| &p.choices).map(choice));
        // Beside choices the paragraphs are facts: label and value, above them.
        let texts = |facts| {
            let page = page.filter(|p| p.choices.is_empty() != facts);
            page.into_iter().flat_map(|p| &p.texts)
        };
        self.facts.set(texts(true).map(|(label, value)| ui::FieldItem {
            label: text(label),
            value: text(value),
            part: false,
        }));
        self.texts.set(
            texts(false)
                .map(|(heading, body)| ui::TextItem { heading: text(heading), text: text(body) }),
        );
    }

    fn preview(&self, app: &ui::App, page: Option<&m::PreviewView>) {
        let data = app.global::<ui::PreviewData>();
        data.set_text(page.map_or_else(Default::default, |p| ui::PreviewText {
            title: text(&p.title),
            note: text(&p.note),
            has_picture: p.picture.is_some(),
        }));
        if let Some(image) = self.preview_picture.change(page.and_then(|p| p.picture.as_ref())) {
            data.set_picture(image);
        }
        self.preview_fields.set(page.into_iter().flat_map(|p| &p.fields).map(field));
        self.sizes.set(page.into_iter().flat_map(|p| &p.sizes).map(chip));
    }

    fn message(&self, app: &ui::App, page: Option<&m::MessageView>) {
        app.global::<ui::MessageData>().set_text(page.map_or_else(Default::default, |p| {
            ui::MessageText {
                seal: sign(p.seal),
                tone: match p.tone {
                    m::Tone::Good => ui::Tone::Good,
                    m::Tone::Warn => ui::Tone::Warn,
                    m::Tone::Call => ui::Tone::Call,
                    m::Tone::Plain => ui::Tone::Plain,
                },
                title: text(&p.title),
                reassurance: p.reassurance.as_ref().map(text).unwrap_or_default(),
            }
        }));
        self.message_lines.set(page.into_iter().flat_map(|p| &p.lines).map(text));
        self.message_fields.set(page.into_iter().flat_map(|p| &p.fields).map(field));
    }
}
