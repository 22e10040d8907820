//! One device's state, folded into what is worth telling. Knows no clock.

use gongji_hal::driver::DeviceState;
use gongji_hal::printer::status::Paper;
use gongji_hal::time::{Duration, Instant};

use super::What;

/// A device that is away for less than this was never away as far as a patron is concerned.
pub const FLICKER: Duration = Duration::from_millis(800);

/// What is to be told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Told {
    /// What has happened.
    pub what: What,
    /// How the device is.
    pub state: DeviceState,
    /// Since when.
    pub since: Instant,
}

/// Folds what a driver says into news: a loss once it lasts, everything else at once.
#[derive(Clone, Debug, Default)]
pub struct Health {
    /// What was told last; `None` before the first time.
    told: Option<(DeviceState, Need)>,
    seen: DeviceState,
    need: Need,
    /// Since when the state seen last has been so.
    since: Instant,
    /// Since when the device has been away without a break.
    away_since: Option<Instant>,
    paper: Paper,
    low_told: bool,
    /// Since when there has been enough paper without a break.
    enough_since: Option<Instant>,
}

/// What a person must do.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Need {
    #[default]
    None,
    Paper,
    Hand,
}

/// Neither said by the device itself nor usable: the link, the power, or a device that is starting.
const fn is_away(state: DeviceState) -> bool {
    matches!(state, DeviceState::NoDevice | DeviceState::PowerOff | DeviceState::Offline)
}

const fn is_working(state: DeviceState) -> bool {
    matches!(state, DeviceState::Online | DeviceState::Busy)
}

impl Health {
    /// Nothing seen yet: the device counts as away from now on.
    pub fn new() -> Self {
        Self { away_since: Some(Instant::default()), ..Self::default() }
    }

    /// The driver says how the device is.
    pub fn observe(&mut self, now: Instant, state: DeviceState, paper: Paper) {
        if state != self.seen {
            self.seen = state;
            self.since = now;
        }
        self.need = match (state, paper) {
            (DeviceState::UserError, Paper::Out) => Need::Paper,
            (DeviceState::UserError, _) => Need::Hand,
            _ => Need::None,
        };
        self.paper = paper;
        self.observe_paper(now, paper);
        if is_away(state) {
            self.away_since.get_or_insert(now);
        }
    }

    /// A new roll is one that is seen for a while: two sensors read at two times may differ.
    fn observe_paper(&mut self, now: Instant, paper: Paper) {
        match paper {
            Paper::Ok => {
                self.enough_since.get_or_insert(now);
            }
            Paper::NearEnd | Paper::Out => {
                let since = self.enough_since.take();
                self.low_told &= since.is_none_or(|since| now.since(since) < FLICKER);
            }
            Paper::Unknown => {}
        }
    }

    /// How the device is, as far as it was told.
    pub fn told(&self) -> DeviceState {
        self.told.map_or(DeviceState::NoDevice, |(state, _)| state)
    }

    /// It is away, and that is not told.
    pub fn may_flicker(&self) -> bool {
        self.away_since.is_some() && !is_away(self.told())
    }

    /// When there may be news although nothing is observed.
    pub fn next_timeout(&self) -> Option<Instant> {
        let untold = self.told != Some((self.seen, self.need));
        self.away_since.filter(|_| untold && is_away(self.seen)).map(|since| since + FLICKER)
    }

    /// The next thing to tell.
    pub fn poll(&mut self, now: Instant) -> Option<Told> {
        if is_away(self.seen) {
            return self.poll_away(now);
        }
        let was_away = self.away_since.take().is_some();
        let before = self.told();
        if is_working(self.seen) {
            if !is_working(before) {
                return Some(self.tell(What::Returned));
            }
            self.told = Some((self.seen, Need::None));
            if was_away {
                return Some(self.tell(What::Flickered));
            }
            return self.poll_paper();
        }
        if self.told == Some((self.seen, self.need)) {
            return None;
        }
        Some(self.tell(match (self.seen, self.need) {
            (_, Need::Paper) => What::NeedsPaper,
            (DeviceState::UserError, _) => What::NeedsHand,
            (DeviceState::SuspectedFraud, _) => What::Fraud,
            _ => What::Fault,
        }))
    }

    fn poll_away(&mut self, now: Instant) -> Option<Told> {
        let since = *self.away_since.get_or_insert(now);
        if now.since(since) < FLICKER || self.told == Some((self.seen, Need::None)) {
            return None;
        }
        let lost_before = self.told.is_some_and(|(state, _)| is_away(state));
        Some(self.tell(if lost_before { What::Changed } else { What::Lost }))
    }

    fn poll_paper(&mut self) -> Option<Told> {
        if self.paper != Paper::NearEnd || self.low_told {
            return None;
        }
        self.low_told = true;
        Some(self.tell(What::PaperLow))
    }

    fn tell(&mut self, what: What) -> Told {
        self.told = Some((self.seen, self.need));
        Told { what, state: self.seen, since: self.since }
    }
}
