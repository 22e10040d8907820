//! A kiosk's registrar as a process of its own, killed at random moments with SIGKILL: journal and ledger
//! agree each time it starts again, nothing is doubled, nothing that was told as done is missing.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

#[path = "support/population.rs"]
mod population;
#[path = "support/writes.rs"]
mod writes;

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdout, Command, Stdio};
use std::time::{Duration, Instant};

use gongji_kiosk::app::{Registrar, SharedJournal};
use gongji_kiosk::domain::money::Money;
use gongji_kiosk::domain::operation::OperationKind;
use gongji_kiosk::domain::person::PersonNo;
use gongji_kiosk::journal::{
    DigestKey, Journal, JournalOptions, PrintKind, PrintRecord, PrintState, export, verify,
};
use gongji_kiosk::records::embedded::EmbeddedLedger;
use gongji_kiosk::records::port::{Action, OperationRequest};
use gongji_kiosk::visit::event::WriteOutcome;
use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha8Rng;
use rusqlite::Connection;
use writes::{NOW, TODAY, clock};

/// Times that the process is killed.
const KILLS: u32 = 210;
/// Kills of one pair of databases, before new ones are begun.
const KILLS_OF_ONE: u32 = 30;
/// What a write is taken to last before the first was seen.
const WRITE_FIRST: Duration = Duration::from_millis(4);
/// Tells the process which folder is its own, and its seed.
const CHILD: &str = "GONGJI_CRASH_CHILD";

fn options(folder: &Path) -> JournalOptions {
    JournalOptions::new(&folder.join("journal.db"), "XH03")
}

/// The process that is killed: the test program itself, started anew by the other test. It writes
/// without end and says what it told the patron.
#[test]
#[ignore = "it is started by the other test and never ends by itself"]
fn child() {
    let Ok(plan) = std::env::var(CHILD) else { return };
    let (seed, folder) = plan.split_once(' ').unwrap();
    let mut rng = ChaCha8Rng::seed_from_u64(seed.parse().unwrap());
    let folder = PathBuf::from(folder);
    let db = folder.join("records.db");
    let journal = Journal::open(&options(&folder), NOW).unwrap();
    let journal = SharedJournal::new(journal, |_| {});
    let mut ledger = EmbeddedLedger::open(&db).unwrap();
    let mut registrar = Registrar::new(journal.clone(), clock).unwrap();
    println!("ready");
    assert!(registrar.reconcile(&mut ledger));
    let (payer, relative) = (population::payer_of(&db), population::relative_of(&db));
    loop {
        let request = any_request(&mut rng, &db, &payer, &relative);
        println!("about to write");
        let told = registrar.operate(&mut ledger, request);
        match &told {
            WriteOutcome::Confirmed { receipt, reference } => {
                println!("told {reference} confirmed {}", receipt.acceptance_no);
                if rng.random_ratio(1, 4) {
                    print(&journal);
                }
            }
            WriteOutcome::Refused { why, reference } => {
                println!("told {reference} refused {}", why.code());
            }
            other => println!("told {other:?}"),
        }
    }
}

/// A slip goes out, and says so when it is printed.
fn print(journal: &SharedJournal) {
    let record = PrintRecord {
        kind: PrintKind::Authorisation,
        pages: 1,
        copy: 0,
        of: None,
        digest: [7; 32],
    };
    let slip = journal.with(|journal| journal.begin_print(&record, TODAY)).unwrap().slip_no;
    for (state, pages) in
        [(PrintState::Sending, 0), (PrintState::Sent, 0), (PrintState::Printed, 1)]
    {
        journal.with(|journal| journal.set_print_state(&slip, state, pages, NOW)).unwrap();
    }
    println!("printed {slip}");
}

fn any_request(
    rng: &mut ChaCha8Rng,
    db: &Path,
    payer: &PersonNo,
    relative: &PersonNo,
) -> OperationRequest {
    match rng.random_range(0..8) {
        // The one thing that would be done twice without anything in its way.
        0..3 => {
            population::request(payer.reveal(), Action::Transfer { amount: Money::from_fen(1) })
        }
        3 => population::limit(payer, relative, rng.random_range(1_000_000..2_000_000)),
        4 => population::order(db, relative, rng.random()),
        5 => population::pay_or_cancel(db, payer, relative),
        6 => population::release(payer, &population::stranger(db)),
        _ => population::bind_to(payer, &population::stranger(db)),
    }
}

struct Victim {
    child: Child,
    out: BufReader<ChildStdout>,
}

impl Victim {
    fn start(folder: &Path, seed: u32) -> Self {
        let mut command = Command::new(std::env::current_exe().unwrap());
        command.args(["--exact", "child", "--ignored", "--nocapture", "--quiet"]);
        command.env(CHILD, format!("{seed} {}", folder.display()));
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::inherit()).spawn().unwrap();
        let out = BufReader::new(child.stdout.take().unwrap());
        Self { child, out }
    }

    /// The next line that the process itself says; `None` when it has ended.
    fn line(&mut self) -> Option<String> {
        loop {
            let mut line = String::new();
            if self.out.read_line(&mut line).unwrap() == 0 {
                return None;
            }
            let known = ["ready", "about ", "told ", "printed "];
            if line.ends_with('\n') && known.iter().any(|word| line.starts_with(word)) {
                return Some(line.trim_end().to_owned());
            }
        }
    }

    /// SIGKILL; what it had still said.
    fn kill(mut self) -> Vec<String> {
        self.child.kill().unwrap();
        let lines = std::iter::from_fn(|| self.line()).collect();
        let status = self.child.wait().unwrap();
        assert_eq!(status.code(), None, "it had ended by itself: {lines:?}");
        lines
    }
}

/// Waits a part of what a write lasts, and a little more at most: the kill shall come in its midst, and
/// no event tells of that.
fn moment(rng: &mut ChaCha8Rng, write: Duration) {
    let until = Instant::now() + write.mul_f64(rng.random_range(0.0..1.2));
    while Instant::now() < until {
        std::hint::spin_loop();
    }
}

/// Lets it make some writes, most often kills it within the next one, and gives all that it said.
/// `write` is what a write lasts, as far as it can be seen from here.
fn live(mut victim: Victim, rng: &mut ChaCha8Rng, write: &mut Duration) -> Vec<String> {
    let mut lines = Vec::new();
    let mut next = |victim: &mut Victim| {
        lines.push(victim.line().expect("it writes without end"));
        lines.last().cloned().unwrap_or_default()
    };
    let writes = rng.random_range(0..4);
    for _ in 0..writes {
        while !next(&mut victim).starts_with("about") {}
        let begun = Instant::now();
        while !next(&mut victim).starts_with("told") {}
        *write = (*write + begun.elapsed()) / 2;
    }
    if rng.random_ratio(3, 4) {
        while !next(&mut victim).starts_with("about") {}
    }
    moment(rng, *write);
    lines.extend(victim.kill());
    lines
}

#[derive(Default)]
struct Counts {
    told: u64,
    left_open: u64,
    closed: u64,
    begun: u64,
    confirmed: u64,
    slips_interrupted: usize,
}

#[test]
fn killed_two_hundred_times_nothing_is_lost_doubled_or_guessed() {
    let base = population::folder();
    population::generate(&base.path().join("records.db"));
    let mut rng = ChaCha8Rng::seed_from_u64(20_261_122);
    let mut sums = Counts::default();
    let (mut kills, mut write) = (0, WRITE_FIRST);
    while kills < KILLS {
        // On the disk, where a write takes its time.
        let folder = tempfile::tempdir().unwrap();
        let db = folder.path().join("records.db");
        std::fs::copy(base.path().join("records.db"), &db).unwrap();
        let mut told = BTreeMap::new();
        let mut printed = Vec::new();
        for _ in 0..KILLS_OF_ONE {
            let victim = Victim::start(folder.path(), kills);
            let lines = live(victim, &mut rng, &mut write);
            kills += 1;
            for line in lines {
                let words: Vec<&str> = line.split(' ').collect();
                match words[..] {
                    ["told", reference, end, detail] => {
                        let before = told.insert(reference.to_owned(), format!("{end} {detail}"));
                        assert_eq!(before, None, "{reference} was given twice");
                        sums.told += 1;
                    }
                    ["printed", slip] => printed.push(slip.to_owned()),
                    ["ready"] | ["about", ..] => {}
                    _ => panic!("{line}"),
                }
            }
            start_again(folder.path(), &told, &printed, &mut sums);
        }
        let verdict = verify(&folder.path().join("journal.db"), None).unwrap();
        sums.begun += verdict.begun;
        sums.confirmed += verdict.confirmed;
    }
    let Counts { told, left_open, closed, begun, confirmed, slips_interrupted } = sums;
    println!(
        "{kills} kills: {begun} writes begun, {confirmed} confirmed, {told} told; {left_open} were left \
         open ({closed} had not reached the ledger), {slips_interrupted} slips were interrupted"
    );
    assert!(closed > 0 && left_open > closed, "the kills come where nothing happens");
}

/// What a start of the kiosk does, and then everything must agree.
fn start_again(
    folder: &Path,
    told: &BTreeMap<String, String>,
    printed: &[String],
    sums: &mut Counts,
) {
    let (db, path) = (folder.join("records.db"), folder.join("journal.db"));
    let journal = Journal::open(&options(folder), NOW).unwrap();
    sums.slips_interrupted += journal.interrupted();
    let open = journal.open_operations().unwrap();
    assert!(open.len() <= 1, "one write at a time");
    sums.left_open += open.len() as u64;
    for slip in printed {
        let job = journal.print_job(slip).unwrap().expect("a printed slip is remembered");
        assert_eq!(job.state, PrintState::Printed);
    }
    let journal = SharedJournal::new(journal, |_| {});
    let mut ledger = EmbeddedLedger::open(&db).unwrap();
    let mut registrar = Registrar::new(journal.clone(), clock).unwrap();
    assert!(registrar.reconcile(&mut ledger));
    drop((registrar, ledger, journal));
    let key = DigestKey::read(&folder.join("journal.key")).unwrap();
    let verdict = verify(&path, Some(&key)).unwrap();
    assert_eq!(verdict.open, 0);

    // The journal's word of every write is the ledger's, and what was told is both.
    let mut out = Vec::new();
    export(&path, &mut out, Path::new("out")).unwrap();
    let rows: Vec<serde_json::Value> = out
        .split(|byte| *byte == b'\n')
        .filter(|line| !line.is_empty())
        .map(|line| serde_json::from_slice(line).unwrap())
        .collect();
    let raw = Connection::open(&db).unwrap();
    let mut ends = BTreeMap::new();
    let mut confirmed: BTreeMap<String, i64> = BTreeMap::new();
    for row in &rows {
        let text = |name: &str| row[name].as_str().unwrap_or_default().to_owned();
        if !matches!(row["event"].as_str(), Some("confirmed" | "refused")) {
            continue;
        }
        let end = format!("{} {}", text("event"), text("detail"));
        assert_eq!(ledger_says(&raw, &text("operation")), Some(end.clone()), "{row}");
        if end == "refused voided" {
            sums.closed += u64::from(open.iter().any(|open| open.reference == text("reference")));
        }
        if text("event") == "confirmed" {
            *confirmed.entry(text("kind")).or_default() += 1;
        }
        ends.insert(text("reference"), end);
    }
    for (reference, end) in told {
        assert_eq!(ends.get(reference), Some(end), "{reference} was told otherwise");
    }
    let of_ledger: i64 =
        count(&raw, "SELECT count(*) FROM operation WHERE acceptance_no IS NOT NULL");
    assert_eq!(of_ledger, confirmed.values().sum::<i64>(), "the ledger knows of no other write");
    nothing_twice(&raw, |kind| confirmed.get(kind.code()).copied().unwrap_or(0));
}

fn ledger_says(raw: &Connection, id: &str) -> Option<String> {
    let sql = "SELECT iif(outcome = 1, 'confirmed ' || acceptance_no, 'refused ' || refusal)
        FROM operation WHERE id = unhex(?1)";
    raw.query_row(sql, [id], |row| row.get(0)).ok()
}

/// What writes have left in the ledger, counted by other means than its own list of them.
fn nothing_twice(raw: &Connection, confirmed: impl Fn(OperationKind) -> i64) {
    let transfers = confirmed(OperationKind::Transfer);
    let kept: i64 = count(raw, "SELECT coalesce(sum(balance_fen), 0) FROM reserve");
    assert_eq!(kept, transfers, "a fen for each");
    assert_eq!(count(raw, "SELECT count(*) FROM movement WHERE kind = 10"), transfers);
    let paid = count(raw, "SELECT count(*) FROM premium_payment");
    assert_eq!(paid, confirmed(OperationKind::PayPremium));
    let sql = "SELECT count(*) FROM authorisation WHERE asked_on = 20261120 AND agreement = 3";
    assert_eq!(count(raw, sql), confirmed(OperationKind::Bind));
    let sql = "SELECT count(*) FROM authorisation WHERE state = 4 AND closed_on = 20261120";
    assert_eq!(count(raw, sql), confirmed(OperationKind::Release));
    let refunds = count(raw, "SELECT count(*) FROM movement WHERE kind = 8 AND day = 20261120");
    assert_eq!(refunds, confirmed(OperationKind::CancelPremium));
}

fn count(raw: &Connection, sql: &str) -> i64 {
    raw.query_row(sql, [], |row| row.get(0)).unwrap()
}
