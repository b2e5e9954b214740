//! `plansite build`: the static site.

use std::path::PathBuf;

use clap::Args;

use super::console::Console;
use super::look::look;
use super::{Failure, Judged, Shared, Verdict};
use crate::diagnostic::Severity;
use crate::pipeline;
use crate::report::Report;
use crate::words;
use crate::write::{Guard, LARGE, Output};

#[derive(Debug, Args)]
pub(super) struct Options {
    /// The documents' root
    docs: Option<PathBuf>,
    /// The folder to write to
    #[arg(short, long, value_name = "DIR", default_value = "site")]
    out: PathBuf,
    /// Where the site will be, for canonical addresses; overrides the configuration
    #[arg(long, value_name = "URL")]
    base_url: Option<String>,
    /// End with 1 where a document has an error
    #[arg(long)]
    strict: bool,
}

pub(super) fn run(options: &Options, shared: &Shared, console: &Console) -> Result<Verdict, Failure> {
    let mut judged = Judged::read(options.docs.as_deref(), shared, console)?;
    if let Some(address) = &options.base_url {
        judged.config.site.base_url = Some(address.clone());
    }
    if judged.collection.documents.is_empty() {
        return Err(Failure(format!(
            "there is no Markdown file in {}; name another folder",
            judged.place.root.display()
        )));
    }
    let theme = look(&judged, console)?;
    let repository = Some(judged.place.repository.as_path()).filter(|repository| *repository != judged.place.root);
    let output = Output::open(&options.out, &Guard::new(&judged.place.root, repository))?;
    let built = pipeline::build(&judged.place, judged.scene(), &theme, output, console)?;
    console.done();
    for path in &built.failed {
        console.say(&format!("warning: {path} could not be rendered; its page shows the text as it is written"));
    }
    for path in &built.written.kept {
        console.say(&format!("warning: {path} was edited by hand and is kept, although no document makes it any more"));
    }
    if built.written.bytes > LARGE {
        console.say("warning: the site is larger than GitHub Pages takes");
    }
    let counts = Report::new(judged.scene()).counts();
    let documents = words::count(judged.collection.documents.len(), "document", "documents");
    let pages = words::count(built.pages, "page", "pages");
    let errors = words::count(counts.errors, "error", "errors");
    let warnings = words::count(counts.warnings, "warning", "warnings");
    let (out, report) = (options.out.display(), &built.written);
    let changed = report.created + report.changed + report.removed.len();
    console.say(&format!("{documents}, {errors}, {warnings}"));
    console
        .say(&format!("{pages} in {out} ({changed} files changed); open {}", options.out.join("index.html").display()));
    if !built.failed.is_empty() {
        return Ok(Verdict::Incomplete);
    }
    Ok(judged.verdict(options.strict.then_some(Severity::Error)))
}
