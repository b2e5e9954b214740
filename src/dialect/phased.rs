//! Plans with bold header lines and numbered tasks in phases: `**Based on:**`, `**Task 1.1:**`, completion criteria.

use super::{BASE, Dialect, Outline};
use crate::model::Kind;

pub(super) const DIALECT: Dialect = Dialect {
    name: "phased",
    about: "bold lines Based on, Created, Last Updated, Status; phases with tasks 1.1, 1.2 and completion criteria",
    claims,
    kind,
    ..BASE
};

fn claims(outline: &Outline<'_>) -> bool {
    let based = outline.header("based on") || outline.header("parent mainspec");
    let shaped = outline.heading("Discovery Summary") && outline.heading("Implementation Phases");
    (based && outline.header("status")) || shaped
}

fn kind(outline: &Outline<'_>) -> Option<Kind> {
    let plan = outline.heading("Implementation Phases") || outline.heading("Discovery Summary");
    plan.then_some(Kind::Plan)
}
