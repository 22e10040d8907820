//! `devices check`, `devices read`, `devices test` and `devices watch`.

mod check;
mod read;
mod status;
mod test;
mod watch;

pub(super) use check::check;
pub(super) use read::read;
pub(super) use test::test;
pub(super) use watch::watch;
