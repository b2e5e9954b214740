//! What git tells of a document, as an object of its own: an addition to the contract, because `dates` are the document's
//! own words.

use serde::Serialize;

use crate::model::Touch;
use crate::view::Scene;

/// What git tells. Where it doesn't know a day, the day is `null` and `unknown` says why.
#[derive(Debug, Serialize)]
pub(super) struct HistoryEntry<'a> {
    created: Option<TouchEntry<'a>>,
    changed: Option<TouchEntry<'a>>,
    unknown: Option<String>,
    commits: u32,
    former: &'a [String],
    unchanged_since: Option<String>,
    basis: Option<&'static str>,
    reviewed_unchanged: bool,
    drift: Option<DriftEntry<'a>>,
}

#[derive(Debug, Serialize)]
struct TouchEntry<'a> {
    date: String,
    author: &'a str,
    commit: &'a str,
}

#[derive(Debug, Serialize)]
struct DriftEntry<'a> {
    since: String,
    commits: usize,
    complete: bool,
    paths: Vec<&'a str>,
}

impl<'a> HistoryEntry<'a> {
    /// The history of one document.
    pub(super) fn of(scene: &Scene<'a>, index: usize) -> Self {
        let (past, upkeep) = (&scene.collection.pasts[index], &scene.judgement.upkeep[index]);
        HistoryEntry {
            created: past.created.as_ref().map(touch),
            changed: past.changed.as_ref().map(touch),
            unknown: past.gap.as_ref().map(|gap| gap.reason()),
            commits: past.commits,
            former: &past.former,
            unchanged_since: upkeep.unchanged_since.map(|day| day.to_string()),
            basis: upkeep.basis,
            reviewed_unchanged: upkeep.reviewed_unchanged,
            drift: upkeep.drift.as_ref().map(|drift| DriftEntry {
                since: drift.since.value.to_string(),
                commits: drift.commits.len(),
                complete: drift.complete,
                paths: drift.paths.iter().map(|(path, _)| path.value.as_str()).collect(),
            }),
        }
    }
}

fn touch(touch: &Touch) -> TouchEntry<'_> {
    TouchEntry { date: touch.day.to_string(), author: &touch.author, commit: &touch.commit }
}
