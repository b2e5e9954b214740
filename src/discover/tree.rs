//! A collection as it was in a commit: the tree out of git's store instead of the disk.
//!
//! The same files are taken as from the disk: Markdown below the root, without what is hidden, excluded or ignored.
//! Nothing is checked out.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{BufRead, Read, Write};
use std::path::Path;

use ignore::gitignore::{Gitignore, GitignoreBuilder};

use super::changes::{commit, git};
use super::git::{Git, Running};
use super::{DiscoverError, MANIFEST, MAX_BYTES, Place, decode, globs, matched, visible};
use crate::config::Config;
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
            let source = store.source(inner, id);
            let (folder, name) = inner.rsplit_once('/').map_or(("", inner), |(folder, name)| (folder, name));
            let beside = sidecars.iter().filter(|(_, document)| *document == name).find_map(|(sidecar, _)| {
                let own = if folder.is_empty() { sidecar.to_string() } else { format!("{folder}/{sidecar}") };
                let full = format!("{}{own}", place.prefix);
                ids.get(full.as_str()).map(|id| (own, *id))
            });
            sources.push(match beside {
                Some((own, id)) => source.with_sidecar(store.source(&own, id)),
                None => source,
            });
        }
    }
    let owners = [".github/CODEOWNERS", "CODEOWNERS", "docs/CODEOWNERS"];
    let found = owners.iter().find_map(|name| ids.get(name));
    let codeowners = found.and_then(|id| store.bytes(id)).map(|bytes| decode("", bytes).text);
    store.running.ended();
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
        let name = folder.rsplit('/').next().unwrap_or("");
        name != "node_modules" && !files.contains(&format!("{}{folder}/{MANIFEST}", place.prefix))
    })
}

/// What `.gitignore` and `.plansiteignore` said in that commit.
fn rules(place: &Place, entries: &[Entry], store: &mut Objects) -> Vec<Gitignore> {
    let mut rules = Vec::new();
    for entry in entries {
        let (folder, name) = entry.path.rsplit_once('/').unwrap_or(("", &entry.path));
        if name == ".gitignore" || name == ".plansiteignore" {
            let mut builder = GitignoreBuilder::new(place.repository.join(folder));
            let text = store.bytes(&entry.id).map(|bytes| decode("", bytes).text).unwrap_or_default();
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

/// Git's store of objects, asked by id only.
struct Objects {
    running: Running,
}

impl Objects {
    fn open(git: &Git) -> Option<Objects> {
        Some(Objects { running: git.start(&["cat-file", "--batch"])? })
    }

    fn source(&mut self, path: &str, id: &str) -> Source {
        match self.bytes(id) {
            Some(bytes) if bytes.len() as u64 > MAX_BYTES => {
                let message = format!("the file is larger than {} MiB and is not read", MAX_BYTES / 1024 / 1024);
                Source::new(path, "").with_trouble(message, 0, false)
            }
            Some(bytes) => decode(path, bytes),
            None => Source::new(path, "").with_trouble("git can't give the file", 0, true),
        }
    }

    /// The bytes of an object, cut where they are more than a document may have.
    fn bytes(&mut self, id: &str) -> Option<Vec<u8>> {
        let input = self.running.input.as_mut()?;
        writeln!(input, "{id}").and_then(|()| input.flush()).ok()?;
        let mut head = String::new();
        self.running.output.read_line(&mut head).ok()?;
        let size: u64 = head.trim_end().rsplit_once(' ')?.1.parse().ok()?;
        let mut bytes = Vec::new();
        self.running.output.by_ref().take(size.min(MAX_BYTES + 1)).read_to_end(&mut bytes).ok()?;
        // what is too large, and the line end behind every object
        let left = size - bytes.len() as u64 + 1;
        std::io::copy(&mut self.running.output.by_ref().take(left), &mut std::io::sink()).ok()?;
        Some(bytes)
    }
}
