//! Wikilinks: `[[page]]` and `[[page|words]]`, and what only looks like one.

use comrak::Arena;
use comrak::nodes::{AstNode, Node, NodeLink, NodeValue};

use super::become_text;

/// Whether a text holds something that can be a wikilink.
pub(super) fn held(text: &str) -> bool {
    text.match_indices("[[").any(|(at, _)| {
        let rest = &text[at + 2..];
        rest.find("]]").is_some_and(|end| page_name(&rest[..end]) && !rest[end + 2..].starts_with(['(', '[']))
    })
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

/// Turns what only looks like a wikilink into what it is: `[[text]](url)` into a link, `[[1]]` into text.
pub(super) fn mend<'a>(arena: &'a Arena<'a>, node: Node<'a>, url: &str) {
    let label = node.collect_text();
    let inner = if label == url { label } else { format!("{url}|{label}") };
    let next = node.next_sibling();
    let behind = next.and_then(|next| match &next.data().value {
        NodeValue::Text(text) => Some(text.to_string()),
        _ => None,
    });
    let target = behind.as_deref().and_then(|text| text.strip_prefix('(')?.split_once(')'));
    if let (Some((url, rest)), Some(next)) = (target.filter(|(url, _)| !url.contains(' ')), next) {
        let place = node.data().sourcepos;
        node.children().for_each(|child| child.detach());
        let text = AstNode::from(NodeValue::Text(format!("[{inner}]").into()));
        let text = arena.alloc(text);
        text.data_mut().sourcepos = place;
        node.append(text);
        node.data_mut().value = NodeValue::Link(Box::new(NodeLink { url: url.to_string(), title: String::new() }));
        next.data_mut().value = NodeValue::Text(rest.to_string().into());
    } else if !page_name(&inner) {
        node.children().for_each(|child| child.detach());
        become_text(node, format!("[[{inner}]]"));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::markdown::parse;

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
