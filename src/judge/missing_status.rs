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
        let kind = facts.document.kind.entry().label;
        vec![Flaw::new(facts.document.title.span, format!("the {} says nowhere where it stands", kind.to_lowercase()))]
    } else {
        Vec::new()
    }
}
