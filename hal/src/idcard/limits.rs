//! Every bound of the ID card reader: times, counts and sizes.

use crate::time::Duration;

/// Time between two looks whether a document lies on the reader; they are the heartbeat, too.
pub const POLL_INTERVAL: Duration = Duration::from_millis(300);
/// How long a document must be there, or be gone, before that is told.
pub const DEBOUNCE: Duration = Duration::from_millis(100);
/// Silence after which a status, find or select command counts as unanswered.
pub const STATUS_SILENCE: Duration = Duration::from_millis(300);
/// Silence after which the reset command counts as unanswered.
pub const RESET_SILENCE: Duration = Duration::from_millis(500);
/// Silence after which the command to read counts as unanswered.
pub const READ_SILENCE: Duration = Duration::from_millis(1500);
/// Silence inside a frame after which the frame is given up.
pub const FRAME_GAP: Duration = Duration::from_millis(200);
/// All that one command of the host, or one reading, may take, repeats included.
pub const COMMAND_LIMIT: Duration = Duration::from_secs(5);
/// All that a reading may take before the reader, if it is silent, is asked whether it is there: what
/// is left of [`COMMAND_LIMIT`] is for that question and its repeats.
pub const READING_LIMIT: Duration = Duration::from_millis(
    COMMAND_LIMIT.as_millis() - ATTEMPTS_MAX as u64 * STATUS_SILENCE.as_millis(),
);
/// Pause before a reader that does not answer is addressed again.
pub const REOPEN_PAUSE: Duration = Duration::from_secs(1);
/// After a reading, until a reader that now hides the document is reset to see it again.
pub const WAKE_PAUSE: Duration = Duration::from_secs(1);
/// Time between two comparisons of the document that stays with the one that was read.
pub const RECHECK_INTERVAL: Duration = Duration::from_secs(3);

/// How often a command is sent at most.
pub const ATTEMPTS_MAX: u8 = 3;
/// How often a reading starts again with finding the document.
pub const RESTARTS_MAX: u8 = 2;
/// Events kept until the host takes them.
pub const EVENTS_MAX: usize = 16;

/// Bytes of text that a document holds.
pub const TEXT_BYTES: usize = 256;
/// Bytes of the photo, which is checked and dropped as it comes.
pub const PHOTO_BYTES: usize = 1024;
/// Bytes of a command's frame at most.
pub const REQUEST_BYTES_MAX: usize = 16;
/// Bytes that wait to be written at most: the rest of a frame already begun, and a whole one.
pub const OUTPUT_BYTES_MAX: usize = 2 * REQUEST_BYTES_MAX;
/// Bytes of an answer that are ever held: all before the photo.
pub const HEAD_BYTES_MAX: usize = 5 + 2 + 3 + 6 + TEXT_BYTES;

/// Bytes of UTF-8 that a Chinese name takes at most: 15 units of UTF-16, three bytes each.
pub const NAME_UTF8_MAX: usize = 15 * 3;
/// The same of a name in Latin letters: 60 units.
pub const LATIN_NAME_UTF8_MAX: usize = 60 * 3;
/// Characters of a document's number at most.
pub const NUMBER_CHARS_MAX: usize = 18;
