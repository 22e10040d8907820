//! Every durable write, every call of the ledger and every step of a slip is a point at which the kiosk
//! dies: before it, after it, and in the midst of it. After a restart the write was done once or not at
//! all, the journal knows which, and nobody was told of a success that there was not.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

#[path = "support/crash.rs"]
mod crash;
#[path = "support/population.rs"]
mod population;
#[path = "support/writes.rs"]
mod writes;

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use crash::Files;
use gongji_kiosk::app::{Registrar, SharedJournal};
use gongji_kiosk::domain::operation::OperationId;
use gongji_kiosk::journal::{
    DigestKey, Journal, JournalOptions, OperationState, PrintKind, PrintRecord, PrintState, verify,
};
use gongji_kiosk::records::embedded::EmbeddedLedger;
use gongji_kiosk::records::port::{
    Ledger, LedgerError, Operation, OperationRequest, Outcome, WriteRefusal,
};
use gongji_kiosk::visit::event::WriteOutcome;
use rusqlite::types::Value;
use writes::{Fault, NOW, TODAY, clock};

/// Both databases at a moment, and what had happened by then.
#[derive(Clone)]
struct Moment {
    what: &'static str,
    journal: Files,
    ledger: Files,
    id: Option<OperationId>,
    told: Option<WriteOutcome>,
    /// The slip's number and how far it had got.
    slip: Option<(String, PrintState)>,
}

struct Film {
    journal: PathBuf,
    ledger: PathBuf,
    moments: Vec<Moment>,
    id: Option<OperationId>,
}

impl Film {
    fn shoot(&mut self, what: &'static str) {
        self.moments.push(Moment {
            what,
            journal: Files::read(&self.journal),
            ledger: Files::read(&self.ledger),
            id: self.id,
            told: None,
            slip: None,
        });
    }
}

/// The real ledger, filmed before and after each call; some calls or answers are lost.
struct Filmed {
    ledger: EmbeddedLedger,
    film: Arc<Mutex<Film>>,
    faults: Vec<Fault>,
}

impl Filmed {
    fn call(
        &mut self,
        names: [&'static str; 2],
        act: impl FnOnce(&mut EmbeddedLedger) -> Result<Outcome, LedgerError>,
    ) -> Result<Outcome, LedgerError> {
        let fault = if self.faults.is_empty() { Fault::None } else { self.faults.remove(0) };
        self.film.lock().unwrap().shoot(names[0]);
        if fault == Fault::Lost {
            return Err(LedgerError::Busy);
        }
        let outcome = act(&mut self.ledger);
        self.film.lock().unwrap().shoot(names[1]);
        if fault == Fault::AnswerLost { Err(LedgerError::Busy) } else { outcome }
    }

    fn execute(&mut self, operation: &Operation) -> Result<Outcome, LedgerError> {
        self.film.lock().unwrap().id = Some(operation.id);
        self.call(["before execute", "after execute"], |ledger| ledger.execute(operation))
    }

    fn reconcile(&mut self, id: OperationId) -> Result<Outcome, LedgerError> {
        self.call(["before reconcile", "after reconcile"], |ledger| ledger.reconcile(id))
    }
}

writes::writes_only!(Filmed);

type Effects = Vec<Vec<Value>>;

/// One kind of write on a ledger of its own.
struct Case {
    name: &'static str,
    folder: tempfile::TempDir,
    request: OperationRequest,
    before: Effects,
    after: Effects,
}

impl Case {
    fn new(
        name: &'static str,
        base: &Path,
        prepare: impl FnOnce(&Path) -> OperationRequest,
    ) -> Self {
        let folder = population::folder();
        let db = folder.path().join("records.db");
        std::fs::copy(base, &db).unwrap();
        let request = prepare(&db);
        let before = population::effects(&db);
        let trial = folder.path().join("trial.db");
        std::fs::copy(&db, &trial).unwrap();
        let operation = Operation { id: OperationId::new([9; 16]), request: request.clone() };
        let outcome = EmbeddedLedger::open(&trial).unwrap().execute(&operation).unwrap();
        assert!(matches!(outcome, Outcome::Confirmed(_)), "{name}: {outcome:?}");
        let after = population::effects(&trial);
        assert_ne!(before, after, "{name}");
        Self { name, folder, request, before, after }
    }

    /// Does the write with these faults, and prints its receipt when it is confirmed.
    fn play(&self, faults: &[Fault]) -> Vec<Moment> {
        let stage = population::folder();
        let path = |name: &str| stage.path().join(name);
        std::fs::copy(self.folder.path().join("records.db"), path("records.db")).unwrap();
        std::fs::copy(self.folder.path().join("journal.key"), path("journal.key")).unwrap();
        let options = JournalOptions::new(&path("journal.db"), "XH03");
        let journal = SharedJournal::new(Journal::open(&options, NOW).unwrap(), |_| {});
        let mut ledger = EmbeddedLedger::open(&path("records.db")).unwrap();
        // The log has begun before the film does.
        let _ = ledger.reconcile(OperationId::new([8; 16])).unwrap();
        let film = Film {
            journal: path("journal.db"),
            ledger: path("records.db"),
            moments: Vec::new(),
            id: None,
        };
        let film = Arc::new(Mutex::new(film));
        film.lock().unwrap().shoot("before begin");
        let mut filmed = Filmed { ledger, film: Arc::clone(&film), faults: faults.to_vec() };
        let mut registrar = Registrar::new(journal.clone(), clock).unwrap();
        let told = registrar.operate(&mut filmed, self.request.clone());
        film.lock().unwrap().shoot("told");
        film.lock().unwrap().moments.last_mut().unwrap().told = Some(told.clone());
        if matches!(told, WriteOutcome::Confirmed { .. }) {
            print(&journal, &film, &told);
        }
        drop((registrar, filmed, journal));
        let film = Arc::try_unwrap(film).ok().unwrap().into_inner().unwrap();
        film.moments
    }
}

/// The steps of a receipt on its way to paper, as the press takes them.
fn print(journal: &SharedJournal, film: &Mutex<Film>, told: &WriteOutcome) {
    let record = PrintRecord {
        kind: PrintKind::Authorisation,
        pages: 2,
        copy: 0,
        of: None,
        digest: [7; 32],
    };
    let slip = journal.with(|journal| journal.begin_print(&record, TODAY)).unwrap().slip_no;
    let note = |what, state| {
        let mut film = film.lock().unwrap();
        film.shoot(what);
        let moment = film.moments.last_mut().unwrap();
        moment.told = Some(told.clone());
        moment.slip = Some((slip.clone(), state));
    };
    note("slip queued", PrintState::Queued);
    for (what, state, pages) in [
        ("slip sending", PrintState::Sending, 0),
        ("first page", PrintState::Sending, 1),
        ("slip sent", PrintState::Sent, 1),
        ("slip printed", PrintState::Printed, 2),
    ] {
        journal.with(|journal| journal.set_print_state(&slip, state, pages, NOW)).unwrap();
        note(what, state);
    }
}

/// Starts the kiosk again on files that a crash has left, and holds it to the truth.
fn restart(case: &Case, point: &Moment, what: &str) {
    let folder = population::folder();
    let path = |name: &str| folder.path().join(name);
    point.journal.write(&path("journal.db"));
    point.ledger.write(&path("records.db"));
    std::fs::copy(case.folder.path().join("journal.key"), path("journal.key")).unwrap();
    let options = JournalOptions::new(&path("journal.db"), "XH03");
    let journal = SharedJournal::new(Journal::open(&options, NOW).unwrap(), |_| {});
    let mut ledger = EmbeddedLedger::open(&path("records.db")).unwrap();
    let mut registrar = Registrar::new(journal.clone(), clock).unwrap();
    assert!(registrar.reconcile(&mut ledger), "{what}");
    assert_eq!(registrar.due(), None, "{what}");

    let state = match point.id {
        Some(id) => journal.with(|journal| journal.operation(id)).unwrap(),
        None => None,
    };
    let effects = population::effects(&path("records.db"));
    match &state {
        Some(OperationState::Confirmed(_)) => assert!(effects == case.after, "{what}: not once"),
        Some(OperationState::Refused(why)) => {
            assert_eq!(why, "voided", "{what}");
            assert!(effects == case.before, "{what}: done and denied");
        }
        Some(open) => panic!("{what}: left {open:?}"),
        None => assert!(effects == case.before, "{what}: done and not in the journal"),
    }
    match &point.told {
        Some(WriteOutcome::Confirmed { receipt, .. }) => {
            let kept = OperationState::Confirmed(receipt.acceptance_no.clone());
            assert_eq!(state, Some(kept), "{what}: told what is not so");
        }
        Some(WriteOutcome::Refused { why, .. }) => {
            assert_eq!((*why, effects == case.before), (WriteRefusal::Voided, true), "{what}");
        }
        Some(WriteOutcome::NotBegun) => panic!("{what}"),
        Some(WriteOutcome::Unknown { .. }) | None => {}
    }
    // Sent again by whatever lay on the way, it changes nothing.
    if let (Some(id), Some(state)) = (point.id, &state) {
        let operation = Operation { id, request: case.request.clone() };
        let again = ledger.execute(&operation).unwrap();
        let known = match again {
            Outcome::Confirmed(receipt) => OperationState::Confirmed(receipt.acceptance_no),
            Outcome::Refused(why) => OperationState::Refused(why.code().into()),
        };
        assert_eq!(known, *state, "{what}: the ledger says otherwise");
        assert!(population::effects(&path("records.db")) == effects, "{what}: done twice");
    }
    check_slip(&journal, point, what);
    drop((registrar, journal));
    let key = DigestKey::read(&path("journal.key")).unwrap();
    let verdict = verify(&path("journal.db"), Some(&key)).unwrap_or_else(|e| panic!("{what}: {e}"));
    assert_eq!(verdict.open, 0, "{what}");
}

/// A slip of which bytes may have gone out is unknown, never printed anew; a printed one stays so.
fn check_slip(journal: &SharedJournal, point: &Moment, what: &str) {
    let Some((slip, state)) = &point.slip else { return };
    let Some(job) = journal.with(|journal| journal.print_job(slip)).unwrap() else {
        assert_eq!(
            *state,
            PrintState::Queued,
            "{what}: only its number can be lost, before it is told"
        );
        return;
    };
    let possible: &[PrintState] = match state {
        PrintState::Queued => &[PrintState::Failed],
        // Torn before the first byte went out.
        PrintState::Sending if point.what == "slip sending" => {
            &[PrintState::Failed, PrintState::Unknown]
        }
        PrintState::Sending | PrintState::Sent => &[PrintState::Unknown],
        _ => &[PrintState::Unknown, PrintState::Printed],
    };
    assert!(possible.contains(&job.state), "{what}: {}", job.state);
}

fn cases(base: &Path) -> Vec<Case> {
    let (payer, relative) = (population::payer(base), population::relative(base));
    let done = |db: &Path, request: OperationRequest| {
        let operation = Operation { id: OperationId::new([7; 16]), request };
        let outcome = EmbeddedLedger::open(db).unwrap().execute(&operation).unwrap();
        assert!(matches!(outcome, Outcome::Confirmed(_)), "{outcome:?}");
    };
    let cases = vec![
        Case::new("bind", base, |db| population::bind(db, &payer)),
        Case::new("release", base, |_| population::release(&payer, &relative)),
        Case::new("order", base, |db| population::order(db, &relative, true)),
        Case::new("limit", base, |_| population::limit(&payer, &relative, 123_400)),
        Case::new("pay", base, |db| population::pay(db, &payer, &relative)),
        Case::new("cancel", base, |db| {
            done(db, population::pay(db, &payer, &relative));
            population::cancel(db, &payer, &relative)
        }),
    ];
    for case in &cases {
        let options = JournalOptions::new(&case.folder.path().join("journal.db"), "XH03");
        drop(Journal::open(&options, NOW).unwrap());
    }
    cases
}

#[test]
fn killed_at_every_point_every_write_is_done_once_or_not_at_all_and_told_truthfully() {
    use Fault::{AnswerLost, Lost, None};
    let ways: [&[Fault]; 7] = [
        &[None],
        &[Lost, None],
        &[Lost, Lost],
        &[Lost, AnswerLost],
        &[AnswerLost, None],
        &[AnswerLost, Lost],
        &[AnswerLost, AnswerLost],
    ];
    let base = population::folder();
    let db = base.path().join("records.db");
    population::generate(&db);
    let cases = cases(&db);
    let mut points = Points::new();
    let mut ends: BTreeMap<&str, u32> = BTreeMap::new();
    // Two at a time: most of it is waiting for files.
    for pair in cases.chunks(2) {
        let played: Vec<_> = std::thread::scope(|scope| {
            let threads: Vec<_> =
                pair.iter().map(|case| scope.spawn(|| kill_everywhere(case, &ways))).collect();
            threads.into_iter().map(|thread| thread.join().unwrap()).collect()
        });
        for (counted, told) in played {
            points.extend(counted);
            told.into_iter().for_each(|told| *ends.entry(told).or_default() += 1);
        }
    }
    let mut sums: BTreeMap<&str, u32> = BTreeMap::new();
    for ((case, kind), count) in &points {
        println!("{case}: {count} {kind}");
        *sums.entry(kind).or_default() += count;
    }
    println!("crash matrix: {} points: {sums:?}; told: {ends:?}", points.values().sum::<u32>());
    assert_eq!(ends, BTreeMap::from([("confirmed", 12), ("refused", 6), ("unknown", 24)]));
    for (case, kind) in points.keys() {
        assert!(points[&(*case, *kind)] >= 5, "{case}: {kind}");
    }
    assert_eq!(sums.len(), 4);
}

type Points = BTreeMap<(&'static str, &'static str), u32>;

/// How many points of each kind there were, and what was told at the end of each way. What two ways
/// have in common is a point once.
fn kill_everywhere(case: &Case, ways: &[&[Fault]]) -> (Points, Vec<&'static str>) {
    let (mut points, mut ends, mut seen) = (Points::new(), Vec::new(), BTreeSet::new());
    for way in ways {
        let moments = case.play(way);
        let told = moments.iter().find_map(|moment| moment.told.as_ref()).unwrap();
        ends.push(word(told));
        let mut path = String::new();
        for (index, moment) in moments.iter().enumerate() {
            path.push_str(moment.what);
            path.push('>');
            let what = format!("{}, {way:?}, {}", case.name, moment.what);
            // A lost call leaves the same files, but another thing is done next.
            if seen.insert(format!("{path}{:?}", moment.told.as_ref().map(word))) {
                restart(case, moment, &what);
                *points.entry((case.name, "between two steps")).or_default() += 1;
            }
            let Some(next) = moments.get(index + 1) else { continue };
            if !seen.insert(format!("{path}{}, {:?}", next.what, next.told.as_ref().map(word))) {
                continue;
            }
            for (torn, kind) in between(moment, next) {
                let what = format!("{what}, then torn in {}", next.what);
                restart(case, &torn, &what);
                *points.entry((case.name, kind)).or_default() += 1;
            }
        }
    }
    (points, ends)
}

fn word(told: &WriteOutcome) -> &'static str {
    match told {
        WriteOutcome::Confirmed { .. } => "confirmed",
        WriteOutcome::Refused { .. } => "refused",
        WriteOutcome::Unknown { .. } => "unknown",
        WriteOutcome::NotBegun => "not begun",
    }
}

/// What lies between two moments: one of the databases took one step.
fn between(moment: &Moment, next: &Moment) -> Vec<(Moment, &'static str)> {
    let of_slip = next.slip.is_some();
    // What is told, and whether a slip has begun, is known from the next moment on.
    let id = moment.id.or(next.id);
    let base = Moment { id, slip: next.slip.clone(), ..moment.clone() };
    let journal = moment.journal.torn(&next.journal);
    let ledger = moment.ledger.torn(&next.ledger);
    assert!(journal.is_empty() || ledger.is_empty(), "one step at a time: {}", next.what);
    let kind = if of_slip { "torn in a slip's step" } else { "torn in a journal write" };
    let journal = journal.into_iter().map(|journal| (Moment { journal, ..base.clone() }, kind));
    let ledger = ledger
        .into_iter()
        .map(|ledger| (Moment { ledger, ..base.clone() }, "torn in a ledger commit"));
    journal
        .chain(ledger)
        .map(|(moment, kind)| (Moment { what: next.what, ..moment }, kind))
        .collect()
}
