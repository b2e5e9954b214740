//! Two places in a document that disagree about its status.

use super::{Facts, Flaw, Rule};
use crate::diagnostic::Severity;
use crate::model::{Field, Origin, RelationKind, Signal, Stage, Status};
use crate::read::fact;

pub(super) const RULE: Rule = Rule {
    name: "status-contradiction",
    severity: Severity::Warning,
    what: "two statuses that say different things, or a status that a successor or a completion date belies",
    why: "readers see one, tools the other",
    fix: "make them agree; lifecycle counts before status, the frontmatter before header lines, these before boxes",
    example: "---\nstatus: active\n---\n**Status:** Draft",
    signal: Some(Signal::Contradiction),
    check,
};

fn check(facts: &Facts<'_>) -> Vec<Flaw> {
    if !facts.document.tracked() {
        return Vec::new();
    }
    let written = |status: &&Status| status.origin != Origin::Folder && status.stage != Stage::Unknown;
    let written: Vec<&Status> = facts.document.statuses.iter().filter(written).collect();
    let Some(first) = written.first() else { return Vec::new() };
    let place = |status: &Status| facts.place(facts.index, status.span);
    let other = |status: &&&Status| status.stage != first.stage && status.span != first.span;
    let flaw = |status: &&Status| {
        let message =
            format!("{} says {}, {} says {}", place(first), first.stage.word(), place(status), status.stage.word());
        Flaw::new(status.span, message).help(format!("make them agree; {} counts", place(first)))
    };
    let mut flaws: Vec<Flaw> = written.iter().filter(other).map(flaw).collect();
    flaws.extend(succeeded(facts, first));
    flaws.extend(done(facts, first));
    flaws
}

/// A successor counts, whatever the document says; one that is still called active or accepted misleads. What is closed
/// may have a successor too.
fn succeeded(facts: &Facts<'_>, first: &Status) -> Option<Flaw> {
    let overruled = facts.document.status.as_ref().is_some_and(|status| status.origin == Origin::Relation);
    if !overruled || !(first.stage.live() || first.stage == Stage::Accepted) {
        return None;
    }
    let relations = facts.collection.relations_of(facts.index).iter();
    let mut successors = relations.filter(|relation| relation.kind == RelationKind::SupersededBy);
    let relation = successors.find(|relation| relation.to.is_some())?;
    let (to, place) = (relation.to?, facts.place(facts.index, first.span));
    let from = if relation.inferred { to } else { facts.index };
    let message = format!(
        "{place} says {}, but {} takes its place ({})",
        first.stage.word(),
        facts.collection.documents[to].path(),
        facts.place(from, relation.span)
    );
    Some(Flaw::new(first.span, message).help("set the status to superseded"))
}

/// `completed: 2026-05-01` beside a status that is still live. A completion date may be a plan for one.
fn done(facts: &Facts<'_>, first: &Status) -> Option<Flaw> {
    let day = facts.document.dates.completed.as_ref().filter(|day| day.value <= facts.today && first.stage.live())?;
    let states = |field: &&Field| {
        let span = field.value.span();
        span.start <= day.span.start && day.span.end <= span.end
    };
    let key = facts.document.fields.iter().find(states).map(|field| fact::normal(&field.key.value))?;
    if !key.starts_with("completed") {
        return None;
    }
    let (own, status) = (facts.place(facts.index, day.span), facts.place(facts.index, first.span));
    let message = format!("{own} says completed on {}, {status} says {}", day.value, first.stage.word());
    Some(Flaw::new(day.span, message).help("set the status to completed, or take the date away"))
}
