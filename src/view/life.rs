//! From when to when a document lived or is to live, and the milestones on its way: what the timeline draws of it.
//!
//! Only what is written counts, and of git the first and the last commit. A day that nobody knows stays unknown.

use crate::date::{self, Date};
use crate::model::{Document, Freshness, Kind, Milestone, Stage};
use crate::view::{Scene, expires};

/// A bar of which nobody knows an end goes on for so many days, without a cap.
pub const UNKNOWN: i64 = 49;

/// What the timeline can do with a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Fate {
    /// It is drawn.
    Drawn(Life),
    /// It has a life, but no day of it is known.
    Undated,
    /// It has none: a decision that stands, a text without a status, a template.
    Apart,
}

/// From when to when, and what lies between.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Life {
    /// Its first day.
    pub start: Option<Date>,
    /// Git knows the first day, the document doesn't say it.
    pub by_git: bool,
    /// Its last day.
    pub end: Option<Date>,
    /// What happens on the last day.
    pub ending: Ending,
    /// How its bar looks.
    pub form: Form,
    /// It is over.
    pub closed: bool,
    /// Its milestones that have a day, in the order of their days.
    pub points: Vec<Point>,
}

/// What happens on the last day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ending {
    Expires,
    Completed,
    Decided,
    Changed,
}

/// How a bar looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    /// Not begun: dashed, without a share of tasks.
    Draft,
    /// Worked on.
    Work,
    /// Carried out.
    Done,
    /// Put away, or of an unknown status.
    Old,
}

/// A milestone on its day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Point {
    pub day: Date,
    pub mark: Mark,
    /// Index among the document's milestones.
    pub at: usize,
}

/// What became of a milestone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Mark {
    /// The document marks it as reached.
    Reached,
    /// Its day is yet to come, or not known.
    Planned,
    /// Its day has passed, and it isn't marked as reached.
    Missed,
    /// The document was closed without marking it.
    Left,
}

impl Mark {
    /// All of them, in the order in which they are counted.
    pub const ALL: [Mark; 4] = [Mark::Reached, Mark::Planned, Mark::Missed, Mark::Left];

    /// Of a milestone of a document that is `closed` or not.
    pub fn of(milestone: &Milestone, closed: bool, today: Date) -> Mark {
        match (milestone.done, closed, milestone.date) {
            (true, _, _) => Mark::Reached,
            (false, true, _) => Mark::Left,
            (false, false, Some(day)) if day < today => Mark::Missed,
            (false, false, _) => Mark::Planned,
        }
    }

    /// Its word; also the name of its icon and class.
    pub fn word(self) -> &'static str {
        match self {
            Mark::Reached => "reached",
            Mark::Planned => "planned",
            Mark::Missed => "missed",
            Mark::Left => "left open",
        }
    }

    /// Part of a class and of an icon's name: `reached`, `planned`, `missed`.
    pub fn class(self) -> &'static str {
        match self {
            Mark::Reached => "reached",
            Mark::Planned | Mark::Left => "planned",
            Mark::Missed => "missed",
        }
    }
}

impl Life {
    /// Past the day through which it was good.
    pub fn late(&self, today: Date) -> bool {
        !self.closed && self.ending == Ending::Expires && self.end.is_some_and(|end| end < today)
    }

    /// First and last day of its bar, where there is one.
    pub fn bar(&self, today: Date) -> Option<(Date, Date)> {
        let from = |start: Date| if self.closed { start } else { start.max(today) };
        let open = |start: Date| {
            let end = days_after(from(start), UNKNOWN);
            self.points.last().map_or(end, |point| end.max(point.day))
        };
        match (self.start, self.end) {
            (None, None) => None,
            (Some(start), None) => Some((start, open(start))),
            (None, Some(end)) => Some((days_after(end, -UNKNOWN), end)),
            // two days in the wrong order are a finding; the bar is then as short as can be
            (Some(start), Some(end)) => Some((start.min(end), end)),
        }
    }

    /// First and last day of all that is drawn.
    pub fn extent(&self, today: Date) -> (Date, Date) {
        let points = self.points.first().zip(self.points.last()).map(|(first, last)| (first.day, last.day));
        let (from, to) = match (self.bar(today), points) {
            (Some((start, end)), Some((first, last))) => (start.min(first), end.max(last)),
            (Some(bar), None) => bar,
            (None, points) => points.unwrap_or((today, today)),
        };
        if self.late(today) { (from, to.max(today)) } else { (from, to) }
    }
}

/// So many days later, or earlier; the calendar's end where it has no such day.
pub(super) fn days_after(day: Date, days: i64) -> Date {
    day.saturating_add(jiff::Span::new().days(days))
}

/// Over and done with, whatever became of it.
pub(super) fn closed(document: &Document) -> bool {
    let stages = [Stage::Completed, Stage::Rejected, Stage::Deprecated, Stage::Archived, Stage::Superseded];
    document.stage().is_some_and(|stage| stages.contains(&stage))
}

/// What the timeline can do with one document.
pub(super) fn fate(scene: &Scene<'_>, index: usize) -> Fate {
    let document = &scene.collection.documents[index];
    if !document.tracked() {
        return Fate::Apart;
    }
    let (past, dates) = (&scene.collection.pasts[index], &document.dates);
    let git = past.created.as_ref().map(|touch| touch.day);
    // many decisions have one day only, on which they were written and decided
    let start = dates.created.as_ref().or(dates.decided.as_ref()).map(|day| day.value);
    let points = points(document, scene.today);
    let judged = scene.judgement.standings[index].state != Freshness::Exempt;
    let live = judged || document.stage().is_some_and(Stage::live);
    let over = closed(document);
    let (end, ending) = if live { (expires(scene, index), Ending::Expires) } else { ended(scene, index) };
    // A decision has no length: it is made, and stands until something is said about its end.
    let lives = match document.stage() {
        Some(_) if live => true,
        Some(Stage::Accepted) => ending == Ending::Completed || !points.is_empty(),
        // without a status nobody knows whether it is still worked on, so its last day has to be known
        None | Some(Stage::Unknown) => {
            let ended = document.kind.entry().scheduled && end.is_some();
            ended || ending == Ending::Completed || !points.is_empty()
        }
        Some(_) => document.kind != Kind::Adr || ending == Ending::Completed || !points.is_empty(),
    };
    if !lives && !live {
        return Fate::Apart;
    }
    let form = match document.stage() {
        Some(Stage::Draft | Stage::Proposed) => Form::Draft,
        Some(Stage::Active | Stage::Blocked | Stage::Accepted) => Form::Work,
        Some(Stage::Completed) => Form::Done,
        _ => Form::Old,
    };
    let by_git = start.is_none() && git.is_some();
    let life = Life { start: start.or(git), by_git, end, ending, form, closed: over, points };
    if life.start.is_none() && life.end.is_none() && life.points.is_empty() { Fate::Undated } else { Fate::Drawn(life) }
}

/// When a document that nobody works on any more ended: as it says, else when it last changed.
fn ended(scene: &Scene<'_>, index: usize) -> (Option<Date>, Ending) {
    let (document, past) = (&scene.collection.documents[index], &scene.collection.pasts[index]);
    let dates = &document.dates;
    if let Some(day) = &dates.completed {
        return (Some(day.value), Ending::Completed);
    }
    if let (Some(Stage::Rejected), Some(day)) = (document.stage(), &dates.decided) {
        return (Some(day.value), Ending::Decided);
    }
    let changed = dates.updated.as_ref().map(|day| day.value);
    (changed.or_else(|| past.changed.as_ref().map(|touch| touch.day)), Ending::Changed)
}

fn points(document: &Document, today: Date) -> Vec<Point> {
    let over = closed(document);
    let milestones = document.anatomy.milestones.iter().enumerate();
    let point = |(at, one): (usize, &Milestone)| Some(Point { day: one.date?, mark: Mark::of(one, over, today), at });
    let mut points: Vec<Point> = milestones.filter_map(point).collect();
    points.sort_by_key(|point| (point.day, point.at));
    points
}

/// `12 January 2026 to 3 July 2026`, for people who don't see the bar.
pub(super) fn spoken(life: &Life) -> String {
    let end = |day: Date| match life.ending {
        Ending::Expires => date::long(day),
        Ending::Completed => format!("{}, when it was completed", date::long(day)),
        Ending::Decided => format!("{}, when it was decided", date::long(day)),
        Ending::Changed => format!("{}, its last change", date::long(day)),
    };
    match (life.start, life.end) {
        (Some(start), Some(day)) => format!("From {} to {}", date::long(start), end(day)),
        (Some(start), None) => format!("From {}, end not known", date::long(start)),
        (None, Some(day)) => format!("Beginning not known, to {}", end(day)),
        (None, None) => "Milestones only".into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Date {
        date::parse(text).expect("a date")
    }

    fn life(start: Option<&str>, end: Option<&str>) -> Life {
        Life {
            start: start.map(day),
            by_git: false,
            end: end.map(day),
            ending: Ending::Expires,
            form: Form::Work,
            closed: false,
            points: Vec::new(),
        }
    }

    #[test]
    fn a_bar_has_both_ends_even_where_only_one_is_known() {
        let today = day("2026-11-23");
        let bar = |start, end| life(start, end).bar(today).map(|(from, to)| (from.to_string(), to.to_string()));
        let days = |from: &str, to: &str| Some((from.to_string(), to.to_string()));
        assert_eq!(bar(Some("2026-01-12"), Some("2026-07-03")), days("2026-01-12", "2026-07-03"));
        assert_eq!(bar(Some("2026-10-05"), None), days("2026-10-05", "2027-01-11"));
        assert_eq!(bar(Some("2027-02-01"), None), days("2027-02-01", "2027-03-22"), "begins later");
        assert_eq!(bar(None, Some("2027-02-19")), days("2027-01-01", "2027-02-19"));
        assert_eq!(bar(Some("2027-03-01"), Some("2027-02-19")), days("2027-02-19", "2027-02-19"), "in the wrong order");
        assert_eq!(bar(None, None), None);
    }

    #[test]
    fn what_is_late_reaches_to_today() {
        let today = day("2026-11-23");
        let late = life(Some("2026-01-12"), Some("2026-07-03"));
        assert!(late.late(today) && !late.late(day("2026-07-03")), "good through its last day");
        assert_eq!(late.extent(today), (day("2026-01-12"), today));
        let closed = Life { closed: true, ending: Ending::Completed, ..late };
        assert_eq!(closed.extent(today), (day("2026-01-12"), day("2026-07-03")));
    }

    #[test]
    fn a_milestone_is_missed_only_after_its_day_and_while_somebody_works_on_it() {
        let today = day("2026-11-23");
        let on = |text: &str, done| Milestone { date: Some(day(text)), done, ..Milestone::default() };
        assert_eq!(Mark::of(&on("2026-11-22", false), false, today), Mark::Missed);
        assert_eq!(Mark::of(&on("2026-11-23", false), false, today), Mark::Planned);
        assert_eq!(Mark::of(&on("2026-11-22", true), false, today), Mark::Reached);
        assert_eq!(Mark::of(&on("2026-11-22", false), true, today), Mark::Left);
        assert_eq!(Mark::of(&Milestone::default(), false, today), Mark::Planned);
    }
}
