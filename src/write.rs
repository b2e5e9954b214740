//! A site into a folder: writes what changed, removes only what it wrote.
//!
//! What stands on a page is none of its business; it knows paths and bytes. Its promises: a folder that is not
//! plansite's is never touched, nor a file in plansite's folder that plansite did not write; whatever the moment of a
//! crash, every page is the whole old or the whole new one, and the next build needs no help.
//!
//! How: a list of what was written (`write/manifest.rs`) lies in the folder, and each page is announced in it before
//! it is written beside its place and renamed into it. Nothing is flushed to the disk by force: that would cost more
//! than the whole build, and a page lost to a power cut is written again by the next one.

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, ErrorKind, Read, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicU64, AtomicUsize, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};

use xxhash_rust::xxh3::xxh3_64;

use crate::discover::MANIFEST;
use manifest::Manifest;

mod error;
mod guard;
mod manifest;
mod name;

pub use error::WriteError;
pub use guard::Guard;

/// Bytes of a site from which its owner should be told: GitHub Pages serves no more than 1 GB.
pub const LARGE: u64 = 900_000_000;

const LOCK: &str = ".plansite-lock";
const MANIFEST_DRAFT: &str = ".plansite-manifest.tmp";

/// Writes one file of its own, a report: whole or not at all. A missing folder is an error. What is no plain file, such
/// as `/dev/stdout`, is written to and stays what it is.
pub fn file(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let path = fs::canonicalize(path).unwrap_or_else(|_| path.to_path_buf());
    if fs::metadata(&path).is_ok_and(|entry| !entry.is_file()) {
        return OpenOptions::new().write(true).open(&path)?.write_all(bytes);
    }
    replace(&path, &draft(&path, &path.to_string_lossy()), bytes)
}

/// An output folder under construction. Pages may come from many threads. One that is dropped unfinished leaves the
/// folder as after a crash: whole pages, old and new.
#[derive(Debug)]
pub struct Output {
    /// The folder's true path.
    root: PathBuf,
    /// The folder as it was named, for messages.
    shown: PathBuf,
    known: Manifest,
    pages: Mutex<BTreeMap<String, Page>>,
    /// Folders that are known to exist and to be no links.
    folders: Mutex<HashSet<String>>,
    /// Pages whose place is taken by something that this build will remove.
    later: Mutex<Vec<(String, Vec<u8>)>>,
    journal: Mutex<File>,
    created: AtomicUsize,
    changed: AtomicUsize,
    unchanged: AtomicUsize,
    bytes: AtomicU64,
    broken: AtomicBool,
    /// Held for as long as the output lives; the operating system lets go of it even after a kill.
    _lock: File,
}

/// A page of this build.
#[derive(Debug, Clone, Copy)]
struct Page {
    hash: u64,
    /// Whether plansite may remove it one day; not so where somebody else's file holds the same bytes already.
    ours: bool,
}

/// What a build did to its folder.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Report {
    /// Number of pages that were not there before.
    pub created: usize,
    /// Number of pages that were there with other bytes.
    pub changed: usize,
    /// Number of pages that were there as they should be, and were left alone.
    pub unchanged: usize,
    /// Pages of an earlier build that this one has no more, sorted.
    pub removed: Vec<String>,
    /// Pages that should have been removed but were edited by hand, sorted. They belong to their editor now.
    pub kept: Vec<String>,
    /// Bytes of all pages together; see [`LARGE`].
    pub bytes: u64,
}

impl Output {
    /// Opens a folder for a build, creating it where it is missing. A folder that holds anything but an earlier output
    /// is refused untouched.
    pub fn open(out: &Path, guard: &Guard) -> Result<Output, WriteError> {
        let root = guard.admit(out)?;
        fs::create_dir_all(&root).map_err(|error| io_error("create", out, error))?;
        // Looked at before the lock is taken, because taking it leaves a file, and a stranger's folder stays untouched.
        if !root.join(MANIFEST).is_file() && !is_empty(&root).map_err(|error| io_error("read", out, error))? {
            return Err(WriteError::Foreign { out: out.to_path_buf() });
        }
        let lock = lock(&root, out)?;
        let (known, length) = read_manifest(&root, out)?;
        let refused = |error| io_error("write", &out.join(MANIFEST), error);
        let journal = OpenOptions::new().append(true).open(root.join(MANIFEST)).map_err(refused)?;
        if known.whole < length {
            journal.set_len(known.whole as u64).map_err(refused)?;
        }
        let output = Output {
            root,
            shown: out.to_path_buf(),
            known,
            pages: Mutex::default(),
            folders: Mutex::default(),
            later: Mutex::default(),
            journal: Mutex::new(journal),
            created: AtomicUsize::new(0),
            changed: AtomicUsize::new(0),
            unchanged: AtomicUsize::new(0),
            bytes: AtomicU64::new(0),
            broken: AtomicBool::new(false),
            _lock: lock,
        };
        output.sweep()?;
        Ok(output)
    }

    /// Writes one page or asset; `path` is relative to the output, `/` between its parts. A file that holds these bytes
    /// already is left alone, time stamp and all.
    pub fn put(&self, path: &str, bytes: &[u8]) -> Result<(), WriteError> {
        let hash = xxh3_64(bytes);
        let done = self.claim(path, hash).and_then(|fresh| match fresh {
            true => self.settle(path, hash, bytes),
            false => Ok(true),
        });
        match done {
            Ok(true) => Ok(()),
            Ok(false) => {
                held(&self.later).push((path.to_string(), bytes.to_vec()));
                Ok(())
            }
            Err(error) => {
                self.broken.store(true, Ordering::Relaxed);
                Err(error)
            }
        }
    }

    /// Removes what earlier builds wrote and this one did not, and writes the list of what is there now. After a failed
    /// [`put`](Self::put) it removes nothing, because a page that seems to be gone may be the one that failed.
    pub fn finish(self) -> Result<Report, WriteError> {
        if self.broken.load(Ordering::Relaxed) {
            return Err(WriteError::Incomplete { out: self.shown });
        }
        let (removed, kept) = self.remove_stale()?;
        held(&self.folders).clear();
        for (path, bytes) in std::mem::take(&mut *held(&self.later)) {
            if !self.settle(&path, xxh3_64(&bytes), &bytes)? {
                return Err(WriteError::NotOurs { path: self.shown.join(path) });
            }
        }
        let pages = self.pages.into_inner().unwrap_or_else(PoisonError::into_inner);
        let bytes = self.bytes.into_inner();
        let listed: BTreeMap<String, u64> =
            pages.into_iter().filter(|(_, page)| page.ours).map(|(path, page)| (path, page.hash)).collect();
        // Closed before it is replaced, which not every system allows for an open file.
        drop(self.journal);
        let (path, text) = (self.root.join(MANIFEST), manifest::head(&listed));
        if !fs::read(&path).is_ok_and(|there| there == text.as_bytes()) {
            replace(&path, &self.root.join(MANIFEST_DRAFT), text.as_bytes())
                .map_err(|error| io_error("write", &self.shown.join(MANIFEST), error))?;
        }
        let [created, changed, unchanged] = [self.created, self.changed, self.unchanged].map(AtomicUsize::into_inner);
        Ok(Report { created, changed, unchanged, removed, kept, bytes })
    }

    /// Whether the page is new to this build; the same page twice is no fault, two pages in one place are.
    fn claim(&self, path: &str, hash: u64) -> Result<bool, WriteError> {
        if let Some(reason) = name::flaw(path) {
            return Err(WriteError::Path { path: path.to_string(), reason });
        }
        match held(&self.pages).entry(path.to_string()) {
            Entry::Vacant(place) => {
                place.insert(Page { hash, ours: true });
                Ok(true)
            }
            Entry::Occupied(place) if place.get().hash == hash => Ok(false),
            Entry::Occupied(_) => Err(WriteError::Twice { path: path.to_string() }),
        }
    }

    /// Brings a page to its place; `false` where something stands there that this build will remove first.
    fn settle(&self, path: &str, hash: u64, bytes: &[u8]) -> Result<bool, WriteError> {
        let file = self.root.join(path);
        if !self.folder_of(path)? {
            return Ok(false);
        }
        let entry = match fs::symlink_metadata(&file) {
            Ok(entry) => entry,
            Err(error) if error.kind() == ErrorKind::NotFound => {
                self.write(path, hash, bytes)?;
                count(&self.created, &self.bytes, bytes);
                return Ok(true);
            }
            Err(error) => return Err(self.io_error("read", path, error)),
        };
        if entry.is_dir() && self.known.holds(path) {
            return Ok(false);
        }
        if !entry.is_file() {
            return Err(self.not_ours(path));
        }
        let refused = |error| self.io_error("read", path, error);
        let same = entry.len() == bytes.len() as u64 && holds(&file, bytes).map_err(refused)?;
        let left = || match same {
            true => Ok(self.known.left(path, hash)),
            false => fs::read(&file).map(|there| self.known.left(path, xxh3_64(&there))).map_err(refused),
        };
        let ours = self.known.files.contains_key(path) || left()?;
        if !ours && self.known.in_other_case(path) {
            return Ok(false);
        }
        if same {
            if !ours && let Some(page) = held(&self.pages).get_mut(path) {
                page.ours = false;
            }
            count(&self.unchanged, &self.bytes, bytes);
            return Ok(true);
        }
        if !ours {
            return Err(self.not_ours(path));
        }
        self.write(path, hash, bytes)?;
        count(&self.changed, &self.bytes, bytes);
        Ok(true)
    }

    fn write(&self, path: &str, hash: u64, bytes: &[u8]) -> Result<(), WriteError> {
        held(&self.journal)
            .write_all(manifest::intent(path, hash).as_bytes())
            .map_err(|error| self.io_error("write", MANIFEST, error))?;
        replace(&self.root.join(path), &self.draft(path), bytes).map_err(|error| self.io_error("write", path, error))
    }

    /// Makes the folders above a page; `false` where a page that this build will remove stands in the way. A link among
    /// them is refused, because it may lead out of the output.
    fn folder_of(&self, path: &str) -> Result<bool, WriteError> {
        let Some((parent, _)) = path.rsplit_once('/') else { return Ok(true) };
        if held(&self.folders).contains(parent) {
            return Ok(true);
        }
        for folder in prefixes(path) {
            let place = self.root.join(folder);
            match fs::create_dir(&place) {
                Ok(()) => {}
                Err(error) if error.kind() == ErrorKind::AlreadyExists => match fs::symlink_metadata(&place) {
                    Ok(entry) if entry.is_dir() => {}
                    Ok(entry) if entry.is_file() && self.known.lists(folder) => return Ok(false),
                    _ => return Err(self.not_ours(folder)),
                },
                Err(error) => return Err(self.io_error("create", folder, error)),
            }
            held(&self.folders).insert(folder.to_string());
        }
        Ok(true)
    }

    /// Removes the pages of earlier builds that this one did not write, then the folders that became empty. Gives what
    /// was removed and what was kept because it is no longer what plansite wrote.
    fn remove_stale(&self) -> Result<(Vec<String>, Vec<String>), WriteError> {
        let (mut removed, mut kept, mut folders) = (Vec::new(), Vec::new(), BTreeSet::new());
        let pages = held(&self.pages);
        for path in self.known.paths().filter(|path| !pages.contains_key(*path)) {
            let file = self.root.join(path);
            if !self.reachable(path) || !fs::symlink_metadata(&file).is_ok_and(|entry| entry.is_file()) {
                continue;
            }
            let there = fs::read(&file).map_err(|error| self.io_error("read", path, error))?;
            if self.known.left(path, xxh3_64(&there)) {
                fs::remove_file(&file).map_err(|error| self.io_error("remove", path, error))?;
                folders.extend(prefixes(path));
                removed.push(path.to_string());
            } else {
                kept.push(path.to_string());
            }
        }
        // Deepest first; a folder that still holds something refuses, and is to stay.
        for folder in folders.into_iter().rev() {
            let _ = fs::remove_dir(self.root.join(folder));
        }
        Ok((removed, kept))
    }

    /// Removes the drafts a killed build left.
    fn sweep(&self) -> Result<(), WriteError> {
        let drafts = self.known.journal.keys().filter(|path| self.reachable(path)).map(|path| self.draft(path));
        for draft in drafts.chain([self.root.join(MANIFEST_DRAFT)]) {
            match fs::remove_file(&draft) {
                Err(error) if error.kind() != ErrorKind::NotFound => return Err(io_error("remove", &draft, error)),
                _ => {}
            }
        }
        Ok(())
    }

    /// Whether every folder above a page is there and is no link.
    fn reachable(&self, path: &str) -> bool {
        prefixes(path).all(|folder| fs::symlink_metadata(self.root.join(folder)).is_ok_and(|entry| entry.is_dir()))
    }

    fn draft(&self, path: &str) -> PathBuf {
        draft(&self.root.join(path), path)
    }

    fn not_ours(&self, path: &str) -> WriteError {
        WriteError::NotOurs { path: self.shown.join(path) }
    }

    fn io_error(&self, deed: &'static str, path: &str, error: io::Error) -> WriteError {
        io_error(deed, &self.shown.join(path), error)
    }
}

fn lock(root: &Path, out: &Path) -> Result<File, WriteError> {
    let (path, shown) = (root.join(LOCK), out.join(LOCK));
    if fs::symlink_metadata(&path).is_ok_and(|entry| !entry.is_file()) {
        return Err(WriteError::NotOurs { path: shown });
    }
    let opened = OpenOptions::new().create(true).truncate(false).write(true).open(&path);
    let file = opened.map_err(|error| io_error("write", &shown, error))?;
    let mut taken = file.try_lock();
    // a lock outlives its holder by a moment where a child was being started meanwhile: it holds all files until it runs
    for _ in 0..10 {
        if matches!(taken, Err(TryLockError::WouldBlock)) {
            std::thread::sleep(std::time::Duration::from_millis(20));
            taken = file.try_lock();
        }
    }
    match taken {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => Err(WriteError::Locked { out: out.to_path_buf() }),
        // Some network file systems have no locks; a build there is as safe as it can be.
        Err(TryLockError::Error(error)) if error.kind() == ErrorKind::Unsupported => Ok(file),
        Err(TryLockError::Error(error)) => Err(io_error("lock", &shown, error)),
    }
}

/// The list in the folder, which is begun where there is none; with its text's length.
fn read_manifest(root: &Path, out: &Path) -> Result<(Manifest, usize), WriteError> {
    let (path, shown) = (root.join(MANIFEST), out.join(MANIFEST));
    let bytes = match fs::symlink_metadata(&path) {
        Ok(entry) if !entry.is_file() => return Err(WriteError::NotOurs { path: shown }),
        Ok(_) => fs::read(&path).map_err(|error| io_error("read", &shown, error))?,
        Err(_) => {
            let empty = manifest::head(&BTreeMap::new()).into_bytes();
            replace(&path, &root.join(MANIFEST_DRAFT), &empty).map_err(|error| io_error("write", &shown, error))?;
            empty
        }
    };
    // Cut off within a character, a journal is still a journal; anywhere else the seal tells.
    let text = String::from_utf8_lossy(&bytes);
    match manifest::parse(&text) {
        Ok(manifest) => Ok((manifest, bytes.len())),
        Err(flaw) => Err(WriteError::Manifest { path: shown, line: flaw.line, fact: flaw.fact }),
    }
}

/// Whether a folder holds nothing, or nothing but what a build leaves that was killed before it began.
fn is_empty(folder: &Path) -> io::Result<bool> {
    for entry in fs::read_dir(folder)? {
        let name = entry?.file_name();
        if name != LOCK && name != MANIFEST_DRAFT {
            return Ok(false);
        }
    }
    Ok(true)
}

/// Where a file is written before it is renamed into its place: beside it, under a name that the journal's entry for it
/// gives back.
fn draft(file: &Path, path: &str) -> PathBuf {
    file.with_file_name(format!("{}{:016x}.tmp", name::OURS, xxh3_64(path.as_bytes())))
}

/// Puts bytes in a place in one step: whoever looks sees the old file or the new one.
fn replace(path: &Path, draft: &Path, bytes: &[u8]) -> io::Result<()> {
    let written = fresh(draft).and_then(|mut file| file.write_all(bytes)).and_then(|()| fs::rename(draft, path));
    if written.is_err() {
        let _ = fs::remove_file(draft);
    }
    written
}

/// A new file, never one that is there: a link of that name could lead anywhere.
fn fresh(path: &Path) -> io::Result<File> {
    match File::create_new(path) {
        Err(error) if error.kind() == ErrorKind::AlreadyExists => {
            fs::remove_file(path)?;
            File::create_new(path)
        }
        made => made,
    }
}

/// The folders above a path, outermost first.
fn prefixes(path: &str) -> impl Iterator<Item = &str> {
    path.match_indices('/').map(|(at, _)| &path[..at])
}

fn count(pages: &AtomicUsize, total: &AtomicU64, bytes: &[u8]) {
    pages.fetch_add(1, Ordering::Relaxed);
    total.fetch_add(bytes.len() as u64, Ordering::Relaxed);
}

/// What a lock guards is whole after every step, so a panic elsewhere does not spoil it.
/// Whether a file holds these bytes, compared piece by piece, so that a large one isn't in memory a second time.
fn holds(file: &Path, bytes: &[u8]) -> io::Result<bool> {
    let (mut file, mut rest, mut piece) = (File::open(file)?, bytes, [0; 32 * 1024]);
    loop {
        let read = file.read(&mut piece)?;
        if read == 0 {
            return Ok(rest.is_empty());
        }
        match rest.strip_prefix(&piece[..read]) {
            Some(more) => rest = more,
            None => return Ok(false),
        }
    }
}

fn held<T>(lock: &Mutex<T>) -> MutexGuard<'_, T> {
    lock.lock().unwrap_or_else(PoisonError::into_inner)
}

fn io_error(deed: &'static str, path: &Path, error: io::Error) -> WriteError {
    WriteError::Io { deed, path: path.to_path_buf(), error }
}
