//! A list on the screen whose rows are updated in place.

use std::rc::Rc;

use gongji_ui::slint::{Model, ModelRc, VecModel};

/// A list that Slint watches.
pub(super) struct Rows<T: 'static>(Rc<VecModel<T>>);

impl<T: Clone + PartialEq + 'static> Rows<T> {
    pub(super) fn new() -> Self {
        Self(Rc::new(VecModel::default()))
    }

    /// What a Slint property takes; set once, then the rows change behind it.
    pub(super) fn model(&self) -> ModelRc<T> {
        ModelRc::from(self.0.clone())
    }

    /// Makes the list `wanted`, telling Slint only of rows that differ.
    pub(super) fn set(&self, wanted: impl IntoIterator<Item = T>) {
        let mut count = 0;
        for (at, item) in wanted.into_iter().enumerate() {
            match self.0.row_data(at) {
                Some(shown) if shown == item => {}
                Some(_) => self.0.set_row_data(at, item),
                None => self.0.push(item),
            }
            count = at + 1;
        }
        while self.0.row_count() > count {
            self.0.remove(self.0.row_count() - 1);
        }
    }
}
