//! Findings as SARIF 2.1.0, within what GitHub's code scanning asks for and allows.
//!
//! Addresses are relative to the repository and percent-encoded, columns count UTF-16 units, brackets in messages are
//! escaped because `[text](1)` is a link there. Severity of a security flaw is never claimed.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};

use super::{Format, Report, escape};
use crate::diagnostic::{Finding, Severity};
use crate::judge::RULES;
use crate::source::Source;
use crate::words;

pub(super) const FORMAT: Format =
    Format { name: "sarif", about: "SARIF 2.1.0, for code scanning", print, summary: None };

/// GitHub refuses a run with more results; the worst are kept.
const RESULTS: usize = 25_000;

fn print(report: &Report<'_>, _: bool) -> String {
    let rules: Vec<Value> = RULES
        .iter()
        .map(|rule| {
            json!({
                "id": rule.name,
                "shortDescription": {"text": rule.what},
                "fullDescription": {"text": format!("{}; {}", rule.what, rule.why)},
                "help": {"text": rule.fix, "markdown": rule.fix},
                "defaultConfiguration": {"level": level(rule.severity)},
                "properties": {"tags": ["plans"], "precision": "very-high", "problem.severity": problem(rule.severity)},
            })
        })
        .collect();
    let mut findings: Vec<(usize, &Finding)> = report.findings().iter().enumerate().collect();
    if findings.len() > RESULTS {
        findings.sort_by_key(|(at, finding)| (std::cmp::Reverse(finding.severity), *at));
        findings.truncate(RESULTS);
        findings.sort_by_key(|(at, _)| *at);
    }
    let mut hashes: BTreeMap<*const Source, Vec<String>> = BTreeMap::new();
    let mut met = BTreeSet::new();
    let results: Vec<Value> = findings
        .into_iter()
        .map(|(_, finding)| {
            let source = report.words(finding).0;
            let lines = hashes.entry(source).or_insert_with(|| line_hashes(&source.text));
            let line = finding.start.line.max(1);
            let hash = lines.get(line as usize - 1).cloned().unwrap_or_else(|| "0:1".into());
            let first = met.insert((finding.document, finding.rule, hash.clone()));
            let own = if first { hash } else { format!("{hash}:{}", finding.fingerprint) };
            result(report, finding, &own)
        })
        .collect();
    let run = json!({
        "tool": {"driver": {"name": "plansite", "semanticVersion": env!("CARGO_PKG_VERSION"), "rules": rules}},
        "automationDetails": {"id": format!("plansite/{}", report.scene.prefix)},
        "columnKind": "utf16CodeUnits",
        "invocations": [{"executionSuccessful": true}],
        "results": results,
    });
    let log = json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [run],
    });
    escape::json(&serde_json::to_string_pretty(&log).unwrap_or_default()) + "\n"
}

fn result(report: &Report<'_>, finding: &Finding, hash: &str) -> Value {
    let (source, span) = report.words(finding);
    let column = |line: u32, at: u32| {
        let start = source.line_start(line as usize) as usize;
        let head = source.text.get(start..(at as usize).min(source.text.len())).unwrap_or("");
        head.encode_utf16().count() + 1
    };
    let (first, last) = (finding.start.line.max(1), finding.end.line.max(finding.start.line).max(1));
    let text = match &finding.help {
        Some(help) => format!("{}; help: {help}", finding.message),
        None => finding.message.clone(),
    };
    let text = words::visible(&text).replace('\\', "\\\\").replace('[', "\\[").replace(']', "\\]");
    json!({
        "ruleId": finding.rule,
        "ruleIndex": RULES.iter().position(|rule| rule.name == finding.rule),
        "level": level(finding.severity),
        "message": {"text": text},
        "locations": [{"physicalLocation": {
            "artifactLocation": {"uri": escape::uri(&report.place(finding)), "uriBaseId": "%SRCROOT%"},
            "region": {
                "startLine": first,
                "startColumn": column(first, span.start),
                "endLine": last,
                "endColumn": column(last, span.end.max(span.start)),
            },
        }}],
        "partialFingerprints": {"primaryLocationLineHash": hash},
    })
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Notice => "note",
    }
}

fn problem(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Notice => "recommendation",
    }
}

/// For each line the hash by which GitHub knows it again when it moves: a rolling hash over the hundred UTF-16 units
/// that are neither space nor tab from its start on (line ends count, the end of the file is 0xFFFF, zeros follow), and
/// behind a colon how often that hash was met before.
fn line_hashes(text: &str) -> Vec<String> {
    const WINDOW: usize = 100;
    const BASE: u64 = 37;
    let (mut units, mut starts, mut at_start) = (Vec::new(), Vec::new(), true);
    let lines = text.encode_utf16().filter(|unit| !matches!(*unit, 0x20 | 0x09));
    for unit in lines.chain([0xffff]) {
        if at_start {
            starts.push(units.len());
        }
        at_start = unit == 0x0a;
        units.push(u64::from(unit));
    }
    let top = (0..WINDOW).fold(1u64, |power, _| power.wrapping_mul(BASE));
    let unit = |at: usize| units.get(at).copied().unwrap_or(0);
    let mut hash = (0..WINDOW).fold(0u64, |hash, at| hash.wrapping_mul(BASE).wrapping_add(unit(at)));
    let (mut at, mut met): (usize, BTreeMap<u64, usize>) = (0, BTreeMap::new());
    let mut hashes = Vec::with_capacity(starts.len());
    for start in starts {
        while at < start {
            let gone = top.wrapping_mul(unit(at));
            hash = hash.wrapping_mul(BASE).wrapping_add(unit(at + WINDOW)).wrapping_sub(gone);
            at += 1;
        }
        let count = met.entry(hash).or_default();
        *count += 1;
        hashes.push(format!("{hash:x}:{count}"));
    }
    hashes
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The definition, done once more the slow way.
    fn slowly(text: &str) -> Vec<String> {
        let lines: Vec<&str> = text.split_inclusive('\n').collect();
        let mut hashes: Vec<String> = Vec::new();
        let ends = text.is_empty() || text.ends_with('\n');
        for at in 0..lines.len() + usize::from(ends) {
            let rest: String = lines[at.min(lines.len())..].concat();
            let units = rest.encode_utf16().filter(|unit| !matches!(*unit, 0x20 | 0x09)).chain([0xffff]);
            let hash = units
                .chain(std::iter::repeat(0))
                .take(100)
                .fold(0u64, |hash, unit| hash.wrapping_mul(37).wrapping_add(u64::from(unit)));
            let met = hashes.iter().filter(|other| other.split(':').next() == Some(&format!("{hash:x}"))).count();
            hashes.push(format!("{hash:x}:{}", met + 1));
        }
        hashes
    }

    #[test]
    fn lines_are_known_again() {
        let long = "é😀 x\n".repeat(90) + &"y".repeat(300) + "\n\tz";
        for text in ["", "a", "a\n", "x\nx\ny\n", " \t\n\n", &long] {
            assert_eq!(line_hashes(text), slowly(text), "{text:?}");
        }
        assert_eq!(line_hashes(" a b")[0], line_hashes("a\tb")[0]);
    }
}
