//! `data/relations.json`: who hangs together with whom (schema `plansite.relations/1`).

use serde::Serialize;

use super::{Feed, pretty};
use crate::view::Scene;

pub(super) const FEED: Feed =
    Feed { path: "data/relations.json", about: "every relation (schema plansite.relations/1)", make };

#[derive(Serialize)]
struct Relations<'a> {
    schema: &'static str,
    relations: Vec<Edge<'a>>,
}

#[derive(Serialize)]
struct Edge<'a> {
    from: &'a str,
    kind: &'static str,
    to: Option<&'a str>,
    raw: &'a str,
    inferred: bool,
}

fn make(scene: &Scene<'_>) -> Vec<u8> {
    let path = |index: usize| scene.collection.documents[index].path();
    let edge = |relation: &'_ crate::model::Relation| {
        (path(relation.from), relation.kind.word(), relation.to.map(path), relation.raw.clone(), relation.inferred)
    };
    let edges: Vec<_> = scene.collection.relations.iter().map(edge).collect();
    let relations = edges
        .iter()
        .map(|(from, kind, to, raw, inferred)| Edge { from, kind, to: *to, raw, inferred: *inferred })
        .collect();
    pretty(&Relations { schema: "plansite.relations/1", relations })
}
