//! Beginnings for the fuzzers, made from what the drivers and the simulated devices really say.

use gongji_hal::{
    card::{
        Protocol,
        frame::{FrameDecoder, Received},
        message::Answer,
        sim::ReaderKind,
        social::SocialReader,
        t0::{T0, T0Step},
    },
    code::sim::{Terminator, Trigger},
    conformance::{News, Subject},
    driver::{Driver, Machine},
    idcard::sim::{AfterReading, SimIdDocument, SimIdDocumentBuilder},
    printer::sim::SimConfig,
    time::{Duration, Instant},
};

use super::subjects::{card::Card, idcard::IdCard, printer::Printer, scanner::Scanner};

/// Told time in which a conversation ends.
const TALK_LIMIT: Duration = Duration::from_secs(60);
/// Bytes of a seed at most.
const SEED_BYTES_MAX: usize = 2000;

/// What both sides said, from the opening of the link until something was done or read.
struct Talk {
    driver: Vec<u8>,
    device: Vec<u8>,
}

fn talk<S: Subject>(subject: &S) -> Talk {
    let (mut driver, mut device) = (subject.driver(), subject.simulator());
    let mut talk = Talk { driver: Vec::new(), device: Vec::new() };
    let mut now = Instant::from_millis(1000);
    let end = now + TALK_LIMIT;
    device.link_opened(now);
    driver.link_opened(now);
    let mut submitted = false;
    while now < end {
        submitted = submitted || driver.submit(now, subject.command(0)).is_ok();
        let said = driver.pending_output(now).to_vec();
        driver.output_taken(now, said.len());
        device.receive(now, &said);
        let answered = device.pending_output(now).to_vec();
        device.output_taken(now, answered.len());
        driver.receive(now, &answered);
        talk.driver.extend(&said);
        talk.device.extend(&answered);
        while let Some(event) = driver.poll_event() {
            subject.follow(&mut driver, now, &event);
            match subject.news(&event) {
                News::Done { command, .. } if !subject.is_setting(command) => return talk,
                News::Found(_) => return talk,
                _ => {}
            }
        }
        if said.is_empty() && answered.is_empty() {
            subject.present(&mut device, now);
            let due = [driver.next_timeout(), device.next_timeout()];
            let due = due.into_iter().flatten().min().unwrap_or(end);
            now = due.max(now + Duration::from_millis(1));
            driver.handle_timeout(now);
            device.handle_timeout(now);
        }
    }
    panic!("the conversation has no end")
}

/// Every seed with its target's name; the same in every run.
pub fn seeds() -> Vec<(&'static str, Vec<u8>)> {
    let mut seeds = Vec::new();
    for (kind, version) in [
        (ReaderKind::GemPcTwin, "1.00"),
        (ReaderKind::GemCorePosPro, "2.00"),
        (ReaderKind::Sec1210, "3.00"),
    ] {
        card(&talk(&Card { kind, version, protocol: Protocol::T0 }), &mut seeds);
    }
    let kind = ReaderKind::GemPcTwin;
    t1(&talk(&Card { kind, version: "2.00", protocol: Protocol::T1 }), &mut seeds);
    let old = SimConfig { process_ids: false, phantoms: true, ..SimConfig::default() };
    for config in [SimConfig::default(), old] {
        let talk = talk(&Printer { config });
        seeds.push(("printer_answer", talk.device));
        seeds.push(("printer_page", talk.driver));
    }
    let id = talk(&IdCard { after: AfterReading::Hides });
    seeds.push(("id_frame", id.device));
    let document = |builder: SimIdDocumentBuilder| builder.build().expect("valid").text().to_vec();
    for builder in [
        SimIdDocument::resident(),
        SimIdDocument::hong_kong_macao_taiwan(),
        SimIdDocument::foreigner_2017(),
        SimIdDocument::foreigner_2023(),
    ] {
        seeds.push(("id_text", document(builder)));
    }
    for terminator in [Terminator::Cr, Terminator::CrLf, Terminator::Nothing] {
        let talk = talk(&Scanner { trigger: Trigger::Commanded, terminator });
        seeds.push(("scan", talk.device));
    }
    scripts("card_driver", 12, &mut seeds);
    scripts("idcard_driver", 13, &mut seeds);
    scripts("scanner_driver", 5, &mut seeds);
    scripts("printer_driver", 10, &mut seeds);
    for (_, seed) in &mut seeds {
        seed.truncate(SEED_BYTES_MAX);
    }
    seeds.sort();
    seeds.dedup();
    seeds
}

fn messages(bytes: &[u8]) -> Vec<Vec<u8>> {
    let mut decoder = FrameDecoder::new();
    let mut found = Vec::new();
    for &byte in bytes {
        decoder.push(byte);
        while let Some(received) = decoder.next() {
            if let Received::Message(message) = received {
                found.push(message.to_vec());
            }
        }
    }
    found
}

fn card(talk: &Talk, seeds: &mut Vec<(&'static str, Vec<u8>)>) {
    for part in talk.device.chunks(400) {
        seeds.push(("ccid_frame", part.to_vec()));
    }
    seeds.push(("card_reader_sim", talk.driver.clone()));
    let mut blocks = Vec::new();
    for message in messages(&talk.device) {
        let Some(answer) = Answer::parse(&message) else { continue };
        if answer.kind == 0x80 && matches!(answer.data, [0x3B | 0x3F, ..]) {
            seeds.push(("atr", answer.data.to_vec()));
        } else if answer.kind == 0x80 {
            blocks.push(answer.data.to_vec());
        }
        if !matches!(answer.kind, 0x81) {
            seeds.push(("ccid_message", message.clone()));
        }
    }
    card_file(&blocks, seeds);
}

/// The blocks of a card that speaks T=1, each behind its length.
fn t1(talk: &Talk, seeds: &mut Vec<(&'static str, Vec<u8>)>) {
    let mut blocks = Vec::new();
    for message in messages(&talk.device) {
        let Some(answer) = Answer::parse(&message) else { continue };
        if answer.kind != 0x80 || matches!(answer.data, [0x3B | 0x3F | 0xFF, ..] | []) {
            continue;
        }
        seeds.push(("t1_block", [&[0], answer.data].concat()));
        blocks.push(answer.data.len() as u8);
        blocks.extend(answer.data);
    }
    // LRC, 254 bytes of information, a command that may be repeated.
    seeds.push(("t1", [&[0, 254, 0], blocks.as_slice()].concat()));
}

/// What the card's blocks mean, APDU by APDU.
fn card_file(blocks: &[Vec<u8>], seeds: &mut Vec<(&'static str, Vec<u8>)>) {
    let mut reader = SocialReader::new(&[0x3B, 0x00]);
    let mut file = Vec::new();
    let mut blocks = blocks.iter();
    while let Some(apdu) = reader.apdu() {
        let mut exchange = match apdu.data.len() {
            0 => vec![apdu.header[2], apdu.le.unwrap_or(0), 0],
            count => [&[0, 0, 0x80 | count as u8], apdu.data.as_slice()].concat(),
        };
        let mut t0 = T0::new(apdu);
        let status = loop {
            let block = blocks.next().expect("the card answered");
            exchange.extend((block.len() as u16).to_be_bytes());
            exchange.extend(block);
            match t0.receive(block).expect("the card is in order") {
                T0Step::Send => {}
                T0Step::Done(status) => break status,
            }
        };
        seeds.push(("apdu_t0", exchange));
        let response = t0.response();
        if let [tag, ..] = response {
            seeds.push(("ssc_record", [&[*tag, 30], response].concat()));
        }
        file.extend(status.code().to_be_bytes());
        file.push(response.len() as u8);
        file.extend(response);
        reader.receive(status, response).expect("the card is in order");
    }
    seeds.push(("social_card", file));
}

/// A command, a command upset by each fault, and a link that comes and goes.
fn scripts(target: &'static str, faults: u8, seeds: &mut Vec<(&'static str, Vec<u8>)>) {
    const OPEN: [u8; 2] = [7, 0];
    const WAIT: [u8; 2] = [2, 255];
    const MOMENT: [u8; 2] = [2, 3];
    const PRESENT: [u8; 2] = [9, 0];
    const SUBMIT: [u8; 2] = [5, 0];
    const LOSE: [u8; 2] = [8, 0];
    let ready = [OPEN, WAIT, WAIT, PRESENT, WAIT, SUBMIT].concat();
    for kind in 0..2 {
        let start = [&[kind][..], &ready].concat();
        seeds.push((target, [&start[..], &WAIT, &WAIT, &[5, 1], &WAIT].concat()));
        seeds.push((target, [&start[..], &MOMENT, &LOSE, &OPEN, &WAIT, &SUBMIT, &WAIT].concat()));
        // Every other fault with each kind.
        for fault in (kind..faults).step_by(2) {
            let fail = [11, fault];
            seeds.push((target, [&start[..], &MOMENT, &fail, &WAIT, &[12, 0], &WAIT].concat()));
        }
    }
}
