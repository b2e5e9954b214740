//! What a rule may look at, and what it says.
//!
//! Facts only: a rule reads no disk and no clock, and looks up no setting by a string.

use super::Upkeep;
use super::cycle::Cycles;
use super::suppression::Suppressions;
use crate::config::Config;
use crate::date::Date;
use crate::diagnostic::{Note, Severity};
use crate::model::{Document, Origin, Relation, Stage, Standing, Task};
use crate::resolve::Collection;
use crate::source::Span;

/// So many steps of a circle are told one by one.
const LONGEST_CIRCLE: usize = 6;
/// What a rule may look at.
#[derive(Debug)]
pub struct Facts<'a> {
    /// The whole collection.
    pub collection: &'a Collection,
    /// Index of the document in question.
    pub index: usize,
    /// The document in question.
    pub document: &'a Document,
    /// Its freshness.
    pub standing: &'a Standing,
    /// How it has been kept.
    pub upkeep: &'a Upkeep,
    /// The day of the verdict.
    pub today: Date,
    /// The settings.
    pub config: &'a Config,
    /// Circles among the documents.
    pub(super) circles: &'a Circles<'a>,
    /// What the document asks not to be told.
    pub(super) suppressions: &'a Suppressions,
}

/// Circles of relations that should have none.
#[derive(Debug)]
pub(super) struct Circles<'a> {
    pub(super) supersession: Cycles<'a>,
    pub(super) dependency: Cycles<'a>,
}

impl Facts<'_> {
    /// What earlier stages noticed in this document for a rule.
    pub fn noted(&self, rule: &str) -> Vec<Flaw> {
        let flaw = |note: &Note| Flaw {
            span: note.span,
            message: note.message.clone(),
            help: note.help.clone(),
            at_most: None,
        };
        self.collection.notes[self.index].iter().filter(|note| note.rule == rule).map(flaw).collect()
    }

    /// A place for people: `plans/a.md:4`, relative to the root; `line 4` within the document itself.
    pub fn place(&self, document: usize, span: Span) -> String {
        let other = &self.collection.documents[document];
        let (file, at) = other.source.file(span.start);
        let line = file.place(at).line;
        let here = document == self.index && file.path == other.path();
        if here { format!("line {line}") } else { format!("{}:{line}", file.path) }
    }

    /// The first open box that counts as work.
    pub fn first_open(&self) -> Option<&Task> {
        let anatomy = &self.document.anatomy;
        let phased = anatomy.phases.iter().any(|phase| phase.total > 0);
        let counts = |task: &&Task| !task.gate && !task.nested && (!phased || task.phase.is_some());
        anatomy.tasks.iter().filter(counts).find(|task| !task.done)
    }

    /// Where the status that counts is written, for people: ` (line 2)`; nothing where no line says it.
    pub fn status_place(&self) -> String {
        let written = self.document.status.as_ref().filter(|status| status.key.is_some() && status.span.end > 0);
        written.map(|status| format!(" ({})", self.place(self.index, status.span))).unwrap_or_default()
    }

    /// A circle of relations, each with its place.
    pub(super) fn circle(&self, circle: &[&Relation], verb: &str) -> Flaw {
        let name = |document: usize| self.collection.documents[document].path();
        let mut message = String::from("it ");
        for (nth, relation) in circle.iter().take(LONGEST_CIRCLE).enumerate() {
            let Some(to) = relation.to else { continue };
            let place = self.place(if relation.inferred { to } else { relation.from }, relation.span);
            message += if nth > 0 { ", that " } else { "" };
            message += &format!("{verb} {} ({place})", if to == self.index { "this one" } else { name(to) });
        }
        if circle.len() > LONGEST_CIRCLE {
            message += &format!(", and so on through {} documents", circle.len());
        }
        let own = circle.first().filter(|relation| !relation.inferred).map(|relation| relation.span);
        Flaw::new(own.unwrap_or_default(), message)
    }

    /// For a deadline that no line states: ` (inferred from …)`.
    pub fn inference(&self) -> &'static str {
        match (self.standing.inferred, self.standing.basis) {
            (false, _) => "",
            (true, Some("review_in")) => " (inferred from the day it was written)",
            (true, _) => " (inferred from the lease of its kind)",
        }
    }

    /// The standing is late by no more days than the configuration's grace.
    pub fn graced(&self) -> bool {
        let grace = self.config.freshness.grace.zip(self.standing.deadline.as_ref());
        grace.is_some_and(|(grace, day)| self.today <= grace.0.after(day.value))
    }

    /// Where the status stands; the start of the text where it is a folder or another document.
    pub fn status_span(&self) -> Span {
        self.document
            .status
            .as_ref()
            .filter(|status| status.origin != Origin::Folder)
            .map(|status| status.span)
            .unwrap_or_default()
    }

    /// It stands in this stage and is judged for its life.
    pub fn tracked_in(&self, stage: Stage) -> bool {
        self.document.tracked() && self.document.stage() == Some(stage)
    }
}

/// A rule's verdict before it has a severity.
#[derive(Debug)]
pub struct Flaw {
    /// The words at fault.
    pub span: Span,
    /// The fact: lower case, no full stop.
    pub message: String,
    /// The deed, where one action is clearly right.
    pub help: Option<String>,
    /// The most it may count for, whatever the configuration says.
    pub at_most: Option<Severity>,
}

impl Flaw {
    /// A flaw without a suggestion.
    pub fn new(span: Span, message: impl Into<String>) -> Self {
        Flaw { span, message: message.into(), help: None, at_most: None }
    }

    /// The same flaw, counting for no more than this.
    pub fn at_most(mut self, severity: Severity) -> Self {
        self.at_most = Some(severity);
        self
    }

    /// The same flaw with a suggestion.
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }
}
