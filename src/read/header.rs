//! Facts outside the frontmatter: lines such as `**Status:** Draft`, `- Start Date: …`, `## Plan ID: …`, tables of two
//! columns, the text under `## Status`, rows of boxes, comments.
//!
//! Only the top of a document, its foot and sections made for metadata are read, because further down the same words
//! speak of something else (`**Status:** ✅ enabled` in a feature list).

use std::collections::BTreeMap;

use super::fact::{self, Fact};
use super::language::LANGUAGES;
use super::lines::Line;
use super::status;
use crate::model::{Field, Origin, Value};
use crate::source::{Source, Span, Spanned};
use crate::words;

/// Lines of a top without headings that are searched.
const TOP_LINES: usize = 60;
/// Boxes of a row that is one status; a longer one is a list of tasks.
const LONGEST_ROW: usize = 10;
/// Lines of the foot.
const FOOT_LINES: usize = 14;

/// Sections whose first line is the value of the key they are named after, besides those named by a key of another
/// language.
const VALUE_SECTIONS: &[&str] = &[
    "status",
    "state",
    "current status",
    "adr status",
    "decision status",
    "rfc status",
    "date",
    "owner",
    "owners",
    "author",
    "authors",
    "deciders",
    "decision makers",
    "tags",
];
/// Facts that a section named by a key of another language may hold.
const VALUE_FACTS: &[Fact] = &[Fact::Status, Fact::Date, Fact::Owner, Fact::Tag];
/// Sections that hold lines and tables of metadata.
const METADATA_SECTIONS: &[&str] = &[
    "meta",
    "metadata",
    "document information",
    "document info",
    "header",
    "review schedule",
    "progress tracking",
    "overall progress",
];

/// A section's name, normalised, says which fact its first line states.
pub(super) fn value_section(name: &str) -> bool {
    let foreign = || {
        LANGUAGES
            .iter()
            .flat_map(|language| language.keys)
            .any(|(key, fact)| *key == name && VALUE_FACTS.contains(fact))
    };
    VALUE_SECTIONS.contains(&name) || (!name.is_ascii() && foreign())
}

/// The facts of a body: those of the document, and those of decisions that have a section each.
#[derive(Debug, Default)]
pub struct Header {
    /// The document's, in the order of the text.
    pub fields: Vec<Field>,
    /// One a section that records a decision of its own: the line of its heading, from 1, and its facts.
    pub parts: Vec<(usize, Vec<Field>)>,
}

/// All facts of the body.
pub fn read(source: &Source, lines: &[Line<'_>], aliases: &BTreeMap<String, String>) -> Header {
    let foot = lines.len().saturating_sub(FOOT_LINES);
    let mut reader = Reader { source, aliases, fields: Vec::new() };
    let mut zone = Zone::Top;
    let mut seen_title = false;
    let mut paired: Option<usize> = None;
    let mut part: Option<(usize, usize)> = None;
    let mut rowed = 0;
    let mut parts: Vec<(usize, Vec<Field>)> = Vec::new();
    for (at, line) in lines.iter().enumerate() {
        if let Some(level) = line.heading() {
            let text = line.text.trim_start_matches('#').trim();
            if let Some((_, from)) = part.take_if(|(above, _)| level <= *above) {
                close(&mut parts, &mut reader.fields, from);
            }
            if level > 1 && part.is_none() && decision(text) {
                part = Some((level, reader.fields.len()));
                parts.push((line.number, Vec::new()));
                zone = Zone::Metadata;
                continue;
            }
            // among headings that state facts, `## Version: 1.0` is one that nobody asks for
            let among = paired.is_some_and(|last| lines[last + 1..at].iter().all(|line| line.text.trim().is_empty()));
            let stated = level > 1 && (zone != Zone::Body || part.is_some());
            if stated && (reader.pair(line, Origin::Header) || (among && split_pair(text).is_some())) {
                paired = Some(at);
                continue;
            }
            let name = fact::normal(words::unnumbered(text));
            zone = if level == 1 && !seen_title && zone == Zone::Top {
                Zone::Top
            } else if value_section(&name) {
                reader.section(text, &lines[at + 1..]);
                Zone::Metadata
            } else if METADATA_SECTIONS.contains(&name.as_str())
                || (zone == Zone::Top && reader.opens_with_facts(&name, &lines[at + 1..]))
            {
                Zone::Metadata
            } else {
                Zone::Body
            };
            seen_title |= level == 1;
            continue;
        }
        let top = zone == Zone::Top && at < TOP_LINES;
        if top
            && at >= rowed
            && let Some(end) = reader.row_of_boxes(&lines[at..])
        {
            rowed = at + end;
        }
        if at < rowed {
            continue;
        }
        if top || zone == Zone::Metadata {
            let _ = reader.wide(&lines[at..])
                || reader.row(line, lines.get(at + 1))
                || reader.pair_or_list(line, &lines[at + 1..]);
        } else if part.is_none() && at >= foot {
            reader.foot(line);
        } else if part.is_none() {
            reader.roaming(line);
        }
    }
    if let Some((_, from)) = part {
        close(&mut parts, &mut reader.fields, from);
    }
    // one decision alone is the document, whose title is only a level too deep
    if let (false, [(_, own)]) = (seen_title, parts.as_mut_slice()) {
        reader.fields.append(own);
        parts.clear();
    }
    Header { fields: reader.fields, parts }
}

/// The fields since the part began belong to it.
fn close(parts: &mut [(usize, Vec<Field>)], fields: &mut Vec<Field>, from: usize) {
    if let Some((_, own)) = parts.last_mut() {
        *own = fields.split_off(from);
    }
}

/// `ADR-001: Keep the queue`, `DR-12 – …`: a heading that gives a decision an id.
pub(super) fn decision(heading: &str) -> bool {
    let Some((0, id)) = super::body::id_words(heading).into_iter().next() else { return false };
    let rest = &heading[id.len()..];
    matches!(id.split('-').next(), Some("ADR" | "DR" | "DEC"))
        && rest.trim_start().starts_with([':', '-', '–', '—', '.', '|'])
}

#[derive(PartialEq, Clone, Copy)]
enum Zone {
    Top,
    Metadata,
    Body,
}

struct Reader<'a> {
    source: &'a Source,
    aliases: &'a BTreeMap<String, String>,
    fields: Vec<Field>,
}

impl<'a> Reader<'a> {
    fn fact(&self, key: &str) -> Option<Fact> {
        fact::of(key, &[], self.aliases)
    }

    /// A line of the top or of a metadata section; an empty value takes the list below it.
    fn pair_or_list(&mut self, line: &Line<'a>, below: &[Line<'a>]) -> bool {
        let first = self.fields.len();
        let found = self.pair(line, Origin::Header);
        let empty =
            matches!(self.fields.last().map(|field| &field.value), Some(Value::Scalar(text)) if text.value.is_empty());
        if found && empty && self.fields.len() == first + 1 {
            let items: Vec<Value> = below
                .iter()
                .skip_while(|line| line.text.trim().is_empty())
                .map_while(|line| list_item(line.text))
                .map(|item| self.scalar(item))
                .collect();
            if let (Some(start), Some(end), Some(field)) = (items.first(), items.last(), self.fields.last_mut()) {
                let span = Span { start: start.span().start, end: end.span().end };
                field.value = Value::List(items, span);
            }
        } else if found && self.fields.len() == first + 1 {
            self.go_on(below);
        }
        found
    }

    /// A value that ends with a comma or a semicolon goes on in the lines below.
    fn go_on(&mut self, below: &[Line<'a>]) {
        let open = |value: &Value| value.text().is_some_and(|text| text.value.ends_with([',', ';']));
        let Some(last) = self.fields.last().map(|field| field.value.clone()).filter(open) else { return };
        let mut values = vec![last];
        for line in below {
            let text = line.text.trim();
            let other = text.is_empty()
                || line.heading().is_some()
                || list_item(text).is_some()
                || text.starts_with(['|', '>']);
            if other || split_pair(text).is_some() {
                break;
            }
            values.push(self.scalar(text));
            if !text.ends_with([',', ';']) {
                break;
            }
        }
        if let (true, Some(field)) = (values.len() > 1, self.fields.last_mut()) {
            let end = values.last().map_or(0, |value| value.span().end);
            let span = Span { start: values[0].span().start, end };
            field.value = Value::List(values, span);
        }
    }

    /// `* [x] Proposed`, `* [ ] Implementation`: boxes on lines of their own at the top that are named after stages are one
    /// status, the last one ticked. Gives how many lines they are.
    fn row_of_boxes(&mut self, lines: &[Line<'a>]) -> Option<usize> {
        let ticked = |text: &'a str| {
            let item = list_item(text).filter(|item| item.len() <= 200)?;
            let (mark, label) = item.strip_prefix('[')?.split_once(']')?;
            Some((mark.trim().eq_ignore_ascii_case("x"), label.split(':').next().unwrap_or(label).trim()))
        };
        let boxes: Vec<(bool, &'a str)> =
            lines.iter().take(LONGEST_ROW + 1).map_while(|line| ticked(line.text)).collect();
        let none = BTreeMap::new();
        let stage = |label: &str| matches!(status::read(label, &[], &none), status::Reading::Known(_));
        let known = boxes.iter().filter(|(_, label)| label.split_whitespace().count() <= 2 && stage(label)).count();
        if !(3..=LONGEST_ROW).contains(&boxes.len()) || known + 1 < boxes.len() || !stage(boxes[0].1) {
            return None;
        }
        let last = boxes.iter().rev().find(|(ticked, _)| *ticked);
        if last.is_some_and(|(_, label)| !stage(label)) {
            return None;
        }
        if let Some((_, label)) = last {
            let span = Span::of(label, &self.source.text);
            let key = Spanned::new("status".to_string(), Span { start: span.start, end: span.start });
            self.fields.push(Field { key, value: self.scalar(label), origin: Origin::Checkbox });
        }
        Some(boxes.len())
    }

    /// One or more pairs on a line. Plain `Key: value` counts only where the key is known.
    fn pair(&mut self, line: &Line<'a>, origin: Origin) -> bool {
        let mut rest = strip_markers(line.text);
        let mut found = false;
        while let Some(pair) = split_pair(rest) {
            // an unknown plain key is prose, save in a list, where it tells dialects apart
            let listed = origin == Origin::Header && list_item(line.text).is_some() && pair.value.len() <= 200;
            if pair.plain && (found || !(listed || self.fact(pair.key).is_some())) {
                return found;
            }
            let (value, next) = cut_at_next_pair(pair.value);
            self.push(pair.key, value, origin);
            found = true;
            rest = next;
        }
        found
    }

    fn push(&mut self, key: &str, value: &str, origin: Origin) {
        let value = clean(value);
        let key = Spanned::new(key.to_string(), Span::of(key, &self.source.text));
        let boxes = value.matches("[ ]").count() + value.matches("[x]").count() + value.matches("[X]").count();
        let (value, origin) = match boxes {
            0 => (self.scalar(value), origin),
            1 => (self.scalar(value.split_once(']').map_or(value, |(_, text)| text.trim())), Origin::Checkbox),
            _ => (self.scalar(ticked(value)), Origin::Checkbox),
        };
        self.fields.push(Field { key, value, origin });
    }

    fn scalar(&self, text: &str) -> Value {
        Value::Scalar(Spanned::new(text.to_string(), Span::of(text, &self.source.text)))
    }

    /// A row of a table with two columns. A header row counts only if it isn't a legend.
    fn row(&mut self, line: &Line<'a>, next: Option<&Line<'a>>) -> bool {
        let Some(cells) = cells(line.text) else { return false };
        if let Some(pairs) = side_by_side(&cells) {
            self.columns(pairs);
            return true;
        }
        let (key, value) = match cells.as_slice() {
            &[key, value] | &[key, value, ""] => (key, value),
            _ => return true,
        };
        let key = bare_key(key);
        let head = next.is_some_and(|next| next.text.contains("---"));
        let legend = matches!(
            value.to_lowercase().as_str(),
            "value" | "meaning" | "description" | "count" | "notes" | "definition" | "details"
        );
        if !(head && legend) && self.fact(key).is_some() {
            self.push(key, value, Origin::Table);
        }
        true
    }

    /// The first section is an overview that begins with a table of facts.
    fn opens_with_facts(&self, name: &str, below: &[Line<'a>]) -> bool {
        let overview = matches!(name, "overview" | "plan overview" | "summary" | "information" | "details");
        let rows =
            below.iter().skip_while(|line| line.text.trim().is_empty()).map_while(|line| cells(line.text)).take(6);
        let bold: Vec<Vec<&str>> = rows.filter(|row| row.len() == 2 && row[0].starts_with("**")).collect();
        overview && bold.len() >= 2 && bold.iter().any(|row| self.fact(bare_key(row[0])) == Some(Fact::Status))
    }

    /// `| Status | Date |`, a rule, and one row: each column is a fact.
    fn wide(&mut self, lines: &[Line<'a>]) -> bool {
        let [head, rule, row, rest @ ..] = lines else { return false };
        let (Some(head), Some(row)) = (cells(head.text), cells(row.text)) else { return false };
        let one = rest.first().is_none_or(|next| cells(next.text).is_none());
        let keys: Vec<&str> = head.iter().map(|cell| bare_key(cell)).collect();
        let known = keys.iter().filter(|key| self.fact(key).is_some()).count();
        // a key below the head means that keys stand in rows, not in columns
        let keyed = row.iter().any(|cell| self.fact(bare_key(cell)).is_some() && cell.contains('*'));
        // a list of documents has one row too where there is one
        let listing = keys.iter().any(|key| matches!(self.fact(key), Some(Fact::Id | Fact::Title)));
        if !rule.text.contains("---") || !one || known < 2 || keyed || listing || head.len() != row.len() {
            return false;
        }
        self.columns(keys.into_iter().zip(row));
        true
    }

    /// Pairs of a table, of which those with a known key count.
    fn columns(&mut self, pairs: impl IntoIterator<Item = (&'a str, &'a str)>) {
        for (key, value) in pairs {
            if self.fact(key).is_some() {
                self.push(key, value, Origin::Table);
            }
        }
    }

    /// `## Status` and the first line below it, or the pair that line is.
    fn section(&mut self, heading: &str, below: &[Line<'a>]) {
        let first = below.iter().find(|line| !line.text.trim().is_empty());
        let Some(line) = first.filter(|line| line.heading().is_none() && !line.text.trim().starts_with('|')) else {
            return;
        };
        let text = strip_markers(line.text);
        let paired = split_pair(text).is_some_and(|pair| self.fact(pair.key).is_some());
        let key = words::unnumbered(heading);
        // `- API: done` is one of several
        let several = list_item(line.text.trim()).is_some() && split_pair(text).is_some_and(|pair| pair.plain);
        if !paired && !several && !text.starts_with("Change") {
            self.push(key, text, Origin::Section);
        }
    }

    /// The foot holds what some templates put there; only bold pairs, and of those only what can't be prose.
    fn foot(&mut self, line: &Line<'a>) {
        let pair = split_pair(strip_markers(line.text)).filter(|pair| !pair.plain);
        let dated = |fact| matches!(fact, Fact::Updated | Fact::NextReview | Fact::ReviewIn | Fact::Progress);
        let Some((pair, fact)) = pair.and_then(|pair| self.fact(pair.key).map(|fact| (pair, fact))) else { return };
        let boxes = fact == Fact::Status && pair.value.contains("[ ]") | pair.value.contains("[x]");
        if dated(fact) || boxes {
            self.pair(line, Origin::Header);
        }
    }

    fn roaming(&mut self, line: &Line<'a>) {
        if !line.text.contains("**") {
            return;
        }
        let pair = split_pair(strip_markers(line.text)).filter(|pair| !pair.plain);
        let fact = pair.and_then(|pair| self.fact(pair.key));
        if fact.is_some_and(|fact| fact::ROAMING.contains(&fact)) {
            self.pair(line, Origin::Header);
        }
    }
}

/// The cells of a table's row, trimmed.
fn cells(line: &str) -> Option<Vec<&str>> {
    let inner = line.trim().trim_start_matches('>').trim().strip_prefix('|')?;
    Some(inner.trim_end().strip_suffix('|').unwrap_or(inner).split('|').map(str::trim).collect())
}

fn bare_key(cell: &str) -> &str {
    cell.trim_matches(['*', '`', '_', ' ']).trim_end_matches([':', '：']).trim_end_matches(['*', '_'])
}

/// `| **Status** | Draft | **Owner** | Ana |`: two or more pairs in a row, their keys in bold.
fn side_by_side<'a>(cells: &[&'a str]) -> Option<Vec<(&'a str, &'a str)>> {
    let bold = cells.iter().step_by(2).all(|cell| cell.starts_with("**") && cell.ends_with("**"));
    let pairs = || cells.chunks(2).filter_map(|pair| Some((bare_key(pair[0]), *pair.get(1)?))).collect();
    (cells.len() >= 4 && cells.len().is_multiple_of(2) && bold).then(pairs)
}

struct Pair<'a> {
    key: &'a str,
    value: &'a str,
    /// Without bold: only a known key makes it a pair.
    plain: bool,
}

/// Splits `**Key:** value`, `**Key**: value`, `__Key:__ value` and `Key: value`.
fn split_pair(text: &str) -> Option<Pair<'_>> {
    for mark in ["**", "__"] {
        let Some(rest) = text.strip_prefix(mark) else { continue };
        let (inner, after) = rest.split_once(mark)?;
        let colon = [':', '：'];
        let dash = || [" — ", " – ", " - "].iter().find_map(|dash| after.strip_prefix(dash));
        let (key, value, plain) =
            match (inner.strip_suffix(colon), after.trim_start().strip_prefix(colon), inner.split_once(": ")) {
                (Some(key), _, _) => (key, after, false),
                (None, Some(value), _) => (inner, value, false),
                (None, None, Some((key, value))) => (key, value, !after.trim().is_empty()),
                // `**Status** Accepted`
                (None, None, None)
                    if inner.eq_ignore_ascii_case("status") && (1..=3).contains(&after.split_whitespace().count()) =>
                {
                    (inner, after, true)
                }
                (None, None, None) => (inner, dash()?, true),
            };
        let key = key.trim();
        return (!key.is_empty() && key.len() <= 60).then_some(Pair { key, value: value.trim(), plain });
    }
    let text = text
        .strip_prefix('`')
        .and_then(|inner| inner.strip_suffix('`'))
        .filter(|inner| !inner.contains('`'))
        .unwrap_or(text);
    // `*Status*: Draft` and `*Status: Draft*` are plain but for their slant
    let leaning = ['*', '_'].iter().find_map(|mark| text.strip_prefix(*mark)?.split_once(*mark));
    if let Some((key, value)) = leaning.and_then(|(key, rest)| Some((key, rest.strip_prefix(':')?))) {
        return (key.len() <= 40).then_some(Pair { key: key.trim(), value: value.trim(), plain: true });
    }
    let slanted = ['*', '_'].iter().find_map(|mark| text.strip_prefix(*mark)?.strip_suffix(*mark));
    let text = slanted.unwrap_or(text);
    if let Some((key, value)) = text.split_once('：').filter(|(key, _)| key.len() <= 40 && !key.contains([':', ' '])) {
        return Some(Pair { key: key.trim(), value: value.trim(), plain: true });
    }
    let (key, value) = text.split_once(':')?;
    let word = |c: char| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_' | '/' | '(' | ')' | '#');
    let key_like = !key.is_empty() && key.len() <= 40 && key.chars().all(word) && key.starts_with(char::is_alphabetic);
    // `Status:: accepted`, as vaults write inline fields
    let value = value.strip_prefix(':').unwrap_or(value);
    let separated = value.is_empty() || value.starts_with([' ', '\t']);
    (key_like && separated).then_some(Pair { key: key.trim(), value: value.trim(), plain: true })
}

/// `value | **Next**: …` is cut before the separator.
fn cut_at_next_pair(value: &str) -> (&str, &str) {
    let mut from = 0;
    while let Some(at) = value[from..].find("**").map(|at| from + at) {
        let before = value[..at].trim_end();
        let separated = before.ends_with(['|', '·', '•', ';', ',']);
        if separated && split_pair(&value[at..]).is_some() {
            return (before.trim_end_matches(['|', '·', '•', ';', ',']).trim_end(), &value[at..]);
        }
        from = at + 2;
    }
    (value, "")
}

/// Without quote, list and heading marks.
fn strip_markers(text: &str) -> &str {
    let mut text = text.trim();
    while let Some(rest) = text.strip_prefix('>') {
        text = rest.trim_start();
    }
    text = text.trim_start_matches('#').trim_start();
    list_item(text).unwrap_or(text)
}

fn list_item(text: &str) -> Option<&str> {
    let text = text.trim();
    let rest = ["- ", "* ", "+ "].iter().find_map(|mark| text.strip_prefix(mark))?;
    Some(rest.trim())
}

/// Without the marks of a hard line break and a comment at the end.
fn clean(value: &str) -> &str {
    let value = value.trim().trim_end_matches('\\').trim_end();
    match value.find("<!--") {
        Some(0) | None => value,
        Some(at) => value[..at].trim_end(),
    }
}

/// The label of the ticked box in `[x] Draft [ ] Done`; empty where none is.
fn ticked(value: &str) -> &str {
    let Some(at) = value.find("[x]").or_else(|| value.find("[X]")) else { return "" };
    let label = &value[at + 3..];
    label[..label.find('[').unwrap_or(label.len())].trim().trim_end_matches(['|', '/', ',']).trim()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> Vec<String> {
        let source = Source::new("a.md", text);
        let lines = super::super::lines::prose(&source, 0);
        let text_of =
            |field: &Field| field.value.texts().iter().map(|text| text.value.clone()).collect::<Vec<_>>().join("; ");
        let show = |field: &Field| {
            let place = source.place(field.value.span().start);
            format!("{}:{} {}={} ({})", place.line, place.column, field.key.value, text_of(field), field.origin.word())
        };
        read(&source, &lines, &BTreeMap::new()).fields.iter().map(show).collect()
    }

    #[test]
    fn lines_at_the_top() {
        assert_eq!(
            shown(
                "# Plan\n\n**Status:** Draft  \n**Owner**: Ana | **Date**: 2026-01-02\n> **Created:** 2026\n- Start Date: 2020\nNote: no\n"
            ),
            [
                "3:13 Status=Draft (header)",
                "4:12 Owner=Ana (header)",
                "4:28 Date=2026-01-02 (header)",
                "5:16 Created=2026 (header)",
                "6:15 Start Date=2020 (header)"
            ]
        );
    }

    #[test]
    fn headings_boxes_tables_sections_and_feet() {
        assert_eq!(shown("# T\n## Plan ID: PLAN-7\n## Status: [x] Done\n## 1. Overview\n**Status:** no\n").len(), 2);
        assert_eq!(shown("# T\n## Plan ID: PLAN-7\n\n## Version: 1.0\n## Status: Done\n").len(), 2);
        assert_eq!(shown("# T\n## Checks\n## Status: PASS\n"), [""; 0]);
        assert_eq!(
            shown("# T\n**Plan Status**: [ ] Draft [x] In Review [ ] Done"),
            ["2:32 Plan Status=In Review (checkbox)"]
        );
        assert_eq!(
            shown("| Field | Value |\n|---|---|\n| **Status** | Complete |\n"),
            ["3:16 Status=Complete (table)"]
        );
        assert_eq!(shown("| Status | Meaning |\n|---|---|\n"), [""; 0]);
        assert_eq!(
            shown("# 1. T\n\nDate: 2018\n\n## Status\n\nAccepted\n\n## Context\nx"),
            ["3:7 Date=2018 (header)", "7:1 Status=Accepted (section)"]
        );
        assert_eq!(
            shown("# T\n## A\ntext\n**Next Review Date**: 2027-01-01\n"),
            ["4:23 Next Review Date=2027-01-01 (header)"]
        );
        assert_eq!(shown("**Depends On:**\n- [a](a.md)\n- b\n"), ["2:3 Depends On=[a](a.md); b (header)"]);
    }
}
