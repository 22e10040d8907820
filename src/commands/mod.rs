//! The command line: one file per command.
//!
//! Errors go to standard error in one sentence; exit status 2 for wrong use, 1 for failure.

/// Prints a line to standard output. Whoever reads it may have gone (`… | head`), which is no error.
macro_rules! say {
    ($($words:tt)*) => {{
        use std::io::Write;
        let _ = writeln!(std::io::stdout(), $($words)*);
    }};
}

mod cli;
#[cfg(feature = "ui")]
mod demo;
mod devices;
#[cfg(feature = "ui")]
mod display;
mod failure;
mod journal;
mod logging;
mod policy;
#[cfg(feature = "ui")]
mod process_age;
mod records;
#[cfg(feature = "ui")]
mod run;
#[cfg(feature = "ui")]
mod session;
mod settle;
mod signals;
mod simulate;
mod statement;
mod table;

use std::process::ExitCode;

use clap::Parser;

use cli::{Cli, Command, DevicesCommand, RecordsCommand, StatementCommand};
pub use failure::Failure;

/// Runs the command that the process was started with.
pub fn main() -> ExitCode {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(e) if !e.use_stderr() => {
            // Help or version was asked for.
            let _ = e.print();
            return ExitCode::SUCCESS;
        }
        Err(e) => return Failure::wrong_use(&e).report(),
    };
    match dispatch(cli) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => failure.report(),
    }
}

fn dispatch(cli: Cli) -> Result<(), Failure> {
    logging::start(cli.log.as_deref(), cli.usual_log())?;
    match cli.command {
        #[cfg(feature = "ui")]
        None => demo::main_job(),
        #[cfg(feature = "ui")]
        Some(Command::Demo(options)) => demo::demo(&options),
        #[cfg(feature = "ui")]
        Some(Command::Run(options)) => run::run(&options),
        #[cfg(not(feature = "ui"))]
        None | Some(Command::Demo(_) | Command::Run(_)) => {
            Err(Failure::new("this build has no screen; build it with the feature `ui`"))
        }
        Some(Command::Devices { command }) => match command {
            DevicesCommand::Simulate(options) => simulate::simulate(&options),
            DevicesCommand::Check(options) => devices::check(&options),
            DevicesCommand::Read(options) => devices::read(&options),
            DevicesCommand::Test(options) => devices::test(&options),
            DevicesCommand::Watch(options) => devices::watch(&options),
        },
        Some(Command::Journal { command }) => journal::journal(&command),
        Some(Command::Policy { command }) => policy::policy(&command),
        Some(Command::Records { command }) => match command {
            RecordsCommand::Generate(options) => records::generate(&options),
            RecordsCommand::Import(options) => records::import(&options),
            RecordsCommand::Code(options) => records::code(&options),
            RecordsCommand::Settle(options) => settle::settle(&options),
            RecordsCommand::Reverse(options) => settle::reverse(&options),
        },
        Some(Command::Statement { command: StatementCommand::Render(options) }) => {
            statement::render(&options)
        }
    }
}
