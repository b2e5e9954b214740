//! The stages in order: this is what plansite does.
//!
//! The only file that knows threads. It brings the world in as values, maps the pure stages over documents and pages,
//! and keeps one document's panic from taking the others with it.

use std::panic::{AssertUnwindSafe, catch_unwind};

use rayon::prelude::{IntoParallelIterator, ParallelIterator};

use crate::config::Config;
use crate::diagnostic::{Note, Noted};
use crate::discover::{self, DiscoverError, Place};
use crate::model::Document;
use crate::read;
use crate::resolve::{self, Collection, World};
use crate::source::{Source, Span};

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
    observer.begin("read", paths.len());
    let read: Vec<Noted<Document>> = paths
        .into_par_iter()
        .map(|path| {
            let noted = read_one(discover::load(place, &path), config);
            observer.step();
            noted
        })
        .collect();
    observer.begin("resolve", 0);
    let wanted = resolve::wanted(read.iter().map(|noted| &noted.value), &place.prefix);
    let existing = discover::existing(place, &wanted);
    let repository = config.site.repository.clone().map(|address| address.trim_end_matches('/').to_string());
    Ok(resolve::resolve(read, &World { prefix: place.prefix.clone(), existing, repository }))
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
