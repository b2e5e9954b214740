//! `agents/index.json`: every live document for AI agents, with what calls for it, what it costs, and what to know before
//! (schema `plansite.agents/1`). Documents that ask not to be read by agents aren't named.

use serde::Serialize;

use super::plain::tokens;
use super::wish::{AiEntry, Load, Priority};
use super::{Feed, Files, lines};
use crate::view::{Scenery, Worth, advice, twin};

pub(super) const FEED: Feed = Feed {
    path: "agents/index.json",
    about: "the live documents for AI agents (schema plansite.agents/1)",
    files: Files::One(make),
};

#[derive(Serialize)]
struct Entry<'a> {
    path: &'a str,
    twin: String,
    id: Option<&'a str>,
    title: &'a str,
    kind: &'static str,
    stage: Option<&'static str>,
    load: &'static str,
    priority: &'static str,
    ai: Option<AiEntry<'a>>,
    triggers: &'a [String],
    tokens: u64,
    freshness: &'static str,
    deadline: Option<String>,
    owners: Vec<&'a str>,
    status: String,
    warnings: Vec<String>,
}

fn make(scenery: &Scenery<'_>) -> Vec<u8> {
    let scene = &scenery.scene;
    let documents = &scene.collection.documents;
    let mut order: Vec<usize> = (0..documents.len()).collect();
    order.retain(|index| {
        let document = &documents[*index];
        (document.tracked() || document.ai.is_some()) && Load::of(document) != Load::Never
    });
    order.sort_by_key(|index| (Load::of(&documents[*index]) != Load::Always, Priority::of(&documents[*index]), *index));
    let entries = order.into_iter().filter_map(|index| entry(scenery, index));
    lines(
        &[
            ("schema", "plansite.agents/1".into()),
            ("today", scene.today.to_string().into()),
            ("token_budget", scene.config.agents.token_budget.into()),
        ],
        "documents",
        entries,
    )
}

fn entry<'a>(scenery: &Scenery<'a>, index: usize) -> Option<Entry<'a>> {
    let scene = &scenery.scene;
    let document = &scene.collection.documents[index];
    let told = advice(scenery, index, "");
    let standing = &scene.judgement.standings[index];
    (told.worth == Worth::Live).then(|| Entry {
        path: document.path(),
        twin: twin(&scenery.face(index).href),
        id: document.id.as_ref().map(|id| id.value.as_str()),
        title: &document.title.value,
        kind: document.kind.entry().word,
        stage: document.stage().map(crate::model::Stage::word),
        load: Load::of(document).word(),
        priority: Priority::of(document).word(),
        ai: document.ai.as_ref().map(AiEntry::of),
        triggers: document.ai.as_ref().map(|ai| ai.triggers.as_slice()).unwrap_or_default(),
        tokens: tokens(&document.source.text),
        freshness: standing.state.word(),
        deadline: standing.deadline.as_ref().map(|day| day.value.to_string()),
        owners: scene.collection.owners_of(index).0,
        status: told.status,
        warnings: told.warnings,
    })
}
