//! An active document that nobody works on.

use super::{Facts, Flaw, Rule};
use crate::date;
use crate::diagnostic::Severity;
use crate::model::{Signal, Stage};

pub(super) const RULE: Rule = Rule {
    name: "stale",
    severity: Severity::Warning,
    what: "an active document whose content hasn't changed for `stale_after` (90 days)",
    why: "what says that it is in progress and never moves is finished, forgotten or given up",
    fix: "go on with it and tick what is done, or set the status to what it is",
    example: "---\nstatus: active\nupdated: 2026-01-01\n---",
    signal: Some(Signal::Stale),
    check,
};

fn check(facts: &Facts<'_>) -> Vec<Flaw> {
    let (Some(since), Some(basis)) = (facts.upkeep.unchanged_since, facts.upkeep.basis) else { return Vec::new() };
    if !facts.tracked_in(Stage::Active) || facts.config.freshness.stale_after.0.after(since) > facts.today {
        return Vec::new();
    }
    let who = match (basis, &facts.document.dates.updated) {
        ("updated", Some(updated)) => format!("by its own word, {}", facts.place(facts.index, updated.span)),
        _ => "by git".into(),
    };
    let age = date::days(date::days_between(since, facts.today));
    let message = format!("it is active{}, but unchanged for {age}, since {since} ({who})", facts.status_place());
    vec![Flaw::new(facts.status_span(), message)]
}
