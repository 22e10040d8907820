//! What the `records` commands take.

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};
use jiff::civil::Date;

use crate::domain::insurance::CareType;
use crate::domain::money::Money;

#[derive(Debug, Subcommand)]
pub(in crate::commands) enum RecordsCommand {
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
pub(in crate::commands) struct GenerateOptions {
    /// How many people
    #[arg(long, value_name = "N", default_value_t = 1000)]
    pub(in crate::commands) persons: u32,
    /// How many years of records
    #[arg(long, value_name = "Y", default_value_t = 3)]
    pub(in crate::commands) years: u8,
    /// The same seed makes the same records
    #[arg(long, value_name = "S", default_value_t = 1)]
    pub(in crate::commands) seed: u64,
    /// Where people are insured: six digits of 医保区划
    #[arg(long, value_name = "ADMDVS", default_value = crate::records::generate::REGION)]
    pub(in crate::commands) region: String,
    /// The last day of the records [default: today]
    #[arg(long, value_name = "DATE")]
    pub(in crate::commands) until: Option<Date>,
    /// The database to make; it must not exist
    #[arg(long, value_name = "FILE")]
    pub(in crate::commands) db: PathBuf,
    /// Also write cards and identity documents for `devices simulate` into this folder
    #[arg(long, value_name = "DIR")]
    pub(in crate::commands) cards: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub(in crate::commands) struct ImportOptions {
    /// JSON files: output of 1101, 5203 or 90100
    #[arg(required = true, value_name = "FILE")]
    pub(in crate::commands) files: Vec<PathBuf>,
    /// The database; it is made if need be
    #[arg(long, value_name = "FILE")]
    pub(in crate::commands) db: PathBuf,
}

#[derive(Debug, Args)]
pub(in crate::commands) struct CodeOptions {
    /// The database
    #[arg(long, value_name = "FILE")]
    pub(in crate::commands) db: PathBuf,
    /// The person: document number or card number
    #[arg(long, value_name = "ID")]
    pub(in crate::commands) person: String,
}

#[derive(Debug, Args)]
pub(in crate::commands) struct SettleOptions {
    /// The database
    #[arg(long, value_name = "FILE")]
    pub(in crate::commands) db: PathBuf,
    /// The patient: document number or card number
    #[arg(long, value_name = "ID")]
    pub(in crate::commands) person: String,
    /// What the visit costs
    #[arg(long, value_name = "YUAN", allow_hyphen_values = true)]
    pub(in crate::commands) amount: Money,
    /// What the insurance fund pays of it [default: nothing]
    #[arg(long, value_name = "YUAN", allow_hyphen_values = true)]
    pub(in crate::commands) fund: Option<Money>,
    /// The institution
    #[arg(long, value_name = "NAME", default_value = "演示医院")]
    pub(in crate::commands) place: String,
    /// What kind of care
    #[arg(long, default_value = "11")]
    pub(in crate::commands) care: CareOption,
    /// The region whose rules hold, as `policy list` names it [default: that of the patient's place]
    #[arg(long, value_name = "REGION")]
    pub(in crate::commands) region: Option<String>,
    /// The day [default: today]
    #[arg(long, value_name = "D")]
    pub(in crate::commands) on: Option<Date>,
}

#[derive(Debug, Args)]
pub(in crate::commands) struct ReverseOptions {
    /// The database
    #[arg(long, value_name = "FILE")]
    pub(in crate::commands) db: PathBuf,
    /// The number that `records settle` gave
    #[arg(long, value_name = "NUMBER")]
    pub(in crate::commands) settlement: String,
    /// The day [default: today]
    #[arg(long, value_name = "D")]
    pub(in crate::commands) on: Option<Date>,
}

/// `med_type`
#[derive(Clone, Copy, Debug, ValueEnum)]
pub(in crate::commands) enum CareOption {
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
