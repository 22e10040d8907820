//! What is known of the devices. It outlives visits and holds nothing personal.

use super::event::{
    CardNews, CodeNews, DocumentNews, DocumentTrouble, Event, PrinterCondition, PrinterNews,
    PrinterTrouble,
};

/// What is known of the card slot.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Slot {
    /// No card.
    Empty,
    /// A card.
    Present,
    /// The reader went away while a card was in the slot.
    Unknown,
}

/// The devices as last heard of.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Devices {
    /// The reader answers.
    pub reader_working: bool,
    /// The card slot.
    pub slot: Slot,
    /// The slot before the event now being handled.
    pub slot_before: Slot,
    /// The ID card reader answers.
    pub documents_working: bool,
    /// A document has not been lifted, as far as the ID card reader could see.
    document_put: bool,
    /// It was put down while no page asked for it, and has not been read since.
    pub document_unasked: bool,
    /// The code scanner can be used.
    pub codes_working: bool,
    /// The printer.
    pub printer: PrinterCondition,
}

impl Devices {
    /// Nothing heard of yet: a device that has not reported is away.
    pub(crate) fn unheard() -> Self {
        Self {
            reader_working: false,
            slot: Slot::Empty,
            slot_before: Slot::Empty,
            documents_working: false,
            document_put: false,
            document_unasked: false,
            codes_working: false,
            printer: PrinterCondition { trouble: Some(PrinterTrouble::Away), paper_low: false },
        }
    }

    /// Takes note of an event; whether documents were asked for when it happened.
    pub(crate) fn note(&mut self, event: &Event, documents_asked: bool) {
        self.slot_before = self.slot;
        match event {
            Event::Card(CardNews::Reader { working }) => {
                self.reader_working = *working;
                // Also when it is told to work without having been told away: it was away for so
                // short a time that nobody needs to know, but the card may be another one.
                if self.slot == Slot::Present {
                    self.slot = Slot::Unknown;
                }
            }
            Event::Card(CardNews::Inserted) => self.slot = Slot::Present,
            Event::Card(CardNews::Removed) => self.slot = Slot::Empty,
            Event::Document(DocumentNews::Reader { working }) => {
                // A reader that has come back tells what was lifted meanwhile.
                self.documents_working = *working;
            }
            Event::Document(DocumentNews::Placed) => {
                self.document_put = true;
                self.document_unasked = !documents_asked;
            }
            Event::Document(DocumentNews::Read(result)) => {
                self.document_put = *result != Err(DocumentTrouble::LiftedOff);
                self.document_unasked = false;
            }
            Event::Document(DocumentNews::Lifted) => {
                (self.document_put, self.document_unasked) = (false, false);
            }
            Event::Code(CodeNews::Scanner { working }) => self.codes_working = *working,
            Event::Printer(PrinterNews::Condition(condition)) => self.printer = *condition,
            _ => {}
        }
    }

    /// A document lies on the ID card reader; what cannot be seen is not asked for.
    pub(crate) fn document_lies(&self) -> bool {
        self.document_put && self.documents_working
    }

    /// The event now being handled put a card where none was known to be.
    pub(crate) fn card_is_new(&self) -> bool {
        self.slot_before != Slot::Present && self.slot == Slot::Present
    }
}
