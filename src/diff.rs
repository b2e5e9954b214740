//! Two states of a collection become what changed between them, for the one who reads a pull request.
//!
//! Documents are the same by their path, else by an id that only one of each side has. What changed is told as facts:
//! stages, deadlines, what came, went and moved, what is newly wrong.

mod markdown;

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use crate::date::{self, Date};
use crate::diagnostic::Severity;
use crate::judge::Judgement;
use crate::model::{Document, Freshness, Role, Stage};
use crate::resolve::Collection;

pub use markdown::markdown;

/// One state of a collection.
#[derive(Debug, Clone, Copy)]
pub struct Side<'a> {
    /// The documents.
    pub collection: &'a Collection,
    /// The verdict on them, on the same day as the other side's.
    pub judgement: &'a Judgement,
}

/// A document as both sides know it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Subject {
    /// Its path now; the former one for a document that went.
    pub path: String,
    /// Its id, where it has one.
    pub id: Option<String>,
    /// Its title.
    pub title: String,
}

/// A document that went from one stage to another.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Move {
    /// Which.
    #[serde(flatten)]
    pub subject: Subject,
    /// The stage before, as a word; absent where none was written.
    pub from: Option<&'static str>,
    /// The stage now.
    pub to: Option<&'static str>,
}

/// A deadline that changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Deadline {
    /// Whose.
    #[serde(flatten)]
    pub subject: Subject,
    /// Which: `expires` or `next_review`.
    pub field: &'static str,
    /// The day before.
    pub from: Option<String>,
    /// The day now.
    pub to: Option<String>,
    /// By how many days it was put off; negative where it was brought forward, absent where a side has none.
    pub days: Option<i64>,
    /// The document was already late by it.
    pub late: bool,
}

/// A file that moved.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Moved {
    /// Which.
    #[serde(flatten)]
    pub subject: Subject,
    /// The path before.
    pub from: String,
}

/// Something that is wrong now and was not before.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Flaw {
    /// Where.
    #[serde(flatten)]
    pub subject: Subject,
    /// Name of the rule.
    pub rule: &'static str,
    /// How much it matters.
    pub severity: Severity,
    /// Line, from 1.
    pub line: u32,
    /// The fact.
    pub message: String,
}

/// What changed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Diff {
    /// Tracked documents that are new, by path.
    pub added: Vec<Subject>,
    /// Tracked documents that are gone, by path.
    pub removed: Vec<Subject>,
    /// Files that lie elsewhere now.
    pub moved: Vec<Moved>,
    /// Documents that went from one stage to another.
    pub stages: Vec<Move>,
    /// Deadlines that were put off, brought forward, set or taken away.
    pub deadlines: Vec<Deadline>,
    /// Links and references that lead nowhere now.
    pub broken: Vec<Flaw>,
    /// Ids that several documents claim now.
    pub collisions: Vec<Flaw>,
    /// Everything else that is newly wrong: errors and warnings.
    pub flaws: Vec<Flaw>,
    /// How many findings are gone.
    pub fixed: usize,
}

impl Diff {
    /// Nothing changed that this speaks of.
    pub fn is_empty(&self) -> bool {
        *self == Diff::default()
    }
}

/// Rules that speak of links and references.
const LINKS: &[&str] = &["broken-link", "broken-anchor", "unknown-reference", "missing-code-path"];
/// Rules that speak of the day and not of what was written.
const DATED: &[&str] = &["expired", "expires-soon", "review-overdue", "stale", "code-drift"];

/// What changed from `base` to `head`, both judged on `today`.
pub fn diff(base: Side<'_>, head: Side<'_>, today: Date) -> Diff {
    let pairs = pairs(base.collection, head.collection);
    let mut diff = Diff::default();
    let tracked = |document: &Document| document.tracked() && document.role == Role::Document;
    let met: BTreeSet<usize> = pairs.values().copied().collect();
    for (at, document) in base.collection.documents.iter().enumerate().filter(|(at, _)| !met.contains(at)) {
        if tracked(document) {
            diff.removed.push(subject(base.collection, at));
        }
    }
    for (at, document) in head.collection.documents.iter().enumerate() {
        let Some(before) = pairs.get(&at).copied() else {
            if tracked(document) {
                diff.added.push(subject(head.collection, at));
            }
            continue;
        };
        let former = &base.collection.documents[before];
        if former.path() != document.path() {
            diff.moved.push(Moved { subject: subject(head.collection, at), from: former.path().to_string() });
        }
        if (tracked(document) || tracked(former)) && former.stage() != document.stage() {
            let word = |stage: Option<Stage>| stage.map(Stage::word);
            let (from, to) = (word(former.stage()), word(document.stage()));
            diff.stages.push(Move { subject: subject(head.collection, at), from, to });
        }
        let late = matches!(base.judgement.standings[before].state, Freshness::Expired | Freshness::ReviewOverdue);
        for (field, from, to) in [
            ("expires", &former.dates.expires, &document.dates.expires),
            ("next_review", &former.dates.next_review, &document.dates.next_review),
        ] {
            let (from, to) = (from.as_ref().map(|day| day.value), to.as_ref().map(|day| day.value));
            if from != to && tracked(document) {
                let days = from.zip(to).map(|(from, to)| date::days_between(from, to));
                let day = |day: Option<Date>| day.map(|day| day.to_string());
                let late = late && from.is_some_and(|from| from < today);
                let subject = subject(head.collection, at);
                diff.deadlines.push(Deadline { subject, field, from: day(from), to: day(to), days, late });
            }
        }
    }
    flaws(base, head, &pairs, &mut diff);
    diff
}

/// For each document of `head` that `base` has too, which one it was.
fn pairs(base: &Collection, head: &Collection) -> BTreeMap<usize, usize> {
    let by_path: BTreeMap<&str, usize> =
        base.documents.iter().enumerate().map(|(at, document)| (document.path(), at)).collect();
    let mut pairs: BTreeMap<usize, usize> = head
        .documents
        .iter()
        .enumerate()
        .filter_map(|(at, document)| Some((at, *by_path.get(document.path())?)))
        .collect();
    let taken: BTreeSet<usize> = pairs.values().copied().collect();
    for (at, document) in head.documents.iter().enumerate() {
        let Some(id) = document.id.as_ref().filter(|_| !pairs.contains_key(&at)) else { continue };
        if let (&[_], &[before]) = (head.ids.claimants(&id.value), base.ids.claimants(&id.value))
            && !taken.contains(&before)
        {
            pairs.insert(at, before);
        }
    }
    pairs
}

/// Findings of `head` that `base` has not: by rule, document and words, so that moved lines are nothing new.
fn flaws(base: Side<'_>, head: Side<'_>, pairs: &BTreeMap<usize, usize>, diff: &mut Diff) {
    let mut known: BTreeMap<(usize, &str, &str), usize> = BTreeMap::new();
    for finding in &base.judgement.findings {
        *known.entry((finding.document, finding.rule, finding.message.as_str())).or_default() += 1;
    }
    for finding in head.judgement.findings.iter().filter(|finding| !DATED.contains(&finding.rule)) {
        let before = pairs.get(&finding.document).copied();
        let left = before.and_then(|before| known.get_mut(&(before, finding.rule, finding.message.as_str())));
        if let Some(left) = left.filter(|left| **left > 0) {
            *left -= 1;
            continue;
        }
        let flaw = Flaw {
            subject: subject(head.collection, finding.document),
            rule: finding.rule,
            severity: finding.severity,
            line: finding.start.line,
            message: finding.message.clone(),
        };
        match finding.rule {
            rule if LINKS.contains(&rule) => diff.broken.push(flaw),
            "duplicate-id" => diff.collisions.push(flaw),
            _ if finding.severity > Severity::Notice => diff.flaws.push(flaw),
            _ => {}
        }
    }
    let gone = |(&(_, rule, _), left): (&(usize, &str, &str), &usize)| if DATED.contains(&rule) { 0 } else { *left };
    diff.fixed = known.iter().map(gone).sum();
}

fn subject(collection: &Collection, at: usize) -> Subject {
    let document = &collection.documents[at];
    Subject {
        path: document.path().to_string(),
        id: document.id.as_ref().map(|id| id.value.clone()),
        title: document.title.value.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Config;
    use crate::resolve::{World, resolve};
    use crate::source::Source;
    use crate::{judge, read};

    fn state(files: &[(&str, &str)]) -> (Collection, Judgement) {
        let config = Config::default();
        let read = files.iter().map(|(path, text)| read::read(Source::new(*path, *text), &config)).collect();
        let collection = resolve(read, &World::default());
        let judgement = judge::judge(&collection, &config, day());
        (collection, judgement)
    }

    fn day() -> Date {
        "2026-11-23".parse().expect("a day")
    }

    fn shown(base: &[(&str, &str)], head: &[(&str, &str)]) -> Diff {
        let (base, head) = (state(base), state(head));
        let side = |(collection, judgement)| Side { collection, judgement };
        diff(side((&base.0, &base.1)), side((&head.0, &head.1)), day())
    }

    const PLAN: &str =
        "---\nid: PLAN-1\nstatus: active\nowner: Ana\nexpires: 2026-11-01\n---\n# Move\n\nSee [b](b.md).\n";

    #[test]
    fn the_same_is_nothing() {
        let files = [("plans/a.md", PLAN), ("plans/b.md", "# B\n")];
        assert!(shown(&files, &files).is_empty());
    }

    #[test]
    fn moves_stages_deadlines_and_what_breaks() {
        let later = PLAN.replace("active", "completed").replace("2026-11-01", "2027-01-01");
        let found = shown(&[("plans/a.md", PLAN), ("plans/b.md", "# B\n")], &[("plans/done/a.md", &later)]);
        assert_eq!(found.moved.iter().map(|moved| moved.from.as_str()).collect::<Vec<_>>(), ["plans/a.md"]);
        assert_eq!((found.stages[0].from, found.stages[0].to), (Some("active"), Some("completed")));
        assert_eq!((found.deadlines[0].days, found.deadlines[0].late), (Some(61), true));
        assert_eq!(found.removed.len(), 1);
        assert_eq!(found.broken.iter().map(|flaw| flaw.rule).collect::<Vec<_>>(), ["broken-link"]);
    }

    #[test]
    fn ids_that_collide_and_findings_that_only_moved() {
        let base = [("adr/0001-a.md", "# A\n\n## Status\nAccepted\n\n[x](no.md)\n")];
        let head = [
            ("adr/0001-a.md", "# A\n\nNew words.\n\n## Status\nAccepted\n\n[x](no.md)\n"),
            ("adr/0001-b.md", "# B\n\n## Status\nAccepted\n"),
        ];
        let found = shown(&base, &head);
        assert!(found.broken.is_empty(), "{:?}", found.broken);
        assert_eq!(found.collisions.len(), 2);
        assert_eq!(found.added.len(), 1);
    }
}
