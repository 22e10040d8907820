//! The code scanner and a code.

use gongji_hal::{
    code::{
        ScannerCommand, ScannerConfig, ScannerDriver, ScannerEvent,
        sim::{ScannerFault, SimScanner, Terminator, Trigger},
    },
    conformance::{Limits, News, Outcome, Subject},
    time::{Duration, Instant},
};

/// The code that is held before the scanner.
const CODE: &str = "330100-CODE-000000000000000042";
const FAULTS: [ScannerFault; 5] = [
    ScannerFault::JunkBeforeScan,
    ScannerFault::HalfThenSilence,
    ScannerFault::TooLong,
    ScannerFault::FlipBit(9),
    ScannerFault::Late(Duration::from_millis(900)),
];

/// A scanner with this light and this end of a scan.
pub struct Scanner {
    pub trigger: Trigger,
    pub terminator: Terminator,
}

impl Subject for Scanner {
    type Driver = ScannerDriver;
    type Simulator = SimScanner;

    fn driver(&self) -> ScannerDriver {
        ScannerDriver::new(ScannerConfig::default())
    }

    fn simulator(&self) -> SimScanner {
        let mut scanner = SimScanner::new(self.trigger);
        scanner.set_terminator(self.terminator);
        scanner.set_aim_prefix(true);
        scanner
    }

    fn limits(&self) -> Limits {
        Limits {
            // The light is renewed, and the same code is no repeat any more.
            ready: Duration::from_secs(7),
            command: Duration::from_secs(2),
            gone: None,
        }
    }

    fn command(&self, _index: usize) -> ScannerCommand {
        ScannerCommand::Accept(true)
    }

    fn is_setting(&self, _index: usize) -> bool {
        true
    }

    fn news(&self, event: &ScannerEvent) -> News {
        match event {
            ScannerEvent::State(state) => News::State(*state),
            ScannerEvent::Accepting(on) => {
                News::Done { command: 0, outcome: Outcome::Success(on.to_string()) }
            }
            ScannerEvent::Scanned(scan) => News::Found(scan.reveal().to_owned()),
            other => News::Other(format!("{other:?}")),
        }
    }

    fn present(&self, scanner: &mut SimScanner, now: Instant) {
        scanner.scan(now, CODE);
    }

    /// The code is taken away as soon as it was seen.
    fn remove(&self, _scanner: &mut SimScanner, _now: Instant) -> bool {
        true
    }

    fn faults(&self) -> usize {
        FAULTS.len()
    }

    fn fail(&self, scanner: &mut SimScanner, _now: Instant, index: usize) {
        if let Some(fault) = FAULTS.get(index) {
            scanner.inject(*fault);
        }
    }

    fn mend(&self, scanner: &mut SimScanner, _now: Instant) {
        scanner.clear_faults();
    }

    fn tells_junk(&self) -> bool {
        // A scan is its bytes: there is no check.
        false
    }
}
