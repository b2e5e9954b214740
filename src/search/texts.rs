//! Documents' texts for excerpts, cut into files of a few documents each.
//!
//! A build writes them as they come, so that memory doesn't grow with them; a preview asks for one file at a time. Both
//! cut in the same places.

use std::ops::Range;

use crate::search::File;
use crate::search::shards::{file, quoted};

/// Bytes of a file.
const FULL: usize = 16 * 1024;

/// Texts on their way out.
#[derive(Debug, Default)]
pub struct Texts {
    next: usize,
    number: usize,
    rows: Rows,
}

impl Texts {
    /// Takes the next document's page and its sections, as JSON. Gives the file that they filled.
    #[must_use = "the texts of documents are in this file and nowhere else"]
    pub fn add(&mut self, url: &str, sections: &str) -> Option<File> {
        self.rows.add(self.next, url, sections);
        self.next += 1;
        if self.rows.bytes < FULL {
            return None;
        }
        self.number += 1;
        Some(std::mem::take(&mut self.rows).file(self.number - 1))
    }

    /// What is not in a file yet, after the last document.
    pub fn rest(self) -> Option<File> {
        (self.rows.bytes > 0).then(|| self.rows.file(self.number))
    }
}

/// Which documents share a file, from the bytes of their sections in order.
pub(super) fn cut(bytes: impl Iterator<Item = usize>) -> Vec<Range<usize>> {
    let (mut files, mut start, mut size, mut next) = (Vec::new(), 0, 0, 0);
    for bytes in bytes {
        size += bytes;
        next += 1;
        if size >= FULL {
            files.push(start..next);
            (start, size) = (next, 0);
        }
    }
    if start < next {
        files.push(start..next);
    }
    files
}

/// One of these files, with the page and the sections of each of its documents.
pub(super) fn one(number: usize, documents: Range<usize>, of: impl Fn(usize) -> (String, String)) -> File {
    let mut rows = Rows::default();
    for document in documents {
        let (url, sections) = of(document);
        rows.add(document, &url, &sections);
    }
    rows.file(number)
}

#[derive(Debug, Default)]
struct Rows {
    json: String,
    bytes: usize,
}

impl Rows {
    fn add(&mut self, document: usize, url: &str, sections: &str) {
        let comma = if self.json.is_empty() { "[" } else { ",\n" };
        self.json.push_str(&format!("{comma}[{document},{},{sections}]", quoted(&url.into())));
        self.bytes += sections.len();
    }

    /// A text goes with its page's address instead of the stamp, which isn't known before the last document.
    fn file(self, number: usize) -> File {
        file(&format!("text-{number}"), "", &format!("{}]", self.json))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_ways_cut_in_the_same_places() {
        let sections: Vec<String> = (0..40usize).map(|at| format!("[{}]", "x".repeat(at * 7919 % 20_000))).collect();
        let mut texts = Texts::default();
        let mut streamed: Vec<File> = sections.iter().filter_map(|text| texts.add("p/", text)).collect();
        streamed.extend(texts.rest());
        let files = cut(sections.iter().map(String::len));
        let asked: Vec<File> = files
            .into_iter()
            .enumerate()
            .map(|(number, documents)| one(number, documents, |at| ("p/".to_string(), sections[at].clone())))
            .collect();
        assert!(streamed.len() > 5);
        assert_eq!(streamed, asked);
    }
}
