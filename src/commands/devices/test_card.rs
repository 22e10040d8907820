//! `devices test card`: reads a card and, when told to, has it check its holder's PIN.

use std::io::IsTerminal;
use std::time::{Duration, Instant};

use crossbeam_channel::{Receiver, unbounded};
use gongji_hal::card::{CardCommand, CardEvent, CardRefusal, Pin, PinError, VerifyError};

use super::pin_entry::{self, Entry};
use super::read;
use crate::commands::Failure;
use crate::commands::cli::TestOptions;
use crate::config::Config;
use crate::devices::card::{self, CardReport};
use crate::domain::masking;
use crate::domain::person::CardNo;

/// How long a card may take to come into the slot.
const CARD_LIMIT: Duration = Duration::from_secs(60);
/// How long the card may take to check the PIN; the driver gives it up before.
const VERIFY_LIMIT: Duration = Duration::from_secs(15);

pub(super) fn test(config: &Config, options: &TestOptions) -> Result<(), Failure> {
    if options.pin_stdin && !options.verify_pin {
        return Err(Failure::usage("--pin-stdin: only with --verify-pin, which uses up a try"));
    }
    if options.verify_pin && !options.pin_stdin && !std::io::stdin().is_terminal() {
        let sentence = "--verify-pin: standard input is no terminal; add --pin-stdin to read the \
                        PIN from it";
        return Err(Failure::usage(sentence));
    }
    let port = config.card.port.display();
    let (sender, reports) = unbounded();
    let worker = card::watch(&config.card, move |report| {
        let _ = sender.send(report);
    })
    .map_err(Failure::new)?;
    if std::io::stderr().is_terminal() {
        eprintln!("waiting for a card in {port}");
    }
    let until = Instant::now() + CARD_LIMIT;
    let card = read::wait_for_card(&worker, &reports, until, &config.card.port);
    let card = card.map_err(Failure::new)?;
    let number = masking::mask_card_no(&CardNo::new(card.number.as_str()));
    say!("{port}: the card was read: number {number}");
    if !options.verify_pin {
        return Ok(());
    }
    let entry = if options.pin_stdin { Entry::Line } else { Entry::Hidden };
    let text = pin_entry::read(entry).map_err(Failure::new)?;
    let pin = Pin::new(&text).map_err(|e| Failure::usage(pin_sentence(e)))?;
    drop(text);
    worker.order(CardCommand::Verify(pin));
    let result = verified(&reports).ok_or_else(|| {
        Failure::new(format!("{port}: the reader was busy and the PIN was not sent; try again"))
    })?;
    worker.order(CardCommand::PowerOff);
    result.map_err(|e| Failure::new(format!("{port}: {}", verify_sentence(e))))?;
    say!("{port}: the PIN is right");
    Ok(())
}

/// `None` when the check was not begun.
fn verified(reports: &Receiver<CardReport>) -> Option<Result<(), VerifyError>> {
    let until = Instant::now() + VERIFY_LIMIT;
    loop {
        match reports.recv_deadline(until) {
            Ok(CardReport::Event(CardEvent::Verified(result))) => return Some(result),
            Ok(CardReport::Refused { reason, .. }) => {
                return match reason {
                    CardRefusal::NoCard | CardRefusal::NotRead => Some(Err(VerifyError::Removed)),
                    CardRefusal::NoReader => Some(Err(VerifyError::ReaderLost)),
                    _ => None,
                };
            }
            Ok(_) => {}
            Err(_) => return Some(Err(VerifyError::Unknown)),
        }
    }
}

fn pin_sentence(error: PinError) -> &'static str {
    match error {
        PinError::Length => "a PIN has 4 to 12 digits; nothing was sent to the card",
        _ => "a PIN is of digits only; nothing was sent to the card",
    }
}

fn verify_sentence(error: VerifyError) -> String {
    match error {
        VerifyError::WrongPin { tries_left } => {
            let tries = if tries_left == 1 { "try is" } else { "tries are" };
            format!("the PIN is wrong; {tries_left} {tries} left, then the card is blocked")
        }
        VerifyError::Blocked => "the PIN is blocked; the card's issuer must help".into(),
        VerifyError::NotAllowed(word) => {
            format!(
                "the card does not allow a PIN to be checked now (status {word:?}); take another card"
            )
        }
        VerifyError::Rejected(word) => {
            format!(
                "the card does not check PINs in this way (status {:04X}); take another card",
                word.code()
            )
        }
        VerifyError::Removed => {
            "the card was taken out, and the PIN was not sent; put it in and try again".into()
        }
        VerifyError::ReaderLost => {
            "the reader was lost, and the PIN was not sent; look at its cable".into()
        }
        VerifyError::TimedOut => "it took too long, and the PIN was not sent; try again".into(),
        _ => "it is not known what the card said; a try may be used up".into(),
    }
}
