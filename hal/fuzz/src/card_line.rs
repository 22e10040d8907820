//! What the card reader's line brings: frames, messages, and what a host may send.

use gongji_hal::{
    card::{
        frame::{FrameDecoder, Received, encode, lrc},
        limits::{HEADER_BYTES, MESSAGE_BYTES_MAX},
        message::{Answer, Command, Outcome, Request},
        sim::{ReaderKind, SimCard, SimReader},
    },
    driver::Machine,
    time::{Duration, Instant},
};

/// What a decoder finds, the messages apart; after silence it must find a frame at once.
fn decode(bytes: &[u8]) -> (Vec<Vec<u8>>, usize) {
    let mut decoder = FrameDecoder::new();
    let (mut messages, mut others) = (Vec::new(), 0);
    let mut drain = |decoder: &mut FrameDecoder| {
        while let Some(received) = decoder.next() {
            match received {
                Received::Message(message) => messages.push(message.to_vec()),
                _ => others += 1,
            }
        }
    };
    for &byte in bytes {
        decoder.push(byte);
        drain(&mut decoder);
    }
    let mut rounds = 0;
    while decoder.is_waiting() {
        decoder.give_up();
        drain(&mut decoder);
        rounds += 1;
        assert!(rounds <= MESSAGE_BYTES_MAX + 3, "giving up never ends");
    }
    let status = [0x81, 0, 0, 0, 0, 0, 1, 2, 0, 0];
    for byte in encode(&status).expect("it fits") {
        assert!(decoder.next().is_none());
        decoder.push(byte);
    }
    let found = decoder.next();
    assert_eq!(found, Some(Received::Message(&status)), "after silence a frame is found");
    (messages, others)
}

/// Every message found is in the bytes with its frame.
pub fn ccid_frame(bytes: &[u8]) {
    let (messages, others) = decode(bytes);
    assert!(messages.len() + others <= bytes.len(), "more was found than there is");
    let mut rest = bytes;
    for message in &messages {
        assert!((HEADER_BYTES..=MESSAGE_BYTES_MAX).contains(&message.len()));
        let frame = encode(message).expect("a message that was found fits into a frame");
        assert_eq!(lrc(&frame), 0);
        let at = rest.windows(frame.len()).position(|window| window == frame.as_slice());
        rest = &rest[at.expect("the frame is in the bytes, in order") + frame.len()..];
    }
}

/// An answer says what its bytes say, and a request comes through a frame unchanged.
pub fn ccid_message(bytes: &[u8]) {
    if let Some(answer) = Answer::parse(bytes) {
        assert_eq!(answer.data, &bytes[HEADER_BYTES..]);
        assert_eq!([answer.kind, answer.slot, answer.sequence], [bytes[0], bytes[5], bytes[6]]);
        let failed = matches!(answer.outcome, Outcome::Failed(error) if error == bytes[8]);
        assert_eq!(failed, bytes[7] >> 6 == 1 || bytes[7] >> 6 == 3);
    }
    let (&[sequence, a, b, c], data) = bytes.split_first_chunk().unwrap_or((&[0; 4], bytes));
    let request = Request::new(Command::Transfer, [a, b, c], data);
    let message = request.and_then(|request| request.encode(sequence));
    assert_eq!(message.is_some(), HEADER_BYTES + data.len() <= MESSAGE_BYTES_MAX);
    if let Some(message) = message {
        assert!(Answer::parse(&message).is_none(), "a request is no answer");
        let (found, _) = decode(&encode(&message).expect("it fits"));
        assert_eq!(found, [message.to_vec()]);
    }
}

/// The simulated reader answers any bytes with whole frames.
pub fn reader_sim(bytes: &[u8]) {
    let mut now = Instant::from_millis(0);
    let mut reader = SimReader::new(ReaderKind::GemCorePosPro);
    reader.link_opened(now);
    reader.insert(now, SimCard::builder().build().expect("valid"));
    let mut out = Vec::new();
    for piece in bytes.chunks(64) {
        reader.receive(now, piece);
        now = now + Duration::from_millis(50);
        let pending = reader.pending_output(now).to_vec();
        reader.output_taken(now, pending.len());
        out.extend(pending);
    }
    now = now + Duration::from_secs(600);
    out.extend_from_slice(reader.pending_output(now));
    let mut rest = out.as_slice();
    while !rest.is_empty() {
        rest = match rest {
            [0x03, 0x15, 0x16, after @ ..] | [0x50, 2 | 3, after @ ..] => after,
            [0x03, 0x06, _, l0, l1, l2, l3, ..] => {
                let data = u32::from_le_bytes([*l0, *l1, *l2, *l3]) as usize;
                let (frame, after) = rest.split_at(data + HEADER_BYTES + 3);
                assert_eq!(lrc(frame), 0);
                assert!(Answer::parse(&frame[2..frame.len() - 1]).is_some());
                after
            }
            _ => panic!("the reader said {rest:02X?}"),
        };
    }
}
