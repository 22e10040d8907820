#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| gongji_hal_fuzz::run("scan", bytes));
