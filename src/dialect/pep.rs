//! Improvement proposals with header lines as in mail: `PEP: 8`, `Title: …`, `Status: Active`, also set as code.

use super::{BASE, Dialect, Outline};
use crate::model::Kind;

pub(super) const DIALECT: Dialect = Dialect {
    name: "pep",
    about: "header lines PEP/BIP/DEP/JEP: number, Title, Author, Status, Type, Created, Replaces before the text",
    claims: |outline: &Outline<'_>| {
        let numbered =
            ["pep", "bip", "dep", "jep", "nep", "sip", "cip", "fip", "simd"].iter().any(|key| outline.header(key));
        let titled = outline.header("title") && outline.header("status");
        titled && (numbered || (outline.header("type") && outline.header("created")))
    },
    kind: |_| Some(Kind::Proposal),
    ..BASE
};
