//! Where reports go: `--format F[=FILE]`, several at once, and what GitHub Actions shows besides.

use std::io::Write;
use std::path::PathBuf;

use clap::ValueEnum;

use super::Failure;
use super::console::Console;
use crate::report::{Format, Report};
use crate::words;

/// How a command that answers with one thing prints it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Layout {
    Text,
    Json,
}

/// Bytes of a job's summary; GitHub throws a longer one away.
const SUMMARY: usize = 1024 * 1024;

/// A format and the file it goes to; without one to stdout.
pub(super) type Wanted = (&'static Format, Option<PathBuf>);

/// `json` or `json=FILE`, for each.
pub(super) fn parse(formats: &[String], known: &'static [Format]) -> Result<Vec<Wanted>, Failure> {
    formats.iter().map(|format| parse_one(format, known)).collect()
}

fn parse_one(text: &str, known: &'static [Format]) -> Result<Wanted, Failure> {
    let (name, file) = text.split_once('=').map_or((text, None), |(name, file)| (name, Some(PathBuf::from(file))));
    let found = known.iter().find(|format| format.name == name);
    let names: Vec<&str> = known.iter().map(|format| format.name).collect();
    let help = match words::nearest(name, names.iter().copied()) {
        Some(near) => format!("did you mean `{near}`?"),
        None => format!("there are {}", names.join(", ")),
    };
    found.map(|format| (format, file)).ok_or_else(|| Failure(format!("there is no format `{name}`; {help}")))
}

/// Prints and writes all that is wanted. Within GitHub Actions text is followed by annotations, and the job gets a
/// summary.
pub(super) fn deliver(
    mut wanted: Vec<Wanted>,
    known: &'static [Format],
    report: &Report<'_>,
    console: &Console,
) -> Result<(), Failure> {
    let text = wanted.iter().any(|(format, file)| format.name == "text" && file.is_none());
    let asked = wanted.iter().any(|(format, _)| format.name == "github");
    if text && !asked && std::env::var_os("GITHUB_ACTIONS").is_some_and(|value| value == "true") {
        wanted.extend(known.iter().find(|format| format.name == "github").map(|format| (format, None)));
    }
    for (format, file) in wanted {
        match &file {
            None => console.print(&(format.print)(report, console.colour()))?,
            Some(file) => {
                let text = (format.print)(report, false);
                let write = crate::write::file(file, text.as_bytes());
                write.map_err(|error| Failure(format!("can't write {}: {error}", file.display())))?;
            }
        }
        if let Some(summary) = format.summary {
            summarise(report, summary, console);
        }
    }
    Ok(())
}

/// Adds to the job's summary. One that can't be written changes no verdict.
fn summarise(report: &Report<'_>, summary: fn(&Report<'_>, usize) -> String, console: &Console) {
    let Some(file) = std::env::var_os("GITHUB_STEP_SUMMARY").filter(|file| !file.is_empty()) else { return };
    let before = std::fs::metadata(&file).map_or(0, |file| file.len() as usize);
    let text = format!("{}\n", summary(report, SUMMARY.saturating_sub(before + 1)));
    if before + text.len() > SUMMARY {
        console.say("warning: the job's summary is full; nothing was added to it");
        return;
    }
    let opened = std::fs::OpenOptions::new().append(true).create(true).open(&file);
    if let Err(error) = opened.and_then(|mut file| file.write_all(text.as_bytes())) {
        console.say(&format!("warning: can't write the job's summary: {error}"));
    }
}
