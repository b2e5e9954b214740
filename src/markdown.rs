//! The one way plansite parses Markdown: as GitHub does, with the places of everything.

use comrak::{Arena, Options, nodes::Node};

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
    comrak::parse_document(arena, text, &options())
}
