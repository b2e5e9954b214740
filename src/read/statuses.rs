//! Every status of a document, from every place where one is written, strongest first.
//!
//! `lifecycle` counts before `status`, that before lines in the text, those before rows of boxes, the title and badges,
//! and all of these before the names of folder and file. What the words mean is decided in `status`.

use super::fact::Fact;
use super::status::{self, Reading};
use crate::config::Config;
use crate::dialect::Dialect;
use crate::model::{Field, Heading, KINDS, Kind, Origin, Stage, Status, Value};
use crate::path;
use crate::source::{Source, Span, Spanned};
use crate::words;

/// Below `## Status` a longer text of which no word is known is prose that states nothing.
const LONGEST_UNKNOWN: usize = 6;

/// What statuses are read from.
#[derive(Debug)]
pub struct Places<'a> {
    /// The text and its path.
    pub source: &'a Source,
    /// All fields with what they state.
    pub stated: &'a [(Option<Fact>, &'a Field)],
    /// All headings.
    pub headings: &'a [Heading],
    /// The dialect with its words.
    pub dialect: &'a Dialect,
    /// The settings with theirs.
    pub config: &'a Config,
    /// Folders and file names speak only of kinds with a life.
    pub kind: Kind,
}

/// All statuses, strongest first, those of the same strength in the order of the text.
pub fn read(places: &Places<'_>) -> Vec<Status> {
    let mut found = places.fields(places.stated);
    found.extend(places.title().map(|status| (5, status)));
    if places.kind.entry().tracked {
        found.extend(places.folder().map(|status| (6, status)));
        found.extend(places.file_name().map(|status| (7, status)));
    }
    // `lifecycle: spec-anchored` is no state; the `status` beside it is
    let known = |status: &Status| status.stage != Stage::Unknown;
    let stated = found.iter().any(|(rank, status)| *rank == 1 && known(status));
    found.sort_by_key(|(rank, status)| if *rank == 0 && !known(status) && stated { 2 } else { *rank });
    found.into_iter().map(|(_, status)| status).collect()
}

/// The statuses that some fields state, strongest first.
pub fn stated(places: &Places<'_>, fields: &[(Option<Fact>, &Field)]) -> Vec<Status> {
    let mut found = places.fields(fields);
    found.sort_by_key(|(rank, _)| *rank);
    found.into_iter().map(|(_, status)| status).collect()
}

/// A title without the status that stands before or behind it, for [`super::identity`].
pub fn bare_title<'t>(title: &'t str, config: &Config) -> &'t str {
    in_title(title, &[], config).map_or(title, |(_, _, rest)| rest)
}

impl Places<'_> {
    fn fields(&self, fields: &[(Option<Fact>, &Field)]) -> Vec<(u8, Status)> {
        fields.iter().filter_map(|(fact, field)| self.field(*fact, field)).collect()
    }

    fn field(&self, fact: Option<Fact>, field: &Field) -> Option<(u8, Status)> {
        let key = super::fact::normal(&field.key.value);
        let second = matches!(key.as_str(), "stage" | "state" | "lane" | "phase");
        let rank = match (fact?, field.origin) {
            (Fact::Lifecycle, Origin::Frontmatter) => 0,
            (Fact::Status, Origin::Frontmatter | Origin::Sidecar) if second => 2,
            (Fact::Status, Origin::Frontmatter | Origin::Sidecar) => 1,
            (Fact::Status | Fact::Lifecycle, Origin::Header | Origin::Table | Origin::Section | Origin::Comment) => 3,
            (Fact::Status | Fact::Lifecycle, Origin::Checkbox) => 4,
            (Fact::Status, Origin::Badge) => 5,
            _ => return None,
        };
        let text = status_text(&field.value)?;
        let stage = match status::read(&text.value, self.dialect.words, &self.config.status) {
            Reading::Known(stage) => stage,
            Reading::Unknown if self.says_nothing(field, &text.value) => return None,
            Reading::Unknown => Stage::Unknown,
            Reading::Open | Reading::Nothing => return None,
        };
        let raw = words::shorten(&status::bare(&text.value), 200);
        Some((rank, Status { raw, stage, origin: field.origin, key: Some(field.key.value.clone()), span: text.span }))
    }

    /// Prose below `## Status`, a comment for the author: no status, not even an unknown one.
    fn says_nothing(&self, field: &Field, text: &str) -> bool {
        match field.origin {
            Origin::Comment | Origin::Badge => true,
            // `**State:** React useState` and `Stage: production` speak of other things
            Origin::Header | Origin::Table => {
                matches!(super::fact::normal(&field.key.value).as_str(), "state" | "stage" | "lane")
            }
            Origin::Section => text.split_whitespace().count() > LONGEST_UNKNOWN,
            _ => false,
        }
    }

    /// `# Move the queue (Draft)`, `# [WIP] …`, `# … | (**status:** `accepted`)`.
    fn title(&self) -> Option<Status> {
        let heading = self.headings.first().filter(|heading| heading.level <= 2)?;
        let (stage, words, _) = in_title(&heading.text, self.dialect.words, self.config)?;
        let line = self.source.line_span(heading.line as usize);
        let within = self.source.slice(line).rfind(words);
        let span =
            within.map_or(line, |at| Span::new(line.start as usize + at, line.start as usize + at + words.len()));
        Some(Status { raw: status::bare(words), stage, origin: Origin::Title, key: None, span })
    }

    fn folder(&self) -> Option<Status> {
        let folders = self.source.path.rsplit('/').skip(1).chain(self.config.collection.home.rsplit('/'));
        folders.into_iter().find_map(|folder| {
            let name = folder.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, '.' | '-' | '_' | ' '));
            let name = name.to_lowercase();
            let known = self.dialect.folders.iter().chain(status::words::FOLDERS);
            // `active-rfcs` says both where its documents stand and what they are
            let state = name
                .rsplit_once(['-', '_'])
                .filter(|(_, kind)| holds_a_kind(kind))
                .map_or(name.as_str(), |(state, _)| state);
            let stage =
                known.into_iter().find(|(known, _)| *known == name || *known == state).map(|(_, stage)| *stage)?;
            Some(named(folder, stage, Origin::Folder))
        })
    }

    /// `plan-status-COMPLETE.md`, `DONE_x.md`, `x.draft.md`, `wip--x.md`.
    fn file_name(&self) -> Option<Status> {
        let stem = path::stem(&self.source.path);
        let known =
            |text: &str| status::exactly(&text.replace(['-', '_'], " "), self.dialect.words, &self.config.status);
        let shouted =
            |text: &str| text.len() > 2 && text.contains(char::is_alphabetic) && !text.contains(char::is_lowercase);
        let lower = stem.to_lowercase();
        let after_key = lower.rfind("status-").or_else(|| lower.rfind("status_")).and_then(|at| stem.get(at + 7..));
        let ending = stem.rsplit_once('.').map(|(_, ending)| ending);
        let framed = ["--", "__"].iter().find_map(|mark| stem.split_once(mark).map(|(head, _)| head));
        let sure = [after_key, ending, framed].into_iter().flatten().find_map(|word| Some((word, known(word)?)));
        // shouted parts count where the rest of the name doesn't shout too
        let parts: Vec<&str> = stem.split(['-', '_', ' ']).filter(|part| !part.is_empty()).collect();
        let ends = || [parts.first(), parts.last()].into_iter().flatten().copied();
        let loud = || {
            let calm = parts.iter().any(|part| part.contains(char::is_lowercase));
            ends().filter(|word| calm && shouted(word)).find_map(|word| Some((word, known(word)?)))
        };
        let quiet = || {
            let first = *parts.first().filter(|_| parts.len() > 1)?;
            let usual = matches!(first, "draft" | "wip" | "done");
            let numbered = parts.get(1).is_some_and(|next| next.starts_with(|c: char| c.is_ascii_digit()));
            if usual && !numbered { Some((first, known(first)?)) } else { None }
        };
        let (word, stage) = sure.or_else(loud).or_else(quiet)?;
        Some(named(word, stage, Origin::FileName))
    }
}

/// A folder's name that says which sort of document it holds.
fn holds_a_kind(name: &str) -> bool {
    KINDS.iter().any(|entry| entry.folders.contains(&name))
}

fn named(word: &str, stage: Stage, origin: Origin) -> Status {
    Status { raw: word.to_string(), stage, origin, key: None, span: Span::default() }
}

/// The stage in a title, its words as they stand there, and the title without them.
fn in_title<'t>(title: &'t str, own: &[(&str, Stage)], config: &Config) -> Option<(Stage, &'t str, &'t str)> {
    let replaced = |text: &str| {
        let lower = text.trim().to_lowercase();
        ["superseded by ", "replaced by "].iter().any(|start| lower.starts_with(start)).then_some(Stage::Superseded)
    };
    let known = |text: &str| status::exactly(text, own, &config.status).or_else(|| replaced(text));
    let title = title.trim();
    let opening = |c: char| matches!(c, '(' | '[' | '|' | '-' | '–' | '—' | '·' | ' ');
    let closing = |c: char| matches!(c, ')' | ']' | ' ' | '`');
    // the key makes even an everyday word a status
    let lower = title.to_ascii_lowercase();
    if let Some(at) = lower.rfind("status:").filter(|at| title[..*at].trim_end().ends_with(opening)) {
        let words = title[at + 7..].trim_matches(closing).trim_matches('`');
        if let Reading::Known(stage) = status::read(words, own, &config.status) {
            return Some((stage, words, title[..at].trim_end_matches(opening)));
        }
    }
    for (open, close) in [('(', ')'), ('[', ']')] {
        let behind = title.strip_suffix(close).and_then(|head| head.rsplit_once(open));
        if let Some((rest, words)) = behind.filter(|(rest, _)| !rest.trim().is_empty())
            && let Some(stage) = known(words)
        {
            return Some((stage, words, rest.trim_end_matches(opening)));
        }
        let before = title.strip_prefix(open).and_then(|tail| tail.split_once(close));
        if let Some((words, rest)) = before.filter(|(_, rest)| !rest.trim().is_empty())
            && let Some(stage) = known(words)
        {
            return Some((stage, words, rest.trim_start_matches([':', ' ', '-', '–', '—'])));
        }
    }
    let marked = |words: &str| words.contains(|c: char| !c.is_ascii() && !c.is_alphanumeric());
    let shouted = |words: &str| words.trim().len() > 2 && !words.contains(char::is_lowercase);
    if let Some((words, rest)) = title.split_once(": ").filter(|(words, _)| shouted(words))
        && let Some(stage) = known(words)
    {
        return Some((stage, words, rest.trim_start()));
    }
    let (rest, words) = [" — ", " – ", " - ", ": "]
        .iter()
        .filter_map(|mark| title.rsplit_once(mark))
        .max_by_key(|(rest, _)| rest.len())?;
    let stage = known(words).filter(|_| shouted(words) || marked(words))?;
    Some((stage, words, rest.trim_end_matches(opening)))
}

/// A scalar, the one text of a list, or the one key of a map without value (`status: { accepted }`).
fn status_text(value: &Value) -> Option<Spanned<String>> {
    match value {
        Value::Scalar(text) => Some(text.clone()),
        Value::List(values, _) => values.first().and_then(status_text),
        Value::Map(fields, _) => {
            let named = |field: &&Field| {
                matches!(
                    super::fact::normal(&field.key.value).as_str(),
                    "state" | "status" | "stage" | "value" | "current" | "name"
                )
            };
            let inner = fields.iter().find(named).and_then(|field| field.value.text().cloned());
            inner.or_else(|| fields.first().map(|field| field.key.clone()))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_that_hold_a_status() {
        let shown = |title: &str| {
            in_title(title, &[], &Config::default())
                .map(|(stage, words, rest)| format!("{} {words} | {rest}", stage.word()))
        };
        for (title, want) in [
            ("Move the queue (Draft)", "draft Draft | Move the queue"),
            ("Move the queue (✅ COMPLETE)", "completed ✅ COMPLETE | Move the queue"),
            ("[WIP] Move the queue", "draft WIP | Move the queue"),
            ("DRAFT: Move the queue", "draft DRAFT | Move the queue"),
            ("Move the queue — ✅ Complete", "completed ✅ Complete | Move the queue"),
            ("Move the queue - SUPERSEDED", "superseded SUPERSEDED | Move the queue"),
            ("Move the queue | (status: accepted)", "accepted accepted | Move the queue"),
            ("Move the queue (Status: In Review)", "proposed In Review | Move the queue"),
        ] {
            assert_eq!(shown(title).as_deref(), Some(want), "{title}");
        }
        for title in [
            "Release plan (final)",
            "Design: Review",
            "Draft a plan",
            "(Draft)",
            "Accepted risks",
            "A - B",
            "Done: what it means",
        ] {
            assert_eq!(shown(title), None, "{title}");
        }
    }
}
