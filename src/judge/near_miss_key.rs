//! A frontmatter key that is nearly a known one.

use super::{Facts, Flaw, Rule};
use crate::diagnostic::Severity;
use crate::model::{Field, Origin};
use crate::read::fact::{self, MISSPELT};

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
    let written = &field.key.value;
    let misspelt = MISSPELT.iter().any(|(wrong, _)| *wrong == fact::normal(written));
    let known = fact::of(written, &[], &facts.config.fields).is_some() && !misspelt;
    if known {
        return None;
    }
    let near = fact::meant(written)?;
    let spelled = if near.contains(' ') || written.contains('_') { near.replace(' ', "_") } else { near.to_string() };
    let flaw = Flaw::new(field.key.span, format!("there is no key `{written}`"));
    Some(flaw.help(format!("did you mean `{spelled}`?")))
}
