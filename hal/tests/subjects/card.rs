//! The card reader and a 社会保障卡.

use gongji_hal::{
    card::{
        CardCommand, CardDriver, CardEvent, Pin, Protocol,
        limits::{COMMAND_LIMIT, READ_LIMIT},
        sim::{CardFault, ReaderKind, SimCard, SimReader, T1Fault},
    },
    conformance::{Limits, News, Outcome, Subject},
    driver::Driver,
    time::{Duration, Instant},
};

/// The PIN of every card.
const PIN: &str = "123456";

/// A card reader of one kind with a card of one version.
pub struct Card {
    pub kind: ReaderKind,
    pub version: &'static str,
    pub protocol: Protocol,
}

impl Card {
    fn card(&self) -> SimCard {
        let builder = SimCard::builder().version(self.version).protocol(self.protocol);
        builder.pin(PIN).build().expect("the card is valid")
    }
}

fn faults() -> [CardFault; 21] {
    let other = SimCard::builder().card_id([7; 16]).number("X00000002").build();
    [
        CardFault::Mute,
        CardFault::WrongLrc(2),
        CardFault::Nak(2),
        CardFault::AskTime(3),
        CardFault::AskTimeFramed(16),
        CardFault::HalfFrameThenSilence,
        CardFault::JunkBeforeFrame,
        CardFault::DropAnswers(4),
        CardFault::Late(Duration::from_millis(1800)),
        CardFault::Pull,
        CardFault::Swap(Box::new(other.expect("the card is valid"))),
        CardFault::CardError(0xFD),
        CardFault::OtherSlot,
        CardFault::T1(T1Fault::BadEdc(2)),
        CardFault::T1(T1Fault::LostBlock(1)),
        CardFault::T1(T1Fault::LostAnswer(1)),
        CardFault::T1(T1Fault::Garbled(2)),
        CardFault::T1(T1Fault::WrongSequence(2)),
        CardFault::T1(T1Fault::Wtx(3)),
        CardFault::T1(T1Fault::Ifs(7)),
        CardFault::T1(T1Fault::Abort),
    ]
}

impl Subject for Card {
    type Driver = CardDriver;
    type Simulator = SimReader;

    fn driver(&self) -> CardDriver {
        CardDriver::new()
    }

    fn simulator(&self) -> SimReader {
        SimReader::new(self.kind)
    }

    fn limits(&self) -> Limits {
        Limits {
            // Four commands of two seconds, three attempts each, before the reader is given up.
            ready: Duration::from_secs(8),
            command: READ_LIMIT,
            gone: Some(COMMAND_LIMIT),
        }
    }

    fn commands(&self) -> usize {
        3
    }

    fn command(&self, index: usize) -> CardCommand {
        match index {
            0 => CardCommand::Read,
            1 => CardCommand::PowerOff,
            _ => CardCommand::Verify(Pin::new(PIN).expect("the PIN is one")),
        }
    }

    fn after(&self, index: usize) -> Option<usize> {
        (index == 2).then_some(0)
    }

    fn news(&self, event: &<CardDriver as Driver>::Event) -> News {
        let done = |command, outcome| News::Done { command, outcome };
        match event {
            CardEvent::State(state) => News::State(*state),
            CardEvent::Read(Ok(card)) => {
                let number = card.id_number.as_deref().unwrap_or("nobody");
                done(0, Outcome::Success(format!("card {} of {number}", card.number)))
            }
            CardEvent::Read(Err(error)) => done(0, Outcome::Failure(error.to_string())),
            CardEvent::PowerOff(Ok(())) => done(1, Outcome::Success("off".into())),
            CardEvent::Verified(Ok(())) => done(2, Outcome::Success("verified".into())),
            CardEvent::Verified(Err(error)) => done(2, Outcome::Failure(error.to_string())),
            CardEvent::PowerOff(Err(error)) => done(1, Outcome::Failure(error.to_string())),
            other => News::Other(format!("{other:?}")),
        }
    }

    fn present(&self, reader: &mut SimReader, now: Instant) {
        if !reader.has_card() {
            reader.insert(now, self.card());
        }
    }

    fn remove(&self, reader: &mut SimReader, now: Instant) -> bool {
        reader.remove(now);
        true
    }

    fn faults(&self) -> usize {
        faults().len()
    }

    fn fail(&self, reader: &mut SimReader, _now: Instant, index: usize) {
        if let Some(fault) = faults().into_iter().nth(index) {
            reader.inject(fault);
        }
    }

    fn mend(&self, reader: &mut SimReader, now: Instant) {
        reader.clear_faults();
        // A card put in by a fault is not ours.
        reader.remove(now);
    }

    fn is_true(&self, _reader: &mut SimReader, claim: &str) -> bool {
        matches!(claim, "off" | "verified") || claim.starts_with("card X00000001")
    }
}
