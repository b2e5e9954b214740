//! Project goals with a table of metadata: point of contact, status, teams.

use super::{BASE, Dialect, Outline};
use crate::model::Kind;

pub(super) const DIALECT: Dialect = Dialect {
    name: "project-goal",
    about: "table with Point of contact, Status, Teams, Tracking issue below the title",
    claims: |outline: &Outline<'_>| {
        outline.row("point of contact") && (outline.row("status") || outline.heading("Ownership and team asks"))
    },
    kind: |_| Some(Kind::Goal),
    ..BASE
};
