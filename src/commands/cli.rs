//! What the command line takes.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum, value_parser};
use gongji_hal::card::sim::ReaderKind;
use jiff::civil::Date;

use super::journal::JournalCommand;
use super::policy::PolicyCommand;
use crate::domain::insurance::CareType;
use crate::domain::money::Money;

/// The longest wait for a card, a document or a code, in seconds: a day.
const WAIT_SECONDS_MAX: u64 = 86_400;

/// Self-service kiosk for the family account (家庭共济) of employee medical insurance.
///
/// Without a command: the kiosk with simulated devices and generated records, in a window; where
/// there is no display, one scripted visit.
#[derive(Debug, Parser)]
#[command(name = "gongji-kiosk", version, disable_help_subcommand = true)]
pub(super) struct Cli {
    /// What to log to standard error: error, warn, info, debug [default: warn; the commands that
    /// ask a device say themselves what they find and log errors only]
    #[arg(long, global = true, value_name = "LEVEL")]
    pub(super) log: Option<String>,
    #[command(subcommand)]
    pub(super) command: Option<Command>,
}

#[derive(Debug, Subcommand)]
pub(super) enum Command {
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
    pub(super) fn usual_log(&self) -> &'static str {
        match &self.command {
            Some(Command::Devices { command: DevicesCommand::Simulate(_) }) => "warn",
            Some(Command::Devices { .. }) => "error",
            _ => "warn",
        }
    }
}

#[derive(Debug, Args)]
pub(super) struct RunOptions {
    /// The configuration of this kiosk; start from deploy/kiosk.toml
    #[arg(long, value_name = "FILE")]
    pub(super) config: PathBuf,
    /// Draw in memory instead of on a display, and take touches from standard input: `tap WORDS`,
    /// `wait WORDS`, `picture FILE.png`, `text`, `quit`
    #[arg(long)]
    pub(super) headless: bool,
}

#[derive(Debug, Args)]
pub(super) struct DemoOptions {
    /// The folder for the pictures and the slips; it is made if need be
    #[arg(long, value_name = "DIR")]
    pub(super) out: PathBuf,
}

#[derive(Debug, Subcommand)]
pub(super) enum DevicesCommand {
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
pub(super) struct SimulateOptions {
    /// The folder for the links `card`, `idcard`, `code` and `printer`, the socket `control` and
    /// `printer.escpos`
    #[arg(long, value_name = "DIR")]
    pub(super) dir: PathBuf,
    /// Orders to carry out at the start, one a line; also `wait MS`, `play FILE` and `# comments`
    #[arg(long, value_name = "FILE")]
    pub(super) script: Option<PathBuf>,
    /// Which card reader: GemPCTwin, GemPCPinPad, GemCorePOSPro, GemCoreSIMPro, GemCoreSIMPro2 or
    /// SEC1210
    #[arg(long, value_name = "KIND", default_value_t)]
    pub(super) reader: ReaderKind,
}

#[derive(Debug, Args)]
pub(super) struct CheckOptions {
    /// The configuration of this kiosk
    #[arg(long, value_name = "FILE")]
    pub(super) config: PathBuf,
    /// Answer as JSON
    #[arg(long)]
    pub(super) json: bool,
}

#[derive(Debug, Args)]
pub(super) struct WatchOptions {
    /// The configuration of this kiosk
    #[arg(long, value_name = "FILE")]
    pub(super) config: PathBuf,
    /// One JSON object a line
    #[arg(long)]
    pub(super) json: bool,
}

#[derive(Debug, Args)]
pub(super) struct ReadOptions {
    /// Which reader
    pub(super) device: ReadableDevice,
    /// The configuration of this kiosk
    #[arg(long, value_name = "FILE")]
    pub(super) config: PathBuf,
    /// Show names, numbers and codes in full
    #[arg(long)]
    pub(super) reveal: bool,
    /// Answer as JSON
    #[arg(long)]
    pub(super) json: bool,
    /// How long to wait
    #[arg(long, value_name = "SECONDS", default_value_t = 60,
        value_parser = value_parser!(u64).range(1..=WAIT_SECONDS_MAX))]
    pub(super) wait: u64,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
pub(super) enum ReadableDevice {
    /// The contact card reader
    Card,
    /// The ID card reader
    Idcard,
    /// The code scanner
    Code,
}

#[derive(Debug, Args)]
pub(super) struct TestOptions {
    /// Which device
    pub(super) device: TestableDevice,
    /// The configuration of this kiosk
    #[arg(long, value_name = "FILE")]
    pub(super) config: PathBuf,
    /// Have the card check its holder's PIN, which is asked for and not shown; a wrong one uses up a
    /// try, and after a few the card is blocked
    #[arg(long)]
    pub(super) verify_pin: bool,
    /// Take the PIN from a line of standard input
    #[arg(long)]
    pub(super) pin_stdin: bool,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
pub(super) enum TestableDevice {
    /// The contact card reader
    Card,
    /// The receipt printer
    Printer,
}

#[derive(Debug, Subcommand)]
pub(super) enum RecordsCommand {
    /// Make a population and its records, for demonstrations and tests
    Generate(GenerateOptions),
    /// Take in JSON files in the national field names
    Import(ImportOptions),
    /// Make a fresh 医保码 of a person, as the person's phone would show it: 28 characters, for one
    /// use within five minutes
    Code(CodeOptions),
    /// Pay a visit as a hospital's counter does: the fund, then the accounts in the order of
    /// deduction, each within its limit, then cash
    Settle(SettleOptions),
    /// Take a settled visit back; every account gets what it paid
    Reverse(ReverseOptions),
}

#[derive(Debug, Args)]
pub(super) struct GenerateOptions {
    /// How many people
    #[arg(long, value_name = "N", default_value_t = 1000)]
    pub(super) persons: u32,
    /// How many years of records
    #[arg(long, value_name = "Y", default_value_t = 3)]
    pub(super) years: u8,
    /// The same seed makes the same records
    #[arg(long, value_name = "S", default_value_t = 1)]
    pub(super) seed: u64,
    /// Where people are insured: six digits of 医保区划
    #[arg(long, value_name = "ADMDVS", default_value = crate::records::generate::REGION)]
    pub(super) region: String,
    /// The last day of the records [default: today]
    #[arg(long, value_name = "DATE")]
    pub(super) until: Option<Date>,
    /// The database to make; it must not exist
    #[arg(long, value_name = "FILE")]
    pub(super) db: PathBuf,
    /// Also write cards and identity documents for `devices simulate` into this folder
    #[arg(long, value_name = "DIR")]
    pub(super) cards: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub(super) struct ImportOptions {
    /// JSON files: output of 1101, 5203 or 90100
    #[arg(required = true, value_name = "FILE")]
    pub(super) files: Vec<PathBuf>,
    /// The database; it is made if need be
    #[arg(long, value_name = "FILE")]
    pub(super) db: PathBuf,
}

#[derive(Debug, Args)]
pub(super) struct CodeOptions {
    /// The database
    #[arg(long, value_name = "FILE")]
    pub(super) db: PathBuf,
    /// The person: document number or card number
    #[arg(long, value_name = "ID")]
    pub(super) person: String,
}

#[derive(Debug, Args)]
pub(super) struct SettleOptions {
    /// The database
    #[arg(long, value_name = "FILE")]
    pub(super) db: PathBuf,
    /// The patient: document number or card number
    #[arg(long, value_name = "ID")]
    pub(super) person: String,
    /// What the visit costs
    #[arg(long, value_name = "YUAN", allow_hyphen_values = true)]
    pub(super) amount: Money,
    /// What the insurance fund pays of it [default: nothing]
    #[arg(long, value_name = "YUAN", allow_hyphen_values = true)]
    pub(super) fund: Option<Money>,
    /// The institution
    #[arg(long, value_name = "NAME", default_value = "演示医院")]
    pub(super) place: String,
    /// What kind of care
    #[arg(long, default_value = "11")]
    pub(super) care: CareOption,
    /// The region whose rules hold, as `policy list` names it [default: that of the patient's place]
    #[arg(long, value_name = "REGION")]
    pub(super) region: Option<String>,
    /// The day [default: today]
    #[arg(long, value_name = "D")]
    pub(super) on: Option<Date>,
}

#[derive(Debug, Args)]
pub(super) struct ReverseOptions {
    /// The database
    #[arg(long, value_name = "FILE")]
    pub(super) db: PathBuf,
    /// The number that `records settle` gave
    #[arg(long, value_name = "NUMBER")]
    pub(super) settlement: String,
    /// The day [default: today]
    #[arg(long, value_name = "D")]
    pub(super) on: Option<Date>,
}

/// `med_type`
#[derive(Clone, Copy, Debug, ValueEnum)]
pub(super) enum CareOption {
    /// 普通门诊
    #[value(name = "11")]
    Outpatient,
    /// 门诊慢特病
    #[value(name = "14")]
    Chronic,
    /// 普通住院
    #[value(name = "21")]
    Inpatient,
    /// 定点药店购药
    #[value(name = "41")]
    Pharmacy,
}

impl From<CareOption> for CareType {
    fn from(option: CareOption) -> Self {
        match option {
            CareOption::Outpatient => Self::Outpatient,
            CareOption::Chronic => Self::ChronicOutpatient,
            CareOption::Inpatient => Self::Inpatient,
            CareOption::Pharmacy => Self::Pharmacy,
        }
    }
}

#[derive(Debug, Subcommand)]
pub(super) enum StatementCommand {
    /// Make one slip, as bytes for a printer or as a picture
    Render(RenderOptions),
}

#[derive(Debug, Args)]
pub(super) struct RenderOptions {
    /// The database
    #[arg(long, value_name = "FILE")]
    pub(super) db: PathBuf,
    /// The person: document number or card number
    #[arg(long, value_name = "ID")]
    pub(super) person: String,
    /// Which slip
    #[arg(long)]
    pub(super) kind: KindOption,
    /// First day: 2025-01-01
    #[arg(long, value_name = "D")]
    pub(super) from: Date,
    /// Last day: 2025-12-31
    #[arg(long, value_name = "D")]
    pub(super) to: Date,
    /// The file to make: it ends in .escpos or .png
    #[arg(long, value_name = "FILE")]
    pub(super) out: PathBuf,
    /// Width of the paper
    #[arg(long, default_value = "80mm")]
    pub(super) paper: PaperOption,
    /// Characters of the printer; a line with any other is drawn
    #[arg(long, default_value = "gb18030")]
    pub(super) font: FontOption,
    /// Who draws the QR symbol
    #[arg(long, default_value = "native")]
    pub(super) qr: QrOption,
    /// Print twice as large, for weak eyes
    #[arg(long)]
    pub(super) large: bool,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
pub(super) enum KindOption {
    /// 个人账户余额及明细单
    Account,
    /// 共济支付情况单
    Family,
    /// 医保报销记录单
    Care,
    /// 授权/解绑回执
    #[value(hide = true)]
    Authorisation,
    /// 共济缴费凭条
    #[value(hide = true)]
    Premium,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
pub(super) enum PaperOption {
    /// 576 dots
    #[value(name = "80mm")]
    Mm80,
    /// 384 dots
    #[value(name = "58mm")]
    Mm58,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
pub(super) enum FontOption {
    /// The two-byte area of GB 18030
    Gb18030,
    /// GB 2312 only
    Gb2312,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
pub(super) enum QrOption {
    /// The printer, by its own command
    Native,
    /// The kiosk, as a picture
    Raster,
}
