//! Kubernetes enhancement proposals and their kin: `kep.yaml` beside `README.md`, or the same keys as frontmatter.

use super::{BASE, Dialect, Outline};
use crate::model::Kind;
use crate::read::fact::Fact;

pub(super) const DIALECT: Dialect = Dialect {
    name: "kep",
    about: "kep.yaml beside README.md, or frontmatter with authors, reviewers, approvers, creation-date, see-also, replaces",
    claims: |outline: &Outline<'_>| {
        let frontmatter = outline.frontmatter("creation date")
            && outline.frontmatter("authors")
            && ["approvers", "reviewers", "last updated", "collaborators"].iter().any(|key| outline.frontmatter(key));
        outline.beside("kep number") || outline.beside("owning sig") || outline.beside("creation date") || frontmatter
    },
    kind: |_| Some(Kind::Proposal),
    // the stage of the feature, not of the proposal
    keys: &[
        ("stage", Fact::Other),
        ("milestone", Fact::Other),
        ("owning sig", Fact::Tag),
        ("tracking link", Fact::Other),
    ],
    sidecars: &[("kep.yaml", "README.md"), ("kep.yml", "README.md")],
    ..BASE
};
