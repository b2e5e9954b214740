//! The lines of a body that are prose: not in a code fence, not in an HTML comment.

use crate::source::Source;

/// One line of prose.
#[derive(Debug, Clone, Copy)]
pub struct Line<'a> {
    /// Number in the file, from 1.
    pub number: usize,
    /// Byte offset of its first character.
    pub start: usize,
    /// The text without its end. Comments that begin and end on the line are still in it.
    pub text: &'a str,
}

impl Line<'_> {
    /// The level of an ATX heading, 1 to 6; absent for other lines.
    pub fn heading(&self) -> Option<usize> {
        let level = self.text.bytes().take_while(|byte| *byte == b'#').count();
        let spaced = matches!(self.text.as_bytes().get(level), Some(b' ' | b'\t'));
        ((1..=6).contains(&level) && spaced).then_some(level)
    }
}

/// The lines of prose from a byte offset on, in order.
pub fn prose(source: &Source, from: u32) -> Vec<Line<'_>> {
    let first = source.place(from).line as usize;
    let mut start = source.line_start(first) as usize;
    let mut fence: Option<&str> = None;
    let mut comment = false;
    let mut lines = Vec::new();
    for (number, text) in (first..).zip(source.text[start..].split('\n')) {
        let trimmed = text.trim_start();
        let marker = fence_marker(trimmed);
        match (fence, marker) {
            (Some(open), Some(close)) if closes(open, close, trimmed) => fence = None,
            (Some(_), _) => {}
            (None, Some(open)) if !comment => fence = Some(open),
            (None, _) => {
                let was = comment;
                comment = still_open(text, comment);
                let opens = comment && trimmed.starts_with("<!--");
                if !(was || opens) {
                    lines.push(Line { number, start, text });
                }
            }
        }
        start += text.len() + 1;
    }
    lines
}

fn fence_marker(text: &str) -> Option<&str> {
    let first = text.chars().next().filter(|c| matches!(c, '`' | '~'))?;
    let length = text.bytes().take_while(|byte| *byte == first as u8).count();
    let inline = first == '`' && text[length..].contains('`');
    (length >= 3 && !inline).then(|| &text[..length])
}

fn closes(open: &str, marker: &str, text: &str) -> bool {
    marker.len() >= open.len() && marker.as_bytes()[0] == open.as_bytes()[0] && text[marker.len()..].trim().is_empty()
}

fn still_open(text: &str, open: bool) -> bool {
    match (text.rfind("<!--"), text.rfind("-->")) {
        (Some(start), Some(end)) => start > end,
        (Some(_), None) => true,
        (None, Some(_)) => false,
        (None, None) => open,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn code_and_comments_are_left_out() {
        let source = Source::new("a.md", "a\n```rust\nb\n```\n<!-- c\nd -->\ne <!-- f -->\n~~~\n```\n~~~\ng");
        let shown: Vec<(usize, &str)> = prose(&source, 0).iter().map(|line| (line.number, line.text)).collect();
        assert_eq!(shown, [(1, "a"), (7, "e <!-- f -->"), (11, "g")]);
    }
}
