//! Protocol T=1: blocks, and whole conversations with a card that says anything.

use gongji_hal::card::{
    Protocol,
    apdu::Apdu,
    limits::{RESPONSE_BYTES_MAX, T1_BLOCKS_MAX},
    pps::{FI_DI_DEFAULT, Pps},
    t1::{
        Repeat, T1, T1Step,
        block::{BLOCK_BYTES_MAX, Block, Edc, INFORMATION_BYTES_MAX, Kind, PROLOGUE_BYTES},
    },
};

const fn edc(byte: u8) -> Edc {
    if byte & 1 == 0 { Edc::Lrc } else { Edc::Crc }
}

/// A block that is taken is made of its own bytes again; one with another code is no block.
pub fn block(bytes: &[u8]) {
    let Some((&first, bytes)) = bytes.split_first() else { return };
    let edc = edc(first);
    if let Ok(block) = Block::parse(bytes, edc) {
        assert!(block.information.len() <= INFORMATION_BYTES_MAX);
        let encoded = block.encode(edc).expect("a block that was taken can be made");
        // The address (NAD) may be the card's own, and so the code after it.
        assert_eq!(encoded.len(), bytes.len());
        let end = bytes.len() - edc.size();
        assert!(end >= PROLOGUE_BYTES);
        assert_eq!(&encoded[1..end], &bytes[1..end]);
        let mut spoilt = bytes.to_vec();
        spoilt[end - 1] ^= 0x10;
        assert!(Block::parse(&spoilt, edc).is_err(), "a flipped bit is noticed");
    }
    for protocol in [Protocol::T0, Protocol::T1] {
        let pps = Pps { protocol, fi_di: (first > 1).then_some(first) };
        if let Some(factors) = pps.agreed(bytes) {
            assert!(factors == FI_DI_DEFAULT || Some(factors) == pps.fi_di);
            assert_eq!(bytes.iter().fold(0, |sum, byte| sum ^ byte), 0);
        }
    }
}

/// Code, size, command; then what the card says: a length and a block, or 0 for a lost one.
pub fn conversation(bytes: &[u8]) {
    let Some((&[first, ifsc, kind], mut rest)) = bytes.split_first_chunk() else { return };
    let (edc, repeat) = (edc(first), if kind & 1 == 0 { Repeat::Allowed } else { Repeat::Never });
    let mut t1 = T1::with(ifsc, edc);
    let long = Apdu::select_application(&[kind; 200]).expect("it fits");
    let apdu = if kind & 2 == 0 { Apdu::read_record(kind, 0) } else { long };
    t1.begin(&apdu, repeat);
    let mut blocks = 0;
    let mut sent = 0;
    loop {
        let ours = Block::parse(t1.block(), edc).expect("what is sent is a block");
        assert!(t1.block().len() <= BLOCK_BYTES_MAX);
        assert!(ours.information.len() <= usize::from(ifsc.clamp(1, 254)).max(1) || changed(bytes));
        sent += usize::from(matches!(ours.kind, Kind::Information { more: false, .. }));
        let Some((&length, after)) = rest.split_first() else { return };
        let (block, after) = after.split_at(usize::from(length).min(after.len()));
        rest = after;
        blocks += 1;
        assert!(blocks <= usize::from(T1_BLOCKS_MAX) + 1 || length == 0, "no end");
        let step = if length == 0 { t1.lost(kind & 4 == 0) } else { t1.receive(block) };
        match step {
            Ok(T1Step::Send) => {}
            Ok(T1Step::Done(_)) => {
                assert!(t1.response().len() <= RESPONSE_BYTES_MAX);
                assert!(sent > 0, "an answer to what was not sent");
                return;
            }
            Err(_) => return,
        }
    }
}

/// Whether the card may have told another size of information in between: S(IFS request).
fn changed(bytes: &[u8]) -> bool {
    bytes.contains(&0xC1)
}
