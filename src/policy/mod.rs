//! What differs by region: packs of rules, each value with its source, and the decisions made from
//! them. Pure: texts in, decisions out; reading files is `config`'s.

pub mod built_in;
mod check;
mod error;
mod pack;
mod packs;
pub mod rules;
pub mod schema;
pub mod words;

pub use check::text_digest;
pub use error::Problem;
pub use pack::{Fact, FieldView, Pack, Rules, Stated};
pub use packs::{NoPolicy, Packs, Policy, PolicyFile, overlay};

#[cfg(test)]
mod tests;
