//! Findings and their numbers as JSON says them, whatever the envelope.

use serde::Serialize;

use super::Report;
use crate::diagnostic::Finding;

pub(super) fn entry<'a>(report: &Report<'a>, finding: &'a Finding) -> Entry<'a> {
    let document = report.document(finding);
    Entry {
        rule: finding.rule,
        severity: finding.severity.word(),
        path: &report.words(finding).0.path,
        line: finding.start.line,
        column: finding.start.column,
        end_line: finding.end.line,
        end_column: finding.end.column,
        id: document.id.as_ref().map(|id| id.value.as_str()),
        owners: report.owners(finding.document),
        message: &finding.message,
        help: finding.help.as_deref(),
        fingerprint: &finding.fingerprint,
    }
}

pub(super) fn summary(report: &Report<'_>) -> Summary {
    let counts = report.counts();
    Summary {
        documents: report.scene.collection.documents.len(),
        errors: counts.errors,
        warnings: counts.warnings,
        notices: counts.notices,
        suppressed: report.suppressed(),
        hidden: report.hidden.unwrap_or(0),
    }
}

/// Who wrote it.
#[derive(Serialize)]
pub(super) struct Tool {
    name: &'static str,
    version: &'static str,
}

pub(super) const TOOL: Tool = Tool { name: "plansite", version: env!("CARGO_PKG_VERSION") };

#[derive(Serialize)]
pub(super) struct Summary {
    documents: usize,
    errors: usize,
    warnings: usize,
    notices: usize,
    suppressed: usize,
    hidden: usize,
}

#[derive(Serialize)]
pub(super) struct Entry<'a> {
    rule: &'static str,
    severity: &'static str,
    path: &'a str,
    line: u32,
    column: u32,
    end_line: u32,
    end_column: u32,
    id: Option<&'a str>,
    owners: Vec<&'a str>,
    message: &'a str,
    help: Option<&'a str>,
    fingerprint: &'a str,
}
