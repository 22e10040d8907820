//! Every bound of the code scanner: times, counts and sizes.

use crate::time::Duration;

/// Silence that ends a scan without CR.
pub const FRAME_SILENCE: Duration = Duration::from_millis(80);
/// The same content within this time after the last one is a repeat, and dropped.
pub const REPEAT_WINDOW: Duration = Duration::from_millis(1500);
/// How often the trigger is renewed while scans are accepted: some scanners put themselves out.
pub const TRIGGER_INTERVAL: Duration = Duration::from_secs(5);
/// Pause after a scan before the trigger is renewed.
pub const TRIGGER_PAUSE: Duration = Duration::from_millis(500);

/// Bytes of content at most.
pub const SCAN_BYTES_MAX: usize = 512;
/// Bytes of an AIM prefix: `]`, a letter, a digit.
pub const AIM_BYTES: usize = 3;
/// Bytes of a frame at most.
pub const FRAME_BYTES_MAX: usize = AIM_BYTES + SCAN_BYTES_MAX;
/// Bytes that wait to be written at most: the rest of a command already begun, and a whole one.
pub const OUTPUT_BYTES_MAX: usize = 6;
/// Events kept until the host takes them.
pub const EVENTS_MAX: usize = 8;
