//! Reading one card: power, parameters, APDUs, and what to do when something fails.
//!
//! A block for the card is never sent twice: after a disturbance the card is powered anew and read
//! from the start. What was read before a restart is dropped, so a result is of one card.

use super::{
    atr::{Atr, AtrError},
    error::{CardError, Unreadable},
    flight::{Failure, Patience},
    limits::{
        COMMAND_LIMIT, MUTE_RESTARTS_MAX, POWER_SILENCE, RESTARTS_MAX, STATUS_SILENCE,
        TRANSFER_SILENCE,
    },
    message::{Command, ERROR_MUTE, IccState, POWER_3_V, POWER_5_V, Reply, Request},
    social::SocialReader,
    social_card::SocialCard,
    t0::{T0, T0Step},
};
use crate::time::{Duration, Instant};

/// Clock and baud rate factors before any negotiation (Fi 372, Di 1).
const FI_DI_DEFAULT: u8 = 0x11;

#[allow(clippy::large_enum_variant, reason = "there is one stage, and no heap")]
enum Stage {
    PowerOff,
    PowerOn,
    Parameters(Request),
    Apdu(T0),
    Complete,
}

/// What the job wants.
#[allow(clippy::large_enum_variant, reason = "short-lived, and no heap")]
pub(super) enum Next {
    /// Send this.
    Ask(Request, Patience),
    /// It is done.
    Complete(SocialCard),
}

/// A reading under way.
pub(super) struct Job {
    deadline: Instant,
    apdu_deadline: Option<Instant>,
    stage: Stage,
    social: Option<SocialReader>,
    atr: Option<Atr>,
    restarts: u8,
    mute_restarts: u8,
    power: u8,
    /// The contacts moved: ask whether the card still has the power we gave it.
    suspect: bool,
    confirming: bool,
    /// The contacts moved between two attempts: the card may be another.
    changed: bool,
}

impl Job {
    pub(super) fn new(deadline: Instant) -> Self {
        Self {
            deadline,
            apdu_deadline: None,
            stage: Stage::PowerOff,
            social: None,
            atr: None,
            restarts: 0,
            mute_restarts: 0,
            power: POWER_5_V,
            suspect: false,
            confirming: false,
            changed: false,
        }
    }

    fn is_powered(&self) -> bool {
        !matches!(self.stage, Stage::PowerOff | Stage::PowerOn)
    }

    /// `50 02` or `50 03` came.
    pub(super) fn card_moved(&mut self) {
        self.suspect |= self.is_powered();
        self.changed |= !self.is_powered() && self.atr.is_some();
    }

    /// What to do now that nothing is in flight.
    pub(super) fn next(&mut self, now: Instant) -> Next {
        if self.suspect {
            self.confirming = true;
            return self.ask(now, Request::bare(Command::SlotStatus), STATUS_SILENCE);
        }
        match &self.stage {
            Stage::PowerOff => self.ask(now, Request::bare(Command::PowerOff), STATUS_SILENCE),
            Stage::PowerOn => {
                let mut request = Request::bare(Command::PowerOn);
                request.specific = [self.power, 0, 0];
                self.ask(now, request, POWER_SILENCE)
            }
            Stage::Parameters(request) => self.ask(now, request.clone(), STATUS_SILENCE),
            Stage::Apdu(t0) => {
                let block = Request::new(Command::Transfer, [0; 3], t0.tpdu());
                let deadline = *self.apdu_deadline.get_or_insert(now + COMMAND_LIMIT);
                // A TPDU always fits into a message.
                let request = block.unwrap_or_else(|| Request::bare(Command::Transfer));
                let deadline = deadline.min(self.deadline);
                Next::Ask(request, Patience { silence: TRANSFER_SILENCE, deadline })
            }
            Stage::Complete => {
                Next::Complete(self.social.as_mut().map(SocialReader::take).unwrap_or_default())
            }
        }
    }

    fn ask(&self, now: Instant, request: Request, silence: Duration) -> Next {
        let deadline = (now + COMMAND_LIMIT).min(self.deadline);
        Next::Ask(request, Patience { silence, deadline })
    }

    /// Takes in the reply to what was asked.
    pub(super) fn receive(&mut self, reply: &Reply) -> Result<(), CardError> {
        if self.changed || reply.icc == IccState::Absent {
            return Err(CardError::Removed);
        }
        if core::mem::take(&mut self.confirming) {
            self.suspect = false;
            let same = reply.icc == IccState::Active;
            return if same { Ok(()) } else { Err(CardError::Removed) };
        }
        match &self.stage {
            Stage::PowerOff => self.stage = Stage::PowerOn,
            Stage::PowerOn => return self.powered_on(reply),
            Stage::Parameters(_) if reply.icc != IccState::Active => {
                return Err(CardError::Removed);
            }
            // A refusal is no harm: the reader then works with the card's defaults.
            Stage::Parameters(_) => self.next_apdu(),
            Stage::Apdu(_) => return self.block(reply),
            Stage::Complete => {}
        }
        Ok(())
    }

    /// What was asked came to nothing.
    pub(super) fn failed(&mut self, failure: Failure) -> Result<(), CardError> {
        let to_card = matches!(self.stage, Stage::Apdu(_)) && !self.confirming;
        match (failure, to_card) {
            (Failure::Overdue, _) => Err(CardError::Mute),
            (Failure::Silent, false) => Err(CardError::ReaderLost),
            (Failure::Silent, true) => self.restart(CardError::TimedOut),
            (Failure::Disturbed, true) => self.restart(TRANSMISSION),
            (Failure::Disturbed, false) => Err(TRANSMISSION),
        }
    }

    fn powered_on(&mut self, reply: &Reply) -> Result<(), CardError> {
        match reply.result {
            Err(ERROR_MUTE) => {
                // It may be a card for 3 V; one that has answered keeps its voltage.
                if self.atr.is_none() {
                    self.power = POWER_3_V;
                }
                return self.restart_mute();
            }
            Err(_) => return self.restart(TRANSMISSION),
            Ok(()) => {}
        }
        let atr = match Atr::parse(&reply.data) {
            Ok(atr) => atr,
            Err(AtrError::Truncated) if reply.data.is_empty() => return self.restart_mute(),
            Err(error) => return self.restart(CardError::Unreadable(Unreadable::Atr(error))),
        };
        if self.atr.as_ref().is_some_and(|first| *first != atr) {
            return Err(CardError::Removed);
        }
        // Which protocol runs is decided here and nowhere else.
        let specific = atr.specific_mode();
        if !atr.offers(0) || specific.is_some_and(|ta2| ta2 & 0x0F != 0) {
            return Err(CardError::UnsupportedProtocol);
        }
        self.stage = Stage::Parameters(t0_parameters(&atr));
        self.social = Some(SocialReader::new(atr.bytes()));
        self.atr = Some(atr);
        Ok(())
    }

    fn block(&mut self, reply: &Reply) -> Result<(), CardError> {
        match (reply.icc, reply.result) {
            // Some readers cut the power of a mute card; reading on would power whatever is in.
            (IccState::Inactive, Err(ERROR_MUTE)) if !self.suspect => return Err(CardError::Mute),
            (IccState::Inactive, _) => return Err(CardError::Removed),
            (_, Err(ERROR_MUTE)) => return self.restart_mute(),
            (_, Err(_)) => return self.restart(TRANSMISSION),
            (_, Ok(())) => {}
        }
        let (Stage::Apdu(t0), Some(social)) = (&mut self.stage, &mut self.social) else {
            return Ok(());
        };
        match t0.receive(&reply.data) {
            Err(_) => self.restart(CardError::Unreadable(Unreadable::Protocol)),
            Ok(T0Step::Send) => Ok(()),
            Ok(T0Step::Done(status)) => {
                social.receive(status, t0.response())?;
                self.next_apdu();
                Ok(())
            }
        }
    }

    fn next_apdu(&mut self) {
        self.apdu_deadline = None;
        let apdu = self.social.as_ref().and_then(SocialReader::apdu);
        self.stage = apdu.map_or(Stage::Complete, |apdu| Stage::Apdu(T0::new(apdu)));
    }

    fn restart_mute(&mut self) -> Result<(), CardError> {
        if self.mute_restarts >= MUTE_RESTARTS_MAX {
            return Err(CardError::Mute);
        }
        self.mute_restarts += 1;
        self.restart(CardError::Mute)
    }

    /// Powers the card anew and reads it from the start, or gives up with `error`.
    fn restart(&mut self, error: CardError) -> Result<(), CardError> {
        if self.suspect {
            return Err(CardError::Removed);
        }
        if self.restarts >= RESTARTS_MAX {
            return Err(error);
        }
        self.restarts += 1;
        self.stage = Stage::PowerOff;
        self.social = None;
        self.apdu_deadline = None;
        Ok(())
    }
}

const TRANSMISSION: CardError = CardError::Unreadable(Unreadable::Transmission);

/// SetParameters for T=0 (CCID 6.1.7): Fi/Di, convention, guard time, waiting integer, clock stop.
fn t0_parameters(atr: &Atr) -> Request {
    // In specific mode the card runs at once with its own factors, unless TA2 bit 5 says otherwise.
    let own_factors = atr.specific_mode().is_some_and(|ta2| ta2 & 0x10 == 0);
    let fi_di = atr.fi_di().filter(|_| own_factors).unwrap_or(FI_DI_DEFAULT);
    let convention = if atr.is_inverse() { 0x02 } else { 0x00 };
    let data = [fi_di, convention, atr.extra_guard_time(), atr.waiting_integer(), 0x00];
    Request::new(Command::SetParameters, [0; 3], &data)
        .unwrap_or_else(|| Request::bare(Command::SetParameters))
}

#[cfg(test)]
mod tests;
