//! `policy list`, `policy show` and `policy check`.

mod check;
mod list;
mod show;

use std::path::{Path, PathBuf};

use clap::{Args, Subcommand};
use jiff::civil::Date;

use crate::config::{Config, PolicySection};

use super::Failure;

#[derive(Debug, Subcommand)]
pub(super) enum PolicyCommand {
    /// List the packs: region, days, what each states itself
    List(ListOptions),
    /// Show what holds in a region on a day, with sources
    Show(ShowOptions),
    /// Check packs together with the built-in ones
    Check(CheckOptions),
}

#[derive(Debug, Args)]
pub(super) struct ListOptions {
    /// A configuration whose [policy] dir adds or replaces packs
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
    /// Answer as JSON
    #[arg(long)]
    json: bool,
}

#[derive(Debug, Args)]
pub(super) struct ShowOptions {
    /// The region, as `policy list` names it: shanghai or 上海 [default: that of --config]
    #[arg(required_unless_present = "config")]
    region: Option<String>,
    /// The day [default: today]
    #[arg(long, value_name = "D")]
    date: Option<Date>,
    /// A configuration whose [policy] dir adds or replaces packs
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
    /// Answer as JSON
    #[arg(long)]
    json: bool,
}

#[derive(Debug, Args)]
pub(super) struct CheckOptions {
    /// Packs, and the texts of their documents; one of a built-in pack's name takes its place
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
}

pub(super) fn policy(command: &PolicyCommand) -> Result<(), Failure> {
    match command {
        PolicyCommand::List(options) => list::list(options),
        PolicyCommand::Show(options) => show::show(options),
        PolicyCommand::Check(options) => check::check(options),
    }
}

/// What a configuration says of rules; without one, as if it said nothing.
fn section(config: Option<&Path>) -> Result<PolicySection, Failure> {
    match config {
        Some(path) => Ok(Config::load(path).map_err(Failure::new)?.policy),
        None => Ok(PolicySection::default()),
    }
}
