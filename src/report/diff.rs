//! What a change does to a collection: what moved between stages, which deadlines moved, what came, went and broke
//! (schema `plansite.diff/1`).
//!
//! A document is the same one on both sides when its path is, else when its id is and nobody else claims it.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::escape;
use super::table::{COMMENT, fitted};
use crate::date::{self, Date};
use crate::diagnostic::Finding;
use crate::judge::CLOCK;
use crate::model::{Document, Stage};
use crate::source::Spanned;
use crate::view::Scene;
use crate::words;

/// Rules that speak of links.
const LINKS: &[&str] = &["broken-anchor", "broken-link", "unknown-reference"];
/// Rules that speak of what two documents claim.
const COLLISIONS: &[&str] = &["address-collision", "duplicate-id"];

/// A change to a collection.
#[derive(Debug, Serialize)]
pub struct Diff {
    schema: &'static str,
    base: String,
    head: String,
    today: String,
    root: String,
    stages: Vec<Change>,
    deadlines: Vec<Change>,
    moved: Vec<Change>,
    added: Vec<Named>,
    removed: Vec<Named>,
    broken: Vec<Flaw>,
    collisions: Vec<Flaw>,
    findings: Numbers,
}

/// A fact that changed.
#[derive(Debug, Serialize)]
struct Change {
    #[serde(flatten)]
    document: Named,
    /// Which fact: `stage`, `expires`, `next_review`, `path`.
    what: &'static str,
    from: Option<String>,
    to: Option<String>,
    /// Days by which a deadline moved; negative where it is earlier now.
    days: Option<i64>,
}

#[derive(Debug, Clone, Serialize)]
struct Named {
    path: String,
    id: Option<String>,
    title: String,
}

#[derive(Debug, Serialize)]
struct Flaw {
    path: String,
    line: u32,
    rule: &'static str,
    message: String,
}

/// Findings that the day has no part in.
#[derive(Debug, Serialize)]
struct Numbers {
    new: usize,
    mended: usize,
}

/// Compares two collections, judged by the same day. `base` and `head` are their names.
pub fn diff(before: &Scene<'_>, after: &Scene<'_>, base: &str, head: &str) -> Diff {
    let pairs = pairs(before, after);
    let (mut stages, mut deadlines, mut moved) = (Vec::new(), Vec::new(), Vec::new());
    for (was, is) in &pairs {
        let (was, is) = (&before.collection.documents[*was], &after.collection.documents[*is]);
        let word = |document: &Document| document.stage().map(|stage: Stage| stage.word().to_string());
        let note = |list: &mut Vec<Change>, what, from: Option<String>, to: Option<String>, days| {
            if from != to {
                list.push(Change { document: named(is), what, from, to, days });
            }
        };
        if is.tracked() || was.tracked() {
            note(&mut stages, "stage", word(was), word(is), None);
        }
        note(&mut moved, "path", Some(was.path().into()), Some(is.path().into()), None);
        let dates = [
            ("expires", &was.dates.expires, &is.dates.expires),
            ("next_review", &was.dates.next_review, &is.dates.next_review),
        ];
        for (what, from, to) in dates {
            let day = |date: &Option<Spanned<Date>>| date.as_ref().map(|date| date.value);
            let days = day(from).zip(day(to)).map(|(from, to)| date::days_between(from, to));
            let text = |date: Option<Date>| date.map(|date| date.to_string());
            note(&mut deadlines, what, text(day(from)), text(day(to)), days);
        }
    }
    let (kept, came): (BTreeSet<usize>, BTreeSet<usize>) = pairs.iter().copied().unzip();
    let others = |scene: &Scene<'_>, known: &BTreeSet<usize>| {
        let documents = scene.collection.documents.iter().enumerate();
        documents.filter(|(index, _)| !known.contains(index)).map(|(_, document)| named(document)).collect()
    };
    let (new, mended) = (fresh(after, before), fresh(before, after));
    let flaws = |rules: &[&str]| {
        let found = new.iter().filter(|finding| rules.contains(&finding.rule));
        found.map(|finding| flaw(after, finding)).collect::<Vec<_>>()
    };
    Diff {
        schema: "plansite.diff/1",
        base: base.to_string(),
        head: head.to_string(),
        today: after.today.to_string(),
        root: after.prefix.to_string(),
        stages,
        deadlines,
        moved,
        added: others(after, &came),
        removed: others(before, &kept),
        broken: flaws(LINKS),
        collisions: flaws(COLLISIONS),
        findings: Numbers { new: new.len(), mended: mended.len() },
    }
}

/// Indexes of documents that are the same one, before and after; sorted by path after.
fn pairs(before: &Scene<'_>, after: &Scene<'_>) -> Vec<(usize, usize)> {
    let place = |scene: &Scene<'_>, path: &str| {
        scene.collection.documents.binary_search_by(|document| document.path().cmp(path)).ok()
    };
    let only = |scene: &Scene<'_>, id: &str| match scene.collection.ids.claimants(id) {
        [one] => Some(*one),
        _ => None,
    };
    let same = |index: usize, document: &Document| {
        let by_path = place(before, document.path());
        by_path.or_else(|| {
            let id = &document.id.as_ref()?.value;
            let was = only(before, id).filter(|_| only(after, id) == Some(index))?;
            place(after, before.collection.documents[was].path()).is_none().then_some(was)
        })
    };
    let documents = after.collection.documents.iter().enumerate();
    documents.filter_map(|(index, document)| Some((same(index, document)?, index))).collect()
}

/// The findings of one side that the other doesn't have, but for those of the clock.
fn fresh<'a>(scene: &Scene<'a>, other: &Scene<'_>) -> Vec<&'a Finding> {
    let mut known: BTreeMap<&str, usize> = BTreeMap::new();
    for finding in &other.judgement.findings {
        *known.entry(&finding.fingerprint).or_default() += 1;
    }
    let lasting = scene.judgement.findings.iter().filter(|finding| !CLOCK.contains(&finding.rule));
    let fresh = lasting.filter(|finding| match known.get_mut(finding.fingerprint.as_str()) {
        Some(count) if *count > 0 => {
            *count -= 1;
            false
        }
        _ => true,
    });
    fresh.collect()
}

fn named(document: &Document) -> Named {
    Named {
        path: document.path().to_string(),
        id: document.id.as_ref().map(|id| id.value.clone()),
        title: document.title.value.clone(),
    }
}

fn flaw(scene: &Scene<'_>, finding: &Finding) -> Flaw {
    let source = &scene.collection.documents[finding.document].source;
    let path = source.file(finding.span.start).0.path.clone();
    Flaw { path, line: finding.start.line, rule: finding.rule, message: finding.message.clone() }
}

impl Diff {
    /// As indented JSON with a line end.
    pub fn json(&self) -> String {
        escape::json(&serde_json::to_string_pretty(self).unwrap_or_default()) + "\n"
    }

    /// As Markdown for a pull request, with a mark by which a later run finds its comment again.
    pub fn markdown(&self) -> String {
        let head = format!(
            "<!-- plansite:diff -->\n## Plans: {} to {}\n\n{}\n",
            escape::code(&self.base),
            escape::code(&self.head),
            self.tally()
        );
        let mut rows = Vec::new();
        let sections: [(&str, Vec<String>); 7] = [
            ("Moved between stages", self.stages.iter().map(stage).collect()),
            ("Deadlines", self.deadlines.iter().map(deadline).collect()),
            ("Links newly broken", self.broken.iter().map(|flaw| self.flaw(flaw)).collect()),
            ("Ids that collide", self.collisions.iter().map(|flaw| self.flaw(flaw)).collect()),
            ("New", self.added.iter().map(name).collect()),
            ("Gone", self.removed.iter().map(name).collect()),
            ("Moved files", self.moved.iter().map(file).collect()),
        ];
        for (title, lines) in sections {
            for (at, line) in lines.into_iter().enumerate() {
                let title = if at == 0 { format!("\n### {title}\n\n") } else { String::new() };
                rows.push(format!("{title}- {line}\n"));
            }
        }
        escape::log(&fitted(head, rows.into_iter(), COMMENT))
    }

    fn tally(&self) -> String {
        let count = |number: usize, what: &str| (number > 0).then(|| format!("{number} {what}"));
        let parts: Vec<String> = [
            count(self.added.len(), "new"),
            count(self.removed.len(), "gone"),
            count(self.stages.len(), "in another stage"),
            count(self.deadlines.len(), "with another deadline"),
            (self.findings.new > 0).then(|| words::count(self.findings.new, "new finding", "new findings")),
            (self.findings.mended > 0).then(|| words::count(self.findings.mended, "finding mended", "findings mended")),
        ]
        .into_iter()
        .flatten()
        .collect();
        if parts.is_empty() { "Nothing changed for plans.".into() } else { format!("{}.", parts.join(", ")) }
    }

    fn flaw(&self, flaw: &Flaw) -> String {
        let place = escape::code(&format!("{}{}:{}", self.root, flaw.path, flaw.line));
        format!("{place}: {}", escape::code(&words::shorten(&flaw.message, 300)))
    }
}

fn name(document: &Named) -> String {
    let name = document.id.as_ref().unwrap_or(&document.path);
    format!("{} {}", escape::code(name), escape::code(&words::shorten(&document.title, 120)))
}

fn stage(change: &Change) -> String {
    let word = |stage: &Option<String>| stage.clone().unwrap_or_else(|| "no status".into());
    format!("{}: {} to {}", name(&change.document), word(&change.from), word(&change.to))
}

fn deadline(change: &Change) -> String {
    let what = if change.what == "expires" { "expiry" } else { "review" };
    let moved = match (&change.from, &change.to, change.days) {
        (Some(from), Some(to), Some(days @ 1..)) => format!("extended by {}, from {from} to {to}", date::days(days)),
        (Some(from), Some(to), Some(days)) => format!("brought forward by {}, from {from} to {to}", date::days(-days)),
        (None, Some(to), _) => format!("set to {to}"),
        (Some(from), None, _) => format!("taken away, was {from}"),
        _ => "changed".into(),
    };
    format!("{}: {what} {moved}", name(&change.document))
}

fn file(change: &Change) -> String {
    let path = |path: &Option<String>| escape::code(path.as_deref().unwrap_or(""));
    format!("{}: {} to {}", name(&change.document), path(&change.from), path(&change.to))
}
