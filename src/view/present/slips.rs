//! Which slip, too much for one slip, and how the slip looks.

use jiff::civil::Date;

use super::Screen;
use super::format::{button, field, lines, period};
use crate::view::messages::{self, care, printing};
use crate::view::model::{Chip, Choice, ChoiceView, MessageView, PageView, PreviewView, Tone};
use crate::visit::event::{PrintSize, SlipKind, Tap};
use crate::visit::patron::Patron;
use crate::visit::state::preview::Preview;
use crate::visit::state::slips::Slips;
use crate::visit::state::too_many::TooMany;

/// Fields of the preview; the screen has no room for more.
const FIELDS_MAX: usize = 5;

pub(super) fn choice(page: &Slips, today: Date) -> Screen {
    let span = period(page.period, today);
    let choice = |(seal, label): (char, &str), detail: &str, tap| Choice {
        seal,
        label: label.into(),
        detail: detail.into(),
        tap,
    };
    let account = Tap::Slip(SlipKind::Account);
    let family = Tap::Slip(SlipKind::Family);
    let (seal, label, official) = care::SLIP;
    let view = ChoiceView {
        title: printing::SLIPS_TITLE.into(),
        lead: Some(printing::slips_lead(&span)),
        choices: vec![
            choice(printing::SLIP_ACCOUNT, printing::SLIP_ACCOUNT_OFFICIAL, account),
            choice(printing::SLIP_FAMILY, printing::SLIP_FAMILY_OFFICIAL, family),
            choice((seal, label), official, Tap::Slip(SlipKind::Care)),
            choice(printing::SLIP_PERIOD, &printing::period_now(&span), Tap::ChoosePeriod),
        ],
        texts: Vec::new(),
    };
    Screen::new(PageView::Choice(view)).back(button(messages::BACK, Tap::Back))
}

pub(super) fn too_many(page: &TooMany) -> Screen {
    let (seal, title) = printing::TOO_MANY;
    let mut texts = vec![printing::too_many_line(page.limit)];
    texts.extend(lines(&[printing::TOO_MANY_WAY_OUT]));
    Screen::message(MessageView {
        seal,
        tone: Tone::Warn,
        title: title.into(),
        reassurance: None,
        lines: texts,
        fields: Vec::new(),
    })
    .back(button(messages::BACK, Tap::Back))
    .primary(button(printing::SHORTER_PERIOD, Tap::ChoosePeriod))
}

pub(super) fn preview(patron: &Patron, page: &Preview) -> Screen {
    let slip = &page.job.slip;
    let copy = patron.next_copy(&page.job.paper);
    let fields = slip.summary().iter().take(FIELDS_MAX);
    let view = PreviewView {
        title: slip.title().to_owned(),
        fields: fields.map(|(label, value)| field(label, value.clone())).collect(),
        sizes: [PrintSize::Normal, PrintSize::Large].map(|size| chip(size, slip.size())).into(),
        picture: slip.picture(),
        note: match copy {
            0 => printing::PREVIEW_NOTE.into(),
            copy => printing::preview_note_copy(copy),
        },
    };
    let label = if copy == 0 { printing::PRINT_NOW } else { printing::PRINT_COPY };
    Screen::new(PageView::Preview(view))
        .back(button(messages::BACK, Tap::Back))
        .primary(button(label, Tap::PrintNow))
}

fn chip(size: PrintSize, chosen: PrintSize) -> Chip {
    let label = match size {
        PrintSize::Normal => printing::SIZE_NORMAL,
        PrintSize::Large => printing::SIZE_LARGE,
    };
    Chip { label: label.into(), chosen: size == chosen, tap: Tap::Size(size) }
}
