//! A live plan whose boxes are all ticked.

use super::{Facts, Flaw, Rule};
use crate::diagnostic::Severity;
use crate::model::{Kind, Stage};

pub(super) const RULE: Rule = Rule {
    name: "all-tasks-done",
    severity: Severity::Notice,
    what: "a live plan whose tasks are all ticked",
    why: "finished plans that stay active make a board that nobody believes",
    fix: "set the status to completed, or add the task that is missing",
    example: "---\nstatus: active\n---\n- [x] the only task",
    signal: None,
    check,
};

fn check(facts: &Facts<'_>) -> Vec<Flaw> {
    let (done, total) = facts.document.progress();
    let plan = matches!(facts.document.kind, Kind::Plan | Kind::Tasks);
    let live = facts.document.stage().is_some_and(Stage::live) && facts.document.tracked();
    if !(plan && live && total > 0 && done == total) {
        return Vec::new();
    }
    let status = facts.document.stage().map_or("live", Stage::word);
    let place = facts.status_place();
    let message = if total == 1 {
        format!("its task is done, the status{place} is {status}")
    } else {
        format!("all {total} tasks are done, the status{place} is {status}")
    };
    vec![Flaw::new(facts.status_span(), message).help("set the status to completed")]
}
