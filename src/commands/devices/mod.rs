//! `devices check`, `devices read`, `devices test` and `devices watch`.

mod check;
mod pin_entry;
mod read;
mod status;
mod test_card;
mod test_printer;
mod watch;

pub(super) use check::check;
pub(super) use read::read;
pub(super) use watch::watch;

use super::Failure;
use super::cli::{TestOptions, TestableDevice};
use crate::config::Config;

/// `devices test`.
pub(super) fn test(options: &TestOptions) -> Result<(), Failure> {
    let config = Config::load(&options.config).map_err(Failure::new)?;
    match options.device {
        TestableDevice::Card => test_card::test(&config, options),
        TestableDevice::Printer if options.verify_pin || options.pin_stdin => {
            Err(Failure::usage("--verify-pin, --pin-stdin: only with `devices test card`"))
        }
        TestableDevice::Printer => test_printer::test(&config, options),
    }
}
