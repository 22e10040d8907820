//! Properties of what sees raw bytes: frames and the text of documents; the four kinds of document.
#![cfg(feature = "sim")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod idcard_rig;

use gongji_hal::{
    date::Date,
    driver::{Driver, Machine},
    idcard::{
        DocumentKind, IdCardDriver, IdDocument, Sex, TextError,
        frame::{FINGERPRINT_BYTES, PREAMBLE, SHORT_DATA_BYTES, SamVFraming, checksum},
        framing::{Content, Framing, REQUESTS, Received, Request},
        limits::TEXT_BYTES,
        number::check_character,
        sim::{AfterReading, SimIdDocument, SimIdDocumentBuilder},
        text,
    },
    time::Instant,
};
use idcard_rig::{KINDS, Rig};
use proptest::prelude::*;

/// What a framing finds in `bytes`; after silence, if `silence`.
fn decode(bytes: &[u8], silence: bool) -> Vec<String> {
    let mut framing = SamVFraming::new();
    let mut found = Vec::new();
    let mut drain = |framing: &mut SamVFraming| {
        while let Some(received) = framing.next() {
            found.push(match received {
                Received::Broken => "broken".to_string(),
                Received::Answer(answer) => match answer.content {
                    Content::Short(data) => format!("{:02X} {data:02X?}", answer.status.code()),
                    Content::Text(text) => format!("text {}", checksum(text)),
                },
            });
        }
    };
    for &byte in bytes {
        framing.push(byte);
        drain(&mut framing);
    }
    while silence && framing.is_waiting() {
        framing.give_up();
        drain(&mut framing);
    }
    found
}

fn frame(status: u8, data: &[u8]) -> Vec<u8> {
    let mut counted = (data.len() as u16 + 4).to_be_bytes().to_vec();
    counted.extend([0, 0, status]);
    counted.extend(data);
    counted.push(checksum(&counted));
    [&PREAMBLE[..], &counted].concat()
}

/// The data of a good reading.
fn reading(text: u8, photo: &[u8], fingerprint: Option<u16>) -> Vec<u8> {
    let mut data = vec![1, 0, 4, 0];
    data.extend(fingerprint.into_iter().flat_map(u16::to_be_bytes));
    data.extend([text; TEXT_BYTES]);
    let pictures = 1024 + usize::from(fingerprint.unwrap_or(0));
    data.extend(photo.iter().chain(&[0]).cycle().take(pictures));
    data
}

#[test]
fn commands_have_the_bytes_of_the_standard() {
    let framing = SamVFraming::new();
    for (request, bytes) in [
        (Request::Reset, [0x00, 0x03, 0x10, 0xFF, 0xEC]),
        (Request::Status, [0x00, 0x03, 0x11, 0xFF, 0xED]),
        (Request::SamId, [0x00, 0x03, 0x12, 0xFF, 0xEE]),
        (Request::Find, [0x00, 0x03, 0x20, 0x01, 0x22]),
        (Request::Select, [0x00, 0x03, 0x20, 0x02, 0x21]),
        (Request::ReadText, [0x00, 0x03, 0x30, 0x01, 0x32]),
    ] {
        assert_eq!(framing.encode(request).as_slice(), [&PREAMBLE[..], &bytes].concat());
        assert!(REQUESTS.contains(&request));
    }
}

#[test]
fn the_line_is_read_as_it_should() {
    let found = frame(0x9F, &[0; 4]);
    assert_eq!(found.len(), 15);
    let nothing = frame(0x80, &[]);
    assert_eq!(nothing.len(), 11);
    let text = frame(0x90, &reading(7, b"x", None));
    assert_eq!(text.len(), 1295);
    for (bytes, length) in FINGERPRINT_BYTES.into_iter().zip([1297, 1809, 2321]) {
        let frame = frame(0x90, &reading(7, b"x", Some(bytes as u16)));
        assert_eq!(frame.len(), length);
        assert_eq!(decode(&frame, false), ["text 0"]);
    }
    let mut wrong = text.clone();
    wrong[900] ^= 1;
    let mut wrong_lengths = text.clone();
    wrong_lengths[12] = 3;
    let tell = ["9F [00, 00, 00, 00]", "80 []"];
    let table: Vec<(Vec<u8>, Vec<&str>)> = vec![
        ([found.clone(), nothing.clone()].concat(), tell.to_vec()),
        ([vec![0xAA], found.clone()].concat(), vec![tell[0]]),
        ([PREAMBLE[..4].to_vec(), nothing.clone()].concat(), vec![tell[1]]),
        ([PREAMBLE.to_vec(), nothing.clone()].concat(), vec!["broken", tell[1]]),
        // Lengths that no answer has.
        ([PREAMBLE.to_vec(), vec![0, 3], nothing.clone()].concat(), vec!["broken", tell[1]]),
        ([PREAMBLE.to_vec(), vec![0xFF; 2], nothing.clone()].concat(), vec!["broken", tell[1]]),
        (wrong_lengths, vec!["broken"]),
        ([wrong, nothing.clone()].concat(), vec!["broken", tell[1]]),
        ([text, nothing].concat(), vec!["text 0", tell[1]]),
    ];
    for (bytes, expected) in table {
        assert_eq!(decode(&bytes, false), expected, "{bytes:02X?}");
    }
}

fn all_kinds() -> [SimIdDocumentBuilder; 4] {
    [
        SimIdDocument::resident(),
        SimIdDocument::hong_kong_macao_taiwan(),
        SimIdDocument::foreigner_2017(),
        SimIdDocument::foreigner_2023(),
    ]
}

fn read(document: SimIdDocument) -> Result<IdDocument, TextError> {
    text::parse(document.text())
}

#[test]
fn all_kinds_of_document_are_read_on_every_reader() {
    let expected = [
        (DocumentKind::Resident, "张三丰", "", "999999194001010", 18),
        (DocumentKind::HongKongMacaoTaiwan, "陈大文", "", "810000194001010", 18),
        (DocumentKind::Foreigner2017, "", "DOE, JANE MARY", "ZZZ110040010101", 15),
        (DocumentKind::Foreigner2023, "简多伊", "DOE, JANE MARY", "911999194001010", 18),
    ];
    for kind in KINDS {
        for fingerprint in [None, Some(0), Some(512), Some(1024)] {
            for (builder, expected) in all_kinds().into_iter().zip(expected) {
                let mut rig = Rig::accepting(kind);
                rig.reader.set_fingerprint(fingerprint);
                rig.reader.place(builder.sex(Sex::Male).build().unwrap());
                let read = rig.result().unwrap();
                let number = read.number.as_str();
                let found = (
                    read.kind,
                    read.chinese_name.as_str(),
                    read.latin_name.as_str(),
                    &number[..15],
                    number.len(),
                );
                assert_eq!(found, expected);
                assert_eq!(read.sex, Sex::Male);
                assert_eq!(Some(read.birth), Date::new(1940, 1, 1));
                assert_eq!(Some(read.valid_from), Date::new(2020, 5, 1));
                assert_eq!(read.valid_until, Date::new(2099, 5, 1));
                assert!(!read.name().is_empty());
            }
        }
    }
}

#[test]
fn names_are_read_whole() {
    for name in ["王五", "买买提·艾合买提江·巴图尔", "张𬭎", "𫖯𬬭", "㐂珺"]
    {
        let read = read(SimIdDocument::resident().name(name).build().unwrap()).unwrap();
        assert_eq!((read.chinese_name.as_str(), read.name()), (name, name));
    }
    let long = "ABCDEFGHIJKLMNOPQRSTUVWXYZ ABCDEFGH IJKLMN";
    let foreigner = SimIdDocument::foreigner_2023().latin_name(long).build().unwrap();
    assert_eq!(read(foreigner).unwrap().latin_name.as_str(), long);
    // Half a surrogate pair, a control character, nothing at all.
    for bytes in [[0x00, 0xD8], [0x07, 0x00]] {
        let wrong = SimIdDocument::resident().raw_text(2, &bytes).build().unwrap();
        assert_eq!(read(wrong).unwrap_err(), TextError::Name);
    }
    // A space of any kind is no name.
    for space in [" ", "\u{A0}", "\u{2003}", "\u{3000}"] {
        let nameless = SimIdDocument::resident().name(space).build().unwrap();
        assert_eq!(read(nameless).unwrap_err(), TextError::Name);
    }
    assert!(SimIdDocument::resident().name(&"王".repeat(16)).build().is_err());
}

#[test]
fn a_document_may_be_valid_for_good() {
    for builder in all_kinds() {
        assert_eq!(read(builder.valid_until(None).build().unwrap()).unwrap().valid_until, None);
    }
}

/// Where a text is spoilt, with what, and what is said of it.
#[test]
fn every_field_is_checked() {
    let unit = |text: &str| -> Vec<u8> { text.encode_utf16().flat_map(u16::to_le_bytes).collect() };
    let table: &[(usize, usize, &str, TextError)] = &[
        (0, 248, "Q", TextError::Kind),
        (0, 30, "3", TextError::Sex),
        (0, 30, " ", TextError::Sex),
        (0, 36, "19400230", TextError::Birth),
        (0, 36, "        ", TextError::Birth),
        (0, 188, "20200001", TextError::Validity),
        (0, 204, "20991301", TextError::Validity),
        (0, 204, "长长      ", TextError::Validity),
        (0, 122, "99999919400101001 ", TextError::Number),
        (0, 122, "9999991940010100A", TextError::Number),
        (0, 122, "8", TextError::CheckCharacter),
        (1, 122, "84", TextError::Number),
        (1, 122, "82", TextError::CheckCharacter),
        (2, 122, "Z1Z", TextError::Number),
        (2, 122, "zzz", TextError::Number),
        (2, 120, "X", TextError::Sex),
        (2, 220, "19400230", TextError::Birth),
        (3, 122, "81", TextError::Number),
        (3, 122, "92", TextError::CheckCharacter),
        (3, 36, "19400230", TextError::Birth),
    ];
    for &(kind, at, text, error) in table {
        let builder = all_kinds()[kind].clone().raw_text(at, &unit(text));
        assert_eq!(read(builder.build().unwrap()).unwrap_err(), error, "{kind} {at} {text}");
        assert!(!error.to_string().is_empty());
    }
}

#[test]
fn nothing_personal_can_be_formatted() {
    let document = SimIdDocument::resident().build().unwrap();
    assert_eq!(format!("{document:?}"), "SimIdDocument { .. }");
    assert_eq!(format!("{:?}", read(document).unwrap()), "IdDocument { .. }");
}

fn day() -> impl Strategy<Value = Date> {
    (1900u16..2200, 1u8..=12, 1u8..=28).prop_map(|(y, m, d)| Date::new(y, m, d).unwrap())
}

fn sex() -> impl Strategy<Value = Sex> {
    prop::sample::select(vec![Sex::Male, Sex::Female, Sex::Unstated])
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn a_document_comes_back_from_its_bytes(
        kind in 0usize..4,
        name in "[一-龥㐀-䶵𠀀-𪛖]{1,7}",
        latin in "[A-Z]{1,20}( [A-Z]{1,12}){0,2}",
        place in 0u32..1_000_000,
        order in 0u32..1000,
        sex in sex(),
        birth in day(),
        from in day(),
        until in prop::option::of(day()),
    ) {
        let born = format!("{:04}{:02}{:02}", birth.year, birth.month, birth.day);
        let start = ["", "82", "", "9"][kind];
        let place = format!("{place:06}");
        let digits = format!("{start}{}{born}{order:03}", &place[start.len()..]);
        let number = match kind {
            2 => format!("ABC{}", &digits[..12]),
            _ => format!("{digits}{}", check_character(&digits).unwrap()),
        };
        let built = all_kinds()[kind].clone().name(&name).latin_name(&latin).number(&number)
            .sex(sex).birth(birth).valid_from(from).valid_until(until).build().unwrap();
        let read = read(built).unwrap();
        prop_assert_eq!(read.chinese_name.as_str(), name);
        prop_assert_eq!(read.latin_name.as_str(), if kind < 2 { "" } else { &latin });
        prop_assert_eq!(read.number.as_str(), number);
        prop_assert_eq!((read.sex, read.birth), (sex, birth));
        prop_assert_eq!((read.valid_from, read.valid_until), (from, until));
    }

    #[test]
    fn any_text_is_read_or_refused(text in prop::collection::vec(any::<u8>(), TEXT_BYTES)) {
        let mut text: [u8; TEXT_BYTES] = text.try_into().unwrap();
        let _ = text::parse(&text);
        for mark in [b' ', b'J', b'I', b'Y'] {
            (text[248], text[249]) = (mark, 0);
            let _ = text::parse(&text);
        }
    }

    #[test]
    fn a_good_frame_is_found_behind_any_junk(
        junk in prop::collection::vec(
            prop_oneof![1 => any::<u8>(), 3 => prop::sample::select(PREAMBLE.to_vec()), 1 => Just(0)],
            0..700,
        ),
        photo in prop::collection::vec(any::<u8>(), 0..40),
        short in prop::sample::select(SHORT_DATA_BYTES.to_vec()),
    ) {
        for good in [frame(0x90, &reading(7, &photo, None)), frame(0x9F, &vec![3; short])] {
            let found = decode(&[&junk[..], &good].concat(), true);
            let alone = decode(&good, false);
            // Junk that begins a frame of its own ends in silence; then this one is asked again.
            let swallowed = decode(&junk, false) != decode(&junk, true)
                || junk.windows(5).any(|window| window == PREAMBLE);
            prop_assert!(swallowed || found.last() == alone.last(), "{:?}", found);
        }
    }

    /// Whatever comes, in whatever pieces, the driver tells the same.
    #[test]
    fn any_split_of_bytes_gives_the_same_events(
        bytes in prop::collection::vec(any::<u8>(), 0..300),
        frames in prop::collection::vec((0u8..=255, prop::sample::select(SHORT_DATA_BYTES.to_vec())), 0..8),
        pieces in prop::collection::vec(1usize..50, 1..8),
    ) {
        let mut stream = Vec::new();
        for (status, data) in frames {
            stream.extend(frame(status, &vec![1; data]));
        }
        stream.extend(&bytes);
        stream.extend(frame(0x90, &reading(7, &bytes, None)));
        let told = |pieces: &[usize]| {
            let mut driver = IdCardDriver::default();
            let now = Instant::from_millis(5);
            driver.link_opened(now);
            let (mut rest, mut told) = (&stream[..], Vec::new());
            for piece in pieces.iter().cycle() {
                let (head, tail) = rest.split_at(rest.len().min(*piece));
                driver.receive(now, head);
                rest = tail;
                if rest.is_empty() {
                    break;
                }
            }
            while let Some(event) = driver.poll_event() {
                told.push(format!("{event:?}"));
            }
            told.push(format!("{:?} {:02X?}", driver.next_timeout(), driver.pending_output(now)));
            told
        };
        prop_assert_eq!(told(&[usize::MAX]), told(&pieces));
    }
}

#[test]
fn an_expired_document_is_read_and_left_to_the_host() {
    let past = Date::new(2001, 1, 1);
    let mut rig = Rig::accepting(AfterReading::Hides);
    rig.reader.place(SimIdDocument::resident().valid_until(past).build().unwrap());
    assert_eq!(rig.result().unwrap().valid_until, past);
}
