//! `badge.json`: how many live documents are past their day, in the form that shields.io reads from an address
//! (schema version 1). A badge of a collection is never an error: those are told where the site is built.

use serde_json::json;

use super::{Feed, Files, pretty};
use crate::model::Freshness;
use crate::words;

pub(super) const FEED: Feed = Feed {
    path: "badge.json",
    about: "a badge with the number of expired documents (shields.io endpoint, schema version 1)",
    files: Files::One(|scenery| {
        let scene = &scenery.scene;
        let count = |state| scene.judgement.standings.iter().filter(|standing| standing.state == state).count();
        let (expired, late) = (count(Freshness::Expired), count(Freshness::ReviewOverdue));
        let (message, color) = match (expired, late) {
            (0, 0) => ("all fresh".to_string(), "brightgreen"),
            (0, late) => (words::count(late, "review overdue", "reviews overdue"), "yellow"),
            (expired, _) => (format!("{expired} expired"), "red"),
        };
        pretty(&json!({
            "schemaVersion": 1, "label": "plans", "message": message, "color": color, "isError": false, "cacheSeconds": 3600
        }))
    }),
};
