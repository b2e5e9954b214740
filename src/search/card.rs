//! A document as a search result shows it: the same words, icons and colours as on every other page.

use super::{Card, Mark};
use crate::date::Date;
use crate::model::{Freshness, Stage, Standing};
use crate::view::Scenery;

/// The card of one document.
pub fn card(scenery: &Scenery<'_>, index: usize) -> Card {
    let scene = &scenery.scene;
    let document = &scene.collection.documents[index];
    let face = scenery.face(index);
    let stage = document.stage();
    let mark = match face.chips.first() {
        Some(chip) => Some(Mark {
            class: format!("chip {}", chip.class).trim_end().into(),
            icon: chip.icon.into(),
            label: chip.word.into(),
        }),
        None => stage.map(|_| Mark {
            class: format!("st st-{}", face.status.class),
            icon: face.status.icon.into(),
            label: face.status.word.clone(),
        }),
    };
    let texts = |values: &[crate::source::Spanned<String>]| values.iter().map(|value| value.value.clone()).collect();
    let standing = &scene.judgement.standings[index];
    Card {
        url: scene.collection.addresses[index].clone(),
        id: document.id.as_ref().map(|id| id.value.clone()),
        title: document.title.value.clone(),
        kind: document.kind,
        icon: face.kind.icon.into(),
        stage,
        mark,
        freshness: standing.state,
        turns: turns(
            standing,
            scene.config.freshness.warn_before.0.before(standing.deadline.as_ref().map_or(Date::MAX, |day| day.value)),
        ),
        owners: texts(&document.owners),
        tags: texts(&document.tags),
        summary: document.summary.clone(),
        dead: matches!(stage, Some(Stage::Superseded | Stage::Archived | Stage::Rejected | Stage::Deprecated)),
    }
}

/// From which day on a live document is due, and from which it is late.
fn turns(standing: &Standing, due_from: Date) -> Vec<(Date, Freshness)> {
    let Some(deadline) = &standing.deadline else { return Vec::new() };
    let late = if standing.basis == Some("expires") { Freshness::Expired } else { Freshness::ReviewOverdue };
    let after = deadline.value.tomorrow().unwrap_or(Date::MAX);
    vec![(due_from, Freshness::Due), (after, late)]
}
