//! Findings as Markdown, for a comment or an issue.
//!
//! The first line is a mark by which a later run finds the comment again, to update it instead of writing another one.

use super::{Format, Report, escape, table};

pub(super) const FORMAT: Format =
    Format { name: "markdown", about: "Markdown for comments and issues", print, summary: None };

fn print(report: &Report<'_>, _: bool) -> String {
    let mark = "<!-- plansite:check -->\n";
    escape::log(&format!("{mark}{}", table::findings(report, table::COMMENT - mark.len())))
}
