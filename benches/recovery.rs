//! How fast the loss and the return of a device are noticed, over kernel ttys and with a visit running,
//! and what waiting for it costs. Prints a table; figures, never verdicts.
//!
//! `cargo bench --no-default-features --bench recovery` (about five minutes; `-- 10` for ten rounds).
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

#[path = "../tests/common/mod.rs"]
mod common;

use std::time::{Duration, Instant};

use common::Rig;
use gongji_hal::card::sim::CardFault;
use gongji_kiosk::view::model::{PageView, ViewModel};

const ROUNDS: usize = 100;
/// Runs of what takes seconds each.
const SLOW_ROUNDS: usize = 5;
/// How long the processor's time is counted.
const CPU_TIME: Duration = Duration::from_secs(10);
/// `/proc` counts ticks of 1/100 s (`USER_HZ`).
const TICK: Duration = Duration::from_millis(10);

fn main() {
    // Cargo itself adds `--bench`.
    let rounds = std::env::args().skip(1).find_map(|a| a.parse().ok()).unwrap_or(ROUNDS);
    println!("{:52}{:>6}{:>10}{:>10}{:>10}", "", "runs", "min", "median", "max");
    for (device, words) in [("card", "读卡器"), ("printer", "不能打印")] {
        unplug_and_replug(device, words, rounds);
    }
    mute_card();
    mute_reader();
    processor_time();
}

fn line(what: &str, times: &mut [Duration]) {
    times.sort_unstable();
    let ms = |time: Option<&Duration>| {
        time.map_or_else(String::new, |t| format!("{:.0} ms", t.as_secs_f64() * 1000.0))
    };
    let (min, max) = (ms(times.first()), ms(times.last()));
    let median = ms(times.get(times.len() / 2));
    println!("{what:52}{:>6}{min:>10}{median:>10}{max:>10}", times.len());
}

fn has_notice(view: &ViewModel, words: &str) -> bool {
    view.notice.as_deref().is_some_and(|notice| notice.contains(words))
}

/// In mid-visit: the page stays what it is, whatever is pulled.
fn unplug_and_replug(device: &str, words: &str, rounds: usize) {
    let mut rig = Rig::start();
    rig.go_home();
    rig.tap("账户明细");
    let page = rig.wait("the rows", |v| matches!(&v.page, PageView::List(l) if !l.rows.is_empty()));
    let (mut noticed, mut recovered) = (Vec::new(), Vec::new());
    for _ in 0..rounds {
        let begun = Instant::now();
        rig.order(&format!("{device} unplug"));
        rig.wait("the notice", |v| has_notice(v, words));
        noticed.push(begun.elapsed());
        let begun = Instant::now();
        rig.order(&format!("{device} replug"));
        rig.wait("no notice", |v| v.notice.is_none());
        recovered.push(begun.elapsed());
        // Without a touch the kiosk asks whether somebody is still there.
        assert_eq!(rig.view.page, page.page, "the visit is intact");
        rig.tap("返回");
        rig.tap("账户明细");
        rig.wait("the rows", |v| v.page == page.page);
    }
    line(&format!("{device}: unplugged → told to the patron"), &mut noticed);
    line(&format!("{device}: plugged in → works, the visit intact"), &mut recovered);
    rig.hall.remove();
    rig.wait_idle();
}

fn mute_card() {
    let mut rig = Rig::start();
    let mut times = Vec::new();
    for _ in 0..SLOW_ROUNDS {
        let begun = Instant::now();
        rig.insert("mute");
        rig.wait_title("读不到卡里的芯片");
        times.push(begun.elapsed());
        rig.hall.remove();
        rig.wait_idle();
    }
    line("card: mute card put in → given up", &mut times);
}

fn mute_reader() {
    let (mut idle, mut reading) = (Vec::new(), Vec::new());
    for _ in 0..SLOW_ROUNDS {
        let mut rig = Rig::start();
        rig.go_home();
        let begun = Instant::now();
        rig.hall.card().with(|reader, _| reader.inject(CardFault::DropAnswers(u32::MAX)));
        rig.wait("the notice", |v| has_notice(v, "读卡器"));
        idle.push(begun.elapsed());

        let mut rig = Rig::start();
        rig.hall.card().with(|reader, _| {
            use gongji_hal::card::sim::FaultPoint;
            let fault = CardFault::DropAnswers(u32::MAX);
            reader.inject_at(FaultPoint { command: None, skip: 8 }, fault);
        });
        rig.insert("showcase");
        let begun = Instant::now();
        rig.wait("a page that says so", |v| matches!(v.page, PageView::Message(_)));
        reading.push(begun.elapsed());
    }
    line("card: reader falls silent in a visit → told", &mut idle);
    line("card: reader falls silent while reading → given up", &mut reading);
}

/// Processor time of this process, which is the kiosk and the simulated devices together.
fn used() -> Duration {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap();
    let fields: Vec<&str> = stat.rsplit_once(')').unwrap().1.split_whitespace().collect();
    let ticks: u32 = fields[11].parse::<u32>().unwrap() + fields[12].parse::<u32>().unwrap();
    TICK * ticks
}

fn processor_time() {
    let mut rig = Rig::start();
    for (what, orders) in [
        ("all devices well, nobody served", &[][..]),
        ("card reader away", &["card unplug"]),
        ("printer away too", &["printer unplug"]),
        ("card reader mute, printer away", &["card replug", "fault card drop 4000000000"]),
    ] {
        for order in orders {
            rig.order(order);
        }
        let settle = Instant::now() + Duration::from_secs(2);
        while let Some(left) = settle.checked_duration_since(Instant::now()) {
            std::thread::sleep(left);
        }
        let before = used();
        std::thread::sleep(CPU_TIME);
        let share = (used() - before).as_secs_f64() / CPU_TIME.as_secs_f64() * 100.0;
        println!("processor, {what:40} {share:>6.1} % of a core in {} s", CPU_TIME.as_secs());
    }
    rig.stop();
}
