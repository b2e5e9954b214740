//! The body as Markdown sees it: headings, links, ids in running text, and blocks: paragraphs, list items with their
//! boxes, tables, fences.
//!
//! What these mean (phases, gates, relations) is decided in `anatomy` and `mention`.

mod inline;

use comrak::Arena;
use comrak::arena_tree::NodeEdge;
use comrak::nodes::{AstNode, NodeTaskItem, NodeValue, Sourcepos};

use crate::markdown::html::{self, Token};
use crate::markdown::{self, Anchors};
use crate::model::{Heading, MentionForm};
use crate::source::{Source, Span};

use inline::Inline;
pub use inline::Said;

/// Paragraphs of one list item beyond these are left out.
const MOST_SAID: usize = 12;

/// What a walk over the tree finds, in the order of the text.
#[derive(Debug, Default)]
pub struct Body {
    /// Headings outside lists and quotes.
    pub headings: Vec<Heading>,
    /// Links and images, with their targets as written.
    pub links: Vec<RawLink>,
    /// Ids in running text: two or more capitals, a hyphen, digits.
    pub ids: Vec<Span>,
    /// Paragraphs, list items, tables and fences, in the order of the text.
    pub blocks: Vec<Block>,
    /// Paragraphs of running text outside lists, tables and quotes, cut to 400 characters.
    pub paragraphs: Vec<Paragraph>,
    /// Names of HTML anchors, and the anchors of headings in lists and quotes.
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

/// A paragraph of running text.
#[derive(Debug)]
pub struct Paragraph {
    /// Text without markup, cut to 400 characters.
    pub text: String,
    /// Line, from 1.
    pub line: u32,
}

/// A piece of the body that the anatomy is made of.
#[derive(Debug)]
pub struct Block {
    /// Index of the heading it stands under; absent before the first one.
    pub under: Option<usize>,
    /// Line, from 1.
    pub line: u32,
    /// What it is.
    pub content: Content,
}

/// The sorts of blocks.
#[derive(Debug)]
pub enum Content {
    /// A paragraph outside lists, also in a quote: its statements.
    Paragraph(Vec<Said>),
    /// A list item.
    Item(Item),
    /// A table.
    Table(Table),
    /// A fenced block of code.
    Fence(Fence),
}

/// A list item.
#[derive(Debug, Default)]
pub struct Item {
    /// How many lists it is in besides its own.
    pub depth: u32,
    /// The character in its box: `Some(None)` for an empty box, absent without a box.
    pub mark: Option<Option<char>>,
    /// Its statements, without those of items within.
    pub said: Vec<Said>,
    /// First line of its text.
    pub first: String,
    /// Index of the block of the item it stands within.
    pub parent: Option<usize>,
    /// Index of the paragraph right before its outermost list.
    pub intro: Option<usize>,
    /// Within another box's item.
    pub nested: bool,
    /// All of its text is struck out.
    pub struck: bool,
}

/// A table, each cell without markup.
#[derive(Debug, Default)]
pub struct Table {
    /// The cells of the head in lower case, without markup and what stands in brackets: `**Risk** (top 5)` is `risk`.
    pub head: Vec<String>,
    /// The other rows.
    pub rows: Vec<Row>,
}

/// A row of a table.
#[derive(Debug)]
pub struct Row {
    /// As many as the head has.
    pub cells: Vec<String>,
    /// Line, from 1.
    pub line: u32,
}

/// A fenced block of code.
#[derive(Debug)]
pub struct Fence {
    /// First word after the opening fence, lower case.
    pub info: String,
    /// First line of the code, from 1.
    pub first: u32,
    /// Last line of the code, from 1; before `first` where there is none.
    pub last: u32,
}

impl Block {
    /// The list item it is.
    pub fn item(&self) -> Option<&Item> {
        match &self.content {
            Content::Item(item) => Some(item),
            _ => None,
        }
    }

    /// The statements of a paragraph or an item; none of other blocks.
    pub fn said(&self) -> &[Said] {
        match &self.content {
            Content::Paragraph(said) => said,
            Content::Item(item) => &item.said,
            _ => &[],
        }
    }
}

/// Walks the Markdown from a byte offset on.
pub fn read(source: &Source, from: u32) -> Body {
    let arena = Arena::new();
    let root = markdown::parse(&arena, &source.text[from as usize..]);
    let first_line = source.place(from).line - 1;
    let mut walk = Walk {
        source,
        first_line,
        body: Body::default(),
        slugs: Anchors::default(),
        inline: None,
        items: Vec::new(),
        open: Open::default(),
        intro: None,
    };
    for edge in root.traverse() {
        match edge {
            NodeEdge::Start(node) => walk.enter(node),
            NodeEdge::End(node) => walk.leave(node),
        }
    }
    walk.body
}

struct Walk<'a> {
    source: &'a Source,
    /// Lines before the body.
    first_line: u32,
    body: Body,
    slugs: Anchors,
    /// The paragraph that is open, and its line.
    inline: Option<(Inline, u32)>,
    /// Blocks of the items that are open.
    items: Vec<usize>,
    open: Open,
    /// The paragraph right before the outermost list that is open.
    intro: Option<usize>,
}

/// How many nodes of a sort are open.
#[derive(Default)]
struct Open {
    links: u32,
    lists: u32,
    boxes: u32,
    /// Footnotes stand at the end of the tree, under no heading of theirs.
    footnotes: u32,
}

impl Walk<'_> {
    fn enter<'n>(&mut self, node: &'n AstNode<'n>) {
        let ast = node.data();
        let at = ast.sourcepos;
        match &ast.value {
            NodeValue::Heading(heading) => self.heading(node, heading.level, at),
            NodeValue::Link(link) => {
                self.open.links += 1;
                self.link(&link.url, MentionForm::Link, at);
            }
            NodeValue::WikiLink(link) => {
                self.open.links += 1;
                self.link(&link.url, MentionForm::Wiki, at);
            }
            NodeValue::Image(link) => {
                self.open.links += 1;
                self.link(&link.url, MentionForm::Image, at);
            }
            NodeValue::Text(text) => {
                if self.open.links == 0 {
                    self.ids(text, at);
                }
                self.text(text);
            }
            NodeValue::Code(code) => self.text(&code.literal),
            NodeValue::Math(math) => self.text(&math.literal),
            NodeValue::ShortCode(emoji) => self.text(&emoji.emoji),
            NodeValue::SoftBreak | NodeValue::LineBreak => self.with(Inline::break_line),
            NodeValue::Strong | NodeValue::Emph => self.with(Inline::open),
            NodeValue::Strikethrough => self.with(|inline| inline.strike(true)),
            NodeValue::FootnoteDefinition(_) => self.open.footnotes += 1,
            NodeValue::List(_) => {
                if self.open.lists == 0 {
                    let paragraph = |before: &AstNode<'_>| matches!(before.data().value, NodeValue::Paragraph);
                    let before = node.previous_sibling().is_some_and(paragraph);
                    self.intro = self.body.blocks.len().checked_sub(1).filter(|_| before);
                }
                self.open.lists += 1;
            }
            NodeValue::Item(_) => self.item(None, at),
            NodeValue::TaskItem(item) => {
                self.item(Some(item), at);
                self.open.boxes += 1;
            }
            NodeValue::Paragraph => {
                let line = self.line(at);
                self.inline = Some((Inline::new(line), line));
            }
            NodeValue::Table(_) => self.table(node, at),
            NodeValue::CodeBlock(code) if code.fenced => {
                let info = code.info.split_whitespace().next().unwrap_or("").to_lowercase();
                let (first, count) = (self.line(at) + 1, code.literal.lines().count() as u32);
                self.block(self.line(at), Content::Fence(Fence { info, first, last: first + count - 1 }));
            }
            NodeValue::HtmlBlock(html) => self.html(&html.literal, at),
            NodeValue::HtmlInline(html) => self.html(html, at),
            _ => {}
        }
    }

    fn leave<'n>(&mut self, node: &'n AstNode<'n>) {
        match &node.data().value {
            NodeValue::Link(_) | NodeValue::WikiLink(_) | NodeValue::Image(_) => self.open.links -= 1,
            NodeValue::Strong | NodeValue::Emph => self.with(Inline::close),
            NodeValue::Strikethrough => self.with(|inline| inline.strike(false)),
            NodeValue::FootnoteDefinition(_) => self.open.footnotes -= 1,
            NodeValue::List(_) => self.open.lists -= 1,
            NodeValue::Item(_) => drop(self.items.pop()),
            NodeValue::TaskItem(_) => {
                self.items.pop();
                self.open.boxes -= 1;
            }
            NodeValue::Paragraph => {
                let top = node.parent().is_some_and(|parent| matches!(parent.data().value, NodeValue::Document));
                self.paragraph(top);
            }
            _ => {}
        }
    }

    fn heading<'n>(&mut self, node: &'n AstNode<'n>, level: u8, at: Sourcepos) {
        let anchor = self.slugs.next(node);
        if node.parent().is_some_and(|parent| matches!(parent.data().value, NodeValue::Document)) {
            let (text, line) = (markdown::words(node).trim().to_string(), self.line(at));
            self.body.headings.push(Heading { level, text, anchor, line });
        } else {
            self.body.anchors.push(anchor);
        }
    }

    fn block(&mut self, line: u32, content: Content) {
        if self.open.footnotes == 0 {
            let under = self.body.headings.len().checked_sub(1);
            self.body.blocks.push(Block { under, line, content });
        }
    }

    fn item(&mut self, task: Option<&NodeTaskItem>, at: Sourcepos) {
        let item = Item {
            depth: self.open.lists.saturating_sub(1),
            mark: task.map(|task| task.symbol),
            parent: self.items.last().copied(),
            intro: self.intro,
            nested: self.open.boxes > 0,
            ..Item::default()
        };
        self.items.push(self.body.blocks.len());
        self.block(self.line(at), Content::Item(item));
    }

    /// Closes the open paragraph: it is one of its own, or the text of the item it stands in.
    fn paragraph(&mut self, top: bool) {
        let Some((inline, line)) = self.inline.take() else { return };
        if top {
            self.body.paragraphs.push(Paragraph { text: inline.flat(), line });
        }
        let said = inline.said(line);
        let Some(at) = self.items.last().copied() else {
            return self.block(line, Content::Paragraph(said));
        };
        if let Some(Block { content: Content::Item(item), .. }) = self.body.blocks.get_mut(at) {
            if item.said.is_empty() {
                item.struck = inline.is_struck();
                item.first = if item.mark.is_some() { inline.first_line() } else { String::new() };
            }
            let room = MOST_SAID.saturating_sub(item.said.len());
            item.said.extend(said.into_iter().take(room));
        }
    }

    fn with(&mut self, change: impl FnOnce(&mut Inline)) {
        if let Some((inline, _)) = &mut self.inline {
            change(inline);
        }
    }

    fn text(&mut self, text: &str) {
        self.with(|inline| inline.push(text));
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
    fn ids(&mut self, text: &str, at: Sourcepos) {
        if !text.contains('-') {
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

    fn table<'n>(&mut self, node: &'n AstNode<'n>, at: Sourcepos) {
        let cells = |row: &'n AstNode<'n>| {
            row.children().map(|cell| markdown::words(cell).trim().to_string()).collect::<Vec<String>>()
        };
        let mut rows = node.children();
        let Some(head) = rows.next().map(cells) else { return };
        let head = head.iter().map(|cell| name(cell)).collect();
        let rows = rows.map(|row| Row { cells: cells(row), line: self.line(row.data().sourcepos) }).collect();
        self.block(self.line(at), Content::Table(Table { head, rows }));
    }

    /// Names that raw HTML gives to places, `<a name="x">` and `<!-- ANCHOR: x -->`, and its links and images.
    fn html(&mut self, html: &str, at: Sourcepos) {
        let mut from = self.span(at).start as usize;
        for token in html::tokens(html) {
            match token {
                Token::Comment(comment) => {
                    let words = comment.trim_start();
                    if words.get(..7).is_some_and(|head| head.eq_ignore_ascii_case("anchor:")) {
                        self.place(&words[7..]);
                    }
                }
                Token::Start { name, attributes, .. } => {
                    let tag = name.to_ascii_lowercase();
                    for (key, value) in attributes {
                        let form = match (tag.as_str(), key.to_ascii_lowercase().as_str()) {
                            (_, "id" | "name") => {
                                self.place(value);
                                continue;
                            }
                            ("a", "href") => MentionForm::Link,
                            ("img", "src") => MentionForm::Image,
                            _ => continue,
                        };
                        let found = self.source.text.get(from..).and_then(|rest| rest.find(value));
                        if let Some(found) = found.filter(|_| !value.trim().is_empty()) {
                            from += found;
                            let span = Span::new(from, from + value.len());
                            self.body.links.push(RawLink { url: value.to_string(), form, span });
                        }
                    }
                }
                Token::Text(_) | Token::End { .. } => {}
            }
        }
    }

    fn place(&mut self, name: &str) {
        let name = name.trim();
        if !name.is_empty() && name.len() <= 200 {
            self.body.anchors.push(name.to_string());
        }
    }
}

/// A name in a table's head.
fn name(cell: &str) -> String {
    let cell = cell.split('(').next().unwrap_or("");
    cell.trim_matches(|c: char| !(c.is_alphanumeric() || c == '#')).to_lowercase()
}

/// `ADR-0018`, `SPEC-CORE-001`, `BACK-355.02` and their like in a text, with byte offsets.
pub fn id_words(text: &str) -> Vec<(usize, &str)> {
    let bytes = text.as_bytes();
    let mut found: Vec<(usize, &str)> = Vec::new();
    for (hyphen, _) in text.match_indices('-') {
        let number = |at: usize| bytes[at.min(bytes.len())..].iter().take_while(|byte| byte.is_ascii_digit()).count();
        let digits = number(hyphen + 1);
        let mut end = hyphen + 1 + digits;
        if bytes.get(end) == Some(&b'.') && number(end + 1) > 0 {
            end += 1 + number(end + 1);
        }
        // segments of capitals to the left, the first of two letters at least
        let (mut start, mut segment) = (hyphen, 0);
        loop {
            let letters = bytes[..start].iter().rev().take_while(|byte| byte.is_ascii_uppercase()).count();
            segment = if letters == 0 { segment } else { letters };
            start -= letters;
            if letters == 0
                || hyphen - start > 30
                || start < 2
                || bytes[start - 1] != b'-'
                || !bytes[start - 2].is_ascii_uppercase()
            {
                break;
            }
            start -= 1;
        }
        let outside = |byte: Option<&u8>| {
            byte.is_none_or(|byte| !byte.is_ascii_alphanumeric() && !matches!(byte, b'_' | b'-' | b'/'))
        };
        let before = start.checked_sub(1).and_then(|at| bytes.get(at));
        if (2..=12).contains(&segment) && (1..=6).contains(&digits) && outside(before) && outside(bytes.get(end)) {
            found.push((start, &text[start..end]));
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_in_texts() {
        let ids = |text: &str| id_words(text).into_iter().map(|(_, id)| id.to_string()).collect::<Vec<_>>();
        assert_eq!(
            ids("ADR-0018, SPEC-CORE-001 and BACK-355.02. See RFC-7."),
            ["ADR-0018", "SPEC-CORE-001", "BACK-355.02", "RFC-7"]
        );
        for none in ["UTF-8x", "x-ADR-1", "a/ADR-1", "A-1", "-1", "Phase-1", "AB-", "é-1", "-AB-1"] {
            assert_eq!(ids(none), [""; 0], "{none}");
        }
    }

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
        let items: Vec<_> =
            body.blocks.iter().filter_map(|block| block.item().map(|item| (block.line, item))).collect();
        let shown: Vec<_> = items.iter().map(|(line, item)| (item.first.as_str(), item.nested, *line)).collect();
        assert_eq!(shown, [("one", false, 9), ("two", true, 10)]);
        assert_eq!(items[0].1.intro, items[1].1.intro);
        assert_eq!(items[1].1.parent, Some(2));
    }

    #[test]
    fn statements_are_cut_at_their_labels() {
        let body = read(
            &Source::new(
                "a.md",
                "**Owner:** Ana | **Due**: May\n**Goal:** one\ntwo *Note:* three\n\n- **Lead.** rest `x: y`\n",
            ),
            0,
        );
        let said = |at: usize| match &body.blocks[at].content {
            Content::Paragraph(said) => said.clone(),
            Content::Item(item) => item.said.clone(),
            _ => Vec::new(),
        };
        let shown =
            |at: usize| said(at).iter().map(|said| format!("{} {}", said.line, said.whole())).collect::<Vec<_>>();
        assert_eq!(shown(0), ["1 Owner: Ana", "1 Due: May", "2 Goal: one two", "3 Note: three"]);
        assert_eq!(shown(1), ["5 Lead. rest x: y"]);
        assert_eq!(said(1)[0].lead, 5);
    }

    #[test]
    fn tables_and_fences_know_their_lines() {
        let body =
            read(&Source::new("a.md", "| A | B |\n|---|---|\n| `x` | **y** |\n| z |\n\n```Text one\nq\n```\n"), 0);
        let Content::Table(table) = &body.blocks[0].content else { panic!("no table") };
        assert_eq!(table.head, ["a", "b"]);
        let rows: Vec<_> = table.rows.iter().map(|row| (row.cells.join("/"), row.line)).collect();
        assert_eq!(rows, [("x/y".to_string(), 3), ("z/".to_string(), 4)]);
        let Content::Fence(fence) = &body.blocks[1].content else { panic!("no fence") };
        assert_eq!((fence.info.as_str(), fence.first, fence.last), ("text", 7, 7));
    }
}
