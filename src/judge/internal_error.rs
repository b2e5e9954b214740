//! A document on which plansite itself failed.

use super::{Facts, Rule};
use crate::diagnostic::Severity;

pub(super) const RULE: Rule = Rule {
    name: "internal-error",
    severity: Severity::Error,
    what: "a document on which plansite itself failed; the other documents are not affected",
    why: "its page and its verdict are incomplete",
    fix: "report it, with the document if it can be shared",
    example: "there should be none",
    signal: None,
    check: |facts: &Facts<'_>| facts.noted("internal-error"),
};
