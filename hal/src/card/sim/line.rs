//! The line between the simulated reader and its card: bytes, blocks, and what is agreed on.

use std::vec::Vec;

use super::{
    card::{Manner, SimCard},
    t1_card::T1Card,
    t1_fault::T1Fault,
};
use crate::card::{
    atr::Atr,
    pps::{FI_DI_DEFAULT, Pps},
    protocol::Protocol,
};

/// What holds on the line since the last reset.
#[derive(Clone, Default)]
pub(super) struct Line {
    protocol: Protocol,
    /// The rate factors at which the card speaks.
    fi_di: u8,
    /// A PPS may come: nothing else has.
    is_fresh: bool,
    t1: T1Card,
}

impl Line {
    /// What holds after a card has answered reset with `atr`.
    pub(super) fn after(atr: &[u8]) -> Self {
        let t1 = T1Card::new(atr);
        let usual = Self { protocol: Protocol::T0, fi_di: FI_DI_DEFAULT, is_fresh: true, t1 };
        let Ok(atr) = Atr::parse(atr) else {
            return usual;
        };
        let specific = atr.specific_mode();
        let number = specific.map_or(atr.first_offered(), |ta2| ta2 & 0x0F);
        let named = specific.filter(|ta2| ta2 & 0x10 == 0).and_then(|_| atr.fi_di());
        Self {
            protocol: Protocol::from_number(number).unwrap_or_default(),
            fi_di: named.unwrap_or(FI_DI_DEFAULT),
            ..usual
        }
    }

    pub(super) const fn protocol(&self) -> Protocol {
        self.protocol
    }

    pub(super) const fn fi_di(&self) -> u8 {
        self.fi_di
    }
}

impl SimCard {
    /// Whether the next block may be a PPS request.
    pub(super) fn expects_pps(&self) -> bool {
        self.line.is_fresh
    }

    /// Answers a PPS request; `None`: it keeps silent, and waits for a reset.
    pub(super) fn pps(&mut self, request: &[u8]) -> Option<Vec<u8>> {
        let atr = Atr::parse(self.atr.as_deref()?).ok()?;
        self.line.is_fresh = false;
        let (number, fi_di) = match *request {
            [0xFF, pps0, _] if pps0 & 0xF0 == 0 => (pps0 & 0x0F, None),
            [0xFF, pps0, fi_di, _] if pps0 & 0xF0 == 0x10 => (pps0 & 0x0F, Some(fi_di)),
            _ => return None,
        };
        let protocol = Protocol::from_number(number)?;
        let asked = Pps { protocol, fi_di };
        let right = asked.request() == request && atr.offers(number);
        if !right || atr.specific_mode().is_some() || self.manner == Manner::Refuses {
            self.line.fi_di = 0;
            return None;
        }
        let kept = fi_di.filter(|_| self.manner == Manner::Agrees);
        self.line.protocol = protocol;
        self.line.fi_di = kept.unwrap_or(FI_DI_DEFAULT);
        Some(Pps { protocol, fi_di: kept }.request().to_vec())
    }

    /// Answers a block of T=1; `None`: silence.
    pub(super) fn block(&mut self, block: &[u8], fault: Option<T1Fault>) -> Option<Vec<u8>> {
        self.line.is_fresh = false;
        let mut t1 = std::mem::take(&mut self.line.t1);
        let block = match fault {
            Some(fault) => fault.before(&mut t1, block),
            None => Some(block.to_vec()),
        };
        let answer = block.map(|block| t1.receive(&block, |apdu| self.apdu(apdu)));
        let edc = t1.edc();
        self.line.t1 = t1;
        match fault {
            Some(fault) => fault.after(answer?, edc),
            None => answer,
        }
    }

    /// Answers a TPDU of T=0.
    pub(super) fn tpdu(&mut self, tpdu: &[u8]) -> Vec<u8> {
        self.line.is_fresh = false;
        self.transmit(tpdu)
    }

    /// Carries out a whole command as T=1 brings it.
    fn apdu(&mut self, apdu: &[u8]) -> Vec<u8> {
        let Some((header, body)) = apdu.split_first_chunk::<4>() else {
            return [0x67, 0x00].to_vec();
        };
        match *body {
            [] => self.transmit(&[&header[..], &[0]].concat()),
            [le] => {
                let answer = self.transmit(apdu);
                match (le, answer.as_slice()) {
                    (0, &[0x6C, exact]) => self.transmit(&[&header[..], &[exact]].concat()),
                    _ => answer,
                }
            }
            [lc, ref rest @ ..] => {
                let Some((data, le)) = rest.split_at_checked(lc.into()) else {
                    return [0x67, 0x00].to_vec();
                };
                let answer = self.transmit(&[&header[..], &[lc], data].concat());
                match (le, answer.as_slice()) {
                    ([_], &[0x61, count]) => self.transmit(&[0x00, 0xC0, 0x00, 0x00, count]),
                    ([], &[0x61, _]) => [0x90, 0x00].to_vec(),
                    ([] | [_], _) => answer,
                    _ => [0x67, 0x00].to_vec(),
                }
            }
        }
    }
}
