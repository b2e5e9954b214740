//! How a document has been kept: since when its content stands as it is, whether its last review changed anything, what
//! happened to its code since.
//!
//! Facts for pages and for the rules `stale` and `code-drift`; no verdict.

use std::collections::BTreeMap;

use crate::date::Date;
use crate::model::{Document, Past, Stage, Touch, Worked};
use crate::resolve::Collection;
use crate::source::Spanned;

/// Commits that are looked at for each path; whoever names all of the code doesn't want to know more.
const MOST: usize = 1000;

/// How a document has been kept.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Upkeep {
    /// The day of the last change of its content; absent where nobody knows (then the document's `Past` says why).
    pub unchanged_since: Option<Date>,
    /// Who says so: `git`, or `updated` where git doesn't know and the document gives the date itself.
    pub basis: Option<&'static str>,
    /// The last review is younger than the last change of the content: it was reviewed and left as it was.
    pub reviewed_unchanged: bool,
    /// Code it names or lists changed since it was reviewed.
    pub drift: Option<Drift>,
}

/// What happened to a document's code since its review.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Drift {
    /// The day of the review, and where it is written.
    pub since: Spanned<Date>,
    /// The paths as written, and how many commits touched each.
    pub paths: Vec<(Spanned<String>, usize)>,
    /// The commits, each once, the latest first.
    pub commits: Vec<Touch>,
    /// False where there may be more: a shallow clone ends after the review, or there are thousands.
    pub complete: bool,
}

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
fn unchanged(document: &Document, past: &Past) -> (Option<Date>, Option<&'static str>) {
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
    let mut complete = collection.since.is_none_or(|since| since <= reviewed.value);
    for work in worked {
        let later = &work.touches[..work.touches.partition_point(|touch| touch.day > reviewed.value)];
        if !later.is_empty() && !paths.iter().any(|(path, _)| path == &work.path) {
            paths.push((work.path.clone(), later.len()));
        }
        complete &= later.len() <= MOST;
        commits.extend(later.iter().take(MOST).map(|touch| (&*touch.commit, touch)));
    }
    if paths.is_empty() {
        return None;
    }
    let mut commits: Vec<Touch> = commits.into_values().cloned().collect();
    commits.sort_by(|a, b| (b.day, &a.commit).cmp(&(a.day, &b.commit)));
    Some(Drift { since: reviewed.clone(), paths, commits, complete })
}
