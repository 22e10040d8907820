#![allow(clippy::unwrap_used)]

use super::{Atr, AtrError, Edc};

#[test]
fn valid_answers_give_their_protocols() {
    /// Bytes; T=0, T=1; number of historical bytes; TC1, WI.
    type Case = (&'static [u8], bool, bool, usize, u8, u8);
    let table: &[Case] = &[
        (&[0x3B, 0x00], true, false, 0, 0, 10),
        (&[0x3F, 0x02, 0xAA, 0xBB], true, false, 2, 0, 10),
        (&[0x3B, 0x61, 0x00, 0x05, 0x99], true, false, 1, 5, 10),
        (&[0x3B, 0x80, 0x01, 0x81], false, true, 0, 0, 10),
        (&[0x3B, 0x90, 0x11, 0x00], true, false, 0, 0, 10),
        (&[0x3B, 0x80, 0x80, 0x01, 0x01], true, true, 0, 0, 10),
        (&[0x3B, 0x80, 0x40, 0x20], true, false, 0, 0, 32),
        // A check byte where none is due.
        (&[0x3B, 0x01, 0x55, 0x54], true, false, 1, 0, 10),
    ];
    for &(bytes, t0, t1, historical, guard, wi) in table {
        let atr = Atr::parse(bytes).unwrap();
        assert_eq!((atr.offers(0), atr.offers(1)), (t0, t1), "{bytes:02X?}");
        assert_eq!(atr.historical().len(), historical, "{bytes:02X?}");
        assert_eq!((atr.extra_guard_time(), atr.waiting_integer()), (guard, wi), "{bytes:02X?}");
        assert_eq!(atr.bytes(), bytes);
    }
}

#[test]
fn the_parameters_of_t1_are_read_or_usual() {
    /// Bytes; first offered; IFSC, BWI/CWI, EDC.
    type Case = (&'static [u8], u8, u8, u8, Edc);
    let table: &[Case] = &[
        (&[0x3B, 0x80, 0x01, 0x81], 1, 32, 0x4D, Edc::Lrc),
        (&[0x3B, 0x80, 0x81, 0x31, 0xFE, 0x45, 0x8B], 1, 0xFE, 0x45, Edc::Lrc),
        (&[0x3B, 0x80, 0x81, 0x71, 0x20, 0x35, 0x01, 0x64], 1, 0x20, 0x35, Edc::Crc),
        // T=0 first; values that cannot be.
        (&[0x3B, 0x80, 0x80, 0x31, 0xFF, 0xA0, 0x6E], 0, 32, 0x4D, Edc::Lrc),
        // Global bytes are no protocol.
        (&[0x3B, 0x80, 0x8F, 0x01, 0x0E], 1, 32, 0x4D, Edc::Lrc),
        (&[0x3B, 0x00], 0, 32, 0x4D, Edc::Lrc),
    ];
    for &(bytes, first, size, waiting, edc) in table {
        let atr = Atr::parse(bytes).unwrap();
        assert_eq!(atr.first_offered(), first, "{bytes:02X?}");
        assert_eq!((atr.information_size(), atr.block_waiting()), (size, waiting), "{bytes:02X?}");
        assert_eq!(atr.error_detection(), edc, "{bytes:02X?}");
    }
}

#[test]
fn invalid_answers_are_named() {
    let long = [0x3B; 34];
    let table: &[(&[u8], AtrError)] = &[
        (&[], AtrError::Truncated),
        (&[0x3B], AtrError::Truncated),
        (&[0x00, 0x00], AtrError::Convention),
        (&[0x3B, 0x02, 0xAA], AtrError::Truncated),
        (&[0x3B, 0x10], AtrError::Truncated),
        (&[0x3B, 0x80], AtrError::Truncated),
        (&[0x3B, 0x80, 0x01], AtrError::Truncated),
        (&[0x3B, 0x80, 0x01, 0x80], AtrError::Checksum),
        (&[0x3B, 0x00, 0x12], AtrError::TooLong),
        (&[0x3B, 0x00, 0x12, 0x34], AtrError::TooLong),
        (&long, AtrError::TooLong),
    ];
    for &(bytes, error) in table {
        assert_eq!(Atr::parse(bytes), Err(error), "{bytes:02X?}");
    }
}
