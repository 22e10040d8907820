//! Institutions that do not exist: hospitals, pharmacies, employers, offices.

use rand::Rng;
use rand::seq::IndexedRandom;

use crate::domain::insurance::CareType;

/// A place: its code (`fixmedins_code`, 12 characters; empty for offices and employers), its name.
pub(super) type Place = (&'static str, &'static str);

const CLINICS: [Place; 8] = [
    ("H31990100101", "春晖街道社区卫生服务中心"),
    ("H31990100102", "永宁路社区卫生服务中心"),
    ("H31990100103", "梧桐苑社区卫生服务中心"),
    ("H31990100104", "望江镇社区卫生服务中心"),
    ("H31990100105", "东港新村社区卫生服务站"),
    ("H31990100106", "百花街道社区卫生服务中心"),
    ("H31990100107", "长乐镇社区卫生服务中心"),
    ("H31990100108", "同心里社区卫生服务站"),
];
const HOSPITALS: [Place; 8] = [
    ("H31990100201", "申江第一人民医院"),
    ("H31990100202", "申江第二人民医院"),
    ("H31990100203", "滨江区中心医院"),
    ("H31990100204", "滨江区中医医院"),
    ("H31990100205", "仁和康复医院"),
    ("H31990100206", "申江儿童医院"),
    ("H31990100207", "申江市口腔病防治院"),
    ("H31990100208", "安泰眼科医院"),
];
const PHARMACIES: [Place; 8] = [
    ("P31990100301", "百草堂大药房春晖店"),
    ("P31990100302", "百草堂大药房永宁路店"),
    ("P31990100303", "康民大药房望江店"),
    ("P31990100304", "康民大药房东港店"),
    ("P31990100305", "仁济堂药店"),
    ("P31990100306", "福寿堂药店长乐店"),
    ("P31990100307", "益民平价药房"),
    ("P31990100308", "同心里便民药房"),
];
const EMPLOYERS: [Place; 10] = [
    ("", "申江机械制造有限公司"),
    ("", "春晖纺织有限公司"),
    ("", "永宁物业管理有限公司"),
    ("", "东港物流有限公司"),
    ("", "滨江区实验小学"),
    ("", "望江食品有限公司"),
    ("", "明远软件技术有限公司"),
    ("", "长乐建筑工程有限公司"),
    ("", "申江公共交通有限公司"),
    ("", "百花百货有限公司"),
];
/// Who credits pensioners and pays interest.
pub(super) const FUND_OFFICE: Place = ("", "市医疗保险事业管理中心");
/// Who takes premiums.
pub(super) const TAX_OFFICE: Place = ("", "市税务局社保费征收窗口");
/// Where the balance of an account comes from on its first day in the ledger.
pub(super) const OPENING: Place = ("", "以前余额结转");

/// Every name of a place, to check fonts against.
pub(super) fn all_text() -> impl Iterator<Item = &'static str> {
    let lists = [&CLINICS[..], &HOSPITALS, &PHARMACIES, &EMPLOYERS];
    let offices = [&FUND_OFFICE, &TAX_OFFICE, &OPENING];
    lists.into_iter().flatten().chain(offices).map(|(_, name)| *name)
}

/// Where care of this kind is given. `home` is what the patient is used to: three times in four
/// they go to the same place again.
pub(super) fn for_care(rng: &mut impl Rng, care: CareType, home: usize) -> Place {
    let list: &[Place] = match care {
        CareType::Pharmacy => &PHARMACIES,
        CareType::Inpatient => &HOSPITALS,
        CareType::ChronicOutpatient => &CLINICS,
        CareType::Outpatient if rng.random_ratio(3, 5) => &CLINICS,
        CareType::Outpatient => &HOSPITALS,
    };
    let usual = list.get(home % list.len());
    let place = if rng.random_ratio(3, 4) { usual } else { list.choose(rng) };
    place.copied().unwrap_or(FUND_OFFICE)
}

/// Somebody's employer.
pub(super) fn employer(rng: &mut impl Rng) -> Place {
    EMPLOYERS.choose(rng).copied().unwrap_or(FUND_OFFICE)
}
