//! A live document past its last day.

use super::{Facts, Flaw, Rule};
use crate::date;
use crate::diagnostic::Severity;
use crate::model::Freshness;

pub(super) const RULE: Rule = Rule {
    name: "expired",
    severity: Severity::Error,
    what: "a live document whose expiry date is past",
    why: "its dates and owners may no longer hold, and people and agents still act on it",
    fix: "review it and set a new date, or finish, archive or supersede it",
    example: "---\nstatus: active\nexpires: 2026-11-01\n---",
    signal: None,
    check,
};

fn check(facts: &Facts<'_>) -> Vec<Flaw> {
    let Some(day) = facts.standing.deadline.as_ref().filter(|_| facts.standing.state == Freshness::Expired) else {
        return Vec::new();
    };
    let ago = date::days(date::days_between(day.value, facts.today));
    let (owners, inferred) = facts.collection.owners_of(facts.index);
    let source = if inferred { " (CODEOWNERS)" } else { "" };
    let owner = owners.first().map(|owner| format!("; owner {owner}{source}")).unwrap_or_default();
    let grace = if facts.graced() { ", within its grace" } else { "" };
    let message = format!("expired {ago} ago, on {}{grace}{owner}", day.value);
    let flaw = Flaw::new(day.span, message).help("review it and set a new date, or finish, archive or supersede it");
    vec![if facts.graced() { flaw.at_most(Severity::Warning) } else { flaw }]
}
