//! Deadlines as a JUnit report: a case for each live document with a deadline, failed where it is past.

use super::deadlines;
use crate::report::{Format, Report, escape};

pub(super) const FORMAT: Format =
    Format { name: "junit", about: "JUnit's XML, for test reports", print, summary: None };

fn print(report: &Report<'_>, _: bool) -> String {
    let found = deadlines(report, None);
    let late = found.iter().filter(|one| one.late()).count();
    let counts = format!("tests=\"{}\" failures=\"{late}\" errors=\"0\"", found.len());
    let mut cases = String::new();
    for one in &found {
        let file = escape::xml(&report.file(one.index));
        let (name, sentence) = (escape::xml(one.name()), escape::xml(&one.sentence()));
        let owners = escape::xml(&one.owners.join(", "));
        let title = escape::xml(&one.document.title.value);
        let line = one.place().line;
        let inner = if one.late() {
            let kind = one.state.word();
            format!("<failure type=\"{kind}\" message=\"{sentence}\">{title}; owner {owners}</failure>")
        } else {
            format!("<system-out>{sentence}; {title}; owner {owners}</system-out>")
        };
        cases += &format!(
            "    <testcase name=\"{name}\" classname=\"{file}\" file=\"{file}\" line=\"{line}\">{inner}</testcase>\n"
        );
    }
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"plansite expiry\" {counts}>\n  \
         <testsuite name=\"deadlines\" {counts} skipped=\"0\">\n{cases}  </testsuite>\n</testsuites>\n"
    )
}
