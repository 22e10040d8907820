//! Which region's rules hold, and the hall's own packs.

use std::path::{Path, PathBuf};

use serde::Deserialize;

use crate::policy::{Packs, PolicyFile, Problem, built_in, overlay};

/// The region of what holds in the whole country.
pub const NATIONAL: &str = "national";

/// The most files that a policy folder may hold.
const FILES_MAX: usize = 500;
/// The largest file of a policy folder, in bytes.
const FILE_BYTES_MAX: u64 = 1 << 20;

/// Which region's rules hold, and the hall's own packs.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct PolicySection {
    /// The region of this kiosk, as packs name it: `shanghai`.
    pub region: String,
    /// A folder of packs that replace the built-in ones of the same file name, or add to them;
    /// relative to the configuration file's folder.
    pub dir: Option<PathBuf>,
}

impl Default for PolicySection {
    fn default() -> Self {
        Self { region: NATIONAL.into(), dir: None }
    }
}

/// A file of a policy folder, as it was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LoadedFile {
    /// Where it was read.
    pub path: PathBuf,
    /// Its name without a folder.
    pub name: String,
    /// What is in it.
    pub text: String,
}

impl PolicySection {
    /// The built-in packs with those of the folder over them, read and checked.
    ///
    /// # Errors
    /// The first mistake in one sentence that names file and line, and how many more there are.
    pub fn packs(&self) -> Result<Packs, String> {
        let own = match &self.dir {
            Some(dir) => read_folder(dir)?,
            None => Vec::new(),
        };
        packs_with(&own).map_err(|mistakes| {
            let first = mistakes.first().map(ToString::to_string).unwrap_or_default();
            match mistakes.len() {
                0 | 1 => first,
                n => format!("{first}; and {} more, which `policy check` lists", n - 1),
            }
        })
    }
}

/// The built-in packs with these files over them, checked.
///
/// # Errors
/// Every mistake, each one sentence that names file and line.
pub fn packs_with(own: &[LoadedFile]) -> Result<Packs, Vec<Problem>> {
    let files: Vec<PolicyFile<'_>> =
        own.iter().map(|file| PolicyFile { name: &file.name, text: &file.text }).collect();
    let packs = Packs::load(&overlay(&built_in::FILES, &files));
    packs.map_err(|problems| problems.into_iter().map(|problem| placed(problem, own)).collect())
}

/// The problem with the folder of its file, when that is one of these.
pub fn placed(problem: Problem, own: &[LoadedFile]) -> Problem {
    let file = own.iter().find(|file| file.name == problem.file());
    match file {
        Some(file) => problem.shown_in(file.path.display().to_string()),
        None => problem,
    }
}

/// The packs (`*.toml`) and texts (`*.txt`) of a folder, in the order of their names.
///
/// # Errors
/// One sentence that names what cannot be read.
pub fn read_folder(dir: &Path) -> Result<Vec<LoadedFile>, String> {
    let unreadable = |e: std::io::Error| {
        format!("{}: cannot be read ({e}); check dir of [policy]", dir.display())
    };
    let mut paths = Vec::new();
    for entry in std::fs::read_dir(dir).map_err(unreadable)? {
        let path = entry.map_err(unreadable)?.path();
        if is_read(&path) {
            paths.push(path);
        }
        if paths.len() > FILES_MAX {
            let dir = dir.display();
            return Err(format!("{dir}: holds more than {FILES_MAX} packs; name their own folder"));
        }
    }
    paths.sort();
    paths.iter().map(|path| read_file(path)).collect()
}

/// Whether a file of a policy folder is read: packs and texts are.
pub fn is_read(path: &Path) -> bool {
    path.extension().is_some_and(|ending| ending == "toml" || ending == "txt")
}

/// One pack or text.
///
/// # Errors
/// One sentence that names what cannot be read.
pub fn read_file(path: &Path) -> Result<LoadedFile, String> {
    let shown = path.display();
    let unreadable = |e: std::io::Error| {
        format!("{shown}: cannot be read ({e}); a pack is a text in UTF-8, see docs/policy.md")
    };
    let size = std::fs::metadata(path).map_err(unreadable)?.len();
    if size > FILE_BYTES_MAX {
        return Err(format!("{shown}: is larger than {FILE_BYTES_MAX} bytes, as no pack is"));
    }
    let text = std::fs::read_to_string(path).map_err(unreadable)?;
    let name = path.file_name().and_then(|name| name.to_str());
    let name = name.ok_or_else(|| format!("{shown}: its name is not UTF-8; give it another"))?;
    Ok(LoadedFile { path: path.into(), name: name.into(), text })
}
