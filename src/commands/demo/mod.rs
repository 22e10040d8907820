//! The main job with simulated devices and generated records: in a window, or as a scripted visit.

mod captions;
mod pilot;
mod script;
mod stage;
mod steps;
mod window;

use std::path::Path;

use super::Failure;
use super::cli::DemoOptions;

/// Where the scripted visit leaves its pictures when nobody says where.
const DEMO_FOLDER: &str = "gongji-demo";

/// What the program does without a command.
pub(super) fn main_job() -> Result<(), Failure> {
    let display = ["WAYLAND_DISPLAY", "DISPLAY"];
    if display.iter().any(|name| std::env::var_os(name).is_some_and(|value| !value.is_empty())) {
        return window::show();
    }
    // Under cargo the build's own folder is the place for what can be made again.
    let target = Path::new("target");
    let out = if target.is_dir() { target.join(DEMO_FOLDER) } else { DEMO_FOLDER.into() };
    say!("there is no display: playing one visit into {}", out.display());
    script::play(&out, None)
}

pub(super) fn demo(options: &DemoOptions) -> Result<(), Failure> {
    script::play(&options.out, options.region.as_deref())
}
