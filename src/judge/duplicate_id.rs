//! Two documents with one id.

use super::{Facts, Flaw, Rule};
use crate::diagnostic::Severity;
use crate::model::Role;
use crate::path;
use crate::source::Span;

pub(super) const RULE: Rule = Rule {
    name: "duplicate-id",
    severity: Severity::Error,
    what: "an id that another document claims too",
    why: "references by id lead to one of them, and nobody knows which was meant",
    fix: "give one of them the next free number",
    example: "a.md: `id: PLAN-041`, b.md: `id: PLAN-041`",
    signal: None,
    check,
};

fn check(facts: &Facts<'_>) -> Vec<Flaw> {
    let Some(id) = facts.document.id.as_ref().filter(|_| facts.document.role == Role::Document) else {
        return Vec::new();
    };
    let own = feature(facts.document.path());
    let apart = |path: &str| own.is_some() && feature(path).is_some() && feature(path) != own;
    let mut others = facts.collection.ids.claimants(&id.value).iter().filter(|index| **index != facts.index);
    let Some(other) = others.find(|index| !apart(facts.collection.documents[**index].path())) else {
        return Vec::new();
    };
    let path = facts.collection.documents[*other].path();
    let span = if id.span == Span::default() { facts.document.title.span } else { id.span };
    vec![Flaw::new(span, format!("{} is also the id of {path}", id.value)).help("give one of them another number")]
}

/// The folder of the feature a document belongs to, `specs/007-move`: each counts its own work packages from one.
fn feature(path: &str) -> Option<&str> {
    let mut folders = path.match_indices('/').map(|(at, _)| &path[..at]);
    folders.rfind(|folder| path::numbered(path::name(folder)))
}
