//! `plansite init`: a first `plansite.toml`, and the workflows for GitHub. A file that exists is never written over.

use std::fs::OpenOptions;
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};

use clap::Args;
use xxhash_rust::xxh3::xxh3_64;

use super::console::Console;
use super::{Failure, Shared, Verdict};
use crate::config;
use crate::words;

/// The files, with `{{name}}` where something of the collection stands.
const SETTINGS: &str = include_str!("init/plansite.toml");
const CHECK: &str = include_str!("init/check.yml");
const EXPIRY: &str = include_str!("init/expiry.yml");

#[derive(Debug, Args)]
pub(super) struct Options {
    /// The documents' root [default: docs, else here]
    docs: Option<PathBuf>,
    /// Write the workflows too: a check for pull requests, and a weekly report of what is overdue
    #[arg(long)]
    github: bool,
}

pub(super) fn run(options: &Options, _: &Shared, console: &Console) -> Result<Verdict, Failure> {
    let here = std::env::current_dir()?;
    let docs = match &options.docs {
        Some(docs) => docs.clone(),
        None if here.join("docs").is_dir() => PathBuf::from("docs"),
        None => PathBuf::from("."),
    };
    if !here.join(&docs).is_dir() {
        return Err(Failure(format!("{} is not a folder; name the folder that holds the documents", docs.display())));
    }
    let docs = relative(&here, &docs)?;
    let name = here.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned());
    // where all schedules started on one minute, they would all start late
    let minute = [7, 13, 17, 23, 27, 33, 37, 43, 47, 53][(xxh3_64(name.as_bytes()) % 10) as usize].to_string();
    let filled = |text: &str| {
        let values = [
            ("docs", quoted(&docs)),
            ("title", quoted(&name)),
            ("version", env!("CARGO_PKG_VERSION").to_string()),
            ("minute", minute.clone()),
            ("branch", branch(&here)),
        ];
        values.iter().fold(text.to_string(), |text, (key, value)| text.replace(&format!("{{{{{key}}}}}"), value))
    };
    let mut files = vec![(PathBuf::from(config::FILE), filled(SETTINGS))];
    if options.github {
        let folder = Path::new(".github").join("workflows");
        files.push((folder.join("plansite.yml"), filled(CHECK)));
        files.push((folder.join("plansite-expiry.yml"), filled(EXPIRY)));
    }
    for (path, text) in files {
        let said = match create(&here.join(&path), &text) {
            Ok(()) => format!("wrote {}", path.display()),
            Err(error) if error.kind() == ErrorKind::AlreadyExists => {
                format!("{} is there and stays as it is", path.display())
            }
            Err(error) => return Err(Failure(format!("can't write {}: {error}", path.display()))),
        };
        console.print(&format!("{}\n", words::visible(&said)))?;
    }
    Ok(Verdict::Fine)
}

/// Writes a file that isn't there; one that is, or a link in its place, is an error.
fn create(path: &Path, text: &str) -> std::io::Result<()> {
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder)?;
    }
    OpenOptions::new().write(true).create_new(true).open(path)?.write_all(text.as_bytes())
}

/// The folder as the settings name it: relative to where they are, with `/`.
fn relative(here: &Path, docs: &Path) -> Result<String, Failure> {
    let (here, docs) = (here.canonicalize()?, here.join(docs).canonicalize()?);
    let within = docs.strip_prefix(&here).map_err(|_| {
        Failure(format!("{} lies outside of {}; run init where both are", docs.display(), here.display()))
    })?;
    let parts: Vec<String> = within.components().map(|part| part.as_os_str().to_string_lossy().into_owned()).collect();
    Ok(if parts.is_empty() { ".".into() } else { parts.join("/") })
}

/// What may stand between the quotes of a TOML string.
fn quoted(text: &str) -> String {
    text.chars()
        .flat_map(|c| if matches!(c, '"' | '\\') { vec!['\\', c] } else { vec![c] })
        .filter(|c| !c.is_control())
        .collect()
}

/// The branch that is checked out, where it has a plain name; else `main`.
fn branch(here: &Path) -> String {
    let git = here.ancestors().map(|folder| folder.join(".git")).find(|git| git.exists());
    let head = git.and_then(|git| std::fs::read_to_string(git.join("HEAD")).ok()).unwrap_or_default();
    let name = head.trim().strip_prefix("ref: refs/heads/").unwrap_or("main");
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.' | '/');
    if name.is_empty() || !name.chars().all(plain) { "main".into() } else { name.to_string() }
}
