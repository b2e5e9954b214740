//! The board: every tracked document in the column of its stage.
//!
//! Three sizes: a few documents get equal columns; up to eighty open ones get cards with the active ones two wide; more
//! become dense rows split by owner, with the closed stages folded to counts. Every count is the true one.

use serde::Serialize;

use crate::model::Stage;
use crate::view::{
    Chip, Face, Group, Page, PageEntry, Person, STATES, Scenery, Slot, State, StatusMark, count_documents, framed,
};
use crate::words;

pub(super) const PAGE: PageEntry = PageEntry {
    name: "board",
    address: "board/",
    title: "Board",
    icon: "board",
    nav: true,
    slots: |_| vec![Slot::at(&PAGE, PAGE.address, 0, 0)],
    page,
};

/// Up to so many documents, columns are equal.
const SMALL: usize = 12;
/// Up to so many open documents, there are cards.
const MEDIUM: usize = 80;
/// Cards of a closed column before "5 more".
const CARDS: usize = 12;
/// Rows of a column and of an owner's block in the dense board.
const ROWS: usize = 22;
const BLOCK_ROWS: usize = 11;
/// Owners' blocks of the dense board.
const BLOCKS: usize = 16;

/// The board.
#[derive(Serialize)]
struct Board<'a> {
    /// `36 documents, 12 of them active.`
    lead: String,
    /// `13 carry a warning`, or empty.
    warned: String,
    /// `and are sorted to the top of their column.`
    warned_rest: &'static str,
    /// Class of the layout: `b-few`, `b-some`, `b-many`.
    size: &'static str,
    /// Tabs of the phone's layout.
    tabs: Vec<Tab<'a>>,
    /// Columns, each a stack of stages.
    columns: Vec<Column<'a>>,
    /// There is nothing on the board.
    empty: bool,
}

#[derive(Serialize)]
struct Tab<'a> {
    anchor: &'static str,
    status: &'a StatusMark,
    count: usize,
    current: bool,
}

/// What stands below each other in one column of the page.
#[derive(Serialize)]
struct Column<'a> {
    /// Two cards wide.
    wide: bool,
    /// Its cards, in one or several lanes.
    lanes: Vec<Lane<'a>>,
}

/// One stage.
#[derive(Serialize)]
struct Lane<'a> {
    anchor: &'static str,
    status: &'a StatusMark,
    /// All documents of the stage.
    count: usize,
    /// Those with a signal.
    warnings: usize,
    /// How it is drawn: `cards`, `two`, `rows`, `blocks` or `fold`.
    form: &'static str,
    /// Cards or rows, in one or two columns.
    decks: Vec<Vec<Card<'a>>>,
    /// Rows by owner, in two columns.
    blocks: Vec<Vec<Block<'a>>>,
    /// `18 more in Draft`, or empty.
    more: String,
    /// Where all of them are.
    href: String,
    /// Legend for icons that stand alone.
    legend: Vec<Sign>,
}

#[derive(Serialize)]
struct Card<'a> {
    face: &'a Face,
    /// At most two signals.
    chips: &'a [Chip],
    /// Small: a closed document with the one fact that matters.
    small: bool,
    /// The icon of a dense row, with its colour and its meaning.
    sign: Sign,
}

/// An icon and what it means.
#[derive(Clone, Serialize)]
struct Sign {
    icon: &'static str,
    class: &'static str,
    word: String,
}

/// What somebody owns, as rows.
#[derive(Serialize)]
struct Block<'a> {
    label: String,
    person: Option<&'a Person>,
    count: usize,
    /// The worst signals and how many have them.
    signs: Vec<(Sign, usize)>,
    rows: Vec<Card<'a>>,
    more: String,
    href: String,
}

fn page<'a>(scenery: &Scenery<'a>, slot: &Slot) -> Page<'a> {
    let on_board: usize = scenery.stages.iter().map(|stage| stage.members.len()).sum();
    let open: usize = scenery.stages.iter().map(|stage| stage.open).sum();
    let warned: usize = scenery.stages.iter().map(|stage| warnings(scenery, stage)).sum();
    let (size, columns) = match () {
        () if on_board <= SMALL => ("b-few", few(scenery)),
        () if open <= MEDIUM => ("b-some", some(scenery)),
        () => ("b-many", many(scenery)),
    };
    let active = scenery.stage(Stage::Active).members.len();
    let lead = match active {
        0 => format!("{}.", count_documents(on_board)),
        _ => format!("{}, {active} of them active.", count_documents(on_board)),
    };
    let view = Board {
        lead,
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
        size,
        tabs: tabs(scenery),
        columns,
        empty: on_board == 0,
    };
    framed(scenery, slot, "board.html", PAGE.title, view)
}

fn warnings(scenery: &Scenery<'_>, group: &Group) -> usize {
    group.members.iter().filter(|index| !scenery.faces[**index].chips.is_empty()).count()
}

fn tabs<'s>(scenery: &'s Scenery<'_>) -> Vec<Tab<'s>> {
    let shown = scenery.stages.iter().filter(|group| !group.members.is_empty());
    let mut tabs: Vec<Tab> = shown
        .filter_map(|group| {
            let (stage, status) = group.stage.as_ref()?;
            Some(Tab { anchor: stage.word(), status, count: group.members.len(), current: *stage == Stage::Active })
        })
        .collect();
    tabs.sort_by_key(|tab| !tab.current);
    tabs
}

/// Equal columns: the stages that every collection has, and those that have documents.
fn few<'s>(scenery: &'s Scenery<'_>) -> Vec<Column<'s>> {
    let always = |stage: Stage| matches!(stage, Stage::Draft | Stage::Active | Stage::Completed);
    let shown =
        |group: &&Group| group.stage.as_ref().is_some_and(|(stage, _)| always(*stage)) || !group.members.is_empty();
    let column = |group| Column { wide: false, lanes: lane(scenery, group, "cards", SMALL).into_iter().collect() };
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
            let closed = !stage.live() && *stage != Stage::Unknown;
            let form = if wide && *stage == Stage::Active { "two" } else { "cards" };
            lane(scenery, scenery.stage(*stage), form, if closed { CARDS } else { MEDIUM })
        };
        Column { wide, lanes: stages.iter().filter(shown).filter_map(lane).collect() }
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
    let filled = |stages: &[Stage]| -> Vec<&'s Group> {
        stages.iter().map(|stage| scenery.stage(*stage)).filter(|group| !group.members.is_empty()).collect()
    };
    let rows =
        |groups: Vec<&'s Group>| groups.into_iter().filter_map(|group| lane(scenery, group, "rows", ROWS)).collect();
    let before = rows(filled(&[Stage::Unknown, Stage::Draft, Stage::Proposed]));
    let now = filled(&[Stage::Active, Stage::Blocked]);
    let now = now.into_iter().filter_map(|group| lane(scenery, group, "blocks", 0)).collect();
    let closed = filled(&[
        Stage::Accepted,
        Stage::Completed,
        Stage::Rejected,
        Stage::Deprecated,
        Stage::Archived,
        Stage::Superseded,
    ]);
    let fold = |group| Column { wide: false, lanes: lane(scenery, group, "fold", 0).into_iter().collect() };
    let mut columns = vec![Column { wide: false, lanes: before }, Column { wide: true, lanes: now }];
    columns.extend(closed.into_iter().map(fold));
    columns.retain(|column| !column.lanes.is_empty());
    columns
}

fn lane<'s>(scenery: &'s Scenery<'_>, group: &'s Group, form: &'static str, limit: usize) -> Option<Lane<'s>> {
    let (stage, status) = group.stage.as_ref()?;
    let small = !stage.live() && *stage != Stage::Unknown;
    let shown = group.members.iter().take(limit).map(|index| card(&scenery.faces[*index], small));
    let mut decks: Vec<Vec<Card>> = vec![Vec::new(); if form == "two" { 2 } else { 1 }];
    let wide = decks.len();
    for (at, card) in shown.enumerate() {
        decks[at % wide].push(card);
    }
    decks.retain(|deck| !deck.is_empty());
    let rest = if matches!(form, "cards" | "two" | "rows") { group.members.len().saturating_sub(limit) } else { 0 };
    let blocks = if form == "blocks" { blocks(scenery, group) } else { Vec::new() };
    Some(Lane {
        anchor: stage.word(),
        status,
        count: group.members.len(),
        warnings: warnings(scenery, group),
        form,
        decks,
        blocks,
        more: if rest > 0 { format!("{rest} more in {}", status.word) } else { String::new() },
        href: format!("{}index.html", group.address),
        legend: if form == "blocks" { legend(scenery) } else { Vec::new() },
    })
}

impl Clone for Card<'_> {
    fn clone(&self) -> Self {
        Card { face: self.face, chips: self.chips, small: self.small, sign: self.sign.clone() }
    }
}

fn card(face: &Face, small: bool) -> Card<'_> {
    let sign = match face.chips.first() {
        Some(chip) => {
            let class = match chip.class {
                "c-red" => "f-red",
                "c-amber" => "f-amber",
                _ => "muted",
            };
            Sign { icon: chip.icon, class, word: chip.word.into() }
        }
        None => Sign { icon: face.status.icon, class: face.status.class, word: face.status.word.clone() },
    };
    Card { face, chips: &face.chips[..face.chips.len().min(2)], small, sign }
}

fn sign_of(state: State) -> Option<Sign> {
    let entry = STATES.iter().find(|entry| entry.state == state)?;
    Some(Sign { icon: entry.icon, class: entry.class, word: entry.label.into() })
}

fn legend(scenery: &Scenery<'_>) -> Vec<Sign> {
    let present = scenery.attention.iter().filter(|need| !need.all.is_empty());
    present.filter_map(|need| sign_of(need.state)).collect()
}

/// A stage split by its documents' first owners, those with the most documents first, those without one on top.
fn blocks<'s>(scenery: &'s Scenery<'_>, group: &'s Group) -> Vec<Vec<Block<'s>>> {
    let mut owned: std::collections::BTreeMap<&str, Vec<usize>> = std::collections::BTreeMap::new();
    for index in &group.members {
        let owner = scenery.faces[*index].owner.as_ref().map_or("", |owner| owner.href.as_str());
        owned.entry(owner).or_default().push(*index);
    }
    let mut owned: Vec<(&str, Vec<usize>)> = owned.into_iter().collect();
    owned.sort_by(|a, b| (!a.0.is_empty(), b.1.len(), a.0).cmp(&(!b.0.is_empty(), a.1.len(), b.0)));
    let left_out: usize = owned.iter().skip(BLOCKS).map(|(_, members)| members.len()).sum();
    let others = owned.len().saturating_sub(BLOCKS);
    let mut columns: Vec<Vec<Block>> = vec![Vec::new(), Vec::new()];
    let mut heights = [0usize; 2];
    for (href, members) in owned.into_iter().take(BLOCKS) {
        let shortest = usize::from(heights[1] < heights[0]);
        heights[shortest] += members.len().min(BLOCK_ROWS) + 2;
        columns[shortest].push(block(scenery, href, &members, &group.address));
    }
    if others > 0 {
        let shortest = usize::from(heights[1] < heights[0]);
        columns[shortest].push(Block {
            label: format!("{} more", words::count(others, "owner", "owners"))
                .replace(" owners more", " more owners")
                .replace(" owner more", " more owner"),
            person: None,
            count: left_out,
            signs: Vec::new(),
            rows: Vec::new(),
            more: format!("All {}", count_documents(group.members.len())),
            href: format!("{}index.html", group.address),
        });
    }
    columns.retain(|column| !column.is_empty());
    columns
}

fn block<'s>(scenery: &'s Scenery<'_>, href: &str, members: &[usize], stage: &str) -> Block<'s> {
    let person = members.first().and_then(|index| scenery.faces[*index].owner.as_ref());
    let label = person.map_or("No owner", |person| person.name.as_str());
    let rest = members.len().saturating_sub(BLOCK_ROWS);
    let count = |word: &str| {
        members
            .iter()
            .filter(|index| scenery.faces[**index].chips.first().is_some_and(|chip| chip.word == word))
            .count()
    };
    let signs = [State::Expired, State::Blocked].into_iter().filter_map(sign_of);
    Block {
        label: label.to_string(),
        person,
        count: members.len(),
        signs: signs.map(|sign| (sign.clone(), count(&sign.word))).filter(|(_, count)| *count > 0).collect(),
        rows: members.iter().take(BLOCK_ROWS).map(|index| card(&scenery.faces[*index], false)).collect(),
        more: match (rest, person) {
            (0, _) => String::new(),
            (rest, Some(person)) => format!("{rest} more of {}", person.name),
            (rest, None) => format!("{rest} more without an owner"),
        },
        href: if href.is_empty() { format!("{stage}index.html") } else { href.to_string() },
    }
}
