//! The order of the events that wait for the host.

use heapless::Vec;

use crate::driver::DeviceState;

/// An event without its contents.
pub(crate) trait Mark: Copy {
    /// The state that it tells.
    fn state(self) -> Option<DeviceState>;
    /// Whether it is never dropped: the end of a command, or what a medium says.
    fn is_final(self) -> bool;
}

/// Marks in order.
///
/// When the host does not take events, the oldest news is dropped; what is final never is, as long
/// as there are fewer than `N` of that.
pub(crate) struct Marks<M, const N: usize> {
    marks: Vec<M, N>,
    /// The state told last.
    state: DeviceState,
}

impl<M, const N: usize> Default for Marks<M, N> {
    fn default() -> Self {
        Self { marks: Vec::new(), state: DeviceState::default() }
    }
}

impl<M: Mark, const N: usize> Marks<M, N> {
    pub(crate) fn push(&mut self, mark: M) {
        if self.marks.is_full()
            && let Some(at) = self.marks.iter().position(|mark| !mark.is_final())
        {
            self.marks.remove(at);
        }
        // There is room: only few marks are final.
        let _ = self.marks.push(mark);
    }

    /// The oldest mark.
    pub(crate) fn pop(&mut self) -> Option<M> {
        while !self.marks.is_empty() {
            let mark = self.marks.remove(0);
            match mark.state() {
                // Between two equal states another was dropped: it is no news any more.
                Some(state) if state == self.state => continue,
                Some(state) => self.state = state,
                None => {}
            }
            return Some(mark);
        }
        None
    }

    /// Whether such a mark waits.
    pub(crate) fn holds(&self, fits: impl Fn(M) -> bool) -> bool {
        self.marks.iter().any(|mark| fits(*mark))
    }

    /// Drops every such mark.
    pub(crate) fn remove(&mut self, fits: impl Fn(M) -> bool) {
        self.marks.retain(|mark| !fits(*mark));
    }
}

#[cfg(test)]
mod tests {
    use super::{Mark, Marks};
    use crate::driver::DeviceState;

    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    enum Told {
        State(DeviceState),
        News,
        End,
    }

    impl Mark for Told {
        fn state(self) -> Option<DeviceState> {
            if let Self::State(state) = self { Some(state) } else { None }
        }

        fn is_final(self) -> bool {
            self == Self::End
        }
    }

    #[test]
    fn the_end_of_a_command_is_kept_and_no_state_is_told_twice_when_news_are_dropped() {
        let mut marks = Marks::<Told, 4>::default();
        marks.push(Told::State(DeviceState::Online));
        assert_eq!(marks.pop(), Some(Told::State(DeviceState::Online)));
        marks.push(Told::End);
        // The first of these gives way, so the second is no news any more.
        marks.push(Told::State(DeviceState::PowerOff));
        marks.push(Told::State(DeviceState::Online));
        marks.push(Told::News);
        marks.push(Told::News);
        assert_eq!(marks.pop(), Some(Told::End));
        assert_eq!(
            [marks.pop(), marks.pop(), marks.pop()],
            [Some(Told::News), Some(Told::News), None]
        );
    }
}
