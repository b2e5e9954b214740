//! The lines of a picture: which side of a box they leave, which lanes they take, and which track of a lane is theirs.
//!
//! Lane `n` of the columns lies left of column `n`, lane `n` of the rows above row `n`; there is one more at each end.
//! How wide a lane is follows from its tracks, so all is first decided in the grid and measured at the end.

use std::collections::{BTreeMap, BTreeSet};

use super::{BOX, Cell, Drawing, Tie, Way};

/// Width of a lane between columns and of one between rows, and of those at the edge.
const BETWEEN: (u32, u32) = (32, 22);
const EDGE: (u32, u32) = (10, 12);
/// From track to track, and from the first and last track to the boxes.
const TRACK: u32 = 6;
const ASIDE: (u32, u32) = (13, 10);
/// Where the first line that runs upward meets a box, from the left.
const FIRST: u32 = 30;

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Side {
    Left,
    Right,
    Top,
    Bottom,
}

/// A stretch of a line in a lane.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Leg {
    /// Up or down in a lane between columns.
    Down(usize),
    /// Across in a lane between rows.
    Across(usize),
}

/// Where a line meets a box: the cell at its other end, the tie, and whether it leaves here.
struct Port {
    other: Cell,
    tie: usize,
    out: bool,
}

/// Draws the lines between boxes that stand in the grid.
pub(super) fn route(cells: &[Cell], ties: &[Tie]) -> Drawing {
    let sides: Vec<(Side, Side)> = ties.iter().map(|tie| sides(cells, tie)).collect();
    let straight = straight(cells, ties, &sides);
    let meets = meets(cells, ties, &sides, &straight);
    let legs: Vec<Vec<Leg>> = ties
        .iter()
        .enumerate()
        .map(|(at, tie)| if straight[at] { Vec::new() } else { legs(cells[tie.from], cells[tie.to], sides[at]) })
        .collect();
    let (down, across) = tracks(cells, ties, &meets, &legs);
    let size = |lane: fn(&Cell) -> usize| cells.iter().map(lane).max().map_or(0, |last| last + 1);
    let x = Scale::new(size(|cell| cell.column), BOX.0, (BETWEEN.0, EDGE.0, ASIDE.0), &down);
    let y = Scale::new(size(|cell| cell.row), BOX.1, (BETWEEN.1, EDGE.1, ASIDE.1), &across);
    let boxes: Vec<(u32, u32)> = cells.iter().map(|cell| (x.boxes[cell.column], y.boxes[cell.row])).collect();
    let end = |node: usize, side: Side, meet: u32| {
        let (x, y) = boxes[node];
        match side {
            Side::Left => (x, y + meet),
            Side::Right => (x + BOX.0, y + meet),
            Side::Top => (x + meet, y),
            Side::Bottom => (x + meet, y + BOX.1),
        }
    };
    let line = |at: usize| {
        let (tie, (out, into)) = (&ties[at], sides[at]);
        if tie.from == tie.to {
            return Vec::new();
        }
        let (start, stop) = (end(tie.from, out, meets[at][0]), end(tie.to, into, meets[at][1]));
        let (mut points, mut here) = (vec![start], start);
        for (nth, leg) in legs[at].iter().enumerate() {
            here = match leg {
                Leg::Down(lane) => (x.track(*lane, down.given[&(at, nth)]), here.1),
                Leg::Across(lane) => (here.0, y.track(*lane, across.given[&(at, nth)])),
            };
            points.push(here);
        }
        match legs[at].last() {
            Some(Leg::Down(_)) => points.push((here.0, stop.1)),
            Some(Leg::Across(_)) => points.push((stop.0, here.1)),
            None => {}
        }
        points.push(stop);
        points.dedup();
        points
    };
    let lines = (0..ties.len()).map(line).collect();
    Drawing { width: x.length, height: y.length, boxes, lines }
}

/// Which lines are one stroke: of each side of a box at most one.
fn straight(cells: &[Cell], ties: &[Tie], sides: &[(Side, Side)]) -> Vec<bool> {
    let taken: BTreeSet<Cell> = cells.iter().copied().collect();
    let mut used: BTreeSet<(usize, Side)> = BTreeSet::new();
    let mut straight = vec![false; ties.len()];
    for (at, (tie, (out, into))) in ties.iter().zip(sides).enumerate() {
        let ends = [(tie.from, *out), (tie.to, *into)];
        if in_sight(cells[tie.from], cells[tie.to], tie, &taken) && !ends.iter().any(|end| used.contains(end)) {
            straight[at] = true;
            used.extend(ends);
        }
    }
    straight
}

/// Where each line meets its two boxes: from the top on the left and right, from the left above and below.
fn meets(cells: &[Cell], ties: &[Tie], sides: &[(Side, Side)], straight: &[bool]) -> Vec<[u32; 2]> {
    let mut ports: BTreeMap<(usize, Side), Vec<Port>> = BTreeMap::new();
    for (at, (tie, (out, into))) in ties.iter().zip(sides).enumerate() {
        ports.entry((tie.from, *out)).or_default().push(Port { other: cells[tie.to], tie: at, out: true });
        ports.entry((tie.to, *into)).or_default().push(Port { other: cells[tie.from], tie: at, out: false });
    }
    let mut meets = vec![[0; 2]; ties.len()];
    for ((_, side), ports) in &mut ports {
        let flat = matches!(side, Side::Left | Side::Right);
        let toward = |other: Cell| if flat { (other.row, other.column) } else { (other.column, other.row) };
        ports.sort_by_key(|port| (toward(port.other), port.tie, port.out));
        let middle = ports.iter().position(|port| straight[port.tie]);
        for (rank, port) in ports.iter().enumerate() {
            meets[port.tie][usize::from(!port.out)] = offset(*side, rank, ports.len(), middle);
        }
    }
    meets
}

fn sides(cells: &[Cell], tie: &Tie) -> (Side, Side) {
    let (from, to) = (cells[tie.from].column, cells[tie.to].column);
    match tie.way {
        Way::Up => (Side::Top, Side::Bottom),
        _ if from < to => (Side::Right, Side::Left),
        _ if from > to => (Side::Left, Side::Right),
        // one above the other: round the right side
        _ => (Side::Right, Side::Right),
    }
}

/// Whether the line can be one stroke: nothing stands between.
fn in_sight(from: Cell, to: Cell, tie: &Tie, taken: &BTreeSet<Cell>) -> bool {
    if tie.way == Way::Up {
        let between = |row| taken.contains(&Cell { column: from.column, row });
        return from.column == to.column && to.row < from.row && !(to.row + 1..from.row).any(between);
    }
    let between = |column| taken.contains(&Cell { column, row: from.row });
    let (left, right) = (from.column.min(to.column), from.column.max(to.column));
    from.row == to.row && left < right && !(left + 1..right).any(between)
}

/// Where the line of a rank among all of a side meets the box; one that is one stroke meets it in the middle. Others keep
/// to different pixels on opposite sides, so that two that run toward each other never lie upon each other. A hub has
/// more lines than there is room for: then some meet it at the same place.
fn offset(side: Side, rank: usize, all: usize, middle: Option<usize>) -> u32 {
    let flat = matches!(side, Side::Left | Side::Right);
    if middle == Some(rank) {
        return if flat { BOX.1 / 2 } else { FIRST };
    }
    // lines before and after the middle one have their half each
    let (start, room, rank, all) = match middle {
        Some(middle) if flat && rank < middle => (0, BOX.1 / 2, rank, middle),
        Some(middle) if flat => (BOX.1 / 2, BOX.1 / 2, rank - middle - 1, all - middle - 1),
        Some(middle) if rank < middle => (FIRST, BOX.0 - 2 * FIRST, rank + 1, all),
        _ if flat => (0, BOX.1, rank, all),
        _ => (FIRST, BOX.0 - 2 * FIRST, rank, all),
    };
    let (rank, all) = (rank as u32, all as u32);
    let beside = start + room * (rank + 1) / (all + 1);
    let below = start + rank * (room / all).min(16);
    match side {
        Side::Left => beside / 4 * 4,
        Side::Right => beside / 4 * 4 + 2,
        Side::Top => below / 8 * 8,
        Side::Bottom => below / 8 * 8 + 4,
    }
}

/// The lanes a line takes.
fn legs(from: Cell, to: Cell, (out, into): (Side, Side)) -> Vec<Leg> {
    if out == Side::Top {
        let (above, below) = (from.row, to.row + 1);
        if above == below {
            return vec![Leg::Across(above)];
        }
        let lane = if from.column <= to.column { to.column } else { to.column + 1 };
        return vec![Leg::Across(above), Leg::Down(lane), Leg::Across(below)];
    }
    let beside = |cell: Cell, side: Side| if side == Side::Left { cell.column } else { cell.column + 1 };
    let (first, last) = (beside(from, out), beside(to, into));
    if first == last {
        return vec![Leg::Down(first)];
    }
    let row = if to.row > from.row { to.row } else { to.row + 1 };
    vec![Leg::Down(first), Leg::Across(row), Leg::Down(last)]
}

/// Which track of its lane each leg has, and how many tracks each lane has.
#[derive(Debug, Default)]
struct Tracks {
    /// By tie and number of the leg.
    given: BTreeMap<(usize, usize), u32>,
    /// By lane.
    counts: BTreeMap<usize, u32>,
}

/// Positions along a lane, before anything is measured: a lane across takes `STEP`, and so does what lies between two.
const STEP: u32 = 1000;

fn tracks(cells: &[Cell], ties: &[Tie], meets: &[[u32; 2]], legs: &[Vec<Leg>]) -> (Tracks, Tracks) {
    let point = |number: usize, meet: u32| {
        let at = (2 * number as u32 + 1) * STEP + meet;
        (at, at)
    };
    let lane = |number: usize| (2 * number as u32 * STEP, (2 * number as u32 + 1) * STEP - 1);
    let (mut down, mut across) = (Vec::new(), Vec::new());
    for (at, tie) in ties.iter().enumerate().filter(|(_, tie)| tie.from != tie.to) {
        let end = |leg: &Leg, node: usize, meet: u32| match leg {
            Leg::Down(_) => point(cells[node].row, meet),
            Leg::Across(_) => point(cells[node].column, meet),
        };
        let other = |leg: &Leg| match leg {
            Leg::Down(number) | Leg::Across(number) => lane(*number),
        };
        for (nth, leg) in legs[at].iter().enumerate() {
            let before =
                nth.checked_sub(1).map_or_else(|| end(leg, tie.from, meets[at][0]), |was| other(&legs[at][was]));
            let after = legs[at].get(nth + 1).map_or_else(|| end(leg, tie.to, meets[at][1]), other);
            let stretch = (before.0.min(after.0), before.1.max(after.1));
            match leg {
                Leg::Down(lane) => down.push((*lane, stretch, at, nth)),
                Leg::Across(lane) => across.push((*lane, stretch, at, nth)),
            }
        }
    }
    (given(down), given(across))
}

/// Gives each stretch the first track of its lane that is free there.
fn given(mut stretches: Vec<(usize, (u32, u32), usize, usize)>) -> Tracks {
    stretches.sort_unstable();
    let mut tracks = Tracks::default();
    let mut ends: BTreeMap<usize, Vec<u32>> = BTreeMap::new();
    for (lane, (start, stop), tie, leg) in stretches {
        let ends = ends.entry(lane).or_default();
        let track = ends.iter().position(|end| *end < start).unwrap_or(ends.len());
        if track == ends.len() {
            ends.push(stop);
        }
        ends[track] = stop;
        tracks.given.insert((tie, leg), track as u32);
        tracks.counts.insert(lane, ends.len() as u32);
    }
    tracks
}

/// What the grid measures in one direction.
struct Scale {
    /// Where each column or row of boxes begins.
    boxes: Vec<u32>,
    /// For each lane where its first track is.
    tracks: Vec<u32>,
    length: u32,
}

impl Scale {
    /// `least` is the width of a lane between boxes, of one at the edge, and the room beside its tracks.
    fn new(count: usize, size: u32, (between, edge, aside): (u32, u32, u32), tracks: &Tracks) -> Scale {
        let mut scale = Scale { boxes: Vec::new(), tracks: Vec::new(), length: 0 };
        for lane in 0..=count {
            let least = if lane == 0 || lane == count { edge } else { between };
            let used = tracks.counts.get(&lane).map_or(0, |count| (count - 1) * TRACK);
            let width = if tracks.counts.contains_key(&lane) { least.max(used + 2 * aside) } else { least };
            scale.tracks.push(scale.length + (width - used) / 2);
            scale.length += width;
            if lane < count {
                scale.boxes.push(scale.length);
                scale.length += size;
            }
        }
        scale
    }

    fn track(&self, lane: usize, track: u32) -> u32 {
        self.tracks[lane] + track * TRACK
    }
}
