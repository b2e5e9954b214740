//! The disk becomes values: where the collection lies, its configuration, its files, and which named paths exist.
//!
//! The only stage that reads the disk while building. It opens regular files under the root and nothing else: no
//! symlinks, no devices, nothing a document names.

mod changes;
mod git;
mod history;
mod log;
mod objects;
mod tree;
mod versions;

use std::collections::{BTreeMap, BTreeSet};
use std::io::Read;
use std::path::{Component, Path, PathBuf};

use ignore::WalkBuilder;
use ignore::gitignore::{Gitignore, GitignoreBuilder};

use crate::config::{self, Config, ConfigError};
use crate::path;
use crate::source::Source;

pub use changes::changes;
pub use history::{Asked, Trailed, Walked, walk as walk_history};
pub use tree::{Snapshot, snapshot};
pub use versions::Store;

/// A larger Markdown file is listed but not read.
pub const MAX_BYTES: u64 = 4 * 1024 * 1024;
/// A larger logo is refused.
const LOGO_BYTES: u64 = 256 * 1024;
/// The file that marks a folder as a site written by plansite.
pub const MANIFEST: &str = ".plansite-manifest";
/// Where forges look for the file of that name, in this order, relative to the repository.
pub const CODEOWNERS: &[&str] = &[".github/CODEOWNERS", "CODEOWNERS", "docs/CODEOWNERS", ".gitlab/CODEOWNERS"];
/// Hidden folders that are known to hold plans.
const HIDDEN_HOMES: &[&str] = &[
    ".specify",
    ".kiro",
    ".kiro/specs",
    ".opencode",
    ".opencode/specs",
    ".vault",
    ".claude",
    ".claude/plans",
    ".cursor",
    ".cursor/plans",
];
/// Of these only the parts below are taken.
const HIDDEN_PARTS: &[&str] = &[".kiro/specs", ".opencode/specs", ".claude/plans", ".cursor/plans"];

/// Where a collection lies.
#[derive(Debug, Clone)]
pub struct Place {
    /// The root of the documents, absolute.
    pub root: PathBuf,
    /// The repository around it, absolute: the nearest folder with a `.git`. Without one the root itself.
    pub repository: PathBuf,
    /// The root within the repository, with a slash at its end, or empty.
    pub prefix: String,
    /// The folder that relative paths in the configuration start from, absolute.
    pub base: PathBuf,
    /// The name of the repository's folder, for a site without a title.
    pub name: String,
}

/// Why there is nothing to build.
#[derive(Debug)]
pub enum DiscoverError {
    /// A named file or folder can't be read; with the operating system's reason.
    Unreadable(PathBuf, std::io::Error),
    /// The documents' root is not a folder.
    NotAFolder(PathBuf),
    /// The configuration is wrong.
    Config(PathBuf, ConfigError),
    /// A glob of the configuration is wrong.
    Glob(String, String),
    /// A revision that git doesn't know, or a history that is cut off; the whole sentence.
    Revision(String),
}

impl std::fmt::Display for DiscoverError {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            DiscoverError::Unreadable(path, error) => write!(out, "can't read {}: {error}", path.display()),
            DiscoverError::NotAFolder(path) => {
                write!(out, "{} is not a folder; name the folder that holds the documents", path.display())
            }
            DiscoverError::Config(path, error) => {
                write!(out, "{}:{}:{}: {}", path.display(), error.place.line, error.place.column, error.message)
            }
            DiscoverError::Revision(sentence) => out.write_str(sentence),
            DiscoverError::Glob(glob, error) => write!(out, "the glob `{glob}` in the configuration is wrong: {error}"),
        }
    }
}

impl std::error::Error for DiscoverError {}

/// Finds the collection and its configuration. `docs` and `config` are what the command line names, relative to `cwd`.
pub fn place(
    cwd: &Path,
    docs: Option<&Path>,
    config: Option<&Path>,
    rules: &[&str],
    facts: &[&str],
) -> Result<(Place, Config), DiscoverError> {
    let named = config.map(|file| cwd.join(file));
    let beside = docs.map(|docs| cwd.join(docs).join(config::FILE));
    let found = [Some(cwd.join(config::FILE)), beside].into_iter().flatten().find(|file| file.is_file());
    let file = named.or(found);
    let mut settings = match &file {
        None => Config::default(),
        Some(file) => {
            let text = std::fs::read_to_string(file).map_err(|error| DiscoverError::Unreadable(file.clone(), error))?;
            let shown = file.strip_prefix(cwd).unwrap_or(file).to_path_buf();
            config::parse(&text, rules, facts).map_err(|error| DiscoverError::Config(shown, error))?
        }
    };
    let base = file.as_deref().and_then(Path::parent).unwrap_or(cwd).to_path_buf();
    let docs = match (docs, &settings.collection.docs) {
        (Some(docs), _) => cwd.join(docs),
        (None, Some(docs)) => base.join(docs),
        (None, None) if cwd.join("docs").is_dir() => cwd.join("docs"),
        (None, None) => cwd.to_path_buf(),
    };
    let root = docs.canonicalize().map_err(|error| DiscoverError::Unreadable(docs.clone(), error))?;
    if !root.is_dir() {
        return Err(DiscoverError::NotAFolder(docs));
    }
    let repository = root.ancestors().find(|folder| folder.join(".git").exists()).unwrap_or(&root).to_path_buf();
    let within = root.strip_prefix(&repository).unwrap_or(Path::new(""));
    let prefix = if within.as_os_str().is_empty() { String::new() } else { format!("{}/", slashed(within)) };
    // outside of any repository the root's own name still says what it holds
    let alone = within.as_os_str().is_empty() && !root.join(".git").exists();
    settings.collection.home = match root.file_name() {
        Some(own) if alone => own.to_string_lossy().into_owned(),
        _ => slashed(within),
    };
    let name = repository.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_else(|| "Plans".into());
    Ok((Place { root, repository, prefix, base, name }, settings))
}

/// What lies below the root and may be told of.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Listed {
    /// The documents' paths relative to the root, sorted bytewise.
    pub documents: Vec<String>,
    /// The folders in which there are or may come to be documents, absolute, the root among them where it is there.
    pub folders: BTreeSet<PathBuf>,
}

/// The documents' paths relative to the root, sorted bytewise.
pub fn list(place: &Place, config: &Config) -> Result<Vec<String>, DiscoverError> {
    list_all(place, config).map(|listed| listed.documents)
}

/// The documents, and the folders that had to be looked into.
pub fn list_all(place: &Place, config: &Config) -> Result<Listed, DiscoverError> {
    let exclude = globs(&place.root, &config.collection.exclude)?;
    let include = globs(&place.root, &config.collection.include)?;
    let (mut paths, mut folders) = (BTreeSet::new(), BTreeSet::new());
    walk(place, false, &mut |path| match path {
        Met::Folder(folder) => drop(folders.insert(folder)),
        Met::Document(path) if matched(&exclude, &path) => {}
        Met::Document(path) => drop(paths.insert(path)),
    });
    if !config.collection.include.is_empty() {
        walk(place, true, &mut |path| match path {
            Met::Folder(folder) => drop(folders.insert(folder)),
            Met::Document(path) if matched(&include, &path) && !matched(&exclude, &path) => drop(paths.insert(path)),
            Met::Document(_) => {}
        });
    }
    Ok(Listed { documents: paths.into_iter().collect(), folders })
}

/// Whether a file at a path relative to the root would be taken for a document. What is ignored isn't asked for.
pub fn belonging(place: &Place, config: &Config) -> Result<impl Fn(&str) -> bool + Sync, DiscoverError> {
    let exclude = globs(&place.root, &config.collection.exclude)?;
    let include = globs(&place.root, &config.collection.include)?;
    Ok(move |path: &str| {
        markdown(path) && inside(path) && !matched(&exclude, path) && (visible(path) || matched(&include, path))
    })
}

/// Whether a file's name is that of a Markdown file.
pub fn markdown(path: &str) -> bool {
    let lower = path.to_lowercase();
    lower.ends_with(".md") || lower.ends_with(".markdown")
}

/// Reads one document, with the file beside it that holds its facts where there is one. `sidecars` are names of such
/// files, each with the name of the document it belongs to. What keeps a file from being read is told in the source's
/// `trouble`.
pub fn load(place: &Place, path: &str, sidecars: &[(&str, &str)]) -> Source {
    let source = load_one(place, path);
    let there = |path: &String| place.root.join(path).symlink_metadata().is_ok_and(|file| file.is_file());
    match beside(path, sidecars).find(there) {
        Some(path) => source.with_sidecar(load_one(place, &path)),
        None => source,
    }
}

/// The paths that a document's sidecar may have.
pub fn beside(path: &str, sidecars: &[(&str, &str)]) -> impl Iterator<Item = String> {
    let own = sidecars.iter().filter(move |(_, document)| *document == path::name(path));
    own.map(move |(sidecar, _)| path::beside(path, sidecar))
}

/// A file that is listed but not read.
fn too_large(path: &str) -> Source {
    let message = format!("the file is larger than {} MiB and is not read", MAX_BYTES / 1024 / 1024);
    Source::new(path, "").with_trouble(message, 0, false)
}

fn load_one(place: &Place, path: &str) -> Source {
    let file = real(&place.root, path);
    let refused = |why: String| Source::new(path, "").with_trouble(why, 0, true);
    let size = match std::fs::symlink_metadata(&file) {
        Ok(found) if found.is_file() => found.len(),
        Ok(_) => return refused("the file is not a regular file any more".into()),
        Err(error) => return refused(format!("the file can't be read: {error}")),
    };
    if size > MAX_BYTES {
        return too_large(path);
    }
    let mut bytes = Vec::with_capacity(size as usize);
    if let Err(error) = std::fs::File::open(&file).and_then(|file| file.take(MAX_BYTES).read_to_end(&mut bytes)) {
        return refused(format!("the file can't be read: {error}"));
    }
    decode(path, bytes)
}

/// The file that a listed path stands for. Names that aren't UTF-8 are listed with U+FFFD in place of the odd bytes, so
/// these are looked for among their folder's entries.
fn real(root: &Path, path: &str) -> PathBuf {
    let plain = root.join(path);
    if !path.contains('\u{fffd}') || plain.symlink_metadata().is_ok() {
        return plain;
    }
    let step = |folder: PathBuf, part: &str| {
        let entries = std::fs::read_dir(&folder).into_iter().flatten().flatten();
        let mut same: Vec<PathBuf> =
            entries.filter(|entry| entry.file_name().to_string_lossy() == part).map(|entry| entry.path()).collect();
        same.sort();
        same.into_iter().next().unwrap_or_else(|| folder.join(part))
    };
    path.split('/').fold(root.to_path_buf(), step)
}

/// Which of these paths, relative to the repository, exist. They are asked for, never opened; none leaves the
/// repository, because `resolve` only asks for normalised ones.
pub fn existing(place: &Place, paths: &BTreeSet<String>) -> BTreeSet<String> {
    paths
        .iter()
        .filter(|path| inside(path) && place.repository.join(path).symlink_metadata().is_ok())
        .cloned()
        .collect()
}

/// The text of the repository's CODEOWNERS file, from where forges look for it. Absent where there is none that can be
/// read.
pub fn codeowners(place: &Place) -> Option<String> {
    let mut files = CODEOWNERS.iter().map(|path| place.repository.join(path));
    let regular =
        |file: &PathBuf| file.symlink_metadata().is_ok_and(|found| found.is_file() && found.len() <= MAX_BYTES);
    let bytes = std::fs::read(files.find(regular)?).ok()?;
    Some(String::from_utf8_lossy(&bytes).into_owned())
}

/// The bytes of an image to copy. Absent where it isn't a regular file of the repository, is hidden or reached through a
/// link, whatever that leads to, or is over 16 MiB.
pub fn attachment(place: &Place, path: &str) -> Option<Vec<u8>> {
    let file = place.repository.join(path);
    let hidden = path.split('/').any(|part| part == ".git") || path::name(path).starts_with('.');
    let real = file.canonicalize().is_ok_and(|real| real == file);
    let size = file.symlink_metadata().ok().filter(|found| found.is_file())?.len();
    if inside(path) && !hidden && real && size <= 16 * 1024 * 1024 { std::fs::read(file).ok() } else { None }
}

/// The files of a theme folder by name, folders in names with `/`. Hidden files and Markdown are left out: they are about
/// the theme, not part of it. Symlinks are not followed.
pub fn theme(folder: &Path) -> Result<BTreeMap<String, Vec<u8>>, DiscoverError> {
    if folder.is_file() {
        return Err(DiscoverError::NotAFolder(folder.to_path_buf()));
    }
    let mut files = BTreeMap::new();
    for entry in WalkBuilder::new(folder).standard_filters(false).hidden(true).follow_links(false).build() {
        let unreadable = |error: ignore::Error| {
            DiscoverError::Unreadable(
                folder.to_path_buf(),
                error.into_io_error().unwrap_or_else(|| std::io::Error::other("unreadable")),
            )
        };
        let entry = entry.map_err(unreadable)?;
        let name = slashed(entry.path().strip_prefix(folder).unwrap_or(entry.path()));
        if entry.file_type().is_some_and(|kind| kind.is_file()) && !name.to_lowercase().ends_with(".md") {
            let bytes = std::fs::read(entry.path())
                .map_err(|error| DiscoverError::Unreadable(entry.path().to_path_buf(), error))?;
            files.insert(name, bytes);
        }
    }
    Ok(files)
}

/// The bytes of the logo, a regular file below the configuration's folder. `Err` says in words what is wrong with it.
pub fn logo(place: &Place, path: &str) -> Result<Vec<u8>, String> {
    let file = place.base.join(path);
    let size = match std::fs::symlink_metadata(&file) {
        Ok(found) if found.is_file() => found.len(),
        Ok(_) => return Err("is not a regular file".into()),
        Err(error) => return Err(format!("can't be read: {error}")),
    };
    // a folder above it may be a link that leads elsewhere
    let real = |path: &Path| path.canonicalize().ok();
    let within = real(&file).zip(real(&place.base)).is_some_and(|(file, base)| file.starts_with(base));
    if !inside(path) || !within {
        return Err("lies outside of the configuration's folder".into());
    }
    if size > LOGO_BYTES {
        return Err(format!("is larger than {} KiB; every page shows it", LOGO_BYTES / 1024));
    }
    std::fs::read(&file).map_err(|error| format!("can't be read: {error}"))
}

/// What a walk through the tree meets.
enum Met {
    /// A Markdown file, relative to the root.
    Document(String),
    /// A folder, absolute.
    Folder(PathBuf),
}

fn walk(place: &Place, everything: bool, take: &mut dyn FnMut(Met)) {
    let root = place.root.clone();
    let mut builder = WalkBuilder::new(&place.root);
    builder.standard_filters(!everything).hidden(false).require_git(false).follow_links(false);
    builder.add_custom_ignore_filename(".plansiteignore");
    builder.filter_entry(move |entry| {
        let path = slashed(entry.path().strip_prefix(&root).unwrap_or(entry.path()));
        let folder = entry.file_type().is_some_and(|kind| kind.is_dir());
        let name = path::name(&path);
        let vcs = folder && matches!(name, ".git" | "node_modules" | ".hg" | ".svn");
        let site = folder && !path.is_empty() && entry.path().join(MANIFEST).exists();
        !vcs && !site && (everything || visible(&path))
    });
    for entry in builder.build().flatten() {
        if entry.file_type().is_some_and(|kind| kind.is_dir()) {
            take(Met::Folder(entry.into_path()));
            continue;
        }
        let path = slashed(entry.path().strip_prefix(&place.root).unwrap_or(entry.path()));
        if entry.file_type().is_some_and(|kind| kind.is_file()) && markdown(&path) {
            take(Met::Document(path));
        }
    }
}

/// No part of the path is hidden, or the hidden part is a known home of plans.
fn visible(path: &str) -> bool {
    let mut before = 0;
    for part in path.split('/') {
        let end = before + part.len();
        if part.starts_with('.') && part.len() > 1 {
            let tail = |home: &&&str| {
                path[before..].starts_with(**home) && !path[before + home.len()..].starts_with(|c: char| c != '/')
            };
            let home = HIDDEN_HOMES.iter().filter(tail).max_by_key(|home| home.len());
            let Some(home) = home else { return false };
            let bare = HIDDEN_PARTS.iter().any(|parts| parts.starts_with(home) && parts.len() > home.len());
            if bare && path.len() > before + home.len() {
                return false;
            }
        }
        before = end + 1;
    }
    true
}

fn globs(root: &Path, patterns: &[String]) -> Result<Gitignore, DiscoverError> {
    let mut builder = GitignoreBuilder::new(root);
    for pattern in patterns {
        builder.add_line(None, pattern).map_err(|error| DiscoverError::Glob(pattern.clone(), error.to_string()))?;
    }
    builder.build().map_err(|error| DiscoverError::Glob(patterns.join(", "), error.to_string()))
}

fn matched(globs: &Gitignore, path: &str) -> bool {
    globs.matched_path_or_any_parents(path, false).is_ignore()
}

fn inside(path: &str) -> bool {
    Path::new(path).components().all(|part| matches!(part, Component::Normal(_)))
}

fn slashed(path: &Path) -> String {
    path.components().map(|part| part.as_os_str().to_string_lossy()).collect::<Vec<_>>().join("/")
}

fn decode(path: &str, bytes: Vec<u8>) -> Source {
    if let [0xff, 0xfe, rest @ ..] | [0xfe, 0xff, rest @ ..] = bytes.as_slice() {
        let little = bytes[0] == 0xff;
        let unit = |pair: &[u8]| {
            if little { u16::from_le_bytes([pair[0], pair[1]]) } else { u16::from_be_bytes([pair[0], pair[1]]) }
        };
        let units = rest.chunks_exact(2).map(unit);
        let text: String = char::decode_utf16(units).map(|c| c.unwrap_or('\u{fffd}')).collect();
        return Source::new(path, text).with_trouble("the file is UTF-16; save it as UTF-8", 0, false);
    }
    match String::from_utf8(bytes) {
        Ok(text) => Source::new(path, text),
        Err(error) => {
            let at = error.utf8_error().valid_up_to();
            let text = String::from_utf8_lossy(error.as_bytes()).into_owned();
            let source = Source::new(path, text);
            let at = source.text.find('\u{fffd}').unwrap_or(at);
            source.with_trouble("the file is not UTF-8; save it as UTF-8", at, false)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hidden_folders_are_left_out_but_for_homes_of_plans() {
        for seen in ["a/b.md", ".specify/x.md", "x/.claude/plans/a.md", ".claude", ".kiro/specs/a.md"] {
            assert!(visible(seen), "{seen}");
        }
        for hidden in [".git/x.md", ".github/a.md", ".claude/agents/a.md", ".claudex/a.md", "a/.kiro/steering/x.md"] {
            assert!(!visible(hidden), "{hidden}");
        }
    }

    #[test]
    fn other_encodings_are_read_and_told() {
        let source = decode("a.md", b"\xff\xfe#\0 \0a\0".to_vec());
        assert_eq!(source.text, "# a");
        assert!(source.trouble.is_some());
        assert_eq!(decode("a.md", b"ab\x92c".to_vec()).trouble.map(|trouble| trouble.at), Some(2));
    }
}
