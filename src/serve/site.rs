//! One generation of the site: a judged collection, what its pages need, and every address that there is.
//!
//! A request gets what its address stands for in this map; no path of a file is ever made of an address. Pages are
//! printed when they are asked for, the search index is brought up to date when a file of it is.

use std::collections::HashMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};

use self_cell::self_cell;
use xxhash_rust::xxh3::{xxh3_64, xxh3_64_with_seed};

use super::ground::{Ground, Look};
use super::standing::Standing;
use crate::date::Date;
use crate::diagnostic::Finding;
use crate::discover;
use crate::feed;
use crate::judge::Judgement;
use crate::pipeline;
use crate::render::highlight::Highlighter;
use crate::resolve::{Collection, Target};
use crate::view::{self, PAGES, Scene, Scenery};

/// Printed pages that are held. A browser with ten tabs asks for ten again and again.
const HELD: usize = 64;
/// What all files of the search lie below.
const SEARCH: &str = "search/";
/// What all attachments lie below.
const FILES: &str = "files/";

/// A judged collection and what it is shown with.
pub struct Judged {
    pub(super) collection: Collection,
    pub(super) judgement: Judgement,
    pub(super) title: String,
    pub(super) today: Date,
    pub(super) ground: Ground,
    pub(super) look: Arc<Look>,
    pub(super) highlighter: Arc<Highlighter>,
}

/// What its pages need, and every page and feed by its path, laid out when one of its sort is asked for.
struct Laid<'a> {
    scenery: Scenery<'a>,
    /// For each entry of the table of pages.
    pages: Vec<OnceLock<HashMap<String, view::Slot>>>,
    feeds: OnceLock<HashMap<String, feed::Slot>>,
}

impl Laid<'_> {
    fn pages(&self, at: usize) -> &HashMap<String, view::Slot> {
        self.pages[at].get_or_init(|| {
            let slots = PAGES[at].outline(&self.scenery);
            slots.into_iter().map(|slot| (slot.path.clone(), slot)).collect()
        })
    }

    /// The page at this path. Documents and pages whose address begins alike are looked for first, so that a save is
    /// shown before the rest is laid out.
    fn page(&self, path: &str) -> Option<&view::Slot> {
        if !path.ends_with(".html") {
            return None;
        }
        let folder = |path: &str| path.split('/').next().unwrap_or("").to_string();
        let near = |at: &usize| PAGES[*at].name == "document" || folder(PAGES[*at].address) == folder(path);
        let (first, rest): (Vec<usize>, Vec<usize>) = (0..PAGES.len()).partition(near);
        first.into_iter().chain(rest).find_map(|at| self.pages(at).get(path))
    }

    fn feeds(&self) -> &HashMap<String, feed::Slot> {
        self.feeds.get_or_init(|| {
            let slots = feed::outline(&self.scenery);
            slots.into_iter().map(|slot| (slot.path.clone(), slot)).collect()
        })
    }
}

self_cell!(
    struct Cell {
        owner: Judged,
        #[covariant]
        dependent: Laid,
    }
);

/// One generation of the site.
pub struct Site {
    cell: Cell,
    /// For pages that would look another way with the same bytes.
    stamp: u64,
    held: Mutex<HashMap<String, Arc<File>>>,
    /// Its number among all.
    generation: u64,
    standing: Arc<Mutex<Standing>>,
}

/// A file of the site.
#[derive(Debug, PartialEq, Eq)]
pub struct File {
    /// As a build writes it.
    pub bytes: Vec<u8>,
    /// Of the bytes, and of what else a page looks like: another number means that it looks another way.
    pub hash: u64,
    /// The document whose page it is, by its index.
    pub document: Option<usize>,
}

impl Site {
    /// Lays out the site.
    pub(super) fn make(judged: Judged, standing: Arc<Mutex<Standing>>) -> Site {
        let stamp = judged.look.stamp();
        let cell = Cell::new(judged, |judged| {
            let scenery = pipeline::scenery(judged.scene());
            let pages = PAGES.iter().map(|_| OnceLock::new()).collect();
            Laid { scenery, pages, feeds: OnceLock::new() }
        });
        static MADE: AtomicU64 = AtomicU64::new(0);
        let generation = MADE.fetch_add(1, Ordering::Relaxed);
        Site { cell, stamp, held: Mutex::new(HashMap::new()), generation, standing }
    }

    /// What the site is made of.
    pub(super) fn judged(&self) -> &Judged {
        self.cell.borrow_owner()
    }

    /// The collection, the verdict, the day.
    pub fn scene(&self) -> Scene<'_> {
        self.judged().scene()
    }

    /// The findings of a document.
    pub(super) fn findings(&self, document: usize) -> &[Finding] {
        self.judged().judgement.of(document)
    }

    /// The path of every file, sorted. Asks for the whole search index.
    pub fn addresses(&self) -> Vec<String> {
        let (judged, laid) = (self.judged(), self.cell.borrow_dependent());
        let mut all: Vec<String> = (0..PAGES.len()).flat_map(|at| laid.pages(at).keys().cloned()).collect();
        all.extend(laid.feeds().keys().cloned());
        let names = self.standing().names(self.generation, &laid.scenery);
        all.extend(names.into_iter().map(|name| format!("{SEARCH}{name}")));
        all.extend(judged.look.theme.assets().map(|(path, _)| path));
        all.extend(judged.collection.attachments.iter().map(|path| format!("{FILES}{path}")));
        all.sort();
        all.dedup();
        all
    }

    /// Whether there is a page at this path.
    pub fn has_page(&self, path: &str) -> bool {
        self.cell.borrow_dependent().page(path).is_some()
    }

    /// The file at a path: `board/index.html`. Absent where there is none; the error says what is wrong with the theme.
    pub fn file(&self, path: &str) -> Result<Option<Arc<File>>, String> {
        let laid = self.cell.borrow_dependent();
        if let Some(held) = self.held().get(path) {
            return Ok(Some(Arc::clone(held)));
        }
        if let Some(slot) = laid.page(path) {
            let file = Arc::new(self.page(slot)?);
            let mut held = self.held();
            if held.len() >= HELD {
                held.clear();
            }
            held.insert(path.to_string(), Arc::clone(&file));
            return Ok(Some(file));
        }
        let judged = self.judged();
        if let Some((_, bytes)) = judged.look.theme.assets().find(|(name, _)| name == path) {
            return Ok(Some(Arc::new(File::plain(bytes.to_vec()))));
        }
        if path.starts_with(SEARCH) {
            return Ok(self.search_file(path));
        }
        if let Some(name) = path.strip_prefix(FILES) {
            let known = judged.collection.attachments.iter().find(|known| *known == name);
            let bytes = known.and_then(|known| discover::attachment(&judged.ground.place, known));
            return Ok(bytes.map(|bytes| Arc::new(File::plain(pipeline::published(name, bytes)))));
        }
        Ok(laid.feeds().get(path).map(|slot| Arc::new(File::plain(slot.bytes(&laid.scenery)))))
    }

    /// A file of the search index.
    fn search_file(&self, path: &str) -> Option<Arc<File>> {
        let name = path.strip_prefix(SEARCH)?;
        let bytes = self.standing().file(self.generation, &self.cell.borrow_dependent().scenery, name)?;
        Some(Arc::new(File::plain(bytes)))
    }

    fn standing(&self) -> MutexGuard<'_, Standing> {
        self.standing.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Prints one page of each sort, so that a theme that fails is known before it is shown.
    pub(super) fn try_theme(&self) -> Result<(), String> {
        let laid = self.cell.borrow_dependent();
        for slot in (0..PAGES.len()).filter_map(|at| laid.pages(at).values().min_by_key(|slot| &slot.path)) {
            self.page(slot)?;
        }
        Ok(())
    }

    fn page(&self, slot: &view::Slot) -> Result<File, String> {
        let (judged, laid) = (self.judged(), self.cell.borrow_dependent());
        let page = view::page(&laid.scenery, slot);
        let printed = pipeline::print(&page, &judged.look.theme, &judged.highlighter, None);
        let (html, _) = printed.map_err(|error| error.to_string())?;
        let document = Some(slot.of).filter(|_| slot.entry.name == "document");
        let hash = xxh3_64_with_seed(html.as_bytes(), self.stamp ^ document.map_or(0, |index| self.attached(index)));
        Ok(File { bytes: html.into_bytes(), hash, document })
    }

    /// A number that is another one where an image of a document is.
    fn attached(&self, document: usize) -> u64 {
        let judged = self.judged();
        let shown = judged.collection.targets[document].iter().filter_map(|target| match target {
            Target::Attachment(path) => discover::attachment(&judged.ground.place, path),
            _ => None,
        });
        shown.fold(0, |sum, bytes| xxh3_64_with_seed(&bytes, sum))
    }

    fn held(&self) -> MutexGuard<'_, HashMap<String, Arc<File>>> {
        self.held.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Judged {
    fn scene(&self) -> Scene<'_> {
        Scene {
            collection: &self.collection,
            judgement: &self.judgement,
            config: &self.ground.config,
            today: self.today,
            title: &self.title,
            prefix: &self.ground.place.prefix,
        }
    }
}

impl File {
    fn plain(bytes: Vec<u8>) -> File {
        File { hash: xxh3_64(&bytes), bytes, document: None }
    }
}
