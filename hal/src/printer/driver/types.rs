//! What the host and the driver say to each other.

use core::fmt;

use crate::{
    driver::DeviceState,
    printer::{
        counts::Counts,
        status::{Hold, Status},
    },
};

/// Number of a print job, chosen and kept by the host.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct JobId(pub u64);

/// Whether the printer answers process ids (`GS ( H`).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum ProcessIds {
    /// Not tried yet: tried when the link opens.
    #[default]
    Unknown,
    /// It does.
    Supported,
    /// It does not, or has ceased to; never tried again, since some clones print the question.
    Unsupported,
}

/// The printer as the host knows it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Config {
    /// Line speed in bits a second, ten bits a byte.
    pub baud: u32,
    /// Speed of the paper in millimetres a second.
    pub speed_mm_s: u32,
    /// What an earlier life learnt, from [`Event::ProcessIds`].
    pub process_ids: ProcessIds,
    /// Where process ids begin; take another one at each start of the program, so that an answer
    /// to an earlier program's question is never taken for one's own.
    pub first_process_id: u32,
    /// Whether it has a cutter; at a tear bar a page ends with the feed that it brings along.
    pub cutter: bool,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            baud: 115_200,
            speed_mm_s: 90,
            process_ids: ProcessIds::Unknown,
            first_process_id: 0,
            cutter: true,
        }
    }
}

/// What the host may ask for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Command {
    /// Begins a job; ends in [`Event::Job`] with a final state.
    Start(JobId),
    /// The page written so far is complete: feed, cut, and prove it.
    EndPage,
    /// No more pages.
    Finish,
    /// Gives up what is not yet printed. A job that is wholly sent to a printer in order is let
    /// run to its end, for nothing can be taken back.
    Cancel,
    /// Asks the printer how it is; ends in [`Event::Checked`].
    CheckStatus,
}

/// Why a command was not accepted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Refusal {
    /// The printer is not there or not ready yet.
    NotReady(DeviceState),
    /// A job is under way.
    Busy,
    /// No job is under way.
    NoJob,
    /// Nothing was written to the page, or to the job.
    Empty,
    /// The page is not ended, or its end is already asked for.
    Page,
    /// The page breaks off inside a command or a character: write the rest of it, or cancel.
    CutShort,
    /// Events wait to be polled.
    EventsWaiting,
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotReady(state) => write!(f, "the printer is not ready ({state:?})"),
            Self::Busy => f.write_str("a print job is under way: finish or cancel it first"),
            Self::NoJob => f.write_str("no print job is under way: start one first"),
            Self::Empty => f.write_str("nothing was written: write the page before ending it"),
            Self::Page => f.write_str("the page is not in a state for this: end each page once"),
            Self::CutShort => f.write_str(
                "the page breaks off inside a printer command: write its rest or cancel the job",
            ),
            Self::EventsWaiting => f.write_str("events of the printer wait: poll them first"),
        }
    }
}

impl core::error::Error for Refusal {}

/// How a page is known to be on paper.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Proof {
    /// The printer answered the page's own process id after its cut.
    ProcessId,
    /// The printer answered a fence after the cut, and was in order when asked again.
    Fence,
}

/// Why a job ended without its pages.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Reason {
    /// The host cancelled it.
    Cancelled,
    /// The link went away.
    LinkLost,
    /// The printer fell silent.
    NotAnswering,
    /// The printer reports a fault that does not end by itself.
    Unrecoverable,
    /// The printer lost a part of the page, as by a short loss of its power.
    BytesLost,
    /// The time for sending and printing is over.
    Deadline,
}

/// How far a job is; the last three are final.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum JobState {
    /// Accepted; no byte has left.
    Queued,
    /// The first byte has left.
    Sending,
    /// The last byte has left.
    Sent,
    /// Every page is on paper.
    Printed {
        /// How many pages.
        pages: u16,
        /// The weakest proof among the pages.
        proof: Proof,
    },
    /// The first `printed` pages are on paper; of the next one anything from nothing to all may
    /// be. Never sent again by itself.
    Unknown {
        /// Pages proven to be on paper.
        printed: u16,
        /// Why it is not known.
        reason: Reason,
    },
    /// Exactly the first `printed` pages are on paper and nothing of another.
    Failed {
        /// Pages proven to be on paper; usually none.
        printed: u16,
        /// Why not more.
        reason: Reason,
    },
}

impl JobState {
    /// Whether nothing will change any more.
    pub const fn is_final(self) -> bool {
        matches!(self, Self::Printed { .. } | Self::Unknown { .. } | Self::Failed { .. })
    }
}

/// What the driver reports.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Event {
    /// The device's state changed.
    State(DeviceState),
    /// The status changed; all unknown after silence.
    Status(Status),
    /// The answer to [`Command::CheckStatus`]; all unknown if none came.
    Checked(Status),
    /// It was found out whether process ids are answered: keep it for the next start.
    ProcessIds(ProcessIds),
    /// There is room for bytes of the page.
    WantsData(JobId),
    /// The job waits because of the printer (`None`: it goes on).
    Held {
        /// The job.
        job: JobId,
        /// Why it waits.
        hold: Option<Hold>,
    },
    /// A page is on paper.
    PagePrinted {
        /// The job.
        job: JobId,
        /// The page, from 1.
        page: u16,
        /// How it is known.
        proof: Proof,
        /// What it took of the printer, its cut included.
        counts: Counts,
    },
    /// A job's state changed.
    Job {
        /// The job.
        job: JobId,
        /// Its new state.
        state: JobState,
    },
}
