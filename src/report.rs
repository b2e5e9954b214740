//! Findings for people and for machines, one leaf a format.

pub mod escape;
pub mod json;
mod text;

use crate::diagnostic::Severity;
use crate::view::Scene;

/// What a format prints.
#[derive(Debug, Clone, Copy)]
pub struct Report<'a> {
    /// The collection, the verdict, the day.
    pub scene: Scene<'a>,
}

/// A way to print findings.
#[derive(Debug)]
pub struct Format {
    /// Its name on the command line.
    pub name: &'static str,
    /// Who it is for, in a sentence.
    pub about: &'static str,
    /// Prints, with colour where asked for and where the format knows colour.
    pub print: fn(&Report<'_>, bool) -> String,
}

/// All formats.
pub const FORMATS: &[Format] = &[text::FORMAT, json::FORMAT];

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

impl Report<'_> {
    /// Counts the findings.
    pub fn counts(&self) -> Counts {
        let count =
            |severity| self.scene.judgement.findings.iter().filter(|finding| finding.severity == severity).count();
        Counts { errors: count(Severity::Error), warnings: count(Severity::Warning), notices: count(Severity::Notice) }
    }
}
