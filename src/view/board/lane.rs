//! A column of the board: its cards, or its blocks by owner, or a strip with its count.

use std::collections::BTreeMap;

use serde::Serialize;

use super::warnings;
use crate::date;
use crate::model::Stage;
use crate::view::{Chip, Face, Field, Group, Person, STATES, Scenery, State, StateEntry, StatusMark};
use crate::words;

/// Rows of an owner's block, and blocks of a column.
const BLOCK_ROWS: usize = 11;
const BLOCKS: usize = 16;
/// A closed stage says how many documents changed in so many days.
const RECENT: i64 = 30;

/// How a lane is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    /// Cards below each other; rows where the board is dense.
    Cards,
    /// The same in two columns.
    Two,
    /// By owner, in two columns.
    Blocks,
    /// Its count only.
    Fold,
}

/// One stage, owner, kind or tag.
#[derive(Serialize)]
pub(super) struct Lane<'a> {
    /// Its place on the page: `c-active`.
    pub anchor: String,
    /// What its documents have in common, as filters say it: `status:active`.
    pub word: String,
    /// The stage, of a stage's lane.
    pub status: Option<&'a StatusMark>,
    person: Option<&'a Person>,
    icon: &'static str,
    pub label: &'a str,
    /// All documents of the lane.
    pub count: usize,
    /// Those with a signal.
    warnings: usize,
    /// How it is drawn: `cards`, `two`, `blocks` or `fold`.
    form: &'static str,
    /// Folded on a phone: a closed stage.
    shut: bool,
    /// Cards, in one or two columns.
    decks: Vec<Vec<Card<'a>>>,
    /// Cards by owner, in two columns.
    blocks: Vec<Vec<Block<'a>>>,
    /// Holds the documents of all groups that have no lane.
    rest: bool,
    /// `18 more in Draft`, or empty.
    more: String,
    /// Where all of them are.
    pub href: String,
    /// `6 in the last 30 days`, of a fold; may be empty.
    recent: String,
    /// What would bring a document here, of an empty stage: `archived`.
    hint: &'static str,
}

/// A document. The same for cards and rows, so that the reader can choose.
#[derive(Serialize)]
struct Card<'a> {
    face: &'a Face,
    /// At most two signals.
    chips: &'a [Chip],
    /// Small: a closed document with the one fact that matters.
    small: bool,
    /// Says its status, because the column doesn't.
    status: bool,
    /// The icon of a row, with its colour and its meaning.
    sign: Sign,
}

/// An icon and what it means.
#[derive(Clone, Serialize)]
pub(super) struct Sign {
    icon: &'static str,
    class: &'static str,
    word: String,
}

/// What somebody owns, within a lane.
#[derive(Serialize)]
struct Block<'a> {
    label: String,
    person: Option<&'a Person>,
    /// Address of the owner's page; empty for those without one.
    lead: &'a str,
    count: usize,
    /// The worst signals and how many have them.
    signs: Vec<(Sign, usize)>,
    /// Its documents, the most pressing first.
    cards: Vec<Card<'a>>,
    /// Holds what other owners have.
    rest: bool,
    more: String,
    href: String,
}

impl Lane<'_> {
    /// All its documents stand on the page.
    pub(super) fn whole(&self) -> bool {
        let shown: usize = self.decks.iter().map(Vec::len).sum();
        let blocks: usize = self.blocks.iter().flatten().map(|block| block.cards.len()).sum();
        shown + blocks == self.count
    }
}

/// Makes a lane of some of a group's documents, in the order of the board.
pub(super) fn lane<'s>(
    scenery: &'s Scenery<'_>,
    field: Field,
    group: &'s Group,
    members: &[usize],
    form: Form,
    limit: usize,
) -> Lane<'s> {
    let (stage, status) = group.stage.as_ref().map(|(stage, status)| (*stage, status)).unzip();
    let shut = stage.is_some_and(|stage| !stage.live() && stage != Stage::Unknown);
    let carded = matches!(form, Form::Cards | Form::Two);
    let wide = if form == Form::Two { 2 } else { 1 };
    let mut decks: Vec<Vec<Card>> = (0..wide).map(|_| Vec::new()).collect();
    for (at, index) in members.iter().take(if carded { limit } else { 0 }).enumerate() {
        decks[at % wide].push(card(&scenery.faces[*index], field != Field::Status));
    }
    decks.retain(|deck| !deck.is_empty());
    let rest = if carded { members.len().saturating_sub(limit) } else { 0 };
    Lane {
        anchor: format!("c-{}", group.word),
        word: format!("{}:{}", field.name(), group.word),
        status,
        person: group.person.as_ref(),
        icon: group.icon,
        label: &group.label,
        count: members.len(),
        warnings: warnings(scenery, members),
        form: match form {
            Form::Cards => "cards",
            Form::Two => "two",
            Form::Blocks => "blocks",
            Form::Fold => "fold",
        },
        shut,
        decks,
        blocks: if form == Form::Blocks { blocks(scenery, group) } else { Vec::new() },
        rest: false,
        more: if rest > 0 { format!("{rest} more in {}", group.label) } else { String::new() },
        href: format!("{}index.html", group.address),
        recent: match recent(scenery, members) {
            count if form == Form::Fold && count > 0 => format!("{count} in the last {RECENT} days"),
            _ => String::new(),
        },
        hint: stage.filter(|_| members.is_empty()).map_or("", Stage::word),
    }
}

/// Stands for the groups that have no lane of their own.
pub(super) fn others<'s>(field: Field, groups: usize, documents: usize) -> Lane<'s> {
    let [_, label, _, several, href] = field.words();
    Lane {
        anchor: "c--more".into(),
        word: String::new(),
        status: None,
        person: None,
        icon: "documents",
        label: "Others",
        count: documents,
        warnings: 0,
        form: "cards",
        shut: false,
        decks: Vec::new(),
        blocks: Vec::new(),
        rest: true,
        more: words::count(groups, &format!("more {}", label.to_lowercase()), &format!("more {several}")),
        href: href.into(),
        recent: String::new(),
        hint: "",
    }
}

/// How many changed lately, as they say themselves.
fn recent(scenery: &Scenery<'_>, members: &[usize]) -> usize {
    let scene = &scenery.scene;
    let changed = |index: &&usize| {
        let dates = &scene.collection.documents[**index].dates;
        let day = [&dates.updated, &dates.completed, &dates.decided].into_iter().flatten().map(|day| day.value).max();
        day.is_some_and(|day| (0..=RECENT).contains(&date::days_between(day, scene.today)))
    };
    members.iter().filter(changed).count()
}

fn card(face: &Face, status: bool) -> Card<'_> {
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
    Card { face, chips: &face.chips[..face.chips.len().min(2)], small: face.closed, status, sign }
}

/// A reason for attention as an icon.
pub(super) fn sign_of(entry: &StateEntry) -> Option<Sign> {
    Some(Sign { icon: entry.icon, class: entry.class, word: entry.label.into() })
}

/// A stage split by its documents' first owners, those with the most documents first, those without one on top.
fn blocks<'s>(scenery: &'s Scenery<'_>, group: &'s Group) -> Vec<Vec<Block<'s>>> {
    let mut owned: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
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
            label: words::count(others, "more owner", "more owners"),
            person: None,
            lead: "",
            count: left_out,
            signs: Vec::new(),
            cards: Vec::new(),
            rest: true,
            more: format!("All in {}", group.label),
            href: format!("{}index.html", group.address),
        });
    }
    columns.retain(|column| !column.is_empty());
    columns
}

fn block<'s>(scenery: &'s Scenery<'_>, lead: &'s str, members: &[usize], stage: &str) -> Block<'s> {
    let person = members.first().and_then(|index| scenery.faces[*index].owner.as_ref());
    let rest = members.len().saturating_sub(BLOCK_ROWS);
    let count = |word: &str| {
        let worst = |index: &&usize| scenery.faces[**index].chips.first().is_some_and(|chip| chip.word == word);
        members.iter().filter(worst).count()
    };
    let worst = STATES.iter().filter(|entry| matches!(entry.state, State::Expired | State::Blocked));
    Block {
        label: person.map_or("No owner", |person| person.name.as_str()).to_string(),
        person,
        lead,
        count: members.len(),
        signs: worst
            .filter_map(sign_of)
            .map(|sign| (sign.clone(), count(&sign.word)))
            .filter(|(_, count)| *count > 0)
            .collect(),
        cards: members.iter().take(BLOCK_ROWS).map(|index| card(&scenery.faces[*index], false)).collect(),
        rest: false,
        more: match (rest, person) {
            (0, _) => String::new(),
            (rest, Some(person)) => format!("{rest} more of {}", person.name),
            (rest, None) => format!("{rest} more without an owner"),
        },
        href: if lead.is_empty() { format!("{stage}index.html") } else { lead.to_string() },
    }
}
