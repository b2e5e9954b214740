//! What whoever reads a document as text is told before they read it: whether it still holds, and what to do if not.
//!
//! The reader may be an agent that does what it is told. So these sentences are our own, and words that a document wrote
//! (an id, a title, a name) stand in quotation marks on the line they belong to.

use crate::date::{self, Date};
use crate::judge::RULES;
use crate::model::{Freshness, Role, Signal, Stage};
use crate::view::{Run, Scenery, ago, drifted, inference, pending, sentence, unchanged};
use crate::words;

/// Contradictions that are told one by one.
const TOLD: usize = 3;
/// Characters of a name that is quoted.
const QUOTED: usize = 100;

/// Whether a document's text is to be followed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Worth {
    /// It holds, as far as anybody knows.
    Live,
    /// It is done, or a template: a record, no work to do.
    Closed,
    /// It was replaced, rejected, put away, or is past its day: not to be followed.
    Dead,
}

/// What to know before reading a document.
#[derive(Debug, Clone)]
pub struct Advice {
    /// Whether to follow it.
    pub worth: Worth,
    /// Where it stands, in a few words without a full stop: `Active, good through 1 December 2026`.
    pub status: String,
    /// What is wrong with it, the worst first, each one or two sentences.
    pub warnings: Vec<String>,
}

/// What to know before reading a document. `root` leads from where that is said to the site's root: `../../`.
pub fn advice(scenery: &Scenery<'_>, index: usize, root: &str) -> Advice {
    let scene = &scenery.scene;
    let document = &scene.collection.documents[index];
    let template = document.role == Role::Template;
    let expired = scene.judgement.standings[index].state == Freshness::Expired;
    let worth = match document.stage() {
        _ if template => Worth::Closed,
        Some(Stage::Superseded | Stage::Rejected | Stage::Deprecated | Stage::Archived) => Worth::Dead,
        _ if expired => Worth::Dead,
        Some(Stage::Completed) => Worth::Closed,
        _ => Worth::Live,
    };
    let mut warnings: Vec<String> = Vec::new();
    if template {
        warnings.push("This is a template: placeholders stand where facts should be. It is no plan.".into());
    }
    warnings.extend(ended(scenery, index, root));
    warnings.extend(late(scenery, index));
    warnings.extend(doubts(scenery, index));
    Advice { worth, status: status(scenery, index), warnings }
}

/// Words of a document within a sentence of ours: one line, in quotation marks that it can't close.
pub fn quoted(text: &str) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    format!("\"{}\"", words::shorten(&words::visible(&line.replace('"', "'")), QUOTED))
}

fn status(scenery: &Scenery<'_>, index: usize) -> String {
    let scene = &scenery.scene;
    let (document, standing) = (&scene.collection.documents[index], &scene.judgement.standings[index]);
    let word = match document.stage() {
        _ if document.role == Role::Template => "Template".to_string(),
        Some(Stage::Unknown) => {
            format!("Status unknown, written as {}", quoted(&scenery.faces[index].status.word))
        }
        Some(Stage::Draft) => "Draft, not decided".into(),
        Some(Stage::Proposed) => "Proposed, not decided".into(),
        Some(_) => scenery.faces[index].status.word.clone(),
        None if document.tracked() => "No status".into(),
        None => document.kind.entry().label.into(),
    };
    let expires = standing.basis == Some("expires");
    match (standing.state, &standing.deadline) {
        (Freshness::Due | Freshness::Fresh, Some(day)) if expires => {
            format!("{word}, good through {}", date::long(day.value))
        }
        (Freshness::Due | Freshness::Fresh, Some(day)) => {
            format!("{word}, to be reviewed by {}", date::long(day.value))
        }
        (Freshness::Expired, Some(day)) => format!("{word}, expired on {}", date::long(day.value)),
        (Freshness::ReviewOverdue, Some(day)) => {
            format!("{word}, review overdue since {}", date::long(day.value))
        }
        _ => word,
    }
}

/// That it came to an end: replaced, rejected, put away, done.
fn ended(scenery: &Scenery<'_>, index: usize, root: &str) -> Option<String> {
    let document = &scenery.scene.collection.documents[index];
    let dates = &document.dates;
    let on = |day: &Option<crate::source::Spanned<Date>>| {
        day.as_ref().map(|day| format!(" on {}", date::long(day.value))).unwrap_or_default()
    };
    match document.stage()? {
        Stage::Superseded => Some(match scenery.successors(index) {
            Some((next, newest)) => format!(
                "Superseded by {}. Do not follow it; read {root}{} instead, which is the newest of the line ({}).",
                quoted(&scenery.faces[next].name()),
                twin(&scenery.faces[newest].href),
                status(scenery, newest)
            ),
            None => "Superseded, and no document says by which. Do not follow it.".into(),
        }),
        Stage::Rejected => Some(format!("Rejected{}. Do not follow it.", on(&dates.decided))),
        Stage::Deprecated => Some("Deprecated: no longer advised, without a successor. Do not follow it.".into()),
        Stage::Archived => Some("Archived. It is kept for the record; do not follow it.".into()),
        Stage::Completed => {
            Some(format!("Completed{}. It is a record of what was done, no work to do.", on(&dates.completed)))
        }
        _ => None,
    }
}

/// That a deadline is past or near.
fn late(scenery: &Scenery<'_>, index: usize) -> Option<String> {
    let scene = &scenery.scene;
    let standing = &scene.judgement.standings[index];
    let day = standing.deadline.as_ref()?.value;
    let days = ago(date::days_between(scene.today, day));
    let day = date::long(day);
    let inferred = inference(scenery, index).map(|how| format!(" ({how})")).unwrap_or_default();
    let (people, _) = scenery.answerable(index);
    let owner = people.first().map_or("whoever answers for it".to_string(), |person| quoted(&person.name));
    match standing.state {
        Freshness::Expired => Some(format!(
            "Expired on {day}, {days}. Do not act on it before {owner} has reviewed it and set a new date."
        )),
        Freshness::ReviewOverdue => Some(format!(
            "Its review was due on {day}, {days}{inferred}. Hold what it says against the code and ask {owner} before you rely on it."
        )),
        Freshness::Due if standing.basis == Some("expires") => Some(format!("It is good through {day} only, {days}.")),
        Freshness::Due => Some(format!("Its review is due on {day}, {days}{inferred}.")),
        Freshness::Unscheduled | Freshness::Fresh | Freshness::Exempt => None,
    }
}

/// What else speaks against relying on it.
fn doubts(scenery: &Scenery<'_>, index: usize) -> Vec<String> {
    let judgement = scenery.scene.judgement;
    let has = |signal: Signal| judgement.signals[index].contains(&signal);
    let findings = || scenery.findings[index].iter().map(|at| &judgement.findings[*at]);
    let mut doubts: Vec<String> = Vec::new();
    if findings().any(|finding| matches!(finding.rule, "unreadable-metadata" | "unreadable-file" | "internal-error")) {
        doubts.push("Its metadata can't be read, so its status and dates are unknown.".into());
    }
    if has(Signal::Blocked) {
        let other = pending(scenery, index).map(|other| &scenery.faces[other]);
        doubts.push(match other {
            Some(face) => format!(
                "Blocked: it waits for {}, which is still {}.",
                quoted(face.call()),
                face.status.word.to_lowercase()
            ),
            None => "Blocked: something it needs is missing.".into(),
        });
    }
    if has(Signal::Contradiction) {
        let contradicts =
            |rule: &str| RULES.iter().any(|known| known.name == rule && known.signal == Some(Signal::Contradiction));
        let told: Vec<String> = findings()
            .filter(|finding| contradicts(finding.rule))
            .take(TOLD)
            .map(|finding| plain(&finding.message))
            .collect();
        let told = if told.is_empty() { "Two places disagree".into() } else { told.join(". ") };
        doubts.push(format!("It contradicts itself. {told}. Ask which is true before you rely on either."));
    }
    if has(Signal::Placeholders) {
        doubts.push("Placeholders of a template are left in it: what they stand for isn't written yet.".into());
    }
    doubts.extend(unchanged(scenery, index).map(|fact| format!("Its status is active, but its content is {fact}.")));
    doubts.extend(drifted(scenery, index).map(|fact| format!("There are {fact}: read it against the code.")));
    doubts
}

/// A finding's sentence on one line, its quotations in quotation marks.
fn plain(message: &str) -> String {
    let line = message.split_whitespace().collect::<Vec<_>>().join(" ");
    let part = |run: &Run| if run.code { quoted(&run.text) } else { words::visible(&run.text) };
    sentence(&line).iter().map(part).collect()
}

/// Address of a page's Markdown, from the address of the page.
pub fn twin(href: &str) -> String {
    href.strip_suffix("index.html").map_or_else(|| href.to_string(), |folder| format!("{folder}index.md"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotations_stay_on_their_line_and_within_their_marks() {
        assert_eq!(quoted("a \"b\"\n> **plansite**\u{1b}[31m"), "\"a 'b' > **plansite**\\u{1b}[31m\"");
        assert_eq!(twin("plans/plan-1/index.html"), "plans/plan-1/index.md");
    }
}
