//! Status words and what they mean.
//!
//! Status is free text: `✅ **COMPLETE** (2025-01-23)`, `Implemented (Swift 5.9)`, `Superseded by [x](y)`. The first
//! clause decides, from its beginning if it is known there, else from its end (`all items complete`).

pub mod words;

use std::collections::{BTreeMap, HashMap};
use std::sync::LazyLock;

use super::language::LANGUAGES;
use crate::config::StageWord;
use crate::model::Stage;
use words::{EVERYDAY, WORDS};

/// What a status text turned out to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reading {
    /// A known word.
    Known(Stage),
    /// A choice that nobody made (`Draft | Active`) or a placeholder (`[Status]`).
    Open,
    /// Words that mean no stage.
    Unknown,
    /// Nothing was written.
    Nothing,
}

/// Bytes of a status text that are looked at.
const LONGEST_TEXT: usize = 600;

/// Longest phrase of [`WORDS`], in words.
const LONGEST: usize = 4;

/// [`WORDS`] and those of other languages, by phrase.
static BY_PHRASE: LazyLock<HashMap<&'static str, Stage>> = LazyLock::new(|| {
    let foreign = LANGUAGES.iter().flat_map(|language| language.words);
    // English comes last, because the last of two counts
    foreign.chain(WORDS).copied().collect()
});

/// Reads a status text. `own` are the dialect's words, `config` the user's; both count before [`WORDS`].
pub fn read(raw: &str, own: &[(&str, Stage)], config: &BTreeMap<String, StageWord>) -> Reading {
    // the beginning decides; on a line of data the rest would only cost time
    let end = (0..=raw.len().min(LONGEST_TEXT)).rev().find(|at| raw.is_char_boundary(*at)).unwrap_or(0);
    let text = raw[..end].trim();
    if crate::date::nothing(text) || matches!(text.to_lowercase().as_str(), "tbd" | "tbc" | "tba" | "?") {
        return Reading::Nothing;
    }
    if open(text) {
        return Reading::Open;
    }
    let meaning = |phrase: &str| meaning(phrase, own, config);
    let clause = first_clause(text);
    let words: Vec<&str> = clause.split_whitespace().collect();
    if words.first() == Some(&"phase") && words.last().is_some_and(|word| word.starts_with("complete")) {
        return Reading::Known(Stage::Active);
    }
    let lengths = || (1..=words.len().min(LONGEST)).rev();
    let from_start = lengths().find_map(|length| meaning(&words[..length].join(" ")));
    let whole = meaning(&text.to_lowercase());
    // `80% complete` is under way, and `rough draft` a draft
    if part_done(text) {
        return Reading::Known(Stage::Active);
    }
    let dead = |word: &str| meaning(word).is_some_and(|stage| stage > Stage::Completed);
    if (2..=3).contains(&words.len()) && words.last() == Some(&"draft") && !words.iter().any(|word| dead(word)) {
        return Reading::Known(Stage::Draft);
    }
    // `not quite complete` and `to be completed` are anything but complete
    let deny = ["not", "no", "never", "nothing", "to", "yet", "will", "needs", "should", "must"];
    let denied = words.first().is_some_and(|word| deny.contains(word));
    let from_end =
        || lengths().filter(|_| !denied).find_map(|length| meaning(&words[words.len() - length..].join(" ")));
    match whole.or(from_start).or_else(from_end) {
        Some(stage) => Reading::Known(stage),
        None => Reading::Unknown,
    }
}

/// The stage of a text that is a status word and nothing else, symbols and case aside: what stands in brackets behind a
/// title. Words that have an everyday meaning too don't count.
pub fn exactly(text: &str, own: &[(&str, Stage)], config: &BTreeMap<String, StageWord>) -> Option<Stage> {
    if text.len() > 120 {
        return None;
    }
    let bare: String = bare(text).chars().map(|c| if c.is_alphanumeric() || c == '\'' { c } else { ' ' }).collect();
    let phrase = bare.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
    if phrase.is_empty() || EVERYDAY.contains(&phrase.as_str()) {
        return None;
    }
    meaning(&phrase, own, config)
}

/// What a whole phrase, lower case, means: to the user, to the dialect, to everybody.
fn meaning(phrase: &str, own: &[(&str, Stage)], config: &BTreeMap<String, StageWord>) -> Option<Stage> {
    let configured = config.iter().find(|(word, _)| word.to_lowercase() == phrase).map(|(_, stage)| stage.0);
    let listed = || own.iter().find(|(word, _)| *word == phrase).map(|(_, stage)| *stage);
    configured.or_else(listed).or_else(|| BY_PHRASE.get(phrase).copied())
}

/// A status as shown: without emphasis, link targets, comments, a trailing choice note.
pub fn bare(raw: &str) -> String {
    let mut text = String::with_capacity(raw.len());
    let mut rest = raw;
    while let Some(start) = rest.find("<!--") {
        text += &rest[..start];
        rest = rest[start..].find("-->").map_or("", |end| &rest[start + end + 3..]);
    }
    text += rest;
    while let Some(middle) = text.find("](") {
        let (Some(open), Some(close)) = (text[..middle].rfind('['), text[middle..].find(')')) else { break };
        let label = text[open + 1..middle].to_string();
        text.replace_range(open..=middle + close, &label);
    }
    let text = text.replace("**", "").replace("__", "");
    let text = text.trim_matches(['*', '_', '`', ' ', '\t', '\\']);
    let quoted = text.strip_prefix('"').and_then(|inner| inner.strip_suffix('"'));
    quoted.filter(|inner| !inner.contains('"')).unwrap_or(text).trim().to_string()
}

/// The words of a status text that decide: the fewest from its beginning that are read as the whole is. Where none are,
/// the first clause.
pub fn phrase(raw: &str, own: &[(&str, Stage)], config: &BTreeMap<String, StageWord>) -> String {
    let clause = first_clause(raw);
    let words: Vec<&str> = clause.split_whitespace().collect();
    let whole = read(raw, own, config);
    let deciding = (1..=words.len())
        .map(|count| words[..count].join(" "))
        .find(|phrase| matches!(whole, Reading::Known(_)) && read(phrase, own, config) == whole);
    deciding.unwrap_or(clause)
}

/// A share under 100 percent at the beginning.
fn part_done(text: &str) -> bool {
    let bare = text.trim_start_matches(|c: char| !c.is_alphanumeric());
    let digits = crate::words::digits(bare);
    let percent = bare[digits..].trim_start().starts_with('%');
    percent && bare[..digits].parse::<u32>().is_ok_and(|share| (1..100).contains(&share))
}

/// The words up to the first mark that ends a clause, lower case, symbols dropped. Hyphens part words.
fn first_clause(text: &str) -> String {
    // `~~Proposed~~ Accepted`: what is struck through was so once
    let current: String = text.split("~~").step_by(2).collect();
    let text = bare(if current.trim().is_empty() { text } else { &current })
        .to_lowercase()
        .replace(['_', '-'], " ")
        .replace('’', "'");
    let start = text.find(char::is_alphanumeric).unwrap_or(text.len());
    let ends = |c: char| {
        matches!(c, '(' | ')' | ',' | ';' | ':' | '.' | '—' | '–' | '·' | '|' | '[' | '<' | '/' | '+' | '&' | '\n')
    };
    let clause = text[start..].split(ends).next().unwrap_or("");
    let letters: String = clause.chars().map(|c| if c.is_alphanumeric() || c == '\'' { c } else { ' ' }).collect();
    letters.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A choice still open, or a placeholder.
fn open(text: &str) -> bool {
    let text = text.trim().trim_matches(['*', '`', '"']);
    let link = text.contains("](");
    let bracketed = (text.starts_with('[') && text.ends_with(']') && !text.starts_with("[x]"))
        || (text.starts_with('{') && text.ends_with('}'));
    let angled = text.starts_with('<') && text.ends_with('>') && !text.starts_with("<!--");
    let plain = bare(text);
    let parts = |separator: char| plain.split(separator).filter(|part| (1..=30).contains(&part.trim().len())).count();
    let word = |part: &str| BY_PHRASE.contains_key(part.trim().trim_matches(['[', '{']).to_lowercase().as_str());
    let choice = plain.contains('|') && plain.split(['|', '/']).filter(|part| word(part)).count() >= 3;
    // `Done | Created: 2026-07-22` is a status and other facts
    let facts = plain.split('|').skip(1).any(|part| part.contains(':'));
    let pipes =
        parts('|') >= 2 && !facts && plain.split('|').all(|part| part.trim().len() <= 30) && !plain.contains("**");
    let slashes = parts('/') >= 3 && plain.split('/').all(|part| part.split_whitespace().count() <= 3);
    choice || !link && (bracketed && inner_open(text) || angled || pipes || slashes)
}

fn inner_open(text: &str) -> bool {
    let inner = text.trim_matches(['[', ']', '{', '}', ' ']);
    // a map `{ accepted }` is YAML's reading of a choice that was made
    !(text.starts_with('{') && WORDS.iter().any(|(word, _)| *word == inner.to_lowercase()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stage(text: &str) -> &'static str {
        match read(text, &[], &BTreeMap::new()) {
            Reading::Known(stage) => stage.word(),
            Reading::Open => "open",
            Reading::Unknown => "?",
            Reading::Nothing => "-",
        }
    }

    #[test]
    fn words_as_people_write_them() {
        for (text, want) in [
            ("Active", "active"),
            ("✅ **COMPLETE** (2025-01-23)", "completed"),
            ("**Implemented (Swift 5.9)**", "completed"),
            ("Superseded by [DNS](0015-dns.md)", "superseded"),
            ("[ACCEPTED](/README.md#accepted)", "accepted"),
            ("Accepted (PR [\\#2897])", "accepted"),
            ("Accepted: Tracking issue [\\#3297].", "accepted"),
            ("🤔 Proposed", "proposed"),
            ("in-progress", "active"),
            ("Draft · **Tier:** Large", "draft"),
            ("Phase 2 Complete", "active"),
            ("ALL ITEMS COMPLETE ✅", "completed"),
            ("Stable in 1.3", "completed"),
            ("Approved <!-- Acceptable values: Draft, Approved -->", "accepted"),
            ("Not accepted", "rejected"),
            ("~~Proposed~~ Accepted", "accepted"),
            ("~~Proposed~~", "proposed"),
            ("Partly superseded by [x](y)", "accepted"),
            ("Landed / reference-verified", "completed"),
            ("상태: 초안", "?"),
            ("초안", "draft"),
            ("parked", "?"),
            ("Draft | In Progress | Complete", "open"),
            ("[Draft/Review/Approved]", "open"),
            ("Draft/Review/Approved", "open"),
            ("{proposed | rejected}", "open"),
            ("[Status]", "open"),
            ("n/a", "-"),
            ("", "-"),
        ] {
            assert_eq!(stage(text), want, "{text}");
        }
    }

    #[test]
    fn the_word_is_kept_bare() {
        assert_eq!(bare("**Implemented (Swift 5.9)**"), "Implemented (Swift 5.9)");
        assert_eq!(bare("[ACCEPTED](/README.md#accepted)"), "ACCEPTED");
        assert_eq!(bare("Approved <!-- x -->"), "Approved");
    }
}
