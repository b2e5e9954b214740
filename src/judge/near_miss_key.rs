//! A frontmatter key that is nearly a known one.

use super::{Facts, Flaw, Rule};
use crate::diagnostic::Severity;
use crate::model::Origin;
use crate::read::fact::{self, KEYS};
use crate::words;

pub(super) const RULE: Rule = Rule {
    name: "near-miss-key",
    severity: Severity::Warning,
    what: "a frontmatter key that is one slip away from a known one",
    why: "a mistyped `expires` means that the plan never expires",
    fix: "correct the key, or name it under `[fields]` in plansite.toml",
    example: "---\nstatus: active\nexpire: 2026-11-01\n---",
    signal: None,
    check,
};

fn check(facts: &Facts<'_>) -> Vec<Flaw> {
    let fields =
        facts.document.fields.iter().filter(|field| field.origin == Origin::Frontmatter && facts.document.tracked());
    let flaw = |field: &crate::model::Field| {
        let key = fact::normal(&field.key.value);
        let known = fact::of(&field.key.value, &[], &facts.config.fields).is_some() || key.len() < 5;
        let near = words::nearest(&key, KEYS.iter().map(|(name, _)| *name))
            .filter(|near| !known && near.len() >= 5 && close(&key, near))?;
        let spelled =
            if field.key.value.contains('_') || near.contains(' ') { near.replace(' ', "_") } else { near.to_string() };
        Some(
            Flaw::new(field.key.span, format!("there is no key `{}`", field.key.value))
                .help(format!("did you mean `{spelled}`?")),
        )
    };
    fields.filter_map(flaw).collect()
}

/// One letter more or less, exchanged or swapped: two words that merely look alike are not meant.
fn close(key: &str, near: &str) -> bool {
    strsim::damerau_levenshtein(key, near) == 1 || (key.starts_with("superce") && near.starts_with("superse"))
}
