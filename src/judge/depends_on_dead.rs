//! A live document that needs one that will never come.

use super::{Facts, Flaw, Rule};
use crate::diagnostic::Severity;
use crate::model::{Origin, Relation, RelationKind, Stage, Status};
use crate::words;

pub(super) const RULE: Rule = Rule {
    name: "depends-on-dead",
    severity: Severity::Warning,
    what: "a live document that depends on one that was rejected, deprecated, archived or superseded",
    why: "it waits for something that nobody works on",
    fix: "depend on the successor, or take the dependency away",
    example: "---\nstatus: active\ndepends_on: a-rejected-plan.md\n---",
    signal: None,
    check,
};

fn check(facts: &Facts<'_>) -> Vec<Flaw> {
    if !facts.document.tracked() || !facts.document.stage().is_some_and(Stage::live) {
        return Vec::new();
    }
    let needs = facts.collection.relations_of(facts.index).iter();
    needs
        .filter(|relation| relation.kind == RelationKind::DependsOn && !relation.inferred)
        .filter_map(|relation| flaw(facts, relation))
        .collect()
}

fn flaw(facts: &Facts<'_>, relation: &Relation) -> Option<Flaw> {
    let to = relation.to?;
    let other = &facts.collection.documents[to];
    let status = other.status.as_ref().filter(|status| dead(status, &other.statuses))?;
    let shown = words::shorten(&relation.raw, 60);
    let message = format!("it depends on `{shown}`, which is {} ({})", status.stage.word(), place(facts, to, status));
    let flaw = Flaw::new(relation.span, message);
    let successor =
        facts.collection.relations_of(to).iter().find(|relation| relation.kind == RelationKind::SupersededBy);
    Some(match successor.and_then(|successor| successor.to) {
        Some(next) => flaw.help(format!("its successor is {}", facts.collection.documents[next].path())),
        None => flaw,
    })
}

/// What was put away after it was done is done; folders called `archive` are full of it.
fn dead(status: &Status, statuses: &[Status]) -> bool {
    let done = statuses.iter().any(|status| status.stage == Stage::Completed);
    match status.stage {
        Stage::Rejected | Stage::Deprecated | Stage::Superseded => true,
        Stage::Archived => !done && status.origin != Origin::Folder,
        _ => false,
    }
}

fn place(facts: &Facts<'_>, document: usize, status: &Status) -> String {
    match status.origin {
        Origin::Folder | Origin::Relation => facts.collection.documents[document].path().to_string(),
        _ => facts.place(document, status.span),
    }
}
