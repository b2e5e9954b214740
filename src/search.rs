//! The search index: every document's words, in a form of which the browser loads only what a query needs.
//!
//! `analyse` looks at one document and can run for many at once; an [`Index`] takes the results, also one by one when a
//! document changes; [`Files`] are made of the index as it stands. They are scripts that call `plansiteSearch.shard(…)`,
//! because that is the one way to load a file that also works from disk. Postings carry lunr's own scores, so
//! `search-core.js` can put those of a query's words together to an index that lunr.js loads and searches. Judging,
//! addresses and wording are the caller's; they come in a [`Card`].

mod card;
mod index;
pub mod language;
#[cfg(test)]
mod oracle;
mod postings;
mod shards;
mod text;
mod texts;
mod words;

use std::borrow::Cow;
use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

use xxhash_rust::xxh3::xxh3_64;

use crate::config;
use crate::date::Date;
use crate::glob;
use crate::markdown::Tree;
use crate::model::{Document, Freshness, Kind, Role, Stage};
use crate::search::postings::Counts;
use crate::search::text::Section;

pub use crate::search::card::cards;
pub use crate::search::index::Index;
pub use crate::search::shards::Files;
pub use crate::search::texts::Texts;

/// A file of the index: its path on the site and its bytes.
pub type File = (String, Vec<u8>);

/// A part of a document that can be searched by itself: `title:outbox`.
#[derive(Debug)]
pub struct Field {
    /// The name, as queries write it.
    pub name: &'static str,
    /// How much a word in it counts, against one in the body.
    pub boost: f64,
    /// Text and headings, in which a word that almost every document has isn't worth its place.
    pub prose: bool,
}

/// The fields, in the order of the index.
pub const FIELDS: [Field; 9] = [
    Field { name: "title", boost: 10.0, prose: false },
    Field { name: "id", boost: 20.0, prose: false },
    Field { name: "headings", boost: 4.0, prose: true },
    Field { name: "summary", boost: 2.0, prose: false },
    Field { name: "tasks", boost: 1.0, prose: true },
    Field { name: "body", boost: 1.0, prose: true },
    Field { name: "owner", boost: 3.0, prose: false },
    Field { name: "tags", boost: 5.0, prose: false },
    Field { name: "status", boost: 3.0, prose: false },
];

/// What a result shows of a document, and what results are narrowed by.
#[derive(Debug, Clone)]
pub struct Card {
    /// Address of its page, relative to the site's root.
    pub url: String,
    /// The id as shown.
    pub id: Option<String>,
    /// The title as shown.
    pub title: String,
    /// Which sort.
    pub kind: Kind,
    /// Name of the icon before the title: `plan`.
    pub icon: String,
    /// Where it stands.
    pub stage: Option<Stage>,
    /// Its status or its worst signal, as shown; absent where there is nothing to say.
    pub mark: Option<Mark>,
    /// Where it stands against its deadline on the day of the build.
    pub freshness: Freshness,
    /// What becomes of that: from each of these days on, the state beside it. In the order of the days.
    pub turns: Vec<(Date, Freshness)>,
    /// Who answers for it.
    pub owners: Vec<String>,
    /// A sentence or two, shown where no text matches.
    pub summary: Option<String>,
    /// Superseded, archived, rejected …: stands below documents that hold.
    pub dead: bool,
    /// What became of a dead document: `by PLAN-033`, a date; may be empty.
    pub fate: String,
    /// What its scores are multiplied by: at most 1, less for what is dead or has not been touched for years.
    pub boost: f64,
}

/// A status or a signal, as it is shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mark {
    /// Its classes: `st st-active`, `chip c-red`.
    pub class: String,
    /// Name of its icon: `blocked`.
    pub icon: String,
    /// The words.
    pub label: String,
}

/// A document, ready for the index.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Analysed {
    /// Its distinct words one after the other, in the order in which they first stand in its fields.
    words: String,
    /// The same words with their counts.
    counts: Vec<Word>,
    /// For each word the sections in which it stands, one list after the other.
    places: Vec<u16>,
    /// Its sections as JSON, for excerpts.
    pub sections: String,
    /// Of all of it, so that a changed index has another name.
    hash: u64,
}

/// A word of a document.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Word {
    /// Where it ends in the row of words.
    end: u32,
    /// Stands for the word where it is looked up, so that this is done once, and for many documents at a time.
    hash: u64,
    /// How often it stands in each field.
    counts: Counts,
    /// Where its sections end in the row of places.
    places: u32,
}

/// Whether a document is searched at all.
pub fn searched(document: &Document, settings: &config::Search) -> bool {
    let left_out = || settings.exclude.iter().any(|pattern| glob::holds(pattern, document.path()));
    settings.enabled && document.role == Role::Document && !left_out()
}

/// Looks at one document. `tree` is its body, parsed.
pub fn analyse(document: &Document, tree: Tree<'_>) -> Analysed {
    let sections = text::sections(document, tree);
    let mut analysed = count(&texts(document, &sections));
    analysed.sections = shards::sections(document, &sections);
    analysed.hash = xxh3_64(analysed.sections.as_bytes()) ^ xxh3_64(analysed.words.as_bytes()).rotate_left(1);
    analysed
}

/// The text of each field: pieces with the section in which they stand, where they stand in one.
fn texts<'a>(document: &'a Document, sections: &'a [Section]) -> [Vec<(Option<u16>, Cow<'a, str>)>; FIELDS.len()] {
    fn all<'a>(texts: impl Iterator<Item = &'a str>) -> Vec<(Option<u16>, Cow<'a, str>)> {
        texts.map(|text| (None, text.into())).collect()
    }
    let title = document.title.value.as_str();
    let headings = sections.iter().enumerate().filter_map(|(at, section)| {
        let heading = &document.anatomy.headings[section.heading?].text;
        (heading != title).then(|| (Some(at.min(u16::MAX.into()) as u16), heading.into()))
    });
    let prose = |tasks: bool| -> Vec<(Option<u16>, Cow<'a, str>)> {
        let all = sections.iter().enumerate();
        let parts = all.flat_map(|(at, section)| parts(section, tasks).into_iter().map(move |part| (at, part)));
        parts.map(|(at, part)| (Some(at.min(u16::MAX.into()) as u16), part.into())).collect()
    };
    let status = document.status.iter().flat_map(|status| [status.stage.word(), status.raw.as_str()]);
    [
        all([title].into_iter()),
        document.id.iter().map(|id| (None, spellings(&id.value).into())).collect(),
        headings.collect(),
        all(document.summary.as_deref().into_iter()),
        prose(true),
        prose(false),
        all(document.owners.iter().map(|owner| owner.value.as_str())),
        all(document.tags.iter().map(|tag| tag.value.as_str())),
        all(status),
    ]
}

/// An id in all the ways people type it: `PLAN-023` also as `plan023`, `plan23` and `23`.
fn spellings(id: &str) -> String {
    let mut parts: Vec<String> = Vec::new();
    let mut digits = None;
    for c in id.to_lowercase().chars().filter(|c| c.is_alphanumeric()) {
        match parts.last_mut() {
            Some(part) if digits == Some(c.is_numeric()) => part.push(c),
            _ => parts.push(c.into()),
        }
        digits = Some(c.is_numeric());
    }
    let bare = |part: &str| Some(part.trim_start_matches('0').to_string()).filter(|bare| !bare.is_empty());
    let short: Vec<String> = parts.iter().map(|part| bare(part).unwrap_or(part.clone())).collect();
    let mut all = vec![id.to_string()];
    if !parts.is_empty() && parts.concat() != id.to_lowercase() {
        all.push(parts.concat());
    }
    if short != parts {
        all.push(short.concat());
        all.extend(short.iter().filter(|part| short.len() > 1 && !parts.contains(part)).cloned());
    }
    all.join(" ")
}

/// The section's text within tasks, or outside of them.
fn parts(section: &Section, tasks: bool) -> Vec<&str> {
    if tasks {
        return section.tasks.iter().map(|(start, end)| &section.text[*start..*end]).collect();
    }
    let starts = [0].into_iter().chain(section.tasks.iter().map(|(_, end)| *end));
    let ends = section.tasks.iter().map(|(start, _)| *start).chain([section.text.len()]);
    starts.zip(ends).map(|(start, end)| &section.text[start..end]).collect()
}

/// The distinct words of all fields, how often each stands in each, and in which sections.
fn count(texts: &[Vec<(Option<u16>, Cow<'_, str>)>; FIELDS.len()]) -> Analysed {
    let mut known: HashMap<u64, u32, Ready> = HashMap::default();
    let mut seen: Vec<(u32, u16)> = Vec::new();
    let (mut words, mut counts) = (String::new(), Vec::<Word>::new());
    for (field, pieces) in texts.iter().enumerate() {
        for (section, text) in pieces {
            words::each(&words::plain(text), |word| {
                let hash = xxh3_64(word.as_bytes());
                let place = *known.entry(hash).or_insert_with(|| {
                    words.push_str(word);
                    counts.push(Word { end: words.len() as u32, hash, counts: Counts::default(), places: 0 });
                    counts.len() as u32 - 1
                });
                let count = &mut counts[place as usize].counts[field];
                *count = count.saturating_add(1);
                seen.extend(section.map(|section| (place, section)));
            });
        }
    }
    seen.sort_unstable();
    seen.dedup();
    let mut rest = seen.as_slice();
    for (at, word) in counts.iter_mut().enumerate() {
        rest = &rest[rest.partition_point(|(place, _)| *place as usize == at)..];
        word.places = (seen.len() - rest.len()) as u32;
    }
    let places = seen.into_iter().map(|(_, section)| section).collect();
    Analysed { words, counts, places, ..Analysed::default() }
}

/// For maps whose keys are hashes already. Two words with one hash would be taken for one: at 64 bits they don't meet by
/// chance, and who makes them meet spoils the search for these two words only.
type Ready = BuildHasherDefault<Same>;

#[derive(Debug, Default)]
struct Same(u64);

impl Hasher for Same {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        self.0 = xxh3_64(bytes);
    }

    fn write_u64(&mut self, hash: u64) {
        self.0 = hash;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_found_in_every_spelling() {
        assert_eq!(spellings("PLAN-023"), "PLAN-023 plan023 plan23 23");
        assert_eq!(spellings("KEP-1234.5"), "KEP-1234.5 kep12345");
        assert_eq!(spellings("0007"), "0007 7");
        assert_eq!(spellings("self-update"), "self-update selfupdate");
        assert_eq!(spellings("A-00"), "A-00 a00");
        assert_eq!(spellings("—"), "—");
    }
}
