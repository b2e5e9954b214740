//! The search index of a preview, which stays from one generation to the next: only documents that changed are looked at
//! again, when the first file of the search is asked for.

use std::collections::BTreeMap;
use std::sync::Arc;

use self_cell::self_cell;

use crate::config;
use crate::model::Document;
use crate::pipeline;
use crate::search::{self, Files, Index};
use crate::view::Scenery;

self_cell!(
    struct Shelf {
        owner: Index,
        #[covariant]
        dependent: Files,
    }
);

/// The index and the files of the generation that was asked last.
#[derive(Default)]
pub(super) struct Standing {
    shelf: Option<Shelf>,
    /// What the index holds, by path: the slot and the document as it was looked at.
    held: BTreeMap<String, (u32, Arc<Document>)>,
    /// The settings that it was made with.
    settings: Option<(String, config::Search)>,
    /// The generation of the files.
    of: Option<u64>,
    /// For each document of the index its place in the collection.
    documents: Vec<usize>,
}

impl Standing {
    /// A file of the index of this generation: `index-7.js`. Absent where there is none.
    pub fn file(&mut self, generation: u64, scenery: &Scenery<'_>, name: &str) -> Option<Vec<u8>> {
        self.turn(generation, scenery);
        let (shelf, documents) = (self.shelf.as_ref()?, &self.documents);
        let text = |number: usize| {
            let document = &scenery.scene.collection.documents[documents[number]];
            pipeline::analysed(&[document]).pop().map(|analysed| analysed.sections).unwrap_or_default()
        };
        shelf.borrow_dependent().ask(name, text).map(|(_, bytes)| bytes)
    }

    /// The names of all files.
    pub fn names(&mut self, generation: u64, scenery: &Scenery<'_>) -> Vec<String> {
        self.turn(generation, scenery);
        self.shelf.as_ref().map(|shelf| shelf.borrow_dependent().names().collect()).unwrap_or_default()
    }

    /// Brings the index to this generation.
    fn turn(&mut self, generation: u64, scenery: &Scenery<'_>) {
        if self.of == Some(generation) {
            return;
        }
        let config = scenery.scene.config;
        let settings = (config.site.language.clone(), config.search.clone());
        if self.settings.as_ref() != Some(&settings) {
            *self = Standing { settings: Some(settings), ..Standing::default() };
        }
        self.of = Some(generation);
        let shelf = self.shelf.take();
        if !config.search.enabled {
            return;
        }
        let language = search::language::of(&config.site.language);
        let mut index = shelf.map_or_else(|| Index::new(language), Shelf::into_owner);
        let all = &scenery.scene.collection.documents;
        self.documents = (0..all.len()).filter(|at| search::searched(&all[*at], &config.search)).collect();
        let wanted: BTreeMap<&str, &Arc<Document>> =
            self.documents.iter().map(|at| (all[*at].path(), &all[*at])).collect();
        let same = |path: &str| match (self.held.get(path), wanted.get(path)) {
            (Some((_, held)), Some(document)) => Arc::ptr_eq(held, document),
            _ => false,
        };
        let old: Vec<String> = self.held.keys().filter(|path| !same(path)).cloned().collect();
        let new: Vec<&Arc<Document>> = wanted.values().copied().filter(|document| !same(document.path())).collect();
        let left: Vec<&Document> = old.iter().map(|path| &*self.held[path].1).collect();
        let looked: Vec<&Document> = new.iter().map(|document| &***document).collect();
        let (left, seen) = (pipeline::analysed(&left), pipeline::analysed(&looked));
        let mut left: BTreeMap<String, search::Analysed> = old.into_iter().zip(left).collect();
        for (document, seen) in new.into_iter().zip(seen) {
            let path = document.path();
            let slot = match (self.held.get(path), left.remove(path)) {
                (Some((slot, _)), Some(before)) => {
                    index.replace(*slot, &before, &seen);
                    *slot
                }
                _ => index.put(&seen),
            };
            self.held.insert(path.to_string(), (slot, Arc::clone(document)));
        }
        for (path, before) in left {
            if let Some((slot, _)) = self.held.remove(&path) {
                index.take(slot, &before);
            }
        }
        let slots: Vec<u32> = self.documents.iter().filter_map(|at| Some(self.held.get(all[*at].path())?.0)).collect();
        let cards = search::cards(scenery, &self.documents);
        self.shelf = Some(Shelf::new(index, |index| Files::new(index, &slots, cards)));
    }
}
