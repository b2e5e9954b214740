//! What a document holds that its text doesn't show: blockers, milestones, risks, questions and updates of its metadata,
//! and the decisions that share its file.
//!
//! What the text shows is read there; here its sections are only counted, for the table of contents.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::date::{self, Date};
use crate::model::{Blocker, Decision, Document, Heading, Milestone, Risk, Update};
use crate::view::{Scenery, visible};
use crate::words;

/// So many of each are listed; the section has the rest.
const LISTED: usize = 6;

/// All of one sort.
#[derive(Debug, Serialize)]
pub(super) struct Holding {
    /// `ps-risks`
    pub id: &'static str,
    pub label: &'static str,
    pub icon: &'static str,
    pub count: usize,
    pub rows: Vec<Held>,
    /// `4 more`, or empty, and the section where they stand.
    pub more: String,
    pub anchor: String,
}

/// One of them.
#[derive(Debug, Default, Serialize)]
pub(super) struct Held {
    pub title: String,
    /// Small print below: who, what is done about it.
    pub note: String,
    /// At the right: a day, a level.
    pub fact: String,
    /// Reached or settled.
    pub done: bool,
    /// The section that says it; empty where none does.
    pub anchor: String,
}

pub(super) fn within(scenery: &Scenery<'_>, index: usize) -> Vec<Holding> {
    let document = &scenery.scene.collection.documents[index];
    let (anatomy, today) = (&document.anatomy, scenery.scene.today);
    // a sidecar counts lines of its own, and none of them is shown
    let body = document.source.place(document.body).line;
    let hidden = |line: u32| line < body || document.source.sidecar.is_some();
    let holdings = [
        hold("ps-blockers", "Blockers", "blocked", anatomy.blockers.iter().filter(|one| hidden(one.line)).map(blocker)),
        hold(
            "ps-milestones",
            "Milestones",
            "milestone",
            anatomy.milestones.iter().filter(|one| hidden(one.line)).map(|one| milestone(one, today)),
        ),
        hold("ps-risks", "Risks", "risks", anatomy.risks.iter().filter(|one| hidden(one.line)).map(risk)),
        hold("ps-questions", "Open questions", "info", {
            let hidden = anatomy.questions.iter().filter(|one| hidden(one.line));
            hidden.map(|one| Held { title: text(&one.title), ..Held::default() })
        }),
        hold("ps-decisions", "Decisions in it", "adr", document.decisions.iter().map(|one| decision(one, today))),
        hold(
            "ps-updates",
            "Updates",
            "edit",
            anatomy.updates.iter().filter(|one| hidden(one.line)).map(|one| update(one, today)),
        ),
    ];
    holdings.into_iter().filter(|holding| holding.count > 0).collect()
}

fn hold(id: &'static str, label: &'static str, icon: &'static str, all: impl Iterator<Item = Held>) -> Holding {
    let mut rows: Vec<Held> = all.collect();
    let count = rows.len();
    rows.truncate(LISTED);
    let anchor = rows.last().map(|row| row.anchor.clone()).unwrap_or_default();
    let more = if count > LISTED { format!("{} more", count - LISTED) } else { String::new() };
    Holding { id, label, icon, count, rows, more, anchor }
}

fn blocker(one: &Blocker) -> Held {
    let facts = [labelled("holds up", &one.impact), labelled("owner", &one.owner)];
    Held { title: text(&one.title), note: joined(facts), fact: labelled("ETA", &one.eta), ..Held::default() }
}

fn milestone(one: &Milestone, today: Date) -> Held {
    let day = one.date.map(|day| date::short(day, today));
    let when = day.or_else(|| one.when.as_deref().map(text)).unwrap_or_default();
    let late = one.date.is_some_and(|day| day < today) && !one.done;
    let note = match (one.done, late) {
        (true, _) => "Reached",
        (false, true) => "Its day has passed",
        (false, false) => "",
    };
    Held { title: text(&one.title), note: note.into(), fact: when, done: one.done, ..Held::default() }
}

fn risk(one: &Risk) -> Held {
    let level = match (&one.probability, &one.impact) {
        (Some(probability), Some(impact)) => format!("{} × {}", text(probability), text(impact)),
        (Some(level), None) | (None, Some(level)) => text(level),
        (None, None) => String::new(),
    };
    let id = one.id.as_deref().map(|id| format!("{} ", text(id))).unwrap_or_default();
    let facts = [
        one.mitigation.as_deref().map(text).unwrap_or_default(),
        labelled("owner", &one.owner),
        labelled("status", &one.status),
    ];
    Held { title: format!("{id}{}", text(&one.title)), note: joined(facts), fact: level, ..Held::default() }
}

fn decision(one: &Decision, today: Date) -> Held {
    let status = one.status.as_ref().map(|status| text(&status.raw)).unwrap_or_default();
    let day = one.date.map(|day| date::short(day, today)).unwrap_or_default();
    Held {
        title: format!("{} {}", text(&one.id.value), text(&one.title)),
        note: status,
        fact: day,
        anchor: one.anchor.clone(),
        ..Held::default()
    }
}

fn update(one: &Update, today: Date) -> Held {
    let day = one.date.map(|day| date::short(day, today));
    let fact = day.or_else(|| one.version.as_deref().map(text)).unwrap_or_default();
    let note = one.author.as_deref().map(|author| format!("by {}", text(author))).unwrap_or_default();
    Held { title: text(&one.text), note, fact, ..Held::default() }
}

fn text(text: &str) -> String {
    words::shorten(&visible(text.trim()), 160)
}

fn labelled(label: &str, value: &Option<String>) -> String {
    value.as_deref().map(|value| format!("{label} {}", text(value))).unwrap_or_default()
}

fn joined<const N: usize>(facts: [String; N]) -> String {
    let facts: Vec<String> = facts.into_iter().filter(|fact| !fact.is_empty()).collect();
    crate::view::capital(&facts.join("; "))
}

/// The nearest heading above a line.
fn above(headings: &[Heading], line: u32) -> Option<usize> {
    headings.partition_point(|heading| heading.line <= line).checked_sub(1)
}

/// The anchor of the section that a line stands in; empty where it has no heading.
pub(super) fn place(document: &Document, line: u32) -> String {
    let headings = &document.anatomy.headings;
    above(headings, line).map(|at| headings[at].anchor.clone()).unwrap_or_default()
}

/// For each section of the second level how much of one sort it holds, where it holds one sort only.
pub(super) fn section_counts(document: &Document) -> BTreeMap<usize, usize> {
    let anatomy = &document.anatomy;
    let lines = [
        anatomy.blockers.iter().map(|one| one.line).collect::<Vec<u32>>(),
        anatomy.milestones.iter().map(|one| one.line).collect(),
        anatomy.risks.iter().map(|one| one.line).collect(),
        anatomy.questions.iter().map(|one| one.line).collect(),
        anatomy.updates.iter().map(|one| one.line).collect(),
    ];
    let mut sorts: BTreeMap<usize, BTreeMap<usize, usize>> = BTreeMap::new();
    for (sort, lines) in lines.iter().enumerate() {
        for line in lines {
            let Some(mut at) = above(&anatomy.headings, *line) else { continue };
            while anatomy.headings[at].level > 2 && at > 0 {
                at -= 1;
            }
            *sorts.entry(at).or_default().entry(sort).or_default() += 1;
        }
    }
    let one = |(at, sorts): (usize, BTreeMap<usize, usize>)| match sorts.into_values().collect::<Vec<_>>()[..] {
        [count] => Some((at, count)),
        _ => None,
    };
    sorts.into_iter().filter_map(one).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn heading(level: u8, anchor: &str, line: u32) -> Heading {
        Heading { level, text: anchor.into(), anchor: anchor.into(), line }
    }

    #[test]
    fn a_line_belongs_to_the_nearest_heading_above() {
        let headings = [heading(1, "a", 1), heading(2, "b", 5), heading(3, "c", 9)];
        assert_eq!(above(&headings, 1), Some(0));
        assert_eq!(above(&headings, 8), Some(1));
        assert_eq!(above(&headings, 99), Some(2));
        assert_eq!(above(&headings[1..], 4), None);
    }

    #[test]
    fn a_milestone_says_when_and_whether_it_was_reached() {
        let today = date::parse("2026-11-23").expect("a date");
        let day = date::parse("2026-11-20").ok();
        let mut one = Milestone { title: "Cutover".into(), date: day, ..Milestone::default() };
        let held = milestone(&one, today);
        assert_eq!((held.fact.as_str(), held.note.as_str(), held.done), ("20 Nov", "Its day has passed", false));
        one.done = true;
        assert_eq!(milestone(&one, today).note, "Reached");
        let week = Milestone { when: Some("Week 4".into()), ..Milestone::default() };
        assert_eq!((milestone(&week, today).fact.as_str(), milestone(&week, today).note.as_str()), ("Week 4", ""));
    }
}
