//! A superseded document that doesn't say by what.

use super::{Facts, Flaw, Rule};
use crate::diagnostic::Severity;
use crate::model::{Origin, RelationKind, Stage};
use crate::resolve::Target;

pub(super) const RULE: Rule = Rule {
    name: "superseded-without-successor",
    severity: Severity::Warning,
    what: "a document whose status is superseded and that names no successor",
    why: "whoever finds it doesn't learn what holds now",
    fix: "name the successor, or say `deprecated` or `archived` where there is none",
    example: "---\nstatus: superseded\n---",
    signal: None,
    check,
};

fn check(facts: &Facts<'_>) -> Vec<Flaw> {
    let succeeded = |relation: &crate::model::Relation| relation.kind == RelationKind::SupersededBy;
    let known = facts.collection.relations_of(facts.index).iter().any(succeeded);
    // a successor outside of the collection is one, and a name that leads nowhere is told by another rule
    let named = || {
        let targets = &facts.collection.targets[facts.index];
        let mentions = facts.document.mentions.iter().zip(targets);
        mentions
            .into_iter()
            .any(|(mention, target)| mention.relation == RelationKind::SupersededBy && *target != Target::Nothing)
    };
    if !facts.tracked_in(Stage::Superseded) || known || named() {
        return Vec::new();
    }
    let folder = facts.document.status.as_ref().is_some_and(|status| status.origin == Origin::Folder);
    let message = if folder {
        "its folder says superseded, and it names no successor"
    } else {
        "it is superseded, and names no successor"
    };
    vec![Flaw::new(facts.status_span(), message).help("add `superseded_by:` with the successor")]
}
