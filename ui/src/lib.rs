//! t
slint::include_modules!();
