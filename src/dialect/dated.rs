//! Plans and designs under their day: `docs/plans/2026-05-01-move-the-queue.md`, as agents write them.

use super::{BASE, Dialect, Outline};
use crate::date;

pub(super) const DIALECT: Dialect = Dialect {
    name: "dated",
    about: "plans/ or specs/ with YYYY-MM-DD-name.md; Goal, Architecture and tasks with steps",
    claims: |outline: &Outline<'_>| {
        let home =
            outline.folders().any(|folder| matches!(folder.as_str(), "plans" | "specs" | "designs" | "superpowers"));
        home && date::leading(&outline.stem()).is_some()
    },
    ..BASE
};
