//! A printer's status in words.

use gongji_hal::printer::status::{Paper, Status};

/// Its paper first, then whatever hinders it.
pub(super) fn status_words(status: Status) -> Vec<String> {
    let paper = match status.paper {
        Paper::Unknown => "paper unknown",
        Paper::Ok => "paper ok",
        Paper::NearEnd => "paper low",
        Paper::Out => "paper out",
    };
    let hindered = [
        (status.cover_open, "cover open"),
        (status.cutter_error, "cutter jammed"),
        (status.recoverable, "head hot"),
        (status.unrecoverable, "fault that needs repair"),
    ];
    let hindered = hindered.into_iter().filter(|(set, _)| *set).map(|(_, words)| words);
    core::iter::once(paper).chain(hindered).map(str::to_owned).collect()
}
