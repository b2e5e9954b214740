//! `plansite check`: all findings, in one format or several.

use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};

use super::console::Console;
use super::{Failure, Judged, Shared, Verdict, output};
use crate::diagnostic::Severity;
use crate::discover;
use crate::report::baseline::Baseline;
use crate::report::{FORMATS, Group, Report, changed};
use crate::words;

#[derive(Debug, Args)]
pub(super) struct Options {
    /// The documents' root
    docs: Option<PathBuf>,
    /// How to report, and where to: text, json, jsonl, sarif, github, gitlab, junit, markdown; several
    /// are allowed
    #[arg(long, value_name = "FORMAT[=FILE]", default_value = "text")]
    format: Vec<String>,
    /// The least severity that makes the exit code 1
    #[arg(long, value_name = "SEVERITY", default_value = "error")]
    fail_on: Threshold,
    /// What text is grouped by
    #[arg(long, value_name = "WHAT")]
    group_by: Option<GroupBy>,
    /// Tell only what changed since the working tree parted from this revision, and what the change broke elsewhere
    #[arg(long, value_name = "REV", conflicts_with_all = ["update_baseline", "prune_baseline"])]
    since: Option<String>,
    /// Leave out the findings that this file accepts
    #[arg(long, value_name = "FILE")]
    baseline: Option<PathBuf>,
    /// Accept all findings of today: write them to the baseline
    #[arg(long, requires = "baseline")]
    update_baseline: bool,
    /// Take what isn't found any more out of the baseline
    #[arg(long, requires = "baseline")]
    prune_baseline: bool,
    /// The baseline may only shrink: an update adds nothing, and what isn't found any more makes the exit code 1
    #[arg(long, requires = "baseline")]
    baseline_ratchet: bool,
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

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum GroupBy {
    Owner,
    Rule,
    Path,
}

pub(super) fn run(options: &Options, shared: &Shared, console: &Console) -> Result<Verdict, Failure> {
    let formats = output::parse(&options.format, FORMATS)?;
    let mut judged = Judged::read(options.docs.as_deref(), shared, console)?;
    if judged.collection.documents.is_empty() && !options.allow_empty {
        let root = judged.place.root.display();
        return Err(Failure(format!(
            "there is no Markdown file in {root}; name another folder, or pass --allow-empty"
        )));
    }
    let incomplete = judged.verdict(None);
    let (hidden, stale) = match &options.baseline {
        None => (None, false),
        Some(file) => baseline(options, file, &mut judged, console)?,
    };
    let mut counts = vec![true; judged.judgement.findings.len()];
    let mut outside = None;
    if let Some(revision) = &options.since {
        let files = discover::changes(&judged.place, revision)?;
        let findings = &mut judged.judgement.findings;
        let (left, counted) = changed::narrow(&judged.collection, &judged.place.prefix, &files, findings);
        (outside, counts) = (Some(left), counted);
    }
    let group = options.group_by.map(|group| match group {
        GroupBy::Owner => Group::Owner,
        GroupBy::Rule => Group::Rule,
        GroupBy::Path => Group::Path,
    });
    let report = Report { hidden, outside, group, ..Report::new(judged.scene()) };
    output::deliver(formats, FORMATS, &report, console)?;
    let threshold = match options.fail_on {
        Threshold::Error => Some(Severity::Error),
        Threshold::Warning => Some(Severity::Warning),
        Threshold::Notice => Some(Severity::Notice),
        Threshold::Never => None,
    };
    let findings = judged.judgement.findings.iter().zip(counts);
    let hit = findings
        .filter(|(_, counts)| *counts)
        .any(|(finding, _)| threshold.is_some_and(|least| finding.severity >= least));
    Ok(match incomplete {
        Verdict::Incomplete => Verdict::Incomplete,
        _ if hit || (stale && options.baseline_ratchet && threshold.is_some()) => Verdict::Findings,
        _ => Verdict::Fine,
    })
}

/// Takes the accepted findings out, after the baseline was brought up to date where that is asked for. Gives how many,
/// and whether the baseline still accepts what isn't found any more.
fn baseline(
    options: &Options,
    file: &Path,
    judged: &mut Judged,
    console: &Console,
) -> Result<(Option<usize>, bool), Failure> {
    let shown = file.display();
    let mut known = match std::fs::read_to_string(file) {
        Ok(text) => Baseline::parse(&text).map_err(|why| Failure(format!("can't read the baseline {shown}: {why}")))?,
        Err(error) if error.kind() == ErrorKind::NotFound && options.update_baseline && !options.baseline_ratchet => {
            Baseline::default()
        }
        Err(error) => {
            return Err(Failure(format!("can't read the baseline {shown}: {error}; --update-baseline makes one")));
        }
    };
    if options.update_baseline || options.prune_baseline {
        let now = Baseline::of(&Report::new(judged.scene()), &known);
        let grows = options.update_baseline && !options.baseline_ratchet;
        known = if grows { now } else { known.pruned(&now) };
        let write = crate::write::file(file, known.text().as_bytes());
        write.map_err(|error| Failure(format!("can't write {shown}: {error}")))?;
    }
    let (hidden, stale) = known.apply(&judged.collection, &mut judged.judgement.findings);
    if !stale.is_empty() {
        let entries = words::count(stale.len(), "entry", "entries");
        console.say(&format!(
            "warning: {shown} accepts {entries} that can't be found any more; --prune-baseline takes them out"
        ));
        stale.iter().for_each(|one| console.say(&format!("  {one}")));
    }
    Ok((Some(hidden), !stale.is_empty()))
}
