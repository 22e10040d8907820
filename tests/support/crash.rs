//! The files of a kiosk as they were at some moment, and as they would be if that moment had been cut
//! short.
#![allow(dead_code, clippy::unwrap_used, clippy::panic)]

use std::path::Path;

use super::population::wal;

/// Bytes before the first frame of a write-ahead log, and before each page in it (SQLite file format,
/// 4.1).
const WAL_HEADER: usize = 32;
const FRAME_HEADER: usize = 24;

/// A database as a crash would leave it: what the operating system had been given.
#[derive(Clone, PartialEq, Eq)]
pub struct Files {
    pub main: Vec<u8>,
    pub log: Vec<u8>,
}

impl Files {
    pub fn read(db: &Path) -> Self {
        let log = std::fs::read(wal(db)).unwrap_or_default();
        Self { main: std::fs::read(db).unwrap(), log }
    }

    pub fn write(&self, db: &Path) {
        std::fs::write(db, &self.main).unwrap();
        std::fs::write(wal(db), &self.log).unwrap();
    }

    /// Everything between this state and `later`, a later one that one durable step led to: the log cut
    /// at every frame and within every frame, and with bytes of it spoilt.
    pub fn torn(&self, later: &Self) -> Vec<Self> {
        if self == later {
            return Vec::new();
        }
        assert!(self.main == later.main, "a step goes into the log first");
        assert!(later.log.starts_with(&self.log), "a log only grows");
        let page = u16::from_be_bytes([later.main[16], later.main[17]]);
        let frame = FRAME_HEADER + usize::from(page);
        let begin = self.log.len().max(WAL_HEADER);
        assert_eq!((later.log.len() - begin) % frame, 0);
        let mut cuts: Vec<usize> = (begin..later.log.len()).step_by(frame).collect();
        cuts.extend(cuts.clone().iter().map(|cut| cut + FRAME_HEADER + 7));
        cuts.extend([later.log.len() - 1, self.log.len() + 1]);
        cuts.retain(|cut| *cut > self.log.len());
        let cut = |at: usize| Self { main: later.main.clone(), log: later.log[..at].to_vec() };
        let mut found: Vec<Self> = cuts.into_iter().map(cut).collect();
        // The last frame is what commits; spoilt, there was no commit. So is any before it.
        for at in [later.log.len() - 11, begin + FRAME_HEADER + 3, later.log.len() - frame + 2] {
            let mut spoilt = later.clone();
            spoilt.log[at] ^= 0xFF;
            found.push(spoilt);
        }
        found
    }
}
