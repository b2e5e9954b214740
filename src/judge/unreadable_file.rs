//! A file that the operating system doesn't give out.

use super::{Facts, Rule};
use crate::diagnostic::Severity;

pub(super) const RULE: Rule = Rule {
    name: "unreadable-file",
    severity: Severity::Error,
    what: "a file that can't be opened or read",
    why: "the verdict on the collection is incomplete",
    fix: "look at the file's permissions and at the disk",
    example: "a file without read permission",
    signal: None,
    check: |facts: &Facts<'_>| facts.noted("unreadable-file"),
};
