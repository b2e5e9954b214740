//! Changes in words: what a commit did to a document, clause by clause.
//!
//! A clause reads without its subject at the start of a row, "Accepted by Ana Silva", and with it in a headline,
//! "ADR-0018 was accepted by Ana Silva".

use crate::date::{self, Date};
use crate::model::{Change, Day, Deed, Stage, Step};
use crate::path;
use crate::view::{stage_mark, visible};
use crate::words;

/// Characters of a title or a name within a clause.
const LENGTH: usize = 60;
/// Names in a clause.
const NAMES: usize = 3;

/// One thing that happened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Clause {
    /// What a sentence with a subject puts before it: `was `; may be empty.
    pub verb: &'static str,
    /// `accepted by Ana Silva`, `3 tasks done (38 of 61)`.
    pub text: String,
    /// Name of an icon.
    pub icon: &'static str,
    /// Class of the icon's colour.
    pub class: &'static str,
    /// It is about the stage.
    pub stage: bool,
}

impl Clause {
    /// A clause of its own, in the colour of none.
    pub(super) fn plain(icon: &'static str, text: String) -> Clause {
        Clause { verb: "", text, icon, class: "plain", stage: false }
    }
}

/// What a commit did, the most telling first; never empty. Paths are shown from `prefix` on.
pub(super) fn clauses(step: &Step, prefix: &str) -> Vec<Clause> {
    let changes = step.changes.as_deref().unwrap_or_default();
    let mut clauses = Vec::new();
    let first = step.deed == Deed::Written;
    if first && !changes.iter().any(|change| matches!(change, Change::Stage { .. })) {
        clauses.push(Clause { verb: "was ", ..Clause::plain("plus", "written".into()) });
    }
    let superseded = changes.iter().find_map(|change| match change {
        Change::SupersededBy(names) => Some(names.as_slice()),
        _ => None,
    });
    let mut told = false;
    for change in changes {
        match change {
            Change::Stage { to, word, by, .. } => {
                told |= *to == Some(Stage::Superseded);
                clauses.push(stage(*to, word, by, superseded.unwrap_or_default(), first));
            }
            Change::SupersededBy(_) if told => {}
            change => clauses.push(fact(change)),
        }
    }
    match &step.deed {
        Deed::Moved { from, to } => clauses.push(moved(inner(from, prefix), inner(to, prefix))),
        Deed::Deleted => {
            clauses.push(Clause { verb: "was ", ..Clause::plain("x", "deleted".into()) });
        }
        Deed::Left(to) => {
            let text = format!("moved out of the collection, to {}", shown(to));
            clauses.push(Clause { verb: "was ", ..Clause::plain("x", text) });
        }
        Deed::Written | Deed::Edited => {}
    }
    if clauses.is_empty() {
        let text = if step.changes.is_some() { "text changed" } else { "changed" };
        clauses.push(Clause::plain("edit", text.into()));
    }
    clauses
}

/// All clauses as one text without a subject: `Accepted by Ana Silva; 3 tasks done (38 of 61)`.
pub fn together(clauses: &[Clause]) -> String {
    let all: Vec<&str> = clauses.iter().map(|clause| clause.text.as_str()).collect();
    super::capital(&all.join("; "))
}

fn stage(to: Option<Stage>, word: &str, by: &[String], successors: &[String], first: bool) -> Clause {
    let (verb, text) = match to {
        None => ("", "status removed".to_string()),
        Some(Stage::Unknown) => ("", format!("status is now “{}”", shown(word))),
        Some(Stage::Superseded) if !successors.is_empty() => ("was ", format!("superseded by {}", listed(successors))),
        Some(Stage::Active | Stage::Blocked) => ("", format!("became {}", to.map_or("", Stage::word))),
        Some(Stage::Draft) => ("", "became a draft".into()),
        Some(stage) if by.is_empty() => ("was ", stage.word().to_string()),
        Some(stage) => ("was ", format!("{} by {}", stage.word(), listed(by))),
    };
    let mark = to.map(|stage| stage_mark(stage, None));
    let (icon, class) = mark.map_or(("edit", "plain"), |mark| (mark.icon, mark.class));
    if !first {
        return Clause { verb, text, icon, class, stage: true };
    }
    let text = match to {
        Some(Stage::Draft) => "written as a draft".to_string(),
        Some(Stage::Active | Stage::Blocked) => format!("written, {}", to.map_or("", Stage::word)),
        _ => format!("written, {text}"),
    };
    Clause { verb: "was ", text, icon: "plus", class: "plain", stage: true }
}

fn fact(change: &Change) -> Clause {
    match change {
        Change::Stage { to, word, by, .. } => stage(*to, word, by, &[], false),
        Change::Day { day, from, to } => dated(*day, *from, *to),
        Change::Tasks { from, to } => Clause::plain("check", tasks(*from, *to)),
        Change::SupersededBy(names) => Clause {
            verb: "was ",
            class: "superseded",
            ..Clause::plain("superseded", format!("superseded by {}", listed(names)))
        },
        Change::Supersedes(names) => Clause::plain("superseded", format!("supersedes {}", listed(names))),
        Change::Owners { gone, new } => {
            let text = match (gone.is_empty(), new.is_empty()) {
                (true, _) => format!("owner added: {}", listed(new)),
                (_, true) => format!("owner removed: {}", listed(gone)),
                _ => format!("owner changed from {} to {}", listed(gone), listed(new)),
            };
            Clause::plain("user", text)
        }
        Change::Title(from, _) => Clause::plain("edit", format!("title changed, was “{}”", shown(from))),
        Change::Id(from, to) => {
            let text = match (from, to) {
                (Some(from), Some(to)) => format!("id changed from {} to {}", shown(from), shown(to)),
                (None, Some(to)) => format!("id set to {}", shown(to)),
                (from, None) => format!("id removed, was {}", shown(from.as_deref().unwrap_or_default())),
            };
            Clause::plain("edit", text)
        }
    }
}

fn dated(day: Day, from: Option<Date>, to: Option<Date>) -> Clause {
    let (name, icon) = match day {
        Day::Expires => ("expiry", "calendar"),
        Day::NextReview => ("next review", "calendar"),
        Day::Reviewed => ("review", "review"),
        Day::Decided => ("decision date", "calendar"),
        Day::Completed => ("completion date", "calendar"),
    };
    let text = match (from, to) {
        (_, Some(to)) if day == Day::Reviewed => format!("reviewed on {}", date::long(to)),
        (Some(from), Some(to)) => {
            let days = date::days_between(from, to);
            let long = date::long(from);
            let from = if from.year() == to.year() {
                long.rsplit_once(' ').map_or(long.as_str(), |(day, _)| day)
            } else {
                &long
            };
            let sign = if days > 0 { "+" } else { "−" };
            format!("{name} moved from {from} to {} ({sign}{})", date::long(to), date::days(days.abs()))
        }
        (None, Some(to)) => format!("{name} set to {}", date::long(to)),
        (Some(from), None) => format!("{name} removed, was {}", date::long(from)),
        (None, None) => format!("{name} changed"),
    };
    Clause::plain(icon, text)
}

/// `3 tasks done (38 of 61)`, `2 tasks added (38 of 63)`, `1 task done, 2 added (39 of 63)`.
fn tasks((done, total): (u32, u32), (now, all): (u32, u32)) -> String {
    let mut parts: Vec<String> = Vec::new();
    let mut say = |count: u32, what: &str| {
        if count > 0 {
            let noun = if parts.is_empty() { words::count(count as usize, "task", "tasks") } else { count.to_string() };
            parts.push(format!("{noun} {what}"));
        }
    };
    say(now.saturating_sub(done), "done");
    // boxes that went took their ticks with them
    say(done.saturating_sub(now).saturating_sub(total.saturating_sub(all)), "reopened");
    say(all.saturating_sub(total), "added");
    say(total.saturating_sub(all), "removed");
    match all {
        0 => parts.join(", "),
        _ => format!("{} ({now} of {all})", parts.join(", ")),
    }
}

/// `moved from drafts/ to active/`, `renamed from a.md to b.md`, `moved from drafts/a.md to active/b.md`.
fn moved(from: &str, to: &str) -> Clause {
    let folder = |path: &str| match path::folder(path) {
        "" => "the root".to_string(),
        folder => format!("{}/", shown(folder)),
    };
    let text = match (path::name(from) == path::name(to), path::folder(from) == path::folder(to)) {
        (true, _) => format!("moved from {} to {}", folder(from), folder(to)),
        (false, true) => format!("renamed from {} to {}", shown(path::name(from)), shown(path::name(to))),
        (false, false) => format!("moved from {} to {}", shown(from), shown(to)),
    };
    Clause { verb: "was ", ..Clause::plain("folder", text) }
}

fn inner<'p>(path: &'p str, prefix: &str) -> &'p str {
    path.strip_prefix(prefix).unwrap_or(path)
}

fn listed(names: &[String]) -> String {
    let rest = names.len().saturating_sub(NAMES);
    let mut parts: Vec<String> = names.iter().take(NAMES).map(|name| shown(name)).collect();
    if rest > 0 {
        parts.push(format!("{rest} more"));
    }
    let last = parts.pop().unwrap_or_default();
    if parts.is_empty() { last } else { format!("{} and {last}", parts.join(", ")) }
}

fn shown(text: &str) -> String {
    words::shorten(&visible(text.trim()), LENGTH)
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::model::Touch;

    fn day(text: &str) -> Option<Date> {
        date::parse(text).ok()
    }

    fn step(deed: Deed, changes: Option<Vec<Change>>) -> Step {
        let touch = Touch {
            day: day("2026-07-03").expect("a date"),
            author: Arc::from("Ana"),
            commit: Arc::from("0123456789"),
        };
        Step { order: 0, touch, subject: Arc::from("x"), deed, changes }
    }

    fn said(deed: Deed, changes: Vec<Change>) -> String {
        together(&clauses(&step(deed, Some(changes)), "docs/"))
    }

    fn became(to: Stage, by: &[&str]) -> Change {
        let by = by.iter().map(|name| name.to_string()).collect();
        Change::Stage { from: Some(Stage::Draft), to: Some(to), word: to.word().into(), by }
    }

    #[test]
    fn stages_are_verbs() {
        assert_eq!(said(Deed::Edited, vec![became(Stage::Active, &[])]), "Became active");
        let two = became(Stage::Accepted, &["Ana Silva", "Ben Cho"]);
        assert_eq!(said(Deed::Edited, vec![two.clone()]), "Accepted by Ana Silva and Ben Cho");
        assert_eq!(clauses(&step(Deed::Edited, Some(vec![two])), "")[0].verb, "was ");
        assert_eq!(said(Deed::Written, vec![became(Stage::Draft, &[])]), "Written as a draft");
        assert_eq!(said(Deed::Written, vec![became(Stage::Accepted, &["Ana"])]), "Written, accepted by Ana");
        assert_eq!(said(Deed::Written, Vec::new()), "Written");
        let by = Change::SupersededBy(vec!["PLAN-9".into()]);
        assert_eq!(said(Deed::Edited, vec![became(Stage::Superseded, &[]), by]), "Superseded by PLAN-9");
        let parked = Change::Stage { from: None, to: Some(Stage::Unknown), word: "parked".into(), by: Vec::new() };
        assert_eq!(said(Deed::Edited, vec![parked]), "Status is now “parked”");
    }

    #[test]
    fn dates_move_by_days() {
        let expiry = |from, to| said(Deed::Edited, vec![Change::Day { day: Day::Expires, from, to }]);
        assert_eq!(
            expiry(day("2026-07-03"), day("2026-12-01")),
            "Expiry moved from 3 July to 1 December 2026 (+151 days)"
        );
        assert_eq!(
            expiry(day("2027-01-01"), day("2026-12-31")),
            "Expiry moved from 1 January 2027 to 31 December 2026 (−1 day)"
        );
        assert_eq!(expiry(None, day("2026-12-01")), "Expiry set to 1 December 2026");
        assert_eq!(expiry(day("2026-12-01"), None), "Expiry removed, was 1 December 2026");
    }

    #[test]
    fn tasks_are_counted() {
        assert_eq!(tasks((35, 61), (38, 61)), "3 tasks done (38 of 61)");
        assert_eq!(tasks((38, 61), (39, 63)), "1 task done, 2 added (39 of 63)");
        assert_eq!(tasks((38, 61), (37, 61)), "1 task reopened (37 of 61)");
        assert_eq!(tasks((2, 5), (1, 4)), "1 task removed (1 of 4)");
        assert_eq!(tasks((0, 0), (0, 4)), "4 tasks added (0 of 4)");
        assert_eq!(tasks((1, 2), (0, 0)), "2 tasks removed");
    }

    #[test]
    fn files_move_from_folder_to_folder() {
        let moved = |from: &str, to: &str| said(Deed::Moved { from: from.into(), to: to.into() }, Vec::new());
        assert_eq!(moved("docs/drafts/a.md", "docs/active/a.md"), "Moved from drafts/ to active/");
        assert_eq!(moved("docs/a.md", "docs/active/a.md"), "Moved from the root to active/");
        assert_eq!(moved("docs/x/a.md", "docs/x/b.md"), "Renamed from a.md to b.md");
        assert_eq!(moved("old/a.md", "docs/x/b.md"), "Moved from old/a.md to x/b.md");
        assert_eq!(said(Deed::Deleted, Vec::new()), "Deleted");
    }

    #[test]
    fn what_was_not_compared_is_not_told() {
        assert_eq!(together(&clauses(&step(Deed::Edited, None), "")), "Changed");
        assert_eq!(said(Deed::Edited, Vec::new()), "Text changed");
    }

    #[test]
    fn names_are_untrusted() {
        let odd = Change::Title("a\u{202e}b".repeat(60), "x".into());
        let said = said(Deed::Edited, vec![odd]);
        assert!(said.chars().count() < 100 && !said.contains('\u{202e}'), "{said}");
    }
}
