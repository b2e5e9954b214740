//! The facts below a document's title: who, and on which days, by its own word and by git's.
//!
//! A day that nobody knows is said to be unknown, with the reason.

use serde::Serialize;

use crate::date::{self, Date};
use crate::model::{Freshness, Role, Touch};
use crate::source::Spanned;
use crate::view::{Moment, Person, Scenery, visible};
use crate::words;

/// One line of the facts below the title.
#[derive(Serialize)]
pub(super) struct Fact {
    /// What the fact is: `Owner`.
    pub term: &'static str,
    /// `f-red` where the fact is the problem, else empty.
    pub class: &'static str,
    /// Who, for a fact about people.
    pub people: Vec<Person>,
    pub day: Option<Moment>,
    /// In words, where it is no day and nobody.
    pub text: String,
    /// Small print behind it.
    pub note: String,
}

pub(super) fn record(scenery: &Scenery<'_>, index: usize) -> Vec<Fact> {
    let scene = &scenery.scene;
    let document = &scene.collection.documents[index];
    let standing = &scene.judgement.standings[index];
    let dates = &document.dates;
    let mut facts = owners(scenery, index);
    let stakeholders: Vec<Person> = document.stakeholders.iter().map(|name| scenery.person(&name.value)).collect();
    if !stakeholders.is_empty() {
        facts.push(Fact { people: stakeholders, ..blank("Stakeholders") });
    }
    let day = |term, day: &Option<Spanned<Date>>| {
        let day = day.as_ref()?;
        Some(Fact { day: Some(Moment::new(day.value, scene.today)), ..blank(term) })
    };
    facts.extend(created(scenery, index));
    facts.extend(day("Decided", &dates.decided));
    facts.extend(changed(scenery, index));
    facts.extend(day("Completed", &dates.completed));
    let unchanged = scene.judgement.upkeep[index].reviewed_unchanged;
    let note = if unchanged { "without change" } else { "" };
    facts.extend(day("Reviewed", &dates.reviewed).map(|fact| Fact { note: note.into(), ..fact }));
    let late = if standing.state == Freshness::ReviewOverdue { "f-amber" } else { "" };
    facts.extend(day("Next review", &dates.next_review).map(|fact| Fact { class: late, ..fact }));
    let late = if standing.state == Freshness::Expired { "f-red" } else { "" };
    match day("Expires", &dates.expires) {
        Some(fact) => facts.push(Fact { class: late, ..fact }),
        None if standing.state == Freshness::Unscheduled => {
            facts.push(Fact { text: "No date".into(), ..blank("Expires") });
        }
        None => {}
    }
    if let (true, Some(deadline)) = (standing.inferred, &standing.deadline) {
        let day = Some(Moment::new(deadline.value, scene.today));
        facts.push(Fact { day, note: "inferred".into(), ..blank("Review due") });
    }
    facts
}

fn blank(term: &'static str) -> Fact {
    Fact { term, class: "", people: Vec::new(), day: None, text: String::new(), note: String::new() }
}

fn owners(scenery: &Scenery<'_>, index: usize) -> Vec<Fact> {
    let (people, fallback) = scenery.answerable(index);
    let note = if fallback { "from CODEOWNERS" } else { "" };
    let nobody = scenery.scene.collection.documents[index].tracked();
    match (people.is_empty(), nobody) {
        (false, _) => vec![Fact { people, note: note.into(), ..blank("Owner") }],
        (true, true) => vec![Fact { text: "No owner".into(), ..blank("Owner") }],
        (true, false) => Vec::new(),
    }
}

/// When it was first written: as it says, else its first commit, else unknown.
fn created(scenery: &Scenery<'_>, index: usize) -> Option<Fact> {
    let scene = &scenery.scene;
    let document = &scene.collection.documents[index];
    let past = &scene.collection.pasts[index];
    let own = document
        .dates
        .created
        .as_ref()
        .map(|day| Fact { day: Some(Moment::new(day.value, scene.today)), ..blank("Created") });
    let git =
        |touch: &Touch| Fact { day: Some(Moment::new(touch.day, scene.today)), note: by(touch), ..blank("Created") };
    let unknown = || document.tracked().then(|| Fact { text: "Unknown".into(), ..blank("Created") });
    own.or_else(|| past.created.as_ref().map(git)).or_else(unknown)
}

/// When its content last changed: by git, which knows the body from the header, else by its own word.
fn changed(scenery: &Scenery<'_>, index: usize) -> Option<Fact> {
    let scene = &scenery.scene;
    let document = &scene.collection.documents[index];
    let past = &scene.collection.pasts[index];
    let moment = |day: Date| Some(Moment::new(day, scene.today));
    let own = document.dates.updated.as_ref().map(|day| day.value);
    let fact = blank("Changed");
    match (&past.changed, own) {
        (Some(touch), Some(own)) if own != touch.day => {
            let note = format!("{}; the file says {}", by(touch), date::short(own, scene.today));
            Some(Fact { day: moment(touch.day), note, ..fact })
        }
        (Some(touch), _) => Some(Fact { day: moment(touch.day), note: by(touch), ..fact }),
        (None, Some(own)) => Some(Fact { day: moment(own), ..fact }),
        (None, None) if document.role == Role::Document => {
            let why = past.gap.as_ref().map(|gap| visible(&gap.reason())).unwrap_or_default();
            Some(Fact { text: "Unknown".into(), note: words::shorten(&why, 80), ..fact })
        }
        (None, None) => None,
    }
}

fn by(touch: &Touch) -> String {
    format!("by {}", words::shorten(&visible(&touch.author), 40))
}
