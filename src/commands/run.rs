//! `run`: the kiosk on real ports.
pub(super) fn run(_: &super::cli::RunOptions) -> Result<(), super::Failure> {
    Ok(())
}
