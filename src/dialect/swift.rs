//! Swift Evolution proposals: `* Proposal: [SE-0001](…)`, `* Status: **Implemented (Swift 5.9)**`, a review manager.

use super::{BASE, Dialect, Outline};
use crate::model::Kind;
use crate::read::fact::Fact;

pub(super) const DIALECT: Dialect = Dialect {
    name: "swift-evolution",
    about: "list lines Proposal, Author, Review Manager, Status at the top",
    claims: |outline: &Outline<'_>| {
        outline.header("proposal")
            && (outline.header("review manager") || outline.header("authors") || outline.header("author"))
    },
    kind: |outline: &Outline<'_>| if outline.path.contains("rfc") { Some(Kind::Rfc) } else { Some(Kind::Proposal) },
    keys: &[("previous proposal", Fact::BasedOn), ("review manager", Fact::Stakeholder)],
    ..BASE
};
