//! A plan that doesn't say where it stands.

use super::{Facts, Flaw, Rule};
use crate::diagnostic::Severity;
use crate::model::Kind;

pub(super) const RULE: Rule = Rule {
    name: "missing-status",
    severity: Severity::Notice,
    what: "a plan, ADR or RFC without a status in any place",
    why: "it stands in the Unknown column and can't be judged",
    fix: "add a status: draft, proposed, accepted, active, blocked, completed, rejected, deprecated, archived or superseded",
    example: "# Plan: no status anywhere",
    signal: None,
    check,
};

fn check(facts: &Facts<'_>) -> Vec<Flaw> {
    let judged = facts.document.tracked() && matches!(facts.document.kind, Kind::Plan | Kind::Adr | Kind::Rfc);
    if judged && facts.document.status.is_none() {
        let kind = match facts.document.kind.entry() {
            entry if entry.prefix == entry.label => entry.label,
            entry => entry.word,
        };
        vec![Flaw::new(facts.document.title.span, format!("the {kind} says nowhere where it stands"))]
    } else {
        Vec::new()
    }
}
