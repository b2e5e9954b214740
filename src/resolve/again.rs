//! What of an earlier collection still holds: where links lead, of documents that are the same and lead to the same.
//!
//! Where a link leads depends on the document it stands in, on the one it leads to, and on how all documents are called.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::link::{self, Names};
use super::{Collection, Ids, Target, World};
use crate::diagnostic::Note;
use crate::model::Document;

/// An earlier collection of the same files, and what of it doesn't hold any more.
pub(super) struct Kept<'a> {
    before: &'a Collection,
    names: Names,
    /// For each document whether its links must be followed anew.
    anew: Vec<bool>,
}

/// Absent where files came or went or are called by other ids.
pub(super) fn kept<'a>(before: &'a Collection, documents: &[Arc<Document>], world: &World) -> Option<Kept<'a>> {
    if before.memory.read.len() != documents.len() || before.gone != world.history.gone {
        return None;
    }
    let mut names = before.memory.names.clone();
    let (mut anew, mut other) = (vec![false; documents.len()], BTreeSet::new());
    for (at, now) in documents.iter().enumerate() {
        let then = &before.memory.read[at];
        if Arc::ptr_eq(then, now) || Arc::ptr_eq(&before.documents[at], now) {
            continue;
        }
        if !called_alike(then, now) {
            return None;
        }
        anew[at] = true;
        other.extend(names.retitled(at, then, now));
    }
    let changed = anew.clone();
    for (at, anew) in anew.iter_mut().enumerate() {
        let leads = |target: &Target| matches!(target, Target::Document { index, .. } if changed[*index]);
        *anew |= before.targets[at].iter().any(leads) || (!other.is_empty() && link::calls(&documents[at], &other));
    }
    Some(Kept { before, names, anew })
}

/// All by which others find a document but its title.
fn called_alike(a: &Document, b: &Document) -> bool {
    let id = |document: &'_ Document| document.id.as_ref().map(|id| id.value.clone());
    let decisions = |document: &Document| {
        let all = document.decisions.iter().map(|one| (one.id.value.clone(), one.anchor.clone()));
        all.collect::<Vec<(String, String)>>()
    };
    (a.path(), a.role, a.kind) == (b.path(), b.role, b.kind) && id(a) == id(b) && decisions(a) == decisions(b)
}

impl Kept<'_> {
    /// What holds for all: ids, addresses, which of them have a number, names.
    #[allow(clippy::type_complexity, reason = "a row of four things, taken apart at once")]
    pub(super) fn whole(&self) -> (Arc<Ids>, Vec<String>, Vec<(usize, Option<usize>)>, Names) {
        let before = self.before;
        (Arc::clone(&before.ids), before.addresses.clone(), before.memory.numbered.clone(), self.names.clone())
    }

    /// Of one document its targets, what was noted of its links, and whether its code is there.
    pub(super) fn found(&self, at: usize) -> Option<(Vec<Target>, Vec<Note>, Vec<bool>)> {
        if self.anew[at] {
            return None;
        }
        let (targets, notes) = (self.before.targets[at].clone(), &self.before.notes[at]);
        let noted = notes[notes.len() - self.before.memory.noted[at]..].to_vec();
        Some((targets, noted, self.before.documents[at].code.iter().map(|code| code.exists).collect()))
    }
}
