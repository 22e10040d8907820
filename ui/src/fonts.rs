//! The Chinese font, given to Slint from memory.

use std::sync::Arc;

use slint::fontique_011::{fontique, shared_collection};

/// Gives both weights of the shipped font to Slint and makes them the last resort for every
/// script the screen uses, so that a machine without fonts shows Chinese.
///
/// To be called once in a thread that has its Slint platform, before the first window.
///
/// # Errors
///
/// A sentence if a font file of the program is damaged.
pub fn register_fonts() -> Result<(), String> {
    let mut collection = shared_collection();
    let mut families = Vec::new();
    for bytes in [gongji_fonts::REGULAR, gongji_fonts::BOLD] {
        let registered = collection.register_fonts(fontique::Blob::new(Arc::new(bytes)), None);
        if registered.is_empty() {
            return Err("程序自带的中文字体已损坏，请重新安装程序".into());
        }
        families.extend(registered.into_iter().map(|(family, _)| family));
    }
    families.dedup();
    for generic in [fontique::GenericFamily::SansSerif, fontique::GenericFamily::SystemUi] {
        collection.set_generic_families(generic, families.iter().copied());
    }
    Ok(())
}
