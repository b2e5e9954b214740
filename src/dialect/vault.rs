//! Notes of a vault: wikilinks in the frontmatter, tags that name the sort of note.

use super::{BASE, Dialect, Outline};

pub(super) const DIALECT: Dialect = Dialect {
    name: "vault",
    about: "frontmatter with tags and related: [[wikilinks]]; status often in the title",
    claims: |outline: &Outline<'_>| {
        let linked = |text: &str| text.trim_start().starts_with("[[");
        let field = |value: &crate::model::Value| value.texts().iter().any(|text| linked(&text.value));
        outline.fields.iter().any(|field_| field_.origin == crate::model::Origin::Frontmatter && field(&field_.value))
    },
    ..BASE
};
