//! Findings as lines of JSON (schema `plansite.finding/1`), the last line a summary (`plansite.summary/1`), so that a
//! reader can tell when lines are missing.

use serde::Serialize;

use super::facts::{Entry, Summary, entry, summary};
use super::{Format, Report, escape};

pub(super) const FORMAT: Format =
    Format { name: "jsonl", about: "one finding a line, the summary last", print, summary: None };

#[derive(Serialize)]
struct Line<'a> {
    schema: &'static str,
    #[serde(flatten)]
    entry: Entry<'a>,
    today: &'a str,
}

#[derive(Serialize)]
struct Last<'a> {
    schema: &'static str,
    today: &'a str,
    #[serde(flatten)]
    summary: Summary,
    findings: usize,
}

fn print(report: &Report<'_>, _: bool) -> String {
    let today = &report.scene.today.to_string();
    let line = |value: serde_json::Result<String>| escape::json(&value.unwrap_or_default()) + "\n";
    let findings = report.findings().iter().map(|finding| {
        let entry = entry(report, finding);
        line(serde_json::to_string(&Line { schema: "plansite.finding/1", entry, today }))
    });
    let last =
        Last { schema: "plansite.summary/1", today, summary: summary(report), findings: report.findings().len() };
    findings.collect::<String>() + &line(serde_json::to_string(&last))
}
