//! What a code scanner sends.

use gongji_hal::code::{
    Scan, ScanError, ScanFramer,
    limits::{FRAME_BYTES_MAX, SCAN_BYTES_MAX},
};

/// Scans are the text between line ends; what is too long or no text is told, not cut.
pub fn scan(bytes: &[u8]) {
    let mut framer = ScanFramer::new();
    let mut found: Vec<Result<Scan, ScanError>> = Vec::new();
    for &byte in bytes {
        found.extend(framer.push(byte));
    }
    found.extend(framer.end());
    assert!(!framer.is_waiting());
    let lines = bytes.split(|byte| matches!(byte, b'\r' | b'\n'));
    let lines: Vec<&[u8]> = lines.filter(|line| !line.is_empty()).collect();
    assert_eq!(found.len(), lines.len());
    for (found, line) in found.iter().zip(lines) {
        match found {
            Ok(scan) => {
                let text = scan.reveal();
                assert!(!text.is_empty() && text.len() <= SCAN_BYTES_MAX);
                assert!(!text.contains(char::is_control));
                assert!(line.ends_with(text.as_bytes()) && line.len() - text.len() <= 3);
            }
            Err(ScanError::TooLong) => assert!(line.len() > SCAN_BYTES_MAX),
            Err(_) => assert!(line.len() <= FRAME_BYTES_MAX),
        }
    }
}
