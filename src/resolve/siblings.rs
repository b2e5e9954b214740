//! Files of one feature belong together by their names: `tasks.md` carries out the `plan.md` beside it.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::dialect;
use crate::model::{Document, Relation, RelationKind, Role};
use crate::path;
use crate::source::Span;

/// The relations that names imply, as the dialects say, where `written` has none between the two.
pub(super) fn relations(documents: &[Arc<Document>], written: &[Relation]) -> Vec<Relation> {
    let by_path: BTreeMap<&str, usize> =
        documents.iter().enumerate().map(|(index, document)| (document.path(), index)).collect();
    let known: BTreeSet<(usize, usize)> = written
        .iter()
        .filter(|relation| relation.kind != RelationKind::Mentions)
        .filter_map(|relation| Some((relation.from, relation.to?)))
        .collect();
    let mut found = Vec::new();
    for (from, document) in documents.iter().enumerate().filter(|(_, document)| document.role == Role::Document) {
        let name = path::name(document.path());
        let Some((stem, ending)) = name.rsplit_once('.') else { continue };
        for (this, kind, other) in dialect::named(document.dialect).siblings {
            let raw = format!("{other}.{ending}");
            let to = by_path
                .get(path::beside(document.path(), &raw).as_str())
                .copied()
                .filter(|to| documents[*to].role == Role::Document);
            let Some(to) = to.filter(|_| stem.eq_ignore_ascii_case(this)) else { continue };
            if !known.contains(&(from, to)) && !known.contains(&(to, from)) {
                let relation = |kind, from, to, raw| Relation {
                    kind,
                    from,
                    to: Some(to),
                    raw,
                    span: Span::default(),
                    inferred: true,
                };
                found.extend(kind.inverse().map(|inverse| relation(inverse, to, from, name.to_string())));
                found.push(relation(*kind, from, to, raw));
            }
        }
    }
    found
}
