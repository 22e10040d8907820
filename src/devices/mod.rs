//! The threads that own the ports, and nothing else that does.

pub mod card;
pub mod printer;
pub mod pty;
pub mod serial;
pub mod simulate;
pub mod worker;
