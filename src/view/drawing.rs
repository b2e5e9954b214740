//! Where the documents of a picture stand, and how the lines between them run: numbers in, numbers out.
//!
//! A layered layout with a wish of its own, which is why it isn't a library's: what supersedes stands below what it
//! supersedes, everything else runs sideways. Documents that supersede each other are a stack; stacks stand in columns,
//! what comes first to the left. Lines run in the lanes between columns and rows only, each on a track of its own, so
//! that none crosses a box or lies upon another. Circles are broken where they close, and nothing recurses.

mod lanes;

use std::collections::{BTreeMap, BTreeSet};

use lanes::route;

/// Width and height of a box.
pub(super) const BOX: (u32, u32) = (186, 46);
/// Boxes of one row of a stack.
const ABREAST: usize = 4;
/// Rows of a column; what is beyond stands in a further column.
const ROWS: usize = 12;
/// How often columns look at their neighbours to find their order.
const SWEEPS: usize = 6;

/// A line to be drawn between two boxes, which differ.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Tie {
    pub from: usize,
    pub to: usize,
    pub way: Way,
}

/// Which way a line runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Way {
    /// From the top of the one to the bottom of the other.
    Up,
    /// To the right.
    Right,
    /// To the left.
    Left,
}

/// A picture. All numbers are pixels, from the upper left corner.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Drawing {
    pub width: u32,
    pub height: u32,
    /// The upper left corner of each box.
    pub boxes: Vec<(u32, u32)>,
    /// For each tie the corners of its line, both ends among them.
    pub lines: Vec<Vec<(u32, u32)>>,
}

/// A box's place in the grid.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
struct Cell {
    column: usize,
    row: usize,
}

/// Documents that supersede each other.
#[derive(Debug, Default)]
struct Stack {
    members: Vec<usize>,
    width: usize,
    height: usize,
}

/// Draws so many boxes and the ties between them. Ties of a box with itself have no line.
pub(super) fn draw(count: usize, ties: &[Tie]) -> Drawing {
    let (stacks, of, inner) = stacks(count, ties);
    let columns = columns(&stacks, &of, &inner, ties);
    let rows = settle(&stacks, &of, &inner, ties, &columns);
    let mut cells = vec![Cell::default(); count];
    let mut first = 0;
    for column in &columns {
        for &stack in column {
            for &member in &stacks[stack].members {
                let row = (rows[stack] + inner[member].row as i64) as usize;
                cells[member] = Cell { column: first + inner[member].column, row };
            }
        }
        first += column.iter().map(|stack| stacks[*stack].width).max().unwrap_or(0);
    }
    squeeze(&mut cells);
    route(&cells, ties)
}

/// Longest paths: for each node a layer beyond those of all that come before it. Where the arcs go round in a circle
/// the node with the fewest arcs left to wait for goes first, so some arcs run back then.
fn layers(count: usize, arcs: &BTreeSet<(usize, usize)>) -> Vec<usize> {
    let (mut waits, mut after) = (vec![0_usize; count], vec![Vec::new(); count]);
    for &(before, then) in arcs {
        waits[then] += 1;
        after[before].push(then);
    }
    let mut queue: BTreeSet<(usize, usize)> = (0..count).map(|node| (waits[node], node)).collect();
    let mut layer = vec![0_usize; count];
    while let Some((_, node)) = queue.pop_first() {
        for &then in &after[node] {
            // what went first in a circle is not waiting any more
            if queue.remove(&(waits[then], then)) {
                waits[then] -= 1;
                layer[then] = layer[then].max(layer[node] + 1);
                queue.insert((waits[then], then));
            }
        }
    }
    // what nothing comes before stands next to what comes after it
    let mut entered = vec![false; count];
    arcs.iter().for_each(|(_, then)| entered[*then] = true);
    for node in (0..count).filter(|node| !entered[*node]) {
        let nearest = after[node].iter().map(|then| layer[*then]).min();
        layer[node] = nearest.map_or(0, |nearest| nearest.saturating_sub(1));
    }
    layer
}

/// The stacks, the stack of each box, and the place of each box in its stack.
fn stacks(count: usize, ties: &[Tie]) -> (Vec<Stack>, Vec<usize>, Vec<Cell>) {
    let ups = || ties.iter().filter(|tie| tie.way == Way::Up && tie.from != tie.to);
    let roots = components(count, ups().map(|tie| (tie.from, tie.to)));
    let mut known: BTreeMap<usize, usize> = BTreeMap::new();
    let (mut stacks, mut of): (Vec<Stack>, Vec<usize>) = (Vec::new(), Vec::new());
    for (member, root) in roots.into_iter().enumerate() {
        let stack = *known.entry(root).or_insert_with(|| {
            stacks.push(Stack::default());
            stacks.len() - 1
        });
        stacks[stack].members.push(member);
        of.push(stack);
    }
    // the oldest are the first layer and the uppermost row
    let levels = layers(count, &ups().map(|tie| (tie.to, tie.from)).collect());
    let mut newer: Vec<Vec<usize>> = vec![Vec::new(); count];
    ups().for_each(|tie| newer[tie.to].push(tie.from));
    let mut inner = vec![Cell::default(); count];
    for stack in &mut stacks {
        let mut by_level: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        stack.members.iter().for_each(|member| by_level.entry(levels[*member]).or_default().push(*member));
        // From below, so that each can stand above what supersedes it. Rows are counted from below at first.
        let mut row = 0;
        for level in by_level.values_mut().rev() {
            let wish = |member: usize| newer[member].iter().map(|newer| inner[*newer].column).min().unwrap_or(0);
            let mut wished: Vec<(usize, usize)> = level.iter().map(|member| (wish(*member), *member)).collect();
            wished.sort_unstable();
            for abreast in wished.chunks(ABREAST) {
                let mut free = 0;
                for (at, &(wish, member)) in abreast.iter().enumerate() {
                    let column = wish.min(ABREAST - (abreast.len() - at)).max(free);
                    inner[member] = Cell { column, row };
                    free = column + 1;
                    stack.width = stack.width.max(free);
                }
                row += 1;
            }
        }
        stack.height = row;
        stack.members.iter().for_each(|member| inner[*member].row = row - 1 - inner[*member].row);
    }
    (stacks, of, inner)
}

/// For each node the least node it hangs together with.
pub(super) fn components(count: usize, pairs: impl Iterator<Item = (usize, usize)>) -> Vec<usize> {
    let mut above: Vec<usize> = (0..count).collect();
    fn root(above: &mut [usize], mut node: usize) -> usize {
        while above[node] != node {
            above[node] = above[above[node]];
            node = above[node];
        }
        node
    }
    for (a, b) in pairs {
        let (a, b) = (root(&mut above, a), root(&mut above, b));
        above[a.max(b)] = a.min(b);
    }
    (0..count).map(|node| root(&mut above, node)).collect()
}

/// The stacks of each column, so that what comes first stands to the left.
fn columns(stacks: &[Stack], of: &[usize], inner: &[Cell], ties: &[Tie]) -> Vec<Vec<usize>> {
    let sideways = ties.iter().filter(|tie| tie.way != Way::Up && of[tie.from] != of[tie.to]);
    let arc = |tie: &Tie| match tie.way {
        Way::Left => (of[tie.to], of[tie.from]),
        _ => (of[tie.from], of[tie.to]),
    };
    let layer = layers(stacks.len(), &sideways.map(arc).collect());
    let mut layered: Vec<Vec<usize>> = vec![Vec::new(); layer.iter().max().map_or(0, |last| last + 1)];
    (0..stacks.len()).for_each(|stack| layered[layer[stack]].push(stack));
    let wishes = Wishes::new(stacks.len(), of, inner, ties);
    let (mut columns, mut tops) = (Vec::new(), vec![0; stacks.len()]);
    for mut stacked in layered {
        let wish = |stack: &usize| wishes.of(*stack, &tops, |other| layer[other] < layer[*stack]);
        stacked.sort_by_cached_key(|stack| (wish(stack).unwrap_or(i64::MAX), *stack));
        let rows: usize = stacked.iter().map(|stack| stacks[*stack].height).sum();
        let most = rows.div_ceil(rows.div_ceil(ROWS).max(1));
        let (mut column, mut height) = (Vec::new(), 0);
        for stack in stacked {
            if height > 0 && height + stacks[stack].height > most {
                columns.push(std::mem::take(&mut column));
                height = 0;
            }
            tops[stack] = height as i64;
            height += stacks[stack].height;
            column.push(stack);
        }
        columns.push(column);
    }
    columns
}

/// Who wants to stand at the height of whom.
struct Wishes {
    /// For each stack: another one, and how much higher this one's top should be than that one's, in rows.
    others: Vec<Vec<(usize, i64)>>,
}

impl Wishes {
    fn new(count: usize, of: &[usize], inner: &[Cell], ties: &[Tie]) -> Wishes {
        let mut others = vec![Vec::new(); count];
        for tie in ties.iter().filter(|tie| of[tie.from] != of[tie.to]) {
            let lower = inner[tie.to].row as i64 - inner[tie.from].row as i64;
            others[of[tie.from]].push((of[tie.to], lower));
            others[of[tie.to]].push((of[tie.from], -lower));
        }
        Wishes { others }
    }

    /// The top that suits a stack best, in hundredths of a row; absent where nobody asks for any.
    fn of(&self, stack: usize, tops: &[i64], count: impl Fn(usize) -> bool) -> Option<i64> {
        let asked = || self.others[stack].iter().filter(|(other, _)| count(*other));
        let sum: i64 = asked().map(|(other, lower)| (tops[*other] + lower) * 100).sum();
        let number = asked().count() as i64;
        (number > 0).then(|| sum / number)
    }
}

/// The top row of each stack: near those it is tied to, above or below its neighbours of the same column.
fn settle(stacks: &[Stack], of: &[usize], inner: &[Cell], ties: &[Tie], columns: &[Vec<usize>]) -> Vec<i64> {
    let wishes = Wishes::new(stacks.len(), of, inner, ties);
    let mut tops = vec![0; stacks.len()];
    for column in columns {
        let mut free = 0;
        for &stack in column {
            tops[stack] = free;
            free += stacks[stack].height as i64;
        }
    }
    for sweep in 0..SWEEPS {
        for at in 0..columns.len() {
            let column = &columns[if sweep % 2 == 0 { at } else { columns.len() - 1 - at }];
            let wish = |stack: usize| wishes.of(stack, &tops, |_| true).unwrap_or(tops[stack] * 100);
            let mut wished: Vec<(i64, usize)> = column.iter().map(|stack| (wish(*stack), *stack)).collect();
            wished.sort_unstable();
            for (stack, top) in packed(&wished, stacks) {
                tops[stack] = top;
            }
        }
    }
    let least = tops.iter().copied().min().unwrap_or(0);
    tops.iter().map(|top| top - least).collect()
}

/// As near to the wished tops as can be without standing on each other: neighbours that are in each other's way become
/// a block, which stands where its members wish on average.
fn packed(wished: &[(i64, usize)], stacks: &[Stack]) -> Vec<(usize, i64)> {
    struct Block {
        first: usize,
        height: i64,
        wish: i64,
        count: i64,
    }
    impl Block {
        fn top(&self) -> i64 {
            (self.wish + 50 * self.count).div_euclid(100 * self.count)
        }
    }
    let mut blocks: Vec<Block> = Vec::new();
    for (at, (wish, stack)) in wished.iter().enumerate() {
        let mut block = Block { first: at, height: stacks[*stack].height as i64, wish: *wish, count: 1 };
        while let Some(above) = blocks.pop_if(|above| above.top() + above.height > block.top()) {
            block = Block {
                first: above.first,
                height: above.height + block.height,
                wish: above.wish + block.wish - above.height * 100 * block.count,
                count: above.count + block.count,
            };
        }
        blocks.push(block);
    }
    let mut placed = Vec::with_capacity(wished.len());
    for block in blocks {
        let mut top = block.top();
        for (_, stack) in &wished[block.first..block.first + block.count as usize] {
            placed.push((*stack, top));
            top += stacks[*stack].height as i64;
        }
    }
    placed
}

/// Takes out rows and columns in which nothing stands.
fn squeeze(cells: &mut [Cell]) {
    let numbered = |used: BTreeSet<usize>| -> BTreeMap<usize, usize> {
        used.into_iter().enumerate().map(|(number, was)| (was, number)).collect()
    };
    let rows = numbered(cells.iter().map(|cell| cell.row).collect());
    let columns = numbered(cells.iter().map(|cell| cell.column).collect());
    for cell in cells {
        *cell = Cell { column: columns[&cell.column], row: rows[&cell.row] };
    }
}

#[cfg(test)]
mod tests;
