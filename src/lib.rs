//! Self-service kiosk for the family account (家庭共济) of China's employee medical insurance.
//!
//! `ARCHITECTURE.md` has the map and the rules of who may know whom.
#![cfg_attr(not(test), warn(clippy::unwrap_used))]

pub mod app;
pub mod commands;
pub mod config;
pub mod devices;
pub mod domain;
pub mod journal;
pub mod policy;
pub mod records;
pub mod statement;
pub mod view;
pub mod visit;
