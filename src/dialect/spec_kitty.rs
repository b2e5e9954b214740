//! Spec Kitty: `kitty-specs/NNN-mission/` with work packages that wander through lanes.

use super::{BASE, Dialect, Outline};
use crate::model::{Kind, RelationKind, Stage};

pub(super) const DIALECT: Dialect = Dialect {
    name: "spec-kitty",
    about: "kitty-specs/NNN-name/{spec,plan,tasks}.md and tasks/WP01-name.md with work_package_id and lane",
    claims: |outline: &Outline<'_>| {
        outline.frontmatter("work package id") || outline.folders().any(|folder| folder == "kitty-specs")
    },
    kind: |outline: &Outline<'_>| match outline.stem().as_str() {
        _ if outline.frontmatter("work package id") => Some(Kind::Tasks),
        "plan" => Some(Kind::Plan),
        "spec" => Some(Kind::Spec),
        "tasks" => Some(Kind::Tasks),
        "research" => Some(Kind::Research),
        _ => Some(Kind::Page),
    },
    words: &[("for review", Stage::Proposed), ("in review", Stage::Proposed), ("approved", Stage::Completed)],
    siblings: &[
        ("plan", RelationKind::BasedOn, "spec"),
        ("tasks", RelationKind::Implements, "plan"),
        ("research", RelationKind::Related, "spec"),
    ],
    ..BASE
};
