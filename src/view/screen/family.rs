//! The fillers of the family account's pages; see [`super::pages`].

use gongji_ui as ui;
use gongji_ui::slint::{ComponentHandle, SharedString};

use super::items::{choice, field, sign, text};
use super::picture::ShownPicture;
use super::rows::Rows;
use super::touch::board;
use crate::view::model as m;

/// Up to this many characters wanted each have a place of their own.
const CELLS_MAX: u8 = 8;
/// What stands for a character of a secret.
const DOT: &str = "●";

/// The lists of these pages, made once and handed to Slint once.
pub(super) struct FamilyLists {
    members_lead: Rows<SharedString>,
    cards: Rows<ui::MemberItem>,
    choices: Rows<ui::ChoiceItem>,
    pad_lead: Rows<SharedString>,
    cells: Rows<SharedString>,
    keys: Rows<SharedString>,
    pad_other: Rows<ui::ChoiceItem>,
    lines: Rows<SharedString>,
    sign_lead: Rows<SharedString>,
    ink: ShownPicture,
    sign_other: Rows<ui::ChoiceItem>,
    fields: Rows<ui::FieldItem>,
    effects: Rows<SharedString>,
}

impl FamilyLists {
    pub(super) fn new(app: &ui::App) -> Self {
        let lists = Self {
            members_lead: Rows::new(),
            cards: Rows::new(),
            choices: Rows::new(),
            pad_lead: Rows::new(),
            cells: Rows::new(),
            keys: Rows::new(),
            pad_other: Rows::new(),
            lines: Rows::new(),
            sign_lead: Rows::new(),
            ink: ShownPicture::default(),
            sign_other: Rows::new(),
            fields: Rows::new(),
            effects: Rows::new(),
        };
        let members = app.global::<ui::MembersData>();
        members.set_lead(lists.members_lead.model());
        members.set_cards(lists.cards.model());
        members.set_choices(lists.choices.model());
        let pad = app.global::<ui::PadData>();
        pad.set_lead(lists.pad_lead.model());
        pad.set_cells(lists.cells.model());
        pad.set_keys(lists.keys.model());
        pad.set_other(lists.pad_other.model());
        app.global::<ui::DocumentData>().set_lines(lists.lines.model());
        let sign = app.global::<ui::SignData>();
        sign.set_lead(lists.sign_lead.model());
        sign.set_other(lists.sign_other.model());
        let review = app.global::<ui::ReviewData>();
        review.set_fields(lists.fields.model());
        review.set_effects(lists.effects.model());
        lists
    }

    pub(super) fn members(&self, app: &ui::App, page: Option<&m::MembersView>) {
        app.global::<ui::MembersData>().set_text(page.map_or_else(Default::default, |p| {
            ui::MembersText {
                title: text(&p.title),
                official: text(&p.official),
                empty: p.empty.as_ref().map(text).unwrap_or_default(),
                has_pager: p.pager.is_some(),
                pager: p.pager.as_ref().map(|g| text(&g.text)).unwrap_or_default(),
                previous: p.pager.as_ref().is_some_and(|g| g.previous),
                next: p.pager.as_ref().is_some_and(|g| g.next),
            }
        }));
        self.members_lead.set(page.into_iter().flat_map(|p| &p.lead).map(text));
        self.cards.set(page.into_iter().flat_map(|p| &p.cards).map(member));
        self.choices.set(page.into_iter().flat_map(|p| &p.choices).map(choice));
    }

    pub(super) fn pad(&self, app: &ui::App, page: Option<&m::PadView>) {
        app.global::<ui::PadData>().set_text(page.map_or_else(Default::default, |p| {
            let (filled, wanted) = p.filled;
            ui::PadText {
                title: text(&p.title),
                // Whatever the view says: a secret's characters never reach the screen.
                shown: if p.secret { DOT.repeat(filled.into()).into() } else { text(&p.shown) },
                secret: p.secret,
                filled: filled.into(),
                wanted: wanted.into(),
                unit: p.unit.as_ref().map(text).unwrap_or_default(),
                note: p.note.as_ref().map(text).unwrap_or_default(),
                letters: p.keys == m::PadKeys::Letters,
            }
        }));
        self.pad_lead.set(page.into_iter().flat_map(|p| &p.lead).map(text));
        self.cells.set(page.into_iter().flat_map(cells));
        self.keys.set(page.into_iter().flat_map(|p| board(p.keys)).map(|k| sign(k.into())));
        self.pad_other.set(page.into_iter().flat_map(|p| &p.other).map(choice));
    }

    pub(super) fn document(&self, app: &ui::App, page: Option<&m::DocumentView>) {
        app.global::<ui::DocumentData>().set_text(page.map_or_else(Default::default, |p| {
            ui::DocumentText {
                title: text(&p.title),
                lead: p.lead.as_ref().map(text).unwrap_or_default(),
                pager: text(&p.pager.text),
                previous: p.pager.previous,
                next: p.pager.next,
                note: text(&p.note),
            }
        }));
        self.lines.set(page.into_iter().flat_map(|p| &p.lines).map(text));
    }

    pub(super) fn sign(&self, app: &ui::App, page: Option<&m::SignView>) {
        let data = app.global::<ui::SignData>();
        data.set_text(page.map_or_else(Default::default, |p| ui::SignText {
            title: text(&p.title),
            can_wipe: p.can_wipe,
            has_ink: p.ink.is_some(),
        }));
        if let Some(image) = self.ink.change(page.and_then(|p| p.ink.as_ref())) {
            data.set_ink(image);
        }
        self.sign_lead.set(page.into_iter().flat_map(|p| &p.lead).map(text));
        self.sign_other.set(page.into_iter().flat_map(|p| &p.other).map(choice));
    }

    pub(super) fn review(&self, app: &ui::App, page: Option<&m::ReviewView>) {
        app.global::<ui::ReviewData>().set_text(page.map_or_else(Default::default, |p| {
            ui::ReviewText { title: text(&p.title), note: text(&p.note) }
        }));
        self.fields.set(page.into_iter().flat_map(|p| &p.fields).map(field));
        self.effects.set(page.into_iter().flat_map(|p| &p.effects).map(text));
    }
}

fn member(card: &m::MemberCard) -> ui::MemberItem {
    let line = |n: usize| card.lines.get(n).map(text).unwrap_or_default();
    ui::MemberItem {
        seal: sign(card.seal),
        who: text(&card.who),
        line1: line(0),
        line2: line(1),
        line3: line(2),
        mark: card.mark.as_ref().map(text).unwrap_or_default(),
    }
}

/// A place for each character, if few are wanted and what is shown has one sign for each.
fn cells(pad: &m::PadView) -> Vec<SharedString> {
    let (filled, wanted) = pad.filled;
    let one_each = pad.secret || pad.shown.chars().count() == usize::from(filled);
    if wanted > CELLS_MAX || !one_each {
        return Vec::new();
    }
    let mut shown = pad.shown.chars();
    let cell = |n| match (n < filled, pad.secret) {
        (false, _) => SharedString::default(),
        (true, true) => DOT.into(),
        (true, false) => shown.next().map(sign).unwrap_or_default(),
    };
    (0..wanted).map(cell).collect()
}
