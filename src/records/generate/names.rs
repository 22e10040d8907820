//! Names and document numbers of people who do not exist.

use std::collections::HashSet;

use jiff::civil::Date;
use rand::Rng;
use rand::seq::IndexedRandom;

use crate::domain::id_number::{IdNumber, check_digit};
use crate::domain::person::{Gender, PersonName};

/// The most common family names, commonest first.
const SURNAMES: [&str; 48] = [
    "王", "李", "张", "刘", "陈", "杨", "黄", "赵", "吴", "周", "徐", "孙", "马", "朱", "胡", "郭",
    "何", "林", "高", "罗", "郑", "梁", "谢", "宋", "唐", "许", "韩", "冯", "邓", "曹", "彭", "曾",
    "肖", "田", "董", "袁", "潘", "于", "蒋", "蔡", "余", "杜", "叶", "程", "苏", "魏", "吕", "丁",
];
const COMPOUND: [&str; 8] = ["欧阳", "上官", "司马", "诸葛", "皇甫", "尉迟", "令狐", "慕容"];

/// Given names by sex and time of birth: before 1965, before 1990, later.
const GIVEN: [[[&str; 16]; 3]; 2] = [
    [
        [
            "建国", "国强", "福生", "德明", "志明", "宝根", "金龙", "文华", "永康", "玉林", "卫东",
            "大伟", "根发", "松年", "荣昌", "阿毛",
        ],
        [
            "伟", "强", "军", "勇", "涛", "斌", "磊", "建军", "志强", "海峰", "晓东", "俊杰", "鹏",
            "国栋", "立新", "文博",
        ],
        [
            "子轩", "浩然", "宇航", "一诺", "梓睿", "晨曦", "嘉豪", "博文", "天佑", "俊熙", "明轩",
            "思远", "子墨", "皓宇", "奕辰", "乐天",
        ],
    ],
    [
        [
            "秀英", "桂兰", "玉珍", "凤英", "秀兰", "桂英", "淑华", "月娥", "金妹", "兰芳", "美珍",
            "惠芬", "彩云", "阿宝", "素珍", "佩华",
        ],
        [
            "敏", "静", "丽", "艳", "娟", "霞", "燕", "晓红", "丽华", "海燕", "雪梅", "婷婷",
            "春梅", "慧", "文静", "佳",
        ],
        [
            "梓涵", "欣怡", "诗涵", "雨桐", "可馨", "思琪", "佳怡", "语嫣", "一诺", "若曦", "雅婷",
            "子萱", "欣妍", "梦洁", "安琪", "乐怡",
        ],
    ],
];

/// Characters that GB 2312 lacks; real given names have them, and card readers stumble over them.
pub(super) const RARE: [&str; 6] = ["喆", "堃", "珺", "翀", "玥", "祎"];

const UYGHUR_MALE: [&str; 6] = ["买买提", "艾力", "阿布都拉", "吐尔逊", "艾合买提", "玉素甫"];
const UYGHUR_FEMALE: [&str; 6] = ["阿依古丽", "古丽娜尔", "帕提古丽", "热娜", "阿米娜", "迪丽拜尔"];

/// County codes that numbers begin with: Shanghai's (abolished ones too), then a few of elsewhere.
const HOME_COUNTIES: [&str; 20] = [
    "310101", "310102", "310103", "310104", "310105", "310106", "310107", "310108", "310109",
    "310110", "310112", "310113", "310114", "310115", "310116", "310117", "310118", "310119",
    "310225", "310230",
];
const OTHER_COUNTIES: [&str; 12] = [
    "320102", "320504", "320623", "330102", "330206", "330382", "340103", "340823", "350102",
    "360102", "410102", "650102",
];

/// Every piece of a name that can be generated, to check fonts against.
pub(super) fn all_text() -> impl Iterator<Item = &'static str> {
    let given = GIVEN.iter().flatten().flatten();
    let lists = [&SURNAMES[..], &COMPOUND, &RARE, &UYGHUR_MALE, &UYGHUR_FEMALE];
    lists.into_iter().flatten().chain(given).copied().chain(["·"])
}

/// A family name; compound ones are rare, as in life.
pub(super) fn surname(rng: &mut impl Rng) -> &'static str {
    if rng.random_ratio(15, 1000) {
        return pick(rng, &COMPOUND);
    }
    // The smaller of two draws favours the common names.
    let at = rng.random_range(0..SURNAMES.len()).min(rng.random_range(0..SURNAMES.len()));
    SURNAMES.get(at).copied().unwrap_or("王")
}

/// A full name for someone of this family, sex and year of birth.
pub(super) fn full(rng: &mut impl Rng, surname: &str, gender: Gender, born: i16) -> PersonName {
    let sex = usize::from(gender == Gender::Female);
    let era = usize::from(born >= 1965) + usize::from(born >= 1990);
    let given = GIVEN.get(sex).and_then(|eras| eras.get(era)).map_or("明", |list| pick(rng, list));
    let given = if rng.random_ratio(25, 1000) { pick(rng, &RARE) } else { given };
    PersonName::new(format!("{surname}{given}"))
}

/// A Uyghur name: one's own, and the father's after the dot.
pub(super) fn uyghur(rng: &mut impl Rng, gender: Gender) -> PersonName {
    let own = match gender {
        Gender::Male => pick(rng, &UYGHUR_MALE),
        Gender::Female => pick(rng, &UYGHUR_FEMALE),
    };
    PersonName::new(format!("{own}·{}", pick(rng, &UYGHUR_MALE)))
}

/// A valid document number that nobody in this population has yet.
pub(super) fn id_number(
    rng: &mut impl Rng,
    gender: Gender,
    birth: Date,
    taken: &mut HashSet<IdNumber>,
) -> IdNumber {
    loop {
        let county = if rng.random_ratio(4, 5) {
            pick(rng, &HOME_COUNTIES)
        } else {
            pick(rng, &OTHER_COUNTIES)
        };
        let order = rng.random_range(0..500) * 2 + u32::from(gender == Gender::Male);
        let body = format!(
            "{county}{:04}{:02}{:02}{:03}",
            birth.year(),
            birth.month(),
            birth.day(),
            order % 1000
        );
        let text = format!("{body}{}", char::from(check_digit(body.as_bytes())));
        if let Ok(number) = IdNumber::parse(&text)
            && taken.insert(number.clone())
        {
            return number;
        }
    }
}

pub(super) fn pick(rng: &mut impl Rng, list: &[&'static str]) -> &'static str {
    list.choose(rng).copied().unwrap_or_default()
}
