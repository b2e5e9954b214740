//! `plansite doctor`: what is in use, what was not understood, and the configuration that would name it.

use std::path::PathBuf;

use clap::Args;

use super::console::Console;
use super::output::Layout;
use super::{Failure, Judged, Shared, Verdict};
use crate::doctor;

#[derive(Debug, Args)]
pub(super) struct Options {
    /// The documents' root
    docs: Option<PathBuf>,
    /// How to print
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    format: Layout,
}

pub(super) fn run(options: &Options, shared: &Shared, console: &Console) -> Result<Verdict, Failure> {
    let judged = Judged::read(options.docs.as_deref(), shared, console)?;
    if judged.collection.documents.is_empty() {
        let root = judged.place.root.display();
        return Err(Failure(format!("there is no Markdown file in {root}; name another folder")));
    }
    let diagnosis = doctor::examine(&judged.collection, &judged.config);
    let text = match options.format {
        Layout::Json => serde_json::to_string_pretty(&diagnosis)? + "\n",
        Layout::Text => doctor::print(&diagnosis, &judged.place.prefix, shared.verbose),
    };
    console.print(&text)?;
    let nothing = judged.collection.notes.iter().all(|notes| notes.iter().any(|note| note.rule == "unreadable-file"));
    Ok(if nothing { Verdict::Incomplete } else { Verdict::Fine })
}
