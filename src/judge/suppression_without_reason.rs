//! A suppression that doesn't say why, where the configuration wants it to.

use super::{Facts, Flaw, Rule};
use crate::diagnostic::Severity;

pub(super) const RULE: Rule = Rule {
    name: "suppression-without-reason",
    severity: Severity::Warning,
    what: "a suppression without a reason, where `[rules] require_reason = true`",
    why: "nobody dares to take it away later",
    fix: "add `reason=\"…\"`",
    example: "<!-- plansite-ignore broken-link -->",
    signal: None,
    check,
};

fn check(facts: &Facts<'_>) -> Vec<Flaw> {
    let bare = |one: &&super::suppression::Suppression| one.reason.is_none() && facts.config.rules.require_reason;
    let flaw = |one: &super::suppression::Suppression| {
        Flaw::new(one.rule.span, format!("the suppression of `{}` gives no reason", one.rule.value))
            .help("add `reason=\"…\"`")
    };
    facts.suppressions.named.iter().filter(bare).map(flaw).collect()
}
