//! What was not understood: documents without a place, keys that are nearly known, placeholders that are left.

use std::collections::BTreeMap;

use super::{Gap, Left, NearMiss, Reason, Spot, census, proper};
use crate::config::Config;
use crate::model::{Document, Kind, Origin, Stage, Value};
use crate::path;
use crate::read::fact::{self, Fact, MISSPELT};
use crate::read::identity::PAGES;
use crate::resolve::Collection;
use crate::words;

/// Documents by what keeps them from their place, what concerns most documents first.
pub(super) fn unplaced(collection: &Collection, config: &Config) -> Vec<Gap> {
    let mut gaps: BTreeMap<(Reason, String), Vec<Spot>> = BTreeMap::new();
    for (index, document) in proper(collection) {
        let unreadable = collection.notes[index].iter().find(|note| note.rule.starts_with("unreadable-"));
        if let Some(note) = unreadable {
            let spot = Spot::at(document, note.span);
            gaps.entry((Reason::Unreadable, note.message.clone())).or_default().push(spot);
        }
        for (reason, about, spot) in doubts(document, config) {
            gaps.entry((reason, about)).or_default().push(spot);
        }
    }
    let gap = |((reason, about), documents)| Gap { reason, about, documents };
    let mut gaps: Vec<Gap> = gaps.into_iter().map(gap).collect();
    gaps.sort_by_key(|gap| (gap.reason, std::cmp::Reverse(gap.documents.len())));
    gaps
}

fn doubts(document: &Document, config: &Config) -> Vec<(Reason, String, Spot)> {
    let mut doubts = Vec::new();
    let status = census::written(document);
    if let Some(status) = status.filter(|status| status.stage == Stage::Unknown && document.tracked()) {
        let word = words::shorten(&undated(&census::word(document, status, config)), 60);
        doubts.push((Reason::UnknownStatus, word, Spot::at(document, status.span)));
    }
    let typed = typed(document, config);
    // a type that nobody knows does no harm where the folder or the name says the kind
    let page = document.kind == Kind::Page;
    if let Some((word, spot)) = typed.as_ref().filter(|(word, _)| page && !known_type(word, config)) {
        doubts.push((Reason::UnknownType, word.to_lowercase(), spot.clone()));
    } else if typed.is_none()
        && page
        && !page_by_name(document.path())
        && let Some(status) = status.filter(|status| status.stage != Stage::Unknown)
    {
        doubts.push((Reason::NoKind, folder(document.path()), Spot::at(document, status.span)));
    }
    let expected = matches!(document.kind, Kind::Plan | Kind::Adr | Kind::Rfc | Kind::Proposal);
    if document.tracked() && expected && document.status.is_none() {
        doubts.push((Reason::NoStatus, folder(document.path()), Spot::whole(document)));
    }
    doubts
}

/// A status without the date or number behind it.
fn undated(word: &str) -> String {
    let number = |part: &&str| part.bytes().all(|byte| byte.is_ascii_digit());
    let parts: Vec<&str> = word.split(' ').take_while(|part| !number(part)).collect();
    if parts.is_empty() { word.to_string() } else { parts.join(" ") }
}

/// The word of `type:` in the frontmatter and its place.
fn typed(document: &Document, config: &Config) -> Option<(String, Spot)> {
    let states = |key: &str| fact::of(key, &[], &config.fields) == Some(Fact::Kind);
    let mut typed = document.fields.iter().filter(|field| field.origin == Origin::Frontmatter);
    let field = typed.find(|field| states(&field.key.value))?;
    let text = field.value.text().filter(|text| !text.value.trim().is_empty())?;
    Some((text.value.trim().to_string(), Spot::at(document, text.span)))
}

fn known_type(word: &str, config: &Config) -> bool {
    config.kinds.keys().any(|name| name.eq_ignore_ascii_case(word)) || Kind::from_word(word).is_some()
}

/// A README, an index, a licence: a page by its name.
fn page_by_name(path: &str) -> bool {
    PAGES.contains(&path::stem(path).to_lowercase().as_str())
}

/// The folder a document lies in, with a slash; `./` for the root.
fn folder(path: &str) -> String {
    path.rsplit_once('/').map_or_else(|| "./".to_string(), |(folder, _)| format!("{folder}/"))
}

/// Keys one slip away from known ones.
pub(super) fn near_misses(collection: &Collection, config: &Config) -> Vec<NearMiss> {
    let mut misses: BTreeMap<String, NearMiss> = BTreeMap::new();
    for (_, document) in proper(collection) {
        for field in document.fields.iter().filter(|field| census::top(field)) {
            let key = &field.key.value;
            let misspelt = MISSPELT.iter().any(|(wrong, _)| *wrong == fact::normal(key));
            // a key that only the dialect reads in its own way is no slip either
            let known = census::states(document, field, config).or(census::names(key, &[], config)).is_some();
            let Some(meant) = fact::meant(key).filter(|_| misspelt || !known) else { continue };
            let new = || NearMiss { key: key.clone(), meant: like(key, meant), read: misspelt, documents: Vec::new() };
            misses.entry(key.clone()).or_insert_with(new).documents.push(Spot::at(document, field.key.span));
        }
    }
    let mut misses: Vec<NearMiss> = misses.into_values().collect();
    misses.sort_by_key(|miss| std::cmp::Reverse(miss.documents.len()));
    misses
}

/// A known key spelled in the manner of another.
fn like(key: &str, known: &str) -> String {
    let parted = ['_', '-', ' '].into_iter().find(|parting| key.contains(*parting)).unwrap_or('_');
    known.replace(' ', &parted.to_string())
}

/// What templates left behind, the documents with most of it first.
pub(super) fn placeholders(collection: &Collection) -> Vec<Left> {
    let left = |document: &Document| {
        let spans = &document.anatomy.placeholders;
        let first = spans.first().filter(|_| document.tracked())?;
        let shown = words::shorten(document.source.slice(*first), 40);
        Some(Left { spot: Spot::at(document, *first), count: spans.len(), first: shown })
    };
    let mut left: Vec<Left> = proper(collection).filter_map(|(_, document)| left(document)).collect();
    left.sort_by(|a, b| b.count.cmp(&a.count).then_with(|| a.spot.cmp(&b.spot)));
    left
}

/// The texts of a value in the frontmatter, for guessing what an unknown key states.
pub(super) fn texts(value: &Value) -> Vec<&str> {
    value.texts().iter().map(|text| text.value.trim()).filter(|text| !text.is_empty()).collect()
}
