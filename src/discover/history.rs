//! Git's history becomes a value: one walk over all commits, then as many old versions as it takes to tell content from
//! header, and the latest ones to tell what they changed.
//!
//! Days are those of the author's date, because that is when the words were written: a rebase, a cherry-pick or a
//! rewritten history renews the committer's date and leaves the author's. Merges are passed over; what they bring in was
//! committed by somebody. Nothing here knows what a header is or what a document says: the caller brings both measures.

use std::cmp::Reverse;
use std::collections::{BTreeSet, HashMap, HashSet};
use std::path::Path;
use std::sync::Arc;

use super::Place;
use super::git::Git;
use super::log::{LIKENESS, Walk, log};
use super::versions::{Oid, Store, Version};
use crate::date::Date;
use crate::model::{self, Change, Deed, Document, Gap, Gone, History, Past, Said, Step, Touch};

/// How many of the latest changes are compared: more than anybody reads, and few enough to take less time than the walk.
const COMPARED: usize = 1000;
/// How many of one commit: a thousand files that were moved or reformatted together tell one thing.
const TOGETHER: usize = 50;

/// What is asked of git.
pub struct Asked<'a> {
    /// The documents.
    pub documents: Vec<&'a Document>,
    /// Paths and patterns of code, relative to the repository.
    pub code: BTreeSet<String>,
    /// A number that is the same for two texts with the same content.
    pub content: fn(&str) -> u64,
    /// What a version says of itself, by its path relative to the root and its text; absent where it can't be read.
    pub said: &'a (dyn Fn(&str, &str) -> Option<Said> + Sync),
    /// Whether a path relative to the root would be that of a document.
    pub belongs: &'a (dyn Fn(&str) -> bool + Sync),
}

/// A history whose commits were walked through; what they did to each document is still to be asked.
pub struct Walked<'a> {
    git: Git,
    place: &'a Place,
    asked: &'a Asked<'a>,
    walk: Walk<'a>,
    /// For each trail the commits whose versions are compared.
    compared: Vec<HashSet<u32>>,
}

/// What git knows of one trail: that of a document, or of one that is no more.
pub enum Trailed {
    /// A document's.
    Past(Past),
    /// One that is no more.
    Gone(Gone),
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
        Some(walk) => Ok(Walked { compared: latest(&walk), git, place, asked, walk }),
        None => unknown(Gap::Refused("its log can't be read".into())),
    }
}

/// The latest versions of all trails together, as the commits of each that are to be compared.
fn latest(walk: &Walk<'_>) -> Vec<HashSet<u32>> {
    let known = |version: &&Version| !walk.commits[version.commit as usize].boundary;
    let all = walk.trails.iter().enumerate();
    let mut versions: Vec<(u32, usize)> = all
        .flat_map(|(at, trail)| trail.versions.iter().filter(known).map(move |version| (version.commit, at)))
        .collect();
    versions.sort_unstable();
    let mut chosen = vec![HashSet::new(); walk.trails.len()];
    let together = versions.chunk_by(|a, b| a.0 == b.0).flat_map(|commit| commit.iter().take(TOGETHER));
    for (commit, at) in together.take(COMPARED) {
        chosen[*at].insert(*commit);
    }
    chosen
}

impl Walked<'_> {
    /// Git's store of old versions, for [`Walked::trailed`]. Absent where git can't be started.
    pub fn store(&self) -> Option<Store> {
        Store::open(&self.git, self.asked.content)
    }

    /// How many trails there are: those of the documents asked for come first, in their order.
    pub fn trails(&self) -> usize {
        self.walk.trails.len()
    }

    /// What git knows of one trail.
    pub fn trailed(&self, store: &mut Option<Store>, at: usize) -> Trailed {
        let (walk, trail) = (&self.walk, &self.walk.trails[at]);
        let (steps, saids) = self.steps(store, at);
        let Some(document) = self.asked.documents.get(at) else {
            let name = saids.first().map(|said| (said.id.clone(), said.title.clone()));
            return Trailed::Gone(Gone { path: trail.path.clone(), name, steps });
        };
        let known = |version: &&Version| !walk.commits[version.commit as usize].boundary;
        let created = trail.versions.last().filter(|first| first.old.is_none()).filter(known);
        let changed = match store {
            Some(store) => store.changed(&trail.path, &document.source.text, &trail.versions, walk),
            None => Err(Gap::Refused("its objects can't be read".into())),
        };
        let (changed, gap) = changed.map_or_else(|gap| (None, Some(gap)), |touch| (Some(touch), None));
        let mut former_ids: Vec<String> = Vec::new();
        for id in saids.iter().filter_map(|said| said.id.as_ref()) {
            if !former_ids.contains(id) && document.id.as_ref().is_none_or(|own| own.value != *id) {
                former_ids.push(id.clone());
            }
        }
        Trailed::Past(Past {
            created: created.and_then(|first| walk.touch(first.commit)),
            changed,
            gap,
            commits: trail.versions.iter().filter(known).count() as u32,
            former: trail.former.clone(),
            former_ids,
            steps,
            addresses: Vec::new(),
        })
    }

    /// What each commit did, the latest first; and what the compared versions say, the latest first.
    fn steps(&self, store: &mut Option<Store>, at: usize) -> (Vec<Step>, Vec<Arc<Said>>) {
        let (walk, trail) = (&self.walk, &self.walk.trails[at]);
        let (mut path, mut former) = (trail.path.as_str(), trail.former.iter());
        let mut read = Versions { walked: self, store, last: None, saids: Vec::new() };
        let mut steps = Vec::with_capacity(trail.versions.len());
        for version in &trail.versions {
            let before = if version.moved { former.next().map_or(path, String::as_str) } else { path };
            let commit = &walk.commits[version.commit as usize];
            let touch = walk.touch(version.commit).filter(|_| !commit.boundary);
            if let Some(touch) = touch {
                let deed = match (&version.old, &version.new) {
                    (_, None) => trail.left.clone().map_or(Deed::Deleted, Deed::Left),
                    (None, _) => Deed::Written,
                    _ if version.moved => Deed::Moved { from: before.to_string(), to: path.to_string() },
                    _ => Deed::Edited,
                };
                let chosen = self.compared[at].contains(&version.commit);
                let changes = if chosen { read.changes(version, before, path) } else { None };
                steps.push(Step { order: version.commit, touch, subject: Arc::clone(&commit.subject), deed, changes });
            }
            path = before;
        }
        (steps, read.saids)
    }

    /// The whole history, of the trails in their order.
    pub fn history(self, trailed: Vec<Trailed>) -> History {
        let walk = &self.walk;
        let touches = walk.code.iter().zip(&walk.touches).map(|(code, commits)| {
            let mut touches: Vec<Touch> = commits.iter().filter_map(|at| walk.touch(*at)).collect();
            // the days of authors needn't follow the order of commits
            touches.sort_by_key(|touch| Reverse(touch.day));
            (code.to_string(), Arc::from(touches))
        });
        let touches = touches.collect();
        let (mut pasts, mut gone) = (Vec::new(), Vec::new());
        for one in trailed {
            match one {
                Trailed::Past(past) => pasts.push(past),
                Trailed::Gone(one) => gone.push(one),
            }
        }
        rejoin(&self.asked.documents, &mut pasts, &mut gone);
        gone.sort_by(|a, b| day(b).cmp(&day(a)).then_with(|| a.path.cmp(&b.path)));
        let paths = self.asked.documents.iter().map(|document| document.path().to_string());
        History { gap: None, touches, pasts: paths.zip(pasts).collect(), since: walk.since, gone }
    }
}

fn day(gone: &Gone) -> Option<Date> {
    gone.end().map(|step| step.touch.day)
}

/// A file that went in the commit in which a document of the same id came was moved and rewritten at once, too much for
/// git to see it.
fn rejoin(documents: &[&Document], pasts: &mut [Past], gone: &mut Vec<Gone>) {
    let mut came: HashMap<(String, Arc<str>), usize> = HashMap::new();
    for (at, (document, past)) in documents.iter().zip(pasts.iter()).enumerate() {
        let first = past.steps.last().filter(|step| step.deed == Deed::Written);
        if let (Some(id), Some(first)) = (&document.id, first) {
            came.insert((id.value.clone(), Arc::clone(&first.touch.commit)), at);
        }
    }
    gone.retain_mut(|gone| {
        let Some((Some(id), _)) = &gone.name else { return true };
        let Some(end) = gone.steps.first().filter(|step| step.deed == Deed::Deleted) else { return true };
        let Some(at) = came.remove(&(id.clone(), Arc::clone(&end.touch.commit))) else { return true };
        let past = &mut pasts[at];
        if let Some(first) = past.steps.last_mut() {
            let to = past.former.last().cloned();
            let to = to.unwrap_or_else(|| documents[at].path().to_string());
            (first.deed, first.changes) = (Deed::Moved { from: gone.path.clone(), to }, Some(Vec::new()));
        }
        past.former.push(std::mem::take(&mut gone.path));
        past.steps.extend(gone.steps.drain(..).skip(1));
        false
    });
}

/// The versions of one document, read one after another.
struct Versions<'w, 'a> {
    walked: &'w Walked<'a>,
    store: &'w mut Option<Store>,
    /// The older one of the versions compared last: mostly the newer one of the next two.
    last: Option<(Oid, String, Arc<Said>)>,
    saids: Vec<Arc<Said>>,
}

impl Versions<'_, '_> {
    /// What a version says that the one before didn't; absent where one of them can't be read.
    fn changes(&mut self, version: &Version, before: &str, after: &str) -> Option<Vec<Change>> {
        let new = match version.new {
            Some(new) => Some(self.said(new, after)?),
            None => None,
        };
        let old = match version.old {
            Some(old) => Some(self.said(old, before)?),
            None => None,
        };
        Some(match (old, new) {
            (Some(old), Some(new)) => model::compare(&old, &new),
            (None, Some(new)) => new.first_stage().into_iter().collect(),
            (_, None) => Vec::new(),
        })
    }

    fn said(&mut self, id: Oid, path: &str) -> Option<Arc<Said>> {
        if let Some((_, _, said)) = self.last.as_ref().filter(|(last, at, _)| *last == id && at == path) {
            return Some(Arc::clone(said));
        }
        let text = self.store.as_mut()?.text(id)?;
        // a file that came from elsewhere is read as if it lay at the root
        let inner = path.strip_prefix(self.walked.place.prefix.as_str()).unwrap_or(path);
        let said = Arc::new((self.walked.asked.said)(inner, &text)?);
        self.last = Some((id, path.to_string(), Arc::clone(&said)));
        self.saids.push(Arc::clone(&said));
        Some(said)
    }
}

/// The commits at which a shallow clone ends.
fn boundary(file: &Path) -> HashSet<String> {
    let text = std::fs::read_to_string(file).unwrap_or_default();
    text.lines().map(|line| line.trim().to_string()).filter(|line| !line.is_empty()).collect()
}
