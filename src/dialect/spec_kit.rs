//! GitHub's Spec Kit: `specs/NNN-feature/{spec,plan,tasks,research}.md`, without frontmatter.

use super::{BASE, Dialect, Outline};
use crate::model::{Kind, RelationKind};
use crate::path;

pub(super) const DIALECT: Dialect = Dialect {
    name: "spec-kit",
    about: "specs/NNN-feature/ with spec.md, plan.md, tasks.md and notes beside them",
    claims,
    kind,
    siblings: &[
        ("plan", RelationKind::BasedOn, "spec"),
        ("tasks", RelationKind::Implements, "plan"),
        ("research", RelationKind::Related, "spec"),
    ],
    ..BASE
};

fn claims(outline: &Outline<'_>) -> bool {
    let folders: Vec<String> = outline.folders().collect();
    let feature = folders.iter().position(|folder| path::numbered(folder));
    let home =
        feature.is_some_and(|at| folders[at + 1..].iter().any(|folder| folder == "specs" || folder == ".specify"));
    home || outline.header("feature branch") || (outline.header("branch") && outline.header("spec"))
}

/// By the file's name; what lies beside these are notes.
fn kind(outline: &Outline<'_>) -> Option<Kind> {
    match outline.stem().as_str() {
        "plan" => Some(Kind::Plan),
        "spec" => Some(Kind::Spec),
        "tasks" => Some(Kind::Tasks),
        "research" => Some(Kind::Research),
        "decision-record" => Some(Kind::Adr),
        "checklist" => Some(Kind::Tasks),
        _ => Some(Kind::Page),
    }
}
