//! Two versions of a document compared: what does it say of itself that it didn't say before?
//!
//! Facts only. Whether the text between them changed is the measure of content's business.

use super::{Document, Kind, MentionForm, RelationKind, Role, Stage};
use crate::date::Date;
use crate::source::Spanned;
use crate::words;

/// Names of people and documents that are kept of one version, and their length.
const NAMES: usize = 12;
const LENGTH: usize = 120;

/// What a version of a document says of itself, as far as versions are compared.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Said {
    /// As written.
    pub id: Option<String>,
    /// Its title.
    pub title: String,
    /// It is the mould of a document.
    pub template: bool,
    stage: Option<Stage>,
    /// The status as written.
    word: String,
    /// Somebody decides on it: its owners are those who do.
    decided: bool,
    owners: Vec<String>,
    days: Vec<(Day, Option<Date>)>,
    superseded_by: Vec<String>,
    supersedes: Vec<String>,
    done: u32,
    total: u32,
}

/// Which of a document's dates.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Day {
    /// Good through this day.
    Expires,
    /// To be reviewed by this day.
    NextReview,
    /// Last confirmed.
    Reviewed,
    /// When it was decided.
    Decided,
    /// When it was done.
    Completed,
}

/// A fact that is another one than before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    /// Another stage, or the first one.
    Stage {
        /// Absent where no status was written.
        from: Option<Stage>,
        /// Absent where none is written any more.
        to: Option<Stage>,
        /// The status as written.
        word: String,
        /// Who decided, by the document's word.
        by: Vec<String>,
    },
    /// A date moved, came or went.
    Day {
        /// Which one.
        day: Day,
        /// Before.
        from: Option<Date>,
        /// After.
        to: Option<Date>,
    },
    /// Boxes were ticked, added or taken away.
    Tasks {
        /// Ticked and all before.
        from: (u32, u32),
        /// Ticked and all after.
        to: (u32, u32),
    },
    /// Documents that it says take its place, by their names as written.
    SupersededBy(Vec<String>),
    /// Documents whose place it says it takes.
    Supersedes(Vec<String>),
    /// Other owners.
    Owners {
        /// Those that are no longer named.
        gone: Vec<String>,
        /// Those that are named now.
        new: Vec<String>,
    },
    /// Another title: before and after.
    Title(String, String),
    /// Another id: before and after, as written.
    Id(Option<String>, Option<String>),
}

impl Said {
    /// What one version says.
    pub fn of(document: &Document) -> Said {
        let day = |day: &Option<Spanned<Date>>| day.as_ref().map(|day| day.value);
        let dates = &document.dates;
        let names = |kind: RelationKind| {
            let fields = document.mentions.iter().filter(move |mention| mention.relation == kind);
            let named = fields.filter(|mention| mention.form != MentionForm::Image);
            let mut names: Vec<String> = Vec::new();
            for name in named.map(|mention| words::shorten(&mention.target, LENGTH)).take(NAMES) {
                if !names.contains(&name) {
                    names.push(name);
                }
            }
            names
        };
        let (done, total) = document.progress();
        Said {
            id: document.id.as_ref().map(|id| id.value.clone()),
            title: document.title.value.clone(),
            template: document.role == Role::Template,
            stage: document.stage(),
            word: document.status.as_ref().map(|status| words::shorten(status.raw.trim(), LENGTH)).unwrap_or_default(),
            decided: matches!(document.kind, Kind::Adr | Kind::Rfc),
            owners: document.owners.iter().take(NAMES).map(|owner| owner.value.clone()).collect(),
            days: vec![
                (Day::Expires, day(&dates.expires)),
                (Day::NextReview, day(&dates.next_review)),
                (Day::Reviewed, day(&dates.reviewed)),
                (Day::Decided, day(&dates.decided)),
                (Day::Completed, day(&dates.completed)),
            ],
            superseded_by: names(RelationKind::SupersededBy),
            supersedes: names(RelationKind::Supersedes),
            done,
            total,
        }
    }

    /// Its stage, as the change that brought it; absent without one.
    pub fn first_stage(&self) -> Option<Change> {
        self.stage.map(|_| self.stage_from(None))
    }

    fn stage_from(&self, from: Option<Stage>) -> Change {
        let settled = matches!(self.stage, Some(Stage::Accepted | Stage::Rejected));
        let by = if self.decided && settled { self.owners.clone() } else { Vec::new() };
        Change::Stage { from, to: self.stage, word: self.word.clone(), by }
    }
}

/// What `after` says that `before` didn't, the most telling first.
pub fn compare(before: &Said, after: &Said) -> Vec<Change> {
    let mut changes = Vec::new();
    // of a status without meaning the words are all there is
    let reworded = after.stage == Some(Stage::Unknown) && before.word != after.word;
    if before.stage != after.stage || reworded {
        changes.push(after.stage_from(before.stage));
    }
    let new = |before: &[String], after: &[String]| -> Vec<String> {
        after.iter().filter(|name| !before.contains(name)).cloned().collect()
    };
    for (before, after, change) in [
        (&before.superseded_by, &after.superseded_by, Change::SupersededBy as fn(Vec<String>) -> Change),
        (&before.supersedes, &after.supersedes, Change::Supersedes),
    ] {
        let named = new(before, after);
        if !named.is_empty() {
            changes.push(change(named));
        }
    }
    for ((day, from), (_, to)) in before.days.iter().zip(&after.days).filter(|((_, from), (_, to))| from != to) {
        changes.push(Change::Day { day: *day, from: *from, to: *to });
    }
    let (from, to) = ((before.done, before.total), (after.done, after.total));
    if from != to {
        changes.push(Change::Tasks { from, to });
    }
    let (gone, came) = (new(&after.owners, &before.owners), new(&before.owners, &after.owners));
    if !gone.is_empty() || !came.is_empty() {
        changes.push(Change::Owners { gone, new: came });
    }
    if before.title != after.title {
        changes.push(Change::Title(before.title.clone(), after.title.clone()));
    }
    if before.id != after.id {
        changes.push(Change::Id(before.id.clone(), after.id.clone()));
    }
    changes
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Config;
    use crate::read;
    use crate::source::Source;

    fn said(text: &str) -> Said {
        Said::of(&read::read(Source::new("plans/a.md", text), &Config::default()).value)
    }

    #[test]
    fn what_is_the_same_is_no_change() {
        let text = "---\nid: PLAN-1\nstatus: active\nexpires: 2026-07-03\n---\n# A\n\n- [ ] one\n";
        assert_eq!(compare(&said(text), &said(&text.replace("# A\n", "# A\n\nMore words.\n"))), []);
    }

    #[test]
    fn each_fact_is_a_change_of_its_own() {
        let before = said("---\nid: PLAN-1\nstatus: draft\nowner: Ana\n---\n# A\n\n- [ ] one\n");
        let after = said(
            "---\nid: PLAN-2\nstatus: superseded\nsuperseded_by: PLAN-3\nowner: Ben\nexpires: 2026-07-03\n---\n# B\n\n- [x] one\n- [ ] two\n",
        );
        let day = crate::date::parse("2026-07-03").ok();
        assert_eq!(
            compare(&before, &after),
            [
                Change::Stage {
                    from: Some(Stage::Draft),
                    to: Some(Stage::Superseded),
                    word: "superseded".into(),
                    by: Vec::new()
                },
                Change::SupersededBy(vec!["PLAN-3".into()]),
                Change::Day { day: Day::Expires, from: None, to: day },
                Change::Tasks { from: (0, 1), to: (1, 2) },
                Change::Owners { gone: vec!["Ana".into()], new: vec!["Ben".into()] },
                Change::Title("A".into(), "B".into()),
                Change::Id(Some("PLAN-1".into()), Some("PLAN-2".into())),
            ]
        );
    }

    #[test]
    fn a_status_without_meaning_changes_with_its_words() {
        let word = |word: &str| said(&format!("---\nstatus: {word}\n---\n# A\n"));
        assert_eq!(compare(&word("parked"), &word("parked")), []);
        assert!(
            matches!(&compare(&word("parked"), &word("on ice"))[..], [Change::Stage { word, .. }] if word == "on ice")
        );
    }
}
