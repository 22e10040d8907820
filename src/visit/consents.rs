//! What a patron has read, accepted and signed in this visit: nobody reads the same text twice.

use jiff::civil::DateTime;

use crate::policy::schema::Document;
use crate::records::port::{AcceptedDocument, ConsentRecord};

/// Documents accepted in a visit, and the signature under them. Holds digests only.
#[derive(Clone, Debug, Default)]
pub(crate) struct Consents {
    accepted: Vec<AcceptedDocument>,
    signed: Option<Signed>,
}

/// A signature and the documents it is under.
#[derive(Clone, Debug)]
struct Signed {
    documents: Vec<String>,
    /// `None`: the person could not write.
    picture: Option<[u8; 32]>,
}

impl Consents {
    /// This very text was read and accepted in this visit.
    pub(crate) fn has(&self, document: &Document) -> bool {
        self.find(document).is_some()
    }

    /// It is accepted now; an earlier acceptance of it gives way.
    pub(crate) fn accept(&mut self, document: &Document, at: DateTime) {
        self.withdraw(document);
        self.accepted.push(AcceptedDocument {
            title: document.title.clone(),
            version: document.version.clone(),
            digest: document.digest.get_ref().clone(),
            accepted_at: at,
        });
    }

    /// It is not accepted any more, nor is what was signed under it.
    pub(crate) fn withdraw(&mut self, document: &Document) {
        self.accepted.retain(|accepted| !same(accepted, document));
        self.signed = None;
    }

    /// These documents were signed, or it is known that the person cannot write.
    pub(crate) fn signed(&self, documents: &[Document]) -> bool {
        self.signed.as_ref().is_some_and(|signed| signed.documents == digests(documents))
    }

    /// The signature under these documents; `None`: the person cannot write.
    pub(crate) fn sign(&mut self, documents: &[Document], picture: Option<[u8; 32]>) {
        self.signed = Some(Signed { documents: digests(documents), picture });
    }

    /// The record of these documents; `None` when there are none, or one was not accepted.
    pub(crate) fn record(&self, documents: &[Document]) -> Option<ConsentRecord> {
        let accepted: Option<Vec<_>> =
            documents.iter().map(|document| self.find(document).cloned()).collect();
        let documents_read = accepted.filter(|all| !all.is_empty())?;
        let signed = self.signed.as_ref().filter(|_| self.signed(documents));
        let signature = signed.and_then(|signed| signed.picture);
        Some(ConsentRecord { documents: documents_read, signature })
    }

    fn find(&self, document: &Document) -> Option<&AcceptedDocument> {
        self.accepted.iter().find(|accepted| same(accepted, document))
    }
}

fn same(accepted: &AcceptedDocument, document: &Document) -> bool {
    accepted.title == document.title
        && accepted.version == document.version
        && accepted.digest == *document.digest.get_ref()
}

fn digests(documents: &[Document]) -> Vec<String> {
    documents.iter().map(|document| document.digest.get_ref().clone()).collect()
}
