//! A collection in a folder of its own, and the binary run in it.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::atomic::{AtomicU32, Ordering};

use serde_json::Value;

/// A plan that expired and links to nothing, a decision that is fine.
pub const SHIP: &str =
    "---\nid: PLAN-7\nstatus: active\nexpires: 2026-11-01\nowner: Ana\n---\n# Ship \"it\"\n\nSee [gone](gone.md).\n";
pub const QUEUE: &str = "# 1. One queue\n\n## Status\n\nAccepted\n\n## Context\n\nx\n\n## Decision\n\ny\n";

/// A collection with findings.
pub fn small() -> Folder {
    Folder::new(&[("docs/plans/ship.md", SHIP), ("docs/adr/0001-queue.md", QUEUE)])
}

/// A collection without any.
pub fn clean() -> Folder {
    Folder::new(&[("docs/adr/0001-queue.md", QUEUE)])
}

/// A folder that is there while the test runs.
pub struct Folder(pub PathBuf);

impl Folder {
    pub fn new(files: &[(&str, &str)]) -> Self {
        static NEXT: AtomicU32 = AtomicU32::new(0);
        let name = format!("commands-{}-{}", std::process::id(), NEXT.fetch_add(1, Ordering::Relaxed));
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(folder.join(".git")).expect("a folder");
        let folder = Folder(fs::canonicalize(folder).expect("a folder"));
        files.iter().for_each(|(path, text)| folder.put(path, text.as_bytes()));
        folder
    }

    pub fn put(&self, path: impl AsRef<Path>, bytes: &[u8]) {
        let file = self.0.join(path);
        fs::create_dir_all(file.parent().expect("a folder above")).expect("a folder");
        fs::write(file, bytes).expect("a file");
    }

    pub fn read(&self, path: &str) -> String {
        String::from_utf8(fs::read(self.0.join(path)).expect("a file")).expect("UTF-8")
    }

    pub fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_plansite"));
        command.current_dir(&self.0).args(args).env_remove("SOURCE_DATE_EPOCH").env_remove("NO_COLOR");
        command.env_remove("CLICOLOR_FORCE").env("PLANSITE_TODAY", "2026-11-23");
        command
    }

    pub fn run(&self, args: &[&str]) -> Ended {
        Ended::from(self.command(args).output().expect("plansite runs"))
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// How a run ended.
#[derive(Debug, PartialEq, Eq)]
pub struct Ended {
    pub code: Option<i32>,
    pub out: String,
    pub err: String,
}

impl From<Output> for Ended {
    fn from(output: Output) -> Self {
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("UTF-8");
        Ended { code: output.status.code(), out: text(output.stdout), err: text(output.stderr) }
    }
}

impl Ended {
    /// Code and stderr, where nothing was printed.
    #[track_caller]
    pub fn refused(self) -> String {
        assert_eq!((self.code, self.out.as_str()), (Some(2), ""), "{}", self.err);
        self.err
    }

    #[track_caller]
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.out).expect("JSON")
    }
}
