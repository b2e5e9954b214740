//! Documents become a collection: addresses, links between pages, relations, the status that a successor gives.
//!
//! After this stage nothing changes any more.

use crate::diagnostic::Note;
use crate::model::{Document, Relation};

/// All documents under one root, and how they hang together. Sorted by path; everything else refers to documents by
/// their index here.
#[derive(Debug, Default)]
pub struct Collection {
    /// The documents, sorted by path.
    pub documents: Vec<Document>,
    /// For each document its address on the site: `plans/plan-023/`. Unique, relative to the site's root.
    pub addresses: Vec<String>,
    /// For each document, for each of its mentions in the same order, where it leads.
    pub targets: Vec<Vec<Target>>,
    /// Every relation, inferred ones too, sorted by `from`, then kind, then place.
    pub relations: Vec<Relation>,
    /// For each document what was noticed while reading and resolving.
    pub notes: Vec<Vec<Note>>,
    /// Images that documents show, relative to the repository's root, sorted. They are copied to `files/…`.
    pub attachments: Vec<String>,
}

/// Where a mention leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    /// To a document of the collection, perhaps to a heading in it. Links within a document lead to itself.
    Document {
        /// Its index.
        index: usize,
        /// The anchor, as its page has it; absent where the mention has none or an unknown one.
        anchor: Option<String>,
    },
    /// To an image that is copied to the site: its path relative to the repository's root.
    Attachment(String),
    /// To a file or folder of the repository that has no page: its path relative to the repository's root.
    File(String),
    /// To another site, or to a mail address.
    External,
    /// To a file that isn't there.
    Missing,
    /// Out of the repository, or with a scheme that isn't allowed. Never followed.
    Refused,
    /// It only looked like a mention: an id that nobody has.
    Nothing,
}

impl Collection {
    /// The relations of one document, in their order.
    pub fn relations_of(&self, document: usize) -> &[Relation] {
        let start = self.relations.partition_point(|relation| relation.from < document);
        let end = self.relations.partition_point(|relation| relation.from <= document);
        &self.relations[start..end]
    }
}
