//! The Spec Kit levels 1 to 3+: `<!-- SPECKIT_LEVEL: 2 -->`, one folder a feature, one file a concern.

use super::{BASE, Dialect, Outline};
use crate::model::{Kind, RelationKind};

pub(super) const DIALECT: Dialect = Dialect {
    name: "speckit",
    about: "SPECKIT_LEVEL and SPECKIT_TEMPLATE_SOURCE comments, ANCHOR comments, plan/spec/tasks/checklist files a feature",
    claims,
    kind,
    siblings: &[
        ("plan", RelationKind::BasedOn, "spec"),
        ("tasks", RelationKind::Implements, "plan"),
        ("research", RelationKind::Related, "spec"),
        ("checklist", RelationKind::Related, "spec"),
        ("decision-record", RelationKind::Decides, "spec"),
        ("implementation-summary", RelationKind::Related, "plan"),
    ],
    ..BASE
};

fn claims(outline: &Outline<'_>) -> bool {
    outline.comment("speckit level")
        || outline.comment("speckit template source")
        || outline.frontmatter("speckit level")
        || outline.frontmatter("speckit template source")
        || (outline.frontmatter("trigger phrases") && outline.frontmatter("importance tier"))
}

fn kind(outline: &Outline<'_>) -> Option<Kind> {
    match outline.stem().as_str() {
        "plan" => Some(Kind::Plan),
        "spec" => Some(Kind::Spec),
        "tasks" | "checklist" => Some(Kind::Tasks),
        "research" => Some(Kind::Research),
        "decision-record" => Some(Kind::Adr),
        "implementation-summary" | "handover" => Some(Kind::Session),
        _ if outline.folders().any(|folder| folder == "memory") => Some(Kind::Session),
        stem if stem.contains("plan") => Some(Kind::Plan),
        _ => None,
    }
}
