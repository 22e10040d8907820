//! Orders to the ID card reader.

use std::path::Path;

use gongji_hal::idcard::sim::IdCardFault;

use super::super::{SimulatedHall, idcard_file};
use super::{Answer, DONE, after_two_words, done, plug};

/// How often one order makes a status come at most.
const REPEATS_MAX: u8 = 100;

pub(super) const HELP: &str = "\
idcard place FILE       put down the document that FILE describes
idcard lift             take the document off
idcard unplug | replug  the reader's plug
fault idcard NAME [N]   spoil the reader's next answers: checksum, junk, half, flip, drop, silence,
                        late, lift, sw3 HEX; a document that cannot be read gives `sw3 41 3`";

pub(super) fn carry_out(hall: &SimulatedHall, words: &[&str], line: &str) -> Answer {
    match words {
        ["place", ..] => Some(place(hall, after_two_words(line))),
        ["lift"] => {
            hall.lift();
            Some(done())
        }
        ["unplug"] => {
            hall.idcard().unplug();
            Some(done())
        }
        ["replug"] => Some(plug(hall.idcard().replug())),
        _ => None,
    }
}

pub(super) fn fault(hall: &SimulatedHall, words: &[&str]) -> Result<String, String> {
    // A reader that repeats what failed once is told the same so many times.
    let (words, count) = match words {
        ["sw3", code, count] => (&["sw3", *code][..], repeats(count)?),
        words => (words, 1),
    };
    let fault: IdCardFault = words.join(" ").parse().map_err(|e| format!("{e}"))?;
    hall.idcard().with(move |reader, _| {
        for _ in 0..count {
            reader.inject(fault.clone());
        }
    });
    Ok(DONE.into())
}

fn repeats(text: &str) -> Result<u8, String> {
    let count = text.parse().ok().filter(|count| (1..=REPEATS_MAX).contains(count));
    count.ok_or_else(|| format!("sw3 takes a status and how often it comes, 1 to {REPEATS_MAX}"))
}

fn place(hall: &SimulatedHall, file: &str) -> Result<String, String> {
    if file.is_empty() {
        return Err("idcard place takes the file that describes the document".into());
    }
    hall.place(idcard_file::read(Path::new(file))?);
    Ok(DONE.into())
}
