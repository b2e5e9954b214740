//! Pages that say how long a review is good for: `last_reviewed_on: 2026-01-02`, `review_in: 6 months`.

use super::{BASE, Dialect, Outline};

pub(super) const DIALECT: Dialect = Dialect {
    name: "govuk",
    about: "frontmatter last_reviewed_on, review_in and owner_slack",
    claims: |outline: &Outline<'_>| outline.frontmatter("last reviewed on") && outline.frontmatter("review in"),
    ..BASE
};
