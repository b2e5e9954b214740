//! Test only: the whole index in lunr.js's own form, and a corpus turned into index files, for `tests/search`.

#![allow(clippy::unwrap_used, clippy::print_stderr)]

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::config::Config;
use crate::model::{Document, Freshness, Stage};
use crate::read;
use crate::search::builder::Index;
use crate::search::{Builder, Card, FIELDS, Mark, analyse, language};
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
        tags: document.tags.iter().map(|tag| tag.value.clone()).collect(),
        summary: document.summary.clone(),
        dead,
    }
}

/// The index as `JSON.stringify` prints lunr's own.
fn whole(index: &Index) -> String {
    let mut vectors: Vec<Vec<Vec<(u32, u32)>>> = vec![vec![Vec::new(); FIELDS.len()]; index.lengths.len()];
    for term in &index.terms {
        for (field, _) in FIELDS.iter().enumerate() {
            for (document, score) in index.scores(term, field) {
                vectors[document as usize][field].push((term.sight, score));
            }
        }
    }
    let quote = |text: &str| Value::from(text).to_string();
    let names: Vec<String> = FIELDS.iter().map(|field| quote(field.name)).collect();
    let mut json = format!("{{\"version\":\"2.3.9\",\"fields\":[{}],\"fieldVectors\":[", names.join(","));
    for (document, fields) in vectors.iter_mut().enumerate() {
        for (field, vector) in fields.iter_mut().enumerate() {
            vector.sort_unstable();
            let scores: Vec<String> = vector.iter().map(|(t, s)| format!("{t},{}", f64::from(*s) / 1000.0)).collect();
            let comma = if document + field > 0 { "," } else { "" };
            write!(json, "{comma}[\"{}/{document}\",[{}]]", FIELDS[field].name, scores.join(",")).unwrap();
        }
    }
    json.push_str("],\"invertedIndex\":[");
    let held = index.terms.iter().filter(|term| term.pairs > 0);
    for (at, term) in held.enumerate() {
        let comma = if at > 0 { "," } else { "" };
        write!(json, "{comma}[{},{{\"_index\":{}", quote(&term.name), term.sight).unwrap();
        for (field, name) in names.iter().enumerate() {
            let documents: Vec<String> = index.scores(term, field).map(|(d, _)| format!("\"{d}\":{{}}")).collect();
            write!(json, ",{name}:{{{}}}", documents.join(",")).unwrap();
        }
        json.push_str("}]");
    }
    json + "],\"pipeline\":[\"stemmer\"]}"
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
    let (mut builder, mut twin, mut fields) = (Builder::new(language), Builder::new(language), Vec::new());
    let start = std::time::Instant::now();
    let mut spent = (std::time::Duration::ZERO, std::time::Duration::ZERO);
    let exact = std::env::var_os("PLANSITE_SEARCH_WHOLE").is_some();
    for path in &paths {
        let text = String::from_utf8_lossy(&std::fs::read(path).unwrap()).into_owned();
        let document = document(&path.strip_prefix(&docs).unwrap().to_string_lossy(), &text);
        let card = card(&document);
        if exact {
            let texts = crate::search::texts(&document, &card, &crate::search::text::sections(&document));
            let row: serde_json::Map<String, Value> =
                FIELDS.iter().zip(texts).map(|(field, text)| (field.name.into(), text.into())).collect();
            fields.push(serde_json::json!({"dead": card.dead, "fields": row}));
            let _ = twin.add(analyse(&document, card.clone()));
        }
        let before = std::time::Instant::now();
        let analysed = analyse(&document, card);
        let between = std::time::Instant::now();
        let full = builder.add(analysed);
        spent = (spent.0 + (between - before), spent.1 + between.elapsed());
        full.into_iter().for_each(write);
    }
    let (mut finish, mut before) = (std::time::Duration::ZERO, std::time::Instant::now());
    let files = builder.finish();
    for file in (0..files.count()).map(|at| files.file(at).unwrap()) {
        finish += before.elapsed();
        write(file);
        before = std::time::Instant::now();
    }
    let (analysed, added) = spent;
    let all = start.elapsed();
    eprintln!(
        "{} documents: analyse {analysed:?}, add {added:?}, finish {finish:?}, with reading and writing {all:?}",
        paths.len()
    );
    if exact {
        std::fs::write(out.join("whole.json"), whole(&twin.close().0)).unwrap();
        std::fs::write(out.join("fields.json"), Value::from(fields).to_string()).unwrap();
    }
    if let Ok(words) = std::fs::read_to_string(out.join("words.txt")) {
        let forms = words.lines().map(|word| language.forms(word));
        let stems: Vec<String> =
            forms.map(|(stem, other)| [stem, other.unwrap_or_default()].join(" ").trim_end().into()).collect();
        std::fs::write(out.join("stems.txt"), stems.join("\n")).unwrap();
    }
}
