//! What the command line takes.

mod records;
mod statement;

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum, value_parser};
use gongji_hal::card::sim::ReaderKind;

pub(super) use records::{
    CodeOptions, GenerateOptions, ImportOptions, RecordsCommand, ReverseOptions, SettleOptions,
};
pub(super) use statement::{
    FontOption, KindOption, PaperOption, QrOption, RenderOptions, StatementCommand,
};

use super::journal::JournalCommand;
use super::policy::PolicyCommand;

/// The longest wait for a card, a document or a code, in seconds: a day.
const WAIT_SECONDS_MAX: u64 = 86_400;

/// Self-service kiosk for the family account (家庭共济) of employee medical insurance.
///
/// Without a command: the kiosk with simulated devices and generated records, in a window; where
/// there is no display, one scripted visit.
#[derive(Debug, Parser)]
#[command(name = "gongji-kiosk", version, disable_help_subcommand = true)]
pub(in crate::commands) struct Cli {
    /// What to log to standard error: error, warn, info, debug [default: warn; the commands that
    /// ask a device say themselves what they find and log errors only]
    #[arg(long, global = true, value_name = "LEVEL")]
    pub(in crate::commands) log: Option<String>,
    #[command(subcommand)]
    pub(in crate::commands) command: Option<Command>,
}

#[derive(Debug, Subcommand)]
pub(in crate::commands) enum Command {
    /// Run the kiosk on real ports
    Run(RunOptions),
    /// Play one scripted visit without a display, through the real byte protocols
    Demo(DemoOptions),
    /// Check, read, test and simulate devices
    Devices {
        #[command(subcommand)]
        command: DevicesCommand,
    },
    /// Check, export and archive what the kiosk has done
    Journal {
        #[command(subcommand)]
        command: JournalCommand,
    },
    /// List, show and check the rules of regions
    Policy {
        #[command(subcommand)]
        command: PolicyCommand,
    },
    /// Generate and import records
    Records {
        #[command(subcommand)]
        command: RecordsCommand,
    },
    /// Make slips
    Statement {
        #[command(subcommand)]
        command: StatementCommand,
    },
}

impl Cli {
    /// What is logged when nobody says what.
    pub(in crate::commands) fn usual_log(&self) -> &'static str {
        match &self.command {
            Some(Command::Devices { command: DevicesCommand::Simulate(_) }) => "warn",
            Some(Command::Devices { .. }) => "error",
            _ => "warn",
        }
    }
}

#[derive(Debug, Args)]
pub(in crate::commands) struct RunOptions {
    /// The configuration of this kiosk; start from deploy/kiosk.toml
    #[arg(long, value_name = "FILE")]
    pub(in crate::commands) config: PathBuf,
    /// Draw in memory instead of on a display, and take touches from standard input: `tap WORDS`,
    /// `wait WORDS`, `picture FILE.png`, `text`, `quit`
    #[arg(long)]
    pub(in crate::commands) headless: bool,
}

#[derive(Debug, Args)]
pub(in crate::commands) struct DemoOptions {
    /// The folder for the pictures and the slips; it is made if need be
    #[arg(long, value_name = "DIR")]
    pub(in crate::commands) out: PathBuf,
    /// Play with people who are insured elsewhere: six digits of 医保区划; only what is about the
    /// family account
    #[arg(long, value_name = "ADMDVS")]
    pub(in crate::commands) region: Option<String>,
}

#[derive(Debug, Subcommand)]
pub(in crate::commands) enum DevicesCommand {
    /// Serve simulated devices on pseudo-terminals
    Simulate(SimulateOptions),
    /// Ask each device who and how it is
    Check(CheckOptions),
    /// Wait for a card, a document or a code and say what is on it
    Read(ReadOptions),
    /// Print a test page and say whether it is known to be on paper; read a card and check its PIN
    Test(TestOptions),
    /// Follow what happens to the devices until interrupted
    Watch(WatchOptions),
}

#[derive(Debug, Args)]
pub(in crate::commands) struct SimulateOptions {
    /// The folder for the links `card`, `idcard`, `code` and `printer`, the socket `control` and
    /// `printer.escpos`
    #[arg(long, value_name = "DIR")]
    pub(in crate::commands) dir: PathBuf,
    /// Orders to carry out at the start, one a line; also `wait MS`, `play FILE` and `# comments`
    #[arg(long, value_name = "FILE")]
    pub(in crate::commands) script: Option<PathBuf>,
    /// Which card reader: GemPCTwin, GemPCPinPad, GemCorePOSPro, GemCoreSIMPro, GemCoreSIMPro2 or
    /// SEC1210
    #[arg(long, value_name = "KIND", default_value_t)]
    pub(in crate::commands) reader: ReaderKind,
}

#[derive(Debug, Args)]
pub(in crate::commands) struct CheckOptions {
    /// The configuration of this kiosk
    #[arg(long, value_name = "FILE")]
    pub(in crate::commands) config: PathBuf,
    /// Answer as JSON
    #[arg(long)]
    pub(in crate::commands) json: bool,
}

#[derive(Debug, Args)]
pub(in crate::commands) struct WatchOptions {
    /// The configuration of this kiosk
    #[arg(long, value_name = "FILE")]
    pub(in crate::commands) config: PathBuf,
    /// One JSON object a line
    #[arg(long)]
    pub(in crate::commands) json: bool,
}

#[derive(Debug, Args)]
pub(in crate::commands) struct ReadOptions {
    /// Which reader
    pub(in crate::commands) device: ReadableDevice,
    /// The configuration of this kiosk
    #[arg(long, value_name = "FILE")]
    pub(in crate::commands) config: PathBuf,
    /// Show names, numbers and codes in full
    #[arg(long)]
    pub(in crate::commands) reveal: bool,
    /// Answer as JSON
    #[arg(long)]
    pub(in crate::commands) json: bool,
    /// How long to wait
    #[arg(long, value_name = "SECONDS", default_value_t = 60,
        value_parser = value_parser!(u64).range(1..=WAIT_SECONDS_MAX))]
    pub(in crate::commands) wait: u64,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
pub(in crate::commands) enum ReadableDevice {
    /// The contact card reader
    Card,
    /// The ID card reader
    Idcard,
    /// The code scanner
    Code,
}

#[derive(Debug, Args)]
pub(in crate::commands) struct TestOptions {
    /// Which device
    pub(in crate::commands) device: TestableDevice,
    /// The configuration of this kiosk
    #[arg(long, value_name = "FILE")]
    pub(in crate::commands) config: PathBuf,
    /// Have the card check its holder's PIN, which is asked for and not shown; a wrong one uses up a
    /// try, and after a few the card is blocked
    #[arg(long)]
    pub(in crate::commands) verify_pin: bool,
    /// Take the PIN from a line of standard input
    #[arg(long)]
    pub(in crate::commands) pin_stdin: bool,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
pub(in crate::commands) enum TestableDevice {
    /// The contact card reader
    Card,
    /// The receipt printer
    Printer,
}
