//! GitHub's Spec Kit: `specs/NNN-feature/{spec,plan,tasks,research}.md`, without frontmatter.

use super::{Dialect, Outline};
use crate::model::Kind;

pub(super) const DIALECT: Dialect = Dialect {
    name: "spec-kit",
    about: "specs/NNN-feature/ with spec.md, plan.md, tasks.md and notes beside them",
    claims,
    kind,
    keys: &[],
    words: &[],
};

fn claims(outline: &Outline<'_>) -> bool {
    let mut folders = outline.path.rsplit('/').skip(1);
    let feature =
        folders.next().is_some_and(|folder| folder.len() > 4 && folder.starts_with(|c: char| c.is_ascii_digit()));
    let numbered = feature && folders.next() == Some("specs");
    numbered || outline.header("feature branch") || (outline.header("branch") && outline.header("spec"))
}

fn kind(outline: &Outline<'_>) -> Option<Kind> {
    match outline.stem().as_str() {
        "plan" => Some(Kind::Plan),
        "spec" => Some(Kind::Spec),
        "tasks" => Some(Kind::Tasks),
        "research" => Some(Kind::Research),
        _ => Some(Kind::Page),
    }
}
