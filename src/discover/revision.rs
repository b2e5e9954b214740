//! A collection as it was at a commit: its documents and the names of all its files, read from git's objects.
//!
//! Nothing is checked out. Only regular files are taken, and of those the ones that `list` would take.

use std::collections::BTreeSet;
use std::io::{BufRead, Read, Write};

use super::git::{Git, Running};
use super::{MAX_BYTES, Place, decode, globs, matched, visible};
use crate::config::Config;
use crate::source::Source;
use crate::words;

/// What a commit holds of a collection.
#[derive(Debug, Default)]
pub struct Tree {
    /// The first ten hex digits of the commit.
    pub commit: String,
    /// The documents, sorted by path, with their sidecars.
    pub documents: Vec<Source>,
    /// All files and folders of the commit, relative to the repository.
    pub paths: BTreeSet<String>,
}

/// Why a revision can't be read: a sentence for the one who named it.
#[derive(Debug)]
pub struct RevisionError(pub String);

impl std::fmt::Display for RevisionError {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(out)
    }
}

impl std::error::Error for RevisionError {}

/// Reads the collection at a revision: a branch, a tag, a commit. `sidecars` as [`super::load`] takes them.
pub fn revision(place: &Place, config: &Config, name: &str, sidecars: &[(&str, &str)]) -> Result<Tree, RevisionError> {
    let git = Git::find(&place.repository).ok_or_else(|| RevisionError("there is no git program".into()))?;
    let commit = commit(&git, name)?;
    let listing = git
        .ask(&["ls-tree", "-r", "-z", "--full-tree", &commit])
        .map_err(|why| RevisionError(format!("git can't list `{}`: {why}", words::visible(name))))?;
    let files: Vec<(&str, &str)> = listing.split('\0').filter_map(file).collect();
    let paths = files.iter().flat_map(|(_, path)| with_folders(path)).collect();
    let exclude = globs(&place.root, &config.collection.exclude).map_err(|error| RevisionError(error.to_string()))?;
    let include = globs(&place.root, &config.collection.include).map_err(|error| RevisionError(error.to_string()))?;
    let wanted = |path: &str| {
        let lower = path.to_lowercase();
        let markdown = lower.ends_with(".md") || lower.ends_with(".markdown");
        markdown && !matched(&exclude, path) && (visible(path) || matched(&include, path))
    };
    let within = files.iter().filter_map(|(id, path)| Some((*id, path.strip_prefix(place.prefix.as_str())?)));
    let failed = || RevisionError("git stopped while its objects were read".into());
    let mut objects = Objects::open(&git).ok_or_else(failed)?;
    let mut documents = Vec::new();
    for (id, path) in within.filter(|(_, path)| wanted(path)) {
        let source = objects.source(id, path).ok_or_else(failed)?;
        let (folder, name) = path.rsplit_once('/').map_or(("", path), |(folder, name)| (folder, name));
        let beside = sidecars.iter().filter(|(_, document)| *document == name).find_map(|(sidecar, _)| {
            let path = if folder.is_empty() { sidecar.to_string() } else { format!("{folder}/{sidecar}") };
            let whole = format!("{}{path}", place.prefix);
            files.iter().find(|(_, file)| *file == whole).map(|(id, _)| (*id, path))
        });
        documents.push(match beside {
            Some((id, path)) => source.with_sidecar(objects.source(id, &path).ok_or_else(failed)?),
            None => source,
        });
    }
    objects.running.ended();
    documents.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(Tree { commit: commit.chars().take(10).collect(), documents, paths })
}

/// The id of the commit that a name means. A name that looks like an option is none.
fn commit(git: &Git, name: &str) -> Result<String, RevisionError> {
    let shown = words::visible(name);
    if name.is_empty() || name.starts_with('-') || name.contains(|c: char| c.is_control()) {
        return Err(RevisionError(format!("`{shown}` is not a revision; name a branch, a tag or a commit")));
    }
    git.ask(&["rev-parse", "--verify", "--quiet", "--end-of-options", &format!("{name}^{{commit}}")]).map_err(|_| {
        let shallow = git.ask(&["rev-parse", "--is-shallow-repository"]).is_ok_and(|said| said == "true");
        RevisionError(match shallow {
            true => {
                format!("git knows no revision `{shown}`, and the clone is shallow; fetch it with `fetch-depth: 0`")
            }
            false => format!("git knows no revision `{shown}`"),
        })
    })
}

/// `100644 blob <id>\t<path>`: the id and the path of a regular file. Symlinks and submodules are left out.
fn file(line: &str) -> Option<(&str, &str)> {
    let (head, path) = line.split_once('\t')?;
    let mut head = head.split(' ');
    let regular = matches!(head.next(), Some("100644" | "100755"));
    head.next().filter(|sort| regular && *sort == "blob")?;
    Some((head.next()?, path))
}

/// The path and the folders above it.
fn with_folders(path: &str) -> Vec<String> {
    let above = path.match_indices('/').map(|(at, _)| path[..at].to_string());
    above.chain([path.to_string()]).collect()
}

/// Git's objects, asked for one after another.
struct Objects {
    running: Running,
}

impl Objects {
    fn open(git: &Git) -> Option<Objects> {
        Some(Objects { running: git.start(&["cat-file", "--batch"])? })
    }

    /// One file. Absent where git ended; a file over the limit is named and not read.
    fn source(&mut self, id: &str, path: &str) -> Option<Source> {
        let input = self.running.input.as_mut()?;
        input.write_all(format!("{id}\n").as_bytes()).ok()?;
        input.flush().ok()?;
        let mut head = String::new();
        self.running.output.read_line(&mut head).ok()?;
        let size: u64 = head.trim_end().rsplit(' ').next()?.parse().ok()?;
        let mut bytes = Vec::new();
        self.running.output.by_ref().take(size + 1).read_to_end(&mut bytes).ok()?;
        if bytes.len() as u64 != size + 1 {
            return None;
        }
        bytes.pop();
        if size > MAX_BYTES {
            let message = format!("the file is larger than {} MiB and is not read", MAX_BYTES / 1024 / 1024);
            return Some(Source::new(path, "").with_trouble(message, 0, false));
        }
        Some(decode(path, bytes))
    }
}
