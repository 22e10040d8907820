//! Status words of ISO 7816-4, told apart as far as the driver acts on them.

/// What a card says at the end of an answer (SW1 SW2).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum StatusWord {
    /// `9000`: done.
    Ok,
    /// `61xx`: done, and so many bytes wait for GET RESPONSE (0 stands for 256).
    BytesAvailable(u8),
    /// `62xx`: done, with a warning.
    Warning(u8),
    /// `63Cx`: verification failed, so many tries are left.
    TriesLeft(u8),
    /// `6700`: wrong length.
    WrongLength,
    /// `6982`: the security status is not satisfied.
    SecurityNotSatisfied,
    /// `6983`: the authentication method is blocked.
    AuthenticationBlocked,
    /// `6985`: the conditions of use are not satisfied.
    ConditionsNotSatisfied,
    /// `6A81`: not supported; a bank-type card answers so when the whole card is locked.
    FunctionNotSupported,
    /// `6A82`: no such file or application.
    FileNotFound,
    /// `6A83`: no such record.
    RecordNotFound,
    /// `6A86`: wrong P1 or P2.
    WrongParameters,
    /// `6Cxx`: wrong Le; this is the right one (0 stands for 256).
    WrongLe(u8),
    /// `6D00`: unknown instruction.
    InstructionNotSupported,
    /// `6E00`: unknown class.
    ClassNotSupported,
    /// `6F00`: no diagnosis.
    Undiagnosed,
    /// Anything else.
    Other(u16),
}

impl From<[u8; 2]> for StatusWord {
    fn from([sw1, sw2]: [u8; 2]) -> Self {
        match (sw1, sw2) {
            (0x90, 0x00) => Self::Ok,
            (0x61, n) => Self::BytesAvailable(n),
            (0x62, n) => Self::Warning(n),
            (0x63, n) if n >> 4 == 0xC => Self::TriesLeft(n & 0x0F),
            (0x67, 0x00) => Self::WrongLength,
            (0x69, 0x82) => Self::SecurityNotSatisfied,
            (0x69, 0x83) => Self::AuthenticationBlocked,
            (0x69, 0x85) => Self::ConditionsNotSatisfied,
            (0x6A, 0x81) => Self::FunctionNotSupported,
            (0x6A, 0x82) => Self::FileNotFound,
            (0x6A, 0x83) => Self::RecordNotFound,
            (0x6A, 0x86) => Self::WrongParameters,
            (0x6C, n) => Self::WrongLe(n),
            (0x6D, 0x00) => Self::InstructionNotSupported,
            (0x6E, 0x00) => Self::ClassNotSupported,
            (0x6F, 0x00) => Self::Undiagnosed,
            other => Self::Other(u16::from_be_bytes([other.0, other.1])),
        }
    }
}

impl StatusWord {
    /// The two bytes as one number, SW1 first.
    pub const fn code(self) -> u16 {
        match self {
            Self::Ok => 0x9000,
            Self::BytesAvailable(n) => 0x6100 | n as u16,
            Self::Warning(n) => 0x6200 | n as u16,
            Self::TriesLeft(n) => 0x63C0 | n as u16,
            Self::WrongLength => 0x6700,
            Self::SecurityNotSatisfied => 0x6982,
            Self::AuthenticationBlocked => 0x6983,
            Self::ConditionsNotSatisfied => 0x6985,
            Self::FunctionNotSupported => 0x6A81,
            Self::FileNotFound => 0x6A82,
            Self::RecordNotFound => 0x6A83,
            Self::WrongParameters => 0x6A86,
            Self::WrongLe(n) => 0x6C00 | n as u16,
            Self::InstructionNotSupported => 0x6D00,
            Self::ClassNotSupported => 0x6E00,
            Self::Undiagnosed => 0x6F00,
            Self::Other(code) => code,
        }
    }

    /// Whether the command was carried out.
    pub const fn is_success(self) -> bool {
        matches!(self, Self::Ok | Self::BytesAvailable(_) | Self::Warning(_))
    }
}

#[cfg(test)]
mod tests {
    use super::StatusWord;

    #[test]
    fn every_status_word_keeps_its_code() {
        for code in 0..=u16::MAX {
            assert_eq!(StatusWord::from(code.to_be_bytes()).code(), code);
        }
    }

    #[test]
    fn the_words_the_driver_acts_on_are_told_apart() {
        for (code, word) in [
            (0x9000, StatusWord::Ok),
            (0x6110, StatusWord::BytesAvailable(0x10)),
            (0x6283, StatusWord::Warning(0x83)),
            (0x63C2, StatusWord::TriesLeft(2)),
            (0x6700, StatusWord::WrongLength),
            (0x6982, StatusWord::SecurityNotSatisfied),
            (0x6983, StatusWord::AuthenticationBlocked),
            (0x6985, StatusWord::ConditionsNotSatisfied),
            (0x6A81, StatusWord::FunctionNotSupported),
            (0x6A82, StatusWord::FileNotFound),
            (0x6A83, StatusWord::RecordNotFound),
            (0x6A86, StatusWord::WrongParameters),
            (0x6C14, StatusWord::WrongLe(0x14)),
            (0x6D00, StatusWord::InstructionNotSupported),
            (0x6E00, StatusWord::ClassNotSupported),
            (0x6F00, StatusWord::Undiagnosed),
            (0x63F2, StatusWord::Other(0x63F2)),
        ] {
            assert_eq!(StatusWord::from(u16::to_be_bytes(code)), word);
        }
    }
}
