//! Git's history becomes a value: one walk over all commits, then as many old versions as it takes to tell content from
//! header.
//!
//! Days are those of the author's date, because that is when the words were written: a rebase, a cherry-pick or a
//! rewritten history renews the committer's date and leaves the author's. Merges are passed over; what they bring in was
//! committed by somebody. Nothing here knows what a header is: the caller brings the measure of content.

use std::cmp::Reverse;
use std::collections::{BTreeSet, HashMap, HashSet};
use std::io::BufRead;
use std::path::Path;
use std::sync::Arc;

use super::Place;
use super::git::{Git, Running};
use super::versions::{Oid, Store, Version};
use crate::date::{self, Date};
use crate::glob;
use crate::model::{Gap, History, Past, Touch};

/// Renames below this likeness are another file made from the same template.
const LIKENESS: &str = "-M80%";
/// Of every commit its id, the author's date in seconds and the author's name; of every file in it the ids and the path.
/// All ends with NUL. What the configuration could add is switched off.
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
    "--format=%H%x00%at%x00%aN",
];

/// What is asked of git.
pub struct Asked<'a> {
    /// Path relative to the root and text of each document.
    pub documents: Vec<(&'a str, &'a str)>,
    /// Paths and patterns of code, relative to the repository.
    pub code: BTreeSet<String>,
    /// A number that is the same for two texts with the same content.
    pub content: fn(&str) -> u64,
}

/// A history whose commits were walked through; what they did to each document is still to be asked.
pub struct Walked<'a> {
    git: Git,
    place: &'a Place,
    asked: &'a Asked<'a>,
    walk: Walk<'a>,
}

/// Walks through all commits, once. The error is a history that knows nothing, and why.
pub fn walk<'a>(place: &'a Place, asked: &'a Asked<'a>) -> Result<Walked<'a>, History> {
    let unknown = |gap| Err(History::unknown(gap));
    if !place.repository.join(".git").exists() {
        return unknown(Gap::NoRepository);
    }
    let Some(git) = Git::find(&place.repository) else { return unknown(Gap::NoGit) };
    let boundary = match git.ask(&["rev-parse", "--git-path", "shallow"]) {
        Ok(file) => boundary(&place.repository.join(file)),
        // a folder of that name doesn't make a repository
        Err(line) if line.starts_with("not a git repository") => return unknown(Gap::NoRepository),
        Err(line) => return unknown(Gap::Refused(line)),
    };
    if git.ask(&["rev-parse", "--verify", "--quiet", "HEAD^{commit}"]).is_err() {
        return unknown(Gap::Uncommitted);
    }
    // where old versions are missing (a partial clone), renames can't be told but everything else can
    let walked = log(&git, place, asked, &boundary, LIKENESS);
    let walked = walked.or_else(|| log(&git, place, asked, &boundary, "--no-renames"));
    match walked {
        Some(walk) => Ok(Walked { git, place, asked, walk }),
        None => unknown(Gap::Refused("its log can't be read".into())),
    }
}

impl Walked<'_> {
    /// Git's store of old versions, for [`Walked::past`]. Absent where git can't be started.
    pub fn store(&self) -> Option<Store> {
        Store::open(&self.git, self.asked.content)
    }

    /// What git knows of one document, by its index in what was asked.
    pub fn past(&self, store: &mut Option<Store>, at: usize) -> Past {
        let (walk, (path, text)) = (&self.walk, self.asked.documents[at]);
        let versions = &walk.versions[at];
        let known = |version: &&Version| !walk.commits[version.commit as usize].boundary;
        let created = versions.last().filter(|first| first.old.is_none()).filter(known);
        let changed = match store {
            Some(store) => store.changed(&within(self.place, path), text, versions, walk),
            None => Err(Gap::Refused("its objects can't be read".into())),
        };
        let (changed, gap) = changed.map_or_else(|gap| (None, Some(gap)), |touch| (Some(touch), None));
        Past {
            created: created.and_then(|first| walk.touch(first.commit)),
            changed,
            gap,
            commits: versions.iter().filter(known).count() as u32,
            former: walk.former[at].clone(),
        }
    }

    /// The whole history, with the pasts of all documents in the order in which they were asked for.
    pub fn history(self, pasts: Vec<Past>) -> History {
        let walk = &self.walk;
        let touches = walk.code.iter().zip(&walk.touches).map(|(code, commits)| {
            let mut touches: Vec<Touch> = commits.iter().filter_map(|at| walk.touch(*at)).collect();
            // the days of authors needn't follow the order of commits
            touches.sort_by_key(|touch| Reverse(touch.day));
            (code.to_string(), Arc::from(touches))
        });
        let paths = self.asked.documents.iter().map(|(path, _)| path.to_string());
        History { gap: None, touches: touches.collect(), pasts: paths.zip(pasts).collect(), since: walk.since }
    }
}

/// The commits at which a shallow clone ends.
fn boundary(file: &Path) -> HashSet<String> {
    let text = std::fs::read_to_string(file).unwrap_or_default();
    text.lines().map(|line| line.trim().to_string()).filter(|line| !line.is_empty()).collect()
}

/// A commit of the walk.
pub(super) struct Commit {
    day: Option<Date>,
    author: Arc<str>,
    id: Arc<str>,
    /// A shallow clone ends here: what it seems to add may be older.
    pub(super) boundary: bool,
}

/// What the walk gathers. Commits are met from the latest to the first, and no parent before its children.
pub(super) struct Walk<'a> {
    pub(super) commits: Vec<Commit>,
    authors: HashSet<Arc<str>>,
    /// The name each document had at this point of the walk.
    names: HashMap<String, usize>,
    versions: Vec<Vec<Version>>,
    former: Vec<Vec<String>>,
    code: Vec<&'a str>,
    /// The fixed beginnings of the code asked for, and what was asked.
    roots: HashMap<String, Vec<usize>>,
    touches: Vec<Vec<u32>>,
    since: Option<Date>,
}

fn log<'a>(
    git: &Git,
    place: &Place,
    asked: &'a Asked<'_>,
    boundary: &HashSet<String>,
    renames: &str,
) -> Option<Walk<'a>> {
    let mut roots: HashMap<String, Vec<usize>> = HashMap::new();
    let code: Vec<&str> = asked.code.iter().map(String::as_str).collect();
    for (at, pattern) in code.iter().enumerate() {
        roots.entry(glob::fixed(pattern).to_string()).or_default().push(at);
    }
    let count = asked.documents.len();
    let mut walk = Walk {
        commits: Vec::new(),
        authors: HashSet::new(),
        names: asked.documents.iter().enumerate().map(|(at, (path, _))| (within(place, path), at)).collect(),
        versions: (0..count).map(|_| Vec::new()).collect(),
        former: vec![Vec::new(); count],
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

fn within(place: &Place, path: &str) -> String {
    format!("{}{path}", place.prefix)
}

impl Walk<'_> {
    /// Reads the log: of each commit three fields, of each file in it `:modes ids status`, its path and, where it was
    /// renamed, its new path. Fields are counted, so no name can be taken for anything else.
    fn read(&mut self, running: &mut Running, boundary: &HashSet<String>) -> Option<()> {
        while let Some(field) = next(running)? {
            let field = field.trim_start_matches('\n');
            let Some(entry) = field.strip_prefix(':') else {
                let (seconds, author) = (next(running)??, next(running)??);
                self.commit(field, &seconds, author, boundary.contains(field));
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

    fn commit(&mut self, id: &str, seconds: &str, author: String, boundary: bool) {
        let day = seconds.parse().ok().and_then(date::utc_day);
        let author: Arc<str> = author.into();
        let author = self.authors.get(&author).map(Arc::clone).unwrap_or(author);
        self.authors.insert(Arc::clone(&author));
        if boundary {
            self.since = self.since.max(day);
        }
        self.commits.push(Commit { day, author, id: id.get(..10).unwrap_or(id).into(), boundary });
    }

    fn entry(&mut self, old: Oid, new: Oid, status: &str, first: String, second: Option<&str>) {
        let commit = (self.commits.len() as u32).saturating_sub(1);
        if self.commits.last().is_some_and(|commit| !commit.boundary) {
            for path in [Some(first.as_str()), second].into_iter().flatten() {
                self.touched(path, commit);
            }
        }
        let name = second.unwrap_or(&first);
        let Some(document) = self.names.get(name).copied().filter(|_| !status.starts_with('D')) else { return };
        let added = status.starts_with(['A', 'C']);
        self.versions[document].push(Version { commit, old: (!added).then_some(old), new });
        if status.starts_with('R') {
            self.names.remove(name);
            self.former[document].push(first.clone());
            self.names.insert(first, document);
        }
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
