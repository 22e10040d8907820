//! The program as a person or a script uses it: a child process, its lines, its end.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Read, Write};
use std::os::unix::net::UnixStream;
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::thread::JoinHandle;

use crossbeam_channel::{Receiver, unbounded};
use gongji_kiosk::devices::simulate::{card_file, idcard_file};

use super::{PATIENCE, TODAY, generate_records};

/// How a child ended and what it said.
#[derive(Debug)]
pub struct Outcome {
    pub status: Option<i32>,
    pub out: String,
    pub err: String,
}

/// A running child; dropped, it is killed.
pub struct Program {
    child: Child,
    stdin: Option<ChildStdin>,
    lines: Receiver<String>,
    /// Everything that standard output has said so far.
    said: String,
    errors: Option<JoinHandle<String>>,
}

impl Program {
    /// Starts the program in `folder` with words for a command line.
    pub fn start(folder: &Path, args: &[&str]) -> Self {
        let mut command = Command::new(env!("CARGO_BIN_EXE_gongji-kiosk"));
        command.args(args).current_dir(folder);
        command.env_remove("GONGJI_LOG").env_remove("DISPLAY").env_remove("WAYLAND_DISPLAY");
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().unwrap();
        let (sender, lines) = unbounded();
        let out = BufReader::new(child.stdout.take().unwrap());
        std::thread::spawn(move || {
            for line in out.lines().map_while(Result::ok) {
                let _ = sender.send(line);
            }
        });
        let mut err = child.stderr.take().unwrap();
        let errors = std::thread::spawn(move || {
            let mut bytes = Vec::new();
            let _ = err.read_to_end(&mut bytes);
            String::from_utf8_lossy(&bytes).into_owned()
        });
        let stdin = child.stdin.take();
        Self { child, stdin, lines, said: String::new(), errors: Some(errors) }
    }

    /// The next line of standard output; `None` when there will be none.
    pub fn line(&mut self) -> Option<String> {
        match self.lines.recv_timeout(PATIENCE) {
            Ok(line) => {
                self.said.push_str(&line);
                self.said.push('\n');
                Some(line)
            }
            Err(e) if e.is_disconnected() => None,
            Err(_) => panic!("no line came; so far: {}", self.said),
        }
    }

    /// Writes a line to standard input and takes the line that answers it.
    pub fn ask(&mut self, line: &str) -> String {
        self.say(line);
        match self.line() {
            Some(answer) => answer,
            None => panic!("'{line}' ended the program: {:?}", self.end()),
        }
    }

    pub fn say(&mut self, line: &str) {
        // The child may have ended; what it said then tells why.
        let _ = writeln!(self.stdin.as_mut().unwrap(), "{line}");
    }

    /// Asks it to end, as a service manager does.
    pub fn terminate(&self) {
        let order = format!("kill -TERM {}", self.child.id());
        assert!(Command::new("sh").args(["-c", &order]).status().unwrap().success());
    }

    pub fn kill(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }

    /// Closes its input and waits for its end.
    pub fn end(&mut self) -> Outcome {
        self.stdin = None;
        while self.line().is_some() {}
        // Its output ends when it does.
        let status = self.child.wait().unwrap();
        let errors = self.errors.take().map(|thread| thread.join().unwrap());
        Outcome {
            status: status.code(),
            out: std::mem::take(&mut self.said),
            err: errors.unwrap_or_default(),
        }
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        self.kill();
    }
}

/// Runs a command to its end.
pub fn run(folder: &Path, args: &[&str]) -> Outcome {
    Program::start(folder, args).end()
}

/// Runs a command that must fail: its status and the one line it says.
#[track_caller]
pub fn fails(folder: &Path, args: &[&str]) -> (Option<i32>, String) {
    let outcome = run(folder, args);
    let sentence = outcome.err.strip_prefix("gongji-kiosk: ");
    let sentence = sentence.unwrap_or_else(|| panic!("{args:?}: {outcome:?}"));
    assert_eq!(sentence.lines().count(), 1, "{args:?}: {outcome:?}");
    assert!(sentence.ends_with('\n'), "{args:?}: {outcome:?}");
    (outcome.status, sentence.trim_end().to_owned())
}

/// `devices simulate` in a child process.
pub struct Simulator {
    pub program: Program,
    pub dir: PathBuf,
}

impl Simulator {
    /// Serves devices in `folder/hall`; they are there when this returns.
    pub fn start(folder: &Path) -> Self {
        Self::start_with(folder, &[])
    }

    /// The same with more options.
    pub fn start_with(folder: &Path, options: &[&str]) -> Self {
        let args = [&["devices", "simulate", "--dir", "hall"], options].concat();
        let mut program = Program::start(folder, &args);
        let Some(first) = program.line() else { panic!("{:?}", program.end()) };
        assert!(first.starts_with("hall: "), "{first}");
        Self { program, dir: folder.join("hall") }
    }

    /// Carries out an order on the socket and returns its answer.
    pub fn order(&self, line: &str) -> String {
        let mut stream = UnixStream::connect(self.dir.join("control")).unwrap();
        writeln!(stream, "{line}").unwrap();
        stream.shutdown(std::net::Shutdown::Write).unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        answer.trim_end().to_owned()
    }

    /// As [`order`](Self::order), for one that must succeed.
    #[track_caller]
    pub fn must(&self, line: &str) {
        assert_eq!(self.order(line), "ok", "{line}");
    }

    pub fn printed(&self) -> Vec<u8> {
        std::fs::read(self.dir.join("printer.escpos")).unwrap()
    }
}

/// A folder with what a kiosk needs: `records.db`, `kiosk.toml` with its devices in `hall`.
pub fn kiosk_folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    generate_records(&folder.path().join("records.db"));
    std::fs::write(folder.path().join("kiosk.toml"), configuration()).unwrap();
    folder
}

/// The shipped configuration with all files in its own folder.
pub fn configuration() -> String {
    let shipped = Path::new(env!("CARGO_MANIFEST_DIR")).join("deploy/kiosk.toml");
    let text = std::fs::read_to_string(shipped).unwrap();
    text.replace("/var/lib/gongji-kiosk/", "").replace("/dev/serial/by-path/", "hall/")
}

/// Writes the sample cards and identity documents of `db` into `folder`.
pub fn write_cards(db: &Path, folder: &Path) {
    std::fs::create_dir_all(folder).unwrap();
    for (label, _, card) in card_file::samples(db, TODAY).unwrap() {
        std::fs::write(folder.join(format!("{label}.toml")), card.text()).unwrap();
    }
    for (label, _, document) in idcard_file::samples(db, TODAY).unwrap() {
        std::fs::write(folder.join(format!("{label}.idcard.toml")), document.text()).unwrap();
    }
}

/// Every plain file below `folder` with its bytes.
pub fn files(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut found = BTreeMap::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let kind = std::fs::symlink_metadata(&path).unwrap().file_type();
        if kind.is_dir() {
            found.extend(files(&path));
        } else if kind.is_file() {
            found.insert(path.clone(), std::fs::read(&path).unwrap());
        }
    }
    found
}
