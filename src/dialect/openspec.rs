//! Specs as they are and changes to them: `openspec/specs/`, `openspec/changes/NAME/`, `openspec/changes/archive/`.
//! Nothing but the folder says where a change stands.

use super::{BASE, Dialect, Outline};
use crate::model::{Kind, RelationKind, Stage};

pub(super) const DIALECT: Dialect = Dialect {
    name: "openspec",
    about: "openspec/specs/ as it is, openspec/changes/NAME/{proposal,design,tasks}.md under way, changes/archive/ done",
    claims,
    kind,
    folders: &[("archive", Stage::Archived), ("changes", Stage::Active)],
    sidecars: &[(".openspec.yaml", "proposal.md")],
    siblings: &[("design", RelationKind::BasedOn, "proposal"), ("tasks", RelationKind::Implements, "proposal")],
    ..BASE
};

fn claims(outline: &Outline<'_>) -> bool {
    let folders: Vec<String> = outline.folders().collect();
    let within = |name: &str| folders.iter().any(|folder| folder == name);
    let part = matches!(outline.stem().as_str(), "proposal" | "tasks" | "design" | "spec");
    (within("openspec") && (within("specs") || within("changes"))) || (part && within("changes"))
}

fn kind(outline: &Outline<'_>) -> Option<Kind> {
    match outline.stem().as_str() {
        "proposal" | "design" => Some(Kind::Proposal),
        "tasks" => Some(Kind::Tasks),
        "spec" => Some(Kind::Spec),
        _ => Some(Kind::Page),
    }
}
