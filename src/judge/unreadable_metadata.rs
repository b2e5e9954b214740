//! Frontmatter that isn't valid, or a text that isn't UTF-8.

use super::{Facts, Rule};
use crate::diagnostic::Severity;
use crate::model::Role;

pub(super) const RULE: Rule = Rule {
    name: "unreadable-metadata",
    severity: Severity::Error,
    what: "frontmatter that isn't valid YAML or TOML, isn't closed or is too large; a file that isn't UTF-8 or is too large",
    why: "what it says may be lost: owner, status, expiry",
    fix: "quote values that begin with @ or hold a colon; save the file as UTF-8",
    example: "---\nowner: @hana\n---",
    signal: None,
    check: |facts: &Facts<'_>| {
        if facts.document.role == Role::Template { Vec::new() } else { facts.noted("unreadable-metadata") }
    },
};
