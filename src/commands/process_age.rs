//! How long this process has lived, as the kernel counts.

use std::fs;
use std::time::Duration;

/// `/proc` counts ticks of 1/100 s (`USER_HZ`) for every architecture a kiosk is built on.
const TICK_MS: u64 = 10;
/// The field `starttime` of `/proc/self/stat`, counted after the name in brackets (proc(5): 22nd).
const START_FIELD: usize = 19;

/// Time since the process was started, to one hundredth of a second; with it the loading of the
/// program, which no clock of its own can see. None where there is no `/proc`.
pub(super) fn process_age() -> Option<Duration> {
    let stat = fs::read_to_string("/proc/self/stat").ok()?;
    let uptime = fs::read_to_string("/proc/uptime").ok()?;
    age(&stat, &uptime)
}

fn age(stat: &str, uptime: &str) -> Option<Duration> {
    // The name may hold blanks and brackets; nothing after it does.
    let (_, fields) = stat.rsplit_once(')')?;
    let start: u64 = fields.split_whitespace().nth(START_FIELD)?.parse().ok()?;
    let (seconds, hundredths) = uptime.split_whitespace().next()?.split_once('.')?;
    let seconds: u64 = seconds.parse().ok()?;
    let hundredths: u64 = hundredths.parse().ok()?;
    let now = seconds.checked_mul(100)?.checked_add(hundredths)?;
    now.checked_sub(start)?.checked_mul(TICK_MS).map(Duration::from_millis)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    #[test]
    fn the_age_is_read_from_what_the_kernel_writes() {
        let stat = |name: &str, start: &str| {
            format!("7 ({name}) S 1 7 7 0 -1 4194560 9 0 0 0 3 1 0 0 20 0 9 0 {start} 99 5 18446")
        };
        let table = [
            (stat("gongji-kiosk", "12345"), "123.52 240.00", Some(70)),
            (stat("a) S 1 (b", "12345"), "123.45 1.00", Some(0)),
            (stat("gongji-kiosk", "12346"), "123.45 1.00", None),
            (stat("gongji-kiosk", "soon"), "123.45 1.00", None),
            (stat("gongji-kiosk", "1"), "18446744073709551615.00 1.00", None),
            ("7 (cut".into(), "123.45 1.00", None),
            (String::new(), "", None),
        ];
        for (stat, uptime, ms) in table {
            assert_eq!(age(&stat, uptime), ms.map(Duration::from_millis), "{stat} {uptime}");
        }
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn this_process_has_an_age() {
        assert!(process_age().is_some());
    }
}
