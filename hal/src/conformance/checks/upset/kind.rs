//! What can happen in the middle of a command.

use std::{format, string::String};

use crate::conformance::Check;

/// What happens in the middle of a command.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Upset {
    Lost,
    LostAndBack,
    OpenedAgain,
    Silent,
    Deaf,
    Stuck,
    MediumGone,
    Fault(usize),
    Leap,
    AnyJunk,
    LikelyJunk,
    SpoiltAnswers,
    BadLine,
    OtherCommands,
    LateHost,
}

impl Upset {
    pub(super) const ALL: [Self; 14] = [
        Self::Lost,
        Self::LostAndBack,
        Self::OpenedAgain,
        Self::Silent,
        Self::Deaf,
        Self::Stuck,
        Self::MediumGone,
        Self::Leap,
        Self::AnyJunk,
        Self::LikelyJunk,
        Self::SpoiltAnswers,
        Self::BadLine,
        Self::OtherCommands,
        Self::LateHost,
    ];

    pub(super) fn scene(self) -> String {
        let scene = match self {
            Self::Lost => "a link lost",
            Self::LostAndBack => "a link lost and back at once",
            Self::OpenedAgain => "a link opened again without being lost",
            Self::Silent => "a device fallen silent",
            Self::Deaf => "a device fallen deaf",
            Self::Stuck => "a link that takes no bytes",
            Self::MediumGone => "the medium taken away",
            Self::Fault(index) => return format!("failure {index} of the device"),
            Self::Leap => "an hour gone at once",
            Self::AnyJunk => "any bytes on the line",
            Self::LikelyJunk => "bytes of the device in another order on the line",
            Self::SpoiltAnswers => "pieces of the device's answers with a bit flipped",
            Self::BadLine => "a line that flips bits",
            Self::OtherCommands => "other commands in the middle of one",
            Self::LateHost => "a host that polls only after the link was lost",
        };
        scene.into()
    }

    pub(super) const fn check(self) -> Check {
        match self {
            Self::AnyJunk | Self::LikelyJunk | Self::SpoiltAnswers | Self::BadLine => Check::Junk,
            Self::Leap => Check::TimeLeap,
            Self::LateHost => Check::LateHost,
            _ => Check::OneFinalEvent,
        }
    }
}
