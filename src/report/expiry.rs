//! What is past its day and what soon will be, people first: the expiry report, one leaf a format.

mod annotations;
mod calendar;
mod cases;
mod json;
mod markdown;
mod text;

use std::collections::BTreeMap;

use super::people::People;
use super::{Format, Group, Report};
use crate::date::{self, Date, Period};
use crate::model::{Document, Freshness};
use crate::source::{Place, Span};
use crate::view::Scene;

/// All formats of the expiry report.
pub const EXPIRY_FORMATS: &[Format] =
    &[text::FORMAT, json::FORMAT, markdown::FORMAT, annotations::FORMAT, cases::FORMAT, calendar::FORMAT];

/// How far ahead the report looks unless told otherwise, in days.
const REACH: i32 = 30;

/// A live document with a deadline.
#[derive(Debug, Clone)]
pub struct Deadline<'a> {
    /// The document.
    pub document: &'a Document,
    /// Its index.
    pub index: usize,
    /// Its last good day.
    pub day: Date,
    /// Days from today to that day; negative where it is past.
    pub days: i64,
    /// Its freshness.
    pub state: Freshness,
    /// Where the day comes from: `expires`, `next_review`, `review_in`, `lease`.
    pub basis: &'static str,
    /// The day follows from the configuration, not from the document.
    pub inferred: bool,
    /// Who answers for it; empty where nobody does.
    pub owners: Vec<&'a str>,
    /// Where the day is written.
    pub span: Span,
}

impl Deadline<'_> {
    /// Past its last day.
    pub fn late(&self) -> bool {
        self.days < 0
    }

    /// `expired 19 days ago`, `its review was due 1 day ago`, `expires in 4 days`, `is to be reviewed today`.
    fn sentence(&self) -> String {
        let expires = self.basis == "expires";
        let when = match self.days {
            0 => "today".to_string(),
            ahead @ 1.. => format!("in {}", date::days(ahead)),
            past => format!("{} ago", date::days(-past)),
        };
        let what = match (expires, self.late()) {
            (true, true) => "expired",
            (true, false) => "expires",
            (false, true) => "its review was due",
            (false, false) => "is to be reviewed",
        };
        let inferred = if self.inferred { ", inferred" } else { "" };
        format!("{what} {when}, on {} ({}{inferred})", self.day, self.basis)
    }

    /// The id, or the path of a document without one.
    fn name(&self) -> &str {
        self.document.id.as_ref().map_or(self.document.path(), |id| id.value.as_str())
    }

    fn place(&self) -> Place {
        self.document.source.place(self.span.start)
    }
}

/// All deadlines of live documents, the earliest first; with a reach those that are past or lie within it.
pub fn deadlines<'a>(report: &Report<'a>, reach: Option<Period>) -> Vec<Deadline<'a>> {
    let scene = report.scene;
    let last = reach.map(|reach| reach.after(scene.today));
    let found = (0..scene.judgement.standings.len()).filter_map(|index| deadline(&scene, index));
    let mut found: Vec<Deadline<'_>> = found.filter(|one| last.is_none_or(|last| one.day <= last)).collect();
    found.sort_by_key(|one| (one.day, one.index));
    found
}

fn deadline<'a>(scene: &Scene<'a>, index: usize) -> Option<Deadline<'a>> {
    let standing = &scene.judgement.standings[index];
    let (day, basis) = (standing.deadline.as_ref()?, standing.basis?);
    Some(Deadline {
        document: &scene.collection.documents[index],
        index,
        day: day.value,
        days: date::days_between(scene.today, day.value),
        state: standing.state,
        basis,
        inferred: standing.inferred,
        owners: scene.collection.owners_of(index).0,
        span: day.span,
    })
}

/// All deadlines as a calendar (RFC 5545), whatever the report's reach.
pub fn calendar(report: &Report<'_>) -> String {
    calendar::calendar(report, report.scene.title, &deadlines(report, None))
}

/// The deadlines of some documents, by index, as a calendar of that name. The events are those of the calendar of all.
pub fn calendar_of(report: &Report<'_>, name: &str, documents: &[usize]) -> String {
    let found: Vec<Deadline<'_>> = documents.iter().filter_map(|index| deadline(&report.scene, *index)).collect();
    calendar::calendar(report, name, &found)
}

/// How far the report looks ahead.
pub fn reach(report: &Report<'_>) -> Period {
    report.within.unwrap_or(Period::of_days(REACH))
}

/// The deadlines that a report tells, in two parts: what is past, and what will be within the reach.
struct Parts<'a> {
    late: Vec<Deadline<'a>>,
    due: Vec<Deadline<'a>>,
}

impl<'a> Parts<'a> {
    fn of(report: &Report<'a>) -> Self {
        let (late, due) = deadlines(report, Some(reach(report))).into_iter().partition(Deadline::late);
        Parts { late, due }
    }

    /// `2 plans past their day, 1 due by 2026-12-23, 3 live ones without a deadline, as of 2026-11-23`.
    fn tally(&self, report: &Report<'_>) -> String {
        let last = reach(report).after(report.scene.today);
        let state = |state| report.scene.judgement.standings.iter().filter(|standing| standing.state == state).count();
        let mut parts = vec![
            format!("{} past their day", crate::words::count(self.late.len(), "document", "documents")),
            format!("{} due by {last}", self.due.len()),
        ];
        if state(Freshness::Unscheduled) > 0 {
            parts.push(format!("{} live without a deadline", state(Freshness::Unscheduled)));
        }
        format!("{}, as of {}", parts.join(", "), report.scene.today)
    }
}

/// Deadlines in their groups, those without an owner first. A document with several owners is told to each of them.
fn groups<'a, 'b>(report: &Report<'_>, found: &'b [Deadline<'a>]) -> Vec<(String, Vec<&'b Deadline<'a>>)> {
    let mut groups: BTreeMap<String, Vec<&Deadline<'_>>> = BTreeMap::new();
    let people = People::of(report);
    for one in found {
        let names = match report.group.unwrap_or(Group::Owner) {
            Group::Week => vec![week(one.day)],
            Group::Kind => vec![one.document.kind.entry().word.to_string()],
            Group::Path => vec![report.file(one.index)],
            Group::Rule => vec![one.state.word().to_string()],
            Group::Owner => people.called(&one.owners),
        };
        names.into_iter().for_each(|name| groups.entry(name).or_default().push(one));
    }
    let named = |name: String| if name.is_empty() { "without an owner".to_string() } else { name };
    groups.into_iter().map(|(name, found)| (named(name), found)).collect()
}

/// `week of 2026-11-23`, by its Monday.
fn week(day: Date) -> String {
    let back = i32::from(day.weekday().to_monday_zero_offset());
    if back == 0 { format!("week of {day}") } else { format!("week of {}", Period::of_days(back).before(day)) }
}
