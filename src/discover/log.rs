//! Git's log, walked once: every commit, and what it did to the documents and to the code that was asked for.
//!
//! Files that are no more and would have been documents are followed like those that are.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::io::BufRead;
use std::sync::Arc;

use super::Place;
use super::git::{Git, Running};
use super::history::Asked;
use super::versions::{Oid, Version};
use crate::date::{self, Date};
use crate::glob;
use crate::model::{Document, Touch};
use crate::words;

/// Renames below this likeness are another file made from the same template.
pub(super) const LIKENESS: &str = "-M80%";
/// Characters of a commit's first line that are kept.
const SUBJECT: usize = 200;
/// Of every commit its id, the author's date in seconds, the author's name and the first line of its message; of every
/// file in it the ids and the path. All ends with NUL. What the configuration could add is switched off.
const LOG: &[&str] = &[
    "log",
    "--no-show-signature",
    "--no-ext-diff",
    "--no-textconv",
    "--no-color",
    "--no-notes",
    "--no-relative",
    "--no-merges",
    "--date-order",
    "--full-history",
    "--root",
    "--raw",
    "-z",
    "--no-abbrev",
    "-l400",
    "--encoding=UTF-8",
    "--format=%H%x00%at%x00%aN%x00%s",
];

/// A commit of the walk.
pub(super) struct Commit {
    day: Option<Date>,
    author: Arc<str>,
    id: Arc<str>,
    pub(super) subject: Arc<str>,
    /// A shallow clone ends here: what it seems to add may be older.
    pub(super) boundary: bool,
}

/// What a file went through, as far as it was that of a document.
#[derive(Default)]
pub(super) struct Trail {
    /// Its last path, relative to the repository.
    pub(super) path: String,
    /// What commits did to it, the latest first.
    pub(super) versions: Vec<Version>,
    /// Its former paths, the latest first.
    pub(super) former: Vec<String>,
    /// Where it went to, for one that left the collection.
    pub(super) left: Option<String>,
}

/// What the walk gathers. Commits are met from the latest to the first, and no parent before its children.
pub(super) struct Walk<'a> {
    pub(super) commits: Vec<Commit>,
    authors: HashSet<Arc<str>>,
    /// The name each document had at this point of the walk.
    names: HashMap<String, usize>,
    /// One for each document asked for, then those of documents that are no more.
    pub(super) trails: Vec<Trail>,
    belongs: &'a (dyn Fn(&str) -> bool + Sync),
    prefix: &'a str,
    pub(super) code: Vec<&'a str>,
    /// The fixed beginnings of the code asked for, and what was asked.
    roots: HashMap<String, Vec<usize>>,
    pub(super) touches: Vec<Vec<u32>>,
    pub(super) since: Option<Date>,
}

/// Walks through all commits. Absent where git can't be read to its end.
pub(super) fn log<'a>(
    git: &Git,
    place: &'a Place,
    asked: &'a Asked<'_>,
    boundary: &HashSet<String>,
    renames: &str,
) -> Option<Walk<'a>> {
    let mut roots: HashMap<String, Vec<usize>> = HashMap::new();
    let code: Vec<&str> = asked.code.iter().map(String::as_str).collect();
    for (at, pattern) in code.iter().enumerate() {
        roots.entry(glob::fixed(pattern).to_string()).or_default().push(at);
    }
    let trail = |document: &&Document| Trail { path: within(place, document.path()), ..Trail::default() };
    let trails: Vec<Trail> = asked.documents.iter().map(trail).collect();
    let mut walk = Walk {
        commits: Vec::new(),
        authors: HashSet::new(),
        names: trails.iter().enumerate().map(|(at, trail)| (trail.path.clone(), at)).collect(),
        trails,
        belongs: asked.belongs,
        prefix: &place.prefix,
        touches: vec![Vec::new(); code.len()],
        code,
        roots,
        since: None,
    };
    let mut arguments: Vec<String> = LOG.iter().copied().chain([renames, "HEAD", "--"]).map(str::to_string).collect();
    arguments.extend(tops(place, asked));
    let mut running = git.start(&arguments)?;
    let read = walk.read(&mut running, boundary);
    (running.ended() && read.is_some()).then_some(walk)
}

/// The folders and files at the repository's top that hold all that is asked for; empty where the documents lie there.
fn tops(place: &Place, asked: &Asked<'_>) -> BTreeSet<String> {
    let fixed = || asked.code.iter().map(|code| glob::fixed(code)).chain([place.prefix.trim_end_matches('/')]);
    if fixed().any(str::is_empty) {
        return BTreeSet::new();
    }
    fixed().filter_map(|path| path.split('/').next()).map(str::to_string).collect()
}

pub(super) fn within(place: &Place, path: &str) -> String {
    format!("{}{path}", place.prefix)
}

impl Walk<'_> {
    /// Reads the log: of each commit four fields, of each file in it `:modes ids status`, its path and, where it was
    /// renamed, its new path. Fields are counted, so no name can be taken for anything else.
    fn read(&mut self, running: &mut Running, boundary: &HashSet<String>) -> Option<()> {
        while let Some(field) = next(running)? {
            let field = field.trim_start_matches('\n');
            let Some(entry) = field.strip_prefix(':') else {
                let (seconds, author, subject) = (next(running)??, next(running)??, next(running)??);
                self.commit(field, &seconds, author, &subject, boundary.contains(field));
                continue;
            };
            let mut parts = entry.split(' ').skip(2);
            let (old, new, status) = (Oid::read(parts.next()?)?, Oid::read(parts.next()?)?, parts.next()?);
            let first = next(running)??;
            let second = if status.starts_with(['R', 'C']) { Some(next(running)??) } else { None };
            self.entry(old, new, status, first, second.as_deref());
        }
        Some(())
    }

    fn commit(&mut self, id: &str, seconds: &str, author: String, subject: &str, boundary: bool) {
        let day = seconds.parse().ok().and_then(date::utc_day);
        let author: Arc<str> = author.into();
        let author = self.authors.get(&author).map(Arc::clone).unwrap_or(author);
        self.authors.insert(Arc::clone(&author));
        if boundary {
            self.since = self.since.max(day);
        }
        let subject = words::shorten(subject, SUBJECT).into();
        self.commits.push(Commit { day, author, id: id.get(..10).unwrap_or(id).into(), subject, boundary });
    }

    fn entry(&mut self, old: Oid, new: Oid, status: &str, first: String, second: Option<&str>) {
        let commit = (self.commits.len() as u32).saturating_sub(1);
        if self.commits.last().is_some_and(|commit| !commit.boundary) {
            for path in [Some(first.as_str()), second].into_iter().flatten() {
                self.touched(path, commit);
            }
        }
        let name = second.unwrap_or(&first);
        let known = self.names.get(name).copied();
        match (status.as_bytes().first(), known) {
            // what came again later is the same document, whatever happened between
            (Some(b'D'), None) => self.lost(first, None, old, commit),
            (Some(b'D'), Some(_)) => {}
            (Some(b'R'), None) if !self.belongs(name) => {
                let left = name.to_string();
                self.lost(first, Some(left), old, commit);
            }
            (_, None) => {}
            (kind, Some(document)) => {
                let trail = &mut self.trails[document];
                let added = matches!(kind, Some(b'A' | b'C'));
                let moved = matches!(kind, Some(b'R'));
                trail.versions.push(Version { commit, old: (!added).then_some(old), new: Some(new), moved });
                if moved {
                    trail.former.push(first.clone());
                    self.names.remove(name);
                    self.names.insert(first, document);
                }
            }
        }
    }

    /// A file that a commit took away, and that was a document if it would be one today.
    fn lost(&mut self, path: String, left: Option<String>, old: Oid, commit: u32) {
        if self.belongs(&path) && !self.names.contains_key(&path) {
            self.names.insert(path.clone(), self.trails.len());
            let version = Version { commit, old: Some(old), new: None, moved: false };
            self.trails.push(Trail { path, versions: vec![version], left, ..Trail::default() });
        }
    }

    fn belongs(&self, path: &str) -> bool {
        path.strip_prefix(self.prefix).is_some_and(self.belongs)
    }

    /// Notes a commit for each piece of code that holds this path.
    fn touched(&mut self, path: &str, commit: u32) {
        let folders = path.char_indices().filter(|(_, c)| *c == '/').map(|(at, _)| &path[..at]);
        for root in folders.chain([path, ""]) {
            for at in self.roots.get(root).into_iter().flatten() {
                let touches = &mut self.touches[*at];
                if touches.last() != Some(&commit) && glob::holds(self.code[*at], path) {
                    touches.push(commit);
                }
            }
        }
    }

    /// Absent for a commit whose date is beyond the calendar.
    pub(super) fn touch(&self, commit: u32) -> Option<Touch> {
        let commit = &self.commits[commit as usize];
        Some(Touch { day: commit.day?, author: Arc::clone(&commit.author), commit: Arc::clone(&commit.id) })
    }
}

/// The text before the next NUL: absent within at the end, absent as a whole where git can't be read.
fn next(running: &mut Running) -> Option<Option<String>> {
    let mut field = Vec::new();
    running.output.read_until(0, &mut field).ok()?;
    match field.pop() {
        None => Some(None),
        Some(0) => {
            let text = String::from_utf8(field);
            Some(Some(text.unwrap_or_else(|odd| String::from_utf8_lossy(odd.as_bytes()).into_owned())))
        }
        Some(_) => None,
    }
}
