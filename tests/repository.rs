//! Repositories that tests make, and what plansite tells of them. Where there is no git, they say so and pass.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};

use plansite::pipeline::{self, Observer};
use plansite::resolve::Collection;

struct Silent;

impl Observer for Silent {
    fn begin(&self, _: &'static str, _: usize) {}
    fn step(&self) {}
}

/// A repository that is there while the test runs.
pub struct Repository(pub PathBuf);

impl Drop for Repository {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// An empty folder.
pub fn fresh() -> PathBuf {
    static NEXT: AtomicU32 = AtomicU32::new(0);
    let name = format!("history-{}-{}", std::process::id(), NEXT.fetch_add(1, Ordering::Relaxed));
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).expect("a folder");
    folder.canonicalize().expect("a folder")
}

/// An empty repository; absent, and said, where there is no git.
pub fn repository() -> Option<Repository> {
    let repository = Repository(fresh());
    let made = Command::new("git").args(["init", "-q", "-b", "main"]).current_dir(&repository.0).status();
    if !made.is_ok_and(|made| made.success()) {
        std::io::Write::write_all(&mut std::io::stderr(), b"skipped: there is no git\n").expect("stderr takes a line");
        return None;
    }
    Some(repository)
}

impl Repository {
    pub fn git(&self, args: &[&str]) {
        self.git_on("2026-01-01T12:00:00Z", "Ana <ana@example.org>", args);
    }

    pub fn git_on(&self, day: &str, author: &str, args: &[&str]) {
        let (name, mail) = author.trim_end_matches('>').rsplit_once(" <").expect("a name and an address");
        let ended = Command::new("git")
            .current_dir(&self.0)
            .envs([("GIT_CONFIG_GLOBAL", "/dev/null"), ("GIT_CONFIG_SYSTEM", "/dev/null")])
            .envs([("GIT_AUTHOR_NAME", name), ("GIT_AUTHOR_EMAIL", mail), ("GIT_AUTHOR_DATE", day)])
            .envs([("GIT_COMMITTER_NAME", "C"), ("GIT_COMMITTER_EMAIL", "c@x"), ("GIT_COMMITTER_DATE", day)])
            .args(["-c", "commit.gpgSign=false"])
            .args(args)
            .stdout(Stdio::null())
            .output()
            .expect("git runs");
        assert!(ended.status.success(), "git {args:?}: {}", String::from_utf8_lossy(&ended.stderr));
    }

    pub fn put(&self, path: &str, text: &str) {
        let file = self.0.join(path);
        fs::create_dir_all(file.parent().expect("a folder above")).expect("a folder");
        fs::write(file, text).expect("a file");
    }

    pub fn commit(&self, day: &str, path: &str, text: &str) {
        self.put(path, text);
        self.git(&["add", "-A"]);
        self.git_on(&format!("{day}T12:00:00Z"), "Ana <ana@example.org>", &["commit", "-q", "-m", "x"]);
    }

    pub fn read(&self, docs: &str) -> Collection {
        let (place, config) =
            plansite::discover::place(&self.0, Some(Path::new(docs)), None, &[], &[]).expect("a collection");
        pipeline::collect(&place, &config, &Silent).expect("it is read")
    }

    pub fn check(&self, args: &[&str]) -> std::process::Output {
        self.run(&[&["check"], args].concat())
    }

    pub fn run(&self, args: &[&str]) -> std::process::Output {
        let mut command = Command::new(env!("CARGO_BIN_EXE_plansite"));
        command.current_dir(&self.0).args(args).args(["--today", "2026-11-23"]);
        command.output().expect("plansite runs")
    }
}
