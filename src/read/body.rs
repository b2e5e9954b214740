//! The body as Markdown sees it: headings, links, boxes, ids in running text, the first paragraph that says something.
//!
//! What these mean (phases, gates, relations) is decided in `anatomy` and `mention`.

use comrak::nodes::{AstNode, NodeValue, Sourcepos};
use comrak::{Anchorizer, Arena};

use crate::markdown;
use crate::model::{Heading, MentionForm};
use crate::source::{Source, Span};
use crate::words;

/// What a walk over the tree finds, in the order of the text.
#[derive(Debug, Default)]
pub struct Body {
    /// Headings outside lists and quotes.
    pub headings: Vec<Heading>,
    /// Links and images, with their targets as written.
    pub links: Vec<RawLink>,
    /// Ids in running text: two or more capitals, a hyphen, digits.
    pub ids: Vec<Span>,
    /// Boxes.
    pub boxes: Vec<RawBox>,
    /// Paragraphs of running text outside lists, tables and quotes, cut to 400 characters.
    pub paragraphs: Vec<Paragraph>,
    /// Rows of tables whose head names a phase and a status: the cells' texts.
    pub phase_rows: Vec<(String, String)>,
    /// Names of HTML anchors.
    pub anchors: Vec<String>,
}

/// A link or an image.
#[derive(Debug)]
pub struct RawLink {
    /// The target as Markdown understands it (entities decoded).
    pub url: String,
    /// Link or image.
    pub form: MentionForm,
    /// The whole of it.
    pub span: Span,
}

/// A list item with a box.
#[derive(Debug)]
pub struct RawBox {
    /// The character between the brackets; absent for a space.
    pub mark: Option<char>,
    /// First line of its text.
    pub text: String,
    /// Within another box's item.
    pub nested: bool,
    /// The short paragraph that introduces its list: `**Exit gate:**`.
    pub label: Option<String>,
    /// Line, from 1.
    pub line: u32,
}

/// A paragraph of running text.
#[derive(Debug)]
pub struct Paragraph {
    /// Text without markup, cut to 400 characters.
    pub text: String,
    /// Line, from 1.
    pub line: u32,
}

/// Walks the Markdown from a byte offset on.
pub fn read(source: &Source, from: u32) -> Body {
    let arena = Arena::new();
    let root = markdown::parse(&arena, &source.text[from as usize..]);
    let mut walk =
        Walk { source, first_line: source.place(from).line - 1, body: Body::default(), slugs: Anchorizer::new() };
    for node in root.descendants() {
        walk.take(node);
    }
    walk.body
}

struct Walk<'a> {
    source: &'a Source,
    /// Lines before the body.
    first_line: u32,
    body: Body,
    slugs: Anchorizer,
}

impl Walk<'_> {
    fn take<'n>(&mut self, node: &'n AstNode<'n>) {
        let ast = node.data();
        let at = ast.sourcepos;
        match &ast.value {
            NodeValue::Heading(heading) => {
                let text = node.collect_text();
                let anchor = self.slugs.anchorize(&text);
                if node.parent().is_some_and(|parent| matches!(parent.data().value, NodeValue::Document)) {
                    let line = self.line(at);
                    self.body.headings.push(Heading {
                        level: heading.level,
                        text: text.trim().to_string(),
                        anchor,
                        line,
                    });
                }
            }
            NodeValue::Link(link) => self.link(&link.url, MentionForm::Link, at),
            NodeValue::WikiLink(link) => self.link(&link.url, MentionForm::Wiki, at),
            NodeValue::Image(link) => self.link(&link.url, MentionForm::Image, at),
            NodeValue::Text(text) => self.ids(text, at, node),
            NodeValue::TaskItem(item) => {
                let text = node.first_child().map(first_line).unwrap_or_default();
                let nested = node.ancestors().skip(1).any(|above| matches!(above.data().value, NodeValue::TaskItem(_)));
                let (mark, line) = (item.symbol, self.line(at));
                self.body.boxes.push(RawBox { mark, text, nested, label: label(node), line });
            }
            NodeValue::Paragraph
                if node.parent().is_some_and(|parent| matches!(parent.data().value, NodeValue::Document)) =>
            {
                let text = words::shorten(&flat(node), 400);
                let line = self.line(at);
                self.body.paragraphs.push(Paragraph { text, line });
            }
            NodeValue::Table(_) => self.table(node),
            NodeValue::HtmlBlock(html) => self.html(&html.literal),
            NodeValue::HtmlInline(html) => self.html(html),
            _ => {}
        }
    }

    fn line(&self, at: Sourcepos) -> u32 {
        self.first_line + at.start.line as u32
    }

    /// Bytes of a node. The parser's columns are bytes from 1, the end's column is that of the last byte.
    fn span(&self, at: Sourcepos) -> Span {
        let line = |number: usize| self.source.line_start(self.first_line as usize + number) as usize;
        Span::new(line(at.start.line) + at.start.column.saturating_sub(1), line(at.end.line) + at.end.column)
    }

    fn link(&mut self, url: &str, form: MentionForm, at: Sourcepos) {
        let span = self.span(at);
        self.body.links.push(RawLink { url: url.to_string(), form, span });
    }

    /// Ids in a text node. Escapes and entities shift the places, so a place counts only if the id stands there.
    fn ids<'n>(&mut self, text: &str, at: Sourcepos, node: &'n AstNode<'n>) {
        if !text.contains('-')
            || node
                .ancestors()
                .skip(1)
                .any(|above| matches!(above.data().value, NodeValue::Link(_) | NodeValue::Image(_)))
        {
            return;
        }
        let start = self.span(at).start as usize;
        for (offset, id) in id_words(text) {
            let span = Span::new(start + offset, start + offset + id.len());
            if self.source.slice(span) == id {
                self.body.ids.push(span);
            }
        }
    }

    fn table<'n>(&mut self, node: &'n AstNode<'n>) {
        let cells = |row: &'n AstNode<'n>| row.children().map(|cell| cell.collect_text()).collect::<Vec<String>>();
        let mut rows = node.children();
        let Some(head) = rows.next().map(cells) else { return };
        let column = |name: &str| head.iter().position(|cell| cell.trim().eq_ignore_ascii_case(name));
        if let (Some(phase), Some(status)) = (column("phase"), column("status")) {
            let row = |row: &'n AstNode<'n>| {
                let cells = cells(row);
                Some((cells.get(phase)?.trim().to_string(), cells.get(status)?.trim().to_string()))
            };
            self.body.phase_rows.extend(rows.filter_map(row));
        }
    }

    fn html(&mut self, html: &str) {
        let names = [("<!-- ANCHOR:", " "), ("<!-- anchor:", " "), ("name=\"", "\""), ("id=\"", "\"")];
        for (start, end) in names {
            for part in html.split(start).skip(1) {
                let name = part.split(end).next().unwrap_or("").trim().trim_end_matches("-->").trim();
                if !name.is_empty() && name.len() <= 200 {
                    self.body.anchors.push(name.to_string());
                }
            }
        }
    }
}

/// `ADR-0018` and its like in a text, with byte offsets.
pub fn id_words(text: &str) -> Vec<(usize, &str)> {
    let bytes = text.as_bytes();
    let mut found = Vec::new();
    for (hyphen, _) in text.match_indices('-') {
        let letters = bytes[..hyphen].iter().rev().take_while(|byte| byte.is_ascii_uppercase()).count();
        let digits = bytes[hyphen + 1..].iter().take_while(|byte| byte.is_ascii_digit()).count();
        let (start, end) = (hyphen - letters, hyphen + 1 + digits);
        let outside = |byte: Option<&u8>| {
            byte.is_none_or(|byte| !byte.is_ascii_alphanumeric() && !matches!(byte, b'_' | b'-' | b'/'))
        };
        let before = start.checked_sub(1).and_then(|at| bytes.get(at));
        let after = bytes.get(end);
        if (2..=12).contains(&letters) && (1..=6).contains(&digits) && outside(before) && outside(after) {
            found.push((start, &text[start..end]));
        }
    }
    found
}

/// The text of a block on one line.
fn flat<'n>(node: &'n AstNode<'n>) -> String {
    let mut text = String::new();
    for inner in node.descendants() {
        match &inner.data().value {
            NodeValue::Text(part) => text += part,
            NodeValue::Code(code) => text += &code.literal,
            NodeValue::SoftBreak | NodeValue::LineBreak => text.push(' '),
            _ => {}
        }
    }
    text.trim().to_string()
}

fn first_line<'n>(node: &'n AstNode<'n>) -> String {
    let mut text = String::new();
    for inner in node.descendants() {
        match &inner.data().value {
            NodeValue::Text(part) => text += part,
            NodeValue::Code(code) => text += &code.literal,
            NodeValue::SoftBreak | NodeValue::LineBreak => break,
            _ => {}
        }
    }
    words::shorten(text.trim(), 300)
}

/// The paragraph right before the item's outermost list, where it is short.
fn label<'n>(item: &'n AstNode<'n>) -> Option<String> {
    let mut list = item.parent()?;
    while let Some(above) = list.parent().filter(|above| !matches!(above.data().value, NodeValue::Document)) {
        list = above;
    }
    let before = list.previous_sibling()?;
    let text = matches!(before.data().value, NodeValue::Paragraph).then(|| flat(before))?;
    (text.len() <= 80).then_some(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans_are_those_of_the_file() {
        let source = Source::new(
            "a.md",
            "---\nid: 1\n---\n# Über `x`\n\nSee **[a](b.md)** and ADR-0018, not UTF-8x.\n\n**Exit gate:**\n- [ ] one\n  - [x] two\n",
        );
        let body = read(&source, 14);
        assert_eq!(body.headings[0].anchor, "über-x");
        assert_eq!(body.headings[0].line, 4);
        assert_eq!(source.slice(body.links[0].span), "[a](b.md)");
        assert_eq!(body.ids.iter().map(|span| source.slice(*span)).collect::<Vec<_>>(), ["ADR-0018"]);
        let boxes: Vec<_> =
            body.boxes.iter().map(|item| (item.text.as_str(), item.nested, item.label.as_deref(), item.line)).collect();
        assert_eq!(boxes, [("one", false, Some("Exit gate:"), 9), ("two", true, Some("Exit gate:"), 10)]);
    }
}
