//! Two files whose names give one address.

use super::{Facts, Flaw, Rule};
use crate::diagnostic::Severity;

pub(super) const RULE: Rule = Rule {
    name: "address-collision",
    severity: Severity::Notice,
    what: "a document whose address on the site is another's too, so that a number is put behind it",
    why: "the number depends on the other file; links from outside break when it goes",
    fix: "give one of the files another name",
    example: "plans/a b.md and plans/a-b.md",
    signal: None,
    check: |facts: &Facts<'_>| -> Vec<Flaw> { facts.noted("address-collision") },
};
