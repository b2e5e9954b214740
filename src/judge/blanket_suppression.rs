//! A suppression that silences everything.

use super::{Facts, Flaw, Rule};
use crate::diagnostic::Severity;

pub(super) const RULE: Rule = Rule {
    name: "blanket-suppression",
    severity: Severity::Warning,
    what: "a suppression that names no rule, or all of them",
    why: "it would silence what nobody has thought of; it silences nothing",
    fix: "name the rules that are meant",
    example: "<!-- plansite-ignore -->",
    signal: None,
    check,
};

fn check(facts: &Facts<'_>) -> Vec<Flaw> {
    let flaw = |span| Flaw::new(span, "the suppression names no rule").help("name the rules that are meant");
    facts.suppressions.blanket.iter().copied().map(flaw).collect()
}
