//! Waits for a card and says what is on it.

use std::path::Path;
use std::time::Instant;

use crossbeam_channel::{Receiver, unbounded};
use gongji_hal::card::{CardCommand, CardError, CardEvent, SocialCard};
use gongji_hal::driver::DeviceState;
use serde::Serialize;

use super::{say_waiting, tell};
use crate::commands::Failure;
use crate::commands::cli::ReadOptions;
use crate::config::Config;
use crate::devices::card::{self, CardReport};
use crate::devices::worker::Worker;
use crate::domain::id_number::IdNumber;
use crate::domain::masking;
use crate::domain::person::{CardNo, PersonName};

/// What a card says, masked or not.
#[derive(Serialize)]
struct Reading {
    number: String,
    name: Option<String>,
    id_number: Option<String>,
    class: String,
    version: String,
    issued: Option<String>,
    expires: Option<String>,
}

pub(super) fn read(config: &Config, options: &ReadOptions) -> Result<(), Failure> {
    let (sender, reports) = unbounded();
    let worker = card::watch(&config.card, move |report| {
        let _ = sender.send(report);
    })
    .map_err(Failure::new)?;
    let port = &config.card.port;
    say_waiting("a card in", port);
    let card = wait_for_card(&worker, &reports, options.deadline(), port).map_err(Failure::new)?;
    let reading = Reading::of(&card, options.reveal);
    tell(options, &reading, Reading::print)
}

pub(in crate::commands::devices) fn wait_for_card(
    worker: &Worker<CardCommand>,
    reports: &Receiver<CardReport>,
    until: Instant,
    port: &Path,
) -> Result<SocialCard, String> {
    let port = port.display();
    let mut missing = format!("{port}: the reader does not answer; check power, cable and speed");
    loop {
        match reports.recv_deadline(until) {
            Ok(CardReport::Event(CardEvent::State(DeviceState::Online))) => {
                missing = format!("{port}: no card was put in; ask again with a longer --wait");
            }
            Ok(CardReport::Event(CardEvent::Present)) => worker.order(CardCommand::Read),
            Ok(CardReport::Event(CardEvent::Read(Ok(card)))) => return Ok(card),
            Ok(CardReport::Event(CardEvent::Read(Err(e)))) => {
                let way_out = match e {
                    CardError::NotSocialCard => "put in a social-security card",
                    _ => "turn the card, clean its chip, and try again",
                };
                return Err(format!("{port}: {e}; {way_out}"));
            }
            Ok(CardReport::Refused { .. }) => {
                return Err(format!("{port}: the card could not be asked; try again"));
            }
            // The port may still come; what hindered it is said if it does not.
            Ok(CardReport::CannotOpen(e)) => missing = e.to_string(),
            Ok(_) => {}
            Err(_) => return Err(missing),
        }
    }
}

impl Reading {
    fn of(card: &SocialCard, reveal: bool) -> Self {
        let date =
            |d: &gongji_hal::card::Date| format!("{:04}-{:02}-{:02}", d.year, d.month, d.day);
        let mut reading = Self {
            number: card.number.to_string(),
            name: card.name.as_ref().map(ToString::to_string),
            id_number: card.id_number.as_ref().map(ToString::to_string),
            class: card.class.to_string(),
            version: card.version.to_string(),
            issued: card.issued.as_ref().map(date),
            expires: card.expires.as_ref().map(date),
        };
        if !reveal {
            reading.mask();
        }
        reading
    }

    fn mask(&mut self) {
        self.number = masking::mask_card_no(&CardNo::new(self.number.as_str()));
        self.name = self.name.take().map(|n| masking::mask_name(&PersonName::new(n)));
        self.id_number = self.id_number.take().map(|text| match IdNumber::parse(&text) {
            Ok(number) => masking::mask_id_number(&number),
            Err(_) => "not a valid number".into(),
        });
    }

    fn print(&self) {
        let none = "not on the card";
        say!("number     {}", self.number);
        say!("name       {}", self.name.as_deref().unwrap_or(none));
        say!("id number  {}", self.id_number.as_deref().unwrap_or(none));
        say!("class      {}", self.class);
        say!("version    {}", self.version);
        say!("issued     {}", self.issued.as_deref().unwrap_or(none));
        say!("expires    {}", self.expires.as_deref().unwrap_or(none));
    }
}
