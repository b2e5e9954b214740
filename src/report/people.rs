//! Who is meant by an owner's name: `@ana-silva` and `Ana Silva` are one person, called by the name where it is known.

use std::collections::{BTreeMap, BTreeSet};

use super::Report;
use crate::words;

/// Everyone who owns a document of the collection.
pub(super) struct People(BTreeMap<String, String>);

impl People {
    pub(super) fn of(report: &Report<'_>) -> Self {
        let collection = report.scene.collection;
        let mut known: BTreeMap<String, String> = BTreeMap::new();
        for name in (0..collection.documents.len()).flat_map(|index| collection.owners_of(index).0) {
            let called = known.entry(words::slug(name)).or_insert_with(|| name.to_string());
            if called.starts_with('@') && !name.starts_with('@') {
                *called = name.to_string();
            }
        }
        People(known)
    }

    /// What these owners are called, each person once, by name; one empty name where there is nobody.
    pub(super) fn called(&self, owners: &[&str]) -> Vec<String> {
        let called = |owner: &&str| self.0.get(&words::slug(owner)).cloned().unwrap_or_else(|| owner.to_string());
        let people: BTreeSet<String> = owners.iter().map(called).collect();
        if people.is_empty() { vec![String::new()] } else { people.into_iter().collect() }
    }
}
