//! A document as a search result shows it: the same words, icons and colours as on every other page.

use super::{Card, Mark};
use crate::date::Date;
use crate::model::{Document, Freshness, Stage, Standing};
use crate::view::Scenery;

/// A dead document's scores are multiplied by this, so that what still holds stands above what once held.
const DEAD: f64 = 0.5;
/// The scores of a document lose this share with each year that it is older than the collection's latest …
const YEARLY: f64 = 0.06;
/// … but never more than down to this.
const OLDEST: f64 = 0.7;

/// The cards of these documents.
pub fn cards(scenery: &Scenery<'_>, documents: &[usize]) -> Vec<Card> {
    let touched: Vec<Option<Date>> = documents.iter().map(|index| touched(scenery, *index)).collect();
    let latest = touched.iter().flatten().max().copied();
    let cards = documents.iter().zip(touched).map(|(index, touched)| Card {
        boost: boost(dead(&scenery.scene.collection.documents[*index]), touched, latest),
        ..card(scenery, *index)
    });
    cards.collect()
}

fn card(scenery: &Scenery<'_>, index: usize) -> Card {
    let scene = &scenery.scene;
    let document = &scene.collection.documents[index];
    let face = scenery.face(index);
    let stage = document.stage();
    let dead = dead(document);
    let mark = match face.chips.first().filter(|_| !dead) {
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
        summary: document.summary.clone(),
        dead,
        fate: if dead { face.fact.clone() } else { String::new() },
        boost: 1.0,
    }
}

fn dead(document: &Document) -> bool {
    matches!(document.stage(), Some(Stage::Superseded | Stage::Archived | Stage::Rejected | Stage::Deprecated))
}

/// The last day on which its content changed, as git or the document itself tells.
fn touched(scenery: &Scenery<'_>, index: usize) -> Option<Date> {
    let collection = scenery.scene.collection;
    let document = &collection.documents[index];
    let past = collection.pasts.get(index);
    let changed = past.and_then(|past| past.changed.as_ref()).map(|touch| touch.day);
    let dates = &document.dates;
    let written = [&dates.updated, &dates.decided, &dates.completed, &dates.created];
    changed.into_iter().chain(written.into_iter().flatten().map(|day| day.value)).max()
}

/// A document without any date counts as one of the latest: nothing says that it is old.
fn boost(dead: bool, touched: Option<Date>, latest: Option<Date>) -> f64 {
    let days = touched.zip(latest).and_then(|(touched, latest)| touched.until(latest).ok()).map_or(0, |s| s.get_days());
    let recent = (1.0 - YEARLY * f64::from(days) / 365.0).max(OLDEST);
    if dead { DEAD * recent } else { recent }
}

/// From which day on a live document is due, and from which it is late.
fn turns(standing: &Standing, due_from: Date) -> Vec<(Date, Freshness)> {
    let Some(deadline) = &standing.deadline else { return Vec::new() };
    let late = if standing.basis == Some("expires") { Freshness::Expired } else { Freshness::ReviewOverdue };
    let after = deadline.value.tomorrow().unwrap_or(Date::MAX);
    vec![(due_from, Freshness::Due), (after, late)]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_holds_and_is_recent_stands_higher() {
        let day = |text: &str| text.parse::<Date>().ok();
        let latest = day("2026-11-23");
        let boost = |dead, text| (boost(dead, day(text), latest) * 100.0).round();
        assert_eq!(boost(false, "2026-11-23"), 100.0);
        assert_eq!(boost(false, ""), 100.0);
        assert_eq!(boost(false, "2024-11-23"), 88.0);
        assert_eq!(boost(false, "1999-01-01"), 70.0);
        assert_eq!(boost(true, "2024-11-23"), 44.0);
    }
}
