//! The site's machine-readable outputs, one leaf each.

mod badge;
pub mod documents;
mod expiries;
mod findings;
mod relations;
mod risks;
mod rows;

use crate::view::Scenery;

/// A file for machines, or a family of them.
#[derive(Debug)]
pub struct Feed {
    /// Its path on the site; for a family the pattern: `owners/*/expiries.ics`.
    pub path: &'static str,
    /// What it holds, in a sentence.
    pub about: &'static str,
    /// How its files are made.
    pub files: Files,
}

/// How the files of a feed are made. Each is made by itself, so that no more of them are in memory than are being
/// written.
#[derive(Debug, Clone, Copy)]
pub enum Files {
    /// One file, which every site has.
    One(fn(&Scenery<'_>) -> Vec<u8>),
    /// As many as the collection asks for, maybe none: the paths of all, and the bytes of one by its index in them.
    Many(fn(&Scenery<'_>) -> Vec<String>, fn(&Scenery<'_>, usize) -> Vec<u8>),
}

/// A file that a feed can make.
#[derive(Debug, Clone)]
pub struct Slot {
    /// Its path on the site.
    pub path: String,
    feed: &'static Feed,
    of: usize,
}

impl Slot {
    /// The file's bytes.
    pub fn bytes(&self, scenery: &Scenery<'_>) -> Vec<u8> {
        match self.feed.files {
            Files::One(make) => make(scenery),
            Files::Many(_, make) => make(scenery, self.of),
        }
    }
}

/// Every file of every feed.
pub fn outline(scenery: &Scenery<'_>) -> Vec<Slot> {
    let slots = |feed: &'static Feed| {
        let paths = match feed.files {
            Files::One(_) => vec![feed.path.to_string()],
            Files::Many(paths, _) => paths(scenery),
        };
        paths.into_iter().enumerate().map(move |(of, path)| Slot { path, feed, of })
    };
    FEEDS.iter().flat_map(slots).collect()
}

/// All of them.
pub const FEEDS: &[Feed] =
    &[badge::FEED, documents::FEED, expiries::FEED, findings::FEED, relations::FEED, risks::FEED, rows::FEED, NO_JEKYLL];

/// GitHub Pages leaves folders with an underscore alone only where this file is.
const NO_JEKYLL: Feed =
    Feed { path: ".nojekyll", about: "keeps GitHub Pages from running Jekyll", files: Files::One(|_| Vec::new()) };

/// An object whose last key holds a list, one entry a line: small, quick to search, and written without holding all
/// entries at once. `head` are the keys before, each a string.
fn lines<T: serde::Serialize>(head: &[(&str, &str)], list: &str, entries: impl Iterator<Item = T>) -> Vec<u8> {
    let text = |text: &str| serde_json::Value::from(text).to_string();
    let mut bytes = b"{".to_vec();
    for (key, value) in head {
        bytes.extend(format!("{}: {}, ", text(key), text(value)).bytes());
    }
    bytes.extend(format!("{}: [", text(list)).bytes());
    for (at, entry) in entries.enumerate() {
        bytes.extend_from_slice(if at == 0 { b"\n" } else { b",\n" });
        // writing to memory cannot fail
        let _ = serde_json::to_writer(&mut bytes, &entry);
    }
    bytes.extend_from_slice(b"\n]}\n");
    bytes
}

/// A value as JSON for people too: indented, with a line end.
fn pretty(value: &impl serde::Serialize) -> Vec<u8> {
    let mut bytes = serde_json::to_vec_pretty(value).unwrap_or_default();
    bytes.push(b'\n');
    bytes
}
