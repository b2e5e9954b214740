//! A link to a heading that isn't there.

use super::{Facts, Rule};
use crate::diagnostic::Severity;

pub(super) const RULE: Rule = Rule {
    name: "broken-anchor",
    severity: Severity::Warning,
    what: "a link to a heading that the document doesn't have",
    why: "the reader lands at the top of a long page and has to search",
    fix: "link to a heading that exists; anchors are made as GitHub makes them",
    example: "# Title\n\n[see below](#rolout)\n\n## Rollout",
    signal: None,
    check: |facts: &Facts<'_>| facts.noted("broken-anchor"),
};
