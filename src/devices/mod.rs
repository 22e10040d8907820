//! The threads that own the ports, and nothing else that does.

mod arrival;
pub mod capabilities;
pub mod card;
pub mod code;
pub mod idcard;
pub mod line;
pub mod printer;
pub mod pty;
pub mod serial;
pub mod simulate;
pub mod supervise;
pub mod timing;
pub mod worker;
