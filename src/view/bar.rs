//! One row of the timeline, drawn: the bar with its share of tasks, what is past the expiry, the milestones, the label.
//!
//! Every place is in percent of the chart, so that the drawing is as wide as its row. The words beside the bar are the
//! only ones it has; the same facts stand as text in the row and in the table below the chart.

use serde::Serialize;

use crate::date::{self, Date};
use crate::model::{Freshness, Signal, Stage};
use crate::view::{Axis, Ending, Form, Life, Point, Scenery, percent, visible};
use crate::words;

/// A bar that ends in the last part of the chart has its label on the left.
const TURN: f64 = 86.0;
/// What a letter of a label takes at most, and what its icon and gaps do, on a chart of 760 pixels.
const LETTER: f64 = 0.84;
const GAPS: f64 = 3.5;
/// A milestone nearer than this pushes the label away.
const NEAR: f64 = 1.2;
/// Milestones drawn in one row. The table says how many there are.
const POINTS: usize = 60;
/// Up to so many have their words with them.
const TITLED: usize = 12;

/// One row.
#[derive(Debug, Serialize)]
pub(super) struct Bar {
    /// `dr`, `ok`, `old`, or empty for what is worked on.
    class: &'static str,
    /// From the first day to the last; absent for what has milestones only.
    bar: Option<Stretch>,
    /// The share of tasks.
    done: Option<Stretch>,
    /// The bar begins before the chart.
    cut: bool,
    /// Which end of the bar isn't known and has no cap: `start` or `end`, else empty.
    open: &'static str,
    /// From the expiry to today.
    late: Option<Stretch>,
    label: Option<Label>,
    /// The milestones.
    points: Vec<Diamond>,
}

/// A part of the row.
#[derive(Debug, PartialEq, Serialize)]
struct Stretch {
    /// Where it begins, in percent of the chart.
    x: String,
    /// How wide it is, in percent of the chart.
    width: String,
}

/// The words beside the bar.
#[derive(Debug, Serialize)]
struct Label {
    /// The place it stands at, in percent of the chart.
    x: String,
    /// How far from there the icon stands, in pixels.
    icon_at: i32,
    /// How far from there the text begins, in pixels.
    text_at: i32,
    /// Ends at `x` instead of beginning there.
    left: bool,
    /// Stands on the bar, because there is room on neither side.
    plate: bool,
    class: &'static str,
    icon: &'static str,
    /// The signal, in its colour: `Expired 143 d`; may be empty.
    signal: String,
    /// What follows it: `38 of 61`; may be empty.
    rest: String,
}

#[derive(Debug, Serialize)]
struct Diamond {
    /// Its place, in percent of the chart.
    x: String,
    class: &'static str,
    /// `Dual write, 20 Mar 2026, reached`; empty in a row that has many.
    title: String,
}

/// Draws the life of a document.
pub(super) fn bar(scenery: &Scenery<'_>, index: usize, life: &Life, axis: &Axis) -> Bar {
    let today = scenery.scene.today;
    let bar = life.bar(today).map(|(start, end)| (axis.place(start), axis.place(end)));
    let late = life.end.filter(|_| life.late(today)).map(|end| (axis.place(end), axis.place(today)));
    let shown = life.points.iter().filter(|point| (0.0..=100.0).contains(&axis.place(point.day))).take(POINTS);
    let diamonds: Vec<f64> = shown.clone().map(|point| axis.place(point.day)).collect();
    // the label stands beside all that is drawn
    let ends = late.or(bar).map(|(_, end)| end).into_iter().chain(diamonds.last().copied());
    let starts = bar.map(|(start, _)| start).into_iter().chain(diamonds.first().copied());
    let (start, end) = (starts.reduce(f64::min), ends.reduce(f64::max));
    let (done, total) = scenery.scene.collection.documents[index].progress();
    let share = match life.form {
        Form::Draft => 0.0,
        Form::Done if total == 0 => 1.0,
        _ if total == 0 => 0.0,
        _ => f64::from(done) / f64::from(total),
    };
    Bar {
        class: match life.form {
            Form::Draft => "dr",
            Form::Work => "",
            Form::Done => "ok",
            Form::Old => "old",
        },
        bar: bar.and_then(|(start, end)| stretch(start, end)),
        done: bar.filter(|_| share > 0.0).and_then(|(start, end)| stretch(start, start + (end - start) * share)),
        cut: start.is_some_and(|start| start < 0.0),
        open: match (life.start, life.end) {
            (Some(_), Some(_)) => "",
            (Some(_), None) => "end",
            (None, _) => "start",
        },
        late: late.and_then(|(start, end)| stretch(start, end)),
        label: start.zip(end).and_then(|(start, end)| label(scenery, index, life, (start, end), &diamonds)),
        points: shown.map(|point| diamond(scenery, index, point, axis, diamonds.len() <= TITLED)).collect(),
    }
}

fn diamond(scenery: &Scenery<'_>, index: usize, point: &Point, axis: &Axis, titled: bool) -> Diamond {
    let title = || {
        let milestone = &scenery.scene.collection.documents[index].anatomy.milestones[point.at];
        let title = words::shorten(&visible(&milestone.title), 60);
        format!("{title}, {}, {}", date::short(point.day, Date::MIN), point.mark.word())
    };
    let x = percent(axis.place(point.day));
    Diamond { x, class: point.mark.class(), title: if titled { title() } else { String::new() } }
}

/// The part of a stretch that is on the chart. What has no length is still to be seen.
fn stretch(start: f64, end: f64) -> Option<Stretch> {
    const LEAST: f64 = 0.3;
    let (from, to) = (start.max(0.0), end.max(start + LEAST).min(100.5));
    (to > from).then(|| Stretch { x: percent(from), width: percent(to - from) })
}

fn label(
    scenery: &Scenery<'_>,
    index: usize,
    life: &Life,
    (start, end): (f64, f64),
    diamonds: &[f64],
) -> Option<Label> {
    let (class, icon, signal, rest) = said(scenery, index, life);
    if signal.is_empty() && rest.is_empty() {
        return None;
    }
    let room = GAPS + LETTER * (signal.chars().count() + rest.chars().count()) as f64;
    let left = end > TURN || end + room > 101.0;
    let plate = left && start < room;
    let at = match (left, plate) {
        (false, _) => end.max(0.0),
        (true, false) => start,
        (true, true) => end.min(100.0),
    };
    let near = diamonds.iter().any(|diamond| (diamond - at).abs() < NEAR);
    let gap = if near { 13 } else { 7 };
    // an icon can't be put before a text whose length isn't known, so on the left the words stand alone
    let icon = if left { "" } else { icon };
    let text_at = match (left, icon.is_empty()) {
        (true, _) => -gap,
        (false, true) => gap,
        (false, false) => gap + 17,
    };
    Some(Label { x: percent(at), icon_at: gap, text_at, left, plate, class, icon, signal, rest })
}

/// Class, icon, signal and what else stands beside the bar.
fn said(scenery: &Scenery<'_>, index: usize, life: &Life) -> (&'static str, &'static str, String, String) {
    let scene = &scenery.scene;
    let (document, standing) = (&scene.collection.documents[index], &scene.judgement.standings[index]);
    let today = scene.today;
    let short = |day: Date| date::short(day, today);
    if life.closed {
        let rest = life.end.map_or("End not known".to_string(), short);
        return ("", "", String::new(), rest);
    }
    let (done, total) = document.progress();
    let tasks = if total > 0 && life.form != Form::Draft { format!("{done} of {total}") } else { String::new() };
    let deadline = standing.deadline.as_ref().map(|deadline| deadline.value);
    let ahead = deadline.map_or(0, |day| date::days_between(today, day));
    let expiry = standing.basis == Some("expires");
    let blocked = document.stage() == Some(Stage::Blocked) || scene.judgement.signals[index].contains(&Signal::Blocked);
    let soon = || if ahead == 0 { "today".to_string() } else { format!("in {ahead} d") };
    match standing.state {
        Freshness::Expired => ("f-red", "expired", format!("Expired {} d", -ahead), tasks),
        _ if blocked => ("f-red", "blocked", "Blocked".into(), tasks),
        Freshness::Due if expiry => ("f-amber", "due", crate::view::capital(&soon()), tasks),
        Freshness::Due => ("f-amber", "review", format!("Review {}", soon()), tasks),
        Freshness::ReviewOverdue => ("f-amber", "review", format!("Review {} d late", -ahead), tasks),
        Freshness::Unscheduled => ("", "noexpiry", "No expiry date".into(), tasks),
        Freshness::Fresh | Freshness::Exempt if !tasks.is_empty() => ("", "", String::new(), tasks),
        Freshness::Fresh | Freshness::Exempt => {
            let rest = match (life.end, life.ending, deadline) {
                (Some(day), Ending::Expires, _) => format!("Expires {}", short(day)),
                (Some(day), Ending::Completed, _) => format!("Completed {}", short(day)),
                (Some(day), _, _) => format!("Changed {}", short(day)),
                (None, _, Some(day)) => format!("Review {}", short(day)),
                (None, _, None) => String::new(),
            };
            ("", "", String::new(), rest)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stretch_stays_on_the_chart_and_is_never_invisible() {
        let shown = |start, end| stretch(start, end).map(|one| (one.x, one.width));
        let text = |x: &str, width: &str| Some((x.to_string(), width.to_string()));
        assert_eq!(shown(2.014, 33.516), text("2.01%", "31.50%"));
        assert_eq!(shown(-40.0, 10.0), text("0.00%", "10.00%"));
        assert_eq!(shown(90.0, 140.0), text("90.00%", "10.50%"));
        assert_eq!(shown(50.0, 50.0), text("50.00%", "0.30%"));
        assert_eq!(shown(-40.0, -10.0), None);
    }
}
