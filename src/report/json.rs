//! Findings as JSON (schema `plansite.findings/1`).

use serde::Serialize;

use super::facts::{Entry, Summary, TOOL, Tool, entry, summary};
use super::{Format, Report, escape};

pub(super) const FORMAT: Format = Format {
    name: "json",
    about: "for scripts (schema plansite.findings/1)",
    print: |report, _| String::from_utf8(bytes(report)).unwrap_or_default(),
    summary: None,
};

#[derive(Serialize)]
struct Findings<'a> {
    schema: &'static str,
    tool: Tool,
    today: String,
    root: &'a str,
    summary: Summary,
    findings: Vec<Entry<'a>>,
}

/// The report as indented JSON with a line end. Paths are relative to `root`, which is relative to the repository.
pub fn bytes(report: &Report<'_>) -> Vec<u8> {
    let findings = Findings {
        schema: "plansite.findings/1",
        tool: TOOL,
        today: report.scene.today.to_string(),
        root: report.scene.prefix,
        summary: summary(report),
        findings: report.findings().iter().map(|finding| entry(report, finding)).collect(),
    };
    let text = serde_json::to_string_pretty(&findings).unwrap_or_default();
    (escape::json(&text) + "\n").into_bytes()
}
