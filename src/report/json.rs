//! Findings as JSON (schema `plansite.findings/1`).

use serde::Serialize;

use super::{Format, Report};

pub(super) const FORMAT: Format = Format {
    name: "json",
    about: "for scripts (schema plansite.findings/1)",
    print: |report, _| String::from_utf8(bytes(report)).unwrap_or_default(),
};

#[derive(Serialize)]
struct Findings<'a> {
    schema: &'static str,
    today: String,
    summary: Summary,
    findings: Vec<Entry<'a>>,
}

#[derive(Serialize)]
struct Summary {
    documents: usize,
    errors: usize,
    warnings: usize,
    notices: usize,
    suppressed: usize,
}

#[derive(Serialize)]
struct Entry<'a> {
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

/// The report as indented JSON with a line end.
pub fn bytes(report: &Report<'_>) -> Vec<u8> {
    let (collection, judgement) = (report.scene.collection, report.scene.judgement);
    let counts = report.counts();
    let entries = judgement.findings.iter().map(|finding| {
        let document = &collection.documents[finding.document];
        Entry {
            rule: finding.rule,
            severity: finding.severity.word(),
            path: document.path(),
            line: finding.start.line,
            column: finding.start.column,
            end_line: finding.end.line,
            end_column: finding.end.column,
            id: document.id.as_ref().map(|id| id.value.as_str()),
            owners: document.owners.iter().map(|owner| owner.value.as_str()).collect(),
            message: &finding.message,
            help: finding.help.as_deref(),
            fingerprint: &finding.fingerprint,
        }
    });
    let summary = Summary {
        documents: collection.documents.len(),
        errors: counts.errors,
        warnings: counts.warnings,
        notices: counts.notices,
        suppressed: 0,
    };
    let findings = Findings {
        schema: "plansite.findings/1",
        today: report.scene.today.to_string(),
        summary,
        findings: entries.collect(),
    };
    let mut bytes = serde_json::to_vec_pretty(&findings).unwrap_or_default();
    bytes.push(b'\n');
    bytes
}
