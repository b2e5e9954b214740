//! `plansite list`: documents as a table, as JSON or as CSV.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::console::Console;
use super::{Failure, Judged, Shared, Verdict};
use crate::feed::documents;
use crate::model::{Document, KINDS, Kind, STAGES, Stage};
use crate::{report, words};

#[derive(Debug, Args)]
pub(super) struct Options {
    /// The documents' root
    docs: Option<PathBuf>,
    /// Only this kind: plan, adr, rfc, spec, research …
    #[arg(long, value_name = "KIND")]
    kind: Option<String>,
    /// Only this stage: draft, proposed, accepted, active …
    #[arg(long, value_name = "STAGE")]
    stage: Option<String>,
    /// Only what this person or team owns, case aside
    #[arg(long, value_name = "NAME")]
    owner: Option<String>,
    /// How to print
    #[arg(long, value_name = "FORMAT", default_value = "table")]
    format: Layout,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Layout {
    Table,
    Json,
    Csv,
}

/// The columns of table and CSV.
const COLUMNS: [&str; 8] = ["path", "id", "kind", "stage", "freshness", "deadline", "owners", "title"];

pub(super) fn run(options: &Options, shared: &Shared, console: &Console) -> Result<Verdict, Failure> {
    let kind = options.kind.as_deref().map(kind).transpose()?;
    let stage = options.stage.as_deref().map(stage).transpose()?;
    let judged = Judged::read(options.docs.as_deref(), shared, console)?;
    let scene = judged.scene();
    let owned = |document: &Document| {
        let wanted = options.owner.as_deref().map(|owner| owner.trim_start_matches('@').to_lowercase());
        let is = |name: &str| wanted.as_deref() == Some(name.trim_start_matches('@').to_lowercase().as_str());
        wanted.is_none() || document.owners.iter().any(|owner| is(&owner.value))
    };
    let in_stage = |document: &Document| {
        stage.is_none_or(|stage| {
            document.stage() == Some(stage)
                || (stage == Stage::Unknown && document.tracked() && document.stage().is_none())
        })
    };
    let wanted =
        |document: &Document| kind.is_none_or(|kind| document.kind == kind) && in_stage(document) && owned(document);
    let indices =
        judged.collection.documents.iter().enumerate().filter(|(_, document)| wanted(document)).map(|(index, _)| index);
    let text = match options.format {
        Layout::Json => {
            let listing = documents::listing(&scene, indices);
            serde_json::to_string_pretty(&listing)? + "\n"
        }
        Layout::Csv => csv(indices.map(|index| row(&judged, index))),
        Layout::Table => report::log(&table(&indices.map(|index| row(&judged, index)).collect::<Vec<_>>())),
    };
    console.print(&text)?;
    Ok(judged.verdict(None))
}

fn row(judged: &Judged, index: usize) -> [String; 8] {
    let document = &judged.collection.documents[index];
    let standing = &judged.judgement.standings[index];
    let owners: Vec<&str> = document.owners.iter().map(|owner| owner.value.as_str()).collect();
    [
        document.path().to_string(),
        document.id.as_ref().map(|id| id.value.clone()).unwrap_or_default(),
        document.kind.entry().word.to_string(),
        document.stage().map(|stage| stage.word().to_string()).unwrap_or_default(),
        standing.state.word().to_string(),
        standing.deadline.as_ref().map(|day| day.value.to_string()).unwrap_or_default(),
        owners.join(", "),
        document.title.value.clone(),
    ]
}

/// RFC 4180, with `\n` as line end.
fn csv(rows: impl Iterator<Item = [String; 8]>) -> String {
    let cell = |text: &String| {
        if text.contains([',', '"', '\n']) { format!("\"{}\"", text.replace('"', "\"\"")) } else { text.clone() }
    };
    let line = |row: &[String; 8]| row.iter().map(cell).collect::<Vec<_>>().join(",") + "\n";
    let head = COLUMNS.map(str::to_string);
    std::iter::once(head).chain(rows).map(|row| line(&row)).collect()
}

fn table(rows: &[[String; 8]]) -> String {
    let count = words::count(rows.len(), "document", "documents");
    let shown = |row: &[String; 8]| row.each_ref().map(|cell| words::visible(&words::shorten(cell, 60)));
    let rows: Vec<[String; 8]> = std::iter::once(COLUMNS.map(str::to_string)).chain(rows.iter().map(shown)).collect();
    let width = |column: usize| rows.iter().map(|row| row[column].chars().count()).max().unwrap_or(0);
    let widths: Vec<usize> = (0..8).map(width).collect();
    let mut text = String::new();
    for row in &rows {
        let cells = row.iter().zip(&widths).map(|(cell, width)| format!("{cell:width$}"));
        text += cells.collect::<Vec<_>>().join("  ").trim_end();
        text.push('\n');
    }
    text + &count + "\n"
}

fn kind(word: &str) -> Result<Kind, Failure> {
    let known = KINDS.iter().map(|entry| entry.word);
    let help = words::nearest(word, known.clone()).map_or_else(
        || format!("there are {}", known.collect::<Vec<_>>().join(", ")),
        |near| format!("did you mean `{near}`?"),
    );
    Kind::from_word(word).ok_or_else(|| Failure(format!("there is no kind `{word}`; {help}")))
}

fn stage(word: &str) -> Result<Stage, Failure> {
    let known = STAGES.iter().map(|stage| stage.word());
    let help = words::nearest(word, known.clone()).map_or_else(
        || format!("there are {}", known.collect::<Vec<_>>().join(", ")),
        |near| format!("did you mean `{near}`?"),
    );
    Stage::from_word(&word.to_lowercase()).ok_or_else(|| Failure(format!("there is no stage `{word}`; {help}")))
}
