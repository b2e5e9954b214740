//! Tasks of a board kept as files: `backlog/tasks/back-7 - Some title.md` with assignee, labels and dependencies.

use super::{BASE, Dialect, Outline};
use crate::model::Kind;

pub(super) const DIALECT: Dialect = Dialect {
    name: "backlog",
    about: "backlog/{tasks,drafts,completed,decisions,docs}/ID - Title.md; frontmatter id, status, assignee, created_date, dependencies",
    claims: |outline: &Outline<'_>| {
        let task = outline.frontmatter("assignee")
            && outline.frontmatter("dependencies")
            && outline.frontmatter("created date");
        task || (outline.folders().any(|folder| folder == "backlog") && outline.path.contains(" - "))
    },
    kind: |outline: &Outline<'_>| {
        let word = |folder: String| match folder.as_str() {
            "tasks" | "drafts" | "completed" => Some(Kind::Tasks),
            "decisions" => Some(Kind::Adr),
            "docs" | "milestones" => Some(Kind::Page),
            _ => None,
        };
        outline.folders().find_map(word).or(Some(Kind::Tasks))
    },
    ..BASE
};
