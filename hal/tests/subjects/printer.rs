//! The receipt printer and one page.

use gongji_hal::{
    conformance::{Limits, News, Outcome, Subject},
    driver::Driver,
    printer::{
        driver::{Command, Config, Event, JobId, JobState, PrinterDriver},
        encode::Encoder,
        profile::{Font, Paper},
        sim::{Fault, NoGlyphs, SimConfig, SimPrinter, Trigger},
    },
    time::{Duration, Instant},
};

/// The line that the page must hold.
const TEXT: &str = "个人账户余额 1234.56";
/// Bytes across of the page's picture.
const ROW_BYTES: usize = 72;

/// A printer as configured, and a job of one page.
pub struct Printer {
    pub config: SimConfig,
}

/// A page that fits into the driver's buffer: text and a picture.
fn page() -> Vec<u8> {
    let mut encoder = Encoder::new(Vec::new(), Paper::Mm80, Font::Gb18030);
    let encoded = encoder
        .init()
        .and_then(|()| encoder.line(TEXT))
        .and_then(|()| encoder.raster(ROW_BYTES, &[0xAA; ROW_BYTES * 20]))
        .and_then(|()| encoder.feed(2));
    encoded.expect("the page can be encoded");
    encoder.into_sink()
}

fn faults() -> [(Option<Trigger>, Fault); 17] {
    let now = None;
    [
        (now, Fault::PaperOut),
        (now, Fault::CoverOpen),
        (now, Fault::HeadHot { ms: 3000 }),
        (now, Fault::CutterJam),
        (now, Fault::Unrecoverable),
        (now, Fault::PaperOutInImage),
        (now, Fault::PaperLow),
        (now, Fault::Mute),
        (now, Fault::MuteIds),
        (now, Fault::PowerDip { ms: 400 }),
        (now, Fault::StuckXoff),
        (now, Fault::WrongBaud),
        (now, Fault::FlippedAnswers { bytes: 3 }),
        (now, Fault::PowerOff),
        (now, Fault::Noise(vec![0x12, 0x37, 0x22, 0x12, 0x10, 0x12])),
        (Some(Trigger::BeforeCut), Fault::PaperOut),
        (Some(Trigger::BeforeProof), Fault::PowerOff),
    ]
}

impl Subject for Printer {
    type Driver = PrinterDriver;
    type Simulator = SimPrinter;

    fn driver(&self) -> PrinterDriver {
        let SimConfig { baud, speed_mm_s, .. } = self.config;
        PrinterDriver::new(Config { baud, speed_mm_s, ..Config::default() })
    }

    fn simulator(&self) -> SimPrinter {
        SimPrinter::new(self.config, Box::new(NoGlyphs))
    }

    fn limits(&self) -> Limits {
        Limits {
            ready: Duration::from_secs(45),
            command: Duration::from_secs(25),
            gone: Some(Duration::from_secs(6)),
        }
    }

    fn commands(&self) -> usize {
        2
    }

    fn command(&self, index: usize) -> Command {
        if index == 0 { Command::Start(JobId(42)) } else { Command::CheckStatus }
    }

    fn news(&self, event: &Event) -> News {
        let done = |command, outcome| News::Done { command, outcome };
        match event {
            Event::State(state) => News::State(*state),
            Event::Job { state: JobState::Printed { pages, .. }, .. } => {
                done(0, Outcome::Success(format!("{pages} page")))
            }
            Event::Job { state, .. } if state.is_final() => {
                done(0, Outcome::Failure(format!("{state:?}")))
            }
            Event::Checked(status) => done(
                1,
                match status.hold() {
                    None => Outcome::Success("in order".into()),
                    Some(hold) => Outcome::Failure(format!("{hold:?}")),
                },
            ),
            other => News::Other(format!("{other:?}")),
        }
    }

    fn follow(&self, driver: &mut PrinterDriver, now: Instant, event: &Event) {
        if let Event::WantsData(_) = event {
            let page = page();
            // Taken whole, or refused because the page is already there.
            if driver.write(now, &page) == page.len() {
                let _ = driver.submit(now, Command::EndPage);
                let _ = driver.submit(now, Command::Finish);
            }
        }
    }

    fn tells_junk(&self) -> bool {
        // A fence is answered by single bytes without a check.
        self.config.process_ids
    }

    fn cancel(&self, driver: &mut PrinterDriver, now: Instant) -> bool {
        let _ = driver.submit(now, Command::Cancel);
        true
    }

    fn present(&self, printer: &mut SimPrinter, _now: Instant) {
        printer.take_papers();
    }

    fn faults(&self) -> usize {
        faults().len()
    }

    fn fail(&self, printer: &mut SimPrinter, now: Instant, index: usize) {
        match faults().into_iter().nth(index) {
            Some((None, fault)) => printer.fault(now, fault),
            Some((Some(trigger), fault)) => printer.fault_at(trigger, fault),
            None => {}
        }
    }

    fn mend(&self, printer: &mut SimPrinter, now: Instant) {
        printer.clear_faults();
        printer.mend(now, self.config.roll_mm);
    }

    fn is_true(&self, printer: &mut SimPrinter, claim: &str) -> bool {
        // A status is only said, not done.
        !claim.ends_with("page") || printer.papers().iter().any(|p| p.text().contains(TEXT))
    }
}
