//! Imported documents, and what the ledger says of them.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod balances;
mod ledger;
mod shapes;

use jiff::civil::date;
use serde_json::json;

use super::*;
use crate::domain::account::MovementKind;
use crate::domain::id_number::IdNumber;
use crate::domain::money::Money;
use crate::domain::period::Period;
use crate::domain::person::{CardNo, PersonNo};
use crate::records::embedded::EmbeddedLedger;
use crate::records::port::{AccountStatement, Credential, Ledger, LedgerError};

/// The worked example of GB 11643, which belongs to nobody.
const CERTNO: &str = "11010519491231002X";
const NAME: &str = "张甲乙";

struct Case {
    dir: tempfile::TempDir,
    files: u32,
}

impl Case {
    fn new() -> Self {
        Self { dir: tempfile::tempdir().unwrap(), files: 0 }
    }

    fn db(&self) -> PathBuf {
        self.dir.path().join("ledger.db")
    }

    fn write(&mut self, bytes: &[u8]) -> PathBuf {
        self.files += 1;
        let path = self.dir.path().join(format!("{}.json", self.files));
        std::fs::write(&path, bytes).unwrap();
        path
    }

    /// Imports one document at noon of 22 November 2026.
    fn import(&mut self, document: &Value) -> FileReport {
        self.import_bytes(document.to_string().as_bytes())
    }

    fn import_bytes(&mut self, bytes: &[u8]) -> FileReport {
        let path = self.write(bytes);
        let now = date(2026, 11, 22).at(12, 0, 0, 0);
        let mut report = import_at(&[path], &self.db(), now).unwrap();
        report.files.remove(0)
    }

    fn count(&self, sql: &str) -> i64 {
        let db = Connection::open(self.db()).unwrap();
        db.query_row(sql, [], |row| row.get(0)).unwrap()
    }

    fn statement(&self) -> AccountStatement {
        let period = Period::new(date(2000, 1, 1), date(2030, 1, 1)).unwrap();
        let mut ledger = EmbeddedLedger::open(&self.db()).unwrap();
        ledger.account_statement(&PersonNo::new("3100000001"), period).unwrap()
    }

    fn balance(&self) -> Money {
        let mut ledger = EmbeddedLedger::open(&self.db()).unwrap();
        let person = PersonNo::new("3100000001");
        ledger.overview(&person, date(2026, 11, 22)).unwrap().balance.total
    }
}

fn person(balance: Value) -> Value {
    json!({
        "baseinfo": {"psn_no": "3100000001", "psn_cert_type": "01", "certno": CERTNO,
            "psn_name": NAME, "gend": 2, "naty": "01", "brdy": "1949-12-31", "age": 76.9},
        "insuinfo": [{"balc": balance, "insutype": 310, "psn_type": "1201", "psn_insu_stas": "1",
            "psn_insu_date": "2001-01-01 00:00:00", "insuplc_admdvs": "310101", "emp_name": ""}],
        "idetinfo": []
    })
}

fn settlement(id: &str, day: &str, total: i64, fund: i64, account: i64, shared: i64) -> Value {
    json!({
        "setl_id": id, "mdtrt_id": format!("M{id}"), "psn_no": "3100000001", "psn_name": NAME,
        "psn_cert_type": "01", "certno": CERTNO, "gend": "2", "brdy": "1949-12-31",
        "insutype": "310", "psn_type": "1201", "fixmedins_code": "H31990100101",
        "fixmedins_name": "春晖街道社区卫生服务中心", "setl_time": format!("{day} 09:30:00"),
        "med_type": "11", "medfee_sumamt": total, "fund_pay_sumamt": fund,
        "psn_pay": total - fund, "acct_pay": account, "cash_payamt": total - fund - account,
        "acct_mulaid_pay": shared, "balc": "", "refd_setl_flag": if total < 0 { "1" } else { "0" }
    })
}

fn yuan(yuan: i64) -> Money {
    Money::from_fen(yuan * 100)
}
