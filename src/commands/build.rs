//! `plansite build`: the static site.

use std::path::PathBuf;

use clap::Args;

use super::console::Console;
use super::{Failure, Judged, Shared, Verdict};

#[derive(Debug, Args)]
pub(super) struct Options {
    /// The documents' root
    docs: Option<PathBuf>,
    /// The folder to write to
    #[arg(short, long, value_name = "DIR", default_value = "site")]
    out: PathBuf,
}

pub(super) fn run(options: &Options, shared: &Shared, console: &Console) -> Result<Verdict, Failure> {
    let judged = Judged::read(options.docs.as_deref(), shared, console)?;
    let _ = &options.out;
    Ok(judged.verdict(None))
}
