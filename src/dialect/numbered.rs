//! Plans with facts in headings and numbered sections: `## Plan ID: PLAN-001`, `## Status: Draft`, `## 1. Overview`.

use super::{BASE, Dialect, Outline};
use crate::model::{Field, Kind};
use crate::read::fact;

pub(super) const DIALECT: Dialect = Dialect {
    name: "numbered",
    about: "heading lines Plan ID, Specification, Version, Status; numbered sections; a row of boxes at the foot",
    claims,
    kind,
    ..BASE
};

fn claims(outline: &Outline<'_>) -> bool {
    identified(outline, &["plan id", "specification id", "spec id", "specification"]) && outline.headings.len() > 2
}

fn kind(outline: &Outline<'_>) -> Option<Kind> {
    identified(outline, &["plan id"]).then_some(Kind::Plan)
}

/// One of these keys stands in a heading: the value's line is that of no parsed heading with other text.
fn identified(outline: &Outline<'_>, keys: &[&str]) -> bool {
    let named = |field: &&Field| keys.contains(&fact::normal(&field.key.value).as_str());
    outline.fields.iter().filter(named).any(|field| {
        let start = format!("{}:", field.key.value);
        outline.headings.iter().any(|heading| heading.text.starts_with(&start))
    })
}
