//! A share of the work that the boxes don't bear out.

use super::{Facts, Flaw, Rule};
use crate::diagnostic::Severity;
use crate::model::Signal;

pub(super) const RULE: Rule = Rule {
    name: "progress-contradiction",
    severity: Severity::Warning,
    what: "a percentage in the text that is more than five points away from the share of ticked boxes",
    why: "one of the two was updated and the other forgotten",
    fix: "correct the text; the site shows the boxes",
    example: "---\nstatus: active\n---\n**Completion:** 75% overall\n\n- [x] a\n- [ ] b",
    signal: Some(Signal::Contradiction),
    check,
};

fn check(facts: &Facts<'_>) -> Vec<Flaw> {
    let (done, total) = facts.document.progress();
    let Some(declared) = facts.document.anatomy.declared.as_ref().filter(|_| total > 0 && facts.document.tracked())
    else {
        return Vec::new();
    };
    let counted = f64::from(done) * 100.0 / f64::from(total);
    if (f64::from(declared.value) - counted).abs() <= 5.0 {
        return Vec::new();
    }
    let message = format!("the text says {} %, the boxes say {counted:.0} % ({done} of {total})", declared.value);
    vec![Flaw::new(declared.span, message)]
}
