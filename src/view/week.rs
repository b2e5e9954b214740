//! What git saw happen since Monday, in one sentence for the top of the overview.

use crate::date::{self, Date, Period};
use crate::model::{Change, Deed, Stage, Step};
use crate::view::Scenery;
use crate::words;

/// Stages that a document may have come to, in the order of the sentence.
const NEWS: &[(Stage, &str)] = &[
    (Stage::Completed, "completed"),
    (Stage::Accepted, "accepted"),
    (Stage::Active, "became active"),
    (Stage::Blocked, "blocked"),
    (Stage::Proposed, "proposed"),
    (Stage::Rejected, "rejected"),
    (Stage::Superseded, "superseded"),
    (Stage::Archived, "archived"),
];

/// `Since Monday 16 November: 14 tasks done, 1 document completed, 1 blocked.` Empty where git tells of nothing.
pub(super) fn since_monday(scenery: &Scenery<'_>) -> String {
    let scene = &scenery.scene;
    let monday = last_monday(scene.today);
    let recent = |step: &&Step| (monday..=scene.today).contains(&step.touch.day);
    let steps = scene.collection.pasts.iter().flat_map(|past| past.steps.iter().filter(recent));
    let news = said(steps);
    if news.is_empty() { String::new() } else { format!("Since Monday {}: {news}.", date::short(monday, scene.today)) }
}

/// The Monday before a day: a week ago on a Monday.
fn last_monday(today: Date) -> Date {
    let back = match today.weekday().to_monday_zero_offset() {
        0 => 7,
        days => i32::from(days),
    };
    Period::of_days(-back).after(today)
}

fn said<'s>(steps: impl Iterator<Item = &'s Step>) -> String {
    let (mut tasks, mut written) = (0, 0);
    let mut reached = vec![0usize; NEWS.len()];
    for step in steps {
        written += usize::from(step.deed == Deed::Written);
        for change in step.changes.iter().flatten() {
            match change {
                // what came with the file was done before
                Change::Tasks { from, to } if step.deed != Deed::Written => tasks += to.0.saturating_sub(from.0),
                Change::Stage { to: Some(to), .. } if step.deed != Deed::Written || *to == Stage::Proposed => {
                    if let Some(at) = NEWS.iter().position(|(stage, _)| stage == to) {
                        reached[at] += 1;
                    }
                }
                _ => {}
            }
        }
    }
    let mut parts = Vec::new();
    if tasks > 0 {
        parts.push(format!("{} done", words::count(tasks as usize, "task", "tasks")));
    }
    let counted = reached.into_iter().zip(NEWS).map(|(count, (_, what))| (count, *what));
    let counted = counted.chain([(written, "written")]).filter(|(count, _)| *count > 0);
    for (at, (count, what)) in counted.enumerate() {
        parts.push(match at {
            0 => format!("{} {what}", words::count(count, "document", "documents")),
            _ => format!("{count} {what}"),
        });
    }
    parts.join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Touch;

    fn day(text: &str) -> Date {
        date::parse(text).expect("a date")
    }

    fn step(deed: Deed, changes: Vec<Change>) -> Step {
        let touch = Touch { day: day("2026-11-18"), author: "Ana".into(), commit: "c0ffee".into() };
        Step { order: 0, touch, subject: "x".into(), deed, changes: Some(changes) }
    }

    #[test]
    fn a_week_is_told_in_counts() {
        let to = |stage| Change::Stage { from: None, to: Some(stage), word: String::new(), by: Vec::new() };
        let steps = [
            step(Deed::Edited, vec![Change::Tasks { from: (3, 9), to: (8, 9) }, to(Stage::Completed)]),
            step(Deed::Edited, vec![Change::Tasks { from: (3, 9), to: (1, 9) }, to(Stage::Blocked)]),
            step(Deed::Written, vec![Change::Tasks { from: (0, 0), to: (4, 9) }, to(Stage::Active)]),
            step(Deed::Written, vec![to(Stage::Proposed)]),
        ];
        let told = said(steps.iter());
        assert_eq!(told, "5 tasks done, 1 document completed, 1 blocked, 1 proposed, 2 written");
        assert_eq!(said([].iter()), "");
    }

    #[test]
    fn the_week_begins_on_the_monday_before() {
        assert_eq!(last_monday(day("2026-11-23")), day("2026-11-16"));
        assert_eq!(last_monday(day("2026-11-24")), day("2026-11-23"));
        assert_eq!(last_monday(day("2026-11-29")), day("2026-11-23"));
    }
}
