//! A document's text becomes HTML: links as decided, anchors, folds for phases, boxes, highlighted code.
//!
//! What a link leads to and which phase is open is decided before; here it is only shown. The walk has a stack of its
//! own, so no nesting in a document can exhaust ours, and an output that outgrows its source stops with a note.

use std::borrow::Cow;
use std::collections::BTreeMap;

use comrak::nodes::{AlertType, ListType, Node, NodeCodeBlock, NodeList, NodeValue, Sourcepos, TableAlignment};

use super::escape;
use super::highlight::Highlighter;
use crate::markdown::{Anchors, Tree};
use crate::source::{Source, Span};
use crate::view::Prose;
use inline::{attribute, id_attribute};
use links::Links;
use raw::Raw;
use sheet::Sheet;
use spots::Spots;

mod art;
mod diagram;
mod formula;
mod inline;
mod links;
mod raw;
mod section;
mod sheet;
mod spots;
mod task;
#[cfg(test)]
mod tests;

/// A page may be this many times as large as its text, and this much larger than that.
const GROWTH: usize = 50;
const ALLOWANCE: usize = 64 * 1024;

/// No page is larger than this, in bytes.
const LARGEST: usize = 64 * 1024 * 1024;

/// The body as HTML, for the inside of an `<article>`. Balanced, without scripts, styles and event handlers, whatever
/// the document holds. The document's own title is left out, because the page shows it.
/// `root` is the body, parsed.
pub fn html<'a>(prose: &'a Prose<'_>, root: Tree<'a>, highlighter: &'a Highlighter) -> String {
    let document = prose.document;
    let text = document.body();
    let mut guarded = false;
    let mut names = Vec::new();
    let mut slugs = Anchors::default();
    let mut anchors = BTreeMap::new();
    for node in root.descendants() {
        let ast = node.data();
        if let NodeValue::Heading(_) = &ast.value {
            let start = ast.sourcepos.start;
            anchors.insert((start.line, start.column), slugs.next(node));
        }
        if let NodeValue::HtmlBlock(comrak::nodes::NodeHtmlBlock { literal, .. }) | NodeValue::HtmlInline(literal) =
            &ast.value
            && !raw::only_comments(literal)
        {
            guarded = true;
            names.extend(raw::names(literal));
        }
    }
    let limit = (text.len() * GROWTH + ALLOWANCE).min(LARGEST);
    let mut walk = Walk {
        prose,
        highlighter,
        first_line: document.source.place(document.body).line as usize - 1,
        headings: document.anatomy.headings.iter().enumerate().map(|(at, heading)| (heading.line, at)).collect(),
        links: Links::new(prose, names.into_iter()),
        spots: Spots::new(&prose.spots),
        raw: Raw::new(anchors.values().map(String::as_str)),
        anchors,
        sheet: Sheet::new(guarded, limit, text.len() * 3 / 2),
        steps: vec![Step::Enter(root)],
        outline: Vec::new(),
        folds: Vec::new(),
        titled: false,
        notes: 0,
        drawn: 0,
    };
    walk.run();
    walk.sheet.finish()
}

/// What is left to do, the next on top.
enum Step<'n> {
    Enter(Node<'n>),
    /// Close elements until so many are open.
    Close(usize),
    /// A line break in the HTML.
    Line,
    /// Open an element with these attributes.
    Open(&'static str, &'static str),
    /// Words behind a link's text, within it.
    Tail(Cow<'static, str>),
    /// The beginning of a fact of a task: icon and words before the value.
    Fact(&'static str, &'static str),
    /// What stands in the cell is a level of a risk: its icon and its colour.
    Level(&'static str, &'static str),
    /// The link from a heading to itself.
    Anchor(&'n str),
    /// The end of a phase's summary.
    PhaseNote(usize),
    /// Links from a footnote back to the text: its number and how often it is referred to.
    Back(usize, u32),
}

struct Walk<'n> {
    prose: &'n Prose<'n>,
    highlighter: &'n Highlighter,
    /// Lines before the body.
    first_line: usize,
    /// Indices of the headings by line.
    headings: BTreeMap<u32, usize>,
    /// Anchors of all headings by line and column, those in lists and quotes too.
    anchors: BTreeMap<(usize, usize), String>,
    links: Links<'n>,
    raw: Raw,
    spots: Spots<'n>,
    sheet: Sheet,
    steps: Vec<Step<'n>>,
    /// Levels, as written, of the headings around the place at hand.
    outline: Vec<u8>,
    /// Levels, as written, of the open phases.
    folds: Vec<u8>,
    /// The document's title has been left out.
    titled: bool,
    /// Footnotes so far.
    notes: usize,
    /// Bytes of drawings so far.
    drawn: usize,
}

impl<'n> Walk<'n> {
    fn run(&mut self) {
        while let Some(step) = self.steps.pop() {
            match step {
                Step::Enter(node) => self.enter(node),
                Step::Close(depth) => self.sheet.close_to(depth),
                Step::Line => self.sheet.line(),
                Step::Open(tag, attributes) => self.sheet.open(tag, attributes),
                Step::Tail(words) => {
                    self.sheet.text(" ");
                    self.leaf("small", &words);
                }
                Step::Fact(sign, lead) => {
                    self.sheet.open("span", "");
                    self.sheet.piece(&icon(sign, 13, ""));
                    self.sheet.text(lead);
                }
                Step::Level(sign, color) => {
                    self.sheet.open("span", color);
                    self.sheet.piece(&icon(sign, 13, ""));
                }
                Step::Anchor(anchor) => self.anchor(anchor),
                Step::PhaseNote(phase) => self.phase_note(phase),
                Step::Back(number, count) => self.back(number, count),
            }
            if self.sheet.full() {
                self.sheet.close_to(0);
                self.sheet.open("p", " class=\"cut\"");
                self.sheet.text("The rest is not shown: this page would be far larger than the text it is made of.");
                break;
            }
        }
        self.place_before(u32::MAX);
    }

    fn enter(&mut self, node: Node<'n>) {
        self.overtake(node);
        let ast = node.data();
        match &ast.value {
            NodeValue::Text(text) => self.text(text, ast.sourcepos),
            NodeValue::SoftBreak => self.sheet.line(),
            NodeValue::LineBreak => {
                self.sheet.void("br", "");
                self.sheet.line();
            }
            NodeValue::Code(code) => self.leaf("code", &code.literal),
            NodeValue::Math(formula) => self.formula(formula),
            NodeValue::ShortCode(emoji) => self.sheet.text(&emoji.emoji),
            NodeValue::Emph => self.wrap(node, "em", ""),
            NodeValue::Strong => self.wrap(node, "strong", ""),
            NodeValue::Strikethrough => self.wrap(node, "del", ""),
            NodeValue::Link(link) => self.link(node, link, ast.sourcepos),
            NodeValue::WikiLink(link) => self.wiki(node, &link.url, ast.sourcepos),
            NodeValue::Image(link) => self.image(node, link, ast.sourcepos),
            NodeValue::HtmlInline(html) => self.raw.write(html, &mut self.sheet, &self.links),
            NodeValue::FootnoteReference(note) => self.reference(note.ix, note.ref_num),
            NodeValue::Paragraph => self.paragraph(node),
            NodeValue::Heading(heading) => self.heading(node, heading.level, ast.sourcepos),
            NodeValue::ThematicBreak => {
                self.sheet.void("hr", "");
                self.sheet.line();
            }
            NodeValue::BlockQuote => self.block(node, "blockquote", ""),
            NodeValue::List(list) => self.list(node, list),
            NodeValue::Item(_) => self.item(node),
            NodeValue::TaskItem(item) => self.task(node, item.symbol),
            NodeValue::CodeBlock(code) => self.code(code),
            NodeValue::HtmlBlock(html) => self.raw.write(&html.literal, &mut self.sheet, &self.links),
            NodeValue::Table(_) => self.table(node),
            NodeValue::TableRow(head) => self.row(node, *head),
            NodeValue::TableCell => self.children(node),
            NodeValue::FootnoteDefinition(note) => self.footnote(node, note.total_references),
            NodeValue::Alert(alert) => self.alert(node, alert.alert_type, alert.title.as_deref()),
            _ => self.children(node),
        }
    }

    fn children(&mut self, node: Node<'n>) {
        self.steps.extend(node.reverse_children().map(Step::Enter));
    }

    /// An inline element around a node's children.
    fn wrap(&mut self, node: Node<'n>, tag: &'static str, attributes: &str) {
        if !self.sheet.deep() {
            self.steps.push(Step::Close(self.sheet.depth()));
            self.sheet.open(tag, attributes);
        }
        self.children(node);
    }

    /// A block element around a node's children.
    fn block(&mut self, node: Node<'n>, tag: &'static str, attributes: &str) {
        self.steps.push(Step::Line);
        self.wrap(node, tag, attributes);
        self.sheet.line();
    }

    fn leaf(&mut self, tag: &'static str, text: &str) {
        self.sheet.open(tag, "");
        self.sheet.text(text);
        self.sheet.close();
    }

    fn paragraph(&mut self, node: Node<'n>) {
        let parent = node.parent();
        let above = parent.and_then(|parent| parent.parent());
        let tight = above.is_some_and(|above| matches!(&above.data().value, NodeValue::List(list) if list.tight));
        if !tight {
            let note = parent.is_some_and(|parent| matches!(parent.data().value, NodeValue::FootnoteDefinition(_)));
            self.steps.push(Step::Line);
            self.steps.push(Step::Close(self.sheet.depth()));
            if note && node.next_sibling().is_none() {
                self.back_later(parent);
            }
            self.children(node);
            let spots = self.spots_within(node);
            let first = spots.first().map(|anchor| id_attribute(anchor)).unwrap_or_default();
            self.sheet.open("p", &first);
            return self.place(spots.get(1..).unwrap_or_default());
        }
        if node.previous_sibling().is_some() {
            self.sheet.line();
        }
        self.steps.push(Step::Close(self.sheet.depth()));
        self.children(node);
        let spots = self.spots_within(node);
        self.place(&spots);
    }

    fn list(&mut self, node: Node<'n>, list: &NodeList) {
        let boxes = node.children().any(|item| matches!(item.data().value, NodeValue::TaskItem(_)));
        let class = if boxes { " class=\"tl\"" } else { " class=\"bl\"" };
        match list.list_type {
            ListType::Bullet => self.block(node, "ul", class),
            ListType::Ordered if list.start == 1 => self.block(node, "ol", class),
            ListType::Ordered => self.block(node, "ol", &format!("{class} start=\"{}\"", list.start)),
        }
    }

    /// Where the list was too deep to be one, its items are plain text.
    fn item(&mut self, node: Node<'n>) {
        self.steps.push(Step::Line);
        if matches!(self.sheet.innermost(), Some("ul" | "ol")) {
            self.steps.push(Step::Close(self.sheet.depth()));
            let spot = self.spot(node);
            self.sheet.open("li", &spot);
        }
        self.children(node);
    }

    fn code(&mut self, code: &NodeCodeBlock) {
        let language = code.info.split([' ', '\t', ',', '{', ';']).next().unwrap_or("").trim();
        let shown = match language {
            "math" => self.formula_block(code),
            "mermaid" => self.diagram(code),
            _ => false,
        };
        if shown {
            return;
        }
        let mut class = String::new();
        self.sheet.open("div", " class=\"codeb\"");
        if !language.is_empty() {
            self.sheet.open("div", " class=\"bar\"");
            self.sheet.text(language);
            self.sheet.close();
            attribute(&mut class, "class", &format!("language-{language}"));
        }
        // what scrolls sideways has to be reached by keyboard
        let art = art::drawn(&code.literal);
        self.sheet.open("pre", if art { " class=\"art\" tabindex=\"0\"" } else { " tabindex=\"0\"" });
        self.sheet.open("code", &class);
        match self.highlighter.highlight(language, &code.literal) {
            Some(html) => self.sheet.piece(&html),
            None if art => self.sheet.piece(&art::html(&code.literal)),
            None => {
                let mut plain = String::with_capacity(code.literal.len() + 16);
                escape::text(&mut plain, &code.literal);
                self.sheet.piece(&plain);
            }
        }
        self.sheet.close_to(self.sheet.depth() - 3);
        self.sheet.line();
    }

    fn table(&mut self, node: Node<'n>) {
        self.steps.push(Step::Line);
        if !self.sheet.deep() {
            self.steps.push(Step::Close(self.sheet.depth()));
            self.sheet.open("div", " class=\"tb scrollx\" tabindex=\"0\" role=\"region\" aria-label=\"Table\"");
            self.sheet.open("table", "");
        }
        self.children(node);
    }

    fn row(&mut self, node: Node<'n>, head: bool) {
        if !matches!(self.sheet.innermost(), Some("table" | "tbody")) {
            return self.children(node);
        }
        let table = self.sheet.depth();
        if head {
            self.steps.push(Step::Close(table));
            self.sheet.open("thead", "");
        } else if self.sheet.innermost() == Some("table") {
            // Stays open until the table closes.
            self.sheet.open("tbody", "");
        }
        let tag = if head { "th" } else { "td" };
        let row = self.sheet.depth();
        let spot = self.spot(node);
        self.sheet.open("tr", &spot);
        self.steps.push(Step::Line);
        self.steps.push(Step::Close(row));
        let alignments = match node.parent().map(|table| table.data().value.clone()) {
            Some(NodeValue::Table(table)) => table.alignments,
            _ => Vec::new(),
        };
        let line = (self.first_line + node.data().sourcepos.start.line) as u32;
        let risk = !head && self.prose.document.anatomy.risks.iter().any(|risk| risk.line == line);
        let cells: Vec<Node<'n>> = node.children().collect();
        for (at, cell) in cells.into_iter().enumerate().rev() {
            let class = match alignments.get(at) {
                Some(TableAlignment::Right) => " class=\"r\"",
                Some(TableAlignment::Center) => " class=\"c\"",
                _ => "",
            };
            self.steps.push(Step::Close(row + 1));
            self.steps.push(Step::Enter(cell));
            if let Some((sign, color)) = level(cell).filter(|_| risk) {
                self.steps.push(Step::Level(sign, color));
            }
            self.steps.push(Step::Open(tag, class));
        }
    }

    fn alert(&mut self, node: Node<'n>, kind: AlertType, title: Option<&str>) {
        let (class, sign) = match kind {
            AlertType::Note => ("note", "info"),
            AlertType::Tip => ("tip", "fresh"),
            AlertType::Important => ("important", "info"),
            AlertType::Warning => ("warn", "risks"),
            AlertType::Caution => ("caution", "risks"),
        };
        self.steps.push(Step::Line);
        if self.sheet.deep() {
            return self.children(node);
        }
        self.steps.push(Step::Close(self.sheet.depth()));
        self.sheet.open("div", &format!(" class=\"call {class}\""));
        self.sheet.open("p", " class=\"callh\"");
        self.sheet.piece(&icon(sign, 16, ""));
        self.sheet.text(title.unwrap_or(kind.default_title()));
        self.sheet.close();
        self.sheet.line();
        self.children(node);
    }

    fn reference(&mut self, number: u32, time: u32) {
        let again = if time > 1 { format!("-{time}") } else { String::new() };
        self.sheet.open("sup", " class=\"fnref\"");
        if self.sheet.within("a") {
            self.sheet.text(&number.to_string());
        } else {
            self.sheet.open("a", &format!(" href=\"#fn-{number}\" id=\"fnref-{number}{again}\""));
            self.sheet.text(&number.to_string());
            self.sheet.close();
        }
        self.sheet.close();
    }

    /// The parser moves the footnotes that are referred to to the end, in the order of their numbers.
    fn footnote(&mut self, node: Node<'n>, references: u32) {
        if self.notes == 0 {
            self.leave_folds(0);
            self.sheet.close_to(0);
            self.sheet.open("section", " class=\"footnotes\" aria-label=\"Footnotes\"");
            self.sheet.open("ol", "");
        }
        self.notes += 1;
        self.steps.push(Step::Line);
        self.steps.push(Step::Close(self.sheet.depth()));
        if !node.last_child().is_some_and(|last| matches!(last.data().value, NodeValue::Paragraph)) {
            self.steps.push(Step::Back(self.notes, references));
        }
        self.children(node);
        self.sheet.open("li", &format!(" id=\"fn-{}\"", self.notes));
    }

    fn back_later(&mut self, definition: Option<Node<'n>>) {
        if let Some(definition) = definition
            && let NodeValue::FootnoteDefinition(note) = &definition.data().value
        {
            self.steps.push(Step::Back(self.notes, note.total_references));
        }
    }

    fn back(&mut self, number: usize, count: u32) {
        for time in 1..=count {
            if self.sheet.full() || self.sheet.within("a") {
                return;
            }
            let again = if time > 1 { format!("-{time}") } else { String::new() };
            self.sheet.text(" ");
            self.sheet.open("a", &format!(" href=\"#fnref-{number}{again}\" aria-label=\"Back to the text\""));
            self.sheet.text("↩");
            self.sheet.close();
        }
    }

    /// Bytes of a node in the source. The parser's columns are bytes from 1, the end's column is that of the last byte.
    fn span(&self, at: Sourcepos) -> Span {
        let source: &Source = &self.prose.document.source;
        let line = |number: usize| source.line_start(self.first_line + number) as usize;
        Span::new(line(at.start.line) + at.start.column.saturating_sub(1), line(at.end.line) + at.end.column)
    }
}

/// How high a risk is said to be, where a cell says nothing else: icon and attributes.
fn level(cell: Node<'_>) -> Option<(&'static str, &'static str)> {
    match cell.collect_text().trim().to_lowercase().as_str() {
        "low" => Some(("lv1", " class=\"st\"")),
        "medium" => Some(("lv2", " class=\"st f-amber\"")),
        "high" => Some(("lv3", " class=\"st f-red\"")),
        "critical" => Some(("lv4", " class=\"st f-red\"")),
        _ => None,
    }
}

/// An icon of the theme's sprite, which stands on every page.
fn icon(name: &str, size: u8, class: &str) -> String {
    let class = if class.is_empty() { "i".to_string() } else { format!("i {class}") };
    format!(
        "<svg class=\"{class}\" width=\"{size}\" height=\"{size}\" aria-hidden=\"true\"><use href=\"#i-{name}\"/></svg>"
    )
}
