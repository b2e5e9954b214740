//! A frontmatter key given twice.

use super::{Facts, Rule};
use crate::diagnostic::Severity;

pub(super) const RULE: Rule = Rule {
    name: "duplicate-key",
    severity: Severity::Warning,
    what: "a frontmatter key that is given twice",
    why: "other tools take the last one or refuse the file; plansite takes the first",
    fix: "keep one of them",
    example: "---\nstatus: draft\nstatus: active\n---",
    signal: None,
    check: |facts: &Facts<'_>| facts.noted("duplicate-key"),
};
