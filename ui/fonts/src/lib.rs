//! The Chinese font of the kiosk, so that a machine without fonts shows Chinese.
//!
//! Two weights of one family, [`FAMILY`], subset from Noto Sans CJK SC: the 8105 characters of
//! 通用规范汉字表, the GB 2312 area of GBK, Latin-1 and the signs of the screen and of the slips.
//! `README.md` in this directory says how the files are made; their licence is `OFL.txt`
//! (SIL Open Font License 1.1), also in [`LICENCE`].
//!
//! The bytes live here, and not in a `.slint` file, because the slips are drawn without Slint:
//! both share one copy in the program.

/// The family name of both weights, as `font-family` names it.
pub const FAMILY: &str = "Noto Sans SC";

/// The regular weight (400): a whole OpenType file with CFF outlines, 1000 units per em.
pub static REGULAR: &[u8] = include_bytes!("../NotoSansSC-Regular.otf");

/// The bold weight (700): a whole OpenType file with CFF outlines, 1000 units per em.
pub static BOLD: &[u8] = include_bytes!("../NotoSansSC-Bold.otf");

/// The licence of the two fonts, which has to go with them wherever they go.
pub static LICENCE: &str = include_str!("../OFL.txt");
