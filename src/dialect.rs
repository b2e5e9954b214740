//! How documents write their facts: one leaf a dialect, mostly data, and the table of all.
//!
//! A dialect recognises its documents and adds what is its own: kinds by file name, keys, status words. What every
//! dialect shares (frontmatter, header lines, common words) is in `read`.

use crate::model::{Field, Heading, Kind, Origin, Stage};
use crate::read::fact::{self, Fact};

mod eip;
mod generic;
mod lifecycle;
mod madr;
mod numbered;
mod nygard;
mod phased;
mod rust_rfc;
mod spec_kit;
mod speckit;
mod swift;

/// A way of writing.
#[derive(Debug)]
pub struct Dialect {
    /// The name in JSON.
    pub name: &'static str,
    /// What it is and where it comes from, for `doctor`.
    pub about: &'static str,
    /// Whether a document is written in it.
    pub claims: fn(&Outline<'_>) -> bool,
    /// The kind it implies; absent where it leaves that to folder, file name and title.
    pub kind: fn(&Outline<'_>) -> Option<Kind>,
    /// Keys that mean something else than usual, or that only it uses, normalised.
    pub keys: &'static [(&'static str, Fact)],
    /// Status words that mean something else than usual, or that only it uses, lower case.
    pub words: &'static [(&'static str, Stage)],
}

/// All dialects, the more particular first. The last one claims everything.
pub const DIALECTS: &[Dialect] = &[
    speckit::DIALECT,
    spec_kit::DIALECT,
    numbered::DIALECT,
    eip::DIALECT,
    swift::DIALECT,
    rust_rfc::DIALECT,
    madr::DIALECT,
    nygard::DIALECT,
    lifecycle::DIALECT,
    phased::DIALECT,
    generic::DIALECT,
];

/// What a dialect may look at.
#[derive(Debug)]
pub struct Outline<'a> {
    /// Path relative to the root.
    pub path: &'a str,
    /// All metadata.
    pub fields: &'a [Field],
    /// All headings.
    pub headings: &'a [Heading],
}

impl Outline<'_> {
    /// A frontmatter key is there, whatever its value. The key is given normalised.
    pub fn frontmatter(&self, key: &str) -> bool {
        self.has(key, Origin::Frontmatter)
    }

    /// A header line with this key is there, or a row of a table at the top. The key is given normalised.
    pub fn header(&self, key: &str) -> bool {
        self.has(key, Origin::Header) || self.has(key, Origin::Checkbox)
    }

    /// An HTML comment with this key is there. The key is given normalised.
    pub fn comment(&self, key: &str) -> bool {
        self.has(key, Origin::Comment)
    }

    /// A heading with this text is there, numbering and case aside.
    pub fn heading(&self, text: &str) -> bool {
        let plain = |heading: &Heading| {
            heading
                .text
                .trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, '.' | ' '))
                .eq_ignore_ascii_case(text)
        };
        self.headings.iter().any(plain)
    }

    /// The file's name without its ending, lower case.
    pub fn stem(&self) -> String {
        let name = self.path.rsplit('/').next().unwrap_or(self.path);
        name.rsplit_once('.').map_or(name, |(stem, _)| stem).to_lowercase()
    }

    fn has(&self, key: &str, origin: Origin) -> bool {
        self.fields.iter().any(|field| field.origin == origin && fact::normal(&field.key.value) == key)
    }
}

/// The dialect a document is written in.
pub fn choose(outline: &Outline<'_>) -> &'static Dialect {
    DIALECTS.iter().find(|dialect| (dialect.claims)(outline)).unwrap_or(&DIALECTS[DIALECTS.len() - 1])
}
