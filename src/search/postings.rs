//! Which documents hold a term, how often and in which fields: the compact form it has while the index is built.
//!
//! Scores need the whole collection, so they are worked out at the end, from these counts, exactly as lunr.js does.

use crate::search::FIELDS;

/// How often a term stands in each field of one document.
pub type Counts = [u16; FIELDS.len()];

/// The documents of one term, in ascending order, as bytes: gap, fields as bits, and a count for each of these fields,
/// all in groups of seven bits.
#[derive(Debug, Default)]
pub struct Postings {
    bytes: Vec<u8>,
    last: u32,
    /// How many documents hold the term.
    pub documents: u32,
}

impl Postings {
    /// Notes a document, which comes after all noted before.
    pub fn push(&mut self, document: u32, counts: &Counts) {
        write(&mut self.bytes, document - self.last);
        let fields = counts.iter().enumerate().filter(|(_, count)| **count > 0);
        write(&mut self.bytes, fields.clone().fold(0, |bits, (field, _)| bits | 1 << field));
        fields.for_each(|(_, count)| write(&mut self.bytes, u32::from(*count)));
        self.last = document;
        self.documents += 1;
    }

    /// All documents and their counts.
    pub fn iter(&self) -> impl Iterator<Item = (u32, Counts)> + '_ {
        let (mut at, mut document) = (0, 0);
        std::iter::from_fn(move || {
            if at >= self.bytes.len() {
                return None;
            }
            document += read(&self.bytes, &mut at);
            let fields = read(&self.bytes, &mut at);
            let mut counts = Counts::default();
            for (field, count) in counts.iter_mut().enumerate() {
                if fields & 1 << field != 0 {
                    *count = read(&self.bytes, &mut at) as u16;
                }
            }
            Some((document, counts))
        })
    }
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

fn write(bytes: &mut Vec<u8>, mut value: u32) {
    while value > 127 {
        bytes.push(value as u8 | 128);
        value >>= 7;
    }
    bytes.push(value as u8);
}

fn read(bytes: &[u8], at: &mut usize) -> u32 {
    let (mut value, mut shift) = (0, 0);
    loop {
        let byte = bytes[*at];
        *at += 1;
        value |= u32::from(byte & 127) << shift;
        if byte < 128 {
            return value;
        }
        shift += 7;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_goes_in_comes_out() {
        let mut postings = Postings::default();
        let entries = [(0, [1, 0, 0, 0, 0, 0, 0, 300]), (130, [0, 2, 0, 0, 0, 65_535, 0, 0]), (2_000_000, [1; 8])];
        for (document, counts) in &entries {
            postings.push(*document, counts);
        }
        assert_eq!(postings.iter().collect::<Vec<_>>(), entries);
    }
}
