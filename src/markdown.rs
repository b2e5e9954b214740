//! The one way plansite parses Markdown: as GitHub does, with the places of everything.

use comrak::nodes::{Node, NodeLink, NodeValue};
use comrak::{Arena, Options};

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
    // most texts hold none, and what only looks like one is best left to the plain parser
    if !holds_wikilink(text) {
        return comrak::parse_document(arena, text, &options);
    }
    options.extension.wikilinks_title_after_pipe = true;
    let root = comrak::parse_document(arena, text, &options);
    let found: Vec<Node<'a>> =
        root.descendants().filter(|node| matches!(node.data().value, NodeValue::WikiLink(_))).collect();
    for node in found {
        mend(arena, node);
    }
    root
}

/// Whether what stands between `[[` and `]]` can be the name of a page: no footnote number, no test of a shell.
pub fn page_name(inner: &str) -> bool {
    let name = inner.split('|').next().unwrap_or(inner);
    let first = name.chars().next().is_some_and(|c| c.is_alphanumeric() || matches!(c, '.' | '/' | '#' | '_'));
    let letters = name.chars().any(char::is_alphabetic);
    name.trim() == name
        && first
        && letters
        && name.len() <= 200
        && !name.contains(['[', ']', '`', '"', '=', '$', '<', '\n'])
}

fn holds_wikilink(text: &str) -> bool {
    text.match_indices("[[").any(|(at, _)| {
        let rest = &text[at + 2..];
        rest.find("]]").is_some_and(|end| page_name(&rest[..end]) && !rest[end + 2..].starts_with(['(', '[']))
    })
}

/// Turns what only looks like a wikilink into what it is: `[[text]](url)` into a link, `[[1]]` into text.
fn mend<'a>(arena: &'a Arena<'a>, node: Node<'a>) {
    let NodeValue::WikiLink(link) = node.data().value.clone() else { return };
    let label = node.collect_text();
    let inner = if label == link.url { label } else { format!("{}|{label}", link.url) };
    let next = node.next_sibling();
    let behind = next.and_then(|next| match &next.data().value {
        NodeValue::Text(text) => Some(text.to_string()),
        _ => None,
    });
    let target = behind.as_deref().and_then(|text| text.strip_prefix('(')?.split_once(')'));
    if let (Some((url, rest)), Some(next)) = (target.filter(|(url, _)| !url.contains(' ')), next) {
        let place = node.data().sourcepos;
        node.children().for_each(|child| child.detach());
        let text = comrak::nodes::AstNode::from(NodeValue::Text(format!("[{inner}]").into()));
        let text = arena.alloc(text);
        text.data_mut().sourcepos = place;
        node.append(text);
        node.data_mut().value = NodeValue::Link(Box::new(NodeLink { url: url.to_string(), title: String::new() }));
        next.data_mut().value = NodeValue::Text(rest.to_string().into());
    } else if !page_name(&inner) {
        node.children().for_each(|child| child.detach());
        node.data_mut().value = NodeValue::Text(format!("[[{inner}]]").into());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wikilinks_and_their_look_alikes() {
        let shown = |text: &str| {
            let arena = Arena::new();
            let found: Vec<String> = parse(&arena, text)
                .descendants()
                .filter_map(|node| match &node.data().value {
                    NodeValue::WikiLink(link) => Some(format!("wiki {} {}", link.url, node.collect_text())),
                    NodeValue::Link(link) => Some(format!("link {} {}", link.url, node.collect_text())),
                    _ => None,
                })
                .collect();
            found
        };
        assert_eq!(
            shown("See [[The Plan]] and [[plan#Goals|goals]]."),
            ["wiki The Plan The Plan", "wiki plan#Goals goals"]
        );
        assert_eq!(shown("[[text]](a.md) and [[1]] and `[[x]]` and [[ -f x ]]"), ["link a.md [text]"]);
        assert_eq!(shown("[[Plan]] then [[text]](a.md) and [[1]]"), ["wiki Plan Plan", "link a.md [text]"]);
    }
}
