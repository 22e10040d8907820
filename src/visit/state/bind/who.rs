//! Whom? The relative's card, document or code is shown, or the number is typed.

use super::BindPage;
use super::looking::Looking;
use super::note::Note;
use super::pad::{Pad, PadKind};
use super::quest::Quest;
use super::swap::Swap;
use crate::visit::Settings;
use crate::visit::cx::Cx;
use crate::visit::devices::{Devices, Slot};
use crate::visit::event::{
    Act, CardHolder, CardNews, CodeNews, DocumentNews, DocumentTrouble, Effect, Event, StaffReason,
    Tap,
};
use crate::visit::medium::{Medium, MediumKind};
use crate::visit::patron::Patron;
use crate::visit::state::ignore;
use crate::visit::state::page::{Next, Page};

/// Waiting for a medium of the relative.
pub(crate) struct Who {
    pub quest: Box<Quest>,
    /// What was wrong with the last one.
    pub note: Option<Note>,
    /// A card is being read, in a visit that no card binds: until when.
    pub reading_until: Option<u64>,
}

/// The ways that are open now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Offers {
    /// A document can be put down.
    pub document: bool,
    /// A code can be held up.
    pub code: bool,
    /// A card can be put in: the slot is free.
    pub card: bool,
    /// The card in the slot, which binds nobody, can be read.
    pub card_in_slot: bool,
    /// The patron's card can give way for a while.
    pub swap: bool,
}

impl Offers {
    /// By the devices and whether a card binds the visit.
    pub(crate) fn now(settings: &Settings, devices: &Devices, patron: &Patron) -> Self {
        let bound = patron.card.is_some();
        let present = devices.reader_working && devices.slot == Slot::Present;
        Self {
            document: settings.documents && devices.documents_working,
            code: settings.codes && devices.codes_working,
            card: !bound && devices.reader_working && devices.slot == Slot::Empty,
            card_in_slot: !bound && present,
            swap: bound && present && !patron.verifying(),
        }
    }
}

impl Who {
    pub(super) fn enter(quest: Box<Quest>, note: Option<Note>) -> Page {
        Page::Bind(BindPage::Who(Self { quest, note, reading_until: None }))
    }

    pub(crate) fn handle(mut self, cx: &mut Cx, patron: &mut Patron, event: Event) -> Next {
        let offers = Offers::now(cx.settings, cx.devices, patron);
        match event {
            Event::Tap(_) if self.reading_until.is_some() => ignore(cx, &event),
            Event::Tap(Tap::Back) => return self.quest.back().into(),
            Event::Tap(Tap::Act(Act::Type)) => {
                return Pad::enter(self.quest, PadKind::IdNumber).into();
            }
            Event::Tap(Tap::Act(Act::SwapCard)) if offers.swap => {
                return Swap::enter(self.quest, cx).into();
            }
            Event::Tap(Tap::Act(Act::SwapCard)) if offers.card_in_slot => self.read(cx),
            Event::Document(news) => return self.document(cx, patron, news),
            Event::Code(CodeNews::Scanned(code)) => {
                let own = matches!(&patron.began_with, Medium::Code(first) if *first == code);
                return self.shown(cx, patron, Medium::Code(code), own);
            }
            Event::Card(news) => return self.card(cx, patron, news),
            Event::Tick if self.reading_until.is_some_and(|until| cx.due(until)) => {
                self.wrong(Note::Unreadable(MediumKind::Card));
            }
            Event::Code(CodeNews::Scanner { .. }) => {}
            other => ignore(cx, &other),
        }
        Page::Bind(BindPage::Who(self)).into()
    }

    /// The bound of a reading.
    pub(crate) fn deadline(&self) -> Option<u64> {
        self.reading_until
    }

    fn document(mut self, cx: &mut Cx, patron: &mut Patron, news: DocumentNews) -> Next {
        match news {
            DocumentNews::Read(Ok(holder)) => {
                let own = holder.id_number.upgraded() == patron.person.id_number.upgraded();
                return self.shown(cx, patron, Medium::Document(holder), own);
            }
            DocumentNews::Read(Err(trouble)) => {
                if trouble == DocumentTrouble::NotGenuine {
                    cx.call_staff(StaffReason::DocumentDoubted);
                }
                self.wrong(trouble.into());
            }
            DocumentNews::Placed | DocumentNews::Lifted | DocumentNews::Reader { .. } => {}
        }
        Page::Bind(BindPage::Who(self)).into()
    }

    /// News of the slot in a visit that no card binds.
    fn card(mut self, cx: &mut Cx, patron: &mut Patron, news: CardNews) -> Next {
        match news {
            CardNews::Inserted if cx.devices.card_is_new() => self.read(cx),
            CardNews::Read(Ok(holder)) if self.reading_until.is_some() => {
                let number = holder.id_number.as_ref().map(|number| number.upgraded());
                let own = number.is_some_and(|n| n == patron.person.id_number.upgraded());
                return self.shown(cx, patron, Medium::Card(holder), own);
            }
            CardNews::Read(Err(trouble)) if self.reading_until.is_some() => {
                self.wrong(trouble.into());
            }
            CardNews::Removed | CardNews::Reader { working: false } => self.reading_until = None,
            other => ignore(cx, &Event::Card(other)),
        }
        Page::Bind(BindPage::Who(self)).into()
    }

    /// Something was read.
    fn shown(mut self, cx: &mut Cx, patron: &mut Patron, medium: Medium, own: bool) -> Next {
        self.reading_until = None;
        if medium.expired(cx.today()) {
            self.wrong(Note::Expired);
        } else if own {
            own_card(patron, &medium);
            self.wrong(Note::Own);
        } else {
            return Looking::enter(cx, patron, self.quest, medium).into();
        }
        Page::Bind(BindPage::Who(self)).into()
    }

    fn read(&mut self, cx: &mut Cx) {
        cx.emit(Effect::ReadCard);
        self.note = None;
        self.reading_until = Some(cx.after(cx.limits.card_read_ms));
    }

    fn wrong(&mut self, note: Note) {
        self.reading_until = None;
        self.note = Some(note);
    }
}

/// The patron's own card, put in on the way: it binds the visit from now on.
pub(super) fn own_card(patron: &mut Patron, medium: &Medium) {
    if let (None, Medium::Card(holder)) = (&patron.card, medium) {
        patron.card = Some(CardHolder::clone(holder));
    }
}
