//! Orders to the card reader.

use std::path::Path;

use gongji_hal::card::sim::{CardFault, FaultPoint};

use super::super::{SimulatedHall, card_file};
use super::{Answer, DONE, after_two_words, done, plug};

pub(super) const HELP: &str = "\
card insert FILE        put in the card that FILE describes
card remove             take the card out
card unplug | replug    the reader's plug
fault card NAME [N]     spoil the reader's next answers: mute, lrc [N], nak [N], time [N],
                        time-framed [N], half, junk, drop [N], late [MS], pull, swap, slot,
                        error [HEX], t1-edc [N], t1-lost [N], t1-lost-answer [N], t1-garbled [N],
                        t1-sequence [N], t1-half [N], t1-wtx [N], t1-ifs [SIZE], t1-abort,
                        t1-resynch; then perhaps `after M blocks`: the one for the card that follows
                        M others";

pub(super) fn carry_out(hall: &SimulatedHall, words: &[&str], line: &str) -> Answer {
    match words {
        ["insert", ..] => Some(insert(hall, after_two_words(line))),
        ["remove"] => {
            hall.remove();
            Some(done())
        }
        ["unplug"] => {
            hall.card().unplug();
            Some(done())
        }
        ["replug"] => Some(plug(hall.card().replug())),
        _ => None,
    }
}

pub(super) fn fault(hall: &SimulatedHall, words: &[&str]) -> Result<String, String> {
    let (words, point) = match words {
        [words @ .., "after", blocks, "blocks" | "block"] => {
            let blocks = blocks.parse().map_err(|_| {
                format!("after {blocks} blocks: takes how many blocks for the card pass unharmed")
            })?;
            (words, Some(FaultPoint::transfer(blocks)))
        }
        words => (words, None),
    };
    let fault: CardFault = words.join(" ").parse().map_err(|e| format!("{e}"))?;
    let point = point.unwrap_or_else(|| fault.usual_point());
    hall.card().with(move |reader, _| reader.inject_at(point, fault));
    Ok(DONE.into())
}

fn insert(hall: &SimulatedHall, file: &str) -> Result<String, String> {
    if file.is_empty() {
        return Err("card insert takes the file that describes the card".into());
    }
    hall.insert(card_file::read(Path::new(file))?);
    Ok(DONE.into())
}
