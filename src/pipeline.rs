//! The stages in order: this is what plansite does.
//!
//! The only file that knows threads. It brings the world in as values, maps the pure stages over documents and pages,
//! and keeps one document's panic from taking the others with it.

use std::collections::BTreeSet;
use std::panic::{AssertUnwindSafe, catch_unwind};

use rayon::prelude::{IntoParallelIterator, IntoParallelRefIterator, ParallelIterator};

use crate::config::Config;
use crate::diagnostic::{Note, Noted};
use crate::dialect;
use crate::discover::{self, Asked, DiscoverError, Place, Snapshot, Trailed};
use crate::feed;
use crate::model::{Document, Gap, History, Past, Role, Said};
use crate::read;
use crate::render::highlight::Highlighter;
use crate::render::theme::Theme;
use crate::render::{self, RenderError, drawn, markdown};
use crate::resolve::{self, Collection, World};
use crate::search;
use crate::source::{Source, Span, Spanned};
use crate::view::{self, Prose, Scene, Scenery, Slot};
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
    resolve::resolve(read, &World { prefix: place.prefix.clone(), existing, repository, history, codeowners })
}

/// What git knows of these documents and the code they name. Each thread has a git of its own to ask for old versions.
fn history(
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

/// View, render, write: each page is made, printed and written by itself, so that never more pages are in memory than
/// there are threads.
pub fn build(
    place: &Place,
    scene: Scene<'_>,
    theme: &Theme,
    output: Output,
    observer: &dyn Observer,
) -> Result<Built, BuildError> {
    observer.begin("view", 0);
    let scenery = view::scenery(scene);
    let slots = view::outline(&scenery);
    let highlighter = Highlighter::new();
    observer.begin("render", slots.len());
    let failed: Vec<Option<String>> = slots
        .par_iter()
        .map(|slot| {
            let failed = page(&scenery, slot, theme, &highlighter, &output)?;
            observer.step();
            Ok(failed)
        })
        .collect::<Result<_, BuildError>>()?;
    observer.begin("search", 0);
    index(&scenery, &output)?;
    observer.begin("write", 0);
    for (path, bytes) in theme.assets() {
        output.put(&path, bytes)?;
    }
    feed::outline(&scenery).par_iter().try_for_each(|slot| output.put(&slot.path, &slot.bytes(&scenery)))?;
    for path in &scenery.scene.collection.attachments {
        if let Some(bytes) = discover::attachment(place, path) {
            let bytes = if path.to_lowercase().ends_with(".svg") { published(&bytes) } else { bytes };
            output.put(&format!("files/{path}"), &bytes)?;
        }
    }
    let written = output.finish()?;
    Ok(Built { pages: slots.len(), failed: failed.into_iter().flatten().collect(), written })
}

/// A drawing of the collection as it is published: what may stay of it, else a drawing that says why there is none.
fn published(bytes: &[u8]) -> Vec<u8> {
    let drawing = catch_unwind(|| std::str::from_utf8(bytes).ok().and_then(drawn::clean));
    drawing.ok().flatten().map_or_else(|| drawn::REFUSAL.into(), |drawing| drawing.svg).into_bytes()
}

/// Makes, prints and writes one page. Gives the document's path where its text made the renderer panic.
fn page(
    scenery: &Scenery<'_>,
    slot: &Slot,
    theme: &Theme,
    highlighter: &Highlighter,
    output: &Output,
) -> Result<Option<String>, BuildError> {
    let page = view::page(scenery, slot);
    let mut failed = None;
    let html = page.prose.as_ref().map(|prose| {
        catch_unwind(AssertUnwindSafe(|| markdown::html(prose, highlighter))).unwrap_or_else(|_| {
            failed = Some(prose.document.path().to_string());
            plain(prose)
        })
    });
    output.put(&page.path, render::page(&page, theme, html.as_deref())?.as_bytes())?;
    Ok(failed)
}

fn plain(prose: &Prose<'_>) -> String {
    let document = prose.document;
    let text = document.source.text.get(document.body as usize..).unwrap_or("");
    format!("<pre>{}</pre>", render::escaped(text))
}

/// The search index: documents are looked at in parallel, a few hundred at a time, and taken in order.
fn index(scenery: &Scenery<'_>, output: &Output) -> Result<(), WriteError> {
    let documents = &scenery.scene.collection.documents;
    let found: Vec<usize> = (0..documents.len()).filter(|index| documents[*index].role == Role::Document).collect();
    let mut builder = search::Builder::new(search::language::of(&scenery.scene.config.site.language));
    for chunk in found.chunks(512) {
        let analysed: Vec<search::Analysed> =
            chunk.par_iter().map(|index| search::analyse(&documents[*index], search::card(scenery, *index))).collect();
        for one in analysed {
            if let Some((path, bytes)) = builder.add(one) {
                output.put(&path, &bytes)?;
            }
        }
    }
    let files = builder.finish();
    (0..files.count())
        .into_par_iter()
        .filter_map(|at| files.file(at))
        .try_for_each(|(path, bytes)| output.put(&path, &bytes))
}

/// A document whose reading panics becomes a bare page with a finding.
fn read_one(source: Source, config: &Config) -> Noted<Document> {
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
