//! How documents write their facts: one leaf a dialect, mostly data, and the table of all.
//!
//! A dialect recognises its documents and adds what is its own: kinds by file name, keys, status words. What every
//! dialect shares (frontmatter, header lines, common words) is in `read`.

use crate::model::{Field, Heading, Kind, Origin, RelationKind, Stage};
use crate::path;
use crate::read::body::Paragraph;
use crate::read::fact::Fact;
use crate::words;

mod backlog;
mod dated;
mod eip;
mod generic;
mod govuk;
mod kep;
mod lifecycle;
mod log4brains;
mod madr;
mod nip;
mod numbered;
mod nygard;
mod openspec;
mod pep;
mod phased;
mod project_goal;
mod rfd;
mod rust_rfc;
mod spec_kit;
mod spec_kitty;
mod speckit;
mod swift;
mod vault;
mod y_statement;

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
    /// Folders that say where their documents stand, besides those that do so everywhere, lower case.
    pub folders: &'static [(&'static str, Stage)],
    /// Files with facts, each with the name of the document beside it that they are about.
    pub sidecars: &'static [(&'static str, &'static str)],
    /// How files of one folder hang together: by their names without ending, lower case.
    pub siblings: &'static [(&'static str, RelationKind, &'static str)],
}

/// What a dialect is that adds nothing: leaves name only what is their own.
const BASE: Dialect = Dialect {
    name: "",
    about: "",
    claims: |_| false,
    kind: |_| None,
    keys: &[],
    words: &[],
    folders: &[],
    sidecars: &[],
    siblings: &[],
};

/// All dialects, the more particular first. The last one claims everything.
pub const DIALECTS: &[Dialect] = &[
    speckit::DIALECT,
    openspec::DIALECT,
    spec_kitty::DIALECT,
    spec_kit::DIALECT,
    backlog::DIALECT,
    kep::DIALECT,
    project_goal::DIALECT,
    rfd::DIALECT,
    numbered::DIALECT,
    eip::DIALECT,
    pep::DIALECT,
    swift::DIALECT,
    rust_rfc::DIALECT,
    nip::DIALECT,
    log4brains::DIALECT,
    madr::DIALECT,
    y_statement::DIALECT,
    nygard::DIALECT,
    vault::DIALECT,
    govuk::DIALECT,
    lifecycle::DIALECT,
    phased::DIALECT,
    dated::DIALECT,
    generic::DIALECT,
];

/// What a dialect may look at.
#[derive(Debug)]
pub struct Outline<'a> {
    /// Path relative to the root.
    pub path: &'a str,
    /// The folders that lead to the root, from the repository's.
    pub home: &'a str,
    /// All metadata.
    pub fields: &'a [Field],
    /// Their keys, normalised, in the same order.
    pub keys: &'a [String],
    /// All headings.
    pub headings: &'a [Heading],
    /// Paragraphs of running text.
    pub paragraphs: &'a [Paragraph],
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

    /// A fact with this key is there, wherever it is written. The key is given normalised.
    pub fn states(&self, key: &str) -> bool {
        self.keys.iter().any(|known| known == key)
    }

    /// A row of a table with this key is there. The key is given normalised.
    pub fn row(&self, key: &str) -> bool {
        self.has(key, Origin::Table)
    }

    /// A sidecar with this key is there. The key is given normalised.
    pub fn beside(&self, key: &str) -> bool {
        self.has(key, Origin::Sidecar)
    }

    /// The names of the folders around the document, nearest first, lower case.
    pub fn folders(&self) -> impl Iterator<Item = String> {
        let above = self.home.rsplit('/').filter(|folder| !folder.is_empty());
        self.path.rsplit('/').skip(1).chain(above).map(str::to_lowercase)
    }

    /// The text of the first heading; empty where there is none.
    pub fn title(&self) -> &str {
        self.headings.first().map_or("", |heading| heading.text.as_str())
    }

    /// An HTML comment with this key is there. The key is given normalised.
    pub fn comment(&self, key: &str) -> bool {
        self.has(key, Origin::Comment)
    }

    /// A heading with this text is there, numbering and case aside.
    pub fn heading(&self, text: &str) -> bool {
        let plain = |heading: &Heading| words::unnumbered(&heading.text).eq_ignore_ascii_case(text);
        self.headings.iter().any(plain)
    }

    /// The file's name without its ending, lower case.
    pub fn stem(&self) -> String {
        path::stem(self.path).to_lowercase()
    }

    fn has(&self, key: &str, origin: Origin) -> bool {
        self.fields.iter().zip(self.keys).any(|(field, known)| field.origin == origin && known == key)
    }
}

/// The dialect a document is written in.
pub fn choose(outline: &Outline<'_>) -> &'static Dialect {
    DIALECTS.iter().find(|dialect| (dialect.claims)(outline)).unwrap_or(&DIALECTS[DIALECTS.len() - 1])
}

/// The files that hold the facts of a document beside them, with the names of these documents.
pub fn sidecars() -> impl Iterator<Item = (&'static str, &'static str)> {
    DIALECTS.iter().flat_map(|dialect| dialect.sidecars).copied()
}

/// The dialect of a name; the one that claims everything for an unknown name.
pub fn named(name: &str) -> &'static Dialect {
    DIALECTS.iter().find(|dialect| dialect.name == name).unwrap_or(&DIALECTS[DIALECTS.len() - 1])
}
