//! A reference in the metadata to a document that isn't there.

use super::{Facts, Rule};
use crate::diagnostic::Severity;

pub(super) const RULE: Rule = Rule {
    name: "unknown-reference",
    severity: Severity::Warning,
    what: "an id, number or file in the metadata that no document of the collection has",
    why: "the chain of decisions breaks there",
    fix: "correct the reference",
    example: "---\nstatus: superseded\nsuperseded_by: PLAN-999\n---",
    signal: None,
    check: |facts: &Facts<'_>| facts.noted("unknown-reference"),
};
