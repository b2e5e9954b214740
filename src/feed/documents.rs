//! `data/documents.json`, `plansite list` and `plansite show`: each document as plansite understands it
//! (schema `plansite.documents/1`). Absent facts are `null` or `[]`, never missing keys.

mod anatomy;
mod history;

use serde::Serialize;

use super::wish::AiEntry;
use super::{Feed, Files, lines};
use crate::date::{self, Date};
use crate::model::{Document, Relation, Status};
use crate::source::{Span, Spanned};
use crate::view::Scene;
use anatomy::{AnatomyEntry, TaskEntry};
use history::HistoryEntry;

/// Name and version of the form.
const SCHEMA: &str = "plansite.documents/1";

pub(super) const FEED: Feed = Feed {
    path: "data/documents.json",
    about: "every document with its facts (schema plansite.documents/1)",
    files: Files::One(|scenery| {
        let scene = &scenery.scene;
        let today = scene.today.to_string();
        let entries = (0..scene.collection.documents.len()).map(|index| entry(scene, index));
        lines(&[("schema", SCHEMA.into()), ("today", today.into())], "documents", entries)
    }),
};

/// The documents in the envelope that names schema and day.
#[derive(Debug, Serialize)]
pub struct Listing<'a> {
    schema: &'static str,
    today: String,
    documents: Vec<Entry<'a>>,
}

/// Some documents of a scene, by index.
pub fn listing<'a>(scene: &Scene<'a>, indices: impl IntoIterator<Item = usize>) -> Listing<'a> {
    let documents = indices.into_iter().map(|index| entry(scene, index)).collect();
    Listing { schema: SCHEMA, today: scene.today.to_string(), documents }
}

/// One document.
#[derive(Debug, Serialize)]
pub struct Entry<'a> {
    path: &'a str,
    url: &'a str,
    id: Option<&'a str>,
    kind: &'static str,
    tracked: bool,
    template: bool,
    dialect: &'static str,
    title: &'a str,
    summary: Option<&'a str>,
    status: Option<StatusEntry<'a>>,
    owners: Vec<&'a str>,
    stakeholders: Vec<&'a str>,
    tags: Vec<&'a str>,
    dates: DatesEntry,
    freshness: FreshnessEntry,
    signals: Vec<&'static str>,
    history: HistoryEntry<'a>,
    #[serde(flatten)]
    anatomy: AnatomyEntry<'a>,
    decisions: Vec<DecisionEntry<'a>>,
    relations: Vec<RelationEntry<'a>>,
    code: Vec<CodeEntry<'a>>,
    ai: Option<AiEntry<'a>>,
    findings: Vec<FindingEntry<'a>>,
}

#[derive(Debug, Serialize)]
struct StatusEntry<'a> {
    raw: &'a str,
    stage: &'static str,
    from: &'static str,
    key: Option<&'a str>,
    line: Option<u32>,
}

/// A decision that is a section of the document: an addition to the contract.
#[derive(Debug, Serialize)]
struct DecisionEntry<'a> {
    id: &'a str,
    title: &'a str,
    status: Option<StatusEntry<'a>>,
    date: Option<String>,
    line: u32,
}

#[derive(Debug, Serialize)]
struct DatesEntry {
    created: Option<String>,
    updated: Option<String>,
    reviewed: Option<String>,
    expires: Option<String>,
    next_review: Option<String>,
    decided: Option<String>,
    completed: Option<String>,
}

#[derive(Debug, Serialize)]
struct FreshnessEntry {
    state: &'static str,
    deadline: Option<String>,
    basis: Option<&'static str>,
    inferred: bool,
    days: Option<i64>,
}

#[derive(Debug, Serialize)]
struct RelationEntry<'a> {
    kind: &'static str,
    to: Option<&'a str>,
    raw: &'a str,
    line: Option<u32>,
    inferred: bool,
}

#[derive(Debug, Serialize)]
struct CodeEntry<'a> {
    path: &'a str,
    exists: bool,
    line: u32,
}

#[derive(Debug, Serialize)]
struct FindingEntry<'a> {
    rule: &'static str,
    severity: &'static str,
    line: u32,
    column: u32,
    message: &'a str,
}

/// One document with every task, which would make the listing too long.
#[derive(Debug, Serialize)]
pub struct Detail<'a> {
    #[serde(flatten)]
    entry: Entry<'a>,
    tasks: Vec<TaskEntry<'a>>,
}

/// One document of a scene with its tasks, by index.
pub fn detail<'a>(scene: &Scene<'a>, index: usize) -> Detail<'a> {
    Detail { entry: entry(scene, index), tasks: anatomy::tasks(&scene.collection.documents[index]) }
}

/// One document of a scene, by index.
pub fn entry<'a>(scene: &Scene<'a>, index: usize) -> Entry<'a> {
    let document = &scene.collection.documents[index];
    let (standing, signals) = (&scene.judgement.standings[index], &scene.judgement.signals[index]);
    let line = |span: Span| document.source.place(span.start).line;
    let day = |date: &Option<Spanned<Date>>| date.as_ref().map(|date| date.value.to_string());
    let dates = &document.dates;
    let status = document.status.as_ref().map(|status| status_entry(document, status));
    let findings = scene.judgement.of(index).iter().map(|finding| FindingEntry {
        rule: finding.rule,
        severity: finding.severity.word(),
        line: finding.start.line,
        column: finding.start.column,
        message: &finding.message,
    });
    Entry {
        path: document.path(),
        url: &scene.collection.addresses[index],
        id: document.id.as_ref().map(|id| id.value.as_str()),
        kind: document.kind.entry().word,
        tracked: document.tracked(),
        template: document.role == crate::model::Role::Template,
        dialect: document.dialect,
        title: &document.title.value,
        summary: document.summary.as_deref(),
        status,
        owners: texts(&document.owners),
        stakeholders: texts(&document.stakeholders),
        tags: texts(&document.tags),
        dates: DatesEntry {
            created: day(&dates.created),
            updated: day(&dates.updated),
            reviewed: day(&dates.reviewed),
            expires: day(&dates.expires),
            next_review: day(&dates.next_review),
            decided: day(&dates.decided),
            completed: day(&dates.completed),
        },
        freshness: FreshnessEntry {
            state: standing.state.word(),
            deadline: standing.deadline.as_ref().map(|day| day.value.to_string()),
            basis: standing.basis,
            inferred: standing.inferred,
            days: standing.deadline.as_ref().map(|day| date::days_between(scene.today, day.value)),
        },
        signals: signals.iter().map(|signal| signal.word()).collect(),
        history: HistoryEntry::of(scene, index),
        anatomy: AnatomyEntry::of(document),
        decisions: document
            .decisions
            .iter()
            .map(|decision| DecisionEntry {
                id: &decision.id.value,
                title: &decision.title,
                status: decision.status.as_ref().map(|status| status_entry(document, status)),
                date: decision.date.map(|day| day.to_string()),
                line: decision.line,
            })
            .collect(),
        relations: scene.collection.relations_of(index).iter().map(|found| relation(scene, document, found)).collect(),
        code: document
            .code
            .iter()
            .map(|code| CodeEntry { path: &code.path.value, exists: code.exists, line: line(code.path.span) })
            .collect(),
        ai: document.ai.as_ref().map(AiEntry::of),
        findings: findings.collect(),
    }
}

fn status_entry<'a>(document: &Document, status: &'a Status) -> StatusEntry<'a> {
    StatusEntry {
        raw: &status.raw,
        stage: status.stage.word(),
        from: status.origin.word(),
        key: status.key.as_deref(),
        line: (status.span != Span::default()).then(|| document.source.place(status.span.start).line),
    }
}

fn texts(values: &[Spanned<String>]) -> Vec<&str> {
    values.iter().map(|value| value.value.as_str()).collect()
}

fn relation<'a>(scene: &Scene<'a>, document: &'a Document, relation: &'a Relation) -> RelationEntry<'a> {
    RelationEntry {
        kind: relation.kind.word(),
        to: relation.to.map(|to| scene.collection.documents[to].path()),
        raw: &relation.raw,
        line: (!relation.inferred).then(|| document.source.place(relation.span.start).line),
        inferred: relation.inferred,
    }
}
