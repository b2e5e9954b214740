//! What git tells of a collection: when files came, when their content last changed, what happened to code.
//!
//! Values only; `discover` fills them. A date that git can't know is absent, and the reason stands beside it.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::date::Date;
use crate::source::Spanned;

/// One commit, as far as anybody asks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Touch {
    /// UTC day on which it was written (git's author date).
    pub day: Date,
    /// Who wrote it, after the repository's mailmap.
    pub author: Arc<str>,
    /// The first ten hex digits of the commit.
    pub commit: Arc<str>,
}

/// Why a date is unknown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Gap {
    /// The settings or `--no-git` say not to ask git.
    Off,
    /// The collection lies in no git repository.
    NoRepository,
    /// There is no git program.
    NoGit,
    /// Git failed, with its first line.
    Refused(String),
    /// The file is in no commit yet.
    Uncommitted,
    /// The file differs from what was last committed.
    Modified,
    /// The clone is shallow, and the day lies at or before its end.
    Shallow,
    /// The history holds no commit that made the file what it is.
    Lost,
}

impl Gap {
    /// The reason, as a clause: "the clone is shallow".
    pub fn reason(&self) -> String {
        match self {
            Gap::Off => "git is switched off".into(),
            Gap::NoRepository => "there is no git repository".into(),
            Gap::NoGit => "there is no git program".into(),
            Gap::Refused(line) => format!("git failed: {line}"),
            Gap::Uncommitted => "the file isn't committed".into(),
            Gap::Modified => "the file has changes that aren't committed".into(),
            Gap::Shallow => "the clone is shallow".into(),
            Gap::Lost => "no commit shows it".into(),
        }
    }
}

/// What git knows of one document's file.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Past {
    /// The first commit that has the file, under this or a former name.
    pub created: Option<Touch>,
    /// The last commit that changed its content: the body, not the frontmatter and not header lines.
    pub changed: Option<Touch>,
    /// Why `changed` is absent.
    pub gap: Option<Gap>,
    /// How many commits touched it, merges not counted.
    pub commits: u32,
    /// Former paths, the latest first, relative to the repository.
    pub former: Vec<String>,
}

/// What git knows of a collection.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct History {
    /// Why git says nothing at all.
    pub gap: Option<Gap>,
    /// For each document, by its path relative to the collection's root. What isn't here has the gap above.
    pub pasts: BTreeMap<String, Past>,
    /// For each path or pattern of code that was asked for, relative to the repository, the commits that touched it,
    /// the latest day first.
    pub touches: BTreeMap<String, Arc<[Touch]>>,
    /// In a shallow clone the day of its end: what lies on it or before is unknown.
    pub since: Option<Date>,
}

impl History {
    /// A history that knows nothing, and why.
    pub fn unknown(gap: Gap) -> Self {
        History { gap: Some(gap), ..History::default() }
    }
}

/// Code that a document names, and what happened to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Worked {
    /// As written, and where.
    pub path: Spanned<String>,
    /// The commits that touched it, the latest day first.
    pub touches: Arc<[Touch]>,
}
