//! What an import did, in words for staff.

use core::fmt;
use std::path::PathBuf;

/// What became of every file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ImportReport {
    /// In the order in which they were given.
    pub files: Vec<FileReport>,
}

/// What became of one file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FileReport {
    /// The file.
    pub path: PathBuf,
    /// Persons added or brought up to date (1101).
    pub persons: u64,
    /// Settlements added (5203).
    pub settlements: u64,
    /// Premium records added or brought up to date (90100).
    pub collections: u64,
    /// Records that the ledger had already.
    pub already_there: u64,
    /// What is odd about records that went in; nothing personal in it.
    pub warnings: Vec<String>,
    /// Why nothing of the file went in: a sentence for each bad row; nothing personal in it.
    pub refused: Vec<String>,
}

impl ImportReport {
    /// Whether every file went in.
    pub fn is_complete(&self) -> bool {
        self.files.iter().all(|file| file.refused.is_empty())
    }
}

impl fmt::Display for ImportReport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, file) in self.files.iter().enumerate() {
            if index > 0 {
                writeln!(f)?;
            }
            write!(f, "{file}")?;
        }
        Ok(())
    }
}

impl fmt::Display for FileReport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let path = self.path.display();
        if !self.refused.is_empty() {
            let count = Count(self.refused.len() as u64, "thing is", "things are");
            write!(f, "{path}: nothing went in, because {count} wrong:")?;
        } else {
            let persons = Count(self.persons, "person", "persons");
            let settlements = Count(self.settlements, "settlement", "settlements");
            let premiums = Count(self.collections, "premium record", "premium records");
            write!(f, "{path}: {persons}, {settlements} and {premiums} went in")?;
            match self.already_there {
                0 => f.write_str(".")?,
                1 => f.write_str("; 1 record was already there.")?,
                count => write!(f, "; {count} records were already there.")?,
            }
        }
        for sentence in &self.refused {
            write!(f, "\n  {sentence}")?;
        }
        for sentence in &self.warnings {
            write!(f, "\n  warning: {sentence}")?;
        }
        Ok(())
    }
}

struct Count(u64, &'static str, &'static str);

impl fmt::Display for Count {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.0, if self.0 == 1 { self.1 } else { self.2 })
    }
}
