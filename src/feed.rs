//! The site's machine-readable outputs, one leaf each.

mod badge;
pub mod documents;
mod expiries;
mod findings;
mod relations;

use crate::view::Scene;

/// A file for machines.
#[derive(Debug)]
pub struct Feed {
    /// Its path on the site.
    pub path: &'static str,
    /// What it holds, in a sentence.
    pub about: &'static str,
    /// Its bytes.
    pub make: fn(&Scene<'_>) -> Vec<u8>,
}

/// All of them.
pub const FEEDS: &[Feed] = &[badge::FEED, documents::FEED, expiries::FEED, findings::FEED, relations::FEED, NO_JEKYLL];

/// GitHub Pages leaves folders with an underscore alone only where this file is.
const NO_JEKYLL: Feed =
    Feed { path: ".nojekyll", about: "keeps GitHub Pages from running Jekyll", make: |_| Vec::new() };

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
