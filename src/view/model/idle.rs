//! The idle page: how a visit begins here, and what can be done.

use crate::view::messages::{self, media};
use crate::view::ways::Ways;
use crate::visit::Settings;

/// The idle page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IdleView {
    /// Heading, `请插入社保卡`, or why the kiosk cannot serve now.
    pub title: String,
    /// Smaller, beneath.
    pub subtitle: String,
    /// The card is drawn moving to the slot; not while the slot cannot be used.
    pub card: bool,
    /// Where the slot is.
    pub slot_hint: String,
    /// The other ways to begin, at most two.
    pub ways: Vec<Way>,
    /// Somebody can be served.
    pub in_service: bool,
    /// What can be done here: at most three, not touchable.
    pub offers: Vec<Offer>,
}

/// A way to begin a visit without a card.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Way {
    /// One character.
    pub seal: char,
    /// 也可以, beside the card; else empty.
    pub lead: String,
    /// 放身份证
    pub label: String,
    /// Where it is.
    pub hint: String,
}

/// Something the kiosk can do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Offer {
    /// One character.
    pub seal: char,
    /// First line.
    pub line1: String,
    /// Second line.
    pub line2: String,
}

impl IdleView {
    /// The page of a kiosk with these settings while all its devices work.
    pub fn of(settings: &Settings) -> Self {
        Self::with(settings, Ways::configured(settings))
    }

    /// The page while these ways are open.
    pub(crate) fn with(settings: &Settings, open: Ways) -> Self {
        let (title, subtitle) = match (open.card, open.document, open.code) {
            (true, _, _) => (messages::IDLE_TITLE, messages::IDLE_SUBTITLE),
            (false, true, true) => (media::TITLE_DOCUMENT_OR_CODE, media::NO_SLOT_NOW),
            (false, true, false) => (media::TITLE_DOCUMENT, media::NO_SLOT_NOW),
            (false, false, true) => (media::TITLE_CODE, media::NO_SLOT_NOW),
            (false, false, false) => return Self::closed(settings),
        };
        let slot_hint = words(settings.slot_hint.as_ref(), messages::SLOT_HINT);
        let lead = if open.card { media::ALSO } else { "" };
        let way = |(seal, label): (char, &str), hint: String| Way {
            seal,
            lead: lead.into(),
            label: label.into(),
            hint,
        };
        let document = open.document.then(|| {
            let hint = words(settings.document_hint.as_ref(), media::DOCUMENT_HINT);
            way(media::WAY_DOCUMENT, hint)
        });
        let code = open
            .code
            .then(|| way(media::WAY_CODE, words(settings.code_hint.as_ref(), media::CODE_HINT)));
        Self {
            title: title.into(),
            subtitle: subtitle.into(),
            card: open.card,
            slot_hint: if open.card { slot_hint } else { String::new() },
            ways: document.into_iter().chain(code).collect(),
            in_service: true,
            offers: offers(settings),
        }
    }

    /// The page while nobody can be served.
    pub(crate) fn out_of_service(settings: &Settings, title: &str, subtitle: &str) -> Self {
        Self {
            title: title.into(),
            subtitle: subtitle.into(),
            card: false,
            slot_hint: String::new(),
            ways: Vec::new(),
            in_service: false,
            offers: offers(settings),
        }
    }

    fn closed(settings: &Settings) -> Self {
        let title = match Ways::configured(settings).only_card() {
            true => messages::NO_READER_TITLE,
            false => media::NO_WAY_TITLE,
        };
        Self::out_of_service(settings, title, messages::NO_READER_SUBTITLE)
    }
}

impl Default for IdleView {
    fn default() -> Self {
        Self::of(&Settings::default())
    }
}

fn offers(settings: &Settings) -> Vec<Offer> {
    let print = settings.printer.then_some(messages::OFFER_PRINT);
    let all = [messages::OFFER_QUERY, messages::OFFER_FAMILY].into_iter().chain(print);
    all.map(Offer::from).collect()
}

fn words(of_the_hall: Option<&String>, otherwise: &str) -> String {
    of_the_hall.cloned().unwrap_or_else(|| otherwise.to_owned())
}

impl From<(char, &str, &str)> for Offer {
    fn from((seal, line1, line2): (char, &str, &str)) -> Self {
        Self { seal, line1: line1.into(), line2: line2.into() }
    }
}
