//! What the printer says, and what it is told to print.

use gongji_hal::{
    driver::{Driver, Machine},
    printer::{
        decode::{Answer, Decoder},
        driver::{Command, Config, Event, JobId, JobState, PrinterDriver, Refusal},
        sim::{NoGlyphs, SimConfig, SimPrinter},
        status::Status,
    },
    time::{Duration, Instant},
};

/// Bytes of a page that are tried at most.
const PAGE_BYTES_MAX: usize = 4096;
/// Told time that a page may take.
const PAGE_LIMIT: Duration = Duration::from_secs(3600);

fn decode<'a>(pieces: impl Iterator<Item = &'a [u8]>) -> (Vec<Answer>, u32) {
    let mut decoder = Decoder::new();
    let mut answers = Vec::new();
    for piece in pieces {
        decoder.feed(piece, |answer| answers.push(answer));
    }
    decoder.quiet(|answer| answers.push(answer));
    assert!(!decoder.is_partial());
    (answers, decoder.junk())
}

const fn length(answer: &Answer) -> usize {
    match answer {
        Answer::Asb(_) => 4,
        Answer::ProcessId(_) => 7,
        Answer::Cleared => 3,
        Answer::RealTime(_) | Answer::Fence(_) | Answer::Xoff | Answer::Xon => 1,
    }
}

/// Every byte is part of one answer or junk, however the bytes are split.
pub fn answer(bytes: &[u8]) {
    let (answers, junk) = decode(core::iter::once(bytes));
    for size in [1, 3, 7] {
        assert_eq!(decode(bytes.chunks(size)), (answers.clone(), junk), "pieces of {size}");
    }
    let told = answers.iter().map(length).sum::<usize>() + junk as usize;
    assert_eq!(told, bytes.len());
    for answer in answers {
        match answer {
            Answer::Asb(packet) => assert!(Status::from_asb(packet).is_some()),
            Answer::RealTime(byte) => assert!(Status::from_real_time([byte; 4]).is_some()),
            Answer::ProcessId(id) => assert!(id.iter().all(|b| matches!(b, 0x20..=0x7E))),
            Answer::Fence(byte) => assert_eq!(byte & 0x90, 0),
            Answer::Cleared | Answer::Xoff | Answer::Xon => {}
        }
    }
}

/// Any page without images that a host writes reaches the printer whole and in order, between the
/// driver's own bytes; with any page, the job ends once.
pub fn page(bytes: &[u8]) {
    let page = bytes.get(..PAGE_BYTES_MAX).unwrap_or(bytes);
    let config = SimConfig::default();
    let mut now = Instant::from_millis(1000);
    let mut driver = PrinterDriver::new(Config::default());
    let mut printer = SimPrinter::new(config, Box::new(NoGlyphs));
    printer.link_opened(now);
    driver.link_opened(now);
    let (mut rest, mut started, mut ends) = (page, false, 0);
    let mut given_up = false;
    let end = now + PAGE_LIMIT;
    while now < end && ends == 0 {
        let output = driver.pending_output(now).to_vec();
        driver.output_taken(now, output.len());
        printer.receive(now, &output);
        let input = printer.pending_output(now).to_vec();
        printer.output_taken(now, input.len());
        driver.receive(now, &input);
        if !started && driver.submit(now, Command::Start(JobId(1))).is_ok() {
            started = true;
            printer.take_received();
        }
        while let Some(event) = driver.poll_event() {
            if let Event::Job { state, .. } = event {
                ends += usize::from(state.is_final());
                given_up |= state.is_final() && !matches!(state, JobState::Printed { .. });
            }
        }
        if started && ends == 0 && !rest.is_empty() {
            rest = &rest[driver.write(now, rest)..];
            if rest.is_empty() {
                let ended = driver.submit(now, Command::EndPage);
                assert!(matches!(ended, Ok(()) | Err(Refusal::CutShort)), "{ended:?}");
                // A page that breaks off inside a command is not printed.
                let last = if ended.is_ok() { Command::Finish } else { Command::Cancel };
                driver.submit(now, last).expect("a job is under way");
            }
        } else if started && page.is_empty() {
            let _ = driver.submit(now, Command::Cancel);
        }
        let due = [driver.next_timeout(), printer.next_timeout()];
        now = due.into_iter().flatten().min().unwrap_or(now).max(now + Duration::from_millis(1));
        driver.handle_timeout(now);
        printer.handle_timeout(now);
    }
    assert_eq!(ends, 1, "the job did not end once");
    // The driver cuts images into bands with heads of their own.
    let has_image = page.windows(2).any(|pair| pair == [0x1D, 0x76]);
    if !given_up && !has_image {
        let mut received = printer.received().iter();
        let arrived = page.iter().all(|byte| received.any(|other| other == byte));
        assert!(arrived, "a part of the page did not leave");
    }
}
