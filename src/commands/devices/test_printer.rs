//! `devices test printer`: prints a test page and says whether it is known to be on paper.

use std::path::Path;
use std::time::{Duration, Instant};

use crossbeam_channel::{Receiver, unbounded};
use gongji_hal::driver::DeviceState;
use gongji_hal::printer::driver::{JobState, Proof};
use gongji_hal::printer::encode::{Align, EncodeError, Encoder, QrLevel};
use gongji_hal::printer::profile::{Font, Paper};

use crate::commands::Failure;
use crate::commands::cli::TestOptions;
use crate::config::Config;
use crate::devices::printer::{Order, Printer, PrinterReport};
use crate::visit::event::PrintId;

/// How long the printer may take to be ready, and then to print.
const READY_LIMIT: Duration = Duration::from_secs(5);
const PRINT_LIMIT: Duration = Duration::from_secs(60);

const TEST: PrintId = PrintId(0);

pub(super) fn test(config: &Config, options: &TestOptions) -> Result<(), Failure> {
    let Some(section) = &config.printer else {
        let file = options.config.display();
        return Err(Failure::new(format!("{file}: there is no [printer] section to test")));
    };
    let port = section.port.display();
    let page = page(config, section.paper.into())
        .map_err(|e| Failure::new(format!("the test page cannot be encoded: {e}")))?;
    let (sender, reports) = unbounded();
    let printer = Printer::start(section, move |report| {
        let _ = sender.send(report);
    })
    .map_err(Failure::new)?;
    wait_until_ready(&reports, &section.port).map_err(Failure::new)?;
    printer.print(Order { id: TEST, pages: vec![page.into()] });
    match wait_for_end(&reports) {
        Some(JobState::Printed { proof, .. }) => {
            let proof = match proof {
                Proof::ProcessId => "the printer answered the page's own process id",
                Proof::Fence => "the printer answered a fence after the page and was in order",
            };
            say!("{port}: the test page is on paper: {proof}");
            Ok(())
        }
        Some(JobState::Failed { reason, .. }) => {
            Err(Failure::new(format!("{port}: the test page was not printed: {reason:?}")))
        }
        Some(JobState::Unknown { reason, .. }) => Err(Failure::new(format!(
            "{port}: it is not known whether the test page is on paper ({reason:?}); look at the printer"
        ))),
        _ => {
            printer.stop(TEST);
            Err(Failure::new(format!(
                "{port}: the test page is not done after {} s; look for paper and an open cover",
                PRINT_LIMIT.as_secs()
            )))
        }
    }
}

fn wait_until_ready(reports: &Receiver<PrinterReport>, port: &Path) -> Result<(), String> {
    let port = port.display();
    let until = Instant::now() + READY_LIMIT;
    let mut missing = format!("{port}: the printer does not answer; check power, cable and speed");
    loop {
        match reports.recv_deadline(until) {
            Ok(PrinterReport::State(DeviceState::Online)) => return Ok(()),
            Ok(PrinterReport::State(DeviceState::UserError)) => {
                missing = format!(
                    "{port}: the printer has no paper or its cover is open; put it in order"
                );
            }
            Ok(PrinterReport::State(DeviceState::HardwareError)) => {
                missing = format!(
                    "{port}: the printer reports a fault; look at its cutter and its lamps"
                );
            }
            Ok(PrinterReport::CannotOpen(e)) => missing = e.to_string(),
            Ok(_) => {}
            Err(_) => return Err(missing),
        }
    }
}

fn wait_for_end(reports: &Receiver<PrinterReport>) -> Option<JobState> {
    let until = Instant::now() + PRINT_LIMIT;
    let mut last = None;
    loop {
        match reports.recv_deadline(until) {
            Ok(PrinterReport::Job { state, .. }) => last = Some(state),
            Ok(PrinterReport::Ended { .. }) => return last,
            Ok(_) => {}
            Err(_) => return None,
        }
    }
}

/// A page that shows what a technician must see: width, Chinese, sizes, weight, columns, QR.
fn page(config: &Config, paper: Paper) -> Result<Vec<u8>, EncodeError<core::convert::Infallible>> {
    let mut page = Encoder::new(Vec::new(), paper, Font::Gb18030);
    let columns = usize::from(paper.columns());
    page.init()?;
    page.align(Align::Centre)?;
    page.size(2, 2)?;
    page.line("测试")?;
    page.size(1, 1)?;
    page.line("打印机测试页，不是单据")?;
    page.align(Align::Left)?;
    page.line(&"─".repeat(columns / 2))?;
    page.line(&"0123456789".chars().cycle().take(columns).collect::<String>())?;
    page.line("医疗保障 个人账户 家庭共济 喆堃珺翀玥")?;
    page.bold(true)?;
    page.line("加粗 1,234.56 元")?;
    page.bold(false)?;
    page.size(1, 2)?;
    page.line("加高 1,234.56 元")?;
    page.size(1, 1)?;
    page.line(&format!("终端 {}", config.kiosk.terminal_no))?;
    page.align(Align::Centre)?;
    page.qr(b"GONGJI-KIOSK TEST", 6, QrLevel::Medium)?;
    page.line("测试")?;
    Ok(page.into_sink())
}
