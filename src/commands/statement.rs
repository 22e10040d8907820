//! `statement render`: one slip as bytes for a printer or as pictures.

use std::path::{Path, PathBuf};

use jiff::Zoned;

use crate::domain::id_number::IdNumber;
use crate::domain::period::Period;
use crate::domain::person::CardNo;
use crate::records::embedded::EmbeddedLedger;
use crate::records::port::{Credential, Ledger, LedgerError};
use crate::statement::{Font, Issuer, Paper, Slip, SlipContext, Stamp, png};

use super::Failure;
use super::cli::{KindOption, PaperOption, RenderOptions};

/// What ends a page that no driver cuts: feed past the cutter, cut.
const CUT: [u8; 4] = [0x1D, 0x56, 0x42, 0x00];

pub(super) fn render(options: &RenderOptions) -> Result<(), Failure> {
    let period = Period::new(options.from, options.to).ok_or_else(|| {
        let (from, to) = (options.from, options.to);
        Failure::usage(format!("--from {from} is later than --to {to}; exchange them"))
    })?;
    let ending = options.out.extension().and_then(|e| e.to_str()).unwrap_or_default();
    if !matches!(ending, "png" | "escpos") {
        let out = options.out.display();
        return Err(Failure::usage(format!(
            "--out {out}: takes a name that ends in .escpos or .png"
        )));
    }
    let slip = lay_out(options, period)?;
    let stamp = Stamp {
        slip_no: "样张".into(),
        verification: "SAMPLE".into(),
        printed_at: Zoned::now().datetime(),
        copy: 0,
    };
    let files = if ending == "png" {
        write_pictures(&slip, &stamp, &options.out)?
    } else {
        write_bytes(&slip, &stamp, &options.out)?
    };
    for file in files {
        println!("{}: {}, {} rows", file.display(), slip.title(), slip.rows());
    }
    Ok(())
}

fn lay_out(options: &RenderOptions, period: Period) -> Result<Slip, Failure> {
    let mut ledger = EmbeddedLedger::open(&options.db).map_err(Failure::new)?;
    let insured = ledger.identify(&credential(&options.person)).map_err(|e| match e {
        LedgerError::UnknownPerson => Failure::new(format!(
            "{}: knows nobody with that document or card number",
            options.db.display()
        )),
        e => refused(&options.db, &e),
    })?;
    let issuer = Issuer {
        body: "样张".into(),
        hall: "样张".into(),
        terminal_no: "0000".into(),
        hotline: None,
    };
    let paper = match options.paper {
        PaperOption::Mm80 => Paper::Mm80,
        PaperOption::Mm58 => Paper::Mm58,
    };
    let context = SlipContext {
        insured: &insured,
        family: &[],
        issuer: &issuer,
        paper,
        font: Font::default(),
    };
    let slip = match options.kind {
        KindOption::Account => {
            let data = ledger.account_statement(&insured.psn_no, period);
            Slip::account(&data.map_err(|e| refused(&options.db, &e))?, &context)
        }
        KindOption::Family => {
            let data = ledger.family_statement(&insured.psn_no, period);
            Slip::family(&data.map_err(|e| refused(&options.db, &e))?, &context)
        }
    };
    slip.map_err(Failure::new)
}

/// A document number if it can be one, else a card number.
fn credential(text: &str) -> Credential {
    match IdNumber::parse(text) {
        Ok(number) => Credential::IdNumber(number),
        Err(_) => Credential::Card { number: CardNo::new(text), id_number: None },
    }
}

fn refused(db: &Path, e: &LedgerError) -> Failure {
    Failure::new(format!("{}: {e}", db.display()))
}

fn write_bytes(slip: &Slip, stamp: &Stamp, out: &Path) -> Result<Vec<PathBuf>, Failure> {
    let mut bytes = Vec::new();
    for page in slip.encode(stamp).map_err(Failure::new)? {
        bytes.extend_from_slice(&page);
        bytes.extend_from_slice(&CUT);
    }
    std::fs::write(out, bytes)
        .map_err(|e| Failure::new(format!("{}: cannot be written: {e}", out.display())))?;
    Ok(vec![out.to_path_buf()])
}

/// One picture a page; from the second page on the number stands in the name.
fn write_pictures(slip: &Slip, stamp: &Stamp, out: &Path) -> Result<Vec<PathBuf>, Failure> {
    let mut files = Vec::new();
    for (index, picture) in slip.pictures(stamp).map_err(Failure::new)?.iter().enumerate() {
        let file = if index == 0 {
            out.to_path_buf()
        } else {
            let stem = out.file_stem().unwrap_or_default().to_string_lossy();
            out.with_file_name(format!("{stem}-{}.png", index + 1))
        };
        png::write(picture, &file).map_err(Failure::new)?;
        files.push(file);
    }
    Ok(files)
}
