//! A frontmatter key that is nearly a known one.

use super::{Facts, Flaw, Rule};
use crate::diagnostic::Severity;
use crate::model::{Field, Origin};
use crate::read::fact::{self, KEYS, MISSPELT};

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
    fields.filter_map(|field| flaw(field, facts)).collect()
}

fn flaw(field: &Field, facts: &Facts<'_>) -> Option<Flaw> {
    let key = fact::normal(&field.key.value);
    let known = fact::of(&field.key.value, &[], &facts.config.fields).is_some();
    let misspelt = MISSPELT.iter().find(|(wrong, _)| *wrong == key).map(|(_, right)| *right);
    let near = misspelt.or_else(|| KEYS.iter().map(|(name, _)| *name).find(|name| !known && close(&key, name)))?;
    let written = &field.key.value;
    let spelled = if near.contains(' ') || written.contains('_') { near.replace(' ', "_") } else { near.to_string() };
    let flaw = Flaw::new(field.key.span, format!("there is no key `{written}`"));
    Some(flaw.help(format!("did you mean `{spelled}`?")))
}

/// One letter more or less, exchanged or swapped, in a word long enough: two words that merely look alike are not meant.
fn close(key: &str, known: &str) -> bool {
    let slip = key.len().abs_diff(known.len()) <= 1 && key.len() >= 5 && known.len() >= 5;
    slip && strsim::damerau_levenshtein(key, known) == 1
}
