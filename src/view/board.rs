//! The board: every tracked document in the column of its stage, and the same by owner, by kind and by tag.
//!
//! Three sizes: a few documents get equal columns; up to eighty open ones get cards with the active ones two wide; more
//! become dense rows split by owner, with the closed stages folded to counts. Every count is the true one, and what a
//! column leaves out is a link to the page that has it.

mod lane;

use serde::Serialize;

use crate::model::Stage;
use crate::view::{
    FIELDS, Field, Filter, Group, Page, PageEntry, STATES, Scenery, Slot, StatusMark, count_documents, filter_bar,
    framed,
};
use lane::{Form, Lane, Sign, lane, others, sign_of};

pub(super) const PAGE: PageEntry = PageEntry {
    name: "board",
    address: "board/",
    title: "Board",
    icon: "board",
    nav: true,
    slots: |_| GROUPINGS.iter().enumerate().map(|(of, way)| Slot::at(&PAGE, way.address, of, 0)).collect(),
    page,
};

/// A way to arrange the board.
#[derive(Debug)]
struct Grouping {
    label: &'static str,
    address: &'static str,
    title: &'static str,
    field: Field,
}

const GROUPINGS: &[Grouping] = &[
    Grouping { label: "Status", address: "board/", title: "Board", field: Field::Status },
    Grouping { label: "Owner", address: "board/by-owner/", title: "Board by owner", field: Field::Owner },
    Grouping { label: "Kind", address: "board/by-kind/", title: "Board by kind", field: Field::Kind },
    Grouping { label: "Tag", address: "board/by-tag/", title: "Board by tag", field: Field::Tag },
];

/// Up to so many documents, columns are equal.
const SMALL: usize = 12;
/// Up to so many open documents, there are cards.
const MEDIUM: usize = 80;
/// Cards of a closed column before "5 more".
const CARDS: usize = 12;
/// Rows of a column in the dense board.
const ROWS: usize = 22;
/// Up to so many groups stand side by side; more become rows of columns.
const BESIDE: usize = 5;
/// Cards, and rows in the dense board, of each group of those.
const GROUP_CARDS: usize = 6;
const GROUP_ROWS: usize = 11;
/// Groups on one page. The others are on the page of all of them.
const GROUPS: usize = 24;

/// The board.
#[derive(Serialize)]
struct Board<'a> {
    /// `36 documents, 12 of them active.`
    lead: String,
    /// `13 carry a warning`, or empty.
    warned: String,
    /// `and are sorted to the top of their column.`
    warned_rest: &'static str,
    /// The ways to arrange it.
    groupings: Vec<Way>,
    /// Narrows the cards; absent on an empty board.
    filter: Option<Filter>,
    /// Class of the layout: `b-few`, `b-some`, `b-many`, `b-wrap`.
    size: &'static str,
    /// Shown as rows unless the reader prefers cards.
    dense: bool,
    /// What the icons of rows mean.
    legend: Vec<Sign>,
    /// Tabs of the phone's layout.
    tabs: Vec<Jump<'a>>,
    /// Columns, each a stack of lanes.
    columns: Vec<Column<'a>>,
    /// There is nothing on the board.
    empty: bool,
}

#[derive(Serialize)]
struct Way {
    label: &'static str,
    href: String,
    current: bool,
}

#[derive(Serialize)]
struct Jump<'a> {
    anchor: String,
    status: Option<&'a StatusMark>,
    label: &'a str,
    count: usize,
    current: bool,
}

/// What stands below each other in one column of the page.
#[derive(Serialize)]
struct Column<'a> {
    /// Two cards wide.
    wide: bool,
    /// Comes first on a phone.
    first: bool,
    /// Its cards, in one or several lanes.
    lanes: Vec<Lane<'a>>,
}

fn page<'a>(scenery: &Scenery<'a>, slot: &Slot) -> Page<'a> {
    let way = &GROUPINGS[slot.of];
    let mut members: Vec<usize> = scenery.stages.iter().flat_map(|stage| stage.members.iter().copied()).collect();
    members.sort_unstable();
    let open: usize = scenery.stages.iter().map(|stage| stage.open).sum();
    let warned = warnings(scenery, &members);
    let dense = open > MEDIUM;
    let groups = groups(scenery, way.field);
    let (size, columns) = match way.field {
        Field::Status if members.len() <= SMALL => ("b-few", few(scenery)),
        Field::Status if dense => ("b-many", many(scenery)),
        Field::Status => ("b-some", some(scenery)),
        // one or two as wide as the page would be lines, not cards
        _ if (3..=BESIDE).contains(&groups.len()) => ("b-few", beside(scenery, way.field, &groups, dense)),
        _ => ("b-wrap", beside(scenery, way.field, &groups, dense)),
    };
    let lanes = || columns.iter().flat_map(|column| &column.lanes);
    let whole = lanes().all(Lane::whole);
    let fields: Vec<Field> = FIELDS.iter().copied().filter(|field| *field != way.field).collect();
    let bar = filter_bar(scenery, &members, &fields);
    let scope = || scenery.stages.iter().map(|stage| format!("status:{}", stage.word)).collect::<Vec<_>>().join(" ");
    let mut tabs: Vec<Jump> = lanes().filter(|lane| lane.count > 0).map(tab).collect();
    tabs.sort_by_key(|tab| !tab.current);
    let view = Board {
        lead: match scenery.stage(Stage::Active).members.len() {
            0 => format!("{}.", count_documents(members.len())),
            active => format!("{}, {active} of them active.", count_documents(members.len())),
        },
        warned: match warned {
            0 => String::new(),
            1 => "1 carries a warning".into(),
            _ => format!("{warned} carry a warning"),
        },
        warned_rest: if warned == 1 {
            "and is sorted to the top of its column."
        } else {
            "and are sorted to the top of their column."
        },
        groupings: GROUPINGS
            .iter()
            .map(|other| Way {
                label: other.label,
                href: format!("{}index.html", other.address),
                current: other.field == way.field,
            })
            .collect(),
        filter: if whole { bar } else { bar.map(|bar| bar.over(scope())) },
        size,
        dense,
        legend: legend(scenery),
        tabs,
        empty: members.is_empty(),
        columns,
    };
    framed(scenery, slot, "board.html", way.title, view)
}

fn warnings(scenery: &Scenery<'_>, members: &[usize]) -> usize {
    members.iter().filter(|index| !scenery.faces[**index].chips.is_empty()).count()
}

fn tab<'l>(lane: &Lane<'l>) -> Jump<'l> {
    Jump {
        anchor: lane.anchor.clone(),
        status: lane.status,
        label: lane.label,
        count: lane.count,
        current: lane.word == "status:active",
    }
}

fn legend(scenery: &Scenery<'_>) -> Vec<Sign> {
    let present = scenery.attention.iter().filter(|need| !need.all.is_empty());
    present.filter_map(|need| sign_of(STATES.iter().find(|entry| entry.state == need.state)?)).collect()
}

/// The groups of a field that have tracked documents; who has none of it comes last.
fn groups<'s>(scenery: &'s Scenery<'_>, field: Field) -> Vec<(&'s Group, Vec<usize>)> {
    let (groups, none) = match field {
        Field::Owner => (&scenery.owners, Some(&scenery.unowned)),
        Field::Tag => (&scenery.tags, Some(&scenery.untagged)),
        _ => (&scenery.kinds, None),
    };
    let tracked = |group: &'s Group| (group, scenery.board_order(&group.members));
    groups.iter().chain(none).map(tracked).filter(|(_, members)| !members.is_empty()).collect()
}

/// Equal columns: the stages that every collection has, and those that have documents.
fn few<'s>(scenery: &'s Scenery<'_>) -> Vec<Column<'s>> {
    let always = [Stage::Draft, Stage::Active, Stage::Completed, Stage::Archived, Stage::Superseded];
    let shown = |group: &&Group| {
        group.stage.as_ref().is_some_and(|(stage, _)| always.contains(stage)) || !group.members.is_empty()
    };
    let column = |group: &'s Group| Column {
        wide: false,
        first: group.word == Stage::Active.word(),
        lanes: vec![lane(scenery, Field::Status, group, &group.members, Form::Cards, SMALL)],
    };
    scenery.stages.iter().filter(shown).map(column).collect()
}

/// Four columns: before, now, done, over. What needs a word of its author stands on top of the first.
fn some<'s>(scenery: &'s Scenery<'_>) -> Vec<Column<'s>> {
    let stack = |stages: &[Stage], wide: bool| {
        let shown = |stage: &&Stage| {
            matches!(stage, Stage::Draft | Stage::Active | Stage::Completed | Stage::Archived)
                || !scenery.stage(**stage).members.is_empty()
        };
        let lane = |stage: &Stage| {
            let (group, closed) = (scenery.stage(*stage), !stage.live() && *stage != Stage::Unknown);
            let form = if *stage == Stage::Active { Form::Two } else { Form::Cards };
            lane(scenery, Field::Status, group, &group.members, form, if closed { CARDS } else { MEDIUM })
        };
        Column { wide, first: wide, lanes: stages.iter().filter(shown).map(lane).collect() }
    };
    vec![
        stack(&[Stage::Unknown, Stage::Draft, Stage::Proposed], false),
        stack(&[Stage::Active, Stage::Blocked], true),
        stack(&[Stage::Accepted, Stage::Completed], false),
        stack(&[Stage::Archived, Stage::Superseded, Stage::Deprecated, Stage::Rejected], false),
    ]
}

/// Dense rows for what is open, strips with counts for what is closed.
fn many<'s>(scenery: &'s Scenery<'_>) -> Vec<Column<'s>> {
    let lanes = |stages: &[Stage], form: Form| -> Vec<Lane<'s>> {
        let groups = stages.iter().map(|stage| scenery.stage(*stage)).filter(|group| !group.members.is_empty());
        groups.map(|group| lane(scenery, Field::Status, group, &group.members, form, ROWS)).collect()
    };
    let before = lanes(&[Stage::Unknown, Stage::Draft, Stage::Proposed], Form::Cards);
    let now = lanes(&[Stage::Active, Stage::Blocked], Form::Blocks);
    let closed =
        [Stage::Accepted, Stage::Completed, Stage::Rejected, Stage::Deprecated, Stage::Archived, Stage::Superseded];
    let mut columns =
        vec![Column { wide: false, first: false, lanes: before }, Column { wide: true, first: true, lanes: now }];
    let folds = lanes(&closed, Form::Fold).into_iter();
    columns.extend(folds.map(|lane| Column { wide: false, first: false, lanes: vec![lane] }));
    columns.retain(|column| !column.lanes.is_empty());
    columns
}

/// A column a group.
fn beside<'s>(
    scenery: &'s Scenery<'_>,
    field: Field,
    groups: &[(&'s Group, Vec<usize>)],
    dense: bool,
) -> Vec<Column<'s>> {
    let limit = match groups.len() {
        few if few <= BESIDE => ROWS,
        _ if dense => GROUP_ROWS,
        _ => GROUP_CARDS,
    };
    let column = |lane| Column { wide: false, first: false, lanes: vec![lane] };
    let shown = groups.iter().take(GROUPS);
    let mut columns: Vec<Column> =
        shown.map(|(group, members)| column(lane(scenery, field, group, members, Form::Cards, limit))).collect();
    if groups.len() > GROUPS {
        let rest: std::collections::BTreeSet<usize> =
            groups[GROUPS..].iter().flat_map(|(_, members)| members.iter().copied()).collect();
        columns.push(column(others(field, groups.len() - GROUPS, rest.len())));
    }
    columns
}
