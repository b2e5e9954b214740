//! What lies around the documents: their place, the settings, the theme, and the files that all of it comes from.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use xxhash_rust::xxh3::Xxh3;

use crate::config::Config;
use crate::discover::{self, Place};
use crate::render::theme::Theme;

/// Files that say what is no document.
pub(super) const IGNORE: [&str; 3] = [".plansiteignore", ".gitignore", ".ignore"];

/// Where the collection lies, and its settings.
#[derive(Debug, Clone)]
pub struct Ground {
    /// Where it lies.
    pub place: Place,
    /// The settings.
    pub config: Config,
}

/// The theme, compiled.
#[derive(Debug)]
pub struct Look {
    /// What prints pages.
    pub theme: Theme,
    /// What its author should know, as sentences.
    pub warnings: Vec<String>,
    /// Another number for other files and settings.
    pub sources: u64,
}

impl Ground {
    /// Whether the place follows from this path.
    pub(super) fn decides(&self, path: &Path) -> bool {
        path == self.place.root || path == self.place.repository.join(".git")
    }

    /// Whether the theme is made of this file.
    pub(super) fn looks(&self, path: &Path) -> bool {
        self.theme().is_some_and(|folder| path.starts_with(folder)) || self.logo().is_some_and(|file| file == path)
    }

    /// Whether a commit, a checkout or the like touches this file.
    pub(super) fn git_tells(&self, path: &Path) -> bool {
        let name = path.file_name().unwrap_or_default();
        path.starts_with(self.git()) && (name == "HEAD" || name == "packed-refs" || name == "shallow")
    }

    pub(super) fn codeowners(&self, path: &Path) -> bool {
        discover::CODEOWNERS.iter().any(|name| self.place.repository.join(name) == path)
    }

    /// The folders around the documents whose entries matter.
    pub(super) fn folders(&self) -> BTreeSet<PathBuf> {
        let mut folders: BTreeSet<PathBuf> =
            self.files().iter().filter_map(|file| Some(file.parent()?.into())).collect();
        folders.extend(self.place.root.parent().map(Path::to_path_buf));
        if let Some(theme) = self.theme() {
            folders.extend(theme.parent().map(Path::to_path_buf));
            let entries = ignore::WalkBuilder::new(&theme).standard_filters(false).hidden(true).build().flatten();
            let below = entries.filter(|entry| entry.file_type().is_some_and(|kind| kind.is_dir()));
            folders.extend(below.map(ignore::DirEntry::into_path));
        }
        folders.retain(|folder| folder.is_dir());
        folders
    }

    /// The files around the documents that matter, there or not.
    pub(super) fn files(&self) -> BTreeSet<PathBuf> {
        let mut files: BTreeSet<PathBuf> =
            discover::CODEOWNERS.iter().map(|name| self.place.repository.join(name)).collect();
        let above = self.place.root.ancestors().take_while(|folder| folder.starts_with(&self.place.repository));
        files.extend(above.flat_map(|folder| IGNORE.map(|name| folder.join(name))));
        files.extend(self.logo());
        let git = self.git();
        files.extend(["HEAD", "logs/HEAD", "packed-refs", "shallow"].map(|name| git.join(name)));
        if let Some(files_of_theme) = self.theme().and_then(|folder| Some((discover::theme(&folder).ok()?, folder))) {
            let (names, folder) = files_of_theme;
            files.extend(names.keys().map(|name| folder.join(name)));
        }
        files
    }

    fn theme(&self) -> Option<PathBuf> {
        self.config.theme.directory.as_deref().map(|folder| self.place.base.join(folder))
    }

    fn logo(&self) -> Option<PathBuf> {
        self.config.theme.logo.as_deref().map(|file| self.place.base.join(file))
    }

    /// Git's folder; that of a further worktree lies elsewhere.
    fn git(&self) -> PathBuf {
        let own = self.place.repository.join(".git");
        let text = std::fs::read_to_string(&own).unwrap_or_default();
        let named = text.strip_prefix("gitdir:").map(|path| self.place.repository.join(path.trim()));
        named.unwrap_or(own)
    }
}

impl Look {
    /// A number that is another one where a page would look another way although its bytes are the same.
    pub(super) fn stamp(&self) -> u64 {
        let mut hash = Xxh3::new();
        for (name, bytes) in self.theme.assets() {
            hash.update(name.as_bytes());
            hash.update(bytes);
        }
        hash.digest()
    }
}
