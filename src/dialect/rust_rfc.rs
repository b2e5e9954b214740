//! RFCs with a list of facts at the top or in frontmatter, as Rust's and its kin have them: `- Feature Name:`,
//! `- Start Date:`, `stage: accepted`.

use super::{BASE, Dialect, Outline};
use crate::model::{Kind, Stage};
use crate::read::fact::Fact;

pub(super) const DIALECT: Dialect = Dialect {
    name: "rust-rfc",
    about: "list lines or frontmatter with Feature Name, Start Date, RFC PR, Issue, Release Date, Shepherd before the first section",
    claims,
    kind: |_| Some(Kind::Rfc),
    keys: &[
        ("rfc pr", Fact::Related),
        ("name", Fact::Title),
        ("feature", Fact::Title),
        ("implementation", Fact::Related),
    ],
    // the last stage where stages are: released, and advised
    words: &[("recommended", Stage::Completed)],
    ..BASE
};

/// Keys of which two make an RFC of this sort, as list lines or as frontmatter, normalised.
const MARKS: &[&str] = &[
    "feature name",
    "feature",
    "start date",
    "release date",
    "release versions",
    "rfc pr",
    "rfc pull request",
    "cnb pull request",
    "cnb issue",
    "rfc type",
    "rfc status",
    "rust issue",
    "react issue",
    "rfc issue",
    "related issues",
    "implementation pr",
    "target major version",
    "reference issues",
    "shepherd team",
    "shepherd leader",
    "project link",
    "rfc tracking",
];

fn claims(outline: &Outline<'_>) -> bool {
    let marks = MARKS.iter().filter(|key| outline.states(key)).count();
    let listed = outline.header("name") && outline.header("start date");
    let tracked = outline.header("original author") && outline.header("tracking issue");
    marks >= 2 || listed || tracked
}
