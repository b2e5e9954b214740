//! `plansite diff`: what a pull request changes about plans.

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use serde::Serialize;

use super::console::Console;
use super::{Failure, Judged, Shared, Verdict};
use crate::diff::{self, Diff, Side};
use crate::discover;
use crate::{dialect, judge, pipeline};

#[derive(Debug, Args)]
pub(super) struct Options {
    /// The revision to compare with: a branch, a tag, a commit
    base: String,
    /// The revision that is compared [default: the files as they are]
    head: Option<String>,
    /// The documents' root
    #[arg(long, value_name = "DIR")]
    docs: Option<PathBuf>,
    /// How to print
    #[arg(long, value_name = "FORMAT", default_value = "markdown")]
    format: Layout,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Layout {
    Markdown,
    Json,
}

/// Schema `plansite.diff/1`.
#[derive(Debug, Serialize)]
struct Envelope<'a> {
    schema: &'static str,
    today: String,
    base: &'a str,
    head: &'a str,
    #[serde(flatten)]
    diff: &'a Diff,
}

pub(super) fn run(options: &Options, shared: &Shared, console: &Console) -> Result<Verdict, Failure> {
    let judged = Judged::settled(options.docs.as_deref(), shared)?;
    let (place, config, today) = (&judged.place, &judged.config, judged.today);
    let sidecars: Vec<(&str, &str)> = dialect::sidecars().collect();
    let at = |name: &str| -> Result<_, Failure> {
        let tree = discover::revision(place, config, name, &sidecars)?;
        let collection = pipeline::collect_at(place, config, tree, console);
        let judgement = judge::judge(&collection, config, today);
        Ok((collection, judgement))
    };
    let base = at(&options.base)?;
    let head = match &options.head {
        Some(name) => at(name)?,
        None => {
            let collection = pipeline::collect(place, config, console)?;
            let judgement = judge::judge(&collection, config, today);
            (collection, judgement)
        }
    };
    console.done();
    let side = |state| {
        let (collection, judgement): &(_, _) = state;
        Side { collection, judgement }
    };
    let diff = diff::diff(side(&base), side(&head), today);
    let named = options.head.as_deref().unwrap_or("the files as they are");
    let text = match options.format {
        Layout::Markdown => diff::markdown(&diff, &options.base, named),
        Layout::Json => {
            let (schema, today) = ("plansite.diff/1", today.to_string());
            let head = options.head.as_deref().unwrap_or("");
            serde_json::to_string_pretty(&Envelope { schema, today, base: &options.base, head, diff: &diff })? + "\n"
        }
    };
    console.print(&text)?;
    Ok(Verdict::Fine)
}
