//! The command line of gongji-kiosk.

use std::process::ExitCode;

fn main() -> ExitCode {
    gongji_kiosk::commands::main()
}
