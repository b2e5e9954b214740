//! A share of the work that the boxes don't bear out.

use super::{Facts, Flaw, Rule};
use crate::diagnostic::Severity;
use crate::model::{Signal, Stage};

pub(super) const RULE: Rule = Rule {
    name: "progress-contradiction",
    severity: Severity::Warning,
    what: "a percentage in the text that is more than five points away from the share of ticked boxes, or that the status belies",
    why: "one of the two was updated and the other forgotten",
    fix: "correct the text; the site shows the boxes",
    example: "---\nstatus: active\n---\n**Completion:** 75% overall\n\n- [x] a\n- [ ] b",
    signal: Some(Signal::Contradiction),
    check,
};

fn check(facts: &Facts<'_>) -> Vec<Flaw> {
    let Some(declared) = facts.document.anatomy.declared.as_ref().filter(|_| facts.document.tracked()) else {
        return Vec::new();
    };
    let (done, total) = facts.document.progress();
    let counted = f64::from(done) * 100.0 / f64::from(total.max(1));
    let said = format!("the text says {} %", declared.value);
    let message = if total > 0 && (f64::from(declared.value) - counted).abs() > 5.0 {
        let place =
            facts.first_open().map(|task| format!(", the first open one in line {}", task.line)).unwrap_or_default();
        format!("{said}, the boxes say {counted:.0} % ({done} of {total}{place})")
    } else if facts.document.stage() == Some(Stage::Completed) && declared.value < 95 {
        format!("{said}, the status says completed{}", facts.status_place())
    } else if matches!(facts.document.stage(), Some(Stage::Draft | Stage::Proposed)) && declared.value == 100 {
        format!("{said}, the status says {}{}", facts.document.stage().map_or("", Stage::word), facts.status_place())
    } else {
        return Vec::new();
    };
    vec![Flaw::new(declared.span, message)]
}
