//! Boxes: what a mark means, and the sub-bullets that say who, how long and after what.

use comrak::nodes::{Node, NodeValue};

use super::inline::attribute;
use super::{Step, Walk, icon};

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
struct Fact<'n> {
    /// Name of the icon.
    icon: &'static str,
    /// Words before the value.
    lead: &'static str,
    /// The value.
    value: Vec<Node<'n>>,
}

impl<'n> Walk<'n> {
    pub(super) fn task(&mut self, node: Node<'n>, mark: Option<char>) {
        let (done, special) = state(mark);
        self.steps.push(Step::Line);
        self.steps.push(Step::Close(self.sheet.depth()));
        if matches!(self.sheet.innermost(), Some("ul" | "ol")) {
            let class = if done { " class=\"tk on\"" } else { " class=\"tk off\"" };
            let spot = self.spot(node);
            self.sheet.open("li", &format!("{class}{spot}"));
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
        let facts = facts(node);
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
}

/// What a box's mark says: `done`, or `open` with the mark where it is a special one.
fn state(mark: Option<char>) -> (bool, Option<char>) {
    match mark {
        Some('x' | 'X' | '✅' | '✓' | '✔' | '☑') => (true, None),
        Some(mark) if !mark.is_whitespace() => (false, Some(mark)),
        _ => (false, None),
    }
}

/// The facts in the lists of a task, taken out of the tree; a list without anything else goes too.
fn facts<'n>(task: Node<'n>) -> Vec<Fact<'n>> {
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
