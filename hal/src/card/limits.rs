//! Every bound of the card reader: times, counts and sizes.

use crate::time::Duration;

/// Silence after which a status, power-off or parameters command counts as unanswered.
pub const STATUS_SILENCE: Duration = Duration::from_millis(300);
/// Silence after which an escape or power-on command counts as unanswered.
pub const POWER_SILENCE: Duration = Duration::from_secs(2);
/// Silence after which a block sent to the card counts as unanswered; a time request renews it.
pub const TRANSFER_SILENCE: Duration = Duration::from_millis(1500);
/// All that one command may take, its retries and time requests included; also one whole APDU.
/// Less than [`READ_LIMIT`], so that what went wrong is told and not only that time is over.
pub const COMMAND_LIMIT: Duration = Duration::from_millis(4500);
/// All that reading a card may take, restarts included.
pub const READ_LIMIT: Duration = Duration::from_secs(5);
/// What a reader and the line take beside the card's own waiting time.
pub const BLOCK_MARGIN: Duration = Duration::from_millis(600);
/// Silence inside a frame after which the frame is given up.
pub const FRAME_GAP: Duration = Duration::from_millis(200);
/// Time between two heartbeats (slot status).
pub const POLL_INTERVAL: Duration = Duration::from_millis(400);
/// How long a card must be in, or out, before that is told.
pub const DEBOUNCE: Duration = Duration::from_millis(100);
/// Pause before a reader that does not answer is addressed again.
pub const REOPEN_PAUSE: Duration = Duration::from_secs(1);

/// How often an idempotent command is sent at most.
pub const ATTEMPTS_MAX: u8 = 3;
/// How often a card is powered anew and read from the start after a broken transmission.
pub const RESTARTS_MAX: u8 = 2;
/// The same after a card did not answer: one, because each try may take a second.
pub const MUTE_RESTARTS_MAX: u8 = 1;
/// TPDUs that one APDU may need (GET RESPONSE, corrected length).
pub const TPDU_ROUNDS_MAX: u8 = 8;
/// The longest information field that we take from a card over T=1 (IFSD).
pub const T1_IFSD: u8 = 254;
/// How often a block of T=1 is tried: once and two times more (ISO 7816-3, rule 7.4).
pub const T1_TRIES_MAX: u8 = 3;
/// How often a command is saved by resynchronisation.
pub const T1_RESYNCHS_MAX: u8 = 1;
/// Blocks that one command may take: both ways byte by byte, and a few repeated.
pub const T1_BLOCKS_MAX: u16 = 600;
/// Events kept until the host takes them.
pub const EVENTS_MAX: usize = 16;

/// Bytes of the header of a CCID message.
pub const HEADER_BYTES: usize = 10;
/// Bytes of data that a CCID message carries at most.
pub const DATA_BYTES_MAX: usize = 261;
/// Bytes of a whole CCID message at most.
pub const MESSAGE_BYTES_MAX: usize = HEADER_BYTES + DATA_BYTES_MAX;
/// Bytes of a frame at most: `03 06`, the message, the LRC.
pub const FRAME_BYTES_MAX: usize = MESSAGE_BYTES_MAX + 3;
/// Bytes that wait to be written at most: the rest of a frame already begun, and a whole one.
pub const OUTPUT_BYTES_MAX: usize = 2 * FRAME_BYTES_MAX;
/// Bytes of an answer to reset at most (ISO 7816-3: TS and 32 more).
pub const ATR_BYTES_MAX: usize = 33;
/// Bytes of data in a command APDU at most.
pub const APDU_DATA_MAX: usize = 255;
/// Bytes of data that a T=0 answer brings at most.
pub const RESPONSE_BYTES_MAX: usize = 256;
/// Characters of a reader's firmware text that are kept.
pub const FIRMWARE_CHARS_MAX: usize = 64;
/// Digits of a PIN at least.
pub const PIN_DIGITS_MIN: usize = 4;
/// Digits of a PIN at most.
pub const PIN_DIGITS_MAX: usize = 12;
