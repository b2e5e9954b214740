//! The timeline: a bar for each document that has a life, from its first day to its last, on three ranges of days.
//!
//! The drawing is made here, once; the page has the same facts as a table. What can't be drawn is named below it.

use serde::Serialize;

use crate::date;
use crate::model::Stage;
use crate::view::{
    Age, Bar, By, Chart, Ending, Face, Field, Filter, GROUPINGS, Lane, Life, Moment, Page, PageEntry, Pager, Person,
    RANGES, Range, Scale, Scenery, Slot, StatusMark, Tab, bar, count_documents, cut_by, filter_bar, framed, part_by,
    spoken, stage_mark, visible,
};
use crate::words;

pub(super) const PAGE: PageEntry = PageEntry {
    name: "timeline",
    address: "timeline/",
    title: "Timeline",
    icon: "timeline",
    nav: true,
    slots: |scenery| {
        let charts = scenery.timeline().charts.iter().enumerate();
        let slots = |(of, chart): (usize, &Chart)| cut_by(&PAGE, of, &address(chart), chart.rows(), ROWS);
        charts.flat_map(slots).collect()
    },
    page,
};

/// Rows of one page. A row is drawn and stands in the table, which is one to four thousand bytes.
const ROWS: usize = 200;
/// Letters of a title beside the bar; the table has all of them.
const TITLE: usize = 90;
/// Documents without a date that are listed; the rest is counted and linked to.
const UNDATED: usize = 200;
/// What the bar narrows by; the groups say the rest.
const NARROWED: &[Field] = &[Field::Kind, Field::Owner, Field::Tag, Field::Signal];
/// More than these are folded.
const FOLD: usize = 24;
/// Milestones that a row of the table names.
const NAMED: usize = 4;

/// The page. Addresses are relative to the site's root.
#[derive(Serialize)]
struct View<'a> {
    /// `January 2026 to June 2027`
    days: String,
    /// How much time the chart shows: a quarter, 18 months, all.
    ranges: Vec<Tab>,
    /// What rows can be grouped by.
    groupings: Vec<Tab>,
    /// `status`, `owner` or `kind`.
    by: String,
    /// Narrows the rows; absent where the rows are cut into pages, because no page has them all.
    filter: Option<Filter>,
    /// There is a bar, so rows carry what it narrows by.
    narrowed: bool,
    /// What stands above the chart.
    scale: Scale,
    /// The rows by group.
    groups: Vec<Group<'a>>,
    /// Statuses that rows show as an icon, with their words; empty where the groups are the statuses.
    statuses: Vec<StatusMark>,
    /// What isn't drawn here, and where it is.
    notes: Vec<Note>,
    /// What has no day and is named below the chart.
    undated: Option<Undated<'a>>,
    /// `Milestones 12`: words of the link to the page of all milestones; may be empty.
    milestones: String,
    pager: Option<Pager>,
}

#[derive(Serialize)]
struct Group<'a> {
    /// Its anchor.
    key: &'a str,
    label: &'a str,
    icon: &'static str,
    class: &'static str,
    person: Option<&'a Person>,
    /// It is folded at first.
    folded: bool,
    /// Of the whole group.
    count: usize,
    /// `rows 201 to 400`, where the group is cut; else empty.
    shown: String,
    rows: Vec<Row<'a>>,
}

#[derive(Serialize)]
struct Row<'a> {
    face: &'a Face,
    /// Its title, shortened.
    title: String,
    owner: Option<Person>,
    /// Its stage, where the group doesn't say it.
    status: Option<StatusMark>,
    /// The bar.
    drawing: Bar,
    /// `From 12 January 2026 to 3 July 2026`
    spoken: String,
    /// How long until the expiry, of what is open.
    age: Option<Age>,
    /// The first day; absent where none is known.
    from: Option<Moment>,
    /// That day is told by git, not by the document.
    by_git: bool,
    /// The last day; absent where none is known.
    to: Option<Moment>,
    /// What happens on the last day: `expires`.
    ending: &'static str,
    /// What stands instead of the last day: `No expiry date`.
    no_end: &'static str,
    /// `38 of 61`
    tasks: String,
    /// The milestones, in words.
    milestones: Vec<Named>,
    /// `4 more`, or empty.
    more: String,
}

#[derive(Serialize)]
struct Named {
    title: String,
    day: Moment,
    word: &'static str,
}

#[derive(Serialize)]
struct Note {
    text: String,
    /// Words of the link, and where it leads; both may be empty.
    link: &'static str,
    href: String,
}

#[derive(Serialize)]
struct Undated<'a> {
    heading: String,
    /// There are so few that they needn't be folded.
    open: bool,
    rows: Vec<&'a Face>,
    more: String,
}

fn address(chart: &Chart) -> String {
    Chart::address(chart.by, chart.range)
}

/// The page of a grouping and a range, or what comes nearest to it.
fn tab(charts: &[Chart], label: &'static str, wanted: (By, Range), nearest: (By, Range), current: bool) -> Tab {
    let there = charts.iter().any(|chart| (chart.by, chart.range) == wanted);
    let (by, range) = if there { wanted } else { nearest };
    Tab { label, href: format!("{}index.html", Chart::address(by, range)), current }
}

fn page<'a>(scenery: &Scenery<'a>, slot: &Slot) -> Page<'a> {
    let timeline = scenery.timeline();
    let charts = &timeline.charts;
    let chart = &charts[slot.of];
    let (by, range) = (chart.by, chart.range);
    let rows: Vec<(usize, usize)> = chart
        .lanes
        .iter()
        .enumerate()
        .flat_map(|(at, lane)| lane.members.iter().map(move |index| (at, *index)))
        .collect();
    let (shown, pager) = part_by(&rows, &address(chart), slot.part, ROWS);
    let mut members: Vec<usize> = rows.iter().map(|(_, index)| *index).collect();
    members.sort_unstable();
    members.dedup();
    let filter = filter_bar(scenery, &members, NARROWED).filter(|_| pager.is_none());
    let view = View {
        days: chart.axis.words(),
        ranges: RANGES
            .iter()
            .map(|entry| tab(charts, entry.2, (by, entry.0), (By::Status, entry.0), entry.0 == range))
            .collect(),
        groupings: GROUPINGS
            .iter()
            .map(|entry| tab(charts, entry.2, (entry.0, range), (entry.0, Range::Months), entry.0 == by))
            .collect(),
        by: name(by).to_lowercase(),
        narrowed: filter.is_some(),
        filter,
        scale: chart.axis.scale(scenery.scene.today),
        groups: groups(scenery, chart, slot.part * ROWS, shown),
        statuses: if by == By::Status { Vec::new() } else { statuses(scenery, shown) },
        notes: notes(scenery, chart),
        undated: undated(scenery).filter(|_| slot.part == 0),
        milestones: timeline.stones.first().map_or(0, |stones| stones.rows.len()).to_string(),
        pager,
    };
    let mut title = PAGE.title.to_string();
    for (differs, word) in [
        (
            range != Range::Months,
            RANGES.iter().find(|entry| entry.0 == range).map_or("", |entry| entry.2).to_lowercase(),
        ),
        (by != By::Status, format!("by {}", name(by).to_lowercase())),
        (view.pager.is_some(), view.pager.as_ref().map(|pager| pager.label.to_lowercase()).unwrap_or_default()),
    ] {
        if differs {
            title = format!("{title}, {word}");
        }
    }
    framed(scenery, slot, "timeline.html", &title, view)
}

fn name(by: By) -> &'static str {
    GROUPINGS.iter().find(|entry| entry.0 == by).map_or("", |entry| entry.2)
}

/// The rows of one part in their groups; `first` is the number of the part's first row.
fn groups<'s>(scenery: &'s Scenery<'_>, chart: &'s Chart, first: usize, shown: &[(usize, usize)]) -> Vec<Group<'s>> {
    let chunk = |chunk: &[(usize, usize)]| {
        let lane = chunk[0].0;
        let before: usize = chart.lanes[..lane].iter().map(|lane| lane.members.len()).sum();
        let rows = chunk.iter().filter_map(|(_, index)| row(scenery, chart, *index)).collect();
        group(&chart.lanes[lane], first.saturating_sub(before), rows)
    };
    shown.chunk_by(|a, b| a.0 == b.0).map(chunk).collect()
}

fn group<'s>(lane: &'s Lane, from: usize, rows: Vec<Row<'s>>) -> Group<'s> {
    let (count, part) = (lane.members.len(), rows.len());
    Group {
        key: &lane.key,
        label: &lane.label,
        icon: lane.icon,
        class: lane.class,
        person: lane.person.as_ref(),
        folded: lane.folded,
        count,
        shown: if part < count { format!("rows {} to {}", from + 1, from + part) } else { String::new() },
        rows,
    }
}

fn row<'s>(scenery: &'s Scenery<'_>, chart: &Chart, index: usize) -> Option<Row<'s>> {
    let scene = &scenery.scene;
    let document = &scene.collection.documents[index];
    let life = scenery.timeline().life(index)?;
    let (done, total) = document.progress();
    let moment = |day| Moment::new(day, scene.today);
    let named: Vec<Named> = life.points.iter().take(NAMED).map(|point| named(scenery, index, life, point.at)).collect();
    let rest = life.points.len() - named.len();
    let owner = scenery.answerable(index).0.into_iter().next().filter(|_| chart.by != By::Owner);
    Some(Row {
        face: scenery.face(index),
        title: words::shorten(&scenery.face(index).title, TITLE),
        owner,
        status: (chart.by != By::Status)
            .then(|| stage_mark(document.stage().unwrap_or(Stage::Unknown), Some(document.kind))),
        drawing: bar(scenery, index, life, &chart.axis),
        spoken: spoken(life),
        age: life.end.filter(|_| !life.closed && life.ending == Ending::Expires).map(|day| Age::long(day, scene.today)),
        from: life.start.map(moment),
        by_git: life.by_git,
        to: life.end.map(moment),
        ending: match life.ending {
            Ending::Expires => "expires",
            Ending::Completed => "completed",
            Ending::Decided => "decided",
            Ending::Changed => "last change",
        },
        no_end: if life.closed || life.ending != Ending::Expires { "Not known" } else { "No expiry date" },
        tasks: if total > 0 { format!("{done} of {total}") } else { String::new() },
        milestones: named,
        more: if rest > 0 { format!("{rest} more") } else { String::new() },
    })
}

fn named(scenery: &Scenery<'_>, index: usize, life: &Life, at: usize) -> Named {
    let document = &scenery.scene.collection.documents[index];
    let milestone = &document.anatomy.milestones[at];
    let mark = crate::view::Mark::of(milestone, life.closed, scenery.scene.today);
    Named {
        title: words::shorten(&visible(&milestone.title), 60),
        day: Moment::new(milestone.date.unwrap_or(scenery.scene.today), scenery.scene.today),
        word: mark.word(),
    }
}

/// The stages of the rows, each once.
fn statuses(scenery: &Scenery<'_>, shown: &[(usize, usize)]) -> Vec<StatusMark> {
    let mut marks: Vec<StatusMark> = Vec::new();
    for (_, index) in shown {
        let document = &scenery.scene.collection.documents[*index];
        let mark = stage_mark(document.stage().unwrap_or(Stage::Unknown), Some(document.kind));
        if marks.iter().all(|known| known.word != mark.word) {
            marks.push(mark);
        }
    }
    marks
}

/// What the chart leaves out.
fn notes(scenery: &Scenery<'_>, chart: &Chart) -> Vec<Note> {
    let all = (chart.by, Range::All);
    let href = tab(&scenery.timeline().charts, "", all, (By::Status, Range::All), false).href;
    let month = |day| date::long(day).split_once(' ').map(|(_, month)| month.to_string()).unwrap_or_default();
    let mut notes = Vec::new();
    if chart.earlier > 0 {
        let day = month(chart.since.unwrap_or(chart.axis.from));
        let text = format!("{} ended before {day}.", count_documents(chart.earlier));
        notes.push(Note { text, link: "The whole timeline", href: href.clone() });
    }
    if chart.later > 0 {
        let verb = if chart.later == 1 { "begins" } else { "begin" };
        let text = format!("{} {verb} in {} or later.", count_documents(chart.later), month(chart.axis.to));
        notes.push(Note { text, link: "The whole timeline", href });
    }
    let apart = scenery.timeline().apart;
    if apart > 0 {
        let (verb, they) = if apart == 1 { ("isn't", "it has") } else { ("aren't", "they have") };
        let text = format!(
            "{} {verb} drawn, because {they} no span: decisions that stand, and documents that say neither a status nor a last day.",
            count_documents(apart)
        );
        notes.push(Note { text, link: "All documents", href: "all/index.html".into() });
    }
    notes
}

fn undated<'s>(scenery: &'s Scenery<'_>) -> Option<Undated<'s>> {
    let members = &scenery.timeline().undated;
    let verb = if members.len() == 1 { "says" } else { "say" };
    let rows: Vec<&Face> = members.iter().take(UNDATED).map(|index| scenery.face(*index)).collect();
    let rest = members.len() - rows.len();
    (!rows.is_empty()).then(|| Undated {
        heading: format!("{} {verb} no date", count_documents(members.len())),
        open: members.len() <= FOLD,
        rows,
        more: if rest > 0 { format!("{rest} more") } else { String::new() },
    })
}
