#![allow(clippy::unwrap_used)]

use std::{vec, vec::Vec};

use proptest::prelude::*;

use super::{
    Repeat, T1, T1Error, T1Step,
    block::{Block, Cause, Edc, Kind, Topic},
};
use crate::card::{apdu::Apdu, status_word::StatusWord};

const OK: StatusWord = StatusWord::Ok;
const SEND: Result<T1Step, T1Error> = Ok(T1Step::Send);

fn bytes(kind: Kind, information: &[u8]) -> Vec<u8> {
    Block { kind, information }.encode(Edc::Lrc).unwrap().to_vec()
}

fn i(sequence: bool, more: bool, information: &[u8]) -> Vec<u8> {
    bytes(Kind::Information { sequence, more }, information)
}

fn r(sequence: bool, cause: Cause) -> Vec<u8> {
    bytes(Kind::Receipt { sequence, cause }, &[])
}

fn request(topic: Topic) -> Vec<u8> {
    bytes(Kind::Request(topic), &[])
}

fn response(topic: Topic) -> Vec<u8> {
    bytes(Kind::Response(topic), &[])
}

/// A card that takes `ifsc` bytes a block, told our size, with READ RECORD on its way.
fn begun(ifsc: u8, repeat: Repeat) -> T1 {
    let mut t1 = T1::with(ifsc, Edc::Lrc);
    t1.begin(&Apdu::read_record(7, 9), repeat);
    assert_eq!(t1.block(), [0x00, 0xC1, 0x01, 0xFE, 0x3E]);
    assert_eq!(t1.receive(&response(Topic::Ifs(254))), SEND);
    t1
}

#[test]
fn a_command_and_its_answer_are_chained() {
    let mut t1 = begun(2, Repeat::Allowed);
    assert_eq!(t1.block(), i(false, true, &[0x00, 0xB2]));
    assert_eq!(t1.receive(&r(true, Cause::None)), SEND);
    assert_eq!(t1.block(), i(true, true, &[0x07, 0x00]));
    assert_eq!(t1.receive(&r(false, Cause::None)), SEND);
    assert_eq!(t1.block(), i(false, false, &[0x09]));
    assert_eq!(t1.receive(&i(false, true, &[1, 2])), SEND);
    assert_eq!(t1.block(), r(true, Cause::None));
    assert_eq!(t1.receive(&i(true, true, &[3])), SEND);
    assert_eq!(t1.block(), r(false, Cause::None));
    assert_eq!(t1.receive(&i(false, false, &[0x90, 0x00])), Ok(T1Step::Done(OK)));
    assert_eq!(t1.response(), [1, 2, 3]);
    // The numbers go on with the next command.
    t1.begin(&Apdu::read_record(7, 9), Repeat::Allowed);
    assert_eq!(t1.block(), i(true, true, &[0x00, 0xB2]));
}

#[test]
fn what_was_lost_is_asked_for_again_by_the_rules() {
    let mut t1 = begun(254, Repeat::Allowed);
    let command = t1.block().to_vec();
    // 7.1: an information block is followed by a receipt, whatever was wrong.
    assert_eq!(t1.receive(&[0x00, 0x00, 0x00, 0x55]), SEND);
    assert_eq!(t1.block(), r(false, Cause::Edc));
    // 7.2: a receipt is repeated.
    assert_eq!(t1.lost(false), SEND);
    assert_eq!(t1.block(), r(false, Cause::Edc));
    // The card had not got the command.
    assert_eq!(t1.receive(&r(false, Cause::Other)), SEND);
    assert_eq!(t1.block(), command);
    // An answer with the wrong number is none.
    assert_eq!(t1.receive(&i(true, false, &[0x90, 0x00])), SEND);
    assert_eq!(t1.block(), r(false, Cause::Other));
    assert_eq!(t1.receive(&i(false, false, &[0x90, 0x00])), Ok(T1Step::Done(OK)));
    // 7.3: a request is repeated.
    let mut t1 = T1::with(32, Edc::Lrc);
    t1.begin(&Apdu::read_record(7, 9), Repeat::Allowed);
    assert_eq!(t1.lost(true), SEND);
    assert_eq!(t1.block(), request(Topic::Ifs(254)));
}

#[test]
fn the_third_failure_is_followed_by_resynchronisation_and_the_next_by_the_end() {
    let mut t1 = begun(254, Repeat::Allowed);
    let command = t1.block().to_vec();
    assert_eq!((t1.lost(false), t1.lost(false), t1.lost(false)), (SEND, SEND, SEND));
    assert_eq!(t1.block(), request(Topic::Resynch));
    assert_eq!(t1.receive(&response(Topic::Ifs(254))), SEND);
    assert_eq!(t1.block(), request(Topic::Resynch));
    assert_eq!(t1.receive(&response(Topic::Resynch)), SEND);
    assert_eq!(t1.block(), command);
    assert_eq!((t1.lost(false), t1.lost(false)), (SEND, SEND));
    assert_eq!(t1.lost(false), Err(T1Error::Lost));
    assert_eq!(t1.receive(&i(false, false, &[0x90, 0x00])), Err(T1Error::Lost));
}

#[test]
fn resynchronisation_begins_the_answer_and_the_size_anew() {
    let mut t1 = begun(4, Repeat::Allowed);
    assert_eq!(t1.receive(&request(Topic::Ifs(8))), SEND);
    assert_eq!(t1.receive(&r(false, Cause::None)), SEND);
    assert_eq!(t1.block(), i(false, false, &[0x00, 0xB2, 0x07, 0x00, 0x09]));
    assert_eq!(t1.receive(&i(false, true, &[1, 2])), SEND);
    assert_eq!((t1.lost(false), t1.lost(false), t1.lost(false)), (SEND, SEND, SEND));
    assert_eq!(t1.receive(&response(Topic::Resynch)), SEND);
    assert_eq!(t1.block(), i(false, true, &[0x00, 0xB2, 0x07, 0x00]));
    assert_eq!(t1.receive(&r(true, Cause::None)), SEND);
    assert_eq!(t1.receive(&i(false, false, &[1, 2, 3, 0x90, 0x00])), Ok(T1Step::Done(OK)));
    assert_eq!(t1.response(), [1, 2, 3]);
}

#[test]
fn an_answer_before_the_end_of_the_command_is_none() {
    let mut t1 = begun(2, Repeat::Allowed);
    assert_eq!(t1.receive(&i(false, false, &[0x67, 0x00])), SEND);
    assert_eq!(t1.block(), r(false, Cause::Other));
    assert_eq!(t1.receive(&r(true, Cause::None)), SEND);
    assert_eq!(t1.block(), i(true, true, &[0x07, 0x00]));
}

#[test]
fn a_command_that_must_not_be_repeated_is_not_saved_by_resynchronisation() {
    let mut t1 = begun(254, Repeat::Never);
    assert_eq!((t1.lost(false), t1.lost(false)), (SEND, SEND));
    assert_eq!(t1.lost(false), Err(T1Error::Lost));
    // But the card may ask for a block that it did not get.
    let mut t1 = begun(254, Repeat::Never);
    let command = t1.block().to_vec();
    assert_eq!(t1.lost(false), SEND);
    assert_eq!(t1.receive(&r(false, Cause::Edc)), SEND);
    assert_eq!(t1.block(), command);
}

#[test]
fn a_card_that_asks_for_the_same_block_again_and_again_is_given_up() {
    let mut t1 = begun(254, Repeat::Allowed);
    for _ in 0..2 {
        assert_eq!(t1.receive(&r(false, Cause::Edc)), SEND);
    }
    assert_eq!(t1.receive(&r(false, Cause::Edc)), SEND);
    assert_eq!(t1.block(), request(Topic::Resynch));
    for _ in 0..2 {
        assert_eq!(t1.receive(&r(false, Cause::Edc)), SEND);
    }
    assert_eq!(t1.receive(&r(false, Cause::Edc)), Err(T1Error::Lost));
}

#[test]
fn what_the_card_asks_is_granted() {
    let mut t1 = begun(4, Repeat::Allowed);
    assert_eq!(t1.receive(&request(Topic::Wtx(5))), SEND);
    assert_eq!((t1.block(), t1.waiting()), (&response(Topic::Wtx(5))[..], 5));
    assert_eq!(t1.receive(&request(Topic::Ifs(1))), SEND);
    assert_eq!((t1.block(), t1.waiting()), (&response(Topic::Ifs(1))[..], 1));
    // The next piece fits the new size.
    assert_eq!(t1.receive(&r(false, Cause::None)), SEND);
    assert_eq!(t1.block(), i(false, true, &[0x00]));
    assert_eq!(t1.receive(&request(Topic::Abort)), SEND);
    assert_eq!(t1.block(), response(Topic::Abort));
    assert_eq!(t1.receive(&r(false, Cause::None)), Err(T1Error::Aborted));
}

#[test]
fn sizes_that_cannot_be_are_bounded() {
    for (ifsc, piece) in [(0, 1), (1, 1), (254, 254), (255, 254)] {
        let mut t1 = T1::with(ifsc, Edc::Lrc);
        let data = heapless::Vec::from_slice(&[7; 255]).unwrap();
        t1.begin(&Apdu { header: [0, 0xDA, 0, 0], data, le: None }, Repeat::Never);
        assert_eq!(t1.receive(&response(Topic::Ifs(254))), SEND);
        assert_eq!(t1.block().get(1..3), Some(&[0x20, piece][..]), "{ifsc}");
    }
}

#[test]
fn a_card_without_a_size_of_ours_is_spoken_to_all_the_same() {
    let mut t1 = T1::with(32, Edc::Lrc);
    t1.begin(&Apdu::read_record(7, 9), Repeat::Allowed);
    for _ in 0..3 {
        assert_eq!(t1.receive(&r(false, Cause::Other)), SEND);
    }
    assert_eq!(t1.block(), i(false, false, &[0x00, 0xB2, 0x07, 0x00, 0x09]));
    // One that says nothing at all is not.
    let mut t1 = T1::with(32, Edc::Lrc);
    t1.begin(&Apdu::read_record(7, 9), Repeat::Allowed);
    assert_eq!((t1.lost(false), t1.lost(false)), (SEND, SEND));
    assert_eq!(t1.lost(false), Err(T1Error::Lost));
}

#[test]
fn cards_that_speak_as_over_t0_are_understood() {
    let mut t1 = begun(254, Repeat::Allowed);
    assert_eq!(t1.receive(&i(false, false, &[0x6C, 0x0B])), SEND);
    assert_eq!(t1.block(), i(true, false, &[0x00, 0xB2, 0x07, 0x00, 0x0B]));
    assert_eq!(t1.receive(&i(true, false, &[1, 0x61, 0x02])), SEND);
    assert_eq!(t1.block(), i(false, false, &[0x00, 0xC0, 0x00, 0x00, 0x02]));
    assert_eq!(t1.receive(&i(false, false, &[2, 3, 0x90, 0])), Ok(T1Step::Done(OK)));
    assert_eq!(t1.response(), [1, 2, 3]);
}

#[test]
fn answers_that_cannot_be_end_the_exchange() {
    let mut short = begun(254, Repeat::Allowed);
    assert_eq!(short.receive(&i(false, false, &[0x90])), Err(T1Error::Length));
    let mut long = begun(254, Repeat::Allowed);
    assert_eq!(long.receive(&i(false, true, &[0; 254])), SEND);
    assert_eq!(long.receive(&i(true, false, &[0; 5])), Err(T1Error::Length));
    let mut endless = begun(254, Repeat::Allowed);
    let mut last = SEND;
    for _ in 0..700 {
        last = endless.receive(&request(Topic::Wtx(1)));
    }
    assert!(last.is_err());
    let mut idle = T1::with(32, Edc::Lrc);
    assert_eq!(idle.receive(&r(false, Cause::None)), Err(T1Error::Idle));
    assert_eq!(idle.lost(false), Err(T1Error::Idle));
}

/// Bytes that are often a valid block.
fn any_block() -> impl Strategy<Value = Option<Vec<u8>>> {
    let valid = (any::<u8>(), prop::collection::vec(any::<u8>(), 0..9)).prop_map(|(pcb, inf)| {
        let mut block = vec![0x00, pcb, inf.len() as u8];
        block.extend(inf);
        block.push(block.iter().fold(0, |sum, byte| sum ^ byte));
        Some(block)
    });
    prop_oneof![
        4 => valid,
        1 => prop::collection::vec(any::<u8>(), 0..300).prop_map(Some),
        1 => Just(None),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn no_bytes_break_the_rules(
        ifsc: u8,
        crc: bool,
        never: bool,
        blocks in prop::collection::vec(any_block(), 0..60),
    ) {
        let edc = if crc { Edc::Crc } else { Edc::Lrc };
        let mut t1 = T1::with(ifsc, edc);
        let repeat = if never { Repeat::Never } else { Repeat::Allowed };
        t1.begin(&Apdu::select_application(&[7; 15]).unwrap(), repeat);
        for block in blocks {
            let outcome = match block {
                Some(block) => t1.receive(&block),
                None => t1.lost(true),
            };
            match outcome {
                // Whatever is sent is a block.
                Ok(T1Step::Send) => prop_assert!(Block::parse(t1.block(), edc).is_ok()),
                Ok(T1Step::Done(_)) | Err(_) => break,
            }
        }
        prop_assert!(t1.response().len() <= 258);
    }
}
