//! Documents become a collection: addresses, links between pages, relations, the status that a successor gives.
//!
//! After this stage nothing changes any more.

mod address;
mod again;
mod codeowners;
mod graph;
mod ids;
mod link;
mod siblings;

use std::collections::BTreeSet;
use std::sync::Arc;

use codeowners::Codeowners;

use crate::date::Date;
use crate::diagnostic::{Note, Noted};
use crate::model::{Document, Gap, Gone, History, Past, Relation, Worked};
use crate::spread::{InTurn, Spread};

pub use address::{RESERVED, forms};
pub use ids::Ids;
pub use link::{wanted, wanted_history};

/// All documents under one root, and how they hang together. Sorted by path; everything else refers to documents by
/// their index here.
#[derive(Debug, Default)]
pub struct Collection {
    /// The documents, sorted by path. Shared, so that a preview's next collection is made of those that didn't change.
    pub documents: Vec<Arc<Document>>,
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
    /// Who has which id.
    pub ids: Arc<Ids>,
    /// For each document what git knows of its file.
    pub pasts: Vec<Past>,
    /// For each document the code it names or lists, in the order of the text, and what happened to it.
    pub worked: Vec<Vec<Worked>>,
    /// In a shallow clone the day of its end: what lies on it or before is unknown.
    pub since: Option<Date>,
    /// Documents that git knows and that are no more, the latest deletion first.
    pub gone: Vec<Gone>,
    /// Why git says nothing at all.
    pub gap: Option<Gap>,
    /// For each document without an owner of its own, whom CODEOWNERS names.
    pub codeowners: Vec<Vec<String>>,
    /// What a later resolution can go on with.
    memory: Memory,
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
    /// To a document that git knows to be no more: its index in `gone`.
    Gone(usize),
    /// Out of the repository, or with a scheme that isn't allowed. Never followed.
    Refused,
    /// It only looked like a mention: an id that nobody has.
    Nothing,
}

/// What a later resolution can go on with.
#[derive(Debug, Default)]
struct Memory {
    /// The documents as they were read.
    read: Vec<Arc<Document>>,
    names: link::Names,
    /// Of which documents only a number keeps the address apart.
    numbered: Vec<(usize, Option<usize>)>,
    /// For each document how many of its last notes are about its links.
    noted: Vec<usize>,
}

/// What the stage needs to know of the world around the documents.
#[derive(Debug, Clone, Default)]
pub struct World {
    /// The collection's root within the repository, with a slash at its end, or empty.
    pub prefix: String,
    /// Of the paths that [`wanted`] asked for, those that exist.
    pub existing: BTreeSet<String>,
    /// Address of the repository on its forge, without a slash at the end.
    pub repository: Option<String>,
    /// What git tells.
    pub history: History,
    /// The text of the repository's CODEOWNERS file.
    pub codeowners: Option<String>,
}

/// Resolves all documents of a collection.
pub fn resolve<D: Into<Arc<Document>>>(read: Vec<Noted<D>>, world: &World) -> Collection {
    resolve_with(read, world, None, &InTurn)
}

/// As [`resolve`], with the work on each document spread, and with what still holds of an earlier collection: of one whose
/// world differed in git's history and in CODEOWNERS at most.
pub fn resolve_with<D: Into<Arc<Document>>>(
    read: Vec<Noted<D>>,
    world: &World,
    before: Option<&Collection>,
    spread: &impl Spread,
) -> Collection {
    let mut read: Vec<(Arc<Document>, Vec<Note>)> =
        read.into_iter().map(|noted| (noted.value.into(), noted.notes)).collect();
    read.sort_by(|a, b| a.0.path().cmp(b.0.path()));
    let (mut documents, mut notes): (Vec<Arc<Document>>, Vec<Vec<Note>>) = read.into_iter().unzip();
    let kept = before.and_then(|before| again::kept(before, &documents, world));
    let (ids, addresses, numbered, names) = match &kept {
        Some(kept) => kept.whole(),
        None => {
            let (addresses, numbered) = address::assign(&documents, spread);
            (Arc::new(Ids::new(&documents)), addresses, numbered, link::Names::new(&documents, world, spread))
        }
    };
    for (index, first) in &numbered {
        let whose = first.map_or("a page of the site itself", |first| documents[first].path());
        let message = format!("its address would be that of {whose}");
        let help = "give one of the files another name";
        notes[*index].push(Note::new("address-collision", documents[*index].title.span, message).help(help));
    }
    let finder = link::Finder::new(&documents, &ids, world, &names);
    let found = spread.map(documents.len(), |index| {
        if let Some(found) = kept.as_ref().and_then(|kept| kept.found(index)) {
            return found;
        }
        let mut noted = Vec::new();
        let targets = finder.targets(index, &mut noted);
        (targets, noted, finder.code(&documents[index]))
    });
    let mut memory = Memory { read: documents.clone(), names, numbered, noted: Vec::with_capacity(documents.len()) };
    let (mut targets, mut code) = (Vec::with_capacity(documents.len()), Vec::with_capacity(documents.len()));
    for (notes, (found, noted, there)) in notes.iter_mut().zip(found) {
        memory.noted.push(noted.len());
        notes.extend(noted);
        targets.push(found);
        code.push(there);
    }
    let attachments: BTreeSet<String> = targets
        .iter()
        .flatten()
        .filter_map(|target| match target {
            Target::Attachment(path) => Some(path.clone()),
            _ => None,
        })
        .collect();
    let relations = graph::relations(&documents, &targets);
    for (document, there) in documents.iter_mut().zip(code) {
        if document.code.iter().zip(&there).any(|(path, exists)| path.exists != *exists) {
            let code = &mut Arc::make_mut(document).code;
            code.iter_mut().zip(there).for_each(|(path, exists)| path.exists = exists);
        }
    }
    graph::succeed(&mut documents, &relations);
    let unknown = || Past { gap: world.history.gap.clone().or(Some(Gap::Off)), ..Past::default() };
    let past = |document: &Document| world.history.pasts.get(document.path()).cloned().unwrap_or_else(unknown);
    let pasts = documents.iter().map(|document| past(document)).collect();
    let worked = spread.map(documents.len(), |index| link::worked(&documents[index], world));
    let owners = Codeowners::parse(world.codeowners.as_deref().unwrap_or(""));
    let fallback = |document: &Document| match document.owners.is_empty() {
        true => owners.owners(&format!("{}{}", world.prefix, document.path())).to_vec(),
        false => Vec::new(),
    };
    let codeowners = spread.map(documents.len(), |index| fallback(&documents[index]));
    Collection {
        documents,
        addresses,
        targets,
        relations,
        notes,
        attachments: attachments.into_iter().collect(),
        ids,
        pasts,
        worked,
        since: world.history.since,
        gone: world.history.gone.clone(),
        gap: world.history.gap.clone(),
        codeowners,
        memory,
    }
}

impl Collection {
    /// Who answers for a document: its own owners, else those of CODEOWNERS, and then `true`.
    pub fn owners_of(&self, document: usize) -> (Vec<&str>, bool) {
        let written = self.documents[document].owners.iter().map(|owner| owner.value.as_str());
        let fallback = self.codeowners.get(document).into_iter().flatten().map(String::as_str);
        let inferred = self.documents[document].owners.is_empty();
        if inferred { (fallback.collect(), true) } else { (written.collect(), false) }
    }

    /// The relations of one document, in their order.
    pub fn relations_of(&self, document: usize) -> &[Relation] {
        let start = self.relations.partition_point(|relation| relation.from < document);
        let end = self.relations.partition_point(|relation| relation.from <= document);
        &self.relations[start..end]
    }
}
