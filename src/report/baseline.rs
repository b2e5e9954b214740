//! Findings that are known and accepted for now, so that only new ones are told (schema `plansite.baseline/1`).
//!
//! An entry is a document (by its id, else its path), a rule, the words at fault, and how often: no line numbers, so
//! that text may move, and files that have an id may be renamed. The file is sorted, so that it merges well.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::Report;
use crate::diagnostic::Finding;
use crate::judge::CLOCK;
use crate::resolve::Collection;
use crate::words;

const SCHEMA: &str = "plansite.baseline/1";
/// Words at fault are kept up to this many characters.
const WORDS: usize = 160;

/// The accepted findings.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Baseline {
    entries: BTreeMap<Key, Entry>,
}

#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Key {
    document: String,
    rule: String,
    words: String,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Entry {
    count: usize,
    /// The day on which a lateness was accepted; absent for flaws that the day has no part in.
    accepted: Option<String>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    schema: String,
    findings: Vec<Line>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Line {
    document: String,
    rule: String,
    words: String,
    count: usize,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    accepted: Option<String>,
}

impl Baseline {
    /// Reads the text of a baseline file. The error says what is wrong, and where.
    pub fn parse(text: &str) -> Result<Baseline, String> {
        let file: File = serde_json::from_str(text).map_err(|error| error.to_string())?;
        if file.schema != SCHEMA {
            let schema = words::visible(&words::shorten(&file.schema, 40));
            return Err(format!("its schema is `{schema}`; this version reads `{SCHEMA}`"));
        }
        let mut entries: BTreeMap<Key, Entry> = BTreeMap::new();
        for Line { document, rule, words, count, accepted } in file.findings {
            let entry = entries.entry(Key { document, rule, words }).or_insert(Entry { count: 0, accepted: None });
            entry.count = entry.count.saturating_add(count);
            entry.accepted = accepted.or(entry.accepted.take());
        }
        Ok(Baseline { entries })
    }

    /// All findings of a report, accepted today. What was accepted before keeps its day.
    pub fn of(report: &Report<'_>, before: &Baseline) -> Baseline {
        let mut entries: BTreeMap<Key, Entry> = BTreeMap::new();
        for finding in report.findings() {
            let key = key(report.scene.collection, finding);
            let known = before.entries.get(&key).and_then(|entry| entry.accepted.clone());
            let today = || CLOCK.contains(&finding.rule).then(|| report.scene.today.to_string());
            entries.entry(key).or_insert_with(|| Entry { count: 0, accepted: known.or_else(today) }).count += 1;
        }
        Baseline { entries }
    }

    /// What both accept: this baseline without what isn't found any more.
    pub fn pruned(&self, now: &Baseline) -> Baseline {
        let both = self.entries.iter().filter_map(|(key, entry)| {
            let count = entry.count.min(now.entries.get(key)?.count);
            Some((key.clone(), Entry { count, accepted: entry.accepted.clone() }))
        });
        Baseline { entries: both.collect() }
    }

    /// Takes the accepted findings out. Gives how many, and what is accepted but not found, a sentence each.
    pub fn apply(&self, collection: &Collection, findings: &mut Vec<Finding>) -> (usize, Vec<String>) {
        let mut left: BTreeMap<&Key, usize> = self.entries.iter().map(|(key, entry)| (key, entry.count)).collect();
        let before = findings.len();
        findings.retain(|finding| match left.get_mut(&key(collection, finding)) {
            Some(count) if *count > 0 => {
                *count -= 1;
                false
            }
            _ => true,
        });
        let stale = left.iter().filter(|(_, count)| **count > 0);
        let stale = stale.map(|(key, count)| {
            let words = words::visible(&words::shorten(&key.words, 60));
            let times = if *count > 1 { format!(" ({count} times)") } else { String::new() };
            format!("{}: {} `{words}`{times}", words::visible(&key.document), words::visible(&key.rule))
        });
        (before - findings.len(), stale.collect())
    }

    /// The text of the file: an entry a line.
    pub fn text(&self) -> String {
        let line = |(key, entry): (&Key, &Entry)| {
            let Key { document, rule, words } = key.clone();
            let Entry { count, accepted } = entry.clone();
            serde_json::to_string(&Line { document, rule, words, count, accepted }).unwrap_or_default()
        };
        let lines: Vec<String> = self.entries.iter().map(line).map(|line| format!("    {line}")).collect();
        match lines.is_empty() {
            true => format!("{{\n  \"schema\": \"{SCHEMA}\",\n  \"findings\": []\n}}\n"),
            false => format!("{{\n  \"schema\": \"{SCHEMA}\",\n  \"findings\": [\n{}\n  ]\n}}\n", lines.join(",\n")),
        }
    }
}

fn key(collection: &Collection, finding: &Finding) -> Key {
    let document = &collection.documents[finding.document];
    let words: String = document.source.slice(finding.span).chars().take(WORDS).collect();
    let name = document.id.as_ref().map_or(document.path(), |id| id.value.as_str());
    Key { document: name.to_string(), rule: finding.rule.to_string(), words }
}
