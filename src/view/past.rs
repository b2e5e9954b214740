//! A document's history on its own page: its commits in sentences, and what isn't known of them.

use std::collections::BTreeSet;

use serde::Serialize;

use crate::date;
use crate::model::{Gap, Step};
use crate::view::{Moment, Scenery, Whom, encode, happening, together, visible};
use crate::words;

/// Commits that are shown at once, and those that unfold; the rest is a count.
const NEAR: usize = 5;
const FAR: usize = 25;

/// A document's commits.
#[derive(Serialize)]
pub(super) struct Commits {
    /// `27 commits, 4 authors`
    pub count: String,
    /// The latest ones, which are shown at once.
    pub near: Vec<Commit>,
    /// Those behind the fold.
    pub far: Vec<Commit>,
    /// `22 more commits`
    pub more: String,
    /// How many aren't shown at all: `3 more commits`, or empty.
    pub rest: String,
    /// All of them on the forge; empty where that is unknown.
    pub href: String,
    /// What isn't known: `The file has changes that aren't committed.` May be empty.
    pub limit: String,
}

#[derive(Serialize)]
pub(super) struct Commit {
    /// `Became active; 3 tasks done (38 of 61)`
    text: String,
    /// Who wrote it.
    author: String,
    /// The first line of the commit's message; empty where it says the same.
    subject: String,
    day: Moment,
    /// The commit's first seven digits.
    commit: String,
    /// On the forge; empty where that is unknown.
    href: String,
}

/// The commit on the forge; empty where the forge is unknown.
pub(super) fn commit_address(scenery: &Scenery<'_>, commit: &str) -> String {
    match &scenery.scene.config.site.repository {
        Some(repository) if !commit.is_empty() => {
            format!("{}/commit/{}", repository.trim_end_matches('/'), encode(commit))
        }
        _ => String::new(),
    }
}

/// The history of one document; absent where git says nothing of the collection at all.
pub(super) fn commits(scenery: &Scenery<'_>, index: usize) -> Option<Commits> {
    let scene = &scenery.scene;
    if scene.collection.gap.is_some() {
        return None;
    }
    let past = &scene.collection.pasts[index];
    let limit = match &past.gap {
        Some(Gap::Uncommitted) => "The file isn't committed yet.".into(),
        Some(Gap::Modified) => "The file has changes that aren't committed.".into(),
        Some(Gap::Shallow) => match scene.collection.since {
            Some(since) => format!("The clone is shallow: nothing is known up to {}.", date::long(since)),
            None => String::new(),
        },
        _ => String::new(),
    };
    if past.steps.is_empty() && limit.is_empty() {
        return None;
    }
    let commit = |step: &Step| {
        let happening = happening(scene, Whom::Document(index), step);
        Commit {
            // where the versions weren't compared the commit's own words say more
            text: if happening.unread { words::shorten(&happening.subject, 160) } else { together(&happening.clauses) },
            subject: if happening.unread { String::new() } else { words::shorten(&happening.subject, 100) },
            author: happening.author,
            day: Moment::new(happening.day, scene.today),
            commit: happening.commit.chars().take(7).collect(),
            href: commit_address(scenery, &happening.commit),
        }
    };
    let far: Vec<Commit> = past.steps.iter().skip(NEAR).take(FAR).map(commit).collect();
    let rest = past.steps.len().saturating_sub(NEAR + FAR);
    let authors: BTreeSet<&str> = past.steps.iter().map(|step| &*step.touch.author).collect();
    let path = format!("{}{}", scene.prefix, scene.collection.documents[index].path());
    let repository = scene.config.site.repository.as_deref().map(|address| address.trim_end_matches('/'));
    Some(Commits {
        count: match past.steps.len() {
            0 => String::new(),
            count => format!(
                "{}, {}",
                words::count(count, "commit", "commits"),
                words::count(authors.len(), "author", "authors")
            ),
        },
        near: past.steps.iter().take(NEAR).map(commit).collect(),
        more: words::count(far.len(), "more commit", "more commits"),
        rest: if rest > 0 { words::count(rest, "more commit", "more commits") } else { String::new() },
        href: repository.map(|address| format!("{address}/commits/HEAD/{}", encode(&path))).unwrap_or_default(),
        far,
        limit: visible(&limit),
    })
}
