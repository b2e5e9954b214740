//! Which documents hold a term, how often, in which fields and sections: the compact form it has in the index.
//!
//! Scores need the whole collection, so they are worked out when files are made, from these counts, exactly as lunr.js
//! does.

use crate::search::FIELDS;

/// How often a term stands in each field of one document.
pub type Counts = [u16; FIELDS.len()];

/// What is known of one term in one document.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Entry {
    /// How often it stands in each field.
    pub counts: Counts,
    /// The sections whose heading or text has it, ascending.
    pub places: Vec<u16>,
}

impl Entry {
    /// Takes in what another word of the same stem has.
    pub fn add(&mut self, counts: &Counts, places: &[u16]) {
        (0..FIELDS.len()).for_each(|field| self.counts[field] = self.counts[field].saturating_add(counts[field]));
        self.places.extend_from_slice(places);
        self.places.sort_unstable();
        self.places.dedup();
    }

    /// In how many fields it stands.
    fn fields(&self) -> u32 {
        self.counts.iter().filter(|count| **count > 0).count() as u32
    }
}

/// The documents of one term, by slot in ascending order, as bytes: gap, fields as bits, a count for each of these
/// fields, the number of sections and the gaps between them, all in groups of seven bits.
#[derive(Debug, Default)]
pub struct Postings {
    bytes: Vec<u8>,
    last: u32,
    /// How many documents hold the term.
    pub documents: u32,
    /// In how many fields of all documents it stands.
    pub pairs: u32,
}

impl Postings {
    /// Notes a document that isn't there yet.
    pub fn put(&mut self, slot: u32, entry: &Entry) {
        self.documents += 1;
        self.pairs += entry.fields();
        if self.bytes.is_empty() || slot > self.last {
            write(&mut self.bytes, slot - self.last);
            encode(&mut self.bytes, entry);
            self.last = slot;
            return;
        }
        let place = self.find(slot);
        let mut own = Vec::new();
        write(&mut own, slot - place.before);
        encode(&mut own, entry);
        write(&mut own, place.slot - slot);
        self.bytes.splice(place.start..place.entry, own);
    }

    /// Forgets a document.
    pub fn take(&mut self, slot: u32) {
        let place = self.find(slot);
        if place.slot != slot || self.bytes.is_empty() {
            return;
        }
        self.documents -= 1;
        self.pairs -= place.fields;
        let mut after = Steps { bytes: &self.bytes, at: place.end, slot };
        if place.end == self.bytes.len() {
            self.bytes.truncate(place.start);
            self.last = place.before;
            return;
        }
        let gap = after.read();
        let (end, mut own) = (after.at, Vec::new());
        write(&mut own, slot + gap - place.before);
        self.bytes.splice(place.start..end, own);
    }

    /// Where the first document from this slot on stands, or the last one.
    fn find(&self, slot: u32) -> Found {
        let mut steps = Steps { bytes: &self.bytes, at: 0, slot: 0 };
        let mut found = Found::default();
        while steps.at < self.bytes.len() {
            (found.before, found.start) = (steps.slot, steps.at);
            steps.slot += steps.read();
            found.entry = steps.at;
            found.fields = steps.skip();
            (found.slot, found.end) = (steps.slot, steps.at);
            if found.slot >= slot {
                break;
            }
        }
        found
    }

    /// All documents, by slot.
    pub fn iter(&self) -> impl Iterator<Item = (u32, Entry)> + '_ {
        let mut entry = Entry::default();
        let mut steps = self.steps();
        std::iter::from_fn(move || {
            let slot = steps.next(&mut entry)?;
            Some((slot, entry.clone()))
        })
    }

    /// The same without an allocation for each.
    pub fn steps(&self) -> Steps<'_> {
        Steps { bytes: &self.bytes, at: 0, slot: 0 }
    }
}

/// Where a document stands in the bytes.
#[derive(Debug, Default)]
struct Found {
    /// The slot before it, 0 where it is the first.
    before: u32,
    slot: u32,
    /// In how many fields its document has the term.
    fields: u32,
    /// Where its gap begins, where what follows the gap begins, and where that ends.
    start: usize,
    entry: usize,
    end: usize,
}

/// Walks over a list.
#[derive(Debug)]
pub struct Steps<'a> {
    bytes: &'a [u8],
    at: usize,
    slot: u32,
}

impl Steps<'_> {
    /// The next document's slot; what is known of it goes into `entry`.
    pub fn next(&mut self, entry: &mut Entry) -> Option<u32> {
        if self.at >= self.bytes.len() {
            return None;
        }
        self.slot += self.read();
        let fields = self.read();
        entry.counts = Counts::default();
        for field in (0..FIELDS.len()).filter(|field| fields & 1 << field != 0) {
            entry.counts[field] = self.read() as u16;
        }
        entry.places.clear();
        let mut place = 0;
        for _ in 0..self.read() {
            place += self.read() as u16;
            entry.places.push(place);
        }
        Some(self.slot)
    }

    /// Passes over what follows a gap, and tells the number of fields.
    fn skip(&mut self) -> u32 {
        let fields = self.read().count_ones();
        for _ in 0..fields {
            self.read();
        }
        let places = self.read();
        for _ in 0..places {
            self.read();
        }
        fields
    }

    fn read(&mut self) -> u32 {
        let (mut value, mut shift) = (0, 0);
        loop {
            let byte = self.bytes[self.at];
            self.at += 1;
            value |= u32::from(byte & 127) << shift;
            if byte < 128 {
                return value;
            }
            shift += 7;
        }
    }
}

fn encode(bytes: &mut Vec<u8>, entry: &Entry) {
    let fields = entry.counts.iter().enumerate().filter(|(_, count)| **count > 0);
    write(bytes, fields.clone().fold(0, |bits, (field, _)| bits | 1 << field));
    fields.for_each(|(_, count)| write(bytes, u32::from(*count)));
    write(bytes, entry.places.len() as u32);
    let mut before = 0;
    for place in &entry.places {
        write(bytes, u32::from(place - before));
        before = *place;
    }
}

fn write(bytes: &mut Vec<u8>, mut value: u32) {
    while value > 127 {
        bytes.push(value as u8 | 128);
        value >>= 7;
    }
    bytes.push(value as u8);
}

/// What lunr's score of a term needs to know of the collection. Okapi BM25, as lunr.js 2.3.9 has it.
#[derive(Debug)]
pub struct Scale {
    /// How many documents there are.
    documents: f64,
    /// Words per field on average.
    average: [f64; FIELDS.len()],
}

impl Scale {
    /// From the number of words in each field of each document.
    pub fn new(lengths: &[[u32; FIELDS.len()]]) -> Scale {
        let documents = lengths.len() as f64;
        let sum = |field: usize| lengths.iter().map(|length| f64::from(length[field])).sum::<f64>();
        Scale { documents, average: std::array::from_fn(|field| sum(field) / documents) }
    }

    /// How telling a term is. `pairs` is the number of fields it stands in, over all documents.
    pub fn rarity(&self, pairs: u32) -> f64 {
        let x = (self.documents - f64::from(pairs) + 0.5) / (f64::from(pairs) + 0.5);
        (1.0 + x.abs()).ln()
    }

    /// The score of a term in one field of one document, in thousandths. `length` is the field's words, `boost` the
    /// document's own weight.
    pub fn score(&self, rarity: f64, count: u16, field: usize, length: u32, boost: f64) -> u32 {
        let (k, b, count) = (1.2, 0.75, f64::from(count));
        let length = f64::from(length) / self.average[field];
        let score = rarity * ((k + 1.0) * count) / (k * (1.0 - b + b * length) + count);
        (score * FIELDS[field].boost * boost * 1000.0 + 0.5).floor() as u32
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entries() -> Vec<(u32, Entry)> {
        vec![
            (0, Entry { counts: [1, 0, 0, 0, 0, 0, 0, 300, 0], places: vec![] }),
            (130, Entry { counts: [0, 2, 0, 0, 0, 65_535, 0, 0, 1], places: vec![0, 7, 400] }),
            (2_000_000, Entry { counts: [1; FIELDS.len()], places: vec![65_535] }),
        ]
    }

    #[test]
    fn what_goes_in_comes_out_in_any_order() {
        let mut postings = Postings::default();
        for (document, entry) in entries().iter().rev() {
            postings.put(*document, entry);
        }
        assert_eq!(postings.iter().collect::<Vec<_>>(), entries());
        postings.put(131, &Entry::default());
        postings.take(131);
        assert_eq!(postings.iter().collect::<Vec<_>>(), entries());
        let mut straight = Postings::default();
        entries().iter().for_each(|(document, entry)| straight.put(*document, entry));
        assert_eq!((postings.bytes, postings.last, postings.pairs), (straight.bytes, straight.last, straight.pairs));
    }

    #[test]
    fn what_is_taken_is_gone() {
        let mut postings = Postings::default();
        entries().iter().for_each(|(document, entry)| postings.put(*document, entry));
        postings.take(130);
        assert_eq!(postings.documents, 2);
        assert_eq!(postings.iter().map(|(document, _)| document).collect::<Vec<_>>(), [0, 2_000_000]);
        postings.take(0);
        postings.take(2_000_000);
        assert_eq!((postings.documents, postings.pairs, postings.iter().count()), (0, 0, 0));
        postings.take(7);
        postings.put(5, &Entry::default());
        assert_eq!(postings.iter().next().map(|(document, _)| document), Some(5));
    }
}
