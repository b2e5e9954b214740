//! Test only: the whole index in lunr.js's own form, and a corpus turned into index files, for `tests/search`.

#![allow(clippy::unwrap_used)]

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::config::Config;
use crate::markdown::{self, Arena};
use crate::model::{Document, Freshness, Stage};
use crate::read;
use crate::search::{Analysed, Card, FIELDS, Files, Index, Mark, Texts, analyse, language, text};
use crate::source::Source;

/// A document from a text.
pub fn document(path: &str, text: &str) -> Document {
    read::read(Source::new(path, text), &Config::default()).value
}

/// A card such as a view would make.
pub fn card(document: &Document) -> Card {
    let stage = document.stage();
    let word = stage.map_or("", Stage::word);
    let dead = matches!(stage, Some(Stage::Superseded | Stage::Archived | Stage::Deprecated | Stage::Rejected));
    let label = word[..word.len().min(1)].to_uppercase() + word.get(1..).unwrap_or("");
    Card {
        url: format!("{}/index.html", document.path().trim_end_matches(".md")),
        id: document.id.as_ref().map(|id| id.value.clone()),
        title: document.title.value.clone(),
        kind: document.kind,
        icon: document.kind.entry().word.into(),
        stage,
        mark: stage.map(|_| Mark { class: format!("st st-{word}"), icon: word.into(), label }),
        freshness: if stage == Some(Stage::Active) { Freshness::Fresh } else { Freshness::Exempt },
        turns: Vec::new(),
        owners: document.owners.iter().map(|owner| owner.value.clone()).collect(),
        summary: document.summary.clone(),
        dead,
        fate: if dead { "by PLAN-001".into() } else { String::new() },
        boost: if dead { 0.5 } else { 1.0 },
    }
}

/// A document, looked at.
pub fn analysed(document: &Document) -> Analysed {
    let arena = Arena::new();
    analyse(document, markdown::parse(&arena, document.body()))
}

/// The index as `JSON.stringify` prints lunr's own.
fn whole(files: &Files<'_>) -> String {
    let mut vectors: Vec<Vec<Vec<(u32, u32)>>> = vec![vec![Vec::new(); FIELDS.len()]; files.lengths.len()];
    let mut inverted = String::new();
    let quote = |text: &str| Value::from(text).to_string();
    let names: Vec<String> = FIELDS.iter().map(|field| quote(field.name)).collect();
    for term in files.terms.iter().filter(|term| term.pairs > 0) {
        let entries = files.entries(term);
        let comma = if inverted.is_empty() { "" } else { "," };
        write!(inverted, "{comma}[{},{{\"_index\":{}", quote(files.name(term)), term.at).unwrap();
        for (field, name) in names.iter().enumerate() {
            let mut documents = Vec::new();
            for (document, score) in files.scores(term, field, &entries) {
                vectors[document as usize][field].push((term.at, score));
                documents.push(format!("\"{document}\":{{}}"));
            }
            write!(inverted, ",{name}:{{{}}}", documents.join(",")).unwrap();
        }
        inverted.push_str("}]");
    }
    let mut json = format!("{{\"version\":\"2.3.9\",\"fields\":[{}],\"fieldVectors\":[", names.join(","));
    for (document, fields) in vectors.iter_mut().enumerate() {
        for (field, vector) in fields.iter_mut().enumerate() {
            vector.sort_unstable();
            let scores: Vec<String> = vector.iter().map(|(t, s)| format!("{t},{}", f64::from(*s) / 1000.0)).collect();
            let comma = if document + field > 0 { "," } else { "" };
            write!(json, "{comma}[\"{}/{document}\",[{}]]", FIELDS[field].name, scores.join(",")).unwrap();
        }
    }
    json + "],\"invertedIndex\":[" + &inverted + "],\"pipeline\":[\"stemmer\"]}"
}

fn markdown_files(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            markdown_files(&path, found);
        } else if path.extension().is_some_and(|end| end == "md") {
            found.push(path);
        }
    }
}

/// With `PLANSITE_SEARCH_DOCS` and `PLANSITE_SEARCH_OUT`: writes the index of a folder of documents, the same index as
/// lunr would, the fields it was made from, and the
/// stems of the words in `words.txt`, for a language. See `tests/search/README.md`.
#[test]
fn writes_what_the_node_tests_compare() {
    let (Some(docs), Some(out)) = (std::env::var_os("PLANSITE_SEARCH_DOCS"), std::env::var_os("PLANSITE_SEARCH_OUT"))
    else {
        return;
    };
    let (docs, out) = (PathBuf::from(docs), PathBuf::from(out));
    let mut paths = Vec::new();
    markdown_files(&docs, &mut paths);
    paths.sort();
    std::fs::create_dir_all(out.join("search")).unwrap();
    let write = |(path, bytes): crate::search::File| std::fs::write(out.join(path), bytes).unwrap();
    let language = language::of(&std::env::var("PLANSITE_SEARCH_LANGUAGE").unwrap_or("en".into()));
    let (mut index, mut texts) = (Index::new(language), Texts::default());
    let (mut slots, mut cards, mut fields) = (Vec::new(), Vec::new(), Vec::new());
    let exact = std::env::var_os("PLANSITE_SEARCH_WHOLE").is_some();
    for path in &paths {
        let text = String::from_utf8_lossy(&std::fs::read(path).unwrap()).into_owned();
        let document = document(&path.strip_prefix(&docs).unwrap().to_string_lossy(), &text);
        let card = card(&document);
        if exact {
            let arena = Arena::new();
            let sections = text::sections(&document, markdown::parse(&arena, document.body()));
            let pieces = crate::search::texts(&document, &sections);
            let row: serde_json::Map<String, Value> = FIELDS
                .iter()
                .zip(pieces)
                .map(|(field, pieces)| {
                    let text: Vec<&str> = pieces.iter().map(|(_, text)| &**text).collect();
                    (field.name.into(), text.join("\n").into())
                })
                .collect();
            fields.push(serde_json::json!({"boost": card.boost, "fields": row}));
        }
        let analysed = analysed(&document);
        slots.push(index.put(&analysed));
        texts.add(&card.url, &analysed.sections).into_iter().for_each(write);
        cards.push(card);
    }
    texts.rest().into_iter().for_each(write);
    let files = Files::new(&index, &slots, cards);
    (0..files.count()).map(|at| files.file(at).unwrap()).for_each(write);
    if exact {
        std::fs::write(out.join("whole.json"), whole(&files)).unwrap();
        std::fs::write(out.join("fields.json"), Value::from(fields).to_string()).unwrap();
    }
    if let Ok(words) = std::fs::read_to_string(out.join("words.txt")) {
        let forms = words.lines().map(|word| language.forms(word));
        let stems: Vec<String> =
            forms.map(|(stem, other)| [stem, other.unwrap_or_default()].join(" ").trim_end().into()).collect();
        std::fs::write(out.join("stems.txt"), stems.join("\n")).unwrap();
    }
}
