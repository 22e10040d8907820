//! `demo`.
use super::Failure;
use super::cli::DemoOptions;
pub(super) fn main_job() -> Result<(), Failure> {
    Ok(())
}
pub(super) fn demo(_: &DemoOptions) -> Result<(), Failure> {
    Ok(())
}
