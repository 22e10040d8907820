//! ESC/POS receipt printer.
