//! The banners above a document's text: what is wrong, why it matters here, what to do.
//!
//! The worst has a heading, the others are one line. Findings stand below the text; a banner tells the few that decide
//! whether the text can be relied on.

use serde::Serialize;

use crate::date;
use crate::model::{Document, Freshness, Role, Signal, Stage};
use crate::view::{
    Age, Scenery, capital, contradictions, drifted, inference, left_over, successor, unchanged, visible, waits,
};
use crate::words;

/// Contradictions that are told one by one.
const TOLD: usize = 3;
/// Paths of code that are named.
const PATHS: usize = 3;

/// A warning above the text: what, why it matters, what to do.
#[derive(Serialize)]
pub(super) struct Banner {
    /// `red`, `amber`, `violet`, `blue`, `plain`.
    pub class: &'static str,
    pub icon: &'static str,
    /// Name of the region: `Expired`.
    pub label: &'static str,
    /// The sentence in front of the age.
    pub lead: String,
    /// `143 days ago`, counted again by the script.
    pub age: Option<Age>,
    /// What follows the age.
    pub tail: String,
    /// The paragraph.
    pub text: String,
    /// A document to go to, with its address; empty otherwise.
    pub link: String,
    pub href: String,
    /// What the button says; empty for none. It leads to the edit form.
    pub action: &'static str,
    /// It tells the freshness, so the script replaces it when that changes.
    pub state: bool,
    /// The worst banner has a heading, the others are one line.
    pub first: bool,
}

/// The stack: freshness, blocked, superseded, contradiction, then facts; only the first has a heading.
pub(super) fn banners(scenery: &Scenery<'_>, index: usize) -> Vec<Banner> {
    let scene = &scenery.scene;
    let document = &scene.collection.documents[index];
    let has = |signal: Signal| scene.judgement.signals[index].contains(&signal);
    let mut banners: Vec<Banner> = freshness(scenery, index).into_iter().collect();
    if has(Signal::Blocked) {
        let waits = format!("{}. Settle the blocker or plan around it.", waits(scenery, index));
        banners.push(plain("red", "blocked", "Blocked", "Blocked".into(), waits));
    }
    if document.stage() == Some(Stage::Superseded) {
        banners.push(superseded(scenery, index));
    }
    if has(Signal::Contradiction) {
        let told = contradictions(scenery, index, TOLD);
        let text = if told.is_empty() { "Two places in this file disagree".into() } else { told.join(". ") };
        let base = plain("amber", "contra", "Contradiction", "Two places disagree".into(), format!("{text}."));
        banners.push(Banner { link: "See the lines".into(), href: "#ps-problems".into(), ..base });
    }
    banners.extend(still(scenery, index));
    banners.extend(drift(scenery, index));
    if document.role == Role::Template {
        let text = "Placeholders stand where facts should be. It is never counted as a plan.";
        banners.push(plain("blue", "template", "Template", "This is a template".into(), text.into()));
    }
    if let Some(first) = banners.first_mut() {
        first.first = true;
    }
    banners
}

fn plain(class: &'static str, icon: &'static str, label: &'static str, lead: String, text: String) -> Banner {
    Banner {
        class,
        icon,
        label,
        lead,
        age: None,
        tail: String::new(),
        text,
        link: String::new(),
        href: String::new(),
        action: "",
        state: false,
        first: false,
    }
}

/// Expired, overdue for review, or due.
fn freshness(scenery: &Scenery<'_>, index: usize) -> Option<Banner> {
    let scene = &scenery.scene;
    let document = &scene.collection.documents[index];
    let standing = &scene.judgement.standings[index];
    let day = standing.deadline.as_ref()?.value;
    let expiry = standing.basis == Some("expires");
    let (base, age) = match standing.state {
        Freshness::Expired => {
            let text = format!("{}Dates and owners below may no longer hold. {}", facts(document), deed(document));
            (plain("red", "expired", "Expired", "Expired".into(), text), Age::long(day, scene.today))
        }
        Freshness::ReviewOverdue => {
            let text = format!("{}Read it against what is so, and note the day as reviewed.", facts(document));
            (plain("amber", "review", "Review overdue", "Review".into(), text), Age::overdue(day, scene.today))
        }
        Freshness::Due => {
            let (icon, lead) = if expiry { ("due", "Due") } else { ("review", "Review due") };
            let deed = if expiry { "Finish it, or set a new date, by then." } else { "Review it by then." };
            let text = format!("{}{deed}", facts(document));
            (plain("amber", icon, "Due soon", lead.into(), text), Age::long(day, scene.today))
        }
        Freshness::Unscheduled | Freshness::Fresh | Freshness::Exempt => return None,
    };
    let inferred = inference(scenery, index).map(|how| format!(" ({how})")).unwrap_or_default();
    let on = if standing.state == Freshness::ReviewOverdue { "since" } else { "on" };
    Some(Banner {
        age: Some(age),
        tail: format!(", {on} {}{inferred}", date::long(day)),
        action: "Review now",
        state: true,
        ..base
    })
}

/// How far it is and when somebody last looked: `Last reviewed 22 April 2026; 3 of 7 phases open. `
fn facts(document: &Document) -> String {
    let reviewed = document.dates.reviewed.as_ref().map(|day| format!("last reviewed {}", date::long(day.value)));
    let facts: Vec<String> = [reviewed, left_over(document)].into_iter().flatten().collect();
    if facts.is_empty() { String::new() } else { format!("{}. ", capital(&facts.join("; "))) }
}

fn deed(document: &Document) -> &'static str {
    let (done, total) = document.progress();
    let finished = total > 0 && done == total;
    if finished { "Mark it completed, or set a new date." } else { "Review it and set a new date, or archive it." }
}

fn superseded(scenery: &Scenery<'_>, index: usize) -> Banner {
    let keep = "Kept for the record, do not follow it.";
    match successor(&scenery.scene, index) {
        Some(other) => {
            let next = &scenery.faces[other];
            let lead = format!("Superseded by {}", next.call());
            let base = plain("violet", "superseded", "Superseded", lead, keep.into());
            Banner { link: next.name(), href: next.href.clone(), ..base }
        }
        None => {
            let text = format!("No document says that it takes this one's place. {keep}");
            plain("violet", "superseded", "Superseded", "Superseded".into(), text)
        }
    }
}

/// Active, and its content hasn't changed for long: a fact, not a verdict.
fn still(scenery: &Scenery<'_>, index: usize) -> Option<Banner> {
    let fact = unchanged(scenery, index)?;
    let upkeep = &scenery.scene.judgement.upkeep[index];
    let since = upkeep.unchanged_since.map(date::long).unwrap_or_default();
    let who = if upkeep.basis == Some("git") { "by git" } else { "by its own word" };
    let text = format!("Its status is active, and its content is that of {since}, {who}.");
    Some(plain("plain", "info", "Unchanged", capital(&fact), text))
}

/// Code that it names was worked on since its review.
fn drift(scenery: &Scenery<'_>, index: usize) -> Option<Banner> {
    let fact = drifted(scenery, index)?;
    let drift = scenery.scene.judgement.upkeep[index].drift.as_ref()?;
    let mut paths: Vec<String> =
        drift.paths.iter().take(PATHS).map(|(path, _)| words::shorten(&visible(&path.value), 60)).collect();
    if drift.paths.len() > PATHS {
        paths.push(format!("{} more", drift.paths.len() - PATHS));
    }
    let last = drift.commits.first().map(|touch| format!(", the last on {}", date::long(touch.day)));
    let text = format!(
        "Reviewed on {}; worked on since then: {}{}. Read it against the code.",
        date::long(drift.since.value),
        paths.join(", "),
        last.unwrap_or_default()
    );
    Some(plain("plain", "code", "Code has changed", capital(&fact), text))
}
