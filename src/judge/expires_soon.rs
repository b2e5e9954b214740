//! A live document whose deadline is near.

use super::{Facts, Flaw, Rule};
use crate::date;
use crate::diagnostic::Severity;
use crate::model::Freshness;

pub(super) const RULE: Rule = Rule {
    name: "expires-soon",
    severity: Severity::Notice,
    what: "a live document whose expiry or review is due within `warn_before` (14 days)",
    why: "there is still time to review it before it expires",
    fix: "review it now, and set a new date",
    example: "---\nstatus: active\nexpires: 2026-12-01\n---",
    signal: None,
    check,
};

fn check(facts: &Facts<'_>) -> Vec<Flaw> {
    let Some(day) = facts.standing.deadline.as_ref().filter(|_| facts.standing.state == Freshness::Due) else {
        return Vec::new();
    };
    let what = if facts.standing.basis == Some("expires") { "expires" } else { "is to be reviewed" };
    let message = match date::days_between(facts.today, day.value) {
        0 => format!("{what} today, on {}{}", day.value, facts.inference()),
        left => format!("{what} in {}, on {}{}", date::days(left), day.value, facts.inference()),
    };
    vec![Flaw::new(day.span, message)]
}
