//! The journal, shared by the threads that write into it, and how it is.

use std::sync::{Arc, Mutex, PoisonError};

use crate::journal::{Journal, JournalError};
use crate::visit::event::JournalNews;

/// A journal that several threads use, one at a time; it tells when its state has changed.
#[derive(Clone)]
pub struct SharedJournal(Arc<Mutex<Desk>>);

struct Desk {
    journal: Journal,
    news: JournalNews,
    tell: Box<dyn Fn(JournalNews) + Send>,
}

impl SharedJournal {
    /// Shares a journal. `tell` is called when it is no longer as it was told last; at first it is
    /// taken to have [`JournalNews::Room`].
    pub fn new(journal: Journal, tell: impl Fn(JournalNews) + Send + 'static) -> Self {
        let desk = Desk { journal, news: JournalNews::Room, tell: Box::new(tell) };
        Self(Arc::new(Mutex::new(desk)))
    }

    /// Does something with the journal, and tells if that, or its failing, has changed its state.
    ///
    /// # Errors
    /// What `act` says.
    pub fn with<T>(
        &self,
        act: impl FnOnce(&mut Journal) -> Result<T, JournalError>,
    ) -> Result<T, JournalError> {
        // A thread that panicked here has rolled its step back: what is stored is whole.
        let mut desk = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let result = act(&mut desk.journal);
        let news = desk.state(result.as_ref().err());
        if news != desk.news {
            desk.news = news;
            log::warn!("journal.state {news:?}");
            (desk.tell)(news);
        }
        result
    }

    /// Looks how the journal is, by writing into it.
    pub fn check(&self) {
        if let Err(e) = self.with(Journal::check_writable) {
            log::error!("journal.refused {e}");
        }
    }

    /// How the journal is.
    pub fn news(&self) -> JournalNews {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).news
    }
}

impl Desk {
    fn state(&self, error: Option<&JournalError>) -> JournalNews {
        let fails = matches!(error, Some(JournalError::Database(..) | JournalError::Random(_)));
        match self.journal.fullness() {
            Ok(fullness) if fullness.is_full() => JournalNews::Full,
            Ok(_) if fails => JournalNews::Full,
            Ok(fullness) if fullness.is_filling() => JournalNews::Filling,
            Ok(_) => JournalNews::Room,
            Err(_) => JournalNews::Full,
        }
    }
}
