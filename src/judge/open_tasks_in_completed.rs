//! A completed plan with open boxes.

use super::{Facts, Flaw, Rule};
use crate::diagnostic::Severity;
use crate::model::{Signal, Stage};
use crate::source::Span;

pub(super) const RULE: Rule = Rule {
    name: "open-tasks-in-completed",
    severity: Severity::Warning,
    what: "a completed plan with boxes that aren't ticked; gates such as exit criteria don't count",
    why: "either the work isn't done or the boxes lie",
    fix: "tick the boxes, move the tasks to a new plan, or set the status back",
    example: "---\nstatus: completed\n---\n- [x] done\n- [ ] forgotten",
    signal: Some(Signal::Contradiction),
    check,
};

fn check(facts: &Facts<'_>) -> Vec<Flaw> {
    let (done, total) = facts.document.progress();
    if !facts.tracked_in(Stage::Completed) || done == total {
        return Vec::new();
    }
    let span = facts.first_open().map_or(Span::default(), |task| facts.document.source.line_span(task.line as usize));
    let verb = if total - done == 1 { "is" } else { "are" };
    let place = facts.status_place();
    let message = match total {
        1 => format!("the status is completed{place}, but its only task is open"),
        _ => format!("the status is completed{place}, but {} of {total} tasks {verb} open", total - done),
    };
    vec![Flaw::new(span, message).help("tick them, move them to a new plan, or set the status back to active")]
}
