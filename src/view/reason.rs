//! Why a document needs attention, in words: what it waits for, where it contradicts itself.

use crate::date;
use crate::date::Date;
use crate::judge::RULES;
use crate::model::{Document, Kind, RelationKind, Signal, Stage};
use crate::source::Spanned;
use crate::view::{Scenery, State, capital, visible};
use crate::words;

/// What a blocked document waits for.
pub(super) fn waits(scenery: &Scenery<'_>, index: usize) -> String {
    let document = &scenery.scene.collection.documents[index];
    let blocked = document.anatomy.phases.iter().find(|phase| phase.blocked);
    let subject = match blocked {
        Some(phase) => format!("Phase {}", phase.number),
        None => String::new(),
    };
    match (pending(scenery, index), blocked) {
        (Some(other), _) => {
            let face = &scenery.faces[other];
            let verb = if subject.is_empty() { "Waits" } else { " waits" };
            format!("{subject}{verb} for {}, still {}", face.call(), face.status.word.to_lowercase())
        }
        (None, Some(phase)) => format!("{subject}, {}, is marked as blocked", visible(&phase.title)),
        (None, None) if document.stage() == Some(Stage::Blocked) => "Its status is blocked".into(),
        (None, None) => "Says that it is blocked".into(),
    }
}

/// A document that this one needs and that is still open.
pub(super) fn pending(scenery: &Scenery<'_>, index: usize) -> Option<usize> {
    let relations = scenery.scene.collection.relations_of(index);
    let needs = relations.iter().filter(|relation| relation.kind == RelationKind::DependsOn);
    needs.filter_map(|relation| relation.to).find(|to| scenery.faces[*to].open)
}

/// What the findings say about contradictions in the document, each naming both places; at most so many.
pub(super) fn contradictions(scenery: &Scenery<'_>, index: usize, most: usize) -> Vec<String> {
    let findings = scenery.findings[index].iter().map(|at| &scenery.scene.judgement.findings[*at]);
    let told = findings.filter(|finding| contradicts(finding.rule));
    told.take(most).map(|finding| capital(&visible(&finding.message.replace('`', "")))).collect()
}

/// The first of them.
pub(super) fn contradiction(scenery: &Scenery<'_>, index: usize) -> Option<String> {
    contradictions(scenery, index, 1).pop()
}

/// Whether a rule is about two places that disagree.
fn contradicts(rule: &str) -> bool {
    RULES.iter().any(|known| known.name == rule && known.signal == Some(Signal::Contradiction))
}

/// The one or two facts that explain the row, as sentences without a full stop.
pub(super) fn why(scenery: &Scenery<'_>, index: usize, state: Option<State>) -> String {
    let document = &scenery.scene.collection.documents[index];
    let has = |signal: Signal| scenery.scene.judgement.signals[index].contains(&signal);
    match state {
        Some(State::Blocked) => return waits(scenery, index),
        Some(State::Contradiction) => {
            return contradiction(scenery, index).unwrap_or_else(|| "Two places disagree".into());
        }
        _ => {}
    }
    let (done, total) = document.progress();
    let mut facts: Vec<String> = Vec::new();
    facts.extend(inference(scenery, index).map(str::to_string));
    let most = facts.len() + 2;
    if document.stage() == Some(Stage::Draft) {
        facts.push("still a draft".into());
    }
    if has(Signal::Placeholders) {
        facts.push("template placeholders left".into());
    }
    if has(Signal::Blocked) {
        facts.push("blocked".into());
    }
    let open = document.anatomy.phases.iter().filter(|phase| phase.done < phase.total).count();
    match (done, total) {
        (_, 0) => {}
        (done, total) if done == total => {
            let stage = document.stage().map_or("unknown", Stage::word);
            facts.push(format!("all {} done, status is {stage}", words::count(total as usize, "task", "tasks")));
        }
        (0, _) => facts.push(format!("not begun, {}", words::count(total as usize, "task", "tasks"))),
        _ if open > 0 => {
            facts.push(format!("{open} of {} open", words::count(document.anatomy.phases.len(), "phase", "phases")));
        }
        _ => facts.push(format!("{} of {} open", total - done, words::count(total as usize, "task", "tasks"))),
    }
    if has(Signal::Contradiction) && done < total {
        facts.push("contradicts itself".into());
    }
    facts.extend(unchanged(scenery, index));
    facts.extend(drifted(scenery, index));
    if facts.len() + 2 == most {
        facts.extend(relied_on(scenery, index).or_else(|| history(scenery, document)));
    }
    if facts.is_empty() && state == Some(State::Unscheduled) {
        facts.push(format!("{} without a date until which it holds", scenery.faces[index].kind.label));
    }
    facts.truncate(most);
    capital(&facts.join(", "))
}

/// Where a deadline comes from that the document doesn't state.
pub(super) fn inference(scenery: &Scenery<'_>, index: usize) -> Option<&'static str> {
    let standing = &scenery.scene.judgement.standings[index];
    match (standing.inferred, standing.basis) {
        (false, _) => None,
        (true, Some("review_in")) => Some("inferred from the day it was written"),
        (true, _) => Some("inferred from the lease of its kind"),
    }
}

/// `unchanged for 120 days`, of a document that should move and doesn't.
pub(super) fn unchanged(scenery: &Scenery<'_>, index: usize) -> Option<String> {
    let judgement = scenery.scene.judgement;
    let since =
        judgement.upkeep[index].unchanged_since.filter(|_| judgement.signals[index].contains(&Signal::Stale))?;
    Some(format!("unchanged for {}", date::days(date::days_between(since, scenery.scene.today))))
}

/// `12 commits to code it names since its review`.
pub(super) fn drifted(scenery: &Scenery<'_>, index: usize) -> Option<String> {
    let judgement = scenery.scene.judgement;
    let drift =
        judgement.upkeep[index].drift.as_ref().filter(|_| judgement.signals[index].contains(&Signal::Drifted))?;
    let least = if drift.complete { "" } else { "at least " };
    Some(format!("{least}{} to code it names since its review", words::count(drift.commits.len(), "commit", "commits")))
}

/// `3 of 7 phases open`, `all 18 tasks done`; absent where nothing is to be done.
pub(super) fn left_over(document: &Document) -> Option<String> {
    let phases = &document.anatomy.phases;
    let open = phases.iter().filter(|phase| phase.done < phase.total).count();
    let (done, total) = document.progress();
    match (open, total) {
        (1.., _) => Some(format!("{open} of {} open", words::count(phases.len(), "phase", "phases"))),
        (0, 1..) if done == total => Some(format!("all {} done", words::count(total as usize, "task", "tasks"))),
        (0, 1..) => Some(format!("{} of {} open", total - done, words::count(total as usize, "task", "tasks"))),
        _ => None,
    }
}

/// What there is to say of a document without tasks that nobody relies on.
fn history(scenery: &Scenery<'_>, document: &Document) -> Option<String> {
    let (dates, today) = (&document.dates, scenery.scene.today);
    let since = |word: &str, day: &Option<Spanned<Date>>| {
        day.as_ref().map(|day| format!("{word} {}", date::short(day.value, today)))
    };
    match document.stage() {
        Some(Stage::Proposed) => Some("no decision yet".into()),
        Some(Stage::Accepted) => since("accepted", &dates.decided),
        _ => None,
    }
    .or_else(|| since("last reviewed", &dates.reviewed))
    .or_else(|| since("last changed", &dates.updated))
    .or_else(|| since("written", &dates.created))
}

fn relied_on(scenery: &Scenery<'_>, index: usize) -> Option<String> {
    let collection = scenery.scene.collection;
    let leans = |at: &&usize| {
        matches!(
            collection.relations[**at].kind,
            RelationKind::DependsOn | RelationKind::BasedOn | RelationKind::Implements
        )
    };
    let mut names =
        scenery.backlinks[index].iter().filter(leans).map(|at| scenery.faces[collection.relations[*at].from].call());
    let (first, second) = (names.next()?, names.next());
    Some(match (second, names.count()) {
        (None, _) => format!("{first} relies on it"),
        (Some(second), 0) => format!("{first} and {second} rely on it"),
        (Some(_), more) => format!("{first} and {} more rely on it", more + 1),
    })
}

/// The next step, as a verb.
pub(super) fn step(scenery: &Scenery<'_>, document: &Document, index: usize, state: State) -> &'static str {
    let (done, total) = document.progress();
    let finished = total > 0 && done == total;
    let placeholders = scenery.scene.judgement.signals[index].contains(&Signal::Placeholders);
    let reviewed = scenery.scene.judgement.standings[index].basis != Some("expires");
    match state {
        State::Expired | State::Due if finished => "Mark completed",
        State::Expired if placeholders => "Write or delete",
        State::Expired if document.kind == Kind::Research => "Confirm or redo",
        State::Expired if document.stage() == Some(Stage::Proposed) => "Decide",
        State::Expired => "Review or archive",
        State::Due if reviewed => "Review",
        State::Due if document.stage() == Some(Stage::Proposed) => "Decide",
        State::Due if document.stage() == Some(Stage::Accepted) => "Confirm",
        State::Due => "Finish or extend",
        State::ReviewOverdue => "Review",
        State::Blocked if pending(scenery, index).is_some() => "Decide or re-plan",
        State::Blocked => "Chase or re-plan",
        State::Contradiction => "Fix the file",
        State::Unscheduled => "Set a date",
    }
}
