//! How near two insured places are.

use crate::policy::schema::Area;

/// Cities that are provinces (直辖市): their districts share the first two digits only.
const MUNICIPALITIES: [&str; 4] = ["11", "12", "31", "50"];

/// How near two places of insurance are, by their 医保区划.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Nearness {
    /// In one city.
    SameCity,
    /// In one province; whether in one city cannot be told or is not so.
    SameProvince,
    /// In two provinces.
    Apart,
    /// One of the two is no 医保区划.
    Unknown,
}

/// Compares provinces by the first two digits and cities by the first four; 医保区划 has extensions of
/// its own, so no list of places is asked.
pub fn nearness(a: &str, b: &str) -> Nearness {
    let (Some(a), Some(b)) = (Place::of(a), Place::of(b)) else { return Nearness::Unknown };
    if a.province != b.province {
        return Nearness::Apart;
    }
    // `00` names the whole province, and with it no city.
    let one_city = a.city == b.city && a.city != "00";
    if one_city || MUNICIPALITIES.contains(&a.province) {
        Nearness::SameCity
    } else {
        Nearness::SameProvince
    }
}

impl Nearness {
    /// Whether an area takes in both places; `None` when that cannot be told.
    pub fn within(self, area: Area) -> Option<bool> {
        match (area, self) {
            (Area::Nation, _) => Some(true),
            (_, Self::Unknown) => None,
            (Area::Province, near) => Some(near != Self::Apart),
            (Area::City, near) => Some(near == Self::SameCity),
        }
    }
}

struct Place<'a> {
    province: &'a str,
    city: &'a str,
}

impl<'a> Place<'a> {
    fn of(code: &'a str) -> Option<Self> {
        let fits = code.len() == 6 && code.bytes().all(|byte| byte.is_ascii_digit());
        let (province, city) = (code.get(..2)?, code.get(2..4)?);
        (fits && province != "00").then_some(Self { province, city })
    }
}
