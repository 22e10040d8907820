//! `devices watch`: follows what happens to the devices, line by line, until it is interrupted.

use std::collections::BTreeMap;

use crossbeam_channel::{Sender, select, unbounded};
use gongji_hal::card::{CardCommand, CardEvent};
use gongji_hal::code::{ScannerCommand, ScannerEvent};
use gongji_hal::driver::DeviceState;
use gongji_hal::idcard::{IdCardCommand, IdCardEvent};
use jiff::Zoned;
use serde::Serialize;

use super::status::status_words;
use crate::commands::cli::WatchOptions;
use crate::commands::{Failure, signals};
use crate::config::Config;
use crate::devices::card::{self, CardReport};
use crate::devices::code::{self, CodeReport};
use crate::devices::idcard::{self, IdCardReport};
use crate::devices::printer::{Printer, PrinterReport};
use crate::devices::supervise::{Advice, Device, DeviceNews, state_word};
use crate::devices::worker::Worker;
use crate::domain::id_number::IdNumber;
use crate::domain::masking;
use crate::domain::person::CardNo;

/// What has happened, in words; never who it happened to.
enum Happened {
    /// The driver's state, which shows in the lines that follow.
    State(DeviceState),
    /// News of the device itself.
    News(DeviceNews),
    /// Something else to tell.
    Event(String),
    /// A card is in the slot: it is read.
    CardIn,
}

/// One line.
#[derive(Serialize)]
struct Line<'a> {
    time: String,
    device: Device,
    event: &'a str,
    state: &'static str,
}

type Told = (Device, Happened);

/// The owners of the ports; dropped, they close them.
struct Watched {
    card: Worker<CardCommand>,
    _idcard: Option<Worker<IdCardCommand>>,
    _code: Option<Worker<ScannerCommand>>,
    _printer: Option<Printer>,
}

pub(in crate::commands) fn watch(options: &WatchOptions) -> Result<(), Failure> {
    let config = Config::load(&options.config).map_err(Failure::new)?;
    let ended = signals::stop()
        .map_err(|e| Failure::new(format!("signals cannot be awaited ({e}); start it again")))?;
    let (sender, told) = unbounded();
    let watched = start(&config, &sender).map_err(Failure::new)?;
    let mut states = BTreeMap::new();
    loop {
        let (device, happened) = select! {
            recv(told) -> news => match news {
                Ok(news) => news,
                Err(_) => return Ok(()),
            },
            recv(ended) -> _ => return Ok(()),
        };
        let event = match happened {
            Happened::State(state) => {
                states.insert(device, state);
                continue;
            }
            Happened::News(news) => {
                states.insert(device, news.state);
                news_words(&news)
            }
            Happened::CardIn => {
                watched.card.order(CardCommand::Read);
                "card in".to_owned()
            }
            Happened::Event(event) => event,
        };
        let state = states.get(&device).copied().unwrap_or_default();
        let state = state_word(state);
        let time = Zoned::now().strftime("%Y-%m-%dT%H:%M:%S%.3f").to_string();
        let line = Line { time, device, event: &event, state };
        if !print(&line, options.json)? {
            return Ok(());
        }
    }
}

/// Whether somebody still reads.
fn print(line: &Line, json: bool) -> Result<bool, Failure> {
    use std::io::Write;
    let text = if json {
        serde_json::to_string(line).map_err(Failure::new)?
    } else {
        format!("{}  {:8}{:14}{}", line.time, line.device.word(), line.state, line.event)
    };
    let mut out = std::io::stdout().lock();
    Ok(writeln!(out, "{text}").and_then(|()| out.flush()).is_ok())
}

fn start(config: &Config, sender: &Sender<Told>) -> std::io::Result<Watched> {
    let tell = sender.clone();
    let card = card::watch(&config.card, move |report| {
        if let Some(happened) = card_words(report) {
            let _ = tell.send((Device::Card, happened));
        }
    })?;
    let printer = config.printer.as_ref().map(|section| {
        let tell = sender.clone();
        Printer::start(section, move |report| {
            if let Some(happened) = printer_words(report) {
                let _ = tell.send((Device::Printer, happened));
            }
        })
    });
    let (idcard, code) = (start_idcard(config, sender)?, start_code(config, sender)?);
    Ok(Watched { card, _idcard: idcard, _code: code, _printer: printer.transpose()? })
}

fn start_idcard(
    config: &Config,
    sender: &Sender<Told>,
) -> std::io::Result<Option<Worker<IdCardCommand>>> {
    let Some(section) = &config.idcard else { return Ok(None) };
    let tell = sender.clone();
    let worker = idcard::watch(section, move |report| {
        if let Some(happened) = idcard_words(report) {
            let _ = tell.send((Device::IdCard, happened));
        }
    })?;
    worker.order(IdCardCommand::Accept(true));
    Ok(Some(worker))
}

fn start_code(
    config: &Config,
    sender: &Sender<Told>,
) -> std::io::Result<Option<Worker<ScannerCommand>>> {
    let Some(section) = &config.code else { return Ok(None) };
    let tell = sender.clone();
    let worker = code::watch(section, move |report| {
        if let Some(happened) = code_words(report) {
            let _ = tell.send((Device::Code, happened));
        }
    })?;
    worker.order(ScannerCommand::Accept(true));
    Ok(Some(worker))
}

fn news_words(news: &DeviceNews) -> String {
    match news.advice {
        Advice::None => news.what.word().to_owned(),
        advice => format!("{} (advice: {})", news.what.word(), advice.word()),
    }
}

fn card_words(report: CardReport) -> Option<Happened> {
    let event = match report {
        CardReport::News(news) => return Some(Happened::News(news)),
        CardReport::CannotOpen(e) => e.to_string(),
        CardReport::Refused { reason, .. } => format!("card not read: {reason}"),
        CardReport::Event(event) => match event {
            CardEvent::State(state) => return Some(Happened::State(state)),
            CardEvent::Present => return Some(Happened::CardIn),
            CardEvent::Removed => "card out".into(),
            CardEvent::Reader { firmware, .. } => format!("reader: {firmware}"),
            CardEvent::Read(Ok(card)) => {
                let number = CardNo::new(card.number.as_str());
                format!("card read: number {}", masking::mask_card_no(&number))
            }
            CardEvent::Read(Err(e)) => format!("card not read: {e}"),
            _ => return None,
        },
    };
    Some(Happened::Event(event))
}

fn idcard_words(report: IdCardReport) -> Option<Happened> {
    let event = match report {
        IdCardReport::News(news) => return Some(Happened::News(news)),
        IdCardReport::CannotOpen(e) => e.to_string(),
        IdCardReport::Refused(_) => return None,
        IdCardReport::Event(event) => match event {
            IdCardEvent::State(state) => return Some(Happened::State(state)),
            IdCardEvent::Reader { sam_id: Some(sam_id) } => format!("reader: SAM {sam_id}"),
            IdCardEvent::Placed => "document down".into(),
            IdCardEvent::Lifted => "document lifted".into(),
            IdCardEvent::Read(Ok(document)) => {
                let number = IdNumber::parse(&document.number);
                let number = number.map(|number| masking::mask_id_number(&number));
                let number = number.unwrap_or_else(|_| "not a valid one".into());
                format!("document read: number {number}")
            }
            IdCardEvent::Read(Err(e)) => format!("document not read: {e}"),
            _ => return None,
        },
    };
    Some(Happened::Event(event))
}

/// Nothing of what a code says, nor how long it is.
fn code_words(report: CodeReport) -> Option<Happened> {
    Some(match report {
        CodeReport::News(news) => Happened::News(news),
        CodeReport::CannotOpen(e) => Happened::Event(e.to_string()),
        CodeReport::Event(ScannerEvent::State(state)) => Happened::State(state),
        CodeReport::Event(ScannerEvent::Scanned(_)) => Happened::Event("code read".into()),
        CodeReport::Event(ScannerEvent::Dropped(e)) => {
            Happened::Event(format!("code not read: {e}"))
        }
        CodeReport::Event(_) => return None,
    })
}

fn printer_words(report: PrinterReport) -> Option<Happened> {
    Some(match report {
        PrinterReport::News(news) => Happened::News(news),
        PrinterReport::State(state) => Happened::State(state),
        PrinterReport::CannotOpen(e) => Happened::Event(e.to_string()),
        PrinterReport::Status(status) => Happened::Event(status_words(status).join(", ")),
        _ => return None,
    })
}
