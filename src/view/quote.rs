//! The sentence in which a document speaks of another one, as plain text.
//!
//! The sentence is cut out of the source, because that is where the place of a mention is known; Markdown's marks go
//! afterwards.

use comrak::Arena;
use comrak::nodes::NodeValue;

use crate::markdown;
use crate::model::Document;
use crate::source::Span;
use crate::view::visible;

/// Bytes looked at on either side of the mention: no sentence that anybody reads is longer.
const REACH: usize = 600;
/// Characters of a quote, and of what stands before the mention in it.
const LONG: usize = 150;
const BEFORE: usize = 70;

/// The sentence around a place in the body; absent for a place in the metadata, which holds no sentences, and for one
/// that says nothing besides the mention itself.
pub(super) fn quote(document: &Document, span: Span) -> Option<String> {
    let text = document.source.text.as_str();
    let (start, end) = (span.start as usize, span.end as usize);
    if start < document.body as usize || end > text.len() || start > end {
        return None;
    }
    let (from, to) = block(text, document.body as usize, start, end);
    let (from, to) = sentence(text, from, to, start, end);
    let before = plain(text.get(from..start)?);
    let whole = plain(text.get(from..to)?);
    let mention = plain(text.get(start..end)?);
    let more = whole.chars().count() > mention.chars().count() + 8;
    more.then(|| cut(&visible(&whole), before.chars().count()))
}

/// The lines around a place that belong together: up to an empty line, a heading, or where another item, quote or row
/// begins; of a row of a table the cell.
fn block(text: &str, body: usize, start: usize, end: usize) -> (usize, usize) {
    let floor = boundary(text, start.saturating_sub(REACH).max(body));
    let ceiling = boundary(text, (end + REACH).min(text.len()));
    let mut from = text[floor..start].rfind('\n').map_or(floor, |at| floor + at + 1);
    while from > floor && !begins(line_at(text, from)) {
        let above = text[floor..from - 1].rfind('\n').map_or(floor, |at| floor + at + 1);
        if line_at(text, above).trim().is_empty() || line_at(text, above).starts_with('#') {
            break;
        }
        from = above;
    }
    let mut to = text[end..ceiling].find('\n').map_or(ceiling, |at| end + at);
    while to < ceiling {
        let below = line_at(text, to + 1);
        if below.trim().is_empty() || begins(below) {
            break;
        }
        to = text[to + 1..ceiling].find('\n').map_or(ceiling, |at| to + 1 + at);
    }
    if line_at(text, from).trim_start().starts_with('|') {
        from = text[from..start].rfind('|').map_or(from, |at| from + at + 1);
        to = text[end..to].find('|').map_or(to, |at| end + at);
    }
    (from, to)
}

/// The sentence within a block.
fn sentence(text: &str, from: usize, to: usize, start: usize, end: usize) -> (usize, usize) {
    let stops = |here: usize, there: usize| {
        let marks = text[here..there].char_indices().filter(|(_, c)| matches!(c, '.' | '!' | '?' | '。' | '！' | '？'));
        marks
            .map(move |(at, c)| (here + at, c))
            .filter(|(at, c)| stop(text, from, *at, *c))
            .map(|(at, c)| at + c.len_utf8())
    };
    (stops(from, start).next_back().unwrap_or(from), stops(end, to).next().unwrap_or(to))
}

/// Whether a sentence ends with this mark. "e.g. this" and "3. this" go on.
fn stop(text: &str, from: usize, at: usize, mark: char) -> bool {
    if !mark.is_ascii() {
        return true;
    }
    let next = text[at + 1..].chars().next();
    let word = text[from..at].rsplit(char::is_whitespace).next().unwrap_or("");
    let short = word.chars().filter(|c| c.is_alphanumeric()).count() <= 2 || word.contains('.') && !word.ends_with(')');
    next.is_none_or(char::is_whitespace) && (mark != '.' || !short)
}

/// Text without Markdown's marks, on one line.
fn plain(source: &str) -> String {
    let source = source.trim_start().trim_start_matches(['>', '|']).trim_start();
    let arena = Arena::new();
    let mut text = String::new();
    for node in markdown::parse(&arena, source).descendants() {
        match &node.data().value {
            NodeValue::Text(part) => text.push_str(part),
            NodeValue::Code(code) => text.push_str(&code.literal),
            NodeValue::SoftBreak | NodeValue::LineBreak | NodeValue::Paragraph => text.push(' '),
            _ => {}
        }
    }
    text.split_whitespace().collect::<Vec<&str>>().join(" ")
}

/// A long sentence is cut so that the mention stays in it.
fn cut(text: &str, mention: usize) -> String {
    let length = text.chars().count();
    if length <= LONG {
        return text.to_string();
    }
    let from = if mention > BEFORE { (mention - BEFORE).min(length - LONG) } else { 0 };
    let part: String = text.chars().skip(from).take(LONG).collect();
    // whole words, where there are any
    let part = if from > 0 { part.split_once(' ').map_or(part.as_str(), |(_, rest)| rest) } else { &part };
    let ends = from + LONG >= length;
    let part = if ends { part } else { part.rsplit_once(' ').map_or(part, |(rest, _)| rest) };
    format!("{}{part}{}", if from > 0 { "…" } else { "" }, if ends { "" } else { "…" })
}

fn line_at(text: &str, at: usize) -> &str {
    let rest = text.get(at..).unwrap_or("");
    rest.split('\n').next().unwrap_or("")
}

/// A line that begins something of its own: an item, a row, a heading, a quote.
fn begins(line: &str) -> bool {
    let line = line.trim_start();
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    let numbered = digits > 0 && line[digits..].starts_with([')', '.']);
    numbered || ["- ", "* ", "+ ", "|", "#", "> ", "```"].iter().any(|mark| line.starts_with(mark))
}

fn boundary(text: &str, mut at: usize) -> usize {
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Config;
    use crate::read;
    use crate::source::Source;

    fn said(text: &str, mention: &str) -> Option<String> {
        let document = read::read(Source::new("plans/a.md", text), &Config::default()).value;
        let start = document.source.text.find(mention).expect("the mention is there") as u32;
        quote(&document, Span { start, end: start + mention.len() as u32 })
    }

    #[test]
    fn a_quote_is_the_sentence_without_marks() {
        let text = "---\nid: PLAN-1\ndepends_on: PLAN-7\n---\n# A\n\nFirst things come first ([see](x.md)). The **rule** of [PLAN-2](2.md) \
                    applies to\n`phase 6` only. Then more.\n\n- one\n- see e.g. PLAN-3 for details\n- [PLAN-4](4.md)\n\n| a | b |\n|---|---|\n| x. y | after PLAN-5 ends |\n";
        assert_eq!(said(text, "[PLAN-2](2.md)").as_deref(), Some("The rule of PLAN-2 applies to phase 6 only."));
        assert_eq!(said(text, "PLAN-3").as_deref(), Some("see e.g. PLAN-3 for details"));
        assert_eq!(said(text, "PLAN-5").as_deref(), Some("after PLAN-5 ends"));
        assert_eq!(said(text, "[PLAN-4](4.md)"), None, "a link alone says nothing");
        assert_eq!(said(text, "PLAN-7"), None, "metadata holds no sentences");
    }

    #[test]
    fn long_sentences_are_cut_around_the_mention() {
        let words = "word ".repeat(60);
        let quote = said(&format!("# A\n\n{words}PLAN-2 {words}\n"), "PLAN-2").expect("a sentence");
        assert!(quote.starts_with("…word") && quote.ends_with("word…") && quote.contains(" PLAN-2 "), "{quote}");
        assert!(quote.chars().count() <= LONG + 2);
        let wide = "長い文".repeat(200);
        let quote = said(&format!("# A\n\n{wide}PLAN-2{wide}\n"), "PLAN-2").expect("a sentence");
        assert!(quote.contains("PLAN-2"), "{quote}");
    }
}
