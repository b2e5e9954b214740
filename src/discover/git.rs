//! Runs git, and nothing else, so that nothing in a repository can make it run a program, write a file or reach a network.
//!
//! No shell, no pager, no hooks, no filters, no file monitor, no transport; the program is looked for outside of the
//! repository; variables that would point git elsewhere are taken away; a run that takes too long is ended.

use std::ffi::OsStr;
use std::io::{BufReader, Read};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::sync::mpsc::{self, Sender};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use crate::words;

/// A run that isn't over by then is ended, and its answer thrown away.
const PATIENCE: Duration = Duration::from_secs(180);
/// Settings that a repository's own configuration must not decide.
const SETTINGS: &[&str] = &[
    "core.quotePath=false",
    "core.fsmonitor=false",
    "core.hooksPath=/dev/null",
    "log.showSignature=false",
    "protocol.allow=never",
];

/// The git program, and the repository it is asked about.
pub(super) struct Git {
    program: PathBuf,
    repository: PathBuf,
}

impl Git {
    /// Looks for git on the PATH, but never in a relative folder or within the repository.
    pub(super) fn find(repository: &Path) -> Option<Git> {
        let path = std::env::var_os("PATH")?;
        let outside = |folder: &PathBuf| {
            let real = folder.canonicalize().unwrap_or_else(|_| folder.clone());
            folder.is_absolute() && !real.starts_with(repository)
        };
        let name = format!("git{}", std::env::consts::EXE_SUFFIX);
        let mut found = std::env::split_paths(&path).filter(outside).map(|folder| folder.join(&name));
        let program = found.find(|file| file.is_file())?;
        Some(Git { program, repository: repository.to_path_buf() })
    }

    /// Runs to the end. The first line of what git says against it is the error.
    pub(super) fn ask(&self, arguments: &[&str]) -> Result<String, String> {
        let ended = self.command(arguments).stdin(Stdio::null()).output().map_err(|error| error.to_string())?;
        if ended.status.success() {
            return Ok(String::from_utf8_lossy(&ended.stdout).trim_end().to_string());
        }
        let said = String::from_utf8_lossy(&ended.stderr);
        let line = said.lines().next().unwrap_or("it ended without a word").trim_start_matches("fatal: ");
        Err(words::shorten(&words::visible(line), 200))
    }

    /// Starts a run whose output is read as it comes.
    pub(super) fn start<A: AsRef<OsStr>>(&self, arguments: &[A]) -> Option<Running> {
        let mut child = self.command(arguments).stdin(Stdio::piped()).stderr(Stdio::null()).spawn().ok()?;
        let (input, output) = (child.stdin.take(), child.stdout.take()?);
        let child = Arc::new(Mutex::new(child));
        let (done, waiting) = mpsc::channel::<()>();
        let watched = Arc::clone(&child);
        std::thread::spawn(move || {
            if waiting.recv_timeout(PATIENCE) == Err(mpsc::RecvTimeoutError::Timeout) {
                // an ended child is told by its status; there is nothing else to do about one that can't be ended
                let _ = watched.lock().unwrap_or_else(PoisonError::into_inner).kill();
            }
        });
        Some(Running { child, input, output: BufReader::with_capacity(1 << 16, output), done })
    }

    fn command<A: AsRef<OsStr>>(&self, arguments: &[A]) -> Command {
        let mut command = Command::new(&self.program);
        for (name, _) in std::env::vars_os() {
            let text = name.to_string_lossy();
            // GIT_DIR and its kin point elsewhere, GIT_TRACE writes; the user's own configuration may stay
            if text.starts_with("GIT_") && !text.starts_with("GIT_CONFIG") {
                command.env_remove(&name);
            }
        }
        command
            .env("GIT_OPTIONAL_LOCKS", "0")
            .env("GIT_NO_LAZY_FETCH", "1")
            .env("GIT_NO_REPLACE_OBJECTS", "1")
            .env("GIT_LITERAL_PATHSPECS", "1")
            .env("GIT_TERMINAL_PROMPT", "0")
            .env("LC_ALL", "C")
            .arg("--no-pager")
            .arg("-C")
            .arg(&self.repository)
            .stdout(Stdio::piped());
        if let Some(above) = self.repository.parent() {
            command.env("GIT_CEILING_DIRECTORIES", above);
        }
        for setting in SETTINGS {
            command.args(["-c", setting]);
        }
        command.args(arguments);
        command
    }
}

/// A run of git.
pub(super) struct Running {
    child: Arc<Mutex<Child>>,
    /// What git reads; absent once closed.
    pub(super) input: Option<ChildStdin>,
    /// What git says.
    pub(super) output: BufReader<ChildStdout>,
    done: Sender<()>,
}

impl Running {
    /// Waits for the end. Whether git was content.
    pub(super) fn ended(&mut self) -> bool {
        self.input = None;
        // what is left unread would keep git waiting
        let drained = std::io::copy(&mut self.output.by_ref(), &mut std::io::sink()).is_ok();
        let status = self.child.lock().unwrap_or_else(PoisonError::into_inner).wait();
        // nobody listens any more where patience ran out first
        let _ = self.done.send(());
        drained && status.is_ok_and(|status| status.success())
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.ended();
    }
}
