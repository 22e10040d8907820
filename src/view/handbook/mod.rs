//! What the help pages say: of the kiosk itself, and of the region's rules as its pack states them, each
//! with region, year and 「以当地医保部门公布为准」. Cut into pages of which nothing is left out.

mod facts;
mod fit;
mod premium;
mod region;

pub(crate) use fit::PageOfText;

use crate::policy::Policy;
use crate::policy::schema::Topic as FactTopic;
use crate::view::messages::help::{self, Question, Said};
use crate::view::messages::typed;
use crate::view::ways::Ways;
use crate::visit::Settings;

/// Questions on one page.
pub(crate) const QUESTIONS_PER_PAGE: usize = 5;

/// A question.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Topic {
    Begin,
    /// Only where a visit can begin by typing a number.
    NoCard,
    What,
    Use,
    Scope,
    Premium,
    Reimbursement,
    Members,
    Differences,
    Elsewhere,
    Mismatch,
}

impl Topic {
    /// Every question, in their order: what most ask comes first.
    const ALL: [Self; 11] = [
        Self::Begin,
        Self::NoCard,
        Self::What,
        Self::Use,
        Self::Scope,
        Self::Premium,
        Self::Reimbursement,
        Self::Members,
        Self::Differences,
        Self::Elsewhere,
        Self::Mismatch,
    ];
}

/// Heading and text of a paragraph; a line of the text each. Nothing personal.
#[derive(Debug)]
pub(crate) struct Paragraph {
    heading: String,
    lines: Vec<String>,
}

/// The questions that this kiosk can answer under these rules.
pub(crate) fn topics(settings: &Settings, policy: Option<&Policy>) -> Vec<Topic> {
    let answered = |topic: &Topic| !paragraphs(settings, policy, *topic).is_empty();
    Topic::ALL.into_iter().filter(answered).collect()
}

/// The words of a question at this kiosk, and what stands beneath it.
pub(crate) fn question(settings: &Settings, topic: Topic) -> (&'static Question, &'static str) {
    let ways = Ways::configured(settings);
    let question = match topic {
        Topic::Begin if ways.only_card() => &help::CARD,
        Topic::Begin => &help::BEGIN,
        Topic::NoCard => &typed::QUESTION,
        Topic::What => &help::WHAT,
        Topic::Use => &help::USE,
        Topic::Scope => &help::SCOPE,
        Topic::Premium => &help::PREMIUM,
        Topic::Reimbursement => &help::REIMBURSEMENT,
        Topic::Members => &help::MEMBERS,
        Topic::Differences => &help::DIFFERENCES,
        Topic::Elsewhere => &help::ELSEWHERE,
        Topic::Mismatch => &help::MISMATCH,
    };
    let detail = match (topic, ways.document, ways.code) {
        (Topic::Begin, true, false) => help::BEGIN_BY_CARD_OR_DOCUMENT,
        (Topic::Begin, false, true) => help::BEGIN_BY_CARD_OR_CODE,
        _ => question.detail,
    };
    (question, detail)
}

/// The answer touches a rule that differs by region, and its paragraphs do not say of which region
/// they are.
pub(crate) fn is_general(policy: Option<&Policy>, topic: Topic) -> bool {
    match topic {
        Topic::What | Topic::Members | Topic::Mismatch => true,
        Topic::Use => policy.is_none(),
        _ => false,
    }
}

/// The answer, page by page; at least one for every question of [`topics`].
pub(crate) fn pages(settings: &Settings, policy: Option<&Policy>, topic: Topic) -> Vec<PageOfText> {
    fit::pages(paragraphs(settings, policy, topic))
}

fn paragraphs(settings: &Settings, policy: Option<&Policy>, topic: Topic) -> Vec<Paragraph> {
    let facts = |topics: &[FactTopic]| facts::of(policy, topics);
    match topic {
        Topic::Begin => begin(settings),
        Topic::NoCard => said(&typed::ANSWER),
        Topic::What => said(&help::WHAT_ANSWER),
        Topic::Use => {
            let usage = facts(&[FactTopic::Usage, FactTopic::Advice]);
            if usage.is_empty() { said(&help::USE_ANSWER) } else { usage }
        }
        Topic::Scope => facts(&[FactTopic::Scope, FactTopic::NotCovered]),
        Topic::Premium => {
            let mut all = policy.map(premium::of).unwrap_or_default();
            all.extend(facts(&[FactTopic::Premium]));
            all
        }
        Topic::Reimbursement => facts(&[FactTopic::Reimbursement]),
        Topic::Members => {
            let first = match policy {
                Some(_) => help::MEMBERS_HERE,
                None => help::MEMBERS_AT_WINDOW,
            };
            said(&[first, help::MEMBERS_RELEASE])
        }
        Topic::Differences => {
            let mut all = policy.map(region::of).unwrap_or_default();
            all.extend(facts(&[FactTopic::Region]));
            all
        }
        Topic::Elsewhere => {
            let mut all = facts(&[FactTopic::ElsewhereDone]);
            // Where to go stands first: it is the answer to all of them.
            if let Some(policy) = policy.filter(|_| !all.is_empty()) {
                all.insert(0, region::window(policy));
            }
            all
        }
        Topic::Mismatch => said(&help::MISMATCH_ANSWER),
    }
}

fn begin(settings: &Settings) -> Vec<Paragraph> {
    let ways = Ways::configured(settings);
    if ways.only_card() {
        return said(&help::CARD_ANSWER);
    }
    let document = ways.document.then_some(help::BEGIN_DOCUMENT);
    let code = ways.code.then_some(help::BEGIN_CODE);
    let all = [Some(help::BEGIN_CARD), document, code, Some(help::END)];
    said(&all.into_iter().flatten().collect::<Vec<_>>())
}

fn said(all: &[Said]) -> Vec<Paragraph> {
    let one = |(heading, text): &Said| Paragraph {
        heading: (*heading).into(),
        lines: vec![(*text).into()],
    };
    all.iter().map(one).collect()
}
