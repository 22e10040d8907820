//! Blocks for the card, and the protocol by which the simulated reader carries them.

use super::{
    answer::{CARD_TIME, Draft, ERROR_LENGTH, done, failed, mute},
    reader::SimReader,
    t1_fault::T1Fault,
};
use crate::card::{
    message::ERROR_MUTE,
    pps::{FI_DI_DEFAULT, Pps},
    protocol::Protocol,
};

/// Error byte for a protocol that does not fit its data: the offset of bProtocolNum.
const ERROR_PROTOCOL: u8 = 0x07;

impl SimReader {
    /// SetParameters: five bytes for T=0, seven for T=1.
    pub(super) fn set_parameters(&mut self, number: u8, data: &[u8]) -> Draft {
        let agrees = self.kind.agrees_itself();
        let Some(slot) = self.slot.as_mut().filter(|slot| slot.powered) else {
            return failed(0x82, ERROR_MUTE);
        };
        let (protocol, fi_di) = match (number, data) {
            (0, &[fi_di, _, _, _, _]) => (Protocol::T0, fi_di),
            (1, &[fi_di, checks, _, _, _, _, _]) if checks & 0x10 != 0 => (Protocol::T1, fi_di),
            _ => return failed(0x82, ERROR_PROTOCOL),
        };
        let holds = (slot.card.line.protocol(), slot.card.line.fi_di());
        if agrees && holds != (protocol, fi_di) {
            let rate = Some(fi_di).filter(|&fi_di| fi_di != FI_DI_DEFAULT);
            slot.card.pps(&Pps { protocol, fi_di: rate }.request());
        }
        slot.parameters = Some((protocol, fi_di));
        done(0x82, data)
    }

    /// A PPS, a TPDU of T=0 or a block of T=1.
    pub(super) fn transfer(&mut self, block: &[u8], fault: Option<T1Fault>) -> Draft {
        let agrees = self.kind.agrees_itself();
        let Some(slot) = self.slot.as_mut().filter(|slot| slot.powered) else {
            return failed(0x80, ERROR_MUTE);
        };
        let card = &mut slot.card;
        if !agrees && block.first() == Some(&0xFF) && card.expects_pps() {
            return answered(card.pps(block));
        }
        let holds = (card.line.protocol(), card.line.fi_di());
        let set = slot.parameters.unwrap_or((holds.0, FI_DI_DEFAULT));
        if !is_whole(set.0, block) {
            return failed(0x80, ERROR_LENGTH);
        }
        // A card that is spoken to at another rate or in another protocol understands nothing.
        if set != holds {
            return mute(0x80);
        }
        match set.0 {
            Protocol::T0 => answered(Some(card.tpdu(block))),
            Protocol::T1 => answered(card.block(block, fault)),
        }
    }
}

/// T=0: header and Le, or header, Lc and data, never Lc and Le. T=1: as long as it says.
fn is_whole(protocol: Protocol, block: &[u8]) -> bool {
    match (protocol, block) {
        (Protocol::T0, [_, _, _, _, _]) => true,
        (Protocol::T0, [_, _, _, _, lc, data @ ..]) => data.len() == usize::from(*lc),
        (Protocol::T1, [_, _, length, rest @ ..]) => {
            let length = usize::from(*length);
            (length + 1..=length + 2).contains(&rest.len())
        }
        _ => false,
    }
}

fn answered(answer: Option<std::vec::Vec<u8>>) -> Draft {
    match answer {
        Some(answer) => Draft { time: CARD_TIME, ..done(0x80, &answer) },
        None => mute(0x80),
    }
}
