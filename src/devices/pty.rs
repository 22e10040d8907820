//! Serves a simulated device on a kernel pseudo-terminal, linked under a stable name.

use std::io;
use std::os::fd::OwnedFd;
use std::path::{Path, PathBuf};
use std::thread::JoinHandle;
use std::time::{Duration, Instant as StdInstant};

use crossbeam_channel::{Receiver, Sender, bounded, unbounded};
use gongji_hal::driver::Machine;
use gongji_hal::time::Instant;
use rustix::event::{EventfdFlags, PollFd, PollFlags, Timespec, eventfd, poll};
use rustix::fs::{Mode, OFlags};
use rustix::pty::{OpenptFlags, grantpt, openpt, ptsname, unlockpt};
use rustix::termios::{OptionalActions, tcgetattr, tcsetattr};

use super::line::{Direction, LineFaults};

/// How long the server sleeps at most when its device has nothing to do.
const IDLE_WAIT: Duration = Duration::from_secs(5);
/// Bytes that pass at once.
const PIECE_BYTES: usize = 512;
/// How soon the server looks again when the other side takes no more bytes.
const FULL_WAIT: Duration = Duration::from_millis(5);

type Job<M> = Box<dyn FnOnce(&mut M, Instant) + Send>;

enum Request<M> {
    Job(Job<M>),
    Line(LineFaults),
    Unplug,
    Replug(Sender<io::Result<()>>),
    Stop,
}

/// A simulated device behind a pseudo-terminal; dropped, the terminal and its link are gone.
pub struct PtyDevice<M> {
    requests: Sender<Request<M>>,
    wake: OwnedFd,
    thread: Option<JoinHandle<()>>,
}

impl<M: Machine + Send + 'static> PtyDevice<M> {
    /// Serves `device` on a new pseudo-terminal that `link` leads to.
    ///
    /// # Errors
    /// When there is no pseudo-terminal to be had or the link cannot be made.
    pub fn serve(device: M, link: &Path) -> io::Result<Self> {
        let (requests, inbox) = unbounded();
        let wake = eventfd(0, EventfdFlags::CLOEXEC | EventfdFlags::NONBLOCK)?;
        let woken = wake.try_clone()?;
        let terminal = Terminal::open(link)?;
        let server = Server {
            device,
            link: link.to_path_buf(),
            terminal: Some(terminal),
            faults: LineFaults::default(),
            to_host: Direction::default(),
            from_host: Direction::default(),
            inbox,
            woken,
            start: StdInstant::now(),
        };
        let thread = std::thread::Builder::new().name("pty".into()).spawn(move || server.run())?;
        Ok(Self { requests, wake, thread: Some(thread) })
    }

    /// Does something to the device and returns what came of it; `None` when the server has ended.
    pub fn with<R: Send + 'static>(
        &self,
        job: impl FnOnce(&mut M, Instant) -> R + Send + 'static,
    ) -> Option<R> {
        let (sender, answer) = bounded(1);
        self.send(Request::Job(Box::new(move |device, now| {
            let _ = sender.send(job(device, now));
        })));
        answer.recv().ok()
    }

    /// Makes the line bad, or well again.
    pub fn set_line(&self, faults: LineFaults) {
        self.send(Request::Line(faults));
    }

    /// Pulls the plug: the terminal hangs up and its link is gone.
    pub fn unplug(&self) {
        self.send(Request::Unplug);
    }

    /// Puts the plug back: another terminal under the same link.
    ///
    /// # Errors
    /// As [`serve`](Self::serve).
    pub fn replug(&self) -> io::Result<()> {
        let (sender, answer) = bounded(1);
        self.send(Request::Replug(sender));
        answer.recv().unwrap_or_else(|_| Err(io::ErrorKind::BrokenPipe.into()))
    }

    fn send(&self, request: Request<M>) {
        let _ = self.requests.send(request);
        let _ = rustix::io::write(&self.wake, &1u64.to_ne_bytes());
    }
}

impl<M> Drop for PtyDevice<M> {
    fn drop(&mut self) {
        let _ = self.requests.send(Request::Stop);
        let _ = rustix::io::write(&self.wake, &1u64.to_ne_bytes());
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

struct Terminal {
    master: OwnedFd,
    /// Held open so that the master does not report a hang-up while no one uses the port.
    _slave: OwnedFd,
    link: PathBuf,
}

impl Terminal {
    fn open(link: &Path) -> io::Result<Self> {
        let master = openpt(OpenptFlags::RDWR | OpenptFlags::NOCTTY | OpenptFlags::CLOEXEC)?;
        grantpt(&master)?;
        unlockpt(&master)?;
        let name = ptsname(&master, Vec::new())?;
        let flags = OFlags::RDWR | OFlags::NOCTTY | OFlags::CLOEXEC;
        let slave = rustix::fs::open(name.as_c_str(), flags, Mode::empty())?;
        // Raw from the start: a terminal in its usual mode would echo before the kiosk opens it.
        let mut settings = tcgetattr(&slave)?;
        settings.make_raw();
        tcsetattr(&slave, OptionalActions::Now, &settings)?;
        rustix::fs::fcntl_setfl(&master, OFlags::RDWR | OFlags::NONBLOCK)?;
        let target = Path::new(std::ffi::OsStr::new(name.to_str().unwrap_or_default()));
        let fresh = link.with_extension("new");
        let _ = std::fs::remove_file(&fresh);
        std::os::unix::fs::symlink(target, &fresh)?;
        std::fs::rename(&fresh, link)?;
        Ok(Self { master, _slave: slave, link: link.to_path_buf() })
    }
}

impl Drop for Terminal {
    fn drop(&mut self) {
        let _ = std::fs::remove_file(&self.link);
    }
}

struct Server<M> {
    device: M,
    link: PathBuf,
    terminal: Option<Terminal>,
    faults: LineFaults,
    to_host: Direction,
    from_host: Direction,
    inbox: Receiver<Request<M>>,
    woken: OwnedFd,
    start: StdInstant,
}

impl<M: Machine> Server<M> {
    fn now(&self) -> Instant {
        Instant::from_millis(u64::try_from(self.start.elapsed().as_millis()).unwrap_or(u64::MAX))
    }

    fn run(mut self) {
        let now = self.now();
        self.device.link_opened(now);
        loop {
            if !self.take_requests() {
                return;
            }
            let now = self.now();
            if self.device.next_timeout().is_some_and(|at| at <= now) {
                self.device.handle_timeout(now);
            }
            let full = self.write();
            self.wait(full);
            self.read();
        }
    }

    fn take_requests(&mut self) -> bool {
        let mut count = [0u8; 8];
        let _ = rustix::io::read(&self.woken, &mut count);
        while let Ok(request) = self.inbox.try_recv() {
            let now = self.now();
            match request {
                Request::Job(job) => job(&mut self.device, now),
                Request::Line(faults) => self.faults = faults,
                Request::Unplug => {
                    if self.terminal.take().is_some() {
                        self.device.link_lost(now);
                    }
                }
                Request::Replug(answer) => {
                    let _ = answer.send(self.replug(now));
                }
                Request::Stop => return false,
            }
        }
        true
    }

    fn replug(&mut self, now: Instant) -> io::Result<()> {
        if self.terminal.is_none() {
            self.terminal = Some(Terminal::open(&self.link)?);
            self.device.link_opened(now);
        }
        Ok(())
    }

    /// The speed that the other side has set; asked only when it matters.
    fn speed(&self) -> Option<u32> {
        self.faults.speed?;
        let settings = tcgetattr(&self.terminal.as_ref()?.master).ok()?;
        Some(settings.output_speed())
    }

    /// Returns whether the other side took no more.
    fn write(&mut self) -> bool {
        let now = self.now();
        let speed = self.speed();
        let Some(terminal) = &self.terminal else { return false };
        let mut piece = [0u8; PIECE_BYTES];
        loop {
            let output = self.device.pending_output(now);
            let length = output.len().min(PIECE_BYTES);
            let (Some(piece), Some(output)) = (piece.get_mut(..length), output.get(..length))
            else {
                return false;
            };
            if output.is_empty() {
                return false;
            }
            piece.copy_from_slice(output);
            self.to_host.spoil(&self.faults, speed, piece);
            match rustix::io::write(&terminal.master, piece) {
                Ok(count) if count > 0 => {
                    self.to_host.pass(count);
                    self.device.output_taken(now, count);
                }
                _ => return true,
            }
        }
    }

    fn wait(&mut self, full: bool) {
        let now = self.now();
        let due = self
            .device
            .next_timeout()
            .map_or(IDLE_WAIT, |at| Duration::from_millis(at.since(now).as_millis()));
        let limit = if full { due.min(FULL_WAIT) } else { due.min(IDLE_WAIT) };
        let limit = Timespec::try_from(limit).ok();
        let mut fds = vec![PollFd::new(&self.woken, PollFlags::IN)];
        if let Some(terminal) = &self.terminal {
            fds.push(PollFd::new(&terminal.master, PollFlags::IN));
        }
        let _ = poll(&mut fds, limit.as_ref());
    }

    fn read(&mut self) {
        let speed = self.speed();
        let Some(terminal) = &self.terminal else { return };
        let mut buffer = [0u8; PIECE_BYTES];
        while let Ok(count) = rustix::io::read(&terminal.master, &mut buffer) {
            let Some(bytes) = buffer.get_mut(..count).filter(|b| !b.is_empty()) else { return };
            self.from_host.spoil(&self.faults, speed, bytes);
            self.from_host.pass(count);
            let now = self.now();
            self.device.receive(now, bytes);
        }
    }
}
