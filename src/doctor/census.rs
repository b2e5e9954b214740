//! What is in use: dialects, status words, keys.

use std::collections::BTreeMap;

use super::{DialectUse, KeyUse, Spot, WordUse, proper};
use crate::config::Config;
use crate::dialect;
use crate::model::{Document, Field, Origin, Status};
use crate::read::fact::{self, FACTS, Fact};
use crate::read::status;
use crate::resolve::Collection;
use crate::words;

/// A longer phrase that nobody knows is a sentence, not a word.
const LONGEST_WORD: usize = 40;

pub(super) fn dialects(collection: &Collection) -> Vec<DialectUse> {
    let mut uses: BTreeMap<&str, DialectUse> = BTreeMap::new();
    for (_, document) in proper(collection) {
        let known = dialect::named(document.dialect);
        let new = || DialectUse { name: known.name, about: known.about, documents: 0, example: Spot::whole(document) };
        uses.entry(known.name).or_insert_with(new).documents += 1;
    }
    let mut uses: Vec<DialectUse> = uses.into_values().collect();
    uses.sort_by_key(|found| std::cmp::Reverse(found.documents));
    uses
}

pub(super) fn statuses(collection: &Collection, config: &Config) -> Vec<WordUse> {
    let mut uses: BTreeMap<(String, &str), WordUse> = BTreeMap::new();
    for (_, document) in proper(collection) {
        let Some(status) = written(document) else { continue };
        let word = words::shorten(&word(document, status, config), LONGEST_WORD);
        let stage = status.stage.word();
        let example = || Spot::at(document, status.span);
        let new = || WordUse { word: word.clone(), stage, documents: 0, example: example() };
        uses.entry((word.clone(), stage)).or_insert_with(new).documents += 1;
    }
    let mut uses: Vec<WordUse> = uses.into_values().collect();
    uses.sort_by_key(|found| std::cmp::Reverse(found.documents));
    uses
}

pub(super) fn keys(collection: &Collection, config: &Config) -> Vec<KeyUse> {
    // by the key's normal form: how it is written and how often, and who has it first
    let mut spellings: BTreeMap<String, BTreeMap<&str, usize>> = BTreeMap::new();
    let mut uses: BTreeMap<String, KeyUse> = BTreeMap::new();
    for (_, document) in proper(collection) {
        let mut seen: Vec<String> = Vec::new();
        for field in document.fields.iter().filter(|field| top(field)) {
            let normal = fact::normal(&field.key.value);
            if seen.contains(&normal) {
                continue;
            }
            let fact = states(document, field, config);
            // in a page that has no life `- Fast: because …` is prose
            if fact.is_none() && !document.tracked() && matches!(field.origin, Origin::Header | Origin::Table) {
                continue;
            }
            *spellings.entry(normal.clone()).or_default().entry(&field.key.value).or_default() += 1;
            let new = || KeyUse {
                key: field.key.value.clone(),
                fact,
                documents: 0,
                example: Spot::at(document, field.key.span),
            };
            let found = uses.entry(normal.clone()).or_insert_with(new);
            found.documents += 1;
            found.fact = found.fact.or(fact);
            seen.push(normal);
        }
    }
    for (normal, found) in &mut uses {
        // of equally frequent spellings the first in order
        let often = spellings[normal].iter().max_by(|a, b| a.1.cmp(b.1).then(b.0.cmp(a.0)));
        found.key = often.map_or_else(String::new, |(key, _)| key.to_string());
    }
    let mut uses: Vec<KeyUse> = uses.into_values().collect();
    uses.sort_by_key(|found| std::cmp::Reverse(found.documents));
    uses
}

/// The strongest status that is written in the document rather than told by names around it or by others.
pub(super) fn written(document: &Document) -> Option<&Status> {
    let said = |origin| !matches!(origin, Origin::Folder | Origin::FileName | Origin::Relation);
    document.statuses.iter().find(|status| said(status.origin))
}

/// The words of a status that decide.
pub(super) fn word(document: &Document, status: &Status, config: &Config) -> String {
    status::phrase(&status.raw, dialect::named(document.dialect).words, &config.status)
}

/// What a document's key states, by its name in the configuration.
pub(super) fn states(document: &Document, field: &Field, config: &Config) -> Option<&'static str> {
    names(&field.key.value, dialect::named(document.dialect).keys, config)
}

/// What a key states, by its name in the configuration. `own` are a dialect's keys.
pub(super) fn names(key: &str, own: &[(&str, Fact)], config: &Config) -> Option<&'static str> {
    let found = fact::of(key, own, &config.fields)?;
    FACTS.iter().find(|(_, fact)| *fact == found).map(|(name, _)| *name)
}

/// Stands where a document states facts of itself.
pub(super) fn top(field: &Field) -> bool {
    matches!(field.origin, Origin::Frontmatter | Origin::Header | Origin::Table | Origin::Checkbox | Origin::Sidecar)
}
