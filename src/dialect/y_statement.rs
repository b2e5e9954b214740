//! Decisions in one sentence: in the context of …, facing …, we decided for …, to achieve …, accepting ….

use super::{BASE, Dialect, Outline};
use crate::model::Kind;

pub(super) const DIALECT: Dialect = Dialect {
    name: "y-statement",
    about: "one sentence: in the context of, facing, we decided for, and neglected, to achieve, accepting",
    claims: |outline: &Outline<'_>| {
        outline.paragraphs.iter().any(|paragraph| {
            let text = paragraph.text.to_lowercase();
            let parts =
                ["facing", "decided", "to achieve", "accepting"].iter().filter(|part| text.contains(**part)).count();
            text.contains("in the context of") && parts >= 2
        })
    },
    kind: |_| Some(Kind::Adr),
    ..BASE
};
