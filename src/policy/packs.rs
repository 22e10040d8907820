//! All packs together: loading, and the policy of a region at a day.

use std::collections::BTreeSet;

use jiff::civil::Date;
use serde::Serialize;

use super::check;
use super::error::Problem;
use super::pack::{Fact, Pack, RawPack, Rules};

/// A file of the policy folder: a pack (`*.toml`), or the text of a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PolicyFile<'a> {
    /// Its name without a folder: `shanghai.toml`.
    pub name: &'a str,
    /// What is in it.
    pub text: &'a str,
}

/// All packs, checked one by one and against each other.
#[derive(Clone, Debug)]
pub struct Packs {
    packs: Vec<Pack>,
    warnings: Vec<Problem>,
}

/// What holds for a region at a day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Policy {
    /// The region, as files name it.
    pub region: String,
    /// The region, as patrons call it.
    pub name: String,
    /// The day.
    #[serde(serialize_with = "as_text")]
    pub date: Date,
    /// The files it is made of: the region's own first, then those it inherits from.
    pub files: Vec<String>,
    /// The rules.
    pub rules: Rules,
    /// Facts of the help pages: the region's own first.
    pub facts: Vec<Fact>,
}

/// Why there is no policy for what was asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NoPolicy {
    /// No pack is of this region.
    UnknownRegion {
        /// What was asked for.
        asked: String,
        /// The regions there are.
        known: Vec<String>,
    },
    /// The region has packs, but none holds on this day.
    NotThatDay {
        /// The region.
        region: String,
        /// The day.
        date: Date,
    },
}

impl core::fmt::Display for NoPolicy {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        match self {
            Self::UnknownRegion { asked, known } => {
                write!(f, "no pack is of the region {asked}; there are: {}", known.join(", "))
            }
            Self::NotThatDay { region, date } => {
                write!(f, "no pack of {region} holds on {date}; add one whose dates include it")
            }
        }
    }
}

impl core::error::Error for NoPolicy {}

fn as_text<S: serde::Serializer>(date: &Date, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_str(date)
}

/// The files of `base`, with those of `over` in the place of the ones of the same name, or added.
pub fn overlay<'a>(base: &[PolicyFile<'a>], over: &[PolicyFile<'a>]) -> Vec<PolicyFile<'a>> {
    let kept = base.iter().filter(|file| over.iter().all(|other| other.name != file.name));
    kept.chain(over).cloned().collect()
}

impl Packs {
    /// Reads and checks packs; files that do not end in `.toml` are texts that packs may name.
    ///
    /// # Errors
    /// Every mistake that was found, each one sentence with file and line.
    pub fn load(files: &[PolicyFile<'_>]) -> Result<Self, Vec<Problem>> {
        let (packs, texts): (Vec<_>, Vec<_>) =
            files.iter().partition(|file| file.name.ends_with(".toml"));
        let mut loaded = Vec::new();
        let (mut problems, mut warnings) = (Vec::new(), Vec::new());
        for file in packs {
            match toml::from_str::<RawPack>(file.text) {
                Ok(raw) => loaded.push((file, raw)),
                Err(e) => problems.push(Problem::malformed(file.name, file.text, &e)),
            }
        }
        for (file, raw) in &mut loaded {
            let findings = check::pack(file, raw, &texts);
            problems.extend(findings.problems);
            warnings.extend(findings.warnings);
        }
        if problems.is_empty() {
            problems = check::together(&loaded);
        }
        if !problems.is_empty() {
            return Err(problems);
        }
        let mut packs: Vec<Pack> = loaded.iter().map(|(file, raw)| built(file, raw)).collect();
        packs.sort_by(|a, b| (&a.region, a.valid.from()).cmp(&(&b.region, b.valid.from())));
        let this = Self { packs, warnings };
        let broken = this.broken_chains(&loaded);
        if broken.is_empty() { Ok(this) } else { Err(broken) }
    }

    /// Every pack, ordered by region and first day.
    pub fn all(&self) -> &[Pack] {
        &self.packs
    }

    /// What is allowed but should not stay: sample wording, values not confirmed.
    pub fn warnings(&self) -> &[Problem] {
        &self.warnings
    }

    /// What holds for a region on a day. The region is named as in files (`shanghai`) or as patrons
    /// call it (上海).
    ///
    /// # Errors
    /// When no pack is of that region, or none on that day.
    pub fn at(&self, region: &str, date: Date) -> Result<Policy, NoPolicy> {
        let mut of_region =
            self.packs.iter().filter(|p| p.region == region || p.name == region).peekable();
        let Some(first) = of_region.peek() else {
            let known: BTreeSet<String> = self.packs.iter().map(|p| p.region.clone()).collect();
            return Err(NoPolicy::UnknownRegion {
                asked: region.into(),
                known: known.into_iter().collect(),
            });
        };
        let region = first.region.clone();
        match of_region.find(|pack| pack.valid.contains(date)) {
            Some(pack) => Ok(self.resolve(pack, date)),
            None => Err(NoPolicy::NotThatDay { region, date }),
        }
    }

    /// What holds on a day for people insured in a place (医保区划, six digits): the policy of the
    /// pack with the longest `admdvs` that the place begins with, else of `fallback`.
    ///
    /// # Errors
    /// As [`at`](Self::at), for the fallback.
    pub fn of_place(&self, place: &str, date: Date, fallback: &str) -> Result<Policy, NoPolicy> {
        let near = self.packs.iter().filter(|pack| pack.valid.contains(date)).filter_map(|pack| {
            let digits = pack.admdvs.as_ref()?;
            place.starts_with(digits.as_str()).then_some((digits.len(), pack))
        });
        match near.max_by_key(|(digits, _)| *digits) {
            Some((_, pack)) => Ok(self.resolve(pack, date)),
            None => self.at(fallback, date),
        }
    }

    fn resolve(&self, pack: &Pack, date: Date) -> Policy {
        let mut policy = Policy {
            region: pack.region.clone(),
            name: pack.name.clone(),
            date,
            files: Vec::new(),
            rules: Rules::default(),
            facts: Vec::new(),
        };
        for pack in self.chain(pack, date) {
            policy.files.push(pack.file.clone());
            policy.rules.inherit(&pack.rules);
            policy.facts.extend(pack.facts.iter().cloned());
        }
        policy
    }

    /// The pack and those it inherits from, nearest first; a circle ends where it closes.
    fn chain<'a>(&'a self, pack: &'a Pack, date: Date) -> Vec<&'a Pack> {
        let mut chain = vec![pack];
        let mut last = pack;
        while let Some(parent) = self.parent(last, date) {
            if chain.iter().any(|known| core::ptr::eq(*known, parent)) {
                break;
            }
            chain.push(parent);
            last = parent;
        }
        chain
    }

    fn parent(&self, pack: &Pack, date: Date) -> Option<&Pack> {
        let region = pack.inherits.as_ref()?;
        let mut of_region = self.packs.iter().filter(|other| other.region == *region);
        if *region == pack.region {
            // Packs of a region are ordered by their days.
            return of_region.rfind(|other| other.valid.to() < pack.valid.from());
        }
        of_region.find(|other| other.valid.contains(date))
    }

    /// Packs whose chain ends too early or runs in a circle on some day they hold for.
    fn broken_chains(&self, loaded: &[(&PolicyFile<'_>, RawPack)]) -> Vec<Problem> {
        // Between these days nothing changes.
        let mut days: BTreeSet<Date> = self.packs.iter().map(|pack| pack.valid.from()).collect();
        days.extend(self.packs.iter().filter_map(|pack| pack.valid.to().tomorrow().ok()));
        let mut problems = Vec::new();
        for (file, raw) in loaded {
            let Some(pack) = self.packs.iter().find(|pack| pack.file == file.name) else {
                continue;
            };
            let Some(inherits) = &raw.inherits else { continue };
            let mut held = days.iter().filter(|day| pack.valid.contains(**day));
            let say = |what: String| Problem::at(file.name, file.text, inherits.span(), what);
            let broken = held.find_map(|day| {
                let (region, chain) = (inherits.get_ref(), self.chain(pack, *day));
                match self.parent(pack, *day) {
                    None if *region == pack.region => Some(format!(
                        "inherits from its own region {region}, which has no earlier pack"
                    )),
                    None => Some(format!(
                        "inherits from {region}, which has no pack for {day}; add one"
                    )),
                    Some(_) => {
                        let last = chain.last()?;
                        last.inherits.as_ref().filter(|_| self.parent(last, *day).is_some())?;
                        let way = chain.iter().map(|pack| pack.file.as_str()).collect::<Vec<_>>();
                        let way = way.join(", ");
                        Some(format!("inherits in a circle: {way}; take out one `inherits`"))
                    }
                }
            });
            problems.extend(broken.map(say));
        }
        problems
    }
}

fn built(file: &PolicyFile<'_>, raw: &RawPack) -> Pack {
    let name = file.name.to_owned();
    Pack {
        region: raw.region.get_ref().clone(),
        name: raw.name.get_ref().clone(),
        admdvs: raw.admdvs.as_ref().map(|digits| digits.get_ref().clone()),
        inherits: raw.inherits.as_ref().map(|region| region.get_ref().clone()),
        valid: check::validity(raw),
        rules: raw.rules(&name),
        facts: raw.facts(&name),
        file: name,
    }
}
