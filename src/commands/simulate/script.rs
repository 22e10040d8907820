//! Orders by line: one at a time, or a script of them from a file.

use std::path::Path;
use std::time::Duration;

use crossbeam_channel::{Sender, bounded};

/// A line to carry out, and where its answer goes.
pub(super) type Order = (String, Sender<Result<String, String>>);

/// The longest `wait`, in milliseconds: an hour.
const WAIT_MS_MAX: u64 = 3_600_000;
/// How deep scripts may play scripts; one that plays itself ends there.
const DEPTH_MAX: u8 = 8;
/// The longest script, in bytes.
const SCRIPT_BYTES_MAX: u64 = 1 << 20;

/// Hands orders to the simulator, and plays scripts.
#[derive(Clone)]
pub(super) struct Player(Sender<Order>);

impl Player {
    pub(super) fn new(orders: Sender<Order>) -> Self {
        Self(orders)
    }

    /// Carries out one line; `None` when the simulator has ended.
    pub(super) fn carry_out(&self, line: &str) -> Option<Result<String, String>> {
        self.line(line, 0)
    }

    /// Plays a script to its end or to its first line that cannot be carried out; `None` when the
    /// simulator has ended.
    pub(super) fn play(&self, path: &Path) -> Option<Result<(), String>> {
        self.script(path, 1)
    }

    fn line(&self, line: &str, depth: u8) -> Option<Result<String, String>> {
        let line = line.trim();
        let (word, rest) = line.split_once(char::is_whitespace).unwrap_or((line, ""));
        match word {
            "play" if rest.trim().is_empty() => Some(Err("play takes the file to play".into())),
            "play" => {
                let played = self.script(Path::new(rest.trim()), depth + 1)?;
                Some(played.map(|()| "ok".into()))
            }
            "wait" => Some(wait(rest.trim()).map(|()| "ok".into())),
            _ => {
                let (sender, answer) = bounded(1);
                self.0.send((line.into(), sender)).ok()?;
                answer.recv().ok()
            }
        }
    }

    fn script(&self, path: &Path, depth: u8) -> Option<Result<(), String>> {
        let name = path.display();
        if depth > DEPTH_MAX {
            let why =
                format!("{name}: scripts play scripts more than {DEPTH_MAX} deep; unfold them");
            return Some(Err(why));
        }
        let text = match read(path) {
            Ok(text) => text,
            Err(sentence) => return Some(Err(sentence)),
        };
        for (number, line) in text.lines().enumerate() {
            let line = line.trim();
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            if let Err(sentence) = self.line(line, depth)? {
                return Some(Err(format!("{name}: line {}: {sentence}", number + 1)));
            }
        }
        Some(Ok(()))
    }
}

fn read(path: &Path) -> Result<String, String> {
    let name = path.display();
    let cannot = |e: std::io::Error| format!("{name}: cannot be read ({e}); name a file of orders");
    if std::fs::metadata(path).map_err(cannot)?.len() > SCRIPT_BYTES_MAX {
        return Err(format!("{name}: is longer than {SCRIPT_BYTES_MAX} bytes; cut it in pieces"));
    }
    std::fs::read_to_string(path).map_err(cannot)
}

fn wait(words: &str) -> Result<(), String> {
    match words.parse() {
        Ok(ms) if ms <= WAIT_MS_MAX => {
            std::thread::sleep(Duration::from_millis(ms));
            Ok(())
        }
        _ => Err(format!("wait takes milliseconds, 0 to {WAIT_MS_MAX}")),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;
    use crossbeam_channel::unbounded;

    /// A simulator that refuses `bad` and keeps the rest.
    fn serve() -> (Player, std::thread::JoinHandle<Vec<String>>) {
        let (orders, inbox) = unbounded::<Order>();
        let server = std::thread::spawn(move || {
            let mut kept = Vec::new();
            for (line, answer) in inbox {
                let result =
                    if line == "bad" { Err("'bad' is not known".into()) } else { Ok("ok".into()) };
                kept.push(line);
                let _ = answer.send(result);
            }
            kept
        });
        (Player::new(orders), server)
    }

    #[test]
    fn a_script_is_carried_out_line_by_line() {
        let folder = tempfile::tempdir().unwrap();
        let (inner, outer) = (folder.path().join("inner"), folder.path().join("outer"));
        std::fs::write(&inner, "printer paper low\n").unwrap();
        let text =
            format!("# a comment\n\n  card remove  \nwait 1\nplay {}\nhelp\n", inner.display());
        std::fs::write(&outer, text).unwrap();
        let (player, server) = serve();
        assert_eq!(player.play(&outer), Some(Ok(())));
        assert_eq!(player.carry_out("wait 0"), Some(Ok("ok".into())));
        drop(player);
        assert_eq!(server.join().unwrap(), ["card remove", "printer paper low", "help"]);
    }

    #[test]
    fn what_is_wrong_is_named_with_file_and_line() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("script");
        let name = path.display().to_string();
        let (player, server) = serve();
        for (text, expected) in [
            ("help\nbad\nhelp\n", format!("{name}: line 2: 'bad' is not known")),
            ("wait\n", format!("{name}: line 1: wait takes milliseconds, 0 to {WAIT_MS_MAX}")),
            ("wait -1\n", format!("{name}: line 1: wait takes milliseconds")),
            ("wait 3600001\n", format!("{name}: line 1: wait takes milliseconds")),
            ("play\n", format!("{name}: line 1: play takes the file to play")),
            ("\nplay /no/such/file\n", format!("{name}: line 2: /no/such/file: cannot be read")),
        ] {
            std::fs::write(&path, text).unwrap();
            let sentence = player.play(&path).unwrap().unwrap_err();
            assert!(sentence.starts_with(&expected), "{sentence}");
            assert_eq!(sentence.lines().count(), 1);
        }
        std::fs::write(&path, format!("play {name}\n")).unwrap();
        let sentence = player.play(&path).unwrap().unwrap_err();
        assert!(sentence.contains("more than 8 deep"), "{sentence}");
        std::fs::write(&path, vec![b'#'; (1 << 20) + 1]).unwrap();
        assert!(player.play(&path).unwrap().unwrap_err().contains("longer than"));
        drop(player);
        assert_eq!(server.join().unwrap(), ["help", "bad"]);
    }

    #[test]
    fn an_ended_simulator_ends_the_script() {
        let (orders, inbox) = unbounded::<Order>();
        drop(inbox);
        assert_eq!(Player::new(orders).carry_out("help"), None);
    }
}
