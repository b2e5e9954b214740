//! `plansite graph`: who hangs together with whom, for Graphviz, for Mermaid, or as JSON.

use std::collections::BTreeSet;
use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::console::Console;
use super::{Failure, Judged, Shared, Verdict};
use crate::feed::relations;
use crate::model::{Document, RelationKind};
use crate::resolve::Collection;
use crate::view::{Bond, bonds};
use crate::{report, words};

#[derive(Debug, Args)]
pub(super) struct Options {
    /// The documents' root
    docs: Option<PathBuf>,
    /// How to print
    #[arg(long, value_name = "FORMAT", default_value = "dot")]
    format: Layout,
    /// Draw mentions in running text too; JSON always has them
    #[arg(long)]
    mentions: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Layout {
    Dot,
    Mermaid,
    Json,
}

/// Characters of a title in a box.
const TITLE: usize = 60;

pub(super) fn run(options: &Options, shared: &Shared, console: &Console) -> Result<Verdict, Failure> {
    let judged = Judged::read(options.docs.as_deref(), shared, console)?;
    let collection = &judged.collection;
    let drawn = || -> Vec<Bond> {
        let wanted = |bond: &Bond| bond.to.is_some() && (bond.stated() || options.mentions);
        bonds(collection).into_iter().filter(wanted).collect()
    };
    let text = match options.format {
        Layout::Json => String::from_utf8_lossy(&relations::listing(collection)).into_owned(),
        Layout::Dot => dot(collection, &drawn()),
        Layout::Mermaid => mermaid(collection, &drawn()),
    };
    console.print(&text)?;
    Ok(judged.verdict(None))
}

/// The documents that have a part in any of the bonds, by index.
fn named(bonds: &[Bond]) -> BTreeSet<usize> {
    bonds.iter().flat_map(|bond| [Some(bond.from), bond.to]).flatten().collect()
}

/// `PLAN-023`, and the title where there is an id besides.
fn label(document: &Document) -> (String, String) {
    let title = words::visible(&words::shorten(&document.title.value, TITLE));
    match &document.id {
        Some(id) => (words::visible(&words::shorten(&id.value, TITLE)), title),
        None => (title, String::new()),
    }
}

fn dot(collection: &Collection, bonds: &[Bond]) -> String {
    let mut text =
        String::from("digraph plans {\n  rankdir=LR;\n  node [shape=box, style=rounded, fontname=\"sans-serif\"];\n");
    let quoted = |text: &str| report::dot(text);
    for index in named(bonds) {
        let document = &collection.documents[index];
        let (id, title) = label(document);
        let lines = if title.is_empty() { id } else { format!("{id}\n{title}") };
        let stage = document.stage().map_or("unknown", |stage| stage.word());
        let class = quoted(&format!("{} {stage}", document.kind.entry().word));
        let line =
            format!("  {} [label={}, class={class}];\n", quoted(document.path()), quoted(&lines.replace('&', "&amp;")));
        text.push_str(&line);
    }
    for bond in bonds {
        let path = |index: usize| quoted(collection.documents[index].path());
        let (from, to) = (path(bond.from), bond.to.map(path).unwrap_or_default());
        let look = match bond.kind {
            RelationKind::Supersedes | RelationKind::SupersededBy => ", style=bold",
            RelationKind::DependsOn => ", style=dashed",
            RelationKind::Related => ", dir=none",
            RelationKind::Mentions => ", style=dotted",
            _ => "",
        };
        text.push_str(&format!("  {from} -> {to} [label=\"{}\"{look}];\n", bond.kind.word()));
    }
    text.push_str("}\n");
    report::log(&text)
}

fn mermaid(collection: &Collection, bonds: &[Bond]) -> String {
    let mut text = String::from("flowchart LR\n");
    for index in named(bonds) {
        let (id, title) = label(&collection.documents[index]);
        let label = report::mermaid(&id);
        let label = if title.is_empty() { label } else { format!("{label}<br>{}", report::mermaid(&title)) };
        text.push_str(&format!("  d{index}[\"{label}\"]\n"));
    }
    for bond in bonds {
        let (from, to, word) = (bond.from, bond.to.unwrap_or(bond.from), bond.kind.word());
        let arrow = match bond.kind {
            RelationKind::Supersedes | RelationKind::SupersededBy => "==>",
            RelationKind::DependsOn | RelationKind::Mentions => "-.->",
            RelationKind::Related => "---",
            _ => "-->",
        };
        text.push_str(&format!("  d{from} {arrow}|{word}| d{to}\n"));
    }
    report::log(&text)
}
