//! Anchors of headings, as GitHub makes them, so that a link copied from there leads to the same place here.
//!
//! GitHub takes the heading's text as a browser sees it: links and emphasis by their words, code by its text, tags and
//! images not at all, and a footnote by its number. Emoji names are still names then, so `:rocket: Launch` gives
//! `rocket-launch`, while the sign 🚀 goes and leaves its space behind: `-launch`. The text loses the white space at its
//! ends, becomes lower case, keeps letters, marks, decimal digits, connecting punctuation, hyphens and spaces, and has a
//! hyphen for each space: two spaces give two. A variation selector is a mark, so it stays, invisibly; `²`, `½` and `①`
//! are no decimal digits and go. A text that is taken gets `-1`, `-2` and so on. Headings in lists and quotes count, too.

use std::collections::{BTreeMap, BTreeSet};

use comrak::nodes::{Node, NodeValue};
use finl_unicode::categories::CharacterCategories;

/// The anchors given so far in one document.
#[derive(Debug, Default)]
pub struct Anchors {
    taken: BTreeSet<String>,
    /// How often a text was asked for.
    asked: BTreeMap<String, usize>,
}

impl Anchors {
    /// The anchor of the next heading. Ask for all headings of a document, in its order.
    pub fn next(&mut self, heading: Node<'_>) -> String {
        let base = anchor(text(heading).trim());
        let count = self.asked.entry(base.clone()).or_default();
        loop {
            let anchor = if *count == 0 { base.clone() } else { format!("{base}-{count}") };
            *count += 1;
            if self.taken.insert(anchor.clone()) {
                return anchor;
            }
        }
    }
}

fn text(heading: Node<'_>) -> String {
    let mut text = String::new();
    let mut steps: Vec<Node<'_>> = heading.reverse_children().collect();
    while let Some(node) = steps.pop() {
        match &node.data().value {
            NodeValue::Text(words) => text.push_str(words),
            NodeValue::Code(code) => text.push_str(&code.literal),
            NodeValue::Math(math) => text.push_str(&math.literal),
            NodeValue::ShortCode(emoji) => text.push_str(&emoji.code),
            NodeValue::FootnoteReference(note) => text.push_str(&note.ix.to_string()),
            NodeValue::Image(_) => {}
            _ => steps.extend(node.reverse_children()),
        }
    }
    text
}

fn anchor(text: &str) -> String {
    let kept = |c: &char| {
        matches!(c, ' ' | '-')
            || c.is_alphabetic()
            || c.is_mark()
            || c.is_number_decimal()
            || c.is_punctuation_connector()
    };
    text.to_lowercase().chars().filter(kept).map(|c| if c == ' ' { '-' } else { c }).collect()
}

#[cfg(test)]
mod tests {
    use comrak::Arena;
    use comrak::nodes::NodeValue;

    use super::Anchors;
    use crate::markdown::parse;

    #[test]
    fn anchors_are_those_of_github() {
        let cases = [
            ("Goals and non-goals", "goals-and-non-goals"),
            ("What's `Vec<T>` — and why?", "whats-vect--and-why"),
            ("1.2.3 Über_alles, naïve café", "123-über_alles-naïve-café"),
            ("a  b &amp; c / d", "a--b--c--d"),
            ("**bold** _it_ ~~gone~~ [link](x.md) ![image](y.png)", "bold-it-gone-link"),
            ("<a name=\"x\"></a> Named <sub>low</sub>", "named-low"),
            ("🚀 Launch", "-launch"),
            ("Launch 🚀", "launch-"),
            (":rocket: Launch :+1:", "rocket-launch-1"),
            ("⚠️ Careful", "\u{fe0f}-careful"),
            ("计划 と 계획", "计划-と-계획"),
            ("x² ½ ① Ⅷ ٣", "x---ⅷ-٣"),
            ("ÀÉ ΑΒΓ ИЙ", "àé-αβγ-ий"),
            ("a\u{a0}b\u{200d}c", "abc"),
            ("`<app>.profile` & $x^2$", "appprofile--x2"),
            ("[[Plan|words]] and [[1]]", "words-and-1"),
            ("www.example.com and a@b.example", "wwwexamplecom-and-abexample"),
            ("Noted[^1]", "noted1"),
            ("#hash and C#", "hash-and-c"),
            ("Trailing #s ##", "trailing-s"),
            ("???", ""),
        ];
        for (heading, expected) in cases {
            let arena = Arena::new();
            let text = format!("## {heading}\n\n[^1]: note\n");
            let root = parse(&arena, &text);
            assert_eq!(Anchors::default().next(root.first_child().unwrap()), expected, "{heading}");
        }
    }

    #[test]
    fn the_same_text_counts_on() {
        let arena = Arena::new();
        let text = "# A\n## A\n> ## A\n- # A-1\n\nA\n===\n\nb\nc\n---\n";
        let mut anchors = Anchors::default();
        let headings = parse(&arena, text).descendants();
        let headings = headings.filter(|node| matches!(node.data().value, NodeValue::Heading(_)));
        let found: Vec<String> = headings.map(|node| anchors.next(node)).collect();
        assert_eq!(found, ["a", "a-1", "a-2", "a-1-1", "a-3", "bc"]);
    }
}
