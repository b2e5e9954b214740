//! Plans whose YAML frontmatter carries a whole life: `lifecycle`, `reviewed`, `expires`, `supersedes`, `ai:`.

use super::{BASE, Dialect, Outline};

pub(super) const DIALECT: Dialect = Dialect {
    name: "lifecycle",
    about: "YAML frontmatter with lifecycle, reviewed, expires, supersedes, related_code and an ai block",
    claims,
    ..BASE
};

/// Keys that only a document with a life has, normalised.
const KEYS: &[&str] = &[
    "lifecycle",
    "expires",
    "reviewed",
    "last reviewed",
    "supersedes",
    "superseded by",
    "related plans",
    "related code",
    "stakeholders",
    "ai",
    "plan mode",
    "created at",
    "last updated",
    "next review",
    "review by",
];

fn claims(outline: &Outline<'_>) -> bool {
    let stated = outline.frontmatter("type") || outline.frontmatter("status") || outline.frontmatter("lifecycle");
    stated && KEYS.iter().any(|key| outline.frontmatter(key))
}
