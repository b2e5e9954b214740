//! Analysed documents become an inverted index, and stay one: a document can be put in, taken out and put in anew.
//!
//! Only words and counts are kept of a document. Nothing that depends on the whole collection is, so that one changed
//! document costs the work of one; scores and files are made of the index as it stands (see `shards`).

use std::collections::HashMap;

use xxhash_rust::xxh3::xxh3_64;

use crate::search::language::Language;
use crate::search::postings::{Entry, Postings};
use crate::search::{Analysed, FIELDS, Ready, Word, words};

/// In `surfaces`: a word that isn't indexed. In a word: no second term.
const NONE: u32 = u32::MAX;

/// The words of a collection and where they stand.
#[derive(Debug)]
pub struct Index {
    /// Of its documents.
    pub(super) language: &'static Language,
    /// The hash of every word met, and its place in `words`.
    surfaces: HashMap<u64, u32, Ready>,
    /// Every word met.
    pub(super) words: Vec<Surface>,
    /// Every stem, and its term.
    names: HashMap<Box<str>, u32>,
    /// For each term where it stands, in the order in which the terms were met.
    pub(super) terms: Vec<Term>,
    /// What is known of each document, by slot.
    pub(super) slots: Vec<Slot>,
    /// Slots whose document went.
    free: Vec<u32>,
    /// For each term where it stands among those of the document in hand, plus one; 0 between documents.
    marks: Vec<u32>,
}

/// A stem.
#[derive(Debug)]
pub(super) struct Term {
    pub name: Box<str>,
    pub postings: Postings,
}

/// A word as it is written.
#[derive(Debug)]
pub(super) struct Surface {
    /// The word, if it is one that could be misspelt: letters only, neither short nor long. Else empty.
    pub word: Box<str>,
    /// Its stem, and the stem of the word without accents where that is another.
    pub terms: [u32; 2],
    /// In how many documents it stands.
    pub documents: u32,
}

/// What is kept of one document.
#[derive(Debug, Clone, Default)]
pub(super) struct Slot {
    /// Words in each field, those that aren't indexed left out.
    pub lengths: [u32; FIELDS.len()],
    /// Of all that was analysed.
    pub hash: u64,
    /// Bytes of its sections as JSON.
    pub text: usize,
}

impl Index {
    /// An empty index of documents in a language.
    pub fn new(language: &'static Language) -> Index {
        Index {
            language,
            surfaces: language.stops().map(|word| (xxh3_64(word.as_bytes()), NONE)).collect(),
            words: Vec::new(),
            names: HashMap::new(),
            terms: Vec::new(),
            slots: Vec::new(),
            free: Vec::new(),
            marks: Vec::new(),
        }
    }

    /// Takes a document in. The number stands for it until it is taken out.
    pub fn put(&mut self, document: &Analysed) -> u32 {
        let slot = self.free.pop().unwrap_or(self.slots.len() as u32);
        if slot as usize == self.slots.len() {
            self.slots.push(Slot::default());
        }
        self.change(slot, None, Some(document));
        slot
    }

    /// Takes a document out. It has to be what was put in.
    pub fn take(&mut self, slot: u32, document: &Analysed) {
        self.change(slot, Some(document), None);
        self.free.push(slot);
    }

    /// Puts a document in another's place, at the cost of what differs between them.
    pub fn replace(&mut self, slot: u32, old: &Analysed, new: &Analysed) {
        self.change(slot, Some(old), Some(new));
    }

    fn change(&mut self, slot: u32, old: Option<&Analysed>, new: Option<&Analysed>) {
        let before = old.map(|old| self.entries(old, -1)).unwrap_or_default();
        let after = new.map(|new| self.entries(new, 1)).unwrap_or_default();
        for (term, entry) in &before {
            if after.binary_search_by_key(term, |(term, _)| *term).ok().is_none_or(|at| after[at].1 != *entry) {
                self.terms[*term as usize].postings.take(slot);
            }
        }
        let mut lengths = [0; FIELDS.len()];
        for (term, entry) in &after {
            (0..FIELDS.len()).for_each(|field| lengths[field] += u32::from(entry.counts[field]));
            if before.binary_search_by_key(term, |(term, _)| *term).ok().is_none_or(|at| before[at].1 != *entry) {
                self.terms[*term as usize].postings.put(slot, entry);
            }
        }
        self.slots[slot as usize] =
            new.map(|new| Slot { lengths, hash: new.hash, text: new.sections.len() }).unwrap_or_default();
    }

    /// The document's terms, sorted. Counts the documents of its words up or down.
    fn entries(&mut self, document: &Analysed, step: i32) -> Vec<(u32, Entry)> {
        let mut entries: Vec<(u32, Entry)> = Vec::with_capacity(document.counts.len());
        let (mut start, mut from) = (0, 0);
        for Word { end, hash, counts, places } in &document.counts {
            let word = &document.words[start..*end as usize];
            let sections = &document.places[from..*places as usize];
            (start, from) = (*end as usize, *places as usize);
            let Some(surface) = self.surface(word, *hash) else { continue };
            let surface = &mut self.words[surface as usize];
            surface.documents = surface.documents.saturating_add_signed(step);
            for term in surface.terms.into_iter().filter(|term| *term != NONE) {
                match self.marks[term as usize] {
                    0 => {
                        entries.push((term, Entry { counts: *counts, places: sections.to_vec() }));
                        self.marks[term as usize] = entries.len() as u32;
                    }
                    mark => entries[mark as usize - 1].1.add(counts, sections),
                }
            }
        }
        entries.iter().for_each(|(term, _)| self.marks[*term as usize] = 0);
        entries.sort_unstable_by_key(|(term, _)| *term);
        entries
    }

    /// The word's place; absent for a word that isn't indexed.
    fn surface(&mut self, word: &str, hash: u64) -> Option<u32> {
        if let Some(surface) = self.surfaces.get(&hash) {
            return (*surface != NONE).then_some(*surface);
        }
        let (stem, other) = self.language.forms(word);
        let terms = [self.term(stem), other.map_or(NONE, |other| self.term(other))];
        let plain =
            (4..=24).contains(&word.len()) && word.chars().all(char::is_alphabetic) && !word.contains(words::dense);
        let surface = self.words.len() as u32;
        self.words.push(Surface { word: if plain { word.into() } else { Box::default() }, terms, documents: 0 });
        self.surfaces.insert(hash, surface);
        Some(surface)
    }

    fn term(&mut self, stem: String) -> u32 {
        if let Some(term) = self.names.get(stem.as_str()) {
            return *term;
        }
        let term = self.terms.len() as u32;
        self.terms.push(Term { name: stem.as_str().into(), postings: Postings::default() });
        self.marks.push(0);
        self.names.insert(stem.into(), term);
        term
    }
}
