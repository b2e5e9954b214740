//! Who has which id, and what a reference by id, number or file name means.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::model::{Document, Role};
use crate::path;

/// All ids of a collection, leading zeros and case aside. Templates have none.
#[derive(Debug, Default)]
pub struct Ids {
    by_id: BTreeMap<String, Vec<usize>>,
    by_stem: BTreeMap<String, Vec<usize>>,
}

impl Ids {
    /// Collects the ids of documents sorted by path.
    pub fn new(documents: &[Arc<Document>]) -> Self {
        let mut ids = Ids::default();
        for (index, document) in documents.iter().enumerate().filter(|(_, document)| document.role == Role::Document) {
            if let Some(id) = &document.id {
                ids.by_id.entry(normal(&id.value)).or_default().push(index);
            }
            ids.by_stem.entry(path::stem(document.path()).to_lowercase()).or_default().push(index);
        }
        ids
    }

    /// Everyone who claims an id, in the order of their paths.
    pub fn claimants(&self, id: &str) -> &[usize] {
        self.by_id.get(&normal(id)).map_or(&[], Vec::as_slice)
    }

    /// The documents that a reference in metadata can mean, in the order of their paths: an id, a number behind one of the prefixes, a file name without
    /// ending, or the beginning of one (`PLAN-053` for `PLAN-053-search.md`).
    pub fn find(&self, reference: &str, prefixes: &[&str]) -> &[usize] {
        let bare = reference.trim().trim_start_matches('#');
        let number = !bare.is_empty() && bare.bytes().all(|byte| byte.is_ascii_digit());
        let claimed = |id: &str| Some(self.claimants(id)).filter(|found| !found.is_empty());
        let own = prefixes.iter().filter(|_| number).find_map(|prefix| claimed(&format!("{prefix}-{bare}")));
        let by_id = own.or_else(|| claimed(bare));
        let slug = bare.trim_end_matches(".md").to_lowercase();
        let by_stem = || self.by_stem.get(&slug).map(Vec::as_slice);
        let by_start = || {
            let start = format!("{slug}-");
            let (name, found) = self.by_stem.range(start.clone()..).next()?;
            (slug.len() >= 3 && name.starts_with(&start)).then_some(found.as_slice())
        };
        by_id.or_else(by_stem).or_else(by_start).unwrap_or(&[])
    }

    /// Whether anyone's id has this prefix (`PLAN` of `PLAN-7`), so that an unknown number in it is a mistake.
    pub fn prefix_in_use(&self, id: &str) -> bool {
        let Some((prefix, _)) = id.rsplit_once('-') else { return false };
        let start = format!("{}-", prefix.to_uppercase());
        self.by_id.range(start.clone()..).next().is_some_and(|(known, _)| known.starts_with(&start))
    }
}

/// `ADR-0018`, `adr-18`, `ADR_018`, `ADR 18` and `ADR018` are one id.
pub(super) fn normal(id: &str) -> String {
    let upper = id.trim().to_uppercase().replace(['_', ' ', '#'], "-").replace("--", "-");
    let letters = upper.bytes().take_while(u8::is_ascii_uppercase).count();
    let joined = letters >= 2 && letters < upper.len() && upper[letters..].bytes().all(|byte| byte.is_ascii_digit());
    let upper = if joined { format!("{}-{}", &upper[..letters], &upper[letters..]) } else { upper };
    match upper.rsplit_once('-') {
        Some((prefix, digits)) if !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit()) => {
            let bare = digits.trim_start_matches('0');
            format!("{prefix}-{}", if bare.is_empty() { "0" } else { bare })
        }
        _ => upper,
    }
}
