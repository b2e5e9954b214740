//! Facts outside the frontmatter: lines such as `**Status:** Draft`, `- Start Date: …`, `## Plan ID: …`, tables of two
//! columns, the text under `## Status`, rows of boxes, comments.
//!
//! Only the top of a document, its foot and sections made for metadata are read, because further down the same words
//! speak of something else (`**Status:** ✅ enabled` in a feature list).

use std::collections::BTreeMap;

use super::fact::{self, Fact};
use super::lines::Line;
use crate::model::{Field, Origin, Value};
use crate::source::{Source, Span, Spanned};

/// Lines of a top without headings that are searched.
const TOP_LINES: usize = 60;
/// Lines of the foot.
const FOOT_LINES: usize = 14;

/// Sections whose first line is the value of the key they are named after.
const VALUE_SECTIONS: &[&str] =
    &["status", "state", "current status", "date", "owner", "owners", "author", "authors", "deciders", "tags"];
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

/// All facts of the body, in the order of the text.
pub fn read(source: &Source, lines: &[Line<'_>], aliases: &BTreeMap<String, String>) -> Vec<Field> {
    let foot = lines.len().saturating_sub(FOOT_LINES);
    let mut reader = Reader { source, aliases, fields: Vec::new() };
    let mut zone = Zone::Top;
    let mut seen_title = false;
    for (at, line) in lines.iter().enumerate() {
        if let Some(level) = line.heading() {
            let text = line.text.trim_start_matches('#').trim();
            if level > 1 && reader.pair(line, Origin::Header) {
                continue;
            }
            let name = fact::normal(text.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, '.' | ' ')));
            zone = if level == 1 && !seen_title && zone == Zone::Top {
                Zone::Top
            } else if VALUE_SECTIONS.contains(&name.as_str()) {
                reader.section(text, &lines[at + 1..]);
                Zone::Metadata
            } else if METADATA_SECTIONS.contains(&name.as_str()) {
                Zone::Metadata
            } else {
                Zone::Body
            };
            seen_title |= level == 1;
            continue;
        }
        let top = zone == Zone::Top && at < TOP_LINES;
        if top || zone == Zone::Metadata {
            let _ = reader.row(line, lines.get(at + 1)) || reader.pair_or_list(line, &lines[at + 1..]);
        } else if at >= foot {
            reader.foot(line);
        } else {
            reader.roaming(line);
        }
    }
    reader.fields
}

/// `<!-- KEY: value -->` comments, wherever they stand, and Google's `freshness:` comment is one of them.
pub fn comments(source: &Source) -> Vec<Field> {
    let mut fields = Vec::new();
    let mut from = 0;
    while let Some(start) = source.text[from..].find("<!--").map(|at| from + at + 4) {
        let Some(end) = source.text[start..].find("-->").map(|at| start + at) else { break };
        let inner = &source.text[start..end];
        if let Some((key, value)) = inner.split_once(':').filter(|_| inner.len() < 200 && !inner.contains('\n')) {
            let named =
                !key.trim().is_empty() && key.trim().chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-'));
            if named {
                fields.push(Field {
                    key: Spanned::new(key.trim().to_string(), Span::of(key.trim(), &source.text)),
                    value: Value::Scalar(Spanned::new(value.trim().to_string(), Span::of(value.trim(), &source.text))),
                    origin: Origin::Comment,
                });
            }
        }
        from = end;
    }
    fields
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
        }
        found
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
        let Some(inner) = line.text.trim().strip_prefix('|') else { return false };
        let cells: Vec<&str> = inner.trim_end().trim_end_matches('|').split('|').map(str::trim).collect();
        let &[key, value] = cells.as_slice() else { return true };
        let key = key.trim_matches(['*', '`', '_', ' ']).trim_end_matches(':');
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

    /// `## Status` and the first line below it, or the pair that line is.
    fn section(&mut self, heading: &str, below: &[Line<'a>]) {
        let first = below.iter().find(|line| !line.text.trim().is_empty());
        let Some(line) = first.filter(|line| line.heading().is_none() && !line.text.trim().starts_with('|')) else {
            return;
        };
        let text = strip_markers(line.text);
        let paired = split_pair(text).is_some_and(|pair| self.fact(pair.key).is_some());
        let key = heading.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, '.' | ' '));
        if !paired && !text.starts_with("Change") {
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
        let (key, value) = match (inner.strip_suffix(':'), after.strip_prefix(':'), inner.split_once(": ")) {
            (Some(key), _, _) => (key, after),
            (None, Some(value), _) => (inner, value),
            (None, None, Some((key, value))) if after.trim().is_empty() => (key, value),
            _ => return None,
        };
        let key = key.trim();
        return (!key.is_empty() && key.len() <= 60).then_some(Pair { key, value: value.trim(), plain: false });
    }
    let (key, value) = text.split_once(':')?;
    let word = |c: char| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_' | '/' | '(' | ')');
    let key_like = !key.is_empty() && key.len() <= 40 && key.chars().all(word) && key.starts_with(char::is_alphabetic);
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
        read(&source, &lines, &BTreeMap::new()).iter().map(show).collect()
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
