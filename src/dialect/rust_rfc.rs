//! RFCs with a list of facts at the top, as Rust's and its kin have them: `- Feature Name:`, `- Start Date:`.

use super::{Dialect, Outline};
use crate::model::Kind;
use crate::read::fact::Fact;

pub(super) const DIALECT: Dialect = Dialect {
    name: "rust-rfc",
    about: "list lines Feature Name, Start Date, RFC PR, Issue before the first section",
    claims,
    kind: |_| Some(Kind::Rfc),
    keys: &[("rfc pr", Fact::Related), ("name", Fact::Title), ("implementation", Fact::Related)],
    words: &[],
};

fn claims(outline: &Outline<'_>) -> bool {
    let marks = [
        "feature name",
        "start date",
        "rfc pr",
        "rust issue",
        "react issue",
        "rfc issue",
        "target major version",
        "reference issues",
    ];
    let count = marks.iter().filter(|key| outline.header(key)).count();
    let buildpacks = outline.header("name") && outline.header("author") && outline.header("start date");
    count >= 2 || buildpacks
}
