//! Having the card check a PIN: once, on the card that was read, and never twice.
#![cfg(feature = "sim")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod card_rig;

use card_rig::{KINDS, Rig};
use gongji_hal::{
    card::{
        CardCommand, CardConfig, CardDriver, CardRefusal, Pin, PinFormat, Protocol, VerifyError,
        message::Command,
        sim::{CardFault, FaultPoint, ReaderKind, SimCard, SimCardBuilder, T1Fault},
        status_word::StatusWord,
    },
    driver::{DeviceState, Driver, Machine},
    time::Duration,
};
use proptest::prelude::*;

const PIN: &str = "123456";
const WRONG: &str = "000000";
const PROTOCOLS: [Protocol; 2] = [Protocol::T0, Protocol::T1];

fn described(protocol: Protocol) -> SimCardBuilder {
    SimCard::builder().protocol(protocol).pin(PIN)
}

/// A card that was read.
fn read(kind: ReaderKind, card: SimCardBuilder) -> Rig {
    let mut rig = Rig::with_card(kind, card.build().unwrap());
    rig.read().0.unwrap();
    rig.told.clear();
    rig
}

fn tries_left(rig: &Rig) -> Option<u8> {
    rig.reader.card().unwrap().pin_tries_left()
}

#[test]
fn a_right_pin_is_right_and_wrong_ones_are_counted_until_the_card_is_blocked() {
    for kind in KINDS {
        for protocol in PROTOCOLS {
            let mut rig = read(kind, described(protocol));
            assert_eq!(rig.verify(WRONG).0, Err(VerifyError::WrongPin { tries_left: 2 }));
            assert!(!rig.reader.card().unwrap().is_verified());
            assert_eq!(rig.verify(PIN).0, Ok(()), "{kind} {protocol:?}");
            assert!(rig.reader.card().unwrap().is_verified());
            assert_eq!(tries_left(&rig), Some(3));
            for left in [2, 1] {
                let wrong = Err(VerifyError::WrongPin { tries_left: left });
                assert_eq!(rig.verify(WRONG).0, wrong);
            }
            assert_eq!(rig.verify(WRONG).0, Err(VerifyError::Blocked));
            assert_eq!(rig.verify(PIN).0, Err(VerifyError::Blocked));
            // The card stays powered and bound all the while, and can be read again.
            assert_eq!(rig.told, ["Verified"; 6]);
            assert_eq!(rig.state(), DeviceState::Online);
            assert!(rig.read().0.is_ok());
            // A reset brings no tries back.
            assert_eq!(rig.verify(PIN).0, Err(VerifyError::Blocked));
        }
    }
}

#[test]
fn what_a_card_answers_is_told_apart() {
    use StatusWord as S;
    for protocol in PROTOCOLS {
        for (word, expected) in [
            (0x63C0, VerifyError::Blocked),
            (0x63C1, VerifyError::WrongPin { tries_left: 1 }),
            (0x6983, VerifyError::Blocked),
            (0x6982, VerifyError::NotAllowed(S::SecurityNotSatisfied)),
            (0x6985, VerifyError::NotAllowed(S::ConditionsNotSatisfied)),
            (0x6300, VerifyError::Rejected(S::Other(0x6300))),
            (0x6700, VerifyError::Rejected(S::WrongLength)),
            (0x6A82, VerifyError::Rejected(S::FileNotFound)),
            (0x6A83, VerifyError::Rejected(S::RecordNotFound)),
            (0x6A86, VerifyError::Rejected(S::WrongParameters)),
            (0x6D00, VerifyError::Rejected(S::InstructionNotSupported)),
            (0x6E00, VerifyError::Rejected(S::ClassNotSupported)),
            (0x6F00, VerifyError::Rejected(S::Undiagnosed)),
            // A length to be corrected would be a second try.
            (0x6C06, VerifyError::Rejected(S::WrongLe(6))),
            (0x6110, VerifyError::Rejected(S::BytesAvailable(0x10))),
        ] {
            let mut rig = read(ReaderKind::GemPcTwin, described(protocol).refuses(0x20, word));
            // A status without an answer to fetch: the simulated T=1 card says 9000 for it.
            if (protocol, word) == (Protocol::T1, 0x6110) {
                continue;
            }
            assert_eq!(rig.verify(PIN).0, Err(expected), "{protocol:?} {word:04X}");
        }
    }
    let mut without = read(ReaderKind::GemPcTwin, SimCard::builder());
    let not_allowed = VerifyError::NotAllowed(S::ConditionsNotSatisfied);
    assert_eq!(without.verify(PIN).0, Err(not_allowed));
}

#[test]
fn the_form_of_the_pin_can_be_chosen() {
    for format in [PinFormat::PackedDigits, PinFormat::PaddedAscii, PinFormat::Ascii] {
        for pin in ["1234", "12345", "123456789012"] {
            let card = SimCard::builder().pin(pin).pin_format(format).build().unwrap();
            let mut rig = Rig::new(ReaderKind::GemPcTwin);
            rig.driver = CardDriver::with_config(CardConfig::with_pin_format(format));
            rig.driver.link_opened(rig.now);
            rig.insert(card);
            rig.run_for(2000);
            rig.read().0.unwrap();
            assert_eq!(rig.verify(pin).0, Ok(()), "{format:?} {pin}");
        }
    }
}

#[test]
fn only_a_card_that_was_read_and_kept_its_power_is_asked() {
    let verify = || CardCommand::Verify(Pin::new(PIN).unwrap());
    let mut rig = Rig::new(ReaderKind::GemPcTwin);
    assert_eq!(rig.driver.submit(rig.now, verify()), Err(CardRefusal::NoReader));
    rig.run_for(1000);
    assert_eq!(rig.driver.submit(rig.now, verify()), Err(CardRefusal::NoCard));
    rig.insert(described(Protocol::T0).build().unwrap());
    rig.run_for(1000);
    assert_eq!(rig.driver.submit(rig.now, verify()), Err(CardRefusal::NotRead));
    rig.read().0.unwrap();
    // Exchanged, and noticed.
    rig.insert(described(Protocol::T0).build().unwrap());
    rig.run_for(1000);
    assert_eq!(rig.driver.submit(rig.now, verify()), Err(CardRefusal::NotRead));
    // Without power.
    rig.read().0.unwrap();
    rig.driver.submit(rig.now, CardCommand::PowerOff).unwrap();
    rig.run_for(1000);
    assert_eq!(rig.driver.submit(rig.now, verify()), Err(CardRefusal::NotRead));
    // After the link was gone.
    rig.read().0.unwrap();
    rig.driver.link_lost(rig.now);
    rig.driver.link_opened(rig.now);
    rig.run_for(1000);
    assert_eq!(rig.driver.submit(rig.now, verify()), Err(CardRefusal::NotRead));
    // After a reading that failed.
    rig.read().0.unwrap();
    rig.reader.inject_at(FaultPoint::next(Command::PowerOn), CardFault::CardError(0x01));
    rig.reader.inject_at(FaultPoint::next(Command::PowerOn), CardFault::CardError(0x01));
    rig.reader.inject_at(FaultPoint::next(Command::PowerOn), CardFault::CardError(0x01));
    rig.read().0.unwrap_err();
    rig.run_for(1000);
    assert_eq!(rig.driver.submit(rig.now, verify()), Err(CardRefusal::NotRead));
    assert_eq!(tries_left(&rig), Some(3));
}

#[test]
fn a_card_exchanged_unseen_gets_no_pin() {
    for kind in KINDS {
        let mut rig = read(kind, described(Protocol::T0));
        let before = rig.reader.commands_of(0x6F);
        // No heartbeat has seen it yet; the event, where there is one, comes with the command.
        rig.reader.insert(rig.now, described(Protocol::T0).build().unwrap());
        assert_eq!(rig.verify(WRONG).0, Err(VerifyError::Removed), "{kind}");
        assert_eq!(rig.reader.commands_of(0x6F), before, "{kind}");
        assert_eq!(tries_left(&rig), Some(3));
        rig.run_for(1000);
        assert_eq!(rig.told, ["Verified", "Removed", "Present"], "{kind}");
    }
}

#[test]
fn false_card_events_do_not_hinder_a_check() {
    for ms in 0..60 {
        let mut rig = read(ReaderKind::GemCorePosPro, described(Protocol::T1));
        rig.driver.submit(rig.now, CardCommand::Verify(Pin::new(PIN).unwrap())).unwrap();
        rig.run_for(ms);
        rig.noise(&[0x50, 0x02]);
        rig.run_for(2000);
        assert_eq!(rig.verified, [Ok(())], "after {ms} ms");
    }
}

#[test]
fn a_card_event_before_the_pin_is_sent_is_followed_up() {
    let mut rig = read(ReaderKind::GemCorePosPro, described(Protocol::T0));
    let looks = rig.reader.commands_of(0x65);
    let point = FaultPoint::next(Command::SlotStatus);
    rig.reader.inject_at(point, CardFault::Late(Duration::from_millis(50)));
    rig.driver.submit(rig.now, CardCommand::Verify(Pin::new(PIN).unwrap())).unwrap();
    rig.run_for(20);
    rig.noise(&[0x50, 0x02]);
    while rig.verified.is_empty() {
        rig.run_for(1);
    }
    assert_eq!(rig.verified, [Ok(())]);
    // Before the event, after it, and the heartbeat that follows a command.
    assert_eq!(rig.reader.commands_of(0x65), looks + 3);
}

#[test]
fn nothing_is_sent_when_the_time_of_a_check_is_over() {
    let mut rig = read(ReaderKind::GemPcTwin, described(Protocol::T1));
    let before = rig.reader.commands_of(0x6F);
    rig.reader.inject_at(FaultPoint::transfer(0), CardFault::T1(T1Fault::Wtx(1)));
    rig.reader.inject_at(FaultPoint::transfer(0), CardFault::DropAnswers(9));
    let (result, took) = rig.verify(PIN);
    assert_eq!(result, Err(VerifyError::Unknown));
    assert!((4400..=5000).contains(&took), "{took} ms");
    // The command, the time that was granted, and one try to get the answer.
    assert_eq!(rig.reader.commands_of(0x6F), before + 3);
}

#[test]
fn a_lost_answer_is_unknown_and_the_pin_is_not_sent_again_over_t0() {
    let point = FaultPoint::transfer(0);
    for kind in KINDS {
        for fault in [
            CardFault::DropAnswers(1),
            CardFault::WrongLrc(1),
            CardFault::Nak(1),
            CardFault::HalfFrameThenSilence,
            CardFault::Mute,
            CardFault::CardError(0xFD),
            CardFault::AskTime(50),
            CardFault::Late(Duration::from_millis(1700)),
            CardFault::Pull,
        ] {
            let mut rig = read(kind, described(Protocol::T0));
            let sent = rig.reader.commands_of(0x6F);
            rig.reader.inject_at(point, fault.clone());
            let (result, took) = rig.verify(WRONG);
            assert_eq!(result, Err(VerifyError::Unknown), "{fault:?} on {kind}");
            assert!(took <= 5000, "{took} ms");
            assert_eq!(rig.reader.commands_of(0x6F), sent + 1, "{fault:?} on {kind}");
            // Read it again first: then it is known which card is asked.
            rig.reader.clear_faults();
            rig.run_for(25_000);
            let again = CardCommand::Verify(Pin::new(PIN).unwrap());
            assert!(rig.driver.submit(rig.now, again).is_err());
            // A card that is still in was not pulled out.
            let was_told = rig.told.iter().any(|told| told == "Removed");
            assert_eq!(was_told, !rig.reader.has_card(), "{fault:?} on {kind}");
            if rig.reader.has_card() {
                assert!(tries_left(&rig) >= Some(2));
                rig.read().0.unwrap();
                assert_eq!(rig.verify(PIN).0, Ok(()), "{fault:?} on {kind}");
            }
        }
    }
}

#[test]
fn over_t1_lost_blocks_are_repeated_and_cost_one_try() {
    let faults = [
        CardFault::T1(T1Fault::BadEdc(2)),
        CardFault::T1(T1Fault::LostAnswer(1)),
        CardFault::T1(T1Fault::LostBlock(2)),
        CardFault::T1(T1Fault::Garbled(1)),
        CardFault::T1(T1Fault::HalfBlock(1)),
        CardFault::T1(T1Fault::WrongSequence(1)),
        CardFault::T1(T1Fault::Wtx(2)),
        CardFault::WrongLrc(1),
        CardFault::DropAnswers(1),
        CardFault::CardError(0xFD),
    ];
    for fault in faults {
        let mut rig = read(ReaderKind::GemPcTwin, described(Protocol::T1));
        rig.reader.inject_at(FaultPoint::transfer(0), fault.clone());
        let (result, took) = rig.verify(WRONG);
        assert_eq!(result, Err(VerifyError::WrongPin { tries_left: 2 }), "{fault:?}");
        assert_eq!(tries_left(&rig), Some(2), "{fault:?}");
        assert!(took <= 5000, "{took} ms");
    }
    for fault in [T1Fault::Resynch, T1Fault::Abort, T1Fault::BadEdc(9), T1Fault::LostAnswer(9)] {
        let mut rig = read(ReaderKind::GemPcTwin, described(Protocol::T1));
        rig.reader.inject_at(FaultPoint::transfer(0), CardFault::T1(fault));
        let (result, took) = rig.verify(WRONG);
        assert_eq!(result, Err(VerifyError::Unknown), "{fault:?}");
        assert!(tries_left(&rig) >= Some(2), "{fault:?}");
        assert!(took <= 5000, "{took} ms");
    }
}

#[test]
fn a_reader_that_is_gone_before_the_pin_was_sent_is_told_as_such() {
    let mut rig = read(ReaderKind::GemPcTwin, described(Protocol::T0));
    rig.cut = true;
    assert_eq!(rig.verify(PIN).0, Err(VerifyError::ReaderLost));
    let mut rig = read(ReaderKind::GemPcTwin, described(Protocol::T0));
    rig.driver.submit(rig.now, CardCommand::Verify(Pin::new(PIN).unwrap())).unwrap();
    rig.driver.link_lost(rig.now);
    rig.run_for(10);
    assert_eq!(rig.verified, [Err(VerifyError::ReaderLost)]);
    // And afterwards, when it may have been.
    let mut rig = read(ReaderKind::GemPcTwin, described(Protocol::T0));
    rig.reader.inject_at(FaultPoint::transfer(0), CardFault::Late(Duration::from_millis(500)));
    rig.driver.submit(rig.now, CardCommand::Verify(Pin::new(PIN).unwrap())).unwrap();
    rig.run_for(300);
    rig.driver.link_lost(rig.now);
    rig.run_for(10);
    assert_eq!(rig.verified, [Err(VerifyError::Unknown)]);
}

#[test]
fn nothing_shows_a_pin() {
    let command = CardCommand::Verify(Pin::new("987654").unwrap());
    assert_eq!(format!("{command:?}"), "Verify");
    for error in [VerifyError::WrongPin { tries_left: 2 }, VerifyError::Unknown] {
        assert!(!error.to_string().is_empty());
    }
}

fn any_fault() -> impl Strategy<Value = CardFault> {
    prop_oneof![
        (1u32..6).prop_map(|n| CardFault::T1(T1Fault::BadEdc(n))),
        (1u32..6).prop_map(|n| CardFault::T1(T1Fault::LostBlock(n))),
        (1u32..6).prop_map(|n| CardFault::T1(T1Fault::LostAnswer(n))),
        (1u32..6).prop_map(|n| CardFault::T1(T1Fault::Garbled(n))),
        (1u32..6).prop_map(|n| CardFault::T1(T1Fault::WrongSequence(n))),
        Just(CardFault::T1(T1Fault::Resynch)),
        Just(CardFault::T1(T1Fault::Abort)),
        (1u32..4).prop_map(CardFault::WrongLrc),
        (1u32..4).prop_map(CardFault::Nak),
        (1u32..4).prop_map(CardFault::DropAnswers),
        (1u32..9).prop_map(CardFault::AskTime),
        (1u64..3000).prop_map(|ms| CardFault::Late(Duration::from_millis(ms))),
        Just(CardFault::HalfFrameThenSilence),
        Just(CardFault::Mute),
        any::<u8>().prop_map(CardFault::CardError),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    /// Whatever goes wrong, one check costs one try at most, and what is told is true.
    #[test]
    fn a_check_costs_one_try_at_most(
        kind in prop::sample::select(&KINDS[..]),
        over_t1: bool,
        right: bool,
        faults in prop::collection::vec((any_fault(), 0u32..5), 0..5),
    ) {
        let mut rig = read(kind, described(PROTOCOLS[usize::from(over_t1)]));
        for (fault, skip) in faults {
            rig.reader.inject_at(FaultPoint { command: None, skip }, fault);
        }
        let (result, took) = rig.verify(if right { PIN } else { WRONG });
        prop_assert!(took <= 5000, "{} ms", took);
        let left = tries_left(&rig);
        prop_assert!(left >= Some(2));
        match result {
            Ok(()) => prop_assert!(right && rig.reader.card().unwrap().is_verified()),
            Err(VerifyError::WrongPin { tries_left }) => {
                prop_assert!(!right && tries_left == 2 && left == Some(2));
            }
            Err(VerifyError::Unknown) => {}
            Err(_) => prop_assert_eq!(left, Some(3)),
        }
    }
}
