#![allow(clippy::unwrap_used)]

use super::{Block, BlockError, Cause, Edc, Kind, Topic, crc};

#[test]
fn blocks_have_the_bytes_of_the_standard() {
    let table: &[(Kind, &[u8], &[u8])] = &[
        (Kind::Request(Topic::Ifs(0xFE)), &[], &[0x00, 0xC1, 0x01, 0xFE, 0x3E]),
        (Kind::Request(Topic::Resynch), &[], &[0x00, 0xC0, 0x00, 0xC0]),
        (Kind::Response(Topic::Resynch), &[], &[0x00, 0xE0, 0x00, 0xE0]),
        (Kind::Response(Topic::Wtx(2)), &[], &[0x00, 0xE3, 0x01, 0x02, 0xE0]),
        (Kind::Response(Topic::Abort), &[], &[0x00, 0xE2, 0x00, 0xE2]),
        (Kind::Information { sequence: true, more: true }, &[7], &[0x00, 0x60, 1, 7, 0x66]),
        (Kind::Receipt { sequence: true, cause: Cause::Edc }, &[], &[0x00, 0x91, 0, 0x91]),
    ];
    for &(kind, information, bytes) in table {
        let block = Block { kind, information };
        assert_eq!(block.encode(Edc::Lrc).unwrap(), bytes);
        assert_eq!(Block::parse(bytes, Edc::Lrc), Ok(block));
    }
    // The check value of this CRC without inversion.
    assert_eq!(crc(b"123456789"), 0x6F91);
}

#[test]
fn what_cannot_be_is_no_block() {
    for (body, error) in [
        (&[0x01, 0x00, 0x00][..], BlockError::Form),
        (&[0x00, 0x00, 0x01], BlockError::Form),
        (&[0x00, 0x01, 0x00], BlockError::Form),
        (&[0x00, 0x83, 0x00], BlockError::Form),
        (&[0x00, 0xA0, 0x00], BlockError::Form),
        (&[0x00, 0x80, 0x01, 0x00], BlockError::Form),
        (&[0x00, 0xC1, 0x01, 0x00], BlockError::Form),
        (&[0x00, 0xC1, 0x01, 0xFF], BlockError::Form),
        (&[0x00, 0xC4, 0x00], BlockError::Form),
        (&[0x00, 0xC0, 0x01, 0x00], BlockError::Form),
        (&[], BlockError::Form),
    ] {
        let mut bytes = std::vec::Vec::from(body);
        bytes.push(crate::card::frame::lrc(body));
        assert_eq!(Block::parse(&bytes, Edc::Lrc), Err(error), "{body:02X?}");
        *bytes.last_mut().unwrap() ^= 1;
        assert_eq!(Block::parse(&bytes, Edc::Lrc), Err(BlockError::Edc), "{body:02X?}");
    }
    assert_eq!(Block::parse(&[], Edc::Crc), Err(BlockError::Form));
}
