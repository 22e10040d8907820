//! The printer's status bytes folded into one value.

use crate::driver::DeviceState;

/// Paper as the sensors see it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Paper {
    /// Nobody has said.
    #[default]
    Unknown,
    /// Enough.
    Ok,
    /// The roll is nearly used up; printing goes on.
    NearEnd,
    /// No paper.
    Out,
}

/// What the printer said last. The default is "not known": silence is never "paper ok".
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Status {
    /// Paper; [`Paper::Unknown`] exactly when nothing at all is known.
    pub paper: Paper,
    /// The cover is open.
    pub cover_open: bool,
    /// The printer calls itself off-line, or waits for its button.
    pub offline: bool,
    /// The cutter is jammed.
    pub cutter_error: bool,
    /// An error that ends by itself: the head is hot.
    pub recoverable: bool,
    /// An error that only a technician or a power cycle ends.
    pub unrecoverable: bool,
}

/// Why a printer does not print now.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Hold {
    /// No paper: somebody must put in a roll.
    PaperOut,
    /// The cover is open: somebody must close it.
    CoverOpen,
    /// The cutter is jammed: somebody must free it.
    Cutter,
    /// The head is hot: it cools by itself.
    HeadHot,
    /// Switched off-line, a button, or an error it does not name.
    Offline,
    /// A fault that does not end by itself.
    Unrecoverable,
    /// It does not say how it is.
    Unknown,
}

impl Status {
    /// Nothing is known; also the default.
    pub const UNKNOWN: Self = Self {
        paper: Paper::Unknown,
        cover_open: false,
        offline: false,
        cutter_error: false,
        recoverable: false,
        unrecoverable: false,
    };

    /// Folds the answers to `DLE EOT` 1, 2, 3, 4; `None` when one is no such answer.
    pub fn from_real_time(answers: [u8; 4]) -> Option<Self> {
        if answers.iter().any(|byte| byte & 0x93 != 0x12) {
            return None;
        }
        let [printer, offline, error, roll] = answers;
        let paper_stop = offline & 0x20 != 0;
        Some(Self {
            paper: paper(roll & 0x60 != 0 || paper_stop, roll & 0x0C != 0),
            cover_open: offline & 0x04 != 0,
            offline: printer & 0x28 != 0 || offline & 0x48 != 0,
            cutter_error: error & 0x08 != 0,
            recoverable: error & 0x40 != 0,
            unrecoverable: error & 0x20 != 0,
        })
    }

    /// Folds an automatic status packet (`GS a`); `None` when it is none.
    pub fn from_asb(packet: [u8; 4]) -> Option<Self> {
        let [printer, error, roll, last] = packet;
        if printer & 0x93 != 0x10 || (error | roll | last) & 0x90 != 0 {
            return None;
        }
        Some(Self {
            paper: paper(roll & 0x0C != 0, roll & 0x03 != 0),
            cover_open: printer & 0x20 != 0,
            offline: printer & 0x48 != 0 || error & 0x05 != 0,
            cutter_error: error & 0x08 != 0,
            recoverable: error & 0x40 != 0,
            unrecoverable: error & 0x20 != 0,
        })
    }

    /// Why the printer does not print now, gravest first; `None` when it does.
    pub const fn hold(self) -> Option<Hold> {
        if matches!(self.paper, Paper::Unknown) {
            Some(Hold::Unknown)
        } else if self.unrecoverable {
            Some(Hold::Unrecoverable)
        } else if self.cutter_error {
            Some(Hold::Cutter)
        } else if self.cover_open {
            Some(Hold::CoverOpen)
        } else if matches!(self.paper, Paper::Out) {
            Some(Hold::PaperOut)
        } else if self.recoverable {
            Some(Hold::HeadHot)
        } else if self.offline {
            Some(Hold::Offline)
        } else {
            None
        }
    }
}

impl Hold {
    /// The device state that a printer so held is in.
    pub const fn device_state(self) -> DeviceState {
        match self {
            Self::PaperOut | Self::CoverOpen => DeviceState::UserError,
            Self::Cutter | Self::Unrecoverable => DeviceState::HardwareError,
            Self::HeadHot | Self::Offline => DeviceState::Offline,
            Self::Unknown => DeviceState::PowerOff,
        }
    }
}

const fn paper(out: bool, near_end: bool) -> Paper {
    if out {
        Paper::Out
    } else if near_end {
        Paper::NearEnd
    } else {
        Paper::Ok
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const OK: Status = Status { paper: Paper::Ok, ..Status::UNKNOWN };

    #[test]
    fn real_time_answers_fold() {
        let table = [
            ([0x12, 0x12, 0x12, 0x12], OK),
            ([0x12, 0x12, 0x12, 0x1E], Status { paper: Paper::NearEnd, ..OK }),
            ([0x1A, 0x32, 0x12, 0x7E], Status { paper: Paper::Out, offline: true, ..OK }),
            ([0x12, 0x32, 0x12, 0x12], Status { paper: Paper::Out, ..OK }),
            ([0x1A, 0x16, 0x12, 0x12], Status { cover_open: true, offline: true, ..OK }),
            ([0x1A, 0x52, 0x1A, 0x12], Status { cutter_error: true, offline: true, ..OK }),
            ([0x1A, 0x52, 0x52, 0x12], Status { recoverable: true, offline: true, ..OK }),
            ([0x1A, 0x52, 0x32, 0x12], Status { unrecoverable: true, offline: true, ..OK }),
            ([0x1A, 0x1A, 0x12, 0x12], Status { offline: true, ..OK }),
            ([0x32, 0x12, 0x12, 0x12], Status { offline: true, ..OK }),
        ];
        for (bytes, status) in table {
            assert_eq!(Status::from_real_time(bytes), Some(status), "{bytes:02X?}");
        }
    }

    #[test]
    fn automatic_packets_fold() {
        let table = [
            ([0x10, 0, 0, 0], OK),
            ([0x10, 0, 0x03, 0], Status { paper: Paper::NearEnd, ..OK }),
            ([0x18, 0, 0x0F, 0], Status { paper: Paper::Out, offline: true, ..OK }),
            ([0x38, 0, 0, 0], Status { cover_open: true, offline: true, ..OK }),
            ([0x18, 0x08, 0, 0], Status { cutter_error: true, offline: true, ..OK }),
            ([0x18, 0x20, 0, 0], Status { unrecoverable: true, offline: true, ..OK }),
            ([0x18, 0x40, 0, 0], Status { recoverable: true, offline: true, ..OK }),
            ([0x14, 0, 0, 0], OK), // the drawer's pin
        ];
        for (bytes, status) in table {
            assert_eq!(Status::from_asb(bytes), Some(status), "{bytes:02X?}");
        }
    }

    #[test]
    fn foreign_bytes_are_no_status() {
        assert_eq!(Status::from_real_time([0x12, 0x12, 0x10, 0x12]), None);
        assert_eq!(Status::from_real_time([0x92, 0x12, 0x12, 0x12]), None);
        assert_eq!(Status::from_asb([0x12, 0, 0, 0]), None);
        assert_eq!(Status::from_asb([0x10, 0x10, 0, 0]), None);
        assert_eq!(Status::from_asb([0x10, 0, 0, 0x80]), None);
    }

    #[test]
    fn the_gravest_reason_is_given() {
        let all = Status {
            paper: Paper::Out,
            cover_open: true,
            offline: true,
            cutter_error: true,
            recoverable: true,
            unrecoverable: true,
        };
        let table = [
            (OK, None, None),
            (Status { paper: Paper::NearEnd, ..OK }, None, None),
            (Status::default(), Some(Hold::Unknown), Some(DeviceState::PowerOff)),
            (all, Some(Hold::Unrecoverable), Some(DeviceState::HardwareError)),
            (
                Status { unrecoverable: false, ..all },
                Some(Hold::Cutter),
                Some(DeviceState::HardwareError),
            ),
            (
                Status { unrecoverable: false, cutter_error: false, ..all },
                Some(Hold::CoverOpen),
                Some(DeviceState::UserError),
            ),
            (
                Status { paper: Paper::Out, offline: true, ..OK },
                Some(Hold::PaperOut),
                Some(DeviceState::UserError),
            ),
            (
                Status { recoverable: true, offline: true, ..OK },
                Some(Hold::HeadHot),
                Some(DeviceState::Offline),
            ),
            (Status { offline: true, ..OK }, Some(Hold::Offline), Some(DeviceState::Offline)),
        ];
        for (status, hold, state) in table {
            assert_eq!(status.hold(), hold, "{status:?}");
            assert_eq!(status.hold().map(Hold::device_state), state, "{status:?}");
        }
    }
}
