//! Reading one card: power, protocol, parameters, APDUs, and what to do when something fails.
//!
//! Over T=0 a block for the card is never sent twice: after a disturbance the card is powered anew
//! and read from the start. T=1 repairs itself first. What was read before a restart is dropped,
//! so a result is of one card.

mod answers;

use super::{
    atr::Atr,
    error::{CardError, Unreadable},
    flight::{Failure, Patience},
    limits::{
        COMMAND_LIMIT, MUTE_RESTARTS_MAX, POWER_SILENCE, RESTARTS_MAX, STATUS_SILENCE,
        TRANSFER_SILENCE,
    },
    message::{Command, POWER_5_V, Request},
    pps::Pps,
    protocol::{Protocol, parameters},
    social::SocialReader,
    social_card::SocialCard,
    t1::Repeat,
    transport::Transport,
};
use crate::time::{Duration, Instant};

enum Stage {
    PowerOff,
    PowerOn,
    /// The card is asked to agree to this.
    Agreement(Pps),
    /// The reader is told what holds: protocol and rate factors.
    Parameters(Protocol, u8),
    Apdu,
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
    transport: Option<Transport>,
    /// Whether a better rate may be asked for, and whether anything may be.
    speed: bool,
    agrees: bool,
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
    /// A reading; `agrees` when the reader leaves it to the host to agree with the card (PPS).
    pub(super) fn new(deadline: Instant, agrees: bool) -> Self {
        Self {
            deadline,
            apdu_deadline: None,
            stage: Stage::PowerOff,
            social: None,
            atr: None,
            transport: None,
            speed: true,
            agrees,
            restarts: 0,
            mute_restarts: 0,
            power: POWER_5_V,
            suspect: false,
            confirming: false,
            changed: false,
        }
    }

    /// The way to the card that was read, for what comes after.
    pub(super) fn take_transport(&mut self) -> Option<Transport> {
        self.transport.take()
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
        match (&self.stage, &self.transport) {
            (Stage::PowerOn, _) => {
                let mut request = Request::bare(Command::PowerOn);
                request.specific = [self.power, 0, 0];
                self.ask(now, request, POWER_SILENCE)
            }
            (Stage::Agreement(pps), _) => {
                let request = Request::new(Command::Transfer, [0; 3], &pps.request());
                let request = request.unwrap_or_else(|| Request::bare(Command::Transfer));
                self.ask(now, request, TRANSFER_SILENCE)
            }
            (Stage::Parameters(protocol, fi_di), _) => {
                let request = self.atr.as_ref().map(|atr| parameters(atr, *protocol, *fi_di));
                let request = request.unwrap_or_else(|| Request::bare(Command::SetParameters));
                self.ask(now, request, STATUS_SILENCE)
            }
            (Stage::Apdu, Some(transport)) => {
                let (request, silence) = transport.request();
                let deadline = *self.apdu_deadline.get_or_insert(now + COMMAND_LIMIT);
                let deadline = deadline.min(self.deadline);
                Next::Ask(request, Patience { silence, deadline })
            }
            (Stage::Complete, _) => {
                Next::Complete(self.social.as_mut().map(SocialReader::take).unwrap_or_default())
            }
            (Stage::PowerOff | Stage::Apdu, _) => {
                self.ask(now, Request::bare(Command::PowerOff), STATUS_SILENCE)
            }
        }
    }

    fn ask(&self, now: Instant, request: Request, silence: Duration) -> Next {
        let deadline = (now + COMMAND_LIMIT).min(self.deadline);
        Next::Ask(request, Patience { silence, deadline })
    }

    /// What was asked came to nothing.
    pub(super) fn failed(&mut self, now: Instant, failure: Failure) -> Result<(), CardError> {
        if failure == Failure::Overdue {
            return Err(CardError::Mute);
        }
        let silent = failure == Failure::Silent;
        match self.stage {
            Stage::Apdu if !self.confirming => {
                let error = if silent { CardError::TimedOut } else { TRANSMISSION };
                if self.apdu_deadline.is_some_and(|at| at <= now) {
                    return self.restart(error);
                }
                self.lost(false, |job| job.restart(error))
            }
            Stage::Agreement(_) if !self.confirming => self.restart_without_agreement(),
            _ if silent => Err(CardError::ReaderLost),
            _ => Err(TRANSMISSION),
        }
    }

    /// An answer of the card was lost: the protocol may have a remedy, else `otherwise`.
    fn lost(
        &mut self,
        parity: bool,
        otherwise: impl FnOnce(&mut Self) -> Result<(), CardError>,
    ) -> Result<(), CardError> {
        match self.transport.as_mut().and_then(|transport| transport.lost(parity)) {
            Some(Ok(_)) => Ok(()),
            Some(Err(_)) | None => otherwise(self),
        }
    }

    fn next_apdu(&mut self) {
        self.apdu_deadline = None;
        let apdu = self.social.as_ref().and_then(SocialReader::apdu);
        self.stage = match (apdu, &mut self.transport) {
            (Some(apdu), Some(transport)) => {
                transport.begin(apdu, Repeat::Allowed);
                Stage::Apdu
            }
            (_, Some(transport)) => {
                transport.forget();
                Stage::Complete
            }
            _ => Stage::PowerOff,
        };
    }

    fn restart_mute(&mut self) -> Result<(), CardError> {
        if self.mute_restarts >= MUTE_RESTARTS_MAX {
            return Err(CardError::Mute);
        }
        self.mute_restarts += 1;
        self.restart(CardError::Mute)
    }

    /// The card does not agree, or fell silent when it was asked to: it stays at its default.
    fn restart_without_agreement(&mut self) -> Result<(), CardError> {
        self.agrees = false;
        self.restart(CardError::UnsupportedProtocol)
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
        // The default rate is the safest.
        self.speed = false;
        self.stage = Stage::PowerOff;
        self.social = None;
        self.transport = None;
        self.apdu_deadline = None;
        Ok(())
    }
}

const TRANSMISSION: CardError = CardError::Unreadable(Unreadable::Transmission);

#[cfg(test)]
mod tests;
