//! Anchors for places in the text that aren't headings: a risk's row, a blocker's item, a question's paragraph.
//!
//! Each place gets its anchor on the element that holds its text where there is one, else right behind the block. So
//! every anchor that a page links to exists.

use std::collections::BTreeMap;

use comrak::nodes::{Node, NodeValue, Sourcepos};

use super::Walk;
use super::inline::id_attribute;
use crate::view::Spot;

/// Anchors that wait for their place, by line.
#[derive(Debug, Default)]
pub struct Spots<'n> {
    waiting: BTreeMap<u32, Vec<&'n str>>,
}

impl<'n> Spots<'n> {
    pub fn new(spots: &'n [Spot]) -> Self {
        let mut waiting: BTreeMap<u32, Vec<&'n str>> = BTreeMap::new();
        for spot in spots {
            waiting.entry(spot.line).or_default().push(&spot.anchor);
        }
        // the first of a line is taken first
        waiting.values_mut().for_each(|anchors| anchors.reverse());
        Spots { waiting }
    }

    fn take(&mut self, line: u32) -> Option<&'n str> {
        let anchors = self.waiting.get_mut(&line)?;
        let anchor = anchors.pop();
        if anchors.is_empty() {
            self.waiting.remove(&line);
        }
        anchor
    }

    fn first(&self) -> Option<u32> {
        self.waiting.first_key_value().map(|(line, _)| *line)
    }
}

impl<'n> Walk<'n> {
    /// The attribute for an element that begins with a line, a row or an item.
    pub(super) fn spot(&mut self, node: Node<'n>) -> String {
        if self.spots.waiting.is_empty() {
            return String::new();
        }
        let line = self.line(node.data().sourcepos, |at| at.start.line);
        self.spots.take(line).map(id_attribute).unwrap_or_default()
    }

    /// The anchors within a paragraph.
    pub(super) fn spots_within(&mut self, node: Node<'n>) -> Vec<&'n str> {
        let mut found = Vec::new();
        let at = node.data().sourcepos;
        let (start, end) = (self.line(at, |at| at.start.line), self.line(at, |at| at.end.line));
        while let Some(line) = self.spots.waiting.range(start..=end).next().map(|(line, _)| *line) {
            found.extend(self.spots.take(line));
        }
        found
    }

    /// Empty elements for anchors that no element of their own could take.
    pub(super) fn place(&mut self, anchors: &[&str]) {
        for anchor in anchors {
            self.sheet.open("span", &id_attribute(anchor));
            self.sheet.close();
        }
    }

    /// Before a block at the top of the text: what the blocks above should have taken.
    pub(super) fn overtake(&mut self, node: Node<'n>) {
        let top = || node.parent().is_some_and(|parent| matches!(parent.data().value, NodeValue::Document));
        if self.spots.waiting.is_empty() || !top() {
            return;
        }
        let line = self.line(node.data().sourcepos, |at| at.start.line);
        // footnotes come last, wherever they are written
        if !matches!(node.data().value, NodeValue::FootnoteDefinition(_)) {
            self.place_before(line);
        }
    }

    pub(super) fn place_before(&mut self, line: u32) {
        while let Some(first) = self.spots.first().filter(|first| *first < line) {
            let anchor = self.spots.take(first);
            self.place(anchor.as_slice());
        }
    }

    fn line(&self, at: Sourcepos, of: fn(Sourcepos) -> usize) -> u32 {
        (self.first_line + of(at)) as u32
    }
}
