//! What each part of a document is about: its headings in their order, and the topics that headings, labels and the
//! paragraphs before lists name.

use super::topic::{self, Topics};
use crate::model::Heading;
use crate::read::body::{Block, Content};

/// Longer paragraphs before a list don't name it.
const LONGEST_INTRO: usize = 80;

/// The headings as a tree, and the topics of all blocks.
pub struct Outline<'a> {
    /// The headings in order.
    pub headings: &'a [Heading],
    /// The blocks in order.
    pub blocks: &'a [Block],
    /// Names as [`topic::normal`] makes them.
    names: Vec<String>,
    parents: Vec<Option<usize>>,
    /// Topics of each heading, those above it counted where its own name says nothing.
    topics: Vec<Topics>,
    /// Topics of each block.
    about: Vec<Topics>,
}

impl<'a> Outline<'a> {
    /// Orders the headings and finds what each block is about.
    pub fn new(headings: &'a [Heading], blocks: &'a [Block]) -> Self {
        let parents = parents(headings);
        let names: Vec<String> = headings.iter().map(|heading| topic::normal(&heading.text)).collect();
        let mut topics: Vec<Topics> = Vec::with_capacity(headings.len());
        for (at, name) in names.iter().enumerate() {
            let above = parents[at].map_or(Topics::NONE, |above| topics[above]);
            let own = topic::of(name);
            let title = headings[at].level == 1 && headings.len() > 1;
            topics.push(match own {
                // a title speaks of the whole document, and its sections are about many things
                Some(own) if title => own.without(Topics::VAGUE),
                Some(own) => own,
                None => above,
            });
        }
        let mut outline = Outline { headings, blocks, names, parents, topics, about: Vec::with_capacity(blocks.len()) };
        let mut memory = Memory::default();
        for block in blocks {
            let about = outline.topics_of(block, &mut memory);
            outline.about.push(about);
        }
        outline
    }

    fn topics_of(&self, block: &Block, memory: &mut Memory) -> Topics {
        let heading = block.under.map_or(Topics::NONE, |under| self.topics[under]);
        let Content::Item(item) = &block.content else { return heading };
        let (namer, above) = match (item.parent, item.intro) {
            (Some(parent), _) => (parent, self.about(parent)),
            (None, Some(intro)) => (intro, heading),
            (None, None) => return heading,
        };
        if memory.namer != Some(namer) {
            let name = match item.parent {
                Some(parent) => self.blocks[parent].said().first().and_then(|said| said.label.clone()),
                None => self.intro(block),
            };
            *memory = Memory { namer: Some(namer), topics: name.and_then(|name| topic::of(&topic::normal(&name))) };
        }
        memory.topics.unwrap_or(above)
    }

    /// What a block is about.
    pub fn about(&self, block: usize) -> Topics {
        self.about.get(block).copied().unwrap_or(Topics::NONE)
    }

    /// What a heading is about.
    pub fn heading_about(&self, heading: usize) -> Topics {
        self.topics[heading]
    }

    /// A heading names the topic itself, not only one above it.
    pub fn names(&self, heading: usize, topic: Topics) -> bool {
        topic::of(&self.names[heading]).is_some_and(|own| own.has(topic))
    }

    /// The heading above a heading.
    pub fn parent(&self, heading: usize) -> Option<usize> {
        self.parents[heading]
    }

    /// A heading and those above it, nearest first.
    pub fn chain(&self, heading: Option<usize>) -> impl Iterator<Item = usize> {
        std::iter::successors(heading, |at| self.parents[*at])
    }

    /// The normalised name of a heading.
    pub fn name(&self, heading: usize) -> &str {
        &self.names[heading]
    }

    /// The short paragraph right before an item's list.
    pub fn intro(&self, block: &Block) -> Option<String> {
        let before = self.blocks.get(block.item()?.intro?)?;
        let said = before.said();
        let length: usize = said.iter().map(|said| said.text.len() + said.label.as_deref().map_or(0, str::len)).sum();
        (length <= LONGEST_INTRO).then(|| said.iter().map(|said| said.whole()).collect::<Vec<_>>().join(" "))
    }

    /// The blocks right under a heading, up to the next heading of any level.
    pub fn section(&self, heading: usize) -> &'a [Block] {
        let start = self.blocks.partition_point(|block| block.under < Some(heading));
        let end = self.blocks.partition_point(|block| block.under <= Some(heading));
        &self.blocks[start..end]
    }

    /// The items right within an item, with their indices.
    pub fn within(&self, item: usize) -> impl Iterator<Item = (usize, &'a Block)> {
        let depth = self.blocks[item].item().map_or(0, |item| item.depth);
        let inside = move |block: &&Block| block.item().is_some_and(|inner| inner.depth > depth);
        let blocks = self.blocks;
        (item + 1..)
            .zip(blocks.get(item + 1..).unwrap_or(&[]))
            .take_while(move |(_, block)| inside(block))
            .filter(move |(_, block)| block.item().is_some_and(|inner| inner.parent == Some(item)))
    }
}

/// What the last label said, because all items of a list ask for the same.
#[derive(Default)]
struct Memory {
    namer: Option<usize>,
    topics: Option<Topics>,
}

fn parents(headings: &[Heading]) -> Vec<Option<usize>> {
    let mut open: Vec<usize> = Vec::new();
    let mut parents = Vec::with_capacity(headings.len());
    for (at, heading) in headings.iter().enumerate() {
        while open.last().is_some_and(|above| headings[*above].level >= heading.level) {
            open.pop();
        }
        parents.push(open.last().copied());
        open.push(at);
    }
    parents
}
