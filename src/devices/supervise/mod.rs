//! How each device is, told apart as XFS4IoT does, debounced, with what a person should do about it.

mod health;
mod roster;

use core::fmt;

use gongji_hal::driver::DeviceState;
use gongji_hal::printer::status::Paper;
use gongji_hal::time::Instant;
use jiff::{SignedDuration, Timestamp};
use serde::Serialize;

use super::serial::OpenError;

pub use health::{FLICKER, Health, Told};
pub use roster::{Counts, Roster, Standing};

/// A device of the hall.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Device {
    /// The contact card reader.
    Card,
    /// The code scanner.
    Code,
    /// The ID card reader.
    IdCard,
    /// The receipt printer.
    Printer,
}

impl Device {
    /// Every kind of device.
    pub const ALL: [Self; 4] = [Self::Card, Self::Code, Self::IdCard, Self::Printer];

    /// Its name in the configuration, in the log and in orders.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Card => "card",
            Self::Code => "code",
            Self::IdCard => "idcard",
            Self::Printer => "printer",
        }
    }
}

impl fmt::Display for Device {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}

/// A device state in the words of XFS4IoT's `CommonStatus`.
pub const fn state_word(state: DeviceState) -> &'static str {
    match state {
        DeviceState::NoDevice => "noDevice",
        DeviceState::PowerOff => "powerOff",
        DeviceState::Offline => "offline",
        DeviceState::Online => "online",
        DeviceState::Busy => "deviceBusy",
        DeviceState::HardwareError => "hardwareError",
        DeviceState::UserError => "userError",
        DeviceState::SuspectedFraud => "potentialFraud",
        _ => "unknown",
    }
}

/// What has happened to a device.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum What {
    /// It cannot be reached, for longer than [`FLICKER`].
    Lost,
    /// It still does not work, but in another way.
    Changed,
    /// It works, for the first time or again.
    Returned,
    /// It was away for less than [`FLICKER`].
    Flickered,
    /// Its paper is out.
    NeedsPaper,
    /// Its paper is nearly out.
    PaperLow,
    /// A person must do something: close a cover, take out what is jammed.
    NeedsHand,
    /// It reports a fault for a technician.
    Fault,
    /// What it reports looks like an attempt to deceive.
    Fraud,
}

impl What {
    /// Its name in the log.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Lost => "lost",
            Self::Changed => "changed",
            Self::Returned => "returned",
            Self::Flickered => "flickered",
            Self::NeedsPaper => "needs paper",
            Self::PaperLow => "paper low",
            Self::NeedsHand => "needs a hand",
            Self::Fault => "fault",
            Self::Fraud => "suspected fraud",
        }
    }
}

/// What a person should do, as in XFS4IoT's error events.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum Advice {
    /// Nothing.
    None,
    /// Switch the device off and on.
    Reset,
    /// Correct the configuration, or stop the program that has the port.
    Configuration,
    /// Put in paper, close the cover, take out what is jammed.
    Clear,
    /// Send for a technician: cable, power, repair.
    Maintenance,
    /// Look at what is going on before the device is used again.
    Suspend,
}

impl Advice {
    /// Its name in the log.
    pub const fn word(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Reset => "reset",
            Self::Configuration => "configuration",
            Self::Clear => "clear",
            Self::Maintenance => "maintenance",
            Self::Suspend => "suspend",
        }
    }
}

/// An event of one device. Holds nothing personal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DeviceNews {
    /// Which device.
    pub device: Device,
    /// How it is now.
    pub state: DeviceState,
    /// Since when.
    pub since: Timestamp,
    /// What has happened.
    pub what: What,
    /// What a person should do.
    pub advice: Advice,
}

impl DeviceNews {
    /// Whether the device can be used.
    pub const fn working(&self) -> bool {
        matches!(self.state, DeviceState::Online | DeviceState::Busy)
    }

    fn log(&self) {
        let level = match self.what {
            What::Returned | What::Flickered | What::Changed => log::Level::Info,
            _ => log::Level::Warn,
        };
        log::log!(
            level,
            "device.news device={} what=\"{}\" state={} since={:.3} advice={}",
            self.device,
            self.what.word(),
            state_word(self.state),
            self.since,
            self.advice.word()
        );
    }
}

/// Watches one device: takes in what its driver and its port say, gives news that a person may need.
pub struct Supervisor {
    device: Device,
    health: Health,
    /// The port is there and cannot be used as the configuration says.
    misconfigured: bool,
}

impl Supervisor {
    /// Nothing heard yet.
    pub fn new(device: Device) -> Self {
        Self { device, health: Health::new(), misconfigured: false }
    }

    /// The driver says how the device is; `paper` is [`Paper::Unknown`] where there is none.
    pub fn observe(&mut self, now: Instant, state: DeviceState, paper: Paper) {
        self.misconfigured &= state == DeviceState::NoDevice;
        self.health.observe(now, state, paper);
    }

    /// The port could not be opened.
    pub fn cannot_open(&mut self, now: Instant, error: &OpenError) {
        self.misconfigured = !matches!(error, OpenError::Missing(_));
        self.health.observe(now, DeviceState::NoDevice, Paper::Unknown);
    }

    /// How the device is, as far as it was told.
    pub fn state(&self) -> DeviceState {
        self.health.told()
    }

    /// It is away, and not yet for long enough to be told.
    pub fn may_flicker(&self) -> bool {
        self.health.may_flicker()
    }

    /// When [`Self::poll`] should be asked again, if nothing else happens.
    pub fn next_timeout(&self) -> Option<Instant> {
        self.health.next_timeout()
    }

    /// The next news, which is also logged.
    pub fn poll(&mut self, now: Instant) -> Option<DeviceNews> {
        let told = self.health.poll(now)?;
        let past = i64::try_from(now.since(told.since).as_millis()).unwrap_or(i64::MAX);
        let since = Timestamp::now().saturating_sub(SignedDuration::from_millis(past));
        let news = DeviceNews {
            device: self.device,
            state: told.state,
            since: since.unwrap_or_else(|_| Timestamp::now()),
            what: told.what,
            advice: self.advice(told),
        };
        news.log();
        Some(news)
    }

    fn advice(&self, told: Told) -> Advice {
        match (told.what, told.state) {
            (What::Returned | What::Flickered, _) => Advice::None,
            (What::NeedsPaper | What::PaperLow | What::NeedsHand, _) => Advice::Clear,
            (What::Fraud, _) => Advice::Suspend,
            (What::Fault, _) | (_, DeviceState::HardwareError) => Advice::Maintenance,
            (_, DeviceState::NoDevice) if self.misconfigured => Advice::Configuration,
            (_, DeviceState::NoDevice) => Advice::Maintenance,
            (What::Lost | What::Changed, _) => Advice::Reset,
        }
    }
}

#[cfg(test)]
mod tests;
