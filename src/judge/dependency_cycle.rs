//! Documents that wait for each other.

use super::{Facts, Flaw, Rule};
use crate::diagnostic::Severity;

pub(super) const RULE: Rule = Rule {
    name: "dependency-cycle",
    severity: Severity::Error,
    what: "documents that depend on each other in a circle; told once, at the first of them",
    why: "none of them can be begun before another is done",
    fix: "take one dependency away",
    example: "a.md: `depends_on: b.md`, b.md: `depends_on: a.md`",
    signal: None,
    check,
};

fn check(facts: &Facts<'_>) -> Vec<Flaw> {
    let Some(circle) = facts.circles.dependency.from(facts.index) else { return Vec::new() };
    vec![facts.circle(circle, "depends on").help("take one of these dependencies away")]
}
