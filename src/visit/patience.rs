//! How long a page waits for a touch before it asks, and then ends.

use super::cx::Cx;

/// Between two ticks of the warning's count, in milliseconds.
const COUNT_MS: u64 = 1_000;

/// The idle clock of a page.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Patience {
    /// When the question is put or, once it is put, when the page ends.
    at_ms: u64,
    /// When the count shown has changed; not later than `at_ms`.
    tick_ms: u64,
    warned: bool,
}

impl Patience {
    /// The clock of a page that has just been touched or has just come up.
    pub(crate) fn new(cx: &Cx) -> Self {
        Self::of(cx, cx.limits.idle_ms)
    }

    /// A clock that puts the question after so long; later while staff are awaited.
    pub(crate) fn of(cx: &Cx, idle_ms: u64) -> Self {
        let idle_ms = match cx.staff.asked() {
            true => idle_ms.max(cx.limits.staff_wait_ms),
            false => idle_ms,
        };
        let at_ms = cx.after(idle_ms);
        Self { at_ms, tick_ms: at_ms, warned: false }
    }

    /// The question lies over the page.
    pub(crate) fn warned(&self) -> bool {
        self.warned
    }

    /// Seconds until the page ends, once warned.
    pub(crate) fn seconds_left(&self, now_ms: u64) -> u16 {
        let left_ms = self.at_ms.saturating_sub(now_ms);
        u16::try_from(left_ms.div_ceil(COUNT_MS)).unwrap_or(u16::MAX)
    }

    /// Time has passed; true when the page must end.
    pub(crate) fn tick(&mut self, cx: &Cx) -> bool {
        let now_ms = cx.now.uptime_ms;
        if now_ms >= self.at_ms {
            if self.warned {
                return true;
            }
            self.warned = true;
            self.at_ms = cx.after(cx.limits.warning_ms);
        }
        if self.warned && now_ms >= self.tick_ms {
            self.tick_ms = cx.after(COUNT_MS);
        }
        self.tick_ms = self.tick_ms.min(self.at_ms);
        false
    }

    /// When [`Self::tick`] is due.
    pub(crate) fn deadline(&self) -> u64 {
        self.tick_ms
    }
}
