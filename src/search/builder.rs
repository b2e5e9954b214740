//! Analysed documents become an inverted index.
//!
//! Only words and counts are kept of a document; its text leaves with [`Builder::add`] as soon as a file of it is full,
//! so that memory doesn't grow with the texts.

use std::collections::HashMap;

use xxhash_rust::xxh3::xxh3_64;

use crate::search::language::Language;
use crate::search::postings::{Counts, Postings, Scale};
use crate::search::{Analysed, Card, DEAD, FIELDS, File, Files, Ready, Word, shards, words};

/// In collections of more documents than this …
const MANY: usize = 1000;
/// … a term in more than this share of them isn't indexed for running text, in percent.
const COMMON: usize = 60;
/// In `surfaces`: no term, or no second one. A word that isn't indexed has none.
const NONE: u32 = u32::MAX;

/// Takes documents, in their order, and gives the files of the index.
#[derive(Debug)]
pub struct Builder {
    language: &'static Language,
    /// The hash of every word met, and its one or two terms.
    surfaces: HashMap<u64, [u32; 2], Ready>,
    /// Every stem, and its term.
    terms: HashMap<Box<str>, u32>,
    /// For each term where it stands.
    postings: Vec<Postings>,
    /// For each term the shortest word that stands for it and could be misspelt; empty where there is none.
    spellings: Vec<Box<str>>,
    /// For each term where it stands in `current`, plus one; 0 between documents.
    slots: Vec<u32>,
    /// The terms of the document in hand.
    current: Vec<(u32, Counts)>,
    cards: Vec<Card>,
    lengths: Vec<[u32; FIELDS.len()]>,
    texts: shards::Texts,
    hash: u64,
}

impl Builder {
    /// An empty index of documents in a language.
    pub fn new(language: &'static Language) -> Builder {
        Builder {
            language,
            surfaces: language.stops().map(|word| (xxh3_64(word.as_bytes()), [NONE; 2])).collect(),
            terms: HashMap::new(),
            postings: Vec::new(),
            spellings: Vec::new(),
            slots: Vec::new(),
            current: Vec::new(),
            cards: Vec::new(),
            lengths: Vec::new(),
            texts: shards::Texts::default(),
            hash: 0,
        }
    }

    /// Takes the next document. Gives a file of texts where this document filled it.
    #[must_use = "the texts of documents are in this file and nowhere else"]
    pub fn add(&mut self, analysed: Analysed) -> Option<File> {
        let document = self.cards.len() as u32;
        let (mut start, mut length) = (0, [0; FIELDS.len()]);
        for Word { end, hash, counts } in &analysed.counts {
            let word = &analysed.words[start..*end as usize];
            start = *end as usize;
            for term in self.terms_of(word, *hash).into_iter().filter(|term| *term != NONE) {
                (0..FIELDS.len()).for_each(|field| length[field] += u32::from(counts[field]));
                match self.slots[term as usize] {
                    0 => {
                        self.current.push((term, *counts));
                        self.slots[term as usize] = self.current.len() as u32;
                    }
                    slot => {
                        let sum = &mut self.current[slot as usize - 1].1;
                        (0..FIELDS.len()).for_each(|field| sum[field] = sum[field].saturating_add(counts[field]));
                    }
                }
            }
        }
        for (term, counts) in self.current.drain(..) {
            self.postings[term as usize].push(document, &counts);
            self.slots[term as usize] = 0;
        }
        self.lengths.push(length);
        self.hash = self.hash.rotate_left(5) ^ analysed.hash;
        let full = self.texts.add(&analysed.card.url, &analysed.sections);
        self.cards.push(analysed.card);
        full
    }

    /// The remaining files.
    pub fn finish(self) -> Files {
        let (index, words, cards, texts, hash) = self.close();
        Files::new(index, &words, cards, texts, hash)
    }

    /// The terms that stand for a word.
    fn terms_of(&mut self, word: &str, hash: u64) -> [u32; 2] {
        if let Some(terms) = self.surfaces.get(&hash) {
            return *terms;
        }
        let (stem, other) = self.language.forms(word);
        let terms = [self.term(stem), other.map_or(NONE, |other| self.term(other))];
        let held = &mut self.spellings[terms[0] as usize];
        let plain =
            (4..=24).contains(&word.len()) && word.chars().all(char::is_alphabetic) && !word.contains(words::dense);
        if plain && (held.is_empty() || (word.len(), word) < (held.len(), held)) {
            *held = word.into();
        }
        self.surfaces.insert(hash, terms);
        terms
    }

    fn term(&mut self, stem: String) -> u32 {
        let next = self.postings.len() as u32;
        let term = *self.terms.entry(stem.into()).or_insert(next);
        if term == next {
            self.postings.push(Postings::default());
            self.spellings.push(Box::default());
            self.slots.push(0);
        }
        term
    }

    /// No more documents: common terms go, the collection's measures are known.
    pub(super) fn close(self) -> (Index, Vec<Spelling>, Vec<Card>, shards::Texts, u64) {
        let total = self.cards.len();
        let known = self.spellings.into_iter().zip(&self.postings).filter(|(word, _)| !word.is_empty());
        let mut words: Vec<Spelling> = known.map(|(word, postings)| (word, postings.documents)).collect();
        words.sort_unstable_by(|a, b| a.0.encode_utf16().cmp(b.0.encode_utf16()));
        let mut names = vec![Box::<str>::default(); self.postings.len()];
        self.terms.into_iter().for_each(|(name, term)| names[term as usize] = name);
        let mut lengths = self.lengths;
        let mut terms = Vec::with_capacity(names.len());
        for (name, postings) in names.into_iter().zip(self.postings) {
            let common = total > MANY && postings.documents as usize * 100 > total * COMMON;
            let mut term = Term {
                name,
                #[cfg(test)]
                sight: terms.len() as u32,
                postings,
                common,
                pairs: 0,
            };
            for (document, counts) in term.postings.iter().filter(|_| common) {
                for field in (0..FIELDS.len()).filter(|field| FIELDS[*field].prose) {
                    lengths[document as usize][field] -= u32::from(counts[field]);
                }
            }
            let held = |counts: Counts| counts.iter().filter(|count| **count > 0).count() as u32;
            term.pairs = term.entries().map(|(_, counts)| held(counts)).sum();
            terms.push(term);
        }
        terms.sort_unstable_by(|a, b| a.name.encode_utf16().cmp(b.name.encode_utf16()));
        let boosts = self.cards.iter().map(|card| if card.dead { DEAD } else { 1.0 }).collect();
        let index = Index { language: self.language, scale: Scale::new(&lengths), terms, lengths, boosts };
        (index, words, self.cards, self.texts, self.hash)
    }
}

/// The inverted index, complete.
#[derive(Debug)]
pub struct Index {
    /// Of its documents.
    pub language: &'static Language,
    /// Sorted as JavaScript sorts.
    pub terms: Vec<Term>,
    /// For each document the number of words in each field.
    pub lengths: Vec<[u32; FIELDS.len()]>,
    /// For each document what its scores are multiplied by.
    pub boosts: Vec<f64>,
    /// The collection's measures.
    pub scale: Scale,
}

impl Index {
    /// For one term and one field the documents and their scores in thousandths.
    pub fn scores(&self, term: &Term, field: usize) -> impl Iterator<Item = (u32, u32)> {
        let rarity = self.scale.rarity(term.pairs);
        term.entries().filter(move |(_, counts)| counts[field] > 0).map(move |(document, counts)| {
            let at = document as usize;
            let (length, boost) = (self.lengths[at][field], self.boosts[at]);
            (document, self.scale.score(rarity, counts[field], field, length, boost))
        })
    }
}

/// A term of the index.
#[derive(Debug)]
pub struct Term {
    /// The stem.
    pub name: Box<str>,
    /// How many terms were met before it, as lunr numbers them.
    #[cfg(test)]
    pub sight: u32,
    /// In almost every document, so only its places outside of running text count.
    pub common: bool,
    /// In how many fields of all documents it stands.
    pub pairs: u32,
    postings: Postings,
}

impl Term {
    /// The documents with the term; a common term's counts in running text are 0.
    pub fn entries(&self) -> impl Iterator<Item = (u32, Counts)> {
        self.postings.iter().map(|(document, mut counts)| {
            if self.common {
                (0..FIELDS.len()).filter(|field| FIELDS[*field].prose).for_each(|field| counts[field] = 0);
            }
            (document, counts)
        })
    }
}

/// A word that a misspelt one may have meant, and how many documents have it.
pub type Spelling = (Box<str>, u32);
