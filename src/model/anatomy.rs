//! What the body of a document holds: headings, phases, tasks and what stands around them.

use crate::source::{Span, Spanned};

/// What the body holds.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Anatomy {
    /// All headings in order.
    pub headings: Vec<Heading>,
    /// The phases of the work, in order.
    pub phases: Vec<Phase>,
    /// Every box, gates and nested ones too, in order.
    pub tasks: Vec<Task>,
    /// The share of the work that the text claims, in percent.
    pub declared: Option<Spanned<u32>>,
    /// `<!-- ANCHOR:name -->` and `<a id="…">`: names that links may point at besides headings.
    pub anchors: Vec<String>,
    /// Template placeholders left in the text: `[Feature/Goal]`, `YYYY-MM-DD`, `{{NAME}}`.
    pub placeholders: Vec<Span>,
}

/// A heading of the body.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Heading {
    /// 1 to 6.
    pub level: u8,
    /// Text without markup.
    pub text: String,
    /// The anchor GitHub would give it, unique in the document.
    pub anchor: String,
    /// Line, from 1.
    pub line: u32,
}

/// A phase of the work: a heading such as `### Phase 2: Backfill`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Phase {
    /// As written: `2`, `1.5`, `2b`; a count from 1 where phases aren't numbered.
    pub number: String,
    /// Without `Phase 2:` and without what stands in brackets behind it.
    pub title: String,
    /// Index of its heading.
    pub heading: usize,
    /// Ticked boxes, nested ones and gates not counted.
    pub done: u32,
    /// All boxes, counted the same way.
    pub total: u32,
    /// Marked as blocked: ❌ in its heading or in the table of phases.
    pub blocked: bool,
    /// Line of its heading, from 1.
    pub line: u32,
}

/// A box with its text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Task {
    /// First line of its text, without markup.
    pub text: String,
    /// Ticked.
    pub done: bool,
    /// Stands within another box's item.
    pub nested: bool,
    /// A condition rather than work: exit gate, definition of done, review checklist, sign-off.
    pub gate: bool,
    /// Index of the phase it belongs to.
    pub phase: Option<usize>,
    /// Line, from 1.
    pub line: u32,
}
