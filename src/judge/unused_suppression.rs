//! A suppression that suppresses nothing.

use super::{Facts, Flaw, RULES, Rule};
use crate::diagnostic::Severity;
use crate::words;

pub(super) const RULE: Rule = Rule {
    name: "unused-suppression",
    severity: Severity::Warning,
    what: "a suppression of a rule that finds nothing here, or that doesn't exist",
    why: "it would hide the flaw when it comes back, or it hides less than its author thinks",
    fix: "take it away, or correct the name",
    example: "<!-- plansite-ignore brokn-link -->",
    signal: None,
    // what is unused is known only after all other rules, so the table's walk finds nothing yet
    check: |_| Vec::new(),
};

/// Rules that need git's dates: where git doesn't know them, silence means nothing.
const BY_GIT: &[&str] = &["stale", "code-drift"];

/// The flaws, once it is known which suppressions were used.
pub(super) fn flaws(facts: &Facts<'_>, used: &[bool]) -> Vec<Flaw> {
    let mut flaws = Vec::new();
    for (one, used) in facts.suppressions.named.iter().zip(used) {
        let name = one.rule.value.as_str();
        let Some(rule) = RULES.iter().find(|rule| rule.name == name) else {
            let flaw = Flaw::new(one.rule.span, format!("there is no rule `{}`", words::shorten(name, 60)));
            flaws.push(match words::nearest(name, RULES.iter().map(|rule| rule.name)) {
                Some(near) => flaw.help(format!("did you mean `{near}`?")),
                None => flaw,
            });
            continue;
        };
        let document = facts.document;
        let level = facts.config.rules.level(name, document.kind, document.path());
        let off = level.is_some_and(|level| level.severity().is_none());
        let unknown = BY_GIT.contains(&rule.name) && facts.collection.pasts[facts.index].gap.is_some();
        if !(*used || off || unknown) {
            let flaw = Flaw::new(one.rule.span, format!("`{name}` finds nothing here that could be suppressed"));
            flaws.push(flaw.help("take the suppression away"));
        }
    }
    let odd = facts.suppressions.odd.iter().map(|word| {
        Flaw::new(word.span, format!("`{}` means nothing in a suppression", words::shorten(&word.value, 60)))
            .help("it has rules, `until` and `reason`")
    });
    flaws.extend(odd);
    flaws
}
