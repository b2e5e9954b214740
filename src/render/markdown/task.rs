//! Boxes: what a mark means, and the sub-bullets that say who, how long and after what.

use comrak::nodes::{Node, NodeValue};

/// Keys of sub-bullets that become the task's own line, lower case, with their icons and the words before the value.
const KEYS: &[(&str, &str, &str)] = &[
    ("owner", "user", ""),
    ("owners", "users", ""),
    ("assignee", "user", ""),
    ("assignees", "users", ""),
    ("assigned to", "user", ""),
    ("estimate", "due", ""),
    ("estimated effort", "due", ""),
    ("effort", "due", ""),
    ("duration", "due", ""),
    ("due", "calendar", "due "),
    ("depends on", "relations", "needs "),
    ("dependencies", "relations", "needs "),
    ("dependency", "relations", "needs "),
    ("blocked by", "blocked", "blocked by "),
];

/// One fact of a task: an icon, words, and the inline nodes of its value.
#[derive(Debug)]
pub struct Fact<'n> {
    /// Name of the icon.
    pub icon: &'static str,
    /// Words before the value.
    pub lead: &'static str,
    /// The value.
    pub value: Vec<Node<'n>>,
}

/// What a box's mark says: `done`, or `open` with the mark where it is a special one.
pub fn state(mark: Option<char>) -> (bool, Option<char>) {
    match mark {
        Some('x' | 'X' | '✅' | '✓' | '✔' | '☑') => (true, None),
        Some(mark) if !mark.is_whitespace() => (false, Some(mark)),
        _ => (false, None),
    }
}

/// The facts in the lists of a task, taken out of the tree; a list without anything else goes too.
pub fn facts<'n>(task: Node<'n>) -> Vec<Fact<'n>> {
    let mut facts = Vec::new();
    let lists: Vec<Node<'n>> = task.children().filter(|node| matches!(node.data().value, NodeValue::List(_))).collect();
    for list in lists {
        for item in list.children().collect::<Vec<_>>() {
            if let Some(fact) = fact(item) {
                facts.push(fact);
                item.detach();
            }
        }
        if list.first_child().is_none() {
            list.detach();
        }
    }
    facts
}

/// `Owner: Priya`, `**Owner:** Priya` and `**Owner**: Priya`. The key is cut off the tree.
fn fact<'n>(item: Node<'n>) -> Option<Fact<'n>> {
    let paragraph = item.first_child().filter(|child| child.next_sibling().is_none())?;
    if !matches!(item.data().value, NodeValue::Item(_)) || !matches!(paragraph.data().value, NodeValue::Paragraph) {
        return None;
    }
    let first = paragraph.first_child()?;
    let strong = matches!(first.data().value, NodeValue::Strong).then(|| first.first_child()).flatten();
    let word = strong.unwrap_or(first);
    let NodeValue::Text(text) = &word.data().value.clone() else { return None };
    let (key, rest, tail) = match (text.split_once(':'), strong) {
        (Some((key, rest)), None) => (key, rest.to_string(), None),
        (Some((key, rest)), Some(only)) if only.next_sibling().is_none() => (key, rest.to_string(), None),
        (None, Some(only)) if only.next_sibling().is_none() => {
            let next = first.next_sibling()?;
            let NodeValue::Text(after) = &next.data().value.clone() else { return None };
            (text.as_ref(), after.strip_prefix(':')?.to_string(), Some(next))
        }
        _ => return None,
    };
    let key = key.trim().to_lowercase();
    let (_, icon, lead) = KEYS.iter().find(|(known, ..)| *known == key)?;
    let rest = rest.trim_start().to_string();
    let mut value: Vec<Node<'n>> = paragraph.children().skip(1).collect();
    if rest.trim().is_empty() && value.is_empty() {
        return None;
    }
    // The rest of the text that held the key keeps its node; a strong one around it goes with the key.
    let kept = tail.unwrap_or(word);
    if !rest.is_empty() && tail.is_none() {
        value.insert(0, word);
    }
    kept.data_mut().value = NodeValue::Text(rest.into());
    trim_start(value.first().copied());
    Some(Fact { icon, lead, value })
}

fn trim_start(node: Option<Node<'_>>) {
    if let Some(node) = node
        && let NodeValue::Text(text) = &mut node.data_mut().value
    {
        *text = text.trim_start().to_string().into();
    }
}

#[cfg(test)]
mod tests {
    use super::state;

    #[test]
    fn any_mark_but_a_tick_is_open() {
        assert_eq!(state(None), (false, None));
        assert_eq!(state(Some('X')), (true, None));
        assert_eq!(state(Some('✅')), (true, None));
        assert_eq!(state(Some('~')), (false, Some('~')));
    }
}
