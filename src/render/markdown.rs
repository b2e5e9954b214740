//! A document's text becomes HTML: links as decided, anchors, folds for phases, boxes, highlighted code.
//!
//! What a link leads to and which phase is open is decided before; here it is only shown. The walk has a stack of its
//! own, so no nesting in a document can exhaust ours, and an output that outgrows its source stops with a note.

use std::collections::BTreeMap;

use comrak::Arena;
use comrak::nodes::{
    AlertType, ListType, Node, NodeCodeBlock, NodeLink, NodeList, NodeValue, Sourcepos, TableAlignment,
};

use super::escape;
use super::highlight::Highlighter;
use crate::markdown;
use crate::model::Anatomy;
use crate::source::{Source, Span};
use crate::view::{Link, LinkState, Prose};
use crate::words;
use links::{Links, allowed};
use raw::Raw;
use sheet::Sheet;

mod links;
mod raw;
mod sheet;
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
pub fn html(prose: &Prose<'_>, highlighter: &Highlighter) -> String {
    let document = prose.document;
    let text = document.source.text.get(document.body as usize..).unwrap_or("");
    let arena = Arena::new();
    let root = markdown::parse(&arena, text);
    let mut guarded = false;
    let mut names = Vec::new();
    for node in root.descendants() {
        if let NodeValue::HtmlBlock(comrak::nodes::NodeHtmlBlock { literal, .. }) | NodeValue::HtmlInline(literal) =
            &node.data().value
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
        raw: Raw::new(document.anatomy.headings.iter().map(|heading| heading.anchor.as_str())),
        sheet: Sheet::new(guarded, limit, text.len() * 3 / 2),
        steps: vec![Step::Enter(root)],
        outline: Vec::new(),
        folds: Vec::new(),
        titled: false,
        notes: 0,
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
    Tail(&'static str),
    /// The beginning of a fact of a task: icon and words before the value.
    Fact(&'static str, &'static str),
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
    links: Links<'n>,
    raw: Raw,
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
                    self.leaf("small", words);
                }
                Step::Fact(sign, lead) => {
                    self.sheet.open("span", "");
                    self.sheet.piece(&icon(sign, 13, ""));
                    self.sheet.text(lead);
                }
                Step::Anchor(anchor) => self.anchor(anchor),
                Step::PhaseNote(phase) => self.phase_note(phase),
                Step::Back(number, count) => self.back(number, count),
            }
            if self.sheet.full() {
                self.sheet.close_to(0);
                self.sheet.open("p", " class=\"cut\"");
                self.sheet.text("The rest is not shown: this page would be far larger than the text it is made of.");
                return;
            }
        }
    }

    fn enter(&mut self, node: Node<'n>) {
        let ast = node.data();
        match &ast.value {
            NodeValue::Text(text) => self.text(text, ast.sourcepos),
            NodeValue::SoftBreak => self.sheet.line(),
            NodeValue::LineBreak => {
                self.sheet.void("br", "");
                self.sheet.line();
            }
            NodeValue::Code(code) => self.leaf("code", &code.literal),
            NodeValue::Emph => self.wrap(node, "em", ""),
            NodeValue::Strong => self.wrap(node, "strong", ""),
            NodeValue::Strikethrough => self.wrap(node, "del", ""),
            NodeValue::Link(link) => self.link(node, link, ast.sourcepos),
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

    /// Text, with the ids in it as links. Escapes and references shift places: where an id doesn't stand at its place,
    /// it is taken where the text has it once, else left alone.
    fn text(&mut self, text: &str, at: Sourcepos) {
        let within = self.span(at);
        let mut done = 0;
        for (span, link) in self.links.ids(within) {
            if self.sheet.within("a") {
                break;
            }
            let id = self.prose.document.source.slice(span);
            let there = (span.start - within.start) as usize;
            let place = match text.get(there..there + id.len()) {
                Some(found) if found == id => Some(there),
                _ => text.find(id).filter(|first| text.rfind(id) == Some(*first)),
            };
            let Some(place) = place.filter(|place| *place >= done && !id.is_empty()) else { continue };
            self.sheet.text(&text[done..place]);
            done = place + id.len();
            let depth = self.sheet.depth();
            let tail = open_link(&mut self.sheet, link, "nb", None);
            self.sheet.text(id);
            close_link(&mut self.sheet, tail, depth);
        }
        self.sheet.text(&text[done..]);
    }

    fn link(&mut self, node: Node<'n>, link: &NodeLink, at: Sourcepos) {
        let depth = self.sheet.depth();
        if self.sheet.deep() || self.sheet.within("a") {
            return self.children(node);
        }
        let title = Some(link.title.as_str()).filter(|title| !title.is_empty());
        let start = self.span(at).start;
        let tail = match self.links.at(start).filter(|decided| decided.state != LinkState::Plain) {
            Some(decided) => {
                let href = decided.href.as_deref().map(|href| self.links.settled(href));
                open_link(&mut self.sheet, &Link { href, ..decided.clone() }, "", title)
            }
            None => {
                if let Some(href) = self.links.plain(&link.url) {
                    self.sheet.open("a", &link_attributes(&href, "", title));
                }
                None
            }
        };
        self.steps.push(Step::Close(depth));
        if let Some(tail) = tail {
            self.steps.push(Step::Tail(tail));
            // What raw HTML in the link's text left open can't take these words in.
            self.steps.push(Step::Close(self.sheet.depth()));
        }
        self.children(node);
    }

    fn image(&mut self, node: Node<'n>, link: &NodeLink, at: Sourcepos) {
        let alt = plain_text(node);
        let decided = self.links.at(self.span(at).start);
        let title = Some(link.title.as_str()).filter(|title| !title.is_empty());
        let href = match decided.filter(|decided| decided.state != LinkState::Plain) {
            Some(decided) if decided.state == LinkState::Attachment => {
                if let Some(src) = decided.href.as_deref().filter(|src| allowed(src) && !links::other_site(src)) {
                    let mut attributes = String::new();
                    attribute(&mut attributes, "src", src);
                    attribute(&mut attributes, "alt", &alt);
                    if let Some(title) = title {
                        attribute(&mut attributes, "title", title);
                    }
                    attributes.push_str(" loading=\"lazy\"");
                    return self.sheet.void("img", &attributes);
                }
                None
            }
            Some(decided) => {
                let depth = self.sheet.depth();
                let shown = if alt.trim().is_empty() { link.url.as_str() } else { &alt };
                let tail = match self.sheet.within("a") && decided.state != LinkState::Missing {
                    true => None,
                    false => open_link(&mut self.sheet, decided, "", title),
                };
                self.sheet.text(shown);
                return close_link(&mut self.sheet, tail, depth);
            }
            None => self.links.plain(&link.url).filter(|href| links::other_site(href)),
        };
        // An image of another site would tell it who reads this page: it is shown as a link.
        match href.filter(|_| !self.sheet.within("a") && !self.sheet.deep()) {
            Some(href) => {
                self.sheet.open("a", &link_attributes(&href, "", title));
                self.sheet.text(if alt.trim().is_empty() { &link.url } else { &alt });
                self.sheet.close();
            }
            None => self.sheet.text(&alt),
        }
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
            self.sheet.open("p", "");
            return;
        }
        if node.previous_sibling().is_some() {
            self.sheet.line();
        }
        self.steps.push(Step::Close(self.sheet.depth()));
        self.children(node);
    }

    fn heading(&mut self, node: Node<'n>, level: u8, at: Sourcepos) {
        let top = node.parent().is_some_and(|parent| matches!(parent.data().value, NodeValue::Document));
        let prose = self.prose;
        let anatomy: &'n Anatomy = &prose.document.anatomy;
        let line = (self.first_line + at.start.line) as u32;
        let index = self.headings.get(&line).copied().filter(|_| top);
        let known = index.map(|index| &anatomy.headings[index]);
        if top {
            self.leave_folds(level);
        }
        if let Some(heading) = known
            && level == 1
            && !self.titled
            && self.is_title(&heading.text, line)
        {
            // Links to it still find the top of the text.
            self.titled = true;
            self.sheet.open("a", &id_attribute(&heading.anchor));
            self.sheet.close();
            return self.sheet.line();
        }
        while self.outline.last().is_some_and(|above| *above >= level) {
            self.outline.pop();
        }
        const TAGS: [&str; 5] = ["h2", "h3", "h4", "h5", "h6"];
        let tag = TAGS[self.outline.len().min(TAGS.len() - 1)];
        self.outline.push(level);

        let phase = index.and_then(|index| anatomy.phases.iter().position(|phase| phase.heading == index));
        self.steps.push(Step::Line);
        if let Some((phase, mark)) = phase.and_then(|phase| Some((phase, prose.phases.get(phase)?))) {
            self.sheet.fold(if mark.open { " class=\"phs\" open" } else { " class=\"phs\"" });
            self.folds.push(level);
            let depth = self.sheet.depth();
            self.sheet.open("summary", "");
            self.sheet.piece(&icon("chev", 12, "chv"));
            self.sheet.piece(&icon(phase_icon(mark.state), 15, mark.state));
            self.steps.push(Step::Close(depth));
            self.steps.push(Step::PhaseNote(phase));
        }
        self.steps.push(Step::Close(self.sheet.depth()));
        let id = known.map(|heading| id_attribute(&heading.anchor)).unwrap_or_default();
        self.sheet.open(tag, &id);
        if let Some(heading) = known {
            self.steps.push(Step::Anchor(&heading.anchor));
        }
        self.steps.push(Step::Close(self.sheet.depth()));
        self.children(node);
    }

    /// The heading is the document's title, which the page shows above: it stands on its line, or says the same.
    fn is_title(&self, heading: &str, line: u32) -> bool {
        let title = &self.prose.document.title;
        let here = title.span.end > title.span.start && self.prose.document.source.place(title.span.start).line == line;
        here || words::slug(heading) == words::slug(&title.value)
    }

    /// A heading ends the phases of its own and deeper levels.
    fn leave_folds(&mut self, level: u8) {
        while self.folds.last().is_some_and(|open| *open >= level) {
            self.folds.pop();
            self.sheet.close_to(self.folds.len());
        }
    }

    fn anchor(&mut self, anchor: &str) {
        if !self.sheet.within("a") {
            let mut attributes = String::from(" class=\"anchor\"");
            attribute(&mut attributes, "href", &format!("#{anchor}"));
            attributes.push_str(" aria-label=\"Link to this section\"");
            self.sheet.open("a", &attributes);
            self.sheet.text("#");
            self.sheet.close();
        }
    }

    fn phase_note(&mut self, phase: usize) {
        if let Some(mark) = self.prose.phases.get(phase).filter(|mark| !mark.note.is_empty()) {
            self.sheet.open("span", " class=\"m\"");
            self.sheet.text(&mark.note);
            self.sheet.close();
        }
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
            self.sheet.open("li", "");
        }
        self.children(node);
    }

    fn task(&mut self, node: Node<'n>, mark: Option<char>) {
        let (done, special) = task::state(mark);
        self.steps.push(Step::Line);
        self.steps.push(Step::Close(self.sheet.depth()));
        if matches!(self.sheet.innermost(), Some("ul" | "ol")) {
            self.sheet.open("li", if done { " class=\"tk on\"" } else { " class=\"tk off\"" });
        }
        match special {
            _ if done => {
                self.sheet.open("span", " class=\"bx\" role=\"img\" aria-label=\"done\"");
                self.sheet.piece(&icon("check", 12, ""));
            }
            None => self.sheet.open("span", " class=\"bx\" role=\"img\" aria-label=\"open\""),
            Some(special) => {
                let mut attributes = String::from(" class=\"bx\" role=\"img\"");
                attribute(&mut attributes, "aria-label", &format!("open, marked {special}"));
                self.sheet.open("span", &attributes);
                self.sheet.text(special.encode_utf8(&mut [0; 4]));
            }
        }
        self.sheet.close();
        if self.sheet.deep() {
            return self.children(node);
        }
        self.sheet.open("div", "");
        let facts = task::facts(node);
        let first = node.first_child().filter(|child| matches!(child.data().value, NodeValue::Paragraph));
        let rest = node.children().skip(usize::from(first.is_some())).collect::<Vec<_>>();
        self.steps.extend(rest.into_iter().rev().map(Step::Enter));
        let inside = self.sheet.depth();
        if !facts.is_empty() {
            self.steps.push(Step::Close(inside));
            for fact in facts.into_iter().rev() {
                self.steps.push(Step::Close(inside + 1));
                self.steps.extend(fact.value.into_iter().rev().map(Step::Enter));
                self.steps.push(Step::Fact(fact.icon, fact.lead));
            }
            self.steps.push(Step::Open("span", " class=\"tkm\""));
        }
        if let Some(first) = first {
            self.steps.push(Step::Close(inside));
            self.children(first);
            self.sheet.open("span", " class=\"tx\"");
        }
    }

    fn code(&mut self, code: &NodeCodeBlock) {
        let language = code.info.split([' ', '\t', ',', '{', ';']).next().unwrap_or("").trim();
        let mut class = String::new();
        self.sheet.open("div", " class=\"codeb\"");
        if !language.is_empty() {
            self.sheet.open("div", " class=\"bar\"");
            self.sheet.text(language);
            self.sheet.close();
            attribute(&mut class, "class", &format!("language-{language}"));
        }
        self.sheet.open("pre", "");
        self.sheet.open("code", &class);
        match self.highlighter.highlight(language, &code.literal) {
            Some(html) => self.sheet.piece(&html),
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
            self.sheet.open("div", " class=\"tb scrollx\"");
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
        self.sheet.open("tr", "");
        self.steps.push(Step::Line);
        self.steps.push(Step::Close(row));
        let alignments = match node.parent().map(|table| table.data().value.clone()) {
            Some(NodeValue::Table(table)) => table.alignments,
            _ => Vec::new(),
        };
        let cells: Vec<Node<'n>> = node.children().collect();
        for (at, cell) in cells.into_iter().enumerate().rev() {
            let class = match alignments.get(at) {
                Some(TableAlignment::Right) => " class=\"r\"",
                Some(TableAlignment::Center) => " class=\"c\"",
                _ => "",
            };
            self.steps.push(Step::Close(row + 1));
            self.steps.push(Step::Enter(cell));
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

/// Opens what a decided link is shown as. Gives the words that stand behind its text, within it.
fn open_link(sheet: &mut Sheet, link: &Link, class: &str, written: Option<&str>) -> Option<&'static str> {
    let title = link.title.as_deref().or(written);
    let href = link.href.as_deref().filter(|href| allowed(href));
    match (link.state, href) {
        (LinkState::Refused | LinkState::Plain, _) => None,
        (LinkState::Missing, _) => {
            sheet.open("span", &title_attributes("bref", title));
            sheet.piece(&icon("broken", 14, ""));
            Some("no such document")
        }
        (LinkState::Superseded, Some(href)) => {
            let class = if class.is_empty() { "oldref".to_string() } else { format!("oldref {class}") };
            sheet.open("a", &link_attributes(href, &class, title));
            sheet.piece(&icon("superseded", 13, ""));
            None
        }
        (_, Some(href)) => {
            sheet.open("a", &link_attributes(href, class, title));
            None
        }
        (LinkState::File, None) => {
            sheet.open("span", &title_attributes("file", title));
            None
        }
        (_, None) => None,
    }
}

/// Closes what a decided link is shown as.
fn close_link(sheet: &mut Sheet, tail: Option<&str>, depth: usize) {
    if let Some(tail) = tail {
        sheet.text(" ");
        sheet.open("small", "");
        sheet.text(tail);
    }
    sheet.close_to(depth);
}

fn link_attributes(href: &str, class: &str, title: Option<&str>) -> String {
    let mut attributes = String::new();
    attribute(&mut attributes, "href", href);
    if !class.is_empty() {
        attribute(&mut attributes, "class", class);
    }
    if let Some(title) = title {
        attribute(&mut attributes, "title", title);
    }
    if links::other_site(href) {
        attributes.push_str(" rel=\"noopener noreferrer\"");
    }
    attributes
}

fn title_attributes(class: &str, title: Option<&str>) -> String {
    let mut attributes = String::new();
    attribute(&mut attributes, "class", class);
    if let Some(title) = title {
        attribute(&mut attributes, "title", title);
    }
    attributes
}

fn id_attribute(id: &str) -> String {
    let mut attributes = String::new();
    attribute(&mut attributes, "id", id);
    attributes
}

fn attribute(attributes: &mut String, name: &str, value: &str) {
    attributes.push(' ');
    attributes.push_str(name);
    attributes.push_str("=\"");
    escape::value(attributes, value);
    attributes.push('"');
}

/// An icon of the theme's sprite, which stands on every page.
fn icon(name: &str, size: u8, class: &str) -> String {
    let class = if class.is_empty() { "i".to_string() } else { format!("i {class}") };
    format!(
        "<svg class=\"{class}\" width=\"{size}\" height=\"{size}\" aria-hidden=\"true\"><use href=\"#i-{name}\"/></svg>"
    )
}

fn phase_icon(state: &str) -> &'static str {
    match state {
        "done" => "completed",
        "current" => "active",
        "blocked" => "blocked",
        _ => "draft",
    }
}

/// A node's text without markup.
fn plain_text<'n>(node: Node<'n>) -> String {
    let mut plain = String::new();
    for inner in node.descendants() {
        match &inner.data().value {
            NodeValue::Text(text) => plain.push_str(text),
            NodeValue::Code(code) => plain.push_str(&code.literal),
            NodeValue::SoftBreak | NodeValue::LineBreak => plain.push(' '),
            _ => {}
        }
    }
    plain
}
