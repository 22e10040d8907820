//! What a card says: its answer to reset, its blocks, its records.

use gongji_hal::card::{
    apdu::Apdu,
    atr::Atr,
    date::Date,
    limits::{ATR_BYTES_MAX, RESPONSE_BYTES_MAX, TPDU_ROUNDS_MAX},
    record::{NAME_UTF8_MAX, name, text, unpadded, value},
    social::SocialReader,
    status_word::StatusWord,
    t0::{T0, T0Step, TPDU_BYTES_MAX},
};

/// APDUs that reading a 社会保障卡 takes at most, each of them twice.
const APDUS_MAX: usize = 24;

/// An answer to reset that is taken can be taken apart.
pub fn atr(bytes: &[u8]) {
    let Ok(atr) = Atr::parse(bytes) else { return };
    assert_eq!(atr.bytes(), bytes);
    assert!(bytes.len() <= ATR_BYTES_MAX);
    let interface: usize = atr
        .rounds()
        .map(|round| [round.ta, round.tb, round.tc, round.td].iter().flatten().count())
        .sum();
    let historical = atr.historical();
    assert_eq!(historical.len(), usize::from(bytes[1] & 0x0F));
    let check = bytes.len() - (2 + interface + historical.len());
    assert!(check <= 1, "bytes that belong to nothing");
    assert_eq!(&bytes[2 + interface..bytes.len() - check], historical);
    let asked = (0..15).filter(|&t| atr.offers(t)).count();
    assert!(asked >= 1, "a card offers a protocol");
    if (1..15).any(|t| atr.offers(t)) {
        assert_eq!(check, 1, "a TCK is due");
        assert_eq!(bytes[1..].iter().fold(0, |sum, byte| sum ^ byte), 0);
    }
    assert_ne!(atr.waiting_integer(), 0);
    let _ = (atr.fi_di(), atr.extra_guard_time(), atr.specific_mode(), atr.is_inverse());
}

/// The first bytes make an APDU; the rest is the card's blocks, each behind its length.
pub fn apdu_t0(bytes: &[u8]) {
    let Some((&[tag, le, count], mut rest)) = bytes.split_first_chunk() else { return };
    let apdu = if count & 0x80 == 0 {
        Apdu::read_record(tag, le)
    } else {
        let (data, after) = rest.split_at(usize::from(count & 0x7F).min(rest.len()));
        rest = after;
        match Apdu::select_application(data) {
            Some(apdu) => apdu,
            None => return,
        }
    };
    let mut t0 = T0::new(apdu);
    for _ in 0..=TPDU_ROUNDS_MAX {
        let tpdu = t0.tpdu();
        assert!((5..=TPDU_BYTES_MAX).contains(&tpdu.len()));
        assert!(
            tpdu.len() == 5 || tpdu.len() == 5 + usize::from(tpdu[4]),
            "a TPDU carries Lc bytes or none"
        );
        let Some((&[high, low], after)) = rest.split_first_chunk() else { return };
        let length = usize::from(u16::from_be_bytes([high, low]) % 300).min(after.len());
        let (block, after) = after.split_at(length);
        rest = after;
        match t0.receive(block) {
            Ok(T0Step::Send) => {}
            Ok(T0Step::Done(status)) => {
                assert!(t0.response().len() <= RESPONSE_BYTES_MAX);
                let [.., sw1, sw2] = block else { panic!("no status word") };
                assert_eq!(status, StatusWord::from([*sw1, *sw2]));
                return;
            }
            Err(_) => return,
        }
    }
    panic!("the card keeps its host busy");
}

/// A card that answers anything is read in bounded steps.
pub fn social_card(bytes: &[u8]) {
    let mut reader = SocialReader::new(&[0x3B, 0x00]);
    let mut rest = bytes;
    for _ in 0..=APDUS_MAX {
        let Some(apdu) = reader.apdu() else {
            let card = reader.take();
            assert_eq!(card.card_id.len(), 32);
            assert!(!card.number.is_empty());
            assert!(card.name.as_ref().is_none_or(|name| !name.contains(char::is_control)));
            return;
        };
        assert!(matches!(apdu.header[1], 0xA4 | 0xB2), "only SELECT and READ RECORD");
        let Some((&[sw1, sw2, count], after)) = rest.split_first_chunk() else { return };
        let (data, after) = after.split_at(usize::from(count).min(after.len()));
        rest = after;
        if reader.receive(StatusWord::from([sw1, sw2]), data).is_err() {
            return;
        }
    }
    panic!("reading a card never ends");
}

/// Records, texts, names and dates hold what their bytes hold.
pub fn ssc_record(bytes: &[u8]) {
    let Some((&[tag, cut], record)) = bytes.split_first_chunk() else { return };
    if let Some(found) = value(tag, record) {
        assert_eq!(record[0], tag);
        assert_eq!(found, &record[2..2 + usize::from(record[1])]);
        assert!(record[2 + found.len()..].iter().all(|byte| matches!(byte, 0x00 | 0xFF)));
    }
    let bare = unpadded(record);
    assert!(record.starts_with(bare));
    assert_eq!(unpadded(bare), bare);
    if let Some(text) = text::<18>(record) {
        assert_eq!(text.as_bytes(), bare);
    }
    let (first, second) = record.split_at(usize::from(cut).min(record.len()));
    if let Some(name) = name(first, second) {
        assert!(name.len() <= NAME_UTF8_MAX);
        assert!(!name.contains(char::is_control));
        assert_eq!(name.trim(), name.as_str());
    }
    if let Some(&date) = record.first_chunk::<4>()
        && let Some(read) = Date::from_bcd(date)
    {
        assert_eq!(read.to_bcd(), date);
        assert_eq!(Date::new(read.year, read.month, read.day), Some(read));
    }
}
