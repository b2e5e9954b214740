//! `plansite init`: the settings, and the workflows that check and report. What is there is never touched.

use std::fs::{self, OpenOptions};
use std::io::{ErrorKind, Write};
use std::path::Path;

use clap::Args;

use super::console::Console;
use super::{Failure, Verdict};
use crate::config;

#[derive(Debug, Args)]
pub(super) struct Options {
    /// Write workflows for GitHub Actions: a check, and a weekly report of deadlines as one issue
    #[arg(long)]
    github: bool,
}

const SETTINGS: &str = include_str!("init/plansite.toml");
const CHECK: &str = include_str!("init/check.yml");
const EXPIRY: &str = include_str!("init/expiry.yml");

pub(super) fn run(options: &Options, console: &Console) -> Result<Verdict, Failure> {
    let here = std::env::current_dir()?;
    if options.github {
        let root = here.ancestors().find(|folder| folder.join(".git").exists());
        if let Some(root) = root.filter(|root| *root != here) {
            let root = root.display();
            return Err(Failure(format!(
                "GitHub reads workflows in the repository's own folder only; run it in {root}"
            )));
        }
    }
    let mut files = vec![(config::FILE, SETTINGS.to_string())];
    if options.github {
        let pinned = |text: &str| text.replace("=VERSION", concat!("=", env!("CARGO_PKG_VERSION")));
        files.push((".github/workflows/plansite.yml", pinned(CHECK)));
        files.push((".github/workflows/plansite-expiry.yml", pinned(EXPIRY)));
    }
    for (path, text) in files {
        let written = put(&here.join(path), &text).map_err(|error| Failure(format!("can't write {path}: {error}")))?;
        console.say(&if written { format!("wrote {path}") } else { format!("{path} is there and stays as it is") });
    }
    Ok(Verdict::Fine)
}

/// Writes a file that isn't there; `false` where it is.
fn put(path: &Path, text: &str) -> std::io::Result<bool> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    match OpenOptions::new().write(true).create_new(true).open(path) {
        Ok(mut file) => file.write_all(text.as_bytes()).map(|()| true),
        Err(error) if error.kind() == ErrorKind::AlreadyExists => Ok(false),
        Err(error) => Err(error),
    }
}
