//! What a collection is written in, what of it was not understood, and the configuration that would name it.
//!
//! A look at the whole rather than at one document: findings say what is wrong, this says what plansite takes for granted.

mod census;
mod gaps;
mod suggest;
mod text;

use serde::Serialize;

use crate::config::Config;
use crate::model::{Document, Role};
use crate::resolve::Collection;
use crate::source::Span;

pub use text::print;

/// All there is to say (schema `plansite.doctor/1`). Lists begin with what concerns most documents.
#[derive(Debug, Serialize)]
pub struct Diagnosis {
    /// Name and version of this shape.
    pub schema: &'static str,
    /// How many documents there are.
    pub documents: Counts,
    /// What could not be placed, and why.
    pub unplaced: Vec<Gap>,
    /// Keys that are nearly known ones.
    pub near_misses: Vec<NearMiss>,
    /// Placeholders of templates that are left in documents.
    pub placeholders: Vec<Left>,
    /// Documents taken for templates, sorted.
    pub templates: Vec<String>,
    /// Dialects in use.
    pub dialects: Vec<DialectUse>,
    /// Status words in use, known and unknown.
    pub statuses: Vec<WordUse>,
    /// Keys in use, known and unknown.
    pub keys: Vec<KeyUse>,
    /// A `plansite.toml` that names what is unknown; empty where nothing is.
    pub config: String,
}

/// How many documents there are of which sort.
#[derive(Debug, Serialize)]
pub struct Counts {
    /// All.
    pub all: usize,
    /// With a life: on boards, judged.
    pub tracked: usize,
    /// Moulds.
    pub templates: usize,
    /// Neither.
    pub pages: usize,
}

/// A line of a document.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Spot {
    /// Relative to the collection's root.
    pub path: String,
    /// From 1; absent where no line is meant.
    pub line: Option<u32>,
}

/// Why documents could not be placed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Reason {
    /// The file or its metadata can't be read.
    Unreadable,
    /// Its status is no word that plansite knows.
    UnknownStatus,
    /// Its `type:` is no kind that plansite knows, and nothing else says one.
    UnknownType,
    /// It has a status, but nothing says which sort of document it is.
    NoKind,
    /// Of a kind with a life, but nothing says where it stands.
    NoStatus,
}

/// Documents that could not be placed for the same reason.
#[derive(Debug, Serialize)]
pub struct Gap {
    /// Why.
    pub reason: Reason,
    /// The word nobody knows, or the folder the documents lie in.
    pub about: String,
    /// Which documents, sorted.
    pub documents: Vec<Spot>,
}

/// A key that is nearly a known one.
#[derive(Debug, Serialize)]
pub struct NearMiss {
    /// As written.
    pub key: String,
    /// The known key.
    pub meant: String,
    /// It counts nevertheless, because the slip is a common one.
    pub read: bool,
    /// Where it stands, sorted.
    pub documents: Vec<Spot>,
}

/// The placeholders of one document.
#[derive(Debug, Serialize)]
pub struct Left {
    /// Where the first stands.
    #[serde(flatten)]
    pub spot: Spot,
    /// How many there are.
    pub count: usize,
    /// The first as written, cut.
    pub first: String,
}

/// A dialect and who writes it.
#[derive(Debug, Serialize)]
pub struct DialectUse {
    /// Its name.
    pub name: &'static str,
    /// What it is.
    pub about: &'static str,
    /// How many documents.
    pub documents: usize,
    /// The first of them.
    pub example: Spot,
}

/// A status word, whatever follows it.
#[derive(Debug, Serialize)]
pub struct WordUse {
    /// Lower case.
    pub word: String,
    /// What it means; `unknown` for a word nobody knows.
    pub stage: &'static str,
    /// How many documents say it of themselves first.
    pub documents: usize,
    /// The first of them.
    pub example: Spot,
}

/// A key, whatever its case and hyphens.
#[derive(Debug, Serialize)]
pub struct KeyUse {
    /// As most documents write it.
    pub key: String,
    /// What it states; absent for a key that says nothing to plansite.
    pub fact: Option<&'static str>,
    /// In how many documents.
    pub documents: usize,
    /// The first of them.
    pub example: Spot,
}

/// Looks at a collection as it was read with a configuration.
pub fn examine(collection: &Collection, config: &Config) -> Diagnosis {
    let documents = &collection.documents;
    let tracked = documents.iter().filter(|document| document.tracked()).count();
    let templates: Vec<String> = documents
        .iter()
        .filter(|document| document.role == Role::Template)
        .map(|document| document.path().to_string())
        .collect();
    let counts = Counts {
        all: documents.len(),
        tracked,
        templates: templates.len(),
        pages: documents.len() - tracked - templates.len(),
    };
    let unplaced = gaps::unplaced(collection, config);
    let near_misses = gaps::near_misses(collection, config);
    let config_text = suggest::config(collection, config, &unplaced, &near_misses);
    Diagnosis {
        schema: "plansite.doctor/1",
        documents: counts,
        unplaced,
        near_misses,
        placeholders: gaps::placeholders(collection),
        templates,
        dialects: census::dialects(collection),
        statuses: census::statuses(collection, config),
        keys: census::keys(collection, config),
        config: config_text,
    }
}

impl Spot {
    /// The document as a whole.
    fn whole(document: &Document) -> Spot {
        Spot { path: document.path().to_string(), line: None }
    }

    /// The line where some words stand, of the document or of a file beside it; none for words that stand nowhere.
    fn at(document: &Document, span: Span) -> Spot {
        let (file, start) = document.source.file(span.start);
        let line = (span != Span::default()).then(|| file.place(start).line);
        Spot { path: file.path.clone(), line }
    }
}

/// Documents proper: moulds say nothing of what is in use.
fn proper(collection: &Collection) -> impl Iterator<Item = (usize, &Document)> {
    let documents = collection.documents.iter().map(|document| &**document).enumerate();
    documents.filter(|(_, document)| document.role == Role::Document)
}
