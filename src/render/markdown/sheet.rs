//! HTML in the making: which elements are open, how much there is, and the sanitiser that raw HTML has to pass.
//!
//! Elements nest strictly: closing one of ours closes everything that raw HTML left open in it, and raw HTML can't
//! close ours. In a document with raw HTML each section between our own folds then goes through ammonia. Our attributes
//! and pieces would not survive that, so they wait in a drawer, and noncharacters mark their places: a source is free of
//! them, and where a character reference stands for one it is replaced.

use std::borrow::Cow;
use std::fmt::Write;
use std::sync::LazyLock;

use ammonia::{Builder, UrlRelative};

use crate::render::escape;

/// Elements within elements; what lies deeper is shown without its own.
pub const DEEPEST: usize = 100;

const ATTRIBUTES: char = '\u{fdd0}';
const PIECE: char = '\u{fdd1}';
const END: char = '\u{fdd2}';

/// Elements and attributes that raw HTML may use. `id` and `name` have their prefix by then.
const ALLOWED: &[(&str, &[&str])] = &[
    ("a", &["href", "id", "name", "rel"]),
    ("abbr", &["title"]),
    ("b", &[]),
    ("blockquote", &[]),
    ("br", &[]),
    ("caption", &[]),
    ("cite", &[]),
    ("code", &[]),
    ("dd", &[]),
    ("del", &[]),
    ("details", &["open"]),
    ("dfn", &[]),
    ("div", &[]),
    ("dl", &[]),
    ("dt", &[]),
    ("em", &[]),
    ("figcaption", &[]),
    ("figure", &[]),
    ("h1", &[]),
    ("h2", &[]),
    ("h3", &[]),
    ("h4", &[]),
    ("h5", &[]),
    ("h6", &[]),
    ("hr", &[]),
    ("i", &[]),
    ("img", &["src", "alt", "width", "height", "loading"]),
    ("ins", &[]),
    ("kbd", &[]),
    ("li", &[]),
    ("mark", &[]),
    ("ol", &[]),
    ("p", &[]),
    ("pre", &[]),
    ("q", &[]),
    ("s", &[]),
    ("samp", &[]),
    ("small", &[]),
    ("span", &[]),
    ("strong", &[]),
    ("sub", &[]),
    ("summary", &[]),
    ("sup", &[]),
    ("table", &[]),
    ("tbody", &[]),
    ("td", &["colspan", "rowspan", "align"]),
    ("tfoot", &[]),
    ("th", &["colspan", "rowspan", "align"]),
    ("thead", &[]),
    ("tr", &[]),
    ("tt", &[]),
    ("ul", &[]),
    ("var", &[]),
    ("wbr", &[]),
];

/// The allow-list's own name for an element and its attributes; absent for an element that isn't allowed.
pub fn allowed(name: &str) -> Option<(&'static str, &'static [&'static str])> {
    ALLOWED.iter().find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(known, attributes)| (*known, *attributes))
}

#[derive(Debug)]
struct Open {
    tag: &'static str,
    by: By,
}

/// Who opened an element.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum By {
    /// We, within a section.
    Us,
    /// The document's raw HTML.
    Document,
    /// We, around a section of its own.
    Fold,
}

/// The HTML so far.
#[derive(Debug)]
pub struct Sheet {
    /// What is finished and sanitised.
    done: String,
    /// The section at work.
    section: String,
    /// Raw HTML may come, so attributes and pieces wait in the drawer.
    guarded: bool,
    /// Raw HTML came in this section.
    raw: bool,
    drawer: Vec<String>,
    drawn: usize,
    open: Vec<Open>,
    limit: usize,
}

impl Sheet {
    /// An empty sheet for at most `limit` bytes. `guarded` where the document has raw HTML.
    pub fn new(guarded: bool, limit: usize, capacity: usize) -> Self {
        let section = String::with_capacity(capacity);
        Sheet {
            done: String::new(),
            section,
            guarded,
            raw: false,
            drawer: Vec::new(),
            drawn: 0,
            open: Vec::new(),
            limit,
        }
    }

    /// More than the limit is written.
    pub fn full(&self) -> bool {
        self.done.len() + self.section.len() + self.drawn > self.limit
    }

    /// Lets the page grow by so many bytes more.
    pub fn allow(&mut self, bytes: usize) {
        self.limit += bytes;
    }

    /// How many elements are open.
    pub fn depth(&self) -> usize {
        self.open.len()
    }

    /// No further element should be opened.
    pub fn deep(&self) -> bool {
        self.open.len() >= DEEPEST
    }

    /// The innermost open element.
    pub fn innermost(&self) -> Option<&'static str> {
        self.open.last().map(|open| open.tag)
    }

    /// An element of this name is open.
    pub fn within(&self, tag: &str) -> bool {
        self.open.iter().any(|open| open.tag == tag)
    }

    /// Opens one of our elements. `attributes` is empty or begins with a space, its values escaped.
    pub fn open(&mut self, tag: &'static str, attributes: &str) {
        self.leave_raw_paragraph(tag);
        self.tag(tag, attributes);
        self.open.push(Open { tag, by: By::Us });
    }

    /// Adds one of our elements that has no end tag.
    pub fn void(&mut self, tag: &'static str, attributes: &str) {
        self.tag(tag, attributes);
    }

    /// Closes elements until `depth` are open.
    pub fn close_to(&mut self, depth: usize) {
        while self.open.len() > depth {
            let Some(open) = self.open.pop() else { return };
            if open.by == By::Fold {
                self.seal();
                self.done.push_str("</details>\n");
            } else {
                self.end(open.tag);
            }
        }
    }

    /// Closes the innermost element.
    pub fn close(&mut self) {
        self.close_to(self.open.len().saturating_sub(1));
    }

    /// Adds text.
    pub fn text(&mut self, text: &str) {
        escape::text(&mut self.section, text);
    }

    /// Adds text whose character references are meant to be read as such.
    pub fn references(&mut self, text: &str) {
        let plain = harmless_references(text);
        for part in plain.split_inclusive(['<', '>']) {
            let bare = part.trim_end_matches(['<', '>']);
            self.section.push_str(bare);
            escape::text(&mut self.section, &part[bare.len()..]);
        }
    }

    /// Adds a line break in the HTML.
    pub fn line(&mut self) {
        self.section.push('\n');
    }

    /// Adds finished inline HTML of ours: icons, highlighted code.
    pub fn piece(&mut self, html: &str) {
        if !self.guarded {
            self.section.push_str(html);
            return;
        }
        self.mark(PIECE, html);
    }

    /// Opens an allowed element of the document's own. `attributes` as for ours, with values of the allow-list only.
    pub fn open_raw(&mut self, tag: &'static str, attributes: &str) {
        self.leave_raw_paragraph(tag);
        self.raw_tag(tag, attributes);
        self.open.push(Open { tag, by: By::Document });
    }

    /// Adds an allowed element without end tag.
    pub fn void_raw(&mut self, tag: &'static str, attributes: &str) {
        self.raw_tag(tag, attributes);
    }

    /// Closes an element of the document's own and what is open in it. One that isn't open, or lies outside one of
    /// ours, is left alone.
    pub fn close_raw(&mut self, tag: &str) {
        let raw = self.open.iter().rev().take_while(|open| open.by == By::Document);
        if let Some(up) = raw.into_iter().position(|open| open.tag == tag) {
            self.close_to(self.open.len() - 1 - up);
        }
    }

    /// Opens a `<details>` that is a section of its own. Closes everything but other folds.
    pub fn fold(&mut self, attributes: &str) {
        let folds = self.open.iter().take_while(|open| open.by == By::Fold).count();
        self.close_to(folds);
        self.seal();
        self.done.push_str("<details");
        self.done.push_str(attributes);
        self.done.push_str(">\n");
        self.open.push(Open { tag: "details", by: By::Fold });
    }

    /// Ends a section: what stands before can't reach what comes after.
    fn seal(&mut self) {
        let section = std::mem::take(&mut self.section);
        if !self.guarded {
            if self.done.is_empty() {
                self.done = section;
            } else {
                self.done.push_str(&section);
            }
            return;
        }
        let section = if self.raw { SANITISER.clean(&section).to_string() } else { section };
        let drawer = std::mem::take(&mut self.drawer);
        restore(&mut self.done, &section, &drawer);
        self.raw = false;
    }

    /// Everything, with all elements closed.
    pub fn finish(mut self) -> String {
        self.close_to(0);
        self.seal();
        self.done
    }

    fn tag(&mut self, tag: &str, attributes: &str) {
        self.section.push('<');
        self.section.push_str(tag);
        if self.guarded && !attributes.is_empty() {
            self.section.push_str(" class=\"");
            self.mark(ATTRIBUTES, attributes);
            self.section.push('"');
        } else {
            self.section.push_str(attributes);
        }
        self.section.push('>');
    }

    fn raw_tag(&mut self, tag: &str, attributes: &str) {
        self.raw = true;
        let attributes = harmless_references(attributes);
        self.section.push('<');
        self.section.push_str(tag);
        self.section.push_str(&attributes);
        self.section.push('>');
    }

    fn end(&mut self, tag: &str) {
        self.section.push_str("</");
        self.section.push_str(tag);
        self.section.push('>');
    }

    fn mark(&mut self, kind: char, content: &str) {
        self.drawn += content.len();
        self.section.push(kind);
        let _ = write!(self.section, "{}", self.drawer.len());
        self.section.push(END);
        self.drawer.push(content.to_string());
    }

    /// A block ends a paragraph of raw HTML that is still open, as it does in a browser.
    fn leave_raw_paragraph(&mut self, tag: &str) {
        const INLINE: &[&str] = &[
            "a", "abbr", "b", "code", "del", "em", "i", "ins", "kbd", "mark", "small", "span", "strong", "sub", "sup",
            "s", "cite", "dfn", "q", "samp", "tt", "var", "wbr",
        ];
        if !INLINE.contains(&tag) {
            self.close_raw("p");
        }
    }
}

fn noncharacter(c: char) -> bool {
    matches!(c, '\u{fdd0}'..='\u{fdef}')
}

/// The same text without numeric references to noncharacters, which the sanitiser would resolve to our marks.
fn harmless_references(text: &str) -> Cow<'_, str> {
    if !text.contains("&#") {
        return Cow::Borrowed(text);
    }
    let mut plain = String::with_capacity(text.len());
    for (at, part) in text.split("&#").enumerate() {
        if at == 0 {
            plain.push_str(part);
            continue;
        }
        let (digits, radix) = match part.strip_prefix(['x', 'X']) {
            Some(digits) => (digits, 16),
            None => (part, 10),
        };
        let end = digits.find(|c: char| !c.is_digit(radix)).unwrap_or(digits.len());
        let value = u32::from_str_radix(&digits[..end], radix).ok().and_then(char::from_u32);
        if value.is_some_and(noncharacter) {
            plain.push('\u{fffd}');
            plain.push_str(&digits[end..]);
        } else {
            plain.push_str("&#");
            plain.push_str(part);
        }
    }
    Cow::Owned(plain)
}

static SANITISER: LazyLock<Builder<'static>> = LazyLock::new(|| {
    let mut builder = Builder::empty();
    // What only we write is in the drawer or on this list; neither has attributes that a document could choose.
    builder.tags(ALLOWED.iter().map(|(tag, _)| *tag).chain(["section"]).collect());
    builder.tag_attributes(ALLOWED.iter().map(|(tag, names)| (*tag, names.iter().copied().collect())).collect());
    builder.generic_attributes(["class", "id"].into());
    builder.url_schemes(["http", "https", "mailto"].into());
    builder.url_relative(UrlRelative::PassThrough);
    builder.link_rel(None);
    builder.attribute_filter(|_, name, value| match name {
        "class" if !value.starts_with(ATTRIBUTES) => None,
        _ => Some(value.into()),
    });
    builder
});

/// Puts back what waits in the drawer. A mark whose number is not in it was not ours, and goes.
fn restore(html: &mut String, section: &str, drawer: &[String]) {
    let mut rest = section;
    while let Some(at) = rest.find([ATTRIBUTES, PIECE]) {
        let (before, mark) = rest.split_at(at);
        let attributes = mark.starts_with(ATTRIBUTES);
        let number = &mark[ATTRIBUTES.len_utf8()..];
        let end = number.find(END).unwrap_or(0);
        let content =
            number[..end].parse().ok().and_then(|number: usize| drawer.get(number)).map_or("", String::as_str);
        let after = number[end..].trim_start_matches(END);
        if attributes {
            html.push_str(before.strip_suffix(" class=\"").unwrap_or(before));
            html.push_str(content);
            rest = after.strip_prefix('"').unwrap_or(after);
        } else {
            html.push_str(before);
            html.push_str(content);
            rest = after;
        }
    }
    html.push_str(rest);
}
