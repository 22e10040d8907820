//! One pack: what a file says, and what is made of it.

use core::ops::Range;
use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use toml::Spanned;

use crate::domain::family::Relation;
use crate::domain::period::Period;

use super::schema::{
    AnnualLimit, Area, AssistanceRule, Children, Confidence, Consent, Day, DeductionOrder,
    Document, EntryField, FactEntry, Masking, MoneyModel, PremiumTable, PremiumWindow, QuerySpan,
    RelationCounts, SecondFactor, ServiceWindow, Source, Topic, Yuan,
};

/// A value as a file states it.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Entry<T> {
    pub(super) value: T,
    pub(super) source: Spanned<String>,
    pub(super) confidence: Confidence,
    pub(super) note: Option<String>,
}

/// A value with where it is from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Stated<T> {
    /// The value.
    pub value: T,
    /// Where it is from.
    pub source: Source,
    /// How well it is known.
    pub confidence: Confidence,
    /// What else is known of it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    /// The region that states it, as patrons call it.
    pub region: String,
    /// The file that states it.
    pub file: String,
}

/// A fact of the help pages, shown with its region and year and 「以当地医保部门公布为准」.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Fact {
    /// What it is about.
    pub topic: Topic,
    /// Its heading.
    pub title: String,
    /// The region it holds for, as patrons call it.
    pub region: String,
    /// The year it is of, when it is of one.
    pub year: Option<i16>,
    /// Its lines.
    pub lines: Vec<String>,
    /// Where it is from.
    pub source: Source,
    /// How well it is known.
    pub confidence: Confidence,
    /// The file that states it.
    pub file: String,
}

/// A rule of a resolved policy as text and JSON, whatever its type.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct FieldView {
    /// The field's name in a pack.
    pub field: &'static str,
    /// Its Chinese name.
    pub label: &'static str,
    /// Its value.
    pub value: serde_json::Value,
    /// Where it is from.
    pub source: Source,
    /// How well it is known.
    pub confidence: Confidence,
    /// What else is known of it.
    pub note: Option<String>,
    /// The file that states it.
    pub file: String,
}

macro_rules! rules {
    ($($(#[$doc:meta])* $name:ident: $type:ty, $label:literal;)+) => {
        /// A file, with the places of its values.
        #[derive(Clone, Debug, Deserialize)]
        #[serde(deny_unknown_fields)]
        pub(super) struct RawPack {
            pub(super) region: Spanned<String>,
            pub(super) name: Spanned<String>,
            pub(super) admdvs: Option<Spanned<String>>,
            pub(super) inherits: Option<Spanned<String>>,
            pub(super) valid_from: Option<Spanned<Day>>,
            pub(super) valid_until: Option<Spanned<Day>>,
            #[serde(default)]
            pub(super) sources: BTreeMap<String, Spanned<Source>>,
            #[serde(default)]
            pub(super) facts: Vec<Spanned<FactEntry>>,
            $(pub(super) $name: Option<Spanned<Entry<$type>>>,)+
        }

        impl RawPack {
            /// The name of the source of each value.
            pub(super) fn cited(&self) -> Vec<&Spanned<String>> {
                let facts = self.facts.iter().map(|fact| &fact.get_ref().source);
                let values = [$(self.$name.as_ref().map(|e| &e.get_ref().source)),+];
                values.into_iter().flatten().chain(facts).collect()
            }

            /// Name, place and confidence of each value.
            pub(super) fn confidences(&self) -> Vec<(&'static str, Range<usize>, Confidence)> {
                let values = [$(self.$name.as_ref().map(|entry| {
                    (stringify!($name), entry.span(), entry.get_ref().confidence)
                })),+];
                values.into_iter().flatten().collect()
            }

            /// The rules, with their sources looked up; a source that is not there is left out here,
            /// and complained of by the checks.
            pub(super) fn rules(&self, file: &str) -> Rules {
                Rules { $($name: self.$name.as_ref().and_then(|e| self.stated(e.get_ref(), file)),)+ }
            }
        }

        /// The rules of a pack, or of a region at a day. What nobody states is absent.
        #[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
        pub struct Rules {
            $($(#[$doc])* #[serde(skip_serializing_if = "Option::is_none")]
            pub $name: Option<Stated<$type>>,)+
        }

        impl Rules {
            /// Takes from `parent` what is not stated here.
            pub(super) fn inherit(&mut self, parent: &Self) {
                $(if self.$name.is_none() { self.$name.clone_from(&parent.$name); })+
            }

            /// Every stated rule in the order of the documentation.
            pub fn fields(&self) -> Vec<FieldView> {
                let all = [$(self.$name.as_ref().map(|s| s.view(stringify!($name), $label))),+];
                all.into_iter().flatten().collect()
            }

            /// Names and Chinese names of all fields.
            pub const FIELDS: &'static [(&'static str, &'static str)] =
                &[$((stringify!($name), $label)),+];
        }
    };
}

rules! {
    /// What the family account is called here.
    label: String, "名称";
    /// The day the family account began here.
    launch: Day, "开始日期";
    /// Who may be bound.
    relatives: Vec<Relation>, "可以绑定的亲属";
    /// Which children may be bound; not stated: of every age.
    children: Children, "子女的限制";
    /// The most relatives of each kind.
    relation_max: RelationCounts, "每种关系最多人数";
    /// The most relatives together.
    members_max: u16, "最多人数";
    /// How near the other must be insured.
    area: Area, "参保地范围";
    /// The consent of the other side.
    consent: Consent, "家人同意";
    /// Where the shared money is.
    money_model: MoneyModel, "资金方式";
    /// The same, where donor and beneficiary are insured in different provinces.
    money_model_cross_province: MoneyModel, "跨省资金方式";
    /// What is read and accepted first.
    documents: Vec<Document>, "办理文书";
    /// What is entered for a relative.
    entry_fields: Vec<EntryField>, "登记内容";
    /// What the patron proves before something is written; one of them is enough.
    second_factors: Vec<SecondFactor>, "办理前的核对";
    /// The most a relative may use in a year.
    annual_limit: AnnualLimit, "年度限额";
    /// The balance must be above this before a relative's premium may be paid.
    premium_balance_threshold: Yuan, "代缴前余额须超过";
    /// What must be left in the account.
    retained_balance: Yuan, "账户须保留";
    /// In which order accounts are drawn.
    deduction_order: DeductionOrder, "扣款顺序";
    /// What 居民医保 costs.
    premium: Vec<PremiumTable>, "居民医保缴费标准";
    /// Whose premium is subsidised.
    premium_assistance: Vec<AssistanceRule>, "缴费资助";
    /// When a premium may be paid.
    premium_windows: Vec<PremiumWindow>, "集中缴费期";
    /// How often a premium is paid in a year.
    premium_times_a_year: u8, "每年缴费次数";
    /// How records may be asked for.
    query: QuerySpan, "查询方式";
    /// Who answers the telephone.
    hotline: String, "咨询电话";
    /// Where a person is found.
    window: ServiceWindow, "服务窗口";
    /// How personal data is shown.
    masking: Masking, "隐私遮挡";
}

impl RawPack {
    fn source(&self, name: &Spanned<String>) -> Option<Source> {
        self.sources.get(name.get_ref()).map(|source| source.get_ref().clone())
    }

    fn stated<T: Clone>(&self, entry: &Entry<T>, file: &str) -> Option<Stated<T>> {
        Some(Stated {
            value: entry.value.clone(),
            source: self.source(&entry.source)?,
            confidence: entry.confidence,
            note: entry.note.clone(),
            region: self.name.get_ref().clone(),
            file: file.to_owned(),
        })
    }

    /// The facts of the help pages, as [`rules`](Self::rules).
    pub(super) fn facts(&self, file: &str) -> Vec<Fact> {
        let facts = self.facts.iter().map(Spanned::get_ref);
        facts
            .filter_map(|entry| {
                Some(Fact {
                    topic: entry.topic,
                    title: entry.title.clone(),
                    region: entry.region.clone().unwrap_or_else(|| self.name.get_ref().clone()),
                    year: entry.year,
                    lines: entry.lines.clone(),
                    source: self.source(&entry.source)?,
                    confidence: entry.confidence,
                    file: file.to_owned(),
                })
            })
            .collect()
    }
}

impl<T: Serialize> Stated<T> {
    fn view(&self, field: &'static str, label: &'static str) -> FieldView {
        FieldView {
            field,
            label,
            value: serde_json::to_value(&self.value).unwrap_or_default(),
            source: self.source.clone(),
            confidence: self.confidence,
            note: self.note.clone(),
            file: self.file.clone(),
        }
    }
}

/// A pack that has passed its own checks.
#[derive(Clone, Debug)]
pub struct Pack {
    /// The file it is from.
    pub file: String,
    /// Its region, as files and the configuration name it: `shanghai`.
    pub region: String,
    /// Its region, as patrons call it: 上海.
    pub name: String,
    /// The first digits of the 医保区划 of its places.
    pub admdvs: Option<String>,
    /// The region whose pack states what this one does not; its own region: the earlier pack.
    pub inherits: Option<String>,
    /// The days it holds for.
    pub valid: Period,
    /// What it states itself.
    pub rules: Rules,
    /// Its facts of the help pages.
    pub facts: Vec<Fact>,
}
