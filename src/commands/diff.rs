//! `plansite diff`: what a change does to the plans, for a pull request.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::console::Console;
use super::{Failure, Judged, Shared, Verdict};
use crate::dialect;
use crate::discover;
use crate::pipeline;
use crate::report::diff;
use crate::view::Scene;

#[derive(Debug, Args)]
pub(super) struct Options {
    /// The revision to compare with, at the commit where the other one parted from it
    base: String,
    /// The revision that is compared [default: the working tree]
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

pub(super) fn run(options: &Options, shared: &Shared, console: &Console) -> Result<Verdict, Failure> {
    let (place, mut config) = Judged::place(options.docs.as_deref(), shared)?;
    // the past has no history of its own here, so neither side has one
    config.collection.git = false;
    let today = super::today(shared)?;
    let sidecars: Vec<(&str, &str)> = dialect::sidecars().collect();
    let parted = Some(options.head.as_deref().unwrap_or("HEAD"));
    let base = discover::snapshot(&place, &config, &options.base, parted, &sidecars)?;
    let base = pipeline::collect_at(&place, &config, base, console);
    let head = match &options.head {
        None => pipeline::collect(&place, &config, console)?,
        Some(revision) => {
            let head = discover::snapshot(&place, &config, revision, None, &sidecars)?;
            pipeline::collect_at(&place, &config, head, console)
        }
    };
    pipeline::Observer::begin(console, "judge", 0);
    let judged = [&base, &head].map(|collection| pipeline::judge(collection, &config, today));
    console.done();
    let scene = |collection, judgement| Scene {
        collection,
        judgement,
        config: &config,
        today,
        title: &place.name,
        prefix: &place.prefix,
    };
    let name = options.head.as_deref().unwrap_or("the working tree");
    let diff = diff::diff(&scene(&base, &judged[0]), &scene(&head, &judged[1]), &options.base, name);
    console.print(&match options.format {
        Layout::Markdown => diff.markdown(),
        Layout::Json => diff.json(),
    })?;
    Ok(Verdict::Fine)
}
