//! Architecture decision records as Michael Nygard described them: Status, Context, Decision, Consequences.

use super::{BASE, Dialect, Outline};
use crate::model::{Kind, Stage};

pub(super) const DIALECT: Dialect = Dialect {
    name: "nygard",
    about: "sections Status, Context, Decision, Consequences; a Date line; titles such as `7. Use PostgreSQL`",
    claims,
    kind: |_| Some(Kind::Adr),
    words: &[
        ("implemented", Stage::Accepted),
        ("done", Stage::Accepted),
        ("completed", Stage::Accepted),
        ("pending", Stage::Proposed),
    ],
    ..BASE
};

fn claims(outline: &Outline<'_>) -> bool {
    let count = ["Status", "Context", "Decision", "Consequences"].iter().filter(|name| outline.heading(name)).count();
    count >= 3 || (outline.heading("Decision") && outline.heading("Context"))
}
