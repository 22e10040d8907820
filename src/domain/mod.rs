//! Values and rules of the field, pure: no I/O, no clock, no database, no screen.

pub mod account;
pub mod dates;
pub mod family;
pub mod id_number;
pub mod insurance;
pub mod masking;
pub mod money;
pub mod operation;
pub mod period;
pub mod person;
pub mod premium;
pub mod same_name;
pub mod settlement;
