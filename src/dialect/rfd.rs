//! Requests for discussion: `rfd/0042/README.md` with authors and a state.

use super::{BASE, Dialect, Outline};
use crate::model::{Kind, Stage};

pub(super) const DIALECT: Dialect = Dialect {
    name: "rfd",
    about: "frontmatter authors, state (prediscussion, discussion, published, committed, abandoned); title RFD 42",
    claims: |outline: &Outline<'_>| {
        let named = outline.folders().any(|folder| folder == "rfd" || folder == "rfds");
        let titled = outline.title().get(..4).is_some_and(|start| start.eq_ignore_ascii_case("rfd "));
        outline.frontmatter("state")
            && (outline.frontmatter("authors") || outline.frontmatter("author"))
            && (named || titled)
    },
    kind: |_| Some(Kind::Rfc),
    words: &[("publish", Stage::Accepted), ("published", Stage::Accepted), ("discussion", Stage::Proposed)],
    ..BASE
};
