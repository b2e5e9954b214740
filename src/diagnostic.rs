//! What was noticed: notes while reading, findings after judging.
//!
//! A stage never fails on a broken document. It returns its value and its notes; `judge` turns notes into findings,
//! because only there the severities are known.

use crate::source::{Place, Span};

/// A value and what was noticed on the way to it.
#[derive(Debug, Default)]
pub struct Noted<T> {
    /// The value, as complete as the input allowed.
    pub value: T,
    /// What was noticed, in the order of noticing.
    pub notes: Vec<Note>,
}

/// Something noticed in one document, before it has a severity.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    /// Name of the rule that speaks of it.
    pub rule: &'static str,
    /// The words at fault.
    pub span: Span,
    /// The fact: lower case, no full stop.
    pub message: String,
    /// The deed, where one action is clearly right.
    pub help: Option<String>,
}

impl Note {
    /// A note without a suggestion.
    pub fn new(rule: &'static str, span: Span, message: impl Into<String>) -> Self {
        Note { rule, span, message: message.into(), help: None }
    }

    /// The same note with a suggestion.
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }
}

/// How much a finding matters. Ordered: a notice is less than an error.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Worth knowing.
    Notice,
    /// Wrong, but the document can still be trusted.
    Warning,
    /// The document says something that isn't so, or can't be read.
    Error,
}

impl Severity {
    /// The word used in every output.
    pub fn word(self) -> &'static str {
        match self {
            Severity::Notice => "notice",
            Severity::Warning => "warning",
            Severity::Error => "error",
        }
    }
}

/// A verdict on one place in one document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// Index of the document in the collection.
    pub document: usize,
    /// Name of the rule.
    pub rule: &'static str,
    /// After the configuration had its say.
    pub severity: Severity,
    /// The words at fault.
    pub span: Span,
    /// Where they begin.
    pub start: Place,
    /// The place after their last character.
    pub end: Place,
    /// The fact: lower case, no full stop.
    pub message: String,
    /// The deed, where one action is clearly right.
    pub help: Option<String>,
    /// Sixteen hex digits that stay the same when lines move: made of path, rule and the words at fault.
    pub fingerprint: String,
}
