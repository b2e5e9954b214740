//! A live plan that nobody answers for.

use super::{Facts, Flaw, Rule};
use crate::diagnostic::Severity;
use crate::model::{Kind, Stage};

pub(super) const RULE: Rule = Rule {
    name: "missing-owner",
    severity: Severity::Notice,
    what: "a live plan, RFC, proposal, research note or goal that names no owner and that CODEOWNERS gives to nobody",
    why: "when it expires nobody is asked",
    fix: "add `owner:`, or a line to CODEOWNERS",
    example: "---\ntype: plan\nstatus: active\n---",
    signal: None,
    check,
};

fn check(facts: &Facts<'_>) -> Vec<Flaw> {
    let wanted = matches!(facts.document.kind, Kind::Plan | Kind::Rfc | Kind::Proposal | Kind::Research | Kind::Goal);
    let live = facts.document.tracked() && facts.document.stage().is_some_and(Stage::live);
    if !wanted || !live || !facts.collection.owners_of(facts.index).0.is_empty() {
        return Vec::new();
    }
    vec![Flaw::new(facts.status_span(), "it is live and nobody answers for it").help("add `owner:` with a name")]
}
