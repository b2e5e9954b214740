//! What always holds of a picture, on graphs that nobody would draw by hand.

use proptest::prelude::{Strategy, prop_oneof, proptest};
use proptest::{collection, prop_assert, prop_assert_eq};

use super::*;

fn tie(from: usize, to: usize, way: Way) -> Tie {
    Tie { from, to, way }
}

fn overlap(a: (u32, u32), b: (u32, u32)) -> bool {
    a.0 < b.0 + BOX.0 && b.0 < a.0 + BOX.0 && a.1 < b.1 + BOX.1 && b.1 < a.1 + BOX.1
}

/// Whether a stroke goes through the inside of a box.
fn crosses((x1, y1): (u32, u32), (x2, y2): (u32, u32), (x, y): (u32, u32)) -> bool {
    x1.max(x2) > x && x1.min(x2) < x + BOX.0 && y1.max(y2) > y && y1.min(y2) < y + BOX.1
}

/// All that is wrong with a picture of these ties.
fn wrong(count: usize, ties: &[Tie], drawing: &Drawing) -> Vec<String> {
    let mut wrong = Vec::new();
    let boxes = &drawing.boxes;
    for a in 0..count {
        if boxes[a].0 + BOX.0 > drawing.width || boxes[a].1 + BOX.1 > drawing.height {
            wrong.push(format!("box {a} is outside"));
        }
        wrong.extend((0..a).filter(|b| overlap(boxes[a], boxes[*b])).map(|b| format!("{a} lies on {b}")));
    }
    for (tie, line) in ties.iter().zip(&drawing.lines) {
        let [start, .., end] = line.as_slice() else {
            wrong.push(format!("{tie:?} has no line"));
            continue;
        };
        let on = |(x, y): (u32, u32), (left, top): (u32, u32)| {
            let across = (left..=left + BOX.0).contains(&x) && (top..=top + BOX.1).contains(&y);
            let flat = x == left || x == left + BOX.0;
            across && if tie.way == Way::Up { y == top || y == top + BOX.1 } else { flat }
        };
        if !on(*start, boxes[tie.from]) || !on(*end, boxes[tie.to]) {
            wrong.push(format!("{tie:?} does not meet its boxes: {line:?}"));
        }
        for stroke in line.windows(2) {
            let (a, b) = (stroke[0], stroke[1]);
            if a.0 != b.0 && a.1 != b.1 {
                wrong.push(format!("{tie:?} is askew: {line:?}"));
            }
            if a.0.max(b.0) > drawing.width || a.1.max(b.1) > drawing.height {
                wrong.push(format!("{tie:?} is outside: {line:?}"));
            }
            wrong.extend((0..count).filter(|at| crosses(a, b, boxes[*at])).map(|at| format!("{tie:?} crosses {at}")));
        }
    }
    wrong
}

/// Whether a stretch of one line lies upon one of another.
fn lies_upon(a: &[(u32, u32)], b: &[(u32, u32)]) -> bool {
    let upon = |a: &[(u32, u32)], b: &[(u32, u32)]| {
        let range = |one: u32, other: u32| (one.min(other), one.max(other));
        let shared = |a: (u32, u32), b: (u32, u32)| a.0.max(b.0) < a.1.min(b.1);
        let (down, across) = (a[0].0 == a[1].0, a[0].1 == a[1].1);
        (down && b[0].0 == b[1].0 && a[0].0 == b[0].0 && shared(range(a[0].1, a[1].1), range(b[0].1, b[1].1)))
            || (across && b[0].1 == b[1].1 && a[0].1 == b[0].1 && shared(range(a[0].0, a[1].0), range(b[0].0, b[1].0)))
    };
    a.windows(2).any(|a| b.windows(2).any(|b| upon(a, b)))
}

fn graph() -> impl Strategy<Value = (usize, Vec<Tie>)> {
    (2..24_usize).prop_flat_map(|count| {
        let way = prop_oneof![
            proptest::strategy::Just(Way::Up),
            proptest::strategy::Just(Way::Right),
            proptest::strategy::Just(Way::Left)
        ];
        let one = (0..count, 1..count, way).prop_map(move |(from, step, way)| tie(from, (from + step) % count, way));
        (proptest::strategy::Just(count), collection::vec(one, 0..60))
    })
}

proptest! {
    #[test]
    fn any_picture_is_sound((count, ties) in graph()) {
        let drawing = draw(count, &ties);
        prop_assert_eq!(wrong(count, &ties, &drawing), Vec::<String>::new());
        prop_assert_eq!(draw(count, &ties), drawing);
    }

    #[test]
    fn without_circles_what_supersedes_stands_below_and_what_comes_first_to_the_left((count, ties) in graph()) {
        // from the higher number to the lower there is no way back
        let ups: Vec<Tie> = ties.iter().filter(|tie| tie.way == Way::Up)
            .map(|one| tie(one.from.max(one.to), one.from.min(one.to), Way::Up)).collect();
        let drawing = draw(count, &ups);
        for tie in &ups {
            let (from, to) = (drawing.boxes[tie.from], drawing.boxes[tie.to]);
            prop_assert!(from.1 >= to.1 + BOX.1, "{tie:?}");
        }
        let sideways: Vec<Tie> = ties.iter().map(|one| tie(one.from.min(one.to), one.from.max(one.to), Way::Right)).collect();
        let drawing = draw(count, &sideways);
        for tie in &sideways {
            let (from, to) = (drawing.boxes[tie.from], drawing.boxes[tie.to]);
            prop_assert!(from.0 + BOX.0 <= to.0, "{tie:?}");
        }
    }
}

#[test]
fn a_chain_stands_upright_and_its_neighbours_beside_it() {
    // 0 supersedes 1, which supersedes 2; 3 decides 0, and 4 needs 0
    let ties = [tie(0, 1, Way::Up), tie(1, 2, Way::Up), tie(3, 0, Way::Right), tie(4, 0, Way::Left)];
    let drawing = draw(5, &ties);
    let (boxes, lines) = (&drawing.boxes, &drawing.lines);
    assert!(boxes[0].0 == boxes[1].0 && boxes[1].0 == boxes[2].0, "{boxes:?}");
    assert!(boxes[0].1 > boxes[1].1 && boxes[1].1 > boxes[2].1, "{boxes:?}");
    assert!(boxes[3].1 == boxes[0].1 && boxes[4].1 == boxes[0].1, "{boxes:?}");
    assert!(boxes[3].0 < boxes[0].0 && boxes[0].0 < boxes[4].0, "{boxes:?}");
    assert!(lines.iter().all(|line| line.len() == 2), "all are one stroke: {lines:?}");
}

#[test]
fn lines_do_not_lie_upon_each_other() {
    let mut ties: Vec<Tie> = (1..30).map(|at| tie(at, at / 3, Way::Left)).collect();
    ties.extend((1..15).map(|at| tie(at * 2, at, Way::Up)));
    ties.extend((1..12).map(|at| tie(at, 29 - at, Way::Right)));
    let drawing = draw(30, &ties);
    for (at, a) in drawing.lines.iter().enumerate() {
        for (other, b) in drawing.lines.iter().enumerate().take(at) {
            assert!(!lies_upon(a, b), "{:?} and {:?}: {a:?} {b:?}", ties[at], ties[other]);
        }
    }
}

#[test]
fn circles_and_nothing_have_pictures_too() {
    let ring: Vec<Tie> = (0..5).map(|at| tie(at, (at + 1) % 5, Way::Up)).collect();
    let drawing = draw(5, &ring);
    assert_eq!(wrong(5, &ring, &drawing), Vec::<String>::new());
    assert_eq!(draw(0, &[]).boxes, []);
    assert_eq!(draw(1, &[tie(0, 0, Way::Up)]).lines, [Vec::new()]);
}

#[test]
fn a_hub_with_many_neighbours_is_no_tower() {
    let ties: Vec<Tie> = (1..60).map(|at| tie(at, 0, Way::Left)).collect();
    let drawing = draw(60, &ties);
    assert!(drawing.height < 1200 && drawing.width < 2400, "{} by {}", drawing.width, drawing.height);
    assert_eq!(wrong(60, &ties, &drawing), Vec::<String>::new());
}
