//! A whole run written in bytes: what a fuzzer makes up.

use std::{format, string::String};

use super::{Check, Subject, bench::Bench, random::Random};
use crate::{driver::Machine, time::Duration};

/// Bytes of a script that are played; what comes after is ignored.
pub const SCRIPT_BYTES_MAX: usize = 2048;
/// Operations of a script, in its own bytes.
const OPERATIONS: u8 = 18;

/// Plays a script on a driver and its simulated device, and tells how a contract was broken.
///
/// Every script is valid: each byte (modulo 18) is an operation, most take the next byte as a
/// number. Junk that reaches the driver may be a forged answer, so what a success claims is not
/// checked; everything that must hold at every moment is. At the end the link is lost, and every
/// accepted command must have ended.
///
/// # Errors
/// A sentence that names the contract and the moment.
pub fn play<S: Subject>(subject: &S, script: &[u8]) -> Result<(), String> {
    let mut bench = Bench::closed(subject, "a script");
    let mut rest = script.get(..SCRIPT_BYTES_MAX).unwrap_or(script);
    while let Some((&operation, after)) = rest.split_first() {
        let (number, after) = after.split_first().map_or((0, after), |(n, after)| (*n, after));
        rest = operate(&mut bench, operation % OPERATIONS, number, after);
        if let Some(breach) = bench.breaches.first() {
            return Err(format!("{:?}: {}", breach.check, breach.sentence));
        }
    }
    bench.link.polls = true;
    bench.lose();
    bench.all_ended(Check::OneFinalEvent, "at the end");
    match bench.breaches.first() {
        Some(breach) => Err(format!("{:?}: {}", breach.check, breach.sentence)),
        None => Ok(()),
    }
}

/// Carries out one operation and returns the script's rest.
fn operate<'s, S: Subject>(
    bench: &mut Bench<'_, S>,
    operation: u8,
    number: u8,
    rest: &'s [u8],
) -> &'s [u8] {
    let (subject, count) = (bench.subject, usize::from(number));
    match operation {
        0 | 1 => {
            let (bytes, after) = rest.split_at_checked(count).unwrap_or((rest, &[]));
            if operation == 0 {
                bench.junk(bytes);
            } else if bench.is_open() {
                bench.simulator.receive(bench.now, bytes);
            }
            return after;
        }
        2 | 3 => bench.run_for(Duration::from_millis(u64::from(number) * 8)),
        4 => bench.now = bench.now + Duration::from_millis(u64::from(number) * 100),
        5 | 6 => {
            bench.submit(count % subject.commands().max(1));
        }
        7 => bench.open(),
        8 => bench.lose(),
        9 => subject.present(&mut bench.simulator, bench.now),
        10 => {
            subject.remove(&mut bench.simulator, bench.now);
        }
        11 if subject.faults() > 0 => {
            subject.fail(&mut bench.simulator, bench.now, count % subject.faults());
        }
        12 => subject.mend(&mut bench.simulator, bench.now),
        13 => bench.link.pieces = [count.max(1), usize::from(number >> 4) + 1].into(),
        14 => bench.link.writes = [count].into(),
        15 => {
            bench.link.to_device = number & 1 == 0;
            bench.link.to_driver = number & 2 == 0;
            bench.link.polls = number & 4 == 0;
            bench.link.early = number & 8 != 0;
        }
        16 => bench.link.flips = (number > 0).then(|| Random::new(number.into())),
        17 => {
            subject.cancel(&mut bench.driver, bench.now);
        }
        _ => {}
    }
    rest
}
