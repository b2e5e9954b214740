//! A file's text and the places in it.
//!
//! Offsets are bytes, because slices are; lines and columns are what a person counts: from 1, columns in characters.
//! They are worked out only where something is said about a place.

use std::sync::OnceLock;

/// One Markdown file as it was found. Text is UTF-8 without a byte order mark, every line end a `\n`, and free of NUL
/// and of Unicode noncharacters (both replaced by U+FFFD), so that later stages may use noncharacters as their own marks.
#[derive(Debug, Default, Clone)]
pub struct Source {
    /// Path relative to the collection's root, `/` between parts, also on Windows.
    pub path: String,
    /// The text; empty where the file could not be read or is over the size limit.
    pub text: String,
    /// Why the text is not what the file holds: unreadable, too large, not UTF-8. Absent for a healthy file.
    pub trouble: Option<Trouble>,
    /// The file beside it that holds its facts (`kep.yaml`). Offsets past the text's end are places in it.
    pub sidecar: Option<Box<Source>>,
    starts: OnceLock<Vec<u32>>,
}

/// What kept a file from being read as it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trouble {
    /// The fact, as a finding says it.
    pub message: String,
    /// Byte offset in the text, where one is known.
    pub at: u32,
    /// The operating system refused: the verdict on the collection is incomplete (exit code 2).
    pub fatal: bool,
}

impl Source {
    /// A source from text that may still hold a byte order mark, `\r` and NUL.
    pub fn new(path: impl Into<String>, text: impl Into<String>) -> Self {
        Source { path: path.into(), text: clean(text.into()), trouble: None, sidecar: None, starts: OnceLock::new() }
    }

    /// The same source, with the file beside it that holds its facts.
    pub fn with_sidecar(mut self, sidecar: Source) -> Self {
        self.sidecar = Some(Box::new(sidecar));
        self
    }

    /// The offset at which the sidecar's text begins; the byte before belongs to neither.
    pub fn beyond(&self) -> u32 {
        offset(self.text.len() + 1)
    }

    /// The file that an offset lies in, and the offset there: this one or its sidecar.
    pub fn file(&self, at: u32) -> (&Source, u32) {
        match &self.sidecar {
            Some(sidecar) if at >= self.beyond() => (sidecar, at - self.beyond()),
            _ => (self, at),
        }
    }

    /// The same source, with the reason why its text is not the whole truth.
    pub fn with_trouble(mut self, message: impl Into<String>, at: usize, fatal: bool) -> Self {
        self.trouble = Some(Trouble { message: message.into(), at: offset(at), fatal });
        self
    }

    /// The text a span covers; empty for a span outside the text.
    pub fn slice(&self, span: Span) -> &str {
        if span.start >= self.beyond()
            && let Some(sidecar) = &self.sidecar
        {
            return sidecar.slice(span.before(self.beyond()));
        }
        self.text.get(span.start as usize..span.end as usize).unwrap_or("")
    }

    /// Line and column of a byte offset. An offset past the end is the end.
    pub fn place(&self, offset: u32) -> Place {
        if let (Some(sidecar), true) = (&self.sidecar, offset >= self.beyond()) {
            return sidecar.place(offset - self.beyond());
        }
        let starts = self.starts();
        let line = starts.partition_point(|start| *start <= offset).max(1);
        let head = self.text.get(starts[line - 1] as usize..(offset as usize).min(self.text.len())).unwrap_or("");
        Place { line: line as u32, column: head.chars().count() as u32 + 1 }
    }

    /// Byte offset of the first character of a line, counted from 1. A line past the end is the end.
    pub fn line_start(&self, line: usize) -> u32 {
        self.starts().get(line.saturating_sub(1)).copied().unwrap_or(offset(self.text.len()))
    }

    /// A line without its end, counted from 1; empty past the end.
    pub fn line(&self, line: usize) -> &str {
        let (start, end) = (self.line_start(line) as usize, self.line_start(line + 1) as usize);
        self.text.get(start..end).unwrap_or("").trim_end_matches('\n')
    }

    /// The span of a line without its end, counted from 1.
    pub fn line_span(&self, line: usize) -> Span {
        let start = self.line_start(line) as usize;
        Span::new(start, start + self.line(line).len())
    }

    fn starts(&self) -> &[u32] {
        self.starts.get_or_init(|| {
            let ends = self.text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n');
            std::iter::once(0).chain(ends.map(|(at, _)| offset(at + 1))).collect()
        })
    }
}

/// A stretch of a source, in bytes; the end is not part of it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// The first byte.
    pub start: u32,
    /// The byte after the last one.
    pub end: u32,
}

impl Span {
    /// A span between two byte offsets.
    pub fn new(start: usize, end: usize) -> Self {
        Span { start: offset(start), end: offset(end) }
    }

    /// The span of `part` within `whole`, where `part` is a slice of it (as `trim` and `split` give).
    pub fn of(part: &str, whole: &str) -> Self {
        let start = (part.as_ptr() as usize).saturating_sub(whole.as_ptr() as usize).min(whole.len());
        Span::new(start, (start + part.len()).min(whole.len()))
    }

    /// The same stretch in a text that has so many bytes before it.
    pub fn after(self, bytes: u32) -> Self {
        Span { start: self.start.saturating_add(bytes), end: self.end.saturating_add(bytes) }
    }

    /// The same stretch in a text that lacks so many bytes before it.
    pub fn before(self, bytes: u32) -> Self {
        Span { start: self.start.saturating_sub(bytes), end: self.end.saturating_sub(bytes) }
    }
}

/// Line and column, both from 1; columns count characters.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Place {
    /// Line, from 1.
    pub line: u32,
    /// Column in characters, from 1.
    pub column: u32,
}

/// A value and where it stands.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Spanned<T> {
    /// The value as understood.
    pub value: T,
    /// Where it was written.
    pub span: Span,
}

impl<T> Spanned<T> {
    /// A value with its place.
    pub fn new(value: T, span: Span) -> Self {
        Spanned { value, span }
    }
}

fn offset(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}

fn clean(text: String) -> String {
    let text = match text.strip_prefix('\u{feff}') {
        Some(rest) => rest.to_string(),
        None => text,
    };
    let odd = |c: char| matches!(c, '\0' | '\u{fdd0}'..='\u{fdef}');
    if !text.contains('\r') && !text.contains(odd) {
        return text;
    }
    text.replace("\r\n", "\n").replace('\r', "\n").replace(odd, "\u{fffd}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_count_characters_and_survive_odd_line_ends() {
        let source = Source::new("a.md", "\u{feff}é😀x\r\nsecond\rthird");
        assert_eq!(source.text, "é😀x\nsecond\nthird");
        assert_eq!(source.place(6), Place { line: 1, column: 3 });
        assert_eq!(source.place(8), Place { line: 2, column: 1 });
        assert_eq!(source.place(999), Place { line: 3, column: 6 });
        assert_eq!(source.line(2), "second");
        assert_eq!(source.line(9), "");
    }

    #[test]
    fn places_past_the_end_are_in_the_sidecar() {
        let source =
            Source::new("a/README.md", "# A\n").with_sidecar(Source::new("a/kep.yaml", "title: A\nstatus: b\n"));
        let span = Span::new(8, 9).after(9).after(source.beyond());
        assert_eq!(source.slice(span), "b");
        assert_eq!(source.place(span.start), Place { line: 2, column: 9 });
        assert_eq!(source.file(span.start).0.path, "a/kep.yaml");
        assert_eq!(source.file(2).0.path, "a/README.md");
    }

    #[test]
    fn a_part_knows_its_place_in_the_whole() {
        let whole = "status:  done ";
        let part = whole.split(':').nth(1).map(str::trim).unwrap_or("");
        assert_eq!(Span::of(part, whole), Span::new(9, 13));
    }
}
