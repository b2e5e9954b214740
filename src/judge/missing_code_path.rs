//! Code that a document names and that is gone.

use super::{Facts, Flaw, Rule};
use crate::diagnostic::Severity;

pub(super) const RULE: Rule = Rule {
    name: "missing-code-path",
    severity: Severity::Warning,
    what: "a path in `related_code` that isn't in the repository",
    why: "either the code moved or the plan is behind it",
    fix: "correct or delete the line",
    example: "---\nstatus: active\nrelated_code:\n  - src/gone.rs\n---",
    signal: None,
    check,
};

fn check(facts: &Facts<'_>) -> Vec<Flaw> {
    let gone = facts.document.code.iter().filter(|code| !code.exists && facts.document.tracked());
    gone.map(|code| Flaw::new(code.path.span, format!("there is no `{}` in the repository", code.path.value))).collect()
}
