//! Proposals with their state in badges below the title: `` `draft` `optional` ``.

use super::{BASE, Dialect, Outline};
use crate::model::{Kind, Origin, Stage};
use crate::read::body::id_words;

pub(super) const DIALECT: Dialect = Dialect {
    name: "nip",
    about: "title ABC-12, then words in back-ticks: `draft` `optional` `author:name`",
    claims: |outline: &Outline<'_>| {
        let badge = outline.fields.iter().any(|field| field.origin == Origin::Badge);
        badge && id_words(outline.title()).first().is_some_and(|(at, _)| *at == 0)
    },
    kind: |_| Some(Kind::Proposal),
    words: &[("final", Stage::Completed)],
    ..BASE
};
