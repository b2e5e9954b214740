//! A date or period that can't be understood.

use super::{Facts, Flaw, Rule};
use crate::date;
use crate::diagnostic::Severity;
use crate::model::Role;

pub(super) const RULE: Rule = Rule {
    name: "invalid-date",
    severity: Severity::Warning,
    what: "a date that doesn't exist or is written in a form that could mean several days, or an unknown period",
    why: "a deadline that can't be read would never come",
    fix: "write it as 2026-11-01, a period as 90d, 6 weeks or 3 months",
    example: "---\nstatus: active\nexpires: 2026-02-30\n---",
    signal: None,
    check: |facts: &Facts<'_>| match facts.document.role {
        Role::Template => Vec::new(),
        Role::Document => {
            let until = facts.suppressions.undated.iter();
            let until = until.map(|(span, why)| Flaw::new(*span, why.clone()).help(date::FORMS));
            facts.noted("invalid-date").into_iter().chain(until).collect()
        }
    },
};
