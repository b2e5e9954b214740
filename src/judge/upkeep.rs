//! How a document has been kept: since when its content stands as it is, whether its last review changed anything, what
//! happened to its code since.
//!
//! Facts for pages and for the rules `stale` and `code-drift`; no verdict.

use std::collections::BTreeMap;

use super::{Drift, Upkeep};
use crate::model::{Document, Past, Stage, Touch, Worked};
use crate::resolve::Collection;

/// Gathers the facts of one document.
pub(super) fn of(collection: &Collection, index: usize) -> Upkeep {
    let (document, past) = (&collection.documents[index], &collection.pasts[index]);
    let (unchanged_since, basis) = unchanged(document, past);
    let reviewed = document.dates.reviewed.as_ref().map(|day| day.value);
    let changed = past.changed.as_ref().map(|touch| touch.day);
    let reviewed_unchanged = reviewed.zip(changed).is_some_and(|(reviewed, changed)| changed < reviewed);
    let drift = drift(document, &collection.worked[index], collection);
    Upkeep { unchanged_since, basis, reviewed_unchanged, drift }
}

/// By git; by the document's own word where git doesn't know.
fn unchanged(document: &Document, past: &Past) -> (Option<crate::date::Date>, Option<&'static str>) {
    match (&past.changed, &document.dates.updated) {
        (Some(touch), _) => (Some(touch.day), Some("git")),
        (None, Some(updated)) => (Some(updated.value), Some("updated")),
        (None, None) => (None, None),
    }
}

/// Commits later than the day of the review. Only what still holds can drift away from its code.
fn drift(document: &Document, worked: &[Worked], collection: &Collection) -> Option<Drift> {
    let holds = document.stage().is_some_and(|stage| stage.live() || stage == Stage::Accepted);
    let reviewed = document.dates.reviewed.as_ref().filter(|_| document.tracked() && holds)?;
    let (mut paths, mut commits) = (Vec::new(), BTreeMap::<&str, &Touch>::new());
    for work in worked {
        // authors' dates needn't follow the order of commits
        let later: Vec<&Touch> = work.touches.iter().filter(|touch| touch.day > reviewed.value).collect();
        if !later.is_empty() && !paths.iter().any(|(path, _)| path == &work.path) {
            paths.push((work.path.clone(), later.len()));
        }
        commits.extend(later.into_iter().map(|touch| (&*touch.commit, touch)));
    }
    if paths.is_empty() {
        return None;
    }
    let mut commits: Vec<Touch> = commits.into_values().cloned().collect();
    commits.sort_by(|a, b| (b.day, &a.commit).cmp(&(a.day, &b.commit)));
    let complete = collection.since.is_none_or(|since| since <= reviewed.value);
    Some(Drift { since: reviewed.clone(), paths, commits, complete })
}
