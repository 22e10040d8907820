//! Tells the staff that somebody is wanted at this kiosk.

use std::process::{Command, Stdio};

use crate::visit::event::StaffReason;

/// Calls staff through the program that the hall has configured, and through the log.
pub(super) struct Bell {
    notify: Vec<String>,
}

impl Bell {
    pub(super) fn new(notify: Vec<String>) -> Self {
        Self { notify }
    }

    pub(super) fn call(&self, reason: StaffReason) {
        let word = word(reason);
        log::warn!("staff.called reason={word}");
        self.run(&["call", word]);
    }

    /// Sound and light for a card or a document that somebody is about to forget.
    pub(super) fn remind(&self, reason: StaffReason) {
        let word = word(reason);
        log::info!("staff.reminded reason={word}");
        self.run(&["remind", word]);
    }

    pub(super) fn dismiss(&self) {
        log::info!("staff.dismissed");
        self.run(&["dismiss"]);
    }

    fn run(&self, words: &[&str]) {
        let Some((program, arguments)) = self.notify.split_first() else { return };
        let mut command = Command::new(program);
        command.args(arguments).args(words).stdin(Stdio::null());
        command.stdout(Stdio::null()).stderr(Stdio::null());
        match command.spawn() {
            // A thread of its own waits, so that no zombie stays and nobody is held up.
            Ok(mut child) => {
                let waited = std::thread::Builder::new().name("bell".into()).spawn(move || {
                    let _ = child.wait();
                });
                if let Err(e) = waited {
                    log::error!("staff.notify no thread could be started: {e}");
                }
            }
            Err(e) => log::error!(
                "staff.notify {program}: cannot be started ({e}); correct `notify` in the configuration"
            ),
        }
    }
}

/// A reason as the hall's program is told it.
fn word(reason: StaffReason) -> &'static str {
    match reason {
        StaffReason::Asked => "asked",
        StaffReason::Printer => "printer",
        StaffReason::CardLeft => "card-left",
        StaffReason::DocumentLeft => "document-left",
        StaffReason::DocumentDoubted => "document-doubted",
        StaffReason::Journal => "journal",
    }
}
