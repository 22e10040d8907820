//! Contact card reader.
