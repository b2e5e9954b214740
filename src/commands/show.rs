//! `plansite show`: one document as plansite understands it, each fact with its place.

mod anatomy;

use std::fmt::Write;
use std::path::{Path, PathBuf};

use clap::Args;

use super::console::Console;
use super::output::Layout;
use super::{Failure, Judged, Shared, Verdict};
use crate::feed::documents;
use crate::model::{Document, Gap, Origin, Status, Touch};
use crate::source::{Span, Spanned};
use crate::{path, report, words};

#[derive(Debug, Args)]
pub(super) struct Options {
    /// A path, an id or a slug
    doc: String,
    /// The documents' root
    #[arg(long, value_name = "DIR")]
    docs: Option<PathBuf>,
    /// How to print
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    format: Layout,
}

pub(super) fn run(options: &Options, shared: &Shared, console: &Console) -> Result<Verdict, Failure> {
    let judged = Judged::read(options.docs.as_deref(), shared, console)?;
    let index = find(&judged, &options.doc)?;
    let text = match options.format {
        Layout::Json => serde_json::to_string_pretty(&documents::detail(&judged.scene(), index))? + "\n",
        Layout::Text => report::log(&text(&judged, index)),
    };
    console.print(&text)?;
    Ok(Verdict::Fine)
}

/// By path (from here, from the root or from the repository), by id, by address or its last part.
fn find(judged: &Judged, wanted: &str) -> Result<usize, Failure> {
    let collection = &judged.collection;
    let absolute = std::env::current_dir()?.join(wanted);
    let within = absolute.strip_prefix(&judged.place.root).ok().map(Path::to_path_buf);
    let path = |document: &Document| {
        let own = Path::new(document.path());
        within.as_deref() == Some(own)
            || document.path() == wanted
            || format!("{}{}", judged.place.prefix, document.path()) == wanted
    };
    let by_path = || collection.documents.iter().position(|document| path(document));
    let by_id = || collection.ids.claimants(wanted).first().copied();
    let slug = wanted.trim_matches('/').to_lowercase();
    let by_slug = || {
        collection.addresses.iter().position(|address| {
            let address = address.trim_end_matches('/');
            address == slug || address.rsplit('/').next() == Some(slug.as_str())
        })
    };
    let by_stem = || {
        collection
            .documents
            .iter()
            .position(|document| path::name(document.path()) == wanted || path::stem(document.path()) == wanted)
    };
    by_path().or_else(by_id).or_else(by_slug).or_else(by_stem).ok_or_else(|| {
        let known: Vec<&str> = collection
            .documents
            .iter()
            .filter_map(|document| document.id.as_ref())
            .map(|id| id.value.as_str())
            .collect();
        let upper = wanted.to_uppercase();
        let near = known.iter().copied().filter(|id| strsim::damerau_levenshtein(id, &upper) <= 1).min();
        let help = near
            .map(|near| format!("; did you mean `{near}`?"))
            .unwrap_or_else(|| "; `plansite list` names them all".into());
        Failure(format!("there is no document `{wanted}` in {}{help}", judged.place.root.display()))
    })
}

/// What git tells, and where it doesn't know a day, why.
fn history(judged: &Judged, index: usize) -> Vec<(&'static str, String)> {
    let (past, upkeep) = (&judged.collection.pasts[index], &judged.judgement.upkeep[index]);
    let by = |touch: &Touch| format!("{} by {} ({})", touch.day, touch.author, touch.commit);
    let mut said = Vec::new();
    match (&past.changed, &past.gap) {
        (_, Some(Gap::Off | Gap::NoRepository)) => return said,
        (Some(touch), _) => said.push(("git", format!("content last changed {}", by(touch)))),
        (None, Some(gap)) => said.push(("git", format!("when its content last changed is unknown: {}", gap.reason()))),
        (None, None) => {}
    }
    if let Some(touch) = &past.created {
        said.push(("git", format!("begun {}", by(touch))));
    }
    if upkeep.reviewed_unchanged {
        said.push(("git", "its last review left it as it was".into()));
    }
    if let Some(drift) = &upkeep.drift {
        let least = if drift.complete { "" } else { "at least " };
        let commits = words::count(drift.commits.len(), "commit", "commits");
        said.push(("git", format!("{least}{commits} to its code since its review on {}", drift.since.value)));
    }
    said
}

fn text(judged: &Judged, index: usize) -> String {
    let document = &judged.collection.documents[index];
    let standing = &judged.judgement.standings[index];
    let mut out = String::new();
    let line = |span: Span| {
        let (file, at) = document.source.file(span.start);
        let beside = file.path != document.source.path;
        let name = if beside { format!("{}, ", path::name(&file.path)) } else { String::new() };
        format!("{name}line {}", file.place(at).line)
    };
    let mut put = |name: &str, value: &str, place: Option<Span>| {
        let place =
            place.filter(|span| *span != Span::default()).map(|span| format!("  ({})", line(span))).unwrap_or_default();
        // writing to a string cannot fail
        let _ = writeln!(out, "{name:12} {}{place}", words::visible(value));
    };
    put("title", &document.title.value, Some(document.title.span));
    put("path", document.path(), None);
    put("address", &judged.collection.addresses[index], None);
    if let Some(id) = &document.id {
        put("id", &id.value, Some(id.span));
    }
    let role = if document.tracked() { "" } else { " (not tracked)" };
    put("kind", &format!("{}{role}", document.kind.entry().word), None);
    put("dialect", document.dialect, None);
    match &document.status {
        None => put("status", "none is written", None),
        Some(status) => put("status", &said(status), Some(status.span)),
    }
    for status in document.statuses.iter().filter(|status| Some(*status) != document.status.as_ref()) {
        put("  also", &said(status), Some(status.span));
    }
    for (name, people) in
        [("owner", &document.owners), ("stakeholder", &document.stakeholders), ("tag", &document.tags)]
    {
        people.iter().for_each(|person| put(name, &person.value, Some(person.span)));
    }
    let dates = &document.dates;
    let named = [
        ("created", &dates.created),
        ("updated", &dates.updated),
        ("reviewed", &dates.reviewed),
        ("expires", &dates.expires),
        ("next review", &dates.next_review),
        ("decided", &dates.decided),
        ("completed", &dates.completed),
    ];
    for (name, date) in named {
        if let Some(Spanned { value, span }) = date {
            put(name, &value.to_string(), Some(*span));
        }
    }
    let deadline = standing
        .deadline
        .as_ref()
        .map(|day| format!(", {} {}", standing.basis.unwrap_or(""), day.value))
        .unwrap_or_default();
    put("freshness", &format!("{}{deadline}", standing.state.word()), None);
    for (name, value) in history(judged, index) {
        put(name, &value, None);
    }
    for (name, value, line) in anatomy::facts(document) {
        put(name, &value, Some(document.source.line_span(line as usize)).filter(|_| line > 0));
    }
    for relation in judged.collection.relations_of(index) {
        let to = relation.to.map_or_else(
            || match relation.raw.contains("://") {
                true => relation.raw.clone(),
                false => format!("`{}`, which isn't there", relation.raw),
            },
            |to| judged.collection.documents[to].path().to_string(),
        );
        let note = if relation.inferred { " (the other side says so)" } else { "" };
        put(relation.kind.word(), &format!("{to}{note}"), (!relation.inferred).then_some(relation.span));
    }
    for finding in judged.judgement.of(index) {
        put(finding.severity.word(), &format!("[{}] {}", finding.rule, finding.message), Some(finding.span));
    }
    out
}

fn said(status: &Status) -> String {
    let place = match (status.origin, &status.key) {
        (Origin::Folder, _) => "the folder's name".to_string(),
        (Origin::FileName, _) => "the file's name".to_string(),
        (Origin::Title, _) => "the title".to_string(),
        (Origin::Relation, _) => "its successor".to_string(),
        (origin, Some(key)) => format!("{} `{key}`", origin.word()),
        (origin, None) => origin.word().to_string(),
    };
    format!("{}: `{}`, from {place}", status.stage.word(), status.raw)
}
