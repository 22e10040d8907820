//! `devices simulate`: serves simulated devices until its input ends.

use std::fs::{File, OpenOptions};
use std::io::{BufRead, BufReader, IsTerminal, Write};
use std::os::unix::net::{UnixListener, UnixStream};
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use crossbeam_channel::{Receiver, Sender, bounded, tick, unbounded};
use signal_hook::consts::{SIGINT, SIGTERM};

use crate::devices::simulate::SimulatedHall;
use crate::statement::PrinterFont;

use super::Failure;
use super::cli::SimulateOptions;

/// How often what was printed is written to the file.
const WRITE_INTERVAL: Duration = Duration::from_millis(100);

/// A line to carry out, and where its answer goes.
type Order = (String, Sender<Result<String, String>>);

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
    let ended = stop_signal().map_err(|e| cannot("signals cannot be awaited", e))?;
    // Said when a signal can end it cleanly: whoever reads this may send one at once.
    say!(
        "{}: card, printer, control and printer.escpos are here; `help` lists orders",
        dir.display()
    );
    take_standard_input(orders.clone());
    take_connections(listener, orders);
    serve(&hall, &inbox, &ended, printed);
    let _ = std::fs::remove_file(&socket);
    Ok(())
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

fn stop_signal() -> std::io::Result<Receiver<()>> {
    let (sender, receiver) = bounded(1);
    let mut signals = signal_hook::iterator::Signals::new([SIGINT, SIGTERM])?;
    std::thread::Builder::new().name("signals".into()).spawn(move || {
        if signals.forever().next().is_some() {
            let _ = sender.send(());
        }
    })?;
    Ok(receiver)
}

fn serve(hall: &SimulatedHall, inbox: &Receiver<Order>, ended: &Receiver<()>, mut printed: File) {
    let writing = tick(WRITE_INTERVAL);
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
            recv(writing) -> _ => write_printed(hall, &mut printed),
        }
    }
    write_printed(hall, &mut printed);
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
fn take_standard_input(orders: Sender<Order>) {
    let terminal = std::io::stdin().is_terminal();
    let spawned = std::thread::Builder::new().name("input".into()).spawn(move || {
        let out = std::io::stdout();
        take_lines(std::io::stdin().lock(), out, &orders);
        if terminal {
            let (sender, _answer) = bounded(1);
            let _ = orders.send(("quit".into(), sender));
        }
    });
    if let Err(e) = spawned {
        log::error!("simulate.input no thread could be started: {e}");
    }
}

fn take_connections(listener: UnixListener, orders: Sender<Order>) {
    let orders = Arc::new(orders);
    let spawned = std::thread::Builder::new().name("control".into()).spawn(move || {
        for stream in listener.incoming().flatten() {
            let orders = Arc::clone(&orders);
            let Ok(reader) = stream.try_clone() else { continue };
            let spawned = std::thread::Builder::new()
                .name("connection".into())
                .spawn(move || take_lines(BufReader::new(reader), stream, &orders));
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
fn take_lines(input: impl BufRead, mut output: impl Write, orders: &Sender<Order>) {
    for line in input.lines() {
        let Ok(line) = line else { return };
        let (sender, answer) = bounded(1);
        if orders.send((line, sender)).is_err() {
            return;
        }
        let text = match answer.recv() {
            Ok(Ok(text)) => text,
            Ok(Err(sentence)) => format!("error: {sentence}"),
            Err(_) => return,
        };
        if writeln!(output, "{text}").and_then(|()| output.flush()).is_err() {
            return;
        }
    }
}
