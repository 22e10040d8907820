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

/// What is known of a document on the ID card reader.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Document {
    /// None lies there.
    Gone,
    /// It was put down by whoever is there now: it is read as soon as a page asks for documents.
    Unread,
    /// Whoever put it down may be gone: it must be lifted before it, or another, is read.
    Forgotten,
    /// It was read, or could not be; it must be lifted before it is read again.
    Read,
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
    /// The document, as far as the ID card reader could see.
    document: Document,
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
            document: Document::Gone,
            codes_working: false,
            printer: PrinterCondition { trouble: Some(PrinterTrouble::Away), paper_low: false },
        }
    }

    /// Takes note of an event.
    pub(crate) fn note(&mut self, event: &Event) {
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
            Event::Document(DocumentNews::Placed) => self.document = Document::Unread,
            Event::Document(
                DocumentNews::Lifted | DocumentNews::Read(Err(DocumentTrouble::LiftedOff)),
            ) => self.document = Document::Gone,
            Event::Document(DocumentNews::Read(_)) => self.document = Document::Read,
            Event::Code(CodeNews::Scanner { working }) => self.codes_working = *working,
            Event::Printer(PrinterNews::Condition(condition)) => self.printer = *condition,
            _ => {}
        }
    }

    /// A document lies on the ID card reader; what cannot be seen is not asked for.
    pub(crate) fn document_lies(&self) -> bool {
        self.document != Document::Gone && self.documents_working
    }

    /// Nobody is there to whom a document that was not read could belong.
    pub(crate) fn forget_document(&mut self) {
        if self.document == Document::Unread {
            self.document = Document::Forgotten;
        }
    }

    /// No document may be read before the one that lies there was lifted.
    pub(crate) fn document_forgotten(&self) -> bool {
        self.document == Document::Forgotten
    }

    /// While nobody is served: somebody's document lies there, and begins no visit.
    pub(crate) fn document_left(&self) -> bool {
        self.document_lies() && self.document != Document::Unread
    }

    /// The event now being handled put a card where none was known to be.
    pub(crate) fn card_is_new(&self) -> bool {
        self.slot_before != Slot::Present && self.slot == Slot::Present
    }
}
