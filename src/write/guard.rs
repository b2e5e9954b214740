//! Where the output folder must not be.
//!
//! Only places are judged here; what an allowed folder holds is judged when it is opened.

use std::fs;
use std::path::{Component, Path, PathBuf};

use super::WriteError;

/// Folders that a build must never be pointed at: the output may be neither one of them nor a folder around one.
/// Below one it may be, as `site/` beside the documents is.
#[derive(Debug, Clone, Default)]
pub struct Guard {
    places: Vec<(PathBuf, &'static str)>,
}

impl Guard {
    /// The places every build keeps: the collection's folder, the repository's, the current one and the home folder.
    pub fn new(docs: &Path, repository: Option<&Path>) -> Self {
        let mut guard = Guard::default().keep(docs, "the documents");
        if let Some(repository) = repository {
            guard = guard.keep(repository, "the repository");
        }
        if let Ok(current) = std::env::current_dir() {
            guard = guard.keep(&current, "the current folder");
        }
        match std::env::home_dir() {
            Some(home) if !home.as_os_str().is_empty() => guard.keep(&home, "the home folder"),
            _ => guard,
        }
    }

    /// The same guard, keeping one more place; `what` it is stands in the message, as in "the documents".
    pub fn keep(mut self, place: &Path, what: &'static str) -> Self {
        self.places.push((fs::canonicalize(place).unwrap_or_else(|_| place.to_path_buf()), what));
        self
    }

    /// The output folder's true path, whether it exists or not.
    pub(super) fn admit(&self, out: &Path) -> Result<PathBuf, WriteError> {
        let refuse = |reason: String| Err(WriteError::Place { out: out.to_path_buf(), reason });
        if out.as_os_str().is_empty() {
            return refuse("has no name".into());
        }
        let root = match canonical(out) {
            Ok(root) => root,
            Err(reason) => return refuse(reason),
        };
        if root.parent().is_none() {
            return refuse("is the root of the file system".into());
        }
        if root.components().any(|part| part.as_os_str().eq_ignore_ascii_case(".git")) {
            return refuse("belongs to git".into());
        }
        for (place, what) in &self.places {
            if same(place, &root) {
                return refuse(format!("is the folder of {what}"));
            }
            if place.ancestors().skip(1).any(|around| same(around, &root)) {
                return refuse(format!("is a folder around {what}"));
            }
        }
        Ok(root)
    }
}

/// The true path of a folder whose last parts need not exist yet. Symbolic links are followed before `..` is, as the
/// operating system would.
fn canonical(out: &Path) -> Result<PathBuf, String> {
    let absolute = std::path::absolute(out).map_err(|error| format!("has no true path: {error}"))?;
    let mut missing = Vec::new();
    let mut there = absolute.as_path();
    loop {
        match fs::canonicalize(there) {
            Ok(mut root) => {
                root.extend(missing.iter().rev());
                return Ok(root);
            }
            Err(_) if fs::symlink_metadata(there).is_ok_and(|entry| entry.is_symlink()) => {
                return Err("is, or lies behind, a symbolic link that leads nowhere".into());
            }
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
                return Err(format!("has no true path: {error}"));
            }
            Err(_) => {}
        }
        match (there.components().next_back(), there.parent()) {
            (Some(Component::Normal(name)), Some(parent)) => {
                missing.push(name);
                there = parent;
            }
            _ => return Err("has a `..` behind a folder that does not exist".into()),
        }
    }
}

/// Whether two paths are one folder. The identity is asked too, because a file system that does not tell `Docs` from
/// `docs` gives one folder two names.
fn same(one: &Path, other: &Path) -> bool {
    one == other || identity(one).is_some_and(|found| Some(found) == identity(other))
}

#[cfg(unix)]
fn identity(path: &Path) -> Option<(u64, u64)> {
    use std::os::unix::fs::MetadataExt;
    fs::metadata(path).ok().map(|entry| (entry.dev(), entry.ino()))
}

#[cfg(not(unix))]
fn identity(path: &Path) -> Option<String> {
    path.to_str().map(str::to_lowercase)
}
