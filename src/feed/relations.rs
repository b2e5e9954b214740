//! `data/relations.json`: who hangs together with whom (schema `plansite.relations/1`).

use serde::Serialize;

use super::{Feed, Files, lines};
use crate::resolve::Collection;
use crate::view::Scenery;

pub(super) const FEED: Feed = Feed {
    path: "data/relations.json",
    about: "every relation (schema plansite.relations/1)",
    files: Files::One(|scenery: &Scenery<'_>| listing(scenery.scene.collection)),
};

#[derive(Serialize)]
struct Edge<'a> {
    from: &'a str,
    kind: &'static str,
    to: Option<&'a str>,
    raw: &'a str,
    inferred: bool,
}

/// Every relation of the collection, inferred ones too.
pub fn listing(collection: &Collection) -> Vec<u8> {
    let path = |index: usize| collection.documents[index].path();
    let edges = collection.relations.iter().map(|relation| Edge {
        from: path(relation.from),
        kind: relation.kind.word(),
        to: relation.to.map(path),
        raw: &relation.raw,
        inferred: relation.inferred,
    });
    lines(&[("schema", "plansite.relations/1".into())], "relations", edges)
}
