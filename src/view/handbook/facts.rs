//! Facts of a pack as paragraphs.

use super::Paragraph;
use crate::policy::Policy;
use crate::policy::schema::{Confidence, Topic};
use crate::policy::words;

/// The facts about these topics, in the order of the topics; the region's own come first. What nobody
/// has confirmed is not told.
pub(super) fn of(policy: Option<&Policy>, topics: &[Topic]) -> Vec<Paragraph> {
    let facts = policy.map_or(&[][..], |policy| &policy.facts);
    let about = |topic: &Topic| {
        let topic = *topic;
        facts.iter().filter(move |fact| fact.topic == topic && told(fact.confidence))
    };
    let paragraph = |fact: &crate::policy::Fact| {
        let mut lines = fact.lines.clone();
        lines.push(words::caption(fact));
        Paragraph { heading: fact.title.clone(), lines }
    };
    topics.iter().flat_map(about).map(paragraph).collect()
}

/// What is not confirmed is never shown as law.
pub(super) fn told(confidence: Confidence) -> bool {
    confidence != Confidence::Open
}
