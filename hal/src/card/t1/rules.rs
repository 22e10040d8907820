//! The rules of ISO 7816-3, 11.6.3, by which a block is answered.

use super::{
    Last, Phase, Repeat, T1, T1Error, T1Step,
    block::{Block, BlockError, Cause, Kind, Topic},
};
use crate::card::{
    limits::{T1_BLOCKS_MAX, T1_IFSD, T1_RESYNCHS_MAX, T1_TRIES_MAX, TPDU_ROUNDS_MAX},
    status_word::StatusWord,
};

type Outcome = Result<T1Step, T1Error>;

impl T1 {
    /// Takes in a block from the card.
    ///
    /// # Errors
    /// The exchange is over; the card must be reset before it is spoken to again.
    pub fn receive(&mut self, block: &[u8]) -> Outcome {
        self.waiting = 1;
        self.blocks = self.blocks.saturating_add(1);
        let outcome = if self.blocks > T1_BLOCKS_MAX {
            Err(T1Error::TooManyBlocks)
        } else {
            match Block::parse(block, self.edc) {
                Ok(block) => self.take(block),
                Err(BlockError::Edc) => self.invalid(Cause::Edc),
                Err(BlockError::Form) => self.invalid(Cause::Other),
            }
        };
        self.settle(outcome)
    }

    /// The answer to the last block did not come, or was broken on its way (`parity`).
    ///
    /// # Errors
    /// As [`receive`](Self::receive).
    pub fn lost(&mut self, parity: bool) -> Outcome {
        self.waiting = 1;
        let outcome = self.invalid(if parity { Cause::Edc } else { Cause::Other });
        self.settle(outcome)
    }

    fn settle(&mut self, outcome: Outcome) -> Outcome {
        match outcome {
            Ok(T1Step::Done(_)) => self.phase = Phase::Idle,
            Err(T1Error::Idle) | Ok(T1Step::Send) => {}
            Err(_) => self.phase = Phase::Dead,
        }
        outcome
    }

    fn take(&mut self, block: Block<'_>) -> Outcome {
        match (self.phase, block.kind) {
            (Phase::Idle, _) => Err(T1Error::Idle),
            (Phase::Dead, _) => Err(T1Error::Lost),
            (Phase::Aborting, _) => Err(T1Error::Aborted),
            (Phase::Resynching, Kind::Response(Topic::Resynch)) => self.resynched(),
            (Phase::Sizing, Kind::Response(Topic::Ifs(T1_IFSD))) => self.sized(),
            // Asking for time or for another size is everybody's right, and no error.
            (Phase::Sizing | Phase::Sending | Phase::Receiving, Kind::Request(topic)) => {
                self.requested(topic)
            }
            (Phase::Sizing | Phase::Resynching, _) => self.invalid(Cause::Other),
            (_, Kind::Information { sequence, more }) => {
                self.information(sequence, more, block.information)
            }
            (Phase::Sending, Kind::Receipt { sequence, .. }) => self.receipt(sequence),
            // The card wants our receipt again, or answers what was not asked.
            (Phase::Receiving, _) | (_, Kind::Response(_)) => self.invalid(Cause::Other),
        }
    }

    /// Rule 2.1 and 5: an information block, which also acknowledges ours.
    fn information(&mut self, sequence: bool, more: bool, information: &[u8]) -> Outcome {
        let early = self.phase == Phase::Sending && !self.is_last_piece();
        if sequence != self.theirs || early {
            return self.invalid(Cause::Other);
        }
        if self.phase == Phase::Sending {
            self.ours = !self.ours;
            self.phase = Phase::Receiving;
        }
        self.theirs = !self.theirs;
        self.progress();
        self.response.extend_from_slice(information).map_err(|_| T1Error::Length)?;
        if more {
            return self.send_receipt(Cause::None);
        }
        let (data, status) = self.response.split_last_chunk::<2>().ok_or(T1Error::Length)?;
        let (status, kept) = (StatusWord::from(*status), data.len());
        if kept < self.collected {
            return Err(T1Error::Length);
        }
        self.response.truncate(kept);
        self.answered(status)
    }

    /// The whole answer is here. Some cards speak as if this were T=0.
    fn answered(&mut self, status: StatusWord) -> Outcome {
        let last = match (status, self.command.as_slice()) {
            (StatusWord::BytesAvailable(count), &[class, ..]) if self.wants_data => {
                self.command.clear();
                self.command.extend_from_slice(&[class, 0xC0, 0x00, 0x00, count])
            }
            (StatusWord::WrongLe(count), &[.., _]) if self.wants_data => {
                self.command.pop();
                self.command.push(count).map_err(|_| Default::default())
            }
            _ => return Ok(T1Step::Done(status)),
        };
        self.rounds += 1;
        if last.is_err() || self.rounds > TPDU_ROUNDS_MAX {
            return Err(T1Error::TooManyBlocks);
        }
        self.collected = self.response.len();
        self.acknowledged = 0;
        self.send_piece();
        Ok(T1Step::Send)
    }

    /// Rules 2.2 and 5: the card expects the block of this number.
    fn receipt(&mut self, sequence: bool) -> Outcome {
        if sequence == self.ours {
            // It asks for the last one again.
            self.tries = 0;
            self.repeats += 1;
            if self.repeats >= T1_TRIES_MAX {
                return self.resynch();
            }
        } else if self.is_last_piece() {
            return self.invalid(Cause::Other);
        } else {
            self.progress();
            self.ours = !self.ours;
            self.acknowledged += self.piece;
        }
        self.send_piece();
        Ok(T1Step::Send)
    }

    /// Rules 3, 4 and 9: what the card asks is granted.
    fn requested(&mut self, topic: Topic) -> Outcome {
        match topic {
            // Only the reader's side may.
            Topic::Resynch => return self.invalid(Cause::Other),
            Topic::Ifs(size) => self.ifsc = size,
            Topic::Wtx(times) => self.waiting = times.max(1),
            Topic::Abort => self.phase = Phase::Aborting,
        }
        self.tries = 0;
        self.send(Last::Response, Block::bare(Kind::Response(topic)));
        Ok(T1Step::Send)
    }

    /// Rule 7: something broken or nothing at all came.
    fn invalid(&mut self, cause: Cause) -> Outcome {
        match self.phase {
            Phase::Idle => return Err(T1Error::Idle),
            Phase::Dead => return Err(T1Error::Lost),
            Phase::Aborting => return Err(T1Error::Aborted),
            _ => {}
        }
        self.tries += 1;
        if self.tries >= T1_TRIES_MAX {
            return match self.phase {
                // The card keeps to 32 bytes then, which is no harm.
                Phase::Sizing if cause == Cause::Other && self.blocks > 0 => self.sized(),
                Phase::Sizing => Err(T1Error::Lost),
                _ => self.resynch(),
            };
        }
        match self.last {
            Last::Information | Last::Response => self.send_receipt(cause),
            Last::Receipt | Last::Request => Ok(T1Step::Send),
        }
    }

    /// Rule 6: both sides begin anew.
    fn resynch(&mut self) -> Outcome {
        let over = self.phase == Phase::Resynching || self.resynchs >= T1_RESYNCHS_MAX;
        if over || self.repeat == Repeat::Never {
            return Err(T1Error::Lost);
        }
        self.resynchs += 1;
        self.progress();
        self.phase = Phase::Resynching;
        self.send(Last::Request, Block::bare(Kind::Request(Topic::Resynch)));
        Ok(T1Step::Send)
    }

    fn resynched(&mut self) -> Outcome {
        self.ours = false;
        self.theirs = false;
        self.ifsc = self.ifsc.min(self.ifsc_first);
        self.progress();
        self.acknowledged = 0;
        self.response.truncate(self.collected);
        self.send_piece();
        Ok(T1Step::Send)
    }

    fn sized(&mut self) -> Outcome {
        self.is_sized = true;
        self.progress();
        self.send_piece();
        Ok(T1Step::Send)
    }

    pub(super) fn send_size(&mut self) {
        self.phase = Phase::Sizing;
        self.send(Last::Request, Block::bare(Kind::Request(Topic::Ifs(T1_IFSD))));
    }

    fn progress(&mut self) {
        self.tries = 0;
        self.repeats = 0;
    }

    fn is_last_piece(&self) -> bool {
        self.acknowledged + self.piece >= self.command.len()
    }

    /// Sends the next piece of the command, or the same again.
    pub(super) fn send_piece(&mut self) {
        self.phase = Phase::Sending;
        let rest = self.command.get(self.acknowledged..).unwrap_or_default();
        self.piece = rest.len().min(self.ifsc.into());
        let more = self.piece < rest.len();
        let kind = Kind::Information { sequence: self.ours, more };
        let information = rest.get(..self.piece).unwrap_or_default();
        // A piece is never longer than a block carries.
        let block = Block { kind, information }.encode(self.edc).unwrap_or_default();
        self.block = block;
        self.last = Last::Information;
    }

    fn send_receipt(&mut self, cause: Cause) -> Outcome {
        let kind = Kind::Receipt { sequence: self.theirs, cause };
        self.send(Last::Receipt, Block::bare(kind));
        Ok(T1Step::Send)
    }

    fn send(&mut self, last: Last, block: Block<'_>) {
        self.last = last;
        self.block = block.encode(self.edc).unwrap_or_default();
    }
}
