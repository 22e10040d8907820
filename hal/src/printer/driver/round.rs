//! One round of the four real-time status requests.
//!
//! Their answers do not say which request they answer, and data may trigger phantom ones. A round is
//! believed only when exactly four answers came and, if a stray one is to be feared, the line was
//! quiet after them.

use crate::time::{Duration, Instant};

/// The four requests.
pub(super) const REQUESTS: [u8; 12] = [0x10, 0x04, 1, 0x10, 0x04, 2, 0x10, 0x04, 3, 0x10, 0x04, 4];
/// Time for all four answers after the last request has left.
pub(super) const ANSWER_TIME: Duration = Duration::from_millis(300);
/// Time for the requests to leave; a link that takes nothing for so long is stuck.
pub(super) const STALL_TIME: Duration = Duration::from_secs(10);
/// Quiet time after the fourth answer in which a fifth would spoil the round.
pub(super) const QUIET_TIME: Duration = Duration::from_millis(50);

#[derive(Clone, Debug, PartialEq, Eq)]
enum State {
    Resting,
    /// Requested; not all requests have left.
    Leaving {
        until: Instant,
    },
    Waiting {
        until: Instant,
    },
    Settling {
        until: Instant,
    },
}

/// How a round ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Outcome {
    /// Exactly four answers came.
    Believed([u8; 4]),
    /// Some answers came, not four.
    Spoiled,
    /// Four answers came, but the printer has told something newer meanwhile.
    Overtaken,
    /// None came.
    Silent,
    /// The link did not take the requests.
    Stalled,
}

#[derive(Debug)]
pub(super) struct Round {
    state: State,
    answers: heapless::Vec<u8, 4>,
    /// No answer but this round's own can come.
    sure: bool,
    /// The printer has told of a change since the round began.
    overtaken: bool,
    /// When the present or last round was begun.
    pub(super) began: Instant,
}

impl Round {
    pub(super) const fn new() -> Self {
        Self {
            state: State::Resting,
            answers: heapless::Vec::new(),
            sure: false,
            overtaken: false,
            began: Instant::from_millis(0),
        }
    }

    pub(super) fn is_resting(&self) -> bool {
        self.state == State::Resting
    }

    pub(super) fn begin(&mut self, now: Instant) {
        self.state = State::Leaving { until: now + STALL_TIME };
        self.answers.clear();
        self.overtaken = false;
        self.began = now;
    }

    /// The requests were taken by the link, which will have sent them at `sent`.
    pub(super) fn requests_left(&mut self, now: Instant, sent: Instant) {
        if matches!(self.state, State::Leaving { .. }) {
            self.state = State::Waiting { until: sent.max(now) + ANSWER_TIME };
            self.settle_if_full(now);
        }
    }

    /// A stray answer has come or may come: the next rounds wait for a quiet line.
    pub(super) const fn doubt(&mut self) {
        self.sure = false;
    }

    /// The printer tells of a change by itself: the round under way, if any, may hold what was before.
    pub(super) const fn overtake(&mut self) {
        self.overtaken = true;
    }

    /// Takes a real-time answer; a surplus one spoils the round.
    pub(super) fn answer(&mut self, now: Instant, byte: u8) -> Option<Outcome> {
        if self.is_resting() {
            self.doubt();
            return None;
        }
        if self.answers.push(byte).is_err() {
            self.state = State::Resting;
            self.doubt();
            return Some(Outcome::Spoiled);
        }
        self.settle_if_full(now);
        self.due(now).then(|| self.end())
    }

    fn settle_if_full(&mut self, now: Instant) {
        if self.answers.is_full() && matches!(self.state, State::Waiting { .. }) {
            let until = if self.sure { now } else { now + QUIET_TIME };
            self.state = State::Settling { until };
        }
    }

    fn due(&self, now: Instant) -> bool {
        matches!(self.state, State::Settling { until } if until <= now)
    }

    pub(super) fn next_timeout(&self) -> Option<Instant> {
        match self.state {
            State::Resting => None,
            State::Leaving { until } | State::Waiting { until } | State::Settling { until } => {
                Some(until)
            }
        }
    }

    pub(super) fn handle_timeout(&mut self, now: Instant) -> Option<Outcome> {
        let over = self.next_timeout().is_some_and(|until| until <= now);
        over.then(|| self.end())
    }

    fn end(&mut self) -> Outcome {
        let leaving = matches!(self.state, State::Leaving { .. });
        self.state = State::Resting;
        let outcome = match *self.answers.as_slice() {
            _ if leaving => Outcome::Stalled,
            [] => Outcome::Silent,
            [_, _, _, _] if self.overtaken => Outcome::Overtaken,
            [a, b, c, d] => Outcome::Believed([a, b, c, d]),
            _ => Outcome::Spoiled,
        };
        // With four, all answers are accounted for; otherwise a late one may come.
        self.sure = matches!(outcome, Outcome::Believed(_) | Outcome::Overtaken);
        outcome
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Answers come at 10 ms, the requests left at 0; gives the outcome and when it came.
    fn play(taken: bool, answers: &[u8]) -> (Outcome, u64) {
        let at = Instant::from_millis;
        let mut round = Round::new();
        round.begin(at(0));
        if taken {
            round.requests_left(at(0), at(0));
        }
        for &byte in answers {
            if let Some(outcome) = round.answer(at(10), byte) {
                return (outcome, 10);
            }
        }
        for ms in 10..20_000 {
            if let Some(outcome) = round.handle_timeout(at(ms)) {
                assert!(round.is_resting());
                return (outcome, ms);
            }
        }
        unreachable!("a round ends")
    }

    #[test]
    fn only_four_answers_and_quiet_are_believed() {
        let table: [(bool, &[u8], (Outcome, u64)); 5] = [
            (true, &[1, 2, 3, 4], (Outcome::Believed([1, 2, 3, 4]), 60)),
            (true, &[1, 2, 3, 4, 5], (Outcome::Spoiled, 10)),
            (true, &[1, 2, 3], (Outcome::Spoiled, 300)),
            (true, &[], (Outcome::Silent, 300)),
            (false, &[], (Outcome::Stalled, 10_000)),
        ];
        for (taken, answers, expected) in table {
            assert_eq!(play(taken, answers), expected, "{answers:?}");
        }
    }

    #[test]
    fn without_strays_to_fear_the_fourth_answer_ends_the_round() {
        let at = Instant::from_millis;
        let mut round = Round::new();
        let mut play = |begin: u64, doubt: bool| {
            round.begin(at(begin));
            if doubt {
                round.doubt();
            }
            round.requests_left(at(begin), at(begin));
            let told = [1, 2, 3, 4].map(|byte| round.answer(at(begin + 9), byte));
            told[3]
                .map(|_| 9)
                .or_else(|| (0..100).find(|ms| round.handle_timeout(at(begin + 9 + ms)).is_some()))
        };
        assert_eq!(play(0, false), Some(50), "the first");
        assert_eq!(play(1000, false), Some(9), "after one that was believed");
        assert_eq!(play(2000, true), Some(50), "after data like requests");
        assert_eq!(play(3000, false), Some(9), "after one that was believed");
        round.begin(at(4000));
        round.requests_left(at(4000), at(4000));
        assert_eq!(round.handle_timeout(at(4300)), Some(Outcome::Silent));
        round.begin(at(5000));
        round.requests_left(at(5000), at(5000));
        let told = [1, 2, 3, 4].map(|byte| round.answer(at(5001), byte));
        assert_eq!(told, [None; 4], "answers to the one before may come late");
    }

    #[test]
    fn answers_outside_a_round_are_nobodys() {
        let mut round = Round::new();
        assert_eq!(round.answer(Instant::from_millis(1), 0x12), None);
        assert!(round.is_resting());
    }

    #[test]
    fn time_counts_from_when_the_line_has_sent_the_requests() {
        let at = Instant::from_millis;
        let mut round = Round::new();
        round.begin(at(0));
        round.requests_left(at(0), at(1000));
        assert_eq!(round.next_timeout(), Some(at(1300)));
    }
}
