//! A live plan without a deadline.

use super::{Facts, Flaw, Rule};
use crate::diagnostic::Severity;
use crate::model::Freshness;

pub(super) const RULE: Rule = Rule {
    name: "unscheduled",
    severity: Severity::Notice,
    what: "a live plan, RFC or research note that says neither when it expires nor when it is to be reviewed",
    why: "without a date it can rot unnoticed",
    fix: "add `expires:` or `review_by:`, or a lease for its kind in plansite.toml",
    example: "---\ntype: plan\nstatus: active\n---",
    signal: None,
    check,
};

fn check(facts: &Facts<'_>) -> Vec<Flaw> {
    if facts.standing.state != Freshness::Unscheduled {
        return Vec::new();
    }
    vec![match &facts.document.dates.review_in {
        Some(period) => {
            let message = "it says how often it is to be reviewed, but not when it last was";
            Flaw::new(period.span, message).help("add `reviewed:` with a date")
        }
        None => {
            let message = "it is live and has neither an expiry nor a review date";
            Flaw::new(facts.status_span(), message).help("add `expires:` with a date")
        }
    }]
}
