//! How a command ends when it does not do what was asked.

use std::process::ExitCode;

use clap::error::ErrorKind;

/// One sentence and an exit status.
#[derive(Debug)]
pub struct Failure {
    status: u8,
    sentence: String,
}

impl Failure {
    /// The command could not do what was asked: status 1.
    pub fn new(sentence: impl ToString) -> Self {
        Self { status: 1, sentence: sentence.to_string() }
    }

    /// The command was asked wrongly: status 2.
    pub fn usage(sentence: impl ToString) -> Self {
        Self { status: 2, sentence: sentence.to_string() }
    }

    /// What the parser of the command line found, as one sentence.
    pub(super) fn wrong_use(e: &clap::Error) -> Self {
        let text = e.render().to_string();
        // Where a command is missing the parser answers with its help, which says nothing of that.
        if e.kind() == ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand {
            let usage = text.lines().find_map(|line| line.strip_prefix("Usage: "));
            let usage = usage.unwrap_or("gongji-kiosk <COMMAND>");
            return Self::usage(format!(
                "a command is missing: {usage}; add `--help` to see which there are"
            ));
        }
        // The parser lays its message out over several lines: what is wrong comes before the first
        // blank one.
        let wrong: Vec<&str> =
            text.lines().map(str::trim).take_while(|line| !line.is_empty()).collect();
        let wrong = wrong.join(" ");
        let wrong = wrong.strip_prefix("error: ").unwrap_or(&wrong);
        Self::usage(format!("{wrong}; `gongji-kiosk --help` shows the commands and their options"))
    }

    pub(super) fn report(&self) -> ExitCode {
        eprintln!("gongji-kiosk: {}", self.sentence);
        ExitCode::from(self.status)
    }
}
