//! Which documents stand on which page of the timeline, in which group: worked out once for all of its pages.
//!
//! There is a chart for each range of days and each way to group, and each document that has a life is on every one of
//! them, or counted as lying before or after it.

use std::collections::BTreeMap;

use crate::date::{self, Date};
use crate::model::{KINDS, Stage};
use crate::view::{
    Axis, Fate, Life, Person, Scenery, Stones, days_after, fate, kind_icon, months_after, stage_mark, stones,
};
use crate::words;

/// Years that a chart of all days goes back and ahead; a mistyped century doesn't flatten all others.
const BACK: i64 = 30;
const AHEAD: i64 = 10;

/// Which days a chart shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Range {
    Quarter,
    Months,
    All,
}

/// What its rows are grouped by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum By {
    Status,
    Owner,
    Kind,
}

/// All ranges, in the order of the page, with the part of the address.
pub(super) const RANGES: &[(Range, &str, &str)] =
    &[(Range::Quarter, "quarter/", "Quarter"), (Range::Months, "", "18 months"), (Range::All, "all/", "All")];

/// All ways to group, with the part of the address.
pub(super) const GROUPINGS: &[(By, &str, &str)] =
    &[(By::Status, "", "Status"), (By::Owner, "by-owner/", "Owner"), (By::Kind, "by-kind/", "Kind")];

/// The order of stages from what is worked on to what is over.
const ORDER: &[Option<Stage>] = &[
    Some(Stage::Active),
    Some(Stage::Blocked),
    Some(Stage::Proposed),
    Some(Stage::Draft),
    Some(Stage::Accepted),
    Some(Stage::Unknown),
    None,
    Some(Stage::Completed),
    Some(Stage::Rejected),
    Some(Stage::Deprecated),
    Some(Stage::Archived),
    Some(Stage::Superseded),
];
const OVER: usize = 7;

/// With more documents than these only the first grouping has all ranges.
const MANY: usize = 1000;

/// What the timeline and the milestones are made of.
#[derive(Debug, Default)]
pub(super) struct Timeline {
    /// What it can do with each document.
    pub fates: Vec<Fate>,
    /// Documents with a life of which no day is known, the open ones first.
    pub undated: Vec<usize>,
    /// How many tracked documents have no life.
    pub apart: usize,
    /// A chart for each grouping and range. Of a large collection only the first grouping has all ranges, or its timeline
    /// would be as heavy as all of its documents.
    pub charts: Vec<Chart>,
    /// The milestones of all documents.
    pub stones: Vec<Stones>,
}

/// One page of the timeline, before it is cut.
#[derive(Debug)]
pub(super) struct Chart {
    pub by: By,
    pub range: Range,
    pub axis: Axis,
    /// What was over before this day is left out.
    pub since: Option<Date>,
    pub lanes: Vec<Lane>,
    /// Documents that ended before the first day, or before `since`.
    pub earlier: usize,
    /// Documents that begin after the last day.
    pub later: usize,
}

/// A group of rows.
#[derive(Debug, Clone)]
pub(super) struct Lane {
    /// Part of an anchor: `active`, `priya-raman`, `plans`.
    pub key: String,
    pub label: String,
    pub icon: &'static str,
    pub class: &'static str,
    pub person: Option<Person>,
    /// Folded until somebody asks.
    pub folded: bool,
    /// Indices of its documents, the first begun first.
    pub members: Vec<usize>,
}

impl Timeline {
    /// The life of a document that is drawn.
    pub fn life(&self, index: usize) -> Option<&Life> {
        match self.fates.get(index) {
            Some(Fate::Drawn(life)) => Some(life),
            _ => None,
        }
    }
}

impl Chart {
    /// Where the page of a grouping and a range is.
    pub fn address(by: By, range: Range) -> String {
        let by = GROUPINGS.iter().find(|entry| entry.0 == by).map_or("", |entry| entry.1);
        let range = RANGES.iter().find(|entry| entry.0 == range).map_or("", |entry| entry.1);
        format!("timeline/{by}{range}")
    }

    /// How many rows its groups have; with several owners a document is there several times.
    pub fn rows(&self) -> usize {
        self.lanes.iter().map(|lane| lane.members.len()).sum()
    }
}

/// Works out all charts and milestones.
pub(super) fn charts(scenery: &Scenery<'_>) -> Timeline {
    let scene = &scenery.scene;
    let documents = &scene.collection.documents;
    let fates: Vec<Fate> = (0..documents.len()).map(|index| fate(scene, index)).collect();
    let mut timeline = Timeline { stones: stones(scene), ..Timeline::default() };
    let mut drawn: Vec<(usize, Date, Date)> = Vec::new();
    for (index, fate) in fates.iter().enumerate() {
        match fate {
            Fate::Drawn(life) => {
                let (from, to) = life.extent(scene.today);
                drawn.push((index, from, to));
            }
            Fate::Undated => timeline.undated.push(index),
            Fate::Apart => timeline.apart += usize::from(documents[index].tracked()),
        }
    }
    timeline.undated.sort_by_key(|index| (!scenery.faces[*index].open, *index));
    timeline.fates = fates;
    let start = |index: usize| timeline.life(index).and_then(|life| life.start).unwrap_or(Date::MAX);
    drawn.sort_by_key(|(index, ..)| (start(*index), *index));
    let mut charts = Vec::new();
    for (by, ..) in GROUPINGS {
        for (range, ..) in RANGES {
            let kept = drawn.len() <= MANY || *by == By::Status || *range == Range::Months;
            charts.extend(kept.then(|| chart(scenery, &timeline, *by, *range, &drawn)));
        }
    }
    timeline.charts = charts;
    timeline
}

fn chart(scenery: &Scenery<'_>, timeline: &Timeline, by: By, range: Range, drawn: &[(usize, Date, Date)]) -> Chart {
    let today = scenery.scene.today;
    let axis = match range {
        Range::Quarter => Axis::quarter(today),
        Range::Months => Axis::eighteen_months(today),
        Range::All => {
            let first = drawn.iter().map(|(_, from, _)| *from).min().unwrap_or(today).min(today);
            let first = first.max(months_after(today, -12 * BACK));
            let last = drawn.iter().map(|(.., to)| *to).max().unwrap_or(today);
            // right of today there is always room for the words beside what ends today
            let room = days_after(today, date::days_between(first, today) * 3 / 10);
            Axis::all(first, last.max(room).min(months_after(today, 12 * AHEAD)))
        }
    };
    let since = match range {
        Range::Quarter => Some(axis.from),
        Range::Months => Some(months_after(today.first_of_month(), -3)),
        Range::All => None,
    };
    let (mut shown, mut earlier, mut later) = (Vec::new(), 0, 0);
    for (index, from, to) in drawn {
        let closed = timeline.life(*index).is_some_and(|life| life.closed);
        let first = if closed { since.unwrap_or(axis.from).max(axis.from) } else { axis.from };
        match range {
            Range::All => shown.push(*index),
            _ if *to < first => earlier += 1,
            _ if *from >= axis.to => later += 1,
            _ => shown.push(*index),
        }
    }
    let lanes = match by {
        By::Status => by_status(scenery, &shown, since),
        By::Owner => by_owner(scenery, &shown),
        By::Kind => by_kind(scenery, &shown),
    };
    Chart { by, range, axis, since, lanes, earlier, later }
}

fn by_status(scenery: &Scenery<'_>, shown: &[usize], since: Option<Date>) -> Vec<Lane> {
    let mut lanes: BTreeMap<usize, Lane> = BTreeMap::new();
    for &index in shown {
        let stage = scenery.scene.collection.documents[index].stage();
        let rank = ORDER.iter().position(|known| *known == stage).unwrap_or(0);
        let new = || {
            let mark = stage_mark(stage.unwrap_or(Stage::Unknown), None);
            let word = if stage.is_none() { "No status".to_string() } else { mark.word };
            let label = match since.filter(|_| rank >= OVER) {
                Some(day) => format!("{word} since {}", month(day, scenery.scene.today)),
                None => word,
            };
            let key = stage.map_or("no-status", Stage::word).to_string();
            // what was put away is the last that anybody asks for
            Lane { folded: rank > OVER, ..lane(key, label, mark.icon, mark.class) }
        };
        lanes.entry(rank).or_insert_with(new).members.push(index);
    }
    lanes.into_values().collect()
}

fn by_owner(scenery: &Scenery<'_>, shown: &[usize]) -> Vec<Lane> {
    let mut lanes: BTreeMap<String, Lane> = BTreeMap::new();
    for &index in shown {
        let (people, _) = scenery.answerable(index);
        if people.is_empty() {
            // no slug begins with a hyphen
            let none = || lane("-".into(), "No owner".into(), "user", "");
            lanes.entry("-".into()).or_insert_with(none).members.push(index);
        }
        for person in people {
            let key = words::slug(&person.name);
            let new = || Lane { person: Some(person.clone()), ..lane(key.clone(), person.name.clone(), "user", "") };
            let lane = lanes.entry(key.clone()).or_insert_with(new);
            // who is named twice answers once
            if lane.members.last() != Some(&index) {
                lane.members.push(index);
            }
        }
    }
    let mut lanes: Vec<Lane> = lanes.into_values().collect();
    lanes.sort_by_key(|lane| (lane.key == "-", std::cmp::Reverse(lane.members.len())));
    lanes
}

fn by_kind(scenery: &Scenery<'_>, shown: &[usize]) -> Vec<Lane> {
    let mut lanes: BTreeMap<usize, Lane> = BTreeMap::new();
    for &index in shown {
        let kind = scenery.scene.collection.documents[index].kind;
        let entry = kind.entry();
        let rank = KINDS.iter().position(|known| known.kind == kind).unwrap_or(0);
        let new = || lane(words::slug(entry.plural), entry.plural.to_string(), kind_icon(kind), "");
        lanes.entry(rank).or_insert_with(new).members.push(index);
    }
    lanes.into_values().collect()
}

fn lane(key: String, label: String, icon: &'static str, class: &'static str) -> Lane {
    Lane { key, label, icon, class, person: None, folded: false, members: Vec::new() }
}

/// `August`, with the year where it isn't this one.
fn month(day: Date, today: Date) -> String {
    let long = date::long(day);
    let name = long.split_once(' ').map_or(long.as_str(), |(_, name)| name);
    let short = name.split_once(' ').map_or(name, |(month, _)| month);
    if day.year() == today.year() { short.to_string() } else { name.to_string() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Config;
    use crate::resolve::{World, resolve};
    use crate::source::Source;
    use crate::view::{Scene, scenery};
    use crate::{judge, read};

    fn with<T>(files: &[(&str, &str)], look: impl Fn(&Timeline) -> T) -> T {
        let config = Config::default();
        let read = files.iter().map(|(path, text)| read::read(Source::new(*path, *text), &config)).collect();
        let collection = resolve(read, &World::default());
        let today = date::parse("2026-11-23").expect("a date");
        let judgement = judge::judge(&collection, &config, today);
        let scene =
            Scene { collection: &collection, judgement: &judgement, config: &config, today, title: "", prefix: "" };
        look(scenery(scene).timeline())
    }

    const FILES: &[(&str, &str)] = &[
        ("adr/0001-x.md", "---\nstatus: accepted\ndate: 2026-02-02\n---\n# 1. Stands\n"),
        ("adr/0002-y.md", "---\nstatus: accepted\ndate: 2026-02-02\nexpires: 2026-12-05\n---\n# 2. Ends\n"),
        (
            "plans/1.md",
            "---\nid: PLAN-1\nstatus: active\nowner: Ana\ncreated: 2026-01-12\nexpires: 2026-07-03\n---\n# Late\n",
        ),
        ("plans/2.md", "---\nid: PLAN-2\nstatus: active\nowner: [Ana, Ben]\n---\n# Without a day\n"),
        ("plans/3.md", "---\nid: PLAN-3\nstatus: completed\ncreated: 2025-01-12\ncompleted: 2026-07-31\n---\n# Over\n"),
        (
            "plans/4.md",
            "---\nid: PLAN-4\nstatus: completed\ncreated: 2025-01-12\ncompleted: 2026-08-01\n---\n# Just over\n",
        ),
        ("plans/5.md", "---\nid: PLAN-5\nstatus: draft\nowner: [Ana, Ben]\ncreated: 2027-09-01\n---\n# To come\n"),
        ("plans/6.md", "---\nid: PLAN-6\ncreated: 2026-01-12\n---\n# Without a status\n"),
    ];

    fn said(chart: &Chart) -> Vec<(&str, &[usize])> {
        chart.lanes.iter().map(|lane| (lane.label.as_str(), lane.members.as_slice())).collect()
    }

    #[test]
    fn every_tracked_document_is_drawn_or_counted_and_what_is_drawn_has_a_life() {
        with(FILES, |timeline| {
            assert_eq!(timeline.undated, [3]);
            assert_eq!(timeline.apart, 2, "a decision that stands, and a document without a status");
            let [quarter, months, all] = &timeline.charts[..3] else { panic!("three ranges") };
            let since: &[(&str, &[usize])] = &[("Active", &[2]), ("Accepted", &[1]), ("Completed since August", &[5])];
            assert_eq!(said(months), since);
            assert_eq!((months.earlier, months.later), (1, 1));
            assert_eq!(said(quarter), [("Active", &[2][..]), ("Accepted", &[1])]);
            assert_eq!((quarter.earlier, quarter.later), (2, 1));
            let every: &[(&str, &[usize])] =
                &[("Active", &[2]), ("Draft", &[6]), ("Accepted", &[1]), ("Completed", &[4, 5])];
            assert_eq!(said(all), every);
            assert_eq!(timeline.charts.len(), 9);
            for chart in &timeline.charts {
                let mut seen: Vec<usize> = chart.lanes.iter().flat_map(|lane| lane.members.clone()).collect();
                seen.sort_unstable();
                seen.dedup();
                let counted = seen.len() + chart.earlier + chart.later + timeline.undated.len() + timeline.apart;
                assert_eq!(counted, FILES.len(), "{:?}", said(chart));
            }
        });
    }

    #[test]
    fn whoever_owns_a_document_has_it_and_what_nobody_owns_comes_last() {
        with(FILES, |timeline| {
            let all = &timeline.charts[RANGES.len() + 2];
            assert_eq!(said(all), [("Ana", &[2, 6][..]), ("Ben", &[6]), ("No owner", &[4, 5, 1])]);
            assert_eq!(all.rows(), 6);
        });
    }

    #[test]
    fn a_mistyped_century_does_not_flatten_the_others() {
        let far = "---\nid: PLAN-9\nstatus: active\ncreated: 1026-01-12\nexpires: 9026-01-12\n---\n# Far\n";
        with(&[("plans/9.md", far)], |timeline| {
            let charts = &timeline.charts;
            assert_eq!((charts[2].axis.from.year(), charts[2].axis.to.year()), (1996, 2037));
            assert_eq!(charts[1].rows(), 1);
        });
    }
}
