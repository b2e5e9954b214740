//! Decisions named by their day and slug: `20260501-keep-the-queue.md`, with `- Status:` and `- Date:` lines.

use super::{BASE, Dialect, Outline};
use crate::model::Kind;

pub(super) const DIALECT: Dialect = Dialect {
    name: "log4brains",
    about: "YYYYMMDD-slug.md with list lines Status, Deciders, Date, Tags and sections as MADR has them",
    claims: |outline: &Outline<'_>| {
        let stem = outline.stem();
        let dated = stem.len() > 9 && stem.as_bytes()[8] == b'-' && crate::date::leading(&stem).is_some();
        let shaped =
            outline.header("status") || outline.heading("Context and Problem Statement") || outline.heading("Decision");
        let home = outline.folders().any(|folder| matches!(folder.as_str(), "adr" | "adrs" | "decisions"));
        dated && (shaped || home)
    },
    kind: |_| Some(Kind::Adr),
    ..BASE
};
