//! Checks of documents: the text is there, and is the one whose digest the pack states.

use sha2::{Digest, Sha256};
use toml::Spanned;

use crate::policy::pack::RawPack;
use crate::policy::packs::PolicyFile;
use crate::policy::schema::{Document, DocumentText};

use super::{Checker, confidence_warning};

/// Longest text of a document, in characters: what a patron can be asked to read.
const TEXT_CHARS_MAX: usize = 20_000;

/// The digest of a document's text as packs and records of consent write it.
pub fn text_digest(text: &str) -> String {
    let digits: String = Sha256::digest(text).iter().map(|byte| format!("{byte:02x}")).collect();
    format!("sha256:{digits}")
}

pub(super) fn check(checker: &mut Checker<'_>, raw: &mut RawPack, texts: &[&PolicyFile<'_>]) {
    let Some(entry) = &mut raw.documents else { return };
    let place = entry.span();
    let titles: Vec<String> = entry.get_ref().value.iter().map(|d| d.title.clone()).collect();
    if titles.is_empty() {
        checker.wrong(place.clone(), "documents is empty; leave it out instead");
    }
    checker.once(place, &titles, |title| format!("the document {title}"));
    for document in &mut entry.get_mut().value {
        let source = document.text.get_ref().source.clone();
        if !raw.sources.contains_key(&source) {
            let what =
                format!("source \"{source}\" is not in [sources] of this file; add it there");
            checker.wrong(document.text.span(), what);
        }
        check_document(checker, document, texts);
    }
}

fn check_document(checker: &mut Checker<'_>, document: &mut Document, texts: &[&PolicyFile<'_>]) {
    let place = document.text.span();
    let (title, version) = (document.title.clone(), document.version.trim());
    if title.trim().is_empty() || version.is_empty() {
        checker.wrong(document.digest.span(), "a document needs a title and a version");
    }
    let body = match body(document.text.get_ref(), texts) {
        Ok(body) => body,
        Err(what) => {
            checker.wrong(place, format!("{title}: {what}"));
            return;
        }
    };
    let length = body.chars().count();
    if body.trim().is_empty() || length > TEXT_CHARS_MAX {
        let what = format!("{title}: its text has {length} characters; 1 to {TEXT_CHARS_MAX} fit");
        checker.wrong(place, what);
        return;
    }
    let digest = text_digest(&body);
    if *document.digest.get_ref() != digest {
        let what = format!(
            "{title}: the digest is not that of the text, which is {digest}; if the text was \
             changed on purpose, give it a new version too"
        );
        checker.wrong(document.digest.span(), what);
    }
    let confidence = document.text.get_ref().confidence;
    if let Some(what) = confidence_warning(confidence, &format!("the text of {title}")) {
        checker.warn(place, what);
    }
    put(&mut document.text, body);
}

fn put(text: &mut Spanned<DocumentText>, body: String) {
    text.get_mut().body = body;
}

fn body(text: &DocumentText, texts: &[&PolicyFile<'_>]) -> Result<String, String> {
    match (&text.inline, &text.file) {
        (Some(inline), None) => Ok(inline.clone()),
        (None, Some(name)) => {
            let found = texts.iter().find(|file| file.name == name);
            found
                .map(|file| file.text.to_owned())
                .ok_or_else(|| format!("its text {name} is not beside the pack; put it there"))
        }
        _ => Err("its text takes either inline or file".into()),
    }
}
