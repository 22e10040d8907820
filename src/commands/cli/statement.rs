//! What the `statement` commands take.

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};
use jiff::civil::Date;

#[derive(Debug, Subcommand)]
pub(in crate::commands) enum StatementCommand {
    /// Make one slip, as bytes for a printer or as a picture
    Render(RenderOptions),
}

#[derive(Debug, Args)]
pub(in crate::commands) struct RenderOptions {
    /// The database
    #[arg(long, value_name = "FILE")]
    pub(in crate::commands) db: PathBuf,
    /// The person: document number or card number
    #[arg(long, value_name = "ID")]
    pub(in crate::commands) person: String,
    /// Which slip
    #[arg(long)]
    pub(in crate::commands) kind: KindOption,
    /// First day: 2025-01-01
    #[arg(long, value_name = "D")]
    pub(in crate::commands) from: Date,
    /// Last day: 2025-12-31
    #[arg(long, value_name = "D")]
    pub(in crate::commands) to: Date,
    /// The file to make: it ends in .escpos or .png
    #[arg(long, value_name = "FILE")]
    pub(in crate::commands) out: PathBuf,
    /// Width of the paper
    #[arg(long, default_value = "80mm")]
    pub(in crate::commands) paper: PaperOption,
    /// Characters of the printer; a line with any other is drawn
    #[arg(long, default_value = "gb18030")]
    pub(in crate::commands) font: FontOption,
    /// Who draws the QR symbol
    #[arg(long, default_value = "native")]
    pub(in crate::commands) qr: QrOption,
    /// Print twice as large, for weak eyes
    #[arg(long)]
    pub(in crate::commands) large: bool,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
pub(in crate::commands) enum KindOption {
    /// 个人账户余额及明细单
    Account,
    /// 共济支付情况单
    Family,
    /// 医保报销记录单
    Care,
    /// 授权/解绑回执
    #[value(hide = true)]
    Authorisation,
    /// 共济缴费凭条
    #[value(hide = true)]
    Premium,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
pub(in crate::commands) enum PaperOption {
    /// 576 dots
    #[value(name = "80mm")]
    Mm80,
    /// 384 dots
    #[value(name = "58mm")]
    Mm58,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
pub(in crate::commands) enum FontOption {
    /// The two-byte area of GB 18030
    Gb18030,
    /// GB 2312 only
    Gb2312,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
pub(in crate::commands) enum QrOption {
    /// The printer, by its own command
    Native,
    /// The kiosk, as a picture
    Raster,
}
