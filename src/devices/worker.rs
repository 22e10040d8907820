//! The thread that owns one port: opens it, moves its bytes, finds it again when it is gone.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::JoinHandle;
use std::time::{Duration, Instant as StdInstant};

use crossbeam_channel::{Receiver, Sender, bounded, select, unbounded};
use gongji_hal::driver::Machine;
use gongji_hal::time::Instant;

use super::arrival::Arrival;
use super::serial::{Incoming, OpenError, Serial, SerialSettings};
use super::timing::{RoundTrips, Stopwatch};

/// First and longest wait between two tries to open a port, unless something appears where it should
/// be.
const REOPEN_FIRST: Duration = Duration::from_millis(100);
const REOPEN_LONGEST: Duration = Duration::from_millis(1000);
/// Shortest wait between two tries, whatever appears.
const REOPEN_SHORTEST: Duration = Duration::from_millis(20);
/// A port that stayed open for less than this is tried again more and more slowly.
const STEADY: Duration = Duration::from_secs(2);
/// How long the owner sleeps at most when no timeout is due.
const IDLE_WAIT: Duration = Duration::from_secs(5);
/// How soon a write is tried again after the port took nothing.
const WRITE_RETRY: Duration = Duration::from_millis(10);

/// What a port's owner does besides moving bytes; one for each kind of device.
pub trait Duty: Send + 'static {
    /// The driver.
    type Driver: Machine + Send;
    /// What others may ask of the device.
    type Order: Send + 'static;

    /// The driver whose bytes are moved.
    fn driver(&mut self) -> &mut Self::Driver;
    /// An order came in.
    fn order(&mut self, now: Instant, order: Self::Order);
    /// Called after each change, and when [`next_timeout`](Self::next_timeout) has come: takes the
    /// driver's events and feeds it.
    fn settle(&mut self, now: Instant);
    /// When `settle` is wanted although nothing changes; also while the port is away.
    fn next_timeout(&self) -> Option<Instant> {
        None
    }
    /// Whether the port is to be closed and opened anew, once: what waits in it shall not go out.
    fn wants_fresh_port(&mut self) -> bool {
        false
    }
    /// The port could not be opened; told once for each new reason.
    fn cannot_open(&mut self, now: Instant, error: &OpenError);
}

/// A running owner; dropped, it closes the port and ends its thread.
pub struct Worker<O> {
    orders: Sender<O>,
    stop: Arc<AtomicBool>,
    wake: Sender<()>,
    round_trips: RoundTrips,
    thread: Option<JoinHandle<()>>,
}

impl<O: Send + 'static> Worker<O> {
    /// Starts the owner of a port.
    ///
    /// # Errors
    /// When no thread can be started.
    pub fn start<D: Duty<Order = O>>(
        name: &str,
        settings: SerialSettings,
        duty: D,
    ) -> std::io::Result<Self> {
        let (orders, inbox) = unbounded();
        let (wake, woken) = bounded(1);
        let stop = Arc::new(AtomicBool::new(false));
        let round_trips = RoundTrips::default();
        let owner = Owner {
            name: name.into(),
            settings,
            duty,
            inbox,
            bell: wake.clone(),
            woken,
            stop: Arc::clone(&stop),
            start: StdInstant::now(),
            stopwatch: Stopwatch::new(round_trips.clone()),
        };
        let thread = std::thread::Builder::new().name(name.into()).spawn(move || owner.run())?;
        Ok(Self { orders, stop, wake, round_trips, thread: Some(thread) })
    }

    /// How long the device takes to answer.
    pub fn round_trips(&self) -> &RoundTrips {
        &self.round_trips
    }

    /// Asks for something; the outcome comes through the duty's news.
    pub fn order(&self, order: O) {
        // The owner only ends when this handle is dropped.
        let _ = self.orders.send(order);
    }
}

impl<O> Drop for Worker<O> {
    fn drop(&mut self) {
        self.stop.store(true, Ordering::Relaxed);
        let _ = self.wake.try_send(());
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

struct Owner<D: Duty> {
    name: String,
    settings: SerialSettings,
    duty: D,
    inbox: Receiver<D::Order>,
    bell: Sender<()>,
    woken: Receiver<()>,
    stop: Arc<AtomicBool>,
    start: StdInstant,
    stopwatch: Stopwatch,
}

impl<D: Duty> Owner<D> {
    fn now(&self) -> Instant {
        Instant::from_millis(u64::try_from(self.start.elapsed().as_millis()).unwrap_or(u64::MAX))
    }

    fn stopped(&self) -> bool {
        self.stop.load(Ordering::Relaxed)
    }

    fn run(mut self) {
        let mut wait = REOPEN_FIRST;
        let mut told = None;
        let mut real: Option<PathBuf> = None;
        while !self.stopped() {
            match Serial::open(&self.settings) {
                Ok(port) => {
                    told = None;
                    real = Some(port.real_path().to_path_buf());
                    log::info!(
                        "{}.port opened {} which is {}",
                        self.name,
                        self.settings.path.display(),
                        port.real_path().display()
                    );
                    let opened = StdInstant::now();
                    self.serve(port);
                    if opened.elapsed() >= STEADY {
                        wait = REOPEN_FIRST;
                    }
                }
                Err(error) => {
                    if told.as_ref() != Some(&error) {
                        let now = self.now();
                        self.duty.cannot_open(now, &error);
                        self.duty.settle(now);
                        told = Some(error);
                    }
                }
            }
            if self.wait_for_port(real.as_deref(), wait) {
                wait = REOPEN_FIRST;
            } else {
                wait = (wait * 2).min(REOPEN_LONGEST);
            }
        }
    }

    /// Waits for the next try; the driver refuses what is ordered meanwhile. Returns whether something
    /// appeared where the port should be.
    fn wait_for_port(&mut self, real: Option<&Path>, wait: Duration) -> bool {
        let begun = StdInstant::now();
        let until = begun + wait;
        // Without a watch the port is only tried now and then.
        let _arrival = Arrival::of(&self.settings.path, real, self.bell.clone());
        while !self.stopped() {
            let now = self.now();
            if self.duty.next_timeout().is_some_and(|at| at <= now) {
                self.duty.settle(now);
            }
            let due = self.duty.next_timeout().map(|at| as_std(at.since(now)));
            let left = until.saturating_duration_since(StdInstant::now());
            if left.is_zero() {
                return false;
            }
            select! {
                recv(self.inbox) -> order => match order {
                    Ok(order) => self.take_order(order),
                    Err(_) => return false,
                },
                recv(self.woken) -> _ => {
                    let pause = REOPEN_SHORTEST.saturating_sub(begun.elapsed());
                    std::thread::sleep(pause);
                    return true;
                }
                default(due.map_or(left, |due| due.min(left))) => {}
            }
        }
        false
    }

    fn take_order(&mut self, order: D::Order) {
        let now = self.now();
        self.duty.order(now, order);
        self.duty.settle(now);
    }

    fn serve(&mut self, mut port: Serial) {
        let now = self.now();
        self.stopwatch.forget();
        self.duty.driver().link_opened(now);
        self.duty.settle(now);
        while !self.stopped() {
            let Ok(stalled) = self.write(&mut port) else { break };
            if !self.wait(&port, stalled) || self.duty.wants_fresh_port() {
                break;
            }
        }
        let now = self.now();
        log::info!("{}.port closed {}", self.name, port.real_path().display());
        // Closed before anything else is done: the port is free for whoever wants it.
        drop(port);
        self.duty.driver().link_lost(now);
        self.duty.settle(now);
    }

    /// Writes until nothing is pending; returns whether the port took nothing.
    fn write(&mut self, port: &mut Serial) -> std::io::Result<bool> {
        loop {
            let now = self.now();
            let output = self.duty.driver().pending_output(now);
            if output.is_empty() {
                return Ok(false);
            }
            let count = port.write(output)?;
            if count == 0 {
                return Ok(true);
            }
            self.stopwatch.wrote(StdInstant::now());
            let now = self.now();
            self.duty.driver().output_taken(now, count);
            self.duty.settle(now);
            // Answers go before more output: a status byte may say that there is no paper.
            if !port.incoming().is_empty() {
                return Ok(false);
            }
        }
    }

    /// Waits for bytes, an order or a timeout; false when the port is gone.
    fn wait(&mut self, port: &Serial, stalled: bool) -> bool {
        let now = self.now();
        let pending = !self.duty.driver().pending_output(now).is_empty();
        let due = self.duty.driver().next_timeout().into_iter().chain(self.duty.next_timeout());
        let due = due.min().map_or(IDLE_WAIT, |at| as_std(at.since(now)));
        let limit = match (stalled, pending) {
            (true, _) => due.min(WRITE_RETRY),
            (false, true) => Duration::ZERO,
            (false, false) => due.min(IDLE_WAIT),
        };
        select! {
            recv(port.incoming()) -> news => match news {
                Ok(Incoming::Bytes(bytes)) => {
                    self.stopwatch.read(StdInstant::now());
                    let now = self.now();
                    self.duty.driver().receive(now, &bytes);
                    self.duty.settle(now);
                }
                Ok(Incoming::Lost) | Err(_) => return false,
            },
            recv(self.inbox) -> order => if let Ok(order) = order { self.take_order(order) },
            recv(self.woken) -> _ => {}
            default(limit) => {}
        }
        let now = self.now();
        if self.duty.driver().next_timeout().is_some_and(|at| at <= now) {
            self.duty.driver().handle_timeout(now);
            self.duty.settle(now);
        } else if self.duty.next_timeout().is_some_and(|at| at <= now) {
            self.duty.settle(now);
        }
        true
    }
}

const fn as_std(time: gongji_hal::time::Duration) -> Duration {
    Duration::from_millis(time.as_millis())
}
