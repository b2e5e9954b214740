//! Findings and deadlines for people and for machines, one leaf a format.

mod annotation;
pub mod baseline;
pub mod changed;
pub mod diff;
mod escape;
pub mod expiry;
mod facts;
mod github;
mod gitlab;
pub mod json;
mod jsonl;
mod junit;
mod markdown;
mod people;
mod sarif;
mod table;
mod text;

use std::collections::BTreeMap;

use crate::date::Period;
use crate::diagnostic::{Finding, Severity};
use crate::model::Document;
use crate::source::{Source, Span};
use crate::view::Scene;

pub use escape::{log, xml};

/// What a format prints.
#[derive(Debug, Clone, Copy)]
pub struct Report<'a> {
    /// The collection, the verdict, the day.
    pub scene: Scene<'a>,
    /// How many findings a baseline hides; absent where there is no baseline.
    pub hidden: Option<usize>,
    /// How many findings are left out because their documents didn't change; absent where all documents count.
    pub outside: Option<usize>,
    /// What text is grouped by; absent where the format has its own order.
    pub group: Option<Group>,
    /// How far ahead deadlines are told; absent where the format has its own reach.
    pub within: Option<Period>,
}

/// What a report is grouped by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Group {
    /// Who answers for the documents; those without an owner first.
    Owner,
    /// The rule.
    Rule,
    /// The file.
    Path,
    /// The kind of document.
    Kind,
    /// The week of the deadline.
    Week,
}

/// A way to print findings or deadlines.
#[derive(Debug)]
pub struct Format {
    /// Its name on the command line.
    pub name: &'static str,
    /// Who it is for, in a sentence.
    pub about: &'static str,
    /// Prints, with colour where asked for and where the format knows colour.
    pub print: fn(&Report<'_>, bool) -> String,
    /// What goes into the summary of a job besides, as Markdown of at most so many bytes.
    pub summary: Option<fn(&Report<'_>, usize) -> String>,
}

/// All formats of findings.
pub const FORMATS: &[Format] = &[
    text::FORMAT,
    json::FORMAT,
    jsonl::FORMAT,
    sarif::FORMAT,
    github::FORMAT,
    gitlab::FORMAT,
    junit::FORMAT,
    markdown::FORMAT,
];

/// How many findings of each severity there are.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    /// Errors.
    pub errors: usize,
    /// Warnings.
    pub warnings: usize,
    /// Notices.
    pub notices: usize,
}

impl<'a> Report<'a> {
    /// A report of all findings.
    pub fn new(scene: Scene<'a>) -> Self {
        Report { scene, hidden: None, outside: None, group: None, within: None }
    }

    /// Counts the findings.
    pub fn counts(&self) -> Counts {
        let count = |severity| self.findings().iter().filter(|finding| finding.severity == severity).count();
        Counts { errors: count(Severity::Error), warnings: count(Severity::Warning), notices: count(Severity::Notice) }
    }

    /// `3 documents, 1 error, 2 suppressed, 4 hidden by the baseline, as of 2026-11-23`, without a full stop.
    fn tally(&self) -> String {
        let counts = self.counts();
        let count = |number, one, many| (number > 0).then(|| crate::words::count(number, one, many));
        let mut parts = vec![crate::words::count(self.scene.collection.documents.len(), "document", "documents")];
        parts.extend(count(counts.errors, "error", "errors"));
        parts.extend(count(counts.warnings, "warning", "warnings"));
        parts.extend(count(counts.notices, "notice", "notices"));
        if parts.len() == 1 {
            parts.push("no findings".into());
        }
        parts.extend((self.suppressed() > 0).then(|| format!("{} suppressed", self.suppressed())));
        parts.extend(self.hidden.map(|hidden| format!("{hidden} hidden by the baseline")));
        parts.extend(self.outside.map(|outside| format!("{outside} left out in unchanged documents")));
        format!("{}, as of {}", parts.join(", "), self.scene.today)
    }

    fn findings(&self) -> &'a [Finding] {
        &self.scene.judgement.findings
    }

    fn suppressed(&self) -> usize {
        self.scene.judgement.suppressed.len()
    }

    fn document(&self, finding: &Finding) -> &'a Document {
        &self.scene.collection.documents[finding.document]
    }

    /// The file a finding's words stand in, and where in it: the document's, or the one beside it that holds its facts.
    fn words(&self, finding: &Finding) -> (&'a Source, Span) {
        let (file, start) = self.document(finding).source.file(finding.span.start);
        (file, Span { start, end: start + finding.span.end.saturating_sub(finding.span.start) })
    }

    /// The path of a finding's file from the repository's root.
    fn place(&self, finding: &Finding) -> String {
        format!("{}{}", self.scene.prefix, self.words(finding).0.path)
    }

    /// The document's path from the repository's root.
    fn file(&self, document: usize) -> String {
        format!("{}{}", self.scene.prefix, self.scene.collection.documents[document].path())
    }

    fn owners(&self, document: usize) -> Vec<&'a str> {
        self.scene.collection.owners_of(document).0
    }

    /// For each finding a fingerprint that no other finding has, also where two documents claim one id.
    fn fingerprints(&self) -> Vec<String> {
        let mut met: BTreeMap<&str, usize> = BTreeMap::new();
        let own = self.findings().iter().map(|finding| {
            let nth = met.entry(&finding.fingerprint).or_default();
            *nth += 1;
            match *nth {
                1 => finding.fingerprint.clone(),
                nth => {
                    format!("{:016x}", xxhash_rust::xxh3::xxh3_64(format!("{}:{nth}", finding.fingerprint).as_bytes()))
                }
            }
        });
        own.collect()
    }
}

/// Text cut to so many bytes, at a character.
fn clipped(text: &str, bytes: usize) -> &str {
    let end = (0..=bytes.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0);
    &text[..end]
}
