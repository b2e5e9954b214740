//! `plansite check`: all findings, in one format or several.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::console::Console;
use super::{Failure, Judged, Shared, Verdict};
use crate::diagnostic::Severity;
use crate::report::{FORMATS, Format, Report};
use crate::words;

#[derive(Debug, Args)]
pub(super) struct Options {
    /// The documents' root
    docs: Option<PathBuf>,
    /// How to report, and where to: text, json; several are allowed
    #[arg(long, value_name = "FORMAT[=FILE]", default_value = "text")]
    format: Vec<String>,
    /// The least severity that makes the exit code 1
    #[arg(long, value_name = "SEVERITY", default_value = "error")]
    fail_on: Threshold,
    /// A collection without documents is fine
    #[arg(long)]
    allow_empty: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Threshold {
    Error,
    Warning,
    Notice,
    Never,
}

pub(super) fn run(options: &Options, shared: &Shared, console: &Console) -> Result<Verdict, Failure> {
    let formats = options.format.iter().map(|format| parse(format)).collect::<Result<Vec<_>, _>>()?;
    let judged = Judged::read(options.docs.as_deref(), shared, console)?;
    if judged.collection.documents.is_empty() && !options.allow_empty {
        let root = judged.place.root.display();
        return Err(Failure(format!(
            "there is no Markdown file in {root}; name another folder, or pass --allow-empty"
        )));
    }
    let report = Report { scene: judged.scene() };
    for (format, file) in formats {
        match file {
            None => console.print(&(format.print)(&report, console.colour()))?,
            Some(file) => {
                let text = (format.print)(&report, false);
                let write = crate::write::file(&file, text.as_bytes());
                write.map_err(|error| Failure(format!("can't write {}: {error}", file.display())))?;
            }
        }
    }
    let threshold = match options.fail_on {
        Threshold::Error => Some(Severity::Error),
        Threshold::Warning => Some(Severity::Warning),
        Threshold::Notice => Some(Severity::Notice),
        Threshold::Never => None,
    };
    Ok(judged.verdict(threshold))
}

/// `json` or `json=FILE`.
fn parse(text: &str) -> Result<(&'static Format, Option<PathBuf>), Failure> {
    let (name, file) = text.split_once('=').map_or((text, None), |(name, file)| (name, Some(PathBuf::from(file))));
    let found = FORMATS.iter().find(|format| format.name == name);
    let names: Vec<&str> = FORMATS.iter().map(|format| format.name).collect();
    let help = match words::nearest(name, names.iter().copied()) {
        Some(near) => format!("did you mean `{near}`?"),
        None => format!("there are {}", names.join(", ")),
    };
    found.map(|format| (format, file)).ok_or_else(|| Failure(format!("there is no format `{name}`; {help}")))
}
