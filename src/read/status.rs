//! Status words and what they mean.
//!
//! Status is free text: `✅ **COMPLETE** (2025-01-23)`, `Implemented (Swift 5.9)`, `Superseded by [x](y)`. The first
//! clause decides, from its beginning if it is known there, else from its end (`all items complete`).

use std::collections::BTreeMap;

use crate::config::StageWord;
use crate::model::Stage;

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

/// Words in use, lower case, and their stages. A dialect's own words count before these.
pub const WORDS: &[(&str, Stage)] = &[
    ("draft", Stage::Draft),
    ("drafting", Stage::Draft),
    ("predraft", Stage::Draft),
    ("wip", Stage::Draft),
    ("work in progress", Stage::Draft),
    ("incomplete", Stage::Draft),
    ("idea", Stage::Draft),
    ("ideation", Stage::Draft),
    ("strawman", Stage::Draft),
    ("scoped", Stage::Draft),
    ("scoping", Stage::Draft),
    ("new", Stage::Draft),
    ("todo", Stage::Draft),
    ("to do", Stage::Draft),
    ("backlog", Stage::Draft),
    ("not started", Stage::Draft),
    ("planned", Stage::Draft),
    ("planning", Stage::Draft),
    ("plan", Stage::Draft),
    ("future", Stage::Draft),
    ("provisional", Stage::Draft),
    ("exploring", Stage::Draft),
    ("design", Stage::Draft),
    ("returned for revision", Stage::Draft),
    ("proposed", Stage::Proposed),
    ("proposal", Stage::Proposed),
    ("pending", Stage::Proposed),
    ("pending review", Stage::Proposed),
    ("pending approval", Stage::Proposed),
    ("review", Stage::Proposed),
    ("reviewing", Stage::Proposed),
    ("in review", Stage::Proposed),
    ("under review", Stage::Proposed),
    ("under consideration", Stage::Proposed),
    ("under discussion", Stage::Proposed),
    ("in discussion", Stage::Proposed),
    ("discussion", Stage::Proposed),
    ("public discussion", Stage::Proposed),
    ("active review", Stage::Proposed),
    ("awaiting review", Stage::Proposed),
    ("scheduled for review", Stage::Proposed),
    ("ready for review", Stage::Proposed),
    ("request for comments", Stage::Proposed),
    ("last call", Stage::Proposed),
    ("open", Stage::Proposed),
    ("candidate", Stage::Proposed),
    ("submitted", Stage::Proposed),
    ("published", Stage::Accepted),
    ("publish", Stage::Accepted),
    ("accepted", Stage::Accepted),
    ("approved", Stage::Accepted),
    ("adopted", Stage::Accepted),
    ("agreed", Stage::Accepted),
    ("decided", Stage::Accepted),
    ("decision made", Stage::Accepted),
    ("ratified", Stage::Accepted),
    ("committed", Stage::Accepted),
    ("implementable", Stage::Accepted),
    ("ready", Stage::Accepted),
    ("spec ready", Stage::Accepted),
    ("ready for implementation", Stage::Accepted),
    ("ready for release", Stage::Accepted),
    ("waiting for implementation", Stage::Accepted),
    ("recommended", Stage::Accepted),
    ("current", Stage::Active),
    ("active", Stage::Active),
    ("in progress", Stage::Active),
    ("inprogress", Stage::Active),
    ("progress", Stage::Active),
    ("ongoing", Stage::Active),
    ("on going", Stage::Active),
    ("started", Stage::Active),
    ("running", Stage::Active),
    ("doing", Stage::Active),
    ("underway", Stage::Active),
    ("under way", Stage::Active),
    ("executing", Stage::Active),
    ("execution", Stage::Active),
    ("implementing", Stage::Active),
    ("implementation", Stage::Active),
    ("in implementation", Stage::Active),
    ("under implementation", Stage::Active),
    ("in development", Stage::Active),
    ("development", Stage::Active),
    ("developing", Stage::Active),
    ("partially implemented", Stage::Active),
    ("partially complete", Stage::Active),
    ("partially working", Stage::Active),
    ("partial", Stage::Active),
    ("partially", Stage::Active),
    ("mostly complete", Stage::Active),
    ("experimental", Stage::Active),
    ("pilot", Stage::Active),
    ("prototyping", Stage::Active),
    ("demonstrated", Stage::Active),
    ("testing", Stage::Active),
    ("living", Stage::Active),
    ("on track", Stage::Active),
    ("at risk", Stage::Active),
    ("analysis", Stage::Active),
    ("blocked", Stage::Blocked),
    ("on hold", Stage::Blocked),
    ("hold", Stage::Blocked),
    ("paused", Stage::Blocked),
    ("waiting", Stage::Blocked),
    ("awaiting", Stage::Blocked),
    ("stalled", Stage::Blocked),
    ("suspended", Stage::Blocked),
    ("stagnant", Stage::Blocked),
    ("postponed", Stage::Blocked),
    ("deferred", Stage::Blocked),
    ("parked on", Stage::Blocked),
    ("complete", Stage::Completed),
    ("completed", Stage::Completed),
    ("completion", Stage::Completed),
    ("implementation complete", Stage::Completed),
    ("code complete", Stage::Completed),
    ("done", Stage::Completed),
    ("finished", Stage::Completed),
    ("implemented", Stage::Completed),
    ("fully implemented", Stage::Completed),
    ("shipped", Stage::Completed),
    ("released", Stage::Completed),
    ("release", Stage::Completed),
    ("landed", Stage::Completed),
    ("merged", Stage::Completed),
    ("deployed", Stage::Completed),
    ("delivered", Stage::Completed),
    ("final", Stage::Completed),
    ("finalized", Stage::Completed),
    ("finalised", Stage::Completed),
    ("stable", Stage::Completed),
    ("closed", Stage::Completed),
    ("resolved", Stage::Completed),
    ("fixed", Stage::Completed),
    ("verified", Stage::Completed),
    ("fully verified", Stage::Completed),
    ("passed", Stage::Completed),
    ("production", Stage::Completed),
    ("working", Stage::Completed),
    ("live", Stage::Completed),
    ("rejected", Stage::Rejected),
    ("not accepted", Stage::Rejected),
    ("declined", Stage::Rejected),
    ("denied", Stage::Rejected),
    ("dismissed", Stage::Rejected),
    ("withdrawn", Stage::Rejected),
    ("abandoned", Stage::Rejected),
    ("cancelled", Stage::Rejected),
    ("canceled", Stage::Rejected),
    ("wontfix", Stage::Rejected),
    ("won't do", Stage::Rejected),
    ("wont do", Stage::Rejected),
    ("dropped", Stage::Rejected),
    ("deprecated", Stage::Deprecated),
    ("obsolete", Stage::Deprecated),
    ("retired", Stage::Deprecated),
    ("discontinued", Stage::Deprecated),
    ("removed", Stage::Deprecated),
    ("outdated", Stage::Deprecated),
    ("expired", Stage::Deprecated),
    ("archived", Stage::Archived),
    ("archive", Stage::Archived),
    ("historical", Stage::Archived),
    ("historic", Stage::Archived),
    ("inactive", Stage::Archived),
    ("superseded", Stage::Superseded),
    ("superceded", Stage::Superseded),
    ("supersceded", Stage::Superseded),
    ("replaced", Stage::Superseded),
    ("obsoleted", Stage::Superseded),
    ("moved", Stage::Superseded),
    ("partly superseded", Stage::Accepted),
    ("partially superseded", Stage::Accepted),
    ("aceito", Stage::Accepted),
    ("ativo", Stage::Active),
    ("proposto", Stage::Proposed),
    ("rascunho", Stage::Draft),
    ("concluído", Stage::Completed),
    ("substituído", Stage::Superseded),
    ("entwurf", Stage::Draft),
    ("aktiv", Stage::Active),
    ("in arbeit", Stage::Active),
    ("angenommen", Stage::Accepted),
    ("abgelehnt", Stage::Rejected),
    ("erledigt", Stage::Completed),
    ("abgeschlossen", Stage::Completed),
    ("ersetzt", Stage::Superseded),
    ("brouillon", Stage::Draft),
    ("accepté", Stage::Accepted),
    ("terminé", Stage::Completed),
    ("borrador", Stage::Draft),
    ("aceptado", Stage::Accepted),
    ("completado", Stage::Completed),
    ("초안", Stage::Draft),
    ("草案", Stage::Draft),
    ("下書き", Stage::Draft),
    ("進行中", Stage::Active),
    ("进行中", Stage::Active),
    ("完了", Stage::Completed),
    ("已完成", Stage::Completed),
];

/// Folder names that say where their documents stand, lower case, leading dots and digits aside.
pub const FOLDERS: &[(&str, Stage)] = &[
    ("draft", Stage::Draft),
    ("drafts", Stage::Draft),
    ("future", Stage::Draft),
    ("planned", Stage::Draft),
    ("proposed", Stage::Proposed),
    ("accepted", Stage::Accepted),
    ("active", Stage::Active),
    ("in-progress", Stage::Active),
    ("in_progress", Stage::Active),
    ("wip", Stage::Active),
    ("blocked", Stage::Blocked),
    ("completed", Stage::Completed),
    ("complete", Stage::Completed),
    ("done", Stage::Completed),
    ("finished", Stage::Completed),
    ("implemented", Stage::Completed),
    ("rejected", Stage::Rejected),
    ("withdrawn", Stage::Rejected),
    ("abandoned", Stage::Rejected),
    ("deprecated", Stage::Deprecated),
    ("archive", Stage::Archived),
    ("archived", Stage::Archived),
    ("z_archive", Stage::Archived),
    ("superseded", Stage::Superseded),
];

/// Longest phrase of [`WORDS`], in words.
const LONGEST: usize = 4;

/// Reads a status text. `own` are the dialect's words, `config` the user's; both count before [`WORDS`].
pub fn read(raw: &str, own: &[(&str, Stage)], config: &BTreeMap<String, StageWord>) -> Reading {
    let text = raw.trim();
    if crate::date::nothing(text) {
        return Reading::Nothing;
    }
    if open(text) {
        return Reading::Open;
    }
    let meaning = |phrase: &str| {
        let configured = config.iter().find(|(word, _)| word.to_lowercase() == phrase).map(|(_, stage)| stage.0);
        let listed = |table: &[(&str, Stage)]| table.iter().find(|(word, _)| *word == phrase).map(|(_, stage)| *stage);
        configured.or_else(|| listed(own)).or_else(|| listed(WORDS))
    };
    let clause = first_clause(text);
    let words: Vec<&str> = clause.split_whitespace().collect();
    if words.first() == Some(&"phase") && words.last().is_some_and(|word| word.starts_with("complete")) {
        return Reading::Known(Stage::Active);
    }
    let lengths = || (1..=words.len().min(LONGEST)).rev();
    let from_start = lengths().find_map(|length| meaning(&words[..length].join(" ")));
    let whole = meaning(&text.to_lowercase());
    let from_end = || lengths().find_map(|length| meaning(&words[words.len() - length..].join(" ")));
    match whole.or(from_start).or_else(from_end) {
        Some(stage) => Reading::Known(stage),
        None => Reading::Unknown,
    }
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
    let pipes = parts('|') >= 2 && plain.split('|').all(|part| part.trim().len() <= 30) && !plain.contains("**");
    let slashes = parts('/') >= 3 && plain.split('/').all(|part| part.split_whitespace().count() <= 3);
    !link && (bracketed && inner_open(text) || angled || pipes || slashes)
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
