//! What a reading does with the reader's answers.

use super::{Job, Stage, TRANSMISSION};
use crate::card::{
    atr::{Atr, AtrError},
    error::{CardError, Unreadable},
    message::{ERROR_MUTE, ERROR_PARITY, IccState, POWER_3_V, Reply},
    pps::Pps,
    protocol::choose,
    social::SocialReader,
    transport::{Step, Transport},
};

impl Job {
    /// Takes in the reply to what was asked.
    pub(in crate::card) fn receive(&mut self, reply: &Reply) -> Result<(), CardError> {
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
            Stage::Agreement(pps) => return self.agreement(*pps, reply),
            Stage::Parameters(..) if reply.icc != IccState::Active => {
                return Err(CardError::Removed);
            }
            // A refusal is no harm: the reader then works with the card's defaults.
            Stage::Parameters(..) => self.next_apdu(),
            Stage::Apdu => return self.block(reply),
            Stage::Complete => {}
        }
        Ok(())
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
        let choice = choose(&atr, self.speed, self.agrees).ok_or(CardError::UnsupportedProtocol)?;
        self.stage = match choice.pps {
            Some(pps) => Stage::Agreement(pps),
            None => Stage::Parameters(choice.protocol, choice.fi_di),
        };
        self.transport = Some(Transport::new(&atr, choice.protocol));
        self.social = Some(SocialReader::new(atr.bytes()));
        self.atr = Some(atr);
        Ok(())
    }

    fn agreement(&mut self, pps: Pps, reply: &Reply) -> Result<(), CardError> {
        match (reply.icc, reply.result) {
            (IccState::Inactive, Err(ERROR_MUTE)) if !self.suspect => return Err(CardError::Mute),
            (IccState::Inactive, _) => return Err(CardError::Removed),
            (_, Err(_)) => return self.restart_without_agreement(),
            (_, Ok(())) => {}
        }
        match pps.agreed(&reply.data) {
            Some(fi_di) => {
                self.stage = Stage::Parameters(pps.protocol, fi_di);
                Ok(())
            }
            None => self.restart_without_agreement(),
        }
    }

    fn block(&mut self, reply: &Reply) -> Result<(), CardError> {
        match (reply.icc, reply.result) {
            // Some readers cut the power of a mute card; reading on would power whatever is in.
            (IccState::Inactive, Err(ERROR_MUTE)) if !self.suspect => return Err(CardError::Mute),
            (IccState::Inactive, _) => return Err(CardError::Removed),
            (_, Err(ERROR_MUTE)) => return self.lost(false, Self::restart_mute),
            (_, Err(error)) => {
                return self.lost(error == ERROR_PARITY, |job| job.restart(TRANSMISSION));
            }
            (_, Ok(())) => {}
        }
        let (Some(transport), Some(social)) = (&mut self.transport, &mut self.social) else {
            return Ok(());
        };
        match transport.receive(&reply.data) {
            Err(error) => self.restart(error),
            Ok(Step::Send) => Ok(()),
            Ok(Step::Done(status)) => {
                social.receive(status, transport.response())?;
                self.next_apdu();
                Ok(())
            }
        }
    }
}
