//! Waits for an identity document and says what is on it.

use std::path::Path;
use std::time::Instant;

use crossbeam_channel::{Receiver, unbounded};
use gongji_hal::date::Date;
use gongji_hal::driver::DeviceState;
use gongji_hal::idcard::{DocumentKind, IdCardCommand, IdCardError, IdCardEvent, IdDocument, Sex};
use serde::Serialize;

use super::{say_waiting, tell};
use crate::commands::Failure;
use crate::commands::cli::ReadOptions;
use crate::config::IdCardSection;
use crate::devices::idcard::{self, IdCardReport};
use crate::domain::id_number::IdNumber;
use crate::domain::masking;
use crate::domain::person::PersonName;

/// What a document says, masked or not.
#[derive(Serialize)]
struct Reading {
    kind: &'static str,
    name: Option<String>,
    latin_name: Option<String>,
    id_number: String,
    sex: &'static str,
    birth: String,
    valid_from: String,
    valid_until: String,
}

pub(super) fn read(section: &IdCardSection, options: &ReadOptions) -> Result<(), Failure> {
    let (sender, reports) = unbounded();
    let worker = idcard::watch(section, move |report| {
        let _ = sender.send(report);
    })
    .map_err(Failure::new)?;
    worker.order(IdCardCommand::Accept(true));
    say_waiting("a document on", &section.port);
    let document =
        wait_for_document(&reports, options.deadline(), &section.port).map_err(Failure::new)?;
    tell(options, &Reading::of(&document, options.reveal), Reading::print)
}

fn wait_for_document(
    reports: &Receiver<IdCardReport>,
    until: Instant,
    port: &Path,
) -> Result<IdDocument, String> {
    let port = port.display();
    let silent = format!("{port}: the reader does not answer; check power, cable and speed");
    let mut missing = silent.clone();
    loop {
        match reports.recv_deadline(until) {
            Ok(IdCardReport::Event(IdCardEvent::State(state))) => {
                missing = match state {
                    DeviceState::Online => {
                        format!("{port}: no document was put down; ask again with a longer --wait")
                    }
                    DeviceState::HardwareError => format!(
                        "{port}: the reader reports a fault; switch it off and on, or have it repaired"
                    ),
                    _ => silent.clone(),
                };
            }
            Ok(IdCardReport::Event(IdCardEvent::Read(Ok(document)))) => return Ok(document),
            Ok(IdCardReport::Event(IdCardEvent::Read(Err(e)))) => match way_out(e) {
                Some(way_out) => return Err(format!("{port}: {e}; {way_out}")),
                // The reader may still come back, and the document is then read.
                None => missing.clone_from(&silent),
            },
            // The port may still come; what hindered it is said if it does not.
            Ok(IdCardReport::CannotOpen(e)) => missing = e.to_string(),
            Ok(_) => {}
            Err(_) => return Err(missing),
        }
    }
}

/// What to do about a document that could not be read; `None` when it is the reader that is gone.
fn way_out(error: IdCardError) -> Option<&'static str> {
    Some(match error {
        IdCardError::ReaderLost | IdCardError::Cancelled => return None,
        IdCardError::LiftedOff => "leave it there until it was read",
        IdCardError::Transmission | IdCardError::TimedOut => "check cable and speed, and try again",
        IdCardError::Text(_) => "look at the document, it may be damaged or forged",
        error if error.is_suspicious() => "look at the document, it may be damaged or forged",
        _ => "put down one identity document alone, flat in the middle, and try again",
    })
}

impl Reading {
    fn of(document: &IdDocument, reveal: bool) -> Self {
        let name = |text: &str| (!text.is_empty()).then(|| text.to_owned());
        let mut reading = Self {
            kind: kind_words(document.kind),
            name: name(&document.chinese_name),
            latin_name: name(&document.latin_name),
            id_number: document.number.to_string(),
            sex: match document.sex {
                Sex::Male => "男",
                Sex::Female => "女",
                _ => "未说明",
            },
            birth: day_words(document.birth),
            valid_from: day_words(document.valid_from),
            valid_until: document.valid_until.map_or_else(|| "长期".into(), day_words),
        };
        if !reveal {
            reading.mask();
        }
        reading
    }

    fn mask(&mut self) {
        let mask = |name: String| masking::mask_name(&PersonName::new(name));
        self.name = self.name.take().map(mask);
        self.latin_name = self.latin_name.take().map(mask);
        self.id_number = match IdNumber::parse(&self.id_number) {
            Ok(number) => masking::mask_id_number(&number),
            Err(_) => "not a valid number".into(),
        };
        // The number's mask hides it, too.
        self.birth = "****-**-**".into();
    }

    fn print(&self) {
        let none = "not on the document";
        say!("kind         {}", self.kind);
        say!("name         {}", self.name.as_deref().unwrap_or(none));
        say!("latin name   {}", self.latin_name.as_deref().unwrap_or(none));
        say!("id number    {}", self.id_number);
        say!("sex          {}", self.sex);
        say!("birth        {}", self.birth);
        say!("valid from   {}", self.valid_from);
        say!("valid until  {}", self.valid_until);
    }
}

fn kind_words(kind: DocumentKind) -> &'static str {
    match kind {
        DocumentKind::Resident => "居民身份证",
        DocumentKind::HongKongMacaoTaiwan => "港澳台居民居住证",
        DocumentKind::Foreigner2017 => "外国人永久居留身份证（2017版）",
        DocumentKind::Foreigner2023 => "外国人永久居留身份证（2023版）",
        _ => "unknown",
    }
}

fn day_words(day: Date) -> String {
    format!("{:04}-{:02}-{:02}", day.year, day.month, day.day)
}
