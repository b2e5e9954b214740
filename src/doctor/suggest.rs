//! The `plansite.toml` that would name what is unknown.
//!
//! What has a likely meaning is a setting; what hasn't is a comment with the choices, because a guess would be worse than
//! the Unknown column. The text is always a valid configuration.

use std::collections::BTreeMap;

use super::{Gap, NearMiss, Reason, census, gaps, proper};
use crate::config::Config;
use crate::date;
use crate::model::{Field, KINDS, Origin, STAGES, Stage};
use crate::read::fact::{self, FACTS};
use crate::read::status::words::WORDS;
use crate::resolve::Collection;
use crate::words;

/// A longer status is a sentence; no setting would catch the next one.
const LONGEST_WORD: usize = 4;
/// A key in fewer documents is one person's habit.
const COMMON: usize = 3;

pub(super) fn config(collection: &Collection, config: &Config, gaps: &[Gap], misses: &[NearMiss]) -> String {
    let sections =
        [("[status]", statuses(gaps)), ("[fields]", fields(collection, config, misses)), ("[kinds]", kinds(gaps))];
    let sections = sections.into_iter().filter(|(_, lines)| !lines.is_empty());
    let texts: Vec<String> = sections.map(|(head, lines)| format!("{head}\n{}\n", lines.join("\n"))).collect();
    texts.join("\n")
}

fn statuses(gaps: &[Gap]) -> Vec<String> {
    let unknown = gaps.iter().filter(|gap| gap.reason == Reason::UnknownStatus);
    let short = unknown.filter(|gap| !gap.about.is_empty() && gap.about.split(' ').count() <= LONGEST_WORD);
    let stages = STAGES.iter().map(|stage| stage.word()).filter(|word| *word != Stage::Unknown.word());
    let stages: Vec<&str> = stages.collect();
    let line = |gap: &Gap| {
        let near = words::nearest(&gap.about, WORDS.iter().map(|(word, _)| *word));
        let stage = near.and_then(|near| WORDS.iter().find(|(word, _)| *word == near)).map(|(_, stage)| stage.word());
        match stage.zip(near) {
            Some((stage, near)) => setting(&gap.about, stage, &format!("like `{near}`; {}", documents(gap))),
            None => undecided(&gap.about, &documents(gap)),
        }
    };
    once(short.map(line), &stages)
}

fn fields(collection: &Collection, config: &Config, misses: &[NearMiss]) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for miss in misses.iter().filter(|miss| !miss.read) {
        let Some(fact) = fact::of(&miss.meant, &[], &BTreeMap::new()) else { continue };
        let Some((name, _)) = FACTS.iter().find(|(_, known)| *known == fact) else { continue };
        let count = words::count(miss.documents.len(), "document", "documents");
        lines.push(setting(&miss.key, name, &format!("like `{}`; {count}", miss.meant)));
    }
    let unknown = |field: &&Field| field.origin == Origin::Frontmatter;
    // for each unknown key how many documents have it, and what their values look like
    let mut looks: BTreeMap<&str, (usize, BTreeMap<Look, usize>)> = BTreeMap::new();
    for (_, document) in proper(collection).filter(|(_, document)| document.tracked()) {
        for field in document.fields.iter().filter(unknown) {
            if census::states(document, field, config).is_none() && fact::meant(&field.key.value).is_none() {
                let (count, seen) = looks.entry(&field.key.value).or_default();
                *count += 1;
                if let Some(look) = look(collection, field) {
                    *seen.entry(look).or_default() += 1;
                }
            }
        }
    }
    let mut open: BTreeMap<Look, Vec<(usize, &str)>> = BTreeMap::new();
    for (key, (count, seen)) in looks.into_iter().filter(|(_, (count, _))| *count >= COMMON) {
        let likely = seen.into_iter().max_by_key(|(_, number)| *number).filter(|(_, number)| number * 2 > count);
        if let Some((look, _)) = likely {
            open.entry(look).or_default().push((count, key));
        }
    }
    for (look, mut keys) in open {
        keys.sort_by_key(|(count, _)| std::cmp::Reverse(*count));
        lines.push(format!("# {}, one of: {}", look.words(), look.facts().join(", ")));
        lines.extend(keys.into_iter().map(|(count, key)| undecided(key, &format!("{count} documents"))));
    }
    lines
}

fn kinds(gaps: &[Gap]) -> Vec<String> {
    let kinds: Vec<&str> = KINDS.iter().map(|entry| entry.word).collect();
    let of = |reason: Reason| gaps.iter().filter(move |gap| gap.reason == reason);
    let typed = of(Reason::UnknownType).map(|gap| {
        let known = KINDS.iter().flat_map(|entry| entry.types.iter().chain([&entry.word]));
        let near = words::nearest(&gap.about, known.copied());
        let kind = near.and_then(|near| KINDS.iter().find(|entry| entry.word == near || entry.types.contains(&near)));
        match kind.zip(near) {
            Some((entry, near)) => setting(&gap.about, entry.word, &format!("like `{near}`; {}", documents(gap))),
            None => undecided(&gap.about, &format!("`type:` of {}", documents(gap))),
        }
    });
    let mut folders: BTreeMap<&str, usize> = BTreeMap::new();
    for gap in of(Reason::NoKind).filter(|gap| gap.about != "./") {
        let name = gap.about.trim_end_matches('/').rsplit('/').next().unwrap_or(&gap.about);
        *folders.entry(name).or_default() += gap.documents.len();
    }
    // a folder of one document is no place where a kind of documents lives
    let mut folders: Vec<(&str, usize)> = folders.into_iter().filter(|(_, count)| *count > 1).collect();
    folders.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    let folders = folders.into_iter().map(|(name, count)| {
        undecided(name, &format!("folder of {} with a status", words::count(count, "document", "documents")))
    });
    once(typed.chain(folders), &kinds)
}

/// Lines with the choices named once above those that leave it open, and those that don't first.
fn once(lines: impl Iterator<Item = String>, choices: &[&str]) -> Vec<String> {
    let (open, settled): (Vec<String>, Vec<String>) = lines.partition(|line| line.starts_with('#'));
    let head = (!open.is_empty()).then(|| format!("# one of: {}", choices.join(", ")));
    settled.into_iter().chain(head).chain(open).collect()
}

/// What the values of an unknown key look like.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Look {
    Date,
    Person,
    Document,
}

impl Look {
    fn words(self) -> &'static str {
        match self {
            Look::Date => "keys with dates",
            Look::Person => "keys with people",
            Look::Document => "keys with other documents",
        }
    }

    fn facts(self) -> &'static [&'static str] {
        match self {
            Look::Date => &["created", "updated", "reviewed", "expires", "next_review", "decided", "completed"],
            Look::Person => &["owner", "stakeholders"],
            Look::Document => &["related", "depends_on", "based_on", "implements", "supersedes", "superseded_by"],
        }
    }
}

fn look(collection: &Collection, field: &Field) -> Option<Look> {
    let texts = gaps::texts(&field.value);
    let all = |is: &dyn Fn(&str) -> bool| !texts.is_empty() && texts.iter().all(|text| is(text));
    let document = |text: &str| {
        let file = text.ends_with(".md") && !text.contains(' ');
        file || text.starts_with("[[") || !collection.ids.claimants(text).is_empty()
    };
    if all(&|text| text.len() >= 8 && date::parse(text).is_ok()) {
        Some(Look::Date)
    } else if all(&|text| text.starts_with('@') || (text.contains('@') && text.ends_with('>'))) {
        Some(Look::Person)
    } else {
        all(&document).then_some(Look::Document)
    }
}

fn documents(gap: &Gap) -> String {
    words::count(gap.documents.len(), "document", "documents")
}

fn setting(key: &str, value: &str, why: &str) -> String {
    format!("{} = {}  # {}", quoted(key), quoted(value), words::visible(why))
}

fn undecided(key: &str, why: &str) -> String {
    format!("# {} = \"\"  # {}", quoted(key), words::visible(why))
}

/// A TOML basic string.
fn quoted(text: &str) -> String {
    let mut quoted = String::from("\"");
    for c in text.chars() {
        match c {
            '"' | '\\' => quoted.extend(['\\', c]),
            c if c.is_control() => quoted += &format!("\\u{:04X}", c as u32),
            c => quoted.push(c),
        }
    }
    quoted + "\""
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_text_is_a_key() {
        for odd in ["parked", "a \"b\" \\ c", "x\ny\u{7f}\u{1b}[0m", "ключ", ""] {
            let line = setting(odd, "blocked", "why\nnot");
            let read: toml::Table = line.parse().unwrap_or_else(|error| panic!("{line}: {error}"));
            assert_eq!(read.get(odd).and_then(toml::Value::as_str), Some("blocked"), "{line}");
            let comment: toml::Table = undecided(odd, "why\nnot").parse().expect("a comment");
            assert!(comment.is_empty());
        }
    }
}
