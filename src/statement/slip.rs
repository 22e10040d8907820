//! A slip, from its rows to its bytes.

use core::fmt;
use std::sync::{Arc, OnceLock};

use hmac::{Hmac, Mac};
use jiff::civil::DateTime;
use sha2::Sha256;
use zeroize::{Zeroize, Zeroizing};

use super::document::{Frame, PageNumber};
use super::line::Line;
use super::{
    Paper, Picture, Profile, ReceiptFacts, SlipError, account, care, encode, family, picture,
    receipt_lines,
};
use crate::domain::family::Beneficiary;
use crate::domain::person::Insured;
use crate::records::port::{AccountStatement, CareStatement, FamilyStatement};

/// The slips a patron can take home.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum SlipKind {
    /// 个人账户余额及明细单
    Account,
    /// 共济支付情况单
    Family,
    /// 医保报销记录单: one's own visits of a year.
    Care,
    /// 授权/解绑回执: of every write but a payment.
    Authorisation,
    /// 共济缴费凭条: of a payment, and of taking it back.
    Premium,
}

/// How large a slip is printed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum PrintSize {
    /// Characters of 3 mm, rows twice as high.
    #[default]
    Normal,
    /// Everything twice as high and wide, laid out anew, for weak eyes.
    Large,
}

/// Who gives the slip out, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Issuer {
    /// The issuing body, such as 上海市医疗保障局.
    pub body: String,
    /// The hall.
    pub hall: String,
    /// The kiosk's number.
    pub terminal_no: String,
    /// The number to call with questions, such as 12393.
    pub hotline: Option<String>,
}

/// What a slip says besides its rows.
#[derive(Clone, Copy, Debug)]
pub struct SlipContext<'a> {
    /// Whose account it is.
    pub insured: &'a Insured,
    /// Relatives who may use the account: those without a row are listed with nothing used.
    pub family: &'a [Beneficiary],
    /// Who gives it out.
    pub issuer: &'a Issuer,
    /// What the printer can.
    pub profile: Profile,
    /// How large it is printed.
    pub size: PrintSize,
}

/// What a slip gets when it is printed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stamp {
    /// The journal's number of this print.
    pub slip_no: String,
    /// The random text by which the issuer knows the slip again.
    pub verification: String,
    /// When.
    pub printed_at: DateTime,
    /// 0 the first time; anything above is marked 补打 with that number.
    pub copy: u16,
}

/// A slip laid out, before the journal has given it a number. Holds personal data; wiped when dropped.
pub struct Slip {
    content: Content,
    picture: OnceLock<Option<Arc<Picture>>>,
}

/// All of a slip but its stamp.
#[derive(PartialEq, Eq)]
pub struct Content {
    pub kind: SlipKind,
    pub frame: Frame,
    /// The lines of each page between head and foot.
    pub pages: Vec<Vec<Line>>,
    pub rows: usize,
    pub summary: Vec<(String, String)>,
}

impl Slip {
    /// 个人账户余额及明细单
    ///
    /// # Errors
    /// [`SlipError`] when the sums do not agree, a row does not belong, or it is too long: there is
    /// no paper then.
    pub fn account(
        statement: &AccountStatement,
        context: &SlipContext<'_>,
    ) -> Result<Self, SlipError> {
        account::lay_out(statement, context).map(Self::new)
    }

    /// 共济支付情况单
    ///
    /// # Errors
    /// As [`account`](Self::account).
    pub fn family(
        statement: &FamilyStatement,
        context: &SlipContext<'_>,
    ) -> Result<Self, SlipError> {
        family::lay_out(statement, context).map(Self::new)
    }

    /// 医保报销记录单
    ///
    /// # Errors
    /// As [`account`](Self::account).
    pub fn care(statement: &CareStatement, context: &SlipContext<'_>) -> Result<Self, SlipError> {
        care::lay_out(statement, context).map(Self::new)
    }

    /// The receipt of a write: 授权回执, 解绑回执, 共济缴费凭条 and the like.
    ///
    /// # Errors
    /// [`SlipError`] when its texts are longer than the pages of a slip.
    pub fn receipt(facts: &ReceiptFacts, context: &SlipContext<'_>) -> Result<Self, SlipError> {
        receipt_lines::lay_out(facts, context).map(Self::new)
    }

    fn new(content: Content) -> Self {
        Self { content, picture: OnceLock::new() }
    }

    /// A slip with so many pages and this summary, for tests of what shows it.
    #[cfg(test)]
    #[allow(clippy::unwrap_used)]
    pub(crate) fn for_test(
        size: PrintSize,
        kind: SlipKind,
        pages: usize,
        summary: &[(&str, &str)],
    ) -> Self {
        use super::receipt_words::title;
        use crate::domain::operation::OperationKind::{Bind, PayPremium};
        let insured = Insured {
            psn_no: crate::domain::person::PersonNo::new("1"),
            name: crate::domain::person::PersonName::new("张三"),
            id_number: crate::domain::id_number::IdNumber::parse("310101194701010010").unwrap(),
            gender: crate::domain::person::Gender::Male,
            insurance: crate::domain::insurance::InsuranceType::Employee,
            status: crate::domain::insurance::InsuranceStatus::Normal,
            region: "310000".into(),
        };
        let issuer = Issuer {
            body: "测试".into(),
            hall: "测试".into(),
            terminal_no: "1".into(),
            hotline: None,
        };
        let context = SlipContext {
            insured: &insured,
            family: &[],
            issuer: &issuer,
            profile: Profile::MM80,
            size,
        };
        let day = crate::domain::period::Period::day(jiff::civil::date(2026, 11, 22));
        let frame = match kind {
            SlipKind::Account => Frame::spanning(account::TITLE, day, &context),
            SlipKind::Family => Frame::spanning(family::TITLE, day, &context),
            SlipKind::Care => Frame::spanning(care::TITLE, day, &context),
            SlipKind::Authorisation => Frame::new(title(Bind), &context),
            SlipKind::Premium => Frame::new(title(PayPremium), &context),
        };
        let summary = summary.iter().map(|(l, v)| ((*l).into(), (*v).into())).collect();
        Self::new(Content { kind, frame, pages: vec![Vec::new(); pages], rows: 3, summary })
    }

    /// Which slip it is.
    pub fn kind(&self) -> SlipKind {
        self.content.kind
    }

    /// Its official name.
    pub fn title(&self) -> &str {
        self.content.frame.title.whole
    }

    /// The paper it is laid out for.
    pub fn paper(&self) -> Paper {
        self.content.frame.profile.paper
    }

    /// How large it is laid out.
    pub fn size(&self) -> PrintSize {
        self.content.frame.size
    }

    /// Pages, each cut by itself; at least 1.
    pub fn pages(&self) -> u16 {
        u16::try_from(self.content.pages.len()).unwrap_or(u16::MAX)
    }

    /// Rows listed, of all kinds; none on a receipt.
    pub fn rows(&self) -> usize {
        self.content.rows
    }

    /// What it is about, for the screen, as label and value: period, number of rows and sums, or what
    /// became of a write; at most five of them.
    pub fn summary(&self) -> &[(String, String)] {
        &self.content.summary
    }

    /// How the first page will look, without number and time. Drawn at the first call, which takes
    /// some milliseconds: make that where the slip is laid out. `None` if it cannot be drawn.
    pub fn picture(&self) -> Option<Arc<Picture>> {
        self.picture
            .get_or_init(|| {
                let bytes = self.page_bytes(0, None).ok()?;
                picture::draw(&bytes, self.content.frame.profile.paper).map(Arc::new)
            })
            .clone()
    }

    /// The pages as ESC/POS bytes, each beginning with a reset and ending at the start of a line,
    /// without feed and cut.
    ///
    /// # Errors
    /// [`SlipError::Encode`] when the stamp's texts are longer than a QR symbol holds.
    pub fn encode(&self, stamp: &Stamp) -> Result<Vec<Zeroizing<Vec<u8>>>, SlipError> {
        (0..self.content.pages.len()).map(|page| self.page_bytes(page, Some(stamp))).collect()
    }

    /// A digest of all that is on the slip but its stamp (HMAC-SHA-256), for the journal.
    pub fn digest(&self, key: &[u8; 32]) -> [u8; 32] {
        let mut block = Zeroizing::new([0; 64]);
        for (to, from) in block.iter_mut().zip(key) {
            *to = *from;
        }
        let mut mac = Hmac::<Sha256>::new((&*block).into());
        for line in (0..self.content.pages.len()).flat_map(|page| self.lines(page, None)) {
            if let Line::Text { text, .. } = line {
                mac.update(text.as_bytes());
            }
            mac.update(b"\n");
        }
        mac.finalize().into_bytes().into()
    }

    /// The whole slip as a file for a printer: every page with its feed and cut.
    ///
    /// # Errors
    /// As [`encode`](Self::encode).
    pub fn escpos(&self, stamp: &Stamp) -> Result<Zeroizing<Vec<u8>>, SlipError> {
        encode::cut_pages(&self.encode(stamp)?, self.content.frame.profile)
    }

    /// How each page will look.
    ///
    /// # Errors
    /// As [`encode`](Self::encode).
    pub fn page_pictures(&self, stamp: &Stamp) -> Result<Vec<Picture>, SlipError> {
        let paper = self.content.frame.profile.paper;
        let pages = self.encode(stamp)?;
        Ok(pages.iter().filter_map(|bytes| picture::draw(bytes, paper)).collect())
    }

    /// How the whole slip will look, a broken line at each cut; `None` if it cannot be drawn.
    ///
    /// # Errors
    /// As [`encode`](Self::encode).
    pub fn whole_picture(&self, stamp: &Stamp) -> Result<Option<Picture>, SlipError> {
        Ok(picture::stack(&self.page_pictures(stamp)?))
    }

    fn page_bytes(
        &self,
        page: usize,
        stamp: Option<&Stamp>,
    ) -> Result<Zeroizing<Vec<u8>>, SlipError> {
        encode::page(&self.lines(page, stamp), self.content.frame.profile)
    }

    /// All lines of a page.
    fn lines(&self, page: usize, stamp: Option<&Stamp>) -> Vec<Line> {
        let frame = &self.content.frame;
        let of = self.pages();
        let number = u16::try_from(page).ok().and_then(|page| page.checked_add(1));
        let number = number.map(|page| PageNumber { page, of });
        let mut lines = frame.head(page == 0, number, stamp);
        lines.extend(self.content.pages.get(page).into_iter().flatten().cloned());
        let last = page + 1 >= self.content.pages.len();
        let foot =
            if last { frame.full_foot(number, stamp) } else { frame.short_foot(number, stamp) };
        lines.extend(foot);
        lines
    }
}

impl Drop for Content {
    fn drop(&mut self) {
        for (_, value) in &mut self.summary {
            value.zeroize();
        }
    }
}

impl PartialEq for Slip {
    fn eq(&self, other: &Self) -> bool {
        self.content == other.content
    }
}

impl Eq for Slip {}

impl fmt::Debug for Slip {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Slip({}, {} pages, {} rows)", self.title(), self.pages(), self.rows())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_has_a_title_of_its_own() {
        for (kind, title) in [
            (SlipKind::Account, "个人账户余额及明细单"),
            (SlipKind::Family, "共济支付情况单"),
            (SlipKind::Care, "医保报销记录单"),
            (SlipKind::Authorisation, "授权回执"),
            (SlipKind::Premium, "共济缴费凭条"),
        ] {
            let slip = Slip::for_test(PrintSize::Normal, kind, 1, &[]);
            assert_eq!((slip.kind(), slip.title()), (kind, title));
        }
    }
}
