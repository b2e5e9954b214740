//! A link to a file that isn't there, out of the repository, or with a forbidden scheme.

use super::{Facts, Rule};
use crate::diagnostic::Severity;

pub(super) const RULE: Rule = Rule {
    name: "broken-link",
    severity: Severity::Error,
    what: "a link to a file that isn't there, that lies outside the repository, or that no page may link to",
    why: "plans refer to what was decided elsewhere; a dead link loses the reason",
    fix: "correct the path; it counts from the document's own folder, or from the root with a slash in front",
    example: "[the decision](../decisions/0099-gone.md)",
    signal: None,
    check: |facts: &Facts<'_>| facts.noted("broken-link"),
};
