//! Cards that speak T=1, and what is agreed on with a card, through driver and reader.
#![cfg(feature = "sim")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod card_rig;

use card_rig::{KINDS, Rig, named};
use gongji_hal::{
    card::{
        CardError, Protocol, Unreadable,
        message::Command,
        sim::{CardFault, FaultPoint, ReaderKind, SimCard, SimCardBuilder, T1Fault},
    },
    driver::DeviceState,
    time::Duration,
};
use proptest::prelude::*;

fn t1() -> SimCardBuilder {
    SimCard::builder().protocol(Protocol::T1)
}

/// T=1 only with CRC, IFSC 16, and a rate 16 / 512.
const CRC_AND_RATE: &[u8] = &[0x3B, 0x90, 0x95, 0x81, 0x71, 0x10, 0x45, 0x01, 0xA1];

#[test]
fn cards_over_t1_are_read_by_every_kind_of_reader() {
    for kind in KINDS {
        for made in [t1(), SimCard::builder().t1_only(), SimCard::builder().atr(CRC_AND_RATE)] {
            let mut rig =
                Rig::with_card(kind, made.name("买买提·阿卜杜热西提·图尔荪江").build().unwrap());
            let (result, took) = rig.read();
            let read = result.unwrap();
            assert_eq!(read.name.as_deref(), Some("买买提·阿卜杜热西提·图尔荪江"), "{kind}");
            assert_eq!(rig.reader.commands_of(0x62), 1, "{kind}: powered once");
            assert!(took < 2000, "{took} ms");
            // And again: a new reset begins with new numbers.
            assert!(rig.read().0.is_ok(), "{kind}");
        }
    }
}

/// How a card is described; how often it is powered until it is read, and how often it gets a PPS.
type Case = (&'static str, SimCardBuilder, Result<(), CardError>, u64);

#[test]
fn what_a_card_offers_decides_and_a_refusal_leaves_the_default() {
    let fast = |atr: &[u8]| SimCard::builder().atr(atr);
    let table: Vec<Case> = vec![
        ("T=0 first", fast(&[0x3B, 0x80, 0x80, 0x01, 0x01]), Ok(()), 1),
        ("T=1 first", fast(&[0x3B, 0x80, 0x81, 0x00, 0x01]), Ok(()), 1),
        ("T=14 first, then T=1", fast(&[0x3B, 0x80, 0x8E, 0x01, 0x0F]), Ok(()), 1),
        ("T=14 only", fast(&[0x3B, 0x80, 0x0E, 0x8E]), Err(CardError::UnsupportedProtocol), 1),
        (
            "T=14 first, no agreement",
            fast(&[0x3B, 0x80, 0x8E, 0x01, 0x0F]).refuses_pps(),
            Err(CardError::UnsupportedProtocol),
            2,
        ),
        ("fast T=0", fast(&[0x3B, 0x10, 0x95]), Ok(()), 1),
        ("fast T=0 that keeps its rate", fast(&[0x3B, 0x10, 0x95]).keeps_default_rate(), Ok(()), 1),
        ("fast T=0 that refuses", fast(&[0x3B, 0x10, 0x95]).refuses_pps(), Ok(()), 2),
        ("fast T=1", fast(CRC_AND_RATE), Ok(()), 1),
        ("fast T=1 that refuses", fast(CRC_AND_RATE).refuses_pps(), Ok(()), 2),
        ("specific T=1", fast(&[0x3B, 0x90, 0x95, 0x10, 0x01]), Ok(()), 1),
    ];
    for (what, describe, expected, powered) in table {
        let mut rig = Rig::with_card(ReaderKind::GemPcTwin, describe.build().unwrap());
        let (result, took) = rig.read();
        assert_eq!(result.map(drop), expected, "{what}");
        assert_eq!(rig.reader.commands_of(0x62), powered, "{what}");
        assert!(took <= 5000, "{what}: {took} ms");
    }
}

#[test]
fn a_reader_that_cannot_change_its_rate_reads_a_fast_card_all_the_same() {
    let card = SimCard::builder().atr(CRC_AND_RATE).build().unwrap();
    let mut rig = Rig::with_card(ReaderKind::GemCorePosPro, card);
    let point = FaultPoint::next(Command::SetParameters);
    rig.reader.inject_at(point, CardFault::CardError(0x0A));
    rig.reader.inject_at(point, CardFault::CardError(0x0A));
    let (result, took) = rig.read();
    assert!(result.is_ok() && took <= 5000, "{took} ms");
}

#[test]
fn after_a_disturbance_a_card_is_read_at_the_default_rate() {
    let made = || SimCard::builder().atr(&[0x3B, 0x10, 0x95]).build().unwrap();
    let mut good = Rig::with_card(ReaderKind::GemPcTwin, made());
    good.read().0.unwrap();
    let blocks = good.reader.commands_of(0x6F);
    let mut rig = Rig::with_card(ReaderKind::GemPcTwin, made());
    rig.reader.inject_at(FaultPoint::transfer(1), CardFault::WrongLrc(1));
    rig.read().0.unwrap();
    // The request to agree, the block that was spoilt, and then all but that request.
    assert_eq!(rig.reader.commands_of(0x6F), 2 + blocks - 1);
}

#[test]
fn nothing_is_sent_when_the_time_of_a_command_is_over() {
    let mut rig = Rig::with_card(ReaderKind::GemPcTwin, t1().build().unwrap());
    rig.reader.inject_at(FaultPoint::transfer(3), CardFault::DropAnswers(99));
    let (result, took) = rig.read();
    assert!(result.is_err() && took <= 5000, "{took} ms");
    // Three good blocks, three tries in the command's time, one after the reset.
    assert_eq!(rig.reader.commands_of(0x6F), 7);
}

#[test]
fn a_reader_that_agrees_itself_is_sent_no_request() {
    // A request would reach the card as a block, and the card would be mute.
    let card = SimCard::builder().atr(&[0x3B, 0x10, 0x95]).build().unwrap();
    let mut rig = Rig::with_card(ReaderKind::Sec1210, card);
    assert!(rig.read().0.is_ok());
    assert_eq!(rig.reader.commands_of(0x62), 1);
}

/// Faults of T=1, how often the card may have to be powered for them, and the time it may take.
fn faults() -> Vec<(T1Fault, u64, u64)> {
    vec![
        (T1Fault::BadEdc(2), 1, 1000),
        (T1Fault::LostBlock(1), 1, 2500),
        (T1Fault::LostAnswer(1), 1, 2500),
        (T1Fault::LostBlock(2), 1, 3500),
        (T1Fault::Garbled(2), 1, 1000),
        (T1Fault::WrongSequence(1), 1, 1000),
        (T1Fault::HalfBlock(2), 1, 1000),
        (T1Fault::Wtx(3), 1, 1500),
        (T1Fault::Ifs(5), 1, 4000),
        (T1Fault::Resynch, 1, 2000),
        // Given up, and read anew.
        (T1Fault::Abort, 2, 2500),
        (T1Fault::BadEdc(6), 3, 3000),
    ]
}

#[test]
fn every_fault_of_t1_is_made_good_wherever_it_strikes() {
    for kind in [ReaderKind::GemPcTwin, ReaderKind::GemCorePosPro] {
        for (fault, powered_max, time_max) in faults() {
            // The first block tells our size; the others carry commands and their answers.
            for skip in [0, 1, 2, 5, 9] {
                let mut rig = Rig::with_card(kind, t1().build().unwrap());
                rig.reader.inject_at(FaultPoint::transfer(skip), CardFault::T1(fault));
                let (result, took) = rig.read();
                let what = format!("{fault:?} at {skip} on {kind}: {result:?} after {took} ms");
                assert_eq!(result.unwrap().name.as_deref(), Some("张三丰"), "{what}");
                assert!(rig.reader.commands_of(0x62) <= powered_max, "{what}");
                assert!(took <= time_max, "{what}");
                assert_eq!(rig.reader.faults_left(), 0, "{what}");
            }
        }
    }
}

#[test]
fn faults_of_the_serial_line_need_no_reset_over_t1() {
    let line = [
        (CardFault::WrongLrc(1), 1),
        (CardFault::Nak(1), 1),
        (CardFault::HalfFrameThenSilence, 1),
        (CardFault::DropAnswers(1), 1),
        (CardFault::JunkBeforeFrame, 1),
        (CardFault::OtherSlot, 1),
        (CardFault::AskTime(4), 1),
        (CardFault::AskTimeFramed(4), 1),
        (CardFault::CardError(0xFD), 1),
        (CardFault::Mute, 1),
    ];
    for kind in KINDS {
        for (fault, powered) in line.clone() {
            for skip in [0, 3, 8] {
                let mut rig = Rig::with_card(kind, t1().build().unwrap());
                rig.reader.inject_at(FaultPoint::transfer(skip), fault.clone());
                let (result, took) = rig.read();
                assert!(result.is_ok(), "{fault:?} at {skip} on {kind}: {result:?}");
                assert_eq!(rig.reader.commands_of(0x62), powered, "{fault:?} at {skip} on {kind}");
                assert!(took <= 5000, "{took} ms");
            }
        }
    }
}

#[test]
fn a_card_that_falls_silent_over_t1_is_given_up_in_time() {
    for skip in 0..12 {
        let mut rig = Rig::with_card(ReaderKind::GemPcTwin, t1().build().unwrap());
        rig.reader.inject_at(FaultPoint::transfer(skip), CardFault::T1(T1Fault::LostAnswer(99)));
        let (result, took) = rig.read();
        assert!(matches!(result, Err(CardError::TimedOut | CardError::Mute)), "{result:?}");
        assert!(took <= 5000, "{took} ms");
        rig.reader.clear_faults();
        rig.run_for(3000);
        assert_eq!(rig.state(), DeviceState::Online);
        assert!(rig.read().0.is_ok());
    }
}

#[test]
fn an_exchanged_card_is_never_taken_for_the_first_over_t1() {
    for skip in 0..13 {
        let mut rig = Rig::with_card(ReaderKind::GemPcTwin, t1().build().unwrap());
        rig.reader.inject_at(FaultPoint::transfer(skip), "swap".parse().unwrap());
        assert_eq!(rig.read().0.unwrap_err(), CardError::Removed, "at {skip}");
        rig.run_for(1000);
        assert_eq!(rig.read().0.unwrap().name.as_deref(), Some("李四"));
        rig.insert(named("王五"));
        rig.run_for(1000);
        assert_eq!(rig.read().0.unwrap().name.as_deref(), Some("王五"));
    }
}

#[test]
fn all_versions_of_cards_are_read_over_both_protocols() {
    let number_only = |c: SimCardBuilder| c.version("3.00");
    /// How the card is described, and whether it names its holder.
    type Case = (fn(SimCardBuilder) -> SimCardBuilder, bool);
    let table: [Case; 5] = [
        (|c| c.version("1.00"), true),
        (|c| c.version("2.00"), true),
        (|c| c.version("3.00").withholds_holder(false), true),
        (number_only, false),
        (|c| c.version("2.00").withholds_holder(true), false),
    ];
    for protocol in [Protocol::T0, Protocol::T1] {
        for (describe, names_holder) in table {
            let card = describe(SimCard::builder().protocol(protocol)).build().unwrap();
            let read = Rig::with_card(ReaderKind::GemPcTwin, card).read().0.unwrap();
            assert_eq!(read.number, "X00000001", "{protocol:?}");
            assert_eq!(read.name.is_some(), names_holder, "{protocol:?}");
            assert_eq!(read.id_number.is_some(), names_holder, "{protocol:?}");
        }
    }
}

#[test]
fn status_words_that_refuse_are_told_apart_over_both_protocols() {
    use gongji_hal::card::status_word::StatusWord as S;
    let status = |status| Err(CardError::Unreadable(Unreadable::Status(status)));
    /// Instruction, status word, how the reading ends.
    type Case = (u8, u16, Result<(), CardError>);
    let table: Vec<Case> = vec![
        (0xA4, 0x6A82, Err(CardError::NotSocialCard)),
        (0xA4, 0x6A86, Err(CardError::NotSocialCard)),
        (0xA4, 0x6D00, Err(CardError::NotSocialCard)),
        (0xA4, 0x6E00, Err(CardError::NotSocialCard)),
        (0xA4, 0x6A81, Err(CardError::Blocked)),
        (0xA4, 0x6F00, status(S::Undiagnosed)),
        (0xA4, 0x6985, status(S::ConditionsNotSatisfied)),
        (0xB2, 0x6700, status(S::WrongLength)),
        (0xB2, 0x6982, status(S::SecurityNotSatisfied)),
        (0xB2, 0x6983, status(S::AuthenticationBlocked)),
        (0xB2, 0x6985, status(S::ConditionsNotSatisfied)),
        (0xB2, 0x6A82, Err(CardError::Unreadable(Unreadable::Record(1)))),
        (0xB2, 0x6A83, Err(CardError::Unreadable(Unreadable::Record(1)))),
        (0xB2, 0x6A86, status(S::WrongParameters)),
        (0xB2, 0x6D00, status(S::InstructionNotSupported)),
        (0xB2, 0x6E00, status(S::ClassNotSupported)),
        (0xB2, 0x6F00, status(S::Undiagnosed)),
        (0xB2, 0x6581, status(S::Other(0x6581))),
        // The right length again and again: the card keeps its host busy.
        (0xB2, 0x6C05, Err(CardError::Unreadable(Unreadable::Protocol))),
    ];
    for protocol in [Protocol::T0, Protocol::T1] {
        for &(instruction, word, expected) in &table {
            let made = SimCard::builder().protocol(protocol).refuses(instruction, word);
            let mut rig = Rig::with_card(ReaderKind::GemPcTwin, made.build().unwrap());
            let (result, took) = rig.read();
            assert_eq!(result.map(drop), expected, "{protocol:?} {instruction:02X} {word:04X}");
            assert!(took <= 5000);
        }
    }
}

fn any_t1_fault() -> impl Strategy<Value = T1Fault> {
    prop_oneof![
        (1u32..5).prop_map(T1Fault::BadEdc),
        (1u32..5).prop_map(T1Fault::LostBlock),
        (1u32..5).prop_map(T1Fault::LostAnswer),
        (1u32..5).prop_map(T1Fault::Garbled),
        (1u32..5).prop_map(T1Fault::WrongSequence),
        (1u32..5).prop_map(T1Fault::HalfBlock),
        (1u32..9).prop_map(T1Fault::Wtx),
        (1u8..=254).prop_map(T1Fault::Ifs),
        Just(T1Fault::Abort),
        Just(T1Fault::Resynch),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    /// Whatever goes wrong: the reading ends in time, tells no other person, and all is well after.
    #[test]
    fn any_faults_of_t1_in_any_order(
        kind in prop::sample::select(&KINDS[..]),
        faults in prop::collection::vec((any_t1_fault(), 0u32..20), 1..6),
        pieces in prop::collection::vec(1usize..40, 1..10),
        slow: bool,
    ) {
        let mut rig = Rig::with_card(kind, t1().build().unwrap());
        rig.pieces = pieces;
        rig.piece_time = Duration::from_millis(u64::from(slow));
        for (fault, skip) in faults {
            rig.reader.inject_at(FaultPoint::transfer(skip), CardFault::T1(fault));
        }
        let (result, took) = rig.read();
        prop_assert!(took <= 5_100, "{} ms", took);
        if let Ok(read) = result {
            prop_assert_eq!(read.name.as_deref(), Some("张三丰"));
            prop_assert_eq!(read.id_number.as_deref(), Some("999999194001010013"));
        }
        rig.reader.clear_faults();
        rig.run_for(8000);
        rig.insert(t1().build().unwrap());
        rig.run_for(1000);
        prop_assert!(rig.read().0.is_ok());
    }
}
