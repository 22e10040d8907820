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
