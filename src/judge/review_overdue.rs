//! A live document past its review date.

use super::{Facts, Flaw, Rule};
use crate::date;
use crate::diagnostic::Severity;
use crate::model::Freshness;

pub(super) const RULE: Rule = Rule {
    name: "review-overdue",
    severity: Severity::Warning,
    what: "a live document whose review date is past, by its own words or by the lease of its kind",
    why: "nobody has confirmed lately that it still holds",
    fix: "review it and note the day and the next one",
    example: "---\nstatus: active\nreview_by: 2026-11-01\n---",
    signal: None,
    check,
};

fn check(facts: &Facts<'_>) -> Vec<Flaw> {
    let Some(day) = facts.standing.deadline.as_ref().filter(|_| facts.standing.state == Freshness::ReviewOverdue)
    else {
        return Vec::new();
    };
    let late = date::days(date::days_between(day.value, facts.today));
    let grace = if facts.graced() { ", within its grace" } else { "" };
    let message = format!("its review was due {late} ago, on {}{grace}{}", day.value, facts.inference());
    let flaw = Flaw::new(day.span, message).help("review it, and note the day");
    vec![if facts.graced() { flaw.at_most(Severity::Warning) } else { flaw }]
}
