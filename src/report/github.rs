//! Findings as annotations of GitHub Actions, and as a summary of the job.
//!
//! The runner shows ten annotations of a level in a step and drops the rest without a word, so the rest is told in one
//! line and stands in the summary. It drops columns of a place that goes over several lines.

use super::annotation::{LIMIT, annotation, more};
use super::{Format, Report, table};
use crate::diagnostic::{Finding, Severity};

pub(super) const FORMAT: Format = Format {
    name: "github",
    about: "annotations in GitHub Actions, and the job's summary",
    print,
    summary: Some(table::findings),
};

fn print(report: &Report<'_>, _: bool) -> String {
    let mut out = String::new();
    for severity in [Severity::Error, Severity::Warning, Severity::Notice] {
        let found: Vec<&Finding> = report.findings().iter().filter(|finding| finding.severity == severity).collect();
        for finding in found.iter().take(LIMIT) {
            out += &one(report, finding);
        }
        out += &more(found.len(), severity);
    }
    out
}

fn one(report: &Report<'_>, finding: &Finding) -> String {
    let message = match &finding.help {
        Some(help) => format!("{}\nhelp: {help}", finding.message),
        None => finding.message.clone(),
    };
    let mut place = format!("line={},endLine={}", finding.start.line, finding.end.line.max(finding.start.line));
    if finding.start.line == finding.end.line {
        place += &format!(",col={},endColumn={}", finding.start.column, finding.end.column.max(finding.start.column));
    }
    annotation(&report.place(finding), &place, finding.severity, finding.rule, &message)
}
