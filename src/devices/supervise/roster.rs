//! Who is how: the last news of each device, and how often each thing has happened.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use gongji_hal::driver::DeviceState;
use jiff::Timestamp;

use super::{Device, DeviceNews, What, state_word};

/// How often each thing has happened to one device since the program started.
pub type Counts = BTreeMap<What, u64>;

/// How one device is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Standing {
    /// Its state.
    pub state: DeviceState,
    /// Since when.
    pub since: Timestamp,
    /// What has happened to it.
    pub counts: Counts,
}

/// The devices of a running kiosk; clones share one memory.
#[derive(Clone, Debug, Default)]
pub struct Roster(Arc<Mutex<BTreeMap<Device, Standing>>>);

impl Roster {
    /// Takes note of news.
    pub fn note(&self, news: &DeviceNews) {
        let mut devices = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let standing = devices.entry(news.device).or_insert_with(|| Standing {
            state: news.state,
            since: news.since,
            counts: Counts::new(),
        });
        if standing.state != news.state {
            standing.state = news.state;
            standing.since = news.since;
        }
        let count = standing.counts.entry(news.what).or_default();
        *count = count.saturating_add(1);
    }

    /// How a device is; `None` when nothing was heard of it yet.
    pub fn standing(&self, device: Device) -> Option<Standing> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).get(&device).cloned()
    }

    /// One line of the log for each device: what has happened to it since the start.
    pub fn log(&self) {
        let devices = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        for (device, standing) in devices.iter() {
            let counts = standing.counts.iter();
            let counts = counts.map(|(what, count)| format!("{}: {count}", what.word()));
            let state = state_word(standing.state);
            let counts = counts.collect::<Vec<_>>().join(", ");
            log::info!("device.counts device={device} state={state} counts=\"{counts}\"");
        }
    }

    /// How often something has happened to a device.
    pub fn count(&self, device: Device, what: What) -> u64 {
        self.standing(device).and_then(|s| s.counts.get(&what).copied()).unwrap_or(0)
    }

    /// Whether a device can be used now.
    pub fn is_working(&self, device: Device) -> bool {
        let state = self.standing(device).map(|s| s.state);
        matches!(state, Some(DeviceState::Online | DeviceState::Busy))
    }
}
