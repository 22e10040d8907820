//! The owner of the card reader's port has a card check a PIN, as a kiosk does.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

mod common;

use common::{PATIENCE, TODAY, config, fast, generate_records};
use crossbeam_channel::{Receiver, unbounded};
use gongji_kiosk::devices::card;
use gongji_kiosk::devices::simulate::SimulatedHall;
use gongji_kiosk::devices::simulate::card_file;
use gongji_kiosk::domain::person::CardPin;
use gongji_kiosk::records::generate::GENERATED_PIN;
use gongji_kiosk::statement::PrinterFont;
use gongji_kiosk::visit::event::{CardNews, PinTrouble};

/// The next news that are of this kind.
fn next<T>(news: &Receiver<CardNews>, wanted: impl Fn(CardNews) -> Option<T>) -> T {
    loop {
        let news = news.recv_timeout(PATIENCE).expect("no news came");
        if let Some(found) = wanted(news) {
            return found;
        }
    }
}

#[test]
fn a_pin_is_checked_once_a_time_and_what_cannot_be_a_pin_never_reaches_the_card() {
    let folder = tempfile::tempdir().unwrap();
    let hall = SimulatedHall::serve(folder.path(), fast(), Box::new(PrinterFont::new())).unwrap();
    let config = config(folder.path());
    generate_records(&config.records.db);
    let samples = card_file::samples(&config.records.db, TODAY).unwrap();
    let (.., file) = samples.into_iter().find(|(label, ..)| *label == "showcase").unwrap();

    let (tell, news) = unbounded();
    let reader = card::start(&config.card, move |news| drop(tell.send(news)), |_| {}).unwrap();
    let verified = |pin: &str| {
        reader.verify(&CardPin::new(pin));
        next(&news, |news| match news {
            CardNews::Verified(result) => Some(result),
            _ => None,
        })
    };
    // Nothing has been read, so there is no card to ask.
    assert_eq!(verified(GENERATED_PIN), Err(PinTrouble::NotPossible));

    hall.insert(file.card().unwrap());
    next(&news, |news| (news == CardNews::Inserted).then_some(()));
    reader.read();
    next(&news, |news| matches!(news, CardNews::Read(Ok(_))).then_some(()));

    for (pin, result) in [
        ("12", Err(PinTrouble::NotPossible)),
        ("12345a", Err(PinTrouble::NotPossible)),
        ("999310", Err(PinTrouble::Wrong { tries_left: 2 })),
        (GENERATED_PIN, Ok(())),
        ("999310", Err(PinTrouble::Wrong { tries_left: 2 })),
        ("999310", Err(PinTrouble::Wrong { tries_left: 1 })),
        ("999310", Err(PinTrouble::Blocked)),
        (GENERATED_PIN, Err(PinTrouble::Blocked)),
    ] {
        assert_eq!(verified(pin), result, "{pin}");
    }
}
