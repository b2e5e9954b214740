//! A successor that doesn't name what it replaces, or the other way round.

use super::{Facts, Flaw, Rule};
use crate::diagnostic::Severity;
use crate::model::{Relation, RelationKind, Signal};
use crate::words;

pub(super) const RULE: Rule = Rule {
    name: "one-sided-supersession",
    severity: Severity::Warning,
    what: "a supersession that only one of the two documents names",
    why: "whoever opens the other one doesn't learn that there is a successor",
    fix: "name it on the other side too",
    example: "a.md: `superseded_by: PLAN-021`, and PLAN-021 has no `supersedes`",
    signal: Some(Signal::Contradiction),
    check,
};

fn check(facts: &Facts<'_>) -> Vec<Flaw> {
    let one_sided = |relation: &&Relation| {
        let supersession = matches!(relation.kind, RelationKind::Supersedes | RelationKind::SupersededBy);
        let answered = |to: usize| {
            let back = |other: &Relation| {
                other.to == Some(facts.index) && Some(other.kind) == relation.kind.inverse() && !other.inferred
            };
            facts.collection.relations_of(to).iter().any(back)
        };
        supersession && !relation.inferred && relation.to.is_some_and(|to| !answered(to))
    };
    let flaw = |relation: &Relation| {
        let other = &facts.collection.documents[relation.to?];
        let name = |document: &crate::model::Document| {
            document.id.as_ref().map_or(document.path().to_string(), |id| id.value.clone())
        };
        let (own, other) = (name(facts.document), name(other));
        let (role, key) = if relation.kind == RelationKind::SupersededBy {
            ("successor", "supersedes")
        } else {
            ("predecessor", "superseded_by")
        };
        let message = format!("its {role} {other} does not name it back{}", instead(facts, relation));
        Some(Flaw::new(relation.span, message).help(format!("add `{key}: {own}` to {other}")))
    };
    facts.collection.relations_of(facts.index).iter().filter(one_sided).filter_map(flaw).collect()
}

/// What the other side names in its place: ` (plans/b.md:4 names PLAN-3)`.
fn instead(facts: &Facts<'_>, relation: &Relation) -> String {
    let Some(to) = relation.to else { return String::new() };
    let relations = facts.collection.relations_of(to).iter();
    let mut named = relations.filter(|other| Some(other.kind) == relation.kind.inverse() && !other.inferred);
    let named = named.find(|other| other.to != Some(facts.index));
    let shown =
        |other: &Relation| format!(" ({} names {})", facts.place(to, other.span), words::shorten(&other.raw, 60));
    named.map(shown).unwrap_or_default()
}
