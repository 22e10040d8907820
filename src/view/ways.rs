//! By what a visit can begin.

use crate::visit::{Kiosk, Settings};

/// The ways to begin a visit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Ways {
    /// 插社保卡
    pub card: bool,
    /// 放身份证
    pub document: bool,
    /// 扫医保码
    pub code: bool,
}

impl Ways {
    /// Those that the kiosk has.
    pub(crate) const fn configured(settings: &Settings) -> Self {
        Self { card: true, document: settings.documents, code: settings.codes }
    }

    /// Those whose devices work now.
    pub(crate) fn now(kiosk: &Kiosk) -> Self {
        let (settings, devices) = (kiosk.settings(), kiosk.devices());
        Self {
            card: devices.reader_working,
            document: settings.documents && devices.documents_working,
            code: settings.codes && devices.codes_working,
        }
    }

    /// No other way but the card.
    pub(crate) const fn only_card(self) -> bool {
        !self.document && !self.code
    }
}
