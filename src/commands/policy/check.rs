//! `policy check`: packs together with the built-in ones.

use crate::commands::Failure;
use crate::config::policy::{LoadedFile, is_read, packs_with, placed, read_file};
use crate::policy::{Packs, Problem};

use super::CheckOptions;

pub(super) fn check(options: &CheckOptions) -> Result<(), Failure> {
    let mut files: Vec<LoadedFile> = Vec::new();
    let (read, ignored): (Vec<_>, Vec<_>) = options.files.iter().partition(|path| is_read(path));
    for path in read {
        let file = read_file(path).map_err(Failure::new)?;
        if let Some(other) = files.iter().find(|other| other.name == file.name) {
            return Err(Failure::usage(format!(
                "{} and {} have one name, as no folder of packs can hold them; leave one out",
                other.path.display(),
                path.display()
            )));
        }
        files.push(file);
    }
    let packs = packs_with(&files).map_err(|mistakes| report(options, &mistakes))?;
    for path in ignored {
        say!(
            "warning: {}: is neither *.toml nor *.txt, so the kiosk does not read it",
            path.display()
        );
    }
    for warning in packs.warnings() {
        if files.iter().any(|file| file.name == warning.file()) {
            say!("warning: {}", placed(warning.clone(), &files));
        }
    }
    for file in &files {
        let path = file.path.display();
        match packs.all().iter().find(|pack| pack.file == file.name) {
            Some(pack) => {
                let (rules, facts) = (pack.rules.fields().len(), pack.facts.len());
                say!("{path}: good; of {}, rules: {rules}, facts: {facts}", pack.name);
            }
            None if is_named(&packs, &file.name) => {
                say!("{path}: a text; the packs that name it are good");
            }
            None => say!("warning: {path}: a text that no pack names"),
        }
    }
    Ok(())
}

/// Whether a document of some pack has its text in this file.
fn is_named(packs: &Packs, name: &str) -> bool {
    let documents = packs.all().iter().filter_map(|pack| pack.rules.documents.as_ref());
    let mut texts = documents.flat_map(|stated| &stated.value).map(|document| &document.text);
    texts.any(|text| text.get_ref().file.as_deref() == Some(name))
}

/// Says every mistake; the failure is the sentence itself when there is but one.
fn report(options: &CheckOptions, mistakes: &[Problem]) -> Failure {
    if let [only] = mistakes {
        return Failure::new(only);
    }
    for mistake in mistakes {
        say!("{mistake}");
    }
    let names: Vec<String> = options.files.iter().map(|path| path.display().to_string()).collect();
    Failure::new(format!(
        "{}: {} mistakes; correct what the report names and check again",
        names.join(", "),
        mistakes.len()
    ))
}
