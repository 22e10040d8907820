//! A device from protocol to passing suite: a lamp that calls queue numbers, over a serial line.
//!
//! `hal/ADDING_A_DEVICE.md` explains it. Run, it shows the suite's report:
//! `cargo run -p gongji-hal --features sim --example call_lamp`

mod driver;
mod protocol;
mod sim;
mod subject;

use std::process::ExitCode;

use gongji_hal::{
    conformance::check,
    driver::{Driver, Machine},
    time::Instant,
};

fn main() -> ExitCode {
    let now = Instant::from_millis(0);
    let mut lamp = driver::Lamp::new();
    lamp.link_opened(now);
    println!("the first question: {:02X?}", lamp.pending_output(now));
    println!("a call before the answer: {:?}\n", lamp.submit(now, driver::Call(42)));

    let report = check(&subject::LampSubject);
    print!("{report}");
    if report.verdict().is_ok() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
