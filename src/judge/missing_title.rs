//! A document that doesn't say what it is called.

use super::{Facts, Flaw, Rule};
use crate::diagnostic::Severity;
use crate::model::{Role, Stage};
use crate::source::Span;

pub(super) const RULE: Rule = Rule {
    name: "missing-title",
    severity: Severity::Notice,
    what: "a plan, ADR, RFC or other document that isn't closed, with neither a first heading nor a title in its metadata",
    why: "lists, searches and links show the name of its file",
    fix: "begin it with `# ` and what it is called",
    example: "---\ntype: plan\n---\nSome text without a heading.",
    signal: None,
    check,
};

fn check(facts: &Facts<'_>) -> Vec<Flaw> {
    let document = facts.document;
    let readable = document.source.trouble.is_none() && document.role == Role::Document;
    let open = document.stage().is_none_or(|stage| stage.live() || stage == Stage::Accepted);
    if !readable || !open || !document.tracked() || document.title.span != Span::default() {
        return Vec::new();
    }
    let at = Span { start: document.body, end: document.body };
    vec![Flaw::new(at, "it has no title").help("begin it with a heading")]
}
