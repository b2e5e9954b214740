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

/// A value as JSON for people too: indented, with a line end.
fn pretty(value: &impl serde::Serialize) -> Vec<u8> {
    let mut bytes = serde_json::to_vec_pretty(value).unwrap_or_default();
    bytes.push(b'\n');
    bytes
}
