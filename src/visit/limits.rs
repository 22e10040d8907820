//! Every time-out and bound of a visit, in one place.

/// The shortest warning before a visit ends by itself, in milliseconds (WCAG 2.2, 2.2.1).
pub const WARNING_MS_MIN: u64 = 20_000;

/// The most rows of a list that the screen has room for.
pub const ROWS_PER_PAGE_MAX: u32 = 5;

/// Time-outs and bounds. All times are milliseconds of uptime.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Without a touch for so long, the patron is asked whether they are still there. 60 s.
    pub idle_ms: u64,
    /// How long that question stands; never less than [`WARNING_MS_MIN`]. 30 s.
    pub warning_ms: u64,
    /// A card must have been read within this time. 12 s.
    pub card_read_ms: u64,
    /// A card must have said what it holds of a PIN within this time. 15 s.
    pub pin_check_ms: u64,
    /// A card found after the reader was away is read at most so often before the visit ends. 2.
    pub verify_attempts_max: u8,
    /// After this time without an answer the patron reads that the ledger is slow. 8 s.
    pub ledger_slow_ms: u64,
    /// After this time without an answer the question is given up. 30 s.
    pub ledger_give_up_ms: u64,
    /// Without any news of a slip for so long, it is stopped. 60 s.
    pub print_silence_ms: u64,
    /// That a number or password typed to begin a visit is wrong is told no sooner than this, so that
    /// the time does not tell which. 3 s.
    pub typed_wrong_ms: u64,
    /// A slip waits so long for paper or a repair, then it ends. 180 s.
    pub print_held_ms: u64,
    /// After being asked to stop, a slip must have ended within this time. 10 s.
    pub print_stop_ms: u64,
    /// A card or a document may stay so long after its visit, then sound and light remind of it. 5 s.
    pub remind_card_ms: u64,
    /// While a relative's card takes the place of the patron's own, nothing may happen for so long, the
    /// warning within it, before the visit ends; at least twice the warning. 60 s.
    pub swap_ms: u64,
    /// A card or a document may stay so long after its visit, then staff are called. 60 s.
    pub take_card_ms: u64,
    /// Names are shown in full for so long after a touch. 15 s.
    pub reveal_ms: u64,
    /// How long a message stands that needs no answer and has nothing behind it. 20 s.
    pub message_ms: u64,
    /// How long "staff have been called" lies over the page. 30 s.
    pub staff_overlay_ms: u64,
    /// With staff called, the idle time of a visit is at least this. 300 s.
    pub staff_wait_ms: u64,
    /// A call that nobody answered is forgotten after this time. 600 s.
    pub staff_call_ms: u64,
    /// Rows of a list on one page, 1..=[`ROWS_PER_PAGE_MAX`]. 4.
    pub rows_per_page: u32,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            idle_ms: 60_000,
            warning_ms: 30_000,
            card_read_ms: 12_000,
            pin_check_ms: 15_000,
            verify_attempts_max: 2,
            ledger_slow_ms: 8_000,
            ledger_give_up_ms: 30_000,
            print_silence_ms: 60_000,
            typed_wrong_ms: 3_000,
            print_held_ms: 180_000,
            print_stop_ms: 10_000,
            remind_card_ms: 5_000,
            swap_ms: 60_000,
            take_card_ms: 60_000,
            reveal_ms: 15_000,
            message_ms: 20_000,
            staff_overlay_ms: 30_000,
            staff_wait_ms: 300_000,
            staff_call_ms: 600_000,
            rows_per_page: 4,
        }
    }
}

impl Limits {
    /// The same limits with those that a person's rights or the screen bound put inside their bounds.
    pub(crate) fn within_bounds(mut self) -> Self {
        self.warning_ms = self.warning_ms.max(WARNING_MS_MIN);
        self.swap_ms = self.swap_ms.max(self.warning_ms.saturating_mul(2));
        self.rows_per_page = self.rows_per_page.clamp(1, ROWS_PER_PAGE_MAX);
        self
    }
}
