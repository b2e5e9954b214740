//! A collection that changes: which files were touched comes in, whole generations of the site come out.
//!
//! Only what was touched is read again. Whatever is known of the rest is kept, and everything that is said about the
//! collection as a whole is worked out anew, so that a page is the one that a build would write. Knows no network, no
//! clock and no threads of its own; what was touched is told by `watcher`.

use std::collections::{BTreeMap, BTreeSet};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use xxhash_rust::xxh3::xxh3_64;

use super::ground::{Ground, IGNORE, Look};
use super::site::{Judged, Site};
use super::standing::Standing;
use crate::date::Date;
use crate::diagnostic::{Note, Noted};
use crate::dialect;
use crate::discover::{self, Listed, Place};
use crate::judge::Before;
use crate::model::{Document, Gap, History, Past};
use crate::pipeline::{self, Observer, Threads};
use crate::render::highlight::Highlighter;
use crate::resolve::{self, World};
use crate::source::Source;
use crate::spread::Spread;

/// What a preview asks of those who know the command line and the clock.
pub struct Ask {
    /// Where the settings are looked for, absolute.
    pub settings: Vec<PathBuf>,
    /// Where the collection lies, and its settings; or why that can't be said.
    pub ground: Box<dyn Fn() -> Result<Ground, String> + Send>,
    /// The theme for these settings; or what is wrong with it.
    pub look: Box<Compile>,
    /// The day to judge by.
    pub today: Box<dyn Fn() -> Date + Send>,
}

/// Compiles a theme.
pub type Compile = dyn Fn(&Ground) -> Result<Look, String> + Send;

/// What may have changed on disk.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Touched {
    /// Absolute paths of files and folders that came, changed or went.
    pub paths: BTreeSet<PathBuf>,
    /// Anything else may have changed, too.
    pub everything: bool,
}

impl Touched {
    /// Everything may have changed.
    pub fn everything() -> Self {
        Touched { everything: true, ..Touched::default() }
    }

    /// Takes up more.
    pub fn merge(&mut self, more: Touched) {
        self.paths.extend(more.paths);
        self.everything |= more.everything;
    }

    /// Nothing was touched.
    pub fn is_empty(&self) -> bool {
        self.paths.is_empty() && !self.everything
    }
}

/// One document as it was read.
struct Kept {
    document: Arc<Document>,
    /// The same as it was resolved last.
    resolved: Option<Arc<Document>>,
    notes: Vec<Note>,
}

/// The collection in memory.
pub struct Preview {
    ask: Ask,
    today: Date,
    /// Absent where the settings could not be read yet.
    ground: Option<Ground>,
    look: Option<Arc<Look>>,
    listed: Listed,
    /// The documents as read, by path.
    kept: BTreeMap<String, Kept>,
    /// What lies around the documents, as far as it was asked for.
    world: World,
    /// Which paths `world.existing` speaks of.
    asked: BTreeSet<String>,
    /// What git told, and of which texts.
    told: History,
    texts: BTreeMap<String, u64>,
    git_behind: bool,
    /// What the images of the last site held.
    pictures: BTreeMap<PathBuf, Option<u64>>,
    highlighter: Arc<Highlighter>,
    /// The search index, which all generations share.
    standing: Arc<Mutex<Standing>>,
    site: Option<Arc<Site>>,
    failure: Option<String>,
    /// The site isn't that of what is known.
    stale: bool,
    /// The settings aren't those of the last site.
    other_measures: bool,
    /// Other paths exist than when the last site was made.
    other_world: bool,
}

impl Preview {
    /// Reads everything, git's history too.
    pub fn open(ask: Ask, observer: &dyn Observer) -> Preview {
        let today = (ask.today)();
        let mut preview = Preview {
            ask,
            today,
            ground: None,
            look: None,
            listed: Listed::default(),
            kept: BTreeMap::new(),
            world: World { history: History::unknown(Gap::Off), ..World::default() },
            asked: BTreeSet::new(),
            told: History::unknown(Gap::Off),
            texts: BTreeMap::new(),
            git_behind: false,
            pictures: BTreeMap::new(),
            highlighter: Arc::new(Highlighter::new()),
            standing: Arc::default(),
            site: None,
            failure: None,
            stale: false,
            other_measures: false,
            other_world: false,
        };
        observer.begin("read", 0);
        let taken = preview.take(&Touched::everything());
        if let Some(job) = preview.asks_git() {
            observer.begin("history", 0);
            preview.learn(job.run());
        }
        preview.settle(taken, observer);
        preview
    }

    /// The last site that could be made; absent where there was none yet.
    pub fn site(&self) -> Option<&Arc<Site>> {
        self.site.as_ref()
    }

    /// Why the site isn't that of what is on disk.
    pub fn failure(&self) -> Option<&str> {
        self.failure.as_deref()
    }

    /// Where the collection lies; absent where the settings could not be read yet.
    pub fn ground(&self) -> Option<&Ground> {
        self.ground.as_ref()
    }

    /// The theme; absent where none could be compiled yet.
    pub fn look(&self) -> Option<&Look> {
        self.look.as_deref()
    }

    /// The folders whose entries matter, absolute.
    pub fn folders(&self) -> BTreeSet<PathBuf> {
        let mut folders = self.listed.folders.clone();
        let settings = self.ask.settings.iter().filter_map(|file| Some(file.parent()?.to_path_buf()));
        folders.extend(settings.filter(|folder| folder.is_dir()));
        if let Some(ground) = &self.ground {
            folders.extend(ground.folders());
            let attached = self.attachments().filter_map(|file| Some(file.parent()?.to_path_buf()));
            folders.extend(attached.filter(|folder| folder.is_dir()));
        }
        folders
    }

    /// The files that matter, absolute, there or not.
    pub fn files(&self) -> BTreeSet<PathBuf> {
        let mut files: BTreeSet<PathBuf> = self.ask.settings.iter().cloned().collect();
        let Some(ground) = &self.ground else { return files };
        files.extend(ground.files());
        let (root, sidecars) = (&ground.place.root, sidecars());
        for path in self.kept.keys() {
            files.extend(discover::beside(path, &sidecars).map(|path| root.join(path)));
            files.insert(root.join(path));
        }
        files.extend(self.listed.folders.iter().flat_map(|folder| IGNORE.map(|name| folder.join(name))));
        files.extend(self.attachments());
        files
    }

    /// Takes in what was touched. Says whether there is anything new to show.
    pub fn apply(&mut self, touched: &Touched, observer: &dyn Observer) -> bool {
        observer.begin("read", 0);
        let taken = self.take(touched);
        self.settle(taken, observer)
    }

    /// Whether a touched document is away or empty, as it is for a moment while an editor writes it.
    pub fn halfway(&self, touched: &Touched) -> bool {
        let Some(ground) = &self.ground else { return false };
        let known = |path: &&PathBuf| inner(path, &ground.place.root).is_some_and(|path| self.kept.contains_key(&path));
        let odd = |path: &PathBuf| path.symlink_metadata().map_or(true, |file| file.len() == 0);
        touched.paths.iter().filter(known).take(8).any(odd)
    }

    /// What is to be asked of git, where it may tell something else than before. It takes long and needs nothing of the
    /// preview, which goes on with what it knows.
    pub fn asks_git(&mut self) -> Option<Question> {
        let ground = self.ground.clone().filter(|_| std::mem::take(&mut self.git_behind))?;
        Some(Question { ground, documents: self.kept.values().map(|kept| Arc::clone(&kept.document)).collect() })
    }

    /// Takes in what git told. Says whether there is anything new to show.
    pub fn hear(&mut self, answer: Answer, observer: &dyn Observer) -> bool {
        self.learn(answer);
        self.settle(Ok(()), observer)
    }

    fn learn(&mut self, answer: Answer) {
        let Some(told) = answer.history else { return };
        let texts: BTreeMap<String, u64> =
            answer.documents.iter().map(|document| (document.path().to_string(), stamp(&document.source))).collect();
        if told != self.told || texts != self.texts {
            (self.told, self.texts) = (told, texts);
            let before = std::mem::replace(&mut self.world.history, self.told.clone());
            let paths: Vec<String> = self.kept.keys().cloned().collect();
            paths.iter().for_each(|path| self.date(path));
            self.stale |= before != self.world.history;
        }
    }

    /// Makes the site anew if need be.
    fn settle(&mut self, taken: Result<(), String>, observer: &dyn Observer) -> bool {
        let today = (self.ask.today)();
        self.stale |= today != self.today;
        self.today = today;
        let made = match (taken, self.stale) {
            (Err(failure), _) => Err(failure),
            (Ok(()), false) => Ok(false),
            (Ok(()), true) => {
                let renewed = catch_unwind(AssertUnwindSafe(|| self.renew(observer)));
                renewed
                    .unwrap_or_else(|_| Err("plansite failed on this collection; -v says where".into()))
                    .map(|()| true)
            }
        };
        let renewed = matches!(made, Ok(true));
        let failure = made.err();
        let news = renewed || failure != self.failure;
        self.failure = failure;
        news
    }

    /// Everything that is said of the collection as a whole.
    fn renew(&mut self, observer: &dyn Observer) -> Result<(), String> {
        let (Some(ground), Some(look)) = (&self.ground, &self.look) else { return Ok(()) };
        observer.begin("resolve", 0);
        let read = self.kept.values();
        let read = read.map(|kept| Noted { value: Arc::clone(&kept.document), notes: kept.notes.clone() });
        let before = self.site.as_ref().map(|site| &site.judged().collection).filter(|_| !self.other_world);
        let mut collection = resolve::resolve_with(read.collect(), &self.world, before, &Threads);
        for (kept, document) in self.kept.values_mut().zip(&mut collection.documents) {
            // one that another one supersedes is a copy each time; the one before says the same
            if let Some(then) =
                kept.resolved.as_ref().filter(|then| then.status == document.status && then.code == document.code)
            {
                *document = Arc::clone(then);
            }
            kept.resolved = Some(Arc::clone(document));
            // whether code exists needn't be written into a copy the next time
            if kept.document.status == document.status {
                kept.document = Arc::clone(document);
            }
        }
        observer.begin("judge", 0);
        let before = self.site.as_ref().map(|site| site.judged()).filter(|_| !self.other_measures);
        let before = before.filter(|before| before.today == self.today);
        let judgement = match before {
            None => pipeline::judge(&collection, &ground.config, self.today),
            Some(before) => {
                let before = Before { collection: &before.collection, judgement: &before.judgement };
                pipeline::judge_again(&collection, &ground.config, self.today, before)
            }
        };
        observer.begin("view", 0);
        let title = ground.config.site.title.clone().unwrap_or_else(|| ground.place.name.clone());
        let judged = Judged {
            collection,
            judgement,
            title,
            today: self.today,
            ground: ground.clone(),
            look: Arc::clone(look),
            highlighter: Arc::clone(&self.highlighter),
        };
        let site = Arc::new(Site::make(judged, Arc::clone(&self.standing)));
        if self.site.as_ref().is_none_or(|before| !Arc::ptr_eq(&before.judged().look, look)) {
            observer.begin("theme", 0);
            site.try_theme()?;
        }
        self.site = Some(site);
        for path in &self.site.as_ref().map(|site| site.judged().collection.attachments.clone()).unwrap_or_default() {
            let held = || discover::attachment(&ground.place, path).map(|bytes| xxh3_64(&bytes));
            self.pictures.entry(ground.place.repository.join(path)).or_insert_with(held);
        }
        (self.stale, self.other_measures, self.other_world) = (false, false, false);
        Ok(())
    }

    /// Reads what was touched.
    fn take(&mut self, touched: &Touched) -> Result<(), String> {
        let settings = &self.ask.settings;
        let decides =
            |ground: &Ground| touched.paths.iter().any(|path| settings.contains(path) || ground.decides(path));
        let mut anew = false;
        if touched.everything || self.failure.is_some() || self.ground.as_ref().is_none_or(decides) {
            anew = self.reground()?;
        }
        let Some(ground) = self.ground.clone() else { return Ok(()) };
        let looks = touched.paths.iter().any(|path| ground.looks(path));
        if touched.everything || looks || self.look.is_none() || self.failure.is_some() {
            let look = (self.ask.look)(&ground)?;
            if self.look.as_ref().is_none_or(|before| before.sources != look.sources) {
                self.look = Some(Arc::new(look));
                self.stale = true;
            }
        }
        let everything = touched.everything || anew;
        let listing = everything || touched.paths.iter().any(|path| self.lists(&ground.place, path));
        let mut paths: BTreeSet<String> = BTreeSet::new();
        if listing {
            self.list(&ground, &mut paths)?;
        }
        for path in &touched.paths {
            self.touched_documents(&ground.place, path, &mut paths);
        }
        if touched.everything {
            paths.extend(self.kept.keys().cloned());
        }
        self.read(&ground, paths.into_iter().collect());
        self.look_around(&ground, touched, everything);
        Ok(())
    }

    /// The known documents that a touched path concerns: itself, the one whose sidecar it is, all below a folder.
    fn touched_documents(&self, place: &Place, touched: &Path, paths: &mut BTreeSet<String>) {
        let Some(path) = inner(touched, &place.root) else {
            if place.root.starts_with(touched) {
                paths.extend(self.kept.keys().cloned());
            }
            return;
        };
        let below = format!("{path}/");
        let inside = self.kept.range(below.clone()..).map(|(path, _)| path);
        paths.extend(inside.take_while(|path| path.starts_with(&below)).cloned());
        let name = crate::path::name(&path);
        let of = dialect::sidecars().filter(|(sidecar, _)| *sidecar == name);
        let beside = of.map(|(_, document)| crate::path::beside(&path, document));
        paths.extend(beside.chain([path.clone()]).filter(|path| self.kept.contains_key(path)));
    }

    /// Asks for the place and the settings again. Says whether they are others.
    fn reground(&mut self) -> Result<bool, String> {
        let ground = match (self.ask.ground)() {
            // a root that went may come back
            Err(_) if self.ground.as_ref().is_some_and(|ground| !ground.place.root.exists()) => return Ok(false),
            ground => ground?,
        };
        let shown = |ground: &Ground| format!("{:?}", (&ground.place, &ground.config));
        let anew = self.ground.as_ref().is_none_or(|before| shown(before) != shown(&ground));
        if anew {
            self.world.prefix = ground.place.prefix.clone();
            let repository = ground.config.site.repository.as_ref();
            self.world.repository = repository.map(|address| address.trim_end_matches('/').to_string());
            // settings decide how documents are read
            self.kept.clear();
            self.asked.clear();
            self.world.existing.clear();
            self.look = None;
            self.listed = Listed::default();
            (self.git_behind, self.stale) = (true, true);
            (self.other_measures, self.other_world) = (true, true);
            self.ground = Some(ground);
        }
        Ok(anew)
    }

    /// Whether other files may be documents, now that this path was touched.
    fn lists(&self, place: &Place, path: &Path) -> bool {
        let Some(path_inside) = inner(path, &place.root) else {
            return place.root.starts_with(path) || IGNORE.iter().any(|name| path.ends_with(name));
        };
        let name = crate::path::name(&path_inside);
        if IGNORE.contains(&name) || name == discover::MANIFEST {
            return true;
        }
        match path.symlink_metadata() {
            Ok(file) if file.is_dir() => true,
            // a name that is known needs no look at its folder
            Ok(_) => discover::markdown(name) && !self.kept.contains_key(&path_inside),
            Err(_) => {
                let below = format!("{path_inside}/");
                let known = self.kept.range(below.clone()..).next().is_some_and(|(path, _)| path.starts_with(&below));
                known || self.kept.contains_key(&path_inside) || self.listed.folders.contains(path)
            }
        }
    }

    /// Lists the documents: those that went are forgotten, those that came are added to `paths`.
    fn list(&mut self, ground: &Ground, paths: &mut BTreeSet<String>) -> Result<(), String> {
        self.listed = discover::list_all(&ground.place, &ground.config).map_err(|error| error.to_string())?;
        let there: BTreeSet<&String> = self.listed.documents.iter().collect();
        let gone: Vec<String> = self.kept.keys().filter(|path| !there.contains(path)).cloned().collect();
        for path in &gone {
            self.kept.remove(path);
        }
        paths.extend(there.into_iter().filter(|path| !self.kept.contains_key(*path)).cloned());
        if !gone.is_empty() || !paths.is_empty() {
            (self.git_behind, self.stale) = (true, true);
        }
        Ok(())
    }

    /// Reads these documents if their text isn't the one that is known.
    fn read(&mut self, ground: &Ground, paths: Vec<String>) {
        let sidecars = sidecars();
        let read = Threads.map(paths.len(), |at| {
            let source = discover::load(&ground.place, &paths[at], &sidecars);
            let known = self.kept.get(&paths[at]).is_some_and(|kept| same(&kept.document.source, &source));
            (!known).then(|| pipeline::read_one(source, &ground.config))
        });
        let mut wanted = BTreeSet::new();
        for (path, noted) in paths.into_iter().zip(read) {
            let Some(Noted { value, notes }) = noted else { continue };
            wanted.extend(resolve::wanted([&value].into_iter(), &ground.place.prefix));
            let code = |document: &Document| resolve::wanted_history([document].into_iter(), &ground.place.prefix);
            let changed = |before: &Kept| {
                let before = &before.document;
                // git is asked by these
                code(before) != code(&value)
                    || before.id != value.id
                    || resolve::forms(before) != resolve::forms(&value)
            };
            self.git_behind |= self.kept.get(&path).is_none_or(changed);
            self.kept.insert(path.clone(), Kept { document: Arc::new(value), resolved: None, notes });
            self.date(&path);
            self.stale = true;
        }
        wanted.retain(|path| !self.asked.contains(path));
        self.world.existing.extend(discover::existing(&ground.place, &wanted));
        self.asked.extend(wanted);
    }

    /// What git tells of a document's file whose text may have changed since it was asked.
    fn date(&mut self, path: &str) {
        if self.told.gap.is_some() {
            return;
        }
        let Some(kept) = self.kept.get(path) else { return };
        let past = match self.told.pasts.get(path) {
            None => Past { gap: Some(Gap::Uncommitted), ..Past::default() },
            Some(past) if self.texts.get(path) == Some(&stamp(&kept.document.source)) => past.clone(),
            Some(past) if past.gap == Some(Gap::Uncommitted) => past.clone(),
            Some(past) => {
                // perhaps it is as it was committed, by now
                self.git_behind |= past.gap == Some(Gap::Modified);
                Past { changed: None, gap: Some(Gap::Modified), ..past.clone() }
            }
        };
        self.world.history.pasts.insert(path.to_string(), past);
    }

    /// Looks again at what documents name, at CODEOWNERS and at git.
    fn look_around(&mut self, ground: &Ground, touched: &Touched, everything: bool) {
        let repository = &ground.place.repository;
        let mut again = BTreeSet::new();
        match everything {
            true => again.clone_from(&self.asked),
            false => {
                for path in touched.paths.iter().filter_map(|path| inner(path, repository)) {
                    let below = format!("{path}/");
                    again.extend(self.asked.range(below.clone()..).take_while(|one| one.starts_with(&below)).cloned());
                    again.extend(self.asked.get(&path).cloned());
                }
            }
        }
        let there = discover::existing(&ground.place, &again);
        for path in again {
            let (is, was) = (there.contains(&path), self.world.existing.contains(&path));
            self.stale |= is != was;
            self.other_world |= is != was;
            match is {
                true => drop(self.world.existing.insert(path)),
                false => drop(self.world.existing.remove(&path)),
            }
        }
        if everything || touched.paths.iter().any(|path| ground.codeowners(path)) {
            let text = discover::codeowners(&ground.place);
            self.stale |= text != self.world.codeowners;
            self.world.codeowners = text;
        }
        // their bytes are read when they are asked for, but pages that show them are told
        let attachments: Vec<PathBuf> = self.attachments().collect();
        let touched_one = |file: &PathBuf| everything || touched.paths.iter().any(|path| file.starts_with(path));
        for file in attachments.into_iter().filter(touched_one) {
            let bytes = inner(&file, repository).and_then(|path| discover::attachment(&ground.place, &path));
            let now = bytes.map(|bytes| xxh3_64(&bytes));
            self.stale |= self.pictures.insert(file, now).is_some_and(|before| before != now);
        }
        self.git_behind |= everything || touched.paths.iter().any(|path| ground.git_tells(path));
    }

    /// The images that the last site shows, absolute.
    fn attachments(&self) -> impl Iterator<Item = PathBuf> {
        let judged = self.site.iter().map(|site| site.judged());
        judged.flat_map(|judged| {
            judged.collection.attachments.iter().map(|path| judged.ground.place.repository.join(path))
        })
    }

    /// The documents' files and folders, absolute.
    pub fn documents(&self) -> BTreeSet<PathBuf> {
        let root = self.ground.as_ref().map(|ground| ground.place.root.clone()).unwrap_or_default();
        self.kept.keys().map(|path| root.join(path)).chain(self.listed.folders.iter().cloned()).collect()
    }

    /// Paths that documents name and whose being there was asked for, absolute.
    pub fn named(&self) -> impl Iterator<Item = (PathBuf, bool)> {
        let repository = self.ground.iter().map(|ground| &ground.place.repository);
        repository.flat_map(|repository| {
            self.asked.iter().map(|path| (repository.join(path), self.world.existing.contains(path)))
        })
    }
}

/// What is asked of git, in a form that can be asked on another thread.
pub struct Question {
    ground: Ground,
    documents: Vec<Arc<Document>>,
}

/// What git told, and of which documents.
pub struct Answer {
    history: Option<History>,
    documents: Vec<Arc<Document>>,
}

impl Question {
    /// Asks.
    pub fn run(self) -> Answer {
        struct Silent;
        impl Observer for Silent {
            fn begin(&self, _: &'static str, _: usize) {}
            fn step(&self) {}
        }
        let documents: Vec<&Document> = self.documents.iter().map(|document| &**document).collect();
        let history = pipeline::history(&self.ground.place, &self.ground.config, &documents, &Silent).ok();
        Answer { history, documents: self.documents }
    }
}

fn sidecars() -> Vec<(&'static str, &'static str)> {
    dialect::sidecars().collect()
}

/// A path below a folder, relative to it, with `/` between the parts.
fn inner(path: &Path, folder: &Path) -> Option<String> {
    let inside = path.strip_prefix(folder).ok().filter(|inside| !inside.as_os_str().is_empty())?;
    Some(inside.components().map(|part| part.as_os_str().to_string_lossy()).collect::<Vec<_>>().join("/"))
}

/// Whether two readings of a file found the same.
fn same(a: &Source, b: &Source) -> bool {
    let sidecars = match (&a.sidecar, &b.sidecar) {
        (Some(a), Some(b)) => same(a, b),
        (None, None) => true,
        _ => false,
    };
    a.text == b.text && a.trouble == b.trouble && sidecars
}

/// What git compares with the committed text.
fn stamp(source: &Source) -> u64 {
    xxh3_64(source.text.as_bytes())
}
