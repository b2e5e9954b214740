//! A cluster as a drawing: boxes that are links, lines that differ in dash, tail and head, and the legend of them.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use crate::model::{Kind, RelationKind};
use crate::view::{BOX, Bond, Chip, Cluster, Drawing, Face, Scenery, Tie, Way, count_documents, draw, strength};
use crate::words;

/// Lines of one picture; the weakest kinds are left out first.
const LINES: usize = 150;
/// Radius of a line's corners.
const CORNER: i64 = 7;

/// How a line is drawn and what it says.
#[derive(Debug, Clone, Copy, Serialize)]
pub(super) struct Stroke {
    /// Class, and part of the marker's id: `sup`.
    pub class: &'static str,
    /// What it means: `supersedes`.
    pub word: &'static str,
    /// Its head: `full`, `open`, `dot`, or empty.
    pub head: &'static str,
    /// Its tail: `dot`, `bar`, or empty.
    pub tail: &'static str,
    /// A sign stands upon it.
    pub sign: bool,
    #[serde(skip)]
    way: Way,
}

const fn stroke(class: &'static str, word: &'static str, way: Way, head: &'static str, tail: &'static str) -> Stroke {
    Stroke { class, word, head, tail, sign: false, way }
}

/// All strokes, in the order of the legend. What comes first stands to the left.
const STROKES: &[Stroke] = &[
    stroke("dec", "decides", Way::Right, "open", "dot"),
    stroke("dep", "depends on", Way::Left, "open", ""),
    stroke("sup", "supersedes", Way::Up, "full", ""),
    stroke("one", "supersedes, one-sided", Way::Up, "full", ""),
    Stroke { sign: true, ..stroke("blk", "blocks", Way::Right, "full", "") },
    stroke("imp", "implements", Way::Left, "full", "bar"),
    stroke("bas", "based on", Way::Left, "open", "bar"),
    stroke("ame", "amends", Way::Left, "full", "dot"),
    stroke("rel", "related", Way::Right, "dot", "dot"),
    stroke("men", "mentions", Way::Right, "", ""),
];

/// A cluster's drawing. Addresses are relative to the site's root.
#[derive(Debug, Serialize)]
pub(super) struct Picture {
    /// Anchor of its heading: `ps-plan-023`.
    pub id: String,
    pub label: String,
    /// `9 documents, 12 relations`
    pub note: String,
    /// Of the drawing, in its own units, which are pixels at full size.
    pub width: u32,
    /// Its height, in the same units.
    pub height: u32,
    /// The relations, drawn below the boxes.
    lines: Vec<Line>,
    /// The documents.
    boxes: Vec<Node>,
    /// `40 of 190 relations between them have no room in the drawing`, or empty.
    pub rest: String,
    /// Which bonds are drawn.
    #[serde(skip)]
    pub drawn: BTreeSet<usize>,
    #[serde(skip)]
    strokes: BTreeSet<usize>,
}

#[derive(Debug, Serialize)]
struct Line {
    /// How it is drawn, and what that means.
    stroke: Stroke,
    /// The way of the line, as `d` of a path.
    path: String,
    /// Where its sign stands.
    x: u32,
    /// The sign's place from above.
    y: u32,
}

/// A document's box.
#[derive(Debug, Serialize)]
struct Node {
    /// Its left edge.
    x: u32,
    /// Its upper edge.
    y: u32,
    href: String,
    /// All of it in words, for those who hear it and for the pointer.
    name: String,
    /// `old`, `me` or empty.
    class: &'static str,
    icon: &'static str,
    /// Class of the icon's colour.
    tint: String,
    id: String,
    word: String,
    title: String,
}

impl Picture {
    /// Draws a cluster; `me` is the document that stands out.
    pub(super) fn new(scenery: &Scenery<'_>, cluster: &Cluster, me: Option<usize>) -> Picture {
        let (all, rest, drawn) = shown(&scenery.clusters().bonds, cluster);
        let at = |document: usize| cluster.members.binary_search(&document).unwrap_or(0);
        let strokes: Vec<usize> =
            drawn.iter().map(|bond| stroke_of(scenery, &scenery.clusters().bonds[*bond])).collect();
        let tie = |(bond, stroke): (&usize, &usize)| {
            let bond = &scenery.clusters().bonds[*bond];
            let to = bond.to.unwrap_or(bond.from);
            let back = weak(bond.kind) && standing(scenery, to) < standing(scenery, bond.from);
            Tie { from: at(bond.from), to: at(to), way: if back { Way::Left } else { STROKES[*stroke].way } }
        };
        let ties: Vec<Tie> = drawn.iter().zip(&strokes).map(tie).collect();
        let Drawing { width, height, boxes, lines } = draw(cluster.members.len(), &ties);
        let line = |(points, stroke): (&Vec<(u32, u32)>, &usize)| {
            let (x, y) = middle(points);
            Line { stroke: STROKES[*stroke], path: path(points), x, y }
        };
        let node = |(member, (x, y)): (&usize, &(u32, u32))| node(&scenery.faces[*member], *x, *y, me == Some(*member));
        Picture {
            id: format!("ps-{}", cluster.slug),
            label: cluster.label.clone(),
            note: note(cluster, all),
            width,
            height,
            lines: lines.iter().zip(&strokes).map(line).collect(),
            boxes: cluster.members.iter().zip(&boxes).map(node).collect(),
            rest: match rest {
                0 => String::new(),
                1 => "1 relation between them has no room in the drawing".into(),
                _ => format!("{rest} of {all} relations between them have no room in the drawing"),
            },
            drawn: with_returned(&scenery.clusters().bonds, cluster, drawn),
            strokes: strokes.into_iter().collect(),
        }
    }
}

/// The strokes of all pictures, in the order of the legend.
pub(super) fn legend<'p>(pictures: impl Iterator<Item = &'p Picture>) -> Vec<Stroke> {
    let used: BTreeSet<usize> = pictures.flat_map(|picture| &picture.strokes).copied().collect();
    used.into_iter().map(|stroke| STROKES[stroke]).collect()
}

/// `9 documents, 12 relations`
fn note(cluster: &Cluster, relations: usize) -> String {
    let documents = match cluster.whole {
        Some(whole) => format!("{} of {whole} documents that hang together", cluster.members.len()),
        None => count_documents(cluster.members.len()),
    };
    format!("{documents}, {}", words::count(relations, "relation", "relations"))
}

/// How many relations there are between a cluster's documents, for how many there is no room, and which are drawn: that
/// two documents are related or mention each other is drawn where nothing stronger is; of all the strongest kinds.
fn shown(bonds: &[Bond], cluster: &Cluster) -> (usize, usize, Vec<usize>) {
    let mut all: Vec<usize> = cluster.between(bonds).collect();
    let count = all.len();
    all.sort_by_key(|bond| (strength(bonds[*bond].kind), *bond));
    let mut known: BTreeMap<(usize, usize), RelationKind> = BTreeMap::new();
    all.retain(|bond| {
        let Bond { kind, from, to, .. } = bonds[*bond];
        let to = to.unwrap_or(from);
        let pair = (from.min(to), from.max(to));
        let keep = !weak(kind) || !known.contains_key(&pair);
        known.entry(pair).or_insert(kind);
        keep
    });
    let rest = all.len().saturating_sub(LINES);
    all.truncate(LINES);
    (count, rest, all)
}

/// What is drawn, with the mentions that a drawn one answers: one line stands for both.
fn with_returned(bonds: &[Bond], cluster: &Cluster, drawn: Vec<usize>) -> BTreeSet<usize> {
    let ends = |bond: usize| (bonds[bond].from, bonds[bond].to.unwrap_or(bonds[bond].from));
    let mention = |bond: &&usize| !bonds[**bond].stated();
    let lines: BTreeSet<(usize, usize)> = drawn.iter().filter(mention).map(|bond| ends(*bond)).collect();
    let returned = cluster.bonds.iter().filter(mention).filter(|bond| {
        let (from, to) = ends(**bond);
        lines.contains(&(to, from))
    });
    returned.copied().collect::<Vec<_>>().into_iter().chain(drawn).collect()
}

/// Says that two documents belong together, but not which comes first.
fn weak(kind: RelationKind) -> bool {
    matches!(kind, RelationKind::Related | RelationKind::Mentions)
}

/// Which of two documents that a relation doesn't order stands to the left: questions, then decisions, then the work.
fn standing(scenery: &Scenery<'_>, document: usize) -> usize {
    match scenery.scene.collection.documents[document].kind {
        Kind::Research | Kind::Rfc | Kind::Proposal | Kind::Goal => 0,
        Kind::Adr => 1,
        Kind::Spec => 2,
        Kind::Plan => 3,
        Kind::Tasks | Kind::Session | Kind::Page => 4,
    }
}

fn stroke_of(scenery: &Scenery<'_>, bond: &Bond) -> usize {
    let class = match bond.kind {
        RelationKind::Supersedes | RelationKind::SupersededBy if missed(scenery, bond) => "one",
        RelationKind::Supersedes | RelationKind::SupersededBy => "sup",
        RelationKind::DependsOn => "dep",
        RelationKind::Blocks => "blk",
        RelationKind::Decides => "dec",
        RelationKind::Implements => "imp",
        RelationKind::BasedOn => "bas",
        RelationKind::Amends => "ame",
        RelationKind::Related => "rel",
        RelationKind::Mentions => "men",
    };
    STROKES.iter().position(|stroke| stroke.class == class).unwrap_or(0)
}

/// Only one side names the supersession, and the rules of this collection mind.
fn missed(scenery: &Scenery<'_>, bond: &Bond) -> bool {
    let scene = &scenery.scene;
    let writer = scene.collection.relations[bond.at].from;
    let minded = |at: &usize| scene.judgement.findings[*at].rule == "one-sided-supersession";
    !bond.both && scenery.findings[writer].iter().any(minded)
}

/// The signal that counts more than the status, where there is one.
fn alarm(face: &Face) -> Option<&Chip> {
    face.chips.first().filter(|chip| matches!(chip.word, "Expired" | "Blocked"))
}

/// How a document stands, in a word: `expired`, `active`.
pub(super) fn stands(face: &Face) -> String {
    alarm(face).map_or(face.status.word.as_str(), |chip| chip.word).to_lowercase()
}

fn node(face: &Face, x: u32, y: u32, me: bool) -> Node {
    let (icon, tint, word) = match alarm(face) {
        Some(chip) => (chip.icon, "f-red".to_string(), chip.word),
        None => (face.status.icon, format!("st-{}", face.status.class), face.status.word.as_str()),
    };
    let superseded = face.status.class == "superseded";
    let call = if face.id.is_empty() { face.kind.label } else { &face.id };
    // the id goes first; a long word of a status takes what room is left
    let id = fit(call, 96, 12);
    let word_room = (BOX.0 - 44).saturating_sub(width(&id, 12)).max(48);
    Node {
        x,
        y,
        href: face.href.clone(),
        name: format!("{}, {word}", face.name()),
        class: if me {
            "me"
        } else if superseded {
            "old"
        } else {
            ""
        },
        icon,
        tint,
        word: fit(word, word_room, 12),
        id,
        title: fit(&face.title, (BOX.0 - 22) * 26 / 25, 13),
    }
}

/// As much of a text as goes into a width, by what letters measure in common faces; what they measure in the reader's
/// is not known here, so the box clips besides.
fn fit(text: &str, room: u32, size: u32) -> String {
    if width(text, size) <= room {
        return text.to_string();
    }
    let mut wide = width("…", size) * 100;
    let fits = |c: &char| {
        wide += letter(*c) * size;
        wide <= room * 100
    };
    let cut: String = text.chars().take_while(fits).collect();
    format!("{}…", cut.trim_end())
}

/// How wide a text is, in pixels.
fn width(text: &str, size: u32) -> u32 {
    text.chars().map(letter).sum::<u32>() * size / 100
}

/// How wide a letter is, in hundredths of its size.
fn letter(c: char) -> u32 {
    match c {
        'i' | 'j' | 'l' | 'I' | '.' | ',' | ':' | ';' | '\'' | '|' | '!' => 30,
        'f' | 't' | 'r' | '(' | ')' | '[' | ']' | ' ' | '-' | '/' => 38,
        'm' | 'w' | 'M' | 'W' | '@' | '…' => 92,
        'A'..='Z' => 70,
        '0'..='9' => 60,
        'a'..='z' => 55,
        _ if c.is_alphabetic() && (c as u32) < 0x1100 => 66,
        _ => 105,
    }
}

/// A line through its corners, rounded, as `d` of a path.
fn path(points: &[(u32, u32)]) -> String {
    let at = |index: usize| (i64::from(points[index].0), i64::from(points[index].1));
    let Some(first) = points.first() else { return String::new() };
    let mut path = format!("M{} {}", first.0, first.1);
    for index in 1..points.len() {
        let (x, y) = at(index);
        if index + 1 == points.len() {
            path += &format!("L{x} {y}");
            continue;
        }
        let (before, after) = (at(index - 1), at(index + 1));
        // corners are right angles, so one of the two differences is none
        let length = |(a, b): (i64, i64)| (a - x).abs() + (b - y).abs();
        let round = CORNER.min(length(before) / 2).min(length(after) / 2);
        let toward = |(a, b): (i64, i64)| (x + (a - x).signum() * round, y + (b - y).signum() * round);
        let (enter, leave) = (toward(before), toward(after));
        path += &format!("L{} {}Q{x} {y} {} {}", enter.0, enter.1, leave.0, leave.1);
    }
    path
}

/// The middle of the longest stretch of a line.
fn middle(points: &[(u32, u32)]) -> (u32, u32) {
    let length = |a: (u32, u32), b: (u32, u32)| a.0.abs_diff(b.0) + a.1.abs_diff(b.1);
    let longest = points.windows(2).max_by_key(|ends| length(ends[0], ends[1]));
    longest.map_or((0, 0), |ends| (u32::midpoint(ends[0].0, ends[1].0), u32::midpoint(ends[0].1, ends[1].1)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_rounded_and_straight_ones_stay_straight() {
        assert_eq!(path(&[(0, 0), (10, 0)]), "M0 0L10 0");
        assert_eq!(path(&[(0, 0), (20, 0), (20, 40)]), "M0 0L13 0Q20 0 20 7L20 40");
        assert_eq!(path(&[(0, 0), (4, 0), (4, 2), (9, 2)]), "M0 0L3 0Q4 0 4 1L4 1Q4 2 5 2L9 2");
        assert_eq!(path(&[]), "");
        assert_eq!(middle(&[(0, 0), (10, 0), (10, 60)]), (10, 30));
    }

    #[test]
    fn texts_are_cut_to_their_room() {
        assert_eq!(fit("PLAN-023", 96, 12), "PLAN-023");
        let cut = fit("Retire the nightly batch reconciler", 164, 13);
        assert!(cut.ends_with('…') && cut.starts_with("Retire the nightly") && width(&cut, 13) <= 164, "{cut}");
        let cut = fit("移行計画の概要と今後の進め方について", 164, 13);
        assert!(cut.ends_with('…') && width(&cut, 13) <= 164, "{cut}");
        assert_eq!(fit("x", 0, 12), "…");
    }

    #[test]
    fn no_two_strokes_look_alike() {
        let looks: BTreeSet<&str> = STROKES.iter().map(|stroke| stroke.class).collect();
        assert_eq!(looks.len(), STROKES.len());
    }
}
