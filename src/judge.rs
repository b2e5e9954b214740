//! A collection and a day become findings, freshness and signals.
//!
//! A rule is facts in, flaws out; its name, severity and explanation stand in its constant, and everything that lists
//! rules walks the table.

mod all_tasks_done;
mod broken_anchor;
mod broken_link;
mod duplicate_id;
mod duplicate_key;
mod expired;
mod expires_soon;
mod folder_contradicts_status;
mod freshness;
mod internal_error;
mod invalid_date;
mod missing_code_path;
mod missing_status;
mod mojibake;
mod near_miss_key;
mod one_sided_supersession;
mod open_tasks_in_completed;
mod placeholder_left;
mod progress_contradiction;
mod review_overdue;
mod status_contradiction;
mod unknown_reference;
mod unknown_status;
mod unreadable_file;
mod unreadable_metadata;
mod unscheduled;

use xxhash_rust::xxh3::xxh3_64;

use crate::config::Config;
use crate::date::Date;
use crate::diagnostic::{Finding, Note, Severity};
use crate::model::{Document, Origin, Signal, Stage, Standing};
use crate::resolve::Collection;
use crate::source::Span;

/// A flaw that documents can have.
#[derive(Debug)]
pub struct Rule {
    /// Named after the flaw, so that `"expired" = "off"` reads as a sentence.
    pub name: &'static str,
    /// Unless the configuration says otherwise.
    pub severity: Severity,
    /// What it reports, in a sentence.
    pub what: &'static str,
    /// Why it matters.
    pub why: &'static str,
    /// What to do about it.
    pub fix: &'static str,
    /// A document, or a part of one, that has the flaw.
    pub example: &'static str,
    /// The signal it gives a document, besides the finding.
    pub signal: Option<Signal>,
    /// The flaws of one document.
    pub check: fn(&Facts<'_>) -> Vec<Flaw>,
}

/// All rules, by name.
pub const RULES: &[Rule] = &[
    all_tasks_done::RULE,
    broken_anchor::RULE,
    broken_link::RULE,
    duplicate_id::RULE,
    duplicate_key::RULE,
    expired::RULE,
    expires_soon::RULE,
    folder_contradicts_status::RULE,
    internal_error::RULE,
    invalid_date::RULE,
    missing_code_path::RULE,
    missing_status::RULE,
    mojibake::RULE,
    near_miss_key::RULE,
    one_sided_supersession::RULE,
    open_tasks_in_completed::RULE,
    placeholder_left::RULE,
    progress_contradiction::RULE,
    review_overdue::RULE,
    status_contradiction::RULE,
    unknown_reference::RULE,
    unknown_status::RULE,
    unreadable_file::RULE,
    unreadable_metadata::RULE,
    unscheduled::RULE,
];

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
    /// The day of the verdict.
    pub today: Date,
    /// The settings.
    pub config: &'a Config,
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
}

impl Flaw {
    /// A flaw without a suggestion.
    pub fn new(span: Span, message: impl Into<String>) -> Self {
        Flaw { span, message: message.into(), help: None }
    }

    /// The same flaw with a suggestion.
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }
}

impl Facts<'_> {
    /// What earlier stages noticed in this document for a rule.
    pub fn noted(&self, rule: &str) -> Vec<Flaw> {
        let flaw = |note: &Note| Flaw { span: note.span, message: note.message.clone(), help: note.help.clone() };
        self.collection.notes[self.index].iter().filter(|note| note.rule == rule).map(flaw).collect()
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

/// The verdict on a collection on one day.
#[derive(Debug, Default)]
pub struct Judgement {
    /// Sorted by path, line, column, rule.
    pub findings: Vec<Finding>,
    /// For each document its freshness.
    pub standings: Vec<Standing>,
    /// For each document its signals, sorted.
    pub signals: Vec<Vec<Signal>>,
}

impl Judgement {
    /// The findings of one document, in their order.
    pub fn of(&self, document: usize) -> &[Finding] {
        let start = self.findings.partition_point(|finding| finding.document < document);
        let end = self.findings.partition_point(|finding| finding.document <= document);
        &self.findings[start..end]
    }
}

/// Judges all documents.
pub fn judge(collection: &Collection, config: &Config, today: Date) -> Judgement {
    let documents = &collection.documents;
    let standings: Vec<Standing> =
        documents.iter().map(|document| freshness::standing(document, config, today)).collect();
    let mut judgement = Judgement::default();
    for (index, document) in documents.iter().enumerate() {
        let facts = Facts { collection, index, document, standing: &standings[index], today, config };
        let (mut findings, mut signals) = document_verdict(&facts);
        if document.tracked() && document.stage() == Some(Stage::Blocked) {
            signals.push(Signal::Blocked);
        }
        signals.sort_unstable();
        signals.dedup();
        findings.sort_by(|a, b| (a.start, a.rule, &a.message).cmp(&(b.start, b.rule, &b.message)));
        judgement.findings.append(&mut findings);
        judgement.signals.push(signals);
    }
    judgement.standings = standings;
    judgement
}

fn document_verdict(facts: &Facts<'_>) -> (Vec<Finding>, Vec<Signal>) {
    let (mut findings, mut signals): (Vec<Finding>, Vec<Signal>) = (Vec::new(), Vec::new());
    for rule in RULES {
        let level = facts.config.rules.get(rule.name);
        let Some(severity) = level.map_or(Some(rule.severity), |level| level.severity()) else { continue };
        for flaw in (rule.check)(facts) {
            signals.extend(rule.signal);
            let source = &facts.document.source;
            let (start, end) = (source.place(flaw.span.start), source.place(flaw.span.end.max(flaw.span.start)));
            let same = findings.iter().filter(|other| other.rule == rule.name && other.span == flaw.span).count();
            let fingerprint = fingerprint(facts.document, rule.name, source.slice(flaw.span), same);
            let Flaw { span, message, help } = flaw;
            let document = facts.index;
            findings.push(Finding {
                document,
                rule: rule.name,
                severity,
                span,
                start,
                end,
                message,
                help,
                fingerprint,
            });
        }
    }
    ordinals(&mut findings);
    (findings, signals)
}

/// Made of what stays when lines move: the id or path, the rule, the words at fault.
fn fingerprint(document: &Document, rule: &str, words: &str, nth: usize) -> String {
    let whose = document.id.as_ref().map_or(document.path(), |id| id.value.as_str());
    format!("{:016x}", xxh3_64(format!("{whose}\0{rule}\0{words}\0{nth}").as_bytes()))
}

/// Two flaws with the same words in one document are told apart by their order.
fn ordinals(findings: &mut [Finding]) {
    for at in 1..findings.len() {
        let (before, rest) = findings.split_at_mut(at);
        let same =
            before.iter().filter(|other| other.fingerprint.split('-').next() == Some(&rest[0].fingerprint)).count();
        if same > 0 {
            rest[0].fingerprint = format!("{:016x}", xxh3_64(format!("{}\0{same}", rest[0].fingerprint).as_bytes()));
        }
    }
}
