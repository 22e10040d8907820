//! Waits for a port to appear: the kernel tells when a name comes into a folder.

use std::io;
use std::os::fd::OwnedFd;
use std::path::{Path, PathBuf};
use std::thread::JoinHandle;

use crossbeam_channel::Sender;
use rustix::event::{EventfdFlags, PollFd, PollFlags, eventfd, poll};
use rustix::fs::inotify::{self, CreateFlags, WatchFlags};

/// Room for the events of one reading; what they say is not looked at.
const EVENT_BYTES: usize = 4096;

/// Rings as long as it lives whenever something appears where the port should be.
///
/// Watched are the folder of the port's name and the one its link led to, or, where a folder is gone
/// (udev removes `/dev/serial` with its last port), its nearest ancestor. What rings is only a hint:
/// whoever is rung tries to open the port.
pub(super) struct Arrival {
    stop: OwnedFd,
    thread: Option<JoinHandle<()>>,
}

impl Arrival {
    /// Watches for `port`; `bell` gets a message for each burst of events.
    ///
    /// # Errors
    /// When the kernel has no watch to give; the port must then be tried now and then.
    pub(super) fn of(port: &Path, real: Option<&Path>, bell: Sender<()>) -> io::Result<Self> {
        let events = inotify::init(CreateFlags::CLOEXEC | CreateFlags::NONBLOCK)?;
        for path in [Some(port), real].into_iter().flatten() {
            let flags = WatchFlags::CREATE | WatchFlags::MOVED_TO | WatchFlags::ATTRIB;
            inotify::add_watch(&events, folder(path), flags | WatchFlags::ONLYDIR)?;
        }
        let stop = eventfd(0, EventfdFlags::CLOEXEC)?;
        let stopped = stop.try_clone()?;
        let thread = std::thread::Builder::new()
            .name("arrival".into())
            .spawn(move || ring(&events, &stopped, &bell))?;
        Ok(Self { stop, thread: Some(thread) })
    }
}

impl Drop for Arrival {
    fn drop(&mut self) {
        let _ = rustix::io::write(&self.stop, &1u64.to_ne_bytes());
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

/// The nearest folder above `path` that exists.
fn folder(path: &Path) -> PathBuf {
    let above = path.ancestors().skip(1).find(|folder| folder.is_dir());
    match above {
        Some(folder) if !folder.as_os_str().is_empty() => folder.to_path_buf(),
        _ => PathBuf::from("."),
    }
}

fn ring(events: &OwnedFd, stop: &OwnedFd, bell: &Sender<()>) {
    let mut buffer = [0u8; EVENT_BYTES];
    loop {
        let mut fds = [PollFd::new(events, PollFlags::IN), PollFd::new(stop, PollFlags::IN)];
        match poll(&mut fds, None) {
            Ok(_) | Err(rustix::io::Errno::INTR) => {}
            Err(_) => return,
        }
        let [_, stopped] = &fds;
        if !stopped.revents().is_empty() {
            return;
        }
        match rustix::io::read(events, &mut buffer) {
            Ok(count) if count > 0 => {
                // One message is enough, however many came.
                let _ = bell.try_send(());
            }
            Err(rustix::io::Errno::INTR | rustix::io::Errno::AGAIN) => {}
            _ => return,
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;
    use crossbeam_channel::bounded;
    use std::time::Duration;

    const PATIENCE: Duration = Duration::from_secs(10);

    #[test]
    fn a_name_that_appears_rings_also_in_a_folder_that_is_made_later() {
        let dir = tempfile::tempdir().unwrap();
        let port = dir.path().join("serial/by-path/card");
        let (bell, rung) = bounded(1);
        let arrival = Arrival::of(&port, None, bell.clone()).unwrap();
        std::fs::create_dir_all(port.parent().unwrap()).unwrap();
        rung.recv_timeout(PATIENCE).unwrap();
        drop(arrival);
        while rung.try_recv().is_ok() {}

        let _arrival = Arrival::of(&port, None, bell).unwrap();
        std::os::unix::fs::symlink("/dev/pts/0", &port).unwrap();
        rung.recv_timeout(PATIENCE).unwrap();
    }

    #[test]
    fn a_relative_name_is_looked_for_where_the_program_runs() {
        assert_eq!(folder(Path::new("card")), Path::new("."));
        assert_eq!(folder(Path::new("/no-such-folder/card")), Path::new("/"));
    }
}
