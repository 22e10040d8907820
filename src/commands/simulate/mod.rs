//! `devices simulate`: serves simulated devices until it is told to end.

mod script;

use std::fs::{File, OpenOptions};
use std::io::{BufRead, BufReader, IsTerminal, Write};
use std::os::unix::net::{UnixListener, UnixStream};
use std::path::{Path, PathBuf};
use std::time::Duration;

use crossbeam_channel::{Receiver, bounded, never, tick, unbounded};

use crate::devices::simulate::SimulatedHall;
use crate::statement::PrinterFont;

use super::cli::SimulateOptions;
use super::{Failure, signals};
use script::{Order, Player};

/// How often what was printed is written to the file.
const WRITE_INTERVAL: Duration = Duration::from_millis(100);

pub(super) fn simulate(options: &SimulateOptions) -> Result<(), Failure> {
    let dir = &options.dir;
    let cannot =
        |what: &str, e: std::io::Error| Failure::new(format!("{}: {what} ({e})", dir.display()));
    std::fs::create_dir_all(dir)
        .map_err(|e| cannot("the folder cannot be made; take another with --dir", e))?;
    let socket = dir.join("control");
    let listener = listen(&socket).map_err(|e| cannot("the socket `control` cannot be made", e))?;
    let printed = OpenOptions::new().create(true).append(true).open(dir.join("printer.escpos"));
    let printed = printed.map_err(|e| cannot("printer.escpos cannot be written", e))?;
    let font = Box::new(PrinterFont::new());
    let hall = SimulatedHall::serve_reader(dir, options.reader, Default::default(), font)
        .map_err(|e| cannot("the devices cannot be served", e))?;
    let (orders, inbox) = unbounded();
    let ended = signals::stop().map_err(|e| cannot("signals cannot be awaited", e))?;
    // Said when a signal can end it cleanly: whoever reads this may send one at once.
    say!(
        "{}: card, idcard, code, printer, control and printer.escpos are here; `help` lists orders",
        dir.display()
    );
    let player = Player::new(orders);
    take_standard_input(player.clone());
    let failed = options.script.clone().map(|path| play(path, player.clone()));
    take_connections(listener, player);
    let served = serve(&hall, &inbox, &ended, failed, printed);
    let _ = std::fs::remove_file(&socket);
    served
}

/// Plays a script beside everything else; the receiver gets what is wrong with it.
fn play(path: PathBuf, player: Player) -> Receiver<String> {
    let (sender, failed) = bounded(1);
    let no_thread = sender.clone();
    let spawned = std::thread::Builder::new().name("script".into()).spawn(move || {
        if let Some(Err(sentence)) = player.play(&path) {
            let _ = sender.send(sentence);
        }
    });
    if let Err(e) = spawned {
        let _ = no_thread.send(format!("no thread could be started: {e}"));
    }
    failed
}

fn listen(socket: &Path) -> std::io::Result<UnixListener> {
    // Left behind by a simulator that was killed; one that runs would answer.
    if UnixStream::connect(socket).is_ok() {
        return Err(std::io::Error::new(
            std::io::ErrorKind::AddrInUse,
            "another simulator runs here; stop it or take another folder",
        ));
    }
    let _ = std::fs::remove_file(socket);
    UnixListener::bind(socket)
}

fn serve(
    hall: &SimulatedHall,
    inbox: &Receiver<Order>,
    ended: &Receiver<()>,
    failed: Option<Receiver<String>>,
    mut printed: File,
) -> Result<(), Failure> {
    let writing = tick(WRITE_INTERVAL);
    let mut failed = failed.unwrap_or_else(never);
    let mut result = Ok(());
    loop {
        crossbeam_channel::select! {
            recv(inbox) -> order => match order {
                Ok((line, answer)) if line.trim() == "quit" => {
                    let _ = answer.send(Ok("ok".into()));
                    break;
                }
                Ok((line, answer)) => {
                    let _ = answer.send(hall.order(&line));
                }
                Err(_) => break,
            },
            recv(ended) -> _ => break,
            recv(failed) -> sentence => match sentence {
                Ok(sentence) => {
                    result = Err(Failure::new(sentence));
                    break;
                }
                // The script is over, which is no reason to stop.
                Err(_) => failed = never(),
            },
            recv(writing) -> _ => write_printed(hall, &mut printed),
        }
    }
    write_printed(hall, &mut printed);
    result
}

fn write_printed(hall: &SimulatedHall, file: &mut File) {
    let bytes = hall.take_printed_bytes();
    if !bytes.is_empty()
        && let Err(e) = file.write_all(&bytes)
    {
        log::error!("simulate.printed printer.escpos: cannot be written: {e}");
    }
}

/// Lines of standard input; a terminal that closes ends the simulator, an empty input does not.
fn take_standard_input(player: Player) {
    let terminal = std::io::stdin().is_terminal();
    let spawned = std::thread::Builder::new().name("input".into()).spawn(move || {
        let out = std::io::stdout();
        take_lines(std::io::stdin().lock(), out, &player);
        if terminal {
            let _ = player.carry_out("quit");
        }
    });
    if let Err(e) = spawned {
        log::error!("simulate.input no thread could be started: {e}");
    }
}

fn take_connections(listener: UnixListener, player: Player) {
    let spawned = std::thread::Builder::new().name("control".into()).spawn(move || {
        for stream in listener.incoming().flatten() {
            let player = player.clone();
            let Ok(reader) = stream.try_clone() else { continue };
            let spawned = std::thread::Builder::new()
                .name("connection".into())
                .spawn(move || take_lines(BufReader::new(reader), stream, &player));
            if let Err(e) = spawned {
                log::error!("simulate.control no thread could be started: {e}");
            }
        }
    });
    if let Err(e) = spawned {
        log::error!("simulate.control no thread could be started: {e}");
    }
}

/// Carries out line by line and answers each.
fn take_lines(input: impl BufRead, mut output: impl Write, player: &Player) {
    for line in input.lines() {
        let Ok(line) = line else { return };
        let text = match player.carry_out(&line) {
            Some(Ok(text)) => text,
            Some(Err(sentence)) => format!("error: {sentence}"),
            None => return,
        };
        if writeln!(output, "{text}").and_then(|()| output.flush()).is_err() {
            return;
        }
    }
}
