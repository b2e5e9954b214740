//! The round of a preview: wait until something is touched, take it in, show what came of it.
//!
//! The system tells which files were touched. Because it may forget some, or tell nothing at all (network drives, no
//! watches left), all files that matter are looked at now and then, too: where nothing is told, more often.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::time::{Duration, Instant, SystemTime};

use notify::event::{AccessKind, AccessMode, EventKind};
use notify::{Event, RecommendedWatcher, RecursiveMode, Watcher};

use super::preview::{Answer, Preview, Touched};
use super::stopwatch::Stopwatch;

/// After a touch so long a silence is waited for …
const QUIET: Duration = Duration::from_millis(3);
/// … but no longer than this; longer only for a document that is away or empty, as it is while an editor writes it.
const PATIENCE: Duration = Duration::from_millis(20);
const HALFWAY: Duration = Duration::from_millis(120);
/// How often all files are looked at where the system tells of touches, and where it doesn't.
const SWEEP: Duration = Duration::from_secs(3);
const POLL: Duration = Duration::from_millis(500);
/// Looking at all files takes at most one part in so many of the time.
const SHARE: u32 = 25;
/// What git tells is asked for after so long a silence.
const GIT: Duration = Duration::from_millis(300);
/// File systems of which the system tells nothing that happens elsewhere.
const REMOTE: &[&str] =
    &["nfs", "nfs4", "cifs", "smb3", "9p", "afs", "ceph", "fuse.sshfs", "vboxsf", "prl_fs", "drvfs"];

/// What the round waits for.
enum Came {
    Touched(Touched),
    Git(Box<Answer>),
}

/// What is told to whoever shows it.
pub(super) enum News {
    /// There is something new to show: of which files, and how long each stage took.
    Site { touched: Vec<PathBuf>, stages: Vec<(&'static str, Duration)> },
    /// A sentence for the terminal.
    Note(String),
}

/// The size and the day of a file; absent where there is none.
type Stamp = Option<(u64, Option<SystemTime>, bool)>;

/// Goes round until nobody listens any more.
pub(super) fn watch(mut preview: Preview, poll: bool, mut tell: impl FnMut(&Preview, News) -> bool) {
    let (sender, came) = mpsc::channel();
    let mut eyes = Eyes::open(&preview, poll, sender.clone());
    if let Some(note) = eyes.note.take() {
        tell(&preview, News::Note(note));
    }
    // whatever happened between the reading and the watching
    let mut stamps = stamps(&preview);
    let mut first = Touched { paths: preview.documents(), everything: false };
    let mut next_sweep = Instant::now();
    let mut asking = false;
    loop {
        let mut touched = match first.is_empty() {
            false => std::mem::take(&mut first),
            true => match wait(&came, next_sweep, &mut preview, &mut asking, &mut tell) {
                None => return,
                Some(touched) => {
                    eyes.forget(&touched);
                    touched
                }
            },
        };
        if Instant::now() >= next_sweep {
            let start = Instant::now();
            let now = self::stamps(&preview);
            touched.paths.extend(differing(&stamps, &now));
            stamps = now;
            let pause = if eyes.polls() { POLL } else { SWEEP };
            next_sweep = Instant::now() + pause.max(start.elapsed() * SHARE);
        }
        let watch = Stopwatch::start();
        if preview.apply(&touched, &watch) {
            let touched = touched.paths.into_iter().collect();
            if !tell(&preview, News::Site { touched, stages: watch.stages() }) {
                return;
            }
        }
        // what came into a new folder before it was watched
        let mut fresh = eyes.look(&preview);
        first.paths.append(&mut fresh);
        if let Some(note) = eyes.note.take() {
            tell(&preview, News::Note(note));
        }
        if !asking && let Some(question) = preview.asks_git() {
            let sender = sender.clone();
            asking = true;
            std::thread::spawn(move || {
                std::thread::sleep(GIT);
                // nobody waits for it any more, perhaps
                let _ = sender.send(Came::Git(Box::new(question.run())));
            });
        }
    }
}

/// Waits for touches, and until they are over. Empty when it is time to look at all files; absent when nobody listens.
fn wait(
    came: &Receiver<Came>,
    until: Instant,
    preview: &mut Preview,
    asking: &mut bool,
    tell: &mut impl FnMut(&Preview, News) -> bool,
) -> Option<Touched> {
    let mut touched = Touched::default();
    let mut begun: Option<Instant> = None;
    loop {
        let now = Instant::now();
        let pause = match begun {
            None => until.saturating_duration_since(now),
            Some(_) => QUIET,
        };
        match came.recv_timeout(pause) {
            Ok(Came::Touched(more)) => {
                touched.merge(more);
                let begun = *begun.get_or_insert(now);
                if begun.elapsed() >= PATIENCE && (begun.elapsed() >= HALFWAY || !preview.halfway(&touched)) {
                    return Some(touched);
                }
            }
            Ok(Came::Git(answer)) => {
                *asking = false;
                let watch = Stopwatch::start();
                if preview.hear(*answer, &watch)
                    && !tell(preview, News::Site { touched: Vec::new(), stages: watch.stages() })
                {
                    return None;
                }
            }
            Err(RecvTimeoutError::Disconnected) => return None,
            Err(RecvTimeoutError::Timeout) => {
                let over = begun.is_none_or(|begun| begun.elapsed() >= HALFWAY);
                if over || !preview.halfway(&touched) {
                    return Some(touched);
                }
            }
        }
    }
}

/// What watches folders.
struct Eyes {
    watcher: Option<RecommendedWatcher>,
    watched: BTreeSet<PathBuf>,
    /// What is to be said, once.
    note: Option<String>,
}

impl Eyes {
    fn open(preview: &Preview, poll: bool, sender: Sender<Came>) -> Eyes {
        let mut eyes = Eyes { watcher: None, watched: BTreeSet::new(), note: None };
        let root = preview.ground().map(|ground| ground.place.root.clone());
        if let Some(kind) = root.and_then(|root| remote(&root)).filter(|_| !poll) {
            eyes.note =
                Some(format!("the documents lie on a network drive ({kind}); looking for changes twice a second"));
            return eyes;
        }
        if !poll {
            match notify::recommended_watcher(move |event| send(&sender, event)) {
                Ok(watcher) => eyes.watcher = Some(watcher),
                Err(error) => eyes.blind(&error),
            }
            eyes.look(preview);
        }
        eyes
    }

    fn polls(&self) -> bool {
        self.watcher.is_none()
    }

    fn blind(&mut self, error: &notify::Error) {
        let why = match &error.kind {
            notify::ErrorKind::MaxFilesWatch => "the system's number of watches is used up".to_string(),
            notify::ErrorKind::Io(error) => error.to_string(),
            _ => error.to_string(),
        };
        self.note = Some(format!("the folders can't be watched ({why}); looking for changes twice a second"));
        self.watcher = None;
        self.watched.clear();
    }

    /// Watches what matters by now. Gives the folders that weren't watched before.
    fn look(&mut self, preview: &Preview) -> BTreeSet<PathBuf> {
        let Some(watcher) = &mut self.watcher else { return BTreeSet::new() };
        let wanted = preview.folders();
        for folder in self.watched.difference(&wanted) {
            // gone already, perhaps
            let _ = watcher.unwatch(folder);
        }
        self.watched.retain(|folder| wanted.contains(folder));
        let mut fresh = BTreeSet::new();
        for folder in wanted {
            if self.watched.contains(&folder) {
                continue;
            }
            match watcher.watch(&folder, RecursiveMode::NonRecursive) {
                Ok(()) => {
                    self.watched.insert(folder.clone());
                    fresh.insert(folder);
                }
                // it may have gone in the meantime
                Err(_) if !folder.is_dir() => {}
                Err(error) => {
                    self.blind(&error);
                    return BTreeSet::new();
                }
            }
        }
        fresh
    }

    /// A folder that came or went is watched anew: the watch belonged to the one that was there before.
    fn forget(&mut self, touched: &Touched) {
        let Some(watcher) = &mut self.watcher else { return };
        let touched: Vec<PathBuf> = match touched.everything {
            true => self.watched.iter().cloned().collect(),
            false => touched.paths.iter().filter(|path| self.watched.contains(*path)).cloned().collect(),
        };
        for folder in touched {
            let _ = watcher.unwatch(&folder);
            self.watched.remove(&folder);
        }
    }
}

fn send(sender: &Sender<Came>, event: notify::Result<Event>) {
    let touched = match event {
        Ok(event) if event.need_rescan() => Touched::everything(),
        Ok(event) => match event.kind {
            // what we read ourselves; a file that was closed after writing is told of by its bytes, too
            EventKind::Access(AccessKind::Close(AccessMode::Write)) => {
                Touched { paths: event.paths.into_iter().collect(), everything: false }
            }
            EventKind::Access(_) => return,
            _ => Touched { paths: event.paths.into_iter().collect(), everything: false },
        },
        Err(_) => Touched::everything(),
    };
    // nobody listens any more when the preview ends
    let _ = sender.send(Came::Touched(touched));
}

/// All that matters, as it is on disk.
fn stamps(preview: &Preview) -> BTreeMap<PathBuf, Stamp> {
    let stamp = |path: &Path| {
        let file = path.symlink_metadata().ok()?;
        Some((file.len(), file.modified().ok(), file.is_dir()))
    };
    let there = |path: PathBuf, is: bool| (path, is.then_some((0, None, false)));
    let named = preview.named().map(|(path, _)| {
        let is = path.symlink_metadata().is_ok();
        there(path, is)
    });
    let mut stamps: BTreeMap<PathBuf, Stamp> = named.collect();
    stamps.extend(preview.files().into_iter().chain(preview.folders()).map(|path| {
        let stamp = stamp(&path);
        (path, stamp)
    }));
    stamps
}

fn differing(before: &BTreeMap<PathBuf, Stamp>, now: &BTreeMap<PathBuf, Stamp>) -> BTreeSet<PathBuf> {
    let changed = now.iter().filter(|(path, stamp)| before.get(*path).is_some_and(|before| before != *stamp));
    let mut differing: BTreeSet<PathBuf> = changed.map(|(path, _)| path.clone()).collect();
    // a path that wasn't looked at before was read after it came to matter
    differing.extend(
        before.iter().filter(|(path, stamp)| stamp.is_some() && !now.contains_key(*path)).map(|(path, _)| path.clone()),
    );
    differing
}

/// The kind of file system that a folder lies on, where it is one that the network holds.
fn remote(folder: &Path) -> Option<String> {
    let mounts = std::fs::read_to_string("/proc/self/mounts").ok()?;
    let mut under: Vec<(&str, &str)> = mounts
        .lines()
        .filter_map(|line| {
            let mut words = line.split(' ').skip(1);
            Some((words.next()?, words.next()?))
        })
        .filter(|(at, _)| folder.starts_with(at))
        .collect();
    under.sort_by_key(|(at, _)| at.len());
    under.last().filter(|(_, kind)| REMOTE.contains(kind)).map(|(_, kind)| kind.to_string())
}
