//! The block between `---` (YAML) or `+++` (TOML) lines at the top, as fields with places.
//!
//! It may stand after blank lines, HTML comments or the first heading. What is broken is noted; every key that could
//! be read is kept, those after a syntax error too. What the keys mean is not known here.

use saphyr_parser::{Event, Marker, Parser};

use crate::diagnostic::{Note, Noted};
use crate::model::{Field, Origin, Value};
use crate::source::{Source, Span, Spanned};

/// A larger block is not parsed as metadata.
const MAX_BYTES: usize = 64 * 1024;
/// Deeper nesting is an error.
const MAX_DEPTH: usize = 64;
/// After so many syntax errors the rest is left alone.
const MAX_ERRORS: usize = 20;
/// More values than this are an error.
const MAX_NODES: usize = 5_000;

/// The block and what follows it.
#[derive(Debug, Default)]
pub struct Frontmatter {
    /// Top-level keys in order, duplicates included.
    pub fields: Vec<Field>,
    /// Byte offset of the first line after the block; 0 without a block.
    pub body: u32,
    /// Line of the heading above the block, from 1.
    pub heading: Option<usize>,
}

/// Finds and reads the block. Without one the fields are empty and the body is the whole text.
pub fn read(source: &Source) -> Noted<Frontmatter> {
    let Some(block) = find(source) else { return unclosed(source) };
    let text = &source.text[block.start..block.end];
    let mut notes = Vec::new();
    let fields = if text.len() > MAX_BYTES {
        let message = format!("the frontmatter is larger than {} KiB and is not read", MAX_BYTES / 1024);
        notes.push(Note::new("unreadable-metadata", source.line_span(block.first_line), message));
        Vec::new()
    } else if block.toml {
        toml(text, block.start, &mut notes)
    } else {
        yaml(source, text, &block, &mut notes)
    };
    duplicates(&fields, &mut notes);
    Noted { value: Frontmatter { fields, body: block.body as u32, heading: block.heading }, notes }
}

/// Reads a whole file of YAML, as a sidecar is one. Places are those of that file.
pub fn whole(source: &Source) -> Noted<Vec<Field>> {
    let mut notes = Vec::new();
    let end = source.text.len();
    if end > MAX_BYTES {
        let message = format!("the file is larger than {} KiB and is not read", MAX_BYTES / 1024);
        notes.push(Note::new("unreadable-metadata", source.line_span(1), message));
        return Noted { value: Vec::new(), notes };
    }
    let block = Block { start: 0, end, body: end, first_line: 0, toml: false, heading: None };
    let fields = yaml(source, &source.text, &block, &mut notes);
    duplicates(&fields, &mut notes);
    Noted { value: fields, notes }
}

struct Block {
    /// Bytes of the block's content, fences not included.
    start: usize,
    end: usize,
    body: usize,
    /// Line of the opening fence, from 1; 0 where the whole file is the block.
    first_line: usize,
    toml: bool,
    /// Line of the heading above, from 1.
    heading: Option<usize>,
}

fn find(source: &Source) -> Option<Block> {
    let (first_line, heading) = opening(source)?;
    let fence = source.line(first_line).trim_end();
    let toml = fence == "+++";
    let start = source.line_start(first_line + 1) as usize;
    let mut line = first_line + 1;
    loop {
        let at = source.line_start(line) as usize;
        if at >= source.text.len() {
            return None;
        }
        let text = source.line(line).trim_end();
        if text == fence || (!toml && text == "...") {
            let body = source.line_start(line + 1) as usize;
            return Some(Block { start, end: at, body, first_line, toml, heading });
        }
        line += 1;
    }
}

/// The line of the opening fence: the first line that is neither blank nor a comment, or the first after a heading,
/// there only if a key follows it. With the line of that heading.
fn opening(source: &Source) -> Option<(usize, Option<usize>)> {
    let mut comment = false;
    let mut heading = None;
    for line in 1..=40 {
        if source.line_start(line) as usize >= source.text.len() {
            return None;
        }
        let text = source.line(line);
        if comment || text.trim_start().starts_with("<!--") {
            comment = !text.contains("-->");
        } else if matches!(text.trim_end(), "---" | "+++") {
            let next = source.line(line + 1);
            // `---` and a blank line is a rule, unless it stands at the very top and keys follow
            let reach = if line == 1 { 9 } else { 2 };
            let first = (line + 1..line + reach).map(|at| source.line(at)).find(|text| !text.trim().is_empty());
            let keyed = first.is_some_and(key_like);
            let block = line == 1 && !next.trim().is_empty();
            return (keyed || block || closes_at_once(source, line)).then_some((line, heading));
        } else if text.starts_with("# ") && heading.is_none() {
            heading = Some(line);
        } else if !text.trim().is_empty() {
            return None;
        }
    }
    None
}

fn closes_at_once(source: &Source, line: usize) -> bool {
    line == 1 && source.line(line + 1).trim_end() == source.line(line).trim_end()
}

fn key_like(line: &str) -> bool {
    let Some((key, _)) = line.split_once([':', '=']) else { return line.trim_start().starts_with('#') };
    let word = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | ' ' | '"' | '\'' | '.');
    !key.trim().is_empty() && key.len() <= 60 && key.chars().all(word)
}

fn unclosed(source: &Source) -> Noted<Frontmatter> {
    let mut notes = Vec::new();
    if source.line(1).trim_end() == "---" && key_like(source.line(2)) && source.line(2).contains(':') {
        let note = Note::new("unreadable-metadata", source.line_span(1), "the frontmatter is not closed");
        notes.push(note.help("end it with a line of three hyphens"));
    }
    Noted { value: Frontmatter::default(), notes }
}

/// Reads the block piece by piece: after a syntax error the line at fault is read simply, and parsing goes on at the
/// next key at the margin, so that one unquoted `@name` doesn't cost the list below it.
fn yaml(source: &Source, text: &str, block: &Block, notes: &mut Vec<Note>) -> Vec<Field> {
    let mut fields: Vec<Field> = Vec::new();
    let mut first_line = block.first_line;
    let mut start = block.start;
    for _ in 0..MAX_ERRORS {
        let part = &text[start - block.start..];
        let (root, failure) = parse(source, part, first_line, block.end);
        match root {
            Some(Value::Map(found, _)) => fields.extend(found),
            Some(Value::Scalar(text)) if text.value.trim().is_empty() => {}
            Some(other) if failure.is_none() && fields.is_empty() => {
                let message = "the frontmatter is not a list of keys and values";
                notes.push(Note::new("unreadable-metadata", other.span(), message));
            }
            _ => {}
        }
        let Some((mut note, line)) = failure else { return fields };
        let top = |line: &usize| key_at_margin(source.line(*line)).is_some();
        let entry = (first_line + 1..=line).rev().find(top).unwrap_or(line);
        // what is open at the end of the block began above
        if note.span.start as usize >= block.end {
            note.span = source.line_span(entry);
        }
        notes.push(note);
        salvage(source, entry, &mut fields);
        let ends = |line: &usize| source.line_start(*line) as usize >= block.end;
        match (entry + 1..).take_while(|line| !ends(line)).find(|next| *next > entry && top(next)) {
            Some(next) => (first_line, start) = (next - 1, source.line_start(next) as usize),
            None => return fields,
        }
    }
    fields
}

/// The tree of a piece of YAML, and where and why it ends too early. `first_line` is the line before the piece.
fn parse(source: &Source, text: &str, first_line: usize, end: usize) -> (Option<Value>, Option<(Note, usize)>) {
    let places = Places { source, first_line };
    let mut tree = Tree::default();
    for (count, event) in Parser::new_from_str(text).enumerate() {
        let failure = match event {
            Err(error) => Some((*error.marker(), error.info().to_string())),
            Ok((_, span)) if count >= MAX_NODES => Some((span.start, format!("more than {MAX_NODES} values"))),
            Ok((event, span)) => tree.take(event, places.span(span)).err().map(|why| (span.start, why)),
        };
        if let Some((marker, why)) = failure {
            let line = places.line(&marker).min(places.line_of(end));
            let span = Span::new(places.offset(&marker).min(end), source.line_span(line).end as usize);
            let span = if span.start >= span.end { source.line_span(line) } else { span };
            return (tree.finish(), Some((unreadable(span, &why, source.line(line)), line)));
        }
    }
    (tree.finish(), None)
}

fn unreadable(span: Span, why: &str, line: &str) -> Note {
    let why = why.trim_end_matches('.');
    // the parser quotes as TeX does
    let why = match why.strip_suffix('\'').filter(|head| head.contains('`')) {
        Some(head) => format!("{head}`"),
        None => why.to_string(),
    };
    let note = Note::new("unreadable-metadata", span, format!("the frontmatter is not valid YAML: {why}"));
    match line.split_once(": ") {
        Some((_, value)) if value.trim().starts_with(['@', '`', '%']) => note.help("put the value in quotes"),
        Some((_, value)) if value.contains(": ") => note.help("put the value in quotes, because it holds a colon"),
        _ => note,
    }
}

/// The key of a `key: value` line at the margin.
fn key_at_margin(line: &str) -> Option<(&str, &str)> {
    let (key, value) = line.split_once(':')?;
    let simple = key.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-')) && !key.is_empty();
    (simple && (value.is_empty() || value.starts_with([' ', '\t']))).then_some((key, value))
}

/// The line at fault as a key and the text behind it, without what the parser made of it.
fn salvage(source: &Source, line: usize, fields: &mut Vec<Field>) {
    let (text, start) = (source.line(line), source.line_start(line) as usize);
    let Some((key, value)) = key_at_margin(text) else { return };
    if fields.iter().any(|field| field.key.value == key && !blank(&field.value)) {
        return;
    }
    fields.retain(|field| field.key.value != key);
    let bare = value.trim().trim_matches(['"', '\'']);
    let at = |part: &str| {
        let span = Span::of(part, text);
        Span::new(start + span.start as usize, start + span.end as usize)
    };
    fields.push(Field {
        key: Spanned::new(key.to_string(), at(key)),
        value: Value::Scalar(Spanned::new(bare.to_string(), at(bare))),
        origin: Origin::Frontmatter,
    });
}

fn blank(value: &Value) -> bool {
    value.texts().iter().all(|text| text.value.is_empty())
}

fn duplicates(fields: &[Field], notes: &mut Vec<Note>) {
    for (at, field) in fields.iter().enumerate() {
        if fields[..at].iter().any(|earlier| earlier.key.value == field.key.value) {
            let message = format!("key `{}` is given twice", field.key.value);
            notes.push(Note::new("duplicate-key", field.key.span, message).help("keep one of them; the first counts"));
        }
    }
}

/// From the parser's marks (lines from 1, columns in characters from 0, both within the block) to bytes of the file.
struct Places<'a> {
    source: &'a Source,
    first_line: usize,
}

impl Places<'_> {
    fn line(&self, marker: &Marker) -> usize {
        self.first_line + marker.line()
    }

    fn line_of(&self, offset: usize) -> usize {
        self.source.place(offset as u32).line as usize
    }

    fn offset(&self, marker: &Marker) -> usize {
        let line = self.line(marker);
        let text = self.source.line(line);
        let within = text.char_indices().nth(marker.col()).map_or(text.len(), |(at, _)| at);
        self.source.line_start(line) as usize + within
    }

    fn span(&self, span: saphyr_parser::Span) -> Span {
        let (start, end) = (self.offset(&span.start), self.offset(&span.end));
        let text = self.source.text.get(start..end.max(start)).unwrap_or("");
        Span::new(start, start + text.trim_end().len())
    }
}

/// The tree under construction: open lists and maps, innermost last.
#[derive(Default)]
struct Tree {
    open: Vec<Frame>,
    root: Option<Value>,
}

enum Frame {
    List(Vec<Value>, Span),
    Map(Vec<Field>, Option<Spanned<String>>, Span),
}

impl Tree {
    fn take(&mut self, event: Event<'_>, span: Span) -> Result<(), String> {
        match event {
            Event::Scalar(text, ..) => self.put(Value::Scalar(Spanned::new(text.into_owned(), span))),
            Event::Alias(_) => return Err("aliases are not expanded".into()),
            Event::SequenceStart(..) => self.open.push(Frame::List(Vec::new(), span)),
            Event::MappingStart(..) => self.open.push(Frame::Map(Vec::new(), None, span)),
            Event::SequenceEnd | Event::MappingEnd => self.close(),
            _ => {}
        }
        if self.open.len() > MAX_DEPTH { Err(format!("nested deeper than {MAX_DEPTH} levels")) } else { Ok(()) }
    }

    fn finish(mut self) -> Option<Value> {
        while !self.open.is_empty() {
            self.close();
        }
        self.root
    }

    fn close(&mut self) {
        let value = match self.open.pop() {
            None => return,
            Some(Frame::List(values, span)) => {
                let end = values.last().map_or(span.end, |value| value.span().end);
                Value::List(values, Span { start: span.start, end: end.max(span.end) })
            }
            Some(Frame::Map(mut fields, key, span)) => {
                if let Some(key) = key {
                    let empty = Span { start: key.span.end, end: key.span.end };
                    fields.push(field(key, Value::Scalar(Spanned::new(String::new(), empty))));
                }
                let end = fields.last().map_or(span.end, |field| field.value.span().end);
                Value::Map(fields, Span { start: span.start, end: end.max(span.end) })
            }
        };
        self.put(value);
    }

    fn put(&mut self, value: Value) {
        match self.open.last_mut() {
            None => self.root = self.root.take().or(Some(value)),
            Some(Frame::List(values, _)) => values.push(value),
            Some(Frame::Map(fields, key, _)) => match key.take() {
                Some(key) => fields.push(field(key, value)),
                None => {
                    let text = value.texts().first().map(|text| text.value.clone()).unwrap_or_default();
                    *key = Some(Spanned::new(text, value.span()));
                }
            },
        }
    }
}

fn field(key: Spanned<String>, value: Value) -> Field {
    Field { key, value, origin: Origin::Frontmatter }
}

fn toml(text: &str, start: usize, notes: &mut Vec<Note>) -> Vec<Field> {
    match toml::de::DeTable::parse(text) {
        Ok(table) => toml_fields(table.get_ref(), start, MAX_DEPTH),
        Err(error) => {
            let span = error.span().unwrap_or(0..1);
            let span = Span::new(start + span.start, start + span.end.max(span.start + 1).min(text.len()));
            let message =
                format!("the frontmatter is not valid TOML: {}", error.message().lines().next().unwrap_or(""));
            notes.push(Note::new("unreadable-metadata", span, message));
            Vec::new()
        }
    }
}

fn toml_fields(table: &toml::de::DeTable<'_>, start: usize, depth: usize) -> Vec<Field> {
    let at = |span: std::ops::Range<usize>| Span::new(start + span.start, start + span.end);
    let mut fields: Vec<Field> = table
        .iter()
        .map(|(key, value)| {
            field(Spanned::new(key.get_ref().to_string(), at(key.span())), toml_value(value, start, depth))
        })
        .collect();
    fields.sort_by_key(|field| field.key.span);
    fields
}

fn toml_value(value: &toml::Spanned<toml::de::DeValue<'_>>, start: usize, depth: usize) -> Value {
    use toml::de::DeValue;
    let span = Span::new(start + value.span().start, start + value.span().end);
    match value.get_ref() {
        DeValue::String(text) => Value::Scalar(Spanned::new(text.to_string(), span)),
        DeValue::Integer(number) => Value::Scalar(Spanned::new(number.as_str().to_string(), span)),
        DeValue::Float(number) => Value::Scalar(Spanned::new(number.as_str().to_string(), span)),
        DeValue::Boolean(truth) => Value::Scalar(Spanned::new(truth.to_string(), span)),
        DeValue::Datetime(date) => Value::Scalar(Spanned::new(date.to_string(), span)),
        DeValue::Array(values) if depth > 0 => {
            Value::List(values.iter().map(|value| toml_value(value, start, depth - 1)).collect(), span)
        }
        DeValue::Table(table) if depth > 0 => Value::Map(toml_fields(table, start, depth - 1), span),
        DeValue::Array(_) | DeValue::Table(_) => Value::Scalar(Spanned::new(String::new(), span)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> String {
        let source = Source::new("a.md", text);
        let read = read(&source);
        let mut out = String::new();
        let place = |span: Span| {
            let place = source.place(span.start);
            format!("{}:{}", place.line, place.column)
        };
        for field in &read.value.fields {
            let texts: Vec<&str> = field.value.texts().iter().map(|text| text.value.as_str()).collect();
            out += &format!(
                "{} {} = {} {}\n",
                place(field.key.span),
                field.key.value,
                place(field.value.span()),
                texts.join("|")
            );
        }
        for note in &read.notes {
            out += &format!("{} {}: {}\n", place(note.span), note.rule, note.message);
        }
        out + &format!("body {}", place(Span { start: read.value.body, end: read.value.body }))
    }

    #[test]
    fn places_of_keys_and_values() {
        assert_eq!(
            shown("---\ntitle: é😀 Move it\nid: 0042\ntags: [a, b]\nai:\n  priority: high\n---\n# Body\n"),
            "2:1 title = 2:8 é😀 Move it\n3:1 id = 3:5 0042\n4:1 tags = 4:7 a|b\n5:1 ai = 6:3 high\nbody 8:1"
        );
    }

    #[test]
    fn toml_and_late_blocks() {
        assert_eq!(
            shown("+++\ntitle = \"x\"\nexpires = 2026-11-01\n+++\n"),
            "2:1 title = 2:9 x\n3:1 expires = 3:11 2026-11-01\nbody 5:1"
        );
        assert_eq!(shown("<!-- SPECKIT_LEVEL: 2 -->\n\n---\nid: 7\n---\nx"), "4:1 id = 4:5 7\nbody 6:1");
        assert_eq!(shown("# Title\n\n---\n\nText: here\n\n---\n"), "body 1:1");
    }

    #[test]
    fn a_mistake_keeps_what_can_be_read() {
        assert_eq!(
            shown("---\nid: PLAN-42\nowner: @hana\ntags:\n- a\n- b\nstatus: done\n---\n"),
            "2:1 id = 2:5 PLAN-42\n3:1 owner = 3:8 @hana\n4:1 tags = 5:3 a|b\n7:1 status = 7:9 done\n3:8 unreadable-metadata: the \
             frontmatter is not valid YAML: unexpected character: `@`\nbody 9:1"
        );
        assert!(
            shown("---\nid: 1\n# never closed\n").contains("1:1 unreadable-metadata: the frontmatter is not closed")
        );
        assert!(shown("---\na: 1\na: 2\n---\n").contains("3:1 duplicate-key: key `a` is given twice"));
    }

    #[test]
    fn bombs_are_refused() {
        for bomb in ["[".repeat(50_000), "{a: ".repeat(10_000), "- ".repeat(16_000), "? ".repeat(16_000)] {
            assert!(shown(&format!("---\nx: {bomb}\n---\n")).contains("unreadable-metadata"), "{}", &bomb[..4]);
        }
        let laughs = "a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]";
        assert!(shown(&format!("---\n{laughs}\n---\n")).contains("aliases are not expanded"));
    }
}
