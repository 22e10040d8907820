//! The log: to standard error, without anything personal.

use env_logger::{Builder, Env, Target};

use super::Failure;

const LEVELS: [&str; 6] = ["off", "error", "warn", "info", "debug", "trace"];

/// Starts the log at the given level; without one, at `GONGJI_LOG` or the `usual` level.
pub(super) fn start(level: Option<&str>, usual: &str) -> Result<(), Failure> {
    if let Some(level) = level.filter(|level| !LEVELS.contains(level)) {
        return Err(Failure::usage(format!("--log {level}: takes one of {}", LEVELS.join(", "))));
    }
    let mut builder = Builder::from_env(Env::new().filter_or("GONGJI_LOG", usual));
    if let Some(level) = level {
        builder.parse_filters(level);
    }
    builder.target(Target::Stderr).format_target(false).init();
    std::panic::set_hook(Box::new(|info| {
        // Where, never what: the message may hold what a patron's visit held.
        let place = info.location().map(|l| format!("{}:{}", l.file(), l.line()));
        log::error!("panic at={}", place.unwrap_or_default());
    }));
    Ok(())
}
