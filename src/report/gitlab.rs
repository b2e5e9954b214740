//! Findings as GitLab's code quality report (docs.gitlab.com, "Code Quality report format").
//!
//! GitLab shows one finding a fingerprint, and neither the rule's name nor the column.

use serde::Serialize;

use super::{Format, Report, escape};
use crate::diagnostic::Severity;
use crate::words;

pub(super) const FORMAT: Format =
    Format { name: "gitlab", about: "GitLab's code quality report", print, summary: None };

#[derive(Serialize)]
struct Issue {
    description: String,
    check_name: String,
    fingerprint: String,
    severity: &'static str,
    location: Location,
}

#[derive(Serialize)]
struct Location {
    path: String,
    lines: Lines,
}

#[derive(Serialize)]
struct Lines {
    begin: u32,
}

fn print(report: &Report<'_>, _: bool) -> String {
    let issues = report.findings().iter().zip(report.fingerprints()).map(|(finding, fingerprint)| Issue {
        description: format!("{}: {}", finding.rule, words::visible(&finding.message)),
        check_name: format!("plansite/{}", finding.rule),
        fingerprint,
        severity: match finding.severity {
            Severity::Error => "major",
            Severity::Warning => "minor",
            Severity::Notice => "info",
        },
        location: Location { path: report.place(finding), lines: Lines { begin: finding.start.line.max(1) } },
    });
    let text = serde_json::to_string_pretty(&issues.collect::<Vec<_>>()).unwrap_or_default();
    escape::json(&text) + "\n"
}
