//! The ID card reader and a document.

use gongji_hal::{
    conformance::{Limits, News, Outcome, Subject},
    idcard::{
        IdCardCommand, IdCardDriver, IdCardEvent,
        limits::COMMAND_LIMIT,
        sim::{AfterReading, IdCardFault, SimIdDocument, SimIdReader},
    },
    time::{Duration, Instant},
};

/// Commands of the ID card reader, by index.
const COMMANDS: [IdCardCommand; 2] = [IdCardCommand::Accept(true), IdCardCommand::Reset];

/// A reader that does this after it has read a document.
pub struct IdCard {
    pub after: AfterReading,
}

fn document(name: &str) -> SimIdDocument {
    SimIdDocument::resident().name(name).build().expect("the document is valid")
}

fn faults() -> [IdCardFault; 13] {
    [
        IdCardFault::JunkBeforeFrame,
        IdCardFault::HalfFrameThenSilence,
        IdCardFault::WrongChecksum(2),
        IdCardFault::FlipBit(77),
        IdCardFault::DropAnswers(4),
        IdCardFault::Silence,
        IdCardFault::Late(Duration::from_millis(1800)),
        IdCardFault::Status(0x41),
        IdCardFault::Status(0x31),
        IdCardFault::Status(0x60),
        IdCardFault::Status(0x81),
        IdCardFault::Lift,
        IdCardFault::Swap(Box::new(document("李四"))),
    ]
}

impl Subject for IdCard {
    type Driver = IdCardDriver;
    type Simulator = SimIdReader;

    fn driver(&self) -> IdCardDriver {
        IdCardDriver::default()
    }

    fn simulator(&self) -> SimIdReader {
        SimIdReader::new(self.after)
    }

    fn limits(&self) -> Limits {
        Limits {
            ready: Duration::from_secs(6),
            command: COMMAND_LIMIT,
            // A reading that ends with its limit, then questions until it is given up.
            gone: Some(Duration::from_secs(6)),
        }
    }

    fn commands(&self) -> usize {
        COMMANDS.len()
    }

    fn command(&self, index: usize) -> IdCardCommand {
        COMMANDS[index]
    }

    fn is_setting(&self, index: usize) -> bool {
        index == 0
    }

    fn news(&self, event: &IdCardEvent) -> News {
        let done = |command, outcome| News::Done { command, outcome };
        match event {
            IdCardEvent::State(state) => News::State(*state),
            IdCardEvent::Accepting(on) => done(0, Outcome::Success(on.to_string())),
            IdCardEvent::Reset(Ok(())) => done(1, Outcome::Success("reset".into())),
            IdCardEvent::Reset(Err(error)) => done(1, Outcome::Failure(error.to_string())),
            IdCardEvent::Read(Ok(document)) => {
                // Fictional; a document of the other name was put down by a fault.
                let name = document.name().replace("李四", "张三");
                News::Found(format!("{name} {}", document.number))
            }
            IdCardEvent::Read(Err(error)) => News::Other(error.to_string()),
            other => News::Other(format!("{other:?}")),
        }
    }

    fn present(&self, reader: &mut SimIdReader, _now: Instant) {
        if !reader.has_document() {
            reader.place(document("张三"));
        }
    }

    fn remove(&self, reader: &mut SimIdReader, _now: Instant) -> bool {
        reader.lift();
        true
    }

    fn faults(&self) -> usize {
        faults().len()
    }

    fn fail(&self, reader: &mut SimIdReader, _now: Instant, index: usize) {
        if let Some(fault) = faults().into_iter().nth(index) {
            reader.inject(fault);
        }
    }

    fn mend(&self, reader: &mut SimIdReader, _now: Instant) {
        reader.clear_faults();
    }
}
