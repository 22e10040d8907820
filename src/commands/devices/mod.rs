//! `devices check`, `devices read` and `devices test`.

mod check;
mod read;
mod test;

pub(super) use check::check;
pub(super) use read::read;
pub(super) use test::test;
