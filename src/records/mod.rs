//! The port to the ledger, and its adapters.

pub mod embedded;
pub mod error;
pub mod generate;
pub mod import;
pub mod port;

pub use error::RecordsError;
