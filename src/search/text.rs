//! A document becomes its sections: headings with their anchors, and the plain text under them, code included.
//!
//! Raw HTML is left out; what stands between tags is text and stays.

use comrak::arena_tree::NodeEdge;
use comrak::nodes::NodeValue;

use crate::markdown::Tree;
use crate::model::Document;

/// A heading and the text down to the next heading.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Section {
    /// Index of its heading in the document's anatomy; absent for the text before the first one.
    pub heading: Option<usize>,
    /// Text without markup, a line for each block.
    pub text: String,
    /// The parts of the text that belong to tasks, as byte ranges in order.
    pub tasks: Vec<(usize, usize)>,
}

/// More text than this of one document isn't looked at, in bytes: a generated file must not fill the index.
const LIMIT: usize = 256 * 1024;

/// The sections of a document, in order. `tree` is its body, parsed. The first section stands before any heading.
pub fn sections(document: &Document, tree: Tree<'_>) -> Vec<Section> {
    let above = document.source.place(document.body).line as usize - 1;
    let mut reader = Reader { sections: vec![Section::default()], ..Reader::default() };
    for edge in tree.traverse() {
        match edge {
            NodeEdge::Start(node) => {
                let node = node.data();
                let line = above + node.sourcepos.start.line;
                reader.enter(&node.value, || document.anatomy.headings.iter().position(|h| h.line as usize == line));
            }
            NodeEdge::End(node) => reader.leave(&node.data().value),
        }
        if reader.length > LIMIT {
            break;
        }
    }
    reader.sections
}

#[derive(Default)]
struct Reader {
    sections: Vec<Section>,
    /// Bytes of text so far.
    length: usize,
    /// Within so many task items.
    depth: usize,
    /// Within a heading, whose text is known from the anatomy.
    silent: bool,
}

impl Reader {
    fn enter(&mut self, value: &NodeValue, heading: impl Fn() -> Option<usize>) {
        match value {
            NodeValue::Heading(_) => {
                if let Some(heading) = heading() {
                    self.sections.push(Section { heading: Some(heading), ..Section::default() });
                    self.silent = true;
                }
            }
            NodeValue::TaskItem(_) => self.depth += 1,
            NodeValue::Text(text) => self.write(text),
            NodeValue::Code(code) => self.write(&code.literal),
            NodeValue::Math(math) => self.write(&math.literal),
            NodeValue::ShortCode(emoji) => self.write(&emoji.emoji),
            NodeValue::CodeBlock(code) => {
                self.write(&code.literal);
                self.write("\n");
            }
            NodeValue::SoftBreak | NodeValue::LineBreak => self.write(" "),
            _ => {}
        }
    }

    fn leave(&mut self, value: &NodeValue) {
        match value {
            NodeValue::Heading(_) => self.silent = false,
            NodeValue::TaskItem(_) => self.depth -= 1,
            NodeValue::TableCell => return self.write(" "),
            NodeValue::Paragraph | NodeValue::TableRow(_) => {}
            _ => return,
        }
        self.write("\n");
    }

    fn write(&mut self, text: &str) {
        if self.silent {
            return;
        }
        let Some(section) = self.sections.last_mut() else { return };
        let gap = match text {
            "\n" => section.text.ends_with('\n'),
            _ => section.text.ends_with(['\n', ' ']),
        };
        if (gap || section.text.is_empty()) && text.trim().is_empty() {
            return;
        }
        let start = section.text.len();
        let mut room = (LIMIT + 1).saturating_sub(self.length).min(text.len());
        while !text.is_char_boundary(room) {
            room -= 1;
        }
        section.text.push_str(&text[..room]);
        let end = section.text.len();
        self.length += end - start;
        if self.depth > 0 {
            match section.tasks.last_mut() {
                Some(last) if last.1 == start => last.1 = end,
                _ => section.tasks.push((start, end)),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::markdown::{self, Arena};
    use crate::search::oracle::document;

    #[test]
    fn sections_hold_what_a_reader_sees() {
        let text = "---\nid: X\n---\nBefore **bo**ld.\n\n# Top\n\n<b>raw</b> `code` &amp; more\n\n## Work\n\n- [ ] first\n  line\n  - [x] inner\n- plain\n\n```html\n<img src=x>\n```\n\n| a | b |\n|---|---|\n| c | d |\n";
        let document = document("plans/x.md", text);
        let arena = Arena::new();
        let sections = sections(&document, markdown::parse(&arena, document.body()));
        let seen: Vec<_> = sections.iter().map(|section| (section.heading, section.text.as_str())).collect();
        assert_eq!(
            seen,
            [
                (None, "Before bold.\n"),
                (Some(0), "raw code & more\n"),
                (Some(1), "first line\ninner\nplain\n<img src=x>\na b \nc d \n")
            ]
        );
        let tasks: Vec<_> = sections[2].tasks.iter().map(|(from, to)| &sections[2].text[*from..*to]).collect();
        assert_eq!(tasks, ["first line\ninner\n"]);
    }

    #[test]
    fn a_huge_document_is_cut() {
        let document = document("big.md", &"é word ".repeat(100_000));
        let arena = Arena::new();
        let sections = sections(&document, markdown::parse(&arena, document.body()));
        let length: usize = sections.iter().map(|section| section.text.len()).sum();
        assert!(length > LIMIT / 2 && length <= LIMIT + 2, "{length}");
    }
}
