//! Markdown Any Decision Records 2 to 4: considered options and a decision outcome; status in frontmatter or a list.

use super::{BASE, Dialect, Outline};
use crate::model::Kind;
use crate::read::fact::Fact;

pub(super) const DIALECT: Dialect = Dialect {
    name: "madr",
    about: "sections Considered Options and Decision Outcome; status, date and decision-makers in frontmatter or list lines",
    claims,
    kind: |_| Some(Kind::Adr),
    keys: &[("technical story", Fact::Related)],
    ..BASE
};

fn claims(outline: &Outline<'_>) -> bool {
    let sections = ["Considered Options", "Decision Outcome", "Context and Problem Statement"];
    let shaped = sections.iter().filter(|name| outline.heading(name)).count() >= 2;
    let people = outline.frontmatter("deciders") || outline.frontmatter("decision makers");
    shaped || (people && outline.frontmatter("status"))
}
