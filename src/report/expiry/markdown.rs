//! Deadlines as Markdown: the text of an issue that is updated every week.
//!
//! The first line is a mark by which a later run finds the issue again. Nobody is called by name: names are code.

use super::{Parts, groups, reach};
use crate::report::{Format, Report, escape, table};
use crate::words;

pub(super) const FORMAT: Format = Format { name: "markdown", about: "Markdown for an issue", print, summary: None };

fn print(report: &Report<'_>, _: bool) -> String {
    escape::log(&format!("<!-- plansite:expiry -->\n{}", text(report, table::COMMENT - 30)))
}

/// At most `limit` bytes.
pub(super) fn text(report: &Report<'_>, limit: usize) -> String {
    let parts = Parts::of(report);
    let last = reach(report).after(report.scene.today);
    let sections = [("Past their day".to_string(), &parts.late), (format!("Due by {last}"), &parts.due)];
    let head = format!("## plansite: deadlines\n\n{}.\n", parts.tally(report));
    let mut rows = Vec::new();
    for (title, found) in sections {
        let mut title = Some(format!("\n### {title}\n"));
        for (name, found) in groups(report, found) {
            let heading = format!("{}\n#### {}\n\n", title.take().unwrap_or_default(), escape::code(&name));
            for (at, one) in found.into_iter().enumerate() {
                let row = format!(
                    "- {} {}: {}; {}\n",
                    escape::code(one.name()),
                    escape::code(&words::shorten(&one.document.title.value, 120)),
                    one.sentence(),
                    escape::code(&format!("{}:{}", report.file(one.index), one.place().line))
                );
                rows.push(if at == 0 { format!("{heading}{row}") } else { row });
            }
        }
    }
    table::fitted(head, rows.into_iter(), limit)
}
