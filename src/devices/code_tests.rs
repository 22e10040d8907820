#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::path::PathBuf;

use gongji_hal::code::ScanError;
use gongji_hal::driver::Machine;

use super::*;

#[test]
fn a_scan_becomes_a_code_and_noise_nothing() {
    let mut driver = ScannerDriver::default();
    let now = Instant::from_millis(0);
    driver.link_opened(now);
    driver.submit(now, ScannerCommand::Accept(true)).unwrap();
    driver.receive(now, b"]Q1CODE-1 \xE7\xA0\x81\r\n\x00\xFF\r");
    let events: Vec<ScannerEvent> = core::iter::from_fn(|| driver.poll_event()).collect();
    let dropped = |event: &ScannerEvent| matches!(event, ScannerEvent::Dropped(ScanError::Garbage));
    assert!(events.iter().any(dropped), "{events:?}");
    let told: Vec<CodeNews> = events.iter().filter_map(news).collect();
    assert_eq!(told, [CodeNews::Scanned(InsuranceCode::new("CODE-1 码"))]);
}

#[test]
fn a_port_that_is_not_there_is_told() {
    let section = CodeSection { port: PathBuf::from("/no/such/port"), baud: 9600, trigger: true };
    let (sender, news) = crossbeam_channel::unbounded();
    let tell = move |news| {
        let _ = sender.send(news);
    };
    let scanner = start(&section, tell, |_| {}).unwrap();
    scanner.accept(true);
    assert_eq!(news.recv(), Ok(CodeNews::Scanner { working: false }));
}
