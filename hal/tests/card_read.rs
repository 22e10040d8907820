//! Good cards and bad ones, read through the whole protocol.
#![cfg(feature = "sim")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod card_rig;

use card_rig::{KINDS, Rig, card};
use gongji_hal::{
    card::{
        CardError, CardRefusal, Date, Unreadable,
        atr::AtrError,
        sim::{ReaderKind, SimCard, SimCardBuilder},
        status_word::StatusWord,
    },
    driver::{DeviceState, Driver},
    time::Duration,
};
use proptest::prelude::*;

#[test]
fn every_field_of_a_card_is_read_by_both_kinds_of_reader() {
    for kind in KINDS {
        let made = SimCard::builder()
            .card_id([0xAB; 16])
            .number("B98765432")
            .id_number("999999193512310024")
            .name("王秀英")
            .issued(Date::new(2016, 5, 1).unwrap())
            .expires(Date::new(2026, 5, 1).unwrap())
            .build()
            .unwrap();
        let mut rig = Rig::with_card(kind, made);
        let (result, took) = rig.read();
        let read = result.unwrap();
        assert_eq!(read.card_id, "AB".repeat(16).as_str());
        assert_eq!((read.class.as_str(), read.version.as_str()), ("3", "2.00"));
        assert_eq!(read.number, "B98765432");
        assert_eq!(read.id_number.as_deref(), Some("999999193512310024"));
        assert_eq!(read.name.as_deref(), Some("王秀英"));
        assert_eq!(read.issued, Date::new(2016, 5, 1));
        assert_eq!(read.expires, Date::new(2026, 5, 1));
        assert_eq!(read.atr.first(), Some(&0x3B));
        assert!(rig.reader.is_powered());
        assert!(took < 1500, "{took} ms");
        assert_eq!(rig.told, ["Read"]);
    }
}

#[test]
fn the_reader_and_its_echo_are_told() {
    for (kind, text) in [
        (ReaderKind::GemPcTwin, "Reader SIM-TWIN 1.00 true"),
        (ReaderKind::GemCorePosPro, "Reader SIM-POSPRO 1.00 false"),
    ] {
        let mut rig = Rig::new(kind);
        assert_eq!(rig.state(), DeviceState::PowerOff);
        rig.run_for(1000);
        assert_eq!(rig.told, ["PowerOff", text, "Online"]);
        assert_eq!(rig.state(), DeviceState::Online);
    }
}

/// How a card is described, and how reading it ends: name, ID number, or the error.
type Case = (&'static str, fn(SimCardBuilder) -> SimCardBuilder, Result<Says, CardError>);
type Says = (Option<&'static str>, Option<&'static str>);

const LONG_NAME: &str = "买买提·阿卜杜热西提·图尔荪江·麦麦提";
const ID: Option<&str> = Some("999999194001010013");
const NAME: Option<&str> = Some("张三丰");

fn unreadable(reason: Unreadable) -> Result<Says, CardError> {
    Err(CardError::Unreadable(reason))
}

#[test]
fn every_kind_of_card_ends_as_it_should() {
    let table: Vec<Case> = vec![
        ("version 1", |c| c.version("1.00"), Ok((NAME, ID))),
        ("version 3 with PSAM", |c| c.version("3.00"), Ok((None, None))),
        ("version 3 without", |c| c.version("3.00").withholds_holder(false), Ok((NAME, ID))),
        (
            "version 3 without extension",
            |c| c.version("3.00").withholds_holder(false).without_record(0x4E),
            Ok((NAME, ID)),
        ),
        ("version of no text", |c| c.raw_record(3, &[3, 2, 0xB0, 0x07]), Ok((NAME, ID))),
        ("version 2 that withholds", |c| c.withholds_holder(true), Ok((None, None))),
        ("name in two parts", |c| c.name(LONG_NAME), Ok((Some(LONG_NAME), ID))),
        ("P1 = 00", |c| c.selects_by_p1_00(), Ok((NAME, ID))),
        ("inverse", |c| c.atr(&[0x3F, 0x00]), Ok((NAME, ID))),
        ("T=0 before T=1", |c| c.atr(&[0x3B, 0x80, 0x80, 0x01, 0x01]), Ok((NAME, ID))),
        ("specific T=0", |c| c.atr(&[0x3B, 0x90, 0x11, 0x10, 0x00]), Ok((NAME, ID))),
        ("3 V", |c| c.needs_3_v(), Ok((NAME, ID))),
        ("no class", |c| c.without_record(2), Ok((NAME, ID))),
        ("name of pads", |c| c.raw_record(9, &[9, 2, 0xFF, 0xFF]), Ok((None, ID))),
        ("name not GBK", |c| c.raw_record(9, &[9, 2, 0xFE, 0x3F]), Ok((None, ID))),
        ("T=1 only", |c| c.t1_only(), Ok((NAME, ID))),
        ("specific T=1", |c| c.atr(&[0x3B, 0x80, 0x90, 0x01, 0x01, 0x10]), Ok((NAME, ID))),
        ("mute", |c| c.mute(), Err(CardError::Mute)),
        ("bank card", |c| c.without_application(), Err(CardError::NotSocialCard)),
        ("locked", |c| c.locked(), Err(CardError::Blocked)),
        ("short ATR", |c| c.atr(&[0x3B, 0x05]), unreadable(Unreadable::Atr(AtrError::Truncated))),
        ("bad TS", |c| c.atr(&[0x12, 0x00]), unreadable(Unreadable::Atr(AtrError::Convention))),
        ("no number", |c| c.without_record(7), unreadable(Unreadable::Record(7))),
        ("blank number", |c| c.number(""), unreadable(Unreadable::Text(7))),
        ("length too long", |c| c.raw_record(7, &[7, 9, 0x41]), unreadable(Unreadable::Record(7))),
        (
            "length too short",
            |c| c.raw_record(7, &[7, 1, 65, 66]),
            unreadable(Unreadable::Record(7)),
        ),
        ("another tag", |c| c.raw_record(7, &[8, 1, 0x41]), unreadable(Unreadable::Record(7))),
        ("short card id", |c| c.raw_record(1, &[1, 2, 1, 2]), unreadable(Unreadable::Record(1))),
        ("no day", |c| c.raw_record(6, &[6, 4, 0x20, 0x23, 0x02, 0x30]), {
            unreadable(Unreadable::Date(6))
        }),
        ("short date", |c| c.raw_record(6, &[6, 2, 0x20, 0x23]), unreadable(Unreadable::Record(6))),
        ("record too big", |c| c.raw_record(7, &[7; 40]), unreadable(Unreadable::Record(7))),
    ];
    for (what, describe, expected) in table {
        let made = describe(SimCard::builder()).build().unwrap();
        let mut rig = Rig::with_card(ReaderKind::GemPcTwin, made);
        let (result, took) = rig.read();
        let says = result.as_ref().map(|card| (card.name.as_deref(), card.id_number.as_deref()));
        assert_eq!(says.map_err(|error| *error), expected, "{what}");
        assert!(took <= 5000, "{what}: {took} ms");
        rig.run_for(500);
        // A card that could not be read is left without power.
        assert_eq!(rig.reader.is_powered(), expected.is_ok(), "{what}");
        assert_eq!(rig.state(), DeviceState::Online, "{what}");
    }
}

#[test]
fn blank_dates_are_none_and_old_ones_are_told() {
    let made = SimCard::builder()
        .raw_record(5, &[5, 4, 0, 0, 0, 0])
        .expires(Date::new(2001, 1, 1).unwrap())
        .build()
        .unwrap();
    let read = Rig::with_card(ReaderKind::GemCorePosPro, made).read().0.unwrap();
    assert_eq!((read.issued, read.expires), (None, Date::new(2001, 1, 1)));
}

#[test]
fn commands_are_refused_with_a_reason() {
    use gongji_hal::card::CardCommand::{PowerOff, Read};
    let mut rig = Rig::new(ReaderKind::GemCorePosPro);
    assert_eq!(rig.driver.submit(rig.now, Read), Err(CardRefusal::NoReader));
    rig.run_for(1000);
    assert_eq!(rig.driver.submit(rig.now, Read), Err(CardRefusal::NoCard));
    rig.insert(card());
    rig.run_for(1000);
    assert_eq!(rig.driver.submit(rig.now, Read), Ok(()));
    assert_eq!(rig.state(), DeviceState::Busy);
    assert_eq!(rig.driver.submit(rig.now, PowerOff), Err(CardRefusal::Busy));
    rig.run_for(2000);
    assert!(rig.results.remove(0).is_ok());
    assert_eq!(rig.driver.submit(rig.now, PowerOff), Ok(()));
    rig.told.clear();
    rig.run_for(1000);
    assert_eq!(rig.told, ["PowerOff(Ok(()))"]);
    assert!(!rig.reader.is_powered());
}

#[test]
fn debug_output_names_no_person() {
    let mut rig = Rig::with_card(ReaderKind::GemCorePosPro, card());
    let read = rig.read().0;
    let shown = format!("{read:?}");
    assert_eq!(shown, "Ok(SocialCard { .. })");
}

#[test]
fn what_was_read_can_be_wiped_and_is_small_enough_to_move() {
    use gongji_hal::card::{CardDriver, CardEvent, SocialCard};
    use zeroize::Zeroize;
    let mut read = Rig::with_card(ReaderKind::GemCorePosPro, card()).read().0.unwrap();
    assert!(read != SocialCard::default());
    read.zeroize();
    assert!(read == SocialCard::default());
    assert!(size_of::<CardEvent>() < 512, "{}", size_of::<CardEvent>());
    assert!(size_of::<CardDriver>() < 4096, "{}", size_of::<CardDriver>());
}

#[test]
fn two_reads_of_one_card_name_the_same_chip() {
    let mut rig = Rig::with_card(ReaderKind::GemCorePosPro, card());
    let (first, second) = (rig.read().0.unwrap(), rig.read().0.unwrap());
    assert!(first.is_same_chip(&second));
    let other = SimCard::builder().card_id([7; 16]).build().unwrap();
    let other = Rig::with_card(ReaderKind::GemCorePosPro, other).read().0.unwrap();
    assert!(!first.is_same_chip(&other));
}

#[test]
fn a_status_word_that_refuses_is_kept() {
    let error = CardError::Unreadable(Unreadable::Status(StatusWord::Undiagnosed));
    assert_eq!(error.to_string(), "the card cannot be read: it answers 6F00");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn any_record_ends_the_reading_in_time(
        tag in prop::sample::select(&[1u8, 2, 3, 5, 6, 7, 8, 9, 0x4E][..]),
        bytes in prop::collection::vec(any::<u8>(), 0..=256),
        named: bool,
    ) {
        let mut bytes = bytes;
        if named && bytes.len() > 2 {
            bytes.truncate(64);
            bytes[0] = tag;
            bytes[1] = bytes.len() as u8 - 2;
        }
        let made = SimCard::builder().raw_record(tag, &bytes).build().unwrap();
        let mut rig = Rig::with_card(ReaderKind::GemCorePosPro, made);
        let (result, took) = rig.read();
        prop_assert!(took < 5000);
        if let Err(error) = result {
            let of_the_card = matches!(error, CardError::Unreadable(_));
            prop_assert!(of_the_card, "{}", error);
        }
    }

    #[test]
    fn bytes_may_arrive_in_any_pieces(
        kind in prop::sample::select(&KINDS[..]),
        pieces in prop::collection::vec(1usize..40, 1..30),
        slow: bool,
    ) {
        let mut rig = Rig::with_card(kind, card());
        rig.pieces = pieces;
        rig.piece_time = Duration::from_millis(u64::from(slow));
        let read = rig.read().0.expect("the card is good");
        prop_assert_eq!(read.name.as_deref(), Some("张三丰"));
    }
}
