//! The thread that owns one port: opens it, moves its bytes, finds it again when it is gone.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::JoinHandle;
use std::time::{Duration, Instant as StdInstant};

use crossbeam_channel::{Receiver, Sender, bounded, select, unbounded};
use gongji_hal::driver::Machine;
use gongji_hal::time::Instant;

use super::serial::{Incoming, OpenError, Serial, SerialSettings};

/// First and longest wait between two tries to open a port.
const REOPEN_FIRST: Duration = Duration::from_millis(100);
const REOPEN_LONGEST: Duration = Duration::from_millis(1000);
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
    /// Called after each change: takes the driver's events and feeds it.
    fn settle(&mut self, now: Instant);
    /// The port could not be opened; told once for each new reason.
    fn cannot_open(&mut self, error: &OpenError);
}

/// A running owner; dropped, it closes the port and ends its thread.
pub struct Worker<O> {
    orders: Sender<O>,
    stop: Arc<AtomicBool>,
    wake: Sender<()>,
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
        let owner = Owner {
            settings,
            duty,
            inbox,
            woken,
            stop: Arc::clone(&stop),
            start: StdInstant::now(),
        };
        let thread = std::thread::Builder::new().name(name.into()).spawn(move || owner.run())?;
        Ok(Self { orders, stop, wake, thread: Some(thread) })
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
    settings: SerialSettings,
    duty: D,
    inbox: Receiver<D::Order>,
    woken: Receiver<()>,
    stop: Arc<AtomicBool>,
    start: StdInstant,
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
        while !self.stopped() {
            match Serial::open(&self.settings) {
                Ok(port) => {
                    wait = REOPEN_FIRST;
                    told = None;
                    self.serve(port);
                }
                Err(error) => {
                    if told.as_ref() != Some(&error) {
                        self.duty.cannot_open(&error);
                        told = Some(error);
                    }
                    self.answer_without_port(wait);
                    wait = (wait * 2).min(REOPEN_LONGEST);
                }
            }
        }
    }

    /// Waits for the next try; the driver refuses what is ordered meanwhile.
    fn answer_without_port(&mut self, wait: Duration) {
        let until = StdInstant::now() + wait;
        while !self.stopped() {
            select! {
                recv(self.inbox) -> order => match order {
                    Ok(order) => self.take_order(order),
                    Err(_) => return,
                },
                recv(self.woken) -> _ => return,
                default(until.saturating_duration_since(StdInstant::now())) => return,
            }
        }
    }

    fn take_order(&mut self, order: D::Order) {
        let now = self.now();
        self.duty.order(now, order);
        self.duty.settle(now);
    }

    fn serve(&mut self, mut port: Serial) {
        let now = self.now();
        self.duty.driver().link_opened(now);
        self.duty.settle(now);
        while !self.stopped() {
            let Ok(stalled) = self.write(&mut port) else { break };
            if !self.wait(&port, stalled) {
                break;
            }
        }
        let now = self.now();
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
        let due = self
            .duty
            .driver()
            .next_timeout()
            .map_or(IDLE_WAIT, |at| Duration::from_millis(at.since(now).as_millis()));
        let limit = match (stalled, pending) {
            (true, _) => due.min(WRITE_RETRY),
            (false, true) => Duration::ZERO,
            (false, false) => due.min(IDLE_WAIT),
        };
        select! {
            recv(port.incoming()) -> news => match news {
                Ok(Incoming::Bytes(bytes)) => {
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
        }
        true
    }
}
