//! A collection as it was in a commit: the tree out of git's store instead of the disk.
//!
//! The same files are taken as from the disk: Markdown below the root, without what is hidden, excluded or ignored.
//! Nothing is checked out.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use ignore::gitignore::{Gitignore, GitignoreBuilder};

use super::changes::{commit, git};
use super::objects::Objects;
use super::{CODEOWNERS, DiscoverError, MANIFEST, Place, beside, decode, globs, matched, too_large, visible};
use crate::config::Config;
use crate::path;
use crate::source::Source;

/// A collection's files at one commit.
#[derive(Debug)]
pub struct Snapshot {
    /// The documents, sorted by path.
    pub sources: Vec<Source>,
    /// Every file and folder of the repository.
    pub files: BTreeSet<String>,
    /// The text of CODEOWNERS.
    pub codeowners: Option<String>,
}

/// A file of the tree: its object and its path from the repository's root.
struct Entry {
    id: String,
    path: String,
}

/// The collection at a revision; with `parted`, at the commit where that revision parted from the other one.
pub fn snapshot(
    place: &Place,
    config: &Config,
    revision: &str,
    parted: Option<&str>,
    sidecars: &[(&str, &str)],
) -> Result<Snapshot, DiscoverError> {
    let git = git(place)?;
    let refused = |why: String| DiscoverError::Revision(format!("git can't read the revision: {why}"));
    let mut id = commit(&git, revision)?;
    if let Some(other) = parted {
        let other = commit(&git, other)?;
        id = git.ask(&["merge-base", &id, &other]).map_err(refused)?;
    }
    let listed = git.ask(&["ls-tree", "-r", "-z", "--full-tree", &id]).map_err(refused)?;
    let entries: Vec<Entry> = listed.split('\0').filter_map(entry).collect();
    let mut store = Objects::open(&git).ok_or_else(|| refused("its objects can't be read".into()))?;
    let files = with_folders(&entries);
    let ids: BTreeMap<&str, &str> = entries.iter().map(|entry| (entry.path.as_str(), entry.id.as_str())).collect();
    let rules = rules(place, &entries, &mut store);
    let (exclude, include) =
        (globs(&place.root, &config.collection.exclude)?, globs(&place.root, &config.collection.include)?);
    let mut sources = Vec::new();
    for Entry { id, path } in &entries {
        let Some(inner) = path.strip_prefix(&place.prefix) else { continue };
        let lower = inner.to_lowercase();
        let markdown = lower.ends_with(".md") || lower.ends_with(".markdown");
        if !markdown || matched(&exclude, inner) || !folders_fit(&files, place, inner) {
            continue;
        }
        let taken = visible(inner) && !rules.iter().any(|rules| ignored(rules, place, path));
        if taken || (!config.collection.include.is_empty() && matched(&include, inner)) {
            let source = source_of(&mut store, inner, id);
            let named = |own: String| {
                let full = format!("{}{own}", place.prefix);
                ids.get(full.as_str()).map(|id| (own, *id))
            };
            sources.push(match beside(inner, sidecars).find_map(named) {
                Some((own, id)) => source.with_sidecar(source_of(&mut store, &own, id)),
                None => source,
            });
        }
    }
    let found = CODEOWNERS.iter().find_map(|name| ids.get(name));
    let codeowners = found.and_then(|id| bytes(&mut store, id)).map(|bytes| decode("", bytes).text);
    sources.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(Snapshot { sources, files, codeowners })
}

/// `100644 blob <id>\t<path>`; links and other repositories are passed over.
fn entry(line: &str) -> Option<Entry> {
    let (head, path) = line.split_once('\t')?;
    let mut parts = head.split(' ');
    let (mode, kind, id) = (parts.next()?, parts.next()?, parts.next()?);
    (kind == "blob" && mode.starts_with("100")).then(|| Entry { id: id.to_string(), path: path.to_string() })
}

fn with_folders(entries: &[Entry]) -> BTreeSet<String> {
    let mut files = BTreeSet::new();
    for entry in entries {
        files.insert(entry.path.clone());
        let folders = entry.path.match_indices('/').map(|(at, _)| entry.path[..at].to_string());
        files.extend(folders);
    }
    files
}

/// No folder above is a site of plansite or holds what tools install.
fn folders_fit(files: &BTreeSet<String>, place: &Place, inner: &str) -> bool {
    inner.match_indices('/').all(|(at, _)| {
        let folder = &inner[..at];
        let name = path::name(folder);
        name != "node_modules" && !files.contains(&format!("{}{folder}/{MANIFEST}", place.prefix))
    })
}

/// What `.gitignore` and `.plansiteignore` said in that commit.
fn rules(place: &Place, entries: &[Entry], store: &mut Objects) -> Vec<Gitignore> {
    let mut rules = Vec::new();
    for entry in entries {
        let (folder, name) = (path::folder(&entry.path), path::name(&entry.path));
        if name == ".gitignore" || name == ".plansiteignore" {
            let mut builder = GitignoreBuilder::new(place.repository.join(folder));
            let text = bytes(store, &entry.id).map(|bytes| decode("", bytes).text).unwrap_or_default();
            for line in text.lines() {
                // a line that is no pattern says nothing, as for git itself
                let _ = builder.add_line(None, line);
            }
            rules.extend(builder.build());
        }
    }
    rules
}

fn ignored(rules: &Gitignore, place: &Place, path: &str) -> bool {
    let file = place.repository.join(path);
    Path::new(&file).starts_with(rules.path()) && rules.matched_path_or_any_parents(&file, false).is_ignore()
}

fn source_of(store: &mut Objects, path: &str, id: &str) -> Source {
    match store.ask(id).flatten() {
        Some(object) if object.too_large() => too_large(path),
        Some(object) => decode(path, object.bytes),
        None => Source::new(path, "").with_trouble("git can't give the file", 0, true),
    }
}

fn bytes(store: &mut Objects, id: &str) -> Option<Vec<u8>> {
    Some(store.ask(id)??.bytes)
}
