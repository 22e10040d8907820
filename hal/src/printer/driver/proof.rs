//! Questions whose answers prove that what went before was processed or printed.

/// Shortest and longest fence in questions; each fence has another length than the ones before it,
/// so that a late answer to an earlier fence is not taken for the present one's.
const FENCE_MIN: u8 = 2;
const FENCE_MAX: u8 = 6;
/// Characters of a process id: 20..=7E.
const ID_FIRST: u8 = 0x20;
const ID_COUNT: u32 = 95;

/// Makes questions and follows runs of fence answers.
#[derive(Debug)]
pub(super) struct Questions {
    next_id: u32,
    fence: u8,
    run: u8,
}

impl Questions {
    pub(super) const fn new(first_id: u32) -> Self {
        Self { next_id: first_id, fence: FENCE_MIN, run: 0 }
    }

    /// A process id that was not used for a long time, with the command that asks for it.
    ///
    /// Three digits count, the fourth is their sum: an answer of which one bit was flipped is then
    /// never the answer to another question.
    pub(super) fn process_id(&mut self) -> ([u8; 4], [u8; 11]) {
        let mut rest = self.next_id;
        self.next_id = self.next_id.wrapping_add(1);
        let mut sum = 0;
        let [a, b, c] = [(); 3].map(|()| {
            let digit = rest % ID_COUNT;
            rest /= ID_COUNT;
            sum += digit;
            character(digit)
        });
        let d = character(sum);
        let id = [a, b, c, d];
        (id, [0x1D, 0x28, 0x48, 6, 0, 0x30, 0x30, a, b, c, d])
    }

    /// A fence: its number of answers, and the command of which each answer needs one, to be
    /// followed by [`FENCE_END`].
    pub(super) fn fence(&mut self) -> u8 {
        self.fence = if self.fence >= FENCE_MAX { FENCE_MIN } else { self.fence + 1 };
        self.run = 0;
        self.fence
    }

    /// One more fence answer came: how long the run is now.
    pub(super) fn fence_answer(&mut self) -> u8 {
        self.run = self.run.saturating_add(1);
        self.run
    }

    /// Something else, or silence, ended the run of fence answers: how long it was.
    pub(super) fn end_run(&mut self) -> u8 {
        core::mem::take(&mut self.run)
    }
}

/// The character of a process id that stands for `digit`, modulo [`ID_COUNT`].
const fn character(digit: u32) -> u8 {
    ID_FIRST + (digit % ID_COUNT) as u8
}

/// One question of a fence (`GS r 1`).
pub(super) const FENCE: [u8; 3] = [0x1D, 0x72, 0x01];
/// Automatic status on, which answers with the status at once and so ends the run (`GS a`).
pub(super) const FENCE_END: [u8; 3] = [0x1D, 0x61, 0xFF];

#[cfg(test)]
mod tests {
    use super::Questions;

    #[test]
    fn process_ids_differ_in_two_characters() {
        for start in [0, 94, 9024, u32::MAX - 20] {
            let mut questions = Questions::new(start);
            let ids: [[u8; 4]; 200] = core::array::from_fn(|_| questions.process_id().0);
            for (at, id) in ids.iter().enumerate() {
                assert!(id.iter().all(|byte| matches!(byte, 0x20..=0x7E)), "{id:02X?}");
                for other in ids.iter().skip(at + 1) {
                    let differing = id.iter().zip(other).filter(|(a, b)| a != b).count();
                    assert!(differing >= 2, "{id:02X?} {other:02X?}");
                }
            }
        }
    }
}
