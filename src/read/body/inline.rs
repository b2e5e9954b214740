//! The text of a paragraph, gathered while it is walked, and the statements in it: `**Owner:** Ana | **Due:** May` are
//! two, each with its label.

use crate::words;

/// Longer texts are cut.
const LONGEST: usize = 400;
/// Longer stretches in bold are no labels.
const LONGEST_LABEL: usize = 60;

/// A label in bold or italics and what follows it; or a text without a label.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Said {
    /// Without its colon.
    pub label: Option<String>,
    /// Without markup, cut to 400 characters.
    pub text: String,
    /// Bytes of `text` at its start that are bold.
    pub lead: usize,
    /// Line, from 1.
    pub line: u32,
}

impl Said {
    /// Label and text as one.
    pub fn whole(&self) -> String {
        match &self.label {
            Some(label) if self.text.is_empty() => format!("{label}:"),
            Some(label) => format!("{label}: {}", self.text),
            None => self.text.clone(),
        }
    }
}

/// A paragraph in the making.
#[derive(Debug, Default)]
pub(super) struct Inline {
    text: String,
    line: u32,
    first_break: Option<usize>,
    stretches: Vec<Stretch>,
    /// Where the open stretches of bold and italics began.
    open: Vec<(usize, u32)>,
    /// Depth of struck-out text, and how many bytes of it there are.
    striking: u32,
    struck: usize,
}

#[derive(Debug)]
struct Stretch {
    start: usize,
    end: usize,
    line: u32,
}

impl Inline {
    pub(super) fn new(line: u32) -> Self {
        Inline { line, ..Inline::default() }
    }

    pub(super) fn push(&mut self, text: &str) {
        self.text += text;
        if self.striking > 0 {
            self.struck += text.len();
        }
    }

    pub(super) fn break_line(&mut self) {
        self.first_break.get_or_insert(self.text.len());
        self.text.push(' ');
        self.line += 1;
    }

    pub(super) fn open(&mut self) {
        self.open.push((self.text.len(), self.line));
    }

    pub(super) fn close(&mut self) {
        let Some((start, line)) = self.open.pop() else { return };
        // of bold within bold the outer one counts
        if self.open.is_empty() && start < self.text.len() {
            self.stretches.push(Stretch { start, end: self.text.len(), line });
        }
    }

    pub(super) fn strike(&mut self, on: bool) {
        self.striking = if on { self.striking + 1 } else { self.striking.saturating_sub(1) };
    }

    /// All of it is struck out.
    pub(super) fn is_struck(&self) -> bool {
        self.struck > 0 && self.struck + 4 >= self.text.trim().len()
    }

    /// All of it on one line, cut to 400 characters.
    pub(super) fn flat(&self) -> String {
        words::shorten(self.text.trim(), LONGEST)
    }

    /// Its first line.
    pub(super) fn first_line(&self) -> String {
        words::shorten(self.text[..self.first_break.unwrap_or(self.text.len())].trim(), 300)
    }

    /// Its statements in order.
    pub(super) fn said(&self, first: u32) -> Vec<Said> {
        let mut all = Vec::new();
        let (mut label, mut start, mut lead, mut line) = (None, 0, 0, first);
        for stretch in &self.stretches {
            let Some((name, after)) = self.label(stretch) else {
                // bold at the very start of a statement
                if lead == 0 && self.text[start..stretch.start].trim().is_empty() {
                    lead = stretch.end;
                }
                continue;
            };
            self.put(&mut all, (label.take(), start, lead, line), stretch.start);
            (label, start, lead, line) = (Some(name), after, 0, stretch.line);
        }
        self.put(&mut all, (label, start, lead, line), self.text.len());
        all
    }

    fn put(&self, all: &mut Vec<Said>, (label, start, lead, line): (Option<String>, usize, usize, u32), end: usize) {
        let raw = &self.text[start.min(end)..end];
        let text = raw.trim();
        // what parts two statements on a line belongs to neither
        let text = if end < self.text.len() {
            text.trim_end_matches(['|', '·', '•', ' ', '—', '–', '→'])
        } else {
            text
        };
        if label.is_none() && text.is_empty() {
            return;
        }
        let skipped = raw.len() - raw.trim_start().len();
        let lead = lead.saturating_sub(start + skipped).min(text.len());
        let text = words::shorten(text, LONGEST);
        let lead = if text.is_char_boundary(lead) { lead.min(text.len()) } else { 0 };
        all.push(Said { label, text, lead, line });
    }

    /// The name a bold stretch gives to what follows, and where that begins.
    fn label(&self, stretch: &Stretch) -> Option<(String, usize)> {
        let name = self.text[stretch.start..stretch.end].trim();
        let after = &self.text[stretch.end..];
        let (name, skip) = match name.strip_suffix([':', '：']) {
            Some(name) => (name, 0),
            None => (name, after.len() - after.strip_prefix([':', '：'])?.len()),
        };
        let sound = !name.is_empty() && name.len() <= LONGEST_LABEL && name.chars().any(char::is_alphanumeric);
        sound.then(|| (name.trim().to_string(), stretch.end + skip))
    }
}
