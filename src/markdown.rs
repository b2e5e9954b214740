//! The one way plansite parses Markdown: as GitHub does, with the places of everything.
//!
//! Wikilinks, emoji names and formulas are looked for only in texts that can hold one: most hold none, and what only
//! looks like one is best left to the plain parser. What the parser takes for one all the same becomes text again.

use comrak::Options;
use comrak::nodes::{Node, NodeValue};

mod anchor;
mod emoji;
pub mod html;
mod math;
mod wiki;

pub use anchor::Anchors;
pub use comrak::Arena;
pub use wiki::page_name;

/// The extensions in use. Raw HTML is let through by the formatter, because it is sanitised after.
pub fn options() -> Options<'static> {
    let mut options = Options::default();
    options.extension.strikethrough = true;
    options.extension.table = true;
    options.extension.autolink = true;
    options.extension.tasklist = true;
    options.extension.footnotes = true;
    options.extension.alerts = true;
    options.parse.relaxed_tasklist_matching = true;
    options.render.r#unsafe = true;
    options
}

/// Parses a text. Line numbers in the tree count from the first line of `text`, columns are bytes from 1.
pub fn parse<'a>(arena: &'a Arena<'a>, text: &str) -> Node<'a> {
    let mut options = options();
    let (wiki, emoji, math) = (wiki::held(text), emoji::held(text), math::held(text));
    options.extension.wikilinks_title_after_pipe = wiki;
    options.extension.shortcodes = emoji;
    options.extension.math_dollars = math;
    options.extension.math_code = math;
    let root = comrak::parse_document(arena, text, &options);
    if wiki || emoji || math {
        let found: Vec<Node<'a>> = root.descendants().filter(|node| doubtful(&node.data().value)).collect();
        for node in found {
            let value = node.data().value.clone();
            match value {
                NodeValue::WikiLink(link) => wiki::mend(arena, node, &link.url),
                NodeValue::ShortCode(emoji) => emoji::mend(node, &emoji.code),
                NodeValue::Math(formula) => math::mend(node, &formula),
                _ => {}
            }
        }
    }
    root
}

/// The root of a parsed text.
pub type Tree<'a> = Node<'a>;

/// What a node says, without markup: code and formulas by their text, breaks as spaces.
pub fn words(node: Node<'_>) -> String {
    let mut words = String::new();
    let mut steps = vec![node];
    while let Some(node) = steps.pop() {
        match &node.data().value {
            NodeValue::Text(text) => words.push_str(text),
            NodeValue::Code(code) => words.push_str(&code.literal),
            NodeValue::Math(math) => words.push_str(&math.literal),
            NodeValue::ShortCode(emoji) => words.push_str(&emoji.emoji),
            NodeValue::SoftBreak | NodeValue::LineBreak => words.push(' '),
            _ => steps.extend(node.reverse_children()),
        }
    }
    words
}

fn doubtful(value: &NodeValue) -> bool {
    matches!(value, NodeValue::WikiLink(_) | NodeValue::ShortCode(_) | NodeValue::Math(_))
}

/// The last character of the text right before a node, where text stands there.
fn before(node: Node<'_>) -> Option<char> {
    let NodeValue::Text(text) = &node.previous_sibling()?.data().value else { return None };
    text.chars().next_back()
}

/// The first character of the text right behind a node, where text stands there.
fn behind(node: Node<'_>) -> Option<char> {
    let NodeValue::Text(text) = &node.next_sibling()?.data().value else { return None };
    text.chars().next()
}

fn become_text(node: Node<'_>, text: String) {
    node.data_mut().value = NodeValue::Text(text.into());
}
