//! Code that moved on since its plan was reviewed.

use super::{Facts, Flaw, Rule};
use crate::diagnostic::Severity;
use crate::model::Signal;
use crate::words;

pub(super) const RULE: Rule = Rule {
    name: "code-drift",
    severity: Severity::Notice,
    what: "code that a live or accepted document names or lists as changed, and that was committed to after its review",
    why: "what the document says about the code may no longer hold",
    fix: "read the document against the code, and note the day as `reviewed`",
    example: "---\nstatus: active\nreviewed: 2026-05-01\nrelated_code: [src/changed-in-june.rs]\n---",
    signal: Some(Signal::Drifted),
    check,
};

/// Paths that a message names.
const SHOWN: usize = 3;

fn check(facts: &Facts<'_>) -> Vec<Flaw> {
    let Some(drift) = &facts.upkeep.drift else { return Vec::new() };
    let (Some((first, _)), Some(last)) = (drift.paths.first(), drift.commits.first()) else { return Vec::new() };
    let mut paths: Vec<String> =
        drift.paths.iter().take(SHOWN).map(|(path, _)| format!("`{}`", words::shorten(&path.value, 60))).collect();
    if drift.paths.len() > SHOWN {
        paths.push(format!("{} more", drift.paths.len() - SHOWN));
    }
    let least = if drift.complete { "" } else { "at least " };
    let message = format!(
        "{least}{} to {} since its review on {} ({}), the last {} on {}",
        words::count(drift.commits.len(), "commit", "commits"),
        paths.join(", "),
        drift.since.value,
        facts.place(facts.index, drift.since.span),
        last.commit,
        last.day
    );
    vec![Flaw::new(first.span, message).help("read it against the code, and note the day as `reviewed`")]
}
