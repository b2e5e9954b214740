//! The stages in order: this is what plansite does.
//!
//! The only file that knows threads. It brings the world in as values, maps the pure stages over documents and pages,
//! and keeps one document's panic from taking the others with it.

use std::collections::BTreeSet;
use std::panic::{AssertUnwindSafe, catch_unwind};

use rayon::prelude::{IntoParallelIterator, IntoParallelRefIterator, ParallelIterator};

use crate::config::{self, Config};
use crate::date::Date;
use crate::diagnostic::{Note, Noted};
use crate::dialect;
use crate::discover::{self, Asked, DiscoverError, Place, Snapshot, Trailed};
use crate::feed;
use crate::judge::{self, Before, Judgement};
use crate::markdown::{self, Arena};
use crate::model::{Document, Gap, History, Past, Said};
use crate::read;
use crate::render::highlight::Highlighter;
use crate::render::theme::Theme;
use crate::render::{self, RenderError, drawn};
use crate::resolve::{self, Collection, World};
use crate::search;
use crate::source::{Source, Span, Spanned};
use crate::spread::Spread;
use crate::view::{self, Page, Prose, Scene, Scenery, Slot};
use crate::write::{self, Output, WriteError};

/// How many former paths, and how many former ids, of a document keep their addresses.
const FORMER: usize = 8;

/// Told how far the work is; the only thing that knows the clock is behind it.
pub trait Observer: Sync {
    /// A stage of so many steps begins; the one before it has ended.
    fn begin(&self, stage: &'static str, steps: usize);
    /// One step is done.
    fn step(&self);
}

/// Work is spread over all cores.
#[derive(Debug, Clone, Copy)]
pub struct Threads;

impl Spread for Threads {
    fn map<T: Send>(&self, count: usize, work: impl Fn(usize) -> T + Sync) -> Vec<T> {
        (0..count).into_par_iter().map(&work).collect()
    }

    fn both<A: Send, B: Send>(&self, one: impl FnOnce() -> A + Send, other: impl FnOnce() -> B + Send) -> (A, B) {
        rayon::join(one, other)
    }
}

/// The verdict on a collection.
pub fn judge(collection: &Collection, config: &Config, today: Date) -> Judgement {
    judge::judge_with(collection, config, today, None, &Threads)
}

/// The verdict on a collection of which most was judged before, on the same day and by the same settings.
pub fn judge_again(collection: &Collection, config: &Config, today: Date, before: Before<'_>) -> Judgement {
    judge::judge_with(collection, config, today, Some(before), &Threads)
}

/// Discover, read, resolve.
pub fn collect(place: &Place, config: &Config, observer: &dyn Observer) -> Result<Collection, DiscoverError> {
    observer.begin("discover", 0);
    let paths = discover::list(place, config)?;
    let sidecars: Vec<(&str, &str)> = dialect::sidecars().collect();
    let read = read_all(paths, |path| discover::load(place, &path, &sidecars), config, observer);
    observer.begin("history", read.len());
    let documents: Vec<&Document> = read.iter().map(|noted| &noted.value).collect();
    let history = history(place, config, &documents, observer)?;
    observer.begin("resolve", 0);
    let existing = |wanted: &BTreeSet<String>| discover::existing(place, wanted);
    Ok(resolved(read, place, config, existing, (history, discover::codeowners(place))))
}

/// Read and resolve what a commit held. Its own history isn't asked for.
pub fn collect_at(place: &Place, config: &Config, snapshot: Snapshot, observer: &dyn Observer) -> Collection {
    let Snapshot { sources, files, codeowners } = snapshot;
    let read = read_all(sources, |source| source, config, observer);
    observer.begin("resolve", 0);
    let existing = |wanted: &BTreeSet<String>| wanted.intersection(&files).cloned().collect();
    resolved(read, place, config, existing, (History::unknown(Gap::Off), codeowners))
}

fn read_all<T: Send>(
    from: Vec<T>,
    source: impl Fn(T) -> Source + Sync,
    config: &Config,
    observer: &dyn Observer,
) -> Vec<Noted<Document>> {
    observer.begin("read", from.len());
    let read = from.into_par_iter().map(|one| {
        let noted = read_one(source(one), config);
        observer.step();
        noted
    });
    read.collect()
}

/// Resolves in the world that the caller knows: which named paths exist, what git tells, who owns which paths.
fn resolved(
    read: Vec<Noted<Document>>,
    place: &Place,
    config: &Config,
    existing: impl FnOnce(&BTreeSet<String>) -> BTreeSet<String>,
    (history, codeowners): (History, Option<String>),
) -> Collection {
    let existing = existing(&resolve::wanted(read.iter().map(|noted| &noted.value), &place.prefix));
    let repository = config.site.repository.clone().map(|address| address.trim_end_matches('/').to_string());
    let world = World { prefix: place.prefix.clone(), existing, repository, history, codeowners };
    resolve::resolve_with(read, &world, None, &Threads)
}

/// What git knows of these documents and the code they name. Each thread has a git of its own to ask for old versions.
pub fn history(
    place: &Place,
    config: &Config,
    documents: &[&Document],
    observer: &dyn Observer,
) -> Result<History, DiscoverError> {
    if !config.collection.git {
        return Ok(History::unknown(Gap::Off));
    }
    let code = resolve::wanted_history(documents.iter().copied(), &place.prefix);
    let said = |path: &str, text: &str| said(path, text, config);
    let belongs = discover::belonging(place, config)?;
    let documents = documents.to_vec();
    let asked = Asked { documents, code, content: read::content::measure, said: &said, belongs: &belongs };
    let walked = match discover::walk_history(place, &asked) {
        Ok(walked) => walked,
        Err(unknown) => return Ok(unknown),
    };
    // neighbours often change together, so they are dealt out in turn
    let (all, hands) = (walked.trails(), rayon::current_num_threads());
    let dealt = (0..hands).into_par_iter().flat_map_iter(|hand| {
        let mut store = walked.store();
        let trailed = |at: usize| {
            observer.step();
            (at, walked.trailed(&mut store, at))
        };
        (hand..all).step_by(hands).map(trailed).collect::<Vec<(usize, Trailed)>>()
    });
    let mut trailed: Vec<(usize, Trailed)> = dealt.collect();
    trailed.sort_by_key(|(at, _)| *at);
    let mut history = walked.history(trailed.into_iter().map(|(_, trailed)| trailed).collect());
    let moved = |document: &&Document| {
        let past = history.pasts.get(document.path())?;
        let addresses = former(document, past, place, config);
        (!addresses.is_empty()).then(|| (document.path().to_string(), addresses))
    };
    let moved: Vec<_> = asked.documents.par_iter().filter_map(moved).collect();
    for (path, addresses) in moved {
        if let Some(past) = history.pasts.get_mut(&path) {
            past.addresses = addresses;
        }
    }
    Ok(history)
}

/// The addresses that a document may have had: today's text is read as if it still lay at its former paths, and given
/// its former ids.
fn former(document: &Document, past: &Past, place: &Place, config: &Config) -> Vec<[String; 3]> {
    let mut addresses: Vec<[String; 3]> = Vec::new();
    let text = document.source.text.as_str();
    let read = |path: &str| catch_unwind(AssertUnwindSafe(|| read::read(Source::new(path, text), config).value)).ok();
    let paths = past.former.iter().filter_map(|path| path.strip_prefix(place.prefix.as_str())).take(FORMER);
    for path in paths.chain((!past.former_ids.is_empty()).then_some(document.path())) {
        let Some(mut then) = read(path) else { continue };
        addresses.push(resolve::forms(&then));
        for id in past.former_ids.iter().take(FORMER) {
            then.id = Some(Spanned::new(id.clone(), Span::default()));
            addresses.push(resolve::forms(&then));
        }
    }
    let today = resolve::forms(document);
    addresses.retain(|forms| *forms != today);
    addresses.dedup();
    addresses
}

/// What an old version says of itself. One that makes the reader panic says nothing.
fn said(path: &str, text: &str, config: &Config) -> Option<Said> {
    let read = || Said::of(&read::read(Source::new(path, text), config).value);
    catch_unwind(AssertUnwindSafe(read)).ok()
}

/// Why a site could not be written.
#[derive(Debug)]
pub enum BuildError {
    /// The theme is wrong.
    Render(RenderError),
    /// The folder refused.
    Write(WriteError),
}

impl std::fmt::Display for BuildError {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            BuildError::Render(error) => error.fmt(out),
            BuildError::Write(error) => error.fmt(out),
        }
    }
}

impl std::error::Error for BuildError {}

impl From<RenderError> for BuildError {
    fn from(error: RenderError) -> Self {
        BuildError::Render(error)
    }
}

impl From<WriteError> for BuildError {
    fn from(error: WriteError) -> Self {
        BuildError::Write(error)
    }
}

/// What a build came to.
#[derive(Debug)]
pub struct Built {
    /// How many pages the site has.
    pub pages: usize,
    /// Documents whose text could not be rendered and stands as it is written.
    pub failed: Vec<String>,
    /// What the folder says.
    pub written: write::Report,
}

/// Pages that are made side by side before their documents go into the search index.
const STACK: usize = 256;

/// View, render, write: each page is made, printed and written by itself, so that never more pages are in memory than
/// there are threads. The search looks at a document while its page is printed, and takes in what it saw while the next
/// ones are.
pub fn build(
    place: &Place,
    scene: Scene<'_>,
    theme: &Theme,
    output: Output,
    observer: &dyn Observer,
) -> Result<Built, BuildError> {
    observer.begin("view", 0);
    let scenery = scenery(scene);
    scenery.complete(&Threads);
    let slots = outline(&scenery);
    let highlighter = Highlighter::new();
    observer.begin("render", slots.len());
    let print = |slot: &Slot| {
        let (html, printed) =
            print(&view::page(&scenery, slot), theme, &highlighter, Some(&scenery.scene.config.search))?;
        output.put(&slot.path, html.as_bytes())?;
        observer.step();
        Ok(printed)
    };
    let mut shelf = Shelf::new(&scenery.scene.config.site.language);
    let (mut failed, mut seen) = (Vec::new(), Vec::new());
    for stack in slots.chunks(STACK) {
        let print = || stack.par_iter().map(print).collect::<Result<Vec<Printed>, BuildError>>();
        let (printed, taken) = rayon::join(print, || shelf.take(std::mem::take(&mut seen), &scenery, &output));
        taken?;
        for one in printed? {
            failed.extend(one.failed);
            seen.extend(one.seen);
        }
    }
    shelf.take(seen, &scenery, &output)?;
    observer.begin("search", 0);
    if scenery.scene.config.search.enabled {
        shelf.close(&scenery, &output)?;
    }
    observer.begin("write", 0);
    for (path, bytes) in theme.assets() {
        output.put(&path, bytes)?;
    }
    feed::outline(&scenery).par_iter().try_for_each(|slot| output.put(&slot.path, &slot.bytes(&scenery)))?;
    for path in &scenery.scene.collection.attachments {
        if let Some(bytes) = discover::attachment(place, path) {
            output.put(&format!("files/{path}"), &published(path, bytes))?;
        }
    }
    let written = output.finish()?;
    Ok(Built { pages: slots.len(), failed, written })
}

/// Every page of the site.
pub fn outline(scenery: &Scenery<'_>) -> Vec<Slot> {
    view::outline_with(scenery, &Threads)
}

/// What many pages need.
pub fn scenery(scene: Scene<'_>) -> Scenery<'_> {
    view::scenery_with(scene, &Threads)
}

/// An image of the collection as it is published: of a drawing what may stay of it, else one that says why there is
/// none.
pub fn published(path: &str, bytes: Vec<u8>) -> Vec<u8> {
    if !path.to_lowercase().ends_with(".svg") {
        return bytes;
    }
    let bytes = &bytes;
    let drawing = catch_unwind(|| std::str::from_utf8(bytes).ok().and_then(drawn::clean));
    drawing.ok().flatten().map_or_else(|| drawn::REFUSAL.into(), |drawing| drawing.svg).into_bytes()
}

/// What printing one page left.
#[derive(Default)]
pub struct Printed {
    /// The document's path, where its text made the renderer panic.
    failed: Option<String>,
    /// A document's place in the collection and what the search saw of it.
    seen: Option<(usize, search::Analysed)>,
}

/// Prints one page. With the settings of the search it is looked at for the index as well.
pub fn print(
    page: &Page<'_>,
    theme: &Theme,
    highlighter: &Highlighter,
    search: Option<&config::Search>,
) -> Result<(String, Printed), RenderError> {
    let mut printed = Printed::default();
    let html = page.prose.as_ref().map(|prose| {
        let document = prose.document;
        let searched = search.is_some_and(|settings| search::searched(document, settings));
        let both = || {
            let arena = Arena::new();
            let tree = markdown::parse(&arena, document.body());
            let seen = searched.then(|| (prose.index, search::analyse(document, tree)));
            (render::markdown::html(prose, tree, highlighter), seen)
        };
        let (html, seen) = catch_unwind(AssertUnwindSafe(both)).unwrap_or_else(|_| {
            printed.failed = Some(document.path().to_string());
            (plain(prose), searched.then(|| (prose.index, search::Analysed::default())))
        });
        printed.seen = seen;
        html
    });
    Ok((render::page(page, theme, html.as_deref())?, printed))
}

fn plain(prose: &Prose<'_>) -> String {
    format!("<pre>{}</pre>", render::escaped(prose.document.body()))
}

/// What the search sees of documents. Of one that makes it panic it sees nothing.
pub fn analysed(documents: &[&Document]) -> Vec<search::Analysed> {
    let one = |document: &&Document| {
        let arena = Arena::new();
        search::analyse(document, markdown::parse(&arena, document.body()))
    };
    documents.par_iter().map(|document| catch_unwind(AssertUnwindSafe(|| one(document))).unwrap_or_default()).collect()
}

/// The search index on its way: documents in their order.
struct Shelf {
    index: search::Index,
    texts: search::Texts,
    documents: Vec<usize>,
    slots: Vec<u32>,
}

impl Shelf {
    fn new(language: &str) -> Shelf {
        Shelf {
            index: search::Index::new(search::language::of(language)),
            texts: search::Texts::default(),
            documents: Vec::new(),
            slots: Vec::new(),
        }
    }

    /// Takes these documents in and writes the files of texts that they fill.
    fn take(
        &mut self,
        seen: Vec<(usize, search::Analysed)>,
        scenery: &Scenery<'_>,
        output: &Output,
    ) -> Result<(), WriteError> {
        for (index, analysed) in seen {
            self.slots.push(self.index.put(&analysed));
            self.documents.push(index);
            let url = &scenery.scene.collection.addresses[index];
            if let Some((path, bytes)) = self.texts.add(url, &analysed.sections) {
                output.put(&path, &bytes)?;
            }
        }
        Ok(())
    }

    /// Writes the other files.
    fn close(self, scenery: &Scenery<'_>, output: &Output) -> Result<(), WriteError> {
        if let Some((path, bytes)) = self.texts.rest() {
            output.put(&path, &bytes)?;
        }
        let files = search::Files::new(&self.index, &self.slots, search::cards(scenery, &self.documents));
        (0..files.count())
            .into_par_iter()
            .filter_map(|at| files.file(at))
            .try_for_each(|(path, bytes)| output.put(&path, &bytes))
    }
}

/// A document whose reading panics becomes a bare page with a finding.
pub fn read_one(source: Source, config: &Config) -> Noted<Document> {
    let (path, text) = (source.path.clone(), source.text.clone());
    catch_unwind(AssertUnwindSafe(|| read::read(source, config))).unwrap_or_else(|_| {
        let bare = Source::new(path, "");
        let mut noted = read::read(bare, config);
        noted.value.source = Source::new(noted.value.source.path.clone(), text);
        noted.notes.push(Note::new(
            "internal-error",
            Span::default(),
            "plansite failed on this document and shows its text only",
        ));
        noted
    })
}
