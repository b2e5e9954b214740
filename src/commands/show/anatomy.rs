//! The anatomy of a document as `show` prints it: a name, a value, and the line it stands on.

use crate::date::Date;
use crate::model::{Document, Milestone, Phase, Risk, Task, TaskDetail, TaskState};
use crate::words;

/// All facts of the body in the order they are printed; line 0 where a fact is counted rather than written.
pub(super) fn facts(document: &Document) -> Vec<(&'static str, String, u32)> {
    let anatomy = &document.anatomy;
    let mut facts = Vec::new();
    let line = |span: crate::source::Span| document.source.place(span.start).line;
    let ((done, total), gates) = (document.progress(), document.gates());
    if total > 0 {
        facts.push(("progress", format!("{done} of {total} tasks"), 0));
    }
    if gates.total > 0 {
        facts.push(("gates", format!("{} of {}", gates.done, gates.total), 0));
    }
    if let Some(declared) = &anatomy.declared {
        facts.push(("declared", format!("{}%", declared.value), line(declared.span)));
    }
    if let Some(current) = &anatomy.current {
        let of = current.value.of.map(|of| format!(" of {of}")).unwrap_or_default();
        facts.push(("current", format!("phase {}{of}", current.value.number), line(current.span)));
    }
    if let Some(course) = &anatomy.course {
        facts.push(("course", course.value.clone(), line(course.span)));
    }
    if let Some(effort) = &anatomy.effort {
        facts.push(("effort", effort.value.clone(), line(effort.span)));
    }
    for one in &anatomy.phases {
        facts.push(("  phase", phase(one, &anatomy.phases), one.line));
    }
    facts.extend(anatomy.tasks.iter().filter_map(|one| Some(("  task", task(one)?, one.line))));
    facts.extend(anatomy.milestones.iter().map(|one| ("milestone", milestone(one), one.line)));
    facts.extend(anatomy.risks.iter().map(|one| ("risk", risk(one), one.line)));
    let blocker = |one: &crate::model::Blocker| {
        let parts = [
            one.owner.as_ref().map(|owner| format!("owner {owner}")),
            one.impact.as_ref().map(|impact| format!("impact {impact}")),
            one.eta.as_ref().map(|eta| format!("until {eta}")),
        ];
        with(&one.title, parts)
    };
    facts.extend(anatomy.blockers.iter().map(|one| ("blocker", blocker(one), one.line)));
    facts.extend(anatomy.questions.iter().map(|one| ("question", one.title.clone(), one.line)));
    let metric = |one: &crate::model::Metric| {
        let parts = [
            one.baseline.as_ref().map(|from| format!("from {from}")),
            one.target.as_ref().map(|to| format!("to {to}")),
        ];
        with(&one.name, parts)
    };
    facts.extend(anatomy.metrics.iter().map(|one| ("metric", metric(one), one.line)));
    let strand = |one: &crate::model::Workstream| {
        let parts = [one.id.clone(), one.owner.as_ref().map(|owner| format!("owner {owner}")), one.status.clone()];
        with(&one.name, parts)
    };
    facts.extend(anatomy.workstreams.iter().map(|one| ("workstream", strand(one), one.line)));
    let sync = |one: &crate::model::SyncPoint| {
        let parts = [one.trigger.as_ref().map(|trigger| format!("after {trigger}")), one.output.clone()];
        with(&one.id, parts)
    };
    facts.extend(anatomy.sync_points.iter().map(|one| ("sync point", sync(one), one.line)));
    let update = |one: &crate::model::Update| {
        let when = one.date.map(|date| date.to_string()).or_else(|| one.version.clone()).unwrap_or_default();
        format!("{when} {}", one.text)
    };
    facts.extend(anatomy.updates.iter().map(|one| ("update", update(one), one.line)));
    facts
}

fn phase(phase: &Phase, all: &[Phase]) -> String {
    let depends: Vec<&str> = phase.depends_on.iter().map(|at| all[*at].number.as_str()).collect();
    let span = match (phase.start, phase.end) {
        (None, None) => phase.when.clone(),
        (start, end) => {
            let day = |day: Option<Date>| day.map(|day| day.to_string()).unwrap_or_default();
            Some(format!("{} to {}", day(start), day(end)).trim().to_string())
        }
    };
    let parts = [
        phase.status.as_ref().map(|status| format!("status {status}")),
        (phase.blocked && phase.status.is_none()).then(|| "blocked".to_string()),
        phase.estimate.clone(),
        phase.priority.as_ref().map(|priority| format!("priority {priority}")),
        span,
        (phase.gates.total > 0).then(|| format!("gates {} of {}", phase.gates.done, phase.gates.total)),
        (!depends.is_empty()).then(|| format!("after {}", depends.join(", "))),
    ];
    with(&format!("{} {}: {} of {}", phase.number, phase.title, phase.done, phase.total), parts)
}

/// A task that says more than whether it is done.
fn task(task: &Task) -> Option<String> {
    let state = (!matches!(task.state, TaskState::Open | TaskState::Done)).then(|| task.state.word().to_string());
    let none = TaskDetail::default();
    let own = task.detail.as_deref().unwrap_or(&none);
    let parts = [
        state,
        own.owner.as_ref().map(|owner| format!("owner {owner}")),
        own.estimate.clone(),
        own.depends_on.as_ref().map(|depends| format!("after {depends}")),
        own.risk.as_ref().map(|risk| format!("risk {risk}")),
        own.validation.as_ref().map(|validation| format!("validation {validation}")),
    ];
    let said = parts.iter().any(Option::is_some);
    said.then(|| with(&task.text, parts))
}

fn milestone(milestone: &Milestone) -> String {
    let when = milestone.date.map(|date| date.to_string()).or_else(|| milestone.when.clone());
    with(&milestone.title, [when, milestone.done.then(|| "done".to_string())])
}

fn risk(risk: &Risk) -> String {
    let parts = [
        risk.id.clone(),
        risk.probability.as_ref().map(|level| format!("probability {level}")),
        risk.impact.as_ref().map(|level| format!("impact {level}")),
        risk.owner.as_ref().map(|owner| format!("owner {owner}")),
        risk.status.as_ref().map(|status| format!("status {status}")),
        risk.mitigation.as_ref().map(|mitigation| format!("mitigation: {mitigation}")),
    ];
    with(&risk.title, parts)
}

/// A title and what is known of it, in brackets.
fn with<const N: usize>(title: &str, parts: [Option<String>; N]) -> String {
    let parts: Vec<String> = parts.into_iter().flatten().map(|part| words::shorten(&part, 120)).collect();
    if parts.is_empty() { title.to_string() } else { format!("{title} ({})", parts.join("; ")) }
}
