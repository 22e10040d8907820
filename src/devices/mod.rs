//! The threads that own the ports, and nothing else that does.

pub mod pty;
pub mod serial;
pub mod worker;
