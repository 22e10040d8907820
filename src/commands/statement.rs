//! `statement render`: one slip as bytes for a printer or as pictures.

use std::path::Path;

use jiff::Zoned;

use crate::domain::id_number::IdNumber;
use crate::domain::period::Period;
use crate::domain::person::CardNo;
use crate::records::embedded::EmbeddedLedger;
use crate::records::port::{Credential, Ledger, LedgerError};
use crate::statement::{
    Font, Issuer, Paper, PrintSize, Profile, QrPrinting, Slip, SlipContext, Stamp, png,
};

use super::Failure;
use super::cli::{FontOption, KindOption, PaperOption, QrOption, RenderOptions};

pub(super) fn render(options: &RenderOptions) -> Result<(), Failure> {
    let kind = StatementKind::of(options.kind)?;
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
    let slip = lay_out(options, kind, period)?;
    let stamp = Stamp {
        slip_no: "样张".into(),
        verification: "SAMPLE".into(),
        printed_at: Zoned::now().datetime(),
        copy: 0,
    };
    let out = &options.out;
    if ending == "png" {
        let picture = slip.whole_picture(&stamp).map_err(Failure::new)?;
        let picture = picture.ok_or_else(|| Failure::new("the slip is too long to draw"))?;
        png::write(&picture, out).map_err(Failure::new)?;
    } else {
        let bytes = slip.escpos(&stamp).map_err(Failure::new)?;
        std::fs::write(out, &*bytes).map_err(|e| {
            Failure::new(format!("{}: cannot be written: {e}; check its folder", out.display()))
        })?;
    }
    let (title, pages, rows) = (slip.title(), slip.pages(), slip.rows());
    say!("{}: {title}, {pages} pages, {rows} rows", out.display());
    Ok(())
}

/// The slips that records alone can fill.
#[derive(Clone, Copy)]
enum StatementKind {
    Account,
    Family,
    Care,
}

impl StatementKind {
    fn of(kind: KindOption) -> Result<Self, Failure> {
        let name = match kind {
            KindOption::Account => return Ok(Self::Account),
            KindOption::Family => return Ok(Self::Family),
            KindOption::Care => return Ok(Self::Care),
            KindOption::Authorisation => "authorisation",
            KindOption::Premium => "premium",
        };
        Err(Failure::usage(format!(
            "--kind {name}: a receipt is of a write and is printed by the kiosk that made it, not from \
             records; take account, family or care"
        )))
    }
}

fn lay_out(options: &RenderOptions, kind: StatementKind, period: Period) -> Result<Slip, Failure> {
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
    let context = SlipContext {
        insured: &insured,
        family: &[],
        issuer: &issuer,
        profile: profile(options),
        size: if options.large { PrintSize::Large } else { PrintSize::Normal },
    };
    let slip = match kind {
        StatementKind::Account => {
            let data = ledger.account_statement(&insured.psn_no, period);
            Slip::account(&data.map_err(|e| refused(&options.db, &e))?, &context)
        }
        StatementKind::Family => {
            let data = ledger.family_statement(&insured.psn_no, period);
            Slip::family(&data.map_err(|e| refused(&options.db, &e))?, &context)
        }
        StatementKind::Care => {
            let data = ledger.care_statement(&insured.psn_no, period);
            Slip::care(&data.map_err(|e| refused(&options.db, &e))?, &context)
        }
    };
    slip.map_err(Failure::new)
}

/// The printer that the options describe.
fn profile(options: &RenderOptions) -> Profile {
    let paper = match options.paper {
        PaperOption::Mm80 => Paper::Mm80,
        PaperOption::Mm58 => Paper::Mm58,
    };
    let font = match options.font {
        FontOption::Gb18030 => Font::Gb18030,
        FontOption::Gb2312 => Font::Gb2312,
    };
    let qr = match options.qr {
        QrOption::Native => QrPrinting::Native,
        QrOption::Raster => QrPrinting::Raster,
    };
    Profile { font, qr, ..Profile::usual(paper) }
}

/// A document number if it can be one, else a card number.
pub(super) fn credential(text: &str) -> Credential {
    match IdNumber::parse(text) {
        Ok(number) => Credential::IdNumber(number),
        Err(_) => Credential::Card { number: CardNo::new(text), id_number: None },
    }
}

fn refused(db: &Path, e: &LedgerError) -> Failure {
    Failure::new(format!("{}: {e}", db.display()))
}
