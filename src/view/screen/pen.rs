//! The finger on the field for the signature, in the field's own units.

use crate::visit::event::{Pen, SIGNATURE_HEIGHT, SIGNATURE_WIDTH};

/// Points of a stroke are at least this far apart, in units of the field: nearer ones change nothing
/// that can be seen.
const APART: i32 = 4;

/// Where the finger was last, while it writes.
#[derive(Default)]
pub(super) struct PenTrack(Option<(i16, i16)>);

impl PenTrack {
    /// What a point of the finger adds, given in shares of the field's sides. Outside the field it
    /// writes nothing; when it comes back a new stroke begins.
    pub(super) fn point(&mut self, down: bool, x: f32, y: f32) -> Option<Pen> {
        let inside = (0.0..1.0).contains(&x) && (0.0..1.0).contains(&y);
        if !inside {
            self.lift();
            return None;
        }
        let on = |share: f32, side: i16| (share * f32::from(side)) as i16;
        let (x, y) = (on(x, SIGNATURE_WIDTH), on(y, SIGNATURE_HEIGHT));
        let last = self.0.filter(|_| !down);
        if last.is_some_and(|last| near(last, (x, y))) {
            return None;
        }
        self.0 = Some((x, y));
        Some(if last.is_some() { Pen::To(x, y) } else { Pen::Down(x, y) })
    }

    /// The finger no longer writes.
    pub(super) fn lift(&mut self) {
        self.0 = None;
    }
}

fn near(one: (i16, i16), other: (i16, i16)) -> bool {
    let (dx, dy) = (i32::from(one.0) - i32::from(other.0), i32::from(one.1) - i32::from(other.1));
    dx * dx + dy * dy < APART * APART
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(x: i16, y: i16) -> (f32, f32) {
        let share = |units: i16, side: i16| (f32::from(units) + 0.5) / f32::from(side);
        (share(x, SIGNATURE_WIDTH), share(y, SIGNATURE_HEIGHT))
    }

    #[test]
    fn strokes_are_thinned_out_and_end_at_the_edge() {
        let mut track = PenTrack::default();
        for (down, (x, y), wanted) in [
            (true, at(100, 100), Some(Pen::Down(100, 100))),
            (false, at(103, 100), None),
            (false, at(102, 102), None),
            (false, at(104, 100), Some(Pen::To(104, 100))),
            (false, at(101, 97), Some(Pen::To(101, 97))),
            // Off the field and back: a new stroke, even where the old one ended.
            (false, (1.0, 0.5), None),
            (false, at(101, 97), Some(Pen::Down(101, 97))),
            (false, (-0.01, 0.5), None),
            (false, (0.5, f32::NAN), None),
            (false, (0.5, f32::INFINITY), None),
            // A dot at the same place is a stroke of its own.
            (true, at(0, 0), Some(Pen::Down(0, 0))),
            (true, at(0, 0), Some(Pen::Down(0, 0))),
            (false, at(959, 479), Some(Pen::To(959, 479))),
            (false, (0.999_999_94, 0.999_999_94), None),
        ] {
            assert_eq!(track.point(down, x, y), wanted, "{down} {x} {y}");
        }
        track.lift();
        let (x, y) = at(958, 478);
        assert_eq!(track.point(false, x, y), Some(Pen::Down(958, 478)));
    }
}
