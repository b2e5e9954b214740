//! What git tells of a collection: when files came, when their content last changed, what happened to code.
//!
//! Values only; `discover` fills them. A date that git can't know is absent, and the reason stands beside it.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::Change;
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

/// What a commit did to a document's file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Deed {
    /// The file came.
    Written,
    /// Its text changed.
    Edited,
    /// It got another path; both relative to the repository.
    Moved {
        /// The path before.
        from: String,
        /// The path after.
        to: String,
    },
    /// The file went.
    Deleted,
    /// The file went to where the collection doesn't reach: its path relative to the repository.
    Left(String),
}

/// A commit in a document's history.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// Its place in the order of all commits, 0 for the latest.
    pub order: u32,
    /// Who, and when.
    pub touch: Touch,
    /// The first line of the commit's message, at most 200 characters.
    pub subject: Arc<str>,
    /// What became of the file.
    pub deed: Deed,
    /// What the document says of itself since then and didn't before; absent where the two versions weren't compared.
    pub changes: Option<Vec<Change>>,
}

/// A document that git knows and the collection has no more.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Gone {
    /// Its last path, relative to the repository.
    pub path: String,
    /// Its id and title; absent where its last version wasn't read.
    pub name: Option<(Option<String>, String)>,
    /// Its commits, the latest first: the first one took it away.
    pub steps: Vec<Step>,
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
    /// Former ids as written, the latest first, as far as versions were compared.
    pub former_ids: Vec<String>,
    /// The commits that touched it, the latest first.
    pub steps: Vec<Step>,
    /// Addresses it may have had on the site: for each former path and id the forms that its address had then, the
    /// shortest first. Filled by the pipeline.
    pub addresses: Vec<[String; 3]>,
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
    /// Documents that are no more, the latest deletion first.
    pub gone: Vec<Gone>,
}

impl Gone {
    /// The commit that took it away.
    pub fn end(&self) -> Option<&Step> {
        self.steps.first()
    }

    /// The id, else the title, else the path.
    pub fn call(&self) -> &str {
        match &self.name {
            Some((Some(id), _)) => id,
            Some((None, title)) => title,
            None => &self.path,
        }
    }
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
