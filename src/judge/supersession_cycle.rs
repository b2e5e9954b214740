//! Documents that take each other's place.

use super::{Facts, Flaw, Rule};
use crate::diagnostic::Severity;
use crate::model::{RelationKind, Signal};
use crate::resolve::Target;

pub(super) const RULE: Rule = Rule {
    name: "supersession-cycle",
    severity: Severity::Error,
    what: "documents that supersede each other in a circle, or one that supersedes itself; told once, at the first of them",
    why: "nobody can tell which of them holds",
    fix: "take the wrong supersession away",
    example: "a.md: `superseded_by: b.md`, b.md: `superseded_by: a.md`",
    signal: Some(Signal::Contradiction),
    check,
};

fn check(facts: &Facts<'_>) -> Vec<Flaw> {
    let mentions = facts.document.mentions.iter().zip(&facts.collection.targets[facts.index]);
    let own = mentions.filter(|(mention, target)| {
        let supersedes = matches!(mention.relation, RelationKind::Supersedes | RelationKind::SupersededBy);
        supersedes && matches!(target, Target::Document { index, anchor: None } if *index == facts.index)
    });
    let mut flaws: Vec<Flaw> = own.map(|(mention, _)| Flaw::new(mention.span, "it supersedes itself")).collect();
    if let Some(circle) = facts.circles.supersession.from(facts.index) {
        flaws.push(facts.circle(circle, "is superseded by").help("take the wrong supersession away"));
    }
    flaws
}
