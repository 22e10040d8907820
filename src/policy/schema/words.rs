//! The words a pack may use, each with its key in the file and its Chinese label.

use serde::{Deserialize, Serialize};

macro_rules! words {
    ($(#[$doc:meta])* $name:ident {
        $($(#[$vdoc:meta])* $variant:ident, $key:literal, $label:literal;)+
    }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub enum $name { $($(#[$vdoc])* #[serde(rename = $key)] $variant,)+ }

        impl $name {
            /// Every value, in the order of the documentation.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The word in a pack.
            pub fn key(self) -> &'static str {
                match self { $(Self::$variant => $key,)+ }
            }

            /// The Chinese term.
            pub fn label(self) -> &'static str {
                match self { $(Self::$variant => $label,)+ }
            }
        }
    };
}

words! {
    /// How well a value is known.
    Confidence {
        /// The bureau in charge has confirmed it for this hall.
        Confirmed, "confirmed", "经办机构已确认";
        /// Stated in a public specification or notice.
        Public, "public", "公开文件";
        /// Stated in the project's source documents; not compared with the notice itself.
        Seed, "seed", "项目资料";
        /// Not confirmed for this region; never shown to a patron as law.
        Open, "open", "未证实";
        /// Wording of the kiosk's own, to be replaced by the hall's.
        Sample, "sample", "示例";
    }
}

words! {
    /// How near donor and beneficiary must be insured.
    Area {
        /// In the same city (统筹区).
        City, "city", "同一城市";
        /// In the same province.
        Province, "province", "同一省份";
        /// Anywhere in the country.
        Nation, "nation", "全国";
    }
}

words! {
    /// Whether the other side must agree.
    ConsentKind {
        /// The donor's word is enough.
        None, "none", "不需要家人同意";
        /// The relative agrees too.
        Needed, "needed", "需要家人同意";
        /// The donor invites, the relative accepts.
        Invite, "invite", "邀请后由家人接受";
    }
}

words! {
    /// Where the shared money is.
    MoneyModel {
        /// It stays with the donor and is drawn at settlement.
        Authorize, "authorize", "授权使用";
        /// An amount is moved into a common account (划拨).
        Pool, "pool", "划拨到家庭账户";
        /// An amount is locked, and returns on dissolution.
        Quota, "quota", "锁定额度";
    }
}

words! {
    /// Which children may be bound.
    Children {
        /// Children of every age.
        Any, "any", "不限年龄";
        /// Only those under 18.
        Minor, "minor", "只限未成年子女";
    }
}

words! {
    /// What is entered for a relative.
    EntryField {
        /// `psn_name`
        Name, "name", "姓名";
        /// `certno`
        IdNumber, "id_number", "身份证号码";
        /// What the relative is to the donor.
        Relation, "relation", "与本人的关系";
        /// The number of the relative's 社会保障卡.
        CardNumber, "card_number", "社保卡号";
        /// 参保地
        InsuredPlace, "insured_place", "参保地";
        /// 工作单位, or the community of those without one.
        Employer, "employer", "工作单位或者社区";
        /// The relative's telephone number.
        Phone, "phone", "手机号码";
        /// First day of the authorisation.
        StartDate, "start_date", "授权开始日期";
        /// Last day of the authorisation.
        EndDate, "end_date", "授权结束日期";
    }
}

words! {
    /// In which order accounts are drawn.
    DeductionRule {
        /// One's own account first, then the donors' by their slots.
        OwnThenSlots, "own_then_slots", "先用自己的账户，再按顺位";
        /// All accounts, one's own too, in the order set at binding.
        AsBound, "as_bound", "按绑定时设定的顺序";
    }
}

words! {
    /// Of which group an insured resident is, for the premium.
    PersonGroup {
        /// None of the others.
        Neither, "neither", "非在校人员";
        /// Not at school yet.
        Infant, "infant", "婴幼儿";
        /// 中小学生
        Pupil, "pupil", "中小学生";
        /// 大学生
        UniversityStudent, "university_student", "大学生";
    }
}

words! {
    /// A category of people whose premium is subsidised.
    Assistance {
        /// 特困人员
        Destitute, "destitute", "特困人员";
        /// 低保对象
        LowIncome, "low_income", "低保对象";
        /// 返贫致贫人口
        FallenBack, "fallen_back", "返贫致贫人口";
        /// 监测对象
        Monitored, "monitored", "监测对象";
    }
}

words! {
    /// How much of a personal share is subsidised.
    Coverage {
        /// All of it.
        All, "all", "全额资助";
        /// A part of it.
        Part, "part", "部分资助";
    }
}

words! {
    /// The day on which an age counts.
    AgeDay {
        /// The day the premium is paid.
        Payment, "payment_day", "缴费当天";
        /// 1 January of the insured year.
        YearStart, "insured_year_start", "参保年度1月1日";
        /// 31 December of the insured year.
        YearEnd, "insured_year_end", "参保年度12月31日";
    }
}

words! {
    /// How a patron may choose a period of records.
    QueryBy {
        /// A whole month.
        Month, "month", "按月";
        /// From a day to a day.
        Range, "range", "按时间段";
        /// A whole year.
        Year, "year", "按年";
    }
}

words! {
    /// What a patron proves before something is written.
    SecondFactor {
        /// The card's own PIN (VERIFY).
        CardPin, "card_pin", "社保卡密码";
        /// The six-digit query password that the ledger keeps.
        QueryPassword, "query_password", "查询密码";
        /// A staff member has checked the person.
        Staff, "staff", "工作人员核对";
    }
}

words! {
    /// How a name is masked.
    NameMask {
        /// The family name and one star: 张*, 欧阳*.
        Surname, "surname", "只显示姓";
    }
}

words! {
    /// What a fact of the help pages is about.
    Topic {
        /// How to use the family account.
        Usage, "usage", "怎么用";
        /// What may be paid from it.
        Scope, "scope", "能付什么";
        /// What premiums cost and when they are paid.
        Premium, "premium", "居民医保缴费";
        /// What the insurance pays.
        Reimbursement, "reimbursement", "报销比例";
        /// What differs from place to place.
        Region, "region", "各地不同";
        /// What the insurance does not pay.
        NotCovered, "not_covered", "不能报销";
        /// What this kiosk does not do, and where it is done.
        ElsewhereDone, "elsewhere_done", "到窗口办";
        /// What to keep in mind.
        Advice, "advice", "小提醒";
    }
}
