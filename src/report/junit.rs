//! Findings as a JUnit report: one suite a document, one case a finding, one passing case for a document without any.
//!
//! Notices pass and say what they say; errors and warnings are failures.

use super::{Format, Report, escape};
use crate::diagnostic::{Finding, Severity};

pub(super) const FORMAT: Format =
    Format { name: "junit", about: "JUnit's XML, for test reports", print, summary: None };

fn print(report: &Report<'_>, _: bool) -> String {
    let (mut suites, mut tests, mut failures) = (String::new(), 0, 0);
    for index in 0..report.scene.collection.documents.len() {
        let findings = report.scene.judgement.of(index);
        let failed = findings.iter().filter(|finding| finding.severity > Severity::Notice).count();
        let count = findings.len().max(1);
        let file = escape::xml(&report.file(index));
        suites += &format!(
            "  <testsuite name=\"{file}\" tests=\"{count}\" failures=\"{failed}\" errors=\"0\" skipped=\"0\">\n"
        );
        if findings.is_empty() {
            suites += &format!("    <testcase name=\"checked\" classname=\"{file}\" file=\"{file}\"/>\n");
        }
        findings.iter().for_each(|finding| suites += &case(finding, &file));
        suites += "  </testsuite>\n";
        tests += count;
        failures += failed;
    }
    let head = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";
    format!(
        "{head}<testsuites name=\"plansite\" tests=\"{tests}\" failures=\"{failures}\" errors=\"0\">\n{suites}</testsuites>\n"
    )
}

/// `file` is escaped.
fn case(finding: &Finding, file: &str) -> String {
    let Finding { rule, severity, start, .. } = finding;
    let (line, column, severity) = (start.line, start.column, severity.word());
    let message = escape::xml(&finding.message);
    let help = finding.help.as_deref().map(|help| escape::xml(&format!("\nhelp: {help}"))).unwrap_or_default();
    let text = format!("{file}:{line}:{column}: {severity}[{rule}]: {message}{help}");
    let inner = match finding.severity {
        Severity::Notice => format!("<system-out>{text}</system-out>"),
        _ => format!("<failure type=\"{severity}\" message=\"{message}\">{text}</failure>"),
    };
    format!(
        "    <testcase name=\"{rule}\" classname=\"{file}\" file=\"{file}\" line=\"{line}\">\n      {inner}\n    </testcase>\n"
    )
}
