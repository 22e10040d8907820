//! How a command that runs until it is told to end learns of it.

use crossbeam_channel::{Receiver, bounded};
use signal_hook::consts::{SIGINT, SIGTERM};

/// Gets a message when the program is interrupted or told to end.
///
/// # Errors
/// When signals cannot be awaited.
pub(super) fn stop() -> std::io::Result<Receiver<()>> {
    let (sender, receiver) = bounded(1);
    let mut signals = signal_hook::iterator::Signals::new([SIGINT, SIGTERM])?;
    std::thread::Builder::new().name("signals".into()).spawn(move || {
        if signals.forever().next().is_some() {
            let _ = sender.send(());
        }
    })?;
    Ok(receiver)
}
