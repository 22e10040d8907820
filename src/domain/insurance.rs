//! Codes of the national interface that say how a person is insured.

/// `insutype`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum InsuranceType {
    /// 310 职工基本医疗保险
    Employee,
    /// 390 城乡居民基本医疗保险
    Resident,
    /// 340 离休人员医疗保障
    RetiredCadre,
    /// 410 长期照护保险
    LongTermCare,
}

/// `psn_insu_stas`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum InsuranceStatus {
    /// 0 未参保
    NotInsured,
    /// 1 正常参保
    Normal,
    /// 2 暂停参保
    Suspended,
    /// 3 终止参保
    Ended,
}

/// `med_type`, the kinds a patron can tell apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum CareType {
    /// 11 普通门诊
    Outpatient,
    /// 14 门诊慢特病
    ChronicOutpatient,
    /// 21 普通住院
    Inpatient,
    /// 41 定点药店购药
    Pharmacy,
}

macro_rules! coded {
    ($name:ident: $($variant:ident, $code:literal, $label:literal;)+) => {
        impl $name {
            /// Every value, in the order of its codes.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The national code.
            pub fn code(self) -> &'static str {
                match self { $(Self::$variant => $code,)+ }
            }

            /// The value of a national code; `None` for a code this kiosk has no use for.
            pub fn from_code(code: &str) -> Option<Self> {
                match code { $($code => Some(Self::$variant),)+ _ => None }
            }

            /// The official Chinese term.
            pub fn label(self) -> &'static str {
                match self { $(Self::$variant => $label,)+ }
            }
        }
    };
}

coded! { InsuranceType:
    Employee, "310", "职工基本医疗保险";
    RetiredCadre, "340", "离休人员医疗保障";
    Resident, "390", "城乡居民基本医疗保险";
    LongTermCare, "410", "长期照护保险";
}

coded! { InsuranceStatus:
    NotInsured, "0", "未参保";
    Normal, "1", "正常参保";
    Suspended, "2", "暂停参保";
    Ended, "3", "终止参保";
}

coded! { CareType:
    Outpatient, "11", "普通门诊";
    ChronicOutpatient, "14", "门诊慢特病";
    Inpatient, "21", "普通住院";
    Pharmacy, "41", "定点药店购药";
}

impl InsuranceType {
    /// What people call it.
    pub fn plain_label(self) -> &'static str {
        match self {
            Self::Employee => "职工医保",
            Self::Resident => "居民医保",
            Self::RetiredCadre => "离休医疗",
            Self::LongTermCare => "长护险",
        }
    }
}

impl CareType {
    /// The kind a `med_type` belongs to. Provinces lengthen the code (`110104`) and use more of
    /// them, so only the first two digits are read; `None` when they are of no known group.
    ///
    /// Source: dictionary `med_type` of the national interface.
    pub fn of_med_type(code: &str) -> Option<Self> {
        match code.get(..2)? {
            "14" => Some(Self::ChronicOutpatient),
            "11" | "12" | "13" | "15" | "16" | "17" | "18" | "19" | "51" | "53" | "91" => {
                Some(Self::Outpatient)
            }
            "21" | "22" | "23" | "24" | "25" | "26" | "27" | "28" | "52" | "92" => {
                Some(Self::Inpatient)
            }
            "41" | "93" => Some(Self::Pharmacy),
            _ => None,
        }
    }

    /// What people call it.
    pub fn plain_label(self) -> &'static str {
        match self {
            Self::Outpatient => "看门诊",
            Self::ChronicOutpatient => "看慢性病",
            Self::Inpatient => "住院",
            Self::Pharmacy => "药店买药",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_go_both_ways() {
        for kind in InsuranceType::ALL {
            assert_eq!(InsuranceType::from_code(kind.code()), Some(*kind));
        }
        for status in InsuranceStatus::ALL {
            assert_eq!(InsuranceStatus::from_code(status.code()), Some(*status));
        }
        for care in CareType::ALL {
            assert_eq!(CareType::from_code(care.code()), Some(*care));
            assert_eq!(CareType::of_med_type(care.code()), Some(*care));
        }
        assert_eq!(InsuranceType::Employee.code(), "310");
        assert_eq!(InsuranceType::from_code("999"), None);
    }

    #[test]
    fn long_care_codes_fall_into_groups() {
        for (code, care) in [
            ("110104", Some(CareType::Outpatient)),
            ("140201", Some(CareType::ChronicOutpatient)),
            ("52", Some(CareType::Inpatient)),
            ("93", Some(CareType::Pharmacy)),
            ("7", None),
            ("", None),
            ("门诊", None),
            ("00", None),
        ] {
            assert_eq!(CareType::of_med_type(code), care, "{code}");
        }
    }
}
