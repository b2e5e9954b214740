//! Findings as a Markdown table that is never longer than its place allows.

use super::{Report, escape};
use crate::words;

/// Bytes of a comment or an issue's text. GitHub counts characters; that many bytes always fit.
pub(super) const COMMENT: usize = 65_000;

/// A heading, the numbers, and a row for each finding, the worst first.
pub(super) fn findings(report: &Report<'_>, limit: usize) -> String {
    let head = format!("## plansite\n\n{}.\n", report.tally());
    let mut findings: Vec<_> = report.findings().iter().collect();
    if findings.is_empty() {
        return head;
    }
    findings.sort_by_key(|finding| std::cmp::Reverse(finding.severity));
    let rows = findings.into_iter().map(|finding| {
        let owners = report.owners(finding.document).join(", ");
        format!(
            "| {} | {} | {} | {} | {} |\n",
            finding.severity.word(),
            escape::cell(&format!("{}:{}", report.place(finding), finding.start.line)),
            escape::cell(finding.rule),
            escape::cell(&words::shorten(&finding.message, 500)),
            escape::cell(&words::shorten(&owners, 120))
        )
    });
    let table = "\n| level | place | rule | what | owner |\n|---|---|---|---|---|\n";
    fitted(format!("{head}{table}"), rows, limit)
}

/// As many rows as fit, then how many don't.
pub(super) fn fitted(head: String, rows: impl ExactSizeIterator<Item = String>, limit: usize) -> String {
    const ROOM: usize = 60;
    let (mut text, count) = (head, rows.len());
    for (at, row) in rows.enumerate() {
        let last = at + 1 == count;
        if text.len() + row.len() + if last { 0 } else { ROOM } > limit {
            text += &format!("\n{} more; the log has them all.\n", count - at);
            break;
        }
        text += &row;
    }
    text
}

#[cfg(test)]
mod tests {
    use super::fitted;

    #[test]
    fn a_table_is_cut_between_rows_and_says_so() {
        let rows = |count: usize| (0..count).map(|at| format!("| é{at} |\n")).collect::<Vec<_>>().into_iter();
        for limit in [80, 100, 133, 200] {
            let text = fitted("head\n".into(), rows(50), limit);
            assert!(text.len() <= limit, "{limit}: {}", text.len());
            let shown = text.matches("| é").count();
            assert!(text.ends_with(&format!("\n{} more; the log has them all.\n", 50 - shown)), "{text}");
        }
        assert!(!fitted("head\n".into(), rows(3), 200).contains("more"));
    }
}
